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
    minds: usize,
    /// By state: the number of its values, the beliefs, and the numbers of the values believed.
    rows: Vec<u32>,
    rested: Vec<u8>,
    table: Table,
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
            minds,
            rows: Vec::new(),
            rested: Vec::new(),
            table: Table::default(),
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
            + self.table.slots.len() * 8
            + self.value_table.capacity() * 5 * 8 / 7
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

    /// Where the row of a state begins.
    #[inline]
    fn at(&self, node: u32) -> usize {
        node as usize * (2 * self.minds + 1)
    }

    /// The number of the values of a state.
    #[inline]
    pub fn values(&self, node: u32) -> u32 {
        self.rows[self.at(node)]
    }

    /// The beliefs of a state, and the numbers of the values believed.
    #[inline]
    pub fn beliefs(&self, node: u32) -> (&[u32], &[u32]) {
        let at = self.at(node);
        self.rows[at + 1..at + 1 + 2 * self.minds].split_at(self.minds)
    }

    /// The packed values of a state.
    #[inline]
    pub fn words(&self, node: u32) -> &[u64] {
        self.numbered(self.values(node))
    }

    /// The beliefs of a state.
    #[inline]
    pub fn edges(&self, node: u32) -> &[u32] {
        let at = self.at(node);
        &self.rows[at + 1..at + 1 + self.minds]
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
        match self.rows[self.at(node) + 1 + c] {
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
        let h = hash(values, edges);
        self.find(h, values, edges).unwrap_or_else(|| {
            let node = self.add(values, edges);
            self.enter(node);
            node
        })
    }

    /// See [`Store::intern`]: of what has other values than all that it believes, with the numbers of the values believed.
    #[inline]
    pub fn intern_apart(&mut self, values: u32, edges: &[u32], believed: &[u32]) -> u32 {
        let h = hash(values, edges);
        if let Some(known) = self.find(h, values, edges) {
            return known;
        }
        let node = self.push(values, edges, believed);
        self.table.insert(h, node);
        node
    }

    /// Looks at where a state would be found, so that it is near when it is asked for.
    #[inline]
    pub fn touch(&self, values: u32, edges: &[u32]) -> u64 {
        let h = hash(values, edges);
        let mask = self.table.slots.len().wrapping_sub(1);
        self.table.slots[h as u32 as usize & mask]
    }

    #[inline]
    fn find(&self, h: u64, values: u32, edges: &[u32]) -> Option<u32> {
        self.table.find(h, |n| {
            let at = self.at(n);
            self.rows[at] == values && self.rows[at + 1..at + 1 + self.minds] == *edges
        })
    }

    fn push(&mut self, values: u32, edges: &[u32], believed: &[u32]) -> u32 {
        let node = self.rested.len() as u32;
        // There are very many: no more room than a quarter ahead.
        let more = 1 + edges.len() + believed.len();
        if self.rows.len() + more > self.rows.capacity() {
            self.rows.reserve_exact(self.rows.len() / 4 + 64 * more);
            self.rested.reserve_exact(self.rested.len() / 4 + 64);
        }
        self.rows.push(values);
        self.rows.extend_from_slice(edges);
        self.rows.extend_from_slice(believed);
        self.rested.push(RESTLESS);
        node
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
        let of = |&e: &u32| match e {
            SELF => values,
            target => self.values(target),
        };
        let believed: Edges = edges.iter().map(of).collect();
        self.push(values, edges, &believed)
    }

    /// Fills in a belief.
    pub fn fill(&mut self, node: u32, c: usize, target: u32) {
        let (at, values) = (self.at(node) + 1 + c, self.values(target));
        self.rows[at] = if target == node { SELF } else { target };
        self.rows[at + self.minds] = values;
    }

    /// Makes an added state findable.
    pub fn enter(&mut self, node: u32) {
        let h = hash(self.values(node), self.edges(node));
        self.table.insert(h, node);
    }
}

/// States by a hash of what is in them: half a hash and a state in each slot, so that most that differ are told apart
/// without a look at them.
#[derive(Default)]
struct Table {
    /// The state plus one in the lower half, so that nothing is zero.
    slots: Vec<u64>,
    used: usize,
}

impl Table {
    #[inline]
    fn find(&self, h: u64, same: impl Fn(u32) -> bool) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let half = h as u32;
        let mut at = half as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                return None;
            }
            let node = (slot as u32) - 1;
            if (slot >> 32) as u32 == half && same(node) {
                return Some(node);
            }
            at = (at + 1) & mask;
        }
    }

    #[inline]
    fn insert(&mut self, h: u64, node: u32) {
        if self.used * 4 >= self.slots.len() * 3 {
            let fresh = vec![0; (self.slots.len() * 2).max(64)];
            let old = std::mem::replace(&mut self.slots, fresh);
            old.into_iter()
                .filter(|&s| s != 0)
                .for_each(|s| self.put(s));
        }
        self.used += 1;
        self.put(((h & 0xFFFF_FFFF) << 32) | (u64::from(node) + 1));
    }

    #[inline]
    fn put(&mut self, slot: u64) {
        let mask = self.slots.len() - 1;
        let mut at = (slot >> 32) as usize & mask;
        while self.slots[at] != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = slot;
    }
}
