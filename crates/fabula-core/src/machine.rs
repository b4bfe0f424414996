//! Moore machines: which of their places are the same, and how those on cycles together are told apart from others.

use rustc_hash::FxHashMap;

/// The component as seen from one of its classes: values and edges in breadth-first order, and that order.
pub(crate) fn shape(
    start: usize,
    component: &[usize],
    edges: &[Vec<usize>],
    values: &[u32],
    state: &[Option<u32>],
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
pub(crate) fn refine(values: &[u32], edges: &[Vec<usize>]) -> Vec<usize> {
    let mut class: Vec<usize> = Vec::with_capacity(values.len());
    let mut first: FxHashMap<u32, usize> = FxHashMap::default();
    for value in values {
        let fresh = first.len();
        class.push(*first.entry(*value).or_insert(fresh));
    }
    let mut count = first.len();
    loop {
        let mut seen: FxHashMap<(usize, Vec<usize>), usize> = FxHashMap::default();
        let next: Vec<usize> = (0..class.len())
            .map(|i| {
                let fresh = seen.len();
                let targets = edges[i].iter().map(|&j| class[j]).collect();
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
pub(crate) fn components(edges: &[Vec<usize>], state: &[Option<u32>]) -> Vec<Vec<usize>> {
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
