//! The search's own states: ground, packed, each of them once, and made from each other in a microsecond.
//!
//! [`Ground`] follows the same definitions as [`crate::universe`], and hands to it what is out of the ordinary (minds on
//! longer cycles of belief, surprises about beliefs); tests hold the two together.

mod apart;
mod breadth;
mod build;
mod codes;
mod course;
mod fast;
mod fire;
mod follow;
mod form;
mod generate;
mod graph;
mod pass;
mod reach;
pub mod relax;
mod rivals;
mod settle;
mod simple;
mod slots;
mod slow;
mod store;
mod surprised;
mod task;

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

pub use build::Unsupported;
pub use form::Char;
pub use task::{Act, Task};

use codes::Codes;
use course::Courses;
use form::{Eval, View};
use slots::Slots;
use store::Store;

use crate::error::{Error, Result};
use crate::problem::Problem;
use crate::universe::{State, Universe};
use crate::value::{Key, Value};

/// A state.
pub type Node = u32;

type Words = SmallVec<[u64; 8]>;
type Edges = SmallVec<[u32; 12]>;

/// Nobody's mind: what is actual.
const ACTUAL: u8 = u8::MAX;

/// Courses are worth their making after so many events; one that is out of the ordinary counts as [`ODD`] of them.
const SOON: u32 = 400;
const ODD: u32 = 100;

/// A ground problem with the states met so far.
pub struct Ground {
    pub(crate) p: Arc<Problem>,
    pub(crate) task: Arc<Task>,
    codes: Codes,
    store: Store,
    /// After a state (as whose mind) and an action: the state, or a trail of states that ends in it.
    memo: FxHashMap<u64, u32>,
    trails: Vec<SmallVec<[Node; 4]>>,
    /// After a state that is not at rest (as whose mind), the next pass of its triggers.
    next: FxHashMap<(Node, u8), Node>,
    /// The same from the slow kernel, which tells no trails.
    slowly: FxHashMap<u64, Node>,
    /// What is being worked out, to notice cycles.
    active: Vec<u64>,
    /// Triggers already listed, by the number of the listing.
    stamps: Vec<u32>,
    stamp: u32,
    /// Minds settled one by one since the event began.
    spent: usize,
    generator: generate::Generator,
    courses: Courses,
    /// After a mind, as whose it is, and a course of it.
    followed: Slots,
    /// Events so far that were worked out without courses.
    events: u32,
    /// The minds that are being worked out.
    opened: Vec<follow::Open>,
    /// The first state of each component of states that believe in each other, by its form.
    shapes: FxHashMap<Vec<u64>, Node>,
    /// These components in the order of their numbers: the first state, and how many there are.
    cycles: Vec<(Node, u32)>,
    universe: Universe,
    known_there: FxHashMap<Node, State>,
    known_here: FxHashMap<State, Node>,
    first: Node,
    /// How many states the slow kernel had to make.
    pub slow_steps: usize,
}

impl Ground {
    /// Grounds the problem of a universe.
    pub fn new(universe: Universe) -> std::result::Result<Result<Ground>, Unsupported> {
        let p = universe.problem().clone();
        let states = universe.reachable_states();
        let contents: Vec<&[(Key, Value)]> =
            states.iter().map(|&s| universe.set_values(s)).collect();
        let (task, codes) = build::build(&p, &contents)?;
        let start = universe.initial();
        let store = Store::new(codes.width, task.characters.len());
        let every = (0..task.acts.len() as u32).collect();
        let lits = |a: u32| &task.acts[a as usize].lits[..];
        let generator = generate::Generator::new(&codes, every, &lits);
        let courses = Courses::new(&task, &codes);
        let mut ground = Ground {
            p,
            stamps: vec![0; task.trigs.len()],
            task: Arc::new(task),
            codes,
            store,
            memo: FxHashMap::default(),
            trails: Vec::new(),
            next: FxHashMap::default(),
            slowly: FxHashMap::default(),
            active: Vec::new(),
            stamp: 0,
            spent: 0,
            generator,
            courses,
            followed: Slots::new(1 << 20),
            events: 0,
            opened: Vec::new(),
            shapes: FxHashMap::default(),
            cycles: Vec::new(),
            universe,
            known_there: FxHashMap::default(),
            known_here: FxHashMap::default(),
            first: 0,
            slow_steps: 0,
        };
        Ok(ground.import(start, ACTUAL).map(|first| {
            ground.first = first;
            ground
        }))
    }

    /// The first state.
    pub fn initial(&self) -> Node {
        self.first
    }

    /// Says that there will be many events: what is remembered of them is worth its making from the first one on.
    pub fn expect_many(&mut self) {
        self.events = SOON;
    }

    /// How many states were met.
    pub fn size(&self) -> usize {
        self.store.len()
    }

    /// Bytes that the states and what is remembered of them take.
    pub fn bytes(&self) -> usize {
        self.store.bytes()
            + self.memo.capacity() * 13
            + self.trails.capacity() * 24
            + self.followed.bytes()
            + self.courses.bytes()
    }

    /// Bytes that the states alone take.
    pub fn state_bytes(&self) -> usize {
        self.store.bytes()
    }

    /// Forgets which state follows which; the states stay.
    pub fn forget(&mut self) {
        self.memo.clear();
        self.trails.clear();
        self.slowly.clear();
        self.next.clear();
        self.followed.clear();
        self.courses.forget();
    }

    /// What a character believes in a state.
    pub fn belief(&self, node: Node, c: Char) -> Node {
        self.store.mind(node, usize::from(c))
    }

    /// How good a state is for a character, or for the author (None).
    pub fn utility(&self, node: Node, who: Option<Char>) -> f64 {
        let val = &self.task.utilities[who.map_or(0, |c| usize::from(c) + 1)];
        let value = self.eval().val(self.store.view(node), val);
        value.as_number().unwrap_or(0.0)
    }

    /// Whether an action's precondition holds in a state.
    #[inline]
    pub fn holds(&self, node: Node, act: u32) -> bool {
        let act = &self.task.acts[act as usize];
        let words = self.store.words(node);
        act.lits.iter().all(|lit| lit.holds(words))
            && (act.rest.is_empty() || {
                let (ev, view) = (self.eval(), self.store.view(node));
                act.rest.iter().all(|f| ev.holds(view, f))
            })
    }

    /// Whether an action is possible: its precondition holds, and everybody who consents to it believes so.
    #[inline]
    pub fn possible(&self, node: Node, act: u32) -> bool {
        self.holds(node, act) && self.agreed(node, act)
    }

    /// Whether everybody who consents to an action believes its precondition.
    #[inline]
    pub fn agreed(&self, node: Node, act: u32) -> bool {
        let consenting = &self.task.acts[act as usize].consenting;
        consenting.iter().all(|&c| {
            let mind = self.belief(node, c);
            mind == node || self.holds(mind, act)
        })
    }

    /// Appends the actions that the values of a state do not rule out at once.
    fn listed(&self, node: Node, out: &mut Vec<u32>) {
        self.generator
            .list(self.store.words(node), &self.codes, out);
    }

    /// Appends the actions whose precondition holds, in order.
    pub fn applicable(&self, node: Node, out: &mut Vec<u32>) {
        let from = out.len();
        self.listed(node, out);
        let mut kept = from;
        for i in from..out.len() {
            if self.holds(node, out[i]) {
                out[kept] = out[i];
                kept += 1;
            }
        }
        out.truncate(kept);
        out[from..].sort_unstable();
    }

    /// The packed values of a state.
    pub(crate) fn words(&self, node: Node) -> &[u64] {
        self.store.words(node)
    }

    fn eval(&self) -> Eval<'_> {
        Eval {
            store: &self.store,
            codes: &self.codes,
            other: &[],
        }
    }

    fn view<'a>(&'a self, words: &'a [u64], edges: &'a [u32]) -> View<'a> {
        View { words, edges }
    }

    /// The state after an action, as the mind of a character or (None) as it actually is.
    pub fn after(&mut self, node: Node, act: u32, mind: Option<Char>) -> Result<Node> {
        let owner = mind.unwrap_or(ACTUAL);
        let rested = [store::ANYWHERE, owner].contains(&self.store.rested(node));
        let apart = rested && self.courses.know(&self.task.acts[act as usize]);
        if apart && self.events >= SOON {
            if let Some(found) = self.apart(node, act, owner)? {
                return Ok(found);
            }
        }
        self.events = self.events.saturating_add(1);
        let key = fast::memo_key(node, act, owner);
        if let Some(&found) = self.slowly.get(&key) {
            return Ok(found);
        }
        self.spent = 0;
        match self.event(node, act, owner) {
            Ok(found) => Ok(self.last(found)),
            Err(fast::Stop::Error(e)) => {
                self.active.clear();
                Err(e)
            }
            Err(stop) => {
                self.active.clear();
                self.events = self.events.saturating_add(ODD);
                if apart && self.events >= SOON {
                    if let Some(found) = self.apart(node, act, owner)? {
                        return Ok(found);
                    }
                }
                let found = match stop {
                    fast::Stop::Cycle => self.event_graph(node, act, owner),
                    other => Err(other),
                };
                let found = match found {
                    Ok(found) => found,
                    Err(fast::Stop::Error(e)) => return Err(e),
                    Err(_) => {
                        self.slow_steps += 1;
                        self.slow_after(node, act, mind)?
                    }
                };
                self.slowly.insert(key, found);
                Ok(found)
            }
        }
    }

    /// The state after an event by courses; None where that is too much for them.
    fn apart(&mut self, node: Node, act: u32, owner: u8) -> Result<Option<Node>> {
        if self.courses.is_full() {
            self.forget();
        }
        match self.follow(node, act, owner) {
            Ok(found) => Ok(Some(found)),
            Err(fast::Stop::Slow | fast::Stop::Cycle) => Ok(None),
            Err(fast::Stop::Error(e)) => Err(e),
        }
    }

    fn room(slot_name: String) -> Error {
        Error::Problem(format!("{slot_name}: too many different numbers"))
    }
}

/// What tests and whoever shows a state ask for.
impl Ground {
    /// The action and the things of a ground action.
    pub fn action(&self, act: u32) -> (u32, Vec<crate::value::Entity>) {
        let act = &self.task.acts[act as usize];
        (act.schema, act.args.to_vec())
    }

    /// The value of a fluent.
    pub fn ask(&self, node: Node, fluent: u32, args: &[crate::value::Entity]) -> Value {
        let Some(key) = self.p.key(fluent, args) else {
            return Value::Unknown;
        };
        match self.task.keys.binary_search(&key) {
            Ok(slot) => self.codes.get(self.store.words(node), slot as u32),
            Err(_) => {
                let fixed = self.task.fixed.iter().find(|(k, _)| *k == key);
                fixed.map_or(self.p.initially(key), |(_, v)| *v)
            }
        }
    }
}

impl Ground {
    /// Every ground action by name, with those who consent to it.
    pub fn consents(&self) -> std::collections::BTreeMap<(u32, Vec<u32>), Vec<u32>> {
        let task = &self.task;
        let who = |act: &Act| {
            act.consenting
                .iter()
                .map(|&c| task.characters[usize::from(c)])
                .collect()
        };
        task.acts
            .iter()
            .map(|act| ((act.schema, act.args.to_vec()), who(act)))
            .collect()
    }
}
