//! From a problem and its first state to a ground task.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::apart::Apart;
use super::codes::Codes;
use super::form::{Char, Eff, Form, Learn, Slot, Val};
use super::reach::{Few, Reach};
use super::simple::{conjuncts, inside, join, looks_at_values, plain, tells};
use super::task::{Act, Task, Trig};
use crate::eval::{env, Env};
use crate::expr::{Cmp, Effect, Expr, Fluent, Over};
use crate::problem::Problem;
use crate::value::{Entity, Key, Value};

/// Why a problem cannot be ground, so that the general search has to be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsupported;

type Made<T> = Result<T, Unsupported>;

struct Builder<'p> {
    p: &'p Problem,
    reach: Reach<'p>,
    slots: FxHashMap<Key, Slot>,
    codes: Codes,
    place: FxHashMap<Entity, Char>,
    /// Whether a disjunction keeps its other parts where one is always so: who is surprised learns from them.
    whole: bool,
}

/// Grounds a problem that begins with some states (the first one and those believed in it).
pub fn build(p: &Problem, states: &[&[(Key, Value)]]) -> Made<(Task, Codes)> {
    let general = p.open_world
        || p.appearance.is_some()
        || p.fluents.iter().any(|f| f.derived.is_some() || f.keeps)
        || p.actions.iter().any(|a| a.appears_as.is_some())
        || p.characters.len() >= 200;
    if general {
        return Err(Unsupported);
    }
    let mut reach = Reach::new(p, states);
    let groundings = reach.run();
    let changing = reach.changing();
    let domains: Vec<Vec<Value>> = changing
        .iter()
        .map(|(_, set)| set.as_ref().map_or_else(Vec::new, |list| list.to_vec()))
        .collect();
    let keys: Vec<Key> = changing.iter().map(|(k, _)| *k).collect();
    let slots = keys
        .iter()
        .enumerate()
        .map(|(i, k)| (*k, i as Slot))
        .collect();
    let place = p
        .characters
        .iter()
        .enumerate()
        .map(|(i, &c)| (c, i as Char))
        .collect();
    let mut b = Builder {
        p,
        reach,
        slots,
        codes: Codes::new(&domains),
        place,
        whole: false,
    };
    let mut acts = Vec::new();
    let mut trigs = Vec::new();
    for (schema, args) in &groundings {
        match p.actions.get(*schema as usize) {
            Some(_) => acts.extend(b.act(*schema, args)?),
            None => trigs.extend(b.trig(*schema, args)?),
        }
    }
    let mut utilities = vec![Val::Const(Value::Number(0.0)); p.characters.len() + 1];
    for (who, expr) in &p.utilities {
        let at = who.map_or(0, |c| usize::from(b.place[&c]) + 1);
        utilities[at] = b.val(expr, &mut env(p, &[]))?;
    }
    let fixed = states[0]
        .iter()
        .filter(|(k, _)| !b.slots.contains_key(k))
        .copied()
        .collect();
    let mut task = Task {
        keys,
        acts,
        trigs,
        utilities,
        characters: p.characters.clone(),
        fixed,
        own: Vec::new(),
        mind: Vec::new(),
        deep: Vec::new(),
        tellers: Vec::new(),
    };
    let codes = &b.codes;
    task.index(&|slot, value| codes.known(slot, value));
    Ok((task, b.codes))
}

impl Builder<'_> {
    fn act(&mut self, schema: u32, args: &[Entity]) -> Made<Option<Act>> {
        let action = &self.p.actions[schema as usize];
        let mut env = env(self.p, args);
        let pre = self.form(&action.precondition, &mut env, true)?;
        if matches!(pre, Form::Const(false)) {
            return Ok(None);
        }
        self.whole = true;
        let whole = self.form(&action.precondition, &mut env, true);
        self.whole = false;
        let whole = whole?;
        let mut consenting: SmallVec<[Char; 2]> = SmallVec::new();
        for e in &action.consenting {
            let who = self.character(e, &mut env)?;
            if !consenting.contains(&who) {
                consenting.push(who);
            }
        }
        let mut observes = Vec::new();
        for &c in &self.p.characters {
            env[args.len()] = c;
            observes.push(match &action.observes {
                Some(e) => self.form(e, &mut env, true)?,
                None => Form::Const(true),
            });
        }
        env[args.len()] = crate::value::UNBOUND;
        let effects = self.effects(&action.effects, &mut env)?;
        let (mut lits, mut rest) = (Vec::new(), Vec::new());
        for part in conjuncts(pre.clone()) {
            match part {
                Form::Lit(lit) => lits.push(lit),
                other => rest.push(other),
            }
        }
        Ok(Some(Act {
            schema,
            args: args.into(),
            plain: plain(&whole),
            open: observes.iter().all(plain) && effects.iter().all(looks_at_values),
            pre: whole,
            lits,
            rest,
            tells: effects.iter().any(tells),
            apart: Apart::No,
            consenting,
            observes,
            effects,
        }))
    }

    fn trig(&mut self, schema: u32, args: &[Entity]) -> Made<Option<Trig>> {
        let trigger = &self.p.triggers[schema as usize - self.p.actions.len()];
        let mut env = env(self.p, args);
        let pre = self.form(&trigger.precondition, &mut env, true)?;
        if matches!(pre, Form::Const(false)) {
            return Ok(None);
        }
        let (mut minds, mut lits, mut rest) = (Vec::new(), Vec::new(), Vec::new());
        for part in conjuncts(pre) {
            match part {
                Form::Lit(lit) => lits.push(lit),
                Form::In(c, inner, true) => {
                    for part in conjuncts(*inner) {
                        match part {
                            Form::Lit(lit) => minds.push((c, lit)),
                            other => rest.push(Form::In(c, Box::new(other), true)),
                        }
                    }
                }
                other => rest.push(other),
            }
        }
        let effects = self.effects(&trigger.effects, &mut env)?;
        Ok(Some(Trig {
            minds,
            lits,
            rest,
            effects,
        }))
    }

    fn character(&mut self, e: &Expr, env: &mut Env) -> Made<Char> {
        let Val::Const(Value::Entity(who)) = self.val(e, env)? else {
            return Err(Unsupported);
        };
        self.place.get(&who).copied().ok_or(Unsupported)
    }

    fn slot(&mut self, fluent: Fluent, args: &[Expr], env: &mut Env) -> Made<Option<Slot>> {
        let mut things: SmallVec<[Entity; 4]> = SmallVec::new();
        for arg in args {
            match self.val(arg, env)? {
                Val::Const(Value::Entity(x)) => things.push(x),
                Val::Const(_) => return Ok(None),
                _ => return Err(Unsupported),
            }
        }
        let key = self.p.key(fluent, &things).ok_or(Unsupported)?;
        // What is set to the only value that it can have need not be set.
        Ok(self.slots.get(&key).copied())
    }

    fn effects(&mut self, effects: &[Effect], env: &mut Env) -> Made<Vec<Eff>> {
        let mut out = Vec::new();
        for effect in effects {
            match effect {
                Effect::Set(f, args, to) => {
                    let Some(slot) = self.slot(*f, args, env)? else {
                        continue;
                    };
                    let val = self.val(to, env)?;
                    let known = match val {
                        Val::Const(v) => self.codes.encode(slot, v),
                        _ => None,
                    };
                    out.push(known.map_or(Eff::Set(slot, val), |code| Eff::Put(slot, code)));
                }
                Effect::If(c, then) => match self.form(c, env, true)? {
                    Form::Const(false) => {}
                    Form::Const(true) => out.extend(self.effects(then, env)?),
                    form => out.push(Eff::If(form, self.effects(then, env)?)),
                },
                Effect::Forall(var, kind, each) => {
                    let p = self.p;
                    for &x in &p.members[*kind as usize] {
                        env[*var as usize] = x;
                        out.extend(self.effects(each, env)?);
                    }
                }
                Effect::Believe {
                    chain,
                    fluent,
                    args,
                    value,
                    mode,
                    inside,
                } => {
                    let mut who: SmallVec<[Char; 2]> = SmallVec::new();
                    for e in chain {
                        let c = self.character(e, env)?;
                        if who.last() != Some(&c) {
                            who.push(c);
                        }
                    }
                    if let Some(slot) = self.slot(*fluent, args, env)? {
                        out.push(Eff::Tell {
                            chain: who,
                            slot,
                            val: self.val(value, env)?,
                            mode: *mode,
                            inside: *inside,
                        });
                    }
                }
                Effect::Absent { .. } => return Err(Unsupported),
            }
        }
        Ok(out)
    }

    /// A formula, or its opposite.
    fn form(&mut self, e: &Expr, env: &mut Env, so: bool) -> Made<Form> {
        Ok(match e {
            Expr::And(list) | Expr::Or(list) => {
                let mut parts = Vec::with_capacity(list.len());
                for part in list {
                    parts.push(self.form(part, env, so)?);
                }
                join(parts, matches!(e, Expr::And(_)) == so, self.whole)
            }
            Expr::Not(inner) => self.form(inner, env, !so)?,
            Expr::Over(over @ (Over::Exists | Over::Forall), var, kind, inner) => {
                let p = self.p;
                let mut parts = Vec::new();
                for &x in &p.members[*kind as usize] {
                    env[*var as usize] = x;
                    parts.push(self.form(inner, env, so)?);
                }
                join(parts, (*over == Over::Forall) == so, self.whole)
            }
            Expr::Believes(who, inner) => {
                let c = self.character(who, env)?;
                inside(c, self.form(inner, env, true)?, so)
            }
            Expr::Compare(op, a, b) => {
                let named = !matches!(**a, Expr::Const(_) | Expr::Var(_));
                let (a, b) = (self.val(a, env)?, self.val(b, env)?);
                // Of two fluents that must differ the second is learned, also where the first never changes.
                let second = named && matches!(a, Val::Const(_));
                match self.compare(*op, a, b, so) {
                    Form::Lit(mut lit) if second && lit.learn == Learn::Apart => {
                        lit.learn = Learn::Actual;
                        Form::Lit(lit)
                    }
                    form => form,
                }
            }
            Expr::Is(inner, kind) => match self.val(inner, env)? {
                Val::Const(v) => Form::Const(self.is(v, *kind) == so),
                val => {
                    let learn = Learn::Nothing;
                    let p = self.p;
                    let is = |v: Value| v.entity().is_some_and(|x| p.is(x, *kind)) == so;
                    self.literal(&val, learn, is).ok_or(Unsupported)?
                }
            },
            Expr::Known(inner) => {
                let val = self.val(inner, env)?;
                self.compare(Cmp::Ne, val, Val::Const(Value::Unknown), so)
            }
            Expr::Within(..) => return Err(Unsupported),
            _ => match self.val(e, env)? {
                Val::Const(v) => Form::Const((v == Value::Bool(true)) == so),
                val => {
                    let truth = |v: Value| (v == Value::Bool(true)) == so;
                    match self.literal(&val, Learn::Actual, truth) {
                        Some(form) => form,
                        None => Form::Cmp(
                            Cmp::Eq,
                            Box::new(val),
                            Box::new(Val::Const(Value::Bool(true))),
                            so,
                        ),
                    }
                }
            },
        })
    }

    fn is(&self, v: Value, kind: u32) -> bool {
        v.entity().is_some_and(|x| self.p.is(x, kind))
    }

    fn compare(&mut self, op: Cmp, a: Val, b: Val, so: bool) -> Form {
        let real = if so { op } else { op.negated() };
        let learn = match real {
            Cmp::Eq => Learn::Actual,
            Cmp::Ne => Learn::Apart,
            _ => Learn::Nothing,
        };
        let literal = match (&a, &b) {
            (Val::Const(x), Val::Const(y)) => {
                return Form::Const(super::form::compare(op, *x, *y) == so);
            }
            (val, Val::Const(y)) => {
                self.literal(val, learn, |x| super::form::compare(op, x, *y) == so)
            }
            (Val::Const(x), val) => {
                self.literal(val, learn, |y| super::form::compare(op, *x, y) == so)
            }
            _ => None,
        };
        literal.unwrap_or_else(|| Form::Cmp(op, Box::new(a), Box::new(b), so))
    }

    /// The literal that a fluent, maybe in somebody's mind, has a value that fits.
    fn literal(&mut self, val: &Val, learn: Learn, fits: impl Fn(Value) -> bool) -> Option<Form> {
        match val {
            Val::Of(slot) => self.codes.literal(*slot, learn, fits).map(|lit| {
                let every = self.codes.fields[*slot as usize].values.len();
                match lit.codes.count_ones() as usize {
                    0 => Form::Const(false),
                    n if n == every => Form::Const(true),
                    _ => Form::Lit(lit),
                }
            }),
            Val::In(c, inner) => self
                .literal(inner, learn, fits)
                .map(|form| inside(*c, form, true)),
            _ => None,
        }
    }

    fn val(&mut self, e: &Expr, env: &mut Env) -> Made<Val> {
        Ok(match e {
            Expr::Const(v) => Val::Const(*v),
            Expr::Var(v) => match env[*v as usize] {
                x if x >= crate::value::UNBOUND => return Err(Unsupported),
                x => Val::Const(Value::Entity(x)),
            },
            Expr::Fluent(f, args) => return self.fluent(*f, args, env),
            Expr::Believes(who, inner) if !inner.is_formula() => {
                let c = self.character(who, env)?;
                match self.val(inner, env)? {
                    Val::Const(v) => Val::Const(v),
                    val => Val::In(c, Box::new(val)),
                }
            }
            Expr::If(c, a, b) => match self.form(c, env, true)? {
                Form::Const(so) => self.val(if so { a } else { b }, env)?,
                form => Val::If(
                    form,
                    Box::new(self.val(a, env)?),
                    Box::new(self.val(b, env)?),
                ),
            },
            Expr::Arith(op, a, b) => match (self.val(a, env)?, self.val(b, env)?) {
                (Val::Const(x), Val::Const(y)) => Val::Const(super::form::arith(*op, x, y)),
                (a, b) => Val::Arith(*op, Box::new(a), Box::new(b)),
            },
            Expr::Over(over @ (Over::Sum | Over::Product), var, kind, inner) => {
                let p = self.p;
                let mut parts = Vec::new();
                for &x in &p.members[*kind as usize] {
                    env[*var as usize] = x;
                    parts.push(self.val(inner, env)?);
                }
                if *over == Over::Sum {
                    Val::Sum(parts)
                } else {
                    Val::Product(parts)
                }
            }
            _ => match self.form(e, env, true)? {
                Form::Const(b) => Val::Const(Value::Bool(b)),
                form => Val::Truth(Box::new(form)),
            },
        })
    }

    /// A fluent; where its things depend on other fluents, one case after the other.
    fn fluent(&mut self, f: Fluent, args: &[Expr], env: &mut Env) -> Made<Val> {
        let mut things: SmallVec<[Entity; 4]> = SmallVec::new();
        for (i, arg) in args.iter().enumerate() {
            let val = self.val(arg, env)?;
            match val {
                Val::Const(Value::Entity(x)) => things.push(x),
                Val::Const(_) => return Ok(Val::Const(self.p.fluents[f as usize].default)),
                _ => {
                    let values: Few = self.reach.values(arg, env);
                    let mut out = Val::Const(Value::Unknown);
                    for value in values.ok_or(Unsupported)? {
                        if value.entity().is_none() {
                            continue;
                        }
                        let mut filled = args.to_vec();
                        filled[i] = Expr::Const(value);
                        let then = self.fluent(f, &filled, env)?;
                        let same = self.compare(Cmp::Eq, val.clone(), Val::Const(value), true);
                        out = Val::If(same, Box::new(then), Box::new(out));
                    }
                    return Ok(out);
                }
            }
        }
        let key = self.p.key(f, &things).ok_or(Unsupported)?;
        Ok(match self.slots.get(&key) {
            Some(&slot) => Val::Of(slot),
            None => match self.reach.of(key).as_deref() {
                Some([only]) => Val::Const(*only),
                _ => return Err(Unsupported),
            },
        })
    }
}
