//! Who takes an event in, and as what: lies taken for tellings, people taken for those they look like.

use smallvec::SmallVec;

use crate::error::Result;
use crate::eval::{env, thing, truth, Minds};
use crate::join::find;
use crate::problem::{Action, Problem};
use crate::value::{Entity, Value, NOBODY, UNBOUND};

/// The things of a grounding.
pub type Args = SmallVec<[Entity; 4]>;
/// Which things look like which others (or like nobody known).
pub type Looks = Vec<(Entity, Entity)>;

/// Whether a character observes an action of the given things.
pub fn observes<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    action: &Action,
    args: &[Entity],
    character: Entity,
) -> Result<bool> {
    let Some(observes) = &action.observes else {
        return Ok(true);
    };
    let mut env = env(p, args);
    env[args.len()] = character;
    Ok(truth(p, m, at, observes, &mut env)?.holds())
}

/// Everybody who observes an action of the given things, in order.
pub fn observers<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    action: &Action,
    args: &[Entity],
) -> Result<Vec<Entity>> {
    let known = args
        .iter()
        .zip(&action.params)
        .all(|(&x, &kind)| x < UNBOUND && p.is(x, kind));
    if action.observes.is_none() || !known {
        let mut out = Vec::new();
        for &c in &p.characters {
            if observes(p, m, at, action, args, c)? {
                out.push(c);
            }
        }
        return Ok(out);
    }
    Ok(find(p, m, at, &action.watch, &mut env(p, args))?
        .into_iter()
        .map(|found| found[args.len()])
        .collect())
}

/// What a character takes the things and the action for: the other action, if it is taken for one, the things as they
/// look to him, and which of them look like something else.
pub fn as_seen<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    action: &Action,
    args: &[Entity],
    character: Entity,
) -> Result<(Option<u32>, Args, Looks)> {
    let mut other = None;
    if let Some(seen) = action.appears_as {
        let mut env = env(p, args);
        let mut inside = false;
        for e in &action.insiders {
            inside |= thing(p, m, at, e, &mut env)? == character;
        }
        if !inside {
            other = Some(seen);
        }
    }
    let mut looks = Vec::new();
    if let Some(fluent) = p.appearance {
        for &x in args {
            let Some(key) = p
                .key(fluent, &[x])
                .filter(|_| x != character && x < UNBOUND)
            else {
                continue;
            };
            let look = m.value(at, key)?;
            if look == Value::Entity(x) || !m.explicit(at, key)? {
                continue;
            }
            let mind = m.mind(at, character)?;
            if m.value(mind, key)? != look || !m.explicit(mind, key)? {
                looks.push((x, look.entity().unwrap_or(NOBODY)));
            }
        }
    }
    let taken = args.iter().map(|x| {
        looks
            .iter()
            .find(|(from, _)| from == x)
            .map_or(*x, |(_, to)| *to)
    });
    Ok((other, taken.collect(), looks))
}
