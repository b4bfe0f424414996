//! Fires trigger instances: together, once, without changing anything yet.

use rustc_hash::FxHashMap;

use crate::effects::{gather, Chain, Outcome, Told, What};
use crate::error::{Error, Result};
use crate::eval::{env, truth, Minds};
use crate::expr::Mode;
use crate::problem::Problem;
use crate::value::{Entity, Key, Value};
use crate::waking::Instance;

/// Passes after which triggers count as restless.
pub const PASSES: u64 = 40;
/// Rounds within a pass after which triggers count as restless.
pub const ROUNDS: u64 = 400;

/// Facts to assign.
pub type Sets = Vec<(Key, Value)>;
/// What an instance makes others believe.
pub type Taught = (Instance, Vec<Told>);

/// What firing instances together changes in a mind, and what it teaches the minds inside.
/// An assignment that changes nothing is not made.
pub fn fire<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    owner: Option<Entity>,
    instances: &[Instance],
) -> Result<(Sets, Vec<Taught>)> {
    let mut all = Outcome::default();
    let mut taught = Vec::new();
    let mut name = "";
    for instance in instances {
        let trigger = &p.triggers[instance.0 as usize];
        let mut outcome = Outcome::default();
        gather(
            p,
            m,
            at,
            owner,
            &trigger.effects,
            &mut env(p, &instance.1),
            &mut outcome,
        )?;
        if !outcome.told.is_empty() {
            taught.push((instance.clone(), outcome.told));
        }
        for (key, value) in outcome.sets {
            if m.value(at, key)? != value {
                name = &trigger.name;
                all.sets.push((key, value));
            }
        }
    }
    all.settle(p, name)?;
    Ok((all.sets, taught))
}

/// Puts last what still holds now that the mind has come to rest: it has the last word. Where two such instances
/// disagree there would be no end of it.
/// `moved` tells whether the mind changed since the first of them fired.
pub fn order<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    owner: Option<Entity>,
    taught: &mut Vec<Taught>,
    moved: bool,
) -> Result<()> {
    let mut first = 0;
    if moved {
        let mut lasting = Vec::new();
        let mut passing = Vec::new();
        for item in taught.drain(..) {
            let (trigger, args) = &item.0;
            let precondition = &p.triggers[*trigger as usize].precondition;
            let holds = truth(p, m, at, precondition, &mut env(p, args))?.holds();
            if holds {
                lasting.push(item.0);
            } else {
                passing.push(item);
            }
        }
        // What was taught earlier in this pass may have changed since: what is so now is taught.
        lasting.sort_unstable();
        lasting.dedup();
        let mut lasting = again(p, m, at, owner, lasting)?;
        first = passing.len();
        passing.append(&mut lasting);
        *taught = passing;
    }
    let lasting = taught.split_off(first);
    taught.extend(known_last(lasting));
    let last = taught[first..].iter();
    agree(p, last.map(|((trigger, _), items)| (*trigger, &items[..])))
}

/// A known value beats unknown: what makes something unknown comes first.
fn known_last(taught: Vec<Taught>) -> Vec<Taught> {
    let mut known = Vec::new();
    let mut out = Vec::new();
    for (instance, items) in taught {
        let (unknown, rest): (Vec<Told>, Vec<Told>) =
            items.into_iter().partition(|item| gives_up(&item.what));
        if !unknown.is_empty() {
            out.push((instance.clone(), unknown));
        }
        if !rest.is_empty() {
            known.push((instance, rest));
        }
    }
    out.append(&mut known);
    out
}

/// Whether what a mind is told makes something unknown there.
pub fn gives_up(what: &What) -> bool {
    matches!(what, What::Set(_, Value::Unknown, Mode::Set))
}

/// What instances teach as things stand now.
fn again<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    owner: Option<Entity>,
    instances: Vec<Instance>,
) -> Result<Vec<Taught>> {
    let mut taught = Vec::new();
    for instance in instances {
        let trigger = &p.triggers[instance.0 as usize];
        let mut outcome = Outcome::default();
        let mut env = env(p, &instance.1);
        gather(p, m, at, owner, &trigger.effects, &mut env, &mut outcome)?;
        if !outcome.told.is_empty() {
            taught.push((instance, outcome.told));
        }
    }
    Ok(taught)
}

/// Whether instances agree about what to make others believe; who makes it unknown gives way.
pub fn agree<'t>(p: &Problem, taught: impl IntoIterator<Item = (u32, &'t [Told])>) -> Result<()> {
    let mut said: FxHashMap<(&Chain, Key), (Value, u32)> = FxHashMap::default();
    for (trigger, items) in taught {
        for item in items {
            let What::Set(key, value, Mode::Set) = item.what else {
                continue;
            };
            if value.is_unknown() {
                continue;
            }
            let (first, other) = *said.entry((&item.chain, key)).or_insert((value, trigger));
            if value != first {
                let mut triggers = vec![
                    p.triggers[other as usize].name.clone(),
                    p.triggers[trigger as usize].name.clone(),
                ];
                triggers.dedup();
                return Err(Error::Restless { triggers });
            }
        }
    }
    Ok(())
}

/// The names of the triggers of some instances.
pub fn names(p: &Problem, instances: &[Instance]) -> Vec<String> {
    let mut names: Vec<String> = instances
        .iter()
        .map(|(t, _)| p.triggers[*t as usize].name.clone())
        .collect();
    names.sort();
    names.dedup();
    names
}
