//! The formats that a text can have.

use std::net::{Ipv4Addr, Ipv6Addr};

use chrono::{DateTime, NaiveDate};
use uuid::Uuid;

/// A format of strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    DateTime,
    Date,
    Uuid,
    Email,
    Uri,
    Ipv4,
    Ipv6,
}

/// All of them with their names in a contract.
pub const FORMATS: [(Format, &str); 7] = [
    (Format::DateTime, "date-time"),
    (Format::Date, "date"),
    (Format::Uuid, "uuid"),
    (Format::Email, "email"),
    (Format::Uri, "uri"),
    (Format::Ipv4, "ipv4"),
    (Format::Ipv6, "ipv6"),
];

impl Format {
    /// The one format that a text has, if it has one.
    pub fn of(text: &str) -> Option<Format> {
        // What a text begins with and how long it is rule out most formats at once.
        let bytes = text.as_bytes();
        let starts_as_date = bytes.len() >= 10 && bytes[0].is_ascii_digit() && bytes[4] == b'-';
        if starts_as_date && bytes.len() > 10 && DateTime::parse_from_rfc3339(text).is_ok() {
            return Some(Format::DateTime);
        }
        if starts_as_date && bytes.len() == 10 && text.parse::<NaiveDate>().is_ok() {
            return Some(Format::Date);
        }
        if bytes.len() == 36 && bytes[8] == b'-' && Uuid::try_parse(text).is_ok() {
            return Some(Format::Uuid);
        }
        if text.contains("://") && url::Url::parse(text).is_ok() {
            return Some(Format::Uri);
        }
        if is_email(text) {
            return Some(Format::Email);
        }
        if bytes.len() <= 15 && text.contains('.') && text.parse::<Ipv4Addr>().is_ok() {
            return Some(Format::Ipv4);
        }
        if bytes.len() <= 45 && text.contains(':') && text.parse::<Ipv6Addr>().is_ok() {
            return Some(Format::Ipv6);
        }
        None
    }

    /// The format of this name, if clients read such texts as a type of their own.
    pub fn named(name: &str) -> Option<Format> {
        let mut formats = FORMATS.iter();
        let found = formats.find(|(format, known)| *known == name && format.is_a_type());
        found.map(|(format, _)| *format)
    }

    /// Whether clients read such texts as a type of their own. The others are only descriptions.
    pub fn is_a_type(self) -> bool {
        matches!(self, Format::DateTime | Format::Date | Format::Uuid)
    }
}

/// An address as people have one; not every text that a mail server would take.
fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.split_once('@') else {
        return false;
    };
    let is_plain =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_graphic());
    is_plain(user) && is_plain(host) && host.contains('.') && !host.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_the_format_that_it_is_written_in() {
        for (text, format) in [
            ("2026-01-17T08:00:00Z", Some(Format::DateTime)),
            ("2026-01-17T08:00:00.123+01:00", Some(Format::DateTime)),
            ("2026-01-17", Some(Format::Date)),
            ("2026-13-17", None),
            ("550e8400-e29b-41d4-a716-446655440000", Some(Format::Uuid)),
            ("john@example.com", Some(Format::Email)),
            ("@example.com", None),
            ("https://acme.com/a", Some(Format::Uri)),
            ("192.0.2.1", Some(Format::Ipv4)),
            ("2001:db8::1", Some(Format::Ipv6)),
            ("+14155552671", None),
            ("", None),
            ("éééé", None),
        ] {
            assert_eq!(Format::of(text), format, "{text}");
        }
    }
}
