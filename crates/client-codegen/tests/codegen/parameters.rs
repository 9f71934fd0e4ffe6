//! Parameters: how each is written, what it is called, and what is not sent.

use super::calls::{assert_has, file};
use super::{NOTES, edit, told};

/// The contract with these parameters of `list_notes`.
fn with_parameters(parameters: &str) -> String {
    let list = "      parameters:\n        - name: author\n";
    let more = format!("      parameters:\n{parameters}        - name: author\n");
    edit(NOTES, list, &more)
}

#[test]
fn a_style_is_written_where_it_is_not_the_usual_one() {
    let contract = with_parameters(
        "        - {name: a, in: query, schema: {type: array, items: {type: integer}}}
        - {name: b, in: query, explode: false, schema: {type: array, items: {type: integer}}}
        - {name: c, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}
        - {name: d, in: query, style: deepObject, schema: {type: object, properties: {x: {type: string}}}}
        - {name: e, in: query, required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}
        - {name: f, in: query, allowReserved: true, schema: {type: string}}
        - {name: X-G, in: header, explode: true, schema: {type: object, additionalProperties: {type: integer}}}
",
    );
    assert_has(
        &file(&contract, "operations.rs"),
        &[
            r#".query("a", &params.a)"#,
            r#".query_styled("b", &params.b, Style::Form { explode: false })"#,
            r#".query_styled("c", &params.c, Style::PipeDelimited)"#,
            r#".query_styled("d", &params.d, Style::DeepObject)"#,
            r#".query_styled("e", e, Style::Json)"#,
            r#".query_reserved("f", &params.f, Style::Form { explode: true })"#,
            r#".header_styled("X-G", &params.x_g, Style::Simple { explode: true })"#,
            "e: &types::Note,",
            "use crate::request::Style;",
        ],
    );
    assert_has(
        &file(&contract, "types.rs"),
        &[
            "pub d: Option<ListNotesD>,",
            "pub struct ListNotesD { ",
            "pub x_g: Option<HashMap<String, i64>>,",
        ],
    );
}

#[test]
fn lists_and_objects_stand_in_paths() {
    let own = "        - name: id
          in: path
          required: true
          description: Note ID.
          x-identifies: id
          schema:
            type: string
            format: uuid
";
    let list = "        - {name: id, in: path, required: true, style: label, explode: true, schema: {type: array, items: {type: string}}}\n";
    assert_has(
        &file(&edit(NOTES, own, list), "operations.rs"),
        &[
            "pub async fn get_note(&self, id: &[String])",
            r#".path_styled("id", id, Style::Label { explode: true })"#,
        ],
    );
}

#[test]
fn parameters_that_collide_are_arguments_of_their_own() {
    let contract = with_parameters(
        "        - {name: 'At<', in: query, schema: {type: string, enum: [a, b]}}
        - {name: at, in: query, schema: {type: string, enum: [c]}}
        - {name: At, in: header, required: true, schema: {type: string}}
        - {name: params, in: query, schema: {type: string}}
",
    );
    assert_has(
        &file(&contract, "operations.rs"),
        &[
            "at_header: &str, params: &types::ListNotesParams",
            r#".header("At", at_header)"#,
            r#".query("At<", &params.at_less)"#,
            r#".query("at", &params.at)"#,
            r#".query("params", &params.params_query)"#,
        ],
    );
    assert_has(
        &file(&contract, "types.rs"),
        &[
            "pub at_less: Option<ListNotesAtLess>,",
            "pub at: Option<ListNotesAt>,",
        ],
    );
}

#[test]
fn what_is_not_sent_is_no_argument() {
    let contract = with_parameters(
        "        - {name: session, in: cookie, required: true, schema: {type: string}}
        - {name: accept, in: header, required: true, schema: {type: string}}
        - {name: User-Agent, in: header, schema: {type: string}}
        - {name: elsewhere, in: path, required: true, schema: {type: string}}
",
    );
    let operations = file(&contract, "operations.rs");
    assert_has(
        &operations,
        &[
            "pub async fn list_notes(&self) ->",
            r#".call(OPERATION).query("author","#,
        ],
    );
    let told = told(&contract, &client_codegen::lint(&contract).1);
    for code in [
        "codegen::cookie",
        "codegen::ignored-header",
        "spec::path-parameter",
    ] {
        assert!(told.contains(code), "{code} in:\n{told}");
    }
}

#[test]
fn a_name_in_the_path_without_a_parameter_is_a_text() {
    let contract = edit(NOTES, "  /notes/{id}:\n", "  /{org}/notes/{id}:\n");
    assert_has(
        &file(&contract, "operations.rs"),
        &[
            "pub async fn get_note( &self, org: &str, id: &Uuid, )",
            r#".path("org", org) .path("id", id)"#,
        ],
    );
}

#[test]
fn a_path_is_sent_without_its_fragment_and_with_its_query() {
    let again = "  /notes#again:
    get: {operationId: list_again, responses: {'204': {description: Done.}}}
  /notes?all=true:
    get: {operationId: list_all, responses: {'204': {description: Done.}}}
  /notes/{other}:
    get: {operationId: get_other, responses: {'204': {description: Done.}}}
components:
";
    let contract = edit(NOTES, "components:\n", again);
    assert_has(
        &file(&contract, "operations.rs"),
        &[
            r#"id: "list_again", method: Method::GET, path: "/notes","#,
            r#"id: "list_all", method: Method::GET, path: "/notes?all=true","#,
            r#"id: "get_other", method: Method::GET, path: "/notes/{other}","#,
        ],
    );
}

#[test]
fn an_operation_is_sent_to_its_own_server() {
    let servers = |own: &str| {
        let from = "      operationId: list_notes\n";
        edit(NOTES, from, &format!("{from}      {own}\n"))
    };
    for (own, expected) in [
        (
            "servers: [{url: 'https://other.example'}]",
            Some(r#".server("https://other.example", Scheme::None)"#),
        ),
        (
            "servers: [{url: 'https://other.example'}]\n      security: [{key: []}]",
            Some(r#".server("https://other.example", Scheme::Bearer)"#),
        ),
        (
            "servers: [{url: '/v2'}]",
            Some(r#".server("https://notes.example/v2", Scheme::Bearer)"#),
        ),
        ("servers: [{url: 'https://notes.example/'}]", None),
    ] {
        let operations = file(&servers(own), "operations.rs");
        match expected {
            Some(step) => assert_has(&operations, &[step]),
            None => assert!(!operations.contains(".server("), "{operations}"),
        }
    }
    let outcome = client_codegen::run(&servers("servers: [{url: 'wss://other.example'}]"));
    assert!(
        outcome
            .diagnostics
            .iter()
            .any(|found| found.code == "codegen::server")
    );
    assert!(outcome.artifacts.is_none());
}

#[test]
fn a_form_is_a_value_of_a_type() {
    let form = |media_type: &str, encoding: &str| {
        let json = "          application/json:
            schema:
              $ref: '#/components/schemas/NoteUpdate'
";
        let form = json.replace("application/json", media_type) + encoding;
        edit(NOTES, json, &form)
    };
    let encoding = "            encoding:
              text: {contentType: application/json}
              author: {style: deepObject}
              more: {headers: {}}
";
    let urlencoded = "application/x-www-form-urlencoded";
    let contract = form(urlencoded, encoding);
    assert_has(
        &file(&contract, "operations.rs"),
        &[
            "body: &types::NoteUpdate,",
            r#".form(body, &[("text", Style::Json), ("author", Style::DeepObject)])"#,
        ],
    );
    let optional = contract.replace(
        "        required: true\n        content:",
        "        content:",
    );
    assert_has(
        &file(&optional, "operations.rs"),
        &[r#".optional_form( &params.body, &[("text","#],
    );
    let other = form("'application/x-www-form-urlencoded; charset=utf-8'", "");
    assert_has(
        &file(&other, "operations.rs"),
        &[r#".form(body, &[]) .media_type("application/x-www-form-urlencoded; charset=utf-8")"#],
    );
}
