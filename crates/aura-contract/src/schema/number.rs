//! A JSON number as a number that fits the same schemas.

use serde_json::Number;

/// The most digits that an `i128` surely holds.
const MAX_DIGITS: usize = 38;

/// From here on every `f64` is whole.
const ALL_WHOLE: f64 = (1_u64 << 52) as f64;

/// Reads a JSON number; `None` if no `f64` is near it.
///
/// `12345.0` and `1e2` become integers. What no number of serde_json holds becomes one nearby on
/// the same side of what schemas ask of it: a fraction that rounding would drop stays one, and what
/// is below `i64` stays below.
pub(super) fn read(text: &str) -> Option<Number> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole.into());
    }
    let nearest: f64 = text.parse().ok()?;
    let number = match exact(text) {
        Exact::Whole(whole) => match Number::from_i128(whole) {
            Some(number) => return Some(number),
            None => beyond_integers(nearest),
        },
        Exact::Large => beyond_integers(nearest),
        Exact::Fraction if nearest.fract() != 0.0 => nearest,
        Exact::Fraction if nearest.abs() >= ALL_WHOLE => (ALL_WHOLE - 0.5).copysign(nearest),
        Exact::Fraction if text.starts_with('-') => nearest.next_down(),
        Exact::Fraction => nearest.next_up(),
    };
    Number::from_f64(number)
}

/// The value of a JSON number that is whole, however it is written: `12345`, `12345.0`, `1.2345e4`.
/// `None` for any other text, and beyond 38 digits.
pub fn whole_number(json: &str) -> Option<i128> {
    let starts_as_number = json.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    json.parse::<f64>().ok().filter(|_| starts_as_number)?;
    match exact(json) {
        Exact::Whole(whole) => Some(whole),
        Exact::Large | Exact::Fraction => None,
    }
}

/// What is below `i64` can be nearest to its least number.
fn beyond_integers(nearest: f64) -> f64 {
    match nearest < 0.0 {
        true => nearest.min((i64::MIN as f64).next_down()),
        false => nearest,
    }
}

/// The exact value of a number.
#[derive(Debug, PartialEq)]
enum Exact {
    Whole(i128),
    /// Whole, with more digits than an `i128` may hold.
    Large,
    Fraction,
}

fn exact(number: &str) -> Exact {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (digits, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", digits),
    };
    let all = [digits, fraction].concat();
    let without_zeros = all.trim_end_matches('0');
    let significant = without_zeros.trim_start_matches('0');
    if significant.is_empty() {
        return Exact::Whole(0);
    }
    // An exponent that no `i64` holds is far beyond what matters.
    let beyond = if exponent.starts_with('-') {
        i64::MIN
    } else {
        i64::MAX
    };
    let exponent: i64 = exponent.parse().unwrap_or(beyond);
    // As many zeros belong behind the significant digits; if fewer than none, a fraction is left.
    let dropped = (all.len() - without_zeros.len()) as i64 - fraction.len() as i64;
    let Ok(zeros) = usize::try_from(exponent.saturating_add(dropped)) else {
        return Exact::Fraction;
    };
    if significant.len().saturating_add(zeros) > MAX_DIGITS {
        return Exact::Large;
    }
    let text = [sign, significant, &"0".repeat(zeros)].concat();
    text.parse().map_or(Exact::Large, Exact::Whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_whole(number: &Number) -> bool {
        number.as_f64().is_some_and(|f| f.fract() == 0.0)
    }

    #[test]
    fn reads_whole_numbers_in_any_notation() {
        for (text, number) in [
            ("12345", 12345_i64),
            ("12345.0", 12345),
            ("100.00", 100),
            ("1e2", 100),
            ("1E+2", 100),
            ("-1.50e1", -15),
            ("12300e-2", 123),
            ("-0", 0),
            ("0.0", 0),
            ("-0e9999999999999999999", 0),
            ("9007199254740993.0", 9_007_199_254_740_993),
            ("9223372036854775807.0", i64::MAX),
            ("-9223372036854775808", i64::MIN),
        ] {
            assert_eq!(read(text), Some(number.into()), "{text}");
        }
        assert_eq!(read("18446744073709551615.0"), Some(u64::MAX.into()));
    }

    #[test]
    fn keeps_what_is_no_integer_on_its_side() {
        for text in ["9223372036854775808", "18446744073709551616", "1e300"] {
            let number = read(text).expect("it is within f64");
            assert!(is_whole(&number) && number.as_f64() >= Some(i64::MAX as f64));
            assert_eq!(number.as_i64(), None, "{text}");
        }
        for text in ["-9223372036854775809", "-1e300"] {
            let number = read(text).expect("it is within f64");
            assert!(number.as_f64() < Some(i64::MIN as f64), "{text}");
        }
    }

    #[test]
    fn keeps_fractions_that_rounding_would_drop() {
        for text in [
            "12345.5",
            "1e-1",
            "1e-400",
            "-1e-400",
            "1e-99999999999999999999",
            "12345.00000000000000000001",
            "-12345.00000000000000000001",
            "9007199254740992.5",
            "-9007199254740992.5",
        ] {
            let number = read(text).expect("it is within f64");
            assert!(!is_whole(&number), "{text}");
            let negative = number.as_f64().is_some_and(f64::is_sign_negative);
            assert_eq!(negative, text.starts_with('-'), "{text}");
        }
    }

    #[test]
    fn leaves_out_what_is_beyond_f64() {
        for text in ["1e999", "-1e999", "1e99999999999999999999"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
