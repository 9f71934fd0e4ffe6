//! `aura api` with a contract that has grown.

use std::fs;

use aura_contract::Contract;
use serde_json::{Value, json};

use super::arguments::declare;
use super::call::Call;

/// A contract with what a client must get right: lists, choices, headers, cookies, bodies, names.
pub fn grown() -> Contract {
    let text = json!({ "type": "string" });
    let parameter = |name: &str, place: &str, schema: &Value| json!({ "name": name, "in": place, "schema": schema });
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Grown", "version": "2.0.0" },
        "paths": {
            "/v1/leads": {
                "get": {
                    "operationId": "list_leads",
                    "summary": "List leads",
                    "parameters": [
                        { "name": "limit", "in": "query", "description": "How many, at most.", "schema": { "type": "integer", "maximum": 100 }, "example": 20 },
                        { "name": "status", "in": "query", "schema": { "type": "string", "enum": ["new", "won"] } },
                        { "name": "tag", "in": "query", "schema": { "type": "array", "items": text }, "example": ["a", "b c"] },
                        { "name": "created_after", "in": "query", "required": true, "schema": { "type": "string", "format": "date-time" } },
                        { "name": "archived", "in": "query", "schema": { "type": "boolean" } },
                        { "name": "X-Tenant", "in": "header", "schema": text },
                        { "name": "a", "in": "cookie", "schema": text },
                        { "name": "b", "in": "cookie", "schema": text }
                    ],
                    "responses": { "200": { "description": "Leads." } }
                },
                "post": {
                    "operationId": "create_lead",
                    "summary": "Create a lead",
                    "requestBody": { "required": true, "description": "The lead.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Lead" } } } },
                    "responses": { "201": { "description": "Made." } }
                }
            },
            "/v1/leads/import": { "put": {
                "operationId": "import-leads",
                "requestBody": { "content": { "application/json": { "schema": { "type": "array", "items": { "$ref": "#/components/schemas/Lead" } } } } },
                "responses": { "204": { "description": "Done." } }
            } },
            "/v1/csv": { "post": {
                "operationId": "GET",
                "requestBody": { "required": true, "content": { "text/csv": {} } },
                "responses": { "204": { "description": "Done." } }
            } },
            "/v1/messages": { "post": {
                "operationId": "send_message",
                "summary": "Send a message",
                "requestBody": { "required": true, "content": { "application/x-www-form-urlencoded": { "schema": {
                    "type": "object", "required": ["to"], "properties": {
                        "to": text, "tags": { "type": "array", "items": text }, "count": { "type": "integer" },
                        "page": { "type": "object" }
                    } } } } },
                "responses": { "201": { "description": "Sent." } }
            } },
            "/v1/files": { "post": {
                "operationId": "add_file",
                "summary": "Add a file",
                "requestBody": { "required": true, "content": { "multipart/form-data": {
                    "schema": { "type": "object", "required": ["file", "title"], "properties": {
                        "file": { "type": "string", "format": "binary" },
                        "pages": { "type": "array", "items": { "type": "string", "format": "binary" } },
                        "title": { "type": "string", "maxLength": 9 }, "labels": { "type": "array", "items": text },
                        "meta": { "type": "object" }
                    } },
                    "encoding": { "file": { "contentType": "image/png, image/jpeg" } }
                } } },
                "responses": { "201": { "description": "There." } }
            } },
            "/v1/photo": { "put": {
                "operationId": "set_photo",
                "requestBody": { "content": { "image/*": {}, "text/plain": { "schema": { "type": "string", "maxLength": 3 } } } },
                "responses": { "303": { "description": "There.", "content": {} } }
            } },
            "/v1/patch": { "patch": {
                "operationId": "patch_lead",
                "requestBody": { "content": { "application/merge-patch+json": { "schema": { "type": "object" } },
                    "application/x-www-form-urlencoded": { "schema": { "type": "object" } } } },
                "responses": { "200": { "description": "Patched.", "content": { "application/vnd.lead+json": {} } } }
            } },
            "/v1/texts": {
                "get": {
                    "operationId": "texts_in_pages",
                    "x-pagination": { "cursor": "cursor", "next": "page.next", "items": "data" },
                    "parameters": [parameter("cursor", "query", &text), parameter("all", "query", &text)],
                    "responses": { "200": { "description": "Texts.", "content": { "application/json": { "schema": { "type": "object", "properties": {
                        "data": { "type": "array", "items": text },
                        "page": { "type": "object", "properties": { "next": text } }
                    } } } } } }
                },
                "post": {
                    "operationId": "write_text",
                    "parameters": [{ "name": "Key", "in": "header", "required": true, "x-idempotency-key": true, "schema": text, "example": "k" }],
                    "responses": { "204": { "description": "Done." } }
                }
            },
            "/v1/odd/{id}": { "get": {
                "operationId": "odd_names",
                "parameters": [
                    { "name": "id", "in": "path", "required": true, "schema": text },
                    parameter("id", "query", &text),
                    parameter("output", "query", &text),
                    parameter("timeout", "query", &text),
                    parameter("body", "query", &text),
                    parameter("help", "query", &text),
                    parameter("created_after", "query", &text),
                    parameter("createdAfter", "query", &text),
                    parameter("created-after", "query", &text),
                    parameter("filter[status]", "query", &text),
                    parameter("$", "query", &text),
                    parameter("a b", "query", &text)
                ],
                "responses": { "200": { "description": "Odd." } }
            } }
        },
        "components": { "schemas": { "Lead": {
            "type": "object",
            "required": ["status", "amount"],
            "properties": {
                "id": { "type": "string", "format": "uuid", "readOnly": true },
                "status": { "type": "string", "enum": ["new", "won"] },
                "amount": { "type": "integer", "minimum": 0 },
                "labels": { "type": "array", "items": { "type": "string" } },
                "metadata": { "type": "object" }
            }
        } } }
    });
    Contract::from_json(&document.to_string()).expect("it is one")
}

fn command() -> clap::Command {
    declare(clap::Command::new("api"), &grown()).term_width(80)
}

/// What `aura api` makes of these words; else what is wrong with them, a line each.
fn read(words: &[&str]) -> Result<Call, Vec<String>> {
    let words = ["api"].iter().chain(words);
    let matches = command().try_get_matches_from(words).map_err(|error| {
        error
            .to_string()
            .lines()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    })?;
    let (name, matches) = matches.subcommand().expect("an operation");
    let call = Call::read(&grown(), name, matches);
    call.map_err(|failures| failures.iter().map(ToString::to_string).collect())
}

/// Method, target, headers and body, in a line.
fn sent(words: &[&str]) -> String {
    match read(words) {
        Ok(call) => call.to_string(),
        Err(problems) => panic!("{problems:?}"),
    }
}

#[track_caller]
fn assert_refused(words: &[&str], expected: &[&str]) {
    let problems = read(words).expect_err("it is wrong");
    assert_eq!(&problems[..expected.len()], expected);
}

#[test]
fn the_options_of_any_contract_are_declared_without_contradiction() {
    command().debug_assert();
}

#[test]
fn parameters_come_where_the_contract_wants_them() {
    let line = "list_leads --limit 20 --status won --tag a --tag b=c --created-after 2026-01-17T08:00:00Z --archived --x-tenant acme --a 1 --b 2";
    assert_eq!(
        sent(&line.split(' ').collect::<Vec<_>>()),
        "GET /v1/leads?limit=20&status=won&tag=a&tag=b%3Dc&created_after=2026-01-17T08%3A00%3A00Z&archived=true\n\
         X-Tenant: acme\nCookie: a=1; b=2"
    );
}

#[test]
fn names_may_be_written_as_in_the_contract() {
    let time = "2026-01-17T08:00:00Z";
    for words in [
        ["list_leads", "--created_after", time],
        ["list-leads", "--created-after", time],
    ] {
        assert_eq!(
            sent(&words),
            "GET /v1/leads?created_after=2026-01-17T08%3A00%3A00Z"
        );
    }
    assert_eq!(sent(&["import-leads"]), "PUT /v1/leads/import");
    let odd = [
        "odd_names",
        "--path-id",
        "x",
        "--param-output",
        "y",
        "--filter[status]",
        "z",
    ];
    assert_eq!(sent(&odd), "GET /v1/odd/x?output=y&filter%5Bstatus%5D=z");
}

#[test]
fn what_does_not_fit_is_told_at_once_and_whole() {
    assert_refused(
        &[
            "list_leads",
            "--limit",
            "-5.5",
            "--created-after",
            "soon",
            "--archived",
            "false",
        ],
        &[
            "query parameter `limit`: the value is not a whole number",
            "query parameter `created_after`: the value is not a \"date-time\"",
        ],
    );
    assert_refused(
        &[
            "list_leads",
            "--created-after",
            "2026-01-17T08:00:00Z",
            "--status",
            "wo",
        ],
        &[
            "error: invalid value 'wo' for '--status <STRING>'",
            "  [possible values: new, won]",
            "",
            "  tip: a similar value exists: 'won'",
        ],
    );
    assert_refused(
        &["list_leds"],
        &[
            "error: unrecognized subcommand 'list_leds'",
            "",
            "  tip: some similar subcommands exist: 'import-leads', 'list-leads', 'list_leads'",
        ],
    );
}

#[test]
fn a_body_comes_as_json_from_a_file_or_as_fields() {
    let made = "POST /v1/leads\n\n{\"status\":\"new\",\"amount\":14}";
    let body = r#"{"status":"new","amount":14}"#;
    assert_eq!(sent(&["create_lead", "--body", body]), made);

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("lead.json");
    fs::write(&file, body).expect("writable");
    let file = format!("@{}", file.display());
    assert_eq!(sent(&["create_lead", "--body", &file]), made);

    assert_eq!(
        sent(&["create_lead", "-f", "status=new", "--field", "amount=14"]),
        made
    );
    let fields =
        "-f status=won -f amount=0 -f labels=a -f labels=b=c -f metadata={\"x\":1} -f own=5";
    let words: Vec<_> = ["create_lead"]
        .into_iter()
        .chain(fields.split(' '))
        .collect();
    assert_eq!(
        sent(&words),
        "POST /v1/leads\n\n{\"status\":\"won\",\"amount\":0,\"labels\":[\"a\",\"b=c\"],\"metadata\":{\"x\":1},\"own\":\"5\"}"
    );
}

#[test]
fn a_body_is_checked_unless_that_is_refused() {
    let wrong = r#"{"status":"lost"}"#;
    let problems = [
        "body.amount: it is required",
        "body.status: the value is not one of \"new\" or \"won\"",
    ];
    assert_refused(&["create_lead", "--body", wrong], &problems);
    assert_refused(&["create_lead", "-f", "status=lost"], &problems);
    assert_eq!(
        sent(&["create_lead", "--no-check", "--body", wrong]),
        format!("POST /v1/leads\n\n{wrong}")
    );
    assert_refused(
        &["create_lead", "-f", "amount=many", "-f", "status"],
        &[
            "--field: NAME=VALUE is expected",
            "--field amount: the value is not a whole number",
        ],
    );
    assert_refused(
        &["create_lead", "--no-check", "--body", "{\n secret"],
        &["--body: this is not JSON, from line 2, column 2"],
    );
}

#[test]
fn a_body_is_given_once_and_where_there_is_one() {
    let both = ["create_lead", "--body", "{}", "-f", "a=b"];
    let cannot =
        "error: the argument '--body <JSON|@FILE|->' cannot be used with '--field <NAME=VALUE>'";
    assert_refused(&both, &[cannot]);
    assert_refused(
        &["create_lead"],
        &[
            "error: the following required arguments were not provided:",
            "  <--body <JSON|@FILE|->|--field <NAME=VALUE>>",
        ],
    );
    assert_refused(
        &["list_leads", "--body", "{}"],
        &["error: unexpected argument '--body' found"],
    );
    assert_refused(
        &["GET"],
        &[
            "error: the following required arguments were not provided:",
            "  <--body <TEXT|@FILE|->>",
        ],
    );
}

#[test]
fn a_form_is_given_as_fields_or_as_it_is() {
    let form =
        "[application/x-www-form-urlencoded] to=a+b&tags=x&tags=y&count=1&page=%7B%22n%22%3A1%7D";
    let line = "send_message|-f|to=a b|-f|tags=x|-f|tags=y|-f|count=1|-f|page={\"n\":1}";
    let words: Vec<_> = line.split('|').collect();
    assert_eq!(sent(&words), format!("POST /v1/messages\n\n{form}"));
    let whole = ["send_message", "--body", "to=a&tags=b"];
    let form = "[application/x-www-form-urlencoded] to=a&tags=b";
    assert_eq!(sent(&whole), format!("POST /v1/messages\n\n{form}"));
    assert_refused(
        &["send_message", "-f", "tags=a"],
        &["body.to: it is required"],
    );
    assert_refused(
        &["send_message", "--body", "to=%ff"],
        &["body.to: it is not UTF-8"],
    );
}

#[test]
fn a_body_in_parts_has_fields_and_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a=b.png");
    fs::write(&file, [0xff]).expect("writable");
    let file = file.to_str().expect("UTF-8");
    let (photo, page) = (
        format!("file={file}"),
        format!("pages={file};type=text/csv"),
    );
    let line = [
        "add_file", "--file", &photo, "-f", "title=Hi", "-f", "labels=a", "-f", "labels=b",
    ];
    let more = ["-f", "meta={}", "--file", &page, "--file", "pages=-"];
    assert_eq!(
        sent(&[&line[..], &more[..]].concat()),
        "POST /v1/files\n\n[multipart/form-data]\n\
         title (text): Hi\nlabels (text): a\nlabels (text): b\nmeta (application/json): {}\n\
         file (image/png): @a=b.png\npages (text/csv): @a=b.png\npages (application/octet-stream): -"
    );
    let html = format!("{photo};type=text/html");
    assert_refused(
        &["add_file", "--file", &html, "-f", "title=longer than that"],
        &[
            "body.file: its media type is not in the contract",
            "body.title: the value is longer than 9 characters",
        ],
    );
    assert_refused(
        &["add_file", "--file", "file", "--file", "pages=no-such-file"],
        &[
            "--file: NAME=FILE is expected",
            "--file pages=no-such-file: No such file or directory (os error 2)",
        ],
    );
}

#[test]
fn a_body_of_any_media_type_is_sent_as_it_is() {
    let text = ["set_photo", "--body", "abc"];
    assert_eq!(sent(&text), "PUT /v1/photo\n\n[text/plain] abc");
    let photo = ["set_photo", "--body", "-", "--content-type", "image/png"];
    assert_eq!(sent(&photo), "PUT /v1/photo\n\n[image/png] -");
    assert_refused(
        &["set_photo", "--body", "abcd"],
        &["body: the value is longer than 3 characters"],
    );
    let other = ["set_photo", "--body", "a", "--content-type", "text/html"];
    assert_refused(
        &other,
        &["--content-type: set_photo takes image/*, text/plain"],
    );
    assert_eq!(
        sent(&[&other[..], &["--no-check"]].concat()),
        "PUT /v1/photo\n\n[text/html] a"
    );
    assert_refused(
        &["set_photo", "--body", "@."],
        &["--body @.: is a directory"],
    );
}

#[test]
fn json_of_another_name_is_called_so() {
    let patch = "PATCH /v1/patch\n\n";
    assert_eq!(
        sent(&["patch_lead", "-f", "a=1"]),
        format!("{patch}[application/merge-patch+json] {{\"a\":\"1\"}}")
    );
    let form = [
        "patch_lead",
        "-f",
        "a=1",
        "--content-type",
        "application/x-www-form-urlencoded",
    ];
    assert_eq!(
        sent(&form),
        format!("{patch}[application/x-www-form-urlencoded] a=1")
    );
}

#[test]
fn any_other_path_is_asked_for_by_its_method() {
    assert_eq!(
        sent(&["DELETE", "/v1/leads/7?force=true"]),
        "DELETE /v1/leads/7?force=true"
    );
    let patch = ["PATCH", "/v1/x", "--body", r#"[1,{"a":null}]"#];
    assert_eq!(sent(&patch), "PATCH /v1/x\n\n[1,{\"a\":null}]");
    let text = [
        "POST",
        "/v1/x",
        "--body",
        "a,b",
        "--content-type",
        "text/csv",
    ];
    assert_eq!(sent(&text), "POST /v1/x\n\n[text/csv] a,b");
}

#[test]
fn all_pages_are_asked_for_where_there_are_pages() {
    assert_eq!(sent(&["texts_in_pages", "--all"]), "GET /v1/texts");
    assert_eq!(
        sent(&["texts_in_pages", "--param-all", "x"]),
        "GET /v1/texts?all=x"
    );
    assert_refused(
        &["write_text", "--all"],
        &["--all: the contract describes no pages of write_text"],
    );
    assert_refused(
        &["texts_in_pages", "--all", "--include"],
        &["error: the argument '--all' cannot be used with '--include'"],
    );
}

#[test]
fn an_idempotency_key_is_filled_in() {
    let key = |sent: String| {
        let (line, key) = sent.split_once("\nKey: ").expect("a key");
        assert_eq!(line, "POST /v1/texts");
        key.to_owned()
    };
    let [one, other] = [(); 2].map(|()| key(sent(&["write_text"])));
    assert_ne!(one, other);
    assert_eq!(
        uuid::Uuid::parse_str(&one).map(|key| key.get_version_num()),
        Ok(4)
    );
    assert_eq!(key(sent(&["write_text", "--key", "mine"])), "mine");
    let help = command().try_get_matches_from(["api", "write_text", "--help"]);
    let help = help.expect_err("help is no match").to_string();
    assert!(
        help.contains("[header: string, a fresh UUID unless given]"),
        "{help}"
    );
    assert!(help.contains("aura api write_text\n"), "{help}");
}

#[test]
fn help_tells_what_the_contract_does() {
    for (operation, expected) in [
        ("create_lead", include_str!("tests/create_lead.txt")),
        ("list_leads", include_str!("tests/list_leads.txt")),
        ("send_message", include_str!("tests/send_message.txt")),
        ("add_file", include_str!("tests/add_file.txt")),
    ] {
        let help = command().try_get_matches_from(["api", operation, "--help"]);
        let help = help.expect_err("help is no match").to_string();
        let lines: Vec<_> = help.lines().map(str::trim_end).collect();
        assert_eq!(lines.join("\n"), expected.trim_end(), "{operation}");
    }
}
