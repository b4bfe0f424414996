//! Fluents of so many arguments that these do not fit a key: their lists of arguments are numbered as they come up.

use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use crate::expr::Fluent;
use crate::value::{Entity, Key};

type Lists = IndexSet<(Fluent, Box<[Entity]>), FxBuildHasher>;

/// The lists of arguments that were numbered; shared by all copies of a problem, so that they mean the same by a key.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Wide(Arc<Mutex<Lists>>);

impl Wide {
    /// Nothing is left half done in here, whatever happened to somebody who held it.
    fn lists(&self) -> MutexGuard<'_, Lists> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The key of a fluent of these arguments.
    pub fn key(&self, fluent: Fluent, args: &[Entity]) -> Key {
        let (number, _) = self.lists().insert_full((fluent, args.into()));
        Key::numbered(fluent, number as u64)
    }

    /// The argument of a key at a place.
    pub fn arg(&self, key: Key, place: usize) -> Entity {
        self.lists()[key.number() as usize].1[place]
    }
}
