//! The kinds of change: a stable code each, what it breaks and why, and what to do instead.
//!
//! `table` lists them, `keywords` says which of them a keyword leads to, and `instead` holds the
//! advice that depends on the place of a change. `docs/reviewing.md` has the same two tables, and a
//! test holds them equal, line by line.

pub(crate) mod instead;
mod keywords;
mod table;

use serde::Serialize;

use instead::Instead;
pub(crate) use keywords::{
    CHOICE, CLOSURE, Effects, FORMAT, LIMIT, LIST, NULL, PRESENCE, Shift, TYPE, VALUE, of_keyword,
};
pub use keywords::{Line, keywords};
pub use table::ALL;
pub(crate) use table::*;

/// How much a change matters to those who depend on the contract; the worst comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Compatibility {
    /// Nothing that anyone could notice.
    #[serde(rename = "none")]
    Identical,
    /// Only what people read.
    Docs,
    /// Something new; what worked keeps working.
    Additive,
    /// Something that worked can stop working, or stop compiling.
    Breaking,
}

impl Compatibility {
    /// The classes that a change can have, the worst first.
    pub const REPORTED: [Compatibility; 3] = [
        Compatibility::Breaking,
        Compatibility::Additive,
        Compatibility::Docs,
    ];

    /// Returns the class as it is written in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Compatibility::Identical => "none",
            Compatibility::Docs => "docs",
            Compatibility::Additive => "additive",
            Compatibility::Breaking => "breaking",
        }
    }
}

/// What a rule judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// What callers send.
    Request,
    /// What callers receive.
    Response,
    /// The same in both directions.
    Both,
    /// The calls that the service makes: callbacks and webhooks.
    Callback,
    /// The service as a whole: its operations, addresses and keys.
    Service,
    /// The Rust client alone: on the wire, nothing changes.
    Rust,
}

impl Scope {
    /// Returns the word for it in the documentation.
    pub fn word(self) -> &'static str {
        match self {
            Scope::Request => "request",
            Scope::Response => "response",
            Scope::Both => "both",
            Scope::Callback => "callback",
            Scope::Service => "service",
            Scope::Rust => "rust",
        }
    }
}

/// A kind of change.
#[derive(Debug)]
pub struct Rule {
    /// Its stable name.
    pub code: &'static str,
    /// What it judges.
    pub scope: Scope,
    /// The class of the change: in Rust if the scope is Rust, else on the wire.
    pub class: Compatibility,
    /// What happens to whom, in one sentence.
    pub why: &'static str,
    /// An edit that leads to it.
    pub example: &'static str,
    /// A compatible way to what the change is after.
    pub(crate) instead: Instead,
}

impl Rule {
    /// Returns the class on the wire.
    pub fn on_the_wire(&self) -> Compatibility {
        match self.scope {
            Scope::Rust => Compatibility::Identical,
            _ => self.class,
        }
    }

    /// Returns the class in Rust as far as the contract alone decides it; the comparison of the
    /// generated APIs decides the rest.
    pub fn in_rust(&self) -> Compatibility {
        match self.scope {
            Scope::Rust => self.class,
            _ => Compatibility::Identical,
        }
    }
}

/// A kind of change that means one thing in a request and another in a response.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Both {
    /// In a request.
    pub request: &'static Rule,
    /// In a response.
    pub response: &'static Rule,
}
