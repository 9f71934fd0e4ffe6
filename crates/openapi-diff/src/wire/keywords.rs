//! The keywords that say which values a schema allows.

use serde_json::Value;

use super::shape::Shape;
use super::walk::{Direction, Walk};
use crate::place::code;
use crate::rules::{self, Both, Rule};
use openapi_document::extensions::SENSITIVE;

/// Tells a change of one keyword, where it stands.
fn tell(
    walk: &mut Walk<'_>,
    rule: &'static Rule,
    key: &str,
    was: &Shape<'_>,
    is: &Shape<'_>,
    says: &str,
) {
    let home = is.home(key, was);
    let line = is.find(key).map_or(home.clone(), |(_, line)| line);
    walk.tell(rule, &home, &line, says);
}

/// `type`. False if the values are of another type altogether.
pub fn kind(walk: &mut Walk<'_>, was: &Shape<'_>, is: &Shape<'_>, way: Direction) -> bool {
    let (old, new) = (was.kind(), is.kind());
    if old == new {
        return true;
    }
    // An enum is told as a list that comes or goes, whether or not its type is said.
    let only_said = |shape: &Shape<'_>| shape.value("enum").is_some() || is_choice(shape);
    let unsaid = (old.is_none() && only_said(was)) || (new.is_none() && only_said(is));
    if unsaid && is_choice(was) == is_choice(is) {
        return true;
    }
    let rule = match (old, new) {
        _ if unsaid => rules::TYPE.of(way),
        (Some("integer"), Some("number")) | (Some(_), None) => rules::TYPE_WIDENED.of(way),
        (Some("number"), Some("integer")) | (None, Some(_)) => rules::TYPE_NARROWED.of(way),
        _ => rules::TYPE.of(way),
    };
    if was.component().is_some() == is.component().is_some() {
        tell(walk, rule, "type", was, is, &kinds(old, new));
    } else {
        // One of the two is a component: what changed is which of them is meant.
        walk.tell(rule, &is.slot, &is.slot, kinds(old, new));
    }
    false
}

fn is_choice(shape: &Shape<'_>) -> bool {
    shape.value("oneOf").is_some() || shape.value("anyOf").is_some()
}

fn kinds(old: Option<&str>, new: Option<&str>) -> String {
    let name = |kind: Option<&str>| match kind {
        Some("array") => "a list".to_string(),
        Some(kind @ ("integer" | "object")) => format!("an {kind}"),
        Some(kind) => format!("a {kind}"),
        None => "of any type".to_string(),
    };
    format!("is {} now; it was {}", name(new), name(old))
}

/// `format`.
pub fn format(walk: &mut Walk<'_>, was: &Shape<'_>, is: &Shape<'_>, way: Direction) {
    let text = |shape: &Shape<'_>| {
        shape
            .value("format")
            .and_then(Value::as_str)
            .map(String::from)
    };
    let (old, new) = (text(was), text(is));
    if old == new {
        return;
    }
    let numbers = matches!(is.kind(), Some("integer" | "number"));
    let small = |format: &Option<String>| format.as_deref() == Some("int32");
    let rule = match (&old, &new) {
        _ if numbers => match (small(&old), small(&new)) {
            (true, false) => rules::FORMAT_WIDENED.of(way),
            (false, true) => rules::FORMAT_NARROWED.of(way),
            // JSON has numbers of one kind; an integer without a format is read as an int64.
            _ => &rules::FORMAT_SAID,
        },
        (Some(_), None) => rules::FORMAT_WIDENED.of(way),
        (None, Some(_)) => rules::FORMAT_NARROWED.of(way),
        _ => rules::FORMAT.of(way),
    };
    let says = match (old, new) {
        (Some(old), Some(new)) => {
            format!("has the format {} now; it had {}", code(&new), code(&old))
        }
        (Some(old), None) => format!("no longer has the format {}", code(&old)),
        (_, new) => format!("has the format {} now", code(&new.unwrap_or_default())),
    };
    tell(walk, rule, "format", was, is, &says);
}

/// `enum`: a list put on, taken off, or of other values.
pub fn values(walk: &mut Walk<'_>, was: &Shape<'_>, is: &Shape<'_>, way: Direction) {
    let list = |shape: &Shape<'_>| shape.value("enum").and_then(Value::as_array).cloned();
    let (old, new) = match (list(was), list(is)) {
        (None, None) => return,
        (None, Some(new)) => {
            let says = format!("is one of a closed list now: {}", written(&new));
            return tell(walk, rules::ENUM_PUT.of(way), "enum", was, is, &says);
        }
        (Some(_), None) => {
            let says = "is no longer one of a closed list";
            return tell(walk, rules::ENUM_TAKEN.of(way), "enum", was, is, says);
        }
        (Some(old), Some(new)) => (old, new),
    };
    let without = |list: &[Value], other: &[Value]| -> Vec<Value> {
        list.iter()
            .filter(|value| !other.contains(value))
            .cloned()
            .collect()
    };
    let (come, gone) = (without(&new, &old), without(&old, &new));
    if !come.is_empty() {
        let says = format!("can be {} too", written(&come));
        tell(walk, rules::VALUE_ADDED.of(way), "enum", was, is, &says);
    }
    if !gone.is_empty() {
        let says = format!("can't be {} any more", written(&gone));
        tell(walk, rules::VALUE_REMOVED.of(way), "enum", was, is, &says);
    }
}

fn written(values: &[Value]) -> String {
    let text = |value: &Value| code(&value.as_str().map_or(value.to_string(), String::from));
    values.iter().map(text).collect::<Vec<_>>().join(", ")
}

/// `nullable`.
pub fn null(walk: &mut Walk<'_>, was: &Shape<'_>, is: &Shape<'_>, way: Direction) {
    let (rule, says) = match (was.flag("nullable"), is.flag("nullable")) {
        (false, true) => (rules::NULL_ADDED.of(way), "can be null now"),
        (true, false) => (rules::NULL_REMOVED.of(way), "can't be null any more"),
        _ => return,
    };
    tell(walk, rule, "nullable", was, is, says);
}

/// The limits that grow tighter as the number grows.
const LEAST: [&str; 4] = ["minimum", "minLength", "minItems", "minProperties"];
/// The limits that grow tighter as the number shrinks.
const MOST: [&str; 4] = ["maximum", "maxLength", "maxItems", "maxProperties"];
/// Limits that are there or not.
const FLAGS: [&str; 3] = ["exclusiveMaximum", "exclusiveMinimum", "uniqueItems"];

/// How a limit moved.
#[derive(Clone, Copy, PartialEq)]
enum Moved {
    Tighter,
    Looser,
    Aside,
}

/// `minimum`, `maxLength`, `pattern` and their like.
pub fn limits(walk: &mut Walk<'_>, was: &Shape<'_>, is: &Shape<'_>, way: Direction) {
    let there = |tighter: bool| {
        if tighter {
            Moved::Tighter
        } else {
            Moved::Looser
        }
    };
    for key in LEAST
        .into_iter()
        .chain(MOST)
        .chain(FLAGS)
        .chain(["pattern", "multipleOf"])
    {
        let off = |value: &&Value| **value == Value::Bool(false);
        let (old, new) = (
            was.value(key).filter(|value| !off(value)),
            is.value(key).filter(|value| !off(value)),
        );
        if old == new {
            continue;
        }
        let moved = match (old, new) {
            (None, _) => Moved::Tighter,
            (_, None) => Moved::Looser,
            (Some(old), Some(new)) => match (old.as_f64(), new.as_f64()) {
                (Some(old), Some(new)) if LEAST.contains(&key) => there(new > old),
                (Some(old), Some(new)) if MOST.contains(&key) => there(new < old),
                _ => Moved::Aside,
            },
        };
        let rule = match (moved, way) {
            (Moved::Tighter, _) => rules::TIGHTENED.of(way),
            (Moved::Looser, _) => rules::LOOSENED.of(way),
            (Moved::Aside, Direction::Request) => rules::TIGHTENED.of(way),
            (Moved::Aside, Direction::Response) => rules::LOOSENED.of(way),
        };
        let says = match (old, new) {
            (None, Some(new)) => format!("has the limit {} now", code(&format!("{key}: {new}"))),
            (Some(old), None) => {
                format!("no longer has the limit {}", code(&format!("{key}: {old}")))
            }
            _ => format!("has another {}: {}", code(key), from_to(old, new)),
        };
        tell(walk, rule, key, was, is, &says);
    }
}

fn from_to(old: Option<&Value>, new: Option<&Value>) -> String {
    let text =
        |value: Option<&Value>| value.map_or("none".to_string(), |value| code(&value.to_string()));
    format!("{}, before {}", text(new), text(old))
}

/// `default`: what leaving it out means to the service.
pub fn default(walk: &mut Walk<'_>, was: &Shape<'_>, is: &Shape<'_>, way: Direction) {
    let (old, new) = (was.value("default"), is.value("default"));
    if old == new {
        return;
    }
    // A default that is said now may have held before.
    let both: &Both = &rules::DEFAULT;
    let rule = if old.is_none() {
        &rules::DEFAULT_SAID
    } else {
        both.of(way)
    };
    let says = format!("has another default: {}", from_to(old, new));
    tell(walk, rule, "default", was, is, &says);
}

/// `readOnly` matters where it is sent, `writeOnly` where it is answered.
pub fn read_write(walk: &mut Walk<'_>, was: &Shape<'_>, is: &Shape<'_>, way: Direction) {
    let cases = [
        ("readOnly", Direction::Request, &rules::READ_ONLY),
        ("writeOnly", Direction::Response, &rules::WRITE_ONLY),
    ];
    for (key, matters, taken) in cases {
        let (rule, says) = match (was.flag(key), is.flag(key)) {
            (false, true) => (taken, format!("is {} now", code(key))),
            (true, false) => (&rules::NOT_ONLY, format!("is no longer {}", code(key))),
            _ => continue,
        };
        let rule = if way == matters {
            rule
        } else {
            &rules::DESCRIPTION
        };
        tell(walk, rule, key, was, is, &says);
    }
}

/// `x-sensitive`: personal data, hidden where values are printed.
pub fn sensitive(walk: &mut Walk<'_>, was: &Shape<'_>, is: &Shape<'_>) {
    let key = SENSITIVE;
    let (rule, says) = match (was.flag(key), is.flag(key)) {
        (false, true) => (
            &rules::SENSITIVE_ADDED,
            "is marked as personal data now: it is hidden where values are printed",
        ),
        (true, false) => (
            &rules::SENSITIVE_REMOVED,
            "is no longer marked as personal data: logs that print it show it",
        ),
        _ => return,
    };
    tell(walk, rule, key, was, is, says);
}
