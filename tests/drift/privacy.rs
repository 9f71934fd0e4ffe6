//! Nothing that a response holds is told: neither a value nor a name that is data.

use std::time::Duration;

use bolero::{TypeGenerator, check, produce_with};
use serde_json::{Value, json};

use super::{TRUE, lead, observed};

/// Where a text is planted.
#[derive(Clone, Copy, Debug, PartialEq, TypeGenerator)]
enum Place {
    Status,
    Required,
    Nested,
    List,
    Foreign,
    Name,
    NestedName,
    MapValue,
    Url,
    Header,
}

fn plant(lead: &mut Value, place: Place, text: &str) {
    match place {
        Place::Status => lead["status"] = text.into(),
        Place::Required => lead["created_at"] = text.into(),
        Place::Nested => lead["metadata"]["latitude"] = json!(text),
        Place::List => lead["notes"] = json!([text, [text], {"content": [text]}]),
        Place::Foreign => lead["brand_new"] = json!({"inner": text, "list": [text]}),
        Place::Name => lead[text] = json!(1),
        Place::NestedName => lead["metadata"] = json!({text: {text: text}}),
        Place::MapValue => lead["source"] = json!([{text: text}]),
        Place::Url | Place::Header => {}
    }
}

/// A text that stands nowhere else: letters, digits and what addresses are made of.
fn marked(seed: &[u8]) -> String {
    let alphabet = b"bcdfghjklmnpqrstvwxz0123456789@.-+";
    let letters = seed
        .iter()
        .map(|byte| alphabet[usize::from(*byte) % alphabet.len()]);
    format!(
        "mark9@{}",
        String::from_utf8(letters.collect()).expect("ASCII")
    )
}

#[test]
fn no_value_and_no_name_that_is_data_is_told() {
    let seeds = produce_with::<Vec<u8>>().len(8..=24_usize);
    let places = produce_with::<Vec<Place>>().len(1..=4_usize);
    let check = check!()
        .with_generator((seeds, places))
        .with_test_time(Duration::from_secs(3));
    check.for_each(|(seed, places)| {
        let text = marked(seed);
        let mut responses = String::new();
        for n in 0..25 {
            let mut lead = lead(n);
            places
                .iter()
                .for_each(|place| plant(&mut lead, *place, &text));
            let path = match places.contains(&Place::Url) {
                true => format!("/v1/{text}/{text}?{text}={text}"),
                false => format!("/v1/leads/1?{text}=1"),
            };
            let header = if places.contains(&Place::Header) {
                &text
            } else {
                "X-Other"
            };
            let exchange = json!({
                "method": "GET", "url": path, "status": 200,
                "headers": {"Content-Type": "application/json", header: text},
                "body": {"success": true, "data": lead},
            });
            responses += &format!("{exchange}\n");
        }
        let (found, mended) = observed(TRUE, &responses);
        for told in found
            .iter()
            .map(|found| format!("{found:?}"))
            .chain([mended])
        {
            assert!(!told.contains(&text), "{text}: {told}");
        }
    });
}

#[test]
fn responses_that_fit_show_no_drift() {
    let numbers = produce_with::<Vec<u16>>().len(1..=40_usize);
    let check = check!()
        .with_generator(numbers)
        .with_test_time(Duration::from_secs(3));
    check.for_each(|numbers| {
        let leads = numbers
            .iter()
            .map(|n| format!("{}\n", lead(usize::from(*n))));
        let (found, mended) = observed(TRUE, &leads.collect::<String>());
        assert!(
            found.iter().all(|found| !found.kind.is_drift()),
            "{found:?}"
        );
        assert_eq!(mended, TRUE);
    });
}
