//! Packed states, each of them once: values in words, beliefs as numbers of other states.
//!
//! A state whose beliefs lead back only to itself is unique by its values and beliefs, with [`SELF`] where it believes
//! itself. States on longer cycles are made by the slow kernel and entered under its numbers.

use hashbrown::HashTable;

use super::form::View;
use super::Edges;

/// In the beliefs of a state: itself.
pub const SELF: u32 = u32::MAX;

/// Not known to be at rest.
pub const RESTLESS: u8 = u8::MAX - 2;
/// At rest in whosever mind it is (as it is when it is what is actual: then everybody may be told something).
pub const ANYWHERE: u8 = u8::MAX;

/// All states met so far.
pub struct Store {
    width: usize,
    minds: usize,
    words: Vec<u64>,
    edges: Vec<u32>,
    rested: Vec<u8>,
    table: HashTable<u32>,
}

#[inline]
fn mix(hash: u64, x: u64) -> u64 {
    (hash.rotate_left(23) ^ x).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[inline]
fn hash(words: &[u64], edges: &[u32]) -> u64 {
    let mut h = 0x2545_F491_4F6C_DD1D;
    for &w in words {
        h = mix(h, w);
    }
    for &e in edges {
        h = mix(h, u64::from(e));
    }
    h ^ (h >> 32)
}

impl Store {
    /// A store of states of so many words and characters.
    pub fn new(width: usize, minds: usize) -> Store {
        Store {
            width,
            minds,
            words: Vec::new(),
            edges: Vec::new(),
            rested: Vec::new(),
            table: HashTable::new(),
        }
    }

    /// How many states there are.
    pub fn len(&self) -> usize {
        self.rested.len()
    }

    /// Bytes taken.
    pub fn bytes(&self) -> usize {
        self.words.capacity() * 8
            + self.edges.capacity() * 4
            + self.rested.capacity()
            + self.table.capacity() * 5 * 8 / 7
    }

    /// The packed values of a state.
    #[inline]
    pub fn words(&self, node: u32) -> &[u64] {
        let at = node as usize * self.width;
        &self.words[at..at + self.width]
    }

    /// The beliefs of a state.
    #[inline]
    pub fn edges(&self, node: u32) -> &[u32] {
        let at = node as usize * self.minds;
        &self.edges[at..at + self.minds]
    }

    /// The beliefs of what is like a state, but a mind of its own: only its owner believes it itself.
    pub fn edges_of(&self, node: u32, owner: u8) -> Edges {
        let own = |(c, &e): (usize, &u32)| match e {
            _ if c as u8 == owner => SELF,
            SELF => node,
            other => other,
        };
        self.edges(node).iter().enumerate().map(own).collect()
    }

    /// A state as it is looked at.
    #[inline]
    pub fn view(&self, node: u32) -> View<'_> {
        View {
            words: self.words(node),
            edges: self.edges(node),
        }
    }

    /// What a character believes in a state.
    #[inline]
    pub fn mind(&self, node: u32, c: usize) -> u32 {
        match self.edges[node as usize * self.minds + c] {
            SELF => node,
            other => other,
        }
    }

    /// As whose mind no trigger fires in the state or in what is believed in it; [`ANYWHERE`], [`RESTLESS`].
    #[inline]
    pub fn rested(&self, node: u32) -> u8 {
        self.rested[node as usize]
    }

    /// Says that a state is at rest as the mind of a character: there he is told nothing.
    #[inline]
    pub fn rest(&mut self, node: u32, owner: u8) {
        let known = &mut self.rested[node as usize];
        if *known == RESTLESS {
            *known = owner;
        } else if *known != owner {
            *known = ANYWHERE;
        }
    }

    /// The state of these values and beliefs; [`SELF`] is the state itself.
    pub fn intern(&mut self, words: &[u64], edges: &[u32]) -> u32 {
        // It may be a state that it believes: one with the same values and beliefs once the two are taken as one.
        for &target in edges {
            if target != SELF && self.words(target) == words && self.same_as(target, edges) {
                return target;
            }
        }
        let h = hash(words, edges);
        let found = self
            .table
            .find(h, |&n| self.words(n) == words && self.edges(n) == edges);
        match found {
            Some(&node) => node,
            None => {
                let node = self.add(words, edges);
                self.enter(node);
                node
            }
        }
    }

    fn same_as(&self, target: u32, edges: &[u32]) -> bool {
        let of = |e: u32| if e == SELF { target } else { e };
        self.edges(target)
            .iter()
            .zip(edges)
            .all(|(&a, &b)| of(a) == of(b))
    }

    /// Adds a state on a longer cycle, whose beliefs are filled in later and which is then entered.
    pub fn add(&mut self, words: &[u64], edges: &[u32]) -> u32 {
        let node = self.rested.len() as u32;
        self.words.extend_from_slice(words);
        self.edges.extend_from_slice(edges);
        self.rested.push(RESTLESS);
        node
    }

    /// Fills in a belief.
    pub fn fill(&mut self, node: u32, c: usize, target: u32) {
        self.edges[node as usize * self.minds + c] = if target == node { SELF } else { target };
    }

    /// Makes an added state findable.
    pub fn enter(&mut self, node: u32) {
        let h = hash(self.words(node), self.edges(node));
        let (words, edges, width, minds) = (&self.words, &self.edges, self.width, self.minds);
        let rehash = |&n: &u32| {
            let n = n as usize;
            hash(
                &words[n * width..(n + 1) * width],
                &edges[n * minds..(n + 1) * minds],
            )
        };
        self.table.insert_unique(h, node, rehash);
    }
}
