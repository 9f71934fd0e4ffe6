//! Where something stands in a JSON body, as text: `data.notes[1].content`.

use std::fmt::Write;

/// A step from a value into it.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Name(String),
    Index(usize),
}

/// The path as text. Names come from the body, so unusual ones are quoted and escaped.
pub(super) fn render(steps: &[Step]) -> String {
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

    use Step::Index;

    fn name(text: &str) -> Step {
        Step::Name(text.to_owned())
    }

    #[test]
    fn names_and_indexes_are_written_as_in_code() {
        let path = [name("data"), name("notes"), Index(1), name("content")];

        assert_eq!(render(&path), "data.notes[1].content");
        assert_eq!(render(&[Index(0), name("id")]), "[0].id");
        assert_eq!(render(&[]), "$");
    }

    #[test]
    fn unusual_names_are_quoted_and_escaped() {
        assert_eq!(
            render(&[name("a.b"), name("c\n\"d")]),
            r#"["a.b"]["c\n\"d"]"#
        );
        assert_eq!(render(&[name("data"), name("")]), r#"data[""]"#);
    }
}
