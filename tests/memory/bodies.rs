//! Any body, so that coverage can lead to others.

use bolero::{TypeGenerator, check};

use super::{check as check_body, service};

/// Stands in every text and name that a body chooses, and nowhere else.
pub const MARK: &str = "§";
/// Stands in every custom number.
pub const NUMBER: &str = "7373737373";

/// A value, of which a known field takes some and others not.
#[derive(Clone, Debug, TypeGenerator)]
enum Value {
    Json(#[generator(0..JSON.len())] usize),
    Text(String),
    Number(i64),
    Fraction(f64),
    Array(Vec<Value>),
    Object(Vec<(Name, Value)>),
    /// An element again and again.
    Many(
        #[generator(0..JSON.len())] usize,
        #[generator(0..2_000_usize)] usize,
    ),
    /// Levels of arrays and objects.
    Deep(#[generator(0..300_usize)] usize, Vec<bool>),
}

const JSON: [&str; 13] = [
    "null",
    "true",
    "false",
    "0",
    "12345.0",
    "1e999",
    "\"\"",
    "\"2026-01-17T08:00:00Z\"",
    "\"550e8400-e29b-41d4-a716-446655440000\"",
    "\"\\ud800\"",
    "{}",
    "[]",
    "{\"\":0}",
];

#[derive(Clone, Debug, TypeGenerator)]
enum Name {
    Known(#[generator(0..NAMES.len())] usize),
    Any(String),
    /// Half a surrogate pair.
    Half,
}

const NAMES: [&str; 14] = [
    "id",
    "status",
    "created_at",
    "updated_at",
    "email",
    "total_paid_cents",
    "notes",
    "content",
    "metadata",
    "latitude",
    "disqualification_data",
    "triggering_field",
    "value",
    "data",
];

/// What is around the lead.
#[derive(Clone, Debug, TypeGenerator)]
struct Body {
    /// The lead's own members, and whether they come first.
    least: Option<bool>,
    members: Vec<(Name, Value)>,
    envelope: Vec<(Name, Value)>,
    success: Option<Value>,
    bom: bool,
    /// Bytes that take the place of others.
    splices: Vec<(u16, u8, Vec<u8>)>,
}

const LEAST: &str = r#""id":"550e8400-e29b-41d4-a716-446655440000","status":"new","created_at":"2026-01-17T08:00:00Z","updated_at":"2026-01-17T09:30:00Z""#;

impl Value {
    fn write(&self, text: &mut String) {
        match self {
            Self::Json(which) => *text += JSON[*which],
            Self::Text(value) => *text += &quoted(value),
            Self::Number(number) => *text += &format!("{NUMBER}{}", number.unsigned_abs()),
            Self::Fraction(number) => *text += &format!("0.{NUMBER}e{}", number.to_bits() % 400),
            Self::Array(values) => {
                text.push('[');
                for (n, value) in values.iter().enumerate() {
                    *text += if n > 0 { "," } else { "" };
                    value.write(text);
                }
                text.push(']');
            }
            Self::Object(members) => {
                *text += &object(members.iter().map(|(name, value)| (name, value)))
            }
            Self::Many(which, times) => {
                *text += &format!("[{}null]", format!("{},", JSON[*which]).repeat(*times));
            }
            Self::Deep(levels, kinds) => {
                let arrays: Vec<bool> = kinds
                    .iter()
                    .copied()
                    .chain([true])
                    .cycle()
                    .take(*levels)
                    .collect();
                for is_array in &arrays {
                    *text += if *is_array { "[" } else { "{\"notes\":" };
                }
                text.push('0');
                for is_array in arrays.iter().rev() {
                    text.push(if *is_array { ']' } else { '}' });
                }
            }
        }
    }
}

/// A JSON string with the mark in it.
fn quoted(text: &str) -> String {
    aura_client::serde_json::json!(format!("{MARK}{text}")).to_string()
}

fn object<'v>(members: impl Iterator<Item = (&'v Name, &'v Value)>) -> String {
    let mut text = String::from("{");
    for (name, value) in members {
        if text.len() > 1 {
            text.push(',');
        }
        text += &match name {
            Name::Known(which) => format!("{:?}", NAMES[*which]),
            Name::Any(name) => quoted(name),
            Name::Half => r#""\udfff""#.to_owned(),
        };
        text.push(':');
        value.write(&mut text);
    }
    text + "}"
}

impl Body {
    fn bytes(&self) -> Vec<u8> {
        let members = self.members.iter();
        let lead = object(members.map(|(name, value)| (name, value)));
        let lead = match (self.least, lead.len()) {
            (None, _) => lead,
            (Some(_), 2) => format!("{{{LEAST}}}"),
            (Some(true), _) => lead.replacen('{', &format!("{{{LEAST},"), 1),
            (Some(false), end) => format!("{},{LEAST}}}", &lead[..end - 1]),
        };
        let envelope = self.envelope.iter();
        let envelope = object(envelope.map(|(name, value)| (name, value)));
        let mut success = "true".to_owned();
        if let Some(value) = &self.success {
            success.clear();
            value.write(&mut success);
        }
        let head = format!("{{\"data\":{lead},\"success\":{success}");
        let body = match envelope.len() {
            2 => head + "}",
            _ => format!("{head},{}", &envelope[1..]),
        };
        let bom = if self.bom { "\u{feff}" } else { "" };
        let mut bytes = (bom.to_owned() + &body).into_bytes();
        for (at, length, splice) in &self.splices {
            let start = usize::from(*at) % (bytes.len() + 1);
            let end = bytes.len().min(start + usize::from(*length));
            bytes.splice(start..end, splice.iter().copied());
        }
        bytes
    }
}

#[test]
fn any_body_is_read_in_proportion_and_shows_nothing() {
    let service = service::start();
    let body = check!().with_type::<Body>();
    body.for_each(|body| check_body(&service, "any body", body.bytes()));
}

#[test]
fn any_bytes_are_read_in_proportion_and_show_nothing() {
    let service = service::start();
    check!().for_each(|bytes: &[u8]| check_body(&service, "any bytes", bytes.to_vec()));
}
