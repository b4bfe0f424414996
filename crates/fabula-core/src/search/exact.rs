//! The search for a reason that leaves nothing out: for proofs that there is none.
//!
//! A plan is a reason when no part of it without its first act does as much. All that matters of the acts so far is
//! therefore where they lead, and where their parts without the first act lead; two series of acts that agree in that
//! are one.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::ground::relax::Aim;
use super::ground::Node;
use super::reasons::{Answer, Question, Reasons, EXACT};
use crate::error::Result;

/// Where parts without the first act lead: the state, and how many acts led there.
type Parts = BTreeSet<(Node, u16)>;

/// A place as it is told apart from others.
type Seen = (Node, u16, Vec<(Node, u16)>);

struct Place {
    state: Node,
    g: u16,
    parts: Parts,
    parent: usize,
    act: u32,
}

/// Looks for a reason by all plans, shorter ones first.
pub fn look(r: &mut Reasons, q: Question, before: f64, first: Node) -> Result<Answer> {
    let mut places = vec![Place {
        state: first,
        g: 1,
        parts: Parts::from([(q.mind, 0)]),
        parent: 0,
        act: q.act,
    }];
    let mut seen: FxHashSet<Seen> = FxHashSet::default();
    let aim = Aim::exceed(q.who + 1, before);
    let mut next = 0;
    while next < places.len() {
        let i = next;
        next += 1;
        if r.stop {
            return Ok(Answer::Unknown(0));
        }
        let (state, g) = (places[i].state, places[i].g);
        if g >= q.left {
            continue;
        }
        let mut acts = Vec::new();
        r.ground.applicable(state, &mut acts);
        for act in acts {
            let task = r.ground.task.clone();
            if task.acts[act as usize].consenting.is_empty() || !r.ground.agreed(state, act) {
                continue;
            }
            let Some(after) = r.after(state, act, Some(q.who))? else {
                continue;
            };
            let cost = r.relax.cost(&r.ground, r.ground.words(after), aim);
            if u32::from(g + 1) + u32::from(cost.least) > u32::from(q.left) {
                continue;
            }
            if agreed(r, q, state, act, g)? != Some(true) {
                if r.stop {
                    return Ok(Answer::Unknown(0));
                }
                continue;
            }
            let mut parts = places[i].parts.clone();
            for &(part, done) in &places[i].parts {
                if (done == 0 && act == q.act) || !r.ground.possible(part, act) {
                    continue;
                }
                if agreed(r, q, part, act, done)? == Some(true) {
                    let led = r.after(part, act, Some(q.who))?;
                    parts.extend(led.map(|led| (led, done + 1)));
                }
            }
            let key = (after, g + 1, parts.iter().copied().collect());
            if !seen.insert(key) {
                continue;
            }
            let reached = r.ground.utility(after, Some(q.who));
            let spare = parts
                .iter()
                .any(|&(part, done)| done > 0 && r.ground.utility(part, Some(q.who)) >= reached);
            places.push(Place {
                state: after,
                g: g + 1,
                parts,
                parent: i,
                act,
            });
            if reached > before && !spare {
                return Ok(Answer::Yes(r.least(q, plan(&places), EXACT)?));
            }
        }
    }
    Ok(Answer::No)
}

fn agreed(r: &mut Reasons, q: Question, state: Node, act: u32, done: u16) -> Result<Option<bool>> {
    r.agreed(state, act, Some(q.who), q.left - done, q.depth + 1, EXACT)
}

fn plan(places: &[Place]) -> Vec<u32> {
    let mut i = places.len() - 1;
    let mut out = vec![places[i].act];
    while places[i].g > 1 {
        i = places[i].parent;
        out.push(places[i].act);
    }
    out.reverse();
    out
}
