//! Slots of values without parts.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use uuid::Uuid;

use super::{Leaf, has_slot};

has_slot!(String String);
has_slot!(Bool bool);
has_slot!(Text DateTime<Utc> IpAddr Ipv4Addr Ipv6Addr NaiveDate Uuid);
has_slot!(Number f64 i32 i64 u32 u64);

/// Puts in what a string says, for types that say themselves how they are written.
pub(crate) fn set_text<T: FromStr>(place: &mut Option<T>, text: &str) -> Result<(), &'static str> {
    *place = Some(text.parse().map_err(|_| "a string that is not one")?);
    Ok(())
}

macro_rules! from_str {
    ($($type:ty, $expected:literal;)*) => {
        $(
            impl Leaf for Option<$type> {
                fn expected(&self) -> &'static str {
                    $expected
                }

                fn set(&mut self, text: &str) -> Result<(), &'static str> {
                    set_text(self, text)
                }
            }
        )*
    };
}

from_str! {
    NaiveDate, "a date";
    IpAddr, "an IP address";
    Ipv4Addr, "an IPv4 address";
    Ipv6Addr, "an IPv6 address";
    Uuid, "a UUID";
}

impl Leaf for Option<DateTime<Utc>> {
    fn expected(&self) -> &'static str {
        "an RFC 3339 date-time"
    }

    fn set(&mut self, text: &str) -> Result<(), &'static str> {
        // The first takes a fraction of the time of the second, which takes a few more forms.
        let time = DateTime::parse_from_rfc3339(text).or_else(|_| text.parse());
        let time = time.map_err(|_| "a string that is not one")?;
        *self = Some(DateTime::<FixedOffset>::to_utc(&time));
        Ok(())
    }
}

impl Leaf for Option<f64> {
    fn expected(&self) -> &'static str {
        "a number"
    }

    fn set(&mut self, text: &str) -> Result<(), &'static str> {
        // Not serde_json's own parser, which rounds differently with and without one of its features.
        *self = text.parse().ok().filter(|number: &f64| number.is_finite());
        self.map(drop).ok_or(OUT_OF_RANGE)
    }
}

macro_rules! whole_number {
    ($($type:ty)*) => {
        $(
            impl Leaf for Option<$type> {
                fn expected(&self) -> &'static str {
                    "a whole number"
                }

                fn set(&mut self, text: &str) -> Result<(), &'static str> {
                    *self = text.parse().ok();
                    if self.is_none() {
                        *self = Some(whole(text)?.try_into().map_err(|_| OUT_OF_RANGE)?);
                    }
                    Ok(())
                }
            }
        )*
    };
}

whole_number! { i32 i64 u32 u64 }

const OUT_OF_RANGE: &str = "one out of range";
const FRACTION: &str = "a number with a fraction";

/// The most digits that an `i128` surely holds.
const MAX_DIGITS: usize = 38;

/// Reads a JSON number that is whole, however it is written: `12345`, `12345.0`, `1e2`.
fn whole(number: &str) -> Result<i128, &'static str> {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (digits, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", digits),
    };
    let all = [digits, fraction].concat();
    let significant = all.trim_start_matches('0').trim_end_matches('0');
    if significant.is_empty() {
        return Ok(0);
    }
    // An exponent that no `i64` holds is far beyond what matters.
    let beyond = if exponent.starts_with('-') {
        i64::MIN
    } else {
        i64::MAX
    };
    let exponent = exponent.parse().unwrap_or(beyond);
    let dropped = all.len() - all.trim_end_matches('0').len();
    // As many zeros belong behind the significant digits; if fewer than none, a fraction is left.
    let zeros = exponent.saturating_add(dropped as i64 - fraction.len() as i64);
    let zeros = usize::try_from(zeros).map_err(|_| FRACTION)?;
    if significant.len().saturating_add(zeros) > MAX_DIGITS {
        return Err(OUT_OF_RANGE);
    }
    let text = [sign, significant, &"0".repeat(zeros)].concat();
    text.parse().map_err(|_| OUT_OF_RANGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_whole_numbers_in_any_notation() {
        for (text, number) in [
            ("12345.0", 12345),
            ("100.00", 100),
            ("1e2", 100),
            ("1E+2", 100),
            ("-1.50e1", -15),
            ("12300e-2", 123),
            ("0.0", 0),
            ("-0e9999999999999999999", 0),
            ("9007199254740993.0", 9_007_199_254_740_993),
        ] {
            assert_eq!(whole(text), Ok(number), "{text}");
        }
    }

    #[test]
    fn rejects_fractions_and_what_is_out_of_range() {
        for (text, problem) in [
            ("12345.5", FRACTION),
            ("1e-1", FRACTION),
            ("1e-99999999999999999999", FRACTION),
            ("12345.0000000000000001", FRACTION),
            ("1e39", OUT_OF_RANGE),
            ("1e99999999999999999999", OUT_OF_RANGE),
        ] {
            assert_eq!(whole(text), Err(problem), "{text}");
        }
        let mut place: Option<u32> = None;
        assert_eq!(place.set("-1"), Err(OUT_OF_RANGE));
        assert_eq!(place.set("4294967296"), Err(OUT_OF_RANGE));
        assert_eq!((place.set("4294967295.0"), place), (Ok(()), Some(u32::MAX)));
    }
}
