//! Who may call: the schemes, and which of them an operation asks for.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::context::Direction;
use super::walk::Walk;
use crate::place::{Spot, code};
use crate::rules;
use openapi_document::operation::{self, Located, Operation};
use openapi_document::{Pointer, get};

/// One way for callers to identify themselves: schemes with their scopes, all of them together.
type Way = Vec<Asked>;

/// A scheme that is asked for.
#[derive(Debug)]
struct Asked {
    name: String,
    /// What it means on the wire; none if the document doesn't describe it.
    essence: Option<Map<String, Value>>,
    scopes: BTreeSet<String>,
}

impl Asked {
    fn is(&self, other: &Asked) -> bool {
        self.name == other.name || (self.essence.is_some() && self.essence == other.essence)
    }
}

/// The ways that an operation accepts, and where they are listed.
fn ways(document: &Value, operation: &Operation<'_>) -> (Vec<Way>, Pointer) {
    let at = match operation.at.object.contains_key("security") {
        true => operation.at.pointer.child("security"),
        false => Pointer::of(["security"]),
    };
    let asked = |(name, scopes): (&String, &Value)| {
        let name = scheme_name(name);
        Asked {
            name: name.into(),
            essence: schemes(document)
                .and_then(|all| all.get(name)?.as_object())
                .map(essence),
            scopes: texts(scopes),
        }
    };
    let list = get(document, &at).and_then(Value::as_array);
    let alternatives = list.into_iter().flatten().filter_map(Value::as_object);
    let ways: Vec<Way> = alternatives
        .map(|way| way.iter().map(asked).collect())
        .collect();
    // No list, or an empty one: nothing is asked for.
    let nothing = ways.is_empty().then(Way::new);
    (ways.into_iter().chain(nothing).collect(), at)
}

/// The name of a scheme, which 3.2 can also refer to by its place.
fn scheme_name(written: &str) -> &str {
    let place = written.strip_prefix("#/components/securitySchemes/");
    place.unwrap_or(written)
}

fn texts(list: &Value) -> BTreeSet<String> {
    let list = list.as_array().into_iter().flatten();
    list.filter_map(Value::as_str).map(String::from).collect()
}

/// Compares what an operation asks for.
pub fn compare(walk: &mut Walk<'_>, base: &Operation<'_>, head: &Operation<'_>) {
    let (old, at_old) = ways(walk.base, base);
    let (new, mut at) = ways(walk.head, head);
    for asked in new.iter().flatten() {
        walk.ask_for_scheme(asked.name.clone());
        walk.see_spot(Spot::head(&Pointer::of(AT).child(&asked.name)));
    }
    for asked in old.iter().flatten() {
        walk.see_spot(Spot::base(&Pointer::of(AT).child(&asked.name)));
    }
    described(walk, &old, &new);
    // Where the list is gone, the operation that had it is what is left.
    if get(walk.head, &at).is_none() {
        at = match at_old.parts().len() {
            1 => Pointer::ROOT,
            _ => head.at.pointer.clone(),
        };
    }
    let rule = match (is_served(&old, &new), is_served(&new, &old)) {
        (false, _) => &rules::SECURITY_CHANGED,
        (true, false) => &rules::SECURITY_LOOSENED,
        (true, true) => return,
    };
    let what = match at.parts() {
        [] => "the contract".to_string(),
        _ => walk.head_label(&at),
    };
    walk.way = Some(Direction::Request);
    let (is, was) = (written(&new), written(&old));
    let message = format!("{what} requires {is} now; it required {was}");
    walk.put(rule, Spot::head(&at), at, message);
    walk.way = None;
}

/// Reports schemes that are asked for before and after, and described on one side alone.
fn described(walk: &mut Walk<'_>, old: &[Way], new: &[Way]) {
    walk.way = Some(Direction::Request);
    for is in new.iter().flatten() {
        let mut old = old.iter().flatten();
        let Some(was) = old.find(|was| was.name == is.name) else {
            continue;
        };
        let at = Pointer::of(AT).child(&is.name);
        match (was.essence.is_some(), is.essence.is_some()) {
            (true, false) => {
                let says = "is gone, and operations require it";
                walk.tell_gone(&rules::SCHEME_CHANGED, &at, &Pointer::of(AT), says);
            }
            (false, true) => {
                walk.tell_new(&rules::DESCRIPTION, &at, "is described now; it was not");
            }
            _ => {}
        }
    }
}

/// Whether everyone who calls in one of these ways has what one of the others asks for.
fn is_served(ways: &[Way], others: &[Way]) -> bool {
    let has = |way: &Way, asked: &Asked| {
        let mut held = way.iter();
        held.any(|held| held.is(asked) && asked.scopes.is_subset(&held.scopes))
    };
    ways.iter().all(|way| {
        others
            .iter()
            .any(|other| other.iter().all(|asked| has(way, asked)))
    })
}

fn written(ways: &[Way]) -> String {
    let one = |way: &Way| match way.is_empty() {
        true => "nothing".to_string(),
        false => {
            let names = way.iter().map(|asked| {
                let scopes: Vec<&str> = asked.scopes.iter().map(String::as_str).collect();
                match scopes.is_empty() {
                    true => code(&asked.name),
                    false => format!("{} with {}", code(&asked.name), code(&scopes.join(" "))),
                }
            });
            names.collect::<Vec<_>>().join(" and ")
        }
    };
    ways.iter().map(one).collect::<Vec<_>>().join(" or ")
}

const AT: [&str; 2] = ["components", "securitySchemes"];

fn schemes(document: &Value) -> Option<&Map<String, Value>> {
    get(document, &Pointer::of(AT))?.as_object()
}

/// What a scheme means on the wire. HTTP tells no case in the names of headers and schemes.
fn essence(scheme: &Map<String, Value>) -> Map<String, Value> {
    let mut scheme = scheme.clone();
    scheme.retain(|key, _| key != "description" && key != "bearerFormat" && !key.starts_with("x-"));
    let in_header = scheme.get("in").is_some_and(|place| place == "header");
    for key in ["scheme", "name"] {
        if let Some(Value::String(text)) = scheme.get_mut(key)
            && (key == "scheme" || in_header)
        {
            *text = text.to_lowercase();
        }
    }
    scheme
}

/// Compares the schemes that are there before and after; whoever uses one feels its change.
pub fn compare_schemes(walk: &mut Walk<'_>) {
    walk.way = None;
    let (Some(old), Some(new)) = (schemes(walk.base), schemes(walk.head)) else {
        return;
    };
    let at = Pointer::of(AT);
    for (name, is) in new {
        let Some(was) = old.get(name) else { continue };
        let side = |pointer: Pointer, object| Located { pointer, object };
        let (Some(was), Some(is)) = (was.as_object(), is.as_object()) else {
            continue;
        };
        let resolved = (
            operation::resolve(walk.base, side(at.child(name), was)),
            operation::resolve(walk.head, side(at.child(name), is)),
        );
        if let (Some(was), Some(is)) = resolved {
            Scheme { name, was, is }.compare(walk);
        }
    }
}

/// A security scheme before and after.
struct Scheme<'s, 'v> {
    name: &'s str,
    was: Located<'v>,
    is: Located<'v>,
}

impl Scheme<'_, '_> {
    fn compare(&self, walk: &mut Walk<'_>) {
        let (was, is) = (&self.was, &self.is);
        walk.see_places(
            &Pointer::of(AT).child(self.name),
            &Pointer::of(AT).child(self.name),
        );
        let keys = ["type", "scheme", "in", "name", "openIdConnectUrl"];
        walk.see_keys(
            was,
            is,
            &[&keys[..], &["flows", "oauth2MetadataUrl"]].concat(),
        );
        let (old, new) = (essence(was.object), essence(is.object));
        if let Some(key) = keys.into_iter().find(|key| old.get(*key) != new.get(*key)) {
            let says = format!(
                "is {} now; it was {}",
                written_scheme(&new),
                written_scheme(&old)
            );
            self.tell(walk, &rules::SCHEME_CHANGED, &is.pointer.child(key), says);
        }
        self.metadata(walk);
        let says = match (was.child("flows"), is.child("flows")) {
            (Some(old), Some(new)) => return self.flows(walk, &old, &new),
            (None, None) => return,
            (None, Some(new)) => {
                walk.ignore(&Spot::head(&new.pointer));
                "describes its flows now"
            }
            (Some(old), None) => {
                walk.ignore(&Spot::base(&old.pointer));
                "no longer describes its flows"
            }
        };
        // Flows that come or go with the type are reported with it.
        if was.text("type") == is.text("type") {
            let rule = match is.child("flows") {
                Some(_) => &rules::SECURITY_LOOSENED,
                None => &rules::SCHEME_CHANGED,
            };
            self.tell(walk, rule, &is.pointer, says.into());
        }
    }

    /// Where 3.2 says that the authorization server describes itself.
    fn metadata(&self, walk: &mut Walk<'_>) {
        const KEY: &str = "oauth2MetadataUrl";
        let (rule, says) = match (self.was.text(KEY), self.is.text(KEY)) {
            (was, is) if was == is => return,
            (None, _) => (&rules::SECURITY_LOOSENED, "names its metadata now"),
            (Some(_), None) => (&rules::SCHEME_CHANGED, "no longer names its metadata"),
            (Some(_), Some(_)) => (&rules::SCHEME_CHANGED, "has its metadata elsewhere now"),
        };
        self.tell(walk, rule, &self.is.pointer.child(KEY), says.into());
    }

    /// The ways to a token.
    fn flows(&self, walk: &mut Walk<'_>, was: &Located<'_>, is: &Located<'_>) {
        walk.see(was, is);
        for key in super::walk::keys(was, is) {
            let line = is.pointer.child(key);
            match (was.child(key), is.child(key)) {
                (Some(old), Some(new)) => self.flow(walk, key, &old, &new),
                (None, Some(new)) => {
                    let says = format!("has a new flow, {}", code(key));
                    self.tell(walk, &rules::SECURITY_LOOSENED, &line, says);
                    walk.ignore(&Spot::head(&new.pointer));
                }
                (Some(old), None) => {
                    let says = format!("no longer has the flow {}", code(key));
                    self.tell(walk, &rules::SCHEME_CHANGED, &is.pointer, says);
                    walk.ignore(&Spot::base(&old.pointer));
                }
                (None, None) => {}
            }
        }
    }

    fn flow(&self, walk: &mut Walk<'_>, flow: &str, was: &Located<'_>, is: &Located<'_>) {
        let urls = [
            "authorizationUrl",
            "tokenUrl",
            "refreshUrl",
            "deviceAuthorizationUrl",
        ];
        walk.see_keys(was, is, &[&urls[..], &["scopes"]].concat());
        for key in urls {
            let (old, new) = (was.text(key), is.text(key));
            if old != new {
                let named = |url: Option<&str>| url.map_or("none".to_string(), code);
                let says = format!(
                    "has the {} {} now, in its flow {}; it had {}",
                    code(key),
                    named(new),
                    code(flow),
                    named(old)
                );
                // Tokens that are never refreshed need no address for it.
                let rule = match (key, old) {
                    ("refreshUrl", None) => &rules::SECURITY_LOOSENED,
                    _ => &rules::SCHEME_CHANGED,
                };
                self.tell(walk, rule, &is.pointer.child(key), says);
            }
        }
        let scopes = |of: &Located<'_>| -> Map<String, Value> {
            let scopes = of.object.get("scopes").and_then(Value::as_object);
            scopes.cloned().unwrap_or_default()
        };
        let (old, new) = (scopes(was), scopes(is));
        let at = is.pointer.child("scopes");
        walk.see_places(&was.pointer.child("scopes"), &at);
        for (scope, said) in &new {
            let line = at.child(scope);
            match old.get(scope) {
                None => {
                    let says = format!("has a new scope, {}", code(scope));
                    self.tell(walk, &rules::SCOPE_ADDED, &line, says);
                }
                Some(before) if before != said => {
                    let says = format!("has another description of the scope {}", code(scope));
                    self.tell(walk, &rules::DESCRIPTION, &line, says);
                }
                Some(_) => {}
            }
        }
        for scope in old.keys().filter(|scope| !new.contains_key(*scope)) {
            let says = format!("no longer has the scope {}", code(scope));
            self.tell(walk, &rules::SCOPE_REMOVED, &at, says);
        }
    }

    /// Reports a change of the scheme to those who use it.
    fn tell(&self, walk: &mut Walk<'_>, rule: &'static rules::Rule, line: &Pointer, says: String) {
        let rule = match walk.schemes.contains_key(self.name) {
            true => rule,
            false => &rules::UNUSED,
        };
        let index = walk.tell(rule, &self.is.pointer, line, says);
        walk.attach_to_users(index, self.name);
    }
}

/// `type: http, scheme: bearer`.
fn written_scheme(essence: &Map<String, Value>) -> String {
    let texts = essence
        .iter()
        .filter_map(|(key, value)| Some(format!("{key}: {}", value.as_str()?)));
    code(&texts.collect::<Vec<_>>().join(", "))
}
