//! Names that would be one in Rust get a name each.
//!
//! A name depends on how it is written on the wire and on those that it collides with, never on
//! where it stands: one that is added elsewhere renames nothing.

use std::collections::{HashMap, HashSet};

use heck::ToSnakeCase;

/// Finds a spelling for each of these names whose Rust name would not be its own; for those alone.
/// `rust` is the naming rule, `is_plain` says which names are written by it already, and `taken` are
/// Rust names that none of them can have.
pub fn spellings<'n>(
    names: &[&'n str],
    rust: fn(&str) -> String,
    is_plain: fn(&str) -> bool,
    taken: &[&str],
) -> HashMap<&'n str, String> {
    let mut groups: HashMap<String, Vec<&str>> = HashMap::new();
    for name in names {
        let group = groups.entry(rust(name)).or_default();
        if !group.contains(name) {
            group.push(name);
        }
    }
    let mut used: HashSet<String> = taken.iter().map(ToString::to_string).collect();
    used.extend(groups.keys().cloned());
    used.extend(names.iter().map(ToString::to_string));
    let mut renamed: Vec<&str> = Vec::new();
    for (rust_name, mut group) in groups {
        // The plainest keeps the name.
        group.sort_by_key(|name| (has_sign(name), !is_plain(name), name.len(), *name));
        let first = group.first().copied().unwrap_or_default();
        let says_something = group.len() == 1 || first.contains(char::is_alphanumeric);
        let keeps = says_something && !taken.contains(&rust_name.as_str()) && !is_signed_one(first);
        renamed.extend(group.into_iter().skip(usize::from(keeps)));
    }
    renamed.sort_unstable();
    let mut found = HashMap::new();
    for name in renamed {
        let is_taken = taken.contains(&rust(name).as_str());
        let of_taken = is_taken.then(|| format!("{name}-value"));
        let mut candidates = of_taken.into_iter().chain(candidates(name));
        let spelling = candidates
            .find(|candidate| !used.contains(&rust(candidate)) && !used.contains(candidate));
        let spelling = spelling.unwrap_or_else(|| format!("{}-{:016x}", spelled(name), hash(name)));
        used.insert(rust(&spelling));
        used.insert(spelling.clone());
        found.insert(name, spelling);
    }
    found
}

/// Whether a name is in small letters, its words joined by `_`.
pub fn is_snake(name: &str) -> bool {
    name.to_snake_case() == name
}

/// What typify names in lower case wherever it stands.
fn is_signed_one(name: &str) -> bool {
    matches!(name, "+1" | "-1")
}

fn has_sign(name: &str) -> bool {
    name.contains(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | ' '))
        || name.starts_with(['-', ' '])
}

/// Spellings from the plainest to the longest; each says how the name differs from others.
fn candidates(name: &str) -> Vec<String> {
    if name.is_empty() {
        return vec!["empty".into(), "empty-value".into()];
    }
    let upper = name.chars().any(char::is_uppercase);
    let lower = name.chars().any(char::is_lowercase);
    let case = match (upper, lower) {
        (true, true) => "mixed",
        (true, false) => "upper",
        _ => "lower",
    };
    let spelled = spelled(name);
    let is_plain = spelled == name;
    let with_case = format!("{spelled}-{case}");
    match is_plain {
        true => vec![with_case, format!("{spelled}-value")],
        false => vec![spelled.clone(), with_case, format!("{spelled}-value")],
    }
}

/// A name with a word for each sign.
fn spelled(name: &str) -> String {
    let mut words = String::new();
    let mut is_first = true;
    for c in name.chars() {
        match word(c, is_first) {
            Some(word) => words.push_str(&format!("-{word}-")),
            None => words.push(c),
        }
        is_first = false;
    }
    words.trim_matches('-').to_string()
}

fn word(c: char, is_first: bool) -> Option<&'static str> {
    Some(match c {
        '-' if is_first => "minus",
        '-' => "dash",
        '_' => "underscore",
        ' ' => "space",
        '+' => "plus",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '/' => "slash",
        '\\' => "backslash",
        '|' => "or",
        '&' => "and",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '?' => "question",
        '*' => "star",
        '%' => "percent",
        '#' => "hash",
        '@' => "at",
        '$' => "dollar",
        '~' => "tilde",
        '^' => "caret",
        '\'' => "apostrophe",
        '"' => "quote",
        '(' | ')' => "parenthesis",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        _ => return None,
    })
}

/// FNV-1a: the same on every machine and in every version.
fn hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::naming::{field, pascal};

    fn named(names: &[&str], rust: fn(&str) -> String) -> Vec<String> {
        let found = spellings(names, rust, is_snake, &["extra"]);
        let rust_names = names
            .iter()
            .map(|name| rust(found.get(name).map_or(name, String::as_str)));
        rust_names.collect()
    }

    #[test]
    fn values_that_differ_in_signs_and_case() {
        let sort = ["created", "-created", "+created"];
        assert_eq!(
            named(&sort, pascal),
            ["Created", "MinusCreated", "PlusCreated"]
        );
        assert_eq!(named(&["+1", "-1"], pascal), ["Plus1", "Minus1"]);
        assert_eq!(named(&["A", "a"], pascal), ["AUpper", "A"]);
        let operators = ["=", "!=", "<", "<=", ">", ">="];
        let expected = [
            "Equal",
            "NotEqual",
            "Less",
            "LessEqual",
            "Greater",
            "GreaterEqual",
        ];
        assert_eq!(named(&operators, pascal), expected);
    }

    #[test]
    fn properties_that_differ_in_punctuation() {
        let names = ["caller_name", "caller-name", "callerName", "extra"];
        let expected = [
            "caller_name",
            "caller_dash_name",
            "caller_name_mixed",
            "extra_value",
        ];
        assert_eq!(named(&names, field), expected);
    }

    #[test]
    fn order_and_unrelated_names_change_nothing() {
        let names = ["created", "-created", "CREATED", "+created"];
        let more = ["updated", "+created", "CREATED", "x", "-created", "created"];
        let few = spellings(&names, pascal, is_snake, &[]);
        assert_eq!(few, spellings(&more, pascal, is_snake, &[]));
    }

    #[test]
    fn no_two_are_ever_one() {
        let names = [
            "a", "A", "A-upper", "a-upper", "AUpper", "é", "É", "", "x", "X", "日", "月", "日-月",
        ];
        for rust in [field, pascal] {
            let found = named(&names, rust);
            let distinct: HashSet<_> = found.iter().collect();
            assert_eq!(distinct.len(), names.len(), "{found:?}");
        }
    }
}
