//! Edits of this contract, as it once stood.

use openapi_diff::Compatibility::{Additive, Breaking, Docs};

use super::{Pair, SAME, check, report};
use crate::contracts::AURA;

#[test]
fn pairs_of_this_contract() {
    check(
        AURA,
        &[
            Pair {
                name: "a number becomes a text",
                edits: &[(
                    "        total_paid_cents:",
                    "type: integer\n          format: int64",
                    "type: string",
                )],
                forth: report(
                    Breaking,
                    "response-type-changed",
                    "type: string",
                    "`Lead::total_paid_cents`: `Option<i64>` → `Option<String>`",
                ),
                back: report(
                    Breaking,
                    "response-type-changed",
                    "type: integer",
                    "`Option<String>` → `Option<i64>`",
                ),
            },
            Pair {
                name: "an optional field is relied on",
                edits: &[
                    (
                        "    Lead:\n",
                        "        - created_at",
                        "        - company\n        - created_at",
                    ),
                    ("        company:", "          nullable: true\n", ""),
                ],
                forth: report(
                    Breaking,
                    "response-property-required response-null-removed",
                    "- company",
                    "`Lead::company`: `Option<String>` → `String`; `Lead::new` takes `company: impl Into<String>` too",
                ),
                back: report(
                    Breaking,
                    "response-property-optional response-null-added",
                    "company:",
                    "`Lead::company`: `String` → `Option<String>`; `Lead::new` no longer takes `company`",
                ),
            },
            Pair {
                name: "a field is renamed",
                edits: &[("        full_name:", "full_name", "name")],
                forth: report(
                    Breaking,
                    "response-property-renamed",
                    "name:",
                    "`Lead::full_name` is gone; `Lead::name: Option<String>` is new",
                ),
                back: report(
                    Breaking,
                    "response-property-renamed",
                    "full_name:",
                    "`Lead::name` is gone",
                ),
            },
            Pair {
                name: "a field goes",
                edits: &[(
                    "        timezone:",
                    "        timezone:\n          type: string\n          nullable: true\n          description: >-\n            Time zone, in the example an IANA name. The API does not say whether it always is one.\n          example: America/New_York\n",
                    "",
                )],
                forth: report(
                    Breaking,
                    "response-property-removed",
                    "properties:",
                    "`Lead::timezone` is gone",
                ),
                back: report(
                    Additive,
                    "response-property-added",
                    "timezone:",
                    "`Lead::timezone: Option<String>` is new",
                ),
            },
            Pair {
                name: "a component is renamed",
                edits: &[
                    ("    LeadNote:\n", "LeadNote", "Note"),
                    ("        notes:\n", "schemas/LeadNote", "schemas/Note"),
                ],
                forth: report(
                    Breaking,
                    "component-renamed",
                    "Note:",
                    "the type `LeadNote` is called `Note`",
                ),
                back: report(
                    Breaking,
                    "component-renamed",
                    "LeadNote:",
                    "the type `Note` is called `LeadNote`",
                ),
            },
            Pair {
                name: "an operationId is renamed",
                edits: &[("", "operationId: get_lead", "operationId: fetch_lead")],
                forth: report(
                    Breaking,
                    "operation-id-changed",
                    "operationId: fetch_lead",
                    "`get_lead` is called `fetch_lead`",
                ),
                back: report(
                    Breaking,
                    "operation-id-changed",
                    "operationId: get_lead",
                    "`fetch_lead` is called `get_lead`",
                ),
            },
            Pair {
                name: "a time gets its format",
                edits: &[(
                    "        last_payment_at:",
                    "type: string",
                    "type: string\n          format: date-time",
                )],
                forth: report(
                    Breaking,
                    "response-format-narrowed",
                    "format: date-time",
                    "`Option<String>` → `Option<DateTime<Utc>>`",
                ),
                back: report(
                    Breaking,
                    "response-format-changed",
                    "last_payment_at:",
                    "`Option<DateTime<Utc>>` → `Option<String>`",
                ),
            },
            Pair {
                name: "a count is small",
                edits: &[("        payment_count:", "int64", "int32")],
                forth: report(
                    Breaking,
                    "response-format-narrowed",
                    "format: int32",
                    "`Option<i64>` → `Option<i32>`",
                ),
                back: report(
                    Breaking,
                    "response-format-changed",
                    "format: int64",
                    "`Option<i32>` → `Option<i64>`",
                ),
            },
            Pair {
                name: "a list of values is put on a text",
                edits: &[(
                    "        status:\n",
                    "type: string",
                    "type: string\n          enum: [new, qualified]",
                )],
                forth: report(
                    Breaking,
                    "response-enum-added",
                    "enum:",
                    "`Lead::status`: `String` → `LeadStatus`",
                ),
                back: report(
                    Breaking,
                    "response-enum-removed",
                    "status:",
                    "the type `LeadStatus` is gone",
                ),
            },
            Pair {
                name: "an object is closed",
                edits: &[(
                    "    LeadSource:\n",
                    "additionalProperties: true",
                    "additionalProperties: false",
                )],
                forth: report(
                    Breaking,
                    "response-object-closed",
                    "additionalProperties: false",
                    "`LeadSource::extra` is gone",
                ),
                back: report(
                    Breaking,
                    "response-object-opened",
                    "additionalProperties: true",
                    "`LeadSource::extra: Extra` is new",
                ),
            },
            Pair {
                name: "a required field can be null",
                edits: &[(
                    "        updated_at:",
                    "format: date-time",
                    "format: date-time\n          nullable: true",
                )],
                forth: report(
                    Breaking,
                    "response-null-added",
                    "nullable: true",
                    "`Lead::updated_at`: `DateTime<Utc>` → `Option<DateTime<Utc>>`",
                ),
                back: report(
                    Breaking,
                    "response-null-removed",
                    "updated_at:",
                    "`Option<DateTime<Utc>>` → `DateTime<Utc>`",
                ),
            },
            Pair {
                name: "an optional field can't be null",
                edits: &[("        company:", "          nullable: true\n", "")],
                forth: report(Additive, "response-null-removed", "company:", "-"),
                back: report(Breaking, "response-null-added", "nullable: true", "-"),
            },
            Pair {
                name: "an object can't be null",
                edits: &[("        source:\n", "          nullable: true\n", "")],
                forth: report(Additive, "response-null-removed", "source:", "-"),
                back: report(Breaking, "response-null-added", "nullable: true", "-"),
            },
            Pair {
                name: "another server",
                edits: &[("", "https://api.aura-app.ai", "https://eu.aura-app.ai")],
                forth: report(
                    Breaking,
                    "server-changed",
                    "eu.aura-app.ai",
                    "the client's own base URL is `https://eu.aura-app.ai`; it was `https://api.aura-app.ai`",
                ),
                back: report(
                    Breaking,
                    "server-changed",
                    "api.aura-app.ai",
                    "the client's own base URL is `https://api.aura-app.ai`",
                ),
            },
            Pair {
                name: "one more server",
                edits: &[(
                    "",
                    "    description: Production\n",
                    "    description: Production\n  - url: https://eu.aura-app.ai\n",
                )],
                forth: report(Additive, "server-added", "eu.aura-app.ai", "-"),
                back: report(Breaking, "server-removed", "api.aura-app.ai", "-"),
            },
            Pair {
                name: "another security scheme",
                edits: &[(
                    "    bearerAuth:\n",
                    "      type: http\n      scheme: bearer\n",
                    "      type: apiKey\n      in: header\n      name: X-Api-Key\n",
                )],
                forth: report(
                    Breaking,
                    "security-scheme-changed",
                    "type: apiKey",
                    "the client sends its key in the header `X-Api-Key`; it sent its key as a bearer token",
                ),
                back: report(
                    Breaking,
                    "security-scheme-changed",
                    "type: http",
                    "the client sends its key as a bearer token; it sent its key in the header `X-Api-Key`",
                ),
            },
            Pair {
                name: "no key is needed",
                edits: &[("", "security:\n  - bearerAuth: []", "security: []")],
                forth: report(
                    Additive,
                    "security-loosened",
                    "security: []",
                    "the client sends no key",
                ),
                back: report(Breaking, "security-changed", "security:", "it sent no key"),
            },
            Pair {
                name: "a status goes",
                edits: &[(
                    "",
                    "        \"404\":\n          $ref: \"#/components/responses/NotFound\"\n",
                    "",
                )],
                forth: report(
                    Breaking,
                    "not-found-code-changed",
                    "NotFound:",
                    "`Error::is_not_found` is never true now",
                ),
                back: report(
                    Breaking,
                    "response-status-added",
                    "\"404\":",
                    "`Error::is_not_found` is true of the code `NOT_FOUND` now",
                ),
            },
            Pair {
                name: "another code means not found",
                edits: &[(
                    "    NotFound:\n",
                    "x-not-found: NOT_FOUND",
                    "x-not-found: NO_LEAD",
                )],
                forth: report(
                    Breaking,
                    "not-found-code-changed",
                    "x-not-found: NO_LEAD",
                    "`Error::is_not_found` is true of the code `NO_LEAD`; it was of `NOT_FOUND`",
                ),
                back: report(
                    Breaking,
                    "not-found-code-changed",
                    "x-not-found: NOT_FOUND",
                    "`Error::is_not_found` is true of the code `NOT_FOUND`; it was of `NO_LEAD`",
                ),
            },
            Pair {
                name: "no code means not found any more",
                edits: &[("    NotFound:\n", "      x-not-found: NOT_FOUND\n", "")],
                forth: report(
                    Breaking,
                    "not-found-code-changed",
                    "NotFound:",
                    "`Error::is_not_found` is never true now",
                ),
                back: report(
                    Breaking,
                    "not-found-code-changed",
                    "x-not-found: NOT_FOUND",
                    "`Error::is_not_found` is true of the code `NOT_FOUND` now",
                ),
            },
            Pair {
                name: "the default answer goes",
                edits: &[(
                    "",
                    "        default:\n          $ref: \"#/components/responses/UnexpectedError\"\n",
                    "",
                )],
                forth: report(Breaking, "response-status-removed", "responses:", "-"),
                back: report(Additive, "response-status-added", "default:", "-"),
            },
            Pair {
                name: "a new error status",
                edits: &[(
                    "",
                    "        \"404\":\n",
                    "        \"403\":\n          $ref: \"#/components/responses/Unauthorized\"\n        \"404\":\n",
                )],
                forth: report(Additive, "response-status-added", "\"403\":", "-"),
                back: report(Docs, "description-changed", "responses:", "-"),
            },
            Pair {
                name: "another success status",
                edits: &[(
                    "",
                    "        \"200\":\n          description: The lead.",
                    "        \"201\":\n          description: The lead.",
                )],
                forth: report(Breaking, "response-success-status-changed", "\"201\":", "-"),
                back: report(Breaking, "response-success-status-changed", "\"200\":", "-"),
            },
            Pair {
                name: "the envelope goes",
                edits: &[(
                    "        \"200\":",
                    "schemas/GetLeadResponse",
                    "schemas/Lead",
                )],
                forth: report(
                    Breaking,
                    "response-envelope-removed",
                    "schema:",
                    "`GetLeadResponse`",
                ),
                back: report(
                    Breaking,
                    "response-envelope-added",
                    "schema:",
                    "`GetLeadResponse`",
                ),
            },
            Pair {
                name: "a mark goes",
                edits: &[("        phone:", "          x-sensitive: true\n", "")],
                forth: report(
                    Breaking,
                    "sensitive-mark-removed",
                    "phone:",
                    "`Debug` shows `Lead::phone` now",
                ),
                back: report(
                    Additive,
                    "sensitive-mark-added",
                    "x-sensitive: true",
                    "`Debug` hides `Lead::phone` now",
                ),
            },
            Pair {
                name: "a description is reworded",
                edits: &[(
                    "        company:",
                    "Name of the lead's company.",
                    "What the company is called.",
                )],
                forth: report(Docs, "description-changed", "What the company", "-"),
                back: report(
                    Docs,
                    "description-changed",
                    "Name of the lead's company.",
                    "-",
                ),
            },
            Pair {
                name: "an example is another",
                edits: &[("        company:", "example: Acme Corp", "example: Acme")],
                forth: report(Docs, "example-changed", "example: Acme", "-"),
                back: report(Docs, "example-changed", "example: Acme Corp", "-"),
            },
            Pair {
                name: "required in another order",
                edits: &[(
                    "    Lead:\n",
                    "        - id\n        - status\n",
                    "        - status\n        - id\n",
                )],
                forth: report(
                    Breaking,
                    "required-order-changed",
                    "required:",
                    "`Lead::new(id, status, created_at, updated_at)` → `Lead::new(status, id, created_at, updated_at)`",
                ),
                back: report(
                    Breaking,
                    "required-order-changed",
                    "required:",
                    "→ `Lead::new(id, status",
                ),
            },
            Pair {
                name: "properties in another order",
                edits: &[
                    (
                        "        company:",
                        "        company:\n          type: string\n          nullable: true\n          description: Name of the lead's company.\n          example: Acme Corp\n",
                        "",
                    ),
                    (
                        "        phone:",
                        "        phone:",
                        "        company:\n          type: string\n          nullable: true\n          description: Name of the lead's company.\n          example: Acme Corp\n        phone:",
                    ),
                ],
                forth: SAME,
                back: SAME,
            },
            Pair {
                name: "a schema is written out where it is used",
                edits: &[(
                    "        notes:\n",
                    "            $ref: \"#/components/schemas/LeadNote\"\n",
                    "            type: object\n            description: One note.\n            additionalProperties: true\n            properties:\n              content: {type: string, nullable: true, x-sensitive: true}\n              created_at: {type: string, format: date-time, nullable: true}\n              user_id: {type: string, nullable: true}\n",
                )],
                forth: report(
                    Breaking,
                    "rust-api-changed",
                    "notes:",
                    "`Option<Vec<LeadNote>>` → `Option<Vec<LeadNotesItem>>`; the type `LeadNotesItem` is new",
                ),
                back: report(
                    Breaking,
                    "rust-api-changed",
                    "notes:",
                    "the type `LeadNotesItem` is gone",
                ),
            },
            Pair {
                name: "a path parameter is renamed",
                edits: &[
                    ("", "/v1/leads/{id}:", "/v1/leads/{lead_id}:"),
                    ("", "- name: id\n", "- name: lead_id\n"),
                ],
                forth: report(Docs, "path-parameter-renamed", "name: lead_id", "-"),
                back: report(Docs, "path-parameter-renamed", "name: id", "-"),
            },
            Pair {
                name: "the path is another",
                edits: &[("", "/v1/leads/{id}:", "/v2/leads/{id}:")],
                forth: report(Breaking, "operation-moved", "get:", "-"),
                back: report(Breaking, "operation-moved", "get:", "-"),
            },
            Pair {
                name: "another method",
                edits: &[("  /v1/leads/{id}:\n", "    get:\n", "    post:\n")],
                forth: report(Breaking, "operation-moved", "post:", "-"),
                back: report(Breaking, "operation-moved", "get:", "-"),
            },
            Pair {
                name: "only the version",
                edits: &[("", "  version: 1.", "  version: 9.")],
                forth: report(Docs, "version-changed", "version: 9.", "-"),
                back: report(Docs, "version-changed", "version: 1.", "-"),
            },
            Pair {
                name: "tags",
                edits: &[
                    ("", "      tags: [leads]\n", "      tags: [lead]\n"),
                    ("", "  - name: leads\n", "  - name: lead\n"),
                ],
                forth: report(Docs, "tags-changed tags-changed", "tags:", "-"),
                back: report(Docs, "tags-changed tags-changed", "tags:", "-"),
            },
            Pair {
                name: "deprecated",
                edits: &[(
                    "",
                    "      operationId: get_lead\n",
                    "      operationId: get_lead\n      deprecated: true\n",
                )],
                forth: report(Docs, "deprecated-changed", "deprecated: true", "-"),
                back: report(Docs, "deprecated-changed", "get:", "-"),
            },
            Pair {
                name: "a header goes",
                edits: &[(
                    "        \"200\":\n",
                    "            X-Request-Id:\n              $ref: \"#/components/headers/X-Request-Id\"\n",
                    "",
                )],
                forth: report(Breaking, "response-header-removed", "\"200\":", "-"),
                back: report(Additive, "response-header-added", "X-Request-Id:", "-"),
            },
            Pair {
                name: "a field is spelled otherwise, and is the same field in Rust",
                edits: &[(
                    "    ErrorResponse:",
                    "        requestId:",
                    "        request_id:",
                )],
                forth: report(Breaking, "response-property-renamed", "request_id:", "-"),
                back: report(Breaking, "response-property-renamed", "requestId:", "-"),
            },
            Pair {
                name: "a success need not be true",
                edits: &[("    GetLeadResponse:", "          enum: [true]\n", "")],
                forth: report(Breaking, "response-enum-removed", "success:", "-"),
                back: report(Additive, "response-enum-added", "enum: [true]", "-"),
            },
            Pair {
                name: "the key can be left out",
                edits: &[(
                    "",
                    "      operationId: get_lead\n",
                    "      operationId: get_lead\n      security: [{}, {bearerAuth: []}]\n",
                )],
                forth: report(Additive, "security-loosened", "security: [{}", "-"),
                back: report(Breaking, "security-changed", "security:", "-"),
            },
            Pair {
                name: "a header of another type",
                edits: &[(
                    "    X-Request-Id:\n      description:",
                    "type: string",
                    "type: integer",
                )],
                forth: report(Additive, "response-type-narrowed", "type: integer", "-"),
                back: report(Breaking, "response-type-changed", "type: string", "-"),
            },
            Pair {
                name: "a status becomes a class",
                edits: &[("", "        \"401\":\n", "        4XX:\n")],
                forth: report(Additive, "response-status-added", "4XX:", "-"),
                back: report(Additive, "response-status-added", "\"401\":", "-"),
            },
            Pair {
                name: "a status without quotes",
                edits: &[("", "        \"404\":\n", "        404:\n")],
                forth: SAME,
                back: SAME,
            },
            Pair {
                name: "how a key looks",
                edits: &[(
                    "",
                    "      scheme: bearer\n",
                    "      scheme: bearer\n      bearerFormat: JWT\n",
                )],
                forth: report(Docs, "description-changed", "bearerFormat", "-"),
                back: report(Docs, "description-changed", "bearerAuth:", "-"),
            },
            Pair {
                name: "the reference stands alone",
                edits: &[(
                    "        source:\n          type: object\n",
                    "          type: object\n          nullable: true\n          allOf:\n            - $ref: \"#/components/schemas/LeadSource\"\n          description: Referrer and UTM parameters. Older leads may hold null here.\n",
                    "          $ref: \"#/components/schemas/LeadSource\"\n",
                )],
                forth: report(Additive, "response-null-removed", "source:", "-"),
                back: report(Breaking, "response-null-added", "nullable: true", "-"),
            },
            Pair {
                name: "comments and blank lines",
                edits: &[
                    ("", "info:\n", "\n# A comment.\n\ninfo:\n"),
                    (
                        "",
                        "      tags: [leads]\n",
                        "      tags:\n        - leads # the only one\n",
                    ),
                ],
                forth: SAME,
                back: SAME,
            },
            Pair {
                name: "an anchor",
                edits: &[
                    (
                        "    LeadSource:\n",
                        "        utm_source:\n          type: string\n",
                        "        utm_source:\n          type: &text string\n",
                    ),
                    (
                        "    LeadSource:\n",
                        "        utm_medium:\n          type: string\n",
                        "        utm_medium:\n          type: *text\n",
                    ),
                ],
                forth: SAME,
                back: SAME,
            },
        ],
    );
}

#[test]
fn pairs_of_a_property_that_no_parameter_identifies() {
    check(
        &AURA.replace("          x-identifies: id\n", ""),
        &[Pair {
            name: "an id is no UUID",
            edits: &[(
                "    Lead:\n",
                "          type: string\n          format: uuid\n",
                "          type: string\n",
            )],
            forth: report(
                Breaking,
                "response-format-changed",
                "id:",
                "`Lead::id`: `Uuid` → `String`",
            ),
            back: report(
                Breaking,
                "response-format-narrowed",
                "format: uuid",
                "`Lead::id`: `String` → `Uuid`",
            ),
        }],
    );
}
