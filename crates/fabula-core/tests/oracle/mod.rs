//! A slow and obvious kernel: minds unrolled to a fixed depth as plain maps, and the definitions by the letter.
//! Its leaves have no minds inside; what they would say is wrong, one level further up with every event.

// Each test uses a part of this.
#![allow(dead_code)]

pub mod dice;
pub mod random;
mod surprise;
pub mod truth;

use std::collections::BTreeMap;

use fabula_core::expr::{Effect, Expr, Mode};
use fabula_core::value::{Truth, Value};
use surprise::surprised;
use truth::{holds, truth, value};

pub type Key = (u32, Vec<u32>);
pub type Env = BTreeMap<u32, u32>;

/// What the oracle has to know of a problem.
#[derive(Clone, Debug, Default)]
pub struct World {
    pub open: bool,
    pub characters: Vec<u32>,
    /// Members of each kind.
    pub kinds: Vec<Vec<u32>>,
    /// Parameter kinds and default of each fluent.
    pub fluents: Vec<(Vec<u32>, Value)>,
    pub actions: Vec<Act>,
    pub triggers: Vec<(Vec<u32>, Expr, Vec<Effect>)>,
}

#[derive(Clone, Debug)]
pub struct Act {
    pub params: Vec<u32>,
    pub precondition: Expr,
    pub effects: Vec<Effect>,
    pub observes: Option<Expr>,
}

/// A mind: whose it is, what was set in it, and the minds inside.
#[derive(Clone, Debug, PartialEq)]
pub struct Mind {
    pub owner: Option<u32>,
    pub set: BTreeMap<Key, Value>,
    pub minds: BTreeMap<u32, Mind>,
}

pub type Told = (Vec<u32>, Key, Value, Mode);
pub type Outcome = (Vec<(Key, Value)>, Vec<Told>);

/// Two values for one fluent, or no end of it.
#[derive(Debug)]
pub struct Undefined;

impl Mind {
    pub fn value(&self, w: &World, key: &Key) -> Value {
        self.set
            .get(key)
            .copied()
            .unwrap_or(w.fluents[key.0 as usize].1)
    }

    /// The mind that a chain leads to.
    pub fn follow(&self, chain: &[u32]) -> &Mind {
        match chain.split_first() {
            None => self,
            Some((c, rest)) if self.owner == Some(*c) => self.follow(rest),
            Some((c, rest)) => self.minds.get(c).map_or(self, |m| m.follow(rest)),
        }
    }

    pub fn told(&mut self, w: &World, (chain, key, value, mode): &Told) -> bool {
        if let Some((c, rest)) = chain.split_first() {
            let item = (rest.to_vec(), key.clone(), *value, *mode);
            return self.minds.get_mut(c).is_some_and(|m| m.told(w, &item));
        }
        let old = self.value(w, key);
        let explicit = self.set.contains_key(key) && self.value(w, key) != Value::Unknown;
        let new = match mode {
            Mode::Set => *value,
            Mode::Told if !explicit => *value,
            Mode::Not if old == *value => Value::Unknown,
            _ => return false,
        };
        if *mode != Mode::Not || old != new {
            self.set.insert(key.clone(), new);
        }
        old != new
    }
}

pub fn bindings(w: &World, params: &[u32]) -> Vec<Env> {
    let mut out = vec![Env::new()];
    for (i, kind) in params.iter().enumerate() {
        out = out
            .into_iter()
            .flat_map(|env| {
                w.kinds[*kind as usize].iter().map(move |&x| {
                    let mut env = env.clone();
                    env.insert(i as u32, x);
                    env
                })
            })
            .collect();
    }
    out
}

pub fn key(w: &World, m: &Mind, f: u32, args: &[Expr], env: &Env) -> Option<Key> {
    let args: Option<Vec<u32>> = args.iter().map(|e| value(w, m, e, env).entity()).collect();
    args.map(|args| (f, args))
}

fn gather(w: &World, m: &Mind, effects: &[Effect], env: &Env, out: &mut Outcome) {
    for effect in effects {
        match effect {
            Effect::Set(f, args, to) => {
                if let Some(key) = key(w, m, *f, args, env) {
                    out.0.push((key, value(w, m, to, env)));
                }
            }
            Effect::If(c, then) if truth(w, m, c, env) == Truth::True => {
                gather(w, m, then, env, out)
            }
            Effect::If(..) => {}
            Effect::Forall(var, kind, each) => {
                for &x in &w.kinds[*kind as usize] {
                    let mut env = env.clone();
                    env.insert(*var, x);
                    gather(w, m, each, &env, out);
                }
            }
            Effect::Believe {
                chain,
                fluent,
                args,
                value: to,
                mode,
                inside,
            } => {
                let who: Option<Vec<u32>> =
                    chain.iter().map(|e| value(w, m, e, env).entity()).collect();
                let Some(mut who) = who else { continue };
                who.dedup();
                if who.iter().any(|c| !w.characters.contains(c)) || m.owner == Some(who[0]) {
                    continue;
                }
                let place = if *inside { m.follow(&who) } else { m };
                if let Some(key) = key(w, place, *fluent, args, env) {
                    out.1.push((who, key, value(w, place, to, env), *mode));
                }
            }
            Effect::Absent { who, fluent, place } => {
                let place = value(w, m, place, env);
                let (Some(c), Some(_)) = (value(w, m, who, env).entity(), place.entity()) else {
                    continue;
                };
                if !w.characters.contains(&c) || m.owner == Some(c) {
                    continue;
                }
                for &x in &w.kinds[w.fluents[*fluent as usize].0[0] as usize] {
                    let here = m.value(w, &(*fluent, vec![x]));
                    if here != place && !(w.open && here.is_unknown()) {
                        out.1.push((vec![c], (*fluent, vec![x]), place, Mode::Not));
                    }
                }
            }
        }
    }
}

fn clash(sets: &[(Key, Value)]) -> bool {
    sets.iter()
        .any(|(k, v)| sets.iter().any(|(l, w)| k == l && v != w))
}

/// The state after an event, before the triggers.
pub fn event(w: &World, s: &Mind, action: usize, args: &[u32]) -> Result<Mind, Undefined> {
    let act = &w.actions[action];
    let env: Env = args
        .iter()
        .enumerate()
        .map(|(i, &x)| (i as u32, x))
        .collect();
    let mut outcome = Outcome::default();
    gather(w, s, &act.effects, &env, &mut outcome);
    if clash(&outcome.0) {
        return Err(Undefined);
    }
    let mut after = s.clone();
    after.set.extend(outcome.0);
    for (&c, b) in &s.minds {
        let mut seeing = env.clone();
        seeing.insert(args.len() as u32, c);
        if act
            .observes
            .as_ref()
            .is_none_or(|o| truth(w, s, o, &seeing) == Truth::True)
        {
            let b = surprised(w, s, b, c, &act.precondition, &env);
            after.minds.insert(c, event(w, &b, action, args)?);
        }
    }
    for told in &outcome.1 {
        after.told(w, told);
    }
    Ok(after)
}

/// Passes over all minds until nothing changes in any of them.
pub fn rest(w: &World, s: Mind) -> Result<Mind, Undefined> {
    let mut now = s;
    for _ in 0..40 {
        let next = settle(w, &now, &now, Vec::new())?;
        if next == now {
            return Ok(now);
        }
        now = next;
    }
    Err(Undefined)
}

fn settle(w: &World, before: &Mind, now: &Mind, told: Vec<Told>) -> Result<Mind, Undefined> {
    let mut now = now.clone();
    let mut inner = Vec::new();
    for item in told {
        if item.0.is_empty() {
            now.told(w, &item);
        } else {
            inner.push(item);
        }
    }
    // Of what was taught, where that was not in the last round, and the trigger with its things.
    let mut first: Vec<(usize, Env, Vec<Told>)> = Vec::new();
    let mut last: Vec<(usize, Env, Vec<Told>)> = Vec::new();
    for round in 0.. {
        first.append(&mut last);
        let mut sets = Vec::new();
        // While its triggers fire, the minds inside are those of the pass before.
        let look = Mind {
            minds: before.minds.clone(),
            ..now.clone()
        };
        for (i, (params, precondition, effects)) in w.triggers.iter().enumerate() {
            for env in bindings(w, params) {
                if holds(w, &look, precondition, &env) {
                    let mut outcome = Outcome::default();
                    gather(w, &look, effects, &env, &mut outcome);
                    sets.extend(outcome.0.into_iter().filter(|(k, v)| now.value(w, k) != *v));
                    last.push((i, env, outcome.1));
                }
            }
        }
        if clash(&sets) || round > 400 {
            return Err(Undefined);
        }
        if sets.is_empty() {
            break;
        }
        now.set.extend(sets);
    }
    // What still holds at the end is taught as it is then, and not as it was before.
    first.retain(|(i, env, _)| !last.iter().any(|(j, other, _)| i == j && env == other));
    let lasting: Vec<(Key, Value)> = last
        .iter()
        .flat_map(|(.., told)| told)
        .filter(|t| t.3 == Mode::Set && t.2 != Value::Unknown)
        .map(|t| {
            (
                (
                    t.1 .0,
                    [t.0.clone(), t.1 .1.clone(), vec![t.0.len() as u32]].concat(),
                ),
                t.2,
            )
        })
        .collect();
    if clash(&lasting) {
        return Err(Undefined);
    }
    inner.extend(first.into_iter().flat_map(|(.., told)| told));
    // A known value beats unknown.
    let (unknown, known): (Vec<Told>, Vec<Told>) = last
        .into_iter()
        .flat_map(|(.., told)| told)
        .partition(|t| t.3 == Mode::Set && t.2 == Value::Unknown);
    inner.extend(unknown.into_iter().chain(known));
    let minds = std::mem::take(&mut now.minds);
    for (c, mind) in minds {
        let mine = inner
            .iter()
            .filter(|t| t.0[0] == c)
            .map(|t| (t.0[1..].to_vec(), t.1.clone(), t.2, t.3))
            .collect();
        let settled = settle(w, &mind, &mind, mine)?;
        now.minds.insert(c, settled);
    }
    Ok(now)
}

/// The first state, unrolled to a depth.
pub fn first(
    w: &World,
    set: &BTreeMap<Key, Value>,
    known_to: &BTreeMap<Key, Vec<u32>>,
    beliefs: &[(Vec<u32>, Key, Value)],
    depth: usize,
) -> Mind {
    fn unroll(
        w: &World,
        chain: &[u32],
        set: BTreeMap<Key, Value>,
        known_to: &BTreeMap<Key, Vec<u32>>,
        beliefs: &[(Vec<u32>, Key, Value)],
        depth: usize,
    ) -> Mind {
        let owner = chain.last().copied();
        let mut minds = BTreeMap::new();
        for &c in w
            .characters
            .iter()
            .filter(|c| depth > 0 && owner != Some(**c))
        {
            let chain = [chain, &[c]].concat();
            let mut inner = BTreeMap::new();
            for (key, value) in &set {
                if known_to.get(key).is_none_or(|list| list.contains(&c)) {
                    inner.insert(key.clone(), *value);
                } else if *value != w.fluents[key.0 as usize].1 {
                    inner.insert(key.clone(), Value::Unknown);
                }
            }
            for (other, key, value) in beliefs {
                let mut other = other.clone();
                other.dedup();
                if other == chain {
                    inner.insert(key.clone(), *value);
                }
            }
            minds.insert(c, unroll(w, &chain, inner, known_to, beliefs, depth - 1));
        }
        Mind { owner, set, minds }
    }
    unroll(w, &[], set.clone(), known_to, beliefs, depth)
}
