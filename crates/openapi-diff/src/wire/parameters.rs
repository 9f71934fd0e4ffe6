//! Parameters: matched by place and name, in the path by place alone.

use std::rc::Rc;

use openapi_document::extensions::{IDEMPOTENCY_KEY, IDENTIFIES};
use openapi_document::operation::{self, Located, Operation, template_names};

use super::bodies;
use super::context::{Context, Direction, Medium};
use super::matching::take;
use super::schemas::{self, Pair, likeness};
use super::style::Style;
use super::walk::Walk;
use crate::place::{Spot, code};
use crate::rules;

/// A parameter, with where the operation lists it.
#[derive(Clone)]
struct Listed<'v> {
    at: Located<'v>,
    name: &'v str,
    place: &'v str,
    /// In the path: its position in the template.
    rank: Option<usize>,
}

impl Listed<'_> {
    fn is_required(&self) -> bool {
        self.at.flag("required") || self.place == "path"
    }

    /// The name as HTTP tells it apart: that of a header without regard to case.
    fn spelled(&self) -> String {
        match self.place {
            "header" => self.name.to_lowercase(),
            _ => self.name.to_string(),
        }
    }

    fn usual_style(&self) -> &'static str {
        match self.place {
            "query" | "cookie" => "form",
            _ => "simple",
        }
    }

    /// OpenAPI reads no header that it describes elsewhere.
    fn is_ignored(&self) -> bool {
        let elsewhere = ["accept", "content-type", "authorization"];
        self.place == "header" && elsewhere.contains(&self.spelled().as_str())
    }
}

/// Compares the parameters of an operation.
pub fn compare<'v>(
    walk: &mut Walk<'v>,
    base: &Operation<'v>,
    head: &Operation<'v>,
    way: Direction,
) {
    walk.way = Some(way);
    let mut old = listed(walk, base, Spot::base);
    let mut new = listed(walk, head, Spot::head);
    let same_template = template_names(base.path).len() == template_names(head.path).len();

    let mut pairs = Vec::new();
    take(&mut old, &mut new, &mut pairs, |it| {
        it.rank.filter(|_| same_template)
    });
    take(&mut old, &mut new, &mut pairs, |it| {
        Some((it.place, it.spelled()))
    });
    let matched = pairs.len();
    take(&mut old, &mut new, &mut pairs, |it| Some(it.name));
    take_renamed(walk, &mut old, &mut new, &mut pairs);

    for (index, (was, is)) in pairs.iter().enumerate() {
        let at = is.at.pointer.clone();
        if was.name != is.name {
            let operation = head.at.pointer.clone();
            walk.renamed
                .push((operation, was.name.into(), is.name.into()));
        }
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
        } else if was.name != is.name {
            let (rule, says) = match was.place {
                "path" => (
                    &rules::PATH_PARAMETER_RENAMED,
                    format!("was called {}; a URL holds only its value", code(was.name)),
                ),
                _ => (
                    &rules::DESCRIPTION,
                    format!("was written {}; HTTP ignores case", code(was.name)),
                ),
            };
            walk.tell(rule, &at, &at.child("name"), says);
        }
        parameter(walk, was, is, way);
    }
    for is in &new {
        let (rule, says) = match is.is_required() {
            _ if is.is_ignored() => (
                &rules::DESCRIPTION,
                "is new; `content` and `security` describe it",
            ),
            true => (
                rules::NEW_REQUIRED_PARAMETER.of(way),
                "is new, and required",
            ),
            false => (rules::NEW_PARAMETER.of(way), "is new"),
        };
        walk.tell_new(rule, &is.at.pointer, says);
    }
    let near = head.at.pointer.child("parameters");
    for was in &old {
        let rule = match was.is_ignored() {
            true => &rules::DESCRIPTION,
            false => rules::REMOVED_PARAMETER.of(way),
        };
        walk.tell_gone(rule, &was.at.pointer, &near, "is gone");
    }
}

/// The parameters of an operation. The entries of its lists may be references, which are seen to
/// by those who follow them.
fn listed<'v>(
    walk: &mut Walk<'v>,
    operation: &Operation<'v>,
    side: fn(&openapi_document::Pointer) -> Spot,
) -> Vec<Listed<'v>> {
    let document = match side(&operation.at.pointer).side {
        crate::place::Side::Base => walk.base,
        crate::place::Side::Head => walk.head,
    };
    for owner in [&operation.item, &operation.at] {
        for (place, _) in operation::listed_parameters(document, owner) {
            walk.see_spot(side(&place));
        }
    }
    let template = template_names(operation.path);
    let parameters = operation.parameters(document).into_iter();
    parameters
        .map(|at| {
            let name = at.text("name").unwrap_or_default();
            let place = at.text("in").unwrap_or_default();
            let rank = template.iter().position(|known| *known == name);
            let rank = rank.filter(|_| place == "path");
            Listed {
                name,
                place,
                rank,
                at,
            }
        })
        .collect()
}

type Pairs<'v> = Vec<(Listed<'v>, Listed<'v>)>;

/// Pairs parameters that seem to have another name now.
fn take_renamed<'v>(
    walk: &Walk<'v>,
    old: &mut Vec<Listed<'v>>,
    new: &mut Vec<Listed<'v>>,
    pairs: &mut Pairs<'v>,
) {
    /// Beyond this, comparing each with each takes too long.
    const MANY: usize = 64;
    if old.len() > MANY || new.len() > MANY {
        return;
    }
    old.retain(|was| {
        let found = new.iter().position(|is| is_renamed(walk, was, is));
        pairs.extend(found.map(|index| (was.clone(), new.remove(index))));
        found.is_none()
    });
}

/// Whether a parameter seems to have another name now: the same schema, and the same description
/// or a name that is much alike.
fn is_renamed(walk: &Walk<'_>, was: &Listed<'_>, is: &Listed<'_>) -> bool {
    let documents = &walk.documents;
    let print = |of: &Listed<'_>, schemas, prints: &schemas::Fingerprints| {
        let schemas: &openapi_document::schema::Schemas<'_> = schemas;
        prints.of(schemas, &schemas.at(&of.at.pointer.child("schema")))
    };
    let described = was.at.text("description").is_some()
        && was.at.text("description") == is.at.text("description");
    was.place == is.place
        && was.is_required() == is.is_required()
        && (described || likeness(was.name, is.name) >= 0.6)
        && print(was, &documents.old, &documents.old_prints)
            == print(is, &documents.new, &documents.new_prints)
}

fn sent(place: &str) -> &'static str {
    match place {
        "query" => "in the query",
        "header" => "as a header",
        "cookie" => "as a cookie",
        _ => "in the path",
    }
}

fn parameter<'v>(walk: &mut Walk<'v>, was: &Listed<'v>, is: &Listed<'v>, way: Direction) {
    let (old, new) = (&was.at, &is.at);
    if walk.is_unchanged(old, new) || (was.is_ignored() && is.is_ignored()) {
        walk.see(old, new);
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
        IDEMPOTENCY_KEY,
    ];
    walk.see_keys(old, new, &known);
    walk.see_extension(old, new, IDENTIFIES, &rules::IDENTIFIES);
    let key = match old.flag(IDEMPOTENCY_KEY) {
        true => &rules::KEY_REMOVED,
        false => &rules::KEY_ADDED,
    };
    walk.see_extension(old, new, IDEMPOTENCY_KEY, key);
    let at = new.pointer.clone();
    let (rule, says) = match (was.is_required(), is.is_required()) {
        (false, true) => (
            Some(rules::REQUIRED_PARAMETER.of(way)),
            "is required now; it was optional",
        ),
        (true, false) => (
            Some(rules::OPTIONAL_PARAMETER.of(way)),
            "is optional now; it was required",
        ),
        _ if old.flag("required") != new.flag("required") => (
            Some(&rules::DESCRIPTION),
            "is required either way: it is in the path",
        ),
        _ => (None, ""),
    };
    if let Some(rule) = rule {
        walk.tell(rule, &at, &at.child("required"), says);
    }
    let encoded = |of: &Located<'_>| of.object.contains_key("content");
    if encoded(old) != encoded(new) {
        let media = |of: &Located<'_>| match of.children("content").next() {
            Some((media, _)) => format!("as {}", code(media)),
            None => "as plain text".to_string(),
        };
        let says = format!(
            "is written {} now; it was written {}",
            media(new),
            media(old)
        );
        let key = if encoded(new) { "content" } else { "schema" };
        let index = walk.tell(&rules::PARAMETER_STYLE, &at, &at.child(key), says);
        for key in ["schema", "content"] {
            walk.claim(Spot::base(&old.pointer.child(key)), index);
            walk.claim(Spot::head(&at.child(key)), index);
        }
        return;
    }
    let documents = Rc::clone(&walk.documents);
    let was_style = Style::of(&documents.old, old, was.usual_style());
    let is_style = Style::of(&documents.new, new, is.usual_style());
    if was.place == is.place {
        let reserved = |of: &Located<'_>| of.flag("allowReserved");
        for (key, before, now) in was_style.differences(&is_style) {
            let says = format!("has {} now; it had {}", code(&now), code(&before));
            walk.tell(&rules::PARAMETER_STYLE, &at, &at.child(key), says);
        }
        if reserved(old) != reserved(new) {
            let says = format!(
                "has {} now",
                code(&format!("allowReserved: {}", reserved(new)))
            );
            walk.tell(
                &rules::PARAMETER_STYLE,
                &at,
                &at.child("allowReserved"),
                says,
            );
        }
    }
    empty_value(walk, was, is, way);
    let medium = Medium::Text {
        list_of_one: is_style.explode && is_style.name == "form",
    };
    let context = Context { way, medium };
    if let (Some(was_slot), Some(is_slot)) = (old.child("schema"), new.child("schema")) {
        let slot = Pair {
            was: walk.documents.old.one(&was_slot),
            is: walk.documents.new.one(&is_slot),
            context,
        };
        schemas::default(walk, &slot, old.flag("required") && new.flag("required"));
    }
    bodies::schema(walk, old, new, "schema", context);
    bodies::content(walk, old, new, way);
}

/// `allowEmptyValue`: one more value, or one less.
fn empty_value(walk: &mut Walk<'_>, was: &Listed<'_>, is: &Listed<'_>, way: Direction) {
    let key = "allowEmptyValue";
    let shift = rules::Shift::of_presence(is.at.flag(key), was.at.flag(key));
    let Some(shift) = shift.filter(|_| was.place == "query" && is.place == "query") else {
        return;
    };
    let says = match shift {
        rules::Shift::Widened => "can be empty now; it could not",
        _ => "cannot be empty now; it could",
    };
    let rule = rules::LIMIT.of(shift).of(way);
    walk.tell(rule, &is.at.pointer, &is.at.pointer.child(key), says);
}
