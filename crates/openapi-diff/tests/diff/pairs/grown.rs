//! Edits of a contract with what this one may grow.

use openapi_diff::Compatibility::{Additive, Breaking, Docs};

use super::{Pair, SAME, check, report};
use crate::contracts::GROWN;

#[test]
fn pairs_of_what_it_may_grow() {
    check(
        GROWN,
        &[
            Pair {
                name: "an optional parameter",
                edits: &[(
                    "",
                    "        - $ref: '#/components/parameters/Cursor'\n",
                    "        - $ref: '#/components/parameters/Cursor'\n        - {name: state, in: query, schema: {type: string}}\n",
                )],
                forth: report(
                    Additive,
                    "request-parameter-added",
                    "name: state",
                    "`ListTasksParams::state: Option<String>` is new",
                ),
                back: report(
                    Breaking,
                    "request-parameter-removed",
                    "parameters:",
                    "`ListTasksParams::state` is gone",
                ),
            },
            Pair {
                name: "a first optional parameter",
                edits: &[(
                    "      operationId: get_task\n",
                    "      parameters:\n",
                    "      parameters:\n        - {name: full, in: query, schema: {type: boolean}}\n",
                )],
                forth: report(
                    Additive,
                    "request-parameter-added",
                    "name: full",
                    "`get_task_with` is new",
                ),
                back: report(
                    Breaking,
                    "request-parameter-removed",
                    "parameters:",
                    "`get_task_with` is gone",
                ),
            },
            Pair {
                name: "a required parameter",
                edits: &[(
                    "",
                    "        - name: team\n",
                    "        - {name: area, in: query, required: true, schema: {type: string}}\n        - name: team\n",
                )],
                forth: report(
                    Breaking,
                    "request-required-parameter-added",
                    "name: area",
                    "`list_tasks` takes `area: &str` too",
                ),
                back: report(
                    Breaking,
                    "request-parameter-removed",
                    "parameters:",
                    "`list_tasks` no longer takes `area`",
                ),
            },
            Pair {
                name: "a parameter is required",
                edits: &[(
                    "        - name: limit\n",
                    "          in: query\n",
                    "          in: query\n          required: true\n",
                )],
                forth: report(
                    Breaking,
                    "request-parameter-required",
                    "required: true",
                    "`list_tasks` takes `limit: i64` too",
                ),
                back: report(
                    Breaking,
                    "request-parameter-optional",
                    "name: limit",
                    "`list_tasks` no longer takes `limit`",
                ),
            },
            Pair {
                name: "a parameter goes by another name",
                edits: &[("        - name: limit\n", "limit", "page_size")],
                forth: report(
                    Breaking,
                    "request-parameter-renamed",
                    "page_size",
                    "`ListTasksParams::limit` is gone",
                ),
                back: report(
                    Breaking,
                    "request-parameter-renamed",
                    "limit",
                    "`ListTasksParams::page_size` is gone",
                ),
            },
            Pair {
                name: "from the query into a header",
                edits: &[("        - name: limit\n", "in: query", "in: header")],
                forth: report(Breaking, "request-parameter-moved", "in: header", "-"),
                back: report(Breaking, "request-parameter-moved", "in: query", "-"),
            },
            Pair {
                name: "required parameters in another order",
                edits: &[
                    ("        - name: org\n", "name: org", "name: team"),
                    (
                        "",
                        "          description: Whose tasks.",
                        "          description: Of which team.",
                    ),
                    (
                        "          description: Of which team.\n          schema:\n            type: string\n        - name: team\n",
                        "- name: team",
                        "- name: org",
                    ),
                    (
                        "        - name: org\n",
                        "          description: Of which team.",
                        "          description: Whose tasks.",
                    ),
                ],
                forth: report(
                    Breaking,
                    "argument-order-changed",
                    "parameters:",
                    "`list_tasks(org, team)` → `list_tasks(team, org)`",
                ),
                back: report(
                    Breaking,
                    "argument-order-changed",
                    "parameters:",
                    "`list_tasks(team, org)` → `list_tasks(org, team)`",
                ),
            },
            Pair {
                name: "optional parameters in another order",
                edits: &[
                    ("", "        - $ref: '#/components/parameters/Cursor'\n", ""),
                    (
                        "",
                        "        - name: limit\n",
                        "        - $ref: '#/components/parameters/Cursor'\n        - name: limit\n",
                    ),
                ],
                forth: SAME,
                back: SAME,
            },
            Pair {
                name: "another default",
                edits: &[("", "default: 20", "default: 50")],
                forth: report(Breaking, "request-default-changed", "default: 50", "-"),
                back: report(Breaking, "request-default-changed", "default: 20", "-"),
            },
            Pair {
                name: "a lower limit",
                edits: &[("", "maximum: 100", "maximum: 50")],
                forth: report(Breaking, "request-limit-tightened", "maximum: 50", "-"),
                back: report(Additive, "request-limit-loosened", "maximum: 100", "-"),
            },
            Pair {
                name: "a limit goes",
                edits: &[("    NewTask:\n", "          maxLength: 200\n", "")],
                forth: report(Additive, "request-limit-loosened", "title:", "-"),
                back: report(Breaking, "request-limit-tightened", "maxLength: 200", "-"),
            },
            Pair {
                name: "a body has one more field",
                edits: &[(
                    "    NewTask:\n",
                    "        notes:\n",
                    "        color: {type: string}\n        notes:\n",
                )],
                forth: report(
                    Additive,
                    "request-property-added",
                    "color:",
                    "`NewTask::color: Option<String>` is new",
                ),
                back: report(
                    Breaking,
                    "request-property-removed",
                    "properties:",
                    "`NewTask::color` is gone",
                ),
            },
            Pair {
                name: "a body needs one more field",
                edits: &[
                    ("    NewTask:\n", "[title, org]", "[title, org, color]"),
                    (
                        "    NewTask:\n",
                        "        notes:\n",
                        "        color: {type: string}\n        notes:\n",
                    ),
                ],
                forth: report(
                    Breaking,
                    "request-required-property-added",
                    "color:",
                    "`NewTask::new` takes `color: impl Into<String>` too",
                ),
                back: report(
                    Breaking,
                    "request-property-removed",
                    "properties:",
                    "`NewTask::new` no longer takes `color`",
                ),
            },
            Pair {
                name: "a field that is sent is required",
                edits: &[("    NewTask:\n", "[title, org]", "[title, org, notes]")],
                forth: report(
                    Breaking,
                    "request-property-required",
                    "required:",
                    "`NewTask::notes`: `Option<Option<String>>` → `Option<String>`",
                ),
                back: report(
                    Breaking,
                    "request-property-optional",
                    "notes:",
                    "`Option<String>` → `Option<Option<String>>`",
                ),
            },
            Pair {
                name: "what is sent can't be null",
                edits: &[("    NewTask:\n", "          nullable: true\n", "")],
                forth: report(
                    Breaking,
                    "request-null-removed",
                    "notes:",
                    "`Option<Option<String>>` → `Option<String>`",
                ),
                back: report(
                    Breaking,
                    "request-null-added",
                    "nullable: true",
                    "`Option<String>` → `Option<Option<String>>`",
                ),
            },
            Pair {
                name: "what is sent is closed",
                edits: &[(
                    "    NewTask:\n",
                    "      type: object\n",
                    "      type: object\n      additionalProperties: false\n",
                )],
                forth: report(
                    Breaking,
                    "request-object-closed",
                    "additionalProperties: false",
                    "",
                ),
                back: report(Additive, "request-object-opened", "NewTask:", ""),
            },
            Pair {
                name: "a value used both ways",
                edits: &[("    Priority:\n", "[low, high]", "[low, high, urgent]")],
                forth: report(
                    Breaking,
                    "response-enum-value-added",
                    "enum:",
                    "`Priority::Urgent` is new",
                ),
                back: report(
                    Breaking,
                    "request-enum-value-removed",
                    "enum:",
                    "`Priority::Urgent` is gone",
                ),
            },
            Pair {
                name: "a value that comes",
                edits: &[("        state:\n", "[open, done]", "[open, done, stuck]")],
                forth: report(
                    Breaking,
                    "response-enum-value-added",
                    "enum:",
                    "`TaskState::Stuck` is new",
                ),
                back: report(
                    Breaking,
                    "response-enum-value-removed",
                    "enum:",
                    "`TaskState::Stuck` is gone",
                ),
            },
            Pair {
                name: "a list is opened",
                edits: &[("        state:\n", "          enum: [open, done]\n", "")],
                forth: report(
                    Breaking,
                    "response-enum-removed",
                    "state:",
                    "`Task::state`: `TaskState` → `String`",
                ),
                back: report(
                    Breaking,
                    "response-enum-added",
                    "enum:",
                    "`Task::state`: `String` → `TaskState`",
                ),
            },
            Pair {
                name: "elements of another type",
                edits: &[(
                    "        steps:\n",
                    "            $ref: '#/components/schemas/Step'\n",
                    "            type: string\n",
                )],
                forth: report(
                    Breaking,
                    "response-type-changed",
                    "items:",
                    "`Task::steps`: `Option<Vec<Step>>` → `Option<Vec<String>>`",
                ),
                back: report(
                    Breaking,
                    "response-type-changed",
                    "items:",
                    "`Option<Vec<String>>` → `Option<Vec<Step>>`",
                ),
            },
            Pair {
                name: "one element instead of several",
                edits: &[(
                    "        steps:\n",
                    "          type: array\n          items:\n            $ref: '#/components/schemas/Step'\n",
                    "          $ref: '#/components/schemas/Step'\n",
                )],
                forth: report(
                    Breaking,
                    "response-type-changed",
                    "steps:",
                    "`Option<Vec<Step>>` → `Option<Step>`",
                ),
                back: report(
                    Breaking,
                    "response-type-changed",
                    "steps:",
                    "`Option<Step>` → `Option<Vec<Step>>`",
                ),
            },
            Pair {
                name: "a body must be sent",
                edits: &[(
                    "      operationId: update_task\n",
                    "      requestBody:\n",
                    "      requestBody:\n        required: true\n",
                )],
                forth: report(
                    Breaking,
                    "request-body-required",
                    "required: true",
                    "`update_task` takes `body: &TaskUpdate` too",
                ),
                back: report(
                    Breaking,
                    "request-body-optional",
                    "requestBody:",
                    "`update_task` no longer takes `body`",
                ),
            },
            Pair {
                name: "a form instead of JSON",
                edits: &[(
                    "      operationId: create_task\n",
                    "          application/json:\n",
                    "          multipart/form-data:\n",
                )],
                forth: report(
                    Breaking,
                    "request-media-type-removed request-media-type-added",
                    "requestBody:",
                    "-",
                ),
                back: report(
                    Breaking,
                    "request-media-type-removed request-media-type-added",
                    "requestBody:",
                    "-",
                ),
            },
            Pair {
                name: "a body of another kind",
                edits: &[(
                    "        '401':\n          description: No key.\n",
                    "          description: No key.\n",
                    "          description: No key.\n          content:\n            text/plain:\n              schema:\n                type: string\n",
                )],
                forth: report(Additive, "response-media-type-added", "text/plain:", "-"),
                back: report(Breaking, "response-media-type-removed", "'401':", "-"),
            },
            Pair {
                name: "a header is no promise",
                edits: &[(
                    "            X-Total:\n",
                    "              required: true\n",
                    "",
                )],
                forth: report(Breaking, "response-header-optional", "X-Total:", "-"),
                back: report(Additive, "response-header-required", "required: true", "-"),
            },
            Pair {
                name: "an operation goes",
                edits: &[(
                    "",
                    "    patch:\n      operationId: update_task\n      summary: Change a task\n      parameters:\n        - name: id\n          in: path\n          required: true\n          schema:\n            type: string\n            format: uuid\n      requestBody:\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/TaskUpdate'\n      responses:\n        '204':\n          description: Done.\n",
                    "",
                )],
                forth: report(
                    Breaking,
                    "operation-removed",
                    "/tasks/{id}:",
                    "`update_task` is gone",
                ),
                back: report(
                    Additive,
                    "operation-added",
                    "patch:",
                    "`update_task` is new",
                ),
            },
            Pair {
                name: "an operation with Params is renamed",
                edits: &[("", "operationId: list_tasks", "operationId: tasks")],
                forth: report(
                    Breaking,
                    "operation-id-changed",
                    "operationId: tasks",
                    "`list_tasks` is called `tasks`",
                ),
                back: report(
                    Breaking,
                    "operation-id-changed",
                    "operationId: list_tasks",
                    "`ListTasksParams`",
                ),
            },
            Pair {
                name: "a whole component comes with a field",
                edits: &[
                    (
                        "    Task:\n",
                        "        steps:\n",
                        "        owner:\n          $ref: '#/components/schemas/Owner'\n        steps:\n",
                    ),
                    (
                        "",
                        "    Step:\n",
                        "    Owner:\n      type: object\n      properties:\n        name:\n          type: string\n    Step:\n",
                    ),
                ],
                forth: report(
                    Additive,
                    "response-property-added",
                    "owner:",
                    "`Task::owner: Option<Owner>` is new",
                ),
                back: report(
                    Breaking,
                    "response-property-removed",
                    "properties:",
                    "`Task::owner` is gone",
                ),
            },
            Pair {
                name: "the envelope of a created task",
                edits: &[("        '201':\n", "schemas/TaskResponse", "schemas/Task")],
                forth: report(Breaking, "response-envelope-removed", "schema:", "-"),
                back: report(Breaking, "response-envelope-added", "schema:", "-"),
            },
            Pair {
                name: "an inline object gets a name",
                edits: &[
                    (
                        "        place:\n",
                        "          type: object\n          properties:\n            city:\n              type: string\n",
                        "          $ref: '#/components/schemas/Place'\n",
                    ),
                    (
                        "",
                        "    Step:\n",
                        "    Place:\n      type: object\n      properties:\n        city:\n          type: string\n    Step:\n",
                    ),
                ],
                forth: report(
                    Breaking,
                    "component-renamed",
                    "Place:",
                    "the type `TaskPlace` is called `Place`",
                ),
                back: report(
                    Breaking,
                    "component-renamed",
                    "place:",
                    "the type `Place` is called `TaskPlace`",
                ),
            },
            Pair {
                name: "allOf around the same",
                edits: &[(
                    "    Task:\n",
                    "        priority:\n          $ref: '#/components/schemas/Priority'\n",
                    "        priority:\n          allOf:\n            - $ref: '#/components/schemas/Priority'\n",
                )],
                forth: SAME,
                back: SAME,
            },
            Pair {
                name: "another component of the same shape",
                edits: &[
                    ("    Task:\n", "schemas/Priority", "schemas/Urgency"),
                    (
                        "",
                        "    Priority:\n",
                        "    Urgency:\n      type: string\n      enum: [low, high]\n    Priority:\n",
                    ),
                ],
                forth: report(
                    Breaking,
                    "rust-api-changed rust-api-added",
                    "priority:",
                    "`Task::priority`: `Option<Priority>` → `Option<Urgency>`",
                ),
                back: report(Breaking, "rust-api-changed rust-api-changed", "", ""),
            },
            Pair {
                name: "a scheme is called otherwise",
                edits: &[
                    ("", "  - key: []", "  - token: []"),
                    ("  securitySchemes:\n", "    key:\n", "    token:\n"),
                ],
                forth: SAME,
                back: SAME,
            },
            Pair {
                name: "a second way in",
                edits: &[
                    ("", "  - key: []", "  - key: []\n  - cookie: []"),
                    (
                        "  securitySchemes:\n",
                        "    key:\n",
                        "    cookie: {type: apiKey, in: cookie, name: session}\n    key:\n",
                    ),
                ],
                forth: report(Additive, "security-loosened", "security:", "-"),
                back: report(Breaking, "security-changed", "security:", "-"),
            },
            Pair {
                name: "one operation needs no key",
                edits: &[(
                    "",
                    "      operationId: get_task\n",
                    "      operationId: get_task\n      security: []\n",
                )],
                forth: report(
                    Additive,
                    "security-loosened",
                    "security: []",
                    "the client sends no key; it sent its key as a bearer token",
                ),
                back: report(
                    Breaking,
                    "security-changed",
                    "",
                    "the client sends its key as a bearer token; it sent no key",
                ),
            },
            Pair {
                name: "a header instead of a token, as the first of two",
                edits: &[
                    ("", "  - key: []", "  - header: []\n  - key: []"),
                    (
                        "  securitySchemes:\n",
                        "    key:\n",
                        "    header: {type: apiKey, in: header, name: X-Key}\n    key:\n",
                    ),
                ],
                forth: report(
                    Breaking,
                    "security-loosened",
                    "security:",
                    "the client sends its key in the header `X-Key`; it sent its key as a bearer token",
                ),
                back: report(
                    Breaking,
                    "security-changed",
                    "security:",
                    "the client sends its key as a bearer token; it sent its key in the header `X-Key`",
                ),
            },
            Pair {
                name: "what comes back is compared with what was asked for",
                edits: &[(
                    "      operationId: get_task\n",
                    "          description: Which.\n",
                    "          description: Which.\n          x-identifies: id\n",
                )],
                forth: report(
                    Breaking,
                    "identified-property-changed",
                    "x-identifies: id",
                    "a response whose `id` is not the argument is an error now",
                ),
                back: report(
                    Breaking,
                    "identified-property-changed",
                    "name: id",
                    "a response whose `id` is not the argument is no longer an error",
                ),
            },
            Pair {
                name: "a status that means not found",
                edits: &[(
                    "      operationId: get_task\n",
                    "      responses:\n",
                    "      responses:\n        '404': {description: No such task., x-not-found: NO_TASK}\n",
                )],
                forth: report(
                    Breaking,
                    "response-status-added",
                    "x-not-found: NO_TASK",
                    "`Error::is_not_found` is true of the code `NO_TASK` now",
                ),
                back: report(
                    Breaking,
                    "response-status-removed",
                    "responses:",
                    "`Error::is_not_found` is never true now",
                ),
            },
            Pair {
                name: "an operation is left out of the client",
                edits: &[(
                    "",
                    "      operationId: get_task\n",
                    "      operationId: get_task\n      x-codegen-skip: not yet public\n",
                )],
                forth: report(
                    Breaking,
                    "codegen-skip-added",
                    "x-codegen-skip: not yet public",
                    "`get_task` is gone",
                ),
                back: report(
                    Additive,
                    "codegen-skip-removed",
                    "get:",
                    "`get_task` is new",
                ),
            },
            Pair {
                name: "an extension",
                edits: &[(
                    "",
                    "      operationId: get_task\n",
                    "      operationId: get_task\n      x-owner: leads\n",
                )],
                forth: report(Docs, "extension-changed", "x-owner", "-"),
                back: report(Docs, "extension-changed", "get:", "-"),
            },
        ],
    );
}
