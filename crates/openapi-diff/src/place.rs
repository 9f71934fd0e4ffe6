//! What a change is about: a place in one of the two contracts, and its name for people.

use serde_json::Value;

use openapi_document::{Pointer, get};

/// One of the two contracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The one that was.
    Base,
    /// The one that is to be.
    Head,
}

/// A place in one of the two contracts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// In which; in the old one only if it is gone from the new one.
    pub side: Side,
    /// Where.
    pub pointer: Pointer,
}

impl Spot {
    /// A place in the new contract.
    pub fn head(pointer: &Pointer) -> Spot {
        Spot {
            side: Side::Head,
            pointer: pointer.clone(),
        }
    }

    /// A place in the old contract, gone from the new one.
    pub fn base(pointer: &Pointer) -> Spot {
        Spot {
            side: Side::Base,
            pointer: pointer.clone(),
        }
    }

    /// Whether this is `other` or stands in it.
    pub fn is_in(&self, other: &Spot) -> bool {
        self.side == other.side && self.pointer.parts().starts_with(other.pointer.parts())
    }
}

/// The method and path of an operation, by its place.
pub fn operation_of(pointer: &Pointer) -> Option<Pointer> {
    match pointer.parts() {
        [paths, path, method, ..] if paths == "paths" => Some(Pointer::of(["paths", path, method])),
        _ => None,
    }
}

/// How people call what stands at `pointer`.
pub fn label(document: &Value, pointer: &Pointer) -> String {
    let parts: Vec<&str> = pointer.parts().iter().map(String::as_str).collect();
    match parts.as_slice() {
        [] => "the contract".into(),
        ["components", "schemas", name, rest @ .., "required"] => {
            format!("the `required` list of {}", code(&in_schema(name, rest)))
        }
        ["components", "schemas", name, rest @ ..] => code(&in_schema(name, rest)),
        ["components", section, name, rest @ ..] => {
            let kind = match *section {
                "responses" => "answer",
                "parameters" => "parameter",
                "headers" => "header",
                "requestBodies" => "body",
                "securitySchemes" => "security scheme",
                "examples" => "example",
                other => other,
            };
            let whole = format!("the {kind} {}", code(name));
            below(document, &pointer_to(&parts[..3]), rest, whole)
        }
        ["paths", path] => code(path),
        ["paths", path, "parameters", rest @ ..] => {
            let whole = code(path);
            let at = pointer_to(&parts[..2]);
            below(document, &at, &[&["parameters"], rest].concat(), whole)
        }
        ["paths", path, method, rest @ ..] => {
            let whole = code(&format!("{} {path}", method.to_uppercase()));
            below(document, &pointer_to(&parts[..3]), rest, whole)
        }
        parts => code(&parts.join(".")),
    }
}

/// A part of an operation or of an answer.
fn below(document: &Value, at: &Pointer, rest: &[&str], whole: String) -> String {
    match rest {
        [] => whole,
        ["parameters"] => format!("the parameter list of {whole}"),
        ["parameters", index, rest @ ..] => {
            let at = at.child("parameters").child(index);
            let name = get(document, &at).and_then(|parameter| parameter["name"].as_str());
            let name = name.map_or(format!("number {index}"), code);
            below(
                document,
                &at,
                rest,
                format!("the parameter {name} of {whole}"),
            )
        }
        ["requestBody", rest @ ..] => below(
            document,
            &at.child("requestBody"),
            rest,
            format!("the body of {whole}"),
        ),
        ["responses", status, rest @ ..] => {
            let at = at.child("responses").child(status);
            below(
                document,
                &at,
                rest,
                format!("the {status} answer of {whole}"),
            )
        }
        ["headers", name, rest @ ..] => {
            let at = at.child("headers").child(name);
            below(
                document,
                &at,
                rest,
                format!("the header {} of {whole}", code(name)),
            )
        }
        ["content", _, "schema", rest @ ..] | ["schema", rest @ ..] => {
            match in_schema("", rest).trim_start_matches('.') {
                "" => whole,
                name => format!("{} in {whole}", code(name)),
            }
        }
        ["content", media] => format!("{} in {whole}", code(media)),
        ["content", _, rest @ ..] | rest => format!("{} of {whole}", code(&rest.join("."))),
    }
}

/// `Lead.notes[].content`: the property's way from its component.
fn in_schema(name: &str, rest: &[&str]) -> String {
    let mut text = name.to_string();
    let mut rest = rest;
    loop {
        rest = match rest {
            ["properties", property, rest @ ..] => {
                text.push('.');
                text.push_str(property);
                rest
            }
            ["items", rest @ ..] => {
                text.push_str("[]");
                rest
            }
            ["additionalProperties", rest @ ..] => {
                text.push_str(".*");
                rest
            }
            ["allOf" | "oneOf" | "anyOf", _, rest @ ..] => rest,
            [] => return text,
            [_, ..] => return text,
        };
    }
}

fn pointer_to(parts: &[&str]) -> Pointer {
    parts.iter().fold(Pointer::ROOT, |at, part| at.child(part))
}

/// Text between backticks; a backtick in it would end them.
pub fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places_have_names_for_people() {
        let document = json!({"paths": {"/a/{b}": {"get": {"parameters": [{"name": "limit"}]}}}});
        let named = |reference| label(&document, &Pointer::from_reference(reference).unwrap());
        assert_eq!(named("#/components/schemas/Lead"), "`Lead`");
        assert_eq!(
            named("#/components/schemas/Lead/properties/notes/items/properties/content"),
            "`Lead.notes[].content`"
        );
        assert_eq!(
            named("#/paths/~1a~1{b}/get/parameters/0/schema"),
            "the parameter `limit` of `GET /a/{b}`"
        );
        assert_eq!(
            named(
                "#/paths/~1a~1{b}/get/responses/200/content/application~1json/schema/properties/x"
            ),
            "`x` in the 200 answer of `GET /a/{b}`"
        );
        assert_eq!(
            named("#/components/responses/NotFound/headers/X-A"),
            "the header `X-A` of the answer `NotFound`"
        );
        assert_eq!(named("#/info/version"), "`info.version`");
    }
}
