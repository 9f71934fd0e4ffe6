//! Many leads.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

use aura_sandbox::{Fault, RateLimit};

use crate::support::{File, aura, builder, id, ids, run, run_with, sandbox};

#[tokio::test(flavor = "multi_thread")]
async fn leads_come_in_the_order_of_the_input_and_once_each() {
    let sandbox = sandbox(200).await;
    // Some answers take longer than others.
    sandbox
        .inject(Fault::latency(Duration::from_millis(5)).probability(0.3))
        .expect("a valid fault");
    let mut wanted: Vec<usize> = (1..=200).rev().collect();
    wanted.extend([7, 7, 200]);
    let ended = run_with(
        aura(&sandbox).args(["--from", "-"]),
        &ids(wanted.clone()).join("\n"),
    );

    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert_eq!(ended.ids(), ids((1..=200).rev()));
    assert_eq!(sandbox.request_count(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_is_used_up_without_one_refusal() {
    let limited = builder(20).rate_limit(RateLimit::per_minute(20));
    let sandbox = limited.start().await.expect("a sandbox");
    let ended = run_with(
        aura(&sandbox).args(["--from", "-"]),
        &ids(1..=20).join("\n"),
    );

    assert_eq!((ended.code, ended.ids()), (Some(0), ids(1..=20)));
    let statuses: Vec<_> = sandbox
        .requests()
        .iter()
        .map(|request| request.status())
        .collect();
    assert_eq!(statuses.len(), 20);
    assert!(
        statuses
            .iter()
            .all(|status| status.is_some_and(|status| status == 200))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_pass_is_asked_for_again() {
    let sandbox = sandbox(30).await;
    let now = Duration::ZERO;
    // All of them may strike at one lead.
    sandbox
        .inject(Fault::service_unavailable().retry_after(now).times(1))
        .expect("a valid fault");
    sandbox
        .inject(
            Fault::too_many_requests()
                .retry_after(now)
                .times(2)
                .after(5),
        )
        .expect("a valid fault");
    sandbox
        .inject(Fault::connection_reset().times(1).after(8))
        .expect("a valid fault");
    let ended = run_with(
        aura(&sandbox).args(["--from", "-"]),
        &ids(1..=30).join("\n"),
    );

    assert_eq!(
        (ended.code, ended.ids()),
        (Some(0), ids(1..=30)),
        "{}",
        ended.err
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_pipe_is_no_failure_and_ends_the_asking() {
    let sandbox = sandbox(2_000).await;
    let file = File::new("ids", &ids(1..=2_000).join("\n"));
    let mut child = aura(&sandbox)
        .arg("--from")
        .arg(file.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut line = String::new();
    let out = child.stdout.take().expect("a pipe");
    BufReader::with_capacity(1, out)
        .read_line(&mut line)
        .expect("a line");
    let ended = child.wait_with_output().expect("it ends");

    assert!(line.contains(&id(1)), "{line}");
    assert_eq!(ended.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    assert!(
        sandbox.request_count() < 1_500,
        "{}",
        sandbox.request_count()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_has_blocks_and_csv_has_one_header() {
    let sandbox = sandbox(1_003).await;
    let all = ids(1..=1_003).join("\n");
    let lines = |format: &str| {
        let fields = [
            "--from",
            "-",
            "--fields",
            "id,full_name",
            "--output",
            format,
        ];
        let ended = run_with(aura(&sandbox).args(fields), &all);
        let lines: Vec<String> = ended.out.lines().map(str::to_owned).collect();
        lines
    };

    let table = lines("table");
    assert_eq!(table.len(), 1_003 + 2);
    assert!(table[0].contains("full_name") && table[1_001].contains("full_name"));
    assert!(table[1_002].contains(&id(1_001)), "{}", table[1_002]);
    let csv = lines("csv");
    assert_eq!(csv.len(), 1_003 + 1);
    assert_eq!(
        (csv[0].as_str(), csv[1].as_str()),
        ("id,full_name", &*format!("{},Lead 1", id(1)))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_written_in_the_form_of_its_name() {
    let sandbox = sandbox(2).await;
    for (name, begin) in [
        ("leads.csv", "id,full_name,company,".to_owned()),
        ("leads.json", "[\n  {\n".to_owned()),
        (
            "leads.jsonl",
            format!(
                "{{\"id\":\"{}\",\"full_name\":\"Lead 1\",\"status\":\"new\"",
                id(1)
            ),
        ),
    ] {
        let file = File::missing(name);
        let ended = run(aura(&sandbox)
            .args(ids(1..=2))
            .arg("--out")
            .arg(file.path()));
        assert_eq!(
            (ended.code, ended.out.as_str()),
            (Some(0), ""),
            "{}",
            ended.err
        );
        assert_eq!(ended.err, "2 leads\n");
        assert!(file.text().starts_with(&begin), "{}", file.text());
        assert!(file.text().ends_with('\n'));
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told() {
    let sandbox = sandbox(2).await;
    let ended = run(aura(&sandbox).args(ids(1..=2)).args(["--out", "/dev/full"]));

    assert_eq!(ended.code, Some(1));
    assert!(
        ended
            .err
            .contains("/dev/full could not be written: No space left"),
        "{}",
        ended.err
    );
}
