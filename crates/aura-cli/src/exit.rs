//! How a run ended, as its exit code says it.

use std::process::ExitCode;

/// What `aura --help` ends with.
pub const HELP: &str = "\
Examples:
  aura --sandbox leads get 550e8400-e29b-41d4-a716-446655440000
  AURA_API_KEY=aura_pk_live_… aura leads get --from ids.txt --out leads.csv

Exit codes:
  0    all went well
  1    anything that is not listed here
  2    wrong arguments; nothing was asked
  3    there is no key, or it was not accepted
  4    not found
  5    try again later: rate limit, network, timeout, the service is down
  130  interrupted by Ctrl-C; 129 by SIGHUP, 143 by SIGTERM
If several things failed, the exit code is the first of 3, 5, 1, 4 that applies. \
A closed pipe is no failure.";

/// The exit codes.
// In the order in which the worst of several wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// All went well.
    #[default]
    Good,
    /// What was asked for does not exist, or is not the caller's.
    NotFound,
    /// Anything else.
    Failed,
    /// It may pass.
    TryLater,
    /// There is no key, or it was not accepted.
    Unauthorized,
    /// Wrong arguments: nothing was sent.
    Usage,
    /// Ended by SIGHUP: the terminal is gone.
    HungUp,
    /// Ended by SIGTERM.
    Terminated,
    /// Ended by Ctrl-C.
    Interrupted,
}

impl Exit {
    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Self::Good => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Unauthorized => 3,
            Self::NotFound => 4,
            Self::TryLater => 5,
            Self::HungUp => 129,
            Self::Interrupted => 130,
            Self::Terminated => 143,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_of_several_failures_wins() {
        let worst_first = [
            Exit::Unauthorized,
            Exit::TryLater,
            Exit::Failed,
            Exit::NotFound,
            Exit::Good,
        ];
        assert!(worst_first.is_sorted_by(|worse, better| worse > better));
        let codes: Vec<u8> = worst_first.iter().map(|exit| exit.code()).collect();
        assert_eq!(codes, [3, 5, 1, 4, 0]);
    }
}
