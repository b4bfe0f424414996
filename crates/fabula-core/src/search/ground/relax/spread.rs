//! How costs spread from what is so to all that it makes possible.

use super::cost::{Cost, FREE, NEVER};
use super::values::Relaxed;
use super::{Motive, Op, Relax, NOBODY};
use crate::search::ground::codes::Codes;
use crate::search::ground::form::Slot;
use crate::search::ground::Words;

/// About how many steps it takes to give somebody a reason for what does not serve him at once: to the author, for whom
/// people do things on their own account, and to a character, for whom they have to be brought to it.
const FAR: (f32, f32) = (1.0, 6.0);

/// About how many steps more an operation takes because others have to want it.
fn reluctance(op: &Op, lits: &[Cost], whose: u8) -> f32 {
    let far = if whose == 0 { FAR.0 } else { FAR.1 };
    let of = |m: &Motive| {
        if m.direct {
            return 0.0;
        }
        let with = |list: &Vec<u32>| list.iter().map(|&l| lits[l as usize].guess).sum::<f32>();
        m.with.iter().map(with).fold(far, f32::min)
    };
    let others = op.motives.iter().filter(|m| m.who + 1 != whose);
    others.map(of).sum()
}

/// Costs of facts, and how far the spreading of costs has got.
#[derive(Default)]
pub(super) struct Spread {
    pub facts: Vec<Cost>,
    /// The operation that makes each fact as cheap as it is.
    pub by: Vec<u32>,
    pub lits: Vec<Cost>,
    /// How many literals of each operation are still out of reach.
    lacking: Vec<u16>,
    queued: Vec<bool>,
    queue: std::collections::VecDeque<u32>,
}

impl Relax {
    pub(super) fn spread_for(&mut self, codes: &Codes, words: &Words, whose: u8) {
        if self
            .of
            .as_ref()
            .is_none_or(|(w, a)| w != words || *a != whose)
        {
            self.spread(codes, words, whose);
            self.of = Some((words.clone(), whose));
        }
    }

    /// Works out what every value of every fluent costs.
    fn spread(&mut self, codes: &Codes, words: &[u64], whose: u8) {
        let author = whose == 0;
        let mut now = std::mem::take(&mut self.now);
        now.facts.clear();
        now.facts.resize(self.size, NEVER);
        now.by.clear();
        now.by.resize(self.size, NOBODY);
        now.lits.clear();
        now.lits.resize(self.askers.len(), NEVER);
        now.lacking.clear();
        now.lacking.extend_from_slice(&self.counts);
        now.queued.clear();
        now.queued.resize(self.ops.len(), false);
        now.queue.clear();
        for &op in &self.free {
            self.enqueue(&mut now, op, author);
        }
        for (slot, field) in codes.fields.iter().enumerate() {
            if !field.values.is_empty() {
                let code = codes.code(words, slot as Slot) as usize;
                self.cheaper(&mut now, self.from[slot] + code, FREE, NOBODY, author);
            }
        }
        let bound = if author { self.bounds.0 } else { self.bounds.1 };
        let mut found: Vec<(usize, Cost)> = Vec::new();
        while let Some(i) = now.queue.pop_front() {
            now.queued[i as usize] = false;
            let op = &self.ops[i as usize];
            let mut cost = FREE;
            for &lit in &op.lits {
                cost = cost.and(now.lits[lit as usize]);
            }
            if cost.least.saturating_add(op.steps) > bound {
                continue;
            }
            found.clear();
            if !(op.rest.is_empty() && op.effects.is_empty()) {
                let relaxed = Relaxed {
                    from: &self.from,
                    facts: &now.facts,
                    codes,
                    words,
                };
                match relaxed.all(&op.rest) {
                    Some(rest) => cost = cost.and(rest),
                    None => continue,
                }
                relaxed.adds(&op.effects, cost.step(op.steps), &mut found);
            }
            let reached = cost.step(op.steps);
            if reached.least > bound {
                continue;
            }
            let reluctance = reluctance(op, &now.lits, whose);
            let reached = Cost {
                guess: reached.guess + reluctance,
                ..reached
            };
            for &fact in &op.puts {
                self.cheaper(&mut now, fact as usize, reached, i, author);
            }
            for &(fact, cost) in &found {
                self.cheaper(&mut now, fact, cost, i, author);
            }
        }
        self.now = now;
    }

    /// Lowers the cost of a fact, and sees what that makes cheaper.
    #[inline]
    fn cheaper(&self, now: &mut Spread, fact: usize, cost: Cost, by: u32, author: bool) {
        let known = now.facts[fact];
        if !cost.below(known) {
            return;
        }
        if cost.guess < known.guess {
            now.by[fact] = by;
        }
        now.facts[fact] = known.or(cost);
        let (lits, ops) = &self.makes[fact];
        for &lit in lits {
            let known = now.lits[lit as usize];
            if !cost.below(known) {
                continue;
            }
            now.lits[lit as usize] = known.or(cost);
            let first = known.least == u16::MAX;
            for &op in &self.askers[lit as usize] {
                if first {
                    now.lacking[op as usize] -= 1;
                }
                self.enqueue(now, op, author);
            }
        }
        for &op in ops {
            self.enqueue(now, op, author);
        }
    }

    #[inline]
    fn enqueue(&self, now: &mut Spread, op: u32, author: bool) {
        let i = op as usize;
        if now.lacking[i] == 0 && !now.queued[i] && (author || self.ops[i].planned) {
            now.queued[i] = true;
            now.queue.push_back(op);
        }
    }
}
