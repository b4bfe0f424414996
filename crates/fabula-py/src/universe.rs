//! Universes of search states for Python.

use std::sync::Arc;

use fabula_core::timeline::Pulse;
use fabula_core::universe::Universe as Core;
use fabula_core::{Error, Problem};
use pyo3::prelude::*;

use crate::convert::{Ex, Things, Val};
use crate::errors::raise;
use crate::timeline::{assignments, initials, interrupted, Assignment, InitialTuple};

/// The states reachable by search: minimal and unique.
#[pyclass(module = "fabula._core")]
pub struct Universe {
    core: Core,
}

impl Universe {
    /// Makes the universe of a sealed problem.
    pub fn start(
        py: Python<'_>,
        problem: Problem,
        initial: Vec<InitialTuple>,
        beliefs: Vec<Assignment>,
    ) -> PyResult<Universe> {
        let (initial, beliefs) = (initials(initial), assignments(beliefs));
        let pulse: Option<Pulse> = Some(Box::new(interrupted));
        py.detach(move || Core::watched(Arc::new(problem), &initial, &beliefs, pulse))
            .map(|core| Universe { core })
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
}

#[pymethods]
impl Universe {
    fn initial(&self) -> u32 {
        self.core.initial()
    }

    fn size(&self) -> usize {
        self.core.size()
    }

    fn belief(&mut self, state: u32, character: u32) -> PyResult<u32> {
        self.core.belief(state, character).map_err(raise)
    }

    fn value(&mut self, state: u32, fluent: u32, args: Things) -> PyResult<Val> {
        self.core
            .ask(state, fluent, &args.0)
            .map(Val)
            .map_err(raise)
    }

    #[pyo3(signature = (state, chain, expr, binding = Things(vec![])))]
    fn evaluate(
        &mut self,
        state: u32,
        chain: Vec<u32>,
        expr: Ex,
        binding: Things,
    ) -> PyResult<Val> {
        self.core
            .evaluate(state, &chain, &expr.0, &binding.0)
            .map(Val)
            .map_err(raise)
    }

    fn utility(&mut self, state: u32, character: Option<u32>) -> PyResult<Val> {
        self.core.utility(state, character).map(Val).map_err(raise)
    }

    #[pyo3(signature = (state, action, args, mind = None))]
    fn after(
        &mut self,
        py: Python<'_>,
        state: u32,
        action: u32,
        args: Things,
        mind: Option<u32>,
    ) -> PyResult<u32> {
        self.work(py, move |core| core.after(state, action, &args.0, mind))
    }

    #[pyo3(signature = (state, action, args, with_beliefs = true))]
    fn possible(
        &mut self,
        state: u32,
        action: u32,
        args: Things,
        with_beliefs: bool,
    ) -> PyResult<bool> {
        self.core
            .possible(state, action, &args.0, with_beliefs)
            .map_err(raise)
    }

    fn applicable(&mut self, py: Python<'_>, state: u32) -> PyResult<Vec<(u32, Vec<u32>)>> {
        self.work(py, move |core| core.applicable(state))
    }

    fn successors(&mut self, py: Python<'_>, state: u32) -> PyResult<Vec<(u32, Vec<u32>, u32)>> {
        self.work(py, move |core| core.successors(state))
    }
}
