//! The author's search: a plan that is possible, in which every action has a reason, and that gets where the author wants.
//!
//! Best first, guided by the relaxation. Whether an action has a reason is asked only when the state behind it is looked
//! into; a question that takes too much effort is put off, and asked again with more when nothing better is left.

use std::collections::BinaryHeap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::ground::relax::Aim;
use super::ground::{Ground, Node};
use super::limits::{Limits, Stopped, Watch};
use super::rank::Rank;
use super::reasons::{Answer, Question, Reasons, EXACT, NARROW};
use crate::error::Result;
use crate::value::Entity;

/// A ground action by name: the action of the problem and its things.
pub type Named = (u32, Vec<Entity>);

/// Why somebody does a step of a plan.
#[derive(Clone, Debug)]
pub struct Reason {
    /// The step, from 0.
    pub step: usize,
    /// Who.
    pub character: Entity,
    /// What he has in mind; it begins with the step.
    pub plan: Vec<Named>,
    /// His utility in his mind before and at the end of it.
    pub raises: (f64, f64),
    /// What he takes for the reasons of the others who act in it.
    pub inner: Vec<Reason>,
}

/// A solution.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The author's utility at the end.
    pub utility: f64,
    /// What happens.
    pub steps: Vec<Named>,
    /// Everybody's reasons.
    pub reasons: Vec<Reason>,
}

/// Round by round: how much effort a reason is worth, and how many states more are looked into before more is worth it.
const ROUNDS: [(u32, u64); 6] = [
    (32, 300),
    (NARROW, 20_000),
    (400, 3_000),
    (3_000, 10_000),
    (24_000, 30_000),
    (EXACT, u64::MAX / 2),
];
/// How much the guess counts beside the steps so far.
const GREED: f32 = 2.0;

struct Step {
    state: Node,
    parent: u32,
    act: u32,
    g: u16,
}

/// A search that can be asked for one solution after another.
pub struct Planner {
    reasons: Reasons,
    goal: f64,
    shortest: bool,
    steps: Vec<Step>,
    open: BinaryHeap<Rank>,
    put_off: Vec<Rank>,
    closed: FxHashMap<Node, u16>,
    round: usize,
    patience: u64,
    /// Which actions happen in the solutions so far.
    given: FxHashSet<Vec<u32>>,
}

impl Planner {
    /// A search from the first state. With `shortest`, a solution is given only when no shorter one exists.
    pub fn new(
        ground: Ground,
        goal: f64,
        limits: Limits,
        shortest: bool,
        watch: Box<Watch<'static>>,
    ) -> Planner {
        let first = ground.initial();
        let mut planner = Planner {
            reasons: Reasons::new(ground, limits, watch),
            goal,
            shortest,
            steps: Vec::new(),
            open: BinaryHeap::new(),
            put_off: Vec::new(),
            closed: FxHashMap::default(),
            round: if shortest { ROUNDS.len() - 1 } else { 0 },
            patience: ROUNDS[0].1,
            given: FxHashSet::default(),
        };
        planner.add(first, 0, u32::MAX, 0);
        planner
    }

    /// The effort that a reason is worth by now.
    pub fn effort(&self) -> u32 {
        ROUNDS[self.round].0
    }

    /// What is known of reasons.
    pub fn reasons(&mut self) -> &mut Reasons {
        &mut self.reasons
    }

    /// The next solution, or why there is none.
    pub fn solve(&mut self) -> Result<std::result::Result<Plan, Stopped>> {
        loop {
            if self.reasons.stop {
                return Ok(Err(Stopped::Asked));
            }
            let Some(rank) = self.open.pop() else {
                if self.put_off.is_empty() {
                    return match self.reasons.failed.clone() {
                        Some(error) => Err(error),
                        None => Ok(Err(Stopped::Exhausted)),
                    };
                }
                self.try_harder();
                continue;
            };
            if let Some(plan) = self.look(rank)? {
                return Ok(Ok(plan));
            }
            if self.reasons.visited > self.patience && !self.put_off.is_empty() {
                self.try_harder();
            }
        }
    }

    fn try_harder(&mut self) {
        self.round = (self.round + 1).min(ROUNDS.len() - 1);
        self.patience = self.reasons.visited + ROUNDS[self.round].1;
        self.open.extend(self.put_off.drain(..));
    }

    fn look(&mut self, rank: Rank) -> Result<Option<Plan>> {
        let i = rank.2;
        let Step {
            state,
            parent,
            act,
            g,
        } = self.steps[i as usize];
        if self.closed.get(&state).is_some_and(|&known| known <= g) {
            return Ok(None);
        }
        if g > 0 {
            let from = self.steps[parent as usize].state;
            let left = self.reasons.limits.character as u16;
            match self
                .reasons
                .agreed(from, act, None, left, 1, self.effort())?
            {
                Some(true) => {}
                Some(false) => return Ok(None),
                None => {
                    self.put_off.push(rank);
                    return Ok(None);
                }
            }
        }
        self.closed.insert(state, g);
        self.reasons.visited += 1;
        if self.reasons.ground.utility(state, None) >= self.goal {
            return self.solution(i);
        }
        if usize::from(g) < self.reasons.limits.author {
            let mut acts = Vec::new();
            self.reasons.ground.applicable(state, &mut acts);
            for act in acts {
                if !self.reasons.ground.agreed(state, act) {
                    continue;
                }
                let Some(next) = self.reasons.after(state, act, None)? else {
                    continue;
                };
                if self.closed.get(&next).is_none_or(|&known| known > g + 1) {
                    self.add(next, i, act, g + 1);
                }
            }
        }
        Ok(None)
    }

    fn add(&mut self, state: Node, parent: u32, act: u32, g: u16) {
        let aim = Aim::reach(0, self.goal);
        let r = &mut self.reasons;
        let cost = r.relax.cost(&r.ground, r.ground.words(state), aim);
        if usize::from(g) + usize::from(cost.least) > r.limits.author {
            return;
        }
        let rank = if self.shortest {
            f32::from(g) + f32::from(cost.least)
        } else {
            f32::from(g) + GREED * cost.guess
        };
        let i = self.steps.len() as u32;
        self.steps.push(Step {
            state,
            parent,
            act,
            g,
        });
        self.open.push(Rank(rank, g, i));
    }

    fn solution(&mut self, mut i: u32) -> Result<Option<Plan>> {
        let mut acts = Vec::new();
        while self.steps[i as usize].g > 0 {
            acts.push(self.steps[i as usize].act);
            i = self.steps[i as usize].parent;
        }
        acts.reverse();
        let acts = self.minimal(acts)?;
        let mut happening = acts.clone();
        happening.sort_unstable();
        if !self.given.insert(happening) {
            return Ok(None);
        }
        let first = self.reasons.ground.initial();
        self.plan(first, &acts).map(Some)
    }

    /// The shortest part of a plan that can be done, has its reasons, and gets as far.
    fn minimal(&mut self, acts: Vec<u32>) -> Result<Vec<u32>> {
        let mut state = self.reasons.ground.initial();
        for &act in &acts {
            state = self.reasons.ground.after(state, act, None)?;
        }
        let mut walk = Shorter {
            reached: self.reasons.ground.utility(state, None),
            effort: ROUNDS[self.round].0,
            seen: FxHashMap::default(),
            best: acts.clone(),
            now: Vec::new(),
        };
        let first = self.reasons.ground.initial();
        walk.walk(&mut self.reasons, &acts, 0, first)?;
        Ok(walk.best)
    }

    /// A plan with everybody's reasons.
    fn plan(&mut self, first: Node, acts: &[u32]) -> Result<Plan> {
        let left = self.reasons.limits.character as u16;
        let mut state = first;
        let mut reasons = Vec::new();
        for (step, &act) in acts.iter().enumerate() {
            reasons.extend(self.reasons.told(state, act, step, None, left, 1)?);
            state = self.reasons.ground.after(state, act, None)?;
        }
        Ok(Plan {
            utility: self.reasons.ground.utility(state, None),
            steps: acts
                .iter()
                .map(|&a| self.reasons.ground.action(a))
                .collect(),
            reasons,
        })
    }
}

impl Reasons {
    /// The reasons of those who consent to an act, as they were found.
    pub fn told(
        &mut self,
        state: Node,
        act: u32,
        step: usize,
        but: Option<u8>,
        left: u16,
        depth: u16,
    ) -> Result<Vec<Reason>> {
        let task = self.ground.task.clone();
        let mut out = Vec::new();
        for &who in &task.acts[act as usize].consenting {
            if Some(who) == but {
                continue;
            }
            let mind = self.ground.belief(state, who);
            let q = Question {
                mind,
                act,
                who,
                left,
                depth,
            };
            let Some(Answer::Yes(plan)) = self.known(&q).cloned() else {
                continue;
            };
            let from = self.ground.utility(mind, Some(who));
            let mut inner = Vec::new();
            let mut now = mind;
            for (i, &act) in plan.iter().enumerate() {
                if i > 0 {
                    inner.extend(self.told(now, act, i, Some(who), left - i as u16, depth + 1)?);
                }
                now = self.ground.after(now, act, Some(who))?;
            }
            out.push(Reason {
                step,
                character: task.characters[usize::from(who)],
                plan: plan.iter().map(|&a| self.ground.action(a)).collect(),
                raises: (from, self.ground.utility(now, Some(who))),
                inner,
            });
        }
        Ok(out)
    }
}

/// A walk through the parts of a plan for a shorter one that gets as far.
struct Shorter {
    reached: f64,
    effort: u32,
    /// The fewest acts with which a state was reached in front of an act.
    seen: FxHashMap<(usize, Node), usize>,
    best: Vec<u32>,
    now: Vec<u32>,
}

impl Shorter {
    fn walk(&mut self, r: &mut Reasons, acts: &[u32], from: usize, state: Node) -> Result<()> {
        if self.now.len() + 1 >= self.best.len() {
            return Ok(());
        }
        for k in from..acts.len() {
            let act = acts[k];
            let known = self.seen.entry((k, state)).or_insert(usize::MAX);
            if *known <= self.now.len() || !r.ground.possible(state, act) {
                continue;
            }
            *known = self.now.len();
            let left = r.limits.character as u16;
            if r.agreed(state, act, None, left, 1, self.effort)? != Some(true) {
                continue;
            }
            let Some(next) = r.after(state, act, None)? else {
                continue;
            };
            self.now.push(act);
            if r.ground.utility(next, None) >= self.reached {
                if self.now.len() < self.best.len() {
                    self.best = self.now.clone();
                }
            } else {
                self.walk(r, acts, k + 1, next)?;
            }
            self.now.pop();
        }
        Ok(())
    }
}
