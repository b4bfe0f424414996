//! What formulas cost and which values expressions can get, at the costs of facts.

use smallvec::SmallVec;

use super::cost::{Cost, FREE, NEVER};
use crate::expr::Arith;
use crate::search::ground::codes::Codes;
use crate::search::ground::form::{arith, compare, Eff, Form, Val};
use crate::value::Value;

/// More values than this are taken for any value.
pub(super) const MANY: usize = 48;

/// A value with its cost; None is any value.
pub(super) type Priced = SmallVec<[(Option<Value>, Cost); 6]>;

/// Costs looked up from some values.
pub(super) struct Relaxed<'a> {
    pub from: &'a [usize],
    pub facts: &'a [Cost],
    pub codes: &'a Codes,
    pub words: &'a [u64],
}

impl Relaxed<'_> {
    pub(super) fn all(&self, parts: &[Form]) -> Option<Cost> {
        let mut total = FREE;
        for part in parts {
            let cost = self.form(part, true);
            if cost.least == u16::MAX {
                return None;
            }
            total = total.and(cost);
        }
        Some(total)
    }

    pub(super) fn form(&self, form: &Form, so: bool) -> Cost {
        match form {
            Form::Const(b) => {
                if *b == so {
                    FREE
                } else {
                    NEVER
                }
            }
            Form::Lit(lit) => {
                let from = self.from[lit.slot as usize];
                let every = self.codes.fields[lit.slot as usize].values.len();
                let mut codes = if so { lit.codes } else { !lit.codes };
                if every < 64 {
                    codes &= (1 << every) - 1;
                }
                let mut best = NEVER;
                while codes != 0 {
                    let code = codes.trailing_zeros() as usize;
                    codes &= codes - 1;
                    best = best.or(self.facts[from + code]);
                }
                best
            }
            Form::And(list) | Form::Or(list) => {
                if matches!(form, Form::And(_)) == so {
                    list.iter().fold(FREE, |c, f| c.and(self.form(f, so)))
                } else {
                    list.iter().fold(NEVER, |c, f| c.or(self.form(f, so)))
                }
            }
            Form::In(..) => FREE,
            Form::Cmp(op, a, b, wanted) => {
                let (a, b) = (self.values(a), self.values(b));
                let mut best = NEVER;
                for (x, cx) in &a {
                    for (y, cy) in &b {
                        let fits = match (x, y) {
                            (Some(x), Some(y)) => (compare(*op, *x, *y) == *wanted) == so,
                            _ => true,
                        };
                        if fits {
                            best = best.or(cx.and(*cy));
                        }
                    }
                }
                best
            }
        }
    }

    /// The values that an expression can get, each with its cost.
    pub(super) fn values(&self, val: &Val) -> Priced {
        let mut out = Priced::new();
        match val {
            Val::Const(v) => out.push((Some(*v), FREE)),
            Val::Of(slot) => {
                let from = self.from[*slot as usize];
                let values = &self.codes.fields[*slot as usize].values;
                if values.is_empty() {
                    out.push((Some(self.codes.get(self.words, *slot)), FREE));
                    let any = self.facts[from];
                    if any != NEVER {
                        out.push((None, any));
                    }
                }
                for (code, v) in values.iter().enumerate() {
                    let cost = self.facts[from + code];
                    if cost != NEVER {
                        out.push((Some(*v), cost));
                    }
                }
            }
            Val::In(..) => out.push((None, FREE)),
            Val::If(c, a, b) => {
                for (branch, so) in [(a, true), (b, false)] {
                    let condition = self.form(c, so);
                    if condition != NEVER {
                        for (v, cost) in self.values(branch) {
                            price(&mut out, v, cost.and(condition));
                        }
                    }
                }
            }
            Val::Arith(op, a, b) => return combined(*op, &self.values(a), &self.values(b)),
            Val::Sum(list) | Val::Product(list) => {
                let (start, op) = if matches!(val, Val::Sum(_)) {
                    (0.0, Arith::Add)
                } else {
                    (1.0, Arith::Mul)
                };
                out.push((Some(Value::Number(start)), FREE));
                for part in list {
                    out = combined(op, &out, &self.values(part));
                }
            }
            Val::Truth(form) => {
                for so in [true, false] {
                    let cost = self.form(form, so);
                    if cost != NEVER {
                        out.push((Some(Value::Bool(so)), cost));
                    }
                }
            }
        }
        out
    }

    pub(super) fn adds(&self, effects: &[Eff], cost: Cost, out: &mut Vec<(usize, Cost)>) {
        for effect in effects {
            match effect {
                Eff::Put(slot, code) => {
                    let from = self.from[*slot as usize];
                    let known = !self.codes.fields[*slot as usize].values.is_empty();
                    out.push((from + if known { *code as usize } else { 0 }, cost));
                }
                Eff::Set(slot, val) => {
                    let from = self.from[*slot as usize];
                    let domain = &self.codes.fields[*slot as usize].values;
                    for (v, more) in self.values(val) {
                        let total = cost.and(more);
                        match v.and_then(|v| domain.iter().position(|x| *x == v)) {
                            Some(code) => out.push((from + code, total)),
                            None => out.extend((0..domain.len().max(1)).map(|i| (from + i, total))),
                        }
                    }
                }
                Eff::If(c, then) => {
                    let condition = self.form(c, true);
                    if condition != NEVER {
                        self.adds(then, cost.and(condition), out);
                    }
                }
                Eff::Tell { .. } => {}
            }
        }
    }
}

fn price(out: &mut Priced, value: Option<Value>, cost: Cost) {
    match out.iter_mut().find(|(v, _)| *v == value) {
        Some(item) => item.1 = item.1.or(cost),
        None => out.push((value, cost)),
    }
}

fn combined(op: Arith, a: &Priced, b: &Priced) -> Priced {
    let mut out = Priced::new();
    for (x, cx) in a {
        for (y, cy) in b {
            let value = x.zip(*y).map(|(x, y)| arith(op, x, y));
            price(&mut out, value, cx.and(*cy));
        }
    }
    if out.len() > MANY {
        let least = out.iter().fold(NEVER, |c, (_, cost)| c.or(*cost));
        out.clear();
        out.push((None, least));
    }
    out
}
