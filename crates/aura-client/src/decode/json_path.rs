//! Where something stands in a JSON body, as text: `data.notes[1].content`.

use std::fmt::Write;

use serde_json::Value;
use serde_path_to_error::{Path, Segment};

/// A step from a value into it.
#[derive(Debug)]
pub(super) enum Step {
    Name(String),
    Index(usize),
}

/// The steps of a path; those that JSON does not have are left out.
pub(super) fn steps(path: &Path) -> Vec<Step> {
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(Step::Index(*index)),
            Segment::Map { key } => Some(Step::Name(key.clone())),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

/// The path as text. Names come from the body, so unusual ones are quoted and escaped.
pub(super) fn render(steps: &[Step]) -> String {
    if steps.is_empty() {
        return "$".to_owned();
    }
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
    text
}

/// What stands at a path.
pub(super) fn lookup<'v>(root: &'v Value, steps: &[Step]) -> Option<&'v Value> {
    steps.iter().try_fold(root, |value, step| match step {
        Step::Name(name) => value.get(name),
        Step::Index(index) => value.get(index),
    })
}

fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-$".contains(c);
    !name.is_empty() && name.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Step {
        Step::Name(text.to_owned())
    }

    #[test]
    fn names_and_indexes_are_written_as_in_code() {
        let path = [name("data"), name("notes"), Step::Index(1), name("content")];

        assert_eq!(render(&path), "data.notes[1].content");
        assert_eq!(render(&[Step::Index(0), name("id")]), "[0].id");
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
