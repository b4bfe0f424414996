//! What the minds around one go on teaching it, pass by pass, whether it is new or not.
//!
//! Only what is new in a pass is taken in as it comes; all else is looked up here, fluent by fluent, where it may matter.

use super::stamp::Stamp;
use super::{At, Timeline};
use crate::effects::{gather, Outcome, Told, What};
use crate::error::Result;
use crate::eval::env;
use crate::expr::Mode;
use crate::value::{Entity, Key, Value};
use crate::waking::teaching;

impl Timeline {
    /// Whether a known value that a mind is taught may have to stand against something else that it is taught.
    pub(super) fn contested(&self, parent: u32, key: Key, stamp: Stamp) -> bool {
        let f = key.fluent() as usize;
        let held = || self.nodes[parent as usize].version(key, stamp.within());
        let unknown = || {
            held()
                .map_or(self.p.initially(key), |v| v.value)
                .is_unknown()
        };
        self.p.index.yields[f] || (self.p.index.shown[f] && unknown())
    }

    /// Corrects a fluent against all that the minds around teach in a pass: what comes from further out first, and of
    /// each of them what no longer held when it had come to rest, then what made it unknown, then the rest.
    pub(super) fn be_taught(&mut self, node: u32, key: Key, stamp: Stamp) -> Result<()> {
        let p = self.p.clone();
        if p.index.teaches[key.fluent() as usize].is_empty() {
            return Ok(());
        }
        let chain = self.nodes[node as usize].chain.clone();
        let mut around = Vec::new();
        let mut at = node;
        while let (Some(parent), true) = (
            self.nodes[at as usize].parent,
            around.len() < p.index.longest,
        ) {
            around.push(parent);
            at = parent;
        }
        let mut taught: Vec<(Value, Mode)> = Vec::new();
        for (i, &around) in around.iter().enumerate().rev() {
            let path = &chain[chain.len() - 1 - i..];
            for (value, mode, lasts) in self.said_about(node, around, path, key, stamp)? {
                self.be_told(node, key, value, mode, stamp);
                taught.extend(lasts.then_some((value, mode)));
            }
        }
        let held = self.nodes[node as usize].version(key, stamp);
        let held = held.map_or(p.initially(key), |v| v.value);
        let overruled = taught.iter().any(|(value, mode)| match mode {
            Mode::Set => *value != held,
            Mode::Not => *value == held,
            Mode::Told => false,
        });
        self.nodes[node as usize].overrule(key, stamp, overruled);
        Ok(())
    }

    /// What the triggers of a mind around teach in a pass about a fluent of the mind at the end of a path.
    fn said_about(
        &mut self,
        node: u32,
        around: u32,
        path: &[Entity],
        key: Key,
        stamp: Stamp,
    ) -> Result<Vec<(Value, Mode, bool)>> {
        let p = self.p.clone();
        let held = self.nodes[node as usize].version(key, stamp);
        let held = held.map_or(p.initially(key), |v| v.value);
        let end = stamp.within().min(self.nodes[around as usize].done);
        let at = At {
            node: around,
            stamp: end,
        };
        let mut passing = Vec::new();
        let mut rounds: Vec<Stamp> = self.nodes[around as usize]
            .changed(Stamp(stamp.0 + 1), end)
            .iter()
            .map(|(moment, _)| Stamp(moment.0 - 1))
            .collect();
        rounds.dedup();
        for moment in rounds {
            let at = At {
                node: around,
                stamp: moment,
            };
            for instance in teaching(&p, self, at, path, key, None)? {
                passing.push((at, instance));
            }
        }
        let mut lasting = Vec::new();
        if passing.is_empty() {
            lasting = teaching(&p, self, at, path, key, Some(held))?;
        }
        if !(passing.is_empty() && lasting.is_empty()) {
            lasting = teaching(&p, self, at, path, key, None)?;
        }
        passing.retain(|(_, instance)| !lasting.contains(instance));
        let first = passing.len();
        passing.extend(lasting.into_iter().map(|instance| (at, instance)));
        let owner = self.nodes[around as usize].who;
        let mut first_said = Vec::new();
        let mut said = Vec::new();
        for (i, (at, (trigger, args))) in passing.into_iter().enumerate() {
            let effects = &p.triggers[trigger as usize].effects;
            let mut outcome = Outcome::default();
            let mut env = env(&p, &args);
            gather(&p, self, at, owner, effects, &mut env, &mut outcome)?;
            for item in outcome.told {
                if *item.chain == *path {
                    let what = self.about(node, item, key)?;
                    let lasts = i >= first;
                    let list = if lasts { &mut said } else { &mut first_said };
                    list.extend(what.map(|(value, mode)| (value, mode, lasts)));
                }
            }
        }
        // Of what lasts, a known value beats unknown: it comes last.
        said.sort_by_key(|(value, mode, _)| *mode != Mode::Set || !value.is_unknown());
        first_said.append(&mut said);
        Ok(first_said)
    }

    /// What an effect says about one fluent of a mind.
    fn about(&mut self, node: u32, mut item: Told, key: Key) -> Result<Option<(Value, Mode)>> {
        while !item.chain.is_empty() {
            item = item.inner();
        }
        let p = self.p.clone();
        let what = match item.what {
            What::Inside(inside, moment) => {
                let at = At {
                    node,
                    stamp: Stamp(moment),
                };
                inside.work_out(&p, self, at)?
            }
            What::Absent(f, place, moment) => {
                let about = f == key.fluent();
                return Ok((about && self.is_gone(node, key, place, Stamp(moment))?)
                    .then_some((Value::Entity(place), Mode::Not)));
            }
            what => Some(what),
        };
        Ok(match what {
            Some(What::Set(about, value, mode)) if about == key => Some((value, mode)),
            _ => None,
        })
    }
}
