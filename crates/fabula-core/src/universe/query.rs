//! Questions about states: values, beliefs, utilities, and what can happen.

use super::{State, Universe};
use crate::error::{Error, Result};
use crate::eval::{env, fluent, thing, truth, value};
use crate::expr::{Expr, Fluent};
use crate::join::find;
use crate::value::{Entity, Value};

impl Universe {
    /// The first state.
    pub fn initial(&self) -> State {
        self.initial
    }

    /// How many states there are.
    pub fn size(&self) -> usize {
        self.states.len()
    }

    /// The state that a character believes to be actual.
    pub fn belief(&mut self, state: State, character: Entity) -> Result<State> {
        self.check_state(state)?;
        self.p.check_chain_of(&[character])?;
        let place = self.place[&character];
        Ok(self.edge(state, place))
    }

    /// The value of a fluent.
    pub fn ask(&mut self, state: State, f: Fluent, args: &[Entity]) -> Result<Value> {
        self.check_state(state)?;
        let Some(def) = self.p.fluents.get(f as usize) else {
            return Err(Error::Question(format!("there is no fluent {f}")));
        };
        self.p.check_args(args, def.params.len(), &def.name)?;
        fluent(&self.p.clone(), self, state, f, args)
    }

    /// The value of an expression in the mind that a chain of characters leads to.
    pub fn evaluate(
        &mut self,
        state: State,
        chain: &[Entity],
        expr: &Expr,
        binding: &[Entity],
    ) -> Result<Value> {
        self.p.check(expr, binding.len())?;
        self.p.check_args(binding, binding.len(), "binding")?;
        let mut at = state;
        self.check_state(state)?;
        for &c in chain {
            at = self.belief(at, c)?;
        }
        let p = self.p.clone();
        value(&p, self, at, expr, &mut env(&p, binding))
    }

    /// How good a state is for a character, or for the author (None); 0 where nothing was said.
    pub fn utility(&mut self, state: State, character: Option<Entity>) -> Result<Value> {
        self.check_state(state)?;
        let p = self.p.clone();
        match p.utilities.iter().find(|(c, _)| *c == character) {
            Some((_, expr)) => {
                let found = value(&p, self, state, expr, &mut env(&p, &[]))?;
                Ok(found.as_number().map_or(found, Value::Number))
            }
            None => Ok(Value::Number(0.0)),
        }
    }

    /// Whether the precondition holds, and in the beliefs of the consenting characters too when these are asked.
    pub fn possible(
        &mut self,
        state: State,
        action: u32,
        args: &[Entity],
        with_beliefs: bool,
    ) -> Result<bool> {
        self.check_state(state)?;
        self.check_grounding(action, args)?;
        let p = self.p.clone();
        let action = &p.actions[action as usize];
        let mut env = env(&p, args);
        if !truth(&p, self, state, &action.precondition, &mut env)?.holds() {
            return Ok(false);
        }
        if with_beliefs {
            for who in &action.consenting {
                let who = thing(&p, self, state, who, &mut env)?;
                if !p.is_character(who) {
                    return Ok(false);
                }
                let mind = self.belief(state, who)?;
                if !truth(&p, self, mind, &action.precondition, &mut env)?.holds() {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// The actions whose precondition holds, with their things, in order.
    pub fn applicable(&mut self, state: State) -> Result<Vec<(u32, Vec<Entity>)>> {
        self.check_state(state)?;
        let p = self.p.clone();
        let mut out = Vec::new();
        for (i, action) in p.actions.iter().enumerate() {
            for args in find(&p, self, state, &action.query, &mut env(&p, &[]))? {
                out.push((i as u32, args.to_vec()));
            }
        }
        Ok(out)
    }

    /// The actions that are possible (also in the beliefs of those who consent), and the states after them.
    pub fn successors(&mut self, state: State) -> Result<Vec<(u32, Vec<Entity>, State)>> {
        let mut out = Vec::new();
        for (action, args) in self.applicable(state)? {
            if self.possible(state, action, &args, true)? {
                let after = self.after(state, action, &args, None)?;
                out.push((action, args, after));
            }
        }
        Ok(out)
    }
}

/// What the search's own states are made from.
impl Universe {
    pub(crate) fn problem(&self) -> &std::sync::Arc<crate::problem::Problem> {
        &self.p
    }

    /// The values of a state that were set.
    pub(crate) fn set_values(&self, state: State) -> &[(crate::value::Key, Value)] {
        self.values_of(state)
    }

    /// What the characters believe in a state, in order.
    pub(crate) fn beliefs(&self, state: State) -> &[State] {
        &self.states[state as usize].beliefs
    }

    /// The first state and all that are believed in it.
    pub(crate) fn reachable_states(&self) -> Vec<State> {
        let mut out = vec![self.initial];
        let mut next = 0;
        while next < out.len() {
            for &b in self.beliefs(out[next]) {
                if !out.contains(&b) {
                    out.push(b);
                }
            }
            next += 1;
        }
        out
    }

    /// The states on cycles of belief together, each group after those that it leads to, as far as they are not known.
    pub(crate) fn components_from(
        &self,
        state: State,
        known: impl Fn(State) -> bool,
    ) -> Vec<Vec<State>> {
        let mut ids = vec![state];
        let mut place = rustc_hash::FxHashMap::default();
        place.insert(state, 0);
        let mut edges: Vec<Vec<usize>> = Vec::new();
        let mut done: Vec<Option<State>> = Vec::new();
        let mut next = 0;
        while next < ids.len() {
            let id = ids[next];
            next += 1;
            done.push(known(id).then_some(id));
            let mut out = Vec::new();
            for &b in self.beliefs(id).iter().filter(|_| !known(id)) {
                let fresh = ids.len();
                let j = *place.entry(b).or_insert(fresh);
                if j == fresh {
                    ids.push(b);
                }
                out.push(j);
            }
            edges.push(out);
        }
        let groups = crate::machine::components(&edges, &done);
        let named = |g: Vec<usize>| g.into_iter().map(|i| ids[i]).collect();
        groups.into_iter().map(named).collect()
    }

    /// The state that is the first of some minds, each with its values and beliefs: other minds of the list, or states.
    #[allow(clippy::type_complexity)]
    pub(crate) fn adopt(
        &mut self,
        minds: Vec<(
            Vec<(crate::value::Key, Value)>,
            Vec<std::result::Result<usize, State>>,
        )>,
    ) -> State {
        let (values, beliefs): (Vec<_>, Vec<_>) = minds.into_iter().unzip();
        let nodes: Vec<State> = values
            .into_iter()
            .map(|v| self.add_work(v.into(), None, super::WORK, Vec::new()))
            .collect();
        for (&node, beliefs) in nodes.iter().zip(beliefs) {
            let edges = beliefs
                .into_iter()
                .map(|b| b.map_or_else(|s| s, |i| nodes[i]))
                .collect();
            self.work[(node - super::WORK) as usize].edges = edges;
        }
        self.intern(nodes[0])
    }
}
