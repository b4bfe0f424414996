//! The problem builder for Python.

use std::sync::Arc;

use fabula_core::problem::Action;
use fabula_core::{ActionParts, Problem as Core};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::convert::{Ef, Ex, Val};
use crate::errors::raise;
use crate::planner::Planner;
use crate::timeline::{Assignment, InitialTuple, Timeline};
use crate::universe::Universe;

/// A compiled problem: integers and expression trees; names are only for error texts.
#[pyclass(module = "fabula._core")]
pub struct Problem {
    core: Core,
}

fn opened<T>(list: Vec<T>, open: impl Fn(T) -> fabula_core::Expr) -> Vec<fabula_core::Expr> {
    list.into_iter().map(open).collect()
}

/// An action that was checked and prepared for a problem and its forks.
#[pyclass(module = "fabula._core", frozen)]
pub struct PreparedAction {
    core: Arc<Action>,
    slots: usize,
}

fn parts(
    params: Vec<u32>,
    precondition: Option<Ex>,
    effects: Vec<Ef>,
    consenting: Vec<Ex>,
    observes: Option<Ex>,
) -> ActionParts {
    ActionParts {
        params,
        precondition: precondition.map(|e| e.0),
        effects: effects.into_iter().map(|e| e.0).collect(),
        consenting: opened(consenting, |e| e.0),
        observes: observes.map(|e| e.0),
        ..ActionParts::default()
    }
}

impl Problem {
    /// The form that timelines use; it cannot change any more.
    pub fn sealed(&mut self) -> PyResult<Core> {
        self.core.seal().map_err(raise)
    }
}

#[pymethods]
impl Problem {
    #[new]
    #[pyo3(signature = (open_world = false))]
    fn new(open_world: bool) -> Problem {
        Problem {
            core: Core::new(open_world),
        }
    }

    /// The problem as bytes, for `restored`.
    fn saved<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.core.save().map_err(raise)?))
    }

    /// A problem that was saved. The bytes have to be those that `saved` gave.
    #[staticmethod]
    fn restored(data: &[u8]) -> PyResult<Problem> {
        let core = Core::restore(data).map_err(raise)?;
        Ok(Problem { core })
    }

    /// The same problem so far; what is added to one of the two is not in the other.
    fn fork(&mut self) -> PyResult<Problem> {
        Ok(Problem {
            core: self.core.fork().map_err(raise)?,
        })
    }

    fn kind(&mut self, name: &str) -> PyResult<u32> {
        self.core.kind(name).map_err(raise)
    }

    #[pyo3(signature = (name, kinds, character = false))]
    fn entity(&mut self, name: &str, kinds: Vec<u32>, character: bool) -> PyResult<u32> {
        self.core.entity(name, &kinds, character).map_err(raise)
    }

    #[pyo3(signature = (name, params, default = None, known = None))]
    fn fluent(
        &mut self,
        name: &str,
        params: Vec<u32>,
        default: Option<Val>,
        known: Option<Ex>,
    ) -> PyResult<u32> {
        let default = default.map_or(fabula_core::Value::Unknown, |v| v.0);
        self.core
            .fluent(name, &params, default, known.map(|e| e.0))
            .map_err(raise)
    }

    fn derived(&mut self, name: &str, over: u32, until: u32) -> PyResult<u32> {
        self.core.derived(name, over, until).map_err(raise)
    }

    #[pyo3(signature = (name, params, precondition, effects, consenting = vec![], observes = None, appears_as = None, insiders = vec![]))]
    #[allow(clippy::too_many_arguments)]
    fn action(
        &mut self,
        name: &str,
        params: Vec<u32>,
        precondition: Option<Ex>,
        effects: Vec<Ef>,
        consenting: Vec<Ex>,
        observes: Option<Ex>,
        appears_as: Option<u32>,
        insiders: Vec<Ex>,
    ) -> PyResult<u32> {
        let mut parts = parts(params, precondition, effects, consenting, observes);
        parts.appears_as = appears_as;
        parts.insiders = opened(insiders, |e| e.0);
        self.core.action(name, parts).map_err(raise)
    }

    /// An action that this problem's forks can adopt; it is in none of them before.
    fn prepare(
        &self,
        name: &str,
        params: Vec<u32>,
        precondition: Option<Ex>,
        effects: Vec<Ef>,
        consenting: Vec<Ex>,
        observes: Option<Ex>,
    ) -> PyResult<PreparedAction> {
        let parts = parts(params, precondition, effects, consenting, observes);
        let core = self.core.prepare(name, parts).map_err(raise)?;
        let slots = self.core.slots();
        Ok(PreparedAction { core, slots })
    }

    fn adopt(&mut self, action: &PreparedAction) -> PyResult<u32> {
        let core = action.core.clone();
        self.core.adopt(core, action.slots).map_err(raise)
    }

    fn appearance(&mut self, fluent: u32) -> PyResult<()> {
        self.core.appearance(fluent).map_err(raise)
    }

    fn enclosing(&mut self, fluent: u32, kind: u32) -> PyResult<()> {
        self.core.enclosing(fluent, kind).map_err(raise)
    }

    fn trigger(
        &mut self,
        name: &str,
        params: Vec<u32>,
        precondition: Option<Ex>,
        effects: Vec<Ef>,
    ) -> PyResult<u32> {
        let effects = effects.into_iter().map(|e| e.0).collect();
        self.core
            .trigger(name, &params, precondition.map(|e| e.0), effects)
            .map_err(raise)
    }

    fn utility(&mut self, character: Option<u32>, expr: Ex) -> PyResult<()> {
        self.core.utility(character, expr.0).map_err(raise)
    }

    /// The beginning of a story; the problem cannot change any more.
    #[pyo3(signature = (initial, beliefs = vec![]))]
    fn timeline(
        &mut self,
        py: Python<'_>,
        initial: Vec<InitialTuple>,
        beliefs: Vec<Assignment>,
    ) -> PyResult<Timeline> {
        let core = self.sealed()?;
        Timeline::start(py, core, initial, beliefs)
    }

    /// The states reachable by search; the problem cannot change any more.
    #[pyo3(signature = (initial, beliefs = vec![]))]
    fn universe(
        &mut self,
        py: Python<'_>,
        initial: Vec<InitialTuple>,
        beliefs: Vec<Assignment>,
    ) -> PyResult<Universe> {
        let core = self.sealed()?;
        Universe::start(py, core, initial, beliefs)
    }

    /// Search for plans from a first state; the problem cannot change any more.
    #[pyo3(signature = (initial, beliefs = vec![]))]
    fn planner(
        &mut self,
        initial: Vec<InitialTuple>,
        beliefs: Vec<Assignment>,
    ) -> PyResult<Planner> {
        let core = self.sealed()?;
        Planner::start(core, initial, beliefs)
    }
}
