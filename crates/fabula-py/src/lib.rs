//! `fabula._core`: the kernel for Python.

mod convert;
mod errors;
mod planner;
mod problem;
mod timeline;
mod universe;

use pyo3::prelude::*;

#[pymodule]
fn _core(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<problem::Problem>()?;
    module.add_class::<problem::PreparedAction>()?;
    module.add_class::<planner::Planner>()?;
    module.add_class::<timeline::Timeline>()?;
    module.add_class::<timeline::Report>()?;
    module.add_class::<universe::Universe>()?;
    module.add("DEBUG", cfg!(debug_assertions))?;
    errors::register(module)
}
