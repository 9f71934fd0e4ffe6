//! Each property is found in its field, however alike the names are, and whatever their order is.

use std::collections::BTreeMap;
use std::time::Duration;

use bolero::{TypeGenerator, check, produce_with};
use client_codegen::{naming, run_to_compare, transform};
use openapi_document::{Contract, Pointer};
use serde_json::{Map, Value, json};

use super::{NOTES, edit};

/// Names that become one in Rust, or nearly.
const NAMES: [&str; 28] = [
    "utmId", "utm_id", "utm-id", "UTM ID", "utm.id", "type", "type_", "Type", "self", "extra",
    "Extra", "2fa", "x2fa", "_2fa", "$id", "id", "ID", "+1", "-1", "plus1", "", "x", "é", "gen",
    "gen_", "data", "extra_", "it's",
];
const COMPONENTS: [&str; 6] = [
    "Note",
    "note",
    "NoteText",
    "Note-text",
    "Text",
    "NoteTextItem",
];

/// What a property holds.
#[derive(Clone, Debug, TypeGenerator)]
enum Kind {
    Text,
    Reference(#[generator(0..COMPONENTS.len())] usize),
    Object,
    List,
    Choice,
    Sum(#[generator(0..COMPONENTS.len())] usize),
}

#[derive(Clone, Debug, TypeGenerator)]
struct Property {
    #[generator(0..NAMES.len())]
    name: usize,
    kind: Kind,
    sensitive: bool,
    required: bool,
    described: bool,
}

#[derive(Clone, Debug, TypeGenerator)]
struct Component {
    #[generator(0..COMPONENTS.len())]
    name: usize,
    #[generator(produce_with::<Vec<Property>>().len(1..=4_usize))]
    properties: Vec<Property>,
}

fn schema(property: &Property) -> Value {
    let inline = json!({"type": "object", "properties": {"text": {"type": "string"}}});
    let reference =
        |which: usize| json!({"$ref": format!("#/components/schemas/{}", COMPONENTS[which])});
    let mut schema = match property.kind {
        Kind::Text => json!({"type": "string"}),
        Kind::Reference(which) => return reference(which),
        Kind::Object => inline,
        Kind::List => json!({"type": "array", "items": inline}),
        Kind::Choice => json!({"oneOf": [{"type": "string"}, inline]}),
        Kind::Sum(which) => json!({"allOf": [reference(which)]}),
    };
    if property.sensitive {
        schema["x-sensitive"] = true.into();
    }
    if property.described {
        schema["description"] = "The same for all.".into();
    }
    schema
}

/// The properties of each component by name: whether they are sensitive.
type Marks = BTreeMap<&'static str, BTreeMap<&'static str, bool>>;

fn contract(components: &[Component]) -> (String, Marks) {
    let mut schemas = Map::new();
    let mut marks = Marks::new();
    for component in components {
        let name = COMPONENTS[component.name];
        let mut properties = Map::new();
        let mut required = Vec::new();
        let own = marks.entry(name).or_default();
        own.clear();
        for property in &component.properties {
            let of = NAMES[property.name];
            let schema = schema(property);
            own.insert(of, schema.get("x-sensitive").is_some());
            properties.insert(of.into(), schema);
            required.retain(|name| *name != of);
            required.extend(property.required.then_some(of));
        }
        let mut schema = json!({"type": "object", "properties": properties});
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        schemas.insert(name.into(), schema);
    }
    let first = components
        .first()
        .map_or("Note", |first| COMPONENTS[first.name]);
    let contract = json!({
        "openapi": "3.0.3",
        "info": {"title": "Notes", "version": "1.0.0"},
        "servers": [{"url": "https://notes.example"}],
        "paths": {"/notes": {"get": {"operationId": "get_notes", "responses": {"200": {
            "description": "Fine.",
            "content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/{first}")}}},
        }}}}},
        "components": {"schemas": schemas},
    });
    (contract.to_string(), marks)
}

/// Each property is one field, and exactly the sensitive ones are hidden.
fn assert_is_matched(components: &[Component]) {
    let (text, marks) = contract(components);
    let outcome = run_to_compare(&text);
    for found in &outcome.diagnostics {
        let internal = ["codegen::progenitor", "codegen::rewrite", "codegen::format"];
        assert!(!internal.contains(&found.code), "{}\n{text}", found.message);
    }
    let Some(api) = outcome.api else { return };
    let document = serde_json::from_str(&text).expect("it is JSON");
    let names = transform::types(&document);
    for (component, properties) in marks {
        let at = Pointer::of(["components", "schemas", component]);
        let named = names.iter().find(|named| named.pointer == at);
        let ty = &api.types[&naming::pascal(&named.expect("it is a type").name)];
        for (name, sensitive) in properties {
            // Unknown members are no property.
            let members = ty.members.iter().filter(|member| member.name != "extra");
            let fields = members.filter(|member| member.wire == name);
            let fields: Vec<_> = fields.map(|member| &member.name).collect();
            assert_eq!(fields.len(), 1, "{component}.{name}: {fields:?}\n{text}");
            assert_eq!(
                ty.hidden.contains(fields[0]),
                sensitive,
                "{component}.{name}\n{text}"
            );
        }
    }
}

#[test]
fn each_property_is_one_field_however_alike_names_are() {
    let components = produce_with::<Vec<Component>>().len(1..=3_usize);
    let check = check!()
        .with_generator(components)
        .with_test_time(Duration::from_secs(5));
    check.for_each(|components| assert_is_matched(components));
}

/// The generated code, but the hash of the contract's text.
fn code(contract: &str) -> Vec<client_codegen::Artifact> {
    let outcome = client_codegen::run(contract);
    let told: Vec<_> = outcome
        .diagnostics
        .iter()
        .map(|found| &found.message)
        .collect();
    let mut files = outcome.artifacts.unwrap_or_else(|| panic!("{told:?}"));
    files.retain(|file| file.path.ends_with(".rs") && !file.path.ends_with("spec_sha256.rs"));
    files
}

const CYCLE: &str = r##"{"openapi": "3.0.3", "info": {"title": "Notes", "version": "1.0.0"},
  "servers": [{"url": "https://notes.example"}],
  "paths": {"/notes": {"get": {"operationId": "get_note", "responses": {"200": {"description": "Fine.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Beta"}}}}}}}},
  "components": {"schemas": {
    "Gamma": {"type": "object", "properties": {"alpha": {"$ref": "#/components/schemas/Alpha"},
      "more": {"type": "object", "properties": {"beta": {"$ref": "#/components/schemas/Beta"}}}}},
    "Beta": {"type": "object", "properties": {"alpha": {"$ref": "#/components/schemas/Alpha"},
      "either": {"oneOf": [{"$ref": "#/components/schemas/Gamma"}, {"type": "string"}]}}},
    "Alpha": {"type": "object", "required": ["beta"], "properties": {"beta": {"$ref": "#/components/schemas/Beta"}}}}}}"##;

/// The contract with the kinds of operation that an API like this grows.
fn extended() -> String {
    let contract = include_str!("../../../../openapi.yaml");
    let schemas = concat!(
        include_str!("../../../../tests/extension/parameters.yaml"),
        "  schemas:\n",
        include_str!("../../../../tests/extension/schemas.yaml")
    );
    let sections = [
        (
            "\npaths:\n",
            "\npaths:\n",
            include_str!("../../../../tests/extension/paths.yaml"),
        ),
        ("\n  schemas:\n", "\n", schemas),
        (
            "\n  securitySchemes:\n",
            "\n  securitySchemes:\n",
            include_str!("../../../../tests/extension/security.yaml"),
        ),
    ];
    sections
        .into_iter()
        .fold(contract.to_string(), |contract, (from, heading, more)| {
            edit(&contract, from, &format!("{heading}{more}"))
        })
}

#[test]
fn the_order_of_components_changes_nothing_in_the_code() {
    let contracts = [
        CYCLE,
        &extended(),
        NOTES,
        include_str!("../../../openapi-diff/tests/diff/grown.yaml"),
    ];
    for text in contracts {
        let document = Contract::load(text).expect("it is read").document;
        let expected = code(&document.to_string());
        let sections = document["components"]
            .as_object()
            .expect("it has components");
        for turn in 0..4 {
            let mut moved = document.clone();
            for (section, components) in sections {
                let mut entries: Vec<_> = components.as_object().into_iter().flatten().collect();
                let middle = turn * entries.len() / 4;
                entries.rotate_left(middle);
                if turn % 2 == 1 {
                    entries.reverse();
                }
                let entries = entries
                    .into_iter()
                    .map(|(name, value)| (name.clone(), value.clone()));
                moved["components"][section] = Value::Object(entries.collect());
            }
            assert_eq!(code(&moved.to_string()), expected, "turn {turn}");
        }
    }
}

#[test]
fn names_that_collide_in_rust_keep_their_spelling_on_the_wire() {
    let contract = edit(
        NOTES,
        "        likes:\n",
        "        vote: {type: string, enum: ['+1', '-1', a, A]}\n        caller-name: {type: string, x-sensitive: true}\n        caller_name: {type: string}\n        extra: {type: string}\n        likes:\n",
    );
    let api = run_to_compare(&contract).api.expect("it is fine");
    let names = |ty: &str| -> BTreeMap<String, String> {
        let members = api.types[ty].members.iter();
        members
            .map(|member| (member.name.clone(), member.wire.clone()))
            .collect()
    };
    let note = names("Note");
    assert_eq!(note["caller_name"], "caller_name");
    assert_eq!(note["caller_dash_name"], "caller-name");
    assert_eq!(note["extra_value"], "extra");
    assert!(api.types["Note"].hidden.contains("caller_dash_name"));
    let code: String = code(&contract)
        .into_iter()
        .map(|file| file.content)
        .collect();
    for written in [
        r#"#[serde(rename = "+1")]"#,
        r#"Self::Minus1 => f.write_str("-1")"#,
        r#""A" => Ok(Self::AUpper)"#,
    ] {
        assert!(code.contains(written), "{written}\n{code}");
    }
}
