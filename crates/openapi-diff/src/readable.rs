//! Whether a document can be compared at all.
//!
//! References are followed by pointer alone: what stands in another file, or behind an anchor,
//! would change unseen.

use openapi_document::{Contract, Diagnostic, Pointer};
use serde_json::Value;

/// Returns what keeps a document from being compared: it is none of OpenAPI 3, or parts of it
/// stand in other files, whose changes nobody would see here.
pub fn check(contract: &Contract) -> Result<(), Vec<Diagnostic>> {
    let document = &contract.document;
    let at_root = |code, message: String, help| {
        let at = contract.key_span(&Pointer::ROOT);
        vec![Diagnostic::error(code, message).at(at).help(help)]
    };
    if let Some(swagger) = document.get("swagger") {
        let version = swagger.as_str().unwrap_or("2.0");
        let message = format!("this is a document of Swagger {version}, not of OpenAPI 3");
        let help = "convert it first, for example with `npx swagger2openapi FILE`";
        return Err(at_root("spec::openapi-version", message, help));
    }
    if let Some(Value::Number(version)) = document.get("openapi") {
        let message = format!("`openapi` is the number {version}, and has to be text");
        let help = "put the version in quotes: `openapi: '3.1.0'`";
        return Err(at_root("spec::openapi-version", message, help));
    }
    let sections = ["paths", "webhooks", "components"];
    if !sections
        .iter()
        .any(|section| document[*section].is_object())
    {
        let message = "this is no OpenAPI document: it has no `paths`".to_string();
        return Err(at_root("spec::no-paths", message, "name a contract"));
    }
    let mut found = Vec::new();
    references(document, Pointer::ROOT, &mut found);
    let outside = found.into_iter().map(|(at, target)| {
        let (code, message, help) = match target.starts_with('#') {
            true => (
                "spec::anchor-ref",
                format!("`{target}` refers to an anchor; a comparison follows pointers alone"),
                "refer to a component: `$ref: '#/components/schemas/NAME'`",
            ),
            false => (
                "spec::external-ref",
                format!("`{target}` is in another file; a comparison reads one file"),
                "bundle the files into one first, for example with `npx @redocly/cli bundle FILE`",
            ),
        };
        Diagnostic::error(code, message)
            .at(contract.value(&at))
            .help(help)
    });
    let outside: Vec<Diagnostic> = outside.collect();
    match outside.is_empty() {
        true => Ok(()),
        false => Err(outside),
    }
}

/// The references that cannot be followed: those out of the document, and those to anchors. What stands in examples and extensions refers to
/// nothing.
fn references(value: &Value, at: Pointer, found: &mut Vec<(Pointer, String)>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let place = at.child(key);
                match (key.as_str(), value) {
                    ("$ref", Value::String(target))
                        if target != "#" && Pointer::from_reference(target).is_none() =>
                    {
                        found.push((place, target.clone()));
                    }
                    ("$dynamicRef", Value::String(target)) => found.push((place, target.clone())),
                    ("example" | "examples" | "default" | "enum" | "const", _)
                        if at.last() != "properties" => {}
                    (key, _) if key.starts_with("x-") && at.last() != "properties" => {}
                    _ => references(value, place, found),
                }
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                references(value, at.child(index), found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Vec<String> {
        let contract = Contract::load(text).unwrap();
        let found = check(&contract).err().unwrap_or_default();
        found
            .into_iter()
            .map(|found| found.message.into())
            .collect()
    }

    #[test]
    fn references_out_of_the_file_are_named() {
        let text = "openapi: 3.1.0\npaths: {/a: {$ref: './a.yaml'}}\ncomponents: {schemas: {A: {$ref: 'https://a.example/b.yaml#/B'}, B: {example: {$ref: x.yaml}, properties: {example: {$ref: 'y.yaml'}}}}}\n";
        assert_eq!(
            refused(text),
            [
                "`./a.yaml` is in another file; a comparison reads one file",
                "`https://a.example/b.yaml#/B` is in another file; a comparison reads one file",
                "`y.yaml` is in another file; a comparison reads one file",
            ]
        );
    }

    #[test]
    fn references_to_anchors_are_named() {
        let text = "openapi: 3.1.0\npaths: {}\ncomponents: {schemas: {A: {$anchor: a}, B: {$ref: '#a'}, C: {$dynamicRef: '#/components/schemas/A'}}}\n";
        assert_eq!(
            refused(text),
            [
                "`#a` refers to an anchor; a comparison follows pointers alone",
                "`#/components/schemas/A` refers to an anchor; a comparison follows pointers alone",
            ]
        );
    }

    #[test]
    fn only_documents_of_openapi_3_are_compared() {
        assert_eq!(
            refused("swagger: '2.0'\npaths: {}\n"),
            ["this is a document of Swagger 2.0, not of OpenAPI 3"]
        );
        assert_eq!(
            refused("a: 1\n"),
            ["this is no OpenAPI document: it has no `paths`"]
        );
        assert_eq!(
            refused("openapi: 3.1\npaths: {}\n"),
            ["`openapi` is the number 3.1, and has to be text"]
        );
        assert!(refused("openapi: 3.1.0\nwebhooks: {}\n").is_empty());
    }
}
