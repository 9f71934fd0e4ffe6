//! Snapshots of a small contract, stage by stage.

use client_codegen::generate::generate;
use client_codegen::rewrite::{Generated, PASSES, split};
use client_codegen::transform::transform;
use openapi_document::Contract;
use similar::TextDiff;

use super::{NOTES, edit};

#[test]
fn transform_prepares_the_contract() {
    let contract = Contract::load(NOTES).expect("it is YAML");
    let prepared = transform(&contract);
    let text = serde_json::to_string_pretty(&prepared.document).expect("it is JSON");
    insta::assert_snapshot!(text);
}

#[test]
fn a_choice_has_the_types_of_its_parts_alone() {
    let choices = "    Either:
      type: object
      required: [id]
      anyOf: [{$ref: '#/components/schemas/Note'}, {type: string}]
    AnyOfTwo:
      type: object
      additionalProperties: false
      properties: {mail: {type: string}, phone: {type: string}}
      anyOf: [{required: [mail]}, {required: [phone]}]
    Sum:
      allOf: [{$ref: '#/components/schemas/AnyOfTwo'}, {properties: {fax: {type: string}}}]
";
    let contract = edit(
        NOTES,
        "    NoteUpdate:\n",
        &format!("{choices}    NoteUpdate:\n"),
    );
    let contract = Contract::load(&contract).expect("it is YAML");
    let prepared = transform(&contract);
    let schemas = &prepared.document["components"]["schemas"];
    let keys = |name: &str| {
        let schema = schemas[name].as_object().expect("it is there");
        schema.keys().map(String::as_str).collect::<Vec<_>>()
    };
    assert_eq!(keys("Either"), ["oneOf"]);
    let object = ["type", "additionalProperties", "properties"];
    assert_eq!(keys("AnyOfTwo"), object);
    let mut sum = keys("Sum");
    sum.sort_by_key(|key| object.iter().position(|known| known == key));
    assert_eq!(sum, object);
    let file = generate(&contract, &prepared.document).expect("progenitor can do it");
    client_codegen::rewrite::rewrite(&contract, file, &prepared.plan).expect("the passes know it");
}

#[test]
fn an_envelope_stays_if_its_data_need_not_be_there() {
    let contract = edit(NOTES, "required: [data, success]", "required: [success]");
    let contract = edit(&contract, "          x-identifies: id\n", "");
    let artifacts = client_codegen::run(&contract)
        .artifacts
        .expect("it is fine");
    let operations = &artifacts[0].content;
    assert!(
        operations.contains("Response<types::GetNoteResponse>"),
        "{operations}"
    );
}

#[test]
fn each_pass_changes_what_it_says() {
    let contract = Contract::load(NOTES).expect("it is YAML");
    let prepared = transform(&contract);
    let file = generate(&contract, &prepared.document).expect("progenitor can do it");
    let mut generated = split(file).expect("progenitor writes what it always wrote");
    let mut before = source(&generated);
    for pass in PASSES {
        pass.run(&mut generated, &prepared.plan)
            .unwrap_or_else(|problem| panic!("{}: {problem:?}", pass.name));
        let after = source(&generated);
        let diff = TextDiff::from_lines(&before, &after);
        let diff = diff.unified_diff().context_radius(1).to_string();
        insta::assert_snapshot!(format!("pass_{}", pass.name), diff);
        before = after;
    }
}

/// The code as far as it is, formatted.
fn source(generated: &Generated) -> String {
    let types = formatted(syn_file(&generated.types));
    let methods: String = generated
        .methods
        .iter()
        .map(|method| {
            let item: syn::Item = syn::parse_quote!(impl Client { #method });
            formatted(syn_file(&[item]))
        })
        .collect();
    format!("{types}\n{methods}")
}

fn formatted(file: syn::File) -> String {
    client_codegen::artifacts::formatted(file)
}

fn syn_file(items: &[syn::Item]) -> syn::File {
    syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: items.to_vec(),
    }
}

#[test]
fn operations_of_a_small_contract() {
    insta::assert_snapshot!(artifact("operations.rs"));
}

#[test]
fn service_of_a_small_contract() {
    insta::assert_snapshot!(artifact("service.rs"));
}

#[test]
fn types_of_a_small_contract() {
    insta::assert_snapshot!(artifact("types.rs"));
}

fn artifact(name: &str) -> String {
    let artifacts = client_codegen::run(NOTES).artifacts.expect("it is fine");
    let found = artifacts
        .into_iter()
        .find(|artifact| artifact.path.ends_with(name));
    found.expect("it is one of the files").content
}

#[test]
fn a_pass_that_does_not_find_what_it_expects_is_an_error() {
    let contract = Contract::load(NOTES).expect("it is YAML");
    let prepared = transform(&contract);
    let file = generate(&contract, &prepared.document).expect("progenitor can do it");
    // As a newer progenitor might write it.
    let newer = formatted(file).replace("operation_id:", "operation_name:");
    let newer: syn::File = syn::parse_str(&newer).expect("still Rust");
    let Err(told) = client_codegen::rewrite::rewrite(&contract, newer, &prepared.plan) else {
        panic!("the pass must not go on");
    };
    assert_eq!(told.code, "codegen::rewrite");
    assert!(told.message.contains("pass `calls`"), "{}", told.message);
    assert!(
        told.message.contains("operation `get_note`"),
        "{}",
        told.message
    );
    let at = contract
        .source()
        .line_column(told.span.expect("a place").start);
    assert_eq!((at.line, at.column), (13, 5), "the operation's line");
}

#[test]
fn a_property_without_exactly_one_field_of_its_name_is_an_error() {
    let contract = Contract::load(NOTES).expect("it is YAML");
    let prepared = transform(&contract);
    let file = generate(&contract, &prepared.document).expect("progenitor can do it");
    let written = formatted(file);
    for (from, to, expected) in [
        ("pub likes:", "pub like_count:", "in `Note.like_count`"),
        (
            "pub likes:",
            "#[serde(rename = \"loves\")] pub likes:",
            "found `a field for `loves``",
        ),
        (
            "pub likes:",
            "pub likes: i64, pub likes:",
            "in `Note.likes`",
        ),
        (
            "pub struct NoteUpdate {",
            "pub struct Update {",
            "in `Update.text`",
        ),
        (
            "pub struct NoteUpdate {",
            "pub struct Note {",
            "in `Note.text`",
        ),
    ] {
        let other = written.replacen(from, to, 1);
        assert_ne!(other, written, "{from}");
        let other = syn::parse_str(&other).expect("still Rust");
        let Err(told) = client_codegen::rewrite::rewrite(&contract, other, &prepared.plan) else {
            panic!("{to}: the pass must not go on");
        };
        assert!(told.message.contains("pass `fields`"), "{}", told.message);
        assert!(told.message.contains(expected), "{}", told.message);
    }
}
