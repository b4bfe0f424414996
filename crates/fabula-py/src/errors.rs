//! The one place where errors of the core become Python exceptions.

use fabula_core::Error;
use pyo3::exceptions::{PyInterruptedError, PyValueError};
use pyo3::prelude::*;
use pyo3::{create_exception, PyErr};

create_exception!(
    _core,
    CoreError,
    PyValueError,
    "Something that the kernel cannot do."
);
create_exception!(
    _core,
    ProblemError,
    CoreError,
    "The problem is not well formed."
);
create_exception!(
    _core,
    ClashError,
    CoreError,
    "Two assignments give one fluent two values."
);
create_exception!(
    _core,
    RestlessError,
    CoreError,
    "The triggers do not come to rest."
);
create_exception!(
    _core,
    QuestionError,
    CoreError,
    "A question about a time or thing that does not exist."
);

/// The Python exception of an error.
pub fn raise(error: Error) -> PyErr {
    // A signal handler may have raised KeyboardInterrupt: that one tells more.
    if error == Error::Cancelled {
        return Python::attach(PyErr::take)
            .unwrap_or_else(|| PyInterruptedError::new_err(error.to_string()));
    }
    let text = error.to_string();
    match error {
        Error::Problem(_) | Error::Sealed => ProblemError::new_err(text),
        Error::Clash { .. } => ClashError::new_err(text),
        Error::Restless { .. } => RestlessError::new_err(text),
        Error::Question(_) | Error::Cancelled => QuestionError::new_err(text),
    }
}

/// Adds the exceptions to the module.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("CoreError", py.get_type::<CoreError>())?;
    module.add("ProblemError", py.get_type::<ProblemError>())?;
    module.add("ClashError", py.get_type::<ClashError>())?;
    module.add("RestlessError", py.get_type::<RestlessError>())?;
    module.add("QuestionError", py.get_type::<QuestionError>())
}
