//! The first state: initial values, who knows them, and what is believed besides.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{assign, State, Universe, Values, WORK};
use crate::effects::{collapse, Chain};
use crate::error::{Error, Result};
use crate::eval::{env, truth};
use crate::problem::Problem;
use crate::timeline::{Belief, Initial, Pulse};
use crate::value::{Entity, Key, Value};

/// A node of the first graph: its values, whose belief it is, and its chain where beliefs were said deeper in.
type Place = (Values, Option<Entity>, Option<Chain>);

struct Said {
    known_to: FxHashMap<Key, Vec<Entity>>,
    beliefs: Vec<(Chain, Key, Value)>,
}

impl Said {
    /// The chain, when something is said of the minds further in.
    fn relevant(&self, chain: Chain) -> Option<Chain> {
        let longer = |(other, ..): &(Chain, Key, Value)| {
            other.len() > chain.len() && other.starts_with(&chain)
        };
        self.beliefs.iter().any(longer).then_some(chain)
    }
}

impl Universe {
    /// The universe that begins with these values and beliefs, at rest.
    pub fn new(problem: Arc<Problem>, initial: &[Initial], beliefs: &[Belief]) -> Result<Universe> {
        Universe::watched(problem, initial, beliefs, None)
    }

    /// The same, with what is asked now and then during long work, from the beginning on.
    pub fn watched(
        problem: Arc<Problem>,
        initial: &[Initial],
        beliefs: &[Belief],
        pulse: Option<Pulse>,
    ) -> Result<Universe> {
        let p = problem.clone();
        let mut universe = Universe {
            place: p
                .characters
                .iter()
                .enumerate()
                .map(|(i, &c)| (c, i))
                .collect(),
            p: problem,
            states: Vec::new(),
            values: Vec::new(),
            value_ids: FxHashMap::default(),
            shapes: FxHashMap::default(),
            work: Vec::new(),
            initial: 0,
            known: FxHashMap::default(),
            pulse,
            beats: 0,
        };
        let mut values = Vec::new();
        let mut said = Said {
            known_to: FxHashMap::default(),
            beliefs: Vec::new(),
        };
        for (fluent, args, value, known_to) in initial {
            let key = p.settable(*fluent, args, *value)?;
            assign(&p, &mut values, key, *value);
            if let Some(who) = known_to {
                said.known_to.insert(key, who.clone());
            }
        }
        for (chain, fluent, args, value) in beliefs {
            let key = p.settable(*fluent, args, *value)?;
            p.check_chain_of(chain)?;
            if chain.is_empty() {
                return Err(Error::Question("a belief needs a believer".to_owned()));
            }
            said.beliefs.push((collapse(chain), key, *value));
        }
        let root = universe.first_graph(values.into(), &said)?;
        let root = universe.come_to_rest(root)?;
        universe.initial = universe.intern(root);
        Ok(universe)
    }

    fn first_graph(&mut self, values: Values, said: &Said) -> Result<State> {
        let mut made: FxHashMap<Place, State> = FxHashMap::default();
        let root_chain = said.relevant(Chain::new());
        let root = self.add_work(values.clone(), None, WORK, Vec::new());
        made.insert((values, None, root_chain.clone()), root);
        let mut open = vec![(root, root_chain)];
        while let Some((at, chain)) = open.pop() {
            let owner = self.work[(at - WORK) as usize].owner;
            for (i, &c) in self.p.clone().characters.iter().enumerate() {
                if owner == Some(c) {
                    continue;
                }
                let inner = chain.clone().map(|mut chain| {
                    chain.push(c);
                    chain
                });
                let values = self.first_beliefs(at, c, inner.as_ref(), said)?;
                let inner = inner.and_then(|chain| said.relevant(chain));
                let place = (values.clone(), Some(c), inner.clone());
                let target = match made.get(&place) {
                    Some(&target) => target,
                    None => {
                        let target = self.add_work(values, Some(c), WORK, Vec::new());
                        made.insert(place, target);
                        open.push((target, inner));
                        target
                    }
                };
                self.work[(at - WORK) as usize].edges[i] = target;
            }
        }
        Ok(root)
    }

    /// What a character knows of the values of a mind at the beginning, and what is said that he believes.
    fn first_beliefs(
        &mut self,
        at: State,
        who: Entity,
        chain: Option<&Chain>,
        said: &Said,
    ) -> Result<Values> {
        let p = self.p.clone();
        let mut out = Vec::new();
        for (key, value) in self.values_of(at).clone().iter().copied() {
            let known = match (
                said.known_to.get(&key),
                &p.fluents[key.fluent() as usize].known,
            ) {
                (Some(list), _) => list.contains(&who),
                (None, None) => true,
                (None, Some(known)) => {
                    let args = p.args(key);
                    let mut env = env(&p, &args);
                    env[args.len()] = who;
                    truth(&p, self, at, known, &mut env)?.holds()
                }
            };
            if known {
                assign(&p, &mut out, key, value);
            } else if value != p.initially(key) {
                assign(&p, &mut out, key, Value::Unknown);
            }
        }
        for (other, key, value) in &said.beliefs {
            if chain == Some(other) {
                assign(&p, &mut out, *key, *value);
            }
        }
        Ok(out.into())
    }
}
