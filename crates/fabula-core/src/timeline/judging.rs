//! Events of a story: judged in the state before, assumed where unknown, and done all the same where impossible.

use super::entry::Event;
use super::stamp::Stamp;
use super::{At, Timeline, WORLD};
use crate::effects::Outcome;
use crate::error::{Error, Result};
use crate::eval::env;
use crate::judge::{judge, Literal};
use crate::value::{Entity, Key, Truth, Value};

/// An action of given things (`u32::MAX` is nobody known).
pub type Grounding = (u32, Vec<Entity>);

/// How the precondition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It holds.
    Happens,
    /// Something about it is unknown and was assumed.
    Assumes,
    /// Something about it is false.
    Impossible,
}

impl Status {
    /// How it is called.
    pub fn name(self) -> &'static str {
        match self {
            Status::Happens => "happens",
            Status::Assumes => "assumes",
            Status::Impossible => "impossible",
        }
    }
}

/// What was found of a step's preconditions.
#[derive(Clone, Debug)]
pub struct Report {
    /// The time of the step.
    pub time: u32,
    /// The worst of its groundings.
    pub status: Status,
    /// What was set in the world for the preconditions to hold.
    pub assumed: Vec<(Key, Value)>,
    /// The false literals of the best clauses.
    pub failed: Vec<Literal>,
    /// The unknown literals of the best clauses, whether or not something could be set for them.
    pub unknown: Vec<Literal>,
}

impl Timeline {
    /// One step: events that happen together, each judged in the state before (with what the ones before it assumed).
    pub fn happen(&mut self, groundings: &[Grounding]) -> Result<Report> {
        self.check_groundings(groundings)?;
        let time = self.now + 1;
        self.begin(time);
        let events = groundings
            .iter()
            .map(|(action, args)| Event {
                action: *action,
                args: args.as_slice().into(),
                observers: None,
            })
            .collect();
        self.judge_all(time, groundings)
            .and_then(|report| {
                self.run_world(time, events, Outcome::default())?;
                Ok(report)
            })
            .inspect_err(|_| self.truncate(time - 1))
    }

    /// The same judgement without doing anything.
    pub fn foresee(&mut self, groundings: &[Grounding]) -> Result<Report> {
        self.check_groundings(groundings)?;
        let time = self.now + 1;
        self.begin(time);
        let report = self.judge_all(time, groundings);
        self.truncate(time - 1);
        report
    }

    fn check_groundings(&self, groundings: &[Grounding]) -> Result<()> {
        for (action, args) in groundings {
            let Some(a) = self.p.actions.get(*action as usize) else {
                return Err(Error::Question(format!("there is no action {action}")));
            };
            self.p.check_args(args, a.params.len(), &a.name)?;
        }
        Ok(())
    }

    fn judge_all(&mut self, time: u32, groundings: &[Grounding]) -> Result<Report> {
        let p = self.p.clone();
        let stamp = Stamp::new(time, 0, 1);
        let at = At { node: WORLD, stamp };
        let mut report = Report {
            time,
            status: Status::Happens,
            assumed: vec![],
            failed: vec![],
            unknown: vec![],
        };
        for (i, (action, args)) in groundings.iter().enumerate() {
            let action = &p.actions[*action as usize];
            for mut literal in judge(&p, self, at, &action.precondition, &mut env(&p, args))? {
                literal.grounding = i;
                if literal.truth == Truth::False {
                    report.status = Status::Impossible;
                    report.failed.push(literal);
                    continue;
                }
                report.status = report.status.max(Status::Assumes);
                if let Some((key, value)) = literal.assume {
                    if self.nodes[0].write(key, value, stamp) {
                        report.assumed.push((key, value));
                    }
                }
                report.unknown.push(literal);
            }
        }
        Ok(report)
    }
}
