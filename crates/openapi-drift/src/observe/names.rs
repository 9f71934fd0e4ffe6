//! Which names may be shown: those that a programmer wrote, not those that are data.

/// The longest name that is shown.
const MAX_LENGTH: usize = 48;

/// The longest word in one.
const MAX_WORD: usize = 18;

/// Whether a name is made of words, as the names of fields are. An address, a number, an id or a
/// token is not: as the key of an object it is somebody's data.
pub fn is_shown(name: &str) -> bool {
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-. ".contains(c);
    if !starts_well || name.len() > MAX_LENGTH || !name.chars().all(is_plain) {
        return false;
    }
    words(name).iter().all(|word| is_word(word))
}

/// The words of a name, whatever divides them: `utm_source`, `utmSource`, `UTM Source`.
fn words(name: &str) -> Vec<String> {
    use heck::ToSnakeCase;
    let name = name.to_snake_case();
    let words = name.split('_').filter(|word| !word.is_empty());
    words.map(String::from).collect()
}

/// Whether this is a word, with a short number behind it at most: `address`, `line2`, `oauth2`.
fn is_word(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = word.len() - letters.len();
    let is_spelled = letters.bytes().all(|byte| byte.is_ascii_lowercase());
    // Letters drawn by lot have long runs without a vowel.
    let run = letters
        .split(|c| "aeiouy".contains(c))
        .map(str::len)
        .max()
        .unwrap_or_default();
    is_spelled && digits <= 3 && word.len() <= MAX_WORD && run <= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_fields_are_shown() {
        for name in [
            "id",
            "utm_source",
            "utmSource",
            "dataConsentAcceptedAt",
            "address_line2",
            "_links",
            "first-name",
            "msclkid",
            "gclid",
            "X-Org",
            "booking link",
            "disqualification_data",
        ] {
            assert!(is_shown(name), "{name}");
        }
    }

    #[test]
    fn names_that_are_data_are_not() {
        for name in [
            "john@example.com",
            "+14155552671",
            "550e8400-e29b-41d4-a716-446655440000",
            "2026-01-17",
            "12345",
            "a1b2c3d4e5f6",
            "aura_pk_live_x8f2kq91",
            "https://acme.com",
            "Jürgen",
            "",
            "qwrtplkjhgfd",
            "deadbeefcafe4711",
            "x\u{1b}[31m",
        ] {
            assert!(!is_shown(name), "{name}");
        }
    }
}
