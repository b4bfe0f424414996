//! Lets a working graph come to rest: every state in it at once, with the beliefs that triggers make.

use rustc_hash::FxHashMap;

use super::{assign, inner_items, State, Universe, Values, WORK};
use crate::effects::Told;
use crate::error::{Error, Result};
use crate::eval::env;
use crate::firing::{fire, names, order, Taught, PASSES, ROUNDS};
use crate::value::Entity;
use crate::waking::{all, Instance};

/// A graph with more nodes than this has no end: every mended belief leaves a stale one a level deeper.
pub(super) const MOST: usize = 20_000;

/// A node of the pass: where it comes from, whose belief it is, its values, and what is still to be told further in.
type Place = (State, Option<Entity>, Values, Vec<Told>);

#[derive(Default)]
struct Pass {
    made: FxHashMap<Place, State>,
    open: Vec<(State, State, Vec<Told>)>,
    changed: bool,
    fired: Vec<Instance>,
    taught: Vec<u32>,
}

impl Universe {
    /// Passes over the graph until nothing changes in any of its states.
    pub(super) fn come_to_rest(&mut self, mut root: State) -> Result<State> {
        if self.p.triggers.is_empty() {
            return Ok(root);
        }
        let mut restless = Vec::new();
        for _ in 0..PASSES {
            let mut pass = Pass::default();
            let owner = self.work[(root - WORK) as usize].owner;
            root = self.settle(&mut pass, root, owner, Vec::new())?;
            while let Some((node, base, told)) = pass.open.pop() {
                // One pass may have no end either, where each mind goes on from what it was told.
                if self.work.len() > MOST {
                    break;
                }
                for (i, &c) in self.p.clone().characters.iter().enumerate() {
                    if self.work[(node - WORK) as usize].owner == Some(c) {
                        continue;
                    }
                    let inner = self.edge(base, i);
                    let target = self.settle(&mut pass, inner, Some(c), inner_items(&told, c))?;
                    self.work[(node - WORK) as usize].edges[i] = target;
                }
            }
            if !pass.changed {
                return Ok(root);
            }
            // Where no mind changes by itself, what is taught goes on from mind to mind.
            restless = if pass.fired.is_empty() {
                pass.taught.sort_unstable();
                pass.taught.dedup();
                pass.taught
                    .iter()
                    .map(|&t| (t, env(&self.p, &[])))
                    .collect()
            } else {
                pass.fired
            };
            if self.work.len() > MOST {
                break;
            }
        }
        Err(Error::Restless {
            triggers: names(&self.p, &restless),
        })
    }

    /// A node after what it is told and after its own triggers; what is inside follows later.
    fn settle(
        &mut self,
        pass: &mut Pass,
        base: State,
        owner: Option<Entity>,
        told: Vec<Told>,
    ) -> Result<State> {
        self.beat()?;
        let p = self.p.clone();
        let values = self.told_values(base, &told);
        let told: Vec<Told> = told
            .into_iter()
            .filter(|item| !item.chain.is_empty())
            .collect();
        let changed = values != *self.values_of(base);
        // A state that was there before is at rest.
        if base < WORK && !changed && told.is_empty() {
            return Ok(base);
        }
        pass.changed |= changed;
        let place = (base, owner, values.clone(), told.clone());
        if let Some(&node) = pass.made.get(&place) {
            return Ok(node);
        }
        // While its triggers fire, the node's beliefs are those of the pass before.
        let node = self.add_work(values, owner, base, Vec::new());
        let mut taught: Vec<Taught> = Vec::new();
        let mut round = 0;
        loop {
            let instances = all(&p, self, node)?;
            let (sets, more) = fire(&p, self, node, owner, &instances)?;
            taught.extend(more);
            if sets.is_empty() {
                break;
            }
            round += 1;
            if round > ROUNDS {
                return Err(Error::Restless {
                    triggers: names(&p, &instances),
                });
            }
            pass.fired.extend(instances);
            pass.changed = true;
            let mut values = self.values_of(node).to_vec();
            for (key, value) in sets {
                assign(&p, &mut values, key, value);
            }
            self.work[(node - WORK) as usize].values = values.into();
        }
        order(&p, self, node, owner, &mut taught, round > 0)?;
        pass.taught.extend(taught.iter().map(|(t, _)| t.0));
        for edge in self.work[(node - WORK) as usize].edges.iter_mut() {
            if *edge != node {
                *edge = super::UNSET;
            }
        }
        let mut told = told;
        told.extend(taught.into_iter().flat_map(|(_, items)| items));
        pass.made.insert(place, node);
        pass.open.push((node, base, told));
        Ok(node)
    }
}
