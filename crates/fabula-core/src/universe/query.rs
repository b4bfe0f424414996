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
