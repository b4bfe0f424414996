//! Questions about a story: values, causes, changes, and who saw what, at any time and in any mind.

use super::stamp::Stamp;
use super::{Timeline, WORLD};
use crate::error::{Error, Result};
use crate::eval::{env, fluent, value, Env};
use crate::expr::{Expr, Fluent, Kind};
use crate::join::{find, Query};
use crate::judge::{judge, Literal};
use crate::perceive::{as_seen, observes};
use crate::value::{Entity, Key, Value};

/// A character who took an event in, the action it was to him (None: no action of the problem), and its things.
pub type Witness = (Entity, Option<u32>, Vec<Entity>);

impl Timeline {
    fn question(&self, f: Fluent, args: &[Entity]) -> Result<()> {
        let Some(def) = self.p.fluents.get(f as usize) else {
            return Err(Error::Question(format!("there is no fluent {f}")));
        };
        self.p.check_args(args, def.params.len(), &def.name)
    }

    fn binding(&self, expr: &Expr, binding: &[Entity]) -> Result<Env> {
        self.p.check(expr, binding.len())?;
        self.p.check_args(binding, binding.len(), "binding")?;
        Ok(env(&self.p, binding))
    }

    /// The value of a fluent in a mind at a time.
    pub fn ask(
        &mut self,
        time: u32,
        chain: &[Entity],
        f: Fluent,
        args: &[Entity],
    ) -> Result<Value> {
        self.question(f, args)?;
        let at = self.at(time, chain)?;
        fluent(&self.p.clone(), self, at, f, args)
    }

    /// The value of an expression in a mind at a time; `binding` gives the things of its first variables.
    pub fn evaluate(
        &mut self,
        time: u32,
        chain: &[Entity],
        expr: &Expr,
        binding: &[Entity],
    ) -> Result<Value> {
        let mut env = self.binding(expr, binding)?;
        let at = self.at(time, chain)?;
        value(&self.p.clone(), self, at, expr, &mut env)
    }

    /// The time of the last change of a fluent in a mind up to a time; 0 is the beginning, None never.
    pub fn cause(
        &mut self,
        time: u32,
        chain: &[Entity],
        f: Fluent,
        args: &[Entity],
    ) -> Result<Option<u32>> {
        self.question(f, args)?;
        let at = self.at(time, chain)?;
        let key = self.p.key(f, args);
        Ok(key
            .and_then(|key| self.nodes[at.node as usize].version(key, at.stamp))
            .map(|v| v.stamp.time()))
    }

    /// Whether a fluent was ever set in a mind up to a time.
    pub fn was_set(
        &mut self,
        time: u32,
        chain: &[Entity],
        f: Fluent,
        args: &[Entity],
    ) -> Result<bool> {
        self.question(f, args)?;
        let at = self.at(time, chain)?;
        let Some(key) = self.p.key(f, args) else {
            return Ok(false);
        };
        Ok(self.nodes[at.node as usize].ever_set(key, at.stamp))
    }

    /// What changed in a mind at a time: fluent, value before, value after.
    pub fn changes(&mut self, time: u32, chain: &[Entity]) -> Result<Vec<(Key, Value, Value)>> {
        let at = self.at(time, chain)?;
        let node = &self.nodes[at.node as usize];
        let mut keys: Vec<Key> = node
            .changed(Stamp::new(time, 0, 0), at.stamp)
            .iter()
            .map(|(_, key)| *key)
            .collect();
        keys.sort_unstable();
        keys.dedup();
        let mut out = Vec::new();
        for key in keys {
            let default = self.p.initially(key);
            let old = match time {
                0 => default,
                _ => node
                    .version(key, Stamp::before(time))
                    .map_or(default, |v| v.value),
            };
            let new = node.version(key, at.stamp).map_or(default, |v| v.value);
            if old != new {
                out.push((key, old, new));
            }
        }
        Ok(out)
    }

    /// Every set value of a mind at a time that is not the default, in the order of fluents and things.
    pub fn facts(&mut self, time: u32, chain: &[Entity]) -> Result<Vec<(Key, Value)>> {
        let at = self.at(time, chain)?;
        let node = &self.nodes[at.node as usize];
        let current = node
            .keys()
            .into_iter()
            .filter_map(|key| Some((key, node.version(key, at.stamp)?.value)));
        Ok(current
            .filter(|(key, value)| *value != self.p.initially(*key))
            .collect())
    }

    /// All things for which a formula is true in a mind at a time, sorted.
    pub fn find(
        &mut self,
        time: u32,
        chain: &[Entity],
        params: &[Kind],
        formula: &Expr,
    ) -> Result<Vec<Env>> {
        self.p.check(formula, params.len())?;
        for &kind in params {
            self.p.check_kind(kind, "find")?;
        }
        let at = self.at(time, chain)?;
        let p = self.p.clone();
        find(
            &p,
            self,
            at,
            &Query::new(params, formula),
            &mut env(&p, &[]),
        )
    }

    /// Who took in the events of a step, and as what: None stands for a step that is no action.
    pub fn observers(&mut self, time: u32) -> Result<Vec<Witness>> {
        self.at(time, &[])?;
        let p = self.p.clone();
        let at = super::At {
            node: WORLD,
            stamp: Stamp::new(time, 0, 1),
        };
        let place = self.nodes[0].entry_from(time);
        let events = match self.nodes[0].log.get(place) {
            Some(entry) if entry.time == time => entry.events.clone(),
            _ => Vec::new(),
        };
        let mut out = Vec::new();
        for event in events {
            let action = self.action(&event);
            for &c in p.characters() {
                if observes(&p, self, at, &action, &event.args, c)? {
                    let (other, args, _) = as_seen(&p, self, at, &action, &event.args, c)?;
                    let seen =
                        other.or((event.action < p.actions.len() as u32).then_some(event.action));
                    out.push((c, seen, args.to_vec()));
                }
            }
        }
        Ok(out)
    }

    /// The literals of a formula's best clause that do not hold in a mind at a time.
    pub fn literals(
        &mut self,
        time: u32,
        chain: &[Entity],
        formula: &Expr,
        binding: &[Entity],
    ) -> Result<Vec<Literal>> {
        let mut env = self.binding(formula, binding)?;
        let at = self.at(time, chain)?;
        judge(&self.p.clone(), self, at, formula, &mut env)
    }
}
