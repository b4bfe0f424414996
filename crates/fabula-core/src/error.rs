//! Everything that can be wrong with a problem or a run of it.

use std::fmt;

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The problem is not well formed: the text says where and how.
    Problem(String),
    /// Something was added after a timeline or universe was made.
    Sealed,
    /// Two assignments give one fluent two values.
    Clash {
        /// The fluent with its things, by name.
        fluent: String,
        /// The action or trigger that does it.
        by: String,
    },
    /// The triggers keep firing.
    Restless {
        /// Names of the triggers that still fired when the bound was reached.
        triggers: Vec<String>,
    },
    /// A question about a time that has not come, or about something that does not exist.
    Question(String),
    /// The caller asked to stop.
    Cancelled,
}

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Problem(text) | Error::Question(text) => f.write_str(text),
            Error::Sealed => f.write_str(
                "the problem is in use by a timeline or universe and cannot change any more",
            ),
            Error::Clash { fluent, by } => write!(f, "{by} gives two different values to {fluent}"),
            Error::Restless { triggers } => {
                write!(
                    f,
                    "these triggers do not come to rest: {}",
                    triggers.join(", ")
                )
            }
            Error::Cancelled => f.write_str("cancelled"),
        }
    }
}

impl std::error::Error for Error {}
