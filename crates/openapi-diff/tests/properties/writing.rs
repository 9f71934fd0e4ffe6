//! One contract written in two ways is one contract.

use bolero::check;
use openapi_diff::Compatibility;

use super::model::{Contract, Style};
use super::{compared, listed, wire};
use serde_json::Value;

#[test]
fn any_style_means_the_same_on_the_wire() {
    check!()
        .with_type::<(Contract, Style)>()
        .for_each(|(contract, style)| {
            let (plain, other) = (contract.written(Style::PLAIN), contract.written(*style));
            for (base, head) in [(&plain, &other), (&other, &plain)] {
                let found = compared(base, head);
                assert!(
                    wire(&found) <= Compatibility::Docs,
                    "{}{base}\n{head}",
                    listed(&found)
                );
            }
        });
}

#[test]
fn the_order_of_keys_means_nothing() {
    check!().with_type::<Contract>().for_each(|contract| {
        let plain = contract.written(Style::PLAIN);
        let other = contract.written(Style {
            reversed: true,
            ..Style::PLAIN
        });
        let found = compared(&plain, &other);
        assert!(
            found.changes.is_empty(),
            "{}{plain}\n{other}",
            listed(&found)
        );
    });
}

#[test]
fn yaml_and_json_mean_the_same() {
    check!().with_type::<Contract>().for_each(|contract| {
        let json = contract.document(Style::PLAIN);
        let found = compared(&yaml(&json), &json.to_string());
        assert!(found.changes.is_empty(), "{}{json}", listed(&found));
    });
}

/// The value in YAML, a line for each scalar.
fn yaml(value: &Value) -> String {
    fn write(out: &mut String, value: &Value, indent: usize) {
        let margin = " ".repeat(indent);
        let one = |out: &mut String, start: String, value: &Value| match value {
            Value::Object(map) if !map.is_empty() => {
                *out += &format!("{margin}{start}\n");
                write(out, value, indent + 2);
            }
            Value::Array(list) if !list.is_empty() => {
                *out += &format!("{margin}{start}\n");
                write(out, value, indent + 2);
            }
            plain => *out += &format!("{margin}{start} {plain}\n"),
        };
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    one(out, format!("{}:", Value::from(key.as_str())), value);
                }
            }
            Value::Array(list) => list.iter().for_each(|value| one(out, "-".into(), value)),
            plain => *out += &format!("{margin}{plain}\n"),
        }
    }
    let mut out = String::new();
    write(&mut out, value, 0);
    out
}
