//! What is remembered of work that can be done again: of two that fall into one slot the later one stays.

/// No key.
const NOTHING: u64 = u64::MAX;

/// Numbers by key, in one place of memory each.
pub struct Slots {
    slots: Vec<(u64, u32)>,
    used: usize,
    most: usize,
}

impl Slots {
    /// With no more slots than this, a power of two.
    pub fn new(most: usize) -> Slots {
        Slots {
            slots: vec![(NOTHING, 0); 64],
            used: 0,
            most,
        }
    }

    #[inline]
    fn slot(&self, key: u64) -> usize {
        let h = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (h >> 32) as usize & (self.slots.len() - 1)
    }

    /// What is remembered for a key.
    #[inline]
    pub fn get(&self, key: u64) -> Option<u32> {
        let (known, found) = self.slots[self.slot(key)];
        (known == key).then_some(found)
    }

    /// Looks at the slot of a key, so that it is near when it is asked for.
    #[inline]
    pub fn touch(&self, key: u64) -> u64 {
        self.slots[self.slot(key)].0
    }

    /// Remembers.
    #[inline]
    pub fn insert(&mut self, key: u64, found: u32) {
        if self.used * 2 >= self.slots.len() && self.slots.len() < self.most {
            let more = (self.slots.len() * 4).min(self.most);
            let old = std::mem::replace(&mut self.slots, vec![(NOTHING, 0); more]);
            self.used = 0;
            for (key, found) in old.into_iter().filter(|(key, _)| *key != NOTHING) {
                self.put(key, found);
            }
        }
        self.put(key, found);
    }

    #[inline]
    fn put(&mut self, key: u64, found: u32) {
        let at = self.slot(key);
        self.used += usize::from(self.slots[at].0 == NOTHING);
        self.slots[at] = (key, found);
    }

    /// Bytes taken.
    pub fn bytes(&self) -> usize {
        self.slots.len() * 16
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.slots.fill((NOTHING, 0));
        self.used = 0;
    }
}
