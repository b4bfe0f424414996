//! The state after an event (engine: "An event"), worked out on packed states one mind at a time.
//!
//! The result for a mind is a trail: the mind right after the event, then after each pass of triggers, to its rest.
//! Whoever looks at a mind while his own triggers fire looks at the same pass of it, as the definition wants it.

use smallvec::SmallVec;

use super::form::{Char, Eff, Slot};
use super::store::SELF;
use super::{Edges, Ground, Node, Words, ACTUAL};
use crate::error::Error;
use crate::expr::Mode;

/// Owner of the mind that everybody shares who observes the event and believes what is so.
pub(super) const SHARED: u8 = u8::MAX - 1;
/// After so many minds inside of each other, all of them are taken at once.
const DEEPEST: usize = 40;
/// In the memo: the rest is the number of a trail.
pub(super) const TRAIL: u32 = 1 << 31;

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
    pub(super) fn pass(&self, found: u32, k: usize) -> Node {
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
        if self.active.contains(&key) || self.active.len() > DEEPEST {
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
            let mine = of(&told, who);
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

    /// A mind with values set in it; the minds inside stay as they are.
    pub(super) fn patched(&mut self, node: Node, owner: u8, items: &Items) -> Node {
        let mut words: Words = self.store.words(node).into();
        for &(slot, code) in items {
            self.codes.put(&mut words, slot, code);
        }
        if *words == *self.store.words(node) {
            return node;
        }
        let edges = self.store.edges_of(node, owner);
        self.store.intern(&words, &edges)
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

/// What one of them is told.
pub(super) fn of(told: &Told, who: u8) -> Items {
    told.iter()
        .filter(|t| t.0 == who)
        .map(|t| (t.1, t.2))
        .collect()
}
