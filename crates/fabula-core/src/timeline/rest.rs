//! Lets a mind come to rest: its triggers fire, pass by pass, until nothing changes.
//!
//! In a pass a mind first takes in what the triggers of the minds around it make it believe, then its own triggers
//! fire in rounds. A later pass corrects what its own triggers changed against what the minds around it go on teaching.

use super::entry::Entry;
use super::stamp::Stamp;
use super::{At, Timeline};
use crate::error::{Error, Result};
use crate::firing::{fire, names, PASSES, ROUNDS};
use crate::waking::{asleep, of, touched, Change, Instance};

/// Passes that are always made where triggers look into minds, so that what happens there can come up: beyond the
/// depth to which minds are told something. What comes up from further in than that is missed here (a universe, whose
/// graph is finite, misses nothing).
const LOOKING: u64 = 3;

impl Timeline {
    pub(super) fn rest(&mut self, node: u32, time: u32, until: Stamp) -> Result<()> {
        self.rest_below(node, u32::MAX, 0, time, until)
    }

    /// Runs the passes of one time as far as a moment; `from` is the parent's log entry.
    pub(super) fn rest_below(
        &mut self,
        node: u32,
        parent: u32,
        from: usize,
        time: u32,
        until: Stamp,
    ) -> Result<()> {
        let p = self.p.clone();
        let n = node as usize;
        let mut pass = self.nodes[n].done.pass();
        if parent != u32::MAX {
            self.teach(parent, from, until.pass())?;
        }
        let silent = parent != u32::MAX && self.nodes[parent as usize].log[from].concerned == 0;
        if p.triggers.is_empty() || (silent && self.still(node, time, until)) {
            self.nodes[n].done = until;
            return Ok(());
        }
        while pass < until.pass() {
            if self.finished(node, parent, from, time, pass) {
                self.nodes[n].done = until;
                return Ok(());
            }
            pass += 1;
            // What somebody sees may speak against what follows from his other beliefs, and both come back in
            // every pass. In the end what he sees has the last word; only the world itself has to come to rest.
            let settled = pass > PASSES && parent != u32::MAX;
            let fired = self.pass(node, parent, from, time, pass, settled)?;
            if pass > PASSES && !settled {
                let mut triggers = names(&p, &fired);
                triggers.extend(self.teachers(parent, from, self.nodes[n].who));
                triggers.sort();
                triggers.dedup();
                return Err(Error::Restless { triggers });
            }
            let place = self.nodes[n].entry_from(time);
            if let Some(entry) = self.nodes[n].log.get_mut(place) {
                entry.passes = pass as u16;
            }
            if settled {
                break;
            }
            self.nodes[n].done = Stamp::pass_end(time, pass);
        }
        self.nodes[n].done = self.nodes[n].done.max(until);
        Ok(())
    }

    /// Whether some of the triggers that look into minds may fire in a mind.
    pub(super) fn looks(&self, node: u32, triggers: &[u32]) -> bool {
        // What was never so up to now need not be asked of any moment before.
        let stamp = self.nodes[node as usize].done;
        let at = At { node, stamp };
        triggers.iter().any(|&t| !asleep(&self.p, self, at, t))
    }

    /// How many minds deep inside a mind something is stated at a time: further in, each mind is like one further out.
    fn deepest(&self, node: u32, time: u32) -> u64 {
        let n = &self.nodes[node as usize];
        let longest = if time == 0 {
            let inside = self.beliefs.iter().map(|(chain, ..)| chain);
            let inside = inside.filter(|chain| chain.starts_with(&n.chain));
            inside.map(|chain| chain.len() - n.chain.len()).max()
        } else {
            let entry = n.log.get(n.entry_from(time)).filter(|e| e.time == time);
            entry.and_then(Entry::deepest)
        };
        longest.unwrap_or(0) as u64
    }

    /// Whether nothing of this time reached a mind whose surroundings teach it nothing.
    fn still(&self, node: u32, time: u32, until: Stamp) -> bool {
        until == Stamp::end(time)
            && time > 0
            && !self.looks(node, &self.p.index.believing)
            && !self.nodes[node as usize].overrules()
            && self.nodes[node as usize]
                .changed(Stamp::new(time, 0, 0), until)
                .is_empty()
    }

    /// Whether no later pass can change anything: nothing comes from outside and nothing changed inside.
    fn finished(&self, node: u32, parent: u32, from: usize, time: u32, pass: u64) -> bool {
        let n = &self.nodes[node as usize];
        if let Some(around) = self.nodes.get(parent as usize) {
            let entry = &around.log[from];
            if around.done < Stamp::end(time) && (u64::from(entry.passes) > pass || pass == 0) {
                return false;
            }
            if n.who
                .is_some_and(|who| self.more_to_learn(parent, from, who, pass))
            {
                return false;
            }
        }
        // What is overruled comes back when what overrules it does not hold any more.
        if n.overrules() && pass < self.passes_around(node, time).max(1) {
            return false;
        }
        if pass == 0 {
            // At the beginning everything is new.
            return time > 0
                && !self.looks(node, &self.p.index.believing)
                && n.changed(Stamp::new(time, 0, 0), Stamp::end(time))
                    .is_empty();
        }
        if pass < LOOKING + self.deepest(node, time) && self.looks(node, &self.p.index.believing) {
            return false;
        }
        n.changed(Stamp::new(time, pass, 1), Stamp::pass_end(time, pass))
            .is_empty()
    }

    /// How many passes the minds around took that may teach a mind something.
    fn passes_around(&self, node: u32, time: u32) -> u64 {
        let mut passes = 0;
        let mut at = node;
        for _ in 0..self.p.index.longest {
            let Some(parent) = self.nodes[at as usize].parent else {
                break;
            };
            let around = &self.nodes[parent as usize];
            let entry = around.log.get(around.entry_from(time));
            passes = passes.max(entry.filter(|e| e.time == time).map_or(0, |e| e.passes));
            at = parent;
        }
        u64::from(passes)
    }

    /// One pass; returns the instances that fired. With ``only_taught`` the mind's own triggers stay silent.
    fn pass(
        &mut self,
        node: u32,
        parent: u32,
        from: usize,
        time: u32,
        pass: u64,
        only_taught: bool,
    ) -> Result<Vec<Instance>> {
        let p = self.p.clone();
        let n = node as usize;
        let before = if pass == 1 {
            Stamp::new(time, 0, 0)
        } else {
            Stamp::new(time, pass - 1, 1)
        };
        let mut changed = self.keys_between(node, before, Stamp::new(time, pass, 0));
        let start = Stamp::new(time, pass, 0);
        if self.nodes[n].parent.is_some() {
            self.take_lessons(node, parent, from, start, &changed)?;
        }
        if only_taught {
            return Ok(Vec::new());
        }
        changed = if pass == 1 {
            self.keys_between(node, before, start)
        } else {
            self.keys_between(node, start, start)
        };
        let mut at = At { node, stamp: start };
        let wakes = &p.index.setting;
        let mut instances = if time == 0 && pass == 1 {
            of(&p, self, at, &wakes.triggers)?
        } else {
            touched(&p, self, at, wakes, &changed)?
        };
        let owner = self.nodes[n].who;
        let mut fired = Vec::new();
        loop {
            self.beat()?;
            let (sets, _) = fire(&p, self, at, owner, &instances)?;
            fired.extend(instances.iter().cloned());
            if sets.is_empty() {
                break;
            }
            let round = at.stamp.round() + 1;
            if round > ROUNDS {
                return Err(Error::Restless {
                    triggers: names(&p, &instances),
                });
            }
            let mut changed = Vec::new();
            for (key, value) in sets {
                let old = self.nodes[n].version(key, at.stamp);
                changed.push((key, old.map_or(p.initially(key), |v| v.value)));
                self.nodes[n].write(key, value, Stamp::new(time, pass, round));
            }
            at.stamp = Stamp::new(time, pass, round);
            instances = touched(&p, self, at, wakes, &changed)?;
        }
        Ok(fired)
    }

    /// The fluents that changed from one moment to another, both included, and what their values were before.
    pub(super) fn keys_between(&self, node: u32, from: Stamp, to: Stamp) -> Vec<Change> {
        let p = &self.p;
        let node = &self.nodes[node as usize];
        let mut keys: Vec<_> = node.changed(from, to).iter().map(|(_, k)| *k).collect();
        keys.sort_unstable();
        keys.dedup();
        let changed = keys.into_iter().map(|key| {
            let value = |v: Option<super::node::Version>| v.map_or(p.initially(key), |v| v.value);
            let old = from.0.checked_sub(1).map(Stamp);
            let old = value(old.and_then(|stamp| node.version(key, stamp)));
            (key, old, value(node.version(key, to)))
        });
        // What was set to what it was anyway wakes nobody, except where it matters that it was set.
        changed
            .filter(|(key, old, new)| old != new || p.fluents[key.fluent() as usize].keeps)
            .map(|(key, old, _)| (key, old))
            .collect()
    }
}
