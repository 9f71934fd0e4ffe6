//! Rules about the fields of objects, which several checks report.

use openapi_document::{Example, Rule, Severity::Error};

/// A field that OpenAPI doesn't know.
pub static UNKNOWN_FIELD: Rule = Rule {
    code: "spec::unknown-field",
    severity: Error,
    summary: "OpenAPI 3.0 has no such field here",
    docs: "A misspelled keyword is not refused by most tools, it is ignored: `requried:` makes \
           every property optional, `propeties:` makes an object of nothing. The same happens to \
           keywords of OpenAPI 3.1, and to lines that are indented too little or too far. An \
           extension of your own begins with `x-`. A field that resembles no keyword is ignored \
           with a warning.",
    example: Some(Example {
        instead_of: "required: [id, text]",
        wrong: "«requried»: [id, text]",
        right: "required: [id, text]",
    }),
};

/// A field that is missing.
pub static MISSING_FIELD: Rule = Rule {
    code: "spec::missing-field",
    severity: Error,
    summary: "a field that OpenAPI 3.0 requires is missing",
    docs: "Some objects mean nothing without certain fields: a response without `description`, a \
           parameter without `name`, `in` and `schema`, an array without `items`, a request body \
           without `schema`.",
    example: Some(Example {
        instead_of: "        '204':\n          description: Done.\n",
        wrong: "        «'204'»: {}\n",
        right: "        '204':\n          description: It is replaced.\n",
    }),
};

/// A value of another type.
pub static WRONG_TYPE: Rule = Rule {
    code: "spec::wrong-type",
    severity: Error,
    summary: "a field holds another kind of value than OpenAPI 3.0 says",
    docs: "YAML reads `1.10` as a number and `true` as a boolean, so a version or a text of that \
           form needs quotes. `required` is a list of names beside `properties`, not a mark on a \
           property. A list of types is OpenAPI 3.1. An empty `description` is a warning.",
    example: Some(Example {
        instead_of: "version: 2.1.0",
        wrong: "«version»: 2.1",
        right: "version: '2.1.0'",
    }),
};
