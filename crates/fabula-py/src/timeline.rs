//! Timelines for Python.

use std::sync::Arc;

use fabula_core::timeline::{
    Belief, Grounding, Initial, Pulse, Report as CoreReport, Timeline as Core,
};
use fabula_core::{Error, Expr, Problem, Value};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::convert::{literal, things, Ef, Ex, LiteralTuple, Things, Val};
use crate::errors::raise;

/// Fluent, things, value, and who alone knows it.
pub type InitialTuple = (u32, Vec<u32>, Val, Option<Vec<u32>>);
/// Chain, fluent, things, value.
pub type Assignment = (Vec<u32>, u32, Vec<u32>, Val);
/// Fluent, things, value before, value after.
type Change = (u32, Vec<u32>, Val, Val);
/// Fluent, things, value.
type Fact = (u32, Vec<u32>, Val);

/// Opens the values of initial assignments.
pub fn initials(list: Vec<InitialTuple>) -> Vec<Initial> {
    list.into_iter()
        .map(|(f, args, v, who)| (f, args, v.0, who))
        .collect()
}

/// Opens the values of assignments.
pub fn assignments(list: Vec<Assignment>) -> Vec<Belief> {
    list.into_iter()
        .map(|(chain, f, args, v)| (chain, f, args, v.0))
        .collect()
}

/// What was found of a step's preconditions.
#[pyclass(frozen, module = "fabula._core")]
pub struct Report {
    #[pyo3(get)]
    time: u32,
    #[pyo3(get)]
    status: &'static str,
    assumed: Vec<(u32, Vec<u32>, Value)>,
    report: CoreReport,
}

#[pymethods]
impl Report {
    /// What was set in the world for the preconditions to hold.
    #[getter]
    fn assumed(&self) -> Vec<Fact> {
        self.assumed
            .iter()
            .map(|(f, args, v)| (*f, args.clone(), Val(*v)))
            .collect()
    }

    /// The false literals of the best clauses.
    #[getter]
    fn failed(&self) -> Vec<LiteralTuple> {
        self.report.failed.iter().map(literal).collect()
    }

    /// The unknown literals of the best clauses, whether or not something could be set for them.
    #[getter]
    fn unknown(&self) -> Vec<LiteralTuple> {
        self.report.unknown.iter().map(literal).collect()
    }

    fn __repr__(&self) -> String {
        format!("<Report {} {}>", self.time, self.status)
    }
}

/// A story: the world through all of time and the minds that are asked about.
#[pyclass(module = "fabula._core")]
pub struct Timeline {
    core: Core,
}

impl Timeline {
    /// Makes a timeline of a sealed problem.
    pub fn start(
        py: Python<'_>,
        problem: Problem,
        initial: Vec<InitialTuple>,
        beliefs: Vec<Assignment>,
    ) -> PyResult<Timeline> {
        let (initial, beliefs) = (initials(initial), assignments(beliefs));
        let pulse: Option<Pulse> = Some(Box::new(interrupted));
        py.detach(move || Core::watched(Arc::new(problem), &initial, &beliefs, pulse))
            .map(|core| Timeline { core })
            .map_err(raise)
    }

    /// Runs long work without the interpreter's lock.
    fn work<T: Send>(
        &mut self,
        py: Python<'_>,
        work: impl FnOnce(&mut Core) -> Result<T, Error> + Send,
    ) -> PyResult<T> {
        let core = &mut self.core;
        py.detach(move || work(core)).map_err(raise)
    }

    fn report(&self, report: CoreReport) -> Report {
        let p = self.core.problem();
        let assumed = report.assumed.iter().map(|(key, v)| {
            let (f, args) = p.split(*key);
            (f, args, *v)
        });
        Report {
            time: report.time,
            status: report.status.name(),
            assumed: assumed.collect(),
            report,
        }
    }
}

/// Whether a signal asks to stop; its exception stays set.
pub fn interrupted() -> bool {
    Python::attach(|py| match py.check_signals() {
        Ok(()) => false,
        Err(error) => {
            error.restore(py);
            true
        }
    })
}

fn groundings(list: Vec<(u32, Things)>) -> Vec<Grounding> {
    list.into_iter()
        .map(|(action, args)| (action, args.0))
        .collect()
}

#[pymethods]
impl Timeline {
    /// Everything that was worked out so far, as bytes for `restored`.
    fn saved<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.core.save().map_err(raise)?))
    }

    /// A timeline that was saved. The bytes have to be those that `saved` gave.
    #[staticmethod]
    fn restored(data: &[u8]) -> PyResult<Timeline> {
        let mut core = Core::restore(data).map_err(raise)?;
        core.set_pulse(Some(Box::new(interrupted)));
        Ok(Timeline { core })
    }

    /// The time of the last step; 0 at the beginning.
    #[getter]
    fn now(&self) -> u32 {
        self.core.now()
    }

    fn happen(&mut self, py: Python<'_>, groundings: Vec<(u32, Things)>) -> PyResult<Report> {
        let list = self::groundings(groundings);
        let report = self.work(py, move |core| core.happen(&list))?;
        Ok(self.report(report))
    }

    fn foresee(&mut self, py: Python<'_>, groundings: Vec<(u32, Things)>) -> PyResult<Report> {
        let list = self::groundings(groundings);
        let report = self.work(py, move |core| core.foresee(&list))?;
        Ok(self.report(report))
    }

    fn set(&mut self, py: Python<'_>, assignments: Vec<Assignment>) -> PyResult<u32> {
        let list = self::assignments(assignments);
        self.work(py, move |core| core.set(&list))
    }

    /// `observes`: an expression with the observer as variable 0, None for everybody, False for nobody.
    #[pyo3(signature = (effects, observes = None))]
    fn step(
        &mut self,
        py: Python<'_>,
        effects: Vec<Ef>,
        observes: Option<Bound<'_, PyAny>>,
    ) -> PyResult<u32> {
        let effects = effects.into_iter().map(|e| e.0).collect();
        let observes = match observes {
            None => None,
            Some(e) => Some(match e.extract::<bool>() {
                Ok(b) => Expr::Const(Value::Bool(b)),
                Err(_) => e.extract::<Ex>()?.0,
            }),
        };
        self.work(py, move |core| core.step(effects, observes))
    }

    fn value(
        &mut self,
        py: Python<'_>,
        time: u32,
        chain: Vec<u32>,
        fluent: u32,
        args: Things,
    ) -> PyResult<Val> {
        self.work(py, move |core| core.ask(time, &chain, fluent, &args.0))
            .map(Val)
    }

    #[pyo3(signature = (time, chain, expr, binding = Things(vec![])))]
    fn evaluate(
        &mut self,
        py: Python<'_>,
        time: u32,
        chain: Vec<u32>,
        expr: Ex,
        binding: Things,
    ) -> PyResult<Val> {
        self.work(py, move |core| {
            core.evaluate(time, &chain, &expr.0, &binding.0)
        })
        .map(Val)
    }

    fn cause(
        &mut self,
        py: Python<'_>,
        time: u32,
        chain: Vec<u32>,
        fluent: u32,
        args: Things,
    ) -> PyResult<Option<u32>> {
        self.work(py, move |core| core.cause(time, &chain, fluent, &args.0))
    }

    fn explicit(
        &mut self,
        py: Python<'_>,
        time: u32,
        chain: Vec<u32>,
        fluent: u32,
        args: Things,
    ) -> PyResult<bool> {
        self.work(py, move |core| core.was_set(time, &chain, fluent, &args.0))
    }

    fn changes(&mut self, py: Python<'_>, time: u32, chain: Vec<u32>) -> PyResult<Vec<Change>> {
        let list = self.work(py, move |core| core.changes(time, &chain))?;
        let p = self.core.problem();
        let tuple = |(key, old, new): (_, Value, Value)| {
            let (f, args) = p.split(key);
            (f, args, Val(old), Val(new))
        };
        Ok(list.into_iter().map(tuple).collect())
    }

    fn facts(&mut self, py: Python<'_>, time: u32, chain: Vec<u32>) -> PyResult<Vec<Fact>> {
        let list = self.work(py, move |core| core.facts(time, &chain))?;
        let p = self.core.problem();
        let tuple = |(key, value): (_, Value)| {
            let (f, args) = p.split(key);
            (f, args, Val(value))
        };
        Ok(list.into_iter().map(tuple).collect())
    }

    fn find(
        &mut self,
        py: Python<'_>,
        time: u32,
        chain: Vec<u32>,
        params: Vec<u32>,
        expr: Ex,
    ) -> PyResult<Vec<Vec<u32>>> {
        let list = self.work(py, move |core| core.find(time, &chain, &params, &expr.0))?;
        Ok(list.into_iter().map(|args| args.to_vec()).collect())
    }

    /// Who took in the events of a step, and as which action (None: a step that is no action) of which things.
    #[allow(clippy::type_complexity)]
    fn observers(
        &mut self,
        py: Python<'_>,
        time: u32,
    ) -> PyResult<Vec<(u32, Option<u32>, Vec<Option<u32>>)>> {
        let list = self.work(py, move |core| core.observers(time))?;
        Ok(list
            .into_iter()
            .map(|(c, action, args)| (c, action, things(&args)))
            .collect())
    }

    #[pyo3(signature = (time, chain, expr, binding = Things(vec![])))]
    fn literals(
        &mut self,
        py: Python<'_>,
        time: u32,
        chain: Vec<u32>,
        expr: Ex,
        binding: Things,
    ) -> PyResult<Vec<LiteralTuple>> {
        let list = self.work(py, move |core| {
            core.literals(time, &chain, &expr.0, &binding.0)
        })?;
        Ok(list.iter().map(literal).collect())
    }

    /// A timeline of its own that goes on from a mind as it is at a time.
    fn imagine(&mut self, py: Python<'_>, time: u32, chain: Vec<u32>) -> PyResult<Timeline> {
        let mut core = self.work(py, move |core| core.imagine(time, &chain))?;
        core.set_pulse(Some(Box::new(interrupted)));
        Ok(Timeline { core })
    }

    /// Forgets everything after a time and goes on with another problem, which cannot change any more; false where what
    /// was spoken of up to then is not the same in it.
    fn rebase(
        &mut self,
        py: Python<'_>,
        problem: &mut crate::problem::Problem,
        time: u32,
    ) -> PyResult<bool> {
        let sealed = problem.sealed()?;
        let core = &mut self.core;
        Ok(py.detach(move || core.rebase(sealed, time)))
    }

    fn truncate(&mut self, time: u32) {
        self.core.truncate(time);
    }

    fn memory(&self) -> usize {
        self.core.memory()
    }
}
