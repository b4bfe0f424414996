//! Finds or makes the state that a working graph is: minimisation by partition refinement, then a canonical form for
//! each strongly connected component.

use rustc_hash::FxHashMap;

use super::{Node, State, Universe, Values, WORK};

/// The graph that is minimised: nodes of the working graph and the states that they lead to.
struct Graph {
    ids: Vec<State>,
    values: Vec<u32>,
    edges: Vec<Vec<usize>>,
}

impl Universe {
    /// The number of the state that a node of the working graph is.
    pub(super) fn intern(&mut self, root: State) -> State {
        if root < WORK {
            return root;
        }
        let graph = self.reachable(root);
        let class = refine(&graph);
        let count = class.iter().max().map_or(0, |m| m + 1);
        let mut state: Vec<Option<State>> = vec![None; count];
        let mut member = vec![usize::MAX; count];
        for (i, &c) in class.iter().enumerate() {
            if graph.ids[i] < WORK {
                state[c] = Some(graph.ids[i]);
            }
            if member[c] == usize::MAX {
                member[c] = i;
            }
        }
        let edges: Vec<Vec<usize>> = member
            .iter()
            .map(|&i| graph.edges[i].iter().map(|&j| class[j]).collect())
            .collect();
        let values: Vec<u32> = member.iter().map(|&i| graph.values[i]).collect();
        for component in components(&edges, &state) {
            self.place_component(&component, &edges, &values, &mut state);
        }
        self.work.clear();
        state[class[0]].expect("every class of the graph has been placed")
    }

    fn value_id(&mut self, values: &Values) -> u32 {
        if let Some(&id) = self.value_ids.get(values) {
            return id;
        }
        let id = self.values.len() as u32;
        self.values.push(values.clone());
        self.value_ids.insert(values.clone(), id);
        id
    }

    fn reachable(&mut self, root: State) -> Graph {
        let mut place: FxHashMap<State, usize> = FxHashMap::default();
        let mut graph = Graph {
            ids: vec![root],
            values: Vec::new(),
            edges: Vec::new(),
        };
        place.insert(root, 0);
        let mut next = 0;
        while next < graph.ids.len() {
            let id = graph.ids[next];
            next += 1;
            let values = if id < WORK {
                self.states[id as usize].values
            } else {
                let values = self.values_of(id).clone();
                self.value_id(&values)
            };
            graph.values.push(values);
            let mut edges = Vec::with_capacity(self.p.characters.len());
            for who in 0..self.p.characters.len() {
                let target = self.edge(id, who);
                let fresh = graph.ids.len();
                let j = *place.entry(target).or_insert(fresh);
                if j == fresh {
                    graph.ids.push(target);
                }
                edges.push(j);
            }
            graph.edges.push(edges);
        }
        graph
    }

    /// Gives the classes of a component the numbers of equal states, or new ones.
    fn place_component(
        &mut self,
        component: &[usize],
        edges: &[Vec<usize>],
        values: &[u32],
        state: &mut [Option<State>],
    ) {
        let best = component
            .iter()
            .map(|&start| shape(start, component, edges, values, state))
            .min()
            .expect("a component is never empty");
        let (shape, order) = best;
        let first = match self.shapes.get(&shape) {
            Some(&first) => first,
            None => {
                let first = self.states.len() as State;
                self.shapes.insert(shape, first);
                for (i, &class) in order.iter().enumerate() {
                    state[class] = Some(first + i as State);
                }
                for &class in &order {
                    let beliefs = edges[class]
                        .iter()
                        .map(|&c| state[c].expect("inner states come first"))
                        .collect();
                    self.states.push(Node {
                        values: values[class],
                        beliefs,
                    });
                }
                first
            }
        };
        for (i, &class) in order.iter().enumerate() {
            state[class] = Some(first + i as State);
        }
    }
}

/// The component as seen from one of its classes: values and edges in breadth-first order, and that order.
fn shape(
    start: usize,
    component: &[usize],
    edges: &[Vec<usize>],
    values: &[u32],
    state: &[Option<State>],
) -> (Vec<u64>, Vec<usize>) {
    let mut order = vec![start];
    let mut number: FxHashMap<usize, usize> = FxHashMap::default();
    number.insert(start, 0);
    let mut out = vec![component.len() as u64];
    let mut next = 0;
    while next < order.len() {
        let class = order[next];
        next += 1;
        out.push(u64::from(values[class]));
        for &target in &edges[class] {
            out.push(match state[target] {
                Some(id) => u64::from(id) << 1,
                None => {
                    let fresh = order.len();
                    let i = *number.entry(target).or_insert(fresh);
                    if i == fresh {
                        order.push(target);
                    }
                    ((i as u64) << 1) | 1
                }
            });
        }
    }
    (out, order)
}

/// The coarsest partition in which equal classes have equal values and lead to equal classes (Moore).
fn refine(graph: &Graph) -> Vec<usize> {
    let mut class: Vec<usize> = Vec::with_capacity(graph.ids.len());
    let mut first: FxHashMap<u32, usize> = FxHashMap::default();
    for value in &graph.values {
        let fresh = first.len();
        class.push(*first.entry(*value).or_insert(fresh));
    }
    let mut count = first.len();
    loop {
        let mut seen: FxHashMap<(usize, Vec<usize>), usize> = FxHashMap::default();
        let next: Vec<usize> = (0..class.len())
            .map(|i| {
                let fresh = seen.len();
                let targets = graph.edges[i].iter().map(|&j| class[j]).collect();
                *seen.entry((class[i], targets)).or_insert(fresh)
            })
            .collect();
        class = next;
        if seen.len() == count {
            return class;
        }
        count = seen.len();
    }
}

/// The strongly connected components of the classes without a state, each after those it leads to (Tarjan).
pub(super) fn components(edges: &[Vec<usize>], state: &[Option<State>]) -> Vec<Vec<usize>> {
    let n = edges.len();
    let mut index = vec![usize::MAX; n];
    let mut low = vec![0; n];
    let mut on_stack = vec![false; n];
    let (mut stack, mut out, mut count) = (Vec::new(), Vec::new(), 0);
    for root in 0..n {
        if index[root] != usize::MAX || state[root].is_some() {
            continue;
        }
        let mut path = vec![(root, 0)];
        while let Some(&mut (v, ref mut i)) = path.last_mut() {
            if *i == 0 {
                index[v] = count;
                low[v] = count;
                count += 1;
                stack.push(v);
                on_stack[v] = true;
            }
            if let Some(&w) = edges[v].get(*i) {
                *i += 1;
                if state[w].is_none() && index[w] == usize::MAX {
                    path.push((w, 0));
                } else if on_stack[w] {
                    low[v] = low[v].min(index[w]);
                }
                continue;
            }
            path.pop();
            if let Some(&(parent, _)) = path.last() {
                low[parent] = low[parent].min(low[v]);
            }
            if low[v] == index[v] {
                let start = stack
                    .iter()
                    .rposition(|&w| w == v)
                    .expect("v is on the stack");
                let component = stack.split_off(start);
                component.iter().for_each(|&w| on_stack[w] = false);
                out.push(component);
            }
        }
    }
    out
}
