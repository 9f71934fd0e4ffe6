//! What is told about a contract: a code, a place, a message, and what to do next.

use std::borrow::Cow;
use std::ops::Range;

use crate::display::{one_line, visible};
use crate::pointer::Pointer;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The document is invalid, or no right client can be made of it: nothing is written.
    Error,
    /// The client is right, the contract is doubtful: the run goes on.
    Warning,
}

/// One finding about the contract.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// Stable name of the kind of finding, such as `spec::dangling-ref`.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: Box<str>,
    /// The bytes of the contract it is about; `None` when it is about no place in it.
    pub span: Option<Range<usize>>,
    /// The value of the contract it is about, if it is about one.
    pub pointer: Option<Box<Pointer>>,
    /// Other places that explain it.
    pub context: Vec<Context>,
    /// What to do about it, followable as it stands.
    pub help: Option<Cow<'static, str>>,
}

/// A second place that explains a finding.
#[derive(Debug, Clone)]
pub struct Context {
    /// The bytes of the contract.
    pub span: Range<usize>,
    /// What is there.
    pub label: String,
}

/// A place in a contract: bytes of its text, and the value that stands there.
#[derive(Debug, Clone)]
pub struct Place {
    /// The bytes.
    pub span: Range<usize>,
    /// The value, or the one whose key is meant.
    pub pointer: Option<Pointer>,
}

impl From<Range<usize>> for Place {
    fn from(span: Range<usize>) -> Place {
        Place {
            span,
            pointer: None,
        }
    }
}

impl Diagnostic {
    /// A finding that stops the run.
    pub fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: one_line(message).into_boxed_str(),
            span: None,
            pointer: None,
            context: Vec::new(),
            help: None,
        }
    }

    /// A finding that is told while the run goes on.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(code, message)
        }
    }

    /// Says where it stands.
    #[must_use]
    pub fn at(mut self, place: impl Into<Place>) -> Diagnostic {
        let Place { span, pointer } = place.into();
        self.span = Some(span);
        self.pointer = pointer.map(Box::new);
        self
    }

    /// Names another place that explains it.
    #[must_use]
    pub fn and(mut self, place: impl Into<Place>, label: impl Into<String>) -> Diagnostic {
        self.context.push(Context {
            span: place.into().span,
            label: one_line(label),
        });
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Diagnostic {
        self.help = Some(match help.into() {
            Cow::Owned(help) => visible(help).into(),
            ours => ours,
        });
        self
    }

    /// Whether it stops the run.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Whether any of these stops the run.
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

/// How many errors and how many warnings there are.
pub fn count(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let errors = diagnostics.iter().filter(|found| found.is_error()).count();
    (errors, diagnostics.len() - errors)
}
