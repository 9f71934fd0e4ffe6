//! The files that a run writes.

use std::path::Path;

use aura_sandbox::Fault;
use serde_json::Value;

use crate::support::{File, aura, id, ids, run, sandbox, until};

#[tokio::test(flavor = "multi_thread")]
async fn a_minus_is_the_standard_output() {
    let sandbox = sandbox(1).await;
    let ended = run(aura(&sandbox).args([&id(1), "--out", "-"]));
    assert_eq!((ended.code, ended.ids()), (Some(0), ids([1])));

    let out = File::missing("leads.csv");
    let get = |arguments: &[&str]| {
        let mut command = aura(&sandbox);
        run(command
            .args([&id(1), &id(2), "--errors", "-"])
            .args(arguments))
    };
    let ended = get(&["--out", &out.path().display().to_string()]);
    assert_eq!(ended.code, Some(4), "{}", ended.err);
    assert!(
        ended.out.starts_with(&format!("{{\"id\":\"{}\"", id(2))),
        "{}",
        ended.out
    );

    for arguments in [&[][..], &["--out", "-"]] {
        assert_eq!(get(arguments).code, Some(2));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_says_the_format_or_is_an_error() {
    let sandbox = sandbox(1).await;
    for (name, output, words) in [
        ("leads.txt", None, ".json .ndjson .jsonl .csv"),
        ("leads", None, "--output"),
        ("leads.xlsx", None, ".csv"),
        ("leads.xlsx", Some("csv"), ".csv"),
        ("leads.csv", Some("json"), "another format"),
        ("leads.json", Some("table"), "another format"),
    ] {
        let out = File::missing(name);
        let mut command = aura(&sandbox);
        command.arg(id(1)).arg("--out").arg(out.path());
        let ended = run(command.args(output.map(|output| ["--output", output]).iter().flatten()));
        assert_eq!(ended.code, Some(2), "{name}: {}", ended.err);
        assert!(ended.err.contains(words), "{name}: {}", ended.err);
        assert!(!out.path().exists());
    }
    for (name, output) in [
        ("leads.CSV", None),
        ("leads.txt", Some("csv")),
        ("leads.csv", Some("csv")),
    ] {
        let out = File::missing(name);
        let mut command = aura(&sandbox);
        command.arg(id(1)).arg("--out").arg(out.path());
        let ended = run(command.args(output.map(|output| ["--output", output]).iter().flatten()));
        assert_eq!(ended.code, Some(0), "{name}: {}", ended.err);
        assert!(out.text().starts_with("id,"), "{name}: {}", out.text());
    }
    for name in ["errors.csv", "errors.xlsx"] {
        let ended = run(aura(&sandbox).args([&id(1), "--errors", name]));
        assert_eq!(ended.code, Some(2), "{name}: {}", ended.err);
    }
    assert_eq!(sandbox.request_count(), 3);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn one_file_has_one_use_whatever_it_is_called() {
    use std::os::unix::fs::symlink;

    let sandbox = sandbox(1).await;
    let ids = File::new("ids.ndjson", &format!("{{\"id\":\"{}\"}}\n", id(1)));
    let folder = ids.path().parent().expect("a folder").to_owned();
    std::fs::hard_link(ids.path(), folder.join("hard.ndjson")).expect("linked");
    symlink("ids.ndjson", folder.join("soft.ndjson")).expect("linked");
    symlink("missing.ndjson", folder.join("dangling.ndjson")).expect("linked");
    let key = folder.join("key");
    std::fs::write(&key, sandbox.api_key()).expect("written");
    let before = ids.text();

    let open = |name: &str| {
        let mut options = std::fs::OpenOptions::new();
        options
            .append(true)
            .open(folder.join(name))
            .expect("a file")
    };
    for arguments in [
        &["--from", "ids.ndjson", "--out", "ids.ndjson"][..],
        &["--from", "ids.ndjson", "--out", "./ids.ndjson"],
        &["--from", "ids.ndjson", "--out", "hard.ndjson"],
        &["--from", "ids.ndjson", "--errors", "soft.ndjson"],
        &["--from", "hard.ndjson", "--out", "soft.ndjson"],
        &["--from", "-", "--out", "ids.ndjson"],
        &["--from", "/dev/stdin", "--errors", "hard.ndjson"],
        &["--from", "ids.ndjson", "--errors", "appended"],
        &[
            "--from",
            "ids.ndjson",
            "--out",
            "new.ndjson",
            "--errors",
            "./new.ndjson",
        ],
        &[
            "--from",
            "ids.ndjson",
            "--out",
            "missing.ndjson",
            "--errors",
            "dangling.ndjson",
        ],
        &[
            "--from",
            "ids.ndjson",
            "--output",
            "csv",
            "--out",
            "key",
            "--key-file",
            "./key",
        ],
        &[
            "--from",
            "ids.ndjson",
            "--errors",
            "key",
            "--key-file",
            "key",
        ],
    ] {
        let mut command = aura(&sandbox);
        command
            .current_dir(&folder)
            .args(arguments)
            .arg("--overwrite");
        command.stdin(std::fs::File::open(ids.path()).expect("a file"));
        if arguments.contains(&"appended") {
            std::fs::write(folder.join("appended"), "kept").expect("written");
            command.stdout(open("appended"));
        }
        let ended = run(&mut command);
        assert_eq!(ended.code, Some(2), "{arguments:?}: {}", ended.err);
        let is_told = ended.err.contains("the same file") || arguments.contains(&"dangling.ndjson");
        assert!(is_told, "{arguments:?}: {}", ended.err);
        assert_eq!(ids.text(), before);
        assert!(!folder.join("new.ndjson").exists());
    }
    let ended = run(aura(&sandbox)
        .current_dir(&folder)
        .args(["--from", "ids.ndjson"])
        .stdout(open("ids.ndjson")));
    assert_eq!(ended.code, Some(2), "{}", ended.err);
    assert_eq!(
        std::fs::read_to_string(&key).expect("a key"),
        sandbox.api_key()
    );
    assert_eq!((ids.text(), sandbox.request_count()), (before, 0));

    let null = [
        "--from",
        "ids.ndjson",
        "--out",
        "/dev/null",
        "--errors",
        "/dev/null",
    ];
    assert_eq!(
        run(aura(&sandbox).current_dir(&folder).args(null)).code,
        Some(0)
    );
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn files_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    let sandbox = sandbox(1).await;
    let (out, errors) = (File::missing("leads.csv"), File::missing("errors"));
    let mode = |file: &File| {
        let permissions = file.path().metadata().expect("a file").permissions();
        permissions.mode() & 0o777
    };
    let get = || {
        let mut command = aura(&sandbox);
        command
            .args([&id(1), &id(2), "--overwrite", "--out"])
            .arg(out.path());
        run(command.arg("--errors").arg(errors.path()))
    };
    assert_eq!(get().code, Some(4));
    assert_eq!((mode(&out), mode(&errors)), (0o600, 0o600));

    let shared = PermissionsExt::from_mode(0o640);
    std::fs::set_permissions(out.path(), shared).expect("set");
    assert_eq!(get().code, Some(4));
    assert_eq!(mode(&out), 0o640, "a file that is there keeps its mode");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_run_leaves_the_files_of_the_first_alone() {
    let sandbox = sandbox(2).await;
    let (out, errors) = (File::missing("leads.ndjson"), File::missing("errors"));
    sandbox.inject(Fault::stall().after(1)).expect("a fault");
    let mut first = aura(&sandbox)
        .args([&id(1), &id(2), "--out"])
        .arg(out.path())
        .arg("--errors")
        .arg(errors.path())
        .spawn()
        .expect("it runs");
    let has_line =
        |path: &Path| std::fs::read_to_string(path).is_ok_and(|text| text.ends_with('\n'));
    until(|| has_line(&out.path())).await;
    let before = out.text();
    for (option, file) in [("--out", &out), ("--errors", &errors)] {
        for flag in ["--overwrite", "--resume"] {
            let mut command = aura(&sandbox);
            command.args([&id(1), flag, option]).arg(file.path());
            if (option, flag) == ("--errors", "--resume") {
                command
                    .arg("--out")
                    .arg(out.path().with_file_name("other.ndjson"));
            }
            let ended = run(&mut command);
            assert_eq!(ended.code, Some(2), "{}", ended.err);
            let what = "another run writes to this file";
            assert!(ended.err.contains(what), "{}", ended.err);
        }
    }
    first.kill().expect("it was running");
    first.wait().expect("it ends");
    assert_eq!(out.text(), before);
}

/// Where failures have no room, the array of leads is closed all the same.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_of_failures_leaves_a_closed_array() {
    let sandbox = sandbox(2).await;
    let drift = Fault::drift("data.status", 3).lead(id(2));
    sandbox.inject(drift).expect("a valid fault");
    let out = File::missing("leads.json");
    let mut command = aura(&sandbox);
    command.args([&id(1), &id(2), &id(3), "--errors", "/dev/full", "--out"]);
    let ended = run(command.arg(out.path()));

    assert_eq!(ended.code, Some(1), "{}", ended.err);
    assert!(
        ended.err.contains("/dev/full could not be written"),
        "{}",
        ended.err
    );
    let text = std::fs::read_to_string(out.path()).expect("a text");
    assert_eq!(
        serde_json::from_str::<Vec<Value>>(&text)
            .expect("an array")
            .len(),
        2
    );
}

/// A disk with room for some leads.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_leaves_whole_leads_and_a_true_count() {
    use crate::support::ids_of;

    let sandbox = sandbox(100).await;
    // A limit on the size of files is as good as a full disk.
    let folder = tempfile::tempdir().expect("a folder");
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"";
    for name in ["leads.ndjson", "leads.csv", "leads.json"] {
        let aura = aura(&sandbox);
        let mut command = std::process::Command::new("sh");
        command
            .args(["-c", script])
            .arg(aura.get_program())
            .args(aura.get_args());
        command
            .args(ids(1..=100))
            .args(["--out", name])
            .current_dir(folder.path());
        for (variable, value) in aura.get_envs() {
            match value {
                Some(value) => command.env(variable, value),
                None => command.env_remove(variable),
            };
        }
        let ended = run(&mut command);

        assert_eq!(ended.code, Some(1), "{}", ended.err);
        let text = std::fs::read_to_string(folder.path().join(name)).expect("a text");
        assert!(text.ends_with('\n'), "{text}");
        let leads = match name {
            "leads.csv" => text.lines().count() - 1,
            "leads.json" => serde_json::from_str::<Vec<Value>>(&text)
                .expect("an array")
                .len(),
            _ => ids_of(&text).len(),
        };
        assert!((5..100).contains(&leads), "{leads}");
        assert!(
            ended.err.starts_with(&format!(
                "{leads} leads\nerror: {name} could not be written"
            )),
            "{}",
            ended.err
        );
    }
}
