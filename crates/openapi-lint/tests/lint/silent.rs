//! No false alarms: what is legitimate passes without a word.

use openapi_lint::lint;
use serde_json::Value;

use crate::{CONTRACT, edit, listed};

#[track_caller]
fn assert_silent(text: &str) {
    let found = lint(text).1;
    assert!(found.is_empty(), "{}", listed(text, &found));
}

/// The contract with more paths, and more schemas.
fn extended(paths: &str, schemas: &str) -> String {
    let contract = edit(
        CONTRACT,
        "\ncomponents:\n",
        &format!("\n{paths}\ncomponents:\n"),
    );
    edit(
        &contract,
        "\n  schemas:\n",
        &format!("\n  schemas:\n{schemas}"),
    )
}

#[test]
fn about_the_contract() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let contract = std::fs::read_to_string(format!("{root}/openapi.yaml"));
    assert_silent(&contract.expect("it is in the root"));
}

#[test]
fn about_the_order_of_keys_or_another_way_of_writing_them() {
    fn reversed(value: &Value) -> Value {
        match value {
            Value::Object(object) => {
                let entries = object.iter().rev();
                let entries = entries.map(|(key, value)| (key.clone(), reversed(value)));
                Value::Object(entries.collect())
            }
            Value::Array(items) => items.iter().map(reversed).collect(),
            other => other.clone(),
        }
    }
    let document = openapi_document::Contract::load(CONTRACT)
        .expect("it is YAML")
        .document;
    // JSON is YAML in flow style with every key in quotes.
    assert_silent(&document.to_string());
    assert_silent(&format!("{document:#}"));
    assert_silent(&format!("{:#}", reversed(&document)));
}

#[test]
fn about_line_ends_comments_and_a_byte_order_mark() {
    assert_silent(&CONTRACT.replace('\n', "\r\n"));
    assert_silent(&format!("\u{feff}{}", CONTRACT));
    let comment = ": # a comment: [with] {signs}\n";
    assert_silent(&CONTRACT.replace(":\n", comment));
    let bare = CONTRACT;
    let bare = bare
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    assert_silent(&bare.collect::<Vec<_>>().join("\n"));
}

#[test]
fn about_statuses_with_and_without_quotes() {
    let contract = CONTRACT;
    assert_silent(&contract.replace("        \"200\":", "        200:"));
    assert_silent(&contract.replace("        \"404\":", "        '404':"));
    assert_silent(&contract.replace("        \"401\":", "        4XX:"));
    assert_silent(&contract.replace("        \"429\":", "        '5XX':"));
}

#[test]
fn about_block_scalars_and_plain_ones() {
    for scalar in [
        "|\n            Full name.\n\n            With: a colon, a # sign and a \"quote\".\n",
        ">-\n            Full\n            name.\n",
        "|+\n            Full name.\n\n",
        "Full name, which is\n            long\n",
        "'It''s the full name: \"all\" of it'\n",
    ] {
        let to = format!("          description: {scalar}");
        assert_silent(&edit(CONTRACT, "          description: Full name.\n", &to));
    }
}

#[test]
fn about_anchors_aliases_and_merge_keys() {
    let contract = CONTRACT;
    let text = edit(
        contract,
        "        utm_source:\n          type: string\n          nullable: true\n          description: UTM source, the site or service that sent the visitor.\n          example: google\n        utm_medium:\n          type: string\n          nullable: true\n",
        "        utm_source:\n          <<: &optional {type: string, nullable: true}\n          description: UTM source, the site or service that sent the visitor.\n          example: google\n        utm_medium:\n          <<: *optional\n",
    );
    assert_silent(&text);
    let text = edit(
        contract,
        "          headers:\n            X-RateLimit-Limit:\n",
        "          headers: &limits\n            X-RateLimit-Limit:\n",
    );
    assert_silent(&edit(
        &text,
        "        \"429\":\n          $ref: \"#/components/responses/TooManyRequests\"\n",
        "        \"429\":\n          $ref: \"#/components/responses/TooManyRequests\"\n        \"503\":\n          description: Down.\n          headers: *limits\n",
    ));
}

#[test]
fn about_vendor_extensions_anywhere() {
    let mut text = CONTRACT.to_string();
    for (before, indent) in [
        ("info:\n", 2),
        ("  - name: leads\n", 4),
        ("  /v1/leads/{id}:\n", 4),
        ("      operationId: get_lead\n", 6),
        ("        - name: id\n          in: path\n", 10),
        ("      responses:\n        \"200\":\n", 10),
        ("    Lead:\n      type: object\n", 6),
        ("        full_name:\n          type: string\n", 10),
        ("      type: http\n", 6),
    ] {
        let extension = " ".repeat(indent) + "x-owner: {team: [leads], since: 2026, $ref: none}\n";
        text = edit(&text, before, &format!("{before}{extension}"));
    }
    assert_silent(&format!(
        "{text}\nx-internal:\n  anything: [goes, {{here: null}}]\n"
    ));
}

#[test]
fn about_a_second_endpoint_of_every_kind() {
    let paths = "
  /v1/leads:
    parameters:
      - name: X-Trace
        in: header
        description: Goes into the service's log.
        schema:
          type: string
    get:
      operationId: list_leads
      tags: [leads]
      summary: List leads
      parameters:
        - name: limit
          in: query
          description: How many leads a page holds.
          schema: {type: integer, format: int32, minimum: 1, maximum: 100, default: 20}
        - name: order
          in: query
          description: Which leads come first.
          schema: {type: string, enum: [newest, oldest], default: newest}
        - name: source
          in: query
          description: Leads of any of these sources.
          schema: {type: array, items: {type: string}}
          example: [google, meta]
        - name: email
          in: query
          description: Leads with this address.
          schema: {type: string, format: email, x-sensitive: true}
          examples:
            one: {summary: One, value: john@example.com}
      responses:
        '200':
          description: A page of leads.
          content:
            application/json; charset=utf-8:
              schema:
                $ref: '#/components/schemas/LeadPage'
              examples:
                empty:
                  value: {data: [], pagination: null}
        default:
          $ref: '#/components/responses/UnexpectedError'
    post:
      operationId: create_lead
      tags: [leads]
      description: Create a lead.
      security:
        - bearerAuth: []
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/NewLead'
            example: {company: Acme Corp, tags: []}
      responses:
        '201':
          description: The lead as created.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/GetLeadResponse'
        '400':
          description: Not a lead.
          content: {text/html: {schema: {type: string}, example: <p>No.</p>}}
        '401': {description: No body at all.}
  /v1/leads/export:
    get:
      operationId: export_leads
      summary: Export all leads
      responses:
        '204': {description: The export has begun.}
        '409': {description: One is under way., content: {application/problem+json: {schema: {type: object}}}}
  /v1/leads/{id}/notes/{note_id}:
    parameters:
      - {name: id, in: path, required: true, description: Lead ID., schema: {type: string, format: uuid}}
      - {name: note_id, in: path, required: true, description: Note ID., schema: {type: string, pattern: '^note_[a-z0-9]+$'}, example: note_1}
    delete:
      operationId: delete_note
      summary: Delete a note
      deprecated: true
      responses:
        '204': {description: Gone.}
  /health:
    get:
      operationId: get_health
      summary: Is the service up?
      security: []
      responses:
        '200':
          description: It is.
          content:
            application/json:
              schema: {type: object, additionalProperties: {type: string}}
";
    let schemas = "
    LeadPage:
      type: object
      description: A page of leads.
      required: [data, pagination]
      properties:
        data:
          type: array
          description: The leads.
          items: {$ref: '#/components/schemas/Lead'}
        pagination:
          type: object
          nullable: true
          description: Where the next page is.
          properties:
            next_cursor: {type: string, nullable: true, description: Where it begins.}
            kind: {type: string, enum: [cursor], description: Always this.}
    NewLead:
      type: object
      description: A lead to be.
      additionalProperties: false
      properties:
        company: {type: string, minLength: 1, maxLength: 200, description: Its company.}
        stage: {type: string, enum: [new, qualified], default: new, description: Where it begins.}
        tags: {type: array, items: {type: string}, uniqueItems: true, default: [], description: Words.}
        password: {type: string, format: password, writeOnly: true, x-sensitive: true, description: A word.}
        budget_cents: {type: integer, format: int64, minimum: 0, description: What it can spend.}
        referral:
          description: Who sent it, by ID or in words.
          oneOf: [{type: string, format: uuid}, {type: integer, format: int64}]
        about:
          description: The lead it belongs to.
          allOf: [{$ref: '#/components/schemas/LeadNote'}]
";
    assert_silent(&extended(paths, schemas));
}

#[test]
fn about_examples_that_fit_in_ways_of_their_own() {
    let contract = CONTRACT;
    // Null for an object that can be null, though the object itself can't.
    assert_silent(&edit(
        contract,
        "                  source:\n                    referrer: https://acme.com/book-a-call\n                    utm_campaign: summer_promo\n                    utm_content: string\n                    utm_medium: cpc\n                    utm_source: google\n                    utm_term: string\n",
        "                  source: null\n",
    ));
    // A whole number, however it is written.
    for number in ["12345.0", "1e2"] {
        assert_silent(&edit(
            contract,
            "                  total_paid_cents: 0\n",
            &format!("                  total_paid_cents: {number}\n"),
        ));
    }
    // A whole number for a number, an offset for a date-time, a custom format.
    assert_silent(&edit(
        contract,
        "          example: \"2026-01-17T09:30:00Z\"\n",
        "          example: \"2026-01-17T09:30:00.5+01:00\"\n",
    ));
    assert_silent(&edit(
        contract,
        "          description: Latitude.",
        "          example: 48\n          description: Latitude.",
    ));
    assert_silent(&edit(
        contract,
        "          description: Phone number in E.164 form.\n",
        "          format: e164\n          description: Phone number in E.164 form.\n",
    ));
}

#[test]
fn about_what_the_pipeline_makes_harmless() {
    let contract = CONTRACT;
    // Another error schema, none, and errors beside `default`.
    assert_silent(&edit(
        contract,
        "        default:\n          $ref: \"#/components/responses/UnexpectedError\"\n",
        "        \"422\":\n          description: Not understood.\n          content: {application/json: {schema: {type: array, items: {type: string}}}}\n        \"503\":\n          description: Down.\n        default:\n          $ref: \"#/components/responses/UnexpectedError\"\n",
    ));
    assert_silent(&contract.replace("      additionalProperties: true\n", ""));
    assert_silent(&contract.replace("additionalProperties: true\n", "additionalProperties: {}\n"));
}

#[test]
fn about_personal_data_that_is_declared_to_be_none() {
    assert_silent(&edit(
        CONTRACT,
        "          description: City.\n          x-sensitive: true\n",
        "          description: City of the data centre.\n          x-sensitive: false\n",
    ));
}

#[test]
fn about_a_code_that_several_operations_share() {
    assert_silent(&edit(
        CONTRACT,
        "\ncomponents:\n",
        "
  /v1/me:
    get:
      operationId: get_me
      summary: Who am I?
      responses:
        '204': {description: You.}
        '404': {$ref: '#/components/responses/NotFound'}
        '410': {description: Gone., x-owner: leads}

components:
",
    ));
}

#[test]
fn about_identified_properties_of_any_kind() {
    let paths = "
  /v1/teams/{number}:
    parameters:
      - {name: number, in: path, required: true, description: Its number., x-identifies: no, schema: {$ref: '#/components/schemas/TeamNumber'}}
    get:
      operationId: get_team
      summary: Get a team
      responses:
        '200':
          description: The team.
          content: {application/json: {schema: {$ref: '#/components/schemas/Team'}}}
    delete:
      operationId: delete_team
      summary: Delete a team
      responses:
        '204': {description: Gone.}
  /v1/kinds/{kind}:
    get:
      operationId: get_kind
      summary: Get a kind
      parameters:
        - {name: kind, in: path, required: true, description: Which., x-identifies: kind, schema: {$ref: '#/components/schemas/TeamKind'}}
      responses:
        '200':
          description: The kind.
          content:
            application/json:
              schema:
                allOf:
                  - type: object
                    required: [success, data]
                    properties: {success: {type: boolean, description: True.}}
                  - properties:
                      data:
                        type: object
                        description: The kind.
                        required: [kind]
                        properties: {kind: {$ref: '#/components/schemas/TeamKind'}}
";
    let schemas = "
    Team:
      description: A team.
      allOf:
        - $ref: '#/components/schemas/TeamBase'
        - type: object
          required: ['no']
    TeamBase:
      type: object
      description: What each team has.
      properties:
        'no': {type: integer, format: int64, description: Its number.}
    TeamNumber: {type: integer, description: A number.}
    TeamKind: {type: string, enum: [red], description: A kind.}
";
    assert_silent(&extended(paths, schemas));
}

#[test]
fn about_alternatives_of_which_the_client_can_send_one() {
    let schemes = "    cookie: {type: apiKey, in: cookie, name: session, description: A session.}
    digest: {type: http, scheme: digest, description: Both sides.}
    key: {$ref: '#/components/securitySchemes/other'}
    other: {type: apiKey, in: query, name: key, description: In the URL.}
    bearerAuth:
";
    let text = edit(CONTRACT, "    bearerAuth:\n", schemes);
    for list in [
        "[{cookie: []}, {bearerAuth: []}, {digest: []}, {other: []}]",
        "[{cookie: [], digest: []}, {key: []}, {bearerAuth: []}, {other: []}]",
        "[{cookie: []}, {digest: []}, {other: []}, {key: []}, {bearerAuth: [], key: []}]",
    ] {
        let security = format!("security: {list}\n");
        let text = edit(&text, "security:\n  - bearerAuth: []\n", &security);
        let found = lint(&text).1;
        let unused = |code| code == "spec::unused-component";
        let found: Vec<_> = found
            .into_iter()
            .filter(|found| !unused(found.code))
            .collect();
        assert!(found.is_empty(), "{}", listed(&text, &found));
    }
}

#[test]
fn about_servers_on_this_machine_and_several_of_them() {
    assert_silent(&edit(
        CONTRACT,
        "    description: Production\n",
        "    description: Production\n  - url: https://staging.aura-app.ai/api\n    description: Staging\n  - url: http://localhost:8080\n    description: Sandbox\n",
    ));
}

#[test]
fn about_paths_that_the_type_of_a_parameter_tells_apart() {
    for schema in [
        "{type: string, format: uuid}",
        "{type: integer, format: int64}",
        "{type: string, enum: [a, b]}",
    ] {
        let paths = format!(
            "  /v1/{{kind}}/all:\n    get:\n      operationId: list_kind\n      summary: List\n      parameters:\n        - {{name: kind, in: path, required: true, description: Which., schema: {schema}}}\n      responses:\n        \"204\": {{description: None.}}\n"
        );
        assert_silent(&edit(
            CONTRACT,
            "\ncomponents:\n",
            &format!("\n{paths}\ncomponents:\n"),
        ));
    }
}

#[test]
fn about_formats_of_any_width_and_servers_with_variables() {
    for format in ["uint8", "uint16", "uint32", "uint64", "int8", "int16"] {
        assert_silent(&edit(
            CONTRACT,
            "        screenWidth:\n          type: integer\n          format: int64\n",
            &format!("        screenWidth:\n          type: integer\n          format: {format}\n"),
        ));
    }
    assert_silent(&edit(
        CONTRACT,
        "  - url: https://api.aura-app.ai\n",
        "  - url: \"{scheme}://{host}.aura-app.ai\"\n    variables: {scheme: {default: https}, host: {default: api}}\n",
    ));
}

#[test]
fn about_zeros_that_every_reader_takes_alike() {
    for value in [
        "'012'",
        "0",
        "-0",
        "0.5",
        "0x1F",
        "2026-01-17",
        "\"007\"",
        "0815a",
    ] {
        let text = edit(
            CONTRACT,
            "          description: Name of the lead's company.\n",
            &format!(
                "          description: Name of the lead's company.\n          x-code: {value}\n"
            ),
        );
        assert_silent(&text);
    }
}
