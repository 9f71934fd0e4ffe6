//! What `Debug` shows in place of personal data.

use std::fmt;

/// Stands for a value that is there but not shown: `[redacted]`.
pub(crate) struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Shows the names of an object's fields, escaped, and none of their values.
#[allow(
    dead_code,
    reason = "generated code uses it where the contract has an open object"
)]
pub(crate) struct Keys<'a, M>(pub(crate) &'a M);

impl<'a, M, V: 'a> fmt::Debug for Keys<'a, M>
where
    &'a M: IntoIterator<Item = (&'a String, &'a V)>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.into_iter().map(|(name, _)| name);
        f.debug_set().entries(names).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use serde_json::{Map, Value};

    use super::*;

    #[test]
    fn only_names_are_shown_and_they_are_escaped() {
        let object = Map::from_iter([("pet\nname".to_owned(), Value::from("Rex"))]);

        assert_eq!(format!("{:?}", Keys(&object)), r#"{"pet\nname"}"#);
        let typed = HashMap::from([("pet".to_owned(), "Rex")]);
        assert_eq!(format!("{:?}", Keys(&typed)), r#"{"pet"}"#);
    }

    #[test]
    fn a_redacted_value_shows_only_that_it_is_there() {
        assert_eq!(format!("{:?}", Some(Redacted)), "Some([redacted])");
    }
}
