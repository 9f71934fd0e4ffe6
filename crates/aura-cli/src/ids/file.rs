//! A file of ids: plain lines, CSV or NDJSON, told apart by the first line.

use std::io::{BufReader, Read};
use std::ops::ControlFlow;

use aura_client::uuid::Uuid;

use super::lines::{Lines, is_comment};
use super::{Entry, entry, invalid};
use crate::csv_record::CsvRecord;
use crate::failure::Failure;
use crate::node::Node;

/// The column or key where an id stands.
const ID: &str = "id";
/// What separates the columns of CSV, as programs around the world write it.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

type Give<'a> = &'a mut dyn FnMut(Entry) -> ControlFlow<()>;

/// Gives the ids of a source, in its order, until there are no more or no more are wanted.
pub fn each(name: &str, source: impl Read, give: Give) -> Result<(), Failure> {
    let mut lines = Lines::new(BufReader::new(source));
    let unread = |error| Failure::local(format!("{name} could not be read: {error}"));
    let (number, first) = loop {
        match lines.next().map_err(unread)? {
            None => return Ok(()),
            Some((_, line)) if is_comment(line) => {}
            Some((number, line)) => break (number, line.to_vec()),
        }
    };
    if let Some((delimiter, column)) = columns(&first) {
        let column = column
            .ok_or_else(|| Failure::usage(format!("{name}:{number}: there is no column `{ID}`")))?;
        let mut record = CsvRecord::new(delimiter);
        while let Some(number) = lines.next_record(&mut record).map_err(unread)? {
            let id = record.cells().nth(column).unwrap_or_default();
            if give(entry(name, number, &String::from_utf8_lossy(id))).is_break() {
                break;
            }
        }
        return Ok(());
    }
    let each = if first.trim_ascii_start().starts_with(b"{") {
        object
    } else {
        plain
    };
    let mut line = Some((number, &first[..]));
    while let Some((number, text)) = line {
        if !is_comment(text) && give(each(name, number, text)).is_break() {
            break;
        }
        line = lines.next().map_err(unread)?;
    }
    Ok(())
}

/// If the first line is the header of CSV: its delimiter, and the column of ids if there is one.
fn columns(header: &[u8]) -> Option<(u8, Option<usize>)> {
    if header.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    let names = |delimiter| cells(header, delimiter);
    let there = DELIMITERS
        .iter()
        .filter(|delimiter| header.contains(delimiter));
    let with_id = there.chain(&DELIMITERS[..1]).find_map(|&delimiter| {
        let names = names(delimiter)?;
        let column = names
            .iter()
            .position(|name| name.eq_ignore_ascii_case(ID.as_bytes()))?;
        Some((delimiter, Some(column)))
    });
    let has_columns = || {
        // Not a list of ids by mistake in one line, which is told as such.
        let names = names(DELIMITERS[0])?;
        let ids = names.iter().any(|name| Uuid::try_parse_ascii(name).is_ok());
        (names.len() > 1 && !ids).then_some((DELIMITERS[0], None))
    };
    with_id.or_else(has_columns)
}

/// The names in a header of one line.
fn cells(header: &[u8], delimiter: u8) -> Option<Vec<Vec<u8>>> {
    let mut record = CsvRecord::new(delimiter);
    let is_whole = record.push(header) || record.push(b"\n");
    let cells = record.cells();
    is_whole.then(|| cells.map(|cell| cell.trim_ascii().to_owned()).collect())
}

fn plain(name: &str, line: u64, text: &[u8]) -> Entry {
    entry(name, line, &String::from_utf8_lossy(text))
}

/// A line of NDJSON.
fn object(name: &str, line: u64, text: &[u8]) -> Entry {
    match Node::read(text).and_then(|lead| lead.member(ID)?.string()) {
        Some(id) => entry(name, line, &id),
        None => Entry {
            line: Some(line),
            id: Err(invalid(name, line, "no JSON object with a text `id`")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "550e8400-e29b-41d4-a716-446655440000";
    const B: &str = "550e8400-e29b-41d4-a716-446655440001";

    fn read(text: &[u8]) -> Result<Vec<Entry>, Failure> {
        let mut entries = Vec::new();
        each("ids", text, &mut |entry| {
            entries.push(entry);
            ControlFlow::Continue(())
        })?;
        Ok(entries)
    }

    /// What was read: the line and id of each, or what is wrong with it.
    fn shown(text: &str) -> Vec<String> {
        let entries = read(text.as_bytes()).expect("readable").into_iter();
        let shown = entries.map(|entry| match entry.id {
            Ok(id) => format!("{}: {id}", entry.line.expect("a line")),
            Err(failure) => failure.to_string(),
        });
        shown.collect()
    }

    #[test]
    fn every_form_gives_the_same_ids() {
        for text in [
            format!("{A}\n{B}"),
            format!("id\n{A}\n{B}\n"),
            format!("name,ID\n\"x, y\",{A}\nz,{B}\n"),
            format!("id;name\n{A};x\n{B}\n"),
            format!("name\tid\nx\t{A}\ny\t{B}\n"),
            format!("\tid\n0\t{A}\n\t{B}\n"),
            format!("{{\"id\":\"{A}\"}}\n{{\"name\":{{}}, \"id\":\"{B}\"}}\n"),
            format!("{{\"id\":\"{A}\"}}\n{{\"id\":\"{B}\"}}"),
            format!("{{\"id\":\"{A}\",\"id\":\"{A}\"}}\n{{\"\\ud800\":1,\"id\":\"{B}\"}}"),
        ] {
            for text in [
                text.clone(),
                text.replace('\n', "\r\n"),
                format!("\u{feff}{text}"),
            ] {
                let ids = read(text.as_bytes()).expect("readable").into_iter();
                let ids: Vec<String> = ids.map(|entry| entry.id.expect("an id").into()).collect();
                assert_eq!(ids, [A, B], "{text:?}");
            }
        }
    }

    #[test]
    fn lines_are_counted_with_blank_ones_and_comments() {
        let text = format!("# all of May\n\n{A}\n  # later: \n\n  {B}  \n");
        assert_eq!(shown(&text), [format!("3: {A}"), format!("6: {B}")]);

        let text = format!("\n# x\nid,note\n{A},\"two\nlines\"\n\n{B},\n");
        assert_eq!(shown(&text), [format!("4: {A}"), format!("7: {B}")]);
    }

    #[test]
    fn a_bad_id_is_told_with_its_line_and_the_rest_is_read() {
        let bad =
            |line, text| format!("ids:{line}: \"{text}\" is not a lead id: a UUID is expected");
        assert_eq!(
            shown(&format!("x\u{1b}\n{A}\n")),
            [bad(1, r"x\u{1b}"), format!("2: {A}")]
        );
        assert_eq!(
            shown(&format!("id,name\n{A}\n,x\ny,\n")),
            [format!("2: {A}"), "ids:3: no id".into(), bad(4, "y")]
        );
        assert_eq!(
            shown(&format!(
                "{{\"id\":\"z\"}}\n[]\n{{\"id\":1}}\n{{\"id\":\"{A}\"}}\n"
            )),
            [
                bad(1, "z"),
                "ids:2: no JSON object with a text `id`".into(),
                "ids:3: no JSON object with a text `id`".into(),
                format!("4: {A}")
            ]
        );
    }

    #[test]
    fn a_table_without_ids_and_utf_16_are_refused() {
        let error = read(b"name,email\nx,y\n").expect_err("no id");
        assert_eq!(error.to_string(), "ids:1: there is no column `id`");

        let error = read(b"\xff\xfea\0\n\0").expect_err("UTF-16");
        assert!(
            error
                .to_string()
                .ends_with("line 1: this is UTF-16; save it as UTF-8")
        );
    }

    #[test]
    fn a_quotation_mark_in_a_cell_hides_no_id() {
        assert_eq!(
            shown(&format!("id,name\n{A},5\" pipe\n{B},\n")),
            [format!("2: {A}"), format!("3: {B}")]
        );
        let text = format!("id,name\n{A},\n{B},\"5 pipe\n{A},\n");
        let error = read(text.as_bytes()).expect_err("an open cell");
        let told = "line 3: a quotation mark opens a cell that nothing closes";
        assert!(error.to_string().ends_with(told), "{error}");
    }

    #[test]
    fn an_empty_file_has_no_ids() {
        for text in ["", "\n\n", "# nothing\n", "\u{feff}"] {
            assert!(read(text.as_bytes()).expect("readable").is_empty());
        }
    }

    #[test]
    fn nothing_is_read_that_nobody_wants() {
        let mut wanted = 0;
        let endless = std::io::repeat(b'\n').take(10).chain(std::io::repeat(b'x'));
        let text = format!("{A}\n{B}\n");
        each("ids", text.as_bytes().chain(endless), &mut |_| {
            wanted += 1;
            ControlFlow::Break(())
        })
        .expect("readable");

        assert_eq!(wanted, 1);
    }
}
