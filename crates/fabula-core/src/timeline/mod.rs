//! Stories: the world through all of time, and a tree of minds that are worked out only when somebody asks.
//!
//! Every chain of viewpoints that is asked about has a node; it is brought up to date by replaying what its parent
//! took in. Values are kept with the moment from which they hold, so that any past time can be asked about.

mod entry;
mod imagine;
mod judging;
mod node;
mod query;
mod rebase;
mod replay;
mod rest;
mod seek;
mod stamp;
mod standing;
mod teach;

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use entry::{Entry, Event};
pub use judging::{Grounding, Report, Status};
use node::Node;
pub use query::Witness;
use stamp::Stamp;

use crate::effects::{collapse, gather, Chain, Outcome, Told, What};
use crate::error::{Error, Result};
use crate::eval::{env, Minds};
use crate::expr::{Effect, Expr, Fluent, Mode};
use crate::problem::{Action, ActionParts, Problem};
use crate::value::{Entity, Key, Value};

/// An initial value and, where it was said, exactly who knows it.
pub type Initial = (Fluent, Vec<Entity>, Value, Option<Vec<Entity>>);
/// A value in the mind that a chain of characters leads to (the empty chain is the world).
pub type Belief = (Vec<Entity>, Fluent, Vec<Entity>, Value);

/// Asked now and then during long work: whether to stop.
pub type Pulse = Box<dyn FnMut() -> bool + Send + Sync>;

/// A run of a story.
#[derive(Serialize, Deserialize)]
pub struct Timeline {
    p: Arc<Problem>,
    nodes: Vec<Node>,
    now: u32,
    known_to: FxHashMap<Key, Vec<Entity>>,
    beliefs: Vec<(Chain, Key, Value)>,
    /// Steps that are no action of the problem.
    steps: Vec<(u32, Arc<Action>)>,
    #[serde(skip)]
    pulse: Option<Pulse>,
    #[serde(skip)]
    beats: u32,
    /// Which fluents have a default.
    defaults: Arc<[bool]>,
}

/// One mind at one moment.
#[derive(Clone, Copy, Debug)]
pub struct At {
    node: u32,
    stamp: Stamp,
}

const WORLD: u32 = 0;

impl Timeline {
    /// The beginning of a story, at rest.
    pub fn new(problem: Arc<Problem>, initial: &[Initial], beliefs: &[Belief]) -> Result<Timeline> {
        Timeline::watched(problem, initial, beliefs, None)
    }

    /// The same, with what is asked now and then during long work, from the beginning on.
    pub fn watched(
        problem: Arc<Problem>,
        initial: &[Initial],
        beliefs: &[Belief],
        pulse: Option<Pulse>,
    ) -> Result<Timeline> {
        let defaults = problem.have_defaults();
        let mut tl = Timeline {
            nodes: vec![Node::new(None, None, Chain::new(), defaults.clone())],
            defaults,
            p: problem,
            now: 0,
            known_to: FxHashMap::default(),
            beliefs: Vec::new(),
            steps: Vec::new(),
            pulse,
            beats: 0,
        };
        let p = tl.p.clone();
        for (fluent, args, value, known_to) in initial {
            let key = p.settable(*fluent, args, *value)?;
            tl.nodes[0].write(key, *value, Stamp::new(0, 0, 0));
            if let Some(who) = known_to {
                tl.known_to.insert(key, who.clone());
            }
        }
        for (chain, fluent, args, value) in beliefs {
            let key = p.settable(*fluent, args, *value)?;
            p.check_chain_of(chain)?;
            if chain.is_empty() {
                return Err(Error::Question("a belief needs a believer".to_owned()));
            }
            tl.beliefs.push((collapse(chain), key, *value));
        }
        tl.rest(WORLD, 0, Stamp::end(0))?;
        Ok(tl)
    }

    /// Everything that was worked out so far, for [`Timeline::restore`].
    pub fn save(&self) -> Result<Vec<u8>> {
        postcard::to_stdvec(self).map_err(|e| Error::Question(format!("cannot be saved: {e}")))
    }

    /// What [`Timeline::save`] gave, to go on from. The bytes have to be those: only their form is checked.
    pub fn restore(bytes: &[u8]) -> Result<Timeline> {
        postcard::from_bytes(bytes).map_err(|e| Error::Question(format!("cannot be restored: {e}")))
    }

    /// The problem.
    pub fn problem(&self) -> &Arc<Problem> {
        &self.p
    }

    /// The time of the last step.
    pub fn now(&self) -> u32 {
        self.now
    }

    /// Sets what is asked now and then during long work; true stops it with [`Error::Cancelled`].
    pub fn set_pulse(&mut self, pulse: Option<Pulse>) {
        self.pulse = pulse;
    }

    fn beat(&mut self) -> Result<()> {
        self.beats = self.beats.wrapping_add(1);
        if self.beats % 1024 == 0 && self.pulse.as_mut().is_some_and(|stop| stop()) {
            return Err(Error::Cancelled);
        }
        Ok(())
    }

    fn action(&self, event: &Event) -> Arc<Action> {
        match (event.action as usize).checked_sub(self.p.actions.len()) {
            None => self.p.actions[event.action as usize].clone(),
            Some(i) => self.steps[i].1.clone(),
        }
    }

    /// A step of stated facts: assignments in the world or in minds. Nobody observes it as an event.
    pub fn set(&mut self, assignments: &[Belief]) -> Result<u32> {
        let p = self.p.clone();
        let mut sets = Vec::new();
        let mut told = Vec::new();
        for (chain, fluent, args, value) in assignments {
            let key = p.settable(*fluent, args, *value)?;
            p.check_chain_of(chain)?;
            if chain.is_empty() {
                sets.push((key, *value));
            } else {
                told.push(Told {
                    chain: collapse(chain),
                    what: What::Set(key, *value, Mode::Set),
                });
            }
        }
        self.advance_world(Vec::new(), Outcome { sets, told })
    }

    /// A step of effects without a precondition; `observes` as in an action without parameters.
    pub fn step(&mut self, effects: Vec<Effect>, observes: Option<Expr>) -> Result<u32> {
        let parts = ActionParts {
            effects,
            observes,
            ..ActionParts::default()
        };
        let action = self.p.make_action("a step", parts)?;
        let event = Event {
            action: (self.p.actions.len() + self.steps.len()) as u32,
            args: Default::default(),
            observers: None,
        };
        self.steps.push((self.now + 1, Arc::new(action)));
        let result = self.advance_world(vec![event], Outcome::default());
        if result.is_err() {
            self.steps.pop();
        }
        result
    }

    /// One step of the world: events that happen together, and assignments besides.
    fn advance_world(&mut self, events: Vec<Event>, stated: Outcome) -> Result<u32> {
        let time = self.now + 1;
        self.begin(time);
        self.run_world(time, events, stated)
            .inspect_err(|_| self.truncate(time - 1))
    }

    fn begin(&mut self, time: u32) {
        self.nodes[0].log.push(Entry::new(time));
        self.nodes[0].done = Stamp::new(time, 0, 1);
    }

    fn run_world(&mut self, time: u32, events: Vec<Event>, stated: Outcome) -> Result<u32> {
        self.beat()?;
        let place = self.nodes[0].log.len() - 1;
        self.nodes[0].log[place].events = events.into();
        let mut outcome = self.outcome(WORLD, place, time, false)?;
        outcome.sets.extend(stated.sets);
        outcome.told.extend(stated.told);
        outcome.settle(&self.p, "what happens together")?;
        for (key, value) in outcome.sets {
            self.nodes[0].write(key, value, Stamp::new(time, 0, 2));
        }
        self.nodes[0].log[place].tell(outcome.told);
        self.nodes[0].done = Stamp::new(time, 0, 3);
        self.rest(WORLD, time, Stamp::end(time))?;
        self.nodes[0].done = Stamp::end(time);
        self.now = time;
        Ok(time)
    }

    /// What the events of a node's log entry assign there, or what they make others believe.
    fn outcome(&mut self, node: u32, place: usize, time: u32, beliefs: bool) -> Result<Outcome> {
        let p = self.p.clone();
        let mut outcome = Outcome::default();
        let at = At {
            node,
            stamp: Stamp::new(time, 0, 1),
        };
        let owner = self.nodes[node as usize].who;
        for i in 0..self.nodes[node as usize].log[place].events.len() {
            let event = self.nodes[node as usize].log[place].events[i].clone();
            let mut env = env(&p, &event.args);
            let action = self.action(&event);
            let effects = if beliefs {
                &action.beliefs
            } else {
                &action.facts
            };
            gather(&p, self, at, owner, effects, &mut env, &mut outcome)?;
        }
        Ok(outcome)
    }

    /// Works out what the events of a log entry make others believe: only the minds inside have to know.
    fn hear(&mut self, node: u32, place: usize) -> Result<()> {
        let entry = &self.nodes[node as usize].log[place];
        if !entry.heard {
            let told = self.outcome(node, place, entry.time, true)?.told;
            self.nodes[node as usize].log[place].hear(told);
        }
        Ok(())
    }

    /// Forgets everything after a time.
    pub fn truncate(&mut self, time: u32) {
        for node in &mut self.nodes {
            node.cut(Stamp::end(time));
        }
        self.steps.retain(|(at, _)| *at <= time);
        self.now = self.now.min(time);
    }

    /// Bytes in use, roughly.
    pub fn memory(&self) -> usize {
        self.nodes.iter().map(Node::memory).sum()
    }
}

impl Minds for Timeline {
    type At = At;
    const LATER: bool = true;

    fn moment(&self, at: At) -> u64 {
        at.stamp.0
    }

    fn value(&mut self, at: At, key: Key) -> Result<Value> {
        let found = self.nodes[at.node as usize].version(key, at.stamp);
        Ok(found.map_or_else(|| self.p.initially(key), |v| v.value))
    }

    fn explicit(&mut self, at: At, key: Key) -> Result<bool> {
        Ok(self.nodes[at.node as usize]
            .version(key, at.stamp)
            .is_some())
    }

    fn mind(&mut self, at: At, character: Entity) -> Result<At> {
        if self.nodes[at.node as usize].who == Some(character) {
            return Ok(at);
        }
        let node = self.child(at.node, character)?;
        let stamp = at.stamp.of_beliefs();
        self.catch_up(node, stamp)?;
        Ok(At { node, stamp })
    }

    fn holders(&mut self, at: At, fluent: Fluent, value: Value, out: &mut Vec<Key>) -> Result<()> {
        self.nodes[at.node as usize].holders(fluent, value, at.stamp, out);
        Ok(())
    }

    fn never(&self, at: At, fluent: Fluent) -> bool {
        self.nodes[at.node as usize].never(fluent)
    }

    fn holder_count(&mut self, at: At, fluent: Fluent, value: Value) -> Result<usize> {
        Ok(self.nodes[at.node as usize].holder_count(fluent, value))
    }
}
