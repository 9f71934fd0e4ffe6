//! What holds for any file of ids.

use std::ops::ControlFlow;

use aura_client::uuid::Uuid;
use bolero::{TypeGenerator, check};

use super::file::each;
use super::{Entry, Failure};

fn read(text: &[u8]) -> (Vec<Entry>, Result<(), Failure>) {
    let mut entries = Vec::new();
    let ended = each("ids", text, &mut |entry| {
        entries.push(entry);
        ControlFlow::Continue(())
    });
    (entries, ended)
}

fn is_line(text: &str) -> bool {
    text.chars().count() < 300 && !text.contains(char::is_control)
}

/// The lines count upwards, and what is wrong is told on one line.
fn is_told(text: &[u8]) -> Vec<Entry> {
    let (entries, ended) = read(text);
    let lines: Vec<_> = entries.iter().map(|entry| entry.line).collect();
    assert!(lines.is_sorted_by(|one, next| one < next), "{lines:?}");
    let failures = entries.iter().filter_map(|entry| entry.id.as_ref().err());
    for failure in failures.chain(ended.as_ref().err()) {
        assert!(is_line(&failure.to_string()), "{failure}");
    }
    entries
}

#[test]
fn any_file_is_read_or_told_what_is_wrong() {
    check!().for_each(|text: &[u8]| {
        is_told(text);
        is_told(&[b"id,note\n", text].concat());
        is_told(&[b"{\"id\":\"", text].concat());
    });
}

/// A row of CSV, with a cell beside the id.
type Row = (u128, String);

#[derive(Debug, TypeGenerator)]
enum Form {
    Lines,
    Csv,
    Ndjson,
}

#[test]
fn each_id_of_a_file_is_given_once_and_in_its_order() {
    let file = check!().with_type::<(Form, Vec<Row>)>();
    file.for_each(|(form, rows)| {
        let mut text = match form {
            Form::Csv => b"note,id\n".to_vec(),
            _ => Vec::new(),
        };
        for (id, note) in rows {
            let id = Uuid::from_u128(*id).to_string();
            text.extend(match form {
                Form::Lines => format!("{id}\n").into_bytes(),
                // A comment would be left out, as it should be.
                Form::Csv => crate::csv_record::row(&[format!("x{note}"), id]),
                Form::Ndjson => format!("{}\n", serde_json::json!({"note": note, "id": id})).into(),
            });
        }
        let ids: Vec<u128> = is_told(&text)
            .into_iter()
            .filter_map(|entry| entry.id.ok())
            .map(|id| id.as_u128())
            .collect();
        let wanted: Vec<u128> = rows.iter().map(|(id, _)| *id).collect();
        assert_eq!(ids, wanted);
    });
}
