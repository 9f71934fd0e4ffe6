//! Bad input ends in one diagnostic with its place and a help, and in no file.

use super::{NOTES, drawn, edit};

/// Snapshots what is told about each broken contract, under one heading each.
fn snapshot(name: &str, broken: &[(&str, String)]) {
    let mut text = String::new();
    for (what, contract) in broken {
        let outcome = client_codegen::run(contract);
        assert!(outcome.artifacts.is_none(), "{what}: must give no file");
        // The edits are terse: they describe nothing, and use not all that they add.
        let mut errors = outcome.diagnostics;
        errors.retain(|found| found.is_error());
        let drawn = drawn(contract, &errors);
        assert_eq!(errors.len(), 1, "{what}: one mistake, one error\n{drawn}");
        assert!(errors[0].help.is_some(), "{what}: says what to do");
        assert!(errors[0].span.is_some(), "{what}: says where");
        text += &format!("## {what}\n\n{drawn}");
    }
    insta::assert_snapshot!(name, text);
}

fn notes(from: &str, to: &str) -> String {
    edit(NOTES, from, to)
}

#[test]
fn what_is_no_openapi_3_0() {
    snapshot(
        "no_openapi_3_0",
        &[
            ("empty", String::new()),
            ("not YAML", notes("info:\n", "info: [\n")),
            (
                "a key that stands twice",
                notes("info:\n", "info: {}\ninfo:\n"),
            ),
            ("comments alone", "# Notes\n".into()),
            ("two documents", format!("{NOTES}---\nopenapi: 3.0.3\n")),
            ("not OpenAPI", "just: yaml\n".into()),
            ("OpenAPI 3.2", notes("openapi: 3.0.3", "openapi: 3.2.0")),
            (
                "OpenAPI 3.1 as a number",
                notes("openapi: 3.0.3", "openapi: 3.1"),
            ),
            ("two parts", notes("openapi: 3.0.3", "openapi: '3.0'")),
            ("Swagger 2.0", notes("openapi: 3.0.3", "swagger: '2.0'")),
        ],
    );
}

#[test]
fn yaml_that_json_does_not_have() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_string();
    for n in 1..9 {
        let aliases = vec![format!("*a{}", n - 1); 9].join(", ");
        bomb += &format!("a{n}: &a{n} [{aliases}]\n");
    }
    snapshot(
        "yaml",
        &[
            ("a control character", notes("Notes API", "Notes\u{7} API")),
            (
                "half a character",
                notes("Notes API", r#""Notes \ud83d\ude00""#),
            ),
            ("no number", notes("default: 0", "default: .inf")),
            ("no object to merge", notes("default: 0", "<<: 0")),
            ("aliases of aliases", bomb),
            (
                "a key that is no text",
                notes("        likes:\n", "        1.10:\n"),
            ),
            (
                "a key with a tag",
                notes("        likes:\n", "        !my likes:\n"),
            ),
        ],
    );
}

#[test]
fn what_is_no_field_or_no_value() {
    snapshot(
        "structure",
        &[
            (
                "misspelled",
                notes("      required: [id, text]", "      requried: [id, text]"),
            ),
            (
                "misspelled, and OpenAPI requires it",
                notes("  title: Notes API", "  titel: Notes API"),
            ),
            (
                "misspelled where aliases repeat it",
                notes(
                    "        likes:\n",
                    "        a: &a {typ: string}\n        b: *a\n        likes:\n",
                ),
            ),
            (
                "misspelled mark",
                notes(
                    "          description: What it says.\n          x-sensitive",
                    "          description: What it says.\n          x-senistive",
                ),
            ),
            ("wrong type", notes("version: 2.1.0", "version: 2.10")),
            (
                "missing",
                notes("          description: Done.", "          x-nothing: true"),
            ),
            (
                "two fields missing",
                notes(
                    "        - name: author\n          in: query\n",
                    "        -\n",
                ),
            ),
            (
                "a reference misspelled",
                notes(
                    "        '204':\n          description: Done.",
                    "        '204':\n          ref: '#/components/responses/Done'",
                ),
            ),
            (
                "a reference where none can be",
                notes(
                    "    patch:\n",
                    "    put:\n      $ref: '#/paths/notes/patch'\n    patch:\n",
                ),
            ),
        ],
    );
}

#[test]
fn slips_that_openapi_tolerates_are_warnings() {
    for (what, contract) in [
        (
            "required without properties",
            notes(
                "    NoteUpdate:\n",
                "    A:\n      type: object\n      required: [a, b]\n    NoteUpdate:\n",
            ),
        ),
        ("required is no property", notes("[id, text]", "[id, txet]")),
        (
            "an alternative requires what another has",
            notes(
                "    NoteUpdate:\n",
                "    A:\n      oneOf:\n        - {type: object, required: [a], properties: {a: {type: string}}}\n        - {type: object, required: [a], properties: {b: {type: string}}}\n    NoteUpdate:\n",
            ),
        ),
        (
            "nullable as a part",
            notes(
                "        data:\n          $ref: '#/components/schemas/Note'",
                "        data:\n          allOf:\n            - $ref: '#/components/schemas/Note'\n            - nullable: true",
            ),
        ),
        (
            "format alone",
            notes(
                "          type: string\n          format: uuid\n          description",
                "          format: uuid\n          description",
            ),
        ),
        (
            "nullable alone",
            notes(
                "          type: string\n          nullable: true",
                "          nullable: true",
            ),
        ),
        (
            "path parameter not declared",
            notes(
                "        - name: id\n          in: path\n          required: true",
                "        - name: id\n          in: query",
            ),
        ),
        (
            "path parameter declared by none of two",
            notes(
                "      operationId: get_note\n      summary: Get a note\n      description: Only your own.\n      parameters:\n        - name: id\n          in: path\n          required: true\n",
                "      operationId: get_note\n      summary: Get a note\n      description: Only your own.\n      parameters:\n        - name: id\n          in: query\n",
            )
            .replacen(
                "  /notes/{id}:\n",
                "  /notes/{id}:\n    delete: {operationId: delete_note, responses: {'204': {description: Gone.}}}\n",
                1,
            ),
        ),
        (
            "path parameter called otherwise",
            notes("  /notes/{id}:", "  /notes/{note_id}:"),
        ),
        (
            "a query in a path",
            notes("  /notes:", "  /notes?all=true:"),
        ),
        ("a name that stands twice", notes("  /notes/{id}:", "  /notes/{id}/{id}:")),
    ] {
        let outcome = client_codegen::run(&contract);
        let drawn = drawn(&contract, &outcome.diagnostics);
        assert!(outcome.artifacts.is_some(), "{what}\n{drawn}");
        assert!(drawn.contains("warning[spec::"), "{what}\n{drawn}");
    }
}

#[test]
fn references_that_lead_nowhere() {
    let of_data = "        data:\n          $ref: '#/components/schemas/Note'";
    snapshot(
        "references",
        &[
            (
                "dangling",
                notes(
                    of_data,
                    "        data:\n          $ref: '#/components/schemas/Noet'",
                ),
            ),
            (
                "dangling in two places",
                edit(
                    &notes("    Note:\n", "    Remark:\n"),
                    "{note: Note}",
                    "{note: NoteFolder}",
                ),
            ),
            (
                "a name alone",
                notes(of_data, "        data:\n          $ref: Note"),
            ),
            (
                "the whole document",
                notes(of_data, "        data:\n          $ref: '#'"),
            ),
            (
                "another file",
                notes(of_data, "        data:\n          $ref: 'notes.yaml#/Note'"),
            ),
            (
                "a mark beside it",
                notes(of_data, &format!("{of_data}\n          x-sensitive: true")),
            ),
        ],
    );
}

#[test]
fn extensions_that_do_not_act() {
    let id = "          description: Note ID.\n          x-identifies: id\n";
    let number = |schema: &str| {
        let property = "        likes:\n          type: integer\n          description: How often it was liked.\n          default: 0\n";
        let contract = notes("x-identifies: id", "x-identifies: likes");
        edit(&contract, property, &format!("        likes: {schema}\n"))
    };
    let required = |contract: &str| edit(contract, "[id, text]", "[id, text, likes]");
    let shared = "components:\n  parameters:\n    Id: {name: id, in: path, required: true, schema: {type: string, format: uuid}}\n";
    snapshot(
        "extensions",
        &[
            (
                "a code on an operation",
                notes(
                    "      operationId: list_notes\n",
                    "      operationId: list_notes\n      x-not-found: NO_NOTES\n",
                ),
            ),
            (
                "a code of another status",
                notes("        '404':\n", "        '410':\n"),
            ),
            (
                "a code of two statuses",
                edit(
                    &notes(
                        "        '404':\n          description: No such note.\n          x-not-found: NO_SUCH_NOTE\n",
                        "        '404': {$ref: '#/components/responses/Gone'}\n        '410': {$ref: '#/components/responses/Gone'}\n",
                    ),
                    "components:\n",
                    "components:\n  responses:\n    Gone: {description: Gone., x-not-found: GONE}\n",
                ),
            ),
            (
                "no code",
                notes("x-not-found: NO_SUCH_NOTE", "x-not-found:"),
            ),
            ("a code misspelled", notes("x-not-found", "x-notfound")),
            (
                "a mark on a query parameter",
                notes(
                    "          in: query\n",
                    "          in: query\n          x-identifies: text\n",
                ),
            ),
            (
                "a mark beside a reference",
                edit(
                    &notes(
                        "        - name: id\n          in: path\n          required: true\n          description: Note ID.\n          x-identifies: id\n          schema:\n            type: string\n            format: uuid\n",
                        "        - $ref: '#/components/parameters/Id'\n          x-identifies: id\n",
                    ),
                    "components:\n",
                    shared,
                ),
            ),
            (
                "a property misspelled",
                notes("x-identifies: id", "x-identifies: Id"),
            ),
            (
                "a property that is not there",
                notes("x-identifies: id", "x-identifies: note"),
            ),
            ("a property that is not required", number("{type: integer}")),
            (
                "a property that can be null",
                required(&number("{type: string, format: uuid, nullable: true}")),
            ),
            (
                "a property that is no plain value",
                required(&number("{type: array, items: {type: string}}")),
            ),
            (
                "a property of another type",
                required(&number("{type: integer}")),
            ),
            (
                "a property of another format",
                required(&number("{type: string}")),
            ),
            (
                "a value that can be null",
                notes(
                    "        data:\n          $ref: '#/components/schemas/Note'",
                    "        data:\n          type: object\n          nullable: true\n          allOf: [{$ref: '#/components/schemas/Note'}]",
                ),
            ),
            (
                "two parameters",
                edit(
                    &notes("  /notes/{id}:", "  /books/{book}/notes/{id}:"),
                    id,
                    &format!(
                        "{id}          schema: {{type: string, format: uuid}}\n        - name: book\n          in: path\n          required: true\n          x-identifies: text\n"
                    ),
                ),
            ),
        ],
    );
}

#[test]
fn security_that_the_client_cannot_send() {
    let scheme = "      type: http\n      scheme: bearer\n";
    let of = |described: &str| notes(scheme, described);
    let second = |described: &str, list: &str| {
        let contract = notes(
            "    key:\n      type: http\n",
            &format!("    other: {described}\n    key:\n      type: http\n"),
        );
        edit(
            &contract,
            "security:\n  - key: []\n",
            &format!("security: {list}\n"),
        )
    };
    snapshot(
        "security",
        &[
            (
                "a cookie",
                of("      type: apiKey\n      in: cookie\n      name: session\n"),
            ),
            (
                "another HTTP scheme",
                of("      type: http\n      scheme: digest\n"),
            ),
            (
                "no name for a header",
                of("      type: apiKey\n      in: header\n      name: X Key\n"),
            ),
            (
                "two at once",
                second(
                    "{type: apiKey, in: query, name: k}",
                    "[{key: [], other: []}]",
                ),
            ),
            (
                "none of two",
                second(
                    "{type: http, scheme: digest}",
                    "[{other: []}, {key: [], other: []}]",
                ),
            ),
            (
                "of one operation",
                edit(
                    &second("{type: http, scheme: digest}", "[{key: []}]"),
                    "      operationId: list_notes\n",
                    "      operationId: list_notes\n      security: [{other: []}]\n",
                ),
            ),
        ],
    );
}

#[test]
fn components_that_are_made_of_themselves() {
    let components = |text: &str| notes("    NoteUpdate:\n", &format!("{text}    NoteUpdate:\n"));
    snapshot(
        "circles",
        &[
            (
                "of each other",
                components(
                    "    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/C'}\n    C: {$ref: '#/components/schemas/A'}\n",
                ),
            ),
            (
                "among alternatives",
                components("    A: {oneOf: [{$ref: '#/components/schemas/A'}, {type: string}]}\n"),
            ),
            (
                "composed in a property",
                components(
                    "    A:\n      type: object\n      properties:\n        a:\n          allOf: [{$ref: '#/components/schemas/A'}, {type: object, properties: {b: {type: string}}}]\n",
                ),
            ),
        ],
    );
}

#[test]
fn compositions_without_a_rust_type() {
    let properties = "      description: What is to change.\n      properties:\n";
    let beside = |keyword: &str| notes(properties, &format!("      {keyword}\n{properties}"));
    snapshot(
        "compositions",
        &[
            (
                "a choice beside properties",
                beside("oneOf: [{$ref: '#/components/schemas/Note'}, {type: string}]"),
            ),
            (
                "a circle of choices",
                notes(
                    "    NoteUpdate:\n",
                    "    Odd: {oneOf: [{$ref: '#/components/schemas/Even'}, {type: string}]}\n    Even: {allOf: [{$ref: '#/components/schemas/Odd'}]}\n    NoteUpdate:\n",
                ),
            ),
            (
                "a sum inside itself",
                notes(
                    "        likes:\n          type: integer\n",
                    "        likes:\n          allOf: [{$ref: '#/components/schemas/Note'}, {properties: {more: {type: string}}}]\n",
                ),
            ),
            (
                "both choices",
                notes(
                    "        likes:\n          type: integer\n",
                    "        likes:\n          oneOf: [{type: integer}, {type: string}]\n          anyOf: [{type: boolean}]\n",
                ),
            ),
        ],
    );
}

#[test]
fn operations_that_cannot_be_methods() {
    snapshot(
        "operations",
        &[
            (
                "a parameter listed twice",
                notes(
                    "        - name: author\n",
                    "        - {name: author, in: query, schema: {type: integer}}\n        - name: author\n",
                ),
            ),
            (
                "a body without a media type",
                notes(
                    "        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/NoteUpdate'",
                    "        content: {}",
                ),
            ),
            (
                "a parameter in no place",
                notes("          in: path", "          in: pth"),
            ),
        ],
    );
}

#[test]
fn paths_that_the_client_would_refuse() {
    let path = |path: &str| notes("  /notes:", &format!("  {path}:"));
    snapshot(
        "paths",
        &[
            ("no slash", path("notes")),
            ("half a name", notes("  /notes/{id}:", "  /notes/{id:")),
            ("an empty part", path("/v1//notes")),
            ("another path", path("/v1/%2e./notes")),
            ("what no URL holds", path("/my notes")),
        ],
    );
}

#[test]
fn names_that_collide_in_rust() {
    snapshot(
        "names",
        &[
            (
                "a method of the client",
                notes("operationId: get_note", "operationId: from_env"),
            ),
            (
                "a method and one with parameters",
                notes("operationId: update_note", "operationId: list_notes_with"),
            ),
            (
                "a component and a struct of parameters",
                notes(
                    "    NoteUpdate:\n",
                    "    ListNotesParams:\n      type: object\n    NoteUpdate:\n",
                ),
            ),
        ],
    );
}
