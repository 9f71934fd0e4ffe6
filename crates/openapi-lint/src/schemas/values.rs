//! What a schema says of its values: formats, limits, patterns, the values themselves.

use std::collections::HashSet;

use serde_json::Value;

use crate::Subject;
use crate::suggest::nearest;
use openapi_document::objects::Item;
use openapi_document::schema::Dialect;
use openapi_document::{
    Diagnostic, Example, Rule,
    Severity::{Error, Warning},
};

/// A format of another type, or a misspelled one.
pub static FORMAT: Rule = Rule {
    code: "spec::format",
    severity: Warning,
    summary: "a `format` is misspelled, or of another type",
    docs: "`int32`, `int64`, `uint32` and the like are formats of integers, `float` and `double` of numbers, `uuid`, \
           `date-time` and the like of strings. Beside another type, or misspelled, a format is \
           ignored: the field becomes plain text in Rust. Formats of your own are fine.",
    example: Some(Example {
        instead_of: "            format: uuid\n",
        wrong: "            format: «uiid»\n",
        right: "            format: uuid\n",
    }),
};

/// Limits that nothing is within.
pub static LIMITS: Rule = Rule {
    code: "spec::limits",
    severity: Warning,
    summary: "limits that no value is within, or that limit nothing",
    docs: "`minimum` is not above `maximum`, nor `minLength` above `maxLength`, and so on; \
           `multipleOf` is above zero; `exclusiveMinimum: true` stands beside a `minimum`.",
    example: Some(Example {
        instead_of: "          type: integer\n",
        wrong: "          type: integer\n          «minimum»: 10\n          maximum: 1\n",
        right: "          type: integer\n          minimum: 1\n          maximum: 10\n",
    }),
};

/// A pattern that is none.
pub static PATTERN: Rule = Rule {
    code: "spec::pattern",
    severity: Error,
    summary: "a `pattern` is no regular expression",
    docs: "Patterns are regular expressions of JavaScript (ECMA-262), without slashes around them. \
           They match anywhere in the text unless they begin with `^` and end with `$`.",
    example: Some(Example {
        instead_of: "          type: string\n          description: What it says.\n",
        wrong: "          type: string\n          pattern: «'[A-Z'»\n          description: What it says.\n",
        right: "          type: string\n          pattern: '[A-Z]'\n          description: What it says.\n",
    }),
};

/// Values that are not of the type.
pub static ENUM: Rule = Rule {
    code: "spec::enum",
    severity: Warning,
    summary: "a value of an `enum` is not of its type, or stands twice",
    docs: "Each value is of the `type` beside it: YAML reads `1` as a number and `no` as text, so \
           quote what is text. Null is a value only beside `nullable: true`. Of a string, other \
           scalars are read as their text; of other types, values that don't fit are \
           left out.",
    example: Some(Example {
        instead_of: "          schema:\n            type: string\n          example: red\n",
        wrong: "          schema:\n            type: string\n            enum: [red, «7»]\n          example: red\n",
        right: "          schema:\n            type: string\n            enum: [red, '7']\n          example: red\n",
    }),
};

/// A property that is neither sent nor answered.
pub static READ_WRITE: Rule = Rule {
    code: "spec::read-write",
    severity: Error,
    summary: "a property is both `readOnly` and `writeOnly`",
    docs: "A `readOnly` property is not sent, a `writeOnly` one not answered. One that is both is \
           nowhere.",
    example: Some(Example {
        instead_of: "          type: integer\n",
        wrong: "          type: integer\n          readOnly: true\n          «writeOnly»: true\n",
        right: "          type: integer\n          readOnly: true\n",
    }),
};

const OF_STRINGS: [&str; 22] = [
    "binary",
    "byte",
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "idn-email",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "password",
    "regex",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "url",
    "uuid",
];
const OF_INTEGERS: [&str; 8] = [
    "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
];
const OF_NUMBERS: [&str; 2] = ["float", "double"];

/// Formats go with their type.
pub fn formats(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for schema in subject.schemas() {
        let (Some(kind), Some(format)) = (schema.text("type"), schema.text("format")) else {
            continue;
        };
        let at = contract.value(&schema.pointer.child("format"));
        let types: &[&str] = if OF_STRINGS.contains(&format) {
            &["string"]
        } else if OF_INTEGERS.contains(&format) {
            // A number can be a whole one.
            &["integer", "number"]
        } else if OF_NUMBERS.contains(&format) {
            &["number"]
        } else {
            let known = OF_STRINGS.into_iter().chain(OF_INTEGERS).chain(OF_NUMBERS);
            if let Some(meant) = misspelled(format, known) {
                found.push(
                    FORMAT
                        .told(format!("`{format}` is no format that is known"))
                        .at(at)
                        .help(format!("did you mean `{meant}`?")),
                );
            }
            continue;
        };
        if types.contains(&kind) {
            continue;
        }
        let told = FORMAT.told(format!("`{format}` is a format of `type: {}`", types[0]));
        // An example says which of the two is the slip.
        let by_example = example(subject, schema).and_then(Value::as_str);
        found.push(match (types[0], by_example) {
            ("string", Some(_)) => told
                .at(contract.value(&schema.pointer.child("type")))
                .and(at, "it stands here")
                .help("write `type: string`"),
            _ => told
                .at(at)
                .help(format!("write `type: {}`, or remove `format`", types[0])),
        });
    }
    found
}

/// The example of a property, or of the parameter or header whose schema this is.
fn example<'s>(subject: &'s Subject<'_>, schema: &'s Item<'_>) -> Option<&'s Value> {
    let around = schema
        .pointer
        .parent()
        .filter(|_| schema.pointer.last() == "schema");
    let around = around.and_then(|around| subject.item(&around));
    let around = around.and_then(|item| item.object.get("example"));
    schema.object.get("example").or(around)
}

/// Formats of one's own are allowed, so only what differs by a slip is taken for one.
fn misspelled<'n>(name: &str, mut known: impl Iterator<Item = &'n str> + Clone) -> Option<&'n str> {
    let letters = |text: &str| text.to_lowercase().replace(['-', '_', ' '], "");
    let same = known.clone().find(|other| letters(other) == letters(name));
    let close = |other: &&str| other.len() > 3 && strsim::damerau_levenshtein(other, name) == 1;
    let lengthy = |other: &&str| other.len() > 6 && strsim::damerau_levenshtein(other, name) == 2;
    let listed = nearest(name, known.clone());
    same.or_else(|| known.find(|other| close(other) || lengthy(other)))
        .filter(|_| listed.is_some())
}

/// Limits leave something.
pub fn limits(subject: &Subject<'_>) -> Vec<Diagnostic> {
    const PAIRS: [(&str, &str); 4] = [
        ("minimum", "maximum"),
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minProperties", "maxProperties"),
    ];
    let contract = subject.contract;
    let mut found = Vec::new();
    for schema in subject.schemas() {
        let number = |key: &str| schema.object.get(key).and_then(Value::as_f64);
        let key = |key: &str| contract.key(&schema.pointer.child(key));
        for (least, most) in PAIRS {
            if let (Some(low), Some(high)) = (number(least), number(most))
                && low > high
            {
                found.push(
                    LIMITS
                        .told(format!("`{least}` is above `{most}`: nothing is within"))
                        .at(key(least))
                        .and(key(most), format!("`{most}` is {high}"))
                        .help("swap the two, or correct one"),
                );
            }
        }
        if number("multipleOf").is_some_and(|step| step <= 0.0) {
            found.push(
                LIMITS
                    .told("nothing is a multiple of zero or less")
                    .at(key("multipleOf"))
                    .help("write a number above zero, or remove it"),
            );
        }
        for (exclusive, limit) in [
            ("exclusiveMinimum", "minimum"),
            ("exclusiveMaximum", "maximum"),
        ] {
            let excludes = schema.object.get(exclusive) == Some(&Value::Bool(true));
            if excludes && !schema.object.contains_key(limit) {
                found.push(
                    LIMITS
                        .told(format!("`{exclusive}` without `{limit}` limits nothing"))
                        .at(key(exclusive))
                        .help(format!("add `{limit}:`")),
                );
            }
        }
    }
    found
}

/// Patterns are regular expressions.
pub fn patterns(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for schema in subject.schemas() {
        let Some(pattern) = schema.text("pattern") else {
            continue;
        };
        let told = |message: String, help: &'static str| {
            let at = contract.value(&schema.pointer.child("pattern"));
            PATTERN.told(message).at(at).help(help)
        };
        if let Err(error) = regress::Regex::new(pattern) {
            found.push(told(
                format!("this is no regular expression: {error}"),
                "mend it; a character with a meaning of its own is written with `\\` before it",
            ));
        } else if pattern.len() > 2 && pattern.starts_with('/') && pattern.ends_with('/') {
            found.push(told(
                "the slashes around it are part of the pattern".into(),
                "write it without them",
            ));
        }
    }
    found
}

/// Values are of their type, each once.
pub fn enums(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for schema in subject.schemas() {
        let Some(Value::Array(values)) = schema.object.get("enum") else {
            continue;
        };
        let at = schema.pointer.child("enum");
        if values.is_empty() {
            let told = ENUM
                .told("an `enum` of no values: nothing fits it")
                .at(contract.key(&at))
                .help("list the values, or remove it");
            found.push(Diagnostic {
                severity: Error,
                ..told
            });
        }
        let mut seen = HashSet::new();
        for (index, value) in values.iter().enumerate() {
            let here = at.child(index);
            if !seen.insert(value.to_string()) {
                let told = ENUM
                    .told("a value stands here twice")
                    .at(contract.value(&here));
                found.push(told.help("remove it here"));
            } else if let Some(kind) = not_of_its_type(schema, value) {
                let help = match (kind, value) {
                    (_, Value::Null) if contract.dialect() == Dialect::V31 => {
                        format!("write `type: [{kind}, 'null']`, or remove it")
                    }
                    (_, Value::Null) => {
                        "write `nullable: true` beside the type, or remove it".into()
                    }
                    ("boolean", _) => "write `true` or `false`".into(),
                    ("string", _) => format!("quote it: '{}'", contract.written(&here)),
                    (_, Value::String(text)) => {
                        format!("write it without quotes if that is meant: {text}")
                    }
                    _ => "correct it, or the type".into(),
                };
                let told = ENUM
                    .told(format!("`{value}` is no {kind}, as its type says"))
                    .at(contract.value(&here))
                    .help(help);
                // The client leaves out what doesn't fit, or reads it as text.
                found.push(told);
            }
        }
    }
    found
}

/// The type that a value should be of and isn't. Without a type, the values are text.
fn not_of_its_type<'s>(schema: &'s Item<'_>, value: &Value) -> Option<&'s str> {
    let kind = match schema.text("type") {
        Some(kind) => kind,
        None if ["allOf", "oneOf", "anyOf"]
            .iter()
            .any(|key| schema.object.contains_key(*key)) =>
        {
            return None;
        }
        // Of no text alone, they are of any type.
        None if lists_other_than_text(schema) => return None,
        None => "string",
    };
    let nullable = schema.object.get("nullable") == Some(&Value::Bool(true));
    let fits = match (kind, value) {
        (_, Value::Null) => nullable || schema.text("type").is_none(),
        ("string", value) => value.is_string(),
        ("boolean", value) => value.is_boolean(),
        ("integer", value) => value.is_i64() || value.is_u64(),
        ("number", value) => value.is_number(),
        ("array", value) => value.is_array(),
        ("object", value) => value.is_object(),
        _ => true,
    };
    (!fits).then_some(kind)
}

fn lists_other_than_text(schema: &Item<'_>) -> bool {
    let values = schema.object.get("enum").and_then(Value::as_array);
    let is_other = |value: &Value| !value.is_string() && !value.is_null();
    values.is_some_and(|values| values.iter().any(is_other))
}

/// What can be neither sent nor answered.
pub fn marks(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for schema in subject.schemas() {
        let is_true = |key: &str| schema.object.get(key) == Some(&Value::Bool(true));
        if is_true("readOnly") && is_true("writeOnly") {
            found.push(
                READ_WRITE
                    .told("this is both `readOnly` and `writeOnly`: it is nowhere")
                    .at(contract.key(&schema.pointer.child("writeOnly")))
                    .help("keep one of the two"),
            );
        }
    }
    found
}
