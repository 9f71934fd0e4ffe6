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

/// In which order the members of each object stand.
#[derive(Clone, Copy, PartialEq)]
pub enum Order {
    /// By name, as the contract has them.
    Sorted,
    /// At random, but always the same.
    Shuffled,
    /// So that a member never comes right behind the one that it follows in the contract.
    Reversed,
}

/// The same body with the members of all objects in another order.
pub fn in_order(body: &str, order: Order) -> String {
    let body: Value = serde_json::from_str(body).expect("a body is JSON");
    let mut text = String::new();
    write(&body, order, &mut 1, &mut text);
    text
}

fn write(value: &Value, order: Order, random: &mut u32, text: &mut String) {
    match value {
        Value::Object(object) => {
            let mut members: Vec<_> = object.iter().collect();
            match order {
                Order::Sorted => {}
                Order::Shuffled => members.sort_by_cached_key(|_| next(random)),
                Order::Reversed => members.reverse(),
            }
            let mut before = '{';
            for (name, value) in members {
                text.push(before);
                text.push_str(&json!(name).to_string());
                text.push(':');
                write(value, order, random, text);
                before = ',';
            }
            text.push_str(if before == '{' { "{}" } else { "}" });
        }
        Value::Array(array) => {
            text.push('[');
            for (index, value) in array.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write(value, order, random, text);
            }
            text.push(']');
        }
        leaf => text.push_str(&leaf.to_string()),
    }
}

/// The next of a row of numbers that look like random ones (xorshift).
fn next(random: &mut u32) -> u32 {
    *random ^= *random << 13;
    *random ^= *random >> 17;
    *random ^= *random << 5;
    *random
}
