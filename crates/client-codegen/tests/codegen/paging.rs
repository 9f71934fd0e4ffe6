//! `x-pagination` and `x-idempotency-key` in generated code.

use super::told;

/// A list with pages.
const LIST: &str = "\
openapi: 3.0.3
info: {title: Notes API, description: Notes., version: 1.0.0}
servers: [{url: https://notes.example}]
paths:
  /teams/{team}/notes:
    get:
      operationId: list_notes
      summary: List notes
      security: []
      x-pagination: {cursor: after, next: NEXT, items: ITEMS}
      parameters:
        - {name: team, in: path, required: true, description: A team., schema: {type: string, format: uuid}}
        - {name: client, in: query, required: true, description: A client., schema: {type: integer}}
        - {name: cursor, in: header, required: true, description: A color., schema: {type: string}}
        - {name: after, in: query, description: Where a page begins., schema: CURSOR}
      responses:
        '200':
          description: A page.
          content: {application/json: {schema: BODY}}
components:
  schemas:
    Cursor: {type: string, description: A cursor.}
    Note: {type: object, description: A note., properties: {text: {type: string, description: It.}}}
    Notes: {type: array, description: Notes., items: {$ref: '#/components/schemas/Note'}}
    Page:
      type: object
      description: A page.
      properties:
        notes: {type: array, description: Notes., items: {$ref: '#/components/schemas/Note'}}
        next: {type: string, nullable: true, description: The next cursor.}
        all: {$ref: '#/components/schemas/Notes'}
        named: {$ref: '#/components/schemas/Cursor'}
        number: {type: integer, description: The next page.}
        inner: {type: object, nullable: true, allOf: [{$ref: '#/components/schemas/Page'}], description: More.}
    Required:
      type: object
      description: A page.
      required: [data, next]
      properties:
        data: {type: array, description: Names., items: {type: string, nullable: true}}
        next: {type: string, description: The next cursor.}
";

const TEXT: &str = "{type: string}";
const PAGE: &str = "{$ref: '#/components/schemas/Page'}";

/// The stream's method, without line breaks.
fn stream(cursor: &str, next: &str, items: &str, body: &str) -> String {
    let contract = LIST
        .replace("CURSOR", cursor)
        .replace("NEXT", next)
        .replace("ITEMS", items)
        .replace("BODY", body);
    let outcome = client_codegen::run(&contract);
    let told = told(&contract, &outcome.diagnostics);
    let artifacts = outcome.artifacts.unwrap_or_else(|| panic!("{told}"));
    let operations = &artifacts[0].content;
    let (_, method) = operations
        .split_once("pub fn list_notes_stream")
        .expect("it is there");
    method.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_stream_asks_page_after_page() {
    let required = "{$ref: '#/components/schemas/Required'}";
    let method = stream(TEXT, "next", "data", required);
    let expected = "( &self, team: &Uuid, client: i64, cursor: &str, params: &types::ListNotesParams, ) -> impl Stream<Item = Result<Option<String>, Error>> + Send + Unpin + use<> { \
        let _client = self.clone(); \
        let team = team.to_owned(); \
        let cursor = cursor.to_owned(); \
        let params = params.to_owned(); \
        Pages::new( \
            \"next\", \
            params.after.clone(), \
            move |_cursor| { \
                let _client = _client.clone(); \
                let team = team.clone(); \
                let cursor = cursor.clone(); \
                let mut params = params.clone(); \
                params.after = _cursor; \
                async move { _client.list_notes_with(&team, client, &cursor, &params).await } \
            }, \
            |page: types::Required| { let next = Some(page.next.clone()); (page.data, next) }, \
        ) } }";
    assert_eq!(method, expected);
}

#[test]
fn paths_lead_through_options_wrappers_and_envelopes() {
    let named = "{$ref: '#/components/schemas/Cursor'}";
    let enveloped = "{type: object, required: [success, data], properties: {success: {type: boolean}, data: {$ref: '#/components/schemas/Page'}}}";
    let list = "{type: object, required: [data], properties: {next: {type: string}, data: {$ref: '#/components/schemas/Notes'}}}";
    for (cursor, next, items, body, expected) in [
        (
            TEXT,
            "next",
            "notes",
            PAGE,
            "let next = page.next.clone(); (page.notes.unwrap_or_default(), next)",
        ),
        (
            TEXT,
            "inner.next",
            "inner.inner.notes",
            PAGE,
            "let next = page.inner.as_ref().and_then(|page| page.next.clone()); ( page .inner .and_then(|page| page.inner) .and_then(|page| page.notes) .unwrap_or_default(), next, )",
        ),
        (
            TEXT,
            "data.next",
            "data.notes",
            enveloped,
            "let next = page.next.clone(); (page.notes.unwrap_or_default(), next)",
        ),
        (
            TEXT,
            "next",
            "data",
            list,
            "let next = page.next.clone(); (page.data.0, next)",
        ),
        (
            named,
            "named",
            "all",
            PAGE,
            "let next = page.named.as_ref().map(|page| page.0.clone()); (page.all.map(|page| page.0).unwrap_or_default(), next)",
        ),
        (
            "{type: integer}",
            "number",
            "notes",
            PAGE,
            "let next = page.number.clone(); (page.notes.unwrap_or_default(), next)",
        ),
    ] {
        let method = stream(cursor, next, items, body);
        assert!(method.contains(expected), "{next}: {method}");
    }
    let wrapped = stream(named, "next", "notes", PAGE);
    for part in [
        "params.after.clone().map(|cursor| cursor.0)",
        "params.after = _cursor.map(types::Cursor)",
    ] {
        assert!(wrapped.contains(part), "{wrapped}");
    }
}

#[test]
fn a_stream_beside_an_operation_of_its_name_is_an_error() {
    let contract = LIST
        .replace("CURSOR", TEXT)
        .replace("NEXT", "next")
        .replace("ITEMS", "notes")
        .replace("BODY", PAGE);
    let second = "  /stream:\n    get:\n      operationId: listNotesStream\n      summary: Another\n      security: []\n      responses:\n        '204': {description: Done.}\ncomponents:\n";
    let contract = contract.replace("components:\n", second);
    let found = client_codegen::run(&contract).diagnostics;
    assert!(
        openapi_document::any_error(&found[..1]),
        "{}",
        told(&contract, &found)
    );
    assert!(
        !openapi_document::any_error(&found[1..]),
        "{}",
        told(&contract, &found)
    );
    assert_eq!(found[0].code, "codegen::name");
    assert_eq!(
        &*found[0].message,
        "the operation `listNotesStream` and the stream of the pages of `list_notes` would both be `list_notes_stream` in Rust"
    );
    let without = contract.replace(
        "      x-pagination: {cursor: after, next: next, items: notes}\n",
        "",
    );
    assert!(client_codegen::run(&without).artifacts.is_some());
}

#[test]
fn an_idempotency_key_is_optional_whatever_the_contract_says() {
    let contract = "\
openapi: 3.0.3
info: {title: Notes API, description: Notes., version: 1.0.0}
servers: [{url: https://notes.example}]
paths:
  /notes:
    post:
      operationId: create_note
      summary: Create a note
      security: []
      parameters:
        - {name: Idempotency-Key, in: header, required: true, x-idempotency-key: true, description: A key., schema: {type: string, format: uuid}}
        - {name: trace, in: header, required: true, description: A trace., schema: {type: string}}
      responses:
        '204': {description: Done.}
";
    let outcome = client_codegen::run(contract);
    let told = told(contract, &outcome.diagnostics);
    let artifacts = outcome.artifacts.unwrap_or_else(|| panic!("{told}"));
    let operations = artifacts[0].content.split_whitespace();
    let operations = operations.collect::<Vec<_>>().join(" ");
    for part in [
        "pub async fn create_note(&self, trace: &str) ->",
        r#".header("trace", trace) .idempotency_key("Idempotency-Key", &params.idempotency_key)"#,
        "/// The header `Idempotency-Key` is a fresh UUID for each call",
    ] {
        assert!(operations.contains(part), "{part}: {operations}");
    }
    let types = artifacts
        .iter()
        .find(|file| file.path.ends_with("types.rs"));
    let types = &types.expect("it is there").content;
    assert!(
        types.contains("pub idempotency_key: Option<Uuid>"),
        "{types}"
    );
}
