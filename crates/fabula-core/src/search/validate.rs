//! Whether a plan is a solution, by the letter of the definitions (engine: "Reasons"), on the general kernel.
//!
//! Every step is done there, and every reason is done there, in the mind of whoever has it. The search only proposes what
//! somebody may have in mind; whether that is a reason is looked at here.

use rustc_hash::FxHashMap;

use super::ground::{Char, Ground, Node};
use super::limits::Limits;
use super::planner::Named;
use super::reasons::{Answer, Question, Reasons, EXACT};
use crate::error::{Error, Result};
use crate::universe::{State, Universe};
use crate::value::Entity;

/// How much effort a reason is worth that nobody named, before everything is tried.
const EFFORT: u32 = 20_000;
/// States after which it stays open whether there is a reason.
const MOST: u64 = 4_000_000;

/// What is wrong with a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The step, from 0; None is the whole plan.
    pub step: Option<usize>,
    /// A word for it: `too-long`, `impossible`, `no-result`, `unexplained`, `undetermined`, `goal`, `not-minimal`.
    pub what: &'static str,
    /// Whose reason is lacking.
    pub who: Option<Entity>,
}

/// What is wrong with a plan; nothing if it is a solution within the limits.
pub fn validate(
    universe: &mut Universe,
    ground: Ground,
    steps: &[Named],
    goal: f64,
    limits: Limits,
) -> Result<Vec<Fault>> {
    let mut reasons = Reasons::new(ground, limits, Box::new(|now| now.generated < MOST));
    check(universe, &mut reasons, steps, goal, &[EFFORT, EXACT])
}

/// The same with what a search knows of reasons, and with so much effort, one after the other, for what it does not.
pub fn check(
    universe: &mut Universe,
    reasons: &mut Reasons,
    steps: &[Named],
    goal: f64,
    efforts: &[u32],
) -> Result<Vec<Fault>> {
    let mut acts = FxHashMap::default();
    for act in 0..reasons.ground.task.acts.len() as u32 {
        acts.insert(reasons.ground.action(act), act);
    }
    let mut checker = Checker {
        u: universe,
        r: reasons,
        efforts,
    };
    checker.plan(&acts, steps, goal)
}

/// The same place in both kernels.
#[derive(Clone, Copy)]
struct Place {
    there: State,
    here: Node,
}

struct Checker<'u> {
    u: &'u mut Universe,
    r: &'u mut Reasons,
    efforts: &'u [u32],
}

enum Verdict {
    Explained,
    Not,
    Open,
}

impl Checker<'_> {
    fn plan(
        &mut self,
        acts: &FxHashMap<Named, u32>,
        steps: &[Named],
        goal: f64,
    ) -> Result<Vec<Fault>> {
        let mut faults = Vec::new();
        let mut fault = |step, what, who| faults.push(Fault { step, what, who });
        if steps.len() > self.r.limits.author {
            fault(None, "too-long", None);
        }
        let first = self.first();
        let mut now = first;
        let mut plan = Vec::new();
        for (i, (action, args)) in steps.iter().enumerate() {
            let act = acts.get(&(*action, args.clone())).copied();
            let possible = self.u.possible(now.there, *action, args, true)?;
            let Some(act) = act.filter(|_| possible) else {
                fault(Some(i), "impossible", None);
                return Ok(faults);
            };
            for (who, verdict) in self.reasons(now, act)? {
                match verdict {
                    Verdict::Explained => {}
                    Verdict::Not => fault(Some(i), "unexplained", Some(who)),
                    Verdict::Open => fault(Some(i), "undetermined", Some(who)),
                }
            }
            let Some(next) = self.after(now, act, None)? else {
                fault(Some(i), "no-result", None);
                return Ok(faults);
            };
            now = next;
            plan.push(act);
        }
        let reached = self.utility(now, None)?;
        if reached < goal {
            fault(None, "goal", None);
        } else if self.shorter(&plan, 0, first, 0, reached)? {
            fault(None, "not-minimal", None);
        }
        Ok(faults)
    }

    fn first(&self) -> Place {
        Place {
            there: self.u.initial(),
            here: self.r.ground.initial(),
        }
    }

    fn utility(&mut self, at: Place, who: Option<Char>) -> Result<f64> {
        let who = who.map(|c| self.entity(c));
        Ok(self.u.utility(at.there, who)?.as_number().unwrap_or(0.0))
    }

    fn entity(&self, c: Char) -> Entity {
        self.r.ground.task.characters[usize::from(c)]
    }

    fn belief(&mut self, at: Place, c: Char) -> Result<Place> {
        let who = self.entity(c);
        Ok(Place {
            there: self.u.belief(at.there, who)?,
            here: self.r.ground.belief(at.here, c),
        })
    }

    /// Where an act leads; None where it has no result.
    fn after(&mut self, at: Place, act: u32, mind: Option<Char>) -> Result<Option<Place>> {
        let (action, args) = self.r.ground.action(act);
        let who = mind.map(|c| self.entity(c));
        let there = match self.u.after(at.there, action, &args, who) {
            Ok(there) => there,
            Err(error @ (Error::Clash { .. } | Error::Restless { .. })) => {
                self.r.failed.get_or_insert(error);
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        let here = self.r.after(at.here, act, mind)?;
        Ok(here.map(|here| Place { there, here }))
    }

    fn possible(&mut self, at: Place, act: u32, with_beliefs: bool) -> Result<bool> {
        let (action, args) = self.r.ground.action(act);
        self.u.possible(at.there, action, &args, with_beliefs)
    }

    /// Everybody who consents to a step, and whether he has a reason.
    fn reasons(&mut self, at: Place, act: u32) -> Result<Vec<(Entity, Verdict)>> {
        let task = self.r.ground.task.clone();
        let left = self.r.limits.character as u16;
        let mut out = Vec::new();
        for &c in &task.acts[act as usize].consenting {
            let verdict = self.explained(at, act, c, left, 1)?;
            out.push((self.entity(c), verdict));
        }
        Ok(out)
    }

    fn explained(
        &mut self,
        at: Place,
        act: u32,
        who: Char,
        left: u16,
        depth: u16,
    ) -> Result<Verdict> {
        let mind = self.belief(at, who)?;
        let q = Question {
            mind: mind.here,
            act,
            who,
            left,
            depth,
        };
        let mut answer = Answer::Unknown(0);
        for &effort in self.efforts {
            answer = self.r.answer(q, effort)?;
            if !matches!(answer, Answer::Unknown(_)) {
                break;
            }
        }
        match answer {
            Answer::Yes(plan) => Ok(if self.is_reason(mind, &plan, q)? {
                Verdict::Explained
            } else {
                Verdict::Not
            }),
            Answer::No => Ok(Verdict::Not),
            Answer::Unknown(_) => Ok(Verdict::Open),
        }
    }

    /// Whether everybody else who consents to an act in somebody's mind has a reason there.
    fn others(&mut self, at: Place, act: u32, q: Question, done: u16) -> Result<bool> {
        let task = self.r.ground.task.clone();
        for &c in task.acts[act as usize]
            .consenting
            .iter()
            .filter(|&&c| c != q.who)
        {
            let verdict = self.explained(at, act, c, q.left - done, q.depth + 1)?;
            if !matches!(verdict, Verdict::Explained) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a plan is a reason for its first act.
    fn is_reason(&mut self, mind: Place, plan: &[u32], q: Question) -> Result<bool> {
        let deep = usize::from(q.depth) > self.r.limits.belief;
        if plan.first() != Some(&q.act)
            || (plan.len() > 1 && (plan.len() > usize::from(q.left) || deep))
        {
            return Ok(false);
        }
        let before = self.utility(mind, Some(q.who))?;
        let mut now = mind;
        for (i, &act) in plan.iter().enumerate() {
            let planned = !self.r.ground.task.acts[act as usize].consenting.is_empty();
            if !planned || !self.possible(now, act, i > 0)? {
                return Ok(false);
            }
            if i > 0 && !self.others(now, act, q, i as u16)? {
                return Ok(false);
            }
            match self.after(now, act, Some(q.who))? {
                Some(next) => now = next,
                None => return Ok(false),
            }
        }
        let reached = self.utility(now, Some(q.who))?;
        Ok(reached > before && !self.spared(plan, q, 0, mind, 0, reached)?)
    }

    /// Whether a proper part of a reason would do as much.
    fn spared(
        &mut self,
        plan: &[u32],
        q: Question,
        from: usize,
        at: Place,
        done: u16,
        reached: f64,
    ) -> Result<bool> {
        for k in from..plan.len() {
            let whole = k == from && usize::from(done) == k;
            let act = plan[k];
            let first = done == 0 && act == q.act;
            if !self.possible(at, act, !first)? || !(first || self.others(at, act, q, done)?) {
                continue;
            }
            let Some(next) = self.after(at, act, Some(q.who))? else {
                continue;
            };
            let proper = !(whole && k + 1 == plan.len());
            if proper && self.utility(next, Some(q.who))? >= reached {
                return Ok(true);
            }
            if self.spared(plan, q, k + 1, next, done + 1, reached)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a proper part of a plan is a solution that gets as far.
    fn shorter(
        &mut self,
        plan: &[u32],
        from: usize,
        at: Place,
        done: usize,
        reached: f64,
    ) -> Result<bool> {
        for k in from..plan.len() {
            let act = plan[k];
            if !self.possible(at, act, true)? {
                continue;
            }
            let Some(next) = self.after(at, act, None)? else {
                continue;
            };
            let proper = !(done == k && k + 1 == plan.len());
            let enough = proper && self.utility(next, None)? >= reached;
            // Reasons are asked last: they are what takes time.
            if !enough && k + 1 == plan.len() {
                continue;
            }
            let reasons = self.reasons(at, act)?;
            if !reasons.iter().all(|(_, v)| matches!(v, Verdict::Explained)) {
                continue;
            }
            if enough || self.shorter(plan, k + 1, next, done + 1, reached)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
