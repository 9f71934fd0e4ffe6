//! What two schemas have in common if a value of the one can be a value of the other.

use serde_json::Value;

use super::Subject;
use super::parameters::described;
use openapi_document::composition::parts_of;
use openapi_document::operation::Located;

/// Whether a schema leads somewhere, and nothing is reported about its parts yet.
pub fn are_sound(subject: &Subject<'_>, parts: &[Located<'_>]) -> bool {
    !parts.is_empty() && parts.iter().all(|part| subject.is_sound(&part.pointer))
}

/// Whether a schema lists its values.
pub fn lists_values(document: &Value, schema: Located<'_>) -> bool {
    let parts = parts_of(document, schema);
    parts.iter().any(|part| part.object.contains_key("enum"))
}

/// What decides whether two values can be compared.
#[derive(PartialEq)]
pub struct Compared {
    /// The type; `choice` for one of several, `any` without one.
    pub kind: String,
    /// The format, unless the type is the same without it.
    pub format: Option<String>,
}

impl Compared {
    /// Returns what a schema describes; `None` if something is reported about it already.
    pub fn of(subject: &Subject<'_>, schema: Located<'_>) -> Option<Compared> {
        let schema = described(&subject.contract.document, schema)?;
        let format = schema.pointer.child("format");
        let format_is_wrong =
            schema.text("format").is_none() && subject.contract.get_written(&format).is_some();
        if !subject.is_sound(&schema.pointer) || format_is_wrong {
            return None;
        }
        let has = |key: &str| schema.object.contains_key(key);
        let kind = match schema.text("type") {
            Some(kind) => kind,
            None if has("enum") => "string",
            None => "any",
        };
        let is_choice = has("oneOf") || has("anyOf");
        let kind = if is_choice { "choice" } else { kind };
        let format = match (kind, schema.text("format")) {
            // What these types are without a format.
            ("integer", Some("int64")) | ("number", Some("double")) => None,
            (_, format) => format.map(String::from),
        };
        Some(Compared {
            kind: kind.to_string(),
            format,
        })
    }

    /// Whether it is text, a number or a boolean.
    pub fn is_scalar(&self) -> bool {
        ["string", "integer", "number", "boolean"].contains(&self.kind.as_str())
    }
}

impl std::fmt::Display for Compared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let article = match self.kind.as_str() {
            "any" => return f.write_str("of any type"),
            "integer" | "object" | "array" => "an",
            _ => "a",
        };
        write!(f, "{article} `{}`", self.kind)?;
        match &self.format {
            Some(format) => write!(f, " of format `{format}`"),
            None => Ok(()),
        }
    }
}
