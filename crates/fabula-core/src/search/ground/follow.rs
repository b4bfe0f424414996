//! The state after an event by courses (see [`super::course`]): what becomes of the mind of a character is looked up by
//! the mind and by its course, or put together from what becomes of the minds inside. Minds that lead to each other are
//! found as they come up (strongly connected components, Tarjan 1972) and entered together.

use smallvec::SmallVec;

use super::course::{bit, STILL};
use super::fast::{Fast, Items, Stop};
use super::form::{Char, Form};
use super::store::{RESTLESS, SELF};
use super::{Edges, Ground, Node, Words, ACTUAL};
use crate::machine::refine;

/// In the beliefs of a mind that is being worked out: the rest is the place of another one.
const OPEN: u32 = 1 << 31;
/// So many minds that lead to each other are out of the ordinary.
const MOST: usize = 1000;

/// A mind that is being worked out.
pub(super) struct Open {
    key: u64,
    values: u32,
    edges: Edges,
}

/// What became of a mind: a state, or it waits for the end of the component that begins at a place.
enum Found {
    Node(Node),
    Waits(usize),
}

/// In what is remembered, the mind of a character with its course.
#[inline]
pub(super) fn followed_key(node: Node, owner: u8, course: u32) -> u64 {
    (u64::from(node) << 32) | (u64::from(course) << 8) | u64::from(owner)
}

impl Ground {
    /// The state after an event, as whose mind it is.
    pub(super) fn follow(&mut self, node: Node, act: u32, owner: u8) -> Fast<Node> {
        let course = self.course(self.store.values(node), act)?;
        self.follow_course(node, owner, course)
    }

    /// The state after a course of it, as whose mind it is.
    pub(super) fn follow_course(&mut self, node: Node, owner: u8, course: u32) -> Fast<Node> {
        match self.visit(node, owner, course) {
            Ok(Found::Node(found)) => Ok(found),
            Ok(Found::Waits(_)) => Err(Stop::Slow),
            Err(stop) => {
                self.opened.clear();
                Err(stop)
            }
        }
    }

    fn visit(&mut self, node: Node, owner: u8, course: u32) -> Fast<Found> {
        let place = self.opened.len();
        if place > MOST {
            return Err(Stop::Slow);
        }
        let head = self.courses.head(course);
        let surprising = (head.believing as usize) < self.task.acts.len();
        let (edges, believed) = self.store.beliefs(node);
        let (mut edges, mut believed): (Edges, Edges) = (edges.into(), believed.into());
        let (mut low, mut waits, mut pushed) = (place, false, false);
        // Whether one of the minds inside may be what this one becomes.
        let mut alike = false;
        for c in 0..edges.len() {
            let who = c as u8;
            if who == owner {
                edges[c] = SELF;
                believed[c] = head.last;
                continue;
            }
            let mut mind = if edges[c] == SELF { node } else { edges[c] };
            let mut values = believed[c];
            if head.minds & bit(c) == 0 {
                edges[c] = mind;
                alike |= values == head.last;
                continue;
            }
            if surprising {
                mind = self.put_right_deeply(node, mind, who, head.believing)?;
                values = self.store.values(mind);
                believed[c] = values;
            }
            let mut inner = self.inner_course(course, who, values)?;
            if inner == STILL {
                if !surprising || self.store.rested(mind) != RESTLESS {
                    edges[c] = mind;
                    alike |= values == head.last;
                    continue;
                }
                inner = self.quiet_course(values);
            }
            believed[c] = self.courses.head(inner).last;
            alike |= believed[c] == head.last;
            let wanted = followed_key(mind, who, inner);
            if let Some(found) = self.followed.get(wanted) {
                edges[c] = found;
                continue;
            }
            if !pushed {
                pushed = true;
                self.opened.push(Open {
                    key: followed_key(node, owner, course),
                    values: head.last,
                    edges: Edges::new(),
                });
            }
            let known = self.opened.iter().position(|open| open.key == wanted);
            let at = known.unwrap_or(self.opened.len());
            let first = match known {
                Some(at) => at,
                None => match self.visit(mind, who, inner)? {
                    Found::Node(found) => {
                        edges[c] = found;
                        continue;
                    }
                    Found::Waits(first) => first,
                },
            };
            low = low.min(first);
            waits = true;
            edges[c] = OPEN | at as u32;
        }
        if !waits {
            let found = self.settle_on(head.last, &edges, &believed, (owner, alike));
            if pushed {
                self.opened.pop();
            }
            // What is actual does not come up again within anything.
            if owner != ACTUAL {
                self.followed
                    .insert(followed_key(node, owner, course), found);
            }
            return Ok(Found::Node(found));
        }
        self.opened[place].edges = edges;
        if low < place {
            return Ok(Found::Waits(low));
        }
        Ok(Found::Node(self.close(place)))
    }

    /// Enters a state and says that it is at rest.
    #[inline]
    pub(super) fn settle_on(
        &mut self,
        values: u32,
        edges: &[u32],
        believed: &[u32],
        (owner, alike): (u8, bool),
    ) -> Node {
        let found = if alike {
            self.store.intern_numbered(values, edges)
        } else {
            self.store.intern_apart(values, edges, believed)
        };
        self.store.rest(found, owner);
        found
    }

    /// Enters the minds from a place on, which lead to each other; the state of the first of them.
    fn close(&mut self, place: usize) -> Node {
        let part = self.opened.split_off(place);
        let inside = |e: u32| (e != SELF && e & OPEN != 0).then(|| (e & !OPEN) as usize - place);
        // Those outside come after those inside, as places that lead nowhere.
        let mut outside: Vec<u32> = Vec::new();
        let mut edges: Vec<Vec<usize>> = Vec::with_capacity(part.len());
        for (i, open) in part.iter().enumerate() {
            let targets = open.edges.iter().map(|&e| match inside(e) {
                Some(j) => j,
                None if e == SELF => i,
                None => {
                    let known = outside.iter().position(|&o| o == e);
                    part.len()
                        + known.unwrap_or_else(|| {
                            outside.push(e);
                            outside.len() - 1
                        })
                }
            });
            edges.push(targets.collect());
        }
        let mut marks: Vec<u32> = part.iter().map(|open| open.values).collect();
        // A value of their own keeps those outside apart.
        marks.extend((0..outside.len() as u32).map(|i| u32::MAX - i));
        edges.resize(marks.len(), Vec::new());
        let class = refine(&marks, &edges);
        let count = class.iter().max().map_or(0, |m| m + 1);
        let mut member = vec![usize::MAX; count];
        for (i, &c) in class.iter().enumerate() {
            if member[c] == usize::MAX {
                member[c] = i;
            }
        }
        let between: Vec<Vec<usize>> = member
            .iter()
            .map(|&i| edges[i].iter().map(|&j| class[j]).collect())
            .collect();
        let mut state: Vec<Option<u32>> = member
            .iter()
            .map(|&i| i.checked_sub(part.len()).map(|o| outside[o]))
            .collect();
        let component: Vec<usize> = (0..count).filter(|&c| state[c].is_none()).collect();
        let values: Vec<u32> = member.iter().map(|&i| marks[i]).collect();
        if !self.known_outside(&component, &between, &values, &mut state) {
            let words: Vec<Words> = (0..count)
                .map(|c| match state[c] {
                    Some(_) => Words::new(),
                    None => self.store.numbered(values[c]).into(),
                })
                .collect();
            self.enter_component(&component, &between, &words, &mut state);
        }
        for (i, open) in part.iter().enumerate() {
            let found = state[class[i]].expect("every class has been entered");
            self.store.rest(found, open.key as u8);
            self.followed.insert(open.key, found);
        }
        state[class[0]].expect("every class has been entered")
    }

    /// Whether minds that lead to each other are known states that lead to each other, some of which they lead to besides.
    fn known_outside(
        &self,
        component: &[usize],
        edges: &[Vec<usize>],
        values: &[u32],
        state: &mut [Option<u32>],
    ) -> bool {
        let targets = component.iter().flat_map(|&c| edges[c].iter());
        let outside: SmallVec<[Node; 8]> = targets.filter_map(|&to| state[to]).collect();
        for node in outside {
            let at = self.cycles.partition_point(|&(first, _)| first <= node);
            let around = at.checked_sub(1).map(|i| self.cycles[i]);
            let around = around.filter(|&(first, count)| node < first + count);
            let (first, count) = around.unwrap_or((node, 1));
            for other in first..first + count {
                let mut taken = state.to_vec();
                if self.is_same(component[0], other, edges, values, &mut taken) {
                    state.copy_from_slice(&taken);
                    return true;
                }
            }
        }
        false
    }

    /// Whether a class and all that it leads to are a state and all that it leads to.
    fn is_same(
        &self,
        class: usize,
        node: Node,
        edges: &[Vec<usize>],
        values: &[u32],
        taken: &mut [Option<u32>],
    ) -> bool {
        let mut open = vec![(class, node)];
        while let Some((class, node)) = open.pop() {
            match taken[class] {
                Some(known) if known == node => continue,
                Some(_) => return false,
                None if self.store.values(node) != values[class] => return false,
                None => taken[class] = Some(node),
            }
            for (c, &to) in edges[class].iter().enumerate() {
                open.push((to, self.store.mind(node, c)));
            }
        }
        true
    }

    /// The mind of an observer as a surprise corrects it that can be about what others believe.
    fn put_right_deeply(&mut self, node: Node, mind: Node, who: Char, act: u32) -> Fast<Node> {
        let task = self.task.clone();
        let action = &task.acts[act as usize];
        let (eval, here) = (self.eval(), self.store.view(node));
        if mind == node || !eval.holds(here, &action.observes[usize::from(who)]) {
            return Ok(mind);
        }
        let there = self.store.view(mind);
        let fits = action.lits.iter().all(|lit| lit.holds(there.words))
            && action.rest.iter().all(|f| eval.holds(there, f));
        if fits {
            return Ok(mind);
        }
        let mut found: SmallVec<[(Char, Items); 2]> = SmallVec::new();
        self.learned(&action.pre, node, mind, who, &mut found)?;
        let mut out = mind;
        for (c, items) in found.iter().filter(|(c, _)| *c != who) {
            let inner = self.store.mind(mind, usize::from(*c));
            let right = self.patched(inner, *c, items);
            if right != inner {
                let mut edges = self.store.edges_of(out, who);
                edges[usize::from(*c)] = right;
                let values = self.store.values(out);
                out = self.store.intern_numbered(values, &edges);
            }
        }
        for (_, items) in found.iter().filter(|(c, _)| *c == who) {
            out = self.patched(out, who, items);
        }
        Ok(out)
    }

    /// What an observer learns, by the mind inside of his (or his own) that learns it.
    fn learned(
        &self,
        form: &Form,
        node: Node,
        mind: Node,
        who: Char,
        out: &mut SmallVec<[(Char, Items); 2]>,
    ) -> Fast<()> {
        if !self.eval().holds(self.store.view(node), form) {
            return Ok(());
        }
        let (of, lit, here, there) = match form {
            Form::And(list) | Form::Or(list) => {
                for part in list {
                    self.learned(part, node, mind, who, out)?;
                }
                return Ok(());
            }
            Form::In(c, inner, true) => {
                let c = usize::from(*c);
                let (here, there) = (self.store.mind(node, c), self.store.mind(mind, c));
                (c as Char, &**inner, here, there)
            }
            form => (who, form, node, mind),
        };
        let at = match out.iter().position(|(c, _)| *c == of) {
            Some(at) => at,
            None => {
                out.push((of, Items::new()));
                out.len() - 1
            }
        };
        let (here, there) = (self.store.words(here), self.store.words(there));
        self.corrections(lit, here, there, &mut out[at].1)
    }
}
