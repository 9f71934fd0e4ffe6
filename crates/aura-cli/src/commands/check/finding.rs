//! What a check has found.

use serde_json::{Map, Value};

use crate::exit::Exit;
use crate::failure::{Failure, Kind};

/// What is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    BaseUrl,
    Key,
    Health,
    KeyAccepted,
    RateLimit,
    Versions,
}

impl Subject {
    /// For people.
    pub fn title(self) -> &'static str {
        match self {
            Self::BaseUrl => "Base URL",
            Self::Key => "Key",
            Self::Health => "Health",
            Self::KeyAccepted => "Key accepted",
            Self::RateLimit => "Rate limit",
            Self::Versions => "Versions",
        }
    }

    /// For programs.
    pub fn name(self) -> String {
        self.title().to_lowercase().replace(' ', "_")
    }
}

/// What a check has found.
#[derive(Debug)]
pub struct Finding {
    pub subject: Subject,
    pub outcome: Outcome,
    /// What programs want to know of it.
    pub facts: Map<String, Value>,
}

/// How a check ended.
#[derive(Debug)]
pub enum Outcome {
    /// Well; with what was found.
    Passed(String),
    Failed(Failure),
    /// It was not made, since another failed.
    Skipped(&'static str),
}

impl Finding {
    pub fn passed(subject: Subject, text: impl Into<String>) -> Self {
        Self::new(subject, Outcome::Passed(text.into()))
    }

    pub fn failed(subject: Subject, failure: Failure) -> Self {
        Self::new(subject, Outcome::Failed(failure))
    }

    pub fn skipped(subject: Subject, why: &'static str) -> Self {
        Self::new(subject, Outcome::Skipped(why))
    }

    fn new(subject: Subject, outcome: Outcome) -> Self {
        let facts = Map::new();
        Self {
            subject,
            outcome,
            facts,
        }
    }

    /// Adds a fact.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
    }

    /// Whether there was nobody to answer.
    pub fn is_out_of_reach(&self) -> bool {
        matches!(self.failed_as(), Some(Kind::Network | Kind::Timeout))
    }

    /// Whether somebody else answered.
    pub fn is_of_another_service(&self) -> bool {
        self.failed_as() == Some(Kind::UnexpectedAnswer)
    }

    fn failed_as(&self) -> Option<Kind> {
        match &self.outcome {
            Outcome::Failed(failure) => Some(failure.kind()),
            Outcome::Passed(_) | Outcome::Skipped(_) => None,
        }
    }

    fn exit(&self) -> Exit {
        match &self.outcome {
            // Wherever the fault lies, what lacks is a key.
            Outcome::Failed(_) if self.subject == Subject::Key => Exit::Unauthorized,
            Outcome::Failed(failure) => failure.exit(),
            Outcome::Passed(_) | Outcome::Skipped(_) => Exit::Good,
        }
    }
}

/// How all of it ended.
pub fn worst(findings: &[Finding]) -> Exit {
    let exits = findings.iter().map(Finding::exit);
    exits.max().unwrap_or(Exit::Good)
}
