//! Search: plans in which every action is explained for everybody who consents to it (engine: "Reasons").

mod exact;
pub mod ground;
pub mod limits;
pub mod planner;
mod rank;
pub mod reasons;
mod validate;

pub use limits::{Limits, Progress, Stopped, Watch};
pub use planner::{Plan, Planner, Reason};
pub use validate::{check, validate, Fault};
