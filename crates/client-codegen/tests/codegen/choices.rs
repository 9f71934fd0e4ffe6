//! Types of all shapes. Choices: what their variants are called, what stands beside them, and which property tells them
//! apart.

use super::{NOTES, edit, told};

/// `types.rs` of the contract with these schemas, without line breaks.
fn types(schemas: &str) -> String {
    let contract = edit(
        NOTES,
        "    NoteFolder:\n",
        &format!("{schemas}    NoteFolder:\n"),
    );
    let outcome = client_codegen::run(&contract);
    let told = told(&contract, &outcome.diagnostics);
    let artifacts = outcome.artifacts.unwrap_or_else(|| panic!("{told}"));
    let file = artifacts
        .iter()
        .find(|file| file.path.ends_with("types.rs"));
    let text = &file.expect("it is one of the files").content;
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn assert_has(code: &str, parts: &[&str]) {
    for part in parts {
        assert!(code.contains(part), "no `{part}` in:\n{code}");
    }
}

const PETS: &str = "    Cat: {type: object, required: [kind], properties: {kind: {type: string, enum: [cat, kitten]}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}}}
";

#[test]
fn payloads_of_callbacks_have_types() {
    let from = "      operationId: list_notes\n";
    let payload = "{type: object, required: [at], properties: {at: {type: integer}}}";
    let callbacks = format!(
        "{from}      callbacks:
        saved:
          '{{$request.query.url}}':
            post:
              requestBody: {{content: {{application/json: {{schema: {payload}}}}}}}
              responses: {{'204': {{description: Taken.}}}}
"
    );
    let outcome = client_codegen::run(&edit(NOTES, from, &callbacks));
    let artifacts = outcome.artifacts.expect("it is fine");
    let types = artifacts
        .iter()
        .find(|file| file.path.ends_with("types.rs"));
    assert_has(
        &types.expect("it is there").content,
        &["pub struct SavedPayload {"],
    );
}

#[test]
fn variants_are_called_after_their_types() {
    let types = types(
        "    Mixed:
      oneOf:
        - {$ref: '#/components/schemas/Note'}
        - {type: integer}
        - {type: integer, format: int32}
        - {type: array, items: {type: string, format: uuid}}
        - {type: object, additionalProperties: {type: boolean}}
        - {type: object}
        - {type: object, properties: {a: {type: string}}}
    Open: {anyOf: [{type: string}, {}]}
",
    );
    assert_has(
        &types,
        &[
            "Note(Note),",
            "Integer(i64),",
            "Integer2(i32),",
            "UuidList(Vec<Uuid>),",
            "BooleanMap(HashMap<String, bool>),",
            "Object(Extra),",
            "Variant7(MixedVariant7), /// JSON that fits no other variant, as sent. Unknown(Json), }",
            "String(String), /// `Unknown`. Unknown(Json), }",
        ],
    );
}

#[test]
fn a_mapping_values_of_the_property_or_names_tell_parts_apart() {
    let types = types(&format!(
        "{PETS}    Pet:
      oneOf:
        - {{$ref: '#/components/schemas/Cat'}}
        - {{$ref: '#/components/schemas/Dog'}}
        - {{$ref: '#/components/schemas/Note'}}
      discriminator: {{propertyName: kind, mapping: {{hound: Dog, dog: '#/components/schemas/Dog'}}}}
"
    ));
    let tags = r#""cat" is Cat, "kitten" is Cat, "hound" is Dog, "dog" is Dog, "Note" is Note, other Unknown }"#;
    assert_has(&types, &[&format!(r#"tagged!(Pet {{ by "kind", {tags}"#)]);
}

#[test]
fn parts_have_what_stands_beside_the_choice() {
    let types = types(&format!(
        "{PETS}    Pet:
      type: object
      required: [id]
      properties: {{id: {{type: string}}}}
      anyOf:
        - {{$ref: '#/components/schemas/Cat'}}
        - {{$ref: '#/components/schemas/Dog'}}
      discriminator: {{propertyName: kind}}
"
    ));
    assert_has(
        &types,
        &[
            "Cat(PetCat),",
            r#"object!(PetCat { required id "id", required kind "kind", ..extra });"#,
            r#"object!(PetDog { required id "id", required kind "kind", ..extra });"#,
            r#"tagged!(Pet { by "kind", "cat" is Cat, "kitten" is Cat, "Dog" is Dog, other Unknown });"#,
        ],
    );
}

#[test]
fn a_part_without_a_value_is_tried_in_its_order() {
    let types = types(&format!(
        "{PETS}    Pet:
      oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{type: object, properties: {{kind: {{type: string}}}}}}]
      discriminator: {{propertyName: kind}}
"
    ));
    assert_has(&types, &["one_of!(Pet { Cat, Variant2, Unknown, });"]);
}
