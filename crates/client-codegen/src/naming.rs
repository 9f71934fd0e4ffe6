//! The Rust names that progenitor and typify make of the contract's names.
//!
//! Both keep these rules private, so they are stated here once more: to tell collisions before
//! they happen, and for the rewrite passes to find what belongs to a name. A rule that drifts
//! from theirs shows as a rewrite error, since the passes then don't find the name.

use heck::{ToPascalCase, ToSnakeCase};
use unicode_ident::{is_xid_continue, is_xid_start};

/// A method, argument or field name.
pub fn snake(name: &str) -> String {
    identifier(name, str::to_snake_case, "_")
}

/// A field name: as [`snake`], but for names that start with no letter.
pub fn field(name: &str) -> String {
    identifier(name, str::to_snake_case, "x")
}

/// A type or variant name.
pub fn pascal(name: &str) -> String {
    identifier(name, str::to_pascal_case, "X")
}

/// The struct that takes an operation's optional parameters.
pub fn params(operation_id: &str) -> String {
    format!("{}Params", pascal(operation_id))
}

/// The method that takes an operation's optional parameters.
pub fn with_params(operation_id: &str) -> String {
    snake(&format!("{operation_id}_with"))
}

/// The method that reads the pages of an operation.
pub fn stream(operation_id: &str) -> String {
    format!("{}_stream", snake(operation_id))
}

fn identifier(name: &str, to_case: impl Fn(&str) -> String, prefix: &str) -> String {
    let cased = match name {
        "+1" => "plus1".to_string(),
        "-1" => "minus1".to_string(),
        _ => to_case(
            &name
                .replace('\'', "")
                .replace(|c: char| !is_xid_continue(c), "-"),
        ),
    };
    let cased = match cased.chars().next() {
        None => to_case("x"),
        Some(first) if is_xid_start(first) => cased,
        Some(_) => format!("{prefix}{cased}"),
    };
    match KEYWORDS.contains(&cased.as_str()) {
        true => format!("{cased}_"),
        false => cased,
    }
}

/// What is no identifier in Rust; `Self` aside, a type's name never is one of them.
const KEYWORDS: [&str; 52] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_identifiers() {
        assert_eq!(snake("X-Org"), "x_org");
        assert_eq!(field("liFatId"), "li_fat_id");
        assert_eq!(field("type"), "type_");
        assert_eq!(field("2fa"), "x2fa");
        assert_eq!(field("$id"), "id");
        assert_eq!(pascal("get_lead"), "GetLead");
        assert_eq!(with_params("list-leads"), "list_leads_with");
    }
    #[test]
    #[cfg(feature = "generate")]
    fn no_keyword_is_an_identifier() {
        let is_keyword = |name: &&str| syn::parse_str::<syn::Ident>(name).is_err();
        // Of these, syn takes `gen`, which is one from the edition of 2024 on.
        let others: Vec<&str> = KEYWORDS
            .into_iter()
            .filter(|name| !is_keyword(name))
            .collect();
        assert_eq!(others, ["gen"]);
    }
}
