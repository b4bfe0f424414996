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
use super::form::{Char, Eff, Slot};
use super::generate::Generator;
use super::pass::{clash, concerns, Tellers, Two};
use super::slots::Slots;
use super::task::{condition_reads, reads, Act, Task};
use super::{Codes, Ground};
use crate::firing::PASSES;

/// Nothing happens to a mind.
pub(super) const STILL: u32 = u32::MAX;
/// Out of the ordinary.
pub(super) const SLOW: u32 = u32::MAX - 1;
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
    last: u32,
    /// In whose minds anything may happen on the way, as bits.
    minds: u64,
}

/// What is asked of a course most often.
#[derive(Clone, Copy)]
pub(super) struct Head {
    /// The values at rest.
    pub last: u32,
    /// An event that can be a surprise about beliefs, if it is seen there.
    pub believing: u32,
    /// In whose minds anything may happen on the way, as bits.
    pub minds: u64,
}

/// In what is remembered, the mind of a character within another one that has a course, by the values in it.
#[inline]
pub(super) fn inner_key(outer: u32, who: Char, mind: u32) -> u64 {
    (u64::from(outer) << 40) | (u64::from(who) << 32) | u64::from(mind)
}

/// The bit of a character; from some number on they share one.
#[inline]
pub(super) fn bit(who: usize) -> u64 {
    1 << who.min(63)
}

/// What is known of courses.
pub(super) struct Courses {
    /// Whether minds can be worked out apart as far as triggers go.
    apart: bool,
    /// The triggers that set values, and by character those that tell him something.
    pub movers: Vec<u32>,
    pub tellers: Vec<Generator>,
    /// By trigger: the fluents that it tells of.
    about: Vec<SmallVec<[Slot; 2]>>,
    /// By trigger: whether what it tells depends on nothing but its literals and who is told.
    fixed: Vec<bool>,
    list: Vec<Course>,
    heads: Vec<Head>,
    table: HashTable<u32>,
    /// The course of an event: by values and action.
    first: FxHashMap<u64, u32>,
    /// The course of the mind of a character: by course, character, and values in that mind.
    pub inner: Slots,
    /// Values in a pass until they stand, the last of them twice; by the first of them.
    pub rounds: FxHashMap<u32, SmallVec<[u32; 4]>>,
    /// Values that stand from the first round on.
    pub standing: Vec<bool>,
    /// Triggers that may tell somebody something, by the place that `telling` has for values.
    pub may_tell: Vec<Tellers>,
    pub telling: FxHashMap<u32, u32>,
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
        let (mut about, mut fixed) = (Vec::new(), Vec::new());
        for trig in &task.trigs {
            let (mut slots, mut own) = (SmallVec::new(), false);
            trig.effects.iter().for_each(|e| told_of(e, &mut slots));
            let mut look = |chain: Option<Option<Char>>, _, _| own |= chain == Some(None);
            trig.rest
                .iter()
                .for_each(|f| reads(f, Some(None), &mut look));
            trig.effects
                .iter()
                .for_each(|e| condition_reads(e, &mut look));
            about.push(slots);
            fixed.push(!own);
        }
        Courses {
            apart,
            movers: every().filter(sets).collect(),
            tellers: tellers.collect(),
            about,
            fixed,
            list: Vec::new(),
            heads: Vec::new(),
            table: HashTable::new(),
            first: FxHashMap::default(),
            inner: Slots::new(1 << 21),
            rounds: FxHashMap::default(),
            standing: Vec::new(),
            may_tell: Vec::new(),
            telling: FxHashMap::default(),
        }
    }

    /// Whether an action can be worked out by courses.
    pub fn know(&self, act: &Act) -> bool {
        self.apart && act.apart != Apart::No
    }

    #[inline]
    pub fn head(&self, course: u32) -> Head {
        self.heads[course as usize]
    }

    pub fn bytes(&self) -> usize {
        self.list.capacity() * (size_of::<Course>() + size_of::<Head>())
            + self.first.capacity() * 17
            + self.inner.bytes()
            + self.may_tell.len() * self.may_tell.first().map_or(0, Tellers::bytes)
            + self.telling.capacity() * 9
            + self.rounds.capacity() * 33
    }

    pub fn is_full(&self) -> bool {
        self.list.len() >= MOST
    }

    pub fn forget(&mut self) {
        self.list.clear();
        self.heads.clear();
        self.table.clear();
        self.first.clear();
        self.inner.clear();
        self.may_tell.clear();
        self.telling.clear();
        self.rounds.clear();
        self.standing.clear();
    }

    /// Whether triggers may tell a character anything new where they are listed elsewhere.
    fn wakes(&self, was: usize, listed: usize, who: usize) -> bool {
        let (before, now) = (self.may_tell[was].of(who), self.may_tell[listed].of(who));
        let (about, fixed) = (&self.about, &self.fixed);
        if before == now {
            return !now.iter().all(|&t| fixed[t as usize]);
        }
        let known = |t: &u32| fixed[*t as usize] && before.binary_search(t).is_ok();
        if !now.iter().all(known) {
            return true;
        }
        // Where one that had its word is silent, another may be heard.
        let gone = before.iter().filter(|t| now.binary_search(t).is_err());
        let mut gone = gone.flat_map(|&t| &about[t as usize]);
        gone.any(|slot| now.iter().any(|&t| about[t as usize].contains(slot)))
    }

    fn enter(&mut self, course: Course, task: &Task) -> u32 {
        let act = task.acts.get(course.act as usize);
        let believing = match act.is_some_and(|a| a.apart == Apart::Believing) {
            true => course.act,
            false => NONE,
        };
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
        self.heads.push(Head {
            last: course.last,
            believing,
            minds: course.minds,
        });
        list.push(course);
        self.table
            .insert_unique(h, fresh, |&i| hash(&list[i as usize]));
        fresh
    }
}

/// The fluents that an effect tells somebody of.
fn told_of(effect: &Eff, out: &mut SmallVec<[Slot; 2]>) {
    match effect {
        Eff::Set(..) | Eff::Put(..) => {}
        Eff::If(_, then) => then.iter().for_each(|e| told_of(e, out)),
        Eff::Tell { slot, .. } => out.push(*slot),
    }
}

impl Ground {
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
        let minds = self.affected(act, values, values, &passes, now)?;
        let course = Course {
            act,
            base: values,
            first,
            passes,
            last: now,
            minds,
        };
        Ok(self.courses.enter(course, &task))
    }

    /// The course of a mind to which nothing happens but its own triggers.
    pub(super) fn quiet_course(&mut self, values: u32) -> u32 {
        let course = Course {
            act: NONE,
            base: values,
            first: values,
            passes: SmallVec::new(),
            last: values,
            minds: u64::MAX,
        };
        self.courses.enter(course, &self.task)
    }

    /// In whose minds anything may happen while a mind goes through its passes, which was at rest with some values before.
    fn affected(
        &mut self,
        act: u32,
        base: u32,
        was: u32,
        passes: &[(u32, u32)],
        last: u32,
    ) -> Fast<u64> {
        let task = self.task.clone();
        let mut out = 0;
        if let Some(action) = task.acts.get(act as usize) {
            if action.apart == Apart::Believing {
                return Ok(u64::MAX);
            }
            let words = self.store.numbered(base);
            for (c, form) in action.observes.iter().enumerate() {
                // What looks into minds is looked at for each of them.
                let mut inner = false;
                reads(form, Some(None), &mut |chain, _, _| {
                    inner |= chain != Some(None)
                });
                let view = super::form::View { words, edges: &[] };
                let told = action.effects.iter().any(|e| concerns(e, Some(c as Char)));
                if inner || told || self.eval().holds(view, form) {
                    out |= bit(c);
                }
            }
        }
        let mut around: SmallVec<[u32; 8]> = smallvec::smallvec![last];
        for &(begins, _) in passes {
            around.extend(self.rounds(begins)?);
        }
        let before = self.may_tell(was);
        for &values in around.iter().filter(|&&values| values != was) {
            let now = self.may_tell(values);
            for c in 0..task.characters.len() {
                if out & bit(c) == 0 && self.courses.wakes(before, now, c) {
                    out |= bit(c);
                }
            }
        }
        Ok(out)
    }

    /// The course of somebody's mind within a mind that has a course, by the values that it has before.
    #[inline]
    pub(super) fn inner_course(&mut self, outer: u32, who: Char, mind: u32) -> Fast<u32> {
        let key = inner_key(outer, who, mind);
        let found = match self.courses.inner.get(key) {
            Some(known) => known,
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
        let believing = |act: u32| {
            let act = task.acts.get(act as usize);
            act.is_some_and(|a| a.apart == Apart::Believing)
        };
        // What a surprise about beliefs has put right was not at rest before.
        let minds = if believing(outer.act) {
            u64::MAX
        } else {
            self.affected(act, base, mind, &passes, now)?
        };
        let course = Course {
            act,
            base,
            first,
            passes,
            last: now,
            minds,
        };
        Ok(self.courses.enter(course, &task))
    }
}
