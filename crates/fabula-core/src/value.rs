//! The values that fluents have, and the packed keys that name a fluent of given things.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// A thing of the world, by its number in the problem.
pub type Entity = u32;
/// Stands in an argument for a thing that nobody knows.
pub const NOBODY: Entity = u32::MAX;
/// Stands in a binding for a variable that has no value yet.
pub const UNBOUND: Entity = u32::MAX - 1;

/// The value of a fluent or an expression.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub enum Value {
    /// `?`: in an open world nothing is known; in a closed world the value "none".
    #[default]
    Unknown,
    /// A truth.
    Bool(bool),
    /// A number, never NaN.
    Number(f64),
    /// A thing.
    Entity(Entity),
}

impl Value {
    fn code(self) -> (u8, u64) {
        match self {
            Value::Unknown => (0, 0),
            Value::Bool(b) => (1, u64::from(b)),
            // Adding zero makes -0 and 0 one value.
            Value::Number(x) => (2, (x + 0.0).to_bits()),
            Value::Entity(e) => (3, u64::from(e)),
        }
    }

    /// A number, or unknown where the computation has none (0/0 and the like).
    pub fn number(x: f64) -> Value {
        if x.is_finite() {
            Value::Number(x + 0.0)
        } else {
            Value::Unknown
        }
    }

    /// The thing, when the value is one.
    pub fn entity(self) -> Option<Entity> {
        match self {
            Value::Entity(e) => Some(e),
            _ => None,
        }
    }

    /// The number, where truths count as 1 and 0 (as utilities are written).
    pub fn as_number(self) -> Option<f64> {
        match self {
            Value::Number(x) => Some(x),
            Value::Bool(b) => Some(f64::from(u8::from(b))),
            _ => None,
        }
    }

    /// Whether this is `?`.
    pub fn is_unknown(self) -> bool {
        matches!(self, Value::Unknown)
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        self.code() == other.code()
    }
}
impl Eq for Value {}
impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.code().hash(state);
    }
}
impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Value) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Value {
    fn cmp(&self, other: &Value) -> Ordering {
        self.code().cmp(&other.code())
    }
}

/// True, false, or unknown (Kleene's third value, which a closed world never shows).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It is so.
    True,
    /// It is not so.
    False,
    /// Nothing says.
    Unknown,
}

impl Truth {
    /// The truth of a condition that is decided.
    pub fn of(b: bool) -> Truth {
        if b {
            Truth::True
        } else {
            Truth::False
        }
    }

    /// Whether it holds ("does not hold" means not true).
    pub fn holds(self) -> bool {
        self == Truth::True
    }

    /// The value that shows this truth.
    pub fn value(self) -> Value {
        match self {
            Truth::True => Value::Bool(true),
            Truth::False => Value::Bool(false),
            Truth::Unknown => Value::Unknown,
        }
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;
    fn not(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        }
    }
}

/// A fluent of given things, packed into one word: 12 bits of fluent, 52 bits of arguments.
///
/// Where the arguments are too many for that, the problem gives their list a number (see `Problem::key`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key(pub u64);

const FLUENT_SHIFT: u32 = 52;

impl Key {
    /// Greatest number of fluents that fit.
    pub const FLUENTS: usize = 1 << (64 - FLUENT_SHIFT);
    /// Bits that the arguments share.
    pub const ARGUMENT_BITS: u32 = FLUENT_SHIFT;

    /// Packs a fluent and its arguments, each of `bits` bits; None when one of them is nobody known.
    pub fn pack(fluent: u32, args: &[Entity], bits: u32) -> Option<Key> {
        let mut word = 0u64;
        for &arg in args {
            if arg >= UNBOUND {
                return None;
            }
            word = (word << bits) | u64::from(arg);
        }
        Some(Key::numbered(fluent, word))
    }

    /// A fluent of arguments that have a number of their own.
    pub fn numbered(fluent: u32, number: u64) -> Key {
        Key((u64::from(fluent) << FLUENT_SHIFT) | number)
    }

    /// What stands for the arguments.
    pub fn number(self) -> u64 {
        self.0 & ((1 << FLUENT_SHIFT) - 1)
    }

    /// The fluent.
    pub fn fluent(self) -> u32 {
        (self.0 >> FLUENT_SHIFT) as u32
    }

    /// The argument at `place` of `arity`.
    pub fn arg(self, place: usize, arity: usize, bits: u32) -> Entity {
        let shift = bits * (arity - 1 - place) as u32;
        ((self.0 >> shift) & ((1u64 << bits) - 1)) as u32
    }

    /// The smallest and the greatest key of a fluent.
    pub fn range(fluent: u32) -> (Key, Key) {
        let low = u64::from(fluent) << FLUENT_SHIFT;
        (Key(low), Key(low | ((1 << FLUENT_SHIFT) - 1)))
    }
}
