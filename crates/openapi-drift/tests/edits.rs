//! An edit changes what it is about, and leaves every other byte as it is.

use openapi_document::{Contract, Pointer};
use openapi_drift::{Edit, Observer, apply, findings, read};
use serde_json::json;

fn at(pointer: &str) -> Pointer {
    Pointer::parse(pointer).expect("a pointer")
}

fn set(pointer: &str, key: &str, value: serde_json::Value, after: &[&str]) -> Edit {
    Edit::Set {
        at: at(pointer),
        key: key.into(),
        value,
        after: after.iter().map(|name| name.to_string()).collect(),
    }
}

#[test]
fn entries_are_written_as_their_neighbours_are() {
    let text = "a: # first\n  b: 'x' # of b\n\n  # of c\n  c:\n    - d: 1\n      e: >-\n        long\n        text\n\n    # the end\n    - 2\n  f: {g: 1, h: [x, \"y\"]} # of f\n  i:\nj: 1\n";
    for (edits, expected) in [
        (
            vec![set("/a", "new", json!(true), &["b"])],
            vec![("  b: 'x' # of b\n", "  b: 'x' # of b\n  new: true\n")],
        ),
        (
            vec![set("/a", "new", json!("no"), &["zz", "c"])],
            vec![("    - 2\n", "    - 2\n  new: \"no\"\n")],
        ),
        (
            vec![set(
                "/a",
                "new",
                json!({"x": {"z": []}, "409": "t: #"}),
                &[],
            )],
            vec![(
                "  i:\n",
                "  i:\n  new:\n    x:\n      z: []\n    \"409\": \"t: #\"\n",
            )],
        ),
        (
            vec![set("/a", "new", json!(1), &["zz"])],
            vec![("  b: 'x'", "  new: 1\n  b: 'x'")],
        ),
        (
            vec![set("/a/f", "new", json!({"x": ["true"]}), &["g"])],
            vec![("g: 1, ", "g: 1, new: {x: [\"true\"]}, ")],
        ),
        (
            vec![set("/a/c/0", "d", json!(2), &[])],
            vec![("- d: 1", "- d: 2")],
        ),
        (
            vec![set("/a/c/0", "new", json!(2), &["e"])],
            vec![("        text\n", "        text\n      new: 2\n")],
        ),
        (
            vec![set("/a", "i", json!({"k": 1}), &[])],
            vec![("  i:\n", "  i:\n    k: 1\n")],
        ),
        (
            vec![Edit::Append {
                at: at("/a/c"),
                value: json!({"x": 1, "z": 2}),
            }],
            vec![("    - 2\n", "    - 2\n    - x: 1\n      z: 2\n")],
        ),
        (
            vec![Edit::Append {
                at: at("/a/f/h"),
                value: json!("z"),
            }],
            vec![("[x, \"y\"]", "[x, \"y\", z]")],
        ),
        (
            vec![Edit::Remove(at("/a/b"))],
            vec![("  b: 'x' # of b\n", "")],
        ),
        (
            vec![Edit::Remove(at("/a/c/0/d"))],
            vec![("d: 1\n      e:", "e:")],
        ),
        (
            vec![Edit::Remove(at("/a/c/0/e"))],
            vec![("      e: >-\n        long\n        text\n", "")],
        ),
        (vec![Edit::Remove(at("/a/c/1"))], vec![("    - 2\n", "")]),
        (vec![Edit::Remove(at("/a/f/g"))], vec![("g: 1, ", "")]),
        (
            vec![Edit::Remove(at("/a/f/h"))],
            vec![(", h: [x, \"y\"]", "")],
        ),
        (
            vec![Edit::Remove(at("/a/f/h/1")), Edit::Remove(at("/a/f/h/0"))],
            vec![("[x, \"y\"]", "[]")],
        ),
        (
            vec![Edit::Remove(at("/lost")), set("/lost", "a", json!(1), &[])],
            vec![],
        ),
    ] {
        let expected = expected.iter().fold(text.to_string(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        });
        assert_eq!(apply(text, &edits), expected, "{edits:?}");
        let crlf = text.replace('\n', "\r\n");
        assert_eq!(
            apply(&crlf, &edits),
            expected.replace('\n', "\r\n"),
            "{edits:?}"
        );
    }
}

#[test]
fn json_stays_json() {
    let text = "{\n  \"a\": {\"b\": 1},\n  \"c\": []\n}\n";
    let edits = [
        set("/a", "new", json!({"x": "y"}), &[]),
        Edit::Remove(at("/a/b")),
    ];
    assert_eq!(
        apply(text, &edits),
        "{\n  \"a\": {\"new\": {\"x\": \"y\"}},\n  \"c\": []\n}\n"
    );
}

const V31: &str = "openapi: 3.1.0
info: {title: Notes, version: 1.0.0}
paths:
  /notes/{id}:
    get:
      operationId: get_note
      responses:
        '200':
          description: A note.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Note'}
components:
  schemas:
    Note:
      type: object
      required: [id, code]
      properties:
        id: {type: string}
        text:
          type: string
        author:
          $ref: '#/components/schemas/Author'
        code:
          type: [string, 'null']
        tags:
          type: [array, 'null']
          items: {type: string}
        kind:
          oneOf: [{type: string}, {type: integer}]
    Author:
      type: object
      properties: {name: {type: string}}
";

#[test]
fn openapi_3_1_is_mended_in_its_own_words() {
    let contract = Contract::load(V31).expect("it is one");
    let mut observer = Observer::new(&contract.document, false);
    let operation = observer.operation("get_note");
    let mut responses = String::new();
    for n in 0..30 {
        let note = json!({"id": n, "text": null, "author": null, "code": n, "tags": [null], "kind": true, "score": n as f64 / 2.0});
        responses += &format!("{note}\n");
    }
    let mut count = |record| observer.count(&record, operation).expect("it counts");
    read(responses.as_bytes(), &mut count).expect("read");
    let found = findings(&contract, &observer);
    let told: Vec<String> = found
        .iter()
        .map(|found| format!("{} {}", found.kind.code(), found.message))
        .collect();
    assert_eq!(
        told,
        [
            "drift::field `score` is not described",
            "drift::type `id` is an integer, not a string",
            "drift::null `text` is null",
            "drift::null `author` is null",
            "drift::type `code` is an integer, not a string",
            "drift::null the elements of `tags` is null",
            "drift::alternative `kind` fits no alternative",
        ]
    );
    let edits: Vec<_> = found.into_iter().flat_map(|found| found.edits).collect();
    let expected = [
        ("id: {type: string}", "id: {type: integer, format: int64}"),
        (
            "        text:\n          type: string\n",
            "        text:\n          type:\n            - string\n            - \"null\"\n",
        ),
        (
            "          $ref: '#/components/schemas/Author'\n",
            "          anyOf:\n            - $ref: \"#/components/schemas/Author\"\n            - type: \"null\"\n",
        ),
        ("items: {type: string}", "items: {type: [string, \"null\"]}"),
        (
            "        code:\n          type: [string, 'null']\n",
            "        code:\n          type:\n            - integer\n            - \"null\"\n          format: int64\n",
        ),
        (
            "          oneOf: [{type: string}, {type: integer}]\n",
            "          oneOf: [{type: string}, {type: integer}]\n        score:\n          type: number\n          format: double\n          description: Seen in responses; the API does not say what it holds.\n",
        ),
    ];
    let expected = expected.iter().fold(V31.to_string(), |text, (from, to)| {
        text.replacen(from, to, 1)
    });
    assert_eq!(apply(V31, &edits), expected);
}
