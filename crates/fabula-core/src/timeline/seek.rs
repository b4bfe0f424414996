//! Finds a place in a list in order of moments, near the place that was found last.
//!
//! A mind is replayed against a past that may be long, moment after moment: the next place is mostly a step away.

use std::sync::atomic::{AtomicU32, Ordering};

/// The place that was found last. It only says where to begin to look, so that a wrong one does no harm.
#[derive(Debug, Default)]
pub struct Hint(AtomicU32);

impl Hint {
    fn get(&self) -> usize {
        self.0.load(Ordering::Relaxed) as usize
    }

    fn set(&self, place: usize) {
        self.0
            .store(u32::try_from(place).unwrap_or(u32::MAX), Ordering::Relaxed);
    }

    /// How many elements at the beginning of a list `come` before what is looked for (all before any that do not).
    ///
    /// It takes as many looks as the logarithm of the distance from the place that was found last.
    pub fn seek<T>(&self, list: &[T], come: impl Fn(&T) -> bool) -> usize {
        let from = self.get().min(list.len());
        let mut step = 1;
        let (low, high) = if from < list.len() && come(&list[from]) {
            let mut low = from + 1;
            loop {
                let next = low + step;
                if next > list.len() {
                    break (low, list.len());
                }
                if !come(&list[next - 1]) {
                    break (low, next - 1);
                }
                low = next;
                step *= 2;
            }
        } else {
            let mut high = from;
            loop {
                let Some(next) = high.checked_sub(step) else {
                    break (0, high);
                };
                if come(&list[next]) {
                    break (next + 1, high);
                }
                high = next;
                step *= 2;
            }
        };
        let place = low + list[low..high].partition_point(come);
        self.set(place);
        place
    }
}

impl Clone for Hint {
    fn clone(&self) -> Hint {
        Hint(AtomicU32::new(self.0.load(Ordering::Relaxed)))
    }
}

#[cfg(test)]
mod tests {
    use super::Hint;

    #[test]
    fn finds_what_a_search_finds_wherever_it_begins() {
        for length in 0..40u32 {
            let list: Vec<u32> = (0..length).map(|i| i / 3 * 2).collect();
            for begin in 0..length + 3 {
                for sought in 0..=length {
                    let hint = Hint::default();
                    hint.set(begin as usize);
                    let place = hint.seek(&list, |x| *x <= sought);
                    assert_eq!(place, list.partition_point(|x| *x <= sought));
                    assert_eq!(hint.get(), place);
                }
            }
        }
    }
}
