//! An example for each row of `docs/openapi.md`: edits of the smallest contract.

/// A row, and what is replaced by what.
type Example = (&'static str, &'static [(&'static str, &'static str)]);

/// In the page's order.
pub const EXAMPLES: &[Example] = &[
    (
        "a `$ref` to a component, or into the depth of the document",
        &[(
            "components:\n  schemas:\n",
            "components:\n  schemas:\n    Deep: {$ref: '#/components/schemas/Note/properties/text'}\n",
        )],
    ),
    (
        "a `$ref` to another file",
        &[(
            "components:\n  schemas:\n",
            "components:\n  schemas:\n    Other: {$ref: 'other.yaml#/Note'}\n",
        )],
    ),
    (
        "a `$ref` to what is no part of OpenAPI (`#/x-schemas/Note`)",
        &[
            ("info:\n", "x-schemas: {Note: {type: string}}\ninfo:\n"),
            (
                "components:\n  schemas:\n",
                "components:\n  schemas:\n    Other: {$ref: '#/x-schemas/Note'}\n",
            ),
        ],
    ),
    (
        "a field that OpenAPI doesn't know and that resembles none",
        &[(
            "      operationId: list_notes\n",
            "      operationId: list_notes\n      audience: all\n",
        )],
    ),
    (
        "a field that is probably misspelled",
        &[("required: [id, text]", "requried: [id, text]")],
    ),
    (
        "an empty `description`",
        &[("description: A note.\n", "description:\n")],
    ),
    (
        "an operation without `operationId`: it is called after its method and path",
        &[("      operationId: list_notes\n", "")],
    ),
    (
        "an `operationId` that another operation has: so is the later one by path",
        &[("operationId: get_note", "operationId: list_notes")],
    ),
    (
        "an operation called like a method of the client (`new`, `request`, `with_…`)",
        &[("operationId: get_note", "operationId: request")],
    ),
    (
        "components, inline schemas, properties and values whose names are one in Rust: each gets a name",
        &[(
            "components:\n  schemas:\n",
            "components:\n  schemas:\n    note: {type: string, enum: [a, A]}\n    NoteText: {type: object, properties: {a-b: {type: string}, a_b: {type: string}}}\n    NoteSource: {type: string}\n",
        )],
    ),
    (
        "`x-codegen-skip: <reason>`: no method is generated",
        &[(
            "      operationId: list_notes\n",
            "      operationId: request\n      x-codegen-skip: the client has a method of this name\n",
        )],
    ),
    (
        "`x-codegen-skip` without a reason",
        &[(
            "      operationId: list_notes\n",
            "      operationId: list_notes\n      x-codegen-skip: ''\n",
        )],
    ),
    (
        "`x-codegen-skip` on an operation that can be generated",
        &[(
            "      operationId: list_notes\n",
            "      operationId: list_notes\n      x-codegen-skip: not yet public\n",
        )],
    ),
    (
        "`servers` that all operations share, with variables",
        &[(
            "  - url: https://notes.example\n",
            "  - url: https://{region}.notes.example\n    variables: {region: {default: eu, description: Where it is.}}\n",
        )],
    ),
    (
        "`servers` that only some operations have",
        &[(
            "      operationId: list_notes\n",
            "      operationId: list_notes\n      servers: [{url: 'https://other.example'}]\n",
        )],
    ),
    (
        "`callbacks`: what is sent with them has types",
        &[(
            "      operationId: list_notes\n",
            "      operationId: list_notes\n      callbacks:\n        saved:\n          '{$request.query.url}':\n            post:\n              requestBody: {content: {application/json: {schema: {type: object, properties: {at: {type: string}}}}}}\n              responses: {'204': {description: Taken.}}\n",
        )],
    ),
    (
        "objects, lists, maps (`additionalProperties`), and types that hold themselves",
        &[(
            "components:\n  schemas:\n",
            "components:\n  schemas:\n    Tree: {type: object, properties: {children: {type: array, items: {$ref: '#/components/schemas/Tree'}}, named: {type: object, additionalProperties: {$ref: '#/components/schemas/Tree'}}}}\n",
        )],
    ),
    (
        "a type that is made of itself (`allOf`)",
        &[(
            "components:\n  schemas:\n",
            "components:\n  schemas:\n    Tree: {allOf: [{$ref: '#/components/schemas/Tree'}, {type: object}]}\n",
        )],
    ),
    (
        "a `format` that nobody knows: it is its type",
        &[(
            "components:\n  schemas:\n",
            "components:\n  schemas:\n    Odd: {type: string, format: odd}\n",
        )],
    ),
    (
        "limits (`pattern`, `minimum`, `maxLength` …) and `default`: read, never applied by the client",
        &[(
            "components:\n  schemas:\n",
            "components:\n  schemas:\n    Limited: {type: string, pattern: '^a', maxLength: 3, default: a}\n",
        )],
    ),
    (
        "`allOf` of parts that agree",
        &[(
            "components:\n  schemas:\n",
            "components:\n  schemas:\n    Both: {allOf: [{$ref: '#/components/schemas/Note'}, {type: object, properties: {text: {type: string, maxLength: 3}}}]}\n",
        )],
    ),
    (
        "`allOf` of parts that contradict each other",
        &[(
            "components:\n  schemas:\n",
            "components:\n  schemas:\n    Both: {allOf: [{$ref: '#/components/schemas/Note'}, {type: object, properties: {text: {type: integer}}}]}\n",
        )],
    ),
    (
        "`oneOf` and `anyOf`: an enum, the first alternative that fits; what fits none is `Unknown`",
        &[(
            "components:\n  schemas:\n",
            "components:\n  schemas:\n    Either: {oneOf: [{$ref: '#/components/schemas/Note'}, {type: string}]}\n    Any: {anyOf: [{type: integer}, {type: array, items: {type: string}}]}\n",
        )],
    ),
    (
        "`oneOf` and `anyOf` beside `properties`, `additionalProperties` or `allOf`: each alternative has these too",
        &[(
            "components:\n  schemas:\n",
            "components:\n  schemas:\n    Either: {type: object, properties: {at: {type: string}}, oneOf: [{$ref: '#/components/schemas/Note'}, {$ref: '#/components/schemas/Source'}]}\n    Any: {allOf: [{$ref: '#/components/schemas/Source'}], additionalProperties: {type: string}, anyOf: [{properties: {a: {type: string}}}, {properties: {b: {type: string}}}]}\n",
        )],
    ),
    (
        "`discriminator` of a choice",
        &[(
            "components:\n  schemas:\n",
            "components:\n  schemas:\n    Either: {oneOf: [{$ref: '#/components/schemas/Note'}, {$ref: '#/components/schemas/Source'}], discriminator: {propertyName: kind, mapping: {note: Note}}}\n",
        )],
    ),
    (
        "`discriminator` of anything else",
        &[(
            "      required: [id, text]\n",
            "      required: [id, text]\n      discriminator: {propertyName: text}\n",
        )],
    ),
    (
        "`not`",
        &[(
            "components:\n  schemas:\n",
            "components:\n  schemas:\n    Other: {type: string, not: {enum: [a]}}\n",
        )],
    ),
    (
        "an `enum` value of another type: text, where that is the type, or left out",
        &[(
            "components:\n  schemas:\n",
            "components:\n  schemas:\n    Odd: {type: string, enum: [a, 1]}\n",
        )],
    ),
    (
        "keywords beside a `type` they don't belong to",
        &[(
            "components:\n  schemas:\n",
            "components:\n  schemas:\n    Odd: {type: string, items: {type: string}}\n",
        )],
    ),
    (
        "a response object with `additionalProperties: false`: a new field makes it unreadable",
        &[(
            "      required: [id, text]\n",
            "      required: [id, text]\n      additionalProperties: false\n",
        )],
    ),
    (
        "text, numbers, booleans and `enum`s in path, query and header; lists in the query",
        &[(
            "      summary: List notes\n      parameters:\n",
            "      summary: List notes\n      parameters:\n        - {name: tag, in: query, schema: {type: array, items: {type: string}}}\n        - {name: X-Sort, in: header, schema: {type: string, enum: [up, down]}}\n        - {name: limit, in: query, schema: {type: integer}}\n",
        )],
    ),
    (
        "a parameter that is written as XML",
        &[(
            "          description: Notes of this color.\n          schema:\n            type: string\n          example: red\n",
            "          description: Notes of this color.\n          content: {application/xml: {schema: {type: string}}}\n",
        )],
    ),
    (
        "JSON (`application/json`, `+json`), text, binary and `multipart/form-data`",
        &[(
            "        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/NewNote'\n",
            "        content: {multipart/form-data: {schema: {type: object, properties: {file: {type: string, format: binary}}}}}\n",
        )],
    ),
    (
        "`application/x-www-form-urlencoded`",
        &[(
            "        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/NewNote'\n",
            "        content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}}}}\n",
        )],
    ),
    (
        "JSON, text and files; `default` and `2XX`; several successes; a redirect where there is no 2xx",
        &[(
            "        '204':\n          description: Done.\n",
            "        '200': {description: Done., content: {text/plain: {schema: {type: string}}}}\n        '202': {description: Soon.}\n        default: {description: Not done.}\n",
        )],
    ),
    (
        "an operation without a success: its method returns nothing",
        &[(
            "        '204':\n          description: Done.\n",
            "        '500': {description: Not done.}\n",
        )],
    ),
    (
        "a bearer token, basic authentication, an API key in a header or the query, OAuth 2, OpenID Connect",
        &[(
            "      type: http\n      scheme: bearer\n",
            "      type: apiKey\n      in: query\n      name: key\n",
        )],
    ),
    (
        "several of them together: one is sent, callers give the headers of the others",
        &[
            ("  - key: []\n", "  - {key: [], org: []}\n"),
            (
                "  securitySchemes:\n",
                "  securitySchemes:\n    org: {type: apiKey, in: header, name: X-Org, description: d}\n",
            ),
        ],
    ),
    (
        "a cookie, or another HTTP scheme, without an alternative",
        &[(
            "      type: http\n      scheme: bearer\n",
            "      type: apiKey\n      in: cookie\n      name: session\n",
        )],
    ),
    (
        "a scheme that is not described, without an alternative",
        &[("  - key: []\n", "  - other: []\n")],
    ),
    (
        "`x-sensitive` where it has no effect",
        &[(
            "      operationId: list_notes\n",
            "      operationId: list_notes\n      x-sensitive: true\n",
        )],
    ),
    (
        "`x-not-found` where it has no effect",
        &[(
            "        '204':\n          description: Done.\n",
            "        '204':\n          description: Done.\n          x-not-found: CODE\n",
        )],
    ),
    (
        "`x-identifies` of what cannot be compared",
        &[("x-identifies: id", "x-identifies: text_id")],
    ),
    (
        "`x-pagination` that leads from no page to the next",
        &[(
            "      operationId: list_notes\n",
            "      operationId: list_notes\n      x-pagination: {cursor: none, next: none, items: none}\n",
        )],
    ),
    (
        "`x-idempotency-key` on no header that can be filled in",
        &[(
            "      operationId: list_notes\n",
            "      operationId: list_notes\n      x-idempotency-key: true\n",
        )],
    ),
    (
        "lists of types, `const`, `$defs`, siblings of `$ref`, numeric `exclusiveMinimum`, `examples`",
        &[
            ("openapi: 3.0.3", "openapi: 3.1.0"),
            (
                "components:\n  schemas:\n",
                "components:\n  schemas:\n    New: {type: [object, 'null'], properties: {a: {const: x}, b: {type: [string, integer], examples: [1]}, c: {$ref: '#/components/schemas/Note', description: d}, d: {$ref: '#/components/schemas/New/$defs/In'}}, $defs: {In: {type: number, exclusiveMinimum: 3}}}\n",
            ),
        ],
    ),
    (
        "`webhooks`: what is sent to them has types",
        &[
            ("openapi: 3.0.3", "openapi: 3.1.0"),
            (
                "paths:\n",
                "webhooks: {saved: {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}}}}\npaths:\n",
            ),
        ],
    ),
    (
        "`prefixItems`, `patternProperties`, `if`, `dependentSchemas`, `propertyNames` and what else no client can express",
        &[
            ("openapi: 3.0.3", "openapi: 3.1.0"),
            (
                "components:\n  schemas:\n",
                "components:\n  schemas:\n    New: {type: array, prefixItems: [{type: string}]}\n",
            ),
        ],
    ),
    (
        "a keyword of OpenAPI 3.0 (`nullable`)",
        &[
            ("openapi: 3.0.3", "openapi: 3.1.0"),
            (
                "components:\n  schemas:\n",
                "components:\n  schemas:\n    Old: {type: string, nullable: true}\n",
            ),
        ],
    ),
    (
        "schemas of another dialect",
        &[
            ("openapi: 3.0.3", "openapi: 3.1.0"),
            (
                "info:\n",
                "jsonSchemaDialect: http://json-schema.org/draft-07/schema\ninfo:\n",
            ),
        ],
    ),
];
