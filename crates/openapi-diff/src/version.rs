//! Which version number a change asks for.

use super::rules::Compatibility;

/// A version of the form `1.2.3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Number([u64; 3]);

impl Number {
    fn read(text: &str) -> Option<Number> {
        // What follows `-` or `+` is no number.
        let plain = text.split(['-', '+']).next()?;
        let mut parts = plain.split('.').map(|part| part.parse().ok());
        let number = Number([parts.next()??, parts.next()??, parts.next()??]);
        parts.next().is_none().then_some(number)
    }
}

/// The next version after `text` for a change of this class; `None` if it needs none, or if the
/// text is no version of three numbers. Before 1.0 the second number stands for what breaks.
pub fn next(text: &str, class: Compatibility) -> Option<String> {
    let Number([major, minor, patch]) = Number::read(text)?;
    let [major, minor, patch] = match (class, major) {
        (Compatibility::Identical, _) => return None,
        (Compatibility::Breaking, 0) => [0, minor + 1, 0],
        (Compatibility::Additive, 0) => [0, minor, patch + 1],
        (Compatibility::Breaking, _) => [major + 1, 0, 0],
        (Compatibility::Additive, _) => [major, minor + 1, 0],
        (Compatibility::Docs, _) => [major, minor, patch + 1],
    };
    Some(format!("{major}.{minor}.{patch}"))
}

/// What is wrong with the step from one `info.version` to the other, if anything is.
pub fn complaint(was: &str, is: &str, class: Compatibility) -> Option<String> {
    if class == Compatibility::Identical {
        return None;
    }
    let asked = next(was, class);
    let wanted = match &asked {
        Some(asked) => format!("{} changes ask for {asked} or more", class.word()),
        None => format!("{} changes ask for a new one", class.word()),
    };
    if was == is {
        return Some(format!("info.version is still {is}: {wanted}"));
    }
    let enough = match (Number::read(is), asked.as_deref().and_then(Number::read)) {
        (Some(is), Some(asked)) => is >= asked,
        _ => true,
    };
    (!enough).then(|| format!("info.version went from {was} to {is}: {wanted}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_ask_for_versions() {
        let next = |text, class| next(text, class).unwrap_or_default();
        assert_eq!(next("1.0.1", Compatibility::Breaking), "2.0.0");
        assert_eq!(next("1.0.1", Compatibility::Additive), "1.1.0");
        assert_eq!(next("1.0.1", Compatibility::Docs), "1.0.2");
        assert_eq!(next("1.0.1", Compatibility::Identical), "");
        assert_eq!(next("0.3.1", Compatibility::Breaking), "0.4.0");
        assert_eq!(next("0.3.1", Compatibility::Additive), "0.3.2");
        assert_eq!(next("2026-01", Compatibility::Breaking), "");
    }

    #[test]
    fn a_version_that_did_not_move_far_enough_is_told() {
        assert!(complaint("1.0.0", "1.0.0", Compatibility::Docs).is_some());
        assert!(complaint("1.0.0", "1.0.0", Compatibility::Identical).is_none());
        assert!(complaint("1.0.0", "1.1.0", Compatibility::Breaking).is_some());
        assert!(complaint("1.0.0", "2.0.0", Compatibility::Breaking).is_none());
        assert!(complaint("1.0.0", "0.9.0", Compatibility::Docs).is_some());
        assert!(complaint("v1", "v1", Compatibility::Breaking).is_some());
        assert!(complaint("v1", "v2", Compatibility::Breaking).is_none());
    }
}
