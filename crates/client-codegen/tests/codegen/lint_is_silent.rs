//! No false alarms: what is legitimate passes without a word.

use super::{NOTES, edit, told};

/// What these edits leave out because they are small.
const TERSE: [&str; 2] = ["policy::description", "spec::unused-component"];

fn assert_silent(text: &str) {
    let outcome = client_codegen::run(text);
    let mut found = outcome.diagnostics;
    found.retain(|found| !TERSE.contains(&found.code));
    assert_eq!(told(text, &found), "");
    assert!(outcome.artifacts.is_some());
}

#[test]
fn about_the_contract() {
    assert_silent(include_str!("../../../../openapi.yaml"));
}

#[test]
fn about_anchors_merges_block_scalars_and_extensions() {
    assert_silent(&edit(
        NOTES,
        "      description: A note.\n",
        "      description: >-\n        A note.\n\n        With a second paragraph.\n      x-owner: &owner\n        x-team: leads\n      x-copy:\n        <<: *owner\n        x-more: true\n",
    ));
}

#[test]
fn about_several_error_schemas_and_errors_that_are_not_json() {
    assert_silent(&edit(
        NOTES,
        "        '404':\n          description: No such note.\n          x-not-found: NO_SUCH_NOTE\n",
        "        4XX:\n          description: HTML.\n          content: {text/html: {schema: {type: string}}}\n        503:\n          description: JSON.\n          content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}\n        default:\n          description: Nothing.\n",
    ));
}

#[test]
fn about_keys_that_mean_the_same_with_and_without_quotes() {
    assert_silent(&edit(
        NOTES,
        "        likes:\n",
        "        1: {type: string}\n        1.5: {type: string}\n        on: {type: string}\n        true: {type: string}\n        null: {type: string}\n        'False': {type: string}\n        likes:\n",
    ));
}

#[test]
fn about_line_ends_and_a_byte_order_mark() {
    assert_silent(&NOTES.replace('\n', "\r\n"));
    assert_silent(&format!("\u{feff}{NOTES}"));
}

#[test]
fn about_a_contract_in_json() {
    let value = openapi_document::Contract::load(NOTES)
        .expect("it is YAML")
        .document;
    assert_silent(&serde_json::to_string_pretty(&value).expect("it is JSON"));
}

#[test]
fn about_types_that_hold_themselves() {
    assert_silent(&edit(
        NOTES,
        "        likes:\n",
        "        answers:\n          type: array\n          items: {$ref: '#/components/schemas/Note'}\n        parent:\n          description: What it answers.\n          allOf: [{$ref: '#/components/schemas/Note'}]\n        likes:\n",
    ));
}

#[test]
fn about_a_mark_on_a_property_of_any_name() {
    assert_silent(&edit(
        NOTES,
        "        likes:\n",
        "        schema:\n          type: string\n          x-sensitive: true\n        likes:\n",
    ));
}

#[test]
fn about_parameters_whose_type_stands_elsewhere() {
    let parameters = "        - {name: a, in: query, schema: {enum: [x, y]}}\n        - {name: b, in: query, schema: {allOf: [{$ref: '#/components/schemas/Order'}]}}\n        - {name: c, in: query, schema: {items: {allOf: [{$ref: '#/components/schemas/Order'}]}}}\n        - {name: D, in: header, required: true, schema: {description: D., allOf: [{type: integer}]}}\n        - name: author\n";
    let contract = edit(NOTES, "        - name: author\n", parameters);
    assert_silent(&format!(
        "{contract}    Order: {{type: string, enum: [up, down]}}\n"
    ));
}

#[test]
fn about_a_property_called_extra_of_what_is_only_sent() {
    let contract = edit(
        NOTES,
        "      description: What is to change.\n      properties:\n",
        "      description: What is to change.\n      properties:\n        extra:\n          type: object\n          properties:\n            extra: {type: string}\n",
    );
    assert_silent(&contract);
}

#[test]
fn about_long_chains_of_components() {
    let of_two = |n| {
        let next = format!("{{$ref: '#/components/schemas/S{}'}}", n + 1);
        format!(
            "    S{n}: {{allOf: [{next}, {next}]}}\n    R{n}: {{$ref: '#/components/schemas/R{}'}}\n",
            n + 1
        )
    };
    // Reading each part wherever it occurs would take longer than anyone waits: 2^40 times.
    let chain: String = (0..40).map(of_two).collect();
    assert_silent(&format!(
        "{NOTES}{chain}    S40: {{$ref: '#/components/schemas/Note'}}\n    R40: {{$ref: '#/components/schemas/Note'}}\n"
    ));
}
