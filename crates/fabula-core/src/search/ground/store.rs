//! Packed states, each of them once: the number of their values (each of which is there once, too), and their beliefs as
//! numbers of other states.
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
    /// Numbers in a row: that of the values, then the beliefs.
    row: usize,
    rows: Vec<u32>,
    rested: Vec<u8>,
    table: HashTable<u32>,
    /// The packed values by number.
    values: Vec<u64>,
    value_table: HashTable<u32>,
}

#[inline]
fn mix(hash: u64, x: u64) -> u64 {
    (hash.rotate_left(23) ^ x).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[inline]
fn finish(h: u64) -> u64 {
    h ^ (h >> 32)
}

#[inline]
fn hash_words(words: &[u64]) -> u64 {
    finish(words.iter().fold(0x2545_F491_4F6C_DD1D, |h, &w| mix(h, w)))
}

#[inline]
fn hash(values: u32, edges: &[u32]) -> u64 {
    let start = mix(0x2545_F491_4F6C_DD1D, u64::from(values));
    finish(edges.iter().fold(start, |h, &e| mix(h, u64::from(e))))
}

impl Store {
    /// A store of states of so many words and characters.
    pub fn new(width: usize, minds: usize) -> Store {
        Store {
            width,
            row: minds + 1,
            rows: Vec::new(),
            rested: Vec::new(),
            table: HashTable::new(),
            values: Vec::new(),
            value_table: HashTable::new(),
        }
    }

    /// How many states there are.
    pub fn len(&self) -> usize {
        self.rested.len()
    }

    /// Bytes taken.
    pub fn bytes(&self) -> usize {
        self.rows.capacity() * 4
            + self.rested.capacity()
            + (self.table.capacity() + self.value_table.capacity()) * 5 * 8 / 7
            + self.values.capacity() * 8
    }

    /// The number of some packed values.
    #[inline]
    pub fn number(&mut self, words: &[u64]) -> u32 {
        let (values, width) = (&self.values, self.width);
        let at = |n: u32| &values[n as usize * width..(n as usize + 1) * width];
        let h = hash_words(words);
        if let Some(&n) = self.value_table.find(h, |&n| at(n) == words) {
            return n;
        }
        let fresh = (self.values.len() / width) as u32;
        self.value_table
            .insert_unique(h, fresh, |&n| hash_words(at(n)));
        self.values.extend_from_slice(words);
        fresh
    }

    /// The packed values of a number.
    #[inline]
    pub fn numbered(&self, values: u32) -> &[u64] {
        let at = values as usize * self.width;
        &self.values[at..at + self.width]
    }

    /// The number of the values of a state.
    #[inline]
    pub fn values(&self, node: u32) -> u32 {
        self.rows[node as usize * self.row]
    }

    /// The packed values of a state.
    #[inline]
    pub fn words(&self, node: u32) -> &[u64] {
        self.numbered(self.values(node))
    }

    /// The beliefs of a state.
    #[inline]
    pub fn edges(&self, node: u32) -> &[u32] {
        let at = node as usize * self.row;
        &self.rows[at + 1..at + self.row]
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
        match self.rows[node as usize * self.row + 1 + c] {
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
        let values = self.number(words);
        self.intern_numbered(values, edges)
    }

    /// See [`Store::intern`].
    #[inline]
    pub fn intern_numbered(&mut self, values: u32, edges: &[u32]) -> u32 {
        // It may be a state that it believes: one with the same values and beliefs once the two are taken as one.
        for &target in edges {
            if target != SELF && self.values(target) == values && self.same_as(target, edges) {
                return target;
            }
        }
        let found = self.table.find(hash(values, edges), |&n| {
            self.values(n) == values && self.edges(n) == edges
        });
        match found {
            Some(&node) => node,
            None => {
                let node = self.add(values, edges);
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
    pub fn add(&mut self, values: u32, edges: &[u32]) -> u32 {
        let node = self.rested.len() as u32;
        self.rows.push(values);
        self.rows.extend_from_slice(edges);
        self.rested.push(RESTLESS);
        node
    }

    /// Fills in a belief.
    pub fn fill(&mut self, node: u32, c: usize, target: u32) {
        self.rows[node as usize * self.row + 1 + c] = if target == node { SELF } else { target };
    }

    /// Makes an added state findable.
    pub fn enter(&mut self, node: u32) {
        let h = hash(self.values(node), self.edges(node));
        let (rows, row) = (&self.rows, self.row);
        let rehash = |&n: &u32| {
            let at = n as usize * row;
            hash(rows[at], &rows[at + 1..at + row])
        };
        self.table.insert_unique(h, node, rehash);
    }
}
