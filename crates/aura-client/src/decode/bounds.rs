//! How much memory, depth and time reading a body may take.

use crate::deadline::Deadline;
use crate::json::MAX_DEPTH;

/// What lists and maps may take for each byte of the body …
const FACTOR: usize = 8;
/// … and besides, so that a short list of large elements can be read.
const SPARE: usize = 8 << 20;

/// How much text may be read again for another alternative of a type, for each byte of the body …
const ALTERNATIVES_FACTOR: usize = 64;
/// … and besides.
const ALTERNATIVES_SPARE: usize = 1 << 20;

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
    bytes: usize,
    /// Bytes of text that may be read again.
    again: usize,
    levels: usize,
    values: u32,
    deadline: Deadline,
    exceeded: Option<Exceeded>,
}

impl Bounds {
    pub(super) fn of(body: &str, deadline: Deadline) -> Self {
        let times = |factor| body.len().saturating_mul(factor);
        Self {
            bytes: times(FACTOR).saturating_add(SPARE),
            again: times(ALTERNATIVES_FACTOR).saturating_add(ALTERNATIVES_SPARE),
            ..Self::depth_alone(deadline)
        }
    }

    /// Bounds the depth, for input whose length is not known.
    pub(super) fn depth_alone(deadline: Deadline) -> Self {
        Self {
            bytes: usize::MAX,
            again: 1 << 30,
            levels: MAX_DEPTH,
            values: 0,
            deadline,
            exceeded: None,
        }
    }

    /// Returns whether an element of this size may be kept.
    pub(super) fn keep(&mut self, bytes: usize) -> bool {
        match self.bytes.checked_sub(bytes) {
            Some(left) => self.bytes = left,
            None => self.exceeded = Some(Exceeded::Memory),
        }
        self.exceeded.is_none()
    }

    /// Returns whether this much text may be read for an alternative.
    pub(super) fn try_again(&mut self, text: usize) -> bool {
        match self.again.checked_sub(text) {
            Some(left) => self.again = left,
            None => self.exceeded = Some(Exceeded::Memory),
        }
        self.exceeded.is_none()
    }

    /// Returns how much memory is left.
    pub(super) fn left(&self) -> usize {
        self.bytes
    }

    /// Gives back the memory of what was dropped.
    pub(super) fn restore(&mut self, left: usize) {
        self.bytes = left;
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

    pub(super) fn exceeded(&self) -> Option<Exceeded> {
        self.exceeded
    }

    /// Lets reading go on without what there was no memory for.
    pub(super) fn forgive(&mut self) {
        self.exceeded = None;
    }
}
