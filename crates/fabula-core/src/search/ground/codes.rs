//! Packed values: for every fluent some bits of the words of a state, and what the codes in them stand for.

use rustc_hash::FxHashMap;

use super::form::{Lit, Slot};
use crate::value::Value;

/// Codes that fit a literal's set of bits.
pub const FEW: usize = 64;
/// Bits of a fluent whose values are not known beforehand (numbers).
const WIDE: u32 = 16;

/// Where a fluent lies in the words, and what its codes stand for.
#[derive(Clone, Debug)]
pub struct Field {
    /// The word.
    pub word: u16,
    /// How far to shift it.
    pub shift: u8,
    /// What remains after shifting.
    pub low: u64,
    /// The values by code; empty for numbers that are not known beforehand.
    pub values: Vec<Value>,
}

/// All fields, and the numbers met so far by fields that share them.
#[derive(Clone, Debug, Default)]
pub struct Codes {
    /// The fields by fluent.
    pub fields: Vec<Field>,
    /// How many words a state takes.
    pub width: usize,
    numbers: Vec<Value>,
    number_codes: FxHashMap<Value, u64>,
    /// The fluent that each bit of the words belongs to.
    bits: Vec<Slot>,
}

impl Codes {
    /// Lays out fields; an empty domain is one of numbers that are not known beforehand.
    pub fn new(domains: &[Vec<Value>]) -> Codes {
        let mut codes = Codes::default();
        let mut used = 64;
        for domain in domains {
            let bits = match domain.len() {
                0 => WIDE,
                n => usize::BITS - (n.max(2) - 1).leading_zeros(),
            };
            if used + bits > 64 {
                used = 0;
                codes.width += 1;
            }
            codes.fields.push(Field {
                word: codes.width as u16 - 1,
                shift: used as u8,
                low: (1 << bits) - 1,
                values: domain.clone(),
            });
            used += bits;
        }
        codes.width = codes.width.max(1);
        codes.bits.resize(codes.width * 64, 0);
        for (slot, f) in codes.fields.iter().enumerate() {
            let from = usize::from(f.word) * 64 + usize::from(f.shift);
            let bits = f.low.count_ones() as usize;
            codes.bits[from..from + bits].fill(slot as Slot);
        }
        codes
    }

    /// The code of a fluent in some words.
    #[inline]
    pub fn code(&self, words: &[u64], slot: Slot) -> u64 {
        let f = &self.fields[slot as usize];
        (words[f.word as usize] >> f.shift) & f.low
    }

    /// The value of a fluent in some words.
    pub fn get(&self, words: &[u64], slot: Slot) -> Value {
        let code = self.code(words, slot) as usize;
        let values = &self.fields[slot as usize].values;
        if values.is_empty() {
            self.numbers[code]
        } else {
            values[code]
        }
    }

    /// The code of a value; None where the field has no room for it.
    pub fn encode(&mut self, slot: Slot, value: Value) -> Option<u64> {
        let values = &self.fields[slot as usize].values;
        if !values.is_empty() {
            return values.iter().position(|v| *v == value).map(|i| i as u64);
        }
        if let Some(&code) = self.number_codes.get(&value) {
            return Some(code);
        }
        let code = self.numbers.len() as u64;
        if code >= 1 << WIDE {
            return None;
        }
        self.numbers.push(value);
        self.number_codes.insert(value, code);
        Some(code)
    }

    /// Sets a code in some words.
    #[inline]
    pub fn put(&self, words: &mut [u64], slot: Slot, code: u64) {
        let f = &self.fields[slot as usize];
        let word = &mut words[f.word as usize];
        *word = (*word & !(f.low << f.shift)) | (code << f.shift);
    }

    /// The literal that a fluent has one of the values that fit; None where its values are not known beforehand.
    pub fn literal(
        &self,
        slot: Slot,
        learn: super::form::Learn,
        fits: impl Fn(Value) -> bool,
    ) -> Option<Lit> {
        let f = &self.fields[slot as usize];
        if f.values.is_empty() || f.values.len() > FEW {
            return None;
        }
        let mut codes = 0;
        for (i, v) in f.values.iter().enumerate() {
            codes |= u64::from(fits(*v)) << i;
        }
        Some(Lit {
            slot,
            word: f.word,
            shift: f.shift,
            low: f.low,
            codes,
            learn,
        })
    }

    /// Calls `each` with every fluent whose code differs between two lists of words.
    #[inline]
    pub fn differing(&self, a: &[u64], b: &[u64], mut each: impl FnMut(Slot)) {
        for (w, (x, y)) in a.iter().zip(b).enumerate() {
            let mut rest = x ^ y;
            while rest != 0 {
                let slot = self.bits[w * 64 + rest.trailing_zeros() as usize];
                let f = &self.fields[slot as usize];
                rest &= !(f.low << f.shift);
                each(slot);
            }
        }
    }
}

impl Codes {
    /// The code of a value, where those of the fluent are known beforehand.
    pub fn known(&self, slot: Slot, value: Value) -> Option<u64> {
        let values = &self.fields[slot as usize].values;
        values.iter().position(|v| *v == value).map(|i| i as u64)
    }

    /// The code of `?`, where a fluent has one.
    pub fn unknown(&self, slot: Slot) -> Option<u64> {
        let values = &self.fields[slot as usize].values;
        values.iter().position(|v| v.is_unknown()).map(|i| i as u64)
    }
}
