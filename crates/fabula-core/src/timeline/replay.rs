//! Brings minds up to date: what a mind takes in of its parent's log.

use std::sync::Arc;

use super::entry::{bit, Entry, Event};
use super::node::Node;
use super::stamp::{Stamp, LAST};
use super::{At, Timeline, WORLD};
use crate::effects::{told, Told};
use crate::error::{Error, Result};
use crate::eval::{env, truth};
use crate::expr::Mode;
use crate::perceive::{as_seen, observers};
use crate::problem::Action;
use crate::surprise::{merge, Surprise};
use crate::value::{Entity, Key, Value};

const SURPRISED: Stamp = Stamp::new(0, 0, 1);

impl Timeline {
    /// The node of a character's mind inside another, made when it is asked about for the first time.
    pub(super) fn child(&mut self, parent: u32, who: Entity) -> Result<u32> {
        if let Some(&child) = self.nodes[parent as usize].children.get(&who) {
            return Ok(child);
        }
        let p = self.p.clone();
        let origin = Stamp::new(0, 0, LAST);
        let mut chain = self.nodes[parent as usize].chain.clone();
        chain.push(who);
        let mut node = Node::new(Some(who), Some(parent), chain, self.defaults.clone());
        let at = At {
            node: parent,
            stamp: origin,
        };
        let first: Vec<Key> = self.nodes[parent as usize]
            .changed(Stamp(0), origin)
            .iter()
            .map(|(_, key)| *key)
            .collect();
        for key in first {
            let value = self.nodes[parent as usize]
                .version(key, origin)
                .map_or(Value::Unknown, |v| v.value);
            let default = p.initially(key);
            let known = match (
                self.known_to.get(&key),
                &p.fluents[key.fluent() as usize].known,
            ) {
                (Some(list), _) => list.contains(&who),
                (None, None) => true,
                (None, Some(known)) => {
                    let args = p.args(key);
                    let mut env = env(&p, &args);
                    env[args.len()] = who;
                    truth(&p, self, at, known, &mut env)?.holds()
                }
            };
            if known {
                node.write(key, value, Stamp::new(0, 0, 0));
            } else if value != default {
                node.write(key, Value::Unknown, Stamp::new(0, 0, 0));
            }
        }
        for (chain, key, value) in &self.beliefs {
            if *chain == node.chain {
                node.write(*key, *value, Stamp::new(0, 0, 0));
            }
        }
        let id = self.nodes.len() as u32;
        self.nodes.push(node);
        self.nodes[parent as usize].children.insert(who, id);
        Ok(id)
    }

    /// Replays a mind's parent up to a moment.
    pub(super) fn catch_up(&mut self, node: u32, target: Stamp) -> Result<()> {
        let Some(parent) = self.nodes[node as usize].parent else {
            return Ok(());
        };
        if self.nodes[node as usize].done >= target {
            return Ok(());
        }
        // What the parent's own surprise corrects in this mind comes before everything else.
        let surprised = Stamp(Stamp::new(target.time(), 0, 0).0 + SURPRISED.0);
        self.catch_up(parent, target.max(surprised))?;
        let mut place =
            self.nodes[parent as usize].entry_from(self.nodes[node as usize].done.time());
        loop {
            place = self.pass_over(node, parent, place, target);
            let done = self.nodes[node as usize].done;
            let Some(entry) = self.nodes[parent as usize].log.get(place) else {
                break;
            };
            let time = entry.time;
            if Stamp::end(time) <= done {
                place += 1;
                continue;
            }
            if time > target.time() {
                break;
            }
            let until = if time < target.time() {
                Stamp::end(time)
            } else {
                target
            };
            if done >= until {
                break;
            }
            self.beat()?;
            let complete = until == Stamp::end(time);
            if complete {
                self.hear(parent, place)?;
                self.teach(parent, place, LAST)?;
            }
            if complete && self.misses(node, parent, place) {
                self.nodes[node as usize].done = until;
            } else if let Err(error) = self.take_in(node, parent, place, until) {
                self.cut_tree(node, Stamp::before(time));
                return Err(error);
            }
            let around = &mut self.nodes[parent as usize];
            if complete && around.reach.len() == place {
                let reach = around.log[place].reach();
                around.reach.extend(reach.map(|bits| (time, bits)));
            }
        }
        let done = &mut self.nodes[node as usize].done;
        *done = (*done).max(target);
        Ok(())
    }

    /// Leaves out the entries of the parent's log that are known not to reach a mind; the place of the next one.
    fn pass_over(&mut self, node: u32, parent: u32, place: usize, target: Stamp) -> usize {
        let n = &self.nodes[node as usize];
        let Some(who) = n.who else {
            return place;
        };
        let known = self.nodes[parent as usize]
            .reach
            .get(place..)
            .unwrap_or(&[]);
        let done = n.done.time();
        let missed = known
            .iter()
            .take_while(|&&(time, bits)| {
                time > done && bits & bit(who) == 0 && Stamp::end(time) <= target
            })
            .count();
        if let Some(&(time, _)) = known[..missed].last() {
            self.nodes[node as usize].done = Stamp::end(time);
        }
        place + missed
    }

    /// Whether nothing in a complete entry of the parent's log reaches a mind, as far as that is known already.
    fn misses(&self, node: u32, parent: u32, from: usize) -> bool {
        let n = &self.nodes[node as usize];
        let entry = &self.nodes[parent as usize].log[from];
        let Some(who) = n.who else { return false };
        let unseen = |e: &Event| {
            e.observers
                .as_ref()
                .is_some_and(|list| list.binary_search(&who).is_err())
        };
        n.done < Stamp::new(entry.time, 0, 0)
            && !n.overrules()
            && entry.time > 0
            && entry.concerned & bit(who) == 0
            && entry.events.iter().all(unseen)
    }

    fn cut_tree(&mut self, node: u32, stamp: Stamp) {
        self.nodes[node as usize].cut(stamp);
        let children: Vec<u32> = self.nodes[node as usize]
            .children
            .values()
            .copied()
            .collect();
        for child in children {
            self.cut_tree(child, stamp);
        }
    }

    /// Takes in one entry of the parent's log, as far as a moment.
    fn take_in(&mut self, node: u32, parent: u32, from: usize, until: Stamp) -> Result<()> {
        let time = until.time();
        let n = node as usize;
        let mut place = self.nodes[n].entry_from(time);
        if self.nodes[n].log.get(place).is_none_or(|e| e.time != time) {
            place = self.nodes[n].log.len();
            self.nodes[n].log.push(Entry::new(time));
        }
        for phase in 0..3 {
            let moment = Stamp::new(time, 0, [0, 1, 3][phase]);
            if self.nodes[n].done >= moment {
                continue;
            }
            if moment > until {
                return Ok(());
            }
            match phase {
                0 => self.be_corrected(node, parent, from, place, time),
                1 => self.be_surprised(node, parent, from, place, time)?,
                _ => self.take_effects(node, parent, from, place, time)?,
            }
            self.nodes[n].done = moment;
        }
        self.rest_below(node, parent, from, time, until)?;
        if self.nodes[n].done >= Stamp::end(time) && time > 0 && self.says_nothing(node, place) {
            self.nodes[n].log.pop();
        }
        Ok(())
    }

    /// Whether the minds inside have nothing to take in of an entry.
    fn says_nothing(&self, node: u32, place: usize) -> bool {
        let n = &self.nodes[node as usize];
        let entry = &n.log[place];
        let (from, to) = (Stamp::new(entry.time, 0, 0), Stamp::end(entry.time));
        let teaching = &self.p.index.teaching;
        let taught = !teaching.triggers.is_empty() && !n.changed(from, to).is_empty();
        entry.is_empty() && !taught
    }

    fn be_corrected(&mut self, node: u32, parent: u32, from: usize, place: usize, time: u32) {
        let who = self.nodes[node as usize].who;
        for i in 0..self.nodes[parent as usize].log[from].corrections().len() {
            let (chain, key, value) = &self.nodes[parent as usize].log[from].corrections()[i];
            if chain.first().copied() != who {
                continue;
            }
            let (rest, key, value) = (chain[1..].into(), *key, *value);
            self.correct(node, place, (rest, key, value), Stamp::new(time, 0, 0));
        }
    }

    fn correct(
        &mut self,
        node: u32,
        place: usize,
        correction: crate::surprise::Correction,
        stamp: Stamp,
    ) {
        let (chain, key, value) = correction;
        if chain.is_empty() {
            self.be_told(node, key, value, Mode::Set, stamp);
        } else {
            let entry = &mut self.nodes[node as usize].log[place];
            entry.concern(&chain);
            entry.more().corrections.push((chain, key, value));
        }
    }

    fn be_surprised(
        &mut self,
        node: u32,
        parent: u32,
        from: usize,
        place: usize,
        time: u32,
    ) -> Result<()> {
        let p = self.p.clone();
        let Some(who) = self.nodes[node as usize].who else {
            return Ok(());
        };
        let actual = At {
            node: parent,
            stamp: Stamp::new(time, 0, 1),
        };
        let mind = At {
            node,
            stamp: Stamp::new(time, 0, 0),
        };
        let mut all = Vec::new();
        for i in 0..self.nodes[parent as usize].log[from].events.len() {
            let event = self.nodes[parent as usize].log[from].events[i].clone();
            let action = self.action(&event);
            let watching = match event.observers {
                Some(list) => list,
                None => {
                    let list: Arc<[Entity]> =
                        observers(&p, self, actual, &action, &event.args)?.into();
                    self.nodes[parent as usize].log[from].events[i].observers = Some(list.clone());
                    list
                }
            };
            if watching.binary_search(&who).is_err() {
                continue;
            }
            let (other, args, looks) = as_seen(&p, self, actual, &action, &event.args, who)?;
            let seen: &Action = other.map_or(&action, |a| &p.actions[a as usize]);
            let surprise = Surprise {
                p: &p,
                actual,
                mind,
                observer: who,
                looks: &looks,
            };
            all.extend(surprise.corrections(
                self,
                &seen.precondition,
                &mut env(&p, &event.args),
            )?);
            let action = other.unwrap_or(event.action);
            self.nodes[node as usize].log[place].events.push(Event {
                action,
                args,
                observers: None,
            });
        }
        for correction in merge(all) {
            self.correct(node, place, correction, Stamp::new(time, 0, 1));
        }
        Ok(())
    }

    fn take_effects(
        &mut self,
        node: u32,
        parent: u32,
        from: usize,
        place: usize,
        time: u32,
    ) -> Result<()> {
        let p = self.p.clone();
        if !self.nodes[node as usize].log[place].events.is_empty() {
            let mut outcome = self.outcome(node, place, time, false)?;
            outcome.settle(&p, "what happens together, as somebody sees it,")?;
            for (key, value) in outcome.sets {
                self.nodes[node as usize].write(key, value, Stamp::new(time, 0, 2));
            }
        }
        self.hear(parent, from)?;
        let who = self.nodes[node as usize].who;
        let entry = &self.nodes[parent as usize].log[from];
        let mine = entry.told().filter(|t| t.chain.first().copied() == who);
        let mine: Vec<Told> = mine.map(Told::inner).collect();
        for item in mine {
            if item.chain.is_empty() {
                self.take(node, &item.what, Stamp::new(time, 0, 3))?;
            } else {
                self.nodes[node as usize].log[place].tell([item]);
            }
        }
        Ok(())
    }

    /// Gives a mind's fluent a value that it is told; true when that changes something.
    pub(super) fn be_told(
        &mut self,
        node: u32,
        key: Key,
        value: Value,
        mode: Mode,
        stamp: Stamp,
    ) -> bool {
        let p = &self.p;
        let node = &mut self.nodes[node as usize];
        let version = node.version(key, stamp);
        let old = version.map_or(p.initially(key), |v| v.value);
        match told(p, key, value, mode, old, version.is_some()) {
            Some(value) => node.write(key, value, stamp),
            // Said again, or said of what was never mentioned: from now on it counts as set.
            None if mode != Mode::Not && version.is_none() && old == value => {
                node.write(key, value, stamp);
                false
            }
            None => false,
        }
    }

    /// The node of a chain of characters, up to date with a time.
    pub(super) fn at(&mut self, time: u32, chain: &[Entity]) -> Result<At> {
        if time > self.now {
            return Err(Error::Question(format!(
                "time {time} has not come: it is {}",
                self.now
            )));
        }
        self.p.check_chain_of(chain)?;
        let mut node = WORLD;
        for c in crate::effects::collapse(chain) {
            if self.nodes[node as usize].who == Some(c) {
                continue;
            }
            node = self.child(node, c)?;
        }
        let stamp = Stamp::end(time);
        self.catch_up(node, stamp)?;
        Ok(At { node, stamp })
    }
}
