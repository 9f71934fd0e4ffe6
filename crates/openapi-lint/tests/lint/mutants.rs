//! Mistakes as people make them: each a small edit of a copy of the contract, told once, where it
//! stands.

use openapi_lint::{Checks, lint};

use crate::{CONTRACT, edit, listed};

/// A mistake: what is told, what is edited, and into what; `«` and `»` stand around what is told.
type Mutant = (&'static str, &'static str, &'static str);

/// What is no YAML, or means something else than it looks like.
const YAML: &[Mutant] = &[
    // A tab instead of spaces.
    (
        "yaml::syntax",
        "\n  title: Aura API\n",
        "\n«\t»title: Aura API\n",
    ),
    // A colon in a text without quotes.
    (
        "yaml::syntax",
        "      summary: Get lead by ID\n",
        "      summary: Get lead«:» by ID\n",
    ),
    // A quote that isn't closed.
    (
        "yaml::syntax",
        "      example: \"30\"\n",
        "      example: «\"»30\n",
    ),
    (
        "yaml::character",
        "description: Full name.",
        "description: Full«\u{b}» name.",
    ),
    (
        "yaml::duplicate-key",
        "          description: Full name.\n",
        "          description: Full name.\n          «description»: Name.\n",
    ),
    // Half a merge.
    (
        "yaml::duplicate-key",
        "    LeadNote:\n",
        "    «LeadSource»:\n      type: object\n      description: Another.\n    LeadNote:\n",
    ),
    (
        "yaml::merge",
        "          description: Full name.\n",
        "          «<<»: full_name\n          description: Full name.\n",
    ),
    ("yaml::tag", "title: Aura API", "title: «!include Aura»"),
    (
        "yaml::number",
        "          description: Latitude.",
        "          maximum: «.inf»\n          description: Latitude.",
    ),
    (
        "yaml::key",
        "        timezone:\n          type: string\n",
        "        «~»:\n          type: string\n",
    ),
    // Text to one reader, a number to another.
    (
        "yaml::leading-zero",
        "          description: Name of the lead's company.\n          example: Acme Corp\n",
        "          description: Name of the lead's company.\n          example: «012»\n",
    ),
    (
        "yaml::leading-zero",
        "                  total_paid_cents: 0\n",
        "                  total_paid_cents: «0100»\n",
    ),
];

/// What is no OpenAPI 3.0.
const STRUCTURE: &[Mutant] = &[
    // A list without spaces behind its dashes, which is one text.
    (
        "spec::wrong-type",
        "      required:\n        - id\n        - status\n        - created_at\n        - updated_at\n",
        "      «required»:\n        -id\n        - status\n        - created_at\n        - updated_at\n",
    ),
    ("spec::version", "openapi: 3.0.3", "openapi: «3.2.0»"),
    ("spec::version", "openapi: 3.0.3", "openapi: «\"3.0\"»"),
    (
        "spec::unknown-field",
        "      required:\n        - id\n",
        "      «requried»:\n        - id\n",
    ),
    (
        "spec::unknown-field",
        "      description: A note on a lead.\n",
        "      «descripton»: A note on a lead.\n",
    ),
    (
        "spec::unknown-field",
        "      # Custom fields: property1 and property2 in the page's example.\n      additionalProperties: true\n      properties:\n        content:\n",
        "      additionalProperties: true\n      «propeties»:\n        content:\n",
    ),
    (
        "spec::unknown-field",
        "      operationId: get_lead\n",
        "      «operationID»: get_lead\n",
    ),
    ("spec::unknown-field", "\ncomponents:\n", "\n«component»:\n"),
    ("spec::unknown-field", "\n  schemas:\n", "\n  «schema»:\n"),
    (
        "spec::unknown-field",
        "          description: Full name.\n          example: John Doe\n          x-sensitive: true\n",
        "          description: Full name.\n          example: John Doe\n          «x-sensetive»: true\n",
    ),
    (
        "spec::unknown-field",
        "      x-not-found: NOT_FOUND\n",
        "      «x-notfound»: NOT_FOUND\n",
    ),
    (
        "spec::unknown-field",
        "          x-identifies: id\n",
        "          «x-identify»: id\n",
    ),
    // Swagger 2.0's way of writing a parameter.
    (
        "spec::unknown-field",
        "          description: Lead ID (UUID).\n          schema:\n            type: string\n            format: uuid\n",
        "          description: Lead ID (UUID).\n          «type»: string\n          schema:\n            type: string\n            format: uuid\n",
    ),
    // `nullable` one level too far out.
    (
        "spec::unknown-field",
        "    X-Request-Id:\n      description: ID of the request. May be absent.\n",
        "    X-Request-Id:\n      «nullable»: true\n      description: ID of the request. May be absent.\n",
    ),
    // A property indented as part of the one before it.
    (
        "spec::unknown-field",
        "        company:\n          type: string\n          nullable: true\n          description: Name of the lead's company.\n          example: Acme Corp\n",
        "          «company»:\n            type: string\n            nullable: true\n            description: Name of the lead's company.\n            example: Acme Corp\n",
    ),
    // Of OpenAPI 3.1.
    (
        "spec::unknown-field",
        "          enum: [true]\n",
        "          «const»: true\n",
    ),
    (
        "spec::missing-field",
        "        \"200\":\n          description: The lead.\n",
        "        «\"200\"»:\n",
    ),
    (
        "spec::missing-field",
        "        email:\n          type: string\n",
        "        tags:\n          «type»: array\n          description: Tags.\n        email:\n          type: string\n",
    ),
    (
        "spec::missing-field",
        "        - name: id\n          in: path\n",
        "        - «name: id»\n",
    ),
    (
        "spec::missing-field",
        "          schema:\n            type: string\n            format: uuid\n          example: \"550e8400",
        "          example: \"550e8400",
    ),
    (
        "spec::wrong-type",
        "          description: Full name.\n",
        "          «required»: true\n          description: Full name.\n",
    ),
    (
        "spec::wrong-type",
        "          description: Latitude.",
        "          «minimum»: \"-90\"\n          description: Latitude.",
    ),
    (
        "spec::wrong-type",
        "          in: path\n          required: true\n",
        "          in: path\n          «required»: \"true\"\n",
    ),
    (
        "spec::wrong-type",
        "  version: 1.1.0\n",
        "  «version»: 1.0\n",
    ),
    (
        "spec::wrong-type",
        "      tags: [leads]\n",
        "      «tags»: leads\n",
    ),
    // A description indented as a property.
    (
        "spec::wrong-type",
        "          description: Label of the field, as people see it.\n",
        "        «description»: Label of the field, as people see it.\n",
    ),
    (
        "spec::wrong-type",
        "security:\n  - bearerAuth: []\n",
        "«security»:\n  bearerAuth: []\n",
    ),
    // A `#` that begins a comment.
    (
        "spec::wrong-type",
        "$ref: \"#/components/schemas/LeadNote\"",
        "«$ref»: #/components/schemas/LeadNote",
    ),
    // Of OpenAPI 3.1.
    (
        "spec::wrong-type",
        "        label:\n          type: string\n          nullable: true\n",
        "        label:\n          «type»: [string, \"null\"]\n",
    ),
    ("spec::info", "  title: Aura API\n", "  title: «\"\"»\n"),
    ("policy::version", "  version: 1.1.0\n", "  version: «v2»\n"),
    // A description where the response belongs.
    (
        "spec::wrong-type",
        "        \"404\":\n",
        "        «\"409\"»: In conflict.\n        \"404\":\n",
    ),
    (
        "spec::unknown-field",
        "    LeadNote:\n      type: object\n",
        "    LeadNote:\n      «x-lint-alow»: {'policy::description': it is not known}\n      type: object\n",
    ),
];

/// References and components.
const REFERENCES: &[Mutant] = &[
    (
        "spec::dangling-ref",
        "$ref: \"#/components/responses/Unauthorized\"",
        "$ref: «\"#/components/responses/Unauthorised\"»",
    ),
    (
        "spec::dangling-ref",
        "$ref: \"#/components/schemas/LeadNote\"",
        "$ref: «\"#/components/schemas/leadNote\"»",
    ),
    // Renamed, but not everywhere.
    (
        "spec::dangling-ref",
        "    TriggeringField:\n      type",
        "    FieldThatTriggered:\n      type",
    ),
    (
        "spec::wrong-ref",
        "$ref: \"#/components/schemas/LeadNote\"",
        "$ref: «\"#/components/Schemas/LeadNote\"»",
    ),
    (
        "spec::wrong-ref",
        "$ref: \"#/components/schemas/LeadNote\"",
        "$ref: «\"#components/schemas/LeadNote\"»",
    ),
    (
        "spec::wrong-ref",
        "$ref: \"#/components/responses/NotFound\"",
        "$ref: «\"#/components/schemas/ErrorResponse\"»",
    ),
    (
        "codegen::reference",
        "$ref: \"#/components/schemas/LeadNote\"",
        "$ref: «\"#/paths/~1v1~1leads~1{id}/get/responses/200/content/application~1json/example\"»",
    ),
    (
        "spec::external-ref",
        "$ref: \"#/components/schemas/LeadNote\"",
        "$ref: «\"./notes.yaml#/LeadNote\"»",
    ),
    (
        "spec::ref-siblings",
        "        data:\n          $ref: \"#/components/schemas/Lead\"\n",
        "        data:\n          $ref: \"#/components/schemas/Lead\"\n          «description»: The lead.\n",
    ),
    (
        "codegen::sensitive",
        "        data:\n          $ref: \"#/components/schemas/Lead\"\n",
        "        data:\n          $ref: \"#/components/schemas/Lead\"\n          «x-sensitive»: true\n",
    ),
    (
        "codegen::sensitive",
        "    LeadNote:\n      type: object\n",
        "    LeadNote:\n      type: object\n      «x-sensitive»: true\n",
    ),
    (
        "codegen::not-found",
        "          $ref: \"#/components/responses/NotFound\"\n",
        "          $ref: \"#/components/responses/NotFound\"\n          «x-not-found»: NOT_FOUND\n",
    ),
    (
        "spec::circular-ref",
        "    LeadNote:\n      type: object\n",
        "    LeadNote:\n      allOf:\n        - $ref: «\"#/components/schemas/LeadNote\"»\n      type: object\n",
    ),
    (
        "spec::unused-component",
        "    LeadNote:\n      type",
        "    «Team»:\n      type: object\n      description: A team.\n    LeadNote:\n      type",
    ),
    // The last reference to it is gone.
    (
        "spec::unused-component",
        "        Retry-After:\n          $ref: \"#/components/headers/Retry-After\"\n",
        "",
    ),
    (
        "spec::component-name",
        "    LeadNote:\n      type",
        "    «Lead memo»:\n      type: object\n      description: A note.\n    LeadNote:\n      type",
    ),
];

/// Types and values.
const SCHEMAS: &[Mutant] = &[
    (
        "spec::type",
        "        timezone:\n          type: string\n",
        "        timezone:\n          type: «strng»\n",
    ),
    (
        "spec::type",
        "        screenWidth:\n          type: integer\n          format: int64\n",
        "        screenWidth:\n          type: «int»\n",
    ),
    (
        "spec::type",
        "        payment_status:\n          type: string\n",
        "        payment_status:\n          type: string\n          «minimum»: 1\n",
    ),
    (
        "spec::type",
        "        screenWidth:\n          type: integer\n",
        "        screenWidth:\n          type: integer\n          «maxLength»: 5\n",
    ),
    // Beside `allOf` as well.
    (
        "spec::missing-type",
        "          type: object\n          nullable: true\n          allOf:\n            - $ref: \"#/components/schemas/LeadSource\"\n",
        "          «nullable»: true\n          allOf:\n            - $ref: \"#/components/schemas/LeadSource\"\n",
    ),
    (
        "spec::missing-type",
        "        timezone:\n          type: string\n          nullable: true\n",
        "        timezone:\n          «nullable»: true\n",
    ),
    (
        "spec::missing-type",
        "        updated_at:\n          type: string\n          format: date-time\n",
        "        updated_at:\n          «format»: date-time\n",
    ),
    (
        "spec::format",
        "        screenWidth:\n          type: integer\n          format: int64\n",
        "        screenWidth:\n          type: integer\n          format: «uuid»\n",
    ),
    (
        "spec::format",
        "        screenWidth:\n          type: integer\n          format: int64\n",
        "        screenWidth:\n          type: integer\n          format: «int46»\n",
    ),
    (
        "spec::format",
        "        updated_at:\n          type: string\n          format: date-time\n",
        "        updated_at:\n          type: string\n          format: «datetime»\n",
    ),
    (
        "spec::limits",
        "          description: Latitude.",
        "          «minimum»: 90\n          maximum: -90\n          description: Latitude.",
    ),
    (
        "spec::pattern",
        "          description: Phone number in E.164 form.\n",
        "          pattern: «'^+[0-9]+$'»\n          description: Phone number in E.164 form.\n",
    ),
    (
        "spec::pattern",
        "          description: Code of the country, in the example of two letters.\n",
        "          pattern: «'/^[A-Z]{2}$/'»\n          description: Code of the country.\n",
    ),
    (
        "spec::enum",
        "          enum: [true]\n",
        "          enum: [true, «\"false\"»]\n",
    ),
    (
        "spec::read-write",
        "          description: Full name.\n",
        "          readOnly: true\n          «writeOnly»: true\n          description: Full name.\n",
    ),
    (
        "codegen::discriminator",
        "    LeadNote:\n      type: object\n",
        "    LeadNote:\n      type: object\n      «discriminator»:\n        propertyName: content\n",
    ),
    (
        "spec::discriminator-mapping",
        "    LeadNote:\n      type: object\n",
        "    LeadNote:\n      type: object\n      discriminator:\n        propertyName: content\n        mapping:\n          note: «\"#/components/schemas/LeadNot\"»\n",
    ),
    (
        "spec::discriminator-mapping",
        "    LeadNote:\n      type: object\n",
        "    LeadNote:\n      type: object\n      discriminator:\n        propertyName: content\n        mapping:\n          note: «Memo»\n",
    ),
    (
        "spec::required",
        "        - created_at\n        - updated_at\n",
        "        - created_at\n        - «update_at»\n",
    ),
    // Renamed, but not in `required`.
    (
        "spec::required",
        "        status:\n          type: string\n          description: >-\n            Where the lead stands.",
        "        state:\n          type: string\n          description: >-\n            Where the lead stands.",
    ),
    (
        "codegen::composition",
        "    LeadNote:\n      type: object\n",
        "    LeadNote:\n      «anyOf»: [{properties: {content: {type: integer, description: Its number.}}}, {}]\n      type: object\n",
    ),
    (
        "codegen::ignored-keyword",
        "    LeadNote:\n      type: object\n",
        "    LeadNote:\n      «not»: {required: [nothing]}\n      type: object\n",
    ),
    (
        "spec::composition",
        "    LeadNote:\n      type: object\n",
        "    LeadNote:\n      «allOf»: []\n      type: object\n",
    ),
    (
        "codegen::closed-object",
        "      # Custom fields: property1 and property2 in the page's example.\n      additionalProperties: true\n      properties:\n        booking_link_id:\n",
        "      «additionalProperties»: false\n      properties:\n        property1: {description: First.}\n        property2: {description: Second.}\n        booking_link_id:\n",
    ),
];

/// Examples and defaults.
const EXAMPLES: &[Mutant] = &[
    (
        "example::mismatch",
        "          example: \"550e8400-e29b-41d4-a716-446655440000\"\n      responses:\n",
        "          example: «lead-1»\n      responses:\n",
    ),
    (
        "example::mismatch",
        "          description: Name of the lead's company.\n          example: Acme Corp\n",
        "          description: Name of the lead's company.\n          example: «42»\n",
    ),
    (
        "example::mismatch",
        "                  created_at: \"2026-01-17T08:00:00Z\"\n",
        "                  created_at: «\"2026-01-17 08:00\"»\n",
    ),
    // An integer as text.
    (
        "example::mismatch",
        "                  total_paid_cents: 0\n",
        "                  total_paid_cents: «\"0\"»\n",
    ),
    (
        "example::mismatch",
        "                  total_paid_cents: 0\n",
        "                  total_paid_cents: «12345.5»\n",
    ),
    (
        "example::mismatch",
        "                    latitude: 0\n",
        "                    latitude: «north»\n",
    ),
    (
        "example::mismatch",
        "                  status: new\n",
        "                  status: «null»\n",
    ),
    // Required, and not in the example.
    ("example::mismatch", "                  status: new\n", ""),
    (
        "example::mismatch",
        "            code: RATE_LIMITED\n",
        "            code: «429»\n",
    ),
    (
        "example::mismatch",
        "      example: 99\n",
        "      example: «ninety-nine»\n",
    ),
    // One keyword with which several examples disagree.
    (
        "example::mismatch",
        "        code:\n          type: string\n",
        "        code:\n          «type»: integer\n",
    ),
    (
        "example::default",
        "          description: Name of the lead's company.\n",
        "          default: «0»\n          description: Name of the lead's company.\n",
    ),
    // An open object takes it.
    (
        "example::misspelled",
        "                  total_paid_cents: 0\n",
        "                  «total_paid_cent»: 0\n",
    ),
    (
        "example::both",
        "      example: 99\n",
        "      example: 99\n      «examples»:\n        none:\n          value: 0\n",
    ),
];

/// Paths, parameters, answers.
const OPERATIONS: &[Mutant] = &[
    ("spec::path", "  /v1/leads/{id}:\n", "  «v1/leads/{id}»:\n"),
    ("spec::path", "  /v1/leads/{id}:\n", "  «/v1/leads/{id»:\n"),
    (
        "spec::same-path",
        "\ncomponents:\n",
        "\n  «/v1/leads/{lead_id}»: {}\n\ncomponents:\n",
    ),
    (
        "spec::path-suffix",
        "\ncomponents:\n",
        "\n  «/v1/leads/{id}#again»: {}\n\ncomponents:\n",
    ),
    (
        "spec::path-suffix",
        "\ncomponents:\n",
        "\n  «/v1/leads?beta=true»: {}\n\ncomponents:\n",
    ),
    (
        "spec::style",
        "          in: path\n",
        "          in: path\n          style: «form»\n",
    ),
    (
        "policy::trailing-slash",
        "  /v1/leads/{id}:\n",
        "  «/v1/leads/{id}/»:\n",
    ),
    (
        "spec::ambiguous-path",
        "\ncomponents:\n",
        "\n  «/v1/{kind}/550e8400-e29b-41d4-a716-446655440000»: {}\n\ncomponents:\n",
    ),
    // Both of two.
    (
        "spec::path-parameter",
        "  /v1/leads/{id}:\n",
        "  «/v1/leads/{id}/{id}/{id}»:\n",
    ),
    (
        "spec::link",
        "        \"200\":\n          description: The lead.\n",
        "        \"200\":\n          description: The lead.\n          links:\n            again:\n              operationId: «get_leed»\n",
    ),
    (
        "spec::link",
        "        \"200\":\n          description: The lead.\n",
        "        \"200\":\n          description: The lead.\n          links:\n            again:\n              operationRef: «\"#/paths/~1v1~1leads/get\"»\n",
    ),
    (
        "spec::link",
        "        \"200\":\n          description: The lead.\n",
        "        \"200\":\n          description: The lead.\n          links:\n            «again»:\n              description: The same.\n",
    ),
    (
        "spec::path-parameter",
        "  /v1/leads/{id}:\n",
        "  /v1/leads/{lead_id}:\n",
    ),
    (
        "spec::path-parameter",
        "        - name: id\n          in: path\n          required: true\n",
        "        - name: «id»\n          in: path\n",
    ),
    (
        "spec::path-parameter",
        "          in: path\n          required: true\n",
        "          in: path\n          «required»: false\n",
    ),
    (
        "spec::parameter",
        "          in: path\n",
        "          in: «paht»\n",
    ),
    (
        "spec::parameter",
        "          example: \"550e8400-e29b-41d4-a716-446655440000\"\n      responses:\n",
        "        - name: limit\n          in: «querry»\n          description: How many.\n          schema:\n            type: integer\n      responses:\n",
    ),
    (
        "codegen::parameter",
        "      parameters:\n",
        "      parameters:\n        - name: filter\n          in: query\n          description: A filter.\n          content: {«application/xml»: {schema: {type: string}}}\n",
    ),
    (
        "spec::parameter",
        "      parameters:\n",
        "      parameters:\n        - name: «''»\n          in: query\n          description: A filter.\n          schema: {type: string}\n",
    ),
    (
        "codegen::ignored-header",
        "      parameters:\n",
        "      parameters:\n        - name: «Authorization»\n          in: header\n          description: The key.\n          schema:\n            type: string\n",
    ),
    (
        "codegen::cookie",
        "      parameters:\n",
        "      parameters:\n        - name: session\n          in: «cookie»\n          description: A session.\n          schema:\n            type: string\n",
    ),
    (
        "spec::duplicate-parameter",
        "      parameters:\n        - name: id\n",
        "      parameters:\n        - {name: id, in: path, required: true, description: Lead ID., schema: {type: string}}\n        - «name: id»\n",
    ),
    (
        "spec::missing-operation-id",
        "    get:\n      operationId: get_lead\n",
        "    «get»:\n",
    ),
    (
        "spec::duplicate-operation-id",
        "\ncomponents:\n",
        "\n  /v1/me:\n    get:\n      operationId: «get_lead»\n      summary: Who am I?\n      responses:\n        \"204\":\n          description: You.\n\ncomponents:\n",
    ),
    (
        "policy::operation-id",
        "operationId: get_lead",
        "operationId: «getLead»",
    ),
    (
        "codegen::server",
        "\npaths:\n",
        "\npaths:\n  /v1/pings:\n    get: {operationId: get_ping, tags: [leads], summary: Ping, description: None., servers: [{url: «'wss://eu.aura-app.ai'»}], responses: {'204': {description: None.}}}\n",
    ),
    (
        "codegen::withheld-key",
        "\npaths:\n",
        "\npaths:\n  /v1/pings:\n    get: {operationId: get_ping, tags: [leads], summary: Ping, description: None., «servers»: [{url: 'https://eu.aura-app.ai'}], responses: {'204': {description: None.}}}\n",
    ),
    (
        "spec::request-body",
        "      operationId: get_lead\n",
        "      operationId: get_lead\n      «requestBody»:\n        required: true\n        content:\n          application/json:\n            schema:\n              $ref: \"#/components/schemas/LeadNote\"\n",
    ),
    // Express's way of writing a parameter.
    ("spec::path", "  /v1/leads/{id}:\n", "  «/v1/leads/:id»:\n"),
    // A level is missing.
    (
        "spec::media-type",
        "            application/json:\n              schema:\n                $ref: \"#/components/schemas/GetLeadResponse\"\n",
        "            «schema»:\n              $ref: \"#/components/schemas/GetLeadResponse\"\n",
    ),
    (
        "spec::missing-field",
        "    X-RateLimit-Remaining:\n      description: Number of requests left before the limit is reached.\n      schema:\n        type: integer\n        format: int64\n",
        "    «X-RateLimit-Remaining»:\n      description: Number of requests left before the limit is reached.\n",
    ),
    ("spec::status", "        \"200\":\n", "        «\"20O\"»:\n"),
    ("spec::status", "        \"404\":\n", "        «4xx»:\n"),
    ("spec::status", "        \"404\":\n", "        «\"44\"»:\n"),
    (
        "spec::no-success-response",
        "      responses:\n        \"200\":\n          description: The lead.\n          headers:\n            X-RateLimit-Limit:\n              $ref: \"#/components/headers/X-RateLimit-Limit\"\n            X-RateLimit-Remaining:\n              $ref: \"#/components/headers/X-RateLimit-Remaining\"\n            X-RateLimit-Reset:\n              $ref: \"#/components/headers/X-RateLimit-Reset\"\n            X-Request-Id:\n              $ref: \"#/components/headers/X-Request-Id\"\n          content:\n            application/json:\n              schema:\n                $ref: \"#/components/schemas/GetLeadResponse\"\n              # The page's example, whole and unchanged, placeholders and all: don't tidy it.\n              # `property1` and `property2` stand for custom fields.\n              example:\n                data:\n                  company: Acme Corp\n                  created_at: \"2026-01-17T08:00:00Z\"\n                  disqualification_data:\n                    booking_link_id: string\n                    evaluated_at: string\n                    triggering_field:\n                      key: string\n                      label: string\n                      value: null\n                    property1: null\n                    property2: null\n                  email: john@example.com\n                  full_name: John Doe\n                  id: \"550e8400-e29b-41d4-a716-446655440000\"\n                  last_payment_at: string\n                  metadata:\n                    city: string\n                    country: string\n                    countryCode: US\n                    dataConsentAcceptedAt: \"2026-05-08T14:23:11.000Z\"\n                    dclid: string\n                    epik: string\n                    fbclid: string\n                    gadSource: string\n                    gbraid: string\n                    gclid: string\n                    gclsrc: string\n                    hyclid: string\n                    ipAddress: string\n                    language: en-US\n                    latitude: 0\n                    liFatId: string\n                    longitude: 0\n                    msclkid: string\n                    partner: string\n                    rdtCid: string\n                    ref: string\n                    referrer: https://acme.com/book-a-call\n                    region: string\n                    scCid: string\n                    screenHeight: 0\n                    screenWidth: 0\n                    setterCode: string\n                    ttclid: string\n                    twclid: string\n                    userAgent: string\n                    utmCampaign: spring-2026\n                    utmContent: string\n                    utmId: string\n                    utmMedium: cpc\n                    utmSource: google\n                    utmTerm: string\n                    wbraid: string\n                    yclid: string\n                    property1: null\n                    property2: null\n                  notes:\n                    - content: string\n                      created_at: \"2026-05-08T14:23:11.000Z\"\n                      user_id: string\n                      property1: null\n                      property2: null\n                  payment_count: 0\n                  payment_status: string\n                  phone: \"+14155552671\"\n                  source:\n                    referrer: https://acme.com/book-a-call\n                    utm_campaign: summer_promo\n                    utm_content: string\n                    utm_medium: cpc\n                    utm_source: google\n                    utm_term: string\n                  status: new\n                  timezone: America/New_York\n                  total_paid_cents: 0\n                  updated_at: \"2026-01-17T09:30:00Z\"\n                success: true\n        \"401\":\n          $ref: \"#/components/responses/Unauthorized\"\n        \"404\":\n          $ref: \"#/components/responses/NotFound\"\n        \"429\":\n          $ref: \"#/components/responses/TooManyRequests\"\n        default:\n",
        "      «responses»:\n        \"498\":\n          description: The lead.\n          headers:\n            X-RateLimit-Limit:\n              $ref: \"#/components/headers/X-RateLimit-Limit\"\n            X-RateLimit-Remaining:\n              $ref: \"#/components/headers/X-RateLimit-Remaining\"\n            X-RateLimit-Reset:\n              $ref: \"#/components/headers/X-RateLimit-Reset\"\n            X-Request-Id:\n              $ref: \"#/components/headers/X-Request-Id\"\n          content:\n            application/json:\n              schema:\n                $ref: \"#/components/schemas/GetLeadResponse\"\n              # The page's example, whole and unchanged, placeholders and all: don't tidy it.\n              # `property1` and `property2` stand for custom fields.\n              example:\n                data:\n                  company: Acme Corp\n                  created_at: \"2026-01-17T08:00:00Z\"\n                  disqualification_data:\n                    booking_link_id: string\n                    evaluated_at: string\n                    triggering_field:\n                      key: string\n                      label: string\n                      value: null\n                    property1: null\n                    property2: null\n                  email: john@example.com\n                  full_name: John Doe\n                  id: \"550e8400-e29b-41d4-a716-446655440000\"\n                  last_payment_at: string\n                  metadata:\n                    city: string\n                    country: string\n                    countryCode: US\n                    dataConsentAcceptedAt: \"2026-05-08T14:23:11.000Z\"\n                    dclid: string\n                    epik: string\n                    fbclid: string\n                    gadSource: string\n                    gbraid: string\n                    gclid: string\n                    gclsrc: string\n                    hyclid: string\n                    ipAddress: string\n                    language: en-US\n                    latitude: 0\n                    liFatId: string\n                    longitude: 0\n                    msclkid: string\n                    partner: string\n                    rdtCid: string\n                    ref: string\n                    referrer: https://acme.com/book-a-call\n                    region: string\n                    scCid: string\n                    screenHeight: 0\n                    screenWidth: 0\n                    setterCode: string\n                    ttclid: string\n                    twclid: string\n                    userAgent: string\n                    utmCampaign: spring-2026\n                    utmContent: string\n                    utmId: string\n                    utmMedium: cpc\n                    utmSource: google\n                    utmTerm: string\n                    wbraid: string\n                    yclid: string\n                    property1: null\n                    property2: null\n                  notes:\n                    - content: string\n                      created_at: \"2026-05-08T14:23:11.000Z\"\n                      user_id: string\n                      property1: null\n                      property2: null\n                  payment_count: 0\n                  payment_status: string\n                  phone: \"+14155552671\"\n                  source:\n                    referrer: https://acme.com/book-a-call\n                    utm_campaign: summer_promo\n                    utm_content: string\n                    utm_medium: cpc\n                    utm_source: google\n                    utm_term: string\n                  status: new\n                  timezone: America/New_York\n                  total_paid_cents: 0\n                  updated_at: \"2026-01-17T09:30:00Z\"\n                success: true\n        \"401\":\n          $ref: \"#/components/responses/Unauthorized\"\n        \"404\":\n          $ref: \"#/components/responses/NotFound\"\n        \"429\":\n          $ref: \"#/components/responses/TooManyRequests\"\n        \"499\":\n",
    ),
    (
        "spec::no-content",
        "        \"404\":\n",
        "        \"204\":\n          description: Nothing.\n          «content»:\n            application/json:\n              schema:\n                $ref: \"#/components/schemas/GetLeadResponse\"\n        \"404\":\n",
    ),
    (
        "spec::media-type",
        "            application/json:\n              schema:\n                $ref: \"#/components/schemas/GetLeadResponse\"\n",
        "            «aplication/json»:\n              schema:\n                $ref: \"#/components/schemas/GetLeadResponse\"\n",
    ),
    (
        "spec::media-type",
        "            application/json:\n              schema:\n                $ref: \"#/components/schemas/GetLeadResponse\"\n",
        "            «application/json; profile=läd»:\n              schema:\n                $ref: \"#/components/schemas/GetLeadResponse\"\n",
    ),
    (
        "codegen::media-type",
        "\ncomponents:\n",
        "\n  /v1/table:\n    put:\n      operationId: set_table\n      summary: Set the table.\n      requestBody:\n        required: true\n        «content»: {}\n      responses:\n        \"204\":\n          description: Set.\n\ncomponents:\n",
    ),
];

/// The extensions that say more of calls than OpenAPI can.
const CALLS: &[Mutant] = &[
    (
        "codegen::not-found",
        "      operationId: get_lead\n",
        "      operationId: get_lead\n      «x-not-found»: NOT_FOUND\n",
    ),
    (
        "codegen::not-found",
        "      responses:\n        \"200\":\n",
        "      responses:\n        «x-not-found»: NOT_FOUND\n        \"200\":\n",
    ),
    (
        "codegen::not-found",
        "        \"200\":\n          description: The lead.\n",
        "        \"200\":\n          description: The lead.\n          «x-not-found»: NOT_FOUND\n",
    ),
    // Not where an error is described, but where its code is.
    (
        "codegen::not-found",
        "          example: NOT_FOUND\n",
        "          example: NOT_FOUND\n          «x-not-found»: NOT_FOUND\n",
    ),
    (
        "codegen::not-found",
        "      x-not-found: NOT_FOUND\n",
        "      x-not-found: «\" \"»\n",
    ),
    (
        "codegen::not-found",
        "      x-not-found: NOT_FOUND\n",
        "      x-not-found: «404»\n",
    ),
    // Shared with another status.
    (
        "codegen::not-found",
        "        \"429\":\n",
        "        \"410\":\n          $ref: \"#/components/responses/NotFound\"\n        \"429\":\n",
    ),
    (
        "policy::not-found",
        "    NotFound:\n      description: >-\n        There is no such lead, or it belongs to another organization. The API does not tell the two\n        apart.\n      x-not-found: NOT_FOUND\n",
        "    «NotFound»:\n      description: >-\n        There is no such lead, or it belongs to another organization. The API does not tell the two\n        apart.\n",
    ),
    (
        "codegen::identifies",
        "          x-identifies: id\n",
        "          x-identifies: «ids»\n",
    ),
    // In the envelope, not in `data`.
    (
        "codegen::identifies",
        "          x-identifies: id\n",
        "          x-identifies: «success»\n",
    ),
    // Not required.
    (
        "codegen::identifies",
        "          x-identifies: id\n",
        "          x-identifies: «company»\n",
    ),
    // Of another format.
    (
        "codegen::identifies",
        "          x-identifies: id\n",
        "          x-identifies: «created_at»\n",
    ),
    (
        "codegen::identifies",
        "          x-identifies: id\n",
        "          x-identifies: «status»\n",
    ),
    (
        "codegen::identifies",
        "          x-identifies: id\n",
        "          x-identifies: «true»\n",
    ),
    (
        "codegen::identifies",
        "      operationId: get_lead\n",
        "      operationId: get_lead\n      «x-identifies»: id\n",
    ),
    (
        "codegen::identifies",
        "      parameters:\n",
        "      parameters:\n        - name: other\n          in: query\n          description: Another lead.\n          «x-identifies»: id\n          schema: {type: string}\n",
    ),
    (
        "codegen::skip",
        "      operationId: get_lead\n",
        "      operationId: get_lead\n      x-codegen-skip: «true»\n",
    ),
    (
        "codegen::skip",
        "  title: ",
        "  «x-codegen-skip»: not yet public\n  title: ",
    ),
    (
        "codegen::unneeded-skip",
        "      operationId: get_lead\n",
        "      operationId: get_lead\n      «x-codegen-skip»: not yet public\n",
    ),
    // There is nothing to compare.
    (
        "codegen::identifies",
        "\ncomponents:\n",
        "\n  /v1/teams/{id}:\n    delete:\n      operationId: delete_team\n      summary: Delete a team\n      parameters:\n        - {name: id, in: path, required: true, description: Team ID., «x-identifies»: id, schema: {type: string}}\n      responses:\n        \"204\":\n          description: Gone.\n\ncomponents:\n",
    ),
    (
        "codegen::pagination",
        "      operationId: get_lead\n",
        "      operationId: get_lead\n      x-pagination: {cursor: «cursor», next: data.status, items: data.notes}\n",
    ),
    (
        "codegen::idempotency-key",
        "          x-identifies: id\n",
        "          x-identifies: id\n          «x-idempotency-key»: true\n",
    ),
    (
        "policy::idempotency-key",
        "      parameters:\n",
        "      parameters:\n        - {name: Key, in: header, description: A key., «x-idempotency-key»: true, schema: {type: string}}\n",
    ),
    (
        "codegen::security",
        "      type: http\n      scheme: bearer\n",
        "      type: apiKey\n      in: cookie\n      name: session\n",
    ),
    (
        "codegen::security",
        "      type: http\n      scheme: bearer\n",
        "      type: http\n      scheme: digest\n",
    ),
];

/// What stands around the operations, and what this contract asks of itself.
const POLICY: &[Mutant] = &[
    (
        "spec::undefined-security",
        "  - bearerAuth: []\n",
        "  - «bearerAuht»: []\n",
    ),
    (
        "spec::missing-security",
        "security:\n  - bearerAuth: []\n\npaths:\n  /v1/leads/{id}:\n    get:\n",
        "paths:\n  /v1/leads/{id}:\n    «get»:\n",
    ),
    (
        "spec::security-scheme",
        "      scheme: bearer\n",
        "      scheme: «baerer»\n",
    ),
    (
        "spec::security-scheme",
        "      type: http\n      scheme: bearer\n",
        "      type: «bearer»\n",
    ),
    (
        "spec::undeclared-tag",
        "      tags: [leads]\n",
        "      tags: [«lead»]\n",
    ),
    (
        "spec::duplicate-tag",
        "  - name: leads\n",
        "  - name: leads\n    description: Leads.\n  - name: «leads»\n",
    ),
    (
        "policy::server",
        "  - url: https://api.aura-app.ai\n",
        "  - url: «https://api.aura-app.ai/»\n",
    ),
    (
        "policy::server",
        "  - url: https://api.aura-app.ai\n",
        "  - url: «http://api.aura-app.ai»\n",
    ),
    (
        "policy::server",
        "  - url: https://api.aura-app.ai\n",
        "  - url: «api.aura-app.ai»\n",
    ),
    (
        "spec::server-variable",
        "  - url: https://api.aura-app.ai\n",
        "  - url: «https://{region}.aura-app.ai»\n",
    ),
    (
        "spec::server-variable",
        "  - url: https://api.aura-app.ai\n",
        "  - url: «https://{region}.aura-app.ai»\n    variables:\n      regin:\n        default: api\n",
    ),
    (
        "spec::unused-server-variable",
        "  - url: https://api.aura-app.ai\n",
        "  - url: https://api.aura-app.ai\n    variables:\n      «region»:\n        default: api\n",
    ),
    (
        "policy::description",
        "        payment_status:\n          type: string\n          nullable: true\n          description: State of the lead's payments. The API publishes no list of values.\n",
        "        «payment_status»:\n          type: string\n          nullable: true\n",
    ),
    (
        "policy::description",
        "          description: Lead ID (UUID).\n          schema:\n",
        "          schema:\n",
    ),
    (
        "policy::description",
        "          description: Name of the lead's company.\n",
        "          description: \"\"\n",
    ),
    (
        "policy::cents",
        "        total_paid_cents:\n          type: integer\n          format: int64\n",
        "        total_paid_cents:\n          type: «number»\n",
    ),
    // Its example does not fit either.
    (
        "policy::cents",
        "        total_paid_cents:\n          type: integer\n          format: int64\n",
        "        total_paid_cents:\n          type: «string»\n",
    ),
    (
        "policy::cents",
        "        total_paid_cents:\n          type: integer\n          format: int64\n",
        "        total_paid_cents:\n          type: integer\n          format: «int32»\n",
    ),
    (
        "policy::cents",
        "        total_paid_cents:\n          type: integer\n          format: int64\n",
        "        total_paid_cents:\n          type: «integer»\n",
    ),
    // Of a parameter.
    (
        "policy::cents",
        "          example: \"550e8400-e29b-41d4-a716-446655440000\"\n      responses:\n",
        "          example: \"550e8400-e29b-41d4-a716-446655440000\"\n        - {name: paidCents, in: query, description: What is paid., schema: {type: «integer»}}\n      responses:\n",
    ),
    (
        "policy::open-enum",
        "          description: State of the lead's payments. The API publishes no list of values.\n",
        "          «enum»: [string, paid, refunded]\n          description: State of the lead's payments.\n",
    ),
    (
        "policy::sensitive",
        "        email:\n          type: string\n          nullable: true\n          description: E-mail address.\n          example: john@example.com\n          x-sensitive: true\n",
        "        «email»:\n          type: string\n          nullable: true\n          description: E-mail address.\n          example: john@example.com\n",
    ),
    (
        "policy::sensitive",
        "        notes:\n          type: array\n",
        "        «mobile_phone»:\n          type: string\n          nullable: true\n          description: Another number.\n        notes:\n          type: array\n",
    ),
    (
        "policy::sensitive",
        "        notes:\n          type: array\n",
        "        «tax_id»:\n          type: string\n          nullable: true\n          description: Another number.\n        notes:\n          type: array\n",
    ),
    (
        "policy::sensitive",
        "        notes:\n          type: array\n",
        "        «refreshToken»:\n          type: string\n          nullable: true\n          description: Another word.\n        notes:\n          type: array\n",
    ),
    (
        "lint::allow",
        "          description: Full name.\n",
        "          description: Full name. «# lint: allow(policy::cents)»\n",
    ),
    (
        "lint::allow",
        "          description: Full name.\n",
        "          x-lint-allow: {«policy::cent»: it is no amount}\n          description: Full name.\n",
    ),
    (
        "lint::unused-allow",
        "          description: Full name.\n",
        "          «# lint: allow(policy::description) it is not known»\n          description: Full name.\n",
    ),
];

const ALL: [&[Mutant]; 8] = [
    YAML, STRUCTURE, REFERENCES, SCHEMAS, EXAMPLES, OPERATIONS, CALLS, POLICY,
];

/// What is wrong in how a mutant is told.
fn misjudged((code, from, to): &Mutant) -> Option<String> {
    if CONTRACT.matches(from).count() != 1 {
        return Some(format!("{code}: this stands not once: {from}"));
    }
    let marked = CONTRACT.replacen(from, to, 1);
    let at = marked.find('«');
    let mutant = marked.replacen('«', "", 1).replacen('»', "", 1);
    let found = lint(&mutant).1;
    let told = || Some(format!("{code}: {to}\n{}", listed(&mutant, &found)));
    match found.as_slice() {
        [one] if one.code != *code => told(),
        [one] if one.help.is_none() => told(),
        [one] if at.is_some() && one.span.as_ref().map(|span| span.start) != at => told(),
        [_] => None,
        _ => told(),
    }
}

#[test]
fn every_mistake_in_the_contract_is_told_once_and_where_it_stands() {
    let misjudged: Vec<String> = ALL.into_iter().flatten().filter_map(misjudged).collect();
    assert!(misjudged.is_empty(), "{}", misjudged.join("\n"));
}

#[test]
fn every_rule_has_a_mutant() {
    // The first two can't be shown by one edit of a text, nor can a scope and its scheme, or two
    // schemes; the last
    // three are of OpenAPI 3.1, which the contract is not.
    let without = [
        "yaml::encoding",
        "yaml::alias",
        "spec::undefined-scope",
        "codegen::several-keys",
        "spec::dialect",
        "spec::outdated-keyword",
        "codegen::ignored-keyword",
    ];
    for rule in openapi_lint::rules(&Checks::NONE) {
        let known = ALL
            .into_iter()
            .flatten()
            .any(|(code, ..)| *code == rule.code);
        let excused = without.contains(&rule.code);
        assert!(known || excused, "{} has no mutant", rule.code);
    }
}

#[test]
fn mistakes_that_have_nothing_to_do_with_each_other_are_told_in_one_run() {
    // Some of each kind, none of which touches another's lines; each by what it is edited into.
    let edits = [
        "«requried»",
        "«\"200\"»:\n",
        "#/components/responses/Unauthorised",
        "«strng»",
        "«int46»",
        "«\"0\"»",
        "«ninety-nine»",
        "«servers»",
        "«lead»",
        "«https://api.aura-app.ai/»",
        "        «payment_status»",
        "«descripton»",
        "«Team»",
        "«x-sensetive»",
        "«x-notfound»",
    ]
    .map(|part| {
        let mut mutants = ALL.into_iter().flatten();
        let found = mutants.find(|(.., to)| to.contains(part));
        found.unwrap_or_else(|| panic!("no mutant holds {part}"))
    });
    let mut text = CONTRACT.to_string();
    for (code, from, to) in &edits {
        assert_eq!(text.matches(from).count(), 1, "{code}: {from}");
        text = text.replacen(from, &to.replace(['«', '»'], ""), 1);
    }
    let found = lint(&text).1;
    let mut told: Vec<&str> = found.iter().map(|found| found.code).collect();
    let mut made: Vec<&str> = edits.iter().map(|(code, ..)| *code).collect();
    told.sort_unstable();
    made.sort_unstable();
    assert_eq!(told, made, "{}", listed(&text, &found));
    let places = found
        .iter()
        .map(|found| (found.severity, found.span.clone().map(|span| span.start)));
    assert!(places.is_sorted(), "errors first, each in the text's order");
}

#[test]
fn a_list_without_spaces_behind_its_dashes_is_told_what_it_lacks() {
    let text = CONTRACT.replacen(
        "        - id\n        - status\n",
        "        -id\n        -status\n",
        1,
    );
    let found = lint(&text).1;
    let listed = listed(&text, &found);
    assert!(
        listed.contains("help: put a space behind each `-`\n"),
        "{listed}"
    );
}

#[test]
fn what_is_no_yaml_is_told_by_its_cause() {
    let told = |from: &str, to: &str, message: &str| {
        assert_eq!(CONTRACT.matches(from).count(), 1, "{from}");
        let marked = CONTRACT.replacen(from, to, 1);
        let at = marked.find('«').expect("a place");
        let text = marked.replace('«', "");
        let found = lint(&text).1;
        let listed = listed(&text, &found);
        assert!(listed.contains(message) && found.len() == 1, "{listed}");
        assert_eq!(
            found[0].span.as_ref().map(|span| span.start),
            Some(at),
            "{listed}"
        );
    };
    let tab = "a tab stands here: YAML is indented with spaces";
    let title = "\n  title: Aura API\n";
    told(title, "\n«\ttitle: Aura API\n", tab);
    told(
        "      summary: Get lead by ID\n",
        "    «\t  summary: Get lead by ID\n",
        tab,
    );
    // The parser tells the line above.
    told(title, "\n  title: Aura API\n«\tx-owner: me\n", tab);
    told(
        title,
        "\n  title: Aura API\n    «x-owner: me\n",
        "this line is read as more of the text above",
    );
    let colon = "a `: ` stands in a text without quotes";
    told(title, "\n  title: Aura«: API\n", colon);
    let quote = "the quote that opens here is not closed";
    told("      example: \"30\"\n", "      example: «\"30\n", quote);
    let conflict = "a merge conflict stands here";
    told(
        title,
        "\n«<<<<<<< HEAD\n  title: Aura API\n=======\n  title: Aura\n>>>>>>> other\n",
        conflict,
    );
    told(title, "\n  title: Aura API\n«>>>>>>> other\n", conflict);
}

#[test]
fn reports_a_scope_that_no_flow_describes() {
    let scheme = "      type: oauth2\n      flows:\n        clientCredentials:\n          tokenUrl: https://api.aura-app.ai/token\n          scopes: {read: Read leads.}\n";
    let text = edit(CONTRACT, "      type: http\n      scheme: bearer\n", scheme);
    for (scopes, expected) in [("read", 0), ("write", 1), ("reed, write, read", 2)] {
        let security = format!("  - bearerAuth: [{scopes}]\n");
        let text = edit(&text, "  - bearerAuth: []\n", &security);
        let found = lint(&text).1;
        let count = found
            .iter()
            .filter(|found| found.code == "spec::undefined-scope")
            .count();
        assert_eq!(
            (count, found.len()),
            (expected, expected),
            "{}",
            listed(&text, &found)
        );
    }
}

#[test]
fn a_warning_hides_no_error_in_what_it_is_about() {
    let text = edit(
        CONTRACT,
        "      parameters:\n        - name: id\n",
        "      parameters:\n        - {name: a, in: query, description: A., content: {application/xml: {schema: {type: object, minLength: 1}}}}\n        - name: id\n",
    );
    let found = lint(&text).1;
    let codes: Vec<&str> = found.iter().map(|found| found.code).collect();
    assert_eq!(
        codes,
        ["codegen::parameter", "spec::type"],
        "{}",
        listed(&text, &found)
    );
}

#[test]
fn names_every_doubled_parameter_of_a_path() {
    let text = edit(
        CONTRACT,
        "  /v1/leads/{id}:\n",
        "  /v1/leads/{id}/{id}/{a}/{a}:\n",
    );
    let found = lint(&text).1;
    let messages: Vec<&str> = found.iter().map(|found| &*found.message).collect();
    assert!(
        messages.contains(&"`{id}` and `{a}` stand twice in `/v1/leads/{id}/{id}/{a}/{a}`"),
        "{messages:?}"
    );
}

#[test]
fn says_what_stands_where_a_response_belongs() {
    let from = "        \"404\":\n          $ref: \"#/components/responses/NotFound\"\n";
    for (value, shown) in [
        ("nope", "the text `nope`"),
        ("12", "the number `12`"),
        ("[]", "a list"),
        ("", "empty"),
    ] {
        let text = edit(CONTRACT, from, &format!("        404: {value}\n"));
        let found = lint(&text).1;
        let message = format!("`404` of `responses` must be an object or a `$ref`, and is {shown}");
        let found: Vec<_> = found
            .iter()
            .filter(|found| *found.message == *message)
            .collect();
        assert_eq!(found.len(), 1, "{value}");
    }
}
