//! What a sealed problem says of its things, fluents and keys.

use std::sync::Arc;

use crate::expr::{Fluent, Kind};
use crate::problem::Problem;
use crate::value::{Entity, Key, Value, UNBOUND};

impl Problem {
    /// Everybody who has a mind.
    pub fn characters(&self) -> &[Entity] {
        &self.characters
    }

    /// Whether a thing is of a kind.
    pub fn is(&self, entity: Entity, kind: Kind) -> bool {
        self.is[kind as usize]
            .get(entity as usize)
            .copied()
            .unwrap_or(false)
    }

    pub(crate) fn is_character(&self, entity: Entity) -> bool {
        self.entities
            .get(entity as usize)
            .is_some_and(|e| e.character)
    }

    /// Which fluents have a default.
    pub(crate) fn have_defaults(&self) -> Arc<[bool]> {
        let defaults = self.fluents.iter().map(|f| !f.default.is_unknown());
        defaults.collect()
    }

    pub(crate) fn arity(&self, fluent: Fluent) -> usize {
        self.fluents[fluent as usize].params.len()
    }

    pub(crate) fn key(&self, fluent: Fluent, args: &[Entity]) -> Option<Key> {
        if self.is_wide(args.len()) {
            let known = args.iter().all(|&arg| arg < UNBOUND);
            return known.then(|| self.wide.key(fluent, args));
        }
        Key::pack(fluent, args, self.bits)
    }

    fn is_wide(&self, arity: usize) -> bool {
        self.bits as usize * arity > Key::ARGUMENT_BITS as usize
    }

    /// The argument of a key at `place` of `arity`.
    pub(crate) fn arg(&self, key: Key, place: usize, arity: usize) -> Entity {
        if self.is_wide(arity) {
            self.wide.arg(key, place)
        } else {
            key.arg(place, arity, self.bits)
        }
    }

    pub(crate) fn args(&self, key: Key) -> Vec<Entity> {
        let arity = self.arity(key.fluent());
        (0..arity).map(|i| self.arg(key, i, arity)).collect()
    }

    pub(crate) fn initially(&self, key: Key) -> Value {
        self.fluents[key.fluent() as usize].default
    }

    /// Whether a thing of which nothing says what it is in cannot be in y: things of its kind are in such things only.
    pub(crate) fn shut_out(&self, over: Fluent, last: Entity, y: Entity) -> bool {
        let kind = self.fluents[over as usize].encloses;
        kind.is_some_and(|kind| self.is(last, kind) && !self.is(y, kind))
    }

    /// The fluent and the things of a key.
    pub fn split(&self, key: Key) -> (Fluent, Vec<Entity>) {
        (key.fluent(), self.args(key))
    }

    /// A fluent with its things, by name.
    pub fn describe(&self, key: Key) -> String {
        let names: Vec<&str> = self
            .args(key)
            .iter()
            .map(|&e| self.entities[e as usize].name.as_str())
            .collect();
        format!(
            "{}({})",
            self.fluents[key.fluent() as usize].name,
            names.join(", ")
        )
    }
}
