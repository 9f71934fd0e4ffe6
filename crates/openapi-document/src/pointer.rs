//! A path into a document: which value is meant.

use std::fmt;

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// The keys and indexes that lead from the root of a document to one of its values.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Pointer(Vec<String>);

impl Pointer {
    /// The whole document.
    pub const ROOT: Pointer = Pointer(Vec::new());

    /// Builds a path from its parts.
    pub fn of<const N: usize>(parts: [&str; N]) -> Pointer {
        Pointer(parts.iter().map(|part| part.to_string()).collect())
    }

    /// Reads a local reference such as `#/components/schemas/Lead`, a JSON pointer as the fragment
    /// of a URI.
    pub fn from_reference(reference: &str) -> Option<Pointer> {
        let fragment = percent_decode_str(reference.strip_prefix('#')?);
        let path = fragment.decode_utf8().ok()?;
        Pointer::parse(&path).filter(|at| *at != Pointer::ROOT)
    }

    /// Reads a JSON pointer (RFC 6901) such as `/components/schemas/Lead`.
    pub fn parse(text: &str) -> Option<Pointer> {
        if text.is_empty() {
            return Some(Pointer::ROOT);
        }
        let parts = text.strip_prefix('/')?.split('/');
        let parts = parts.map(|part| part.replace("~1", "/").replace("~0", "~"));
        Some(Pointer(parts.collect()))
    }

    /// The value under `key` of this one.
    pub fn child(&self, key: impl fmt::Display) -> Pointer {
        let mut parts = self.0.clone();
        parts.push(key.to_string());
        Pointer(parts)
    }

    /// The keys, outermost first.
    pub fn parts(&self) -> &[String] {
        &self.0
    }

    /// The key of this value in its parent; empty for the root.
    pub fn last(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }

    /// Whether this is the value at `other` or stands in it.
    pub fn starts_with(&self, other: &Pointer) -> bool {
        self.0.starts_with(&other.0)
    }

    /// The value that these keys and indexes lead to from this one.
    pub fn join(&self, parts: &[String]) -> Pointer {
        Pointer([&self.0, parts].concat())
    }

    /// The name of the schema of `components` that this is, or stands in.
    pub fn schema_name(&self) -> Option<&str> {
        match self.parts() {
            [components, schemas, name, ..]
                if components == "components" && schemas == "schemas" =>
            {
                Some(name)
            }
            _ => None,
        }
    }

    /// The object or array this value stands in.
    pub fn parent(&self) -> Option<Pointer> {
        let (_, parents) = self.0.split_last()?;
        Some(Pointer(parents.to_vec()))
    }
}

impl From<Vec<String>> for Pointer {
    fn from(parts: Vec<String>) -> Pointer {
        Pointer(parts)
    }
}

/// As a JSON pointer (RFC 6901).
impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|part| write!(f, "/{}", part.replace('~', "~0").replace('/', "~1")))
    }
}

/// The value at `pointer` in `document`.
pub fn get<'v>(document: &'v Value, pointer: &Pointer) -> Option<&'v Value> {
    pointer
        .parts()
        .iter()
        .try_fold(document, |value, part| match value {
            Value::Object(map) => map.get(part),
            Value::Array(items) => items.get(part.parse::<usize>().ok()?),
            _ => None,
        })
}

/// The `$ref` of a value that has one.
pub fn reference(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()
}

/// The value that a local reference leads to, which may be another reference.
pub fn target<'v>(document: &'v Value, reference: &str) -> Option<&'v Value> {
    get(document, &Pointer::from_reference(reference)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_pointers_in_the_fragment_of_a_uri() {
        let parts = |reference| Pointer::from_reference(reference).map(|at| at.parts().to_vec());
        for (reference, expected) in [
            (
                "#/components/schemas/Lead",
                vec!["components", "schemas", "Lead"],
            ),
            (
                "#/paths/~1v1~1leads~1{id}/get",
                vec!["paths", "/v1/leads/{id}", "get"],
            ),
            ("#/paths/%7E1v1~1%7Bid%7D", vec!["paths", "/v1/{id}"]),
            ("#/a%20b/~01/%C3%A9", vec!["a b", "~1", "é"]),
            ("#/", vec![""]),
        ] {
            assert_eq!(
                parts(reference).as_deref(),
                Some(&expected.into_iter().map(String::from).collect::<Vec<_>>()[..]),
                "{reference}"
            );
        }
        for reference in ["", "#", "Lead", "other.yaml#/Lead", "#Lead", "#/%ff"] {
            assert_eq!(parts(reference), None, "{reference}");
        }
    }
}
