//! Fingerprints: 128 bits that no two values share, under a secret key of their own.

use std::hash::{BuildHasher, Hash, RandomState};

/// A key for fingerprints, made of the operating system's randomness by the standard library.
pub(crate) struct Fingerprints([RandomState; 2]);

impl Fingerprints {
    pub(crate) fn new() -> Self {
        Self([RandomState::new(), RandomState::new()])
    }

    pub(crate) fn of(&self, value: &(impl Hash + ?Sized)) -> u128 {
        let [high, low] = self.0.each_ref().map(|key| u128::from(key.hash_one(value)));
        high << 64 | low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differs_by_value_and_by_key() {
        let (one, other) = (Fingerprints::new(), Fingerprints::new());
        assert_eq!(one.of("a"), one.of("a"));
        assert_ne!(one.of("a"), one.of("b"));
        assert_ne!(one.of("a"), other.of("a"));
        assert_ne!((one.of("a") >> 64) as u64, one.of("a") as u64);
    }
}
