//! On which way, and in which form, a value is met.

use crate::rules::{Both, Rule};

/// Whether a value is sent to the service or received from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Sent by callers.
    Request,
    /// Received by callers.
    Response,
}

impl Direction {
    /// Returns the other direction: a callback's request is what callers receive.
    #[must_use]
    pub fn reversed(self) -> Direction {
        match self {
            Direction::Request => Direction::Response,
            Direction::Response => Direction::Request,
        }
    }
}

impl Both {
    /// Returns the rule for one direction.
    pub fn of(&self, direction: Direction) -> &'static Rule {
        match direction {
            Direction::Request => self.request,
            Direction::Response => self.response,
        }
    }
}

/// The form in which a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Medium {
    /// JSON, or a form that nothing more is known of.
    Json,
    /// XML, where `xml` says how a value is written.
    Xml,
    /// A form: each field is text, and a field of several values is written several times.
    Form,
    /// Text, as in a query, a path, a header or a form: `1` is a number and a string alike.
    Text {
        /// Whether a single value is written as a list of it is.
        list_of_one: bool,
    },
}

impl Medium {
    /// The values in a text.
    pub const TEXT: Medium = Medium::Text { list_of_one: false };

    /// Returns whether values are text.
    pub fn is_text(self) -> bool {
        matches!(self, Medium::Text { .. } | Medium::Form)
    }

    /// Returns the form of the values within.
    #[must_use]
    pub fn within(self) -> Medium {
        match self {
            Medium::Text { .. } => Medium::TEXT,
            Medium::Form => Medium::Text { list_of_one: true },
            other => other,
        }
    }
}

/// How a value is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Context {
    /// On which way.
    pub way: Direction,
    /// In which form.
    pub medium: Medium,
}

impl Context {
    /// Returns the context of the values within.
    #[must_use]
    pub fn within(self) -> Context {
        Context {
            medium: self.medium.within(),
            ..self
        }
    }
}
