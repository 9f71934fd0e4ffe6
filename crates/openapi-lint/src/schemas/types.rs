//! `type`, and what can stand beside each.

use serde_json::Value;

use super::composed_by;
use crate::Subject;
use crate::fields::MISSING_FIELD;
use crate::suggest::nearest;
use openapi_document::objects::Item;
use openapi_document::schema::Dialect;
use openapi_document::{
    Diagnostic, Example, Rule,
    Severity::{Error, Warning},
};

/// A type that is none, or beside what doesn't go with it.
pub static TYPE: Rule = Rule {
    code: "spec::type",
    severity: Error,
    summary: "a `type` is none of OpenAPI 3.0, or does not go with what stands beside it",
    docs: "The types are array, boolean, integer, number, object and string. Each has keywords of \
           its own: `minLength` speaks of strings, `minimum` of numbers, `items` of arrays, \
           `properties` of objects. Beside another type they mean nothing, so one of the two is a \
           slip. It is a warning if the keyword only limits values, since the type is clear.",
    example: Some(Example {
        instead_of: "          type: integer\n",
        wrong: "          type: «int»\n",
        right: "          type: integer\n",
    }),
};

/// A schema that says something of its type, but not which it is.
pub static MISSING_TYPE: Rule = Rule {
    code: "spec::missing-type",
    severity: Warning,
    summary: "`nullable` or `format` without `type` means nothing",
    docs: "A schema without `type` takes any value, null too. `nullable` and `format` only change a \
           `type` beside them, so alone they do nothing, whatever they were meant to do.",
    example: Some(Example {
        instead_of: "          type: integer\n",
        wrong: "          «nullable»: true\n",
        right: "          type: integer\n          nullable: true\n",
    }),
};

const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

/// What other languages call them.
const MEANT: [(&str, &str); 16] = [
    ("any", "no `type` at all"),
    ("bool", "`boolean`"),
    ("date", "`string` with `format: date`"),
    ("datetime", "`string` with `format: date-time`"),
    ("date-time", "`string` with `format: date-time`"),
    ("decimal", "`number`"),
    ("dict", "`object`"),
    ("double", "`number` with `format: double`"),
    ("file", "`string` with `format: binary`"),
    ("float", "`number` with `format: float`"),
    ("int", "`integer`"),
    ("list", "`array`"),
    ("long", "`integer` with `format: int64`"),
    ("map", "`object`"),
    ("text", "`string`"),
    ("uuid", "`string` with `format: uuid`"),
];

/// Types are those of OpenAPI 3.0, and say enough.
pub fn types(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for schema in subject.schemas() {
        let at = |key: &str| contract.key(&schema.pointer.child(key));
        match schema.object.get("type").and_then(Value::as_str) {
            Some(kind) if !TYPES.contains(&kind) => {
                let help = match (kind, nearest(kind, TYPES.into_iter())) {
                    ("null", _) => {
                        "write `nullable: true` beside the type of the other values".into()
                    }
                    (_, Some(meant)) => format!("did you mean `{meant}`?"),
                    _ if meant(kind).is_some() => {
                        format!("write {}", meant(kind).unwrap_or_default())
                    }
                    _ => format!("write one of {}", TYPES.join(", ")),
                };
                found.push(
                    TYPE.told(format!("`{kind}` is no type"))
                        .at(contract.value(&schema.pointer.child("type")))
                        .help(help),
                );
            }
            Some("array") if !schema.object.contains_key("items") => {
                let told = MISSING_FIELD
                    .told("this array has no `items`, so its elements are any JSON")
                    .at(at("type"))
                    .help("add `items:` with the schema of its elements");
                found.push(Diagnostic {
                    severity: Warning,
                    ..told
                });
            }
            Some(kind) if misfit(schema, kind).is_some() => {
                let key = misfit(schema, kind).unwrap_or_default();
                let told = TYPE.told(format!("`{key}` means nothing beside `type: {kind}`"));
                let told = told
                    .at(at(key))
                    .help(format!("remove `{key}`, or correct `type`"));
                found.push(Diagnostic {
                    severity: Warning,
                    ..told
                });
            }
            None => {
                // What 3.1 says in its own way is put so.
                let is_translated =
                    |key: &&str| *key == "nullable" && contract.dialect() == Dialect::V31;
                let Some(key) = says_nothing(schema).filter(|key| !is_translated(key)) else {
                    continue;
                };
                let help = match composed_by(&schema.pointer) {
                    Some(whole) => format!("write it beside `{whole}`, not as one of its parts"),
                    None => {
                        "add `type:` beside it; a schema without both takes any value, null too"
                            .into()
                    }
                };
                found.push(
                    MISSING_TYPE
                        .told(format!("`{key}` without `type` means nothing"))
                        .at(at(key))
                        .help(help),
                );
            }
            _ => {}
        }
    }
    found
}

fn meant(kind: &str) -> Option<&'static str> {
    let kind = kind.to_lowercase();
    let mut meant = MEANT.into_iter();
    meant.find_map(|(name, meant)| (name == kind).then_some(meant))
}

/// The keywords that speak of one type alone, or of both kinds of number; first those that say
/// what a value is made of.
const OF_TYPE: [(&str, &str); 18] = [
    ("properties", "object"),
    ("additionalProperties", "object"),
    ("items", "array"),
    ("required", "object"),
    ("minProperties", "object"),
    ("maxProperties", "object"),
    ("discriminator", "object"),
    ("minItems", "array"),
    ("maxItems", "array"),
    ("uniqueItems", "array"),
    ("minLength", "string"),
    ("maxLength", "string"),
    ("pattern", "string"),
    ("minimum", "number"),
    ("maximum", "number"),
    ("exclusiveMinimum", "number"),
    ("exclusiveMaximum", "number"),
    ("multipleOf", "number"),
];

/// What can't be said of a value of this type.
fn misfit(schema: &Item<'_>, kind: &str) -> Option<&'static str> {
    let kind = if kind == "integer" { "number" } else { kind };
    let mut misfits = OF_TYPE.into_iter().filter(|(_, of)| *of != kind);
    misfits.find_map(|(key, _)| schema.object.contains_key(key).then_some(key))
}

/// What a schema says of its type, where nothing says the type itself.
fn says_nothing(schema: &Item<'_>) -> Option<&'static str> {
    // These are of the type of their parts; but `nullable` adds to a `type` beside it alone.
    let typed = [
        "allOf",
        "oneOf",
        "anyOf",
        "properties",
        "additionalProperties",
        "items",
        "enum",
    ];
    let is_typed = typed.iter().any(|key| schema.object.contains_key(*key));
    let qualifies = |key: &&str| {
        let value = schema.object.get(*key);
        value.is_some_and(|value| value != &Value::Bool(false))
    };
    ["format", "nullable"]
        .into_iter()
        .find(|key| qualifies(key) && (*key == "nullable" || !is_typed))
}
