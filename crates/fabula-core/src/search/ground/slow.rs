//! The way to the general kernel and back, for events that are out of the ordinary.

use super::form::Char;
use super::{Ground, Node, Words};
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
        let after = self
            .universe
            .after(there, action.schema, &action.args, who)?;
        self.import(after, mind.unwrap_or(super::ACTUAL))
    }

    /// A state's number in the general kernel.
    pub(crate) fn export(&mut self, node: Node) -> State {
        if let Some(&known) = self.known_there.get(&node) {
            return known;
        }
        // Everything that is believed in it and not known there yet goes together: there may be cycles.
        let mut nodes = vec![node];
        let mut next = 0;
        while next < nodes.len() {
            for c in 0..self.task.characters.len() {
                let b = self.store.mind(nodes[next], c);
                if !nodes.contains(&b) && !self.known_there.contains_key(&b) {
                    nodes.push(b);
                }
            }
            next += 1;
        }
        let mut parts = Vec::new();
        for &n in &nodes {
            let mut values: Vec<(Key, Value)> = self.task.fixed.clone();
            for (slot, &key) in self.task.keys.iter().enumerate() {
                let value = self.codes.get(self.store.words(n), slot as u32);
                if value != self.p.initially(key) {
                    values.push((key, value));
                }
            }
            values.sort_unstable_by_key(|(k, _)| *k);
            let beliefs: Vec<std::result::Result<usize, State>> = (0..self.task.characters.len())
                .map(|c| {
                    let b = self.store.mind(n, c);
                    match nodes.iter().position(|&x| x == b) {
                        Some(i) => Ok(i),
                        None => Err(self.known_there[&b]),
                    }
                })
                .collect();
            parts.push((values, beliefs));
        }
        let there = self.universe.adopt(parts);
        let mut open = vec![(node, there)];
        while let Some((n, state)) = open.pop() {
            if self.known_there.insert(n, state).is_some() {
                continue;
            }
            self.known_here.insert(state, n);
            for (c, &b) in self.universe.beliefs(state).iter().enumerate() {
                open.push((self.store.mind(n, c), b));
            }
        }
        there
    }

    /// The state here that is a state of the general kernel.
    pub(super) fn import(&mut self, state: State, owner: u8) -> Result<Node> {
        if let Some(&known) = self.known_here.get(&state) {
            return Ok(known);
        }
        for component in self
            .universe
            .components_from(state, |s| self.known_here.contains_key(&s))
        {
            // Numbers for the component and what it leads to.
            let mut ids = component.clone();
            for &s in &component {
                for &b in self.universe.beliefs(s) {
                    if !ids.contains(&b) {
                        ids.push(b);
                    }
                }
            }
            let number = |b: &State| ids.iter().position(|x| x == b).expect("listed above");
            let mut edges: Vec<Vec<usize>> = Vec::new();
            let mut words: Vec<Words> = Vec::new();
            let mut entered: Vec<Option<Node>> = Vec::new();
            for (i, &s) in ids.iter().enumerate() {
                if i < component.len() {
                    edges.push(self.universe.beliefs(s).iter().map(number).collect());
                    words.push(self.packed(s)?);
                    entered.push(None);
                } else {
                    edges.push(Vec::new());
                    words.push(Words::new());
                    entered.push(Some(self.known_here[&s]));
                }
            }
            let classes: Vec<usize> = (0..component.len()).collect();
            self.enter_component(&classes, &edges, &words, &mut entered);
            for (i, &s) in component.iter().enumerate() {
                let node = entered[i].expect("just entered");
                self.known_here.insert(s, node);
                self.known_there.insert(node, s);
            }
        }
        let node = self.known_here[&state];
        self.rest_all(node, owner);
        Ok(node)
    }

    /// Says of a state and of all that is believed in it that they are at rest.
    pub(super) fn rest_all(&mut self, node: Node, owner: u8) {
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
            let code = code.ok_or_else(|| {
                Error::Problem(format!(
                    "{}: a value that grounding did not foresee",
                    self.p.describe(key)
                ))
            })?;
            self.codes.put(&mut words, slot, code);
        }
        Ok(words)
    }
}
