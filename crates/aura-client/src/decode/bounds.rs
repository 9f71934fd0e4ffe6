//! How much memory, depth and time reading a body may take.

use crate::deadline::Deadline;
use crate::json::MAX_DEPTH;

/// How much memory lists and maps may take for each byte of the body, and besides, so that a page
/// of large elements with little text can be read.
const MEMORY: (usize, usize) = (8, 8 << 20);

/// How much text may be read again for further alternatives of a type, which may hold further ones.
const AGAIN: (usize, usize) = (64, 1 << 20);

/// How many values are read before the clock is looked at again.
const VALUES_PER_LOOK: u32 = 4096;

/// Why reading was given up although nothing is wrong so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Exceeded {
    Memory,
    Time,
}

/// What may still be used.
pub(super) struct Bounds {
    /// Bytes for elements of lists and entries of maps. What they point to takes no more than its
    /// text does, while an element can be written in two bytes.
    pub(super) bytes: usize,
    /// Bytes of text that may be read again.
    again: usize,
    levels: usize,
    values: u32,
    deadline: Deadline,
    pub(super) exceeded: Option<Exceeded>,
}

impl Bounds {
    /// Returns the bounds of a text of this length; where nothing is known of it, `usize::MAX`.
    pub(super) fn of(length: usize, deadline: Deadline) -> Self {
        let bound = |(factor, spare)| length.saturating_mul(factor).saturating_add(spare);
        Self {
            bytes: bound(MEMORY),
            again: bound(AGAIN).min(1 << 30),
            levels: MAX_DEPTH,
            values: 0,
            deadline,
            exceeded: None,
        }
    }

    /// Returns whether an element of this size may be kept.
    pub(super) fn keep(&mut self, bytes: usize) -> bool {
        self.exceeded = take(&mut self.bytes, bytes).or(self.exceeded);
        self.exceeded.is_none()
    }

    /// Returns whether this much text may be read for an alternative.
    pub(super) fn try_again(&mut self, text: usize) -> bool {
        self.exceeded = take(&mut self.again, text).or(self.exceeded);
        self.exceeded.is_none()
    }

    /// Returns whether another array or object may be entered; then it must be left.
    pub(super) fn enter(&mut self) -> bool {
        let left = self.levels.checked_sub(1);
        self.levels = left.unwrap_or_default();
        left.is_some()
    }

    pub(super) fn leave(&mut self) {
        self.levels += 1;
    }

    /// Counts a value. Returns whether there is time to read it.
    #[inline]
    pub(super) fn visit(&mut self) -> bool {
        self.values += 1;
        if self.values == VALUES_PER_LOOK {
            self.values = 0;
            if self.deadline.has_passed() {
                self.exceeded = Some(Exceeded::Time);
            }
        }
        self.exceeded != Some(Exceeded::Time)
    }
}

fn take(left: &mut usize, bytes: usize) -> Option<Exceeded> {
    match left.checked_sub(bytes) {
        Some(rest) => {
            *left = rest;
            None
        }
        None => Some(Exceeded::Memory),
    }
}
