//! Values whose places are written into their names: `filter[page][size]=20`.

use serde_json::{Map, Value};

use super::pairs::Pairs;
use super::percent::decode;

/// The most levels of brackets that are followed.
const MAX_LEVELS: usize = 32;

/// The value that the pairs below a name make, its leaves texts; `None` if there are none.
pub(crate) fn read(pairs: &Pairs<'_>, name: &str) -> Result<Option<Value>, &'static str> {
    let mut found = None;
    for (steps, raw) in pairs.below(name) {
        let steps = split(steps)?;
        let text = decode(pairs.location, raw)?;
        let root = found.get_or_insert_with(|| Value::Object(Map::new()));
        insert(root, &steps, text)?;
    }
    Ok(found)
}

/// The pairs that a value makes below a name. A name with brackets could not be read again.
pub(super) fn write(
    name: &str,
    value: &Value,
    pairs: &mut Vec<(String, String)>,
) -> Result<(), &'static str> {
    let mut below = |step: &str, value: &Value| {
        if step.is_empty() || step.contains(['[', ']']) {
            return Err("a name in it is empty, or has brackets");
        }
        write(&format!("{name}[{step}]"), value, pairs)
    };
    match value {
        Value::Object(members) => {
            let mut members = members.iter();
            members.try_for_each(|(step, member)| below(step, member))
        }
        Value::Array(items) => {
            let mut items = items.iter().enumerate();
            items.try_for_each(|(index, item)| below(&index.to_string(), item))
        }
        Value::Null => Ok(()),
        leaf => {
            pairs.push((name.to_owned(), super::written::text(leaf)));
            Ok(())
        }
    }
}

/// `[page][size]` as its steps.
fn split(steps: &str) -> Result<Vec<&str>, &'static str> {
    let mut found = Vec::new();
    let mut rest = steps;
    while let Some(open) = rest.strip_prefix('[') {
        let (step, after) = open
            .split_once(']')
            .ok_or("a bracket in its name is not closed")?;
        if found.len() == MAX_LEVELS {
            return Err("it is nested too deeply");
        }
        found.push(step);
        rest = after;
    }
    match rest {
        "" => Ok(found),
        _ => Err("something follows the brackets in its name"),
    }
}

/// Puts a text at its place. `[]` is the next place of a list, and so is a place that has a text.
fn insert(root: &mut Value, steps: &[&str], text: String) -> Result<(), &'static str> {
    const BOTH: &str = "one of its names has both a value and members";
    let mut place = root;
    for step in steps {
        let Value::Object(members) = place else {
            return Err(BOTH);
        };
        let step = match *step {
            "" => members.len().to_string(),
            step => step.to_owned(),
        };
        place = members.entry(step).or_insert(Value::Null);
        if place.is_null() {
            *place = Value::Object(Map::new());
        }
    }
    match place {
        Value::Object(members) if members.is_empty() => *place = text.into(),
        Value::Object(_) => return Err(BOTH),
        Value::Array(texts) => texts.push(text.into()),
        first => *first = Value::Array(vec![first.take(), text.into()]),
    }
    Ok(())
}
