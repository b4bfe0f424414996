//! What the triggers of a mind teach the minds inside it: found only when one of those minds is asked about.
//!
//! Of every trigger instance only its things are noted; each mind inside works out for itself what that tells it.

use super::entry::{bit, Lesson};
use super::stamp::{Stamp, LAST};
use super::{At, Timeline};
use crate::effects::{elsewhere, gather, Outcome, Told, What};
use crate::error::Result;
use crate::eval::{env, truth};
use crate::expr::{Fluent, Mode};
use crate::firing::{agree, gives_up, names};
use crate::index::Slot;
use crate::problem::Problem;
use crate::value::{Entity, Key, Value};
use crate::waking::{of, touched, Instance};

/// Whether a trigger instance may make a character believe something.
fn concerns(p: &Problem, lesson: &Lesson, who: Entity) -> bool {
    let pupils = &p.index.pupils[lesson.trigger as usize];
    pupils.iter().any(|slot| match *slot {
        Slot::Thing(x) => x == who,
        Slot::Param(v) => lesson.args[v as usize] == who,
        _ => true,
    })
}

impl Timeline {
    /// Finds what a mind's triggers taught at one time up to a pass, as far as its passes have come.
    pub(super) fn teach(&mut self, node: u32, place: usize, pass: u64) -> Result<()> {
        let n = node as usize;
        let p = self.p.clone();
        if p.index.teaching.triggers.is_empty() {
            return Ok(());
        }
        loop {
            let entry = &self.nodes[n].log[place];
            if u64::from(entry.learned) >= u64::from(entry.passes).min(pass) {
                return Ok(());
            }
            let (time, pass) = (entry.time, u64::from(entry.learned) + 1);
            let lessons = self.lessons(node, time, pass)?;
            let entry = &mut self.nodes[n].log[place];
            for lesson in lessons {
                for slot in &p.index.pupils[lesson.trigger as usize] {
                    entry.concerned |= match *slot {
                        Slot::Thing(x) => bit(x),
                        Slot::Param(v) => bit(lesson.args[v as usize]),
                        _ => u64::MAX,
                    };
                }
                entry.more().lessons.push(lesson);
            }
            entry.learned = pass as u16;
        }
    }

    fn lessons(&mut self, node: u32, time: u32, pass: u64) -> Result<Vec<Lesson>> {
        let p = self.p.clone();
        let wakes = &p.index.teaching;
        let start = Stamp::new(time, pass, 0);
        let from = if pass == 1 {
            Stamp::new(time, 0, 0)
        } else {
            start
        };
        let mut at = At { node, stamp: start };
        let mut instances = if time == 0 && pass == 1 {
            of(&p, self, at, &wakes.triggers)?
        } else {
            let changed = self.keys_between(node, from, start);
            touched(&p, self, at, wakes, &changed)?
        };
        let mut out: Vec<(Stamp, Instance)> = Vec::new();
        loop {
            out.extend(instances.into_iter().map(|i| (at.stamp, i)));
            let next = Stamp::new(time, pass, at.stamp.round() + 1);
            if self.nodes[node as usize].changed(next, next).is_empty() {
                break;
            }
            at.stamp = next;
            let changed = self.keys_between(node, next, next);
            instances = touched(&p, self, at, wakes, &changed)?;
        }
        let mut lasting = Vec::new();
        let mut passing = Vec::new();
        for (stamp, instance) in out {
            let precondition = &p.triggers[instance.0 as usize].precondition;
            // What was taught earlier in this pass may have changed since: what is so at its end is taught last.
            if at.stamp == start
                || truth(&p, self, at, precondition, &mut env(&p, &instance.1))?.holds()
            {
                lasting.push(instance);
            } else {
                passing.push((stamp, instance, false));
            }
        }
        lasting.sort_unstable();
        lasting.dedup();
        passing.extend(lasting.into_iter().map(|i| (at.stamp, i, true)));
        let lessons = passing
            .into_iter()
            .map(|(stamp, instance, lasting)| Lesson {
                stamp,
                trigger: instance.0,
                args: instance.1.as_slice().into(),
                lasting,
            });
        Ok(lessons.collect())
    }

    /// Whether a later pass of the mind around teaches a character something.
    pub(super) fn more_to_learn(&self, parent: u32, from: usize, who: Entity, pass: u64) -> bool {
        let entry = &self.nodes[parent as usize].log[from];
        let patched = |patch: &(u64, Told)| patch.0 > pass && patch.1.chain[0] == who;
        let taught = |l: &Lesson| l.stamp.pass() > pass && concerns(&self.p, l, who);
        entry.patches().iter().any(patched) || entry.lessons().iter().any(taught)
    }

    /// The triggers of the mind around that went on teaching a character, for an error.
    pub(super) fn teachers(&self, parent: u32, from: usize, who: Option<Entity>) -> Vec<String> {
        let Some(node) = self.nodes.get(parent as usize) else {
            return Vec::new();
        };
        let last =
            |l: &&Lesson| l.stamp.pass() > 2 && who.is_some_and(|who| concerns(&self.p, l, who));
        let taught = node.log[from].lessons().iter().filter(last);
        let instances: Vec<Instance> = taught.map(|l| (l.trigger, env(&self.p, &[]))).collect();
        names(&self.p, &instances)
    }

    /// What the triggers of the mind around teach a mind in a pass, seen from that mind.
    pub(super) fn coming(
        &mut self,
        parent: u32,
        from: usize,
        who: Entity,
        pass: u64,
    ) -> Result<Vec<Told>> {
        let p = self.p.clone();
        self.teach(parent, from, pass)?;
        let mut out = Vec::new();
        for (when, item) in self.nodes[parent as usize].log[from].patches() {
            if *when == pass && item.chain[0] == who {
                out.push(item.inner());
            }
        }
        let owner = self.nodes[parent as usize].who;
        let lessons = &self.nodes[parent as usize].log[from].lessons();
        let start = lessons.partition_point(|l| l.stamp.pass() < pass);
        let mut lasting: Vec<(u32, usize)> = Vec::new();
        let mut i = start;
        while let Some(lesson) = self.nodes[parent as usize].log[from].lessons().get(i) {
            i += 1;
            if lesson.stamp.pass() != pass {
                break;
            }
            if !concerns(&p, lesson, who) {
                continue;
            }
            let (trigger, stamp, last) = (lesson.trigger, lesson.stamp, lesson.lasting);
            let mut env = env(&p, &lesson.args);
            let at = At {
                node: parent,
                stamp,
            };
            let mut outcome = Outcome::default();
            let effects = &p.triggers[trigger as usize].effects;
            gather(&p, self, at, owner, effects, &mut env, &mut outcome)?;
            for item in outcome.told {
                if item.chain[0] == who {
                    if last {
                        lasting.push((trigger, out.len()));
                    }
                    out.push(item.inner());
                }
            }
        }
        let several = lasting.windows(2).any(|w| w[0].0 != w[1].0) || lasting.len() > 1;
        if several {
            let items = lasting.iter();
            agree(
                &p,
                items.map(|&(trigger, i)| (trigger, std::slice::from_ref(&out[i]))),
            )?;
            // A known value beats unknown: it comes last.
            let mut last: Vec<Told> = lasting.iter().map(|&(_, i)| out[i].clone()).collect();
            last.sort_by_key(|item| !gives_up(&item.what));
            for (&(_, i), item) in lasting.iter().zip(last) {
                out[i] = item;
            }
        }
        Ok(out)
    }

    /// Applies an explicit belief effect to a mind; the fluents that it was about.
    pub(super) fn take(&mut self, node: u32, item: &What, stamp: Stamp) -> Result<Vec<Key>> {
        let p = self.p.clone();
        match item {
            What::Set(key, value, mode) => {
                self.be_told(node, *key, *value, *mode, stamp);
                Ok(vec![*key])
            }
            What::Inside(inside, moment) => {
                let at = At {
                    node,
                    stamp: Stamp(*moment),
                };
                match inside.work_out(&p, self, at)? {
                    Some(What::Set(key, value, mode)) => {
                        self.be_told(node, key, value, mode, stamp);
                        Ok(vec![key])
                    }
                    _ => Ok(Vec::new()),
                }
            }
            What::Absent(f, place, moment) => {
                let keys = self.held_at(node, *f, *place, stamp);
                let mut gone = Vec::new();
                for key in keys {
                    if self.is_gone(node, key, *place, Stamp(*moment))? {
                        let place = Value::Entity(*place);
                        self.be_told(node, key, place, Mode::Not, stamp);
                        gone.push(key);
                    }
                }
                Ok(gone)
            }
        }
    }

    /// What a mind holds to be at a place.
    fn held_at(&mut self, node: u32, f: Fluent, place: Entity, stamp: Stamp) -> Vec<Key> {
        let p = self.p.clone();
        let mut keys = Vec::new();
        if p.fluents[f as usize].default == Value::Entity(place) {
            let members = &p.members[p.fluents[f as usize].params[0] as usize];
            keys.extend(members.iter().filter_map(|&x| p.key(f, &[x])));
        } else {
            self.nodes[node as usize].holders(f, Value::Entity(place), stamp, &mut keys);
            keys.sort_unstable();
        }
        keys
    }

    /// Whether the mind around knew at a moment that something is not at a place.
    pub(super) fn is_gone(
        &mut self,
        node: u32,
        key: Key,
        place: Entity,
        stamp: Stamp,
    ) -> Result<bool> {
        let p = self.p.clone();
        let Some(parent) = self.nodes[node as usize].parent else {
            return Ok(false);
        };
        let at = At {
            node: parent,
            stamp,
        };
        let x = p.arg(key, 0, 1);
        elsewhere(&p, self, at, (key.fluent(), x), place)
    }

    /// Takes in what the triggers of the minds around this one make it believe in a pass.
    pub(super) fn take_lessons(
        &mut self,
        node: u32,
        parent: u32,
        from: usize,
        stamp: Stamp,
        changed: &[(Key, Value)],
    ) -> Result<()> {
        let n = node as usize;
        let mut known: Vec<Key> = Vec::new();
        if let (Some(who), true) = (self.nodes[n].who, parent != u32::MAX) {
            // Of one fluent there may be more to take in than what is new, and in the right order: where triggers out
            // there fired in several rounds, and where what is new gives way to what others go on teaching.
            let (first, last) = (stamp.0 + 1, stamp.0 | LAST);
            let around = &self.nodes[parent as usize];
            let moved = !around.changed(Stamp(first), Stamp(last)).is_empty();
            let mut whole: Vec<Key> = Vec::new();
            let mine = self.coming(parent, from, who, stamp.pass())?;
            let place = self.nodes[n].entry_from(stamp.time());
            for item in mine {
                match item.what {
                    _ if !item.chain.is_empty() => {
                        let entry = &mut self.nodes[n].log[place];
                        entry.concern(&item.chain);
                        entry.more().patches.push((stamp.pass(), item));
                    }
                    What::Set(key, value, mode)
                        if moved
                            || value.is_unknown()
                            || mode != Mode::Set
                            || self.contested(parent, key, stamp) =>
                    {
                        whole.push(key);
                    }
                    _ => {
                        let again = moved || matches!(item.what, What::Inside(..));
                        let keys = self.take(node, &item.what, stamp)?;
                        whole.extend(keys.iter().filter(|_| again));
                        known.extend(keys);
                    }
                }
            }
            whole.sort_unstable();
            whole.dedup();
            for &key in &whole {
                self.be_taught(node, key, stamp)?;
            }
            known.append(&mut whole);
        }
        let changed = changed.iter().map(|(key, _)| *key);
        for key in changed.chain(self.nodes[n].overruled()) {
            if !known.contains(&key) {
                self.be_taught(node, key, stamp)?;
                known.push(key);
            }
        }
        Ok(())
    }
}

impl Told {
    /// What is told seen from the first mind of its chain.
    pub(super) fn inner(&self) -> Told {
        let what = match &self.what {
            What::Inside(inside, moment) => {
                What::Inside(inside.clone(), Stamp(*moment).of_beliefs().0)
            }
            what => what.clone(),
        };
        Told {
            chain: self.chain[1..].into(),
            what,
        }
    }
}
