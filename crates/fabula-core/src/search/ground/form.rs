//! Ground formulas and values over packed states, and their evaluation.

use smallvec::SmallVec;

use super::store::{Store, SELF};
use crate::expr::{Arith, Cmp, Mode};
use crate::value::Value;

/// A ground fluent, by its number in the task.
pub type Slot = u32;
/// A character, by its place among the characters of the problem.
pub type Char = u8;

/// Which kind of literal this is: what a surprised observer learns from it depends on that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Learn {
    /// An equality or a bare truth: the actual value is learned.
    Actual,
    /// An inequality: an equal value is given up.
    Apart,
    /// An ordering: what was believed is given up.
    Nothing,
}

/// A fluent has one of a set of values, as bits by code.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lit {
    /// The fluent.
    pub slot: Slot,
    /// Where its code lies in the packed words.
    pub word: u16,
    /// How far to shift the word.
    pub shift: u8,
    /// What remains after shifting.
    pub low: u64,
    /// The codes that fit.
    pub codes: u64,
    /// What a surprised observer learns from it.
    pub learn: Learn,
}

impl Lit {
    /// Whether it holds in packed words.
    #[inline]
    pub fn holds(&self, words: &[u64]) -> bool {
        let code = (words[self.word as usize] >> self.shift) & self.low;
        (self.codes >> code) & 1 == 1
    }
}

/// A formula in negation normal form.
#[derive(Clone, Debug)]
pub enum Form {
    /// Always or never.
    Const(bool),
    /// A literal.
    Lit(Lit),
    /// All of them.
    And(Vec<Form>),
    /// One of them.
    Or(Vec<Form>),
    /// A comparison that is no literal, and whether it has to come out so (an ordering with `?` is never so).
    Cmp(Cmp, Box<Val>, Box<Val>, bool),
    /// Whether it is so (`true`), or not so, in a character's mind.
    In(Char, Box<Form>, bool),
}

/// A value.
#[derive(Clone, Debug)]
pub enum Val {
    /// Always the same.
    Const(Value),
    /// Of a fluent.
    Of(Slot),
    /// In a character's mind.
    In(Char, Box<Val>),
    /// One or the other.
    If(Form, Box<Val>, Box<Val>),
    /// Arithmetic.
    Arith(Arith, Box<Val>, Box<Val>),
    /// The sum.
    Sum(Vec<Val>),
    /// The product.
    Product(Vec<Val>),
    /// The truth of a formula.
    Truth(Box<Form>),
}

/// An effect.
#[derive(Clone, Debug)]
pub enum Eff {
    /// A fluent gets a value.
    Set(Slot, Val),
    /// A fluent gets a value with this code.
    Put(Slot, u64),
    /// Only where a condition holds.
    If(Form, Vec<Eff>),
    /// A fluent gets a value in the mind that a chain leads to.
    Tell {
        /// The characters, outermost first, without immediate repetitions.
        chain: SmallVec<[Char; 2]>,
        /// The fluent.
        slot: Slot,
        /// The value.
        val: Val,
        /// How it is set.
        mode: Mode,
        /// Whether the value is evaluated in that mind.
        inside: bool,
    },
}

/// A mind that is looked at: its packed values and its beliefs.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The packed values.
    pub words: &'a [u64],
    /// The states believed by each character; [`SELF`] is this one.
    pub edges: &'a [u32],
}

/// Evaluates in the states of a store.
#[derive(Clone, Copy)]
pub struct Eval<'a> {
    /// The states.
    pub store: &'a Store,
    /// What codes stand for.
    pub codes: &'a super::codes::Codes,
    /// The values in the one mind that is looked into from a [`View`] without beliefs.
    pub other: &'a [u64],
}

impl<'a> Eval<'a> {
    /// The mind of a character.
    #[inline]
    pub fn mind(&self, v: View<'a>, c: Char) -> View<'a> {
        match v.edges.get(c as usize) {
            Some(&SELF) => v,
            Some(&node) => self.store.view(node),
            None => View {
                words: self.other,
                edges: &[],
            },
        }
    }

    /// Whether a formula holds.
    pub fn holds(&self, v: View<'a>, form: &Form) -> bool {
        match form {
            Form::Const(b) => *b,
            Form::Lit(lit) => lit.holds(v.words),
            Form::And(list) => list.iter().all(|f| self.holds(v, f)),
            Form::Or(list) => list.iter().any(|f| self.holds(v, f)),
            Form::In(c, inner, so) => self.holds(self.mind(v, *c), inner) == *so,
            Form::Cmp(op, a, b, so) => compare(*op, self.val(v, a), self.val(v, b)) == *so,
        }
    }

    /// The value of an expression.
    pub fn val(&self, v: View<'a>, val: &Val) -> Value {
        match val {
            Val::Const(value) => *value,
            Val::Of(slot) => self.codes.get(v.words, *slot),
            Val::In(c, inner) => self.val(self.mind(v, *c), inner),
            Val::If(c, a, b) => self.val(v, if self.holds(v, c) { a } else { b }),
            Val::Arith(op, a, b) => arith(*op, self.val(v, a), self.val(v, b)),
            Val::Sum(list) => self.total(v, list, 0.0, |x, y| x + y),
            Val::Product(list) => self.total(v, list, 1.0, |x, y| x * y),
            Val::Truth(form) => Value::Bool(self.holds(v, form)),
        }
    }

    fn total(&self, v: View<'a>, list: &[Val], start: f64, op: fn(f64, f64) -> f64) -> Value {
        let mut total = start;
        for val in list {
            match self.val(v, val).as_number() {
                Some(x) => total = op(total, x),
                None => return Value::Unknown,
            }
        }
        Value::number(total)
    }
}

/// An operation on two values, unknown where it has no result.
pub fn arith(op: Arith, a: Value, b: Value) -> Value {
    let Some((x, y)) = a.as_number().zip(b.as_number()) else {
        return Value::Unknown;
    };
    Value::number(match op {
        Arith::Add => x + y,
        Arith::Sub => x - y,
        Arith::Mul => x * y,
        Arith::Div => x / y,
    })
}

/// A comparison in a closed world, where `?` is a value like any other.
pub fn compare(op: Cmp, a: Value, b: Value) -> bool {
    match op {
        Cmp::Eq => a == b,
        Cmp::Ne => a != b,
        _ => a
            .as_number()
            .zip(b.as_number())
            .is_some_and(|(x, y)| match op {
                Cmp::Lt => x < y,
                Cmp::Le => x <= y,
                Cmp::Gt => x > y,
                _ => x >= y,
            }),
    }
}
