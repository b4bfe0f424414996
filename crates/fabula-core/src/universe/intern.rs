//! Finds or makes the state that a working graph is: minimisation by partition refinement, then a canonical form for
//! each strongly connected component.

use rustc_hash::FxHashMap;

use super::{Node, State, Universe, Values, WORK};
use crate::machine::{components, refine, shape};

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
        let class = refine(&graph.values, &graph.edges);
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
