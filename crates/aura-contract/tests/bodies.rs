//! Which bodies fit, as they are written: what aura-client reads, and nothing else.

use std::time::{Duration, Instant};

use aura_contract::serde_json::{self, json};
use aura_contract::{Contract, Schema};

const NONE: [&str; 0] = [];

/// What is wrong with the body of a successful response with this lead.
fn lead(members: &str) -> Vec<String> {
    response(format!(
        r#"{{"data":{},"success":true}}"#,
        lead_json(members)
    ))
}

fn lead_json(members: &str) -> String {
    let time = "2026-01-17T08:00:00Z";
    format!(
        r#"{{"id":"550e8400-e29b-41d4-a716-446655440000","status":"new",
            "created_at":"{time}","updated_at":"{time}"{members}}}"#
    )
}

fn response(body: impl AsRef<[u8]>) -> Vec<String> {
    let contract = Contract::builtin();
    let operation = contract.operation("get_lead").expect("it is there");
    let problems = operation.check_response(200, body.as_ref());
    problems.iter().map(ToString::to_string).collect()
}

/// A component of a contract with what the real one doesn't have.
fn schema(name: &str) -> Schema {
    let document = json!({ "openapi": "3.0.3", "components": { "schemas": {
        "Tree": {
            "type": "object",
            "additionalProperties": true,
            "properties": {
                "branches": { "type": "array", "items": { "$ref": "#/components/schemas/Tree" } },
                "next": { "$ref": "#/components/schemas/Tree" }
            }
        },
        "Numbers": {
            "type": "object",
            "properties": {
                "plain": { "type": "integer" },
                "small": { "type": "integer", "format": "int32" },
                "other": { "type": "integer", "format": "uint64" },
                "share": { "type": "number" },
                "any": {},
                "choice": { "oneOf": [{ "type": "integer" }, { "type": "string" }] }
            }
        },
        "Labels": { "type": "object", "additionalProperties": { "type": "boolean" } },
        "Closed": { "type": "object", "additionalProperties": false, "properties": { "a": {} } },
        "Either": { "oneOf": [
            { "type": "object", "required": ["a"], "properties": { "a": { "type": "string" } } },
            { "type": "object", "required": ["b"], "properties": { "b": { "type": "string" } } }
        ] },
        "Both": { "allOf": [
            { "type": "object", "properties": { "a": { "type": "string" } } },
            { "type": "object", "properties": { "b": { "type": "string" } } }
        ] },
        "Set": { "type": "array", "uniqueItems": true, "items": { "type": "object" } }
    } } });
    let contract = Contract::from_json(&document.to_string()).expect("it is a contract");
    contract.schema(name).expect("it is there")
}

fn check(name: &str, body: impl AsRef<[u8]>) -> Vec<String> {
    let problems = schema(name).check_text(body.as_ref());
    problems.iter().map(ToString::to_string).collect()
}

fn nested(levels: usize) -> String {
    format!(
        r#"{}{{}}{}"#,
        r#"{"next":"#.repeat(levels - 1),
        "}".repeat(levels - 1)
    )
}

#[test]
fn takes_whole_numbers_written_with_a_fraction_of_zero() {
    for number in ["12345", "12345.0", "100.0", "1e2", "9223372036854775807.0"] {
        assert_eq!(
            lead(&format!(r#","total_paid_cents":{number}"#)),
            NONE,
            "{number}"
        );
    }
    for number in ["0", "-2147483648.0", "2.147483647e9"] {
        assert_eq!(
            check("Numbers", format!(r#"{{"small":{number}}}"#)),
            NONE,
            "{number}"
        );
    }
}

#[test]
fn rejects_fractions_for_whole_numbers() {
    let told = r#"body.data.total_paid_cents: the value is not of type "integer""#;
    for number in [
        "12345.5",
        "1e-1",
        "9007199254740992.5",
        "1e-400",
        "1.00000000000000000001",
    ] {
        assert_eq!(
            lead(&format!(r#","total_paid_cents":{number}"#)),
            [told],
            "{number}"
        );
    }
}

#[test]
fn rejects_whole_numbers_out_of_range() {
    for (name, number) in [
        ("plain", "9223372036854775808"),
        ("plain", "-9223372036854775809"),
        ("plain", "1e300"),
        ("plain", "1e999"),
        ("small", "2147483648.0"),
        ("small", "-2147483649"),
        ("other", "9223372036854775808"),
    ] {
        let problems = check("Numbers", format!(r#"{{"{name}":{number}}}"#));
        assert_eq!(problems.len(), 1, "{name} {number}: {problems:?}");
        assert!(problems[0].starts_with(name), "{problems:?}");
    }
}

#[test]
fn rejects_numbers_beyond_f64_where_the_contract_asks_for_one() {
    assert_eq!(
        check("Numbers", r#"{"share":-1e999}"#),
        ["share: the value is out of range"]
    );
    assert_eq!(check("Numbers", r#"{"share":1e308,"choice":7}"#), NONE);
    assert_eq!(check("Numbers", r#"{"choice":1e999}"#).len(), 1);
}

#[test]
fn takes_any_json_where_the_contract_says_nothing() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for json in ["1e999", r#""\ud800""#, r#"{"a":1,"a":2}"#, &deep] {
        assert_eq!(lead(&format!(r#","custom":{json}"#)), NONE);
        let value =
            format!(r#","disqualification_data":{{"triggering_field":{{"value":{json}}}}}"#);
        assert_eq!(lead(&value), NONE);
        assert_eq!(check("Numbers", format!(r#"{{"any":{json}}}"#)), NONE);
    }
    assert_eq!(lead(r#","\ud800":1"#), NONE, "a name");
}

#[test]
fn takes_date_times_and_uuids_in_each_form_that_the_client_reads() {
    let lead = lead_json("").replacen("2026-01-17T08:00:00Z", "2026-01-17 08:00:00 +0100", 1);
    let lead = lead.replace(
        "550e8400-e29b-41d4-a716-446655440000",
        "{550E8400-e29b-41d4-a716-446655440000}",
    );
    assert_eq!(
        response(format!(r#"{{"data":{lead},"success":true}}"#)),
        NONE
    );

    let lead = lead.replacen("2026-01-17 08:00:00 +0100", "2026-01-17", 1);
    assert_eq!(
        response(format!(r#"{{"data":{lead},"success":true}}"#)),
        [r#"body.data.created_at: the value is not a "date-time""#]
    );
}

#[test]
fn skips_one_byte_order_mark() {
    let body = format!(r#"{{"data":{},"success":true}}"#, lead_json(""));
    assert_eq!(response(format!("\u{feff}{body}")), NONE);
    assert_eq!(
        response(format!("\u{feff}\u{feff}{body}")),
        ["body: it is not JSON, from line 1, column 1"]
    );
}

#[test]
fn takes_success_only_if_it_is_true() {
    let body = |success: &str| format!(r#"{{"data":{},"success":{success}}}"#, lead_json(""));
    assert_eq!(response(body("true")), NONE);
    for success in ["false", "0", "1", r#""true""#, "null"] {
        let problems = response(body(success));
        assert!(!problems.is_empty(), "{success}");
        for problem in problems {
            assert!(problem.starts_with("body.success: "), "{problem}");
        }
    }
}

#[test]
fn rejects_duplicates_of_names_of_the_contract() {
    assert_eq!(
        lead(r#","status":"new""#),
        ["body.data.status: it is there more than once"]
    );
    assert_eq!(
        lead(r#","notes":[{},{"content":"a","c\u006fntent":null}]"#),
        ["body.data.notes[1].content: it is there more than once"],
    );
    let lead = lead_json("");
    assert_eq!(
        response(format!(
            r#"{{"data":{lead},"success":true,"success":true}}"#
        )),
        ["body.success: it is there more than once"]
    );
    assert_eq!(
        check("Both", r#"{"a":"","b":"","b":"","a":""}"#),
        [
            "b: it is there more than once",
            "a: it is there more than once"
        ]
    );
    assert_eq!(
        check("Either", r#"{"b":"","b":""}"#),
        ["b: it is there more than once"]
    );
}

#[test]
fn takes_duplicates_of_other_names() {
    assert_eq!(lead(r#","custom":1,"custom":"two""#), NONE);
    assert_eq!(check("Labels", r#"{"a":true,"a":false}"#), NONE);
    // Each of them is read.
    assert_eq!(
        check("Labels", r#"{"a":7,"a":false}"#),
        [r#"*: the value is not of type "boolean""#]
    );
}

#[test]
fn rejects_text_that_is_not_unicode_where_the_contract_names_it() {
    assert_eq!(
        lead(r#","email":"\ud800""#),
        ["body.data.email: the value is not Unicode"]
    );
    assert_eq!(
        check("Labels", r#"{"\ud800":true}"#),
        ["*: its name is not Unicode"]
    );
    assert_eq!(lead(r#","email":"\ud83d\ude00""#), NONE);
}

#[test]
fn follows_127_levels_of_what_the_contract_describes() {
    assert_eq!(check("Tree", nested(127)), NONE);
    for levels in [128, 10_000] {
        let problems = check("Tree", nested(levels));
        let place = ["next"; 127].join(".");
        assert_eq!(problems, [format!("{place}: it is nested too deeply")]);
    }
    let below = format!(r#"{{"custom":{}}}"#, nested(10_000));
    assert_eq!(check("Tree", below), NONE);
}

#[test]
fn tells_what_is_not_json_by_its_place() {
    for (body, place) in [
        ("", "line 1, column 0"),
        ("{\n\"a\":1,\n}", "line 3, column 1"),
        ("{} {}", "line 1, column 4"),
        (r#"{"secret":"#, "line 1, column 10"),
    ] {
        let told = format!("it is not JSON, from {place}");
        assert_eq!(check("Tree", body), [told], "{body}");
    }
    let problems = check("Tree", b"{\"a\":\"caf\xe9\"}");
    assert!(problems[0].starts_with("it is not JSON"), "{problems:?}");
}

#[test]
fn quotes_neither_values_nor_names_that_the_body_chooses() {
    for (name, body, told) in [
        (
            "Labels",
            r#"{"secret":"secret"}"#,
            r#"*: the value is not of type "boolean""#,
        ),
        (
            "Labels",
            r#"{"7":{"secret":1}}"#,
            r#"*: the value is not of type "boolean""#,
        ),
        (
            "Closed",
            r#"{"a":1,"secret":1}"#,
            "it has a property that is not allowed",
        ),
        (
            "Closed",
            r#"{"secret":1,"more":1}"#,
            "it has 2 properties that are not allowed",
        ),
        (
            "Tree",
            r#"{"branches":[{},"secret"]}"#,
            r#"branches[1]: the value is not of type "object""#,
        ),
    ] {
        assert_eq!(check(name, body), [told], "{body}");
        let value: serde_json::Value = serde_json::from_str(body).expect("it is JSON");
        let problems = schema(name).check(&value);
        let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems, [told], "{body}, as a value");
    }
}

#[test]
fn tells_custom_members_apart() {
    assert_eq!(check("Set", r#"[{"a":1e999},{"a":2e999}]"#), NONE);
    assert_eq!(check("Set", r#"[{"a":1e999},{"a":1e999}]"#).len(), 1);
}

#[test]
fn checks_the_response_of_the_status_that_came() {
    let contract = Contract::builtin();
    let get = contract.operation("get_lead").expect("it is there");
    let error = br#"{"success":false,"error":"Lead not found","code":"NOT_FOUND"}"#;
    assert_eq!(get.check_response(404, error), []);
    assert_eq!(get.check_response(599, error), [], "the default");
    assert_ne!(get.check_response(200, error), []);
    let empty = get.check_response(200, b"");
    assert_eq!(empty[0].to_string(), "body: it is required");
}

#[test]
fn lists_100_problems_of_a_hostile_body_in_linear_time() {
    let began = Instant::now();
    let wrong = format!(r#"{{"branches":[{}0]}}"#, "0,".repeat(100_000));
    assert_eq!(check("Tree", wrong).len(), 100);
    let texts = vec![r#""\ud800""#; 100_000].join(",");
    assert_eq!(
        lead(&format!(r#","notes":[{{"content":{texts}}}]"#)).len(),
        1,
        "no JSON"
    );
    let repeated = r#","status":"new""#.repeat(100_000);
    assert_eq!(lead(&repeated).len(), 100);
    let others = r#","custom":1"#.repeat(100_000);
    assert_eq!(lead(&others), NONE);
    let labels = format!(r#"{{{}"a":true}}"#, r#""a":true,"#.repeat(100_000));
    assert_eq!(check("Labels", labels), NONE);
    // 127 levels around a megabyte.
    let text = "x".repeat(1 << 20);
    let deep = nested(127).replacen("{}", &format!(r#"{{"custom":"{text}"}}"#), 1);
    assert_eq!(check("Tree", deep), NONE);
    assert!(
        began.elapsed() < Duration::from_secs(60),
        "{:?}",
        began.elapsed()
    );
}
