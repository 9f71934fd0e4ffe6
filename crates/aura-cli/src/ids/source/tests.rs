//! The forms of files, each with its line numbers, and what is said of what is wrong.

use std::io::Cursor;

use aura_client::uuid::Uuid;

use super::*;

const A: &str = "550e8400-e29b-41d4-a716-446655440000";
const B: &str = "550e8400-e29b-41d4-a716-446655440001";

fn named(text: &[u8], column: Option<&str>) -> (Vec<Entry>, Result<(), Failure>) {
    let mut entries = Vec::new();
    let reader = Box::new(Cursor::new(text.to_vec()));
    let ended = Source::open("ids", reader, column).and_then(|source| {
        source.each(&mut |entry| {
            entries.push(entry);
            ControlFlow::Continue(())
        })
    });
    (entries, ended)
}

/// What was read: the line and id of each, or what is wrong with it, and how it ended.
fn shown(text: &str) -> Vec<String> {
    let (entries, ended) = named(text.as_bytes(), None);
    let entries = entries.into_iter().map(|entry| match entry.id {
        Ok(id) => format!("{}: {id}", entry.line.expect("a line")),
        Err(failure) => failure.to_string(),
    });
    entries
        .chain(ended.err().map(|failure| failure.to_string()))
        .collect()
}

fn refused(text: &[u8]) -> String {
    let (entries, ended) = named(text, None);
    assert!(entries.is_empty(), "{entries:?}");
    ended.expect_err("refused").to_string()
}

#[test]
fn every_form_gives_the_same_ids() {
    for text in [
        format!("{A}\n{B}"),
        format!("  {A}\n\t{B}\u{a0}\n"),
        format!("\"{A}\",\n\"{B}\"\n"),
        format!("'{A}';\n“{B}”\n"),
        format!("id;x\n=\"{A}\";1\n'{B};2\n"),
        format!("{{{A}}}\n{{{B}}}\n"),
        format!("urn:uuid:{A}\n{}\n", B.replace('-', "").to_uppercase()),
        format!("id\n{A}\n{B}\n"),
        format!("\"ID\"\n\"{A}\"\n\"{B}\"\n"),
        format!("name,ID\n\"x, y\",{A}\nz,{B}\n"),
        format!("\"a, b\"; id ;name\n;{A};x\n;{B}\n"),
        format!("id|name\n{A}|x\n{B}\n"),
        format!("name\tid\nx\t{A}\ny\t{B}\n"),
        format!("\tid\n0\t{A}\n\t{B}\n"),
        format!("sep=;\nid;name\n{A};x\n{B};y\n"),
        format!("\"sep=\t\"\nid\tname\n{A}\tx\n{B}\n"),
        format!("\"two\nlines\",id\nx,{A}\n#12,{B}\n"),
        format!("{{\"id\":\"{A}\"}}\n{{\"name\":{{}}, \"id\":\"{B}\"}}\n"),
        format!("{{\"id\":\"{A}\"}},\n{{\"id\":\"{B}\"}}"),
        format!("{{\"id\":\"{A}\"}}{{\"id\":\"{B}\"}}"),
        format!("{{\"id\":\"{A}\",\"id\":\"{A}\"}}\n{{\"\\ud800\":1,\"id\":\"{B}\"}}"),
        format!("{{\n  \"id\": \"{A}\",\n  \"x\": [\n{{}},\n{{}}\n]\n}}\n{{\n\"id\": \"{B}\"}}"),
        format!("[\"{A}\", \"{B}\"]"),
        format!("[{A}, {B},]\n\n"),
        format!(" [\n  {{\"x\": \"]}},\", \"id\": \"{A}\"}},\n  {{\n\"id\": \"{B}\"\n}}\n]\n"),
    ] {
        for text in [
            text.clone(),
            text.replace('\n', "\r\n"),
            text.replace('\n', "\r"),
            format!("\u{feff}{text}"),
            format!("# May\n\n{text}"),
        ] {
            let (entries, ended) = named(text.as_bytes(), None);
            assert!(ended.is_ok(), "{text:?}: {ended:?}");
            let ids = entries.into_iter().map(|entry| entry.id);
            let ids: Vec<_> = ids.map(|id| id.map_err(|what| what.to_string())).collect();
            assert_eq!(
                ids,
                [A, B].map(|id| Ok(id.parse().expect("a UUID"))),
                "{text:?}"
            );
        }
    }
}

#[test]
fn lines_are_counted_with_blank_ones_and_comments() {
    for (text, lines) in [
        ("# all of May\n\nA\n  # later: \n\n  B  \n", [3, 6]),
        ("\n# x\nid,note\nA,\"two\nlines\"\n\nB,\n", [4, 7]),
        (
            "sep=,\r\n\r\n\"a\r\nb\",id\r\n,A\r\n# x\r\n;;\r\n,B",
            [5, 8],
        ),
        ("{\n\"id\": \"A\"\n}\n\n{\"id\": \"B\"}", [1, 5]),
        ("[\n\n\"A\",\n {\n\"id\": \"B\"}]", [3, 4]),
    ] {
        let (entries, _) = named(text.replace('A', A).replace('B', B).as_bytes(), None);
        let ids = entries.iter().filter(|entry| entry.id.is_ok());
        let found: Vec<_> = ids.filter_map(|entry| entry.line).collect();
        assert_eq!(found, lines, "{text:?}");
    }
}

#[test]
fn what_is_no_id_is_reported_by_line_and_length_alone() {
    let bad = |line, length| format!("ids:{line}: not a lead id ({length}): a UUID is expected");
    assert_eq!(
        shown(&format!("Zoë\n{A}\nx\n")),
        [
            bad(1, "3 characters"),
            format!("2: {A}"),
            bad(3, "1 character")
        ]
    );
    assert_eq!(
        shown(&format!("id,name\n{A}\n,x\ny,\n")),
        [
            format!("2: {A}"),
            "ids:3: no id".into(),
            bad(4, "1 character")
        ]
    );
    let no_text = |line| format!("ids:{line}: no text `id` in this JSON object");
    let damaged = |line| format!("ids:{line}: a JSON object that is damaged or not whole");
    assert_eq!(
        shown(&format!(
            "{{\"id\":\"z\"}}\n[]\n{{\"id\":1}}\n{{\"id\":\"Zo\n{{\"id\":\"{A}\"}}\n{{\"a\":["
        )),
        [
            bad(1, "1 character"),
            bad(2, "2 characters"),
            no_text(3),
            damaged(4),
            format!("5: {A}"),
            damaged(6)
        ]
    );
    assert_eq!(
        shown(&format!("[\n\"z\",\n{{}}, 5,, {{\"x\"}},\n\"{A}\"]")),
        [
            bad(2, "1 character"),
            no_text(3),
            bad(3, "1 character"),
            "ids:3: no id".into(),
            damaged(3),
            format!("4: {A}")
        ]
    );
}

#[test]
fn a_damaged_object_hides_no_id_that_follows() {
    for damaged in ["{\"id\":\"x", "{\"a\":1,", "{\"a\":[", "{hello"] {
        for next in [format!("{{\"id\":\"{A}\"}}"), A.to_owned()] {
            if damaged.ends_with('[') && next.starts_with('{') {
                continue;
            }
            let lines = shown(&format!("{damaged}\n{next}\n"));
            assert_eq!(
                lines.last(),
                Some(&format!("2: {A}")),
                "{damaged}: {lines:?}"
            );
        }
    }
}

#[test]
fn an_array_that_breaks_off_gives_its_whole_elements() {
    for (rest, elements) in [
        ("", 1),
        (",", 1),
        (",\n  \"x", 1),
        (", {\"id\":", 1),
        (", 5", 2),
    ] {
        let lines = shown(&format!("[\n\"{A}\"{rest}"));
        assert_eq!(lines[0], format!("2: {A}"));
        let ended = lines.last().expect("an end");
        let count = count(elements, "whole element");
        assert!(
            ended.ends_with(&format!(": the array is not closed; it has {count}")),
            "{ended}"
        );
    }
    let lines = shown(&format!("[\"{A}\"]\n{B}\n"));
    assert_eq!(lines[1], "ids:2: there is text after the end of the array");
    assert!(shown("[]\n").is_empty() && shown("[ ]").is_empty());
}

#[test]
fn a_column_is_found_by_its_name() {
    for text in [
        format!("id,lead_id\nx,{A}\n"),
        format!("Lead_ID;id\n{A};x\n"),
        format!("{{\"id\":1,\"lead_id\":\"{A}\"}}"),
        format!("[{{\"id\":\"x\",\"lead_id\":\"{A}\"}}]"),
    ] {
        let (entries, ended) = named(text.as_bytes(), Some("lead_id"));
        let ids: Vec<_> = entries.into_iter().flat_map(|entry| entry.id).collect();
        assert!(
            ended.is_ok() && ids == [A.parse::<Uuid>().expect("a UUID")],
            "{text}"
        );
    }
    let (_, ended) = named(A.as_bytes(), Some("lead_id"));
    assert_eq!(
        ended.expect_err("a list").to_string(),
        "ids:1: there is no column `lead_id`"
    );

    let lines = shown(&format!("ID,id,Id\nx,{A},\n"));
    assert_eq!(lines, [format!("2: {A}")], "the one that is spelled so");
    assert_eq!(
        refused(b"ID,Id\nx,y\n"),
        "ids:1: there are several columns `id`"
    );
}

#[test]
fn a_table_without_ids_shows_none_of_its_cells() {
    for text in [
        "name,email\nx,y\n".to_owned(),
        format!("Zoe|{A}|zoe@example.com\n"),
        format!("{A},{B}\n"),
        "sep=;\nname\n".to_owned(),
    ] {
        let line = if text.starts_with("sep") { 2 } else { 1 };
        let what = format!("ids:{line}: there is no column `id`");
        assert_eq!(refused(text.as_bytes()), what, "{text}");
    }
}

#[test]
fn a_file_that_is_no_text_is_recognized() {
    for (bytes, words) in [
        (&b"\xff\xfea\0\n\0"[..], "UTF-16; save it as UTF-8"),
        (b"\xfe\xff\0a", "UTF-16"),
        (b"5\x005\0", "UTF-16"),
        (b"\x005\x005", "UTF-16"),
        (b"PK\x03\x04\x14\0", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Excel workbook"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"<html>", "HTML"),
        (b"abc\0", "NUL"),
    ] {
        let refused = refused(bytes);
        assert!(refused.contains(words), "{refused}");
    }
    let lines = shown(&format!("{A}\nx\0"));
    assert_eq!(
        lines,
        [
            format!("1: {A}"),
            "ids:2: a NUL byte, which is in no text".into()
        ]
    );
}

#[test]
fn a_quotation_mark_in_a_cell_hides_no_id() {
    assert_eq!(
        shown(&format!("id,name\n{A},5\" pipe\n{B},\n")),
        [format!("2: {A}"), format!("3: {B}")]
    );
    for end in ["", "\n"] {
        let lines = shown(&format!("id,name\n{A},\n\n{B},\"5 pipe\n{A},{end}"));
        let what = "ids:4: a quotation mark opens a cell that nothing closes";
        assert_eq!(lines, [format!("2: {A}"), what.into()]);
    }
}

#[test]
fn memory_is_bounded() {
    for begin in ["id,x\n,\"", "[\""] {
        let reader = io::Cursor::new(begin.to_owned()).chain(io::repeat(b'x'));
        let ended = Source::open("ids", Box::new(reader), None)
            .and_then(|source| source.each(&mut |_| ControlFlow::Continue(())));
        let ended = ended.expect_err("endless").to_string();
        assert!(ended.ends_with("this is longer than 16 MiB"), "{ended}");
    }
}

#[test]
fn an_empty_file_has_no_ids() {
    for text in ["", "\n\n", "# nothing\n", "\u{feff}", "sep=;\n", "id\n"] {
        assert!(shown(text).is_empty(), "{text:?}");
    }
}

#[test]
fn nothing_is_read_that_nobody_wants() {
    let mut wanted = 0;
    let text = format!("{A}\n{B}\n");
    let reader = Cursor::new(text).chain(io::repeat(b'x'));
    let source = Source::open("ids", Box::new(reader), None).expect("a list");
    source
        .each(&mut |_| {
            wanted += 1;
            ControlFlow::Break(())
        })
        .expect("readable");

    assert_eq!(wanted, 1);
}
