//! What the builder asks of kinds, fluents, expressions and effects before it takes them.

use std::sync::atomic::Ordering;

use crate::error::{Error, Result};
use crate::expr::{Effect, Expr, Fluent, Kind, Mode};
use crate::problem::Problem;
use crate::value::{Entity, Key, Value, UNBOUND};

/// Variables have to fit a set of 64 bits.
const VARIABLES: usize = 64;

impl Problem {
    pub(crate) fn check_kind(&self, kind: Kind, name: &str) -> Result<()> {
        if (kind as usize) < self.kinds.len() {
            Ok(())
        } else {
            Err(Error::Problem(format!("{name}: there is no kind {kind}")))
        }
    }

    /// The set of the first `count` variables.
    pub(crate) fn scope(&self, count: usize, name: &str) -> Result<u64> {
        if count >= VARIABLES {
            return Err(Error::Problem(format!(
                "{name}: more than {} parameters",
                VARIABLES - 2
            )));
        }
        self.slots.fetch_max(count + 1, Ordering::Relaxed);
        Ok((1u64 << count) - 1)
    }

    fn quantified(&self, scope: u64, var: u32, kind: Kind, name: &str) -> Result<u64> {
        self.check_kind(kind, name)?;
        if var as usize >= VARIABLES {
            return Err(Error::Problem(format!(
                "{name}: variable {var} is too large"
            )));
        }
        self.slots.fetch_max(var as usize + 1, Ordering::Relaxed);
        Ok(scope | (1 << var))
    }

    /// A fluent that can be followed from thing to thing.
    pub(crate) fn check_chain(&self, fluent: Fluent, name: &str) -> Result<()> {
        match self.fluents.get(fluent as usize) {
            Some(f) if f.params.len() == 1 && f.derived.is_none() => Ok(()),
            Some(f) => Err(Error::Problem(format!(
                "{name}: {} is not a settable fluent of one thing",
                f.name
            ))),
            None => Err(Error::Problem(format!(
                "{name}: there is no fluent {fluent}"
            ))),
        }
    }

    fn check_fluent(&self, fluent: Fluent, arity: usize, name: &str) -> Result<()> {
        let Some(f) = self.fluents.get(fluent as usize) else {
            return Err(Error::Problem(format!(
                "{name}: there is no fluent {fluent}"
            )));
        };
        if f.params.len() == arity {
            Ok(())
        } else {
            Err(Error::Problem(format!(
                "{name}: {} takes {} arguments, not {arity}",
                f.name,
                f.params.len()
            )))
        }
    }

    fn check_set(&self, fluent: Fluent, arity: usize, name: &str) -> Result<()> {
        self.check_fluent(fluent, arity, name)?;
        let f = &self.fluents[fluent as usize];
        if f.derived.is_some() {
            return Err(Error::Problem(format!(
                "{name}: {} is derived and cannot be set",
                f.name
            )));
        }
        Ok(())
    }

    /// Checks an expression of the caller's with the given number of free variables.
    pub fn check(&self, expr: &Expr, free: usize) -> Result<()> {
        let scope = self.scope(free, "expression")?;
        self.check_expr(expr, scope, "expression")
    }

    pub(crate) fn check_expr(&self, expr: &Expr, scope: u64, name: &str) -> Result<()> {
        let mut inner = scope;
        match expr {
            Expr::Var(v) if *v as usize >= VARIABLES || scope & (1 << v) == 0 => {
                return Err(Error::Problem(format!("{name}: variable {v} is not bound")));
            }
            Expr::Const(Value::Entity(e)) if *e as usize >= self.entities.len() => {
                return Err(Error::Problem(format!("{name}: there is no entity {e}")));
            }
            Expr::Const(Value::Number(x)) if !x.is_finite() => {
                return Err(Error::Problem(format!("{name}: a number must be finite")));
            }
            Expr::Fluent(f, args) => self.check_fluent(*f, args.len(), name)?,
            Expr::Within(_, _, over) => self.check_chain(*over, name)?,
            Expr::Is(_, kind) => self.check_kind(*kind, name)?,
            Expr::Over(_, var, kind, _) => inner = self.quantified(scope, *var, *kind, name)?,
            _ => {}
        }
        for child in expr.children() {
            self.check_expr(child, inner, name)?;
        }
        Ok(())
    }

    pub(crate) fn check_effects(&self, effects: &[Effect], scope: u64, name: &str) -> Result<()> {
        self.check_effects_in(effects, scope, name)?;
        for (i, effect) in effects.iter().enumerate() {
            for other in &effects[..i] {
                if contradict(effect, other) {
                    let Effect::Set(f, ..) = effect else { continue };
                    return Err(Error::Clash {
                        fluent: self.fluents[*f as usize].name.to_string(),
                        by: name.to_owned(),
                    });
                }
            }
        }
        Ok(())
    }

    fn check_effects_in(&self, effects: &[Effect], scope: u64, name: &str) -> Result<()> {
        for effect in effects {
            match effect {
                Effect::Set(f, args, value) => {
                    self.check_set(*f, args.len(), name)?;
                    for e in args.iter().chain([value]) {
                        self.check_expr(e, scope, name)?;
                    }
                }
                Effect::If(condition, then) => {
                    self.check_expr(condition, scope, name)?;
                    self.check_effects_in(then, scope, name)?;
                }
                Effect::Forall(var, kind, each) => {
                    let inner = self.quantified(scope, *var, *kind, name)?;
                    self.check_effects_in(each, inner, name)?;
                }
                Effect::Believe {
                    chain,
                    fluent,
                    args,
                    value,
                    ..
                } => {
                    if chain.is_empty() {
                        return Err(Error::Problem(format!(
                            "{name}: a belief effect needs a believer"
                        )));
                    }
                    self.check_set(*fluent, args.len(), name)?;
                    for e in chain.iter().chain(args).chain([value]) {
                        self.check_expr(e, scope, name)?;
                    }
                }
                Effect::Absent { who, fluent, place } => {
                    self.check_chain(*fluent, name)?;
                    self.check_expr(who, scope, name)?;
                    self.check_expr(place, scope, name)?;
                }
            }
        }
        Ok(())
    }

    /// "Told" asks whether something was ever set, so that has to be part of the state.
    pub(crate) fn mark_told(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Believe {
                    fluent,
                    mode: Mode::Told,
                    ..
                } => self.fluents[*fluent as usize].keeps = true,
                Effect::If(_, inner) | Effect::Forall(_, _, inner) => self.mark_told(inner),
                _ => {}
            }
        }
    }

    /// The key of a fluent that a caller wants to set.
    pub(crate) fn settable(&self, fluent: Fluent, args: &[Entity], value: Value) -> Result<Key> {
        self.check_set(fluent, args.len(), "assignment")?;
        let name = &self.fluents[fluent as usize].name;
        self.check_args(args, args.len(), name)?;
        if value
            .entity()
            .is_some_and(|e| e as usize >= self.entities.len())
        {
            return Err(Error::Question(format!("{name}: the value is no entity")));
        }
        self.key(fluent, args)
            .ok_or_else(|| Error::Question(format!("{name} of nobody known cannot be set")))
    }

    /// Checks that a chain consists of characters.
    pub(crate) fn check_chain_of(&self, chain: &[Entity]) -> Result<()> {
        match chain.iter().find(|&&c| !self.is_character(c)) {
            Some(c) => Err(Error::Question(format!(
                "{c} is not a character and has no beliefs"
            ))),
            None => Ok(()),
        }
    }

    /// Checks the things of a grounding; `u32::MAX` (nobody known) is allowed.
    pub(crate) fn check_args(&self, args: &[u32], arity: usize, what: &str) -> Result<()> {
        if args.len() != arity {
            return Err(Error::Question(format!(
                "{what} takes {arity} things, not {}",
                args.len()
            )));
        }
        match args
            .iter()
            .find(|&&a| a as usize >= self.entities.len() && a <= UNBOUND)
        {
            Some(a) => Err(Error::Question(format!("{what}: there is no entity {a}"))),
            None => Ok(()),
        }
    }
}

/// Two unconditional assignments of different constants to the same expression.
fn contradict(a: &Effect, b: &Effect) -> bool {
    match (a, b) {
        (Effect::Set(f, x, Expr::Const(v)), Effect::Set(g, y, Expr::Const(w))) => {
            f == g && x == y && v != w
        }
        _ => false,
    }
}
