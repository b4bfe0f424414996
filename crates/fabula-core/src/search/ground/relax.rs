//! How far a state is from a better one if nothing ever stopped being so (delete relaxation: Bonet and Geffner 2001).
//!
//! Two numbers for each question: a bound from below (every step counted that must be on the way), and a guess (steps of
//! separate needs added up). What others believe is taken to be as it should.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::codes::Codes;
use super::form::{arith, compare, Eff, Form, Slot, Val};

use super::{Ground, Words};
use crate::expr::Arith;
use crate::value::Value;

/// A bound from below and a guess; [`NEVER`] where it cannot be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// No plan is shorter.
    pub least: u16,
    /// About how long one may be.
    pub guess: f32,
}

/// It cannot be.
pub const NEVER: Cost = Cost {
    least: u16::MAX,
    guess: f32::INFINITY,
};
const FREE: Cost = Cost {
    least: 0,
    guess: 0.0,
};
/// More values than this are taken for any value.
const MANY: usize = 48;

impl Cost {
    fn and(self, other: Cost) -> Cost {
        Cost {
            least: self.least.max(other.least),
            guess: self.guess + other.guess,
        }
    }

    fn or(self, other: Cost) -> Cost {
        Cost {
            least: self.least.min(other.least),
            guess: self.guess.min(other.guess),
        }
    }

    fn step(self, steps: u16) -> Cost {
        if self == NEVER {
            return NEVER;
        }
        Cost {
            least: self.least.saturating_add(steps),
            guess: self.guess + f32::from(steps),
        }
    }

    fn below(self, other: Cost) -> bool {
        self.least < other.least || self.guess < other.guess
    }
}

/// A value with its cost; None is any value.
type Priced = SmallVec<[(Option<Value>, Cost); 6]>;

/// An action or trigger that sets something.
struct Op {
    pre: Vec<Form>,
    effects: Vec<Eff>,
    steps: u16,
    /// Whether somebody consents to it: the others nobody plans.
    planned: bool,
}

/// Who asks: the author, who may use all actions, or a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Aim {
    /// Whose utility: 0 is the author, then the characters.
    pub whose: u8,
    /// The utility to get at, as bits of a number.
    bits: u64,
    /// Whether it has to be exceeded.
    above: bool,
}

impl Aim {
    /// To reach a utility.
    pub fn reach(whose: u8, utility: f64) -> Aim {
        Aim {
            whose,
            bits: utility.to_bits(),
            above: false,
        }
    }

    /// To exceed a utility.
    pub fn exceed(whose: u8, utility: f64) -> Aim {
        Aim {
            whose,
            bits: utility.to_bits(),
            above: true,
        }
    }
}

/// The relaxation of a task, with what was worked out before.
pub struct Relax {
    ops: Vec<Op>,
    /// Where each fluent's costs begin.
    from: Vec<usize>,
    size: usize,
    known: FxHashMap<(Words, Aim), Cost>,
    costs: Vec<Cost>,
    /// What `costs` are of: the values, and whether for the author.
    of: Option<(Words, bool)>,
}

impl Relax {
    /// The relaxation of a ground problem.
    pub fn new(ground: &Ground) -> Relax {
        let (task, codes) = (&ground.task, &ground.codes);
        let mut from = Vec::new();
        let mut size = 0;
        for field in &codes.fields {
            from.push(size);
            size += field.values.len().max(1);
        }
        let sets = |effects: &[Eff]| effects.iter().any(sets_something);
        let mut ops = Vec::new();
        for act in task.acts.iter().filter(|a| sets(&a.effects)) {
            ops.push(Op {
                pre: parts(&act.pre),
                effects: act.effects.clone(),
                steps: 1,
                planned: !act.consenting.is_empty(),
            });
        }
        for trig in task.trigs.iter().filter(|t| sets(&t.effects)) {
            let mut pre: Vec<Form> = trig.lits.iter().map(|l| Form::Lit(*l)).collect();
            pre.extend(trig.rest.iter().cloned());
            ops.push(Op {
                pre,
                effects: trig.effects.clone(),
                steps: 0,
                planned: true,
            });
        }
        Relax {
            ops,
            from,
            size,
            known: FxHashMap::default(),
            costs: Vec::new(),
            of: None,
        }
    }

    /// Bytes taken.
    pub fn bytes(&self) -> usize {
        self.known.capacity() * (std::mem::size_of::<(Words, Aim)>() + 9)
    }

    /// What it costs to get from a state's values to an aim.
    pub fn cost(&mut self, ground: &Ground, words: &[u64], aim: Aim) -> Cost {
        let key: (Words, Aim) = (words.into(), aim);
        if let Some(&known) = self.known.get(&key) {
            return known;
        }
        let author = aim.whose == 0;
        let (task, codes) = (ground.task.clone(), &ground.codes);
        let place = (key.0.clone(), author);
        if self.of.as_ref() != Some(&place) {
            self.spread(codes, words, author);
            self.of = Some(place);
        }
        let relaxed = Relaxed {
            relax: self,
            codes,
            words,
        };
        let goal = f64::from_bits(aim.bits);
        let mut best = NEVER;
        for (value, cost) in relaxed.values(&task.utilities[usize::from(aim.whose)]) {
            let reached = value.is_none_or(|v| {
                let u = v.as_number().unwrap_or(0.0);
                u > goal || (!aim.above && u == goal)
            });
            if reached {
                best = best.or(cost);
            }
        }
        if self.known.len() > 2_000_000 {
            self.known.clear();
        }
        self.known.insert(key, best);
        best
    }

    /// Works out what every value of every fluent costs.
    fn spread(&mut self, codes: &Codes, words: &[u64], author: bool) {
        self.costs.clear();
        self.costs.resize(self.size, NEVER);
        for (slot, field) in codes.fields.iter().enumerate() {
            if !field.values.is_empty() {
                let code = codes.code(words, slot as Slot) as usize;
                self.costs[self.from[slot] + code] = FREE;
            }
        }
        let mut found: Vec<(usize, Cost)> = Vec::new();
        loop {
            let mut changed = false;
            for i in 0..self.ops.len() {
                let op = &self.ops[i];
                if !op.planned && !author {
                    continue;
                }
                let relaxed = Relaxed {
                    relax: self,
                    codes,
                    words,
                };
                let Some(cost) = relaxed.all(&op.pre) else {
                    continue;
                };
                found.clear();
                relaxed.adds(&op.effects, cost.step(op.steps), &mut found);
                for &(at, cost) in &found {
                    if cost.below(self.costs[at]) {
                        self.costs[at] = self.costs[at].or(cost);
                        changed = true;
                    }
                }
            }
            if !changed {
                return;
            }
        }
    }
}

fn parts(form: &Form) -> Vec<Form> {
    match form {
        Form::And(list) => list.clone(),
        other => vec![other.clone()],
    }
}

fn sets_something(effect: &Eff) -> bool {
    match effect {
        Eff::Set(..) | Eff::Put(..) => true,
        Eff::If(_, then) => then.iter().any(sets_something),
        Eff::Tell { .. } => false,
    }
}

/// Costs looked up from some values.
struct Relaxed<'a> {
    relax: &'a Relax,
    codes: &'a Codes,
    words: &'a [u64],
}

impl Relaxed<'_> {
    fn all(&self, parts: &[Form]) -> Option<Cost> {
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

    fn form(&self, form: &Form, so: bool) -> Cost {
        match form {
            Form::Const(b) => {
                if *b == so {
                    FREE
                } else {
                    NEVER
                }
            }
            Form::Lit(lit) => {
                let from = self.relax.from[lit.slot as usize];
                let every = self.codes.fields[lit.slot as usize].values.len();
                let mut codes = if so { lit.codes } else { !lit.codes };
                if every < 64 {
                    codes &= (1 << every) - 1;
                }
                let mut best = NEVER;
                while codes != 0 {
                    let code = codes.trailing_zeros() as usize;
                    codes &= codes - 1;
                    best = best.or(self.relax.costs[from + code]);
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
    fn values(&self, val: &Val) -> Priced {
        let mut out = Priced::new();
        match val {
            Val::Const(v) => out.push((Some(*v), FREE)),
            Val::Of(slot) => {
                let from = self.relax.from[*slot as usize];
                let values = &self.codes.fields[*slot as usize].values;
                if values.is_empty() {
                    out.push((Some(self.codes.get(self.words, *slot)), FREE));
                    let any = self.relax.costs[from];
                    if any != NEVER {
                        out.push((None, any));
                    }
                }
                for (code, v) in values.iter().enumerate() {
                    let cost = self.relax.costs[from + code];
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

    fn adds(&self, effects: &[Eff], cost: Cost, out: &mut Vec<(usize, Cost)>) {
        for effect in effects {
            match effect {
                Eff::Put(slot, code) => {
                    let from = self.relax.from[*slot as usize];
                    let known = !self.codes.fields[*slot as usize].values.is_empty();
                    out.push((from + if known { *code as usize } else { 0 }, cost));
                }
                Eff::Set(slot, val) => {
                    let from = self.relax.from[*slot as usize];
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

