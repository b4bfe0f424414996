//! What values fluents can ever take: reachability that forgets deletions, minds apart and orders of events.
//!
//! What it finds is a superset, so that an action or value that is left out can be left out of everything.

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::codes::FEW;
use super::form::{arith, compare};
use super::simple::{given, once};
use crate::eval::{env, Env};
use crate::expr::{Arith, Cmp, Effect, Expr, Fluent, Mode, Over};
use crate::problem::Problem;
use crate::value::{Entity, Key, Value};

/// A schema with its things: actions first, triggers behind them.
pub type Grounding = (u32, SmallVec<[Entity; 4]>);

/// The values that something can have; None is any.
pub type Few = Option<SmallVec<[Value; 8]>>;

/// The values that fluents can have, and the groundings that can come to pass.
pub struct Reach<'p> {
    p: &'p Problem,
    sets: FxHashMap<Key, Few>,
    grew: bool,
}

/// The truths that a formula can have.
fn truths(can: bool, cannot: bool) -> Few {
    let mut out = SmallVec::new();
    if can {
        out.push(Value::Bool(true));
    }
    if cannot {
        out.push(Value::Bool(false));
    }
    Some(out)
}

fn add(set: &mut Few, value: Value) -> bool {
    let Some(list) = set else { return false };
    if list.contains(&value) {
        return false;
    }
    if list.len() == FEW {
        *set = None;
    } else {
        list.push(value);
    }
    true
}

fn both(a: &Few, b: &Few, op: impl Fn(Value, Value) -> Value) -> Few {
    let (a, b) = (a.as_ref()?, b.as_ref()?);
    let mut out = Some(SmallVec::new());
    for &x in a {
        for &y in b {
            add(&mut out, op(x, y));
        }
    }
    out
}

impl<'p> Reach<'p> {
    /// Begins with the values in some states: for every fluent those that it has in any of them.
    pub fn new(p: &'p Problem, states: &[&[(Key, Value)]]) -> Reach<'p> {
        let mut sets: FxHashMap<Key, Few> = FxHashMap::default();
        let keys: FxHashSet<Key> = states
            .iter()
            .flat_map(|s| s.iter().map(|(k, _)| *k))
            .collect();
        for key in keys {
            let mut set = Some(SmallVec::new());
            for state in states {
                let found = state.binary_search_by_key(&key, |(k, _)| *k);
                let value = found.map_or(p.initially(key), |i| state[i].1);
                add(&mut set, value);
            }
            sets.insert(key, set);
        }
        Reach {
            p,
            sets,
            grew: false,
        }
    }

    /// The fluents that can have more than one value, in order, with those values in order.
    pub fn changing(&self) -> Vec<(Key, Few)> {
        let mut out: Vec<(Key, Few)> = self
            .sets
            .iter()
            .filter(|(_, set)| set.as_ref().is_none_or(|list| list.len() > 1))
            .map(|(k, set)| (*k, set.clone()))
            .collect();
        for (_, set) in &mut out {
            if let Some(list) = set {
                list.sort_unstable();
            }
        }
        out.sort_unstable_by_key(|(k, _)| *k);
        out
    }

    /// The values that a fluent can have.
    pub fn of(&self, key: Key) -> Few {
        match self.sets.get(&key) {
            Some(set) => set.clone(),
            None => Some(SmallVec::from_slice(&[self.p.initially(key)])),
        }
    }

    /// Runs to the fixpoint and returns what can come to pass, in order.
    pub fn run(&mut self) -> Vec<Grounding> {
        let mut found: FxHashSet<Grounding> = FxHashSet::default();
        let mut order = Vec::new();
        let schemas = 0..(self.p.actions.len() + self.p.triggers.len()) as u32;
        let once: Vec<bool> = schemas.clone().map(|s| once(self.p, s)).collect();
        let mut done = 0;
        loop {
            self.grew = false;
            for schema in schemas.clone() {
                self.ground(schema, &mut found, &mut order);
            }
            for (i, (schema, args)) in order.iter().enumerate() {
                if i >= done || !once[*schema as usize] {
                    self.apply(*schema, args);
                }
            }
            done = order.len();
            if !self.grew {
                order.sort_unstable();
                return order;
            }
        }
    }

    /// The kinds of a schema's parameters, its precondition and its effects.
    pub fn schema(p: &Problem, schema: u32) -> (&[u32], &Expr, &[Effect]) {
        let i = schema as usize;
        match p.actions.get(i) {
            Some(a) => (&a.params, &a.precondition, &a.effects),
            None => {
                let t = &p.triggers[i - p.actions.len()];
                (&t.params, &t.precondition, &t.effects)
            }
        }
    }

    fn ground(
        &mut self,
        schema: u32,
        found: &mut FxHashSet<Grounding>,
        order: &mut Vec<Grounding>,
    ) {
        let (params, precondition, _) = Reach::schema(self.p, schema);
        let parts: Vec<&Expr> = match precondition {
            Expr::And(list) => list.iter().collect(),
            other => vec![other],
        };
        // Each part is looked at as soon as its last parameter is bound.
        let mut checks: Vec<Vec<&Expr>> = vec![Vec::new(); params.len() + 1];
        for part in parts {
            let free = part.free() & ((1u64 << params.len()) - 1);
            checks[(64 - free.leading_zeros()) as usize].push(part);
        }
        let mut env = env(self.p, &[]);
        self.bind(schema, params, &checks, 0, &mut env, found, order);
    }

    #[allow(clippy::too_many_arguments)]
    fn bind(
        &mut self,
        schema: u32,
        params: &[u32],
        checks: &[Vec<&Expr>],
        depth: usize,
        env: &mut Env,
        found: &mut FxHashSet<Grounding>,
        order: &mut Vec<Grounding>,
    ) {
        if !checks[depth].iter().all(|e| self.may(e, env, true)) {
            return;
        }
        if depth == params.len() {
            let grounding: Grounding = (schema, env[..depth].into());
            if found.insert(grounding.clone()) {
                order.push(grounding);
                self.grew = true;
            }
            return;
        }
        let p = self.p;
        for &x in &p.members[params[depth] as usize] {
            env[depth] = x;
            self.bind(schema, params, checks, depth + 1, env, found, order);
        }
        env[depth] = crate::value::UNBOUND;
    }

    fn apply(&mut self, schema: u32, args: &[Entity]) {
        let p = self.p;
        let (_, precondition, effects) = Reach::schema(p, schema);
        let mut env = env(p, args);
        self.effects(effects, &mut env);
        if (schema as usize) < p.actions.len() {
            // A surprised observer gives up what he believed of it.
            self.unlearn(precondition, true, &mut env);
        }
    }

    fn effects(&mut self, effects: &[Effect], env: &mut Env) {
        for effect in effects {
            match effect {
                Effect::Set(f, args, to) => self.assign(*f, args, to, env),
                Effect::If(c, then) => {
                    if self.may(c, env, true) {
                        self.effects(then, env);
                    }
                }
                Effect::Forall(var, kind, each) => {
                    let p = self.p;
                    for &x in &p.members[*kind as usize] {
                        env[*var as usize] = x;
                        self.effects(each, env);
                    }
                }
                Effect::Believe {
                    fluent,
                    args,
                    value,
                    mode,
                    ..
                } => {
                    self.assign(*fluent, args, value, env);
                    if *mode == Mode::Not {
                        self.assign(*fluent, args, &Expr::Const(Value::Unknown), env);
                    }
                }
                Effect::Absent { .. } => {}
            }
        }
    }

    fn assign(&mut self, fluent: Fluent, args: &[Expr], to: &Expr, env: &mut Env) {
        let values = self.values(to, env);
        for key in self.keys(fluent, args, env) {
            self.grow(key, &values);
        }
    }

    fn grow(&mut self, key: Key, values: &Few) {
        let first = self.p.initially(key);
        let set = self
            .sets
            .entry(key)
            .or_insert_with(|| Some(SmallVec::from_slice(&[first])));
        match values {
            Some(list) => {
                for &value in list {
                    self.grew |= add(set, value);
                }
            }
            None => self.grew |= set.take().is_some(),
        }
    }

    fn unlearn(&mut self, e: &Expr, so: bool, env: &mut Env) {
        match e {
            Expr::Not(inner) => self.unlearn(inner, !so, env),
            Expr::And(list) | Expr::Or(list) => {
                for part in list {
                    self.unlearn(part, so, env);
                }
            }
            Expr::Over(Over::Exists | Over::Forall, var, kind, inner) => {
                let p = self.p;
                for &x in &p.members[*kind as usize] {
                    env[*var as usize] = x;
                    self.unlearn(inner, so, env);
                }
            }
            Expr::Believes(_, inner) => self.unlearn(inner, so, env),
            Expr::Compare(op, a, b)
                if (*op == Cmp::Eq) != so || !matches!(op, Cmp::Eq | Cmp::Ne) =>
            {
                self.forget(a, env);
                self.forget(b, env);
            }
            Expr::Is(inner, _) => self.forget(inner, env),
            _ => {}
        }
    }

    fn forget(&mut self, e: &Expr, env: &mut Env) {
        if let Expr::Fluent(f, args) = e {
            for key in self.keys(*f, args, env) {
                self.grow(key, &Some(SmallVec::from_slice(&[Value::Unknown])));
            }
        }
        if let Expr::Over(_, var, kind, inner) = e {
            let p = self.p;
            for &x in &p.members[*kind as usize] {
                env[*var as usize] = x;
                self.forget(inner, env);
            }
            return;
        }
        for child in e.children() {
            self.forget(child, env);
        }
    }

    /// The fluents that an expression can name.
    fn keys(&self, fluent: Fluent, args: &[Expr], env: &mut Env) -> Vec<Key> {
        let mut lists: Vec<Vec<Entity>> = vec![Vec::new()];
        for (i, arg) in args.iter().enumerate() {
            let things: Vec<Entity> = match self.values(arg, env) {
                Some(list) => list.iter().filter_map(|v| v.entity()).collect(),
                None => {
                    let kind = self.p.fluents[fluent as usize].params[i];
                    self.p.members[kind as usize].clone()
                }
            };
            lists = lists
                .into_iter()
                .flat_map(|l| things.iter().map(move |&x| [l.clone(), vec![x]].concat()))
                .collect();
        }
        lists.iter().filter_map(|l| self.p.key(fluent, l)).collect()
    }

    /// Whether a formula can be so (or not so).
    pub fn may(&self, e: &Expr, env: &mut Env, so: bool) -> bool {
        match e {
            Expr::And(list) | Expr::Or(list) => {
                if matches!(e, Expr::And(_)) == so {
                    list.iter().all(|part| self.may(part, env, so))
                } else {
                    list.iter().any(|part| self.may(part, env, so))
                }
            }
            Expr::Not(inner) => self.may(inner, env, !so),
            Expr::Believes(_, inner) if inner.is_formula() => self.may(inner, env, so),
            Expr::Over(over @ (Over::Exists | Over::Forall), var, kind, inner) => {
                let members = &self.p.members[*kind as usize];
                let mut each = |x: &Entity| {
                    env[*var as usize] = *x;
                    self.may(inner, env, so)
                };
                if (*over == Over::Forall) == so {
                    members.iter().all(&mut each)
                } else {
                    members.iter().any(&mut each)
                }
            }
            Expr::Compare(op, a, b) => {
                if let (Some(list), Some(y)) = (self.plain(a, env), given(b, env)) {
                    let fits = |x: &Value| compare(*op, *x, y) == so;
                    return list.as_ref().is_none_or(|list| list.iter().any(fits));
                }
                let (a, b) = (self.values(a, env), self.values(b, env));
                let (Some(a), Some(b)) = (a, b) else {
                    return true;
                };
                a.iter()
                    .any(|x| b.iter().any(|y| compare(*op, *x, *y) == so))
            }
            _ => self
                .values(e, env)
                .is_none_or(|list| list.iter().any(|v| (*v == Value::Bool(true)) == so)),
        }
    }

    /// The values of a fluent of things that are given, where it has been met.
    fn plain(&self, e: &Expr, env: &Env) -> Option<&Few> {
        let Expr::Fluent(fluent, args) = e else {
            return None;
        };
        let mut things: SmallVec<[Entity; 4]> = SmallVec::new();
        for arg in args {
            things.push(given(arg, env)?.entity()?);
        }
        self.sets.get(&self.p.key(*fluent, &things)?)
    }

    /// The values that an expression can have.
    pub fn values(&self, e: &Expr, env: &mut Env) -> Few {
        let one = |v: Value| Some(SmallVec::from_slice(&[v]));
        match e {
            Expr::Const(v) => one(*v),
            Expr::Var(v) => match env[*v as usize] {
                x if x >= crate::value::UNBOUND => None,
                x => one(Value::Entity(x)),
            },
            Expr::Fluent(f, args) => {
                let mut out = Some(SmallVec::new());
                for key in self.keys(*f, args, env) {
                    for value in self.of(key)? {
                        add(&mut out, value);
                    }
                }
                out
            }
            Expr::Believes(_, inner) if !inner.is_formula() => {
                let mut out = self.values(inner, env)?;
                if !out.contains(&Value::Unknown) {
                    out.push(Value::Unknown);
                }
                Some(out)
            }
            Expr::If(c, a, b) => {
                let mut out = Some(SmallVec::new());
                for (branch, so) in [(a, true), (b, false)] {
                    if self.may(c, env, so) {
                        for value in self.values(branch, env)? {
                            add(&mut out, value);
                        }
                    }
                }
                out
            }
            Expr::Arith(op, a, b) => both(&self.values(a, env), &self.values(b, env), |x, y| {
                arith(*op, x, y)
            }),
            Expr::Over(over @ (Over::Sum | Over::Product), var, kind, inner) => {
                let (start, op) = match over {
                    Over::Sum => (0.0, Arith::Add),
                    _ => (1.0, Arith::Mul),
                };
                let mut total = one(Value::Number(start));
                for &x in &self.p.members[*kind as usize] {
                    env[*var as usize] = x;
                    total = both(&total, &self.values(inner, env), |x, y| arith(op, x, y));
                }
                total
            }
            Expr::Is(inner, kind) => {
                let list = self.values(inner, env)?;
                let is = |v: &Value| v.entity().is_some_and(|x| self.p.is(x, *kind));
                truths(list.iter().any(is), !list.iter().all(is))
            }
            Expr::Known(inner) => {
                let list = self.values(inner, env)?;
                let known = |v: &Value| !v.is_unknown();
                truths(list.iter().any(known), !list.iter().all(known))
            }
            Expr::Within(..) => None,
            _ => truths(self.may(e, env, true), self.may(e, env, false)),
        }
    }
}
