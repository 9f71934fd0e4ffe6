//! What holds for any file of ids.

use std::io::Cursor;
use std::ops::ControlFlow;

use aura_client::uuid::Uuid;
use bolero::{TypeGenerator, check};
use serde_json::{Value, json};

use super::entry::Entry;
use super::source::Source;
use crate::csv_record;
use crate::failure::Failure;

fn read(text: &[u8]) -> (Vec<Entry>, Result<(), Failure>) {
    let mut entries = Vec::new();
    let reader = Box::new(Cursor::new(text.to_vec()));
    let ended = Source::open("ids", reader, None).and_then(|source| {
        source.each(&mut |entry| {
            entries.push(entry);
            ControlFlow::Continue(())
        })
    });
    (entries, ended)
}

fn is_line(text: &str) -> bool {
    text.chars().count() < 300 && !text.contains(char::is_control)
}

/// The lines never count downwards, and what is wrong is told on one line.
fn is_told(text: &[u8]) -> Vec<Entry> {
    let (entries, ended) = read(text);
    let lines: Vec<_> = entries.iter().map(|entry| entry.line).collect();
    assert!(lines.is_sorted(), "{lines:?}");
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
        is_told(&[b"[\"x\", {", text].concat());
    });
}

/// A row of CSV, with a cell beside the id.
type Row = (u128, String);

#[derive(Clone, Copy, Debug, TypeGenerator)]
enum Form {
    Lines,
    Csv,
    Ndjson,
    Array,
    Pretty,
    PrettyArray,
}

/// A file of this form, as programs write them.
fn file(form: Form, rows: &[Row]) -> Vec<u8> {
    let texts = || {
        rows.iter()
            .map(|(id, note)| (Uuid::from_u128(*id).to_string(), note))
    };
    let objects: Vec<Value> = texts()
        .map(|(id, note)| json!({"note": note, "id": id}))
        .collect();
    let lines = |pretty: bool| -> Vec<u8> {
        let line = |object: &Value| match pretty {
            true => format!("{object:#}\n"),
            false => format!("{object}\n"),
        };
        objects.iter().map(line).collect::<String>().into_bytes()
    };
    match form {
        Form::Lines => texts()
            .map(|(id, _)| id + "\n")
            .collect::<String>()
            .into_bytes(),
        Form::Csv => {
            let rows = texts().map(|(id, note)| csv_record::row(&[note.clone(), id]));
            [b"note,id\n".to_vec()]
                .into_iter()
                .chain(rows)
                .flatten()
                .collect()
        }
        Form::Ndjson => lines(false),
        Form::Pretty => lines(true),
        Form::Array => Value::from(objects).to_string().into_bytes(),
        Form::PrettyArray => format!("{:#}", Value::from(objects)).into_bytes(),
    }
}

#[test]
fn each_id_of_a_file_is_given_once_and_in_its_order() {
    check!()
        .with_type::<(Form, Vec<Row>)>()
        .for_each(|(form, rows)| {
            // A NUL is in no text.
            let rows: Vec<Row> = rows
                .iter()
                .map(|(id, note)| (*id, note.replace('\0', "0")))
                .collect();
            let ids: Vec<u128> = is_told(&file(*form, &rows))
                .into_iter()
                .filter_map(|entry| entry.id.ok())
                .map(|id| id.as_u128())
                .collect();
            let wanted: Vec<u128> = rows.iter().map(|(id, _)| *id).collect();
            assert_eq!(ids, wanted);
        });
}
