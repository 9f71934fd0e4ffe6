//! Puts a value at a place such as `data.notes[0].content`.

use serde_json::{Map, Value};

#[derive(Debug, PartialEq)]
enum Step {
    Name(String),
    Index(usize),
}

/// The most bytes of a path, and the most steps: what is written and read level by level must not
/// exhaust the stack.
const MAX_BYTES: usize = 4096;
const MAX_STEPS: usize = 100;

/// Says what is wrong with a path: that it is too long.
pub(super) fn check(path: &str) -> Result<(), String> {
    match path.len() > MAX_BYTES || steps(path).len() > MAX_STEPS {
        true => Err(format!(
            "`path` has more than {MAX_STEPS} steps, or {MAX_BYTES} bytes"
        )),
        false => Ok(()),
    }
}

/// Sets what stands at the path. What is missing is made, what stands in the way is replaced, and
/// an index beyond the end appends. The path is one that [`check`] takes.
pub(crate) fn set(root: &mut Value, path: &str, value: Value) {
    let mut place = root;
    for step in steps(path) {
        place = match step {
            Step::Name(name) => object(place).entry(name).or_insert(Value::Null),
            Step::Index(index) => element(place, index),
        };
    }
    *place = value;
}

fn object(place: &mut Value) -> &mut Map<String, Value> {
    if !place.is_object() {
        *place = Value::Object(Map::new());
    }
    match place {
        Value::Object(members) => members,
        _ => unreachable!("it was made an object"),
    }
}

fn element(place: &mut Value, index: usize) -> &mut Value {
    if !place.is_array() {
        *place = Value::Array(Vec::new());
    }
    match place {
        Value::Array(elements) => {
            if index >= elements.len() {
                elements.push(Value::Null);
            }
            let last = elements.len() - 1;
            &mut elements[index.min(last)]
        }
        _ => unreachable!("it was made an array"),
    }
}

/// Any text is a path: what cannot be read as an index or a quoted name is a name as it stands.
fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = path.strip_prefix('$').unwrap_or(path);
    while !rest.is_empty() {
        if let Some((step, after)) = bracketed(rest) {
            steps.push(step);
            rest = after;
            continue;
        }
        let name = rest.strip_prefix('.').unwrap_or(rest);
        // From the second character on, so that a name is at least one long.
        let length = name.char_indices().skip(1);
        let length = length
            .filter(|(at, c)| *c == '.' || bracketed(&name[*at..]).is_some())
            .map(|(at, _)| at)
            .next()
            .unwrap_or(name.len());
        steps.push(Step::Name(name[..length].to_owned()));
        rest = &name[length..];
    }
    steps
}

/// Reads `[0]` or `["a name"]` and returns what follows.
fn bracketed(text: &str) -> Option<(Step, &str)> {
    let inner = text.strip_prefix('[')?;
    if inner.starts_with('"') {
        let mut names = serde_json::Deserializer::from_str(inner).into_iter::<String>();
        let name = names.next()?.ok()?;
        let after = inner[names.byte_offset()..].strip_prefix(']')?;
        return Some((Step::Name(name), after));
    }
    let (index, after) = inner.split_once(']')?;
    Some((Step::Index(index.parse().ok()?), after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn after(path: &str) -> Value {
        let mut body = json!({"data": {"paid": 7, "notes": [{"content": "a"}, null]}});
        set(&mut body, path, json!("x"));
        body
    }

    #[test]
    fn what_is_there_is_replaced() {
        assert_eq!(after("data.paid")["data"]["paid"], "x");
        assert_eq!(
            after("data.notes[0].content"),
            json!({"data": {"paid": 7, "notes": [{"content": "x"}, null]}})
        );
        assert_eq!(after("$.data"), json!({"data": "x"}));
        assert_eq!(after(""), "x");
    }

    #[test]
    fn what_is_missing_is_made() {
        assert_eq!(after("data.source.utm")["data"]["source"]["utm"], "x");
        assert_eq!(
            after("data.notes[1].content")["data"]["notes"][1]["content"],
            "x"
        );
        assert_eq!(after("data.notes[4294967295]")["data"]["notes"][2], "x");
        assert_eq!(after("data[0]"), json!({"data": ["x"]}));
        assert_eq!(
            after("data.paid.deep")["data"]["paid"],
            json!({"deep": "x"})
        );
    }

    #[test]
    fn a_path_that_is_too_long_is_rejected() {
        let deepest = "a[0]".repeat(MAX_STEPS / 2);
        let mut body = json!({});
        set(&mut body, &deepest, json!("x"));
        assert!(body.to_string().len() > MAX_STEPS);
        assert_eq!(check(&deepest), Ok(()));
        for path in [
            "a.".repeat(MAX_STEPS + 1),
            "[0]".repeat(MAX_STEPS + 1),
            "a.".repeat(1_000_000),
            "[".repeat(1_000_000),
            "a".repeat(MAX_BYTES + 1),
        ] {
            assert!(check(&path).is_err_and(|reason| reason.contains("100 steps")));
        }
    }

    #[test]
    fn odd_names_can_be_written_and_any_text_is_a_path() {
        assert_eq!(after(r#"data["a.b]\"c"]"#)["data"]["a.b]\"c"], "x");
        assert_eq!(after("data.ü[x]")["data"]["ü[x]"], "x");
        for odd in [
            "[",
            "]",
            ".",
            "..",
            "a..b",
            "[-1]",
            "[\"",
            "ü.",
            "$$",
            "a[0",
            "[99999999999999999999]",
        ] {
            _ = after(odd);
        }
    }
}
