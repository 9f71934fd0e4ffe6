//! Where a value is in a body: `data.notes[1].content`.

use std::fmt::Write;

/// A step from a value into it.
///
/// A name chosen by the body is no part of a path: it can be of any length, and name a person.
#[derive(Clone, Copy)]
pub(super) enum Step {
    /// A name of the contract.
    Field(&'static str),
    /// Any other name.
    Foreign,
    Index(usize),
}

/// Returns the path as text; `$` is the body as a whole.
pub(super) fn render(steps: &[Step]) -> String {
    let mut text = String::new();
    for step in steps {
        let dot = if text.is_empty() { "" } else { "." };
        let written = match step {
            Step::Index(index) => write!(text, "[{index}]"),
            Step::Foreign => write!(text, "{dot}*"),
            Step::Field(name) if is_plain(name) => write!(text, "{dot}{name}"),
            Step::Field(name) => write!(text, "[{name:?}]"),
        };
        written.expect("a String takes all text");
    }
    if text.is_empty() {
        text.push('$');
    }
    text
}

fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-$".contains(c);
    !name.is_empty() && name.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::Step::{Field, Foreign, Index};
    use super::render;

    #[test]
    fn writes_names_and_indexes_as_in_code() {
        let path = [Field("data"), Field("notes"), Index(1), Field("content")];
        assert_eq!(render(&path), "data.notes[1].content");
        assert_eq!(render(&[Index(0), Field("id")]), "[0].id");
        assert_eq!(render(&[Field("labels"), Foreign]), "labels.*");
        assert_eq!(render(&[Foreign, Index(0)]), "*[0]");
        assert_eq!(render(&[]), "$");
    }

    #[test]
    fn quotes_and_escapes_unusual_names() {
        let path = [Field("a.b"), Field("c\n\"d")];
        assert_eq!(render(&path), r#"["a.b"]["c\n\"d"]"#);
        assert_eq!(render(&[Field("data"), Field("")]), r#"data[""]"#);
    }
}
