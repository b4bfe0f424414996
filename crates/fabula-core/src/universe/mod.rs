//! States for search: minimal and unique, so that two are the same exactly when their numbers are.
//!
//! A state is a node of a Moore machine (values are the output, characters the alphabet; Shirvani, Ware and Farrell,
//! AIIDE 2017). An operation builds a working graph over the states there are; minimisation then finds or makes the
//! state that it is.

mod build;
mod event;
mod intern;
mod query;
mod rest;

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::effects::{told, Told, What};
use crate::error::{Error, Result};
use crate::eval::Minds;
use crate::expr::Fluent;
use crate::problem::Problem;
use crate::timeline::Pulse;
use crate::value::{Entity, Key, Value};

/// The set values of a state, ordered by key; for most fluents, without those that equal the default.
type Values = Arc<[(Key, Value)]>;

/// A state, by number; numbers from [`WORK`] on are nodes of the working graph.
pub type State = u32;

const WORK: State = 1 << 31;
const UNSET: State = u32::MAX;

#[derive(Clone, Debug)]
struct Node {
    values: u32,
    beliefs: Arc<[State]>,
}

/// A node of the working graph.
#[derive(Debug)]
struct Work {
    values: Values,
    /// Whose belief this is; None is what is actual.
    owner: Option<Entity>,
    /// The beliefs of each character, as far as they are worked out.
    edges: Vec<State>,
    /// Where the missing ones come from: another node, with something set on top.
    base: State,
    patch: Vec<Told>,
}

/// All states that were met.
pub struct Universe {
    p: Arc<Problem>,
    /// The place of each character among the characters.
    place: FxHashMap<Entity, usize>,
    states: Vec<Node>,
    values: Vec<Values>,
    value_ids: FxHashMap<Values, u32>,
    shapes: FxHashMap<Vec<u64>, State>,
    work: Vec<Work>,
    initial: State,
    #[allow(clippy::type_complexity)]
    known: FxHashMap<(State, u32, SmallVec<[Entity; 4]>, Option<Entity>), State>,
    pulse: Option<Pulse>,
    beats: u32,
}

impl Universe {
    /// Sets what is asked now and then during long work; true stops it with [`Error::Cancelled`].
    pub fn set_pulse(&mut self, pulse: Option<Pulse>) {
        self.pulse = pulse;
    }

    fn beat(&mut self) -> Result<()> {
        self.beats = self.beats.wrapping_add(1);
        if self.beats % 1024 == 0 && self.pulse.as_mut().is_some_and(|stop| stop()) {
            return Err(Error::Cancelled);
        }
        Ok(())
    }

    fn values_of(&self, at: State) -> &Values {
        if at >= WORK {
            &self.work[(at - WORK) as usize].values
        } else {
            &self.values[self.states[at as usize].values as usize]
        }
    }

    fn look(&self, at: State, key: Key) -> Option<Value> {
        let values = self.values_of(at);
        values
            .binary_search_by_key(&key, |(k, _)| *k)
            .ok()
            .map(|i| values[i].1)
    }

    /// What a character believes in a state or a node of the working graph.
    fn edge(&mut self, at: State, who: usize) -> State {
        if at < WORK {
            return self.states[at as usize].beliefs[who];
        }
        let node = &self.work[(at - WORK) as usize];
        if node.edges[who] != UNSET {
            return node.edges[who];
        }
        let base = node.base;
        let character = self.p.characters[who];
        let inner = inner_items(&node.patch, character);
        let mut target = if node.owner == Some(character) {
            at
        } else {
            self.edge(base, who)
        };
        if !inner.is_empty() {
            target = self.patched(target, Some(character), inner);
        }
        self.work[(at - WORK) as usize].edges[who] = target;
        target
    }

    fn add_work(
        &mut self,
        values: Values,
        owner: Option<Entity>,
        base: State,
        patch: Vec<Told>,
    ) -> State {
        let mut edges = vec![UNSET; self.p.characters.len()];
        let id = WORK + self.work.len() as State;
        if let Some(owner) = owner {
            edges[self.place[&owner]] = id;
        }
        self.work.push(Work {
            values,
            owner,
            edges,
            base,
            patch,
        });
        id
    }

    /// A node like another with values set in it (items with an empty chain) and in the minds inside.
    fn patched(&mut self, base: State, owner: Option<Entity>, items: Vec<Told>) -> State {
        let values = self.told_values(base, &items);
        self.add_work(values, owner, base, items)
    }

    /// The values of a node after the items that are about itself.
    fn told_values(&self, base: State, items: &[Told]) -> Values {
        let old = self.values_of(base);
        let mut values: Option<Vec<(Key, Value)>> = None;
        for item in items.iter().filter(|item| item.chain.is_empty()) {
            // Here nothing is put off.
            let What::Set(key, value, mode) = item.what else {
                continue;
            };
            let now = values.as_deref().unwrap_or(old);
            let found = now.binary_search_by_key(&key, |(k, _)| *k);
            let current = found.map_or(self.p.initially(key), |i| now[i].1);
            if let Some(value) = told(&self.p, key, value, mode, current, found.is_ok()) {
                let values = values.get_or_insert_with(|| old.to_vec());
                assign(&self.p, values, key, value);
            }
        }
        values.map_or_else(|| old.clone(), Into::into)
    }
}

/// What is told to a character, seen from his mind.
fn inner_items(items: &[Told], who: Entity) -> Vec<Told> {
    let mine = items.iter().filter(|item| item.chain.first() == Some(&who));
    mine.map(|item| Told {
        chain: item.chain[1..].into(),
        ..item.clone()
    })
    .collect()
}

/// Sets a value in an ordered list; what equals the default is left out where that says nothing.
fn assign(p: &Problem, values: &mut Vec<(Key, Value)>, key: Key, value: Value) {
    let def = &p.fluents[key.fluent() as usize];
    let keep = def.keeps || value != def.default;
    match values.binary_search_by_key(&key, |(k, _)| *k) {
        Ok(i) if keep => values[i].1 = value,
        Ok(i) => {
            values.remove(i);
        }
        Err(i) if keep => values.insert(i, (key, value)),
        Err(_) => {}
    }
}

impl Minds for Universe {
    type At = State;
    const LATER: bool = false;

    fn moment(&self, _: State) -> u64 {
        0
    }

    fn value(&mut self, at: State, key: Key) -> Result<Value> {
        Ok(self.look(at, key).unwrap_or_else(|| self.p.initially(key)))
    }

    fn explicit(&mut self, at: State, key: Key) -> Result<bool> {
        Ok(self.look(at, key).is_some())
    }

    fn mind(&mut self, at: State, character: Entity) -> Result<State> {
        let place = self.place[&character];
        Ok(self.edge(at, place))
    }

    fn holders(
        &mut self,
        at: State,
        fluent: Fluent,
        value: Value,
        out: &mut Vec<Key>,
    ) -> Result<()> {
        let (low, high) = Key::range(fluent);
        let values = self.values_of(at);
        let start = values.partition_point(|(k, _)| *k < low);
        let these = values[start..].iter().take_while(|(k, _)| *k <= high);
        out.extend(these.filter(|(_, v)| *v == value).map(|(k, _)| *k));
        Ok(())
    }

    fn never(&self, _: State, _: Fluent) -> bool {
        false
    }

    fn holder_count(&mut self, at: State, fluent: Fluent, value: Value) -> Result<usize> {
        let (low, high) = Key::range(fluent);
        let values = self.values_of(at);
        let start = values.partition_point(|(k, _)| *k < low);
        let these = values[start..].iter().take_while(|(k, _)| *k <= high);
        Ok(these.filter(|(_, v)| *v == value).count())
    }
}
