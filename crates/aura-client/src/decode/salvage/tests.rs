//! What is salvaged, and what is not.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Salvaged;
use crate::decode::{Shape, salvage, strict};
use crate::types::Lead;

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
    let strict = strict::<Lead>(body.as_bytes(), Shape::Data).is_ok();
    let salvaged = salvage::<Lead>(body.as_bytes(), Shape::Data);
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
        .map(|found| (&*found.json_path, &*found.reason, found.value.clone()))
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
    assert_eq!(lead.extra["custom"], json!({"plan": "gold"}));
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
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Page {
    data: Vec<Item>,
    pagination: Option<Pagination>,
    #[serde(flatten)]
    extra: serde_json::Map<String, Value>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Item {
    id: u8,
    note: Option<String>,
    tags: Option<Vec<String>>,
    point: Option<(f64, f64)>,
    owner: Option<Owner>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Owner {
    name: Name,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Name {
    first: String,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Pagination {
    has_more: bool,
}

fn page(body: &Value) -> Option<Salvaged<Page>> {
    salvage(body.to_string().as_bytes(), Shape::Whole)
}

#[test]
fn an_element_goes_whole_if_its_required_part_cannot_be_read() {
    let bad = json!({"id": 256, "note": 7});
    let salvaged = page(&json!({
        "data": [{"id": 1}, bad, {"id": 3, "note": 7}, {}],
        "pagination": {"has_more": "no"},
        "total": 4,
    }))
    .expect("the list itself can be read");

    let ids: Vec<u8> = salvaged.value.data.iter().map(|item| item.id).collect();
    assert_eq!(ids, [1, 3]);
    assert_eq!(salvaged.value.pagination, None);
    assert_eq!(salvaged.value.extra["total"], 4);
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
fn a_tuple_is_whole_or_not_there() {
    let salvaged = page(&json!({"data": [
        {"id": 1, "point": [1.5, 2.5], "note": 0},
        {"id": 2, "point": [1.5, "x"]},
        {"id": 3, "point": [1, 2, 3]},
        {"id": 4, "point": [1]},
    ]}))
    .expect("points are optional");

    let points: Vec<_> = salvaged.value.data.iter().map(|item| item.point).collect();
    assert_eq!(points, [Some((1.5, 2.5)), None, None, None]);
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
fn names_of_which_half_is_lost_are_not_taken_for_others() {
    for names in [r#""\ud800":2,"\ufffd":1"#, r#""\ufffd":1,"\ud800":2"#] {
        let names = names.replace("\\ufffd", "\u{fffd}\u{fffd}\u{fffd}");
        let text = body(|_| {}).replacen(r#""custom""#, &format!(r#"{names},"custom""#), 1);
        let salvaged = lead(&text).expect("the rest fits");

        assert_eq!(salvaged.value.extra["\u{fffd}\u{fffd}\u{fffd}"], 1);
        assert_eq!(salvaged.anomalies.len(), 1);
        assert_eq!(salvaged.anomalies[0].value, json!(2));
    }
}

#[test]
fn what_lies_too_deep_to_be_told_apart_goes_with_what_holds_it() {
    let deep = format!("{}1e999{}", "[".repeat(100), "]".repeat(100));
    let text = body(|_| {}).replacen(r#"{"plan":"gold"}"#, &deep, 1);
    let salvaged = lead(&text).expect("the rest fits");

    assert_eq!(salvaged.anomalies.len(), 1);
    let left_out = salvaged.anomalies[0].value.as_str().expect("its text");
    assert!(left_out.contains("1e999"), "nothing is lost: {left_out}");
}

#[test]
fn a_custom_field_that_is_there_twice_is_no_anomaly_as_the_last_one_counts() {
    let twice = body(|_| {}).replacen(r#""custom""#, r#""custom":1,"custom""#, 1);

    let salvaged = lead(&twice).expect("it fits");
    assert_eq!(salvaged.value.extra["custom"], json!({"plan": "gold"}));
}

#[test]
fn json_that_cannot_be_held_is_left_out_as_its_text() {
    let deep = "[".repeat(200) + &"]".repeat(200);
    let text = body(|_| {}).replacen("5000", "1e999", 1).replacen(
        r#"{"plan":"gold"}"#,
        &format!(r#"[1,-1e999,"\ud800",{deep},{{"\udfff":1}}]"#),
        1,
    );
    let salvaged = lead(&text).expect("the rest fits");

    assert_eq!(salvaged.value.total_paid_cents, None);
    let custom = &salvaged.value.extra["custom"];
    assert_eq!(custom[0], 1);
    let found = anomalies(&salvaged);
    let reason = |path: &str| {
        let found = found.iter().find(|found| found.0 == path);
        found.map(|found| found.1)
    };
    assert_eq!(reason("data.total_paid_cents"), Some("a number too large"));
    assert_eq!(reason("data.custom[1]"), Some("a number too large"));
    assert_eq!(reason("data.custom[2]"), Some("text that is not Unicode"));
    assert!(found.iter().any(|found| found.1 == "nested too deeply"));
    assert!(found.iter().any(|found| found.2 == json!("-1e999")));
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
fn anything_else_can_be_asked_for_as_well() {
    let text = body(|lead| lead["total_paid_cents"] = json!("x"));
    let salvaged = salvage::<Value>(text.as_bytes(), Shape::Data).expect("it is JSON");

    assert_eq!(salvaged.value["total_paid_cents"], "x");
    assert!(salvaged.anomalies.is_empty());
}

/// Steps that reading takes, as the number of values that a type's own code is given.
#[test]
fn the_work_grows_as_the_body_does() {
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
    static READ: AtomicUsize = AtomicUsize::new(0);

    #[derive(Debug)]
    struct Counted;
    impl<'de> Deserialize<'de> for Counted {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            READ.fetch_add(1, Relaxed);
            bool::deserialize(deserializer).map(|_| Self)
        }
    }
    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only reading counts")]
    struct Element {
        id: Counted,
        bad: Option<Counted>,
        tags: Option<Vec<Counted>>,
    }
    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only reading counts")]
    struct List {
        first: Counted,
        data: Vec<Element>,
        again: Option<Counted>,
        map: std::collections::BTreeMap<String, Counted>,
        #[serde(flatten)]
        extra: std::collections::BTreeMap<String, Counted>,
    }
    let read = |n: usize| {
        let element = json!({"id": true, "bad": "x", "tags": [true, 1, true, 2]});
        let map: Value = (0..n)
            .map(|i| {
                (
                    i.to_string(),
                    match i % 2 {
                        0 => json!(true),
                        _ => json!(0),
                    },
                )
            })
            .collect::<serde_json::Map<_, _>>()
            .into();
        let mut list = json!({"first": true, "data": vec![element; n], "map": map});
        for i in 0..n {
            list[format!("custom{i}")] = json!(true);
        }
        let repeated = r#""again":"x","#.repeat(n);
        let text = list.to_string().replacen('{', &format!("{{{repeated}"), 1);
        READ.store(0, Relaxed);
        let salvaged = salvage::<List>(text.as_bytes(), Shape::Whole);
        assert_eq!(salvaged.expect("a list").anomalies.len(), 4 * n + n / 2);
        READ.load(Relaxed)
    };
    let (small, large) = (read(100), read(1_000));
    assert!(large < small * 11, "{small} values read, then {large}");
}
