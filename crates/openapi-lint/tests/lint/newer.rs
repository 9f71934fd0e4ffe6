//! OpenAPI 3.1: the same rules, at the places of the text as it is written.

use openapi_lint::lint;

use crate::listed;

/// A document of one component, which a response uses.
fn document(schema: &str) -> String {
    let lines = schema.lines().map(|line| format!("      {line}\n"));
    let schema: String = lines.collect();
    format!(
        "openapi: 3.1.0
info: {{title: Things, description: Things., version: 1.0.0, summary: All about things}}
servers: [{{url: https://things.example}}]
tags: [{{name: things, description: Things.}}]
security: [{{}}]
paths:
  /things:
    get:
      operationId: get_things
      tags: [things]
      summary: Get things
      responses:
        '200':
          description: Things.
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing'}}}}}}
components:
  schemas:
    Thing:
      type: object
      description: A thing.
{schema}"
    )
}

/// What is reported about a schema: a line each of code, line of the schema, and message.
fn found(schema: &str) -> Vec<String> {
    let text = document(schema);
    let (contract, found) = lint(&text);
    let contract = contract.expect("it is a contract");
    let lines = found.iter().map(|found| {
        assert!(
            found.help.is_some(),
            "{}",
            listed(&text, std::slice::from_ref(found))
        );
        let span = found.span.clone().unwrap_or_default();
        let line = contract.source().line_column(span.start).line;
        format!(
            "{} {} {}",
            found.code,
            line.saturating_sub(20),
            found.message
        )
    });
    lines.collect()
}

#[test]
fn is_silent_about_what_3_1_allows() {
    let schema = "
additionalProperties: true
$defs:
  size: {type: [integer, 'null'], exclusiveMinimum: 0, description: A size., examples: [1, 2]}
properties:
  a: {type: [string, 'null'], description: A., examples: [x]}
  b: {const: red, description: B.}
  c: {$ref: '#/components/schemas/Thing/$defs/size', description: C.}
  d: {anyOf: [{type: string}, {type: 'null'}], description: D., default: null}
  e: {type: [string, integer], description: E.}
  f: {type: array, description: F.}
  g: {type: string, contentEncoding: base64, contentMediaType: image/png, description: G.}
  h: {description: H., $comment: 'a note', items: true, type: array}
";
    assert_eq!(found(schema.trim()), [] as [&str; 0]);
}

#[test]
fn names_what_no_client_can_express_where_it_stands() {
    let schema = "
if: {properties: {a: {const: x}}}
then: {required: [b]}
patternProperties: {'^x': {type: string}}
dependentSchemas: {a: {required: [b]}}
properties:
  a: {type: string, description: A., nullable: true}
  b: {type: array, prefixItems: [{type: string}], items: false, description: B.}
";
    assert_eq!(
        found(schema.trim()),
        [
            "codegen::ignored-keyword 1 `if` is ignored: properties that depend on a condition have no type of their own",
            "codegen::ignored-keyword 3 `patternProperties` is ignored: which names the properties have is not checked",
            "codegen::ignored-keyword 4 `dependentSchemas` is ignored: properties that depend on another one have no type of their own",
            "spec::outdated-keyword 6 `nullable` means nothing in OpenAPI 3.1",
            "codegen::ignored-keyword 7 `prefixItems` is ignored: the elements are of any type, whatever their position",
        ]
    );
}

#[test]
fn finds_mistakes_at_their_places_in_words_of_3_1() {
    let schema = "
properties:
  a: {type: [string, 'null', text], description: A.}
  b: {anyOf: [{type: 'null'}, {type: integer, minLength: 3}], description: B.}
  c: {$ref: '#/components/schemas/Thin', description: C.}
  d: {type: string, enum: [x, null], description: D.}
  e: {type: string, descripton: E.}
  f: {type: [string, 'null'], examples: [7], description: F.}
";
    assert_eq!(
        found(schema.trim()),
        [
            "spec::type 2 `text` is no type",
            "spec::dangling-ref 4 `#/components/schemas/Thin` leads to nothing",
            "spec::type 3 `minLength` means nothing beside `type: integer`",
            "spec::enum 5 `null` is no string, as its type says",
            "spec::unknown-field 6 OpenAPI 3.1 has no field `descripton` in this schema",
            "example::mismatch 7 this example does not fit its schema: the value is not of type \"string\"",
        ]
    );
}
