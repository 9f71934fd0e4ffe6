//! Where something stands in a JSON body, as text: `data.notes[1].content`.

use std::fmt::Write;

/// A step from a value into it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    Name(&'a str),
    Index(usize),
}

/// The path as text. Names come from the body, so unusual ones are quoted and escaped.
pub(super) fn render<'a>(steps: impl IntoIterator<Item = Step<'a>>) -> String {
    let mut text = String::new();
    for step in steps {
        let written = match step {
            Step::Index(index) => write!(text, "[{index}]"),
            Step::Name(name) if !is_plain(name) => write!(text, "[{name:?}]"),
            Step::Name(name) if text.is_empty() => write!(text, "{name}"),
            Step::Name(name) => write!(text, ".{name}"),
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
    use super::*;

    use Step::{Index, Name};

    #[test]
    fn names_and_indexes_are_written_as_in_code() {
        let path = [Name("data"), Name("notes"), Index(1), Name("content")];

        assert_eq!(render(path), "data.notes[1].content");
        assert_eq!(render([Index(0), Name("id")]), "[0].id");
        assert_eq!(render([]), "$");
    }

    #[test]
    fn unusual_names_are_quoted_and_escaped() {
        assert_eq!(
            render([Name("a.b"), Name("c\n\"d")]),
            r#"["a.b"]["c\n\"d"]"#
        );
        assert_eq!(render([Name("data"), Name("")]), r#"data[""]"#);
    }
}
