//! A story that was changed from a moment on: what stands before it is not run again.

use std::sync::Arc;

use super::node::Node;
use super::Timeline;
use crate::expr::Fluent;
use crate::problem::Problem;
use crate::value::{Entity, Key, Value};

/// What means something else in another problem.
struct Changed {
    entities: Vec<bool>,
    fluents: Vec<bool>,
}

impl Changed {
    fn between(old: &Problem, new: &Problem) -> Changed {
        let entities = old.entities.iter().enumerate().map(|(i, was)| {
            new.entities.get(i).is_none_or(|is| {
                (&is.name, &is.kinds, is.character) != (&was.name, &was.kinds, was.character)
            })
        });
        let fluents = old.fluents.iter().enumerate().map(|(i, was)| {
            new.fluents.get(i).is_none_or(|is| {
                (&is.name, &is.params, is.default, is.derived, &is.known)
                    != (&was.name, &was.params, was.default, was.derived, &was.known)
            })
        });
        Changed {
            entities: entities.collect(),
            fluents: fluents.collect(),
        }
    }

    fn entity(&self, entity: Entity) -> bool {
        // nobody known stays nobody known
        self.entities.get(entity as usize).copied().unwrap_or(false)
    }

    fn fluent(&self, fluent: Fluent) -> bool {
        self.fluents.get(fluent as usize).copied().unwrap_or(true)
    }

    fn value(&self, value: Value) -> bool {
        matches!(value, Value::Entity(e) if self.entity(e))
    }

    fn key(&self, problem: &Problem, key: Key) -> bool {
        self.fluent(key.fluent()) || problem.args(key).iter().any(|&e| self.entity(e))
    }
}

impl Timeline {
    /// Forgets everything after a time, and goes on with another problem, in which all that was spoken of up to then
    /// is the same; false where it is not: then this timeline is of no more use.
    ///
    /// What the two problems have in common comes first in both: actions, fluents and things in the same order. Initial
    /// facts and triggers have to be the same.
    pub fn rebase(&mut self, mut problem: Problem, time: u32) -> bool {
        self.truncate(time);
        let old = self.p.clone();
        let same = old.bits == problem.bits
            && old.open_world == problem.open_world
            && old.appearance == problem.appearance
            && old.kinds == problem.kinds
            && old.triggers.len() == problem.triggers.len();
        if !same {
            return false;
        }
        let changed = Changed::between(&old, &problem);
        if !self.nodes.iter().all(|n| self.stays(n, &problem, &changed)) {
            return false;
        }
        let mut known = self.known_to.values().flatten();
        if known.any(|&who| changed.entity(who)) {
            return false;
        }
        let (before, now) = (old.actions.len() as u32, problem.actions.len() as u32);
        self.defaults = problem.have_defaults();
        problem.wide = old.wide.clone();
        for node in &mut self.nodes {
            node.defaults = self.defaults.clone();
            for event in node.log.iter_mut().flat_map(|entry| &mut entry.events) {
                if event.action >= before {
                    event.action = event.action - before + now;
                }
            }
        }
        self.p = Arc::new(problem);
        true
    }

    /// Whether nothing of a mind means something else in another problem.
    fn stays(&self, node: &Node, problem: &Problem, changed: &Changed) -> bool {
        let old = &self.p;
        let acts = node
            .log
            .iter()
            .flat_map(|entry| &entry.events)
            .all(|event| {
                let number = event.action as usize;
                let same = number >= old.actions.len()
                    || problem.actions.get(number).is_some_and(|is| {
                        Arc::ptr_eq(is, &old.actions[number]) || is.name == old.actions[number].name
                    });
                same && !event.args.iter().any(|&e| changed.entity(e))
            });
        acts && !node.chain.iter().any(|&who| changed.entity(who))
            && !node
                .values()
                .any(|(key, value)| changed.key(old, key) || changed.value(value))
    }
}
