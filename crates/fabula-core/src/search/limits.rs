//! What a search is asked for and what it gives.

/// Limits that are part of the definition of a solution (engine: "Limits").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The greatest number of actions in a plan.
    pub author: usize,
    /// The greatest number of actions in a chain of explanations.
    pub character: usize,
    /// The greatest depth of belief searched.
    pub belief: usize,
}

/// Why a search ended without another solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// There is none within the limits: a proof.
    Exhausted,
    /// Whoever asked wanted it to end.
    Asked,
}

/// How far a search is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// States of the author's search that were looked into.
    pub visited: u64,
    /// States that were made, in the author's search and in minds.
    pub generated: u64,
    /// Bytes taken by states and what is remembered of them.
    pub bytes: usize,
}

/// Asked now and then: whether to go on.
pub type Watch<'a> = dyn FnMut(Progress) -> bool + 'a;
