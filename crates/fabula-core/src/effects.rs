//! What effects assign, evaluated in the state before.

use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use smallvec::SmallVec;

use crate::error::{Error, Result};
use crate::eval::{compare, fluent, thing, things, truth, value, Env, Minds};
use crate::expr::{Cmp, Effect, Expr, Fluent, Mode};
use crate::narrow::affected;
use crate::problem::Problem;
use crate::value::{Entity, Key, Value, UNBOUND};

/// A chain of believers, outermost first, without immediate repetitions.
pub type Chain = SmallVec<[Entity; 3]>;

/// An assignment in somebody's mind.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Told {
    /// Whose mind, seen from where the effect happens; never empty there.
    pub chain: Chain,
    /// What.
    pub what: What,
}

/// What a mind is told.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum What {
    /// A fluent gets a value.
    Set(Key, Value, Mode),
    /// A fluent gets a value, both to be worked out in that mind, as it was at a moment.
    Inside(Arc<Inside>, u64),
    /// What is not at a place is not there, as things stood outside of the mind at a moment.
    Absent(Fluent, Entity, u64),
}

/// An assignment to be worked out in another mind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inside {
    /// The fluent.
    pub fluent: Fluent,
    /// Its things.
    pub args: Vec<Expr>,
    /// The value.
    pub value: Expr,
    /// How it is set.
    pub mode: Mode,
    /// What the variables stand for.
    pub env: Env,
}

impl Eq for Inside {}

impl Hash for Inside {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.fluent, &self.env).hash(state);
    }
}

impl Inside {
    /// The assignment as it comes out in a mind.
    pub fn work_out<M: Minds>(&self, p: &Problem, m: &mut M, at: M::At) -> Result<Option<What>> {
        let effect = (self.fluent, &self.args[..], &self.value, self.mode);
        assignment(p, m, at, effect, &mut self.env.clone())
    }
}

fn assignment<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    (fluent, args, to, mode): (Fluent, &[Expr], &Expr, Mode),
    env: &mut Env,
) -> Result<Option<What>> {
    let args = things(p, m, at, args, env)?;
    let Some(key) = p.key(fluent, &args) else {
        return Ok(None);
    };
    let value = value(p, m, at, to, env)?;
    Ok(Some(What::Set(key, value, mode)))
}

/// Whether a thing is known not to be at a place.
pub fn elsewhere<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    (f, x): (Fluent, Entity),
    place: Entity,
) -> Result<bool> {
    let here = fluent(p, m, at, f, &[x])?;
    Ok(compare(p, Cmp::Ne, here, Value::Entity(place), false).holds())
}

/// Everything that an event or trigger assigns.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Facts.
    pub sets: Vec<(Key, Value)>,
    /// Beliefs.
    pub told: Vec<Told>,
}

impl Outcome {
    /// Orders the facts and refuses two values for one of them.
    pub fn settle(&mut self, p: &Problem, by: &str) -> Result<()> {
        self.sets.sort();
        self.sets.dedup();
        match self.sets.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            Some(pair) => Err(Error::Clash {
                fluent: p.describe(pair[0].0),
                by: by.to_owned(),
            }),
            None => Ok(()),
        }
    }
}

/// A chain without immediate repetitions: who believes something believes that he does.
pub fn collapse(chain: &[Entity]) -> Chain {
    let mut out = Chain::new();
    for &c in chain {
        if out.last() != Some(&c) {
            out.push(c);
        }
    }
    out
}

/// Those of some effects that make others believe something, or the rest of them.
pub fn part(effects: &[Effect], beliefs: bool) -> Vec<Effect> {
    let kept = effects.iter().filter_map(|effect| match effect {
        Effect::If(condition, then) => {
            let then = part(then, beliefs);
            (!then.is_empty()).then(|| Effect::If(condition.clone(), then))
        }
        Effect::Forall(var, kind, each) => {
            let each = part(each, beliefs);
            (!each.is_empty()).then_some(Effect::Forall(*var, *kind, each))
        }
        Effect::Set(..) => (!beliefs).then(|| effect.clone()),
        Effect::Believe { .. } | Effect::Absent { .. } => beliefs.then(|| effect.clone()),
    });
    kept.collect()
}

/// Gathers what effects assign in a state whose owner (the character whose belief it is) is given.
/// Assignments to or about nobody known do nothing, and so do the owner's explicit beliefs: in his mind they are facts.
pub fn gather<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    owner: Option<Entity>,
    effects: &[Effect],
    env: &mut Env,
    out: &mut Outcome,
) -> Result<()> {
    for effect in effects {
        match effect {
            Effect::Set(f, args, to) => {
                let args = things(p, m, at, args, env)?;
                if let Some(key) = p.key(*f, &args) {
                    let to = value(p, m, at, to, env)?;
                    out.sets.push((key, to));
                }
            }
            Effect::If(condition, then) => {
                if truth(p, m, at, condition, env)?.holds() {
                    gather(p, m, at, owner, then, env, out)?;
                }
            }
            Effect::Forall(var, kind, each) => {
                let narrowed = affected(p, m, at, (*var, *kind), each, env)?;
                let domain = narrowed.as_deref().unwrap_or(&p.members[*kind as usize]);
                let saved = env[*var as usize];
                for &x in domain {
                    env[*var as usize] = x;
                    gather(p, m, at, owner, each, env, out)?;
                }
                env[*var as usize] = saved;
            }
            Effect::Believe {
                chain,
                fluent,
                args,
                value: to,
                mode,
                inside,
            } => {
                let mut who = Chain::new();
                for e in chain {
                    who.push(thing(p, m, at, e, env)?);
                }
                let who = collapse(&who);
                if who.iter().any(|&c| !p.is_character(c)) || owner == Some(who[0]) {
                    continue;
                }
                let what = if *inside && M::LATER {
                    let put_off = Inside {
                        fluent: *fluent,
                        args: args.clone(),
                        value: to.clone(),
                        mode: *mode,
                        env: env.clone(),
                    };
                    Some(What::Inside(Arc::new(put_off), m.moment(at)))
                } else {
                    let mut mind = at;
                    for &c in who.iter().filter(|_| *inside) {
                        mind = m.mind(mind, c)?;
                    }
                    assignment(p, m, mind, (*fluent, args, to, *mode), env)?
                };
                out.told.extend(what.map(|what| Told { chain: who, what }));
            }
            Effect::Absent { who, fluent, place } => {
                let who = thing(p, m, at, who, env)?;
                let place = thing(p, m, at, place, env)?;
                if !p.is_character(who) || owner == Some(who) || place >= UNBOUND {
                    continue;
                }
                let chain = Chain::from_slice(&[who]);
                if M::LATER {
                    let what = What::Absent(*fluent, place, m.moment(at));
                    out.told.push(Told { chain, what });
                    continue;
                }
                for &x in &p.members[p.fluents[*fluent as usize].params[0] as usize] {
                    if elsewhere(p, m, at, (*fluent, x), place)? {
                        let key = p.key(*fluent, &[x]);
                        let what = key.map(|key| What::Set(key, Value::Entity(place), Mode::Not));
                        let told = |what| Told {
                            chain: chain.clone(),
                            what,
                        };
                        out.told.extend(what.map(told));
                    }
                }
            }
        }
    }
    Ok(())
}

/// The value that an explicit belief effect leaves in a mind, or None when it changes nothing there.
/// `set` tells whether the mind's value was ever set there.
pub fn told(
    p: &Problem,
    key: Key,
    value: Value,
    mode: Mode,
    old: Value,
    set: bool,
) -> Option<Value> {
    let new = match mode {
        Mode::Set => value,
        Mode::Told if old.is_unknown() || (!set && old == p.initially(key)) => value,
        Mode::Not if old == value => Value::Unknown,
        Mode::Told | Mode::Not => return None,
    };
    let first = !set && p.fluents[key.fluent() as usize].keeps;
    (new != old || first).then_some(new)
}
