//! Finds the trigger instances that changed fluents can wake (semi-naive evaluation).

use smallvec::SmallVec;

use crate::error::Result;
use crate::eval::{env, Env, Minds};
use crate::index::{Atom, Slot, Wakes};
use crate::join::find;
use crate::problem::Problem;
use crate::value::{Entity, Key, Value, UNBOUND};
use crate::ways::inside;

/// A trigger with the things of its parameters.
pub type Instance = (u32, Env);
/// A fluent that changed, and the value that it had (or, in a mind that is taught, has).
pub type Change = (Key, Value);

/// All instances whose precondition holds.
pub fn all<M: Minds>(p: &Problem, m: &mut M, at: M::At) -> Result<Vec<Instance>> {
    let every: Vec<u32> = (0..p.triggers.len() as u32).collect();
    of(p, m, at, &every)
}

/// The instances of some triggers whose precondition holds.
pub fn of<M: Minds>(p: &Problem, m: &mut M, at: M::At, triggers: &[u32]) -> Result<Vec<Instance>> {
    let mut out = Vec::new();
    for &t in triggers {
        let found = find(p, m, at, &p.triggers[t as usize].query, &mut env(p, &[]))?;
        out.extend(found.into_iter().map(|args| (t, args)));
    }
    Ok(out)
}

/// The instances whose precondition holds and that read or write one of the changed fluents, or look into minds.
pub fn touched<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    wakes: &Wakes,
    changed: &[Change],
) -> Result<Vec<Instance>> {
    let mut open: Vec<Instance> = Vec::new();
    for &(key, old) in changed {
        let f = key.fluent() as usize;
        let args = p.args(key);
        for atom in wakes.reads[f].iter().chain(&wakes.writes[f]) {
            if asleep(p, m, at, atom.trigger) {
                continue;
            }
            bind(p, m, at, atom, &args, &mut open)?;
        }
        for atom in &wakes.leaves[f] {
            if asleep(p, m, at, atom.trigger) {
                continue;
            }
            match old {
                Value::Entity(place) => bind(p, m, at, atom, &[place], &mut open)?,
                _ => open.push((atom.trigger, env(p, &[]))),
            }
        }
        let outward = &wakes.outward[f];
        if outward.is_empty() {
            continue;
        }
        let mut moved = vec![args[0]];
        moved.extend(inside(p, m, at, key.fluent(), args[0])?);
        // Where things are in something by default, the index does not list them.
        let anywhere = !p.fluents[f].default.is_unknown();
        for atom in outward {
            if asleep(p, m, at, atom.trigger) {
                continue;
            }
            match atom.args[0] {
                Slot::Any => open.push((atom.trigger, env(p, &[]))),
                _ if anywhere => open.push((atom.trigger, env(p, &[]))),
                // What is on the way out from something inside: that is inside too.
                Slot::Param(v) => moved.iter().for_each(|&x| open.push(bound(p, atom, v, x))),
                Slot::Out(v, over) if over == key.fluent() => {
                    moved.iter().for_each(|&x| open.push(bound(p, atom, v, x)));
                }
                _ => {
                    for &x in &moved {
                        bind(p, m, at, atom, &[x], &mut open)?;
                    }
                }
            }
        }
    }
    open.extend(wakes.believing.iter().map(|&t| (t, env(p, &[]))));
    open.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
    open.dedup();
    let mut out = Vec::new();
    let mut everything = u32::MAX;
    for (t, mut env) in open {
        // With nothing bound, a binding sorts before all others of its trigger.
        if t == everything {
            continue;
        }
        let trigger = &p.triggers[t as usize];
        if env[..trigger.params.len()].iter().all(|&x| x == UNBOUND) {
            everything = t;
        }
        let found = find(p, m, at, &trigger.query, &mut env)?;
        out.extend(found.into_iter().map(|args| (t, args)));
    }
    out.sort_unstable();
    out.dedup();
    Ok(out)
}

/// Whether a trigger cannot fire in a mind, whatever its things are.
pub fn asleep<M: Minds>(p: &Problem, m: &M, at: M::At, trigger: u32) -> bool {
    p.triggers[trigger as usize].query.barren(p, m, at)
}

fn bound(p: &Problem, atom: &Atom, v: u32, x: Entity) -> Instance {
    let mut env = env(p, &[]);
    env[v as usize] = x;
    (atom.trigger, env)
}

/// The partial bindings for which an atom may be the fluent of these things.
fn bind<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    atom: &Atom,
    args: &[Entity],
    out: &mut Vec<Instance>,
) -> Result<()> {
    let mut env = env(p, &[]);
    let mut hidden: SmallVec<[(u32, Entity); 4]> = SmallVec::new();
    let mut outside = None;
    for (slot, &x) in atom.args.iter().zip(args) {
        match *slot {
            Slot::Hidden(_, kind) if !p.is(x, kind) => return Ok(()),
            Slot::Hidden(v, _) => hidden.push((v, x)),
            Slot::Out(v, over) => outside = Some((v, over, x)),
            slot if !unify(slot, x, &mut env) => return Ok(()),
            _ => {}
        }
    }
    let free = env.iter().all(|&x| x == UNBOUND);
    if let (true, Some((v, over, y))) = (free, outside) {
        for x in inside(p, m, at, over, y)? {
            out.push(bound(p, atom, v, x));
        }
        return Ok(());
    }
    if let (true, Some(link)) = (free, atom.links.first()) {
        let mut keys = Vec::new();
        m.holders(at, link.fluent, link.wanted, &mut keys)?;
        m.holders(at, link.fluent, Value::Unknown, &mut keys)?;
        for key in keys {
            let mut env = env.clone();
            let fits = link.args.iter().zip(p.args(key)).all(|(slot, x)| {
                let same = |v: u32| hidden.iter().all(|(w, y)| *w != v || *y == x);
                match *slot {
                    Slot::Hidden(v, _) => same(v),
                    slot => unify(slot, x, &mut env),
                }
            });
            if fits {
                out.push((atom.trigger, env));
            }
        }
        return Ok(());
    }
    out.push((atom.trigger, env));
    Ok(())
}

/// Binds a slot to a thing; false when it cannot be that thing.
fn unify(slot: Slot, x: Entity, env: &mut Env) -> bool {
    match slot {
        Slot::Any | Slot::Out(..) | Slot::Hidden(..) => true,
        Slot::Thing(y) => x == y,
        Slot::Param(v) => {
            let place = &mut env[v as usize];
            if *place == UNBOUND {
                *place = x;
            }
            *place == x
        }
    }
}

/// The instances whose precondition holds and that may teach the mind at the end of a chain about a fluent. Where it
/// is said what that mind holds, without those that just show how it is to who holds that already.
pub fn teaching<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    chain: &[Entity],
    key: Key,
    held: Option<Value>,
) -> Result<Vec<Instance>> {
    let mut open: Vec<Instance> = Vec::new();
    let args = p.args(key);
    let agrees = held == Some(m.value(at, key)?);
    for atom in &p.index.teaches[key.fluent() as usize] {
        let mut env = env(p, &[]);
        let slots = atom.chain.iter().chain(&atom.args);
        let fits = atom.chain.len() == chain.len()
            && !(agrees && atom.copies)
            && slots
                .zip(chain.iter().chain(&args))
                .all(|(slot, &x)| unify(*slot, x, &mut env));
        if fits {
            open.push((atom.trigger, env));
        }
    }
    open.sort_unstable();
    open.dedup();
    let mut out = Vec::new();
    for (t, mut env) in open {
        let found = find(p, m, at, &p.triggers[t as usize].query, &mut env)?;
        out.extend(found.into_iter().map(|args| (t, args)));
    }
    out.sort_unstable();
    out.dedup();
    Ok(out)
}
