//! Which element of one list is which of the other.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// Takes those out of both lists that have the same key, and pairs them; of several, in their order.
pub fn take<T: Clone, K: Hash + Eq>(
    old: &mut Vec<T>,
    new: &mut Vec<T>,
    pairs: &mut Vec<(T, T)>,
    key: impl Fn(&T) -> Option<K>,
) {
    let mut known: HashMap<K, Vec<usize>> = HashMap::new();
    for (index, is) in new.iter().enumerate().rev() {
        if let Some(key) = key(is) {
            known.entry(key).or_default().push(index);
        }
    }
    let mut taken = HashSet::new();
    old.retain(|was| {
        let found = key(was).and_then(|key| known.get_mut(&key)?.pop());
        taken.extend(found);
        pairs.extend(found.map(|index| (was.clone(), new[index].clone())));
        found.is_none()
    });
    let mut indexes = 0..;
    new.retain(|_| indexes.next().is_none_or(|index| !taken.contains(&index)));
}
