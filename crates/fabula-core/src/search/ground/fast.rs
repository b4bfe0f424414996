//! The state after an event (engine: "An event"), worked out on packed states one mind at a time.
//!
//! The result for a mind is a trail: the mind right after the event, then after each pass of triggers, to its rest.
//! Whoever looks at a mind while his own triggers fire looks at the same pass of it, as the definition wants it.

use smallvec::SmallVec;

use super::form::{Char, Eff, Form, Learn, Slot};
use super::store::{RESTLESS, SELF};
use super::{Edges, Ground, Node, Words, ACTUAL};
use crate::error::Error;
use crate::expr::Mode;
use crate::firing::PASSES;

/// Owner of the mind that everybody shares who observes the event and believes what is so.
const SHARED: u8 = u8::MAX - 1;
/// After so many minds were settled one by one for an event, all of them are taken at once.
const ENOUGH: usize = 200;
/// In the memo: the rest is the number of a trail.
const TRAIL: u32 = 1 << 31;

/// Why the fast way ended.
#[derive(Debug)]
pub(super) enum Stop {
    /// Something out of the ordinary: the slow kernel knows.
    Slow,
    /// A cycle of beliefs: the graph of all minds knows.
    Cycle,
    /// The event has no result.
    Error(Error),
}

pub(super) type Fast<T> = Result<T, Stop>;
/// What a mind is told: fluent and code.
pub(super) type Items = SmallVec<[(Slot, u64); 2]>;
/// What several minds are told.
pub(super) type Told = SmallVec<[(Char, Slot, u64); 2]>;

#[inline]
pub(super) fn memo_key(node: Node, act: u32, owner: u8) -> u64 {
    (u64::from(node) << 32) | (u64::from(act) << 8) | u64::from(owner)
}

impl Ground {
    /// The last state of what the memo holds.
    #[inline]
    pub(super) fn last(&self, found: u32) -> Node {
        self.pass(found, usize::MAX)
    }

    /// The state in a pass; the last one stays.
    #[inline]
    fn pass(&self, found: u32, k: usize) -> Node {
        if found & TRAIL == 0 {
            return found;
        }
        let trail = &self.trails[(found & !TRAIL) as usize];
        trail[k.min(trail.len() - 1)]
    }

    /// The trail after an action in a mind, in the form of the memo.
    pub(super) fn event(&mut self, node: Node, act: u32, owner: u8) -> Fast<u32> {
        let key = memo_key(node, act, owner);
        if let Some(&found) = self.memo.get(&key) {
            return Ok(found);
        }
        let task = self.task.clone();
        let action = &task.acts[act as usize];
        let minds = task.characters.len();
        let view = self.store.view(node);
        let ev = self.eval();
        let mut sees: SmallVec<[bool; 12]> = SmallVec::with_capacity(minds);
        sees.extend(action.observes.iter().map(|form| ev.holds(view, form)));
        let plain = !action.tells || self.tells_nothing_new(node, action, &sees)?;
        let view = self.store.view(node);
        let shares = |c: usize| view.edges[c] == SELF && sees[c] && plain;
        let shared = (0..minds).any(shares);
        // Those who observe and believe what is so all believe the same afterwards, and that is what is so.
        let alike = match owner {
            SHARED => false,
            ACTUAL => shared,
            c => shares(usize::from(c)),
        };
        if alike {
            let found = self.event(node, act, SHARED)?;
            self.memo.insert(key, found);
            return Ok(found);
        }
        if self.active.contains(&key) {
            return Err(Stop::Cycle);
        }
        self.active.push(key);
        let found = self.event_alone(node, action, act, owner, &sees)?;
        self.active.pop();
        self.memo.insert(key, found);
        Ok(found)
    }

    /// Whether an action tells those who share a mind and observe it only what is so there afterwards anyway.
    fn tells_nothing_new(&mut self, node: Node, action: &super::Act, sees: &[bool]) -> Fast<bool> {
        let mut words: Words = self.store.words(node).into();
        let edges: Edges = self.store.edges(node).into();
        let mut told = Told::new();
        let sets = self.effects(&words, &edges, &action.effects, SHARED, &mut told)?;
        self.assign(&mut words, &sets, || self.name(action.schema))?;
        Ok(told.iter().all(|&(c, slot, code)| {
            let c = usize::from(c);
            edges[c] != SELF || !sees[c] || self.codes.code(&words, slot) == code
        }))
    }

    fn event_alone(
        &mut self,
        node: Node,
        action: &super::Act,
        act: u32,
        owner: u8,
        sees: &[bool],
    ) -> Fast<u32> {
        let mut words: Words = self.store.words(node).into();
        let old: Edges = self.store.edges(node).into();
        let mut told = Told::new();
        let sets = self.effects(&words, &old, &action.effects, owner, &mut told)?;
        self.assign(&mut words, &sets, || self.name(action.schema))?;
        let mut edges: Edges = old.clone();
        // Which minds follow the trail of the event, and which have left it.
        let mut trails: SmallVec<[Option<u32>; 12]> = SmallVec::from_elem(None, old.len());
        for c in 0..old.len() {
            let who = c as u8;
            if owner == who || (owner == SHARED && old[c] == SELF && sees[c]) {
                continue;
            }
            let base = if old[c] == SELF { node } else { old[c] };
            let mut mind = base;
            if sees[c] {
                let from = self.put_right(node, base, who, action, true)?;
                let found = self.event(from, act, who)?;
                trails[c] = Some(found);
                mind = self.pass(found, 0);
            }
            let mine: Items = told
                .iter()
                .filter(|t| t.0 == who)
                .map(|t| (t.1, t.2))
                .collect();
            if !mine.is_empty() {
                let patched = self.patched(mind, who, &mine);
                if patched != mind {
                    trails[c] = None;
                    mind = patched;
                }
            }
            edges[c] = mind;
        }
        self.come_to_rest(node, words, edges, owner, &trails)
    }

    /// Passes until nothing changes in the mind or in those inside.
    fn come_to_rest(
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
                let mine: Items = told
                    .iter()
                    .filter(|t| t.0 == who)
                    .map(|t| (t.1, t.2))
                    .collect();
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
    fn settled(&mut self, node: Node, owner: u8, items: &Items, depth: usize) -> Fast<Node> {
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
        let mut edges: Edges = self.store.edges(node).into();
        for (c, e) in edges.iter_mut().enumerate() {
            if owner == SHARED {
                continue;
            }
            if c as u8 == owner {
                *e = SELF;
            } else if *e == SELF {
                *e = node;
            }
        }
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
            let mine: Items = told
                .iter()
                .filter(|t| t.0 == who)
                .map(|t| (t.1, t.2))
                .collect();
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
    fn settled_together(
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
    fn told_as(&mut self, node: Node, owner: u8, words: &Words) -> Fast<(Words, Told)> {
        let old: Words = self.store.words(node).into();
        let mut edges: Edges = self.store.edges(node).into();
        for (c, e) in edges.iter_mut().enumerate() {
            if c as u8 == owner {
                *e = SELF;
            } else if *e == SELF {
                *e = node;
            }
        }
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
    fn lasts(&self, told: &Told, edges: &Edges) -> Fast<()> {
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

    /// A mind with values set in it; the minds inside stay as they are.
    fn patched(&mut self, node: Node, owner: u8, items: &Items) -> Node {
        let mut words: Words = self.store.words(node).into();
        for &(slot, code) in items {
            self.codes.put(&mut words, slot, code);
        }
        if *words == *self.store.words(node) {
            return node;
        }
        let mut edges: Edges = self.store.edges(node).into();
        for (c, e) in edges.iter_mut().enumerate() {
            if c as u8 == owner {
                *e = SELF;
            } else if *e == SELF {
                *e = node;
            }
        }
        self.store.intern(&words, &edges)
    }

    /// The mind of an observer as his surprise corrects it.
    /// With `together`, those who are surprised alike share a mind afterwards.
    pub(super) fn put_right(
        &mut self,
        node: Node,
        mind: Node,
        who: u8,
        action: &super::Act,
        together: bool,
    ) -> Fast<Node> {
        if mind == node {
            return Ok(mind);
        }
        let there = self.store.words(mind);
        let fits = action.lits.iter().all(|lit| lit.holds(there)) && {
            let (ev, view) = (self.eval(), self.store.view(mind));
            action.rest.iter().all(|f| ev.holds(view, f))
        };
        if fits {
            return Ok(mind);
        }
        if !action.plain {
            return Err(Stop::Slow);
        }
        let mut items = Items::new();
        self.corrections(&action.pre, self.store.words(node), there, &mut items)?;
        if together {
            if let Some(together) = self.put_right_together(mind, who, action, &items)? {
                return Ok(together);
            }
        }
        Ok(self.patched(mind, who, &items))
    }

    /// In a mind that several share, all who observe are surprised alike, and each of them knows that of the others:
    /// afterwards they share a mind again. None where it is not as plain as that.
    fn put_right_together(
        &mut self,
        mind: Node,
        who: u8,
        action: &super::Act,
        items: &Items,
    ) -> Fast<Option<Node>> {
        if action.tells || !action.open {
            return Ok(None);
        }
        let mut words: Words = self.store.words(mind).into();
        for &(slot, code) in items {
            self.codes.put(&mut words, slot, code);
        }
        let mut again = Items::new();
        self.corrections(&action.pre, &words, self.store.words(mind), &mut again)?;
        if again != *items {
            return Ok(None);
        }
        let mut edges: Edges = self.store.edges(mind).into();
        let (ev, view) = (self.eval(), self.view(&words, &edges));
        let sees: SmallVec<[bool; 12]> = action
            .observes
            .iter()
            .map(|form| ev.holds(view, form))
            .collect();
        if edges[usize::from(who)] != SELF || !sees[usize::from(who)] {
            return Ok(None);
        }
        for (e, sees) in edges.iter_mut().zip(sees) {
            if *e == SELF && !sees {
                *e = mind;
            }
        }
        Ok(Some(self.store.intern(&words, &edges)))
    }

    /// What an observer learns from the clauses that hold where the event happens.
    fn corrections(&self, form: &Form, here: &[u64], there: &[u64], out: &mut Items) -> Fast<()> {
        if !plainly(form, here) {
            return Ok(());
        }
        match form {
            Form::And(list) | Form::Or(list) => {
                for part in list {
                    self.corrections(part, here, there, out)?;
                }
            }
            Form::Lit(lit) if !lit.holds(there) => {
                let known = lit.learn == Learn::Actual;
                let code = if known {
                    self.codes.code(here, lit.slot)
                } else {
                    self.codes.unknown(lit.slot).ok_or(Stop::Slow)?
                };
                // A known value beats unknown.
                match out.iter_mut().find(|(slot, _)| *slot == lit.slot) {
                    Some(item) if known => item.1 = code,
                    Some(_) => {}
                    None => out.push((lit.slot, code)),
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// What effects assign in a mind: fluents with codes; what they tell others is added to `told`.
    pub(super) fn effects(
        &mut self,
        words: &[u64],
        edges: &[u32],
        effects: &[Eff],
        owner: u8,
        told: &mut Told,
    ) -> Fast<Items> {
        let mut out = Items::new();
        self.gather(words, edges, effects, owner, &mut out, told)?;
        Ok(out)
    }

    fn gather(
        &mut self,
        words: &[u64],
        edges: &[u32],
        effects: &[Eff],
        owner: u8,
        out: &mut Items,
        told: &mut Told,
    ) -> Fast<()> {
        for effect in effects {
            match effect {
                Eff::Put(slot, code) => out.push((*slot, *code)),
                Eff::Set(slot, val) => {
                    let value = self.eval().val(self.view(words, edges), val);
                    out.push((*slot, self.encode(*slot, value)?));
                }
                Eff::If(c, then) => {
                    if self.eval().holds(self.view(words, edges), c) {
                        self.gather(words, edges, then, owner, out, told)?;
                    }
                }
                Eff::Tell {
                    chain,
                    slot,
                    val,
                    mode,
                    inside,
                } => {
                    if chain[0] == owner {
                        continue;
                    }
                    if chain.len() > 1 || *mode != Mode::Set {
                        return Err(Stop::Slow);
                    }
                    let (ev, mut view) = (self.eval(), self.view(words, edges));
                    if *inside {
                        view = ev.mind(view, chain[0]);
                    }
                    let value = ev.val(view, val);
                    let code = self.encode(*slot, value)?;
                    told.push((chain[0], *slot, code));
                }
            }
        }
        Ok(())
    }

    fn encode(&mut self, slot: Slot, value: crate::value::Value) -> Fast<u64> {
        self.codes.encode(slot, value).ok_or_else(|| {
            Stop::Error(Ground::room(self.p.describe(self.task.keys[slot as usize])))
        })
    }

    /// Sets fluents; two values for one of them are an error.
    pub(super) fn assign(
        &self,
        words: &mut Words,
        sets: &Items,
        by: impl Fn() -> String,
    ) -> Fast<()> {
        for (i, &(slot, code)) in sets.iter().enumerate() {
            if sets[..i].iter().any(|&(s, c)| s == slot && c != code) {
                return Err(Stop::Error(Error::Clash {
                    fluent: self.p.describe(self.task.keys[slot as usize]),
                    by: by(),
                }));
            }
            self.codes.put(words, slot, code);
        }
        Ok(())
    }

    fn name(&self, schema: u32) -> String {
        self.p.actions[schema as usize].name.clone()
    }
}

fn plainly(form: &Form, words: &[u64]) -> bool {
    match form {
        Form::Lit(lit) => lit.holds(words),
        Form::And(list) => list.iter().all(|f| plainly(f, words)),
        Form::Or(list) => list.iter().any(|f| plainly(f, words)),
        Form::Const(b) => *b,
        Form::Cmp(..) | Form::In(..) => false,
    }
}

/// What one of them is told.
pub(super) fn of(told: &Told, who: u8) -> Items {
    told.iter()
        .filter(|t| t.0 == who)
        .map(|t| (t.1, t.2))
        .collect()
}
