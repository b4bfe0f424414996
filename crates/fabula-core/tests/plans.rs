//! The planner and a naive one by the letter of the definitions solve the same random problems with plans as short.

mod oracle;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use fabula_core::search::ground::Ground;
use fabula_core::search::{validate, Limits, Planner, Stopped};
use fabula_core::universe::Universe;
use fabula_core::{Problem, Result};
use oracle::random::{planning, Dice};

type Act = (u32, Vec<u32>);
type Question = (u32, Act, u32, usize, usize);

/// All plans, one after the other, in the general kernel.
struct Naive {
    u: Universe,
    p: Arc<Problem>,
    consents: BTreeMap<Act, Vec<u32>>,
    limits: Limits,
    known: BTreeMap<Question, bool>,
    budget: usize,
}

/// The problem takes too long for the naive planner, or an event of it has no result.
#[derive(Debug)]
struct GiveUp;

impl From<fabula_core::Error> for GiveUp {
    fn from(_: fabula_core::Error) -> GiveUp {
        GiveUp
    }
}

impl Naive {
    fn consenting(&self, act: &Act) -> Vec<u32> {
        self.consents.get(act).cloned().unwrap_or_default()
    }

    fn utility(&mut self, s: u32, who: Option<u32>) -> std::result::Result<f64, GiveUp> {
        Ok(self.u.utility(s, who)?.as_number().unwrap_or(0.0))
    }

    /// Whether everybody who consents but one has a reason, from where the act is taken.
    fn agreed(
        &mut self,
        s: u32,
        act: &Act,
        but: Option<u32>,
        left: usize,
        depth: usize,
    ) -> std::result::Result<bool, GiveUp> {
        for who in self.consenting(act) {
            if Some(who) != but {
                let mind = self.u.belief(s, who)?;
                if !self.explained((mind, act.clone(), who, left, depth))? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    fn explained(&mut self, q: Question) -> std::result::Result<bool, GiveUp> {
        if let Some(&known) = self.known.get(&q) {
            return Ok(known);
        }
        let (mind, act, who, left, depth) = q.clone();
        let most = if depth > self.limits.belief {
            1
        } else {
            left.max(1)
        };
        let mut found = false;
        if self.u.possible(mind, act.0, &act.1, false)? {
            let mut plan = vec![act];
            found = self.extend(mind, &mut plan, who, most, left, depth)?;
        }
        self.known.insert(q, found);
        Ok(found)
    }

    /// Whether a plan or one that goes on from it is a reason for its first act.
    fn extend(
        &mut self,
        mind: u32,
        plan: &mut Vec<Act>,
        who: u32,
        most: usize,
        left: usize,
        depth: usize,
    ) -> std::result::Result<bool, GiveUp> {
        self.budget = self.budget.checked_sub(1).ok_or(GiveUp)?;
        let before = self.utility(mind, Some(who))?;
        let all: Vec<usize> = (0..plan.len()).collect();
        let Some(end) = self.carried_out(mind, plan, &all, who, left, depth)? else {
            return Ok(false);
        };
        let reached = self.utility(end, Some(who))?;
        if reached > before && !self.can_be_shorter(mind, plan, who, left, depth, reached)? {
            return Ok(true);
        }
        if plan.len() < most {
            for next in self.u.applicable(end)? {
                if self.consenting(&next).is_empty() {
                    continue;
                }
                plan.push(next);
                let found = self.extend(mind, plan, who, most, left, depth)?;
                plan.pop();
                if found {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn can_be_shorter(
        &mut self,
        mind: u32,
        plan: &[Act],
        who: u32,
        left: usize,
        depth: usize,
        reached: f64,
    ) -> std::result::Result<bool, GiveUp> {
        for bits in 0..(1u32 << plan.len()) - 1 {
            let part: Vec<usize> = (0..plan.len()).filter(|i| (bits >> i) & 1 == 1).collect();
            if let Some(end) = self.carried_out(mind, plan, &part, who, left, depth)? {
                if !part.is_empty() && self.utility(end, Some(who))? >= reached {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Where a part of a plan leads in somebody's mind, if it can be done and the others have their reasons. Of the act
    /// that is to be explained neither their reasons nor their beliefs are asked, when it comes first.
    fn carried_out(
        &mut self,
        mind: u32,
        plan: &[Act],
        part: &[usize],
        who: u32,
        left: usize,
        depth: usize,
    ) -> std::result::Result<Option<u32>, GiveUp> {
        let mut s = mind;
        for (done, &i) in part.iter().enumerate() {
            let act = plan[i].clone();
            let first = done == 0 && act == plan[0];
            if !self.u.possible(s, act.0, &act.1, !first)? {
                return Ok(None);
            }
            if !first && !self.agreed(s, &act, Some(who), left - done, depth + 1)? {
                return Ok(None);
            }
            s = self.u.after(s, act.0, &act.1, Some(who))?;
        }
        Ok(Some(s))
    }

    /// The length of the shortest solution.
    fn shortest(&mut self, goal: f64) -> std::result::Result<Option<usize>, GiveUp> {
        let mut layer = vec![self.u.initial()];
        let mut seen: HashSet<u32> = layer.iter().copied().collect();
        for length in 0..=self.limits.author {
            for &s in &layer {
                if self.utility(s, None)? >= goal {
                    return Ok(Some(length));
                }
            }
            let mut next = Vec::new();
            for s in layer {
                for act in self.u.applicable(s)? {
                    if self.u.possible(s, act.0, &act.1, true)?
                        && self.agreed(s, &act, None, self.limits.character, 1)?
                    {
                        let after = self.u.after(s, act.0, &act.1, None)?;
                        if seen.insert(after) {
                            next.push(after);
                        }
                    }
                }
            }
            layer = next;
        }
        Ok(None)
    }
}

/// What came of one random problem.
#[derive(PartialEq)]
enum Came {
    /// With so many steps.
    Solved(usize),
    Proved,
    Skipped,
}

fn compare(seed: u64) -> Came {
    let mut dice = Dice::new(seed);
    let (mut problem, set, beliefs) = planning(&mut dice);
    let limits = Limits {
        author: 3 + dice.roll(3),
        character: 1 + dice.roll(4),
        belief: 1 + dice.roll(2),
    };
    let p = Arc::new(problem.seal().unwrap());
    let initial: Vec<_> = set
        .iter()
        .map(|(k, v)| (k.0, k.1.clone(), *v, None))
        .collect();
    let beliefs: Vec<_> = beliefs
        .iter()
        .map(|(c, k, v)| (c.clone(), k.0, k.1.clone(), *v))
        .collect();
    let start = || -> Result<Universe> { Universe::new(p.clone(), &initial, &beliefs) };
    let (Ok(u), Ok(mut again)) = (start(), start()) else {
        return Came::Skipped;
    };
    let Ok(Ok(ground)) = Ground::new(start().unwrap()) else {
        return Came::Skipped;
    };
    let Ok(Ok(mut proof)) = Ground::new(start().unwrap()) else {
        return Came::Skipped;
    };
    let Ok(Ok(mut quick)) = Ground::new(start().unwrap()) else {
        return Came::Skipped;
    };
    // As in long searches.
    proof.expect_many();
    quick.expect_many();
    let acts: BTreeMap<Act, Vec<u32>> = ground.consents();
    let mut naive = Naive {
        u,
        p: p.clone(),
        consents: acts,
        limits,
        known: BTreeMap::new(),
        budget: 6_000,
    };
    assert!(!naive.p.characters().is_empty());
    let goal = 1.0;
    let begin = naive.u.initial();
    let goal = naive.utility(begin, None).unwrap_or(0.0).max(0.0) + goal;
    let Ok(expected) = naive.shortest(goal) else {
        return Came::Skipped;
    };
    let watch = || Box::new(|_| true);
    let Ok(found) = Planner::new(ground, goal, limits, true, watch()).solve() else {
        return Came::Skipped;
    };
    let quickly = Planner::new(quick, goal, limits, false, watch()).solve();
    match (expected, found) {
        (None, Err(Stopped::Exhausted)) => {
            assert!(
                matches!(quickly, Ok(Err(Stopped::Exhausted)) | Err(_)),
                "seed {seed}: the quick search finds what does not exist"
            );
            Came::Proved
        }
        (Some(length), Ok(plan)) => {
            assert_eq!(plan.steps.len(), length, "seed {seed}: {:?}", plan.steps);
            let faults = validate(&mut again, proof, &plan.steps, goal, limits).unwrap();
            assert_eq!(faults, [], "seed {seed}: {:?}", plan.steps);
            assert!(
                matches!(quickly, Ok(Ok(_)) | Err(_)),
                "seed {seed}: the quick search does not find {:?}",
                plan.steps
            );
            Came::Solved(length)
        }
        (expected, found) => panic!(
            "seed {seed}: the naive planner says {expected:?}, the other {:?}",
            found.map(|plan| plan.steps)
        ),
    }
}

#[test]
fn the_planner_agrees_with_the_naive_one() {
    let mut solved = [0; 8];
    let mut proved = 0;
    let from: u64 = std::env::var("FROM").map_or(0, |s| s.parse().unwrap());
    for seed in from..from + 10_000 {
        match compare(seed) {
            Came::Solved(length) => solved[length] += 1,
            Came::Proved => proved += 1,
            Came::Skipped => {}
        }
    }
    println!("solved by steps: {solved:?}; {proved} proved unsolvable");
    let longer: usize = solved[2..].iter().sum();
    assert!(
        solved[1] > 300 && longer > 40 && proved > 1_000,
        "{solved:?}, {proved}"
    );
}
