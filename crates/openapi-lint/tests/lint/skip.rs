//! What `x-codegen-skip` leaves unsaid, and where it is hinted at.

use openapi_lint::{MINIMAL, lint};

use super::{edit, listed};

const PLAIN: &str = "  /notes:\n    get:\n";

/// A path whose two operations share a parameter that cannot be generated.
fn shared(skip_of_put: &str) -> String {
    let added = format!(
        "  /logs/{{id}}:
    parameters:
      - {{name: id, in: path, required: true, description: Log ID., schema: {{type: array, items: {{type: object}}}}}}
    get:
      operationId: get_log
      x-codegen-skip: the ID is an object
      summary: Get a log
      responses: {{'204': {{description: Done.}}}}
    put:
      operationId: replace_log
      {skip_of_put}
      summary: Replace a log
      responses: {{'204': {{description: Done.}}}}
{PLAIN}"
    );
    edit(MINIMAL, PLAIN, &added)
}

#[test]
fn a_skipped_operation_is_right_whatever_only_the_generator_minds() {
    let text = shared("x-codegen-skip: the ID is an object");
    assert_eq!(listed(&text, &lint(&text).1), "");
}

#[test]
fn what_another_operation_shares_is_reported_with_a_hint() {
    let text = shared("tags: [notes]");
    let found = listed(&text, &lint(&text).1);
    assert!(found.contains("error[codegen::"), "{found}");
    let hint = "; or keep the operation described and set `x-codegen-skip: <reason>` on it\n";
    assert!(found.contains(hint), "{found}");
}

#[test]
fn what_openapi_minds_is_reported_all_the_same() {
    let text = shared("x-codegen-skip: the ID is an object");
    let text = edit(
        &text,
        "operationId: get_log\n",
        "operationId: get_log\n      requried: 1\n",
    );
    let found = listed(&text, &lint(&text).1);
    assert!(found.contains("spec::unknown-field"), "{found}");
}
