//! The order in which searches look into what they have found.

use std::cmp::Ordering;

/// How good a step looks (the least comes first), how deep it is, and its number.
#[derive(PartialEq)]
pub(super) struct Rank(pub f32, pub u16, pub u32);

impl Eq for Rank {}
impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Rank) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Rank {
    fn cmp(&self, other: &Rank) -> Ordering {
        // The least comes first; of equals the deepest, then the oldest.
        other
            .0
            .total_cmp(&self.0)
            .then(self.1.cmp(&other.1))
            .then(other.2.cmp(&self.2))
    }
}
