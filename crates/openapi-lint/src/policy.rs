//! What this contract asks of itself beyond OpenAPI: words on everything, whole cents, lists of
//! values that can grow.

use serde_json::Value;

use super::Subject;
use super::sensitive::parameter_around;
use openapi_document::keywords::Kind;
use openapi_document::objects::Item;
use openapi_document::{Diagnostic, Example, Rule, Severity::Warning};

/// Something that nobody explains.
pub static DESCRIPTION: Rule = Rule {
    code: "policy::description",
    severity: Warning,
    summary: "a description is missing",
    docs: "What the contract says of an operation, a parameter, a property, a component or a header \
           is all that its users read, in Rust's documentation and on the sandbox's pages. Say what \
           it means, its unit, and what is not known. A `$ref` is described where it leads.",
    example: Some(Example {
        instead_of: "        text:\n          type: string\n          description: What it says.\n",
        wrong: "        «text»:\n          type: string\n",
        right: "        text:\n          type: string\n          description: What it says.\n",
    }),
};

/// Money that is no whole number of cents.
pub static CENTS: Rule = Rule {
    code: "policy::cents",
    severity: Warning,
    summary: "an amount of money is not `type: integer`, `format: int64`",
    docs: "Amounts are whole cents: a fraction of binary numbers can't hold 0.10 exactly, and 32 \
           bits of cents end at 21 million.",
    example: Some(Example {
        instead_of: "        likes:\n          type: integer\n          description: How often it was liked.\n          example: 3\n",
        wrong: "        price_cents:\n          type: «number»\n          description: What it costs.\n",
        right: "        price_cents:\n          type: integer\n          format: int64\n          description: What it costs.\n",
    }),
};

/// A list of values that will be too short one day.
pub static OPEN_ENUM: Rule = Rule {
    code: "policy::open-enum",
    severity: Warning,
    summary: "an `enum` in an answer closes a list that the service can extend",
    docs: "On the day on which the service adds a value, every client with the old list fails to \
           read the answer. Write the values that are known into `description`, and leave the type \
           open. A single value is no list, and what is only sent can be closed.",
    example: Some(Example {
        instead_of: "        device:\n          type: string\n          description: The device it was written on.\n",
        wrong: "        device:\n          type: string\n          «enum»: [phone, laptop]\n          description: The device it was written on.\n",
        right: "        device:\n          type: string\n          description: Phone, laptop, or another.\n",
    }),
};

/// Everything is explained.
pub fn descriptions(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let items = subject.items.all();
    items
        .filter(|item| !item.is_reference() && subject.is_sound(&item.pointer))
        .filter(|item| !is_described(item))
        .filter_map(|item| undescribed(subject, item))
        .collect()
}

fn is_described(item: &Item<'_>) -> bool {
    let says = |key: &str| item.text(key).is_some_and(|text| !text.trim().is_empty());
    let by_its_part = || {
        let parts = item.object.get("allOf").and_then(Value::as_array);
        matches!(parts.map(Vec::as_slice), Some([part]) if part.get("$ref").is_some())
    };
    says("description") || (item.kind == Kind::Operation && says("summary")) || by_its_part()
}

fn undescribed(subject: &Subject<'_>, item: &Item<'_>) -> Option<Diagnostic> {
    let contract = subject.contract;
    let parts = item.pointer.parts();
    let is_component = matches!(parts, [components, _, _] if components == "components")
        && contract.place_as_written(&item.pointer) == item.pointer;
    let name = item.pointer.last();
    let named = item.text("name").unwrap_or(name);
    let key = || contract.key(&item.pointer);
    let name_of = |key: &str| contract.value(&item.pointer.child(key));
    let (what, at) = match item.kind {
        Kind::Schema if item.property_name().is_some() => (format!("the property `{name}`"), key()),
        Kind::Schema if is_component => (format!("the component `{name}`"), key()),
        Kind::Operation => {
            let operations = subject.operations.iter();
            let mut here = operations.filter(|operation| operation.at.pointer == item.pointer);
            (here.next()?.label(), key())
        }
        Kind::Parameter => (format!("the parameter `{named}`"), name_of("name")),
        Kind::Header => (format!("the header `{name}`"), key()),
        Kind::Response => (format!("the response `{name}`"), name_of("description")),
        Kind::Tag => (format!("the tag `{named}`"), name_of("name")),
        Kind::Info => ("the contract".into(), key()),
        Kind::SecurityScheme => (format!("the security scheme `{name}`"), key()),
        _ => return None,
    };
    let help = match item.kind {
        Kind::Operation => "add `summary:` and `description:`",
        _ => "add `description:`",
    };
    let told = DESCRIPTION.told(format!("{what} has no description"));
    Some(told.at(at).help(help))
}

/// Amounts are whole cents.
pub fn cents(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for schema in subject.schemas() {
        let parameter = parameter_around(subject, schema);
        let parameter = parameter.and_then(|parameter| parameter.text("name"));
        let Some(name) = schema.property_name().or(parameter) else {
            continue;
        };
        let Some(key) = no_cents(name, schema) else {
            continue;
        };
        let is_integer = schema.text("type") == Some("integer");
        let (message, help) = match (is_integer, schema.text("format")) {
            (true, None) => (
                format!("`{name}` is an amount, and does not say how large it can be"),
                "add `format: int64`",
            ),
            (true, Some(format)) => (
                format!("`{name}` is an amount, and `{format}` is not the width of one"),
                "write `format: int64`",
            ),
            (false, _) => (
                format!("`{name}` is an amount, and no whole number of cents"),
                "write `type: integer` and `format: int64`",
            ),
        };
        let at = contract.value(&schema.pointer.child(key));
        found.push(CENTS.told(message).at(at).help(help));
    }
    found
}

/// The keyword by which an amount of this name is no whole number of cents.
pub fn no_cents(name: &str, schema: &Item<'_>) -> Option<&'static str> {
    let (kind, format) = (schema.text("type"), schema.text("format"));
    let suspicious = match money(name)? {
        Money::Cents => kind.is_some_and(|kind| kind != "object" && kind != "array"),
        // Text can be an amount in any form.
        Money::Amount => matches!(kind, Some("number" | "integer")),
    };
    match (kind, format) {
        _ if !suspicious => None,
        (Some("integer"), Some("int64")) => None,
        (Some("integer"), Some(_)) => Some("format"),
        _ => Some("type"),
    }
}

enum Money {
    Cents,
    Amount,
}

fn money(name: &str) -> Option<Money> {
    let snake = heck::ToSnakeCase::to_snake_case(name);
    let words: Vec<&str> = snake.split('_').collect();
    match *words.last()? {
        _ if words.contains(&"cents") => Some(Money::Cents),
        "amount" | "price" | "fee" | "revenue" | "salary" => Some(Money::Amount),
        _ if words[0] == "amount" => Some(Money::Amount),
        _ => None,
    }
}

/// What the service can extend is not closed.
pub fn open_enums(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let answered = subject
        .schemas()
        .filter(|schema| subject.is_answered(schema));
    answered
        .filter_map(|schema| {
            let values = schema.object.get("enum")?.as_array()?;
            let values = values.iter().filter(|value| !value.is_null());
            (values.count() > 1).then(|| {
                OPEN_ENUM
                    .told("a value that the service adds to this list could not be read")
                    .at(subject.contract.key(&schema.pointer.child("enum")))
                    .help("leave `enum` out, and list the values that are known in `description`")
            })
        })
        .collect()
}
