//! What `Debug` shows in place of personal data.

use std::fmt;

use serde_json::{Map, Value};

/// Stands for a value that is there but not shown: `[redacted]`.
pub(crate) struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Shows the names of an object's fields, escaped, and none of their values.
pub(crate) struct Keys<'a>(pub(crate) &'a Map<String, Value>);

impl fmt::Debug for Keys<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_are_shown_and_they_are_escaped() {
        let object = Map::from_iter([("pet\nname".to_owned(), Value::from("Rex"))]);

        assert_eq!(format!("{:?}", Keys(&object)), r#"{"pet\nname"}"#);
    }

    #[test]
    fn a_redacted_value_shows_only_that_it_is_there() {
        assert_eq!(format!("{:?}", Some(Redacted)), "Some([redacted])");
    }
}
