//! Patterns that match every string.

use regex_syntax::hir::{Hir, HirKind, Look};
use regex_syntax::parse;

/// Returns whether every string matches: nothing is anchored and the empty match is enough, or
/// all that stands between the anchors is "anything".
///
/// A pattern that this syntax doesn't know is taken to mean something.
pub(super) fn matches_everything(pattern: &str) -> bool {
    let Ok(hir) = parse(pattern) else {
        return matches!(pattern, "[^]*" | "^[^]*$");
    };
    let properties = hir.properties();
    if properties.look_set().is_empty() {
        return properties.minimum_len() == Some(0);
    }
    let pieces = match hir.kind() {
        HirKind::Concat(pieces) => pieces.as_slice(),
        _ => std::slice::from_ref(&hir),
    };
    let is_anchor = |piece: &&Hir| matches!(piece.kind(), HirKind::Look(Look::Start | Look::End));
    let mut rest = pieces.iter().filter(|piece| !is_anchor(piece));
    match (rest.next(), rest.next()) {
        // A start or an end alone is in every string; both alone are the empty string's.
        (None, _) => pieces.len() < 2,
        (Some(only), None) => is_anything(only),
        _ => false,
    }
}

fn is_anything(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Capture(capture) => is_anything(&capture.sub),
        HirKind::Repetition(repeated) => {
            repeated.min == 0 && repeated.max.is_none() && is_any_character(&repeated.sub)
        }
        _ => false,
    }
}

/// `.` leaves out line breaks, which nobody who writes `^.*$` means to exclude.
fn is_any_character(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Capture(capture) => is_any_character(&capture.sub),
        HirKind::Class(regex_syntax::hir::Class::Unicode(class)) => {
            let mut others = class.clone();
            others.negate();
            others
                .iter()
                .all(|range| ('\n'..='\r').contains(&range.start()) && range.end() <= '\r')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::matches_everything;

    #[test]
    fn only_patterns_that_exclude_nothing_match_everything() {
        for pattern in [
            "",
            "^",
            "$",
            ".*",
            "^.*$",
            "^(.*)$",
            "^(?:.*)$",
            r"^[\s\S]*$",
            "[a-z]*",
            "x?",
            "^.*",
            "[^]*",
        ] {
            assert!(matches_everything(pattern), "{pattern}");
        }
        for pattern in [
            "^$", ".+", "^.+$", "a", "^[a-z]*$", "^.{0,9}$", r"\d", "^(?!x)", "(",
        ] {
            assert!(!matches_everything(pattern), "{pattern}");
        }
    }
}
