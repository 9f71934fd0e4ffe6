//! The JSON Schema validator that bodies, parameters and examples are all checked with.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use chrono::{DateTime, FixedOffset, NaiveDate};
use jsonschema::{Draft, PatternOptions, ValidationError, Validator};
use serde_json::Value;
use uuid::Uuid;

use super::bounds::MAX_BACKTRACKS;

/// Compiles a JSON Schema. Formats that aura-client has a type for are read as it
/// reads them, so that what fits here can be read there.
pub(super) fn compile(schema: &Value) -> Result<Validator, ValidationError<'static>> {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .with_pattern_options(PatternOptions::fancy_regex().backtrack_limit(MAX_BACKTRACKS))
        .should_validate_formats(true)
        .with_format("date-time", is_date_time)
        .with_format("date", |text| text.parse::<NaiveDate>().is_ok())
        .with_format("uuid", |text| text.parse::<Uuid>().is_ok())
        .with_format("ip", |text| text.parse::<IpAddr>().is_ok())
        .with_format("ipv4", |text| text.parse::<Ipv4Addr>().is_ok())
        .with_format("ipv6", |text| text.parse::<Ipv6Addr>().is_ok())
        .build(schema)
}

/// RFC 3339, or chrono's relaxed form of it.
fn is_date_time(text: &str) -> bool {
    DateTime::parse_from_rfc3339(text).is_ok() || text.parse::<DateTime<FixedOffset>>().is_ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fits(format: &str, text: &str) -> bool {
        let schema = json!({ "type": "string", "format": format });
        let validator = compile(&schema).expect("it is a schema");
        validator.is_valid(&text.into())
    }

    #[test]
    fn takes_date_times_as_chrono_reads_them() {
        for text in [
            "2026-01-17T08:00:00Z",
            "2026-01-17t08:00:00.123456789z",
            "2026-01-17 08:00:00+01:00",
            "2026-01-17T08:00:00 +0100",
            "2026-1-7T8:00:00Z",
            "2026-01-17T23:59:60Z",
        ] {
            assert!(fits("date-time", text), "{text}");
        }
        for text in [
            "",
            "2026-01-17",
            "2026-01-17T08:00:00",
            "2026-02-30T08:00:00Z",
            "2026-01-17T08:00:00Z!",
            "1768636800",
        ] {
            assert!(!fits("date-time", text), "{text}");
        }
    }

    #[test]
    fn takes_dates_as_chrono_reads_them() {
        for text in ["2026-01-17", "2026-1-7", "2024-02-29"] {
            assert!(fits("date", text), "{text}");
        }
        for text in ["", "2026-02-29", "17.01.2026", "2026-01-17T08:00:00Z"] {
            assert!(!fits("date", text), "{text}");
        }
    }

    #[test]
    fn takes_uuids_in_each_of_their_four_forms() {
        for text in [
            "550e8400-e29b-41d4-a716-446655440000",
            "550E8400E29B41D4A716446655440000",
            "{550e8400-e29b-41d4-a716-446655440000}",
            "urn:uuid:550e8400-e29b-41d4-a716-446655440000",
        ] {
            assert!(fits("uuid", text), "{text}");
        }
        for text in ["", "550e8400", "{550e8400e29b41d4a716446655440000}", "7"] {
            assert!(!fits("uuid", text), "{text}");
        }
    }

    #[test]
    fn takes_ip_addresses_of_the_version_asked_for() {
        for (format, text, takes) in [
            ("ip", "192.0.2.1", true),
            ("ip", "2001:db8::1", true),
            ("ipv4", "192.0.2.1", true),
            ("ipv4", "2001:db8::1", false),
            ("ipv6", "2001:db8::1", true),
            ("ipv6", "192.0.2.1", false),
            ("ip", "192.0.2.256", false),
        ] {
            assert_eq!(fits(format, text), takes, "{format} {text}");
        }
    }
}
