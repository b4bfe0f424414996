//! Worlds, beliefs and events of stories: pure, without files, clock or language.
//!
//! The definitions are those of narrative planning with intention and theory of mind: Ware and Siler, "Sabre: A
//! Narrative Planner Supporting Intention and Deep Theory of Mind" (AIIDE 2021); Shirvani, Ware and Farrell, "A
//! Possible Worlds Model of Belief for State-Space Narrative Planning" (AIIDE 2017).

mod checks;
pub mod effects;
pub mod error;
pub mod eval;
pub mod expr;
mod firing;
mod index;
mod join;
pub mod judge;
mod lookup;
mod machine;
mod narrow;
mod perceive;
pub mod problem;
pub mod search;
mod surprise;
pub mod timeline;
pub mod universe;
pub mod value;
mod waking;
mod ways;
mod wide;

pub use error::{Error, Result};
pub use expr::{Effect, Expr};
pub use problem::{ActionParts, Problem};
pub use value::{Entity, Truth, Value};
