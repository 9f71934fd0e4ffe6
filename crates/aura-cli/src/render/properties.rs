//! What holds for any lead that is shown, and for any file that a run goes on with.

use aura_client::uuid::Uuid;
use aura_contract::Contract;
use bolero::{TypeGenerator, check};
use serde_json::{Map, Value, json};

use super::{Fields, Medium, Renderer, Shape};
use crate::lead::Lead;
use crate::options::Format;

const PLAIN: Medium = Medium {
    terminal: false,
    styled: false,
    width: None,
    raw: false,
    bom: false,
};

fn renderer(format: Format, one: bool, fields: Option<Fields>, medium: Medium) -> Renderer {
    let shape = Shape::of_lead(&Contract::builtin());
    Renderer::new(format, one, fields, shape, medium)
}

/// Some of a lead's members, with any value.
#[derive(Debug, TypeGenerator)]
enum Member {
    Note(String),
    City(String),
    Email(Option<String>),
    Money(i64),
    Place(f64),
    Custom(String, Vec<String>),
    Odd(#[generator(0..ODD.len())] usize, String),
}

/// Where something else may come than the contract says.
const ODD: [&str; 4] = ["metadata", "notes", "source", "status"];

fn lead(id: u128, members: &[Member]) -> Value {
    let mut lead = Map::new();
    lead.insert("id".into(), json!(Uuid::from_u128(id)));
    for member in members {
        let (name, value) = match member {
            Member::Note(text) => ("notes", json!([{"content": text}])),
            Member::City(text) => ("metadata", json!({"city": text, text: text})),
            Member::Email(text) => ("email", json!(text)),
            Member::Money(cents) => ("total_paid_cents", json!(cents)),
            Member::Place(place) => ("metadata", json!({"latitude": place})),
            Member::Custom(name, values) if name != "id" => (name.as_str(), json!(values)),
            Member::Custom(..) => continue,
            Member::Odd(which, text) => (ODD[*which], json!(text)),
        };
        lead.insert(name.into(), value);
    }
    lead.into()
}

fn lead_of(body: Vec<u8>) -> Lead {
    Lead::new(Uuid::nil(), body.into()).expect("an object")
}

fn body(lead: &Value) -> Vec<u8> {
    json!({"data": lead}).to_string().into()
}

#[test]
fn what_a_run_writes_is_what_resume_reads() {
    let leads = check!().with_type::<(u128, Vec<Member>, Option<u16>)>();
    leads.for_each(|(id, members, cut)| {
        for format in [Format::Ndjson, Format::Csv] {
            let mut renderer = renderer(format, false, None, PLAIN);
            let body = body(&lead(*id, members));
            let mut file = renderer.begin();
            let header = file.len();
            file.extend(renderer.lead(&lead_of(body)));
            file.extend(renderer.end());
            let length = cut.map_or(file.len(), |cut| file.len().min(cut.into()));

            let found = renderer.records().read(&file[..length]);
            let found = found.unwrap_or_else(|why| panic!("{why}: {file:?}"));
            let is_whole = length == file.len();
            assert_eq!(found.seen.len(), usize::from(is_whole));
            let end = match is_whole {
                true => file.len(),
                false if length >= header => header,
                false => 0,
            };
            assert_eq!(found.end, end as u64);
        }
    });
}

#[test]
fn any_body_is_shown_in_any_form_or_holds_no_lead() {
    const TERMINAL: Medium = Medium {
        terminal: true,
        width: Some(80),
        ..PLAIN
    };
    let bodies = check!().with_type::<(Vec<Member>, Vec<(u16, Vec<u8>)>)>();
    bodies.for_each(|(members, patches)| {
        let mut body = body(&lead(7, members));
        for (at, patch) in patches {
            let start = usize::from(*at) % body.len();
            let end = body.len().min(start + patch.len());
            body[start..end].copy_from_slice(&patch[..end - start]);
        }
        let Some(lead) = Lead::new(Uuid::nil(), body.into()) else {
            return;
        };
        for format in [Format::Table, Format::Json, Format::Ndjson, Format::Csv] {
            for (one, medium) in [
                (true, PLAIN),
                (false, PLAIN),
                (true, TERMINAL),
                (false, TERMINAL),
            ] {
                let fields = Fields::parse("id,notes[0].content,metadata.city").ok();
                for fields in [None, fields] {
                    let mut renderer = renderer(format, one, fields, medium);
                    let mut text = renderer.begin();
                    text.extend(renderer.lead(&lead));
                    text.extend(renderer.end());
                    let text = String::from_utf8(text).expect("it is text");
                    let has_control = text.contains(|c: char| c.is_control() && c != '\n');
                    assert!(!(medium.terminal && has_control), "{text:?}");
                    assert!(text.ends_with('\n'), "{text:?}");
                }
            }
        }
    });
}

#[test]
fn any_file_is_gone_on_with_or_refused() {
    check!().for_each(|text: &[u8]| {
        for format in [Format::Ndjson, Format::Csv, Format::Json] {
            let renderer = renderer(format, false, None, PLAIN);
            for text in [text.to_vec(), [&renderer.begin(), text].concat()] {
                if let Ok(found) = renderer.records().read(&text[..]) {
                    assert!(found.end <= text.len() as u64);
                }
            }
        }
    });
}
