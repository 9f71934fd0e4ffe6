//! What a change means, case by case: each file beside this one has a base and a list of edits.
//!
//! `base` is a document, and `places` gives names to pointers into it. A case has a `name` and edits,
//! each under the name of a place, followed by more of a pointer if need be: what stands there
//! before and after, `~` for nothing. `both` holds edits of both sides. `wire` is the class on the
//! wire, `back` that of the reverse, `rust` and `rust_back` those in Rust. `none` allows for
//! documentation, `nothing` doesn't. A case that is known to be wrong is `pending`, and has to be.
//! `instead` is the advice, `~` for none; where the edits have a third value, it follows the advice,
//! and must break nothing: on the wire if the case is `wire_only`, else in both views.

use openapi_diff::{Comparison, Compatibility, Version, compare};
use openapi_document::{Contract, Pointer};
use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// The keys of a case that are no places.
const OWN: [&str; 9] = [
    "name",
    "both",
    "wire",
    "back",
    "rust",
    "rust_back",
    "pending",
    "instead",
    "wire_only",
];

/// A file of cases.
struct Table {
    base: Value,
    places: Object,
    cases: Vec<Object>,
}

impl Table {
    fn read(text: &str) -> Table {
        let mut file = Contract::load(text).expect("the table is YAML").document;
        let cases: Vec<Value> = file["cases"].as_array().expect("a list of cases").clone();
        Table {
            places: file["places"].as_object().expect("named places").clone(),
            cases: cases.into_iter().map(object).collect(),
            base: file["base"].take(),
        }
    }

    /// The two documents of a case.
    fn pair(&self, case: &Object) -> [Version; 2] {
        [0, 1].map(|side| self.version(case, side))
    }

    /// A document of a case: before, after, or with the advice followed.
    fn version(&self, case: &Object, side: usize) -> Version {
        let mut document = self.base.clone();
        let both = case.get("both").and_then(Value::as_object);
        for (place, value) in both.into_iter().flatten() {
            self.put(&mut document, place, value);
        }
        for (place, values) in case.iter().filter(|(key, _)| !OWN.contains(&key.as_str())) {
            let value = values.as_array().and_then(|values| values.get(side));
            let value = value.unwrap_or_else(|| panic!("{place} needs before and after"));
            self.put(&mut document, place, value);
        }
        let text = document.to_string();
        Version::read("a contract", &text).unwrap_or_else(|found| panic!("{found:?}"))
    }

    fn put(&self, document: &mut Value, place: &str, value: &Value) {
        let (name, below) = place
            .split_once('/')
            .map_or((place, None), |(name, below)| (name, Some(below)));
        let named = self.places.get(name).and_then(Value::as_str);
        let named = named.unwrap_or_else(|| panic!("`{name}` is no place"));
        let pointer = match below {
            Some(below) => format!("{named}/{below}"),
            None => named.to_string(),
        };
        let pointer = Pointer::from_reference(&format!("#{pointer}")).expect("a pointer");
        let (last, steps) = pointer
            .parts()
            .split_last()
            .expect("a place in the document");
        let owner = steps.iter().fold(document, |at, step| match at {
            Value::Array(list) => &mut list[step.parse::<usize>().expect("an index")],
            at => &mut at[step],
        });
        match owner {
            Value::Array(list) => list[last.parse::<usize>().expect("an index")] = value.clone(),
            Value::Object(map) if value.is_null() => drop(map.shift_remove(last)),
            owner => owner[last] = value.clone(),
        }
    }
}

fn object(value: Value) -> Object {
    match value {
        Value::Object(map) => map,
        other => panic!("{other} is no case"),
    }
}

/// The class on the wire.
fn wire(found: &Comparison) -> Compatibility {
    let classes = found.changes.iter().map(|change| change.wire_class);
    classes.max().unwrap_or(Compatibility::Identical)
}

/// The class in Rust.
fn rust(found: &Comparison) -> Compatibility {
    assert!(
        found.notes.iter().all(|note| !note.contains("no client")),
        "{:?}",
        found.notes
    );
    let changes = found.changes.iter().filter(|change| change.rust.is_some());
    changes
        .map(|change| change.class)
        .max()
        .unwrap_or(Compatibility::Identical)
}

fn is_as_expected(expected: &str, class: Compatibility, found: &Comparison) -> bool {
    match expected {
        "nothing" => found.changes.is_empty(),
        "none" => class <= Compatibility::Docs,
        expected => class.word() == expected,
    }
}

fn check(text: &str) {
    let table = Table::read(text);
    let mut wrong = Vec::new();
    for case in &table.cases {
        let name = &case["name"];
        let [base, head] = table.pair(case);
        let mut misses = Vec::new();
        for (key, way, view) in [
            (
                "wire",
                [&base, &head],
                wire as fn(&Comparison) -> Compatibility,
            ),
            ("back", [&head, &base], wire),
            ("rust", [&base, &head], rust),
            ("rust_back", [&head, &base], rust),
        ] {
            let Some(expected) = case.get(key).and_then(Value::as_str) else {
                continue;
            };
            let found = compare(way[0], way[1]);
            let class = view(&found);
            if !is_as_expected(expected, class, &found) {
                let changes = found.changes.iter();
                let changes =
                    changes.map(|change| format!("\n    {} {}", change.code, change.message));
                let changes: String = changes.collect();
                misses.push(format!(
                    "{name} ({key}): {} for {expected}{changes}",
                    class.word()
                ));
            }
        }
        match (case.contains_key("pending"), misses.is_empty()) {
            (true, true) => wrong.push(format!("{name}: it is right, and not `pending` any more")),
            (true, false) => {}
            (false, _) => wrong.append(&mut misses),
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn advice_is_right_or_absent() {
    let table = Table::read(include_str!("instead.yaml"));
    let mut wrong = Vec::new();
    for case in &table.cases {
        let name = &case["name"];
        let [base, head] = table.pair(case);
        let found = compare(&base, &head);
        let first = found.changes.first();
        let advice = first.and_then(|change| change.instead.first().copied());
        let listed = |found: &Comparison| -> String {
            let changes = found.changes.iter();
            changes
                .map(|change| format!("\n    {} {}", change.code, change.message))
                .collect()
        };
        if found.class != Compatibility::Breaking || advice != case["instead"].as_str() {
            wrong.push(format!("{name}: {advice:?}{}", listed(&found)));
        }
        let mut edits = case.iter().filter(|(key, _)| !OWN.contains(&key.as_str()));
        if !edits.all(|(_, values)| values.get(2).is_some()) {
            continue;
        }
        let followed = compare(&base, &table.version(case, 2));
        let class = match case.contains_key("wire_only") {
            true => followed.wire_class,
            false => followed.class,
        };
        if class == Compatibility::Breaking {
            wrong.push(format!("{name}, followed:{}", listed(&followed)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

macro_rules! tables {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            check(include_str!(concat!(stringify!($name), ".yaml")));
        })*
    };
}

tables! { values newer directions requests service rust_alone discriminators }
