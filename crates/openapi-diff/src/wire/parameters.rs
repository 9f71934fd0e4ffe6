//! Parameters: matched by place and name, in the path by place alone.

use serde_json::Value;

use super::bodies;
use super::schemas::likeness;
use super::shape::meaning;
use super::walk::{Direction, Walk};
use crate::place::{Spot, code};
use crate::rules;
use openapi_document::extensions::IDENTIFIES;
use openapi_document::operation::{self, Located, Operation, template_names};

/// A parameter, with where the operation lists it.
struct Listed<'v> {
    at: Located<'v>,
    name: &'v str,
    place: &'v str,
    /// In the path: the how-manieth of the template.
    rank: Option<usize>,
}

/// Holds the parameters of an operation against each other.
pub fn compare(walk: &mut Walk<'_>, base: &Operation<'_>, head: &Operation<'_>) {
    walk.way = Some(Direction::Request);
    see_lists(walk, base, head);
    let mut old = listed(walk.base, base);
    let mut new = listed(walk.head, head);
    let same_template = template_names(base.path).len() == template_names(head.path).len();

    let by_rank = |was: &Listed<'_>, is: &Listed<'_>| {
        same_template && was.rank.is_some() && was.rank == is.rank
    };
    let by_name = |was: &Listed<'_>, is: &Listed<'_>| {
        was.place == is.place && spelled(was) == spelled(is) && !by_rank(was, is)
    };
    let moved = |was: &Listed<'_>, is: &Listed<'_>| was.place != is.place && was.name == is.name;
    let renamed = |was: &Listed<'_>, is: &Listed<'_>| {
        let required = |of: &Listed<'_>| of.at.flag("required");
        was.place == is.place && required(was) == required(is) && alike(was, is)
    };
    let mut pairs = Vec::new();
    pair_off(&mut old, &mut new, &mut pairs, by_rank);
    pair_off(&mut old, &mut new, &mut pairs, by_name);
    let matched = pairs.len();
    pair_off(&mut old, &mut new, &mut pairs, moved);
    pair_off(&mut old, &mut new, &mut pairs, renamed);

    for (index, (was, is)) in pairs.into_iter().enumerate() {
        let operation = head.at.pointer.clone();
        if was.name != is.name {
            walk.renamed
                .push((operation, was.name.into(), is.name.into()));
        }
        let at = is.at.pointer.clone();
        walk.pair(&was.at.pointer, &at);
        if index >= matched {
            let (rule, line, says) = match was.place == is.place {
                true => (
                    &rules::PARAMETER_RENAMED,
                    "name",
                    format!("was called {}", code(was.name)),
                ),
                false => {
                    let says = format!(
                        "is sent {} now; it was sent {}",
                        sent(is.place),
                        sent(was.place)
                    );
                    (&rules::PARAMETER_MOVED, "in", says)
                }
            };
            let found = walk.tell(rule, &at, &at.child(line), says);
            walk.claim(Spot::base(&was.at.pointer), found);
        } else if was.name != is.name && was.place == "path" {
            let says = format!(
                "was called {}; in a URL only its place counts",
                code(was.name)
            );
            walk.tell(&rules::PATH_PARAMETER_RENAMED, &at, &at.child("name"), says);
        }
        parameter(walk, &was, &is);
    }
    for is in new {
        let rule = match is.at.flag("required") {
            true => &rules::REQUIRED_PARAMETER_ADDED,
            false => &rules::PARAMETER_ADDED,
        };
        let says = if is.at.flag("required") {
            "is new, and required"
        } else {
            "is new"
        };
        walk.tell_new(rule, &is.at.pointer, says);
    }
    let near = head.at.pointer.child("parameters");
    for was in old {
        walk.tell_gone(&rules::PARAMETER_REMOVED, &was.at.pointer, &near, "is gone");
    }
}

/// The entries of the lists may be references: who follows them sees to them.
fn see_lists(walk: &mut Walk<'_>, base: &Operation<'_>, head: &Operation<'_>) {
    for (side, operation) in [(false, base), (true, head)] {
        let document = if side { walk.head } else { walk.base };
        for owner in [&operation.item, &operation.at] {
            for (place, _) in operation::listed_parameters(document, owner) {
                let spot = if side {
                    Spot::head(&place)
                } else {
                    Spot::base(&place)
                };
                walk.see_spot(spot);
            }
        }
    }
}

fn listed<'v>(document: &'v Value, operation: &Operation<'v>) -> Vec<Listed<'v>> {
    let template = template_names(operation.path);
    let parameters = operation.parameters(document).into_iter();
    parameters
        .map(|at| {
            let (name, place) = (
                at.text("name").unwrap_or_default(),
                at.text("in").unwrap_or_default(),
            );
            let rank = template.iter().position(|known| *known == name);
            Listed {
                name,
                place,
                rank: rank.filter(|_| place == "path"),
                at,
            }
        })
        .collect()
}

/// The name as HTTP tells it apart: that of a header without regard to case.
fn spelled(parameter: &Listed<'_>) -> String {
    match parameter.place {
        "header" => parameter.name.to_lowercase(),
        _ => parameter.name.to_string(),
    }
}

fn alike(was: &Listed<'_>, is: &Listed<'_>) -> bool {
    let schema = |of: &Listed<'_>| of.at.child("schema").map(|schema| meaning(schema.object));
    let said = was.at.text("description");
    let described = said.is_some() && said == is.at.text("description");
    schema(was) == schema(is) && (described || likeness(was.name, is.name) >= 0.6)
}

fn sent(place: &str) -> &'static str {
    match place {
        "query" => "in the query",
        "header" => "as a header",
        "cookie" => "as a cookie",
        _ => "in the path",
    }
}

fn parameter(walk: &mut Walk<'_>, was: &Listed<'_>, is: &Listed<'_>) {
    let (old, new) = (&was.at, &is.at);
    if walk.same_object(old, new) {
        return;
    }
    let known = [
        "name",
        "in",
        "required",
        "schema",
        "content",
        "style",
        "explode",
        "allowReserved",
        "allowEmptyValue",
        IDENTIFIES,
    ];
    walk.see_keys(old, new, &known);
    walk.see_extension(old, new, IDENTIFIES, &rules::IDENTIFIES);
    let at = new.pointer.clone();
    match (old.flag("required"), new.flag("required")) {
        (false, true) => {
            walk.tell(
                &rules::PARAMETER_REQUIRED,
                &at,
                &at.child("required"),
                "is required now",
            );
        }
        (true, false) => {
            walk.tell(
                &rules::PARAMETER_OPTIONAL,
                &at,
                &at.child("required"),
                "is no longer required",
            );
        }
        _ => {}
    }
    if was.place == is.place {
        for (key, style, style_now) in styles(was, is) {
            if style != style_now {
                let says = format!("has {} now; it had {}", code(&style_now), code(&style));
                walk.tell(&rules::PARAMETER_STYLE, &at, &at.child(key), says);
            }
        }
    }
    bodies::schema(walk, old, new, Direction::Request);
    bodies::content(walk, old, new, Direction::Request);
}

/// How the value is written, with what holds where nothing is said.
fn styles(was: &Listed<'_>, is: &Listed<'_>) -> Vec<(&'static str, String, String)> {
    let style = |of: &Listed<'_>| {
        let usual = match of.place {
            "query" | "cookie" => "form",
            _ => "simple",
        };
        of.at.text("style").unwrap_or(usual).to_string()
    };
    let explode = |of: &Listed<'_>| {
        let said = of.at.object.get("explode").and_then(Value::as_bool);
        let plain = of.at.child("schema").is_some_and(|schema| {
            matches!(
                schema.text("type"),
                Some("string" | "integer" | "number" | "boolean")
            )
        });
        // Of one plain value there is nothing to explode.
        let explode = !plain && said.unwrap_or(style(of) == "form");
        format!("explode: {explode}")
    };
    let flag = |of: &Listed<'_>, key: &'static str| format!("{key}: {}", of.at.flag(key));
    let mut found = vec![
        (
            "style",
            format!("style: {}", style(was)),
            format!("style: {}", style(is)),
        ),
        ("explode", explode(was), explode(is)),
    ];
    for key in ["allowReserved", "allowEmptyValue"] {
        found.push((key, flag(was, key), flag(is, key)));
    }
    found
}

fn pair_off<'b, 'h>(
    old: &mut Vec<Listed<'b>>,
    new: &mut Vec<Listed<'h>>,
    pairs: &mut Vec<(Listed<'b>, Listed<'h>)>,
    fits: impl Fn(&Listed<'b>, &Listed<'h>) -> bool,
) {
    for before in std::mem::take(old) {
        match new.iter().position(|after| fits(&before, after)) {
            Some(index) => pairs.push((before, new.remove(index))),
            None => old.push(before),
        }
    }
}
