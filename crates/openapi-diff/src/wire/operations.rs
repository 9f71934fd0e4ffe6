//! Operations: which one of the new contract is which of the old, and what became of it.

use std::collections::{BTreeMap, HashMap, HashSet};

use openapi_document::Pointer;
use openapi_document::extensions::{CODEGEN_SKIP, PAGINATION};
use openapi_document::operation::{self, Located, Operation, without_names};
use serde_json::Value;

use super::context::Direction;
use super::walk::Walk;
use super::{bodies, parameters, security, servers};
use crate::place::{Side, Spot, code, label};
use crate::rules;

/// Where 3.2 lists the operations of other methods than [`METHODS`].
pub const OTHER_METHODS: &str = "additionalOperations";

/// The methods of a path; `query` is new in 3.2.
pub const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// The fields of an operation that the rules see to.
const OF_OPERATION: [&str; 9] = [
    CODEGEN_SKIP,
    "operationId",
    "security",
    "parameters",
    "requestBody",
    "responses",
    "servers",
    "callbacks",
    PAGINATION,
];

/// Compares all operations of `paths`.
pub fn compare(walk: &mut Walk<'_>) {
    let old = of_items(walk.base, items(walk.base, "paths"));
    let new = of_items(walk.head, items(walk.head, "paths"));
    let mut matching = Matching::new(old, new);
    matching.take(|it| Some(format!("{} {}", it.method, it.path)));
    matching.take(|it| Some(format!("{} {}", it.method, without_names(it.path))));
    matching.take(|it| it.declared_id().map(String::from));
    let Matching {
        old: gone,
        new: come,
        pairs,
    } = matching;
    for (was, is) in &pairs {
        walk.enter(name(is));
        walk.pair(&was.at.pointer, &is.at.pointer);
        operation(walk, was, is);
    }
    for is in &come {
        walk.enter(name(is));
        walk.way = Some(Direction::Request);
        let index = walk.tell_new(&rules::OPERATION_ADDED, &place(is), "is new");
        walk.claim(Spot::head(&is.at.pointer), index);
        walk.see_spot(Spot::head(&Pointer::of(["paths", is.path])));
        walk.see_spot(Spot::head(&is.item.pointer));
    }
    for was in &gone {
        walk.enter(name(was));
        walk.way = Some(Direction::Request);
        let near = Pointer::of(["paths", was.path]);
        let index = walk.tell_gone(&rules::OPERATION_REMOVED, &place(was), &near, "is gone");
        walk.claim(Spot::base(&was.at.pointer), index);
        walk.see_spot(Spot::base(&near));
        walk.see_spot(Spot::base(&was.item.pointer));
    }
    path_items(walk, &pairs);
    webhooks(walk);
    walk.leave();
    empty_items(walk);
}

fn name(operation: &Operation<'_>) -> String {
    operation
        .declared_id()
        .map_or(operation.label(), String::from)
}

/// The place of an operation under its own path: its path item may be a reference to another one.
fn place(operation: &Operation<'_>) -> Pointer {
    let (own, item) = (
        Pointer::of(["paths", operation.path]),
        &operation.item.pointer,
    );
    let below = operation.at.pointer.parts().iter().skip(item.parts().len());
    below.fold(own, |at, part| at.child(part))
}

/// Path items by path, references followed.
fn items<'v>(document: &'v Value, section: &str) -> Vec<(&'v str, Located<'v>)> {
    let root = operation::root(document);
    let items = root
        .into_iter()
        .flat_map(|root| root.children(section).collect::<Vec<_>>());
    items
        .filter(|(path, _)| !path.starts_with("x-"))
        .filter_map(|(path, item)| Some((path, operation::resolve(document, item)?)))
        .collect()
}

fn of_items<'v>(document: &'v Value, items: Vec<(&'v str, Located<'v>)>) -> Vec<Operation<'v>> {
    let operations = items.into_iter().flat_map(|(path, item)| {
        let usual = METHODS.into_iter();
        let usual = usual.filter_map(|method| Some((method, item.child(method)?)));
        let all: Vec<_> = usual.chain(item.children(OTHER_METHODS)).collect();
        all.into_iter().filter_map(move |(method, at)| {
            let at = operation::resolve(document, at)?;
            Some(Operation {
                path,
                method,
                at,
                item: item.clone(),
                derived_id: None,
            })
        })
    });
    operations.collect()
}

/// Which operation is which.
struct Matching<'v> {
    old: Vec<Operation<'v>>,
    new: Vec<Operation<'v>>,
    pairs: Vec<(Operation<'v>, Operation<'v>)>,
}

impl<'v> Matching<'v> {
    fn new(old: Vec<Operation<'v>>, new: Vec<Operation<'v>>) -> Matching<'v> {
        Matching {
            old,
            new,
            pairs: Vec::new(),
        }
    }

    /// Pairs those that have the same key; of several, the first.
    fn take(&mut self, key: impl Fn(&Operation<'v>) -> Option<String>) {
        let mut known: HashMap<String, Operation<'v>> = HashMap::new();
        for it in self.new.iter().rev() {
            known.extend(key(it).map(|key| (key, it.clone())));
        }
        let pairs = &mut self.pairs;
        let mut taken = HashSet::new();
        self.old.retain(|was| {
            let found = key(was).and_then(|key| known.remove(&key));
            taken.extend(found.iter().map(|is| (is.path, is.at.pointer.clone())));
            pairs.extend(found.iter().map(|is| (was.clone(), is.clone())));
            found.is_none()
        });
        self.new
            .retain(|is| !taken.contains(&(is.path, is.at.pointer.clone())));
    }
}

fn operation<'v>(walk: &mut Walk<'v>, was: &Operation<'v>, is: &Operation<'v>) {
    let at = is.at.pointer.clone();
    let moved = was.method != is.method || without_names(was.path) != without_names(is.path);
    if moved {
        walk.way = Some(Direction::Request);
        let before = label(walk.base, &was.at.pointer);
        let index = walk.tell(&rules::OPERATION_MOVED, &at, &at, format!("was {before}"));
        walk.claim(Spot::base(&was.at.pointer), index);
    }
    walk.way = None;
    if was.id() != is.id() {
        let (is, was) = (code(is.id()), code(was.id()));
        let says = format!("has the operationId {is} now; it had {was}");
        walk.tell(
            &rules::OPERATION_ID_CHANGED,
            &at,
            &at.child("operationId"),
            says,
        );
    }
    security::compare(walk, was, is);
    servers::compare(walk, was, is);
    walk.way = None;
    let unchanged = was.path == is.path && walk.is_unchanged(&was.at, &is.at);
    let shares = |of: &Operation<'_>| of.item.object.contains_key("parameters");
    if unchanged && !shares(was) && !shares(is) {
        return;
    }
    walk.see_keys(&was.at, &is.at, &OF_OPERATION);
    let skipped = match (was.skip_reason(), is.skip_reason()) {
        (None, Some(_)) => &rules::SKIP_ADDED,
        (Some(_), None) => &rules::SKIP_REMOVED,
        _ => &rules::EXTENSION,
    };
    walk.see_extension(&was.at, &is.at, CODEGEN_SKIP, skipped);
    let pages = match was.at.object.contains_key(PAGINATION) {
        true => &rules::PAGINATION_CHANGED,
        false => &rules::PAGINATION_ADDED,
    };
    walk.see_extension(&was.at, &is.at, PAGINATION, pages);
    exchange(walk, was, is, Direction::Request);
    callbacks(walk, was, is);
}

/// What is sent in one direction, and comes back in the other.
fn exchange<'v>(walk: &mut Walk<'v>, was: &Operation<'v>, is: &Operation<'v>, sent: Direction) {
    parameters::compare(walk, was, is, sent);
    bodies::request(walk, was, is, sent);
    bodies::responses(walk, was, is, sent.reversed());
    walk.way = None;
}

/// What a path says for all its operations.
fn path_items<'v>(walk: &mut Walk<'v>, pairs: &[(Operation<'v>, Operation<'v>)]) {
    walk.leave();
    let mut told = HashSet::new();
    for (was, is) in pairs {
        if told.insert(is.path) {
            see_item(walk, was, is);
            let place = |of: &Operation<'_>| Pointer::of(["paths", of.path]);
            walk.see_places(&place(was), &place(is));
        }
    }
}

/// Reports what else differs in the path items of two operations.
fn see_item<'v>(walk: &mut Walk<'v>, was: &Operation<'v>, is: &Operation<'v>) {
    let known = [&["parameters", "servers", OTHER_METHODS][..], &METHODS].concat();
    walk.see_keys(&was.item, &is.item, &known);
}

/// A path without operations offers nothing.
fn empty_items(walk: &mut Walk<'_>) {
    for (document, side) in [(walk.base, Side::Base), (walk.head, Side::Head)] {
        for (path, item) in items(document, "paths") {
            let mut methods = METHODS.iter().chain([&OTHER_METHODS]);
            if !methods.any(|method| item.object.contains_key(*method)) {
                let pointer = Pointer::of(["paths", path]);
                walk.ignore(&Spot { side, pointer });
            }
        }
    }
}

/// The calls that the service makes to an address that callers name. Callbacks are matched by
/// name, and those that are left by the expression of the address.
fn callbacks<'v>(walk: &mut Walk<'v>, was: &Operation<'v>, is: &Operation<'v>) {
    let (mut old, mut new) = (named_calls(walk.base, was), named_calls(walk.head, is));
    let at = |of: &Operation<'_>, name: &str| of.at.pointer.child("callbacks").child(name);
    for name in old.keys() {
        walk.see_spot(Spot::base(&at(was, name)));
    }
    for name in new.keys() {
        walk.see_spot(Spot::head(&at(is, name)));
    }
    let both: Vec<&str> = old
        .keys()
        .filter(|name| new.contains_key(*name))
        .copied()
        .collect();
    for name in both {
        if let (Some(before), Some(now)) = (old.remove(name), new.remove(name)) {
            calls(walk, before, now, &is.at.pointer);
        }
    }
    let rest = |calls: BTreeMap<_, Vec<_>>| calls.into_values().flatten().collect();
    calls(walk, rest(old), rest(new), &is.at.pointer);
}

/// The calls of each callback of an operation, under the expressions of their addresses.
fn named_calls<'v>(
    document: &'v Value,
    of: &Operation<'v>,
) -> BTreeMap<&'v str, Vec<Operation<'v>>> {
    let callbacks = of.at.children("callbacks");
    let callbacks = callbacks.filter_map(|(name, callback)| {
        let callback = operation::resolve(document, callback)?;
        let expressions = callback.object.keys().filter(|key| !key.starts_with("x-"));
        let items = expressions.filter_map(|key| {
            let item = operation::resolve(document, callback.child(key)?)?;
            Some((key.as_str(), item))
        });
        Some((name, of_items(document, items.collect())))
    });
    callbacks.collect()
}

/// The calls that the service makes to those who have registered.
fn webhooks(walk: &mut Walk<'_>) {
    let (old, new) = (
        of_items(walk.base, items(walk.base, "webhooks")),
        of_items(walk.head, items(walk.head, "webhooks")),
    );
    walk.enter("webhooks".into());
    calls(walk, old, new, &Pointer::of(["webhooks"]));
    for (document, side) in [(walk.base, Side::Base), (walk.head, Side::Head)] {
        for (name, _) in items(document, "webhooks") {
            let pointer = Pointer::of(["webhooks", name]);
            walk.see_spot(Spot { side, pointer });
        }
    }
}

/// Calls of the service: what it sends is what callers receive.
fn calls<'v>(
    walk: &mut Walk<'v>,
    old: Vec<Operation<'v>>,
    new: Vec<Operation<'v>>,
    near: &Pointer,
) {
    let mut matching = Matching::new(old, new);
    matching.take(|it| Some(format!("{} {}", it.method, it.path)));
    for (was, is) in &matching.pairs {
        walk.way = None;
        walk.pair(&was.at.pointer, &is.at.pointer);
        walk.see_keys(&was.at, &is.at, &OF_OPERATION);
        see_item(walk, was, is);
        exchange(walk, was, is, Direction::Response);
    }
    walk.way = Some(Direction::Response);
    for is in &matching.new {
        walk.tell_new(&rules::CALLBACK_ADDED, &is.at.pointer, "is new");
        walk.see_spot(Spot::head(&is.item.pointer));
    }
    for was in &matching.old {
        walk.tell_gone(&rules::CALLBACK_REMOVED, &was.at.pointer, near, "is gone");
        walk.see_spot(Spot::base(&was.item.pointer));
    }
    walk.way = None;
}
