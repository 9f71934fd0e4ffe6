//! Pairs of contracts as a reviewer meets them: a small edit, and what it means both ways.

use xtask::diff::Class::{self, Additive, Breaking, Docs, None as Nothing};
use xtask::diff::{Comparison, compare};

use super::{GROWN, aura, edited, version};

/// An edit: behind which text, what, and into what.
type Edit = (&'static str, &'static str, &'static str);

/// What one direction of a pair must tell.
struct Told {
    /// The worst class of all.
    class: Class,
    /// The codes of the changes but those of docs beside others, in the order told.
    codes: &'static str,
    /// What the line of the first change holds.
    line: &'static str,
    /// What the first change says about Rust; `-` for nothing at all.
    rust: &'static str,
}

const fn told(class: Class, codes: &'static str, line: &'static str, rust: &'static str) -> Told {
    Told {
        class,
        codes,
        line,
        rust,
    }
}

/// Nothing at all.
const SAME: Told = told(Nothing, "", "", "-");

struct Pair {
    name: &'static str,
    edits: &'static [Edit],
    forth: Told,
    back: Told,
}

/// Holds every pair to what it must tell, and lists all that fail.
fn check(contract: &str, pairs: &[Pair]) {
    let mut wrong = Vec::new();
    let whole = version("the contract", contract);
    for pair in pairs {
        let text = pair
            .edits
            .iter()
            .fold(contract.to_string(), |text, edit| edited(&text, *edit));
        let other = version(pair.name, &text);
        for (way, found, to, expected) in [
            ("forth", compare(&whole, &other), text.as_str(), &pair.forth),
            ("back", compare(&other, &whole), contract, &pair.back),
        ] {
            let told = found.changes.iter();
            let told = told.filter(|change| change.class > Docs || found.class == Docs);
            let codes: Vec<&str> = told.map(|change| change.code).collect();
            let first = found.changes.first();
            let line = first
                .and_then(|change| to.lines().nth(change.line - 1))
                .unwrap_or_default();
            let rust = first
                .and_then(|change| change.rust.as_deref())
                .unwrap_or("-");
            let right = found.class == expected.class
                && codes.join(" ") == expected.codes
                && line.contains(expected.line)
                && rust.contains(expected.rust)
                && found
                    .notes
                    .iter()
                    .all(|note| note.starts_with("info.version"));
            if !right {
                wrong.push(format!("{} ({way}): {line}\n{}", pair.name, shown(&found)));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn shown(found: &Comparison) -> String {
    let changes = found.changes.iter().map(|change| {
        format!(
            "    {:?} {} {} {}\n        wire: {:?}\n        rust: {:?}\n",
            change.class, change.code, change.path, change.message, change.wire, change.rust
        )
    });
    format!("{}{:?}\n", changes.collect::<String>(), found.notes)
}

#[test]
fn pairs_of_this_contract() {
    check(
        &aura(),
        &[
            Pair {
                name: "a number becomes a text",
                edits: &[(
                    "        total_paid_cents:",
                    "type: integer\n          format: int64",
                    "type: string",
                )],
                forth: told(
                    Breaking,
                    "response-type-changed",
                    "type: string",
                    "`Lead::total_paid_cents`: `Option<i64>` → `Option<String>`",
                ),
                back: told(
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
                forth: told(
                    Breaking,
                    "response-property-required response-null-removed",
                    "- company",
                    "`Lead::company`: `Option<String>` → `String`; `Lead::new` takes `company: impl Into<String>` too",
                ),
                back: told(
                    Breaking,
                    "response-property-optional response-null-added",
                    "company:",
                    "`Lead::company`: `String` → `Option<String>`; `Lead::new` no longer takes `company`",
                ),
            },
            Pair {
                name: "a field is renamed",
                edits: &[("        full_name:", "full_name", "name")],
                forth: told(
                    Breaking,
                    "response-property-renamed",
                    "name:",
                    "`Lead::full_name` is gone; `Lead::name: Option<String>` is new",
                ),
                back: told(
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
                forth: told(
                    Breaking,
                    "response-property-removed",
                    "properties:",
                    "`Lead::timezone` is gone",
                ),
                back: told(
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
                forth: told(
                    Breaking,
                    "component-renamed",
                    "Note:",
                    "the type `LeadNote` is called `Note`",
                ),
                back: told(
                    Breaking,
                    "component-renamed",
                    "LeadNote:",
                    "the type `Note` is called `LeadNote`",
                ),
            },
            Pair {
                name: "an operationId is renamed",
                edits: &[("", "operationId: get_lead", "operationId: fetch_lead")],
                forth: told(
                    Breaking,
                    "operation-id-changed",
                    "operationId: fetch_lead",
                    "`get_lead` is called `fetch_lead`",
                ),
                back: told(
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
                forth: told(
                    Breaking,
                    "response-format-narrowed",
                    "format: date-time",
                    "`Option<String>` → `Option<DateTime<Utc>>`",
                ),
                back: told(
                    Breaking,
                    "response-format-changed",
                    "last_payment_at:",
                    "`Option<DateTime<Utc>>` → `Option<String>`",
                ),
            },
            Pair {
                name: "an id is no UUID",
                edits: &[(
                    "    Lead:\n",
                    "          type: string\n          format: uuid\n",
                    "          type: string\n",
                )],
                forth: told(
                    Breaking,
                    "response-format-changed",
                    "id:",
                    "`Lead::id`: `Uuid` → `String`",
                ),
                back: told(
                    Breaking,
                    "response-format-narrowed",
                    "format: uuid",
                    "`Lead::id`: `String` → `Uuid`",
                ),
            },
            Pair {
                name: "a count is small",
                edits: &[("        payment_count:", "int64", "int32")],
                forth: told(
                    Breaking,
                    "response-format-narrowed",
                    "format: int32",
                    "`Option<i64>` → `Option<i32>`",
                ),
                back: told(
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
                forth: told(
                    Breaking,
                    "response-enum-added",
                    "enum:",
                    "`Lead::status`: `String` → `LeadStatus`",
                ),
                back: told(
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
                forth: told(
                    Breaking,
                    "response-object-closed",
                    "additionalProperties: false",
                    "`LeadSource::extra` is gone",
                ),
                back: told(
                    Breaking,
                    "response-object-opened",
                    "additionalProperties: true",
                    "`LeadSource::extra: Map<String, Value>` is new",
                ),
            },
            Pair {
                name: "a required field can be null",
                edits: &[(
                    "        updated_at:",
                    "format: date-time",
                    "format: date-time\n          nullable: true",
                )],
                forth: told(
                    Breaking,
                    "response-null-added",
                    "nullable: true",
                    "`Lead::updated_at`: `DateTime<Utc>` → `Option<DateTime<Utc>>`",
                ),
                back: told(
                    Breaking,
                    "response-null-removed",
                    "updated_at:",
                    "`Option<DateTime<Utc>>` → `DateTime<Utc>`",
                ),
            },
            Pair {
                name: "an optional field can't be null",
                edits: &[("        company:", "          nullable: true\n", "")],
                forth: told(Additive, "response-null-removed", "company:", "-"),
                back: told(Breaking, "response-null-added", "nullable: true", "-"),
            },
            Pair {
                name: "an object can't be null",
                edits: &[("        source:\n", "          nullable: true\n", "")],
                forth: told(Additive, "response-null-removed", "source:", "-"),
                back: told(Breaking, "response-null-added", "nullable: true", "-"),
            },
            Pair {
                name: "another server",
                edits: &[("", "https://api.aura-app.ai", "https://eu.aura-app.ai")],
                forth: told(Breaking, "server-changed", "eu.aura-app.ai", "-"),
                back: told(Breaking, "server-changed", "api.aura-app.ai", "-"),
            },
            Pair {
                name: "one more server",
                edits: &[(
                    "",
                    "    description: Production\n",
                    "    description: Production\n  - url: https://eu.aura-app.ai\n",
                )],
                forth: told(Additive, "server-added", "eu.aura-app.ai", "-"),
                back: told(Breaking, "server-removed", "api.aura-app.ai", "-"),
            },
            Pair {
                name: "another security scheme",
                edits: &[(
                    "    bearerAuth:\n",
                    "      type: http\n      scheme: bearer\n",
                    "      type: apiKey\n      in: header\n      name: X-Api-Key\n",
                )],
                forth: told(Breaking, "security-scheme-changed", "type: apiKey", "-"),
                back: told(Breaking, "security-scheme-changed", "type: http", "-"),
            },
            Pair {
                name: "no key is needed",
                edits: &[("", "security:\n  - bearerAuth: []", "security: []")],
                forth: told(Additive, "security-loosened", "security: []", "-"),
                back: told(Breaking, "security-changed", "security:", "-"),
            },
            Pair {
                name: "a status goes",
                edits: &[(
                    "",
                    "        \"404\":\n          $ref: \"#/components/responses/NotFound\"\n",
                    "",
                )],
                forth: told(Breaking, "response-status-removed", "responses:", "-"),
                back: told(Additive, "response-status-added", "\"404\":", "-"),
            },
            Pair {
                name: "the default answer goes",
                edits: &[(
                    "",
                    "        default:\n          $ref: \"#/components/responses/UnexpectedError\"\n",
                    "",
                )],
                forth: told(Breaking, "response-status-removed", "responses:", "-"),
                back: told(Additive, "response-status-added", "default:", "-"),
            },
            Pair {
                name: "a new error status",
                edits: &[(
                    "",
                    "        \"404\":\n",
                    "        \"403\":\n          $ref: \"#/components/responses/Unauthorized\"\n        \"404\":\n",
                )],
                forth: told(Additive, "response-status-added", "\"403\":", "-"),
                back: told(Breaking, "response-status-removed", "responses:", "-"),
            },
            Pair {
                name: "another success status",
                edits: &[(
                    "",
                    "        \"200\":\n          description: The lead.",
                    "        \"201\":\n          description: The lead.",
                )],
                forth: told(Breaking, "response-success-status-changed", "\"201\":", "-"),
                back: told(Breaking, "response-success-status-changed", "\"200\":", "-"),
            },
            Pair {
                name: "the envelope goes",
                edits: &[(
                    "        \"200\":",
                    "schemas/GetLeadResponse",
                    "schemas/Lead",
                )],
                forth: told(
                    Breaking,
                    "response-envelope-removed",
                    "schema:",
                    "`GetLeadResponse`",
                ),
                back: told(
                    Breaking,
                    "response-envelope-added",
                    "schema:",
                    "`GetLeadResponse`",
                ),
            },
            Pair {
                name: "a mark goes",
                edits: &[("        phone:", "          x-sensitive: true\n", "")],
                forth: told(
                    Breaking,
                    "sensitive-mark-removed",
                    "phone:",
                    "`Debug` shows `Lead::phone` now",
                ),
                back: told(
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
                forth: told(Docs, "description-changed", "What the company", "-"),
                back: told(
                    Docs,
                    "description-changed",
                    "Name of the lead's company.",
                    "-",
                ),
            },
            Pair {
                name: "an example is another",
                edits: &[("        company:", "example: Acme Corp", "example: Acme")],
                forth: told(Docs, "example-changed", "example: Acme", "-"),
                back: told(Docs, "example-changed", "example: Acme Corp", "-"),
            },
            Pair {
                name: "required in another order",
                edits: &[(
                    "    Lead:\n",
                    "        - id\n        - status\n",
                    "        - status\n        - id\n",
                )],
                forth: told(
                    Breaking,
                    "required-order-changed",
                    "required:",
                    "`Lead::new(id, status, created_at, updated_at)` → `Lead::new(status, id, created_at, updated_at)`",
                ),
                back: told(
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
                forth: told(
                    Breaking,
                    "rust-api-changed",
                    "notes:",
                    "`Option<Vec<LeadNote>>` → `Option<Vec<LeadNotesItem>>`; the type `LeadNotesItem` is new",
                ),
                back: told(
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
                forth: told(Docs, "path-parameter-renamed", "name: lead_id", "-"),
                back: told(Docs, "path-parameter-renamed", "name: id", "-"),
            },
            Pair {
                name: "the path is another",
                edits: &[("", "/v1/leads/{id}:", "/v2/leads/{id}:")],
                forth: told(Breaking, "operation-moved", "get:", "-"),
                back: told(Breaking, "operation-moved", "get:", "-"),
            },
            Pair {
                name: "another method",
                edits: &[("  /v1/leads/{id}:\n", "    get:\n", "    post:\n")],
                forth: told(Breaking, "operation-moved", "post:", "-"),
                back: told(Breaking, "operation-moved", "get:", "-"),
            },
            Pair {
                name: "only the version",
                edits: &[("", "  version: 1.", "  version: 9.")],
                forth: told(Docs, "version-changed", "version: 9.", "-"),
                back: told(Docs, "version-changed", "version: 1.", "-"),
            },
            Pair {
                name: "tags",
                edits: &[
                    ("", "      tags: [leads]\n", "      tags: [lead]\n"),
                    ("", "  - name: leads\n", "  - name: lead\n"),
                ],
                forth: told(Docs, "tags-changed tags-changed", "tags:", "-"),
                back: told(Docs, "tags-changed tags-changed", "tags:", "-"),
            },
            Pair {
                name: "deprecated",
                edits: &[(
                    "",
                    "      operationId: get_lead\n",
                    "      operationId: get_lead\n      deprecated: true\n",
                )],
                forth: told(Docs, "deprecated-changed", "deprecated: true", "-"),
                back: told(Docs, "deprecated-changed", "get:", "-"),
            },
            Pair {
                name: "a header goes",
                edits: &[(
                    "        \"200\":\n",
                    "            X-Request-Id:\n              $ref: \"#/components/headers/X-Request-Id\"\n",
                    "",
                )],
                forth: told(Breaking, "response-header-removed", "\"200\":", "-"),
                back: told(Additive, "response-header-added", "X-Request-Id:", "-"),
            },
            Pair {
                name: "a field is spelled otherwise, and is the same field in Rust",
                edits: &[(
                    "    ErrorResponse:",
                    "        requestId:",
                    "        request_id:",
                )],
                forth: told(Breaking, "response-property-renamed", "request_id:", "-"),
                back: told(Breaking, "response-property-renamed", "requestId:", "-"),
            },
            Pair {
                name: "a success need not be true",
                edits: &[("    GetLeadResponse:", "          enum: [true]\n", "")],
                forth: told(Breaking, "response-enum-removed", "success:", "-"),
                back: told(Additive, "response-enum-added", "enum: [true]", "-"),
            },
            Pair {
                name: "the key can be left out",
                edits: &[(
                    "",
                    "      operationId: get_lead\n",
                    "      operationId: get_lead\n      security: [{}, {bearerAuth: []}]\n",
                )],
                forth: told(Additive, "security-loosened", "security: [{}", "-"),
                back: told(Breaking, "security-changed", "security:", "-"),
            },
            Pair {
                name: "a header of another type",
                edits: &[(
                    "    X-Request-Id:\n      description:",
                    "type: string",
                    "type: integer",
                )],
                forth: told(Breaking, "response-type-changed", "type: integer", "-"),
                back: told(Breaking, "response-type-changed", "type: string", "-"),
            },
            Pair {
                name: "a status becomes a class",
                edits: &[("", "        \"404\":\n", "        4XX:\n")],
                forth: told(
                    Breaking,
                    "response-status-removed response-status-added",
                    "responses:",
                    "-",
                ),
                back: told(
                    Breaking,
                    "response-status-removed response-status-added",
                    "responses:",
                    "-",
                ),
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
                forth: told(Docs, "description-changed", "bearerFormat", "-"),
                back: told(Docs, "description-changed", "bearerAuth:", "-"),
            },
            Pair {
                name: "the reference stands alone",
                edits: &[(
                    "        source:\n          type: object\n",
                    "          type: object\n          nullable: true\n          allOf:\n            - $ref: \"#/components/schemas/LeadSource\"\n          description: Referrer and UTM parameters. Older leads may hold null here.\n",
                    "          $ref: \"#/components/schemas/LeadSource\"\n",
                )],
                forth: told(Additive, "response-null-removed", "source:", "-"),
                back: told(Breaking, "response-null-added", "nullable: true", "-"),
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
                forth: told(
                    Additive,
                    "request-parameter-added",
                    "name: state",
                    "`ListTasksParams::state: Option<String>` is new",
                ),
                back: told(
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
                forth: told(
                    Additive,
                    "request-parameter-added",
                    "name: full",
                    "`get_task_with` is new",
                ),
                back: told(
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
                forth: told(
                    Breaking,
                    "request-required-parameter-added",
                    "name: area",
                    "`list_tasks` takes `area: &str` too",
                ),
                back: told(
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
                forth: told(
                    Breaking,
                    "request-parameter-required",
                    "required: true",
                    "`list_tasks` takes `limit: i64` too",
                ),
                back: told(
                    Breaking,
                    "request-parameter-optional",
                    "name: limit",
                    "`list_tasks` no longer takes `limit`",
                ),
            },
            Pair {
                name: "a parameter goes by another name",
                edits: &[("        - name: limit\n", "limit", "page_size")],
                forth: told(
                    Breaking,
                    "request-parameter-renamed",
                    "page_size",
                    "`ListTasksParams::limit` is gone",
                ),
                back: told(
                    Breaking,
                    "request-parameter-renamed",
                    "limit",
                    "`ListTasksParams::page_size` is gone",
                ),
            },
            Pair {
                name: "from the query into a header",
                edits: &[("        - name: limit\n", "in: query", "in: header")],
                forth: told(Breaking, "request-parameter-moved", "in: header", "-"),
                back: told(Breaking, "request-parameter-moved", "in: query", "-"),
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
                forth: told(
                    Breaking,
                    "argument-order-changed",
                    "parameters:",
                    "`list_tasks(org, team)` → `list_tasks(team, org)`",
                ),
                back: told(
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
                forth: told(Breaking, "request-default-changed", "default: 50", "-"),
                back: told(Breaking, "request-default-changed", "default: 20", "-"),
            },
            Pair {
                name: "a lower limit",
                edits: &[("", "maximum: 100", "maximum: 50")],
                forth: told(Breaking, "request-limit-tightened", "maximum: 50", "-"),
                back: told(Additive, "request-limit-loosened", "maximum: 100", "-"),
            },
            Pair {
                name: "a limit goes",
                edits: &[("    NewTask:\n", "          maxLength: 200\n", "")],
                forth: told(Additive, "request-limit-loosened", "title:", "-"),
                back: told(Breaking, "request-limit-tightened", "maxLength: 200", "-"),
            },
            Pair {
                name: "a body has one more field",
                edits: &[(
                    "    NewTask:\n",
                    "        notes:\n",
                    "        color: {type: string}\n        notes:\n",
                )],
                forth: told(
                    Additive,
                    "request-property-added",
                    "color:",
                    "`NewTask::color: Option<String>` is new",
                ),
                back: told(
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
                forth: told(
                    Breaking,
                    "request-required-property-added",
                    "color:",
                    "`NewTask::new` takes `color: impl Into<String>` too",
                ),
                back: told(
                    Breaking,
                    "request-property-removed",
                    "properties:",
                    "`NewTask::new` no longer takes `color`",
                ),
            },
            Pair {
                name: "a field that is sent is required",
                edits: &[("    NewTask:\n", "[title, org]", "[title, org, notes]")],
                forth: told(
                    Breaking,
                    "request-property-required",
                    "required:",
                    "`NewTask::notes`: `Option<Option<String>>` → `Option<String>`",
                ),
                back: told(
                    Breaking,
                    "request-property-optional",
                    "notes:",
                    "`Option<String>` → `Option<Option<String>>`",
                ),
            },
            Pair {
                name: "what is sent can't be null",
                edits: &[("    NewTask:\n", "          nullable: true\n", "")],
                forth: told(
                    Breaking,
                    "request-null-removed",
                    "notes:",
                    "`Option<Option<String>>` → `Option<String>`",
                ),
                back: told(
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
                forth: told(
                    Breaking,
                    "request-object-closed",
                    "additionalProperties: false",
                    "",
                ),
                back: told(Additive, "request-object-opened", "NewTask:", ""),
            },
            Pair {
                name: "a value used both ways",
                edits: &[("    Priority:\n", "[low, high]", "[low, high, urgent]")],
                forth: told(
                    Breaking,
                    "response-enum-value-added",
                    "enum:",
                    "`Priority::Urgent` is new",
                ),
                back: told(
                    Breaking,
                    "request-enum-value-removed",
                    "enum:",
                    "`Priority::Urgent` is gone",
                ),
            },
            Pair {
                name: "a value that comes",
                edits: &[("        state:\n", "[open, done]", "[open, done, stuck]")],
                forth: told(
                    Breaking,
                    "response-enum-value-added",
                    "enum:",
                    "`TaskState::Stuck` is new",
                ),
                back: told(
                    Breaking,
                    "response-enum-value-removed",
                    "enum:",
                    "`TaskState::Stuck` is gone",
                ),
            },
            Pair {
                name: "a list is opened",
                edits: &[("        state:\n", "          enum: [open, done]\n", "")],
                forth: told(
                    Breaking,
                    "response-enum-removed",
                    "state:",
                    "`Task::state`: `TaskState` → `String`",
                ),
                back: told(
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
                forth: told(
                    Breaking,
                    "response-type-changed",
                    "items:",
                    "`Task::steps`: `Option<Vec<Step>>` → `Option<Vec<String>>`",
                ),
                back: told(
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
                forth: told(
                    Breaking,
                    "response-type-changed",
                    "steps:",
                    "`Option<Vec<Step>>` → `Option<Step>`",
                ),
                back: told(
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
                forth: told(
                    Breaking,
                    "request-body-required",
                    "required: true",
                    "`update_task` takes `body: &TaskUpdate` too",
                ),
                back: told(
                    Breaking,
                    "request-body-optional",
                    "requestBody:",
                    "`update_task` no longer takes `body`",
                ),
            },
            Pair {
                name: "a body of another kind",
                edits: &[(
                    "        '401':\n          description: No key.\n",
                    "          description: No key.\n",
                    "          description: No key.\n          content:\n            text/plain:\n              schema:\n                type: string\n",
                )],
                forth: told(Additive, "response-media-type-added", "text/plain:", "-"),
                back: told(Breaking, "response-media-type-removed", "'401':", "-"),
            },
            Pair {
                name: "a header is no promise",
                edits: &[(
                    "            X-Total:\n",
                    "              required: true\n",
                    "",
                )],
                forth: told(Breaking, "response-header-optional", "X-Total:", "-"),
                back: told(Additive, "response-header-required", "required: true", "-"),
            },
            Pair {
                name: "an operation goes",
                edits: &[(
                    "",
                    "    patch:\n      operationId: update_task\n      summary: Change a task\n      parameters:\n        - name: id\n          in: path\n          required: true\n          schema:\n            type: string\n            format: uuid\n      requestBody:\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/TaskUpdate'\n      responses:\n        '204':\n          description: Done.\n",
                    "",
                )],
                forth: told(
                    Breaking,
                    "operation-removed",
                    "/tasks/{id}:",
                    "`update_task` is gone",
                ),
                back: told(
                    Additive,
                    "operation-added",
                    "patch:",
                    "`update_task` is new",
                ),
            },
            Pair {
                name: "an operation with Params is renamed",
                edits: &[("", "operationId: list_tasks", "operationId: tasks")],
                forth: told(
                    Breaking,
                    "operation-id-changed",
                    "operationId: tasks",
                    "`list_tasks` is called `tasks`",
                ),
                back: told(
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
                forth: told(
                    Additive,
                    "response-property-added",
                    "owner:",
                    "`Task::owner: Option<Owner>` is new",
                ),
                back: told(
                    Breaking,
                    "response-property-removed",
                    "properties:",
                    "`Task::owner` is gone",
                ),
            },
            Pair {
                name: "the envelope of a created task",
                edits: &[("        '201':\n", "schemas/TaskResponse", "schemas/Task")],
                forth: told(Breaking, "response-envelope-removed", "schema:", "-"),
                back: told(Breaking, "response-envelope-added", "schema:", "-"),
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
                forth: told(
                    Breaking,
                    "component-renamed",
                    "Place:",
                    "the type `TaskPlace` is called `Place`",
                ),
                back: told(
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
                forth: told(
                    Breaking,
                    "rust-api-changed rust-api-added",
                    "priority:",
                    "`Task::priority`: `Option<Priority>` → `Option<Urgency>`",
                ),
                back: told(Breaking, "rust-api-changed rust-api-changed", "", ""),
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
                forth: told(Additive, "security-loosened", "security:", "-"),
                back: told(Breaking, "security-changed", "security:", "-"),
            },
            Pair {
                name: "one operation needs no key",
                edits: &[(
                    "",
                    "      operationId: get_task\n",
                    "      operationId: get_task\n      security: []\n",
                )],
                forth: told(Additive, "security-loosened", "security: []", "-"),
                back: told(Breaking, "security-changed", "", "-"),
            },
            Pair {
                name: "an extension",
                edits: &[(
                    "",
                    "      operationId: get_task\n",
                    "      operationId: get_task\n      x-owner: leads\n",
                )],
                forth: told(Docs, "extension-changed", "x-owner", "-"),
                back: told(Docs, "extension-changed", "get:", "-"),
            },
        ],
    );
}
