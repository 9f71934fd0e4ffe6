//! References lead anywhere in the document, and name the types that are there.

use client_codegen::run_to_compare;
use serde_json::{Value, json};

use super::told;

/// A contract with a schema of each kind of place, and the property `from` that refers to one.
fn contract(reference: &str) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Notes", "version": "1.0.0"},
        "servers": [{"url": "https://notes.example"}],
        "security": [],
        "paths": {"/notes/{note id}~": {"get": {
            "operationId": "get_note",
            "parameters": [
                {"name": "note id", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}},
                {"name": "order", "in": "query", "schema": {"type": "string", "enum": ["up", "down"]}},
            ],
            "responses": {
                "200": {"description": "Fine.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}}},
                "404": {"description": "Gone.", "content": {"application/json": {"schema": {
                    "type": "object", "properties": {"code": {"type": "string"}},
                }}}},
            },
        }}},
        "components": {
            "schemas": {
                "Note": {"type": "object", "properties": {
                    "from": {"$ref": reference},
                    "by": {"type": "object", "nullable": true, "properties": {
                        "name": {"type": "string", "x-sensitive": true},
                        "role": {"type": "string", "enum": ["reader", "writer"]},
                    }},
                    "tags": {"type": "array", "items": {"type": "object", "properties": {"text": {"type": "string"}}}},
                    "days": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string", "format": "date"}}},
                    "pick": {"oneOf": [{"type": "string"}, {"type": "object", "properties": {"n": {"type": "integer"}}}]},
                    "sum": {"allOf": [{"$ref": "#/components/schemas/Part"}, {"type": "object", "properties": {"more": {"type": "boolean"}}}]},
                    "again": {"$ref": "#/components/schemas/Note/properties/tags/items"},
                    "a/b~{c}": {"type": "integer", "format": "int32"},
                    "part": {"$ref": "#/components/schemas/Part"},
                }},
                "Part": {"type": "object", "properties": {"text": {"type": "string"}}},
            },
            "responses": {"Busy": {"description": "Later.", "content": {"application/json": {"schema": {
                "type": "object", "properties": {"seconds": {"type": "integer"}},
            }}}}},
        },
    })
}

/// The type of a field, and whether `Debug` hides it.
fn field(contract: &Value, of: &str, name: &str) -> (String, bool) {
    let text = contract.to_string();
    let outcome = run_to_compare(&text);
    let api = outcome
        .api
        .unwrap_or_else(|| panic!("{}", told(&text, &outcome.diagnostics)));
    let ty = &api.types[of];
    let member = ty.members.iter().find(|member| member.name == name);
    let member = member.unwrap_or_else(|| panic!("no `{name}` in {:?}", ty.members));
    (member.ty.clone(), ty.hidden.contains(name))
}

#[test]
fn refers_to_the_schema_of_any_place() {
    let note = "#/components/schemas/Note/properties";
    let get = "#/paths/~1notes~1{note%20id}~0/get";
    for (reference, expected) in [
        (format!("{note}/by"), "Option<~NoteBy>"),
        (format!("{note}/by/properties/role"), "Option<~NoteByRole>"),
        (format!("{note}/tags"), "Option<Vec<~NoteTagsItem>>"),
        (format!("{note}/tags/items"), "Option<~NoteTagsItem>"),
        (
            format!("{note}/tags/items/properties/text"),
            "Option<String>",
        ),
        (format!("{note}/again"), "Option<~NoteTagsItem>"),
        (
            format!("{note}/days"),
            "Option<HashMap<String, Vec<NaiveDate>>>",
        ),
        (
            format!("{note}/days/additionalProperties/items"),
            "Option<NaiveDate>",
        ),
        (format!("{note}/pick"), "Option<~NotePick>"),
        (format!("{note}/pick/oneOf/1"), "Option<~NotePickVariant2>"),
        (format!("{note}/sum"), "Option<~NoteSum>"),
        (format!("{note}/part"), "Option<~Part>"),
        (format!("{note}/a~1b~0%7Bc%7D"), "Option<i32>"),
        ("#/components/schemas/P%61rt".into(), "Option<~Part>"),
        (
            "#/components/responses/Busy/content/application~1json/schema".into(),
            "Option<~Busy>",
        ),
        (format!("{get}/parameters/0/schema"), "Option<Uuid>"),
        (
            format!("{get}/parameters/1/schema"),
            "Option<~GetNoteOrder>",
        ),
        (
            format!("{get}/responses/404/content/application~1json/schema"),
            "Option<~GetNote404>",
        ),
        (
            format!("{get}/responses/200/content/application~1json/schema"),
            "Option<Box<~Note>>",
        ),
    ] {
        let contract = contract(&reference);
        assert_eq!(field(&contract, "Note", "from").0, expected, "{reference}");
        // What is referred to keeps its own type.
        assert_eq!(
            field(&contract, "Note", "by").0,
            "Option<~NoteBy>",
            "{reference}"
        );
        assert_eq!(
            field(&contract, "Note", "tags").0,
            "Option<Vec<~NoteTagsItem>>",
            "{reference}"
        );
    }
}

#[test]
fn takes_the_marks_of_a_schema_along() {
    let name = "#/components/schemas/Note/properties/by/properties/name";
    assert_eq!(
        field(&contract(name), "Note", "from"),
        ("Option<String>".into(), true)
    );
}

#[test]
fn refers_to_a_parameter_or_response_of_any_place() {
    let mut contract = contract("#/components/schemas/Part");
    let get = "#/paths/~1notes~1%7Bnote%20id%7D~0/get";
    contract["paths"]["/all"] = json!({"get": {
        "operationId": "get_all",
        "parameters": [{"$ref": format!("{get}/parameters/1")}],
        "responses": {"200": {"$ref": format!("{get}/responses/200")}, "404": {"$ref": format!("{get}/responses/404")}},
    }});
    let text = contract.to_string();
    let outcome = run_to_compare(&text);
    let api = outcome
        .api
        .unwrap_or_else(|| panic!("{}", told(&text, &outcome.diagnostics)));
    assert_eq!(
        api.methods["get_all"].output,
        "Result<Response<~Note>, Error>"
    );
    assert_eq!(api.types["GetAllParams"].members[0].name, "order");
}

#[test]
fn refers_to_what_holds_itself() {
    let mut contract = contract("#/components/schemas/Note/properties/tree");
    let properties = &mut contract["components"]["schemas"]["Note"]["properties"];
    let tree = "#/components/schemas/Note/properties/tree";
    properties["tree"] =
        json!({"type": "object", "properties": {"left": {"$ref": tree}, "right": {"$ref": tree}}});
    properties["nest"] =
        json!({"type": "array", "items": {"$ref": "#/components/schemas/Note/properties/nest"}});
    assert_eq!(field(&contract, "Note", "from").0, "Option<~NoteTree>");
    assert_eq!(
        field(&contract, "NoteTree", "left").0,
        "Option<Box<~NoteTree>>"
    );
    assert_eq!(field(&contract, "Note", "nest").0, "Option<~NoteNest>");
}

#[test]
fn a_name_that_another_component_has_is_not_taken_twice() {
    let of_404 =
        "#/paths/~1notes~1{note%20id}~0/get/responses/404/content/application~1json/schema";
    let mut contract = contract(of_404);
    contract["components"]["schemas"]["GetNote404"] = json!({"type": "string"});
    assert_eq!(field(&contract, "Note", "from").0, "Option<~GetNote4042>");
}

#[test]
fn reports_what_a_reference_can_not_lead_to() {
    let get = "#/paths/~1notes~1{note%20id}~0/get";
    for (reference, code) in [
        (get.to_string(), "spec::wrong-ref"),
        (format!("{get}/parameters/0"), "spec::wrong-ref"),
        (
            format!("{get}/responses/500/content/application~1json/schema"),
            "spec::wrong-ref",
        ),
        ("#/info/title".into(), "spec::wrong-ref"),
        (
            "#/components/schemas/Note/properties/from".into(),
            "spec::wrong-ref",
        ),
        ("#/x-schemas/Other".into(), "codegen::reference"),
    ] {
        let mut contract = contract(&reference);
        contract["x-schemas"] = json!({"Other": {"type": "object"}});
        let text = contract.to_string();
        let outcome = run_to_compare(&text);
        let mut errors = outcome.diagnostics.iter().filter(|found| found.is_error());
        let first = errors.next().map(|found| found.code);
        assert_eq!(
            first,
            Some(code),
            "{reference}: {}",
            told(&text, &outcome.diagnostics)
        );
        assert!(
            errors.next().is_none(),
            "{reference}: {}",
            told(&text, &outcome.diagnostics)
        );
    }
}

#[test]
fn ends_however_many_references_follow_each_other() {
    let mut contract = contract("#/components/schemas/Note/properties/p0");
    let properties = &mut contract["components"]["schemas"]["Note"]["properties"];
    for n in 0..300 {
        let next = json!({"$ref": format!("#/components/schemas/Note/properties/p{}", n + 1)});
        properties[format!("p{n}")] = match n % 2 {
            0 => json!({"type": "array", "items": next}),
            _ => json!({"items": next, "additionalProperties": next}),
        };
    }
    properties["p300"] = json!({"type": "string"});
    run_to_compare(&contract.to_string());

    let properties = &mut contract["components"]["schemas"]["Note"]["properties"];
    for n in 0..300 {
        let next = format!("#/components/schemas/Note/properties/p{}", n + 1);
        properties[format!("p{n}")] = json!({ "$ref": next });
    }
    let outcome = run_to_compare(&contract.to_string());
    assert!(
        outcome
            .diagnostics
            .iter()
            .any(|found| found.code == "spec::wrong-ref")
    );
}
