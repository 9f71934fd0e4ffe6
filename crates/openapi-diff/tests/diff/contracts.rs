//! The contracts that tests of the differ edit.

/// A small contract of what this one may grow.
pub const GROWN: &str = include_str!("grown.yaml");

/// The contract as it once stood, so that no edit of today's loses its place.
pub const AURA: &str = include_str!("../../../openapi-lint/tests/lint/contract.yaml");

/// The text with `from` replaced by `to` where it first stands behind the line that begins with
/// `anchor`, of which there is one.
pub fn edited(text: &str, (anchor, from, to): (&str, &str, &str)) -> String {
    let anchor = format!("\n{anchor}");
    let start = match anchor.as_str() {
        "\n" => 0,
        anchor => {
            let count = text.matches(anchor).count();
            assert_eq!(count, 1, "one line must begin with `{anchor}`");
            text.find(anchor).unwrap_or_default()
        }
    };
    let found = text[start..].find(from);
    let at = start + found.unwrap_or_else(|| panic!("no `{from}` behind `{anchor}`"));
    format!("{}{to}{}", &text[..at], &text[at + from.len()..])
}
