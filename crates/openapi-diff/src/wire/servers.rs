//! The addresses of the service, as each operation has them.

use std::collections::HashSet;
use std::sync::LazyLock;

use openapi_document::operation::{Located, Operation, root, template_names};
use openapi_document::{Pointer, get};
use serde_json::{Map, Value};

use super::context::Direction;
use super::walk::Walk;
use crate::place::{Spot, code};
use crate::rules::{self, Shift};

/// What a server or a variable is that is not described.
static NOTHING: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

/// Where a list of servers stands, and the list.
struct Servers<'v> {
    at: Pointer,
    list: Vec<Server<'v>>,
}

struct Server<'v> {
    url: &'v str,
    at: Located<'v>,
}

impl<'v> Servers<'v> {
    /// The list of the operation itself, else of its path, else of the whole service.
    fn of(document: &'v Value, operation: Option<&Operation<'v>>) -> Servers<'v> {
        let owners = operation
            .into_iter()
            .flat_map(|it| [it.at.clone(), it.item.clone()]);
        let owners: Vec<Located<'v>> = owners.chain(root(document)).collect();
        let lists = |owner: &&Located<'v>| lists_any(owner);
        let at = owners
            .iter()
            .find(lists)
            .map(|owner| owner.pointer.child("servers"));
        let at = at.unwrap_or_else(|| Pointer::of(["servers"]));
        let list = get(document, &at).and_then(Value::as_array);
        let servers = list
            .into_iter()
            .flatten()
            .enumerate()
            .filter_map(|(index, server)| {
                let object = server.as_object()?;
                let pointer = at.child(index);
                let url = object
                    .get("url")
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                Some(Server {
                    url,
                    at: Located { pointer, object },
                })
            });
        let mut list: Vec<Server<'v>> = servers.collect();
        // Without any, the service is where the contract is served.
        if list.is_empty() {
            let pointer = at.clone();
            let object = &NOTHING;
            let at = Located { pointer, object };
            list.push(Server { url: "/", at });
        }
        Servers { list, at }
    }
}

impl<'v> Server<'v> {
    /// The address as HTTP compares it, without the names of its variables.
    fn shape(&self) -> String {
        let parts = pieces(self.url).map(|(text, variable)| match variable {
            Some(_) => format!("{text}{{}}"),
            None => text.to_string(),
        });
        canonical(&parts.collect::<String>())
    }

    /// All addresses that the values of the variables make; a variable without a list of values
    /// stays one.
    fn addresses(&self) -> Vec<String> {
        /// Beyond this, the variables are left as they are.
        const MANY: usize = 64;
        let mut found = vec![String::new()];
        for (text, variable) in pieces(self.url) {
            let values = variable.map(|name| self.variable(name).and_then(|it| values(&it)));
            let values = match values {
                None => vec![""],
                Some(values) => values.unwrap_or(vec!["{}"]),
            };
            if found.len() * values.len() > MANY {
                return vec![self.shape()];
            }
            let longer = |start: &String| -> Vec<String> {
                let ends = values.iter();
                ends.map(|end| format!("{start}{text}{end}")).collect()
            };
            found = found.iter().flat_map(longer).collect();
        }
        found.iter().map(|address| canonical(address)).collect()
    }

    fn variable(&self, name: &str) -> Option<Located<'v>> {
        self.at.child("variables")?.child(name)
    }

    /// The variable of this name; of one that is missing, nothing is said.
    fn described(&self, name: &str) -> Located<'v> {
        self.variable(name).unwrap_or_else(|| Located {
            pointer: self.at.pointer.clone(),
            object: &NOTHING,
        })
    }
}

/// The texts of a template, each with the variable that follows it.
fn pieces(url: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = Some(url);
    std::iter::from_fn(move || {
        let all = rest?;
        let piece = all.split_once('{').and_then(|(text, after)| {
            let (name, after) = after.split_once('}')?;
            Some((text, name, after))
        });
        rest = piece.map(|(.., after)| after);
        Some(piece.map_or((all, None), |(text, name, _)| (text, Some(name))))
    })
}

/// The values that a variable can have, if they are listed.
fn values<'v>(variable: &Located<'v>) -> Option<Vec<&'v str>> {
    let list = variable.object.get("enum")?.as_array()?;
    Some(list.iter().filter_map(Value::as_str).collect())
}

/// An address as HTTP compares it: schemes and hosts in lower case, without the usual port, and
/// without a slash at the end, for paths begin with one.
fn canonical(url: &str) -> String {
    let url = url.trim_end_matches('/');
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_string();
    };
    let scheme = scheme.to_lowercase();
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.to_lowercase();
    let port = match scheme.as_str() {
        "https" => ":443",
        "http" => ":80",
        _ => "",
    };
    let host = host.strip_suffix(port).unwrap_or(&host);
    format!("{scheme}://{host}{path}")
}

/// Compares the addresses of an operation.
pub fn compare<'v>(walk: &mut Walk<'v>, was: &Operation<'v>, is: &Operation<'v>) {
    lists(
        walk,
        &Servers::of(walk.base, Some(was)),
        &Servers::of(walk.head, Some(is)),
    );
}

/// Whether an object lists servers.
fn lists_any(owner: &Located<'_>) -> bool {
    let list = owner.object.get("servers").and_then(Value::as_array);
    list.is_some_and(|list| !list.is_empty())
}

/// Compares the addresses of the whole service, unless each operation has its own.
pub fn of_all(walk: &mut Walk<'_>) {
    let owned = |it: &Operation<'_>| [&it.at, &it.item].iter().any(|of| lists_any(of));
    let operations = openapi_document::operation::operations(walk.head);
    if !operations.is_empty() && operations.iter().all(owned) {
        let (was, is) = (walk.base.get("servers"), walk.head.get("servers"));
        if was != is {
            let at = Pointer::of(["servers"]);
            let says = "differs, but each operation has servers of its own";
            walk.tell(&rules::DESCRIPTION, &at, &at, says);
        }
        return;
    }
    lists(
        walk,
        &Servers::of(walk.base, None),
        &Servers::of(walk.head, None),
    );
}

fn lists(walk: &mut Walk<'_>, was: &Servers<'_>, is: &Servers<'_>) {
    walk.way = Some(Direction::Request);
    let gone = missing(&was.list, &is.list);
    let come = missing(&is.list, &was.list);
    match (gone.as_slice(), come.as_slice()) {
        ([before], [now]) => {
            let says = format!("is {} now; it was {}", code(now.url), code(before.url));
            tell(walk, is, &rules::SERVER_CHANGED, &now.at.pointer, says);
        }
        (gone, come) => {
            for before in gone {
                let near = is.list.first().map_or(&is.at, |first| &first.at.pointer);
                tell(
                    walk,
                    is,
                    &rules::SERVER_REMOVED,
                    near,
                    format!("{} is gone", code(before.url)),
                );
            }
            for now in come {
                tell(
                    walk,
                    is,
                    &rules::SERVER_ADDED,
                    &now.at.pointer,
                    format!("{} is new", code(now.url)),
                );
            }
        }
    }
    for new in &is.list {
        let shape = new.shape();
        let Some(old) = was.list.iter().find(|old| old.shape() == shape) else {
            continue;
        };
        walk.see_keys(&old.at, &new.at, &["url", "variables", "name"]);
        if old.at.text("name") != new.at.text("name") {
            let line = new.at.pointer.child("name");
            let says = format!("{} has another name", code(new.url));
            tell(walk, is, &rules::DESCRIPTION, &line, says);
        }
        variables(walk, old, new);
    }
    walk.way = None;
}

/// The servers of one list that the other has not: neither as they are, nor with the values of
/// their variables written out.
fn missing<'s, 'v>(of: &'s [Server<'v>], from: &[Server<'v>]) -> Vec<&'s Server<'v>> {
    let shapes: HashSet<String> = from.iter().map(Server::shape).collect();
    let addresses: HashSet<String> = from.iter().flat_map(Server::addresses).collect();
    let has = |server: &Server<'_>| {
        let mut written_out = server.addresses().into_iter();
        shapes.contains(&server.shape()) || written_out.all(|it| addresses.contains(&it))
    };
    of.iter().filter(|server| !has(server)).collect()
}

fn tell(
    walk: &mut Walk<'_>,
    is: &Servers<'_>,
    rule: &'static rules::Rule,
    line: &Pointer,
    says: String,
) {
    let owner = is.at.parent().unwrap_or_default();
    let of = match owner.parts() {
        [] => String::new(),
        _ => format!(" of {}", walk.head_label(&owner)),
    };
    walk.put(
        rule,
        Spot::head(&is.at),
        line.clone(),
        format!("the server{of} {says}"),
    );
}

/// The variables of an address, which only their places tell apart.
fn variables(walk: &mut Walk<'_>, was: &Server<'_>, is: &Server<'_>) {
    let names = template_names(was.url).into_iter();
    for (before, now) in names.zip(template_names(is.url)) {
        let (old, new) = (was.described(before), is.described(now));
        walk.see_keys(&old, &new, &["default", "enum"]);
        if before != now {
            let says = format!("was called {}", code(before));
            walk.tell(&rules::DESCRIPTION, &new.pointer, &new.pointer, says);
        }
        self::variable(walk, &old, &new);
    }
}

/// A variable: what it can be, and what it is if nothing is said.
fn variable(walk: &mut Walk<'_>, old: &Located<'_>, new: &Located<'_>) {
    let at = &new.pointer;
    let default = |of: &Located<'_>| of.text("default").map_or("nothing".to_string(), code);
    if old.text("default") != new.text("default") {
        let says = format!(
            "has the default {} now; it had {}",
            default(new),
            default(old)
        );
        walk.tell(&rules::DEFAULT_CHANGED, at, &at.child("default"), says);
    }
    let (before, now) = (values(old), values(new));
    let line = at.child("enum");
    if let Some(shift) = Shift::of_presence(before.is_some(), now.is_some()) {
        let says = match shift {
            Shift::Narrowed => "has a closed list of values now; it could have any",
            _ => "can have any value now; it had a closed list",
        };
        let rule = rules::LIST.of(shift).of(Direction::Request);
        walk.tell(rule, at, &line, says);
    }
    let (Some(before), Some(now)) = (before, now) else {
        return;
    };
    let lacks = |list: &[&str], other: &[&str]| -> Vec<String> {
        let missing = other.iter().filter(|value| !list.contains(value));
        missing.map(|value| code(value)).collect()
    };
    for (values, shift, says) in [
        (lacks(&before, &now), Shift::Widened, "can also be"),
        (lacks(&now, &before), Shift::Narrowed, "can no longer be"),
    ] {
        if !values.is_empty() {
            let says = format!("{says} {}", values.join(", "));
            let rule = rules::VALUE.of(shift).of(Direction::Request);
            walk.tell(rule, at, &line, says);
        }
    }
}
