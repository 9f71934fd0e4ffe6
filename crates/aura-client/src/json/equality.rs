//! Whether two JSON texts hold the same value.

use super::MAX_DEPTH;
use super::walk::{Kind, elements, members, name_of};

/// Compares by value: objects as maps, in which the last member of a name counts; numbers as whole
/// numbers of up to 128 bits, else as finite `f64`s, else as text. What lies deeper than
/// [`MAX_DEPTH`] is compared as text.
pub(super) fn equal(left: &str, right: &str) -> bool {
    equal_within(left, right, MAX_DEPTH)
}

fn equal_within(left: &str, right: &str, levels: usize) -> bool {
    if left == right {
        return true;
    }
    match (Kind::of(left), Kind::of(right)) {
        (Kind::Number, Kind::Number) => equal_numbers(left, right),
        (Kind::String, Kind::String) => name_of(left) == name_of(right),
        (Kind::Array, Kind::Array) if levels > 0 => {
            let (left, right) = (elements(left), elements(right));
            let mut pairs = left.iter().zip(&right);
            left.len() == right.len()
                && pairs.all(|(left, right)| equal_within(left, right, levels - 1))
        }
        (Kind::Object, Kind::Object) if levels > 0 => {
            let (left, right) = (members(left), members(right));
            left.len() == right.len()
                && left.iter().all(|(name, (_, left))| {
                    let right = right.get(name);
                    right.is_some_and(|(_, right)| equal_within(left, right, levels - 1))
                })
        }
        _ => false,
    }
}

fn equal_numbers(left: &str, right: &str) -> bool {
    match (left.parse::<i128>(), right.parse::<i128>()) {
        (Ok(left), Ok(right)) => left == right,
        _ => match (finite(left), finite(right)) {
            (Some(left), Some(right)) => left == right,
            // Their texts differ.
            _ => false,
        },
    }
}

fn finite(number: &str) -> Option<f64> {
    number
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::equal;

    #[test]
    fn spelling_and_order_do_not_matter() {
        for (left, right) in [
            (
                r#"{"a":1,"b":[true,null]}"#,
                r#"{ "b" : [true, null], "\u0061":1.0 }"#,
            ),
            (r#""é""#, r#""\u00e9""#),
            ("1e2", "100"),
            ("0.1", "1e-1"),
            ("-0", "0"),
            (r#"{"a":1,"a":2}"#, r#"{"a":2}"#),
            (r#""\ud800""#, r#""\uD800""#),
        ] {
            assert!(equal(left, right), "{left} {right}");
            assert!(equal(right, left), "{right} {left}");
        }
    }

    #[test]
    fn other_values_are_not_equal() {
        for (left, right) in [
            ("1", "\"1\""),
            ("null", "false"),
            ("[1,2]", "[2,1]"),
            ("[1]", "[1,1]"),
            ("{}", "[]"),
            (r#"{"a":1}"#, r#"{"b":1}"#),
            (r#"{"a":1,"a":2}"#, r#"{"a":1}"#),
            ("18446744073709551616", "18446744073709551617"),
            ("1e999", "2e999"),
            (r#""\ud800""#, r#""\udbff""#),
        ] {
            assert!(!equal(left, right), "{left} {right}");
            assert!(!equal(right, left), "{right} {left}");
        }
    }

    #[test]
    fn any_depth_and_width_can_be_compared() {
        let deep = |inner: &str| "[".repeat(200_000) + inner + &"]".repeat(200_000);
        assert!(equal(&deep("1"), &deep("1")));
        assert!(!equal(&deep("1"), &deep("2")));

        let wide = |order: &mut dyn Iterator<Item = u32>| {
            let members: Vec<_> = order.map(|n| format!("\"{n}\":{n}")).collect();
            format!("{{{}}}", members.join(","))
        };
        assert!(equal(
            &wide(&mut (0..100_000)),
            &wide(&mut (0..100_000).rev())
        ));
    }
}
