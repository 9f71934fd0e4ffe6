//! OpenAPI 3.1: what of it no client can express, and what means nothing in it.

use openapi_document::newer::{Reason, Remark};
use openapi_document::{
    Contract, Diagnostic, Example, Rule,
    Severity::{Error, Warning},
};

/// A keyword without effect on the client.
pub static IGNORED: Rule = Rule {
    code: "codegen::ignored-keyword",
    severity: Warning,
    summary: "a keyword is ignored, since no client can express it",
    docs: "JSON Schema can say what no Rust type can hold: what is excluded (`not`), conditions (`if`, \
           `dependentSchemas`), types by position (`prefixItems`), rules about names of properties or about what a list \
           contains. The client, the sandbox and its checks go on without the keyword; the message \
           says what is lost. `cargo xtask diff` compares the document as it is written.",
    example: Some(Example {
        instead_of: "openapi: 3.0.3",
        wrong: "openapi: 3.1.0\nwebhooks:\n  saved:\n    post:\n      requestBody:\n        content:\n          \
                application/json:\n            schema:\n              type: object\n              \
                «propertyNames»: {maxLength: 9}",
        right: "openapi: 3.1.0\nwebhooks:\n  saved:\n    post:\n      requestBody:\n        content:\n          \
                application/json:\n            schema:\n              type: object\n              \
                maxProperties: 9",
    }),
};

/// A keyword of OpenAPI 3.0 in a document of 3.1.
pub static OUTDATED: Rule = Rule {
    code: "spec::outdated-keyword",
    severity: Warning,
    summary: "a keyword of OpenAPI 3.0 means nothing in 3.1",
    docs: "OpenAPI 3.1 took over the words of JSON Schema: `nullable: true` became a list of types \
           (`type: [string, 'null']`), and `exclusiveMinimum: true` the limit itself \
           (`exclusiveMinimum: 5`). In a document of 3.1 the old words are ignored, so a value that \
           is said to be null that way never is.",
    example: Some(Example {
        instead_of: "openapi: 3.0.3",
        wrong: "openapi: 3.1.0\nwebhooks:\n  saved:\n    post:\n      requestBody:\n        content:\n          \
                application/json:\n            schema: {type: string, «nullable»: true}",
        right: "openapi: 3.1.0\nwebhooks:\n  saved:\n    post:\n      requestBody:\n        content:\n          \
                application/json:\n            schema: {type: [string, 'null']}",
    }),
};

/// Another dialect of JSON Schema.
pub static DIALECT: Rule = Rule {
    code: "spec::dialect",
    severity: Error,
    summary: "schemas are of another dialect than that of OpenAPI 3.1",
    docs: "`jsonSchemaDialect` or `$schema` can say that keywords mean something else than OpenAPI 3.1 \
           says. Only its own dialect is read, JSON Schema 2020-12, which needs neither of the two.",
    example: Some(Example {
        instead_of: "openapi: 3.0.3",
        wrong: "openapi: 3.1.0\njsonSchemaDialect: «http://json-schema.org/draft-07/schema»",
        right: "openapi: 3.1.0\njsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base",
    }),
};

/// Reports what the words of OpenAPI 3.0 could not say.
pub fn report(contract: &Contract, remarks: &[Remark]) -> Vec<Diagnostic> {
    let reports = remarks.iter().map(|remark| {
        let keyword = remark.at.last();
        let key = contract.key(&remark.at);
        match remark.reason {
            Reason::Lost(lost) => IGNORED
                .told(format!("`{keyword}` is ignored: {lost}"))
                .at(key)
                .help(match keyword {
                    "summary" | "description" => "write it at what the `$ref` leads to",
                    _ => {
                        "say it in `description` too, for those who read the documentation; if it can \
                         be missed, accept this with `# lint: allow(codegen::ignored-keyword) reason`"
                    }
                }),
            Reason::Outdated(instead) => OUTDATED
                .told(format!("`{keyword}` means nothing in OpenAPI 3.1"))
                .at(key)
                .help(instead),
            Reason::Dialect => DIALECT
                .told("this is not the dialect of OpenAPI 3.1")
                .at(contract.value(&remark.at))
                .help(format!("remove `{keyword}`, and write the schemas as JSON Schema 2020-12")),
        }
    });
    reports.collect()
}
