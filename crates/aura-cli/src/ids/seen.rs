//! The ids that need not be asked for again.

use std::collections::HashSet;

use aura_client::uuid::Uuid;

/// A set of ids, some 17 to 34 bytes each: all that grows with the number of ids.
#[derive(Debug, Default)]
pub struct SeenIds(HashSet<Uuid>);

impl SeenIds {
    /// Whether it is new.
    pub fn insert(&mut self, id: Uuid) -> bool {
        self.0.insert(id)
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}
