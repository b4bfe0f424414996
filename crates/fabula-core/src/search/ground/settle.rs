//! Triggers after an event, pass by pass, in a mind and in those inside of it.

use smallvec::SmallVec;

use super::fast::{of, Fast, Items, Stop, Told, SHARED, TRAIL};
use super::store::{RESTLESS, SELF};
use super::{Edges, Ground, Node, Words, ACTUAL};
use crate::firing::PASSES;

/// After so many minds were settled one by one for an event, all of them are taken at once.
const ENOUGH: usize = 200;

impl Ground {
    /// Passes until nothing changes in the mind or in those inside.
    pub(super) fn come_to_rest(
        &mut self,
        before: Node,
        mut words: Words,
        mut edges: Edges,
        owner: u8,
        trails: &[Option<u32>],
    ) -> Fast<u32> {
        let mut trail: SmallVec<[Node; 4]> = SmallVec::new();
        let mut left: SmallVec<[bool; 12]> = SmallVec::from_elem(false, edges.len());
        let mut woken = self.woken(before, owner, &words, &edges);
        for k in 0.. {
            let mut next = words.clone();
            let told = self.fire(&mut next, &edges, owner, woken)?;
            let mut inside = edges.clone();
            for c in 0..edges.len() {
                if edges[c] == SELF {
                    continue;
                }
                let who = c as u8;
                let mine = of(&told, who);
                inside[c] = match trails[c] {
                    Some(found) if mine.is_empty() && !left[c] => self.pass(found, k + 1),
                    _ => {
                        left[c] = true;
                        self.settled(edges[c], who, &mine, 0)?
                    }
                };
            }
            if next == words && inside == edges {
                self.lasts(&told, &edges)?;
                break;
            }
            if k as u64 >= PASSES {
                return Err(Stop::Slow);
            }
            let here = self.store.intern(&words, &edges);
            trail.push(here);
            // What is awake in the next pass is what this one changed.
            woken = self.changed((&words, &edges), (&next, &inside));
            words = next;
            edges = inside;
        }
        let last = self.store.intern(&words, &edges);
        self.store
            .rest(last, if owner == SHARED { ACTUAL } else { owner });
        for (c, &e) in edges.iter().enumerate() {
            self.store.rest(if e == SELF { last } else { e }, c as u8);
        }
        if trail.is_empty() {
            return Ok(last);
        }
        trail.push(last);
        for pair in trail.windows(2) {
            self.next.insert((pair[0], owner), pair[1]);
        }
        self.trails.push(trail);
        Ok(TRAIL | (self.trails.len() as u32 - 1))
    }

    /// A mind after one pass, when it was told something or is not at rest.
    pub(super) fn settled(
        &mut self,
        node: Node,
        owner: u8,
        items: &Items,
        depth: usize,
    ) -> Fast<Node> {
        if items.is_empty() {
            let shared = self.store.edges(node)[usize::from(owner)] == SELF;
            let next = self.next.get(&(node, owner));
            let next = next.or_else(|| self.next.get(&(node, SHARED)).filter(|_| shared));
            if let Some(&next) = next {
                return Ok(next);
            }
        }
        self.spent += 1;
        if depth > 12 || self.spent > ENOUGH {
            return Err(Stop::Cycle);
        }
        let old: Words = self.store.words(node).into();
        let mut words = old.clone();
        for &(slot, code) in items {
            self.codes.put(&mut words, slot, code);
        }
        let rested = self.store.rested(node) != RESTLESS;
        if words == old && rested {
            return Ok(node);
        }
        if !items.is_empty() {
            if let Some(together) = self.settled_together(node, owner, items, &words, depth)? {
                return Ok(together);
            }
        }
        // Those who share a mind and are told nothing share it afterwards, too.
        let owner = if items.is_empty() { SHARED } else { owner };
        let edges: Edges = if owner == SHARED {
            self.store.edges(node).into()
        } else {
            self.store.edges_of(node, owner)
        };
        let woken = if rested {
            let mut woken = self.changed((&old, &edges), (&words, &edges));
            self.wake_tellers(node, owner, &mut woken);
            woken
        } else {
            (0..self.task.trigs.len() as u32).collect()
        };
        let retold = words != old;
        let told = self.fire(&mut words, &edges, owner, woken)?;
        let mut inside = edges.clone();
        for c in 0..edges.len() {
            if edges[c] == SELF {
                continue;
            }
            let who = c as u8;
            let mine = of(&told, who);
            inside[c] = self.settled(edges[c], who, &mine, depth + 1)?;
        }
        self.lasts(&told, &inside)?;
        let after = self.store.intern(&words, &inside);
        if owner == SHARED {
            self.next.insert((node, SHARED), after);
        }
        // What it was told did not last: it may be told the same again and again.
        if after == node && retold {
            return Err(Stop::Slow);
        }
        Ok(after)
    }

    /// In a mind that several share, one is told something and thereby sees that others are told it, who see the same
    /// of him: they share a mind again. None where it is not as plain as that.
    pub(super) fn settled_together(
        &mut self,
        node: Node,
        owner: u8,
        items: &Items,
        words: &Words,
        depth: usize,
    ) -> Fast<Option<Node>> {
        let old: Edges = self.store.edges(node).into();
        if old[usize::from(owner)] != SELF {
            return Ok(None);
        }
        let (first, told) = self.told_as(node, owner, words)?;
        let mut group: SmallVec<[u8; 8]> = smallvec::smallvec![owner];
        for c in (0..old.len() as u8).filter(|&c| c != owner && old[usize::from(c)] == SELF) {
            let mine = of(&told, c);
            if mine == *items {
                group.push(c);
            } else if !mine.is_empty() {
                return Ok(None);
            }
        }
        if group.len() == 1 {
            return Ok(None);
        }
        for &o in &group[1..] {
            let (same, others) = self.told_as(node, o, words)?;
            let alike = |c: u8| {
                let mine = of(&others, c);
                match (c == o, group.contains(&c)) {
                    (true, _) => true,
                    (_, true) => mine == *items,
                    _ => mine == of(&told, c),
                }
            };
            if same != first || !(0..old.len() as u8).all(alike) {
                return Ok(None);
            }
        }
        let mut edges = old;
        for c in 0..edges.len() {
            let who = c as u8;
            if !group.contains(&who) {
                let base = if edges[c] == SELF { node } else { edges[c] };
                edges[c] = self.settled(base, who, &of(&told, who), depth + 1)?;
            }
        }
        let after = self.store.intern(&first, &edges);
        Ok(Some(after))
    }

    /// What the triggers of a mind do in a pass when it has these values and belongs to one of those who share it.
    pub(super) fn told_as(&mut self, node: Node, owner: u8, words: &Words) -> Fast<(Words, Told)> {
        let old: Words = self.store.words(node).into();
        let edges = self.store.edges_of(node, owner);
        let woken = if self.store.rested(node) == RESTLESS {
            (0..self.task.trigs.len() as u32).collect()
        } else {
            let mut woken = self.changed((&old, &edges), (words, &edges));
            self.wake_tellers(node, owner, &mut woken);
            woken
        };
        let mut after = words.clone();
        let told = self.fire(&mut after, &edges, owner, woken)?;
        Ok((after, told))
    }

    /// Whether what minds were told is so in them afterwards; otherwise they may be told it again and again.
    pub(super) fn lasts(&self, told: &Told, edges: &Edges) -> Fast<()> {
        for (i, &(c, slot, code)) in told.iter().enumerate() {
            if told[i + 1..].iter().any(|t| (t.0, t.1) == (c, slot)) {
                continue;
            }
            let mind = edges[usize::from(c)];
            if mind != SELF && self.codes.code(self.store.words(mind), slot) != code {
                return Err(Stop::Slow);
            }
        }
        Ok(())
    }
}
