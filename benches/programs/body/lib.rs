//! The body of a lead, of any size: the contract's example with notes and custom fields added.

use serde_json::{Value, json};

const EXAMPLE: &str = include_str!("lead.json");

const NOTE: &str = "Called back at 4 p.m. and spoke about the spring offer: wants the yearly plan, \
                    asks for a quote by Friday. \u{201c}Sounds good\u{201d}, he says.\nNext step: send it.";

/// The example with as many notes as make it at least so long. Every fourth note comes with a custom
/// field of the lead, every other one with a custom field of its own.
pub fn of_size(bytes: usize) -> String {
    let mut body: Value = serde_json::from_str(EXAMPLE).expect("the example is JSON");
    let mut length = body.to_string().len();
    let lead = &mut body["data"];
    for number in 0.. {
        if length >= bytes {
            break;
        }
        let mut note = json!({
            "content": format!("{number}: {NOTE}"),
            "created_at": "2026-05-08T14:23:11.000Z",
            "user_id": "user_2abcDEFghiJKL",
        });
        if number % 2 == 0 {
            note["channel"] = json!("phone");
        }
        length += note.to_string().len() + 1;
        lead["notes"].as_array_mut().expect("a list").push(note);
        if number % 4 == 0 {
            let custom =
                json!({"label": "Budget", "value": number, "options": ["low", "mid", "high"]});
            length += custom.to_string().len() + 18;
            lead["metadata"][format!("custom_{number:06}")] = custom;
        }
    }
    body.to_string()
}
