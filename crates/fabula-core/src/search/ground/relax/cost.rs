//! Costs, and whose aims they are the costs of.

use crate::value::Value;

/// A bound from below and a guess; [`NEVER`] where it cannot be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// No plan is shorter.
    pub least: u16,
    /// About how long one may be.
    pub guess: f32,
}

/// It cannot be.
pub const NEVER: Cost = Cost {
    least: u16::MAX,
    guess: f32::INFINITY,
};

/// It is so.
pub(super) const FREE: Cost = Cost {
    least: 0,
    guess: 0.0,
};

impl Cost {
    pub(super) fn and(self, other: Cost) -> Cost {
        Cost {
            least: self.least.max(other.least),
            guess: self.guess + other.guess,
        }
    }

    pub(super) fn or(self, other: Cost) -> Cost {
        Cost {
            least: self.least.min(other.least),
            guess: self.guess.min(other.guess),
        }
    }

    pub(super) fn step(self, steps: u16) -> Cost {
        if self == NEVER {
            return NEVER;
        }
        Cost {
            least: self.least.saturating_add(steps),
            guess: self.guess + f32::from(steps),
        }
    }

    pub(super) fn below(self, other: Cost) -> bool {
        self.least < other.least || self.guess < other.guess
    }
}

/// Who asks: the author, who may use all actions, or a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Aim {
    /// Whose utility: 0 is the author, then the characters.
    pub whose: u8,
    /// The utility to get at, as bits of a number.
    pub(super) bits: u64,
    /// Whether it has to be exceeded.
    pub(super) above: bool,
}

impl Aim {
    /// To reach a utility.
    pub fn reach(whose: u8, utility: f64) -> Aim {
        Aim {
            whose,
            bits: utility.to_bits(),
            above: false,
        }
    }

    /// To exceed a utility.
    pub fn exceed(whose: u8, utility: f64) -> Aim {
        Aim {
            whose,
            bits: utility.to_bits(),
            above: true,
        }
    }

    /// Whether a utility is what is aimed at; None is any.
    pub(super) fn is_reached(self, utility: Option<Value>) -> bool {
        utility.is_none_or(|v| {
            let (u, goal) = (v.as_number().unwrap_or(0.0), f64::from_bits(self.bits));
            u > goal || (!self.above && u == goal)
        })
    }
}
