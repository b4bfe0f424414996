//! Triggers: which of them a change wakes, and what they do in one pass.

use smallvec::SmallVec;

use super::fast::{Fast, Items, Stop, Told};
use super::store::{ANYWHERE, RESTLESS, SELF};
use super::task::Trig;
use super::{Edges, Ground, Node, Words};
use crate::firing::ROUNDS;

/// Triggers by number.
pub(super) type List = SmallVec<[u32; 16]>;

impl Ground {
    /// The triggers that may fire in a mind after it was that of a state: all of them where that was not at rest.
    pub(super) fn woken(&mut self, before: Node, owner: u8, words: &Words, edges: &Edges) -> List {
        if self.store.rested(before) == RESTLESS {
            return (0..self.task.trigs.len() as u32).collect();
        }
        if self.task.trigs.is_empty() {
            return List::new();
        }
        let old: Words = self.store.words(before).into();
        let old_edges: Edges = self.store.edges(before).into();
        let mut woken = self.changed((&old, &old_edges), (words, edges));
        self.wake_tellers(before, owner, &mut woken);
        woken
    }

    /// Adds what tells somebody something who was told nothing because the state was his own mind.
    pub(super) fn wake_tellers(&self, before: Node, owner: u8, woken: &mut List) {
        let rested = self.store.rested(before);
        if rested == ANYWHERE || rested == owner {
            return;
        }
        for &t in &self.task.tellers[usize::from(rested)] {
            if !woken.contains(&t) {
                woken.push(t);
            }
        }
        woken.sort_unstable();
    }

    /// The triggers that a change of values and beliefs can wake.
    pub(super) fn changed(
        &mut self,
        (old, old_edges): (&Words, &Edges),
        (new, new_edges): (&Words, &Edges),
    ) -> List {
        let mut out = List::new();
        self.stamp += 1;
        let (task, codes, store) = (&self.task, &self.codes, &self.store);
        let (stamps, stamp) = (&mut self.stamps, self.stamp);
        let mut wake = |list: &[(u64, u32)], code: u64| {
            for &(fits, t) in list {
                let awake = code >= 64 || (fits >> code) & 1 == 1;
                if awake && stamps[t as usize] != stamp {
                    stamps[t as usize] = stamp;
                    out.push(t);
                }
            }
        };
        let slots = task.keys.len();
        codes.differing(old, new, |slot| {
            wake(&task.own[slot as usize], codes.code(new, slot));
        });
        for c in 0..new_edges.len() {
            let (was, is) = (old_edges[c], new_edges[c]);
            if was == is && is != SELF {
                continue;
            }
            let before = if was == SELF { old } else { store.words(was) };
            let now = if is == SELF { new } else { store.words(is) };
            codes.differing(before, now, |slot| {
                wake(&task.mind[c * slots + slot as usize], codes.code(now, slot));
            });
            for &t in &task.deep[c] {
                wake(&[(u64::MAX, t)], 0);
            }
        }
        out.sort_unstable();
        out
    }

    fn fires(&self, trig: &Trig, words: &[u64], edges: &[u32]) -> bool {
        trig.minds
            .iter()
            .all(|(c, lit)| match edges[usize::from(*c)] {
                SELF => lit.holds(words),
                node => lit.holds(self.store.words(node)),
            })
            && trig.lits.iter().all(|lit| lit.holds(words))
            && trig
                .rest
                .iter()
                .all(|form| self.eval().holds(self.view(words, edges), form))
    }

    /// Fires the triggers of one mind until its values stand, and returns what they tell the minds inside.
    pub(super) fn fire(
        &mut self,
        words: &mut Words,
        edges: &Edges,
        owner: u8,
        mut woken: List,
    ) -> Fast<Told> {
        if woken.is_empty() {
            return Ok(Told::new());
        }
        let task = self.task.clone();
        let first = words.clone();
        let mut taught: SmallVec<[(u32, Told); 4]> = SmallVec::new();
        let mut moved = false;
        for round in 0.. {
            if round > ROUNDS {
                return Err(Stop::Slow);
            }
            let mut sets = Items::new();
            for &t in &woken {
                let trig = &task.trigs[t as usize];
                if !self.fires(trig, words, edges) {
                    continue;
                }
                let mut told = Told::new();
                let changes = self.effects(words, edges, &trig.effects, owner, &mut told)?;
                sets.extend(
                    changes
                        .into_iter()
                        .filter(|(slot, code)| self.codes.code(words, *slot) != *code),
                );
                if !told.is_empty() {
                    taught.push((t, told));
                }
            }
            if sets.is_empty() {
                break;
            }
            moved = true;
            let before = words.clone();
            self.assign(words, &sets, || "a trigger".to_owned())?;
            for t in self.changed((&before, edges), (words, edges)) {
                if !woken.contains(&t) {
                    woken.push(t);
                }
            }
            woken.sort_unstable();
        }
        if taught.is_empty() {
            return Ok(Told::new());
        }
        let told = self.last_word(taught, moved, words, edges, owner)?;
        self.nobody_splits(&told, &first, words, edges)?;
        Ok(told)
    }

    /// What is told, in order: what still holds now that the mind stands comes last, and must agree.
    fn last_word(
        &mut self,
        taught: SmallVec<[(u32, Told); 4]>,
        moved: bool,
        words: &Words,
        edges: &Edges,
        owner: u8,
    ) -> Fast<Told> {
        let task = self.task.clone();
        let mut out = Told::new();
        let mut lasting: SmallVec<[u32; 8]> = SmallVec::new();
        for (t, told) in taught {
            if !moved || self.fires(&task.trigs[t as usize], words, edges) {
                lasting.push(t);
            } else {
                out.extend(told);
            }
        }
        lasting.sort_unstable();
        lasting.dedup();
        let from = out.len();
        for t in lasting {
            let mut told = Told::new();
            self.effects(
                words,
                edges,
                &task.trigs[t as usize].effects,
                owner,
                &mut told,
            )?;
            out.extend(told);
        }
        // A known value beats unknown.
        let gives_up = |t: &(u8, u32, u64)| self.codes.unknown(t.1) == Some(t.2);
        out[from..].sort_by_key(|t| !gives_up(t));
        for (i, &(c, slot, code)) in out[from..].iter().enumerate() {
            let mut before = out[from..from + i].iter();
            let other = before.find(|o| (o.0, o.1) == (c, slot) && !gives_up(o));
            if other.is_some_and(|o| o.2 != code) {
                return Err(Stop::Slow);
            }
        }
        Ok(out)
    }

    /// A mind that is this very state must not be told anything new: it would become another.
    fn nobody_splits(&self, told: &Told, first: &Words, words: &Words, edges: &Edges) -> Fast<()> {
        let same = |words: &Words, slot, code| self.codes.code(words, slot) == code;
        for &(c, slot, code) in told {
            let alone = edges[usize::from(c)] != SELF;
            let stays = same(first, slot, code) && same(words, slot, code);
            if !alone && !stays {
                return Err(Stop::Slow);
            }
        }
        Ok(())
    }
}
