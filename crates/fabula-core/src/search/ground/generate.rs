//! Lists the actions or triggers whose literals hold, through a tree of decisions over fluents (as in Fast Downward, Helmert 2006).

use super::codes::Codes;
use super::form::{Lit, Slot};

enum Tree {
    Leaf(Vec<u32>),
    /// A fluent, a tree for each code, and one for the actions that do not ask for it.
    Ask(Slot, Vec<Option<Box<Tree>>>, Box<Tree>),
}

/// The tree of a task.
pub struct Generator {
    tree: Tree,
}

const SMALL: usize = 4;

impl Generator {
    /// The tree over some of what has literals, by number.
    pub fn new<'t>(codes: &Codes, some: Vec<u32>, lits: &dyn Fn(u32) -> &'t [Lit]) -> Generator {
        Generator {
            tree: grow(codes, some, lits, &mut Vec::new()),
        }
    }

    /// Appends the actions that the values do not rule out.
    pub fn list(&self, words: &[u64], codes: &Codes, out: &mut Vec<u32>) {
        walk(&self.tree, words, codes, out);
    }
}

fn walk(mut tree: &Tree, words: &[u64], codes: &Codes, out: &mut Vec<u32>) {
    loop {
        match tree {
            Tree::Leaf(acts) => {
                out.extend_from_slice(acts);
                return;
            }
            Tree::Ask(slot, branches, other) => {
                let code = codes.code(words, *slot) as usize;
                if let Some(Some(branch)) = branches.get(code) {
                    walk(branch, words, codes, out);
                }
                tree = other;
            }
        }
    }
}

/// The one code that an action asks a fluent for.
fn asked(lits: &[Lit], slot: Slot) -> Option<usize> {
    lits.iter()
        .find(|l| l.slot == slot && l.codes.count_ones() == 1)
        .map(|l| l.codes.trailing_zeros() as usize)
}

fn grow<'t>(
    codes: &Codes,
    acts: Vec<u32>,
    lits: &dyn Fn(u32) -> &'t [Lit],
    used: &mut Vec<Slot>,
) -> Tree {
    if acts.len() <= SMALL {
        return Tree::Leaf(acts);
    }
    let mut count = vec![0usize; codes.fields.len()];
    for &a in &acts {
        for lit in lits(a) {
            if lit.codes.count_ones() == 1 && !used.contains(&lit.slot) {
                count[lit.slot as usize] += 1;
            }
        }
    }
    let best = (0..count.len()).max_by_key(|&s| (count[s], std::cmp::Reverse(s)));
    let Some(slot) = best.filter(|&s| count[s] > 0) else {
        return Tree::Leaf(acts);
    };
    let slot = slot as Slot;
    let mut parts: Vec<Vec<u32>> = vec![Vec::new(); codes.fields[slot as usize].values.len()];
    let mut other = Vec::new();
    for a in acts {
        match asked(lits(a), slot) {
            Some(code) => parts[code].push(a),
            None => other.push(a),
        }
    }
    used.push(slot);
    let branches = parts
        .into_iter()
        .map(|part| (!part.is_empty()).then(|| Box::new(grow(codes, part, lits, used))))
        .collect();
    let other = Box::new(grow(codes, other, lits, used));
    used.pop();
    Tree::Ask(slot, branches, other)
}
