//! The way to the general kernel and back, for events that are out of the ordinary.

use super::form::Char;
use super::store::SELF;
use super::{Edges, Ground, Node, Words};
use crate::error::{Error, Result};
use crate::universe::State;
use crate::value::{Key, Value};

impl Ground {
    /// The state after an action, worked out by the general kernel.
    pub(super) fn slow_after(&mut self, node: Node, act: u32, mind: Option<Char>) -> Result<Node> {
        let there = self.export(node);
        let task = self.task.clone();
        let action = &task.acts[act as usize];
        let who = mind.map(|c| task.characters[usize::from(c)]);
        let after = self.universe.after(there, action.schema, &action.args, who)?;
        self.import(after, mind.unwrap_or(super::ACTUAL))
    }

    /// A state's number in the general kernel.
    pub(crate) fn export(&mut self, node: Node) -> State {
        if let Some(&known) = self.known_there.get(&node) {
            return known;
        }
        let edges: Edges = self.store.edges(node).into();
        let beliefs: Vec<Option<State>> = edges
            .iter()
            .map(|&e| (e != SELF).then(|| self.export(e)))
            .collect();
        let mut values: Vec<(Key, Value)> = self.task.fixed.clone();
        for (slot, &key) in self.task.keys.iter().enumerate() {
            let value = self.codes.get(self.store.words(node), slot as u32);
            if value != self.p.initially(key) {
                values.push((key, value));
            }
        }
        values.sort_unstable_by_key(|(k, _)| *k);
        let there = self.universe.adopt(values, &beliefs);
        self.known_there.insert(node, there);
        self.known_here.insert(there, node);
        there
    }

    /// The state here that is a state of the general kernel.
    pub(super) fn import(&mut self, state: State, owner: u8) -> Result<Node> {
        if let Some(&known) = self.known_here.get(&state) {
            return Ok(known);
        }
        for component in self.universe.components_from(state, |s| self.known_here.contains_key(&s)) {
            let alone = component.len() == 1;
            let mut made: Vec<(State, Node)> = Vec::new();
            for &s in &component {
                let words = self.packed(s)?;
                let edges: Edges = self
                    .universe
                    .beliefs(s)
                    .iter()
                    .map(|&b| if b == s { SELF } else { self.known_here.get(&b).copied().unwrap_or(SELF) })
                    .collect();
                let node = if alone {
                    self.store.intern(&words, &edges)
                } else {
                    self.store.add(&words, &edges)
                };
                made.push((s, node));
            }
            for &(s, node) in &made {
                self.known_here.insert(s, node);
                self.known_there.insert(node, s);
            }
            for &(s, node) in &made {
                if !alone {
                    for (c, b) in self.universe.beliefs(s).to_vec().into_iter().enumerate() {
                        let target = self.known_here[&b];
                        self.store.fill(node, c, target);
                    }
                    self.store.enter(node);
                }
            }
        }
        let node = self.known_here[&state];
        self.rest_all(node, owner);
        Ok(node)
    }

    /// Says of a state and of all that is believed in it that they are at rest.
    fn rest_all(&mut self, node: Node, owner: u8) {
        let mut open = vec![(node, owner)];
        let mut seen = rustc_hash::FxHashSet::default();
        while let Some((n, who)) = open.pop() {
            if !seen.insert((n, who)) {
                continue;
            }
            self.store.rest(n, who);
            for c in 0..self.task.characters.len() {
                if c as u8 != who {
                    open.push((self.store.mind(n, c), c as u8));
                }
            }
        }
    }

    fn packed(&mut self, state: State) -> Result<Words> {
        let mut words: Words = smallvec::smallvec![0; self.codes.width];
        for slot in 0..self.task.keys.len() as u32 {
            let key = self.task.keys[slot as usize];
            let values = self.universe.set_values(state);
            let found = values.binary_search_by_key(&key, |(k, _)| *k);
            let value = found.map_or(self.p.initially(key), |i| values[i].1);
            let code = self.codes.encode(slot, value);
            let code = code.ok_or_else(|| Error::Problem(format!("{}: a value that grounding did not foresee", self.p.describe(key))))?;
            self.codes.put(&mut words, slot, code);
        }
        Ok(words)
    }
}
