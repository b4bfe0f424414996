//! One pass over the values of a mind: what an event and triggers set there, and what they tell whoever's mind lies in it.

use smallvec::SmallVec;

use super::apart::Apart;
use super::fast::{Fast, Items, Stop};
use super::form::{Char, Eff, Eval, View};
use super::task::Act;
use super::{Codes, Ground, Store, Words};
use crate::firing::ROUNDS;

/// Whether an effect sets something (`to` is None), or tells a character something.
pub(super) fn concerns(effect: &Eff, to: Option<Char>) -> bool {
    match effect {
        Eff::Set(..) | Eff::Put(..) => to.is_none(),
        Eff::If(_, then) => then.iter().any(|e| concerns(e, to)),
        Eff::Tell { chain, .. } => to == Some(chain[0]),
    }
}

/// Two minds that are looked at: one, and somebody's inside of it.
#[derive(Clone, Copy)]
pub(super) struct Two<'a> {
    pub store: &'a Store,
    pub own: &'a [u64],
    pub other: &'a [u64],
}

impl<'a> Two<'a> {
    pub fn look(self, codes: &'a Codes) -> (Eval<'a>, View<'a>) {
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
    pub fn gather(
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
pub(super) fn clash(items: &Items) -> bool {
    let differ = |(i, a): (usize, &(u32, u64))| items[..i].iter().any(|b| b.0 == a.0 && b.1 != a.1);
    items.iter().enumerate().any(differ)
}

/// Triggers that may tell somebody something, by whom they tell it.
#[derive(Default)]
pub(super) struct Tellers {
    list: Vec<u32>,
    ends: SmallVec<[u32; 8]>,
}

impl Tellers {
    /// Those that tell a character something, in order.
    #[inline]
    pub fn of(&self, who: usize) -> &[u32] {
        let from = who.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.list[from as usize..self.ends[who] as usize]
    }

    /// Bytes taken.
    pub fn bytes(&self) -> usize {
        size_of::<Tellers>() + self.list.capacity() * 4
    }
}

impl Ground {
    pub(super) fn changed_by(&mut self, values: u32, items: &Items) -> u32 {
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
    pub(super) fn effect(&mut self, act: &Act, base: u32) -> Fast<u32> {
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
    pub(super) fn rounds(&mut self, start: u32) -> Fast<SmallVec<[u32; 4]>> {
        if self.courses.standing.get(start as usize) == Some(&true) {
            return Ok(smallvec::smallvec![start]);
        }
        if let Some(known) = self.courses.rounds.get(&start) {
            return Ok(known.clone());
        }
        let mut out: SmallVec<[u32; 4]> = smallvec::smallvec![start];
        let task = self.task.clone();
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
        if let [stands] = out[..] {
            let known = &mut self.courses.standing;
            known.resize(known.len().max(stands as usize + 1), false);
            known[stands as usize] = true;
        } else {
            self.courses.rounds.insert(start, out.clone());
        }
        Ok(out)
    }

    pub(super) fn stands(&mut self, start: u32) -> Fast<u32> {
        if self.courses.standing.get(start as usize) == Some(&true) {
            return Ok(start);
        }
        let rounds = self.rounds(start)?;
        Ok(rounds[rounds.len() - 1])
    }

    /// The triggers that tell each character something, as far as what is so counts: where they are listed.
    pub(super) fn may_tell(&mut self, values: u32) -> usize {
        if let Some(&known) = self.courses.telling.get(&values) {
            return known as usize;
        }
        let words = self.store.numbered(values);
        let (mut all, mut list) = (Tellers::default(), Vec::new());
        for tellers in &self.courses.tellers {
            list.clear();
            tellers.list(words, &self.codes, &mut list);
            let trigs = &self.task.trigs;
            list.retain(|&t| trigs[t as usize].lits.iter().all(|lit| lit.holds(words)));
            list.sort_unstable();
            all.list.extend_from_slice(&list);
            all.ends.push(all.list.len() as u32);
        }
        let fresh = self.courses.may_tell.len();
        self.courses.may_tell.push(all);
        self.courses.telling.insert(values, fresh as u32);
        fresh
    }

    /// What triggers tell a character in a pass that begins with some values, who has others in mind.
    pub(super) fn pass_tells(&mut self, start: u32, who: Char, mind: u32) -> Fast<Items> {
        let rounds = self.rounds(start)?;
        let task = self.task.clone();
        let last = rounds[rounds.len() - 1];
        let (mut out, mut lasting) = (Items::new(), SmallVec::<[u32; 8]>::new());
        for &values in &rounds {
            let listed = self.may_tell(values);
            for &t in self.courses.may_tell[listed].of(usize::from(who)) {
                let trig = &task.trigs[t as usize];
                let two = |values: u32| Two {
                    store: &self.store,
                    own: self.store.numbered(values),
                    other: self.store.numbered(mind),
                };
                let fires = |values: u32| {
                    let (eval, view) = two(values).look(&self.codes);
                    trig.lits.iter().all(|lit| lit.holds(view.words))
                        && trig.rest.iter().all(|f| eval.holds(view, f))
                };
                // Its other literals have been looked at.
                let mind = self.store.numbered(mind);
                if !trig.minds.iter().all(|(_, lit)| lit.holds(mind)) || !fires(values) {
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

    /// Whether a character takes an action in, and what it corrects in his mind.
    pub(super) fn taken_in(
        &mut self,
        action: &Act,
        here: u32,
        who: Char,
        mind: u32,
    ) -> Fast<(bool, Items)> {
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
