//! What is wrong with a value, in words that don't quote it.

use std::fmt::{self, Write};

use openapi_document::validate::bounds::MAX_VIOLATIONS;

use crate::bounds::{MAX_NAME, MAX_REASON, shown};

/// What is wrong with a parameter or a body, and where.
///
/// Neither the value nor a name that the contract doesn't know is quoted: either may be personal
/// data. Such a name is `*` in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where: "path parameter `id`", or in a body "data.notes\[1\].content".
    pub place: String,
    /// What: "the value is not a \"uuid\"".
    pub reason: String,
}

impl Problem {
    /// How many of a value are told.
    pub(crate) const MOST: usize = MAX_VIOLATIONS;

    /// A long reason is cut off: it may name what the contract has, of any length.
    pub(crate) fn new(place: impl Into<String>, reason: impl Into<String>) -> Problem {
        Problem {
            place: place.into(),
            reason: shown(&reason.into(), MAX_REASON).into_owned(),
        }
    }

    /// The first of several, and how many more there are.
    pub(crate) fn first(mut problems: Vec<Problem>) -> Vec<Problem> {
        let more = problems.len().saturating_sub(Problem::MOST);
        if more > 0 {
            problems.truncate(Problem::MOST);
            problems.push(Problem::new("", format!("there are {more} more problems")));
        }
        problems
    }

    /// The same, seen from further out: `content` in `data` is `data.content`.
    pub(crate) fn inside(mut self, outer: &str) -> Problem {
        self.place = match self.place.as_str() {
            "" => outer.to_string(),
            _ if outer.is_empty() => self.place,
            place if place.starts_with('[') => format!("{outer}{place}"),
            place => format!("{outer}.{place}"),
        };
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.as_str() {
            "" => f.write_str(&self.reason),
            place => write!(f, "{place}: {}", self.reason),
        }
    }
}

/// A step from a value into it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step<'s> {
    /// To the member of this name, which the contract has.
    Name(&'s str),
    /// To a member of any other name.
    Foreign,
    /// To an element.
    Index(usize),
}

impl Step<'_> {
    /// Where steps lead, as text.
    pub(crate) fn place(steps: &[Step<'_>]) -> String {
        let mut place = String::new();
        for step in steps {
            let dot = if place.is_empty() { "" } else { "." };
            // A String takes all text.
            _ = match step {
                Step::Name(name) => write!(place, "{dot}{}", shown(name, MAX_NAME)),
                Step::Foreign => write!(place, "{dot}*"),
                Step::Index(index) => write!(place, "[{index}]"),
            };
        }
        place
    }
}
