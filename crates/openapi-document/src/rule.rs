//! A kind of finding: what stands behind its code.

use crate::diagnostic::{Diagnostic, Severity};

/// One rule about contracts.
#[derive(Debug)]
pub struct Rule {
    /// Its stable name, such as `spec::dangling-ref`.
    pub code: &'static str,
    /// How bad it is to break it.
    pub severity: Severity,
    /// What it finds, in one line without a full stop.
    pub summary: &'static str,
    /// Why it is a mistake, and what to do: one paragraph.
    pub docs: &'static str,
    /// How it is broken and how it is kept; `None` if no contract shows it.
    pub example: Option<Example>,
}

/// Two small edits of a minimal contract: one breaks the rule, one keeps it.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The text of the minimal contract in whose place both stand.
    pub instead_of: &'static str,
    /// What breaks the rule; `«` and `»` stand around what is told.
    pub wrong: &'static str,
    /// What keeps it.
    pub right: &'static str,
}

impl Rule {
    /// A finding of this kind.
    pub fn told(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: self.severity,
            ..Diagnostic::error(self.code, message)
        }
    }
}

impl Example {
    /// The contract that breaks the rule, and the bytes of it that are told.
    pub fn broken(&self, minimal: &str) -> (String, std::ops::Range<usize>) {
        let whole = minimal.replacen(self.instead_of, self.wrong, 1);
        let start = whole.find('«').unwrap_or_default();
        let whole = whole.replacen('«', "", 1);
        let end = whole.find('»').unwrap_or(start);
        (whole.replacen('»', "", 1), start..end)
    }

    /// The contract that keeps it.
    pub fn kept(&self, minimal: &str) -> String {
        minimal.replacen(self.instead_of, self.right, 1)
    }
}
