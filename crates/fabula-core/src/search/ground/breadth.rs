//! All states, breadth first, without asking for reasons.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::course::{bit, inner_key, SLOW, STILL};
use super::fast::{Fast, Stop};
use super::follow::followed_key;
use super::store::SELF;
use super::{Edges, Ground, Node, ACTUAL};
use crate::error::Result;

/// After so many events of the slower ways, which state follows which is forgotten: neighbouring states need it most.
const MANY: usize = 1 << 20;

/// An action whose precondition holds as far as what is so counts, and its course.
#[derive(Clone, Copy)]
struct Move {
    act: u32,
    course: u32,
    /// Whether its precondition looks into minds.
    looks: bool,
}

/// States by number, each of them in or not.
#[derive(Default)]
struct Set {
    bits: Vec<u64>,
    len: u64,
}

impl Set {
    fn insert(&mut self, node: Node) -> bool {
        let (word, bit) = (node as usize / 64, 1 << (node % 64));
        if word >= self.bits.len() {
            self.bits.resize((word + 1).next_power_of_two(), 0);
        }
        let fresh = self.bits[word] & bit == 0;
        self.bits[word] |= bit;
        self.len += u64::from(fresh);
        fresh
    }
}

/// So many states are looked into together.
const TOGETHER: usize = 32;

/// A mind that something happens to in a state that is being made.
struct Mind {
    /// Where its place is among the beliefs of the batch.
    at: u32,
    who: u8,
    node: Node,
    course: u32,
}

/// A state that is being made.
struct Fresh {
    values: u32,
    /// Whether one of the minds in it may be the state itself.
    alike: bool,
    /// Whether the course led to it.
    made: bool,
    /// Where it comes from.
    node: Node,
    act: u32,
}

/// States that are made together, so that what they need of memory is fetched at the same time and not one by one.
#[derive(Default)]
struct Batch {
    states: Vec<Fresh>,
    edges: Vec<u32>,
    believed: Vec<u32>,
    minds: Vec<Mind>,
}

impl Batch {
    /// Forgets all but so many states.
    fn keep(&mut self, states: usize, minds: usize, each: usize) {
        self.states.truncate(states);
        self.edges.truncate(states * each);
        self.believed.truncate(states * each);
        self.minds.truncate(minds);
    }
}

impl Ground {
    /// Makes states breadth first, without asking for reasons, until so many were made or there are no more: how many were
    /// made, and how many of them are different.
    pub fn breadth_first(&mut self, most: u64) -> Result<(u64, u64)> {
        let mut open = VecDeque::from([self.first]);
        let mut seen = Set::default();
        seen.insert(self.first);
        let mut moves: FxHashMap<u32, Box<[Move]>> = FxHashMap::default();
        let (mut made, mut batch, mut next) = (0, Batch::default(), Vec::new());
        while made < most && !open.is_empty() {
            if self.memo.len() + self.slowly.len() > MANY || self.courses.is_full() {
                self.forget();
                moves.clear();
            }
            batch.keep(0, 0, 0);
            let count = open.len().min(TOGETHER);
            let near = open.iter().take(count).map(|&n| self.store.values(n));
            std::hint::black_box(near.fold(0, |all, v| all ^ v));
            for node in open.drain(..count) {
                let values = self.store.values(node);
                let list = match moves.get(&values) {
                    Some(known) => known,
                    None => {
                        let list = self.moves(node);
                        moves.entry(values).or_insert(list)
                    }
                };
                let rested = self.store.rested(node) == super::store::ANYWHERE;
                for &Move { act, course, looks } in list {
                    if (looks && !self.holds(node, act)) || !self.agreed(node, act) {
                        continue;
                    }
                    made += 1;
                    let begun = rested
                        && course != SLOW
                        && self.begin(&mut batch, node, act, course).is_ok();
                    if !begun {
                        next.push(self.after(node, act, None)?);
                    }
                }
            }
            self.finish(&mut batch, &mut next)?;
            open.extend(next.drain(..).filter(|&n| seen.insert(n)));
        }
        Ok((made, seen.len))
    }

    /// Begins to make a state: everything up to what becomes of the minds in it.
    fn begin(&mut self, batch: &mut Batch, node: Node, act: u32, course: u32) -> Fast<()> {
        let (states, minds) = (batch.states.len(), batch.minds.len());
        let begun = self.lay_out(batch, node, act, course);
        if begun.is_err() {
            batch.keep(states, minds, self.task.characters.len());
        }
        begun
    }

    fn lay_out(&mut self, batch: &mut Batch, node: Node, act: u32, course: u32) -> Fast<()> {
        let (head, from) = (self.courses.head(course), batch.edges.len());
        if (head.believing as usize) < self.task.acts.len() {
            return Err(Stop::Slow);
        }
        let (edges, believed) = self.store.beliefs(node);
        batch.edges.extend_from_slice(edges);
        batch.believed.extend_from_slice(believed);
        let (mut alike, mut near) = (false, 0);
        for c in 0..self.task.characters.len() {
            let (at, who) = (from + c, c as u8);
            if batch.edges[at] == SELF {
                batch.edges[at] = node;
            }
            if head.minds & bit(c) != 0 {
                let inner = self.inner_course(course, who, batch.believed[at])?;
                if inner != STILL {
                    let mind = batch.edges[at];
                    near ^= self.followed.touch(followed_key(mind, who, inner));
                    batch.believed[at] = self.courses.head(inner).last;
                    batch.minds.push(Mind {
                        at: at as u32,
                        who,
                        node: mind,
                        course: inner,
                    });
                }
            }
            alike |= batch.believed[at] == head.last;
        }
        std::hint::black_box(near);
        batch.states.push(Fresh {
            values: head.last,
            alike,
            made: true,
            node,
            act,
        });
        Ok(())
    }

    /// Makes the states of a batch and appends them.
    fn finish(&mut self, batch: &mut Batch, out: &mut Vec<Node>) -> Result<()> {
        let each = self.task.characters.len();
        let edges = &mut batch.edges;
        batch.minds.retain(|mind| {
            let key = followed_key(mind.node, mind.who, mind.course);
            match self.followed.get(key) {
                Some(found) => edges[mind.at as usize] = found,
                None => return true,
            }
            false
        });
        // What is needed below, from far away in memory, all at once.
        let rows = batch.minds.iter().map(|mind| self.store.values(mind.node));
        std::hint::black_box(rows.fold(0, |all, v| all ^ v));
        let inside = batch.minds.iter().map(|mind| self.look_ahead(mind));
        std::hint::black_box(inside.fold(0, |all, v| all ^ v));
        let places = batch.minds.iter().map(|mind| self.look_further(mind));
        std::hint::black_box(places.fold(0, |all, v| all ^ v));
        for mind in &batch.minds {
            let key = followed_key(mind.node, mind.who, mind.course);
            let found = match self.followed.get(key) {
                Some(found) => Ok(found),
                None => self.follow_course(mind.node, mind.who, mind.course),
            };
            match found {
                Ok(found) => batch.edges[mind.at as usize] = found,
                Err(_) => batch.states[mind.at as usize / each].made = false,
            }
        }
        let parts = |batch: &Batch, i: usize| {
            let part = i * each..(i + 1) * each;
            (part.clone(), batch.states[i].values, batch.states[i].alike)
        };
        let mut near = 0;
        for i in 0..batch.states.len() {
            let (part, values, _) = parts(batch, i);
            near ^= self.store.touch(values, &batch.edges[part]);
        }
        std::hint::black_box(near);
        for i in 0..batch.states.len() {
            let (part, values, alike) = parts(batch, i);
            let state = &batch.states[i];
            out.push(match state.made {
                true => {
                    let (edges, believed) = (&batch.edges[part.clone()], &batch.believed[part]);
                    self.settle_on(values, edges, believed, (ACTUAL, alike))
                }
                false => self.after(state.node, state.act, None)?,
            });
        }
        Ok(())
    }

    /// The courses of the minds within a mind, as far as they are known: each with the mind.
    fn known_inside<'a>(
        &'a self,
        mind: &'a Mind,
    ) -> impl Iterator<Item = (usize, Node, Option<u32>)> + 'a {
        let (edges, believed) = self.store.beliefs(mind.node);
        let minds = self.courses.head(mind.course).minds;
        let others = (0..edges.len()).filter(|&c| c != usize::from(mind.who));
        others.map(move |c| {
            let inner = match edges[c] {
                SELF => mind.node,
                other => other,
            };
            if minds & bit(c) == 0 {
                return (c, inner, Some(STILL));
            }
            let key = inner_key(mind.course, c as u8, believed[c]);
            (c, inner, self.courses.inner.get(key))
        })
    }

    /// Looks at what is remembered of the minds within a mind.
    fn look_ahead(&self, mind: &Mind) -> u64 {
        let mut near = 0;
        for (c, inner, course) in self.known_inside(mind) {
            if let Some(course) = course {
                near ^= self.followed.touch(followed_key(inner, c as u8, course));
            }
        }
        near
    }

    /// Looks at where the state will be found that a mind becomes, if what becomes of the minds within it is known.
    fn look_further(&self, mind: &Mind) -> u64 {
        let mut edges: Edges = smallvec::smallvec![SELF; self.task.characters.len()];
        let mut near = 0;
        for (c, inner, course) in self.known_inside(mind) {
            edges[c] = match course {
                Some(STILL) => inner,
                Some(course) => match self.followed.get(followed_key(inner, c as u8, course)) {
                    Some(found) => found,
                    None => {
                        near ^= u64::from(self.store.values(inner));
                        inner
                    }
                },
                None => inner,
            };
        }
        near ^ self
            .store
            .touch(self.courses.head(mind.course).last, &edges)
    }

    /// What can be done with the values of a state.
    fn moves(&mut self, node: Node) -> Box<[Move]> {
        let (values, task) = (self.store.values(node), self.task.clone());
        let mut acts = Vec::new();
        self.listed(node, &mut acts);
        acts.sort_unstable();
        let mut out = Vec::with_capacity(acts.len());
        for act in acts {
            let action = &task.acts[act as usize];
            let looks = !action.rest.is_empty();
            if !action.lits.iter().all(|lit| lit.holds(self.words(node))) {
                continue;
            }
            let course = match self.courses.know(action) {
                true => self.course(values, act).unwrap_or(SLOW),
                false => SLOW,
            };
            out.push(Move { act, course, looks });
        }
        out.into()
    }
}
