//! A body of a response, which the contract's reader and the client judge alike: whoever checks a
//! body with `aura-contract`, as the sandbox and `aura check` do, knows whether `aura-client` reads it.

use std::sync::{LazyLock, Mutex, PoisonError};

use aura_client::serde_json::{self, json};
use aura_client::uuid::{Uuid, uuid};
use aura_client::{Client, ErrorKind};
use aura_contract::Contract;
use aura_sandbox::Sandbox;
use aura_workspace_tests::answers;
use bolero::{TypeGenerator, check};
use tokio::runtime::Runtime;

const ID: Uuid = uuid!("550e8400-e29b-41d4-a716-446655440000");

/// A value as text, in one of many spellings.
#[derive(Clone, Debug, TypeGenerator)]
enum Value {
    Json(#[generator(0..JSON.len())] usize),
    /// Digits, some of them behind the point, and an exponent.
    Number(i64, #[generator(0..30_u8)] u8, #[generator(-25..25_i8)] i8),
    Whole(i128),
    Fraction(f64),
    Time(#[generator(0..TIMES.len())] usize, Option<Edit>),
    Id(#[generator(0..IDS.len())] usize, Option<Edit>),
    Text(String),
    Array(Vec<Value>),
    Object(Vec<(Name, Value)>),
    Nested(
        #[generator(0..140_usize)] usize,
        #[generator(0..NESTED.len())] usize,
    ),
}

/// A character that takes the place of others.
#[derive(Clone, Debug, TypeGenerator)]
struct Edit {
    at: u8,
    #[generator(0..3_u8)]
    length: u8,
    #[generator(0..INSERTED.len())]
    inserted: usize,
}

const INSERTED: [&str; 20] = [
    "", " ", "0", "9", "-", "+", ":", ".", ",", "T", "Z", "z", "t", "{", "}", "\u{2212}", "_", "a",
    "\\u0030", "é",
];

const JSON: [&str; 22] = [
    "null",
    "true",
    "false",
    "0",
    "-0",
    "12345.0",
    "12345.5",
    "1e2",
    "1E+2",
    "100e-2",
    "1e-400",
    "9223372036854775807.0",
    "9223372036854775808",
    "1e999",
    "0e999999999999999999999",
    "{}",
    "[]",
    r#""""#,
    r#""new""#,
    r#""\ud800""#,
    r#""\ud83d\ude00""#,
    r#"{"\ud800":1}"#,
];

const TIMES: [&str; 22] = [
    "2026-01-17T08:00:00Z",
    "2026-01-17t08:00:00z",
    "2026-01-17 08:00:00Z",
    "2026-01-17T08:00:00",
    "2026-01-17T08:00Z",
    "2026-01-17",
    "2026-1-7T8:0:0Z",
    "2026-01-17T08:00:00+01:00",
    "2026-01-17T08:00:00 +0100",
    "2026-01-17T08:00:00-00:00",
    "2026-01-17T08:00:00+24:00",
    "2026-01-17T08:00:00+1",
    "2026-01-17T23:59:60Z",
    "2026-01-17T24:00:00Z",
    "2026-02-29T08:00:00Z",
    "2026-01-17T08:00:00.1Z",
    "2026-01-17T08:00:00.123456789012345Z",
    "2026-01-17T08:00:00,5Z",
    "+12026-01-17T08:00:00Z",
    "-0001-01-17T08:00:00Z",
    "Sat, 17 Jan 2026 08:00:00 GMT",
    "1768636800",
];

const IDS: [&str; 8] = [
    "550e8400-e29b-41d4-a716-446655440000",
    "550E8400-E29B-41D4-A716-446655440000",
    "550e8400e29b41d4a716446655440000",
    "{550e8400-e29b-41d4-a716-446655440000}",
    "urn:uuid:550e8400-e29b-41d4-a716-446655440000",
    "urn:uuid:550e8400e29b41d4a716446655440000",
    "550e8400-e29b-41d4-a716",
    "VQ6EAOKbQdSnFkRmVUQAAA==",
];

/// What each level of a nested value begins and ends with.
const NESTED: [(&str, &str); 4] = [
    ("[", "]"),
    (r#"{"a":"#, "}"),
    (r#"{"notes":["#, "]}"),
    (r#"{"disqualification_data":"#, "}"),
];

#[derive(Clone, Debug, TypeGenerator)]
enum Name {
    Known(#[generator(0..NAMES.len())] usize),
    Escaped(#[generator(0..NAMES.len())] usize),
    Other(#[generator(0..3_u8)] u8),
    Any(String),
    Half,
}

const NAMES: [&str; 16] = [
    "id",
    "status",
    "created_at",
    "updated_at",
    "email",
    "total_paid_cents",
    "payment_count",
    "notes",
    "content",
    "metadata",
    "latitude",
    "screenWidth",
    "dataConsentAcceptedAt",
    "disqualification_data",
    "triggering_field",
    "value",
];

/// A required member. Most fit, or few bodies would.
#[derive(Clone, Debug, TypeGenerator)]
struct Required(#[generator(0..10_u8)] u8, Value);

#[derive(Clone, Debug, TypeGenerator)]
struct Body {
    id: Required,
    status: Required,
    created_at: Required,
    updated_at: Required,
    members: Vec<(Name, Value)>,
    /// Whole numbers, a fraction and a time, where they belong.
    money: Option<Value>,
    latitude: Option<Value>,
    consent: Option<Value>,
    note: Option<Value>,
    success: Required,
    beside: Vec<(Name, Value)>,
    #[generator(0..3_u8)]
    marks: u8,
    white: bool,
    /// Bytes that take the place of others, in one body of four.
    #[generator(0..4_u8)]
    damage: u8,
    splices: Vec<(u16, u8, Vec<u8>)>,
}

impl Value {
    fn text(&self) -> String {
        match self {
            Self::Json(which) => JSON[*which].to_owned(),
            Self::Number(digits, point, exponent) => {
                let sign = if *digits < 0 { "-" } else { "" };
                let digits = format!("{:0>30}", digits.unsigned_abs());
                let (whole, fraction) = digits.split_at(digits.len() - usize::from(*point));
                let whole = whole.trim_start_matches('0');
                let whole = if whole.is_empty() { "0" } else { whole };
                let fraction = match fraction {
                    "" => String::new(),
                    fraction => format!(".{fraction}"),
                };
                match exponent {
                    0 => format!("{sign}{whole}{fraction}"),
                    _ => format!("{sign}{whole}{fraction}e{exponent}"),
                }
            }
            Self::Whole(number) => number.to_string(),
            Self::Fraction(number) => json!(number).to_string(),
            Self::Time(which, edit) => edited(TIMES[*which], edit),
            Self::Id(which, edit) => edited(IDS[*which], edit),
            Self::Text(text) => json!(text).to_string(),
            Self::Array(values) => {
                let values: Vec<_> = values.iter().map(Self::text).collect();
                format!("[{}]", values.join(","))
            }
            Self::Object(members) => format!("{{{}}}", texts(members).join(",")),
            Self::Nested(levels, which) => {
                let (begin, end) = NESTED[*which];
                format!("{}null{}", begin.repeat(*levels), end.repeat(*levels))
            }
        }
    }
}

/// A string of JSON with an edit in it.
fn edited(text: &str, edit: &Option<Edit>) -> String {
    let mut text = text.to_owned();
    if let Some(edit) = edit {
        let start = usize::from(edit.at) % (text.len() + 1);
        let end = text.len().min(start + usize::from(edit.length));
        text.replace_range(start..end, INSERTED[edit.inserted]);
    }
    format!("\"{text}\"")
}

fn texts(members: &[(Name, Value)]) -> Vec<String> {
    let members = members.iter();
    let member = |(name, value): &(Name, Value)| {
        let name = match name {
            Name::Known(which) => format!("\"{}\"", NAMES[*which]),
            Name::Escaped(which) => format!(
                "\"\\u{:04x}{}\"",
                NAMES[*which].as_bytes()[0],
                &NAMES[*which][1..]
            ),
            Name::Other(which) => format!("\"other{which}\""),
            Name::Any(name) => json!(name).to_string(),
            Name::Half => r#""\ud800""#.to_owned(),
        };
        format!("{name}:{}", value.text())
    };
    members.map(member).collect()
}

impl Required {
    fn member(&self, name: &str, fits: &str) -> Option<String> {
        let value = match self {
            Self(0, _) => return None,
            Self(1, value) => value.text(),
            Self(..) => fits.to_owned(),
        };
        Some(format!("\"{name}\":{value}"))
    }
}

impl Body {
    fn bytes(&self) -> Vec<u8> {
        let time = "\"2026-01-17T08:00:00Z\"";
        let required = [
            self.id.member("id", &format!("\"{ID}\"")),
            self.status.member("status", "\"new\""),
            self.created_at.member("created_at", time),
            self.updated_at.member("updated_at", time),
        ];
        let mut lead: Vec<String> = required.into_iter().flatten().collect();
        let member = |value: &Option<Value>, before: &str, after: &str| {
            let value = value.as_ref()?.text();
            Some(format!("{before}{value}{after}"))
        };
        lead.extend(member(&self.money, "\"total_paid_cents\":", ""));
        let place = [
            member(&self.latitude, "\"latitude\":", ""),
            member(&self.consent, "\"dataConsentAcceptedAt\":", ""),
        ];
        let place: Vec<String> = place.into_iter().flatten().collect();
        if !place.is_empty() {
            lead.push(format!("\"metadata\":{{{}}}", place.join(",")));
        }
        lead.extend(member(&self.note, "\"notes\":[{},{\"created_at\":", "}]"));
        lead.extend(texts(&self.members));

        let mut all = vec![format!("\"data\":{{{}}}", lead.join(","))];
        all.extend(self.success.member("success", "true"));
        all.extend(texts(&self.beside));
        let white = if self.white { " \n" } else { "" };
        let marks = "\u{feff}".repeat(self.marks.into());
        let mut bytes =
            format!("{marks}{white}{{{white}{}{white}}}{white}", all.join(",")).into_bytes();
        let splices = self.splices.iter().filter(|_| self.damage == 0);
        for (at, length, splice) in splices {
            let start = usize::from(*at) % (bytes.len() + 1);
            let end = bytes.len().min(start + usize::from(*length));
            bytes.splice(start..end, splice.iter().copied());
        }
        bytes
    }
}

/// A service that answers with a body, and its client.
struct Service {
    runtime: Runtime,
    sandbox: Sandbox,
    client: Client,
}

static SERVICE: LazyLock<Mutex<Service>> = LazyLock::new(|| {
    let runtime = Runtime::new().expect("it can be made");
    let sandbox = runtime.block_on(Sandbox::builder().no_rate_limit().start());
    let sandbox = sandbox.expect("a port is free");
    let client = sandbox.client().with_max_retries(0);
    Mutex::new(Service {
        runtime,
        sandbox,
        client,
    })
});

impl Service {
    /// Whether the client reads a body, or why it doesn't, if it asks for the lead that is in it.
    fn read(&self, body: &[u8]) -> Result<(), aura_client::Error> {
        self.sandbox.clear_faults();
        let answer = answers::json(200, "").body(body.to_owned());
        self.sandbox.inject(answer).expect("a valid fault");
        let id = id_in(body).unwrap_or(ID);
        self.runtime.block_on(self.client.get_lead(&id)).map(drop)
    }
}

fn id_in(body: &[u8]) -> Option<Uuid> {
    let body: serde_json::Value = serde_json::from_slice(body).ok()?;
    Uuid::try_parse(body["data"]["id"].as_str()?).ok()
}

static CONTRACT: LazyLock<Contract> = LazyLock::new(Contract::builtin);

/// Both judge a body alike, but that the client reads one without `success`, which tells it nothing.
/// (It also rejects a body whose lists would take far more memory than its text, which fits the
/// contract. That takes a body larger than these.)
fn agree(body: &[u8]) {
    let operation = CONTRACT.operation("get_lead").expect("it is there");
    let problems = operation.check_response(200, body);
    let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
    let read = SERVICE
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .read(body);

    let shown = String::from_utf8_lossy(body);
    match read {
        Ok(()) if problems == [NO_SUCCESS] => {}
        Ok(()) => assert!(
            problems.is_empty(),
            "only the client reads {shown}: {problems:?}"
        ),
        Err(error) => {
            assert!(
                matches!(error.kind(), ErrorKind::Api | ErrorKind::Decode),
                "{error}"
            );
            assert!(
                !problems.is_empty(),
                "only the contract takes {shown}: {error}"
            );
        }
    }
}

const NO_SUCCESS: &str = "body.success: it is required";

/// A lead with what is required and this besides.
fn lead(members: &str) -> String {
    let time = "2026-01-17T08:00:00Z";
    format!(r#"{{"id":"{ID}","status":"","created_at":"{time}","updated_at":"{time}"{members}}}"#)
}

#[test]
fn a_body_without_success_is_read_though_the_contract_requires_it() {
    let body = format!(r#"{{"data":{}}}"#, lead(""));
    let operation = CONTRACT.operation("get_lead").expect("it is there");
    let problems = operation.check_response(200, body.as_bytes());
    let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems, [NO_SUCCESS]);
    agree(body.as_bytes());
}

#[test]
fn a_body_is_read_if_it_fits_the_contract_and_only_then() {
    check!()
        .with_type::<Body>()
        .for_each(|body| agree(&body.bytes()));
}

/// Where a value stands alone, so that nothing else decides.
#[derive(Clone, Debug, TypeGenerator)]
enum Place {
    Id,
    Status,
    CreatedAt,
    Money,
    Latitude,
    Consent,
    Notes,
    Other,
    Lead,
    Success,
}

impl Place {
    fn body(&self, value: &str) -> String {
        let instead = |name: &str, sent: &str| {
            let sent = format!("\"{name}\":\"{sent}\"");
            lead("").replace(&sent, &format!("\"{name}\":{value}"))
        };
        let lead = match self {
            Self::Id => instead("id", &ID.to_string()),
            Self::Status => instead("status", ""),
            Self::CreatedAt => instead("created_at", "2026-01-17T08:00:00Z"),
            Self::Money => lead(&format!(r#","total_paid_cents":{value}"#)),
            Self::Latitude => lead(&format!(r#","metadata":{{"latitude":{value}}}"#)),
            Self::Consent => lead(&format!(
                r#","metadata":{{"dataConsentAcceptedAt":{value}}}"#
            )),
            Self::Notes => lead(&format!(r#","notes":{value}"#)),
            Self::Other => lead(&format!(r#","other":{value}"#)),
            Self::Lead => value.to_owned(),
            Self::Success => return format!(r#"{{"data":{},"success":{value}}}"#, lead("")),
        };
        format!(r#"{{"data":{lead},"success":true}}"#)
    }
}

#[test]
fn a_value_in_any_spelling_is_read_if_it_fits_the_contract_and_only_then() {
    check!()
        .with_type::<(Place, Value)>()
        .for_each(|(place, value)| agree(place.body(&value.text()).as_bytes()));
}
