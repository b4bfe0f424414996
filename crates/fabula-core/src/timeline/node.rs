//! One mind of a timeline: every value it ever held, indexed by fluent and by value, and what its children take in.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};
use smallvec::SmallVec;

use super::entry::Entry;
use super::seek::Hint;
use super::stamp::Stamp;
use crate::effects::Chain;
use crate::expr::Fluent;
use crate::value::{Entity, Key, Value};

type Keys = IndexSet<Key, FxBuildHasher>;

/// A value from a moment on.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Version {
    /// The moment.
    pub stamp: Stamp,
    /// The value.
    pub value: Value,
}

/// Which keys had a value, at every moment.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct History {
    live: Keys,
    changes: Vec<(Stamp, Key, bool)>,
    /// Where in the changes was looked last.
    #[serde(skip)]
    hint: Hint,
    /// The keys after so many changes, as they were last asked for: questions mostly go on from the one before.
    #[serde(skip)]
    past: (usize, Keys),
}

impl History {
    fn record(&mut self, stamp: Stamp, key: Key, has: bool) {
        if has {
            self.live.insert(key);
        } else {
            self.live.swap_remove(&key);
        }
        self.changes.push((stamp, key, has));
    }

    fn now(&self, stamp: Stamp) -> bool {
        self.changes.last().is_none_or(|c| c.0 <= stamp)
    }

    fn at(&mut self, stamp: Stamp) -> &Keys {
        if self.now(stamp) {
            return &self.live;
        }
        let end = self.hint.seek(&self.changes, |c| c.0 <= stamp);
        let (place, keys) = &mut self.past;
        if end < *place / 2 {
            *place = 0;
            keys.clear();
        } else if self.changes.len() - end < end.abs_diff(*place) {
            *place = self.changes.len();
            keys.clone_from(&self.live);
        }
        let mut turn = |key: Key, has: bool| {
            if has {
                keys.insert(key);
            } else {
                keys.swap_remove(&key);
            }
        };
        // A change is recorded only where there is one, so that it can be undone.
        while *place < end {
            turn(self.changes[*place].1, self.changes[*place].2);
            *place += 1;
        }
        while *place > end {
            *place -= 1;
            turn(self.changes[*place].1, !self.changes[*place].2);
        }
        &self.past.1
    }

    fn truncate(&mut self, stamp: Stamp) {
        let end = self.changes.partition_point(|c| c.0 <= stamp);
        if end < self.past.0 {
            self.past = (0, Keys::default());
        }
        while self.changes.len() > end {
            if let Some((_, key, has)) = self.changes.pop() {
                if has {
                    self.live.swap_remove(&key);
                } else {
                    self.live.insert(key);
                }
            }
        }
    }
}

/// All versions of one fluent, and where among them was looked last.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Versions {
    list: SmallVec<[Version; 1]>,
    #[serde(skip)]
    hint: Hint,
}

/// One mind.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Node {
    /// Whose mind, seen from the parent; None is the world.
    pub who: Option<Entity>,
    /// The mind it is seen from.
    pub parent: Option<u32>,
    /// The chain of characters from the world.
    pub chain: Chain,
    /// The minds inside that were asked about.
    pub children: FxHashMap<Entity, u32>,
    /// Everything up to here is done.
    pub done: Stamp,
    /// What the minds inside may take in, by time; times without such are missing.
    pub log: Vec<Entry>,
    /// Of the first entries of the log, once known: their times, and the bits of all inside whom they reach.
    pub reach: Vec<(u32, u64)>,
    /// Every version in the order of moments.
    pub trail: Vec<(Stamp, Key)>,
    /// Where in the trail and in the log was looked last.
    #[serde(skip)]
    trail_hint: Hint,
    #[serde(skip)]
    log_hint: Hint,
    facts: FxHashMap<Key, Versions>,
    index: FxHashMap<(Fluent, Value), History>,
    /// Fluents of which something that the minds around go on teaching was overruled by another of their lessons.
    overruled: History,
    /// Of which fluents it is indexed that nothing is known: those that have a default.
    pub(super) defaults: Arc<[bool]>,
}

impl Node {
    /// A mind that holds nothing yet.
    pub fn new(
        who: Option<Entity>,
        parent: Option<u32>,
        chain: Chain,
        defaults: Arc<[bool]>,
    ) -> Node {
        Node {
            who,
            parent,
            chain,
            children: FxHashMap::default(),
            done: Stamp::new(0, 0, 0xFFFF),
            log: vec![Entry::new(0)],
            reach: Vec::new(),
            trail: Vec::new(),
            trail_hint: Hint::default(),
            log_hint: Hint::default(),
            facts: FxHashMap::default(),
            index: FxHashMap::default(),
            overruled: History::default(),
            defaults,
        }
    }

    /// Numbers are never looked up by value, and the unknown only where it is not the default.
    fn indexed(&self, key: Key, value: Value) -> bool {
        match value {
            Value::Bool(_) | Value::Entity(_) => true,
            Value::Unknown => self.defaults[key.fluent() as usize],
            Value::Number(_) => false,
        }
    }

    /// The version of a fluent that is current at a moment.
    pub fn version(&self, key: Key, stamp: Stamp) -> Option<Version> {
        let versions = self.facts.get(&key)?;
        match versions.list.last() {
            Some(last) if last.stamp <= stamp => Some(*last),
            _ => versions
                .hint
                .seek(&versions.list, |v| v.stamp <= stamp)
                .checked_sub(1)
                .map(|i| versions.list[i]),
        }
    }

    /// Whether a fluent had a known value at some moment up to this one.
    pub fn ever_set(&self, key: Key, stamp: Stamp) -> bool {
        let versions = self.facts.get(&key);
        versions.is_some_and(|all| {
            all.list
                .iter()
                .any(|v| v.stamp <= stamp && !v.value.is_unknown())
        })
    }

    /// Gives a fluent a value; false when it had it already.
    pub fn write(&mut self, key: Key, value: Value, stamp: Stamp) -> bool {
        let versions = &mut self.facts.entry(key).or_default().list;
        let old = versions.last().map(|v| v.value);
        if old == Some(value) {
            return false;
        }
        versions.push(Version { stamp, value });
        self.trail.push((stamp, key));
        if let Some(old) = old.filter(|v| self.indexed(key, *v)) {
            self.index
                .entry((key.fluent(), old))
                .or_default()
                .record(stamp, key, false);
        }
        if self.indexed(key, value) {
            self.index
                .entry((key.fluent(), value))
                .or_default()
                .record(stamp, key, true);
        }
        true
    }

    /// Notes whether something that is taught about a fluent is overruled from a moment on.
    pub fn overrule(&mut self, key: Key, stamp: Stamp, is: bool) {
        if self.overruled.live.contains(&key) != is {
            self.overruled.record(stamp, key, is);
        }
    }

    /// The fluents of which something that is taught is overruled, in order.
    pub fn overruled(&self) -> Vec<Key> {
        let mut keys: Vec<Key> = self.overruled.live.iter().copied().collect();
        keys.sort_unstable();
        keys
    }

    /// Whether something that is taught is overruled.
    pub fn overrules(&self) -> bool {
        !self.overruled.live.is_empty()
    }

    /// Appends the keys of a fluent that had a value at a moment.
    pub fn holders(&mut self, fluent: Fluent, value: Value, stamp: Stamp, out: &mut Vec<Key>) {
        if let Some(history) = self.index.get_mut(&(fluent, value)) {
            out.extend(history.at(stamp).iter());
        }
    }

    /// Whether a fluent was never true of anything.
    pub fn never(&self, fluent: Fluent) -> bool {
        let history = self.index.get(&(fluent, Value::Bool(true)));
        history.is_none_or(|h| h.changes.is_empty())
    }

    /// About how many keys have a value.
    pub fn holder_count(&self, fluent: Fluent, value: Value) -> usize {
        self.index.get(&(fluent, value)).map_or(0, |h| h.live.len())
    }

    /// The versions from one moment to another, both included.
    pub fn changed(&self, from: Stamp, to: Stamp) -> &[(Stamp, Key)] {
        if self.trail.last().is_none_or(|(s, _)| *s < from) {
            return &[];
        }
        let start = self.trail_hint.seek(&self.trail, |(s, _)| *s < from);
        // What changed in one moment or at one time is little: its end is near its beginning.
        let end = Hint::default();
        let rest = &self.trail[start..];
        &rest[..end.seek(rest, |(s, _)| *s <= to)]
    }

    /// Every value that was ever held.
    pub fn values(&self) -> impl Iterator<Item = (Key, Value)> + '_ {
        let all = self.facts.iter();
        all.flat_map(|(key, versions)| versions.list.iter().map(|v| (*key, v.value)))
    }

    /// The keys that were ever set, in order.
    pub fn keys(&self) -> Vec<Key> {
        let mut keys: Vec<Key> = self.facts.keys().copied().collect();
        keys.sort_unstable();
        keys
    }

    /// The place in the log of the entry of a time, or of the next.
    pub fn entry_from(&self, time: u32) -> usize {
        match self.log.last() {
            Some(last) if last.time < time => self.log.len(),
            Some(last) if last.time == time => self.log.len() - 1,
            _ => self.log_hint.seek(&self.log, |e| e.time < time),
        }
    }

    /// Forgets everything after a moment.
    pub fn cut(&mut self, stamp: Stamp) {
        while let Some(&(at, key)) = self.trail.last() {
            if at <= stamp {
                break;
            }
            self.trail.pop();
            if let Some(Versions { list: versions, .. }) = self.facts.get_mut(&key) {
                let gone = versions.pop();
                let back = versions.last().copied();
                if versions.is_empty() {
                    self.facts.remove(&key);
                }
                for version in [gone, back].into_iter().flatten() {
                    if let Some(history) = self.index.get_mut(&(key.fluent(), version.value)) {
                        history.truncate(stamp);
                    }
                }
            }
        }
        while self
            .log
            .last()
            .is_some_and(|e| Stamp::new(e.time, 0, 0) > stamp && e.time > 0)
        {
            self.log.pop();
        }
        self.reach.truncate(self.log.len());
        self.overruled.truncate(stamp);
        if self.done > stamp {
            self.done = stamp;
        }
    }

    /// Bytes in use, roughly.
    pub fn memory(&self) -> usize {
        let facts: usize = self
            .facts
            .values()
            .map(|v| {
                let spilled = v.list.spilled();
                56 + if spilled { v.list.capacity() * 24 } else { 0 }
            })
            .sum();
        let index: usize = self
            .index
            .values()
            .map(|h| {
                96 + h.changes.capacity() * 24 + (h.live.capacity() + h.past.1.capacity()) * 24
            })
            .sum();
        let log: usize = self.log.iter().map(|e| e.memory() + 16).sum();
        facts + index + log + self.trail.capacity() * 16 + 256
    }
}
