//! What a generated method says of its call: how the key is sent, which code means "not found", what
//! the response is compared with.

use super::{NOTES, edit, told};

/// The generated file of this name, without line breaks.
pub fn file(contract: &str, name: &str) -> String {
    let outcome = client_codegen::run(contract);
    let told = told(contract, &outcome.diagnostics);
    let artifacts = outcome.artifacts.unwrap_or_else(|| panic!("{told}"));
    let found = artifacts.iter().find(|file| file.path.ends_with(name));
    let text = &found.expect("it is one of the files").content;
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
pub fn assert_has(code: &str, parts: &[&str]) {
    for part in parts {
        assert!(code.contains(part), "no `{part}` in:\n{code}");
    }
}

#[test]
fn names_an_operation_without_id_after_method_and_path() {
    let contract = edit(NOTES, "      operationId: list_notes\n", "");
    let operations = file(&contract, "operations.rs");
    assert_has(
        &operations,
        &[
            "pub async fn get_notes(",
            "pub async fn get_notes_with(",
            r#"id: "get_notes","#,
        ],
    );
    assert_has(&file(&contract, "types.rs"), &["pub struct GetNotesParams"]);
}

#[test]
fn a_skipped_operation_has_no_method_and_keeps_its_types() {
    let from = "      operationId: list_notes\n";
    let to = format!("{from}      x-codegen-skip: notes are listed by another client\n");
    let contract = edit(NOTES, from, &to);
    let operations = file(&contract, "operations.rs");
    assert!(!operations.contains("list_notes"), "{operations}");
    let types = file(&contract, "types.rs");
    assert!(!types.contains("ListNotesParams"), "{types}");
    assert_has(&types, &["pub struct Note "]);
}

#[test]
fn a_skipped_operation_takes_no_name() {
    let from = "      operationId: list_notes\n";
    let to =
        "      operationId: request\n      x-codegen-skip: the client has a method of this name\n";
    let outcome = client_codegen::run(&edit(NOTES, from, to));
    assert_eq!(told(NOTES, &outcome.diagnostics), "");
    assert!(outcome.artifacts.is_some());
}

#[test]
fn returns_what_the_contract_has_as_success() {
    for (status, expected) in [
        ("2XX", ".send()"),
        ("default", ".send()"),
        ("'303'", ".send_redirect()"),
    ] {
        let from = "        '200':\n          description: All notes.\n";
        let to = format!("        {status}:\n          description: All notes.\n");
        let operations = file(&edit(NOTES, from, &to), "operations.rs");
        assert_has(&operations, &[expected]);
    }
}

const SCHEMES: &str = "  securitySchemes:
    login: {type: http, scheme: basic}
    header: {$ref: '#/components/securitySchemes/described'}
    described: {type: apiKey, in: header, name: X-Notes-Key}
    query: {type: apiKey, in: query, name: key}
    cookie: {type: apiKey, in: cookie, name: session}
    oauth: {type: oauth2, flows: {}}
";

#[test]
fn each_operation_sends_the_first_secret_that_it_can() {
    let contract = edit(NOTES, "  securitySchemes:\n", SCHEMES);
    for (security, expected) in [
        ("[]", "Scheme::None"),
        ("[{}]", "Scheme::None"),
        ("[{login: []}]", "Scheme::Basic"),
        ("[{oauth: []}]", "Scheme::Bearer"),
        ("[{}, {header: []}]", r#"Scheme::Header("X-Notes-Key")"#),
        ("[{cookie: []}, {query: []}]", r#"Scheme::Query("key")"#),
        ("[{key: [], query: []}, {key: []}]", "Scheme::Bearer"),
    ] {
        let own = format!("      operationId: list_notes\n      security: {security}\n");
        let of_one = edit(&contract, "      operationId: list_notes\n", &own);
        let operations = file(&of_one, "operations.rs");
        let of_list = format!(r#"path: "/notes", security: {expected}, not_found: None, }};"#);
        let of_other = r#"path: "/notes/{id}", security: Scheme::Bearer,"#;
        assert_has(&operations, &[&of_list, of_other]);

        let whole = format!("security: {security}\n");
        let of_all = edit(&contract, "security:\n  - key: []\n", &whole);
        let service = file(&of_all, "service.rs");
        assert_has(&service, &[&format!("SECURITY: Scheme = {expected};")]);
    }
    let silent = edit(NOTES, "security:\n  - key: []\n", "");
    assert_has(
        &file(&silent, "service.rs"),
        &["SECURITY: Scheme = Scheme::None;"],
    );
}

#[test]
fn a_server_that_is_not_absolute_is_none() {
    let relative = edit(NOTES, "https://notes.example", "/api");
    let service = file(&relative, "service.rs");
    assert_has(&service, &["SERVER: Option<&str> = None;"]);
}

#[test]
fn a_property_is_called_as_its_field_is() {
    let contract = NOTES.replace(
        "          x-identifies: id\n",
        "          x-identifies: type\n",
    );
    let contract = edit(&contract, "[id, text]", "[type, text]");
    let contract = edit(
        &contract,
        "        id:\n          type: string\n",
        "        type:\n          type: string\n",
    );
    assert_has(
        &file(&contract, "operations.rs"),
        &[r#".send_data_identified("type", id, |value: &types::Note| &value.type_)"#],
    );
}

#[test]
fn a_value_without_an_envelope_is_compared_too() {
    let contract = edit(NOTES, "schemas/GetNoteResponse'", "schemas/Renamed'");
    let contract = format!("{contract}    Renamed: {{$ref: '#/components/schemas/Note'}}\n");
    assert_has(
        &file(&contract, "operations.rs"),
        &[r#".send_identified("id", id, |value: &types::Renamed| &value.0.id)"#],
    );
}

#[test]
fn an_optional_parameter_of_any_name_is_not_taken_for_the_value() {
    let parameter = "      parameters:\n        - {name: value, in: query, schema: {type: string}}\n        - name: id\n";
    let contract = edit(NOTES, "      parameters:\n        - name: id\n", parameter);
    assert_has(
        &file(&contract, "operations.rs"),
        &[
            r#".query("value", &params.value)"#,
            r#".send_data_identified("id", id, |value: &types::Note| &value.id)"#,
        ],
    );
}

#[test]
fn a_shared_parameter_is_compared_where_there_is_something_to_compare() {
    let own = "      parameters:
        - name: id
          in: path
          required: true
          description: Note ID.
          x-identifies: id
          schema:
            type: string
            format: uuid
";
    let contract = edit(NOTES, own, "");
    let shared = "  /notes/{id}:
    parameters:
      - {name: id, in: path, required: true, x-identifies: id, schema: {type: string, format: uuid}}
    delete: {operationId: delete_note, responses: {'204': {description: Gone.}}}
";
    let contract = edit(&contract, "  /notes/{id}:\n", shared);
    assert_has(
        &file(&contract, "operations.rs"),
        &[
            r#"self.call(OPERATION).path("id", id).send_empty().await"#,
            r#".send_data_identified("id", id, |value: &types::Note| &value.id)"#,
        ],
    );
}

#[test]
fn an_argument_of_several_types_is_their_text() {
    let parameters = "        - name: state
          in: query
          schema: {$ref: '#/components/schemas/StateOrId'}
        - name: ids
          in: query
          schema: {type: array, items: {anyOf: [{type: integer}, {type: string, format: uuid}]}}
        - name: author
";
    let contract = edit(NOTES, "        - name: author\n", parameters);
    let schemas = "    StateOrId:
      oneOf:
        - allOf: [{$ref: '#/components/schemas/State'}, {description: A state.}]
        - {type: string, format: uuid}
    State: {type: string, enum: [open, done]}
    NoteUpdate:
";
    let contract = edit(&contract, "    NoteUpdate:\n", schemas);
    let types = file(&contract, "types.rs");
    assert_has(
        &types,
        &[
            "pub state: Option<String>,",
            "pub ids: Option<Vec<String>>,",
            "pub fn state(mut self, state: impl Into<String>)",
        ],
    );
}

#[test]
fn the_server_that_all_operations_share_is_the_client_s() {
    let shared = NOTES.replace(
        "      operationId: ",
        "      servers: [{url: 'https://shared.example/api'}]\n      operationId: ",
    );
    let service = file(&shared, "service.rs");
    assert_has(&service, &["https://shared.example/api"]);
}
