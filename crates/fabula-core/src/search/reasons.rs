//! Why somebody would do something (engine: "Reasons"): plans in a character's mind that begin with an act and leave him
//! better off, in which everybody else acts for reasons of his own, and from which nothing can be left out.
//!
//! A search for a reason may be given up after some effort; what it then says is that it does not know. Only a search
//! that left nothing out says that there is none.

use std::collections::BinaryHeap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::ground::relax::{Aim, Relax};
use super::ground::{Char, Ground, Node};
use super::limits::{Limits, Progress, Watch};
use super::rank::Rank;
use crate::error::{Error, Result};

/// What a reason is asked for: a mind, an act, whose mind, actions left, and levels of belief above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    /// What the character believes.
    pub mind: Node,
    /// The act.
    pub act: u32,
    /// The character.
    pub who: Char,
    /// The greatest number of actions in the plan.
    pub left: u16,
    /// 1 in the mind of somebody who really is there, 2 in a mind inside that, and so on.
    pub depth: u16,
}

/// What is known of a reason.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A plan that begins with the act.
    Yes(Vec<u32>),
    /// There is none.
    No,
    /// None was found with this effort.
    Unknown(u32),
}

/// With at most this effort only acts that look helpful are tried.
pub const NARROW: u32 = 256;
/// The least effort for showing that an act has no reason, where that shows that another has one.
const SPARING: u32 = 12_000;
/// Effort from which on nothing is left out.
pub const EXACT: u32 = u32::MAX;

/// The ground problem with what is known of reasons in it.
pub struct Reasons {
    /// The states.
    pub ground: Ground,
    /// The relaxation that guides.
    pub relax: Relax,
    /// The limits.
    pub limits: Limits,
    answers: FxHashMap<Question, Answer>,
    /// Acts that have no result, with where and in whose mind.
    without_end: FxHashSet<(Node, u32, Option<Char>)>,
    /// Why the first of them has none: as long as there is such a one, that nothing was found proves nothing.
    pub failed: Option<Error>,
    /// States made.
    pub generated: u64,
    /// Whether everything is to end.
    pub stop: bool,
    /// States that the author's search looked into.
    pub visited: u64,
    watch: Box<Watch<'static>>,
}

struct Step {
    state: Node,
    parent: u32,
    act: u32,
    g: u16,
    /// Where the same acts without the first lead, as long as they can be done.
    without: Option<Node>,
}

/// One search for a reason.
struct Search {
    q: Question,
    before: f64,
    steps: Vec<Step>,
    open: BinaryHeap<Rank>,
    seen: FxHashMap<Node, u16>,
    /// Whether something was left out that might have been a reason.
    partial: bool,
}

impl Reasons {
    /// Nothing is known yet.
    pub fn new(ground: Ground, limits: Limits, watch: Box<Watch<'static>>) -> Reasons {
        let relax = Relax::new(&ground, limits);
        Reasons {
            ground,
            relax,
            limits,
            answers: FxHashMap::default(),
            without_end: FxHashSet::default(),
            failed: None,
            generated: 0,
            stop: false,
            visited: 0,
            watch,
        }
    }

    /// Bytes taken.
    pub fn bytes(&self) -> usize {
        self.ground.bytes() + self.answers.capacity() * 56 + self.relax.bytes()
    }

    /// Whether an act has a reason for everybody who consents to it but one, from where it is really taken.
    /// None where nobody knows with this effort.
    pub fn agreed(
        &mut self,
        state: Node,
        act: u32,
        but: Option<Char>,
        left: u16,
        depth: u16,
        effort: u32,
    ) -> Result<Option<bool>> {
        let task = self.ground.task.clone();
        let mut sure = true;
        for &who in &task.acts[act as usize].consenting {
            if Some(who) == but {
                continue;
            }
            let q = Question {
                mind: self.ground.belief(state, who),
                act,
                who,
                left,
                depth,
            };
            match self.answer(q, effort)? {
                Answer::Yes(_) => {}
                Answer::No => return Ok(Some(false)),
                Answer::Unknown(_) => sure = false,
            }
        }
        Ok(sure.then_some(true))
    }

    /// Looks for a reason.
    pub fn answer(&mut self, q: Question, effort: u32) -> Result<Answer> {
        match self.answers.get(&q) {
            Some(Answer::Unknown(before)) if *before < effort => {}
            Some(known) => return Ok(known.clone()),
            None => {}
        }
        let found = self.look(q, effort)?;
        if !self.stop {
            self.answers.insert(q, found.clone());
        }
        Ok(found)
    }

    fn look(&mut self, q: Question, effort: u32) -> Result<Answer> {
        if !self.ground.holds(q.mind, q.act) {
            return Ok(Answer::No);
        }
        let before = self.ground.utility(q.mind, Some(q.who));
        let Some(first) = self.after(q.mind, q.act, Some(q.who))? else {
            return Ok(Answer::No);
        };
        if self.ground.utility(first, Some(q.who)) > before {
            return Ok(Answer::Yes(vec![q.act]));
        }
        if q.left <= 1 || usize::from(q.depth) > self.limits.belief {
            return Ok(Answer::No);
        }
        if effort == EXACT {
            return super::exact::look(self, q, before, first);
        }
        if effort <= NARROW {
            // At first only what uses something that the act made so.
            let aim = Aim::exceed(q.who + 1, before);
            let (old, new) = (self.ground.words(q.mind), self.ground.words(first));
            if let Some(way) = self.relax.way(&self.ground, new, aim) {
                if old != new && !self.relax.begins_anew(&self.ground, &way, old, new) {
                    return Ok(Answer::Unknown(effort));
                }
            }
        }
        let mut search = Search {
            q,
            before,
            steps: Vec::new(),
            open: BinaryHeap::new(),
            seen: FxHashMap::default(),
            partial: false,
        };
        search.add(self, first, 0, q.act, 1, Some(q.mind));
        self.run(search, effort)
    }

    fn run(&mut self, mut search: Search, effort: u32) -> Result<Answer> {
        let q = search.q;
        let mut expanded = 0;
        let mut tried = 0;
        while let Some(Rank(_, _, i)) = search.open.pop() {
            let Step {
                state,
                parent,
                act,
                g,
                without,
            } = search.steps[i as usize];
            if search.seen.get(&state).is_some_and(|&known| known < g) {
                continue;
            }
            if g > 1 {
                let from = search.steps[parent as usize].state;
                match self.agreed(
                    from,
                    act,
                    Some(q.who),
                    q.left - (g - 1),
                    q.depth + 1,
                    effort / 2,
                )? {
                    Some(true) => {}
                    Some(false) => continue,
                    None => {
                        search.partial = true;
                        continue;
                    }
                }
            }
            if search.seen.insert(state, g).is_some_and(|known| known <= g) {
                continue;
            }
            if self.stop {
                return Ok(Answer::Unknown(0));
            }
            let now = self.ground.utility(state, Some(q.who));
            if now > search.before {
                let plan = search.plan(i);
                tried += 1;
                match self.spare(q, &plan, now, effort)? {
                    Some(false) => return Ok(Answer::Yes(self.least(q, plan, effort)?)),
                    _ => search.partial = true,
                }
            }
            if g == q.left {
                continue;
            }
            expanded += 1;
            if expanded > effort || tried > 8 + effort / 8 {
                return Ok(Answer::Unknown(effort));
            }
            self.expand(&mut search, i, state, g, without, effort)?;
        }
        Ok(if search.partial {
            Answer::Unknown(effort)
        } else {
            Answer::No
        })
    }

    fn expand(
        &mut self,
        search: &mut Search,
        i: u32,
        state: Node,
        g: u16,
        without: Option<Node>,
        effort: u32,
    ) -> Result<()> {
        let q = search.q;
        let mut acts = Vec::new();
        self.ground.applicable(state, &mut acts);
        let aim = Aim::exceed(q.who + 1, search.before);
        let narrow = effort <= NARROW;
        let way = if narrow {
            self.relax.way(&self.ground, self.ground.words(state), aim)
        } else {
            None
        };
        for act in acts {
            if self.ground.task.acts[act as usize].consenting.is_empty() {
                continue;
            }
            if way
                .as_ref()
                .is_some_and(|way| !self.relax.helps(&self.ground, way, act))
            {
                search.partial = true;
                continue;
            }
            if !self.ground.agreed(state, act) {
                continue;
            }
            let Some(next) = self.after(state, act, Some(q.who))? else {
                continue;
            };
            if next == state || search.seen.get(&next).is_some_and(|&known| known <= g + 1) {
                continue;
            }
            let mut mirror = None;
            if let Some(other) = without {
                if self.ground.possible(other, act) {
                    mirror = self.after(other, act, Some(q.who))?;
                    if mirror == Some(next) {
                        // The first act made no difference.
                        search.partial = true;
                        continue;
                    }
                }
            }
            search.add(self, next, i, act, g + 1, mirror);
        }
        Ok(())
    }

    /// Whether the first act can be spared: whether some of the others without it do as much.
    /// None where nobody knows with this effort.
    fn spare(
        &mut self,
        q: Question,
        plan: &[u32],
        reached: f64,
        effort: u32,
    ) -> Result<Option<bool>> {
        let mut spare = Part::of(q, plan, reached, (effort / 2).max(SPARING));
        let found = spare.walk(self, 1, q.mind)?;
        Ok(if found {
            Some(true)
        } else {
            spare.sure.then_some(false)
        })
    }

    /// A reason of which no part does as much, made of one of which none that leaves out its first act does.
    pub fn least(&mut self, q: Question, mut plan: Vec<u32>, effort: u32) -> Result<Vec<u32>> {
        let effort = match effort {
            EXACT => EXACT,
            _ => (effort / 2).max(SPARING),
        };
        loop {
            let mut reached = q.mind;
            for &act in &plan {
                match self.after(reached, act, Some(q.who))? {
                    Some(next) => reached = next,
                    None => return Ok(plan),
                }
            }
            let reached = self.ground.utility(reached, Some(q.who));
            let mut least = Part::of(q, &plan, reached, effort);
            least.now.push(q.act);
            let Some(first) = self.after(q.mind, q.act, Some(q.who))? else {
                return Ok(plan);
            };
            if !least.walk(self, 1, first)? {
                return Ok(plan);
            }
            plan = least.now;
        }
    }

    /// The state after an act, as the mind of a character or (None) as it actually is; None where the act has no result,
    /// because it sets two values or triggers do not come to rest after it: then nobody can plan it.
    pub fn after(&mut self, state: Node, act: u32, who: Option<Char>) -> Result<Option<Node>> {
        self.tick();
        let key = (state, act, who);
        if !self.without_end.is_empty() && self.without_end.contains(&key) {
            return Ok(None);
        }
        match self.ground.after(state, act, who) {
            Ok(after) => Ok(Some(after)),
            Err(error @ (Error::Clash { .. } | Error::Restless { .. })) => {
                self.without_end.insert(key);
                self.failed.get_or_insert(error);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Counts a state that is made, and asks now and then whether to go on.
    pub fn tick(&mut self) {
        self.generated += 1;
        if self.generated & 0x3ff == 0 && !self.stop {
            let now = self.progress();
            self.stop = !(self.watch)(now);
        }
    }

    /// How far the search is.
    pub fn progress(&self) -> Progress {
        Progress {
            visited: self.visited,
            generated: self.generated,
            bytes: self.bytes(),
        }
    }

    /// What is known of a question.
    pub fn known(&self, q: &Question) -> Option<&Answer> {
        self.answers.get(q)
    }
}

impl Search {
    fn add(
        &mut self,
        r: &mut Reasons,
        state: Node,
        parent: u32,
        act: u32,
        g: u16,
        without: Option<Node>,
    ) {
        let aim = Aim::exceed(self.q.who + 1, self.before);
        let cost = r.relax.cost(&r.ground, r.ground.words(state), aim);
        if u32::from(g) + u32::from(cost.least) > u32::from(self.q.left) {
            return;
        }
        let i = self.steps.len() as u32;
        self.steps.push(Step {
            state,
            parent,
            act,
            g,
            without,
        });
        self.open.push(Rank(f32::from(g) + cost.guess, g, i));
    }

    fn plan(&self, mut i: u32) -> Vec<u32> {
        let mut out = vec![self.steps[i as usize].act];
        while self.steps[i as usize].g > 1 {
            i = self.steps[i as usize].parent;
            out.push(self.steps[i as usize].act);
        }
        out.reverse();
        out
    }
}

/// A walk through the proper parts of a plan for one that does as much: of those without its first act where
/// ``now``, the part, begins empty, and of those that begin with it where that stands in it.
struct Part<'a> {
    q: Question,
    plan: &'a [u32],
    reached: f64,
    effort: u32,
    now: Vec<u32>,
    seen: FxHashSet<(usize, Node, usize)>,
    sure: bool,
}

impl<'a> Part<'a> {
    fn of(q: Question, plan: &'a [u32], reached: f64, effort: u32) -> Part<'a> {
        Part {
            q,
            plan,
            reached,
            effort,
            now: Vec::new(),
            seen: FxHashSet::default(),
            sure: true,
        }
    }

    fn walk(&mut self, r: &mut Reasons, from: usize, state: Node) -> Result<bool> {
        let (q, done) = (self.q, self.now.len());
        for k in from..self.plan.len() {
            let act = self.plan[k];
            // A part that begins with the same act is a reason for it, too.
            if (done == 0 && act == self.plan[0]) || !r.ground.possible(state, act) {
                continue;
            }
            if !self.seen.insert((k, state, done)) {
                continue;
            }
            let (left, depth) = (q.left - done as u16, q.depth + 1);
            match r.agreed(state, act, Some(q.who), left, depth, self.effort)? {
                Some(true) => {}
                Some(false) => continue,
                None => {
                    self.sure = false;
                    continue;
                }
            }
            let Some(next) = r.after(state, act, Some(q.who))? else {
                continue;
            };
            self.now.push(act);
            let proper = self.now.len() < self.plan.len();
            if (proper && r.ground.utility(next, Some(q.who)) >= self.reached)
                || self.walk(r, k + 1, next)?
            {
                return Ok(true);
            }
            self.now.pop();
        }
        Ok(false)
    }
}
