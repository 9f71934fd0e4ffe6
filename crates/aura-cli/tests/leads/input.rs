//! Files of ids, in the forms that people have them in.

use serde_json::Value;

use crate::support::{Ended, File, aura, id, ids, run, run_with, sandbox};

/// What is in the files besides ids; none of it may be shown.
const PERSONAL: [&str; 3] = ["Zoe", "zoe@example.com", "+15550001111"];

fn shows_nothing(ended: &Ended) {
    for text in PERSONAL {
        assert!(!ended.err.contains(text), "{text}: {}", ended.err);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_is_read() {
    let sandbox = sandbox(2).await;
    let [a, b] = [id(1), id(2)];
    for (text, column) in [
        (format!("\"{a}\",\n'{b}'\n"), None),
        (format!("sep=;\r\nid;name\r\n{a};x\r\n{b};y\r\n"), None),
        (
            format!("\u{feff}\"Name\"|\"ID\"\r\"x|y\"|{a}\r|{b}\r"),
            None,
        ),
        (format!("lead_id,name\n{a},x\n{b},y\n"), Some("lead_id")),
        (
            format!("{{\"lead\":\"{a}\"}}\n{{\"lead\":\"{b}\"}}"),
            Some("lead"),
        ),
        (format!("[\"{a}\",{{\"id\":\"{b}\"}}]"), None),
    ] {
        let mut command = aura(&sandbox);
        command.args(["--from", "-"]);
        if let Some(column) = column {
            command.args(["--id-column", column]);
        }
        let ended = run_with(&mut command, &text);
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{text}");
        assert_eq!(ended.ids(), [a.clone(), b.clone()], "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_run_writes_is_read_again() {
    let sandbox = sandbox(3).await;
    for (name, number) in [
        ("one.json", 1),
        ("leads.json", 3),
        ("leads.jsonl", 3),
        ("leads.csv", 3),
    ] {
        let out = File::missing(name);
        let wanted = ids(1..=number);
        assert_eq!(
            run(aura(&sandbox).args(&wanted).arg("--out").arg(out.path())).code,
            Some(0)
        );

        let ended = run(aura(&sandbox).arg("--from").arg(out.path()));
        assert_eq!(
            (ended.code, ended.ids()),
            (Some(0), wanted),
            "{name}: {}",
            ended.err
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_off_array_gives_its_whole_leads_and_is_an_error() {
    let sandbox = sandbox(3).await;
    let text = format!(
        "[\n  {{\"id\": \"{}\"}},\n  {{\"id\": \"{}\"}},\n  {{\"id\": \"0",
        id(1),
        id(2)
    );
    let ended = run_with(aura(&sandbox).args(["--from", "-"]), &text);

    assert_eq!((ended.code, ended.ids()), (Some(1), ids(1..=2)));
    let what = "the input:4: the array is not closed; it has 2 whole elements\n";
    assert!(ended.err.ends_with(what), "{}", ended.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_line_without_an_id_is_shown() {
    let sandbox = sandbox(1).await;
    let line = PERSONAL.join(" ");
    for (text, number) in [
        (format!("{}\n{line}\n", id(1)), 2),
        (format!("id|name\n{}|x\n{line}|{line}\n", id(1)), 3),
        (
            format!(
                "{{\"id\":\"{}\"}}\n{{\"id\":\"{line}\",\"{line}\":1}}",
                id(1)
            ),
            2,
        ),
        (
            format!("{{\"id\":\"{}\"}}\n{{\"{line}\":\"{line}\"}}", id(1)),
            2,
        ),
        (format!("[\n\"{}\",\n{{\"{line}\n\"}}]", id(1)), 3),
    ] {
        for output in ["ndjson", "json"] {
            let errors = File::missing("errors.ndjson");
            let mut command = aura(&sandbox);
            command.args(["--output", output, "--from", "-", "--errors"]);
            let ended = run_with(command.arg(errors.path()), &text);

            assert_eq!(ended.code, Some(1), "{text}");
            shows_nothing(&ended);
            let failure: Value = serde_json::from_str(&errors.text()).expect("one line");
            assert_eq!(failure["line"], number, "{text}");
            assert_eq!(failure["kind"], "invalid_id");
            for text in PERSONAL {
                assert!(!errors.text().contains(text), "{}", errors.text());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_another_kind_is_refused_before_anything_is_asked_or_changed() {
    let sandbox = sandbox(1).await;
    let table = format!("{},{}\n{},x\n", PERSONAL.join(","), id(1), id(1));
    for (bytes, words) in [
        (table.as_bytes(), &["no column `id`", "--id-column"][..]),
        (b"PK\x03\x04\x14\0\x06\0", &["Excel", "CSV"]),
        (b"\xff\xfea\0\n\0", &["UTF-16", "UTF-8"]),
    ] {
        let (input, out) = (File::missing("ids"), File::new("leads.ndjson", "kept\n"));
        std::fs::write(input.path(), bytes).expect("written");
        let mut command = aura(&sandbox);
        command
            .arg("--from")
            .arg(input.path())
            .arg("--out")
            .arg(out.path());
        let ended = run(command.arg("--overwrite"));

        assert_eq!(ended.code, Some(2), "{}", ended.err);
        shows_nothing(&ended);
        for word in words {
            assert!(ended.err.contains(word), "{word}: {}", ended.err);
        }
        assert_eq!(out.text(), "kept\n");
    }
    assert_eq!(sandbox.request_count(), 0);
}
