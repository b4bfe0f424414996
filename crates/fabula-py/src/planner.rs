//! Search for plans for Python.

use std::sync::Arc;
use std::time::{Duration, Instant};

use fabula_core::search::ground::Ground;
use fabula_core::search::{check, Limits, Plan, Planner as Core, Progress, Reason, Stopped};
use fabula_core::universe::Universe;
use fabula_core::{Error, Problem};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::convert::Things;
use crate::errors::raise;
use crate::timeline::{assignments, initials, Assignment, InitialTuple};

/// How long a search goes on between two looks at signals, the clock and the caller.
const GLANCE: Duration = Duration::from_millis(50);

type Initial = (u32, Vec<u32>, fabula_core::Value, Option<Vec<u32>>);
type Belief = (Vec<u32>, u32, Vec<u32>, fabula_core::Value);

/// Search over one problem.
#[pyclass(module = "fabula._core")]
pub struct Planner {
    problem: Arc<Problem>,
    initial: Vec<Initial>,
    beliefs: Vec<Belief>,
}

struct Wanted {
    seconds: Option<f64>,
    memory_mb: Option<f64>,
    progress: Option<Py<PyAny>>,
}

/// Why the caller's watch ended a search.
#[derive(Clone, Copy, PartialEq)]
enum Ended {
    Time,
    Memory,
    Interrupted,
}

impl Planner {
    /// The planner of a sealed problem.
    pub fn start(
        problem: Problem,
        initial: Vec<InitialTuple>,
        beliefs: Vec<Assignment>,
    ) -> PyResult<Planner> {
        Ok(Planner {
            problem: Arc::new(problem),
            initial: initials(initial),
            beliefs: assignments(beliefs),
        })
    }

    fn ground(&self) -> Result<Ground, Error> {
        let universe = Universe::new(self.problem.clone(), &self.initial, &self.beliefs)?;
        Ground::new(universe).map_err(|_| {
            Error::Problem(
                "the search cannot use this problem (it is open, or people look like others in it)"
                    .to_owned(),
            )
        })?
    }
}

struct Outcome {
    plans: Vec<Plan>,
    stopped: Option<&'static str>,
    progress: Progress,
    setup: f64,
    seconds: f64,
}

#[pymethods]
impl Planner {
    /// Plans within limits; see the stubs for what comes back.
    #[pyo3(signature = (goal, author_limit, character_limit, belief_limit, count = 1, seconds = None, memory_mb = None, shortest = false, progress = None))]
    #[allow(clippy::too_many_arguments)]
    fn plan<'py>(
        &self,
        py: Python<'py>,
        goal: f64,
        author_limit: usize,
        character_limit: usize,
        belief_limit: usize,
        count: usize,
        seconds: Option<f64>,
        memory_mb: Option<f64>,
        shortest: bool,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let limits = Limits {
            author: author_limit,
            character: character_limit,
            belief: belief_limit,
        };
        let wanted = Wanted {
            seconds,
            memory_mb,
            progress,
        };
        let found = py
            .detach(|| self.search(goal, limits, count, shortest, wanted))
            .map_err(raise)?;
        told(py, &found)
    }

    /// Makes states breadth first, for measuring: states made, different ones, all with those believed in them, seconds,
    /// and bytes of the states.
    fn explore(&self, py: Python<'_>, most: u64) -> PyResult<(u64, u64, usize, f64, usize)> {
        py.detach(|| {
            let mut ground = self.ground()?;
            let start = Instant::now();
            let (made, different) = ground.breadth_first(most)?;
            let seconds = start.elapsed().as_secs_f64();
            Ok((
                made,
                different,
                ground.size(),
                seconds,
                ground.state_bytes(),
            ))
        })
        .map_err(raise)
    }

    /// What is wrong with a plan; nothing if it is a solution.
    fn validate(
        &self,
        py: Python<'_>,
        steps: Vec<(u32, Things)>,
        goal: f64,
        author_limit: usize,
        character_limit: usize,
        belief_limit: usize,
    ) -> PyResult<Vec<(i64, String, Option<u32>)>> {
        let limits = Limits {
            author: author_limit,
            character: character_limit,
            belief: belief_limit,
        };
        let steps: Vec<(u32, Vec<u32>)> = steps.into_iter().map(|(a, t)| (a, t.0)).collect();
        py.detach(|| {
            let ground = self.ground()?;
            let mut universe = Universe::new(self.problem.clone(), &self.initial, &self.beliefs)?;
            fabula_core::search::validate(&mut universe, ground, &steps, goal, limits)
        })
        .map_err(raise)
        .map(|faults| {
            faults
                .into_iter()
                .map(|f| (f.step.map_or(-1, |s| s as i64), f.what.to_owned(), f.who))
                .collect()
        })
    }
}

impl Planner {
    fn search(
        &self,
        goal: f64,
        limits: Limits,
        count: usize,
        shortest: bool,
        wanted: Wanted,
    ) -> Result<Outcome, Error> {
        let begun = Instant::now();
        let ground = self.ground()?;
        let start = Instant::now();
        let ended = Arc::new(std::sync::Mutex::new(None));
        let say = ended.clone();
        let mut last = start;
        let watch = move |now: Progress| {
            let reason = if wanted
                .seconds
                .is_some_and(|s| start.elapsed().as_secs_f64() > s)
            {
                Some(Ended::Time)
            } else if wanted
                .memory_mb
                .is_some_and(|mb| now.bytes as f64 > mb * 1e6)
            {
                Some(Ended::Memory)
            } else if last.elapsed() > GLANCE {
                last = Instant::now();
                Python::attach(|py| {
                    let told = wanted.progress.as_ref().is_none_or(|call| {
                        call.call1(
                            py,
                            (now.visited, now.generated, start.elapsed().as_secs_f64()),
                        )
                        .is_ok()
                    });
                    (!told || py.check_signals().is_err()).then_some(Ended::Interrupted)
                })
            } else {
                None
            };
            if reason.is_some() {
                *say.lock().expect("nothing panics while it holds this") = reason;
            }
            reason.is_none()
        };
        let mut planner = Core::new(ground, goal, limits, shortest, Box::new(watch));
        let mut plans = Vec::new();
        let mut stopped = None;
        let mut refused = false;
        let mut seconds = 0.0;
        while plans.len() < count.max(1) {
            let from = Instant::now();
            let next = planner.solve();
            seconds += from.elapsed().as_secs_f64();
            let next = match next {
                // Whether there are more stays open; what was found stands.
                Err(Error::Clash { .. } | Error::Restless { .. }) if !plans.is_empty() => break,
                other => other?,
            };
            match next {
                Ok(plan) => {
                    // Nothing is given that the definitions, done by the letter, do not let through.
                    let mut universe =
                        Universe::new(self.problem.clone(), &self.initial, &self.beliefs)?;
                    let efforts = [planner.effort()];
                    let reasons = planner.reasons();
                    let faults = check(&mut universe, reasons, &plan.steps, goal, &efforts)?;
                    if faults.iter().all(|f| f.what == "undetermined") {
                        plans.push(plan);
                    } else {
                        refused = true;
                    }
                }
                Err(Stopped::Exhausted) => {
                    // Where a plan was refused, that there are no more proves nothing.
                    stopped = (!refused).then_some("exhausted");
                    break;
                }
                Err(Stopped::Asked) => {
                    let why = *ended.lock().expect("nothing panics while it holds this");
                    stopped = Some(match why {
                        Some(Ended::Memory) => "memory",
                        Some(Ended::Interrupted) => "interrupted",
                        _ => "time",
                    });
                    break;
                }
            }
        }
        Ok(Outcome {
            plans,
            stopped,
            progress: planner.reasons().progress(),
            setup: (start - begun).as_secs_f64(),
            seconds,
        })
    }
}

fn told<'py>(py: Python<'py>, found: &Outcome) -> PyResult<Bound<'py, PyDict>> {
    let out = PyDict::new(py);
    let plans: Vec<Bound<'py, PyDict>> = found
        .plans
        .iter()
        .map(|plan| {
            let one = PyDict::new(py);
            one.set_item("utility", plan.utility)?;
            one.set_item("steps", plan.steps.clone())?;
            one.set_item("explanations", reasons(py, &plan.reasons)?)?;
            Ok(one)
        })
        .collect::<PyResult<_>>()?;
    out.set_item("plans", plans)?;
    out.set_item("visited", found.progress.visited)?;
    out.set_item("generated", found.progress.generated)?;
    out.set_item("seconds", found.seconds)?;
    out.set_item("setup_seconds", found.setup)?;
    out.set_item("peak_mb", found.progress.bytes as f64 / 1e6)?;
    out.set_item("stopped", found.stopped)?;
    Ok(out)
}

fn reasons<'py>(py: Python<'py>, list: &[Reason]) -> PyResult<Vec<Bound<'py, PyDict>>> {
    list.iter()
        .map(|reason| {
            let one = PyDict::new(py);
            one.set_item("step", reason.step)?;
            one.set_item("character", reason.character)?;
            one.set_item("steps", reason.plan.clone())?;
            one.set_item("raises", reason.raises)?;
            one.set_item("explanations", reasons(py, &reason.inner)?)?;
            Ok(one)
        })
        .collect()
}
