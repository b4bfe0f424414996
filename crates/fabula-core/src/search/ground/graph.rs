//! Events that leave minds on cycles of belief (one believes p, and that the other believes not p, who believes it of
//! him): all minds at once, as a graph, which is then made minimal and entered.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::fast::{of, Fast, Items, Stop, Told};
use super::fire::List;
use super::store::{ANYWHERE, RESTLESS, SELF};
use super::{Edges, Ground, Node, Words, ACTUAL};
use crate::firing::PASSES;
use crate::machine::{components, refine, shape};

/// In the beliefs of a place: the rest is the number of another place of the graph.
const PLACE: u32 = 1 << 31;

/// A graph with more places than this has no end.
const MOST: usize = 1000;

/// A mind of the graph.
struct Place {
    words: Words,
    edges: Edges,
    /// The state that it was before.
    from: Node,
}

/// A graph under construction.
#[derive(Default)]
pub(super) struct Graph {
    places: Vec<Place>,
}

impl Graph {
    fn add(&mut self, words: Words, from: Node) -> u32 {
        self.places.push(Place {
            words,
            edges: Edges::new(),
            from,
        });
        PLACE | (self.places.len() as u32 - 1)
    }

    fn at(&mut self, place: u32) -> &mut Place {
        &mut self.places[(place & !PLACE) as usize]
    }
}

/// What a place of a pass comes from: a state, whose mind it is, and what he is told.
type Told1 = (Node, u8, Items);

impl Ground {
    /// The state after an action, all minds at once.
    pub(super) fn event_graph(&mut self, node: Node, act: u32, owner: u8) -> Fast<Node> {
        let task = self.task.clone();
        let action = &task.acts[act as usize];
        let mut graph = Graph::default();
        let mut made: FxHashMap<(Node, u8), u32> = FxHashMap::default();
        let mut patches: Vec<(u32, usize, Items)> = Vec::new();
        let mut open: Vec<(Node, u8, u32, Told)> = Vec::new();
        let root = self.event_place(&mut graph, &mut made, &mut open, (node, owner), action)?;
        while let Some((at, who, place, told)) = open.pop() {
            if graph.places.len() > MOST {
                return Err(Stop::Slow);
            }
            let old: Edges = self.store.edges(at).into();
            let mut edges = old.clone();
            for c in 0..old.len() {
                if c as u8 == who {
                    edges[c] = place;
                    continue;
                }
                let base = if old[c] == SELF { at } else { old[c] };
                edges[c] = base;
                let view = self.store.view(at);
                if self.eval().holds(view, &action.observes[c]) {
                    let mind = self.put_right(at, base, c as u8, action, false)?;
                    edges[c] = self.event_place(
                        &mut graph,
                        &mut made,
                        &mut open,
                        (mind, c as u8),
                        action,
                    )?;
                }
                let mine = of(&told, c as u8);
                if !mine.is_empty() {
                    patches.push((place, c, mine));
                }
            }
            graph.at(place).edges = edges;
        }
        // What minds are told comes on top, when all of them have their beliefs.
        let mut patched: Vec<(u32, u32, usize)> = Vec::new();
        for (place, c, items) in patches {
            let target = graph.at(place).edges[c];
            let (mut words, from) = if target & PLACE != 0 {
                let mind = graph.at(target);
                (mind.words.clone(), mind.from)
            } else {
                (self.store.words(target).into(), target)
            };
            for (slot, code) in items {
                self.codes.put(&mut words, slot, code);
            }
            let fresh = graph.add(words, from);
            graph.at(place).edges[c] = fresh;
            patched.push((fresh, target, c));
        }
        for (fresh, target, c) in patched {
            let mut edges: Edges = if target & PLACE != 0 {
                graph.at(target).edges.clone()
            } else {
                let known: Edges = self.store.edges(target).into();
                known
                    .iter()
                    .map(|&e| if e == SELF { target } else { e })
                    .collect()
            };
            edges[c] = fresh;
            graph.at(fresh).edges = edges;
        }
        let mut origin = FxHashMap::default();
        let first = self.enter(&graph, root, &mut origin);
        self.rest_graph(first, owner, origin)
    }

    fn event_place(
        &mut self,
        graph: &mut Graph,
        made: &mut FxHashMap<(Node, u8), u32>,
        open: &mut Vec<(Node, u8, u32, Told)>,
        (node, owner): (Node, u8),
        action: &super::Act,
    ) -> Fast<u32> {
        if let Some(&place) = made.get(&(node, owner)) {
            return Ok(place);
        }
        let mut words: Words = self.store.words(node).into();
        let edges: Edges = self.store.edges(node).into();
        let mut told = Told::new();
        let sets = self.effects(&words, &edges, &action.effects, owner, &mut told)?;
        self.assign(&mut words, &sets, || {
            self.p.actions[action.schema as usize].name.clone()
        })?;
        let place = graph.add(words, node);
        made.insert((node, owner), place);
        open.push((node, owner, place, told));
        Ok(place)
    }

    /// Passes over all minds until nothing changes in any of them.
    fn rest_graph(
        &mut self,
        mut now: Node,
        owner: u8,
        mut origin: FxHashMap<Node, Node>,
    ) -> Fast<Node> {
        for _ in 0..PASSES {
            let mut graph = Graph::default();
            let mut made: FxHashMap<Told1, u32> = FxHashMap::default();
            let mut open: Vec<(u32, Node, u8, Told)> = Vec::new();
            let mut changed = false;
            let start = (now, owner, Items::new());
            let root = self.pass_place(
                &mut graph,
                &mut made,
                &mut open,
                &origin,
                start,
                &mut changed,
            )?;
            while let Some((place, at, who, told)) = open.pop() {
                if graph.places.len() > MOST {
                    return Err(Stop::Slow);
                }
                let old: Edges = self.store.edges(at).into();
                let mut edges = old.clone();
                for c in 0..old.len() {
                    if c as u8 == who {
                        edges[c] = place;
                        continue;
                    }
                    let base = if old[c] == SELF { at } else { old[c] };
                    let inner = (base, c as u8, of(&told, c as u8));
                    edges[c] = self.pass_place(
                        &mut graph,
                        &mut made,
                        &mut open,
                        &origin,
                        inner,
                        &mut changed,
                    )?;
                }
                graph.at(place).edges = edges;
            }
            if !changed {
                self.rest_all(now, owner);
                return Ok(now);
            }
            origin.clear();
            let next = self.enter(&graph, root, &mut origin);
            if next == now {
                return Err(Stop::Slow);
            }
            now = next;
        }
        Err(Stop::Slow)
    }

    fn pass_place(
        &mut self,
        graph: &mut Graph,
        made: &mut FxHashMap<Told1, u32>,
        open: &mut Vec<(u32, Node, u8, Told)>,
        origin: &FxHashMap<Node, Node>,
        key: Told1,
        changed: &mut bool,
    ) -> Fast<u32> {
        if let Some(&place) = made.get(&key) {
            return Ok(place);
        }
        let (node, owner, items) = &key;
        let old: Words = self.store.words(*node).into();
        let mut words = old.clone();
        for &(slot, code) in items {
            self.codes.put(&mut words, slot, code);
        }
        // What is at rest as somebody's mind may tell him something where it is what is so.
        let rested = match (self.store.rested(*node), *owner) {
            (known, ACTUAL) => known == ANYWHERE,
            (known, _) => known != RESTLESS,
        };
        if words == old && rested {
            return Ok(*node);
        }
        *changed |= words != old;
        let edges = self.store.edges_of(*node, *owner);
        let woken = self.awake(*node, *owner, (&old, &words), &edges, origin);
        let before = words.clone();
        let told = self.fire(&mut words, &edges, *owner, woken)?;
        *changed |= words != before;
        let place = graph.add(words, *node);
        open.push((place, *node, *owner, told));
        made.insert(key, place);
        Ok(place)
    }

    /// The triggers that may fire in a mind: what changed since it was at rest, or in the pass before.
    fn awake(
        &mut self,
        node: Node,
        owner: u8,
        (old, words): (&Words, &Words),
        edges: &Edges,
        origin: &FxHashMap<Node, Node>,
    ) -> List {
        let rested = self.store.rested(node) != RESTLESS;
        let before = if rested {
            Some(node)
        } else {
            origin.get(&node).copied()
        };
        let Some(before) = before.filter(|&b| self.store.rested(b) != RESTLESS) else {
            return (0..self.task.trigs.len() as u32).collect();
        };
        let (was, was_edges): (Words, Edges) = if rested {
            (old.clone(), edges.clone())
        } else {
            (
                self.store.words(before).into(),
                self.store.edges(before).into(),
            )
        };
        let was_edges: Edges = was_edges
            .iter()
            .map(|&e| if e == SELF && !rested { before } else { e })
            .collect();
        let mut woken = self.changed((&was, &was_edges), (words, edges));
        self.wake_tellers(before, owner, &mut woken);
        woken
    }

    /// Makes a graph minimal and enters its places; `origin` gets the state that each of them was before.
    fn enter(&mut self, graph: &Graph, root: u32, origin: &mut FxHashMap<Node, Node>) -> Node {
        let mut ids: Vec<u32> = vec![root];
        let mut place: FxHashMap<u32, usize> = FxHashMap::from_iter([(root, 0)]);
        let mut values: Vec<u32> = Vec::new();
        let mut value_ids: FxHashMap<Words, u32> = FxHashMap::default();
        let mut edges: Vec<Vec<usize>> = Vec::new();
        let mut next = 0;
        while next < ids.len() {
            let id = ids[next];
            next += 1;
            let (words, beliefs): (Words, Edges) = if id & PLACE != 0 {
                let p = &graph.places[(id & !PLACE) as usize];
                (p.words.clone(), p.edges.clone())
            } else {
                let known = self.store.edges(id);
                let beliefs = known
                    .iter()
                    .map(|&e| if e == SELF { id } else { e })
                    .collect();
                (self.store.words(id).into(), beliefs)
            };
            let fresh = value_ids.len() as u32;
            values.push(*value_ids.entry(words).or_insert(fresh));
            let mut out = Vec::with_capacity(beliefs.len());
            for target in beliefs {
                let fresh = ids.len();
                let j = *place.entry(target).or_insert(fresh);
                if j == fresh {
                    ids.push(target);
                }
                out.push(j);
            }
            edges.push(out);
        }
        let class = refine(&values, &edges);
        let count = class.iter().max().map_or(0, |m| m + 1);
        let mut state: Vec<Option<u32>> = vec![None; count];
        let mut member = vec![usize::MAX; count];
        for (i, &c) in class.iter().enumerate() {
            if ids[i] & PLACE == 0 {
                state[c] = Some(ids[i]);
            }
            if member[c] == usize::MAX {
                member[c] = i;
            }
        }
        let between: Vec<Vec<usize>> = member
            .iter()
            .map(|&i| edges[i].iter().map(|&j| class[j]).collect())
            .collect();
        let words_of: Vec<Words> = member
            .iter()
            .map(|&i| match ids[i] {
                id if id & PLACE != 0 => graph.places[(id & !PLACE) as usize].words.clone(),
                id => self.store.words(id).into(),
            })
            .collect();
        for component in components(&between, &state) {
            self.enter_component(&component, &between, &words_of, &mut state);
        }
        for (i, &c) in class.iter().enumerate() {
            if ids[i] & PLACE != 0 {
                let from = graph.places[(ids[i] & !PLACE) as usize].from;
                origin.insert(state[c].expect("every class has been entered"), from);
            }
        }
        state[class[0]].expect("every class has been entered")
    }

    /// Enters classes that lead to each other; those that they lead to besides have been entered.
    pub(super) fn enter_component(
        &mut self,
        component: &[usize],
        edges: &[Vec<usize>],
        words: &[Words],
        state: &mut [Option<u32>],
    ) {
        if let &[class] = component {
            let beliefs: Edges = edges[class]
                .iter()
                .map(|&c| state[c].unwrap_or(SELF))
                .collect();
            state[class] = Some(self.store.intern(&words[class], &beliefs));
            return;
        }
        let mut ids: FxHashMap<&Words, u32> = FxHashMap::default();
        let mut order: Vec<&Words> = component.iter().map(|&c| &words[c]).collect();
        order.sort_unstable();
        for w in order {
            let fresh = ids.len() as u32;
            ids.entry(w).or_insert(fresh);
        }
        let values: Vec<u32> = words
            .iter()
            .map(|w| ids.get(w).copied().unwrap_or(u32::MAX))
            .collect();
        let (form, order) = component
            .iter()
            .map(|&start| shape(start, component, edges, &values, state))
            .min()
            .expect("a component is never empty");
        let mut key: Vec<u64> = form;
        let mut named: Vec<&Words> = ids.keys().copied().collect();
        named.sort_unstable();
        named.iter().for_each(|w| key.extend_from_slice(w));
        if let Some(&first) = self.shapes.get(&key) {
            for (i, &class) in order.iter().enumerate() {
                state[class] = Some(first + i as u32);
            }
            return;
        }
        let nothing: Edges = SmallVec::from_elem(SELF, self.task.characters.len());
        let first = self.store.len() as u32;
        for (i, &class) in order.iter().enumerate() {
            let values = self.store.number(&words[class]);
            self.store.add(values, &nothing);
            state[class] = Some(first + i as u32);
        }
        for &class in &order {
            let node = state[class].expect("just made");
            for (c, &target) in edges[class].iter().enumerate() {
                self.store
                    .fill(node, c, state[target].expect("entered or just made"));
            }
            self.store.enter(node);
        }
        self.shapes.insert(key, first);
        self.cycles.push((first, order.len() as u32));
    }
}
