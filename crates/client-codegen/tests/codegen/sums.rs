//! Parts of `allOf` that agree are one type.

use client_codegen::transform::transform;
use openapi_document::Contract;
use serde_json::{Value, json};

use super::{NOTES, edit, told};

/// The schemas of the small contract with more of them, as progenitor sees them.
fn schemas(more: &str) -> Value {
    let text = edit(
        NOTES,
        "    NoteUpdate:\n",
        &format!("{more}    NoteUpdate:\n"),
    );
    let outcome = client_codegen::run(&text);
    let told = told(&text, &outcome.diagnostics);
    assert!(outcome.artifacts.is_some(), "{told}");
    let contract = Contract::load(&text).expect("it is YAML");
    transform(&contract).document["components"]["schemas"].take()
}

const BASE: &str = "    Base:
      type: object
      required: [id]
      properties:
        id: {type: string}
        kind: {type: string, description: What it is.}
        state: {$ref: '#/components/schemas/State'}
        parent: {$ref: '#/components/schemas/Base'}
        size: {type: number, maximum: 9}
        secret: {type: string, x-sensitive: true}
    State: {type: string, enum: [open, done]}
";

#[test]
fn properties_that_annotate_or_narrow_each_other() {
    let schemas = schemas(&format!(
        "{BASE}    Memo:
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          properties:
            id: {{type: string, format: uuid}}
            kind: {{type: string, enum: [memo], default: memo}}
            state: {{description: Of the memo.}}
            parent: {{$ref: '#/components/schemas/Memo'}}
            size: {{type: integer, minimum: 1}}
            secret: {{type: string, maxLength: 9}}
"
    ));
    let memo = &schemas["Memo"]["properties"];
    assert_eq!(memo["id"], json!({"type": "string", "format": "uuid"}));
    let kind = json!([{"$ref": "#/components/schemas/MemoKind"}]);
    assert_eq!(memo["kind"]["allOf"], kind);
    assert_eq!(schemas["MemoKind"]["enum"], json!(["memo"]));
    let state = json!([{"$ref": "#/components/schemas/State"}]);
    assert_eq!(memo["state"]["allOf"], state);
    assert_eq!(memo["state"]["description"], "Of the memo.");
    assert_eq!(memo["parent"]["$ref"], "#/components/schemas/Memo");
    assert_eq!(memo["size"]["type"], "integer");
}

#[test]
fn values_and_references_with_annotations() {
    let schemas = schemas(&format!(
        "{BASE}    Holder:
      type: object
      properties:
        state:
          allOf:
            - $ref: '#/components/schemas/State'
            - description: Of the holder.
        narrow:
          allOf:
            - $ref: '#/components/schemas/State'
            - enum: [open]
        name: {{allOf: [{{type: string}}, {{maxLength: 9}}]}}
    Annotated:
      allOf:
        - title: Annotated
        - $ref: '#/components/schemas/State'
"
    ));
    let holder = &schemas["Holder"]["properties"];
    let state = json!([{"$ref": "#/components/schemas/State"}]);
    assert_eq!(holder["state"]["allOf"], state);
    assert_eq!(holder["state"]["description"], "Of the holder.");
    assert_eq!(schemas["HolderNarrow"]["enum"], json!(["open"]));
    assert_eq!(holder["name"]["type"], "string");
    assert_eq!(schemas["Annotated"]["allOf"], state);
}

#[test]
fn a_choice_takes_what_the_other_parts_say() {
    let schemas = schemas(&format!(
        "{BASE}    Either:
      allOf:
        - $ref: '#/components/schemas/Base'
        - oneOf:
            - {{type: object, required: [a], properties: {{a: {{type: string}}}}}}
            - {{type: object, required: [b], properties: {{b: {{type: string}}}}}}
"
    ));
    for (variant, own) in [("EitherVariant1", "a"), ("EitherVariant2", "b")] {
        assert_eq!(schemas[variant]["required"], json!(["id", own]));
    }
}

#[test]
fn a_contradiction_names_both_places() {
    let memo = "    Memo:
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          properties:
            kind: {type: integer}
";
    let text = edit(
        NOTES,
        "    NoteUpdate:\n",
        &format!("{BASE}{memo}    NoteUpdate:\n"),
    );
    let outcome = client_codegen::run(&text);
    assert!(outcome.artifacts.is_none());
    let codes = outcome.diagnostics.iter();
    let error = codes
        .filter(|found| found.code == "codegen::composition")
        .collect::<Vec<_>>();
    assert_eq!(error.len(), 1);
    assert_eq!(
        &*error[0].message,
        "the parts don't agree on what `kind` is: one is string, the other integer"
    );
    assert_eq!(error[0].context.len(), 2);
}

#[test]
fn two_that_refer_to_each_other_have_an_end() {
    let component = |name: &str, other: &str| {
        format!(
            "    {name}:\n      type: object\n      properties:\n        {other}: {{type: string}}\n        next: {{allOf: [{{$ref: '#/components/schemas/{name}'}}, {{properties: {{{name}: {{type: string}}}}}}]}}\n        more: {{allOf: [{{$ref: '#/components/schemas/{name}'}}, {{properties: {{{name}: {{type: string}}}}}}]}}\n"
        )
    };
    let both = "    Both: {allOf: [{$ref: '#/components/schemas/Left'}, {$ref: '#/components/schemas/Right'}]}\n";
    let more = component("Left", "x") + &component("Right", "y") + both;
    let text = edit(
        NOTES,
        "    NoteUpdate:\n",
        &format!("{more}    NoteUpdate:\n"),
    );
    let outcome = client_codegen::run(&text);
    assert!(outcome.artifacts.is_none());
}
