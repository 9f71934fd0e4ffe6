//! Which way a value goes.

/// Which way a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// It is sent: `readOnly` properties are not there.
    Request,
    /// It comes back: `writeOnly` properties are not there.
    Response,
}

impl Direction {
    /// The keyword of properties that are not there.
    pub fn absent(self) -> &'static str {
        match self {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
        }
    }
}
