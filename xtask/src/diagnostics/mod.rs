//! What is told about a contract: a code, a place, a message, and what to do next.

mod render;

use std::borrow::Cow;
use std::ops::Range;

pub use render::render;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Told, and the run goes on.
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
    pub message: String,
    /// The bytes of the contract it is about; `None` when it is about no place in it.
    pub span: Option<Range<usize>>,
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

impl Diagnostic {
    /// A finding that stops the run.
    pub fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            span: None,
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
    pub fn at(mut self, span: Range<usize>) -> Diagnostic {
        self.span = Some(span);
        self
    }

    /// Names another place that explains it.
    #[must_use]
    pub fn and(mut self, span: Range<usize>, label: impl Into<String>) -> Diagnostic {
        self.context.push(Context {
            span,
            label: label.into(),
        });
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Diagnostic {
        self.help = Some(help.into());
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
