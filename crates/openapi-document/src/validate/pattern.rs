//! How large a regular expression is.

/// What a class such as `[a-z]`, `.` or `\w` counts as.
const CLASS: usize = 20;

/// What a class of Unicode such as `\p{L}` counts as.
const UNICODE_CLASS: usize = 400;

/// Groups in each other beyond which a pattern counts as larger than any.
const MAX_GROUPS: usize = 100;

/// How many characters a pattern matches if repetitions are written out, `*` and `+` as this many.
///
/// This is an estimate of what the pattern is compiled to, and of the texts that are made for it:
/// it says nothing of whether the pattern is valid.
pub fn weight(pattern: &str, repeats: usize) -> usize {
    let mut rest = pattern.chars();
    let mut groups = Vec::new();
    // Of the group, but for its last piece, which may be repeated.
    let (mut group, mut last) = (0_usize, 0_usize);
    while let Some(c) = rest.next() {
        let piece = match c {
            '(' => {
                groups.push(group.saturating_add(last));
                if groups.len() > MAX_GROUPS {
                    return usize::MAX;
                }
                (group, last) = (1, 0);
                continue;
            }
            ')' => {
                let whole = group.saturating_add(last);
                group = groups.pop().unwrap_or_default();
                last = whole;
                continue;
            }
            '*' | '+' => {
                last = last.saturating_mul(repeats);
                continue;
            }
            '{' => match repetition(rest.as_str(), repeats) {
                Some((times, length)) => {
                    last = last.saturating_mul(times);
                    rest = rest.as_str()[length..].chars();
                    continue;
                }
                None => 1,
            },
            '[' => class(&mut rest),
            '\\' => escape(&mut rest),
            '.' => CLASS,
            _ => 1,
        };
        group = group.saturating_add(last);
        last = piece;
    }
    let open = groups.into_iter().fold(0, usize::saturating_add);
    open.saturating_add(group).saturating_add(last)
}

/// Whether matching a pattern may take longer than the text is long: it looks around or back.
pub fn backtracks(pattern: &str) -> bool {
    let looks_around = ["(?=", "(?!", "(?<", "(?>"];
    let is_reference =
        |pair: &[u8]| pair[0] == b'\\' && (pair[1].is_ascii_digit() || pair[1] == b'k');
    looks_around.iter().any(|start| pattern.contains(start))
        || pattern.as_bytes().windows(2).any(is_reference)
}

/// How often the most `3}`, `3,}` or `3,5}` repeats, and how long that text is.
fn repetition(text: &str, repeats: usize) -> Option<(usize, usize)> {
    let (counts, _) = text.split_once('}')?;
    // A number that no usize holds is large.
    let count = |digits: &str| match digits.is_empty() {
        false if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(digits.parse().unwrap_or(usize::MAX))
        }
        _ => None,
    };
    let times = match counts.split_once(',') {
        None => count(counts)?,
        Some((fewest, "")) => count(fewest)?.max(repeats),
        Some((fewest, most)) => count(fewest)?.max(count(most)?),
    };
    Some((times, counts.len() + 1))
}

/// The rest of a class in brackets.
fn class(rest: &mut std::str::Chars<'_>) -> usize {
    let mut weight = CLASS;
    while let Some(c) = rest.next() {
        match c {
            ']' => break,
            '\\' => weight = weight.saturating_add(escape(rest)),
            _ => weight += 1,
        }
    }
    weight
}

/// The rest of an escape.
fn escape(rest: &mut std::str::Chars<'_>) -> usize {
    let weight = match rest.next() {
        Some('p' | 'P') => UNICODE_CLASS,
        Some(c) if c.is_ascii_alphanumeric() => CLASS,
        _ => return 1,
    };
    if let Some(braced) = rest.as_str().strip_prefix('{')
        && let Some((_, after)) = braced.split_once('}')
        && weight == UNICODE_CLASS
    {
        *rest = after.chars();
    }
    weight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitions_count_as_often_as_they_repeat() {
        for (pattern, expected) in [
            ("", 0),
            ("abc", 3),
            ("a{3}", 3),
            ("a{3,}b", 4),
            ("a{2,5}", 5),
            ("a{x}", 4),
            (r"\.{4}", 4),
            ("(ab){10}", 30),
            ("[a-z]{10}", 230),
            (r"\p{L}{10}", 4_000),
            ("(a{1000}){1000}", 1_001_000),
            ("a{99999999999999999999}", usize::MAX),
        ] {
            assert_eq!(weight(pattern, 1), expected, "{pattern}");
        }
        assert_eq!(weight("(a*)*", 12), (1 + 12) * 12);
        assert_eq!(weight(&"(".repeat(1_000), 1), usize::MAX);
    }

    #[test]
    fn lookarounds_and_references_backtrack() {
        for (pattern, expected) in [
            ("^[a-z]+$", false),
            ("^(?:a|b)$", false),
            ("^(?!x).*$", true),
            ("(?<=a)b", true),
            (r"(a)\1", true),
        ] {
            assert_eq!(backtracks(pattern), expected, "{pattern}");
        }
    }
}
