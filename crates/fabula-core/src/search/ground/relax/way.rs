//! Relaxed plans, from both their ends: what they begin with, and what their first steps make.

use super::cost::{Aim, Cost, FREE, NEVER};
use super::values::{Relaxed, MANY};
use super::{Relax, NOBODY};
use crate::expr::Arith;
use crate::search::ground::form::{arith, compare, Eff, Form, Val};
use crate::search::ground::{Ground, Words};
use crate::value::Value;

/// A relaxed plan, from both its ends.
#[derive(Debug, Default)]
pub struct Way {
    leaves: Vec<u32>,
    first: Vec<u32>,
}

/// A value with its cost and the facts that it rests on.
type Traced = (Option<Value>, Cost, Vec<u32>);

impl Relax {
    /// A relaxed plan from a state's values to an aim: which facts it begins with, and which its first steps make.
    pub fn way(&mut self, ground: &Ground, words: &[u64], aim: Aim) -> Option<Way> {
        let words: Words = words.into();
        let codes = &ground.codes;
        self.spread_for(codes, &words, aim.whose);
        let relaxed = Relaxed {
            from: &self.from,
            facts: &self.now.facts,
            codes,
            words: &words,
        };
        let mut open = relaxed
            .traced(&ground.task.utilities[usize::from(aim.whose)])
            .into_iter()
            .filter(|(v, ..)| aim.is_reached(*v))
            .min_by(|a, b| a.1.guess.total_cmp(&b.1.guess))?
            .2;
        let mut way = Way::default();
        let mut seen = vec![false; self.size];
        while let Some(fact) = open.pop() {
            let i = fact as usize;
            if std::mem::replace(&mut seen[i], true) {
                continue;
            }
            let by = self.now.by[i];
            if by == NOBODY {
                way.leaves.push(fact);
                continue;
            }
            let op = &self.ops[by as usize];
            let cheapest = |facts: &Vec<u32>| {
                let cost = |f: &&u32| self.now.facts[**f as usize].guess;
                let known = facts.iter().filter(|f| cost(f).is_finite());
                known.min_by(|a, b| cost(a).total_cmp(&cost(b))).copied()
            };
            let before = open.len();
            open.extend(
                op.lits
                    .iter()
                    .filter_map(|l| cheapest(&self.makers[*l as usize])),
            );
            for form in &op.rest {
                open.extend(relaxed.traced_form(form, true).1);
            }
            let now = |f: &u32| self.now.facts[*f as usize].guess == 0.0;
            if op.steps > 0 && open[before..].iter().all(now) {
                way.first.push(fact);
            }
            for motive in op
                .motives
                .iter()
                .filter(|m| m.who + 1 != aim.whose && !m.direct)
            {
                let price = |list: &&Vec<u32>| {
                    list.iter()
                        .map(|&l| self.now.lits[l as usize].guess)
                        .sum::<f32>()
                };
                let best = motive
                    .with
                    .iter()
                    .min_by(|a, b| price(a).total_cmp(&price(b)));
                let lits = best.into_iter().flatten();
                open.extend(lits.filter_map(|l| cheapest(&self.makers[*l as usize])));
            }
        }
        Some(way)
    }

    /// Whether an action makes one of the facts that the first steps of a way make.
    pub fn helps(&self, ground: &Ground, way: &Way, act: u32) -> bool {
        let effects = &ground.task.acts[act as usize].effects;
        effects.iter().any(|e| self.makes_one(&way.first, e))
    }

    fn makes_one(&self, facts: &[u32], effect: &Eff) -> bool {
        match effect {
            Eff::Put(slot, code) => {
                facts.contains(&((self.from[*slot as usize] + *code as usize) as u32))
            }
            Eff::Set(slot, _) => {
                let from = self.from[*slot as usize] as u32;
                let to = self.from.get(*slot as usize + 1).map_or(self.size, |&x| x) as u32;
                facts.iter().any(|f| (from..to).contains(f))
            }
            Eff::If(_, then) => then.iter().any(|e| self.makes_one(facts, e)),
            Eff::Tell { .. } => false,
        }
    }

    /// Whether one of the facts that a way begins with is so in the second state and not in the first.
    pub fn begins_anew(&self, ground: &Ground, way: &Way, before: &[u64], after: &[u64]) -> bool {
        let mut found = false;
        ground.codes.differing(before, after, |slot| {
            let fact = self.from[slot as usize] + ground.codes.code(after, slot) as usize;
            let open = ground.codes.fields[slot as usize].values.is_empty();
            found |= open || way.leaves.contains(&(fact as u32));
        });
        found
    }
}

impl Relaxed<'_> {
    /// What a formula costs, and the facts that it rests on.
    fn traced_form(&self, form: &Form, so: bool) -> (Cost, Vec<u32>) {
        let free = |cost: Cost| (cost, Vec::new());
        match form {
            Form::Lit(lit) => {
                let from = self.from[lit.slot as usize];
                let every = self.codes.fields[lit.slot as usize].values.len();
                (0..every)
                    .filter(|code| ((lit.codes >> code) & 1 == 1) == so)
                    .map(|code| (self.facts[from + code], vec![(from + code) as u32]))
                    .min_by(|a, b| a.0.guess.total_cmp(&b.0.guess))
                    .unwrap_or((NEVER, Vec::new()))
            }
            Form::And(list) | Form::Or(list) => {
                let parts = list.iter().map(|f| self.traced_form(f, so));
                if matches!(form, Form::And(_)) == so {
                    parts.fold(free(FREE), |(c, mut all), (d, more)| {
                        all.extend(more);
                        (c.and(d), all)
                    })
                } else {
                    parts
                        .min_by(|a, b| a.0.guess.total_cmp(&b.0.guess))
                        .unwrap_or((NEVER, Vec::new()))
                }
            }
            Form::Cmp(op, a, b, wanted) => {
                let (a, b) = (self.traced(a), self.traced(b));
                let mut best = free(NEVER);
                for (x, cx, fx) in &a {
                    for (y, cy, fy) in &b {
                        let fits = match (x, y) {
                            (Some(x), Some(y)) => (compare(*op, *x, *y) == *wanted) == so,
                            _ => true,
                        };
                        let cost = cx.and(*cy);
                        if fits && cost.guess < best.0.guess {
                            best = (cost, [fx.clone(), fy.clone()].concat());
                        }
                    }
                }
                best
            }
            Form::Const(_) | Form::In(..) => free(self.form(form, so)),
        }
    }

    /// The values that an expression can get, each with its cost and the facts that it rests on.
    fn traced(&self, val: &Val) -> Vec<Traced> {
        let mut out: Vec<Traced> = Vec::new();
        match val {
            Val::Of(slot) => {
                let from = self.from[*slot as usize];
                let known = !self.codes.fields[*slot as usize].values.is_empty();
                for (v, cost) in self.values(val) {
                    let values = &self.codes.fields[*slot as usize].values;
                    let code = v
                        .and_then(|v| values.iter().position(|x| *x == v))
                        .unwrap_or(0);
                    let rests = known || v.is_none();
                    out.push((
                        v,
                        cost,
                        if rests {
                            vec![(from + code) as u32]
                        } else {
                            vec![]
                        },
                    ));
                }
            }
            Val::If(c, a, b) => {
                for (branch, so) in [(a, true), (b, false)] {
                    let (condition, facts) = self.traced_form(c, so);
                    if condition != NEVER {
                        for (v, cost, more) in self.traced(branch) {
                            let all = [facts.clone(), more].concat();
                            keep(&mut out, (v, cost.and(condition), all));
                        }
                    }
                }
            }
            Val::Arith(op, a, b) => return joined(*op, &self.traced(a), &self.traced(b)),
            Val::Sum(list) | Val::Product(list) => {
                let (start, op) = if matches!(val, Val::Sum(_)) {
                    (0.0, Arith::Add)
                } else {
                    (1.0, Arith::Mul)
                };
                out.push((Some(Value::Number(start)), FREE, Vec::new()));
                for part in list {
                    out = joined(op, &out, &self.traced(part));
                }
            }
            Val::Truth(form) => {
                for so in [true, false] {
                    let (cost, facts) = self.traced_form(form, so);
                    if cost != NEVER {
                        out.push((Some(Value::Bool(so)), cost, facts));
                    }
                }
            }
            Val::Const(_) | Val::In(..) => {
                out.extend(
                    self.values(val)
                        .into_iter()
                        .map(|(v, cost)| (v, cost, Vec::new())),
                );
            }
        }
        out
    }
}

fn keep(out: &mut Vec<Traced>, item: Traced) {
    match out.iter_mut().find(|o| o.0 == item.0) {
        Some(old) if item.1.guess < old.1.guess => *old = item,
        Some(_) => {}
        None => out.push(item),
    }
}

fn joined(op: Arith, a: &[Traced], b: &[Traced]) -> Vec<Traced> {
    let mut out = Vec::new();
    for (x, cx, fx) in a {
        for (y, cy, fy) in b {
            let value = x.zip(*y).map(|(x, y)| arith(op, x, y));
            keep(
                &mut out,
                (value, cx.and(*cy), [fx.clone(), fy.clone()].concat()),
            );
        }
    }
    out.truncate(MANY);
    out
}
