//! What happened to a mind at one time, as far as the minds inside it may have to take it in.
//!
//! There is one entry for every event and everybody who takes it in, so it is kept small: what few of them have is
//! behind a box.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use smallvec::SmallVec;

use super::stamp::Stamp;
use crate::effects::{Chain, Told};
use crate::perceive::Args;
use crate::value::{Entity, Key, Value};

/// An event as a mind has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Event {
    /// The action; from the number of the problem's actions on, one of the timeline's own steps.
    pub action: u32,
    /// Its things.
    pub args: Args,
    /// Who inside observes it, once somebody asked.
    pub observers: Option<Arc<[Entity]>>,
}

/// A trigger that fired and makes minds inside believe something.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Lesson {
    /// The moment at which it fired.
    pub stamp: Stamp,
    /// The trigger.
    pub trigger: u32,
    /// Its things.
    pub args: Args,
    /// Whether its precondition held when the mind had come to rest.
    pub lasting: bool,
}

/// What only some entries have.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct More {
    /// Corrections of minds inside this one, before the events.
    pub corrections: Vec<(Chain, Key, Value)>,
    /// Explicit belief effects of the events.
    pub own: Vec<Told>,
    /// Explicit belief effects from further out.
    pub told: Vec<Told>,
    /// Belief effects of triggers further out, with their pass.
    pub patches: Vec<(u64, Told)>,
    /// What the mind's own triggers teach, in the order of passes.
    pub lessons: Vec<Lesson>,
}

/// What happened to a mind at one time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The time.
    pub time: u32,
    /// How many passes the triggers took.
    pub passes: u16,
    /// For how many of them the lessons were found.
    pub learned: u16,
    /// Whether somebody asked for the explicit belief effects of the events.
    pub heard: bool,
    /// Whom corrections, told things, patches and lessons concern: one bit for several characters.
    pub concerned: u64,
    /// The events.
    pub events: SmallVec<[Event; 1]>,
    more: Option<Box<More>>,
}

/// The bit of a character among those concerned.
pub fn bit(character: Entity) -> u64 {
    1 << (character % 64)
}

impl Entry {
    /// An entry with nothing in it.
    pub fn new(time: u32) -> Entry {
        Entry {
            time,
            passes: 0,
            learned: 0,
            heard: false,
            concerned: 0,
            events: SmallVec::new(),
            more: None,
        }
    }

    /// What only some entries have, to add to it.
    pub fn more(&mut self) -> &mut More {
        self.more.get_or_insert_with(Box::default)
    }

    /// Corrections of minds inside this one.
    pub fn corrections(&self) -> &[(Chain, Key, Value)] {
        self.more.as_ref().map_or(&[], |m| &m.corrections)
    }

    /// Explicit belief effects of the events, as far as somebody asked, and those from further out.
    pub fn told(&self) -> impl Iterator<Item = &Told> {
        self.more.iter().flat_map(|m| m.own.iter().chain(&m.told))
    }

    /// Belief effects of triggers further out.
    pub fn patches(&self) -> &[(u64, Told)] {
        self.more.as_ref().map_or(&[], |m| &m.patches)
    }

    /// What the mind's own triggers teach.
    pub fn lessons(&self) -> &[Lesson] {
        self.more.as_ref().map_or(&[], |m| &m.lessons)
    }

    /// The length of the longest chain of minds inside to which something is told.
    pub fn deepest(&self) -> Option<usize> {
        let corrected = self.corrections().iter().map(|(chain, ..)| chain.len());
        let told = self.told().map(|item| item.chain.len());
        let patched = self.patches().iter().map(|(_, item)| item.chain.len());
        corrected.chain(told).chain(patched).max()
    }

    /// Takes down the explicit belief effects of the events.
    pub fn hear(&mut self, own: Vec<Told>) {
        self.heard = true;
        if own.is_empty() {
            return;
        }
        for item in &own {
            self.concern(&item.chain);
        }
        self.more().own = own;
    }

    /// Adds explicit belief effects.
    pub fn tell(&mut self, told: impl IntoIterator<Item = Told>) {
        for item in told {
            self.concern(&item.chain);
            self.more().told.push(item);
        }
    }

    /// Notes the first character of a chain as concerned.
    pub fn concern(&mut self, chain: &[Entity]) {
        self.concerned |= chain.first().map_or(0, |&c| bit(c));
    }

    /// Whether nothing here concerns the minds inside.
    pub fn is_empty(&self) -> bool {
        let more = |m: &More| m.corrections.is_empty() && m.told.is_empty() && m.patches.is_empty();
        self.events.is_empty() && self.more.as_deref().is_none_or(more)
    }

    /// Whether nobody inside can have anything to take in, but for those whose bits are returned: only once an entry
    /// is complete and all of its observers are known (None before).
    pub fn reach(&self) -> Option<u64> {
        let mut reach = self.concerned;
        for event in &self.events {
            for &who in event.observers.as_ref()?.iter() {
                reach |= bit(who);
            }
        }
        Some(reach)
    }

    /// Bytes in use, roughly.
    pub fn memory(&self) -> usize {
        let more = self.more.as_ref().map_or(0, |m| {
            120 + m.lessons.capacity() * 48
                + (m.own.len() + m.told.len() + m.patches.len() + m.corrections.len()) * 56
        });
        let spilled = if self.events.spilled() {
            self.events.capacity() * 48
        } else {
            0
        };
        std::mem::size_of::<Entry>() + spilled + more
    }
}
