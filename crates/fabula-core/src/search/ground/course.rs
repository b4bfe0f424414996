//! Courses: what happens to the values of a mind during an event and in the passes of triggers after it.
//!
//! Where minds can be worked out apart (see [`super::apart`]), the course of somebody's mind follows from the course of the
//! mind that it lies in and from its own values before. There are few values and few courses, in very many states.

use hashbrown::HashTable;
use rustc_hash::{FxHashMap, FxHasher};
use smallvec::SmallVec;
use std::hash::{Hash, Hasher};

use super::apart::Apart;
use super::fast::{Fast, Items, Stop};
use super::form::{Char, Eff, Eval, View};
use super::generate::Generator;
use super::task::{Act, Task};
use super::{Codes, Ground, Store, Words};
use crate::firing::{PASSES, ROUNDS};

/// Nothing happens to a mind.
pub(super) const STILL: u32 = u32::MAX;
/// Out of the ordinary.
const SLOW: u32 = u32::MAX - 1;
/// No event.
const NONE: u32 = u32::MAX;
/// Courses get numbers below this one.
const MOST: usize = 1 << 22;

/// What happens to the values of a mind; values by number.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Course {
    /// The event, if it is seen there.
    pub act: u32,
    /// The values before the event, as surprise corrects them.
    pub base: u32,
    /// Those right after it.
    first: u32,
    /// For each pass those with which it begins (with what the mind is told), and those with which it ends.
    passes: SmallVec<[(u32, u32); 2]>,
    /// Those at rest.
    pub last: u32,
}

/// What is known of courses.
pub(super) struct Courses {
    /// Whether minds can be worked out apart as far as triggers go.
    apart: bool,
    /// The triggers that set values, and by character those that tell him something.
    movers: Vec<u32>,
    tellers: Vec<Generator>,
    list: Vec<Course>,
    table: HashTable<u32>,
    /// The course of an event: by values and action.
    first: FxHashMap<u64, u32>,
    /// The course of the mind of a character: by course, character, and values in that mind.
    inner: FxHashMap<u64, u32>,
    /// Values in a pass until they stand, the last of them twice; by the first of them.
    rounds: FxHashMap<u32, SmallVec<[u32; 4]>>,
    /// Triggers that may tell a character something: by values and character.
    may_tell: FxHashMap<u64, Box<[u32]>>,
}

impl Courses {
    pub fn new(task: &Task, codes: &Codes) -> Courses {
        let apart = task.trigs.iter().all(super::apart::trigger);
        let every = || 0..task.trigs.len() as u32;
        let sets = |t: &u32| {
            task.trigs[*t as usize]
                .effects
                .iter()
                .any(|e| concerns(e, None))
        };
        let tellers = task.tellers.iter().map(|list| {
            let mut list = list.clone();
            list.dedup();
            Generator::new(codes, list, &|t| &task.trigs[t as usize].lits)
        });
        Courses {
            apart,
            movers: every().filter(sets).collect(),
            tellers: tellers.collect(),
            list: Vec::new(),
            table: HashTable::new(),
            first: FxHashMap::default(),
            inner: FxHashMap::default(),
            rounds: FxHashMap::default(),
            may_tell: FxHashMap::default(),
        }
    }

    /// Whether an action can be worked out by courses.
    pub fn know(&self, act: &Act) -> bool {
        self.apart && act.apart != Apart::No
    }

    pub fn get(&self, course: u32) -> &Course {
        &self.list[course as usize]
    }

    pub fn bytes(&self) -> usize {
        self.list.capacity() * size_of::<Course>()
            + (self.first.capacity() + self.inner.capacity()) * 17
            + self.may_tell.capacity() * 40
            + self.rounds.capacity() * 33
    }

    pub fn is_full(&self) -> bool {
        self.list.len() >= MOST
    }

    pub fn forget(&mut self) {
        self.list.clear();
        self.table.clear();
        self.first.clear();
        self.inner.clear();
        self.may_tell.clear();
        self.rounds.clear();
    }

    fn enter(&mut self, course: Course) -> u32 {
        let hash = |c: &Course| {
            let mut h = FxHasher::default();
            c.hash(&mut h);
            h.finish()
        };
        let h = hash(&course);
        let list = &mut self.list;
        if let Some(&known) = self.table.find(h, |&i| list[i as usize] == course) {
            return known;
        }
        let fresh = list.len() as u32;
        list.push(course);
        self.table
            .insert_unique(h, fresh, |&i| hash(&list[i as usize]));
        fresh
    }
}

/// Whether an effect sets something (`to` is None), or tells a character something.
fn concerns(effect: &Eff, to: Option<Char>) -> bool {
    match effect {
        Eff::Set(..) | Eff::Put(..) => to.is_none(),
        Eff::If(_, then) => then.iter().any(|e| concerns(e, to)),
        Eff::Tell { chain, .. } => to == Some(chain[0]),
    }
}

/// Two minds that are looked at: one, and somebody's inside of it.
#[derive(Clone, Copy)]
struct Two<'a> {
    store: &'a Store,
    own: &'a [u64],
    other: &'a [u64],
}

impl<'a> Two<'a> {
    fn look(self, codes: &'a Codes) -> (Eval<'a>, View<'a>) {
        let eval = Eval {
            store: self.store,
            codes,
            other: self.other,
        };
        let view = View {
            words: self.own,
            edges: &[],
        };
        (eval, view)
    }

    /// What effects set (`to` is None), or tell a character.
    fn gather(
        self,
        codes: &mut Codes,
        effects: &[Eff],
        to: Option<Char>,
        out: &mut Items,
    ) -> Fast<()> {
        for effect in effects {
            match effect {
                Eff::Put(slot, code) if to.is_none() => out.push((*slot, *code)),
                Eff::Set(slot, val) if to.is_none() => {
                    let (eval, view) = self.look(codes);
                    let value = eval.val(view, val);
                    out.push((*slot, codes.encode(*slot, value).ok_or(Stop::Slow)?));
                }
                // Conditions of what goes to others may look where nothing is to be seen from here.
                Eff::If(c, then) if then.iter().any(|e| concerns(e, to)) => {
                    let (eval, view) = self.look(codes);
                    if eval.holds(view, c) {
                        self.gather(codes, then, to, out)?;
                    }
                }
                Eff::Tell {
                    chain,
                    slot,
                    val,
                    inside,
                    ..
                } if to == Some(chain[0]) => {
                    let (eval, mut view) = self.look(codes);
                    if *inside {
                        view = eval.mind(view, chain[0]);
                    }
                    let value = eval.val(view, val);
                    out.push((*slot, codes.encode(*slot, value).ok_or(Stop::Slow)?));
                }
                Eff::Put(..) | Eff::Set(..) | Eff::If(..) | Eff::Tell { .. } => {}
            }
        }
        Ok(())
    }
}

/// Two values for one fluent: the slower ways say whether that is an error.
fn clash(items: &Items) -> bool {
    let differ = |(i, a): (usize, &(u32, u64))| items[..i].iter().any(|b| b.0 == a.0 && b.1 != a.1);
    items.iter().enumerate().any(differ)
}

impl Ground {
    fn changed_by(&mut self, values: u32, items: &Items) -> u32 {
        if items.is_empty() {
            return values;
        }
        let mut words: Words = self.store.numbered(values).into();
        for &(slot, code) in items {
            self.codes.put(&mut words, slot, code);
        }
        self.store.number(&words)
    }

    /// What an action does to values.
    fn effect(&mut self, act: &Act, base: u32) -> Fast<u32> {
        let mut sets = Items::new();
        let own = self.store.numbered(base);
        let two = Two {
            store: &self.store,
            own,
            other: &[],
        };
        two.gather(&mut self.codes, &act.effects, None, &mut sets)?;
        if clash(&sets) {
            return Err(Stop::Slow);
        }
        Ok(self.changed_by(base, &sets))
    }

    /// The values of a pass, round by round; they end with those that stand.
    fn rounds(&mut self, start: u32) -> Fast<SmallVec<[u32; 4]>> {
        if let Some(known) = self.courses.rounds.get(&start) {
            return Ok(known.clone());
        }
        let task = self.task.clone();
        let mut out: SmallVec<[u32; 4]> = smallvec::smallvec![start];
        loop {
            if out.len() as u64 > ROUNDS {
                return Err(Stop::Slow);
            }
            let now = out[out.len() - 1];
            let own = self.store.numbered(now);
            let mut sets = Items::new();
            for &t in &self.courses.movers {
                let trig = &task.trigs[t as usize];
                let two = Two {
                    store: &self.store,
                    own,
                    other: &[],
                };
                let fires = trig.lits.iter().all(|lit| lit.holds(own)) && {
                    let (eval, view) = two.look(&self.codes);
                    trig.rest.iter().all(|f| eval.holds(view, f))
                };
                if fires {
                    two.gather(&mut self.codes, &trig.effects, None, &mut sets)?;
                }
            }
            sets.retain(|item| self.codes.code(own, item.0) != item.1);
            if sets.is_empty() {
                break;
            }
            if clash(&sets) {
                return Err(Stop::Slow);
            }
            out.push(self.changed_by(now, &sets));
        }
        self.courses.rounds.insert(start, out.clone());
        Ok(out)
    }

    fn stands(&mut self, start: u32) -> Fast<u32> {
        let rounds = self.rounds(start)?;
        Ok(rounds[rounds.len() - 1])
    }

    /// The triggers that tell a character something, as far as what is so counts.
    fn may_tell(&mut self, values: u32, who: Char) {
        let key = (u64::from(values) << 8) | u64::from(who);
        if self.courses.may_tell.contains_key(&key) {
            return;
        }
        let words = self.store.numbered(values);
        let mut list = Vec::new();
        self.courses.tellers[usize::from(who)].list(words, &self.codes, &mut list);
        let trigs = &self.task.trigs;
        list.retain(|&t| trigs[t as usize].lits.iter().all(|lit| lit.holds(words)));
        list.sort_unstable();
        self.courses.may_tell.insert(key, list.into());
    }

    /// What triggers tell a character in a pass that begins with some values, who has others in mind.
    fn pass_tells(&mut self, start: u32, who: Char, mind: u32) -> Fast<Items> {
        let rounds = self.rounds(start)?;
        let task = self.task.clone();
        let last = rounds[rounds.len() - 1];
        let (mut out, mut lasting) = (Items::new(), SmallVec::<[u32; 8]>::new());
        for &values in &rounds {
            self.may_tell(values, who);
            let key = (u64::from(values) << 8) | u64::from(who);
            for &t in &self.courses.may_tell[&key] {
                let trig = &task.trigs[t as usize];
                let two = |values: u32| Two {
                    store: &self.store,
                    own: self.store.numbered(values),
                    other: self.store.numbered(mind),
                };
                let fires = |values: u32| {
                    let (eval, view) = two(values).look(&self.codes);
                    trig.minds.iter().all(|(_, lit)| lit.holds(eval.other))
                        && trig.lits.iter().all(|lit| lit.holds(view.words))
                        && trig.rest.iter().all(|f| eval.holds(view, f))
                };
                if !fires(values) {
                    continue;
                }
                let mut told = Items::new();
                let still = values == last || fires(last);
                two(values).gather(&mut self.codes, &trig.effects, Some(who), &mut told)?;
                if told.is_empty() {
                    continue;
                }
                if still {
                    lasting.push(t);
                } else {
                    out.extend(told);
                }
            }
        }
        lasting.sort_unstable();
        lasting.dedup();
        let mut told = Items::new();
        for t in lasting {
            let two = Two {
                store: &self.store,
                own: self.store.numbered(last),
                other: self.store.numbered(mind),
            };
            let effects = &task.trigs[t as usize].effects;
            two.gather(&mut self.codes, effects, Some(who), &mut told)?;
        }
        // A known value beats unknown; two known ones have no end.
        let gives_up = |item: &(u32, u64)| self.codes.unknown(item.0) == Some(item.1);
        let known: Items = told.iter().filter(|t| !gives_up(t)).copied().collect();
        if clash(&known) {
            return Err(Stop::Slow);
        }
        out.extend(told.iter().filter(|t| gives_up(t)).copied());
        out.extend(known);
        Ok(out)
    }

    /// The course of an event where it happens.
    pub(super) fn course(&mut self, values: u32, act: u32) -> Fast<u32> {
        let key = (u64::from(values) << 32) | u64::from(act);
        if let Some(&known) = self.courses.first.get(&key) {
            return if known == SLOW {
                Err(Stop::Slow)
            } else {
                Ok(known)
            };
        }
        let made = self.whole_course(values, act);
        let found = match &made {
            Ok(course) => *course,
            Err(_) => SLOW,
        };
        self.courses.first.insert(key, found);
        made
    }

    fn whole_course(&mut self, values: u32, act: u32) -> Fast<u32> {
        let task = self.task.clone();
        let first = self.effect(&task.acts[act as usize], values)?;
        let (mut passes, mut now) = (SmallVec::new(), first);
        loop {
            let next = self.stands(now)?;
            if next == now {
                break;
            }
            passes.push((now, next));
            if passes.len() as u64 >= PASSES / 2 {
                return Err(Stop::Slow);
            }
            now = next;
        }
        Ok(self.courses.enter(Course {
            act,
            base: values,
            first,
            passes,
            last: now,
        }))
    }

    /// The course of a mind to which nothing happens but its own triggers.
    pub(super) fn quiet_course(&mut self, values: u32) -> u32 {
        self.courses.enter(Course {
            act: NONE,
            base: values,
            first: values,
            passes: SmallVec::new(),
            last: values,
        })
    }

    /// The course of somebody's mind within a mind that has a course, by the values that it has before.
    #[inline]
    pub(super) fn inner_course(&mut self, outer: u32, who: Char, mind: u32) -> Fast<u32> {
        let key = (u64::from(outer) << 40) | (u64::from(who) << 32) | u64::from(mind);
        let found = match self.courses.inner.get(&key) {
            Some(&known) => known,
            None => {
                let made = match self.whole_inner_course(outer, who, mind) {
                    Ok(made) => made,
                    Err(_) => SLOW,
                };
                self.courses.inner.insert(key, made);
                made
            }
        };
        if found == SLOW {
            return Err(Stop::Slow);
        }
        Ok(found)
    }

    fn whole_inner_course(&mut self, outer: u32, who: Char, mind: u32) -> Fast<u32> {
        let outer = self.courses.list[outer as usize].clone();
        let task = self.task.clone();
        let (mut act, mut base, mut first) = (NONE, mind, mind);
        if outer.act != NONE {
            let action = &task.acts[outer.act as usize];
            let (sees, items) = self.taken_in(action, outer.base, who, mind)?;
            if sees {
                act = outer.act;
                base = self.changed_by(mind, &items);
                first = self.effect(action, base)?;
            }
            let mut told = Items::new();
            let two = Two {
                store: &self.store,
                own: self.store.numbered(outer.base),
                other: self.store.numbered(mind),
            };
            two.gather(&mut self.codes, &action.effects, Some(who), &mut told)?;
            if clash(&told) {
                return Err(Stop::Slow);
            }
            first = self.changed_by(first, &told);
        }
        let mut passes: SmallVec<[(u32, u32); 2]> = SmallVec::new();
        let mut now = first;
        // Passes up to this one do something.
        let mut moved = 0;
        for k in 0.. {
            if k as u64 >= PASSES / 2 {
                return Err(Stop::Slow);
            }
            let around = outer.passes.get(k).map_or(outer.last, |pass| pass.0);
            let told = self.pass_tells(around, who, now)?;
            let begins = self.changed_by(now, &told);
            let ends = self.stands(begins)?;
            let rest = k >= outer.passes.len();
            if rest && ends == now {
                if begins != now {
                    return Err(Stop::Slow);
                }
                break;
            }
            passes.push((begins, ends));
            if begins != now || ends != now {
                moved = k + 1;
            }
            now = ends;
        }
        passes.truncate(moved);
        if act == NONE && first == mind && passes.is_empty() {
            return Ok(STILL);
        }
        if self.courses.is_full() {
            return Err(Stop::Slow);
        }
        Ok(self.courses.enter(Course {
            act,
            base,
            first,
            passes,
            last: now,
        }))
    }

    /// Whether a character takes an action in, and what it corrects in his mind.
    fn taken_in(&mut self, action: &Act, here: u32, who: Char, mind: u32) -> Fast<(bool, Items)> {
        let two = Two {
            store: &self.store,
            own: self.store.numbered(here),
            other: self.store.numbered(mind),
        };
        let (eval, view) = two.look(&self.codes);
        let sees = eval.holds(view, &action.observes[usize::from(who)]);
        let mut items = Items::new();
        // Where a surprise can be about beliefs, it has put the mind right beforehand.
        if !sees || here == mind || action.apart == Apart::Believing {
            return Ok((sees, items));
        }
        let there = View {
            words: two.other,
            edges: &[],
        };
        let fits = action.lits.iter().all(|lit| lit.holds(there.words))
            && action.rest.iter().all(|f| eval.holds(there, f));
        if !fits {
            if !action.plain {
                return Err(Stop::Slow);
            }
            self.corrections(&action.pre, two.own, two.other, &mut items)?;
        }
        Ok((sees, items))
    }
}
