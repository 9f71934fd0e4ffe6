//! What is salvaged, and what is not.

use serde_json::{Value, json};

use super::{Anomaly, DecodeError, Envelope, Salvaged, decode, salvage};
use crate::deadline::Deadline;
use crate::slot::{Decode, object};
use crate::types::Lead;
use crate::{Extra, Json};

fn fits<T: Decode>(body: &[u8], envelope: Envelope) -> bool {
    decode::<T>(body, envelope, Deadline::NEVER).is_ok()
}

/// What was left out, or a string of its text if no `Value` holds it.
fn left_out(anomaly: &Anomaly) -> Value {
    serde_json::from_str(&anomaly.json).unwrap_or_else(|_| anomaly.json.clone().into())
}

/// The value of a member that the contract doesn't name.
fn custom(extra: &Extra, name: &str) -> Value {
    extra.read(name).expect("JSON").expect("it is there")
}

/// A lead's body with a few fields changed or, with `null` under `remove`, taken out.
fn body(change: impl FnOnce(&mut Value)) -> String {
    let mut body = json!({"success": true, "data": {
        "id": "550e8400-e29b-41d4-a716-446655440000",
        "status": "new",
        "created_at": "2026-01-17T08:00:00Z",
        "updated_at": "2026-01-17T09:30:00Z",
        "email": "ada@example.com",
        "total_paid_cents": 5000,
        "metadata": {"city": "Paris", "latitude": 48.8},
        "notes": [{"content": "a"}, {"content": "b"}, {"content": "c"}],
        "custom": {"plan": "gold"},
    }});
    change(&mut body["data"]);
    body.to_string()
}

fn lead(body: &str) -> Option<Salvaged<Lead>> {
    let strict = fits::<Lead>(body.as_bytes(), Envelope::Data);
    let salvaged = salvage::<Lead>(body.as_bytes(), Envelope::Data);
    let whole = salvaged
        .as_ref()
        .is_some_and(|salvaged| salvaged.anomalies.is_empty());
    assert_eq!(strict, whole, "strict and lenient reading agree: {body}");
    salvaged
}

/// Paths, reasons and values of what was left out.
fn anomalies<T>(salvaged: &Salvaged<T>) -> Vec<(&str, &str, Value)> {
    let anomalies = salvaged.anomalies.iter();
    anomalies
        .map(|found| (&*found.json_path, &*found.reason, left_out(found)))
        .collect()
}

#[test]
fn what_fits_is_whole() {
    let salvaged = lead(&body(|_| {})).expect("it fits");

    assert_eq!(salvaged.value.total_paid_cents, Some(5000));
}

#[test]
fn an_optional_field_is_left_out_and_all_else_is_there() {
    let salvaged = lead(&body(|lead| {
        lead["total_paid_cents"] = json!("5000");
        lead["metadata"]["latitude"] = json!("north");
    }))
    .expect("what is required fits");

    let lead = &salvaged.value;
    assert_eq!(lead.total_paid_cents, None, "not a zero, and not a guess");
    assert_eq!(lead.email.as_deref(), Some("ada@example.com"));
    let metadata = lead.metadata.as_ref().expect("only its latitude is gone");
    assert_eq!(metadata.city.as_deref(), Some("Paris"));
    assert_eq!(metadata.latitude, None);
    assert_eq!(custom(&lead.extra, "custom"), json!({"plan": "gold"}));
    assert_eq!(lead.notes.as_ref().map(Vec::len), Some(3));
    let mut found = anomalies(&salvaged);
    found.sort_by_key(|anomaly| anomaly.0);
    assert_eq!(
        found,
        [
            (
                "data.metadata.latitude",
                "expected a number, found a string",
                json!("north")
            ),
            (
                "data.total_paid_cents",
                "expected a whole number, found a string",
                json!("5000")
            ),
        ]
    );
}

#[test]
fn of_a_note_only_what_cannot_be_read_is_left_out() {
    let salvaged = lead(&body(|lead| {
        lead["notes"][1] = json!({"content": {"html": "b"}, "user_id": "user_1"});
    }))
    .expect("it fits but for that");

    let notes = salvaged.value.notes.as_ref().expect("they are there");
    assert_eq!(notes.len(), 3);
    assert_eq!(notes[1].content, None);
    assert_eq!(notes[1].user_id.as_deref(), Some("user_1"));
    assert_eq!(
        anomalies(&salvaged),
        [(
            "data.notes[1].content",
            "expected a string, found an object",
            json!({"html": "b"})
        )]
    );
}

#[test]
fn an_element_that_is_no_object_is_left_out_and_indexes_stay_the_bodys() {
    let salvaged = lead(&body(|lead| {
        lead["notes"] = json!([7, {"content": "b"}, null, {"content": 1}]);
    }))
    .expect("it fits but for those");

    let notes = salvaged.value.notes.as_ref().expect("they are there");
    let contents: Vec<_> = notes.iter().map(|note| note.content.as_deref()).collect();
    assert_eq!(contents, [Some("b"), None]);
    let paths: Vec<_> = anomalies(&salvaged)
        .into_iter()
        .map(|anomaly| anomaly.0.to_owned())
        .collect();
    assert_eq!(
        paths,
        ["data.notes[0]", "data.notes[2]", "data.notes[3].content"]
    );
}

#[test]
fn what_is_required_is_never_made_up() {
    for change in [
        (|lead: &mut Value| lead["id"] = json!("no-uuid")) as fn(&mut Value),
        |lead| lead["status"] = json!(null),
        |lead| lead["created_at"] = json!("yesterday"),
        |lead| _ = lead.as_object_mut().map(|lead| lead.remove("updated_at")),
        |lead| *lead = json!([]),
        |lead| *lead = json!(null),
    ] {
        assert_eq!(lead(&body(change)), None, "{}", body(change));
    }
    for text in ["{}", "[]", "7", "", "<html>", r#"{"data":"#, "{} {}"] {
        assert_eq!(lead(text), None, "{text}");
    }
}

/// A list whose elements and pages have required parts.
#[derive(Debug, PartialEq)]
struct Page {
    data: Vec<Item>,
    pagination: Option<Pagination>,
    extra: Extra,
}

object!(Page {
    required data "data",
    optional pagination "pagination",
    ..extra
});

#[derive(Debug, PartialEq)]
struct Item {
    id: u32,
    note: Option<String>,
    tags: Option<Vec<String>>,
    owner: Option<Owner>,
}

object!(Item {
    required id "id",
    optional note "note",
    optional owner "owner",
    optional tags "tags",
});

#[derive(Debug, PartialEq)]
struct Owner {
    name: Name,
}

object!(Owner {
    required name "name",
});

#[derive(Debug, PartialEq)]
struct Name {
    first: String,
}

object!(Name {
    required first "first",
});

#[derive(Debug, PartialEq)]
struct Pagination {
    has_more: bool,
}

object!(Pagination {
    required has_more "has_more",
});

fn page(body: &Value) -> Option<Salvaged<Page>> {
    salvage(body.to_string().as_bytes(), Envelope::None)
}

#[test]
fn an_element_goes_whole_if_its_required_part_cannot_be_read() {
    let bad = json!({"id": -1, "note": 7});
    let salvaged = page(&json!({
        "data": [{"id": 1}, bad, {"id": 3, "note": 7}, {}],
        "pagination": {"has_more": "no"},
        "total": 4,
    }))
    .expect("the list itself can be read");

    let ids: Vec<u32> = salvaged.value.data.iter().map(|item| item.id).collect();
    assert_eq!(ids, [1, 3]);
    assert_eq!(salvaged.value.pagination, None);
    assert_eq!(custom(&salvaged.value.extra, "total"), 4);
    assert_eq!(
        anomalies(&salvaged),
        [
            (
                "data[1]",
                "its required field `id` cannot be read: expected a whole number, found one out of range",
                bad.clone()
            ),
            (
                "data[2].note",
                "expected a string, found a number",
                json!(7)
            ),
            ("data[3]", "its required field `id` is missing", json!({})),
            (
                "pagination",
                "its required field `has_more` cannot be read: expected a boolean, found a string",
                json!({"has_more": "no"})
            ),
        ]
    );
}

#[test]
fn what_is_required_within_what_is_required_goes_as_far_up_as_it_must() {
    let salvaged = page(&json!({
        "data": [{"id": 1, "owner": {"name": {"first": 1}}, "note": "kept"}],
    }))
    .expect("an owner is optional");

    assert_eq!(salvaged.value.data[0].note.as_deref(), Some("kept"));
    assert_eq!(salvaged.value.data[0].owner, None);
    assert_eq!(salvaged.anomalies.len(), 1);
    assert_eq!(salvaged.anomalies[0].json_path, "data[0].owner");
}

#[test]
fn a_field_that_is_there_twice_is_taken_only_if_both_agree() {
    let twice = |second: &str| {
        body(|_| {}).replacen(
            r#""total_paid_cents":5000"#,
            &format!(r#""total_paid_cents":5000,"total_paid_cents":{second}"#),
            1,
        )
    };
    let agreed = lead(&twice("5000")).expect("the rest fits");
    assert_eq!(agreed.value.total_paid_cents, Some(5000));
    assert_eq!(agreed.anomalies.len(), 1);

    let disputed = lead(&twice("0")).expect("the rest fits");
    assert_eq!(disputed.value.total_paid_cents, None);
    let reason = "the field is there more than once, with different values";
    assert_eq!(
        anomalies(&disputed),
        [
            ("data.total_paid_cents", reason, json!(5000)),
            ("data.total_paid_cents", reason, json!(0)),
        ]
    );

    let required = body(|_| {}).replacen(r#""status""#, r#""status":"won","status""#, 1);
    assert_eq!(lead(&required), None);
}

#[test]
fn of_a_field_that_is_there_twice_and_unreadable_once_none_is_taken() {
    for (second, count) in [
        ("\"x\"", 2),
        ("1e999", 2),
        ("7,\"total_paid_cents\":\"x\"", 3),
    ] {
        let twice = format!(r#""total_paid_cents":5000,"total_paid_cents":{second}"#);
        let text = body(|_| {}).replacen(r#""total_paid_cents":5000"#, &twice, 1);
        let salvaged = lead(&text).expect("the rest fits");

        assert_eq!(salvaged.value.total_paid_cents, None, "{second}");
        assert_eq!(salvaged.anomalies.len(), count, "{second}");
    }
    let twice = r#""total_paid_cents":"x","total_paid_cents":"x""#;
    let text = body(|_| {}).replacen(r#""total_paid_cents":5000"#, twice, 1);
    assert_eq!(lead(&text).expect("the rest fits").anomalies.len(), 2);
}

#[test]
fn names_of_which_half_is_lost_are_kept_as_sent() {
    let names = r#""\ud800":2,"\ud83d\ude00":1"#;
    let text = body(|_| {}).replacen(r#""custom""#, &format!(r#"{names},"custom""#), 1);
    let salvaged = lead(&text).expect("it fits");

    assert_eq!(custom(&salvaged.value.extra, "😀"), 1);
    let half = salvaged
        .value
        .extra
        .iter()
        .find(|(name, _)| name.contains('\u{fffd}'));
    assert_eq!(half.map(|(_, value)| value.get()), Some("2"));
    assert_eq!(salvaged.anomalies, []);
}

#[test]
fn a_custom_field_that_is_there_twice_is_no_anomaly_as_the_last_one_counts() {
    let twice = body(|_| {}).replacen(r#""custom""#, r#""custom":1,"custom""#, 1);

    let salvaged = lead(&twice).expect("it fits");
    assert_eq!(
        custom(&salvaged.value.extra, "custom"),
        json!({"plan": "gold"})
    );
}

#[test]
fn custom_fields_that_a_value_cannot_hold_are_kept_as_sent() {
    let deep = "[".repeat(200) + &"]".repeat(200);
    let sent = format!(r#"[1,-1e999,"\ud800",{deep},{{"\udfff":1}}]"#);
    let text = body(|_| {}).replacen("5000", "1e999", 1);
    let text = text.replacen(r#"{"plan":"gold"}"#, &sent, 1);
    let salvaged = lead(&text).expect("the rest fits");

    let kept = salvaged.value.extra.get("custom");
    assert_eq!(kept.map(|kept| kept.get()), Some(&*sent));
    let reason = "expected a whole number, found one out of range";
    let expected = [("data.total_paid_cents", reason, json!("1e999"))];
    assert_eq!(anomalies(&salvaged), expected);
}

#[test]
fn few_anomalies_are_listed_and_their_text_is_cut() {
    let long = format!("\"{}\"", "é".repeat(5_000));
    let notes = vec![long; 300].join(",");
    let text = body(|_| {}).replacen(r#"{"content":"a"}"#, &notes, 1);
    let salvaged = lead(&text).expect("the rest fits");

    assert_eq!((salvaged.anomalies.len(), salvaged.omitted), (100, 200));
    let mut texts = salvaged.anomalies.iter().map(|found| &found.json);
    assert!(texts.all(|text| text.len() <= 4096 && text.ends_with("é…")));
}

#[test]
fn what_is_left_out_takes_no_memory_from_what_fits() {
    let notes = "0,".repeat(1_000_000) + r#"{"content":"a"}"#;
    let text = body(|_| {}).replacen(r#"{"content":"a"}"#, &notes, 1);
    let salvaged = lead(&text).expect("the rest fits");

    assert_eq!(salvaged.value.notes.as_ref().map(Vec::len), Some(3));
    assert_eq!(salvaged.omitted, 1_000_000 - 100);
}

#[test]
fn elements_that_take_far_more_memory_than_their_text_are_too_large() {
    let notes = vec!["{}"; 2_000_000].join(",");
    let text = body(|_| {}).replacen(r#"{"content":"a"}"#, &notes, 1);
    let read = decode::<Lead>(text.as_bytes(), Envelope::Data, Deadline::NEVER);
    assert!(
        matches!(read, Err(DecodeError::TooLarge)),
        "{:?}",
        read.err()
    );

    let salvaged = lead(&text).expect("the rest fits");
    let kept = salvaged
        .value
        .notes
        .as_ref()
        .map(Vec::len)
        .expect("some fit");
    assert_eq!(
        kept + salvaged.anomalies.len() + salvaged.omitted,
        2_000_002
    );
}

#[test]
fn a_page_of_small_leads_is_not_too_large() {
    let lead = json!({
        "id": "550e8400-e29b-41d4-a716-446655440000",
        "status": "new",
        "created_at": "2026-01-17T08:00:00Z",
        "updated_at": "2026-01-17T09:30:00Z",
    });
    let body = json!({"data": vec![lead; 10_000]}).to_string();
    let leads = decode::<Vec<Lead>>(body.as_bytes(), Envelope::Data, Deadline::NEVER);
    assert_eq!(leads.map(|leads| leads.len()).ok(), Some(10_000));
}

#[tokio::test(start_paused = true)]
async fn reading_ends_with_the_deadline() {
    use std::time::Duration;

    let second = Deadline::after(Duration::from_secs(1));
    let notes = "{},".repeat(5_000);
    let fits = body(|_| {}).replacen(r#"{"content":"a"}"#, &(notes.clone() + "{}"), 1);
    let misfit = body(|_| {}).replacen(r#"{"content":"a"}"#, &(notes + "0"), 1);
    let read = |text: &str| decode::<Lead>(text.as_bytes(), Envelope::Data, second);

    assert!(read(&fits).is_ok());
    assert!(matches!(
        read(&misfit),
        Err(DecodeError::SchemaMismatch { .. })
    ));
    tokio::time::advance(Duration::from_secs(1)).await;
    assert!(matches!(read(&fits), Err(DecodeError::TimedOut)));
    assert!(matches!(read(&misfit), Err(DecodeError::TimedOut)));
}

/// A value of itself.
#[derive(Debug, PartialEq)]
struct Tree {
    children: Option<Vec<Tree>>,
}

object!(Tree {
    optional children "children",
});

#[test]
fn both_readers_stop_at_the_same_depth() {
    for (levels, count) in [(63, 0), (64, 1), (10_000, 1)] {
        let text = r#"{"children":["#.repeat(levels) + &"]}".repeat(levels);
        let salvaged = salvage::<Tree>(text.as_bytes(), Envelope::None).expect("the rest fits");

        assert_eq!(salvaged.anomalies.len(), count, "{levels}");
        assert_eq!(
            fits::<Tree>(text.as_bytes(), Envelope::None),
            count == 0,
            "{levels}"
        );
    }
}

#[test]
fn no_reason_and_no_debug_quotes_a_value() {
    let salvaged = lead(&body(|lead| {
        lead["email"] = json!({"secret@example.com": 1});
        lead["metadata"] = json!("secret");
        lead["notes"] = json!(["secret", {"created_at": "secret"}]);
        lead["disqualification_data"] = json!({"triggering_field": ["secret"]});
    }))
    .expect("what is required fits");

    assert_eq!(salvaged.anomalies.len(), 5);
    let shown: String = salvaged
        .anomalies
        .iter()
        .map(|found| format!("{found}\n"))
        .collect();
    let shown = format!("{shown}{salvaged:?}{salvaged:#?}");
    assert!(
        !shown.contains("secret") && !shown.contains("Paris"),
        "{shown}"
    );
}

#[test]
fn any_json_is_read_as_sent() {
    let text = body(|lead| lead["total_paid_cents"] = json!("x"));
    let salvaged = salvage::<Json>(text.as_bytes(), Envelope::None).expect("it is JSON");

    assert_eq!(salvaged.value.get(), text);
    assert_eq!(salvaged.anomalies, []);
}

#[test]
fn a_lead_is_read_from_any_format() {
    let body: Value = serde_json::from_str(&body(|_| {})).expect("JSON");
    let lead: Lead = serde_json::from_value(body["data"].clone()).expect("it fits");

    assert_eq!(custom(&lead.extra, "custom"), json!({"plan": "gold"}));
    assert_eq!(json!(lead)["custom"], json!({"plan": "gold"}));
    let text = serde_json::to_string(&lead).expect("it can be written");
    assert_eq!(serde_json::from_str::<Lead>(&text).expect("it fits"), lead);
}

#[test]
fn deserializing_quotes_no_value_that_does_not_parse() {
    for (name, value) in [
        ("total_paid_cents", json!("secret")),
        ("created_at", json!("secret")),
        ("id", json!("secret")),
    ] {
        let body = body(|lead| lead[name] = value);
        let value: Value = serde_json::from_str(&body).expect("JSON");
        let error = serde_json::from_value::<Lead>(value["data"].clone()).expect_err(name);
        let error = error.to_string();
        assert!(error.contains("expected a"), "{error}");
        assert!(!error.contains("secret"), "{error}");
    }
}
