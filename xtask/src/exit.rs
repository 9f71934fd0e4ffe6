//! How a command ended.

/// How a command ended, as its exit code says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: all is as it should be, or has been made so.
    Fresh,
    /// 3: the contract has a change of a class that was denied.
    Denied,
    /// 4: generated files are not what the contract makes, or the contract is not what the service does.
    Stale,
    /// 1: an error; nothing was changed.
    Failed,
    /// 2: arguments that mean nothing.
    Misused,
}

impl Exit {
    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Exit::Fresh => 0,
            Exit::Denied => 3,
            Exit::Stale => 4,
            Exit::Failed => 1,
            Exit::Misused => 2,
        }
    }
}
