//! Expressions and effects: what preconditions, effects and utilities are made of.

use crate::value::Value;
use serde::{Deserialize, Serialize};

/// A variable: a parameter of the action or trigger, or one bound by a quantifier.
pub type Var = u32;
/// A kind of things, by its number in the problem.
pub type Kind = u32;
/// A fluent, by its number in the problem.
pub type Fluent = u32;

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cmp {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl Cmp {
    /// The comparison that holds exactly where this one does not (between known values).
    pub fn negated(self) -> Cmp {
        match self {
            Cmp::Eq => Cmp::Ne,
            Cmp::Ne => Cmp::Eq,
            Cmp::Lt => Cmp::Ge,
            Cmp::Ge => Cmp::Lt,
            Cmp::Gt => Cmp::Le,
            Cmp::Le => Cmp::Gt,
        }
    }

    /// How it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Cmp::Eq => "==",
            Cmp::Ne => "!=",
            Cmp::Lt => "<",
            Cmp::Le => "<=",
            Cmp::Gt => ">",
            Cmp::Ge => ">=",
        }
    }
}

/// An operation on two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arith {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
}

/// A quantifier or an aggregate over the things of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Over {
    /// Some thing.
    Exists,
    /// Every thing.
    Forall,
    /// The sum.
    Sum,
    /// The product.
    Product,
}

/// An expression: a formula or a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Expr {
    /// A constant; `?` is the constant `Unknown`.
    Const(Value),
    /// A variable.
    Var(Var),
    /// A fluent of things.
    Fluent(Fluent, Vec<Expr>),
    /// All of them.
    And(Vec<Expr>),
    /// One of them.
    Or(Vec<Expr>),
    /// Not so.
    Not(Box<Expr>),
    /// A comparison of two values.
    Compare(Cmp, Box<Expr>, Box<Expr>),
    /// What a character believes (a formula), or what a value is in his mind.
    Believes(Box<Expr>, Box<Expr>),
    /// Whether a thing is of a kind.
    Is(Box<Expr>, Kind),
    /// A quantifier or an aggregate.
    Over(Over, Var, Kind, Box<Expr>),
    /// One value or another.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// Arithmetic.
    Arith(Arith, Box<Expr>, Box<Expr>),
    /// Whether the value is known.
    Known(Box<Expr>),
    /// Whether the second thing is met on the way out from the first through a fluent.
    Within(Box<Expr>, Box<Expr>, Fluent),
}

impl Expr {
    /// Calls `visit` on this expression and everything in it, outermost first.
    pub fn walk<'e>(&'e self, visit: &mut impl FnMut(&'e Expr)) {
        visit(self);
        for child in self.children() {
            child.walk(visit);
        }
    }

    /// The expressions directly inside this one.
    pub fn children(&self) -> Vec<&Expr> {
        match self {
            Expr::Const(_) | Expr::Var(_) => vec![],
            Expr::Fluent(_, list) | Expr::And(list) | Expr::Or(list) => list.iter().collect(),
            Expr::Not(e) | Expr::Is(e, _) | Expr::Known(e) | Expr::Over(_, _, _, e) => vec![e],
            Expr::Compare(_, a, b)
            | Expr::Believes(a, b)
            | Expr::Arith(_, a, b)
            | Expr::Within(a, b, _) => vec![a, b],
            Expr::If(a, b, c) => vec![a, b, c],
        }
    }

    /// Whether it is true or false by its form (a bare fluent may be either formula or value).
    pub fn is_formula(&self) -> bool {
        match self {
            Expr::And(_)
            | Expr::Or(_)
            | Expr::Not(_)
            | Expr::Compare(..)
            | Expr::Is(..)
            | Expr::Known(_)
            | Expr::Within(..)
            | Expr::Over(Over::Exists | Over::Forall, ..) => true,
            Expr::Believes(_, e) => e.is_formula(),
            _ => false,
        }
    }

    /// Whether it looks into somebody's mind.
    pub fn has_belief(&self) -> bool {
        let mut found = false;
        self.walk(&mut |e| found |= matches!(e, Expr::Believes(..)));
        found
    }

    /// The free variables, as a set of bits (variables from 64 on do not occur: the builder sees to it).
    pub fn free(&self) -> u64 {
        match self {
            Expr::Const(_) => 0,
            Expr::Var(v) => 1 << v,
            Expr::Over(_, v, _, e) => e.free() & !(1 << v),
            Expr::Fluent(_, list) | Expr::And(list) | Expr::Or(list) => {
                list.iter().fold(0, |set, e| set | e.free())
            }
            Expr::Not(e) | Expr::Is(e, _) | Expr::Known(e) => e.free(),
            Expr::Compare(_, a, b)
            | Expr::Believes(a, b)
            | Expr::Arith(_, a, b)
            | Expr::Within(a, b, _) => a.free() | b.free(),
            Expr::If(a, b, c) => a.free() | b.free() | c.free(),
        }
    }
}

/// How an explicit belief effect sets the mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Mode {
    /// Whatever was there.
    Set,
    /// Only where that mind holds nothing explicit against it.
    Told,
    /// Makes unknown what that mind holds, when it holds just this.
    Not,
}

/// An effect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Effect {
    /// A fluent gets a value.
    Set(Fluent, Vec<Expr>, Expr),
    /// Effects that happen only where a condition is true.
    If(Expr, Vec<Effect>),
    /// Effects for every thing of a kind.
    Forall(Var, Kind, Vec<Effect>),
    /// A fluent gets a value in the mind that a chain of characters leads to.
    Believe {
        /// The characters, outermost first.
        chain: Vec<Expr>,
        /// The fluent.
        fluent: Fluent,
        /// Its things.
        args: Vec<Expr>,
        /// The value.
        value: Expr,
        /// How it is set.
        mode: Mode,
        /// Whether things and value are evaluated in that mind (before the event) and not outside.
        inside: bool,
    },
    /// Whatever a mind holds to be at a place becomes unknown there, where it is known here to be elsewhere.
    Absent {
        /// Whose mind.
        who: Expr,
        /// The fluent, of one thing, that says where things are.
        fluent: Fluent,
        /// The place.
        place: Expr,
    },
}
