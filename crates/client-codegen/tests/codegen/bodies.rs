//! How methods take and send request bodies of each kind.

use super::calls::{assert_has, file};
use super::{NOTES, edit};

/// The contract with this `requestBody` of `update_note`, but for whether it is required.
fn with_body(required: bool, content: &str) -> String {
    let from = "        required: true\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/NoteUpdate'\n";
    edit(
        NOTES,
        from,
        &format!("        required: {required}\n        content: {content}\n"),
    )
}

#[track_caller]
fn assert_method(required: bool, content: &str, argument: &str, step: &str) {
    let operations = file(&with_body(required, content), "operations.rs");
    let signature = match argument {
        "" => "params: &types::UpdateNoteParams".to_string(),
        argument => format!("body: {argument}"),
    };
    assert_has(&operations, &[&signature, step]);
}

#[test]
fn json_of_another_media_type_is_typed() {
    const NOTE: &str = "{schema: {$ref: '#/components/schemas/NoteUpdate'}}";
    for (written, step) in [
        ("application/json", ".json(body).send_empty()"),
        (
            "application/merge-patch+json",
            r#".json(body) .media_type("application/merge-patch+json")"#,
        ),
        (
            "application/json; charset=utf-8",
            r#".media_type("application/json; charset=utf-8")"#,
        ),
        (
            "application/vnd.notes+json;version=2",
            r#".media_type("application/vnd.notes+json;version=2")"#,
        ),
    ] {
        let content = format!("{{text/plain: {{}}, {written}: {NOTE}}}");
        assert_method(true, &content, "&types::NoteUpdate", step);
    }
    let content = format!("{{application/a+json: {NOTE}}}");
    let step = r#".optional_json(&params.body) .media_type("application/a+json")"#;
    assert_method(false, &content, "", step);
}

#[test]
fn a_body_may_be_any_json_and_any_plain_value() {
    for schema in ["{}", "{schema: {}}"] {
        let content = format!("{{application/json: {schema}}}");
        assert_method(true, &content, "&Json", ".json(body)");
        assert_method(false, &content, "", ".optional_json(&params.body)");
        let types = file(&with_body(false, &content), "types.rs");
        assert_has(&types, &["pub body: Option<Json>"]);
    }
    for (schema, argument, member) in [
        ("{type: integer}", "i64", "Option<i64>"),
        ("{type: boolean}", "bool", "Option<bool>"),
        ("{type: string}", "&str", "Option<String>"),
        (
            "{type: string, enum: [a]}",
            "types::UpdateNoteBody",
            "Option<UpdateNoteBody>",
        ),
        (
            "{type: array, items: {type: integer}}",
            "&[i64]",
            "Option<Vec<i64>>",
        ),
    ] {
        let content = format!("{{application/json: {{schema: {schema}}}}}");
        assert_method(true, &content, argument, ".json(");
        assert_method(false, &content, "", ".optional_json(&params.body)");
        let types = file(&with_body(false, &content), "types.rs");
        assert_has(&types, &[&format!("pub body: {member}")]);
    }
}

#[test]
fn text_is_a_string() {
    assert_method(
        true,
        "{text/csv; header=present: {schema: {type: string}}}",
        "&str",
        r#".text(body, "text/csv; header=present")"#,
    );
    let step = r#".text(params.body.as_deref(), "text/plain; charset=utf-8")"#;
    let optional = "{text/plain: {}}";
    assert_method(false, optional, "", step);
    let types = file(&with_body(false, optional), "types.rs");
    assert_has(
        &types,
        &["pub body: Option<String>", "body: impl Into<String>"],
    );
}

#[test]
fn other_bodies_are_uploads() {
    for (content, media_type) in [
        ("{image/png: {}, image/jpeg: {}}", r#"Some("image/png")"#),
        (
            "{application/zip: {schema: {type: object}}}",
            r#"Some("application/zip")"#,
        ),
        (
            "{text/csv: {schema: {type: string, format: binary}}}",
            r#"Some("text/csv")"#,
        ),
        ("{'*/*': {}}", r#"Some("application/octet-stream")"#),
        ("{image/*: {}}", "None"),
        ("{multipart/mixed: {}}", "None"),
    ] {
        let step = format!(".upload(body, {media_type})");
        assert_method(true, content, "impl Into<Upload>", &step);
        let step = format!(".optional_upload(body, {media_type})");
        assert_method(false, content, "Option<Upload>", &step);
    }
}

#[test]
fn a_form_is_multipart_and_its_parts_are_described() {
    let content = "
          multipart/form-data:
            schema:
              allOf:
                - {type: object, required: [file], properties: {file: {type: string, format: binary, description: The scan.}}}
                - type: object
                  properties:
                    note: {$ref: '#/components/schemas/Note'}
                    tags: {type: array, items: {type: string}}
                    cover: {type: string}
            encoding: {cover: {contentType: 'image/png, image/jpeg'}}";
    assert_method(true, content, "Multipart", ".upload(body, None)");
    assert_method(
        false,
        content,
        "Option<Multipart>",
        ".optional_upload(body, None)",
    );
    let contract = with_body(true, content);
    let artifacts = client_codegen::run(&contract)
        .artifacts
        .expect("it is fine");
    let (_, method) = artifacts[0]
        .content
        .split_once("Sends `PATCH /notes`")
        .expect("it is there");
    let (documentation, _) = method.split_once("const OPERATION").expect("it is there");
    insta::assert_snapshot!(documentation);
}
