//! What an earlier run has written to a file, which may have been ended at any moment.

use std::io::{self, BufRead, BufReader, Read};

use aura_client::uuid::Uuid;
use csv::ByteRecord;
use serde::de::IgnoredAny;

use crate::csv_record::{cells, row};
use crate::ids::SeenIds;
use crate::node::Node;
use crate::text::BOM;

/// The longest record: more than any lead has, and little enough for memory.
const LONGEST: usize = 64 * 1024 * 1024;

/// What the records of a file look like.
#[derive(Debug)]
pub enum Records {
    /// A JSON object a line.
    Ndjson,
    /// CSV with these columns.
    Csv(Vec<String>),
    /// Nothing that could be resumed.
    Other,
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Found {
    /// The ids of the whole records.
    pub seen: SeenIds,
    /// Where the last whole one ends.
    pub end: u64,
}

impl Records {
    /// Reads a file to its end, a record at a time. An error says why it can't be an earlier
    /// output; a last record whose end was never written is no error.
    pub fn read(&self, file: impl Read) -> Result<Found, String> {
        let mut reader = BufReader::new(file);
        let mut found = Found::default();
        let mut record = Vec::new();
        let mut number = 1_u64;
        while self
            .next(&mut reader, &mut record)
            .map_err(|error| format!("it cannot be read: {error}"))?
        {
            let id = match self {
                Self::Other => Err("cannot be resumed: only NDJSON and CSV can"),
                Self::Ndjson => id_of_object(&record).map(Some),
                Self::Csv(columns) if number == 1 => match cells(&record, b',') == *columns {
                    true => Ok(None),
                    false => Err("has other columns"),
                },
                Self::Csv(columns) => id_of_row(&cells(&record, b','), columns).map(Some),
            };
            if let Some(id) = id.map_err(|what| format!("record {number} {what}"))? {
                found.seen.insert(id);
            }
            found.end += record.len() as u64;
            number += 1;
        }
        match record.is_empty() || self.may_go_on(&record, number) {
            true => Ok(found),
            false => Err(format!("record {number} is not a lead")),
        }
    }

    /// Reads the next record; false if its end is not there.
    fn next(&self, reader: &mut impl BufRead, record: &mut Vec<u8>) -> io::Result<bool> {
        record.clear();
        let mut in_quotes = false;
        loop {
            let before = record.len();
            let limit = (LONGEST - before) as u64;
            reader.by_ref().take(limit).read_until(b'\n', record)?;
            if record.len() == LONGEST {
                return Err(io::Error::other("a record is too long"));
            }
            let line = &record[before..];
            // In what a run writes, quotation marks come in pairs.
            let marks = line.iter().filter(|byte| **byte == b'"').count();
            in_quotes ^= matches!(self, Self::Csv(_)) && !marks.is_multiple_of(2);
            if !line.ends_with(b"\n") || !in_quotes {
                return Ok(line.ends_with(b"\n"));
            }
        }
    }

    /// Whether a record that isn't whole may be the beginning of one of ours.
    fn may_go_on(&self, record: &[u8], number: u64) -> bool {
        match self {
            Self::Other => false,
            Self::Ndjson => {
                let is_whole = serde_json::from_slice::<IgnoredAny>(record).is_ok();
                record.starts_with(b"{") && (!is_whole || id_of_object(record).is_ok())
            }
            Self::Csv(columns) if number == 1 => {
                let header = row(columns);
                header.starts_with(record) || [BOM, &header].concat().starts_with(record)
            }
            Self::Csv(_) => true,
        }
    }
}

/// The last, if there are several: a lead is written as it came.
fn id_of_object(record: &[u8]) -> Result<Uuid, &'static str> {
    let id = Node::read(record).and_then(|lead| lead.member("id")?.string());
    id.and_then(|id| Uuid::try_parse(&id).ok())
        .ok_or("is not a JSON object with a lead's id")
}

fn id_of_row(cells: &ByteRecord, columns: &[String]) -> Result<Uuid, &'static str> {
    if cells.len() != columns.len() {
        return Err("has another number of columns");
    }
    let id = columns.iter().zip(cells).find(|(name, _)| *name == "id");
    let id = id.and_then(|(_, id)| Uuid::try_parse_ascii(id).ok());
    id.ok_or("has no id of a lead")
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "550e8400-e29b-41d4-a716-446655440000";
    const B: &str = "550e8400-e29b-41d4-a716-446655440001";

    fn csv() -> Records {
        Records::Csv(["note", "id"].map(str::to_owned).into())
    }

    /// Cuts a file at each byte: what is found ends with a whole record, and has its leads.
    fn cut_anywhere(records: &Records, whole: &[&str]) {
        let text = whole.concat();
        for cut in 0..=text.len() {
            let found = records.read(&text.as_bytes()[..cut]);
            let found = found.unwrap_or_else(|why| panic!("cut at {cut}: {why}"));
            let mut end = 0;
            let kept = whole.iter().take_while(|record| {
                let fits = end + record.len() <= cut;
                end += if fits { record.len() } else { 0 };
                fits
            });
            let leads = kept.filter(|record| record.contains("550e")).count();
            assert_eq!(
                (found.end, found.seen.len()),
                (end as u64, leads),
                "cut at {cut}"
            );
        }
    }

    #[test]
    fn whole_records_are_kept_wherever_a_run_was_ended() {
        let (a, b) = (
            format!("{{\"id\":\"{A}\",\"x\":{{}}}}\n"),
            format!("{{\"y\":\"é\",\"id\":\"{B}\"}}\n"),
        );
        cut_anywhere(&Records::Ndjson, &[&a, &b]);

        let a = format!("\"two\nlines, and \"\"quotes\"\"\n\",{A}\n");
        let b = format!("é,{B}\n");
        cut_anywhere(&csv(), &["note,id\n", &a, &b]);
    }

    #[test]
    fn a_lead_is_found_again_however_odd_it_came() {
        for lead in [
            format!(r#"{{"id":"{A}","id":"{A}"}}"#),
            format!(r#"{{"id":"{B}","\ud800":"\ud800","id":"{A}"}}"#),
        ] {
            let found = Records::Ndjson.read(format!("{lead}\n").as_bytes());
            let mut seen = found.expect("a run may have written it").seen;
            assert!(!seen.insert(A.parse().expect("a UUID")), "{lead}");
        }
    }

    #[test]
    fn a_file_that_is_something_else_is_refused() {
        for text in [
            "hello",
            "hello\n",
            "{\"id\":1}\n",
            "{\"config\":true}",
            "{\n  \"id\": \"x\"\n}\n",
            "[",
        ] {
            assert!(Records::Ndjson.read(text.as_bytes()).is_err(), "{text:?}");
        }
        for text in [
            "hello",
            "id,note\n",
            "note,id,x\n",
            "note,id\nx\n",
            "note,id\nx,y\n",
            "note,id\nx,y,z\n",
        ] {
            assert!(csv().read(text.as_bytes()).is_err(), "{text:?}");
        }
        assert!(Records::Other.read(&b"[\n"[..]).is_err());
    }
}
