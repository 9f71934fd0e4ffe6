//! Media types: which are one, which covers which, and in which form they write values.

use super::context::Medium;

/// A media type or range, as HTTP compares them: upper and lower case are one, and so are the
/// orders of parameters. UTF-8 is what a charset is anyway.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Media {
    essence: String,
    parameters: Vec<String>,
}

impl Media {
    /// Reads a media type.
    pub fn of(written: &str) -> Media {
        let mut parts = written.split(';').map(|part| part.trim().to_lowercase());
        let essence = parts.next().unwrap_or_default();
        let is_json = is(&essence, "json");
        let mut parameters: Vec<String> = parts
            .map(|part| part.replace([' ', '"'], ""))
            .filter(|part| !part.is_empty() && part != "charset=utf-8" && !part.starts_with("q="))
            // JSON is UTF-8, whatever is said.
            .filter(|part| !(is_json && part.starts_with("charset=")))
            .collect();
        parameters.sort_unstable();
        parameters.dedup();
        Media {
            essence,
            parameters,
        }
    }

    /// Returns whether this is a range that `other` is in.
    pub fn covers(&self, other: &Media) -> bool {
        let prefix = self.essence.strip_suffix('*');
        let within = |prefix: &str| prefix == "*/" || other.essence.starts_with(prefix);
        self != other && prefix.is_some_and(within)
    }

    /// Returns whether bodies of this type have parts.
    pub fn is_form(&self) -> bool {
        let essence = self.essence.as_str();
        essence == "application/x-www-form-urlencoded" || essence.starts_with("multipart/")
    }

    /// Returns the form in which it writes values.
    pub fn medium(&self) -> Medium {
        let essence = self.essence.as_str();
        match () {
            () if is(essence, "xml") => Medium::Xml,
            () if self.is_form() => Medium::Form,
            () if essence == "text/plain" => Medium::TEXT,
            () => Medium::Json,
        }
    }
}

/// `application/json`, `application/problem+json`.
fn is(essence: &str, format: &str) -> bool {
    let subtype = essence.rsplit('/').next().unwrap_or_default();
    subtype.rsplit('+').next() == Some(format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_are_compared_as_http_does() {
        let same = |one, other| Media::of(one) == Media::of(other);
        assert!(same("application/json", "Application/JSON; charset=UTF-8"));
        assert!(same("text/plain; a=1; b=\"2\"", "text/plain;b=2;a=1"));
        assert!(!same("text/csv; header=absent", "text/csv"));
        let covers = |range, media| Media::of(range).covers(&Media::of(media));
        assert!(covers("*/*", "text/csv") && covers("application/*", "application/json"));
        assert!(!covers("application/*", "text/csv") && !covers("*/*", "*/*"));
        assert_eq!(Media::of("application/soap+xml").medium(), Medium::Xml);
    }
}
