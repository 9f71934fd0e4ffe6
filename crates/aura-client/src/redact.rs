//! What `Debug` shows in place of personal data.

use std::fmt;

/// Stands for a value that is there but not shown: `[redacted]`.
pub(crate) struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Stands for members under names that the contract doesn't know: shows how many there are.
#[allow(
    dead_code,
    reason = "generated code uses it where an object takes members of one type"
)]
pub(crate) struct Members(pub(crate) usize);

impl fmt::Debug for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Members({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redacted_value_shows_only_that_it_is_there() {
        assert_eq!(format!("{:?}", Some(Redacted)), "Some([redacted])");
    }
}
