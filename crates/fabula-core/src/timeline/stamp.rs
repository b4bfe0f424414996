//! Moments within a run: a time, a pass of the triggers at that time, and a round of that pass.

use serde::{Deserialize, Serialize};

/// A moment; later moments are greater.
///
/// Pass 0 is the event itself: round 0 after corrections from outside, 1 after the observer's own surprise, 2 after
/// the effects, 3 after explicit belief effects. Passes from 1 on are the triggers'.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stamp(pub u64);

/// The last round of a pass, and the last pass of a time.
pub const LAST: u64 = 0xFFFF;

impl Stamp {
    /// A moment.
    pub const fn new(time: u32, pass: u64, round: u64) -> Stamp {
        Stamp(((time as u64) << 32) | (pass << 16) | round)
    }

    /// The end of a time, when everything is at rest.
    pub const fn end(time: u32) -> Stamp {
        Stamp::new(time, LAST, LAST)
    }

    /// The end of a pass.
    pub const fn pass_end(time: u32, pass: u64) -> Stamp {
        Stamp::new(time, pass, LAST)
    }

    /// The last moment of a pass before it is over: the minds inside are still those of the pass before.
    pub const fn within(self) -> Stamp {
        Stamp((self.0 | LAST) - 1)
    }

    /// The time.
    pub const fn time(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// The pass.
    pub const fn pass(self) -> u64 {
        (self.0 >> 16) & LAST
    }

    /// The round.
    pub const fn round(self) -> u64 {
        self.0 & LAST
    }

    /// The end of the time before; the beginning has none before it.
    pub const fn before(time: u32) -> Stamp {
        if time == 0 {
            Stamp::new(0, 0, LAST)
        } else {
            Stamp::end(time - 1)
        }
    }

    /// The moment at which somebody's beliefs are read from a mind at this moment.
    pub const fn of_beliefs(self) -> Stamp {
        let time = self.time();
        match (self.pass(), self.round()) {
            (LAST, _) | (1.., LAST) => self,
            (0, _) if time == 0 => Stamp::new(0, 0, LAST),
            (0, 0) => Stamp::before(time),
            (0, 1) => Stamp::new(time, 0, 0),
            (0, _) => Stamp::new(time, 0, LAST),
            (pass, _) => Stamp::new(time, pass - 1, LAST),
        }
    }
}
