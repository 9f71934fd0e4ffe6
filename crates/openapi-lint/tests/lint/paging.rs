//! `x-pagination` and `x-idempotency-key`: each mistake is reported once, where it stands, in words
//! that say what would fit.

use openapi_lint::lint;

use crate::{edit, listed};

/// A list with pages, and two calls with a key, which share its description.
const CONTRACT: &str = "\
openapi: 3.0.3
info: {title: Notes API, description: Notes., version: 1.0.0}
servers: [{url: https://notes.example}]
security: [{key: []}]
paths:
  /notes:
    get:
      operationId: list_notes
      summary: List notes
      x-pagination: {cursor: cursor, next: page.next, items: data}
      parameters:
        - {name: cursor, in: query, description: Where a page begins., schema: {type: string, nullable: true}}
        - {name: color, in: query, description: A color., schema: {type: string, enum: [red]}}
        - {name: ids, in: query, description: Some ids., schema: {type: array, items: {type: string}}}
        - {name: since, in: query, description: A time., schema: {type: string, format: date-time}}
        - {name: trace, in: header, description: A trace., schema: {type: string}}
        - {name: team, in: query, required: true, description: A team., schema: {type: string}}
      responses:
        '200':
          description: A page.
          content:
            application/json:
              schema:
                allOf:
                  - type: object
                    properties:
                      page: {$ref: '#/components/schemas/Page'}
                  - type: object
                    required: [data]
                    properties:
                      data: {type: array, description: The notes., items: {type: string}}
    post:
      operationId: create_note
      summary: Create a note
      parameters:
        - $ref: '#/components/parameters/Key'
      responses:
        '204': {description: Done.}
  /notes/all:
    delete:
      operationId: delete_notes
      summary: Delete the notes
      parameters:
        - $ref: '#/components/parameters/Key'
      responses:
        '204': {description: Gone.}
components:
  parameters:
    Key:
      name: Idempotency-Key
      in: header
      required: true
      description: A key.
      x-idempotency-key: true
      schema: {type: string, format: uuid}
  schemas:
    Page:
      type: object
      description: What comes next.
      properties:
        next: {type: string, nullable: true, description: The next cursor.}
        size: {type: integer, description: How many there are.}
  securitySchemes:
    key: {type: http, scheme: bearer, description: A key.}
";

const PAGES: &str = "{cursor: cursor, next: page.next, items: data}";
const KEY: &str = "      x-idempotency-key: true\n";
const UUID: &str = "{type: string, format: uuid}";

#[test]
fn reports_each_mistake_once_and_says_what_would_fit() {
    assert!(lint(CONTRACT).1.is_empty(), "{:#?}", lint(CONTRACT).1);
    let form = "write it like `x-pagination: {cursor: cursor, next: next_cursor, items: data}`";
    let of_cursor = "name a parameter of `type: string` or `integer`, without `enum`";
    let of_uuid = "describe it as `type: string`, if it takes any text, or with `format: uuid`";
    let cases: [(&str, &str, &str, &str); 28] = [
        (PAGES, "«true»", "`x-pagination` has no keys", form),
        (
            PAGES,
            "«[cursor, next]»",
            "`x-pagination` has no keys",
            form,
        ),
        (
            PAGES,
            "{cursor: cursor, next: page.next, «itmes»: data}",
            "`x-pagination` has no key `itmes`",
            "did you mean `items`?",
        ),
        (
            PAGES,
            "{cursor: cursor, next: page.next, items: data, «limit»: limit}",
            "`x-pagination` has no key `limit`",
            "remove it: the keys are `cursor`, `next` and `items`",
        ),
        (
            "      x-pagination: {cursor: cursor, next: page.next, items: data}",
            "      «x-pagination»: {cursor: cursor, next: page.next}",
            "`x-pagination` is without `items`",
            form,
        ),
        (
            PAGES,
            "{cursor: cursor, next: page.next, items: «''»}",
            "`items` names nothing",
            form,
        ),
        (
            PAGES,
            "{cursor: «cursr», next: page.next, items: data}",
            "`list_notes` has no query parameter `cursr`",
            "did you mean `cursor`?",
        ),
        (
            PAGES,
            "{cursor: «trace», next: page.next, items: data}",
            "`list_notes` has no query parameter `trace`",
            "name the query parameter that says where a page begins",
        ),
        (
            PAGES,
            "{cursor: «team», next: page.next, items: data}",
            "`team` is required, so the first page can't be asked for",
            "remove `required: true` from the parameter, if a call may be without it",
        ),
        (
            PAGES,
            "{cursor: «color», next: page.next, items: data}",
            "`color` is one of a list of values, and no cursor",
            of_cursor,
        ),
        (
            PAGES,
            "{cursor: cursor, next: «next», items: data}",
            "the success body of `list_notes` has no property `next`",
            "its properties are `page`, `data`",
        ),
        (
            PAGES,
            "{cursor: cursor, next: «page.nxt», items: data}",
            "`page` has no property `nxt`",
            "did you mean `next`?",
        ),
        (
            PAGES,
            "{cursor: cursor, next: «data.next», items: data}",
            "`data` has no property `next`",
            "describe its `properties`, or name another path",
        ),
        (
            PAGES,
            "{cursor: cursor, next: «page..next», items: data}",
            "`page` has no property ``",
            "its properties are `next`, `size`",
        ),
        (
            PAGES,
            "{cursor: cursor, next: «page.size», items: data}",
            "`page.size` is an `integer`, and the cursor is a `string`",
            "give both the same `type` and `format`, or name the property that holds the next page's cursor",
        ),
        (
            PAGES,
            "{cursor: since, next: «page.next», items: data}",
            "`page.next` is a `string`, and the cursor is a `string` of format `date-time`",
            "give both the same `type` and `format`, or name the property that holds the next page's cursor",
        ),
        (
            "        next: {type: string, nullable: true,",
            "        next: {type: string, enum: [a],",
            "`page.next` is one of a list of values, and the cursor is a `string`",
            "give both the same `type` and `format`, or name the property that holds the next page's cursor",
        ),
        (
            PAGES,
            "{cursor: cursor, next: page.next, items: «page»}",
            "`page` is an `object`, not an `array`",
            "name the property that holds the page's items",
        ),
        (
            "      operationId: create_note\n",
            "      operationId: create_note\n      «x-pagination»: {cursor: cursor, next: next, items: data}\n",
            "`create_note` has no JSON body on success, or several, so no pages",
            "remove it, or describe one JSON body, the same for all successes",
        ),
        (
            "              schema:\n                allOf:\n",
            "              schema: {type: array, description: Names., items: {type: string}}\n        '203':\n          description: Another.\n          content:\n            application/json:\n              schema:\n                allOf:\n",
            "`list_notes` has no JSON body on success, or several, so no pages",
            "remove it, or describe one JSON body, the same for all successes",
        ),
        (
            "      operationId: create_note\n",
            "      operationId: create_note\n      «x-paginate»: {cursor: cursor, next: next, items: data}\n",
            "`x-paginate` is ignored: what says how pages follow each other is called `x-pagination`",
            "did you mean `x-pagination`?",
        ),
        (
            "    Page:\n",
            "    Page:\n      «x-pagination»: {cursor: cursor, next: next, items: data}\n",
            "`x-pagination` has no effect on this schema",
            "put it on the operation whose pages it is about",
        ),
        (
            KEY,
            "      x-idempotency-key: «false»\n",
            "`x-idempotency-key` is not `true`",
            "write `x-idempotency-key: true`, or remove it",
        ),
        (
            UUID,
            "{type: string, enum: [a]}",
            "the header is one of a list of values, which no fresh UUID is",
            of_uuid,
        ),
        (
            UUID,
            "{type: integer}",
            "the header is an `integer`, which no fresh UUID is",
            of_uuid,
        ),
        (
            UUID,
            "{type: string, format: date}",
            "the header is a `string` of format `date`, which no fresh UUID is",
            of_uuid,
        ),
        (
            "      operationId: create_note\n",
            "      operationId: create_note\n      «x-idempotency-key»: true\n",
            "`x-idempotency-key` has no effect on this operation",
            "put it on the header parameter that makes a repeated call safe",
        ),
        (
            "    delete:\n      operationId: delete_notes\n      summary: Delete the notes\n      parameters:\n",
            "    delete:\n      operationId: delete_notes\n      summary: Delete the notes\n      parameters:\n        - {name: Key, in: header, description: Another., x-idempotency-key: true, schema: {type: string}}\n",
            "two headers of `delete_notes` are its idempotency key",
            "mark the one by which the service recognizes a repeated call",
        ),
    ];
    let mut wrong = Vec::new();
    for (from, to, message, help) in cases {
        let marked = edit(CONTRACT, from, to);
        let text = marked.replace(['«', '»'], "");
        let found = lint(&text).1;
        let fits = match found.as_slice() {
            [one] => {
                let place = one.span.as_ref().map(|span| span.start);
                let is_there = marked.find('«').is_none_or(|at| place == Some(at));
                &*one.message == message && one.help.as_deref() == Some(help) && is_there
            }
            _ => false,
        };
        if !fits {
            wrong.push(format!("{to}:\n{}", listed(&text, &found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn reports_pages_whose_request_can_be_sent_once() {
    let file = "      requestBody: {description: A file., content: {application/octet-stream: {schema: {type: string, format: binary}}}}\n";
    let responses = "      parameters:\n        - {name: cursor";
    let text = edit(CONTRACT, responses, &format!("{file}{responses}"));
    let found = lint(&text).1;
    assert_eq!(
        &*found[0].message,
        "the request body of `list_notes` can be sent once, and each page needs it",
        "{}",
        listed(&text, &found)
    );
}

#[test]
fn reports_a_mark_beside_a_reference() {
    let reference = "      operationId: create_note\n      summary: Create a note\n      parameters:\n        - $ref: '#/components/parameters/Key'\n";
    let marked = format!("{reference}          x-idempotency-key: true\n");
    let text = edit(CONTRACT, reference, &marked);
    let found = lint(&text).1;
    assert_eq!(found.len(), 1, "{}", listed(&text, &found));
    assert_eq!(found[0].code, "codegen::idempotency-key");
    let message = &found[0].message;
    assert!(message.contains("beside a `$ref` is ignored"), "{message}");
}

#[test]
fn warns_of_a_key_that_only_safe_calls_have() {
    let text = edit(CONTRACT, "    post:\n", "    options:\n");
    let text = edit(&text, "    delete:\n", "    head:\n");
    let found = lint(&text).1;
    let codes: Vec<&str> = found.iter().map(|found| found.code).collect();
    assert_eq!(
        codes,
        ["policy::idempotency-key"],
        "{}",
        listed(&text, &found)
    );
}

#[test]
fn asks_for_a_last_page() {
    let text = edit(
        CONTRACT,
        PAGES,
        "{cursor: page, next: page.size, items: data}",
    );
    let text = edit(
        &text,
        "        - {name: color",
        "        - {name: page, in: query, description: A page., schema: {type: integer}}\n        - {name: color",
    );
    let required = edit(&text, "    Page:\n", "    Page:\n      required: [size]\n");
    let always = edit(&required, "required: [data]", "required: [data, page]");
    for (text, expected) in [
        (&text, None),
        (&required, None),
        (
            &always,
            Some("`page.size` is always there, so no page is the last"),
        ),
        (
            &edit(
                &always,
                "{type: integer, description: How",
                "{type: integer, nullable: true, description: How",
            ),
            None,
        ),
    ] {
        let found = lint(text).1;
        let messages: Vec<&str> = found.iter().map(|found| &*found.message).collect();
        assert_eq!(
            messages,
            expected.into_iter().collect::<Vec<_>>(),
            "{}",
            listed(text, &found)
        );
    }
}

#[test]
fn takes_cursors_of_numbers_through_envelopes_and_nullable_objects() {
    let text = edit(
        CONTRACT,
        PAGES,
        "{cursor: page, next: data.page.size, items: data.items}",
    );
    let text = edit(
        &text,
        "        - {name: color",
        "        - {name: page, in: query, description: A page., schema: {type: integer}}\n        - {name: color",
    );
    let text = edit(
        &text,
        "{type: array, description: The notes., items: {type: string}}",
        "{type: object, description: All., nullable: true, properties: {page: {$ref: '#/components/schemas/Page'}, items: {type: array, description: The notes., items: {type: string}}}}",
    );
    let found = lint(&text).1;
    assert!(found.is_empty(), "{}", listed(&text, &found));
}
