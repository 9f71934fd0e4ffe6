//! Runs that are ended in the middle, and resumed.

use std::collections::HashSet;
use std::io::Write;
use std::process::{Child, Stdio};

use aura_sandbox::{Fault, Sandbox};

use crate::support::{File, aura, id, ids, ids_of, run, run_with, sandbox, until};

fn start(sandbox: &Sandbox, input: &File, out: &File) -> Child {
    let mut command = aura(sandbox);
    command
        .arg("--from")
        .arg(input.path())
        .arg("--out")
        .arg(out.path());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("it runs")
}

fn lines(out: &File) -> usize {
    std::fs::read_to_string(out.path()).map_or(0, |text| text.lines().count())
}

fn ids_in(out: &File) -> Vec<String> {
    let text = out.text();
    match out
        .path()
        .extension()
        .is_some_and(|extension| extension == "csv")
    {
        true => text
            .lines()
            .skip(1)
            .map(|line| line[..36].to_owned())
            .collect(),
        false => ids_of(&text),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_and_resumed_a_run_has_each_lead_once_and_asks_for_none_twice() {
    for name in ["leads.ndjson", "leads.csv"] {
        let sandbox = sandbox(120).await;
        let input = File::new("ids", &ids(1..=120).join("\n"));
        let out = File::missing(name);
        sandbox
            .inject(Fault::stall().after(50))
            .expect("a valid fault");
        let mut child = start(&sandbox, &input, &out);
        until(|| lines(&out) >= 40).await;
        child.kill().expect("it was running");
        child.wait().expect("it ends");
        // What a kill in the middle of a write leaves.
        let kept = ids_in(&out);
        let mut file = std::fs::OpenOptions::new()
            .append(true)
            .open(out.path())
            .expect("a file");
        let torn = if name.ends_with("csv") {
            "00000000-0000,\"x\n"
        } else {
            "{\"id\":\"00000000-0000"
        };
        file.write_all(torn.as_bytes()).expect("written");

        sandbox.clear_faults();
        sandbox.clear_requests();
        let ended = run(aura(&sandbox)
            .arg("--from")
            .arg(input.path())
            .arg("--out")
            .arg(out.path())
            .arg("--resume"));

        assert_eq!(ended.code, Some(0), "{}", ended.err);
        assert_eq!(ids_in(&out), ids(1..=120));
        let asked: HashSet<String> = sandbox
            .requests()
            .iter()
            .map(|request| request.path().rsplit('/').next().expect("an id").to_owned())
            .collect();
        assert_eq!(asked.len(), 120 - kept.len());
        assert!(kept.iter().all(|id| !asked.contains(id)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_file_is_left_as_it_is() {
    let sandbox = sandbox(3).await;
    let out = File::missing("leads.csv");
    let all = ids(1..=3);
    run(aura(&sandbox).args(&all).arg("--out").arg(out.path()));
    let before = out.text();
    let ended = run(aura(&sandbox)
        .args(&all)
        .arg("--resume")
        .arg("--out")
        .arg(out.path()));

    assert_eq!((ended.code, ended.err.as_str()), (Some(0), "0 leads\n"));
    assert_eq!(out.text(), before);
    assert_eq!(sandbox.request_count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_holds_something_is_not_touched_unless_asked_to() {
    let sandbox = sandbox(1).await;
    for (name, text) in [
        ("leads.ndjson", "dear diary\n"),
        ("leads.ndjson", "{\"config\": true}"),
        ("leads.csv", "name,email\nx,y\n"),
    ] {
        let out = File::new(name, text);
        let get = |option: &[&str]| {
            run(aura(&sandbox)
                .arg(id(1))
                .arg("--out")
                .arg(out.path())
                .args(option))
        };
        for option in [&[][..], &["--resume"]] {
            let ended = get(option);
            assert_eq!(ended.code, Some(2), "{}", ended.err);
            assert_eq!(out.text(), text);
        }
        assert_eq!(sandbox.request_count(), 0);
        assert_eq!(get(&["--overwrite"]).code, Some(0));
        assert!(!out.text().contains(text));
        sandbox.clear_requests();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_are_asked_for_again() {
    let sandbox = sandbox(3).await;
    let out = File::missing("leads.ndjson");
    let all = ids(1..=3).join("\n");
    sandbox
        .inject(Fault::malformed_json().times(1))
        .expect("a valid fault");
    let resume = |command: &mut std::process::Command| {
        run_with(
            command
                .args(["--from", "-", "--resume", "--out"])
                .arg(out.path()),
            &all,
        )
    };

    assert_eq!(resume(&mut aura(&sandbox)).code, Some(1));
    assert_eq!(resume(&mut aura(&sandbox)).code, Some(0));
    assert_eq!(ids_in(&out), [id(2), id(3), id(1)]);
    assert_eq!(sandbox.request_count(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drift_of_leads_that_are_there_is_kept_and_other_files_are_not_replaced() {
    let sandbox = sandbox(2).await;
    let drift = Fault::drift("data.status", 3).lead(id(1));
    sandbox.inject(drift).expect("a valid fault");
    let (out, errors) = (File::missing("leads.csv"), File::missing("errors"));
    let get = |errors: &File| {
        let mut command = aura(&sandbox);
        command.args([&id(1), &id(3), &id(2), "--resume", "--out"]);
        run(command.arg(out.path()).arg("--errors").arg(errors.path()))
    };
    assert_eq!(get(&errors).code, Some(4));
    let first = errors.text();
    assert_eq!(first.lines().count(), 2, "{first}");
    assert_eq!(get(&errors).code, Some(4));
    let again = errors.text();
    assert_eq!(again.lines().count(), 2, "{again}");
    assert_eq!(again.lines().next(), first.lines().next());

    for text in ["{\"mine\":1}\n", "mine\n"] {
        let mine = File::new("mine", text);
        let ended = get(&mine);
        assert_eq!((ended.code, mine.text()), (Some(2), text.into()));
        assert!(ended.err.contains("more than failures"), "{}", ended.err);
    }
}
