//! A service that goes bad in the middle of a run, in each way: what becomes of each id, and
//! whether the run can be resumed. `docs/reliability.md` shows it.

use std::process::Command;
use std::time::Duration;

use aura_sandbox::http::{HeaderValue, StatusCode, header};
use aura_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use crate::support::{Ended, File, aura, builder, id, ids, ids_of, run};

const LEADS: usize = 40;
/// Requests before the service goes bad.
const GOOD: u64 = 20;
const KEY: &str = "aura_pk_test_shownnowhere";
/// Stands in what faults put into answers.
const PERSONAL: &str = "Ada-Lovelace-1815";

/// What is told of the ids that have no line.
#[derive(Clone, Copy, PartialEq)]
enum Told {
    /// All of them have lines.
    None,
    /// All of them have lines, and a field of some does not fit the contract.
    Drift,
    /// Each is a failure.
    Each,
    /// The run stops and says so, since the others would fail the same way.
    Stops,
}

struct Row {
    fault: &'static str,
    strikes: Fault,
    code: i32,
    told: Told,
}

fn rows() -> Vec<Row> {
    let row = |fault, strikes, code, told| Row {
        fault,
        strikes,
        code,
        told,
    };
    let now = Duration::ZERO;
    let status = |code| Fault::answer(StatusCode::from_u16(code).expect("a status"));
    let secret = format!("{PERSONAL} {KEY}");
    let gzip = status(200).header(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    vec![
        row(
            "429, for hours",
            Fault::too_many_requests().retry_after(Duration::from_secs(7_200)),
            5,
            Told::Stops,
        ),
        row(
            "500",
            Fault::internal_server_error().retry_after(now),
            5,
            Told::Each,
        ),
        row(
            "502, a proxy's HTML",
            Fault::bad_gateway().body(secret.clone()),
            5,
            Told::Each,
        ),
        row(
            "503",
            Fault::service_unavailable().retry_after(now),
            5,
            Told::Each,
        ),
        row("401", status(401), 3, Told::Stops),
        row("403", status(403), 3, Told::Each),
        row(
            "404 `NOT_FOUND`",
            status(404).body(r#"{"success":false,"code":"NOT_FOUND"}"#),
            4,
            Told::Each,
        ),
        row(
            "404, a proxy's HTML",
            status(404).body(secret.clone()),
            1,
            Told::Each,
        ),
        row(
            "late, but in time",
            Fault::latency(Duration::from_millis(20)),
            0,
            Told::None,
        ),
        row("a head, then silence", Fault::stall(), 5, Told::Each),
        row("connection reset", Fault::connection_reset(), 5, Told::Each),
        row("body cut off", Fault::truncated_body(), 5, Told::Each),
        row("damaged gzip", gzip.body(secret.clone()), 5, Told::Each),
        row(
            "JSON that ends early",
            Fault::malformed_json(),
            1,
            Told::Each,
        ),
        row(
            "a text for a required time",
            Fault::drift("data.created_at", secret.clone()),
            0,
            Told::Drift,
        ),
        row(
            "a text for money",
            Fault::drift("data.total_paid_cents", secret.clone()),
            0,
            Told::Drift,
        ),
        row(
            "a field that the contract doesn't know",
            Fault::drift("data.pet", secret),
            0,
            Told::None,
        ),
        row(
            "another lead than was asked for",
            Fault::drift("data.id", id(0)),
            1,
            Told::Each,
        ),
    ]
}

type Checked = Result<(), String>;

/// What the runs of a row have left.
struct Seen {
    first: Ended,
    /// The ids of its lines, in their order.
    lines: Vec<String>,
    /// What `--errors` holds.
    failures: Vec<Value>,
    resumed: Ended,
    /// The ids of all lines after `--resume`.
    whole: Vec<String>,
}

struct Guarantee {
    title: &'static str,
    cell: fn(&Row) -> String,
    check: fn(&Row, &Seen) -> Checked,
}

const ALL: [Guarantee; 5] = [
    Guarantee {
        title: "exit code",
        cell: |row| row.code.to_string(),
        check: |row, seen| match seen.first.code == Some(row.code) {
            true => Ok(()),
            false => Err(format!("it is {:?}: {}", seen.first.code, seen.first.err)),
        },
    },
    Guarantee {
        title: "an id without a line",
        cell: |row| {
            match row.told {
                Told::None => "there is none",
                Told::Drift => "there is none; lead and field are in `--errors`",
                Told::Each => "is one failure",
                Told::Stops => "is one failure, or the run says that it stopped",
            }
            .to_owned()
        },
        check: each_once,
    },
    Guarantee {
        title: "lines in the input's order",
        cell: |_| "✓".to_owned(),
        check: |_, seen| match seen.lines.is_sorted() {
            true => Ok(()),
            false => Err(format!("{:?}", seen.lines)),
        },
    },
    Guarantee {
        title: "private",
        cell: |_| "✓".to_owned(),
        check: |_, seen| {
            let failures = Value::from(seen.failures.clone()).to_string();
            let told = [&seen.first.err, &seen.resumed.err, &failures];
            match told
                .iter()
                .find(|text| text.contains(PERSONAL) || text.contains(KEY))
            {
                Some(text) => Err(format!("{text} shows a secret")),
                None => Ok(()),
            }
        },
    },
    Guarantee {
        title: "`--resume` later",
        cell: |_| "gets the rest".to_owned(),
        check: |_, seen| match (seen.resumed.code, seen.whole == ids(1..=LEADS)) {
            (Some(0), true) => Ok(()),
            (code, _) => Err(format!("{code:?}, {:?}: {}", seen.whole, seen.resumed.err)),
        },
    },
];

/// Each id has one line or one failure; or the run has said that it stopped.
fn each_once(row: &Row, seen: &Seen) -> Checked {
    let (drifted, failed): (Vec<&Value>, Vec<&Value>) = seen
        .failures
        .iter()
        .partition(|failure| failure["kind"] == "drift");
    let failed = failed
        .into_iter()
        .map(|failure| failure["id"].as_str().unwrap_or_default().to_owned());
    let mut accounted: Vec<String> = seen.lines.iter().cloned().chain(failed).collect();
    accounted.sort();
    let before = accounted.len();
    accounted.dedup();
    if accounted.len() != before {
        return Err("an id was told twice".to_owned());
    }
    let stopped = seen.first.err.contains("stopped, since");
    let fits = match row.told {
        Told::None => seen.lines.len() == LEADS && seen.failures.is_empty(),
        Told::Drift => {
            let one_each = drifted.iter().map(|drift| drift["id"].as_str());
            let is_named = drifted.iter().all(|drift| drift["path"].is_string());
            let one_each: Vec<_> = one_each.flatten().collect();
            // Which requests come first is up to chance.
            let in_order = one_each.is_sorted_by(|a, b| a < b);
            let all = one_each.len() == LEADS - GOOD as usize;
            seen.lines.len() == LEADS && is_named && in_order && all
        }
        Told::Each => accounted == ids(1..=LEADS) && seen.lines.len() as u64 <= GOOD,
        Told::Stops => seen.lines.len() as u64 <= GOOD && !seen.failures.is_empty(),
    };
    match fits && stopped == (row.told == Told::Stops) {
        true => Ok(()),
        false => Err(format!(
            "{} lines, {} failures: {}",
            seen.lines.len(),
            seen.failures.len(),
            seen.first.err
        )),
    }
}

fn from_to(sandbox: &Sandbox, input: &File, out: &File) -> Command {
    let mut command = aura(sandbox);
    command
        .arg("--from")
        .arg(input.path())
        .arg("--out")
        .arg(out.path());
    command
}

/// What a file of `--errors` holds.
fn told(errors: &File) -> Vec<Value> {
    let text = errors.text();
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

/// Runs into the fault, and goes on when it is gone.
async fn play(row: Row) -> (Row, Seen) {
    let sandbox = builder(LEADS)
        .api_key(KEY)
        .start()
        .await
        .expect("a sandbox");
    sandbox
        .inject(row.strikes.clone().after(GOOD))
        .expect("a valid fault");
    let input = File::new("ids", &ids(1..=LEADS).join("\n"));
    let (out, errors) = (
        File::missing("leads.ndjson"),
        File::missing("errors.ndjson"),
    );
    let mut first = from_to(&sandbox, &input, &out);
    first.arg("--errors").arg(errors.path());
    if row.strikes == Fault::stall() {
        first.args(["--timeout", "0.5"]);
    }
    let mut resumed = from_to(&sandbox, &input, &out);
    resumed.arg("--resume");

    let first = tokio::task::spawn_blocking(move || run(&mut first));
    let first = first.await.expect("it ran");
    let lines = ids_of(&out.text());
    let failures = told(&errors);
    sandbox.clear_faults();
    let resumed = tokio::task::spawn_blocking(move || run(&mut resumed));
    let resumed = resumed.await.expect("it ran");
    let mut whole = ids_of(&out.text());
    whole.sort();
    let seen = Seen {
        first,
        lines,
        failures,
        resumed,
        whole,
    };
    (row, seen)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_id_is_lost_or_doubled_whatever_goes_wrong() {
    let mut runs = tokio::task::JoinSet::new();
    for row in rows() {
        runs.spawn(play(row));
    }
    let mut broken = Vec::new();
    while let Some(run) = runs.join_next().await {
        let (row, seen) = run.expect("a run");
        for guarantee in &ALL {
            if let Err(why) = (guarantee.check)(&row, &seen) {
                broken.push(format!("{} | {}: {why}", row.fault, guarantee.title));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_page_shows_the_table_that_is_tested() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reliability.md");
    let page = std::fs::read_to_string(page).expect("the page is there");
    let titles: Vec<&str> = ALL.iter().map(|guarantee| guarantee.title).collect();
    let mut table = format!(
        "| what goes wrong after {GOOD} requests | {} |\n",
        titles.join(" | ")
    );
    table += &format!("|---{}|\n", "|---".repeat(ALL.len()));
    for row in rows() {
        let cells: Vec<String> = ALL.iter().map(|guarantee| (guarantee.cell)(&row)).collect();
        table += &format!("| {} | {} |\n", row.fault, cells.join(" | "));
    }
    assert!(
        page.contains(&format!("{table}\n")),
        "the table is:\n{table}"
    );
}

/// Thousands of ids, and a service of which a quarter of the answers go wrong.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_run_through_faults_has_each_id_exactly_once() {
    const MANY: usize = 5_000;
    let sandbox = builder(MANY).seed(1).start().await.expect("a sandbox");
    let now = Duration::ZERO;
    for (chance, fault) in [
        (0.05, Fault::latency(Duration::from_millis(2))),
        (0.05, Fault::service_unavailable().retry_after(now)),
        (0.05, Fault::too_many_requests().retry_after(now)),
        (0.01, Fault::connection_reset()),
        (0.01, Fault::truncated_body()),
        (0.02, Fault::malformed_json()),
        (0.02, Fault::drift("data.status", json!(null))),
        (0.02, Fault::drift("data.total_paid_cents", "12.50")),
    ] {
        sandbox
            .inject(fault.probability(chance))
            .expect("a valid fault");
    }
    // Every tenth lead isn't there, and every seventh id comes twice.
    let wanted: Vec<usize> = (1..=MANY + MANY / 10).collect();
    let twice = wanted.iter().step_by(7).copied();
    let input = File::new("ids", &ids(wanted.iter().copied().chain(twice)).join("\n"));
    let (out, errors) = (
        File::missing("leads.ndjson"),
        File::missing("errors.ndjson"),
    );
    let mut command = from_to(&sandbox, &input, &out);
    command
        .arg("--errors")
        .arg(errors.path())
        .args(["--concurrency", "32"]);
    let ended = run(&mut command);

    let failed = told(&errors);
    let failed: Vec<String> = failed
        .iter()
        .filter(|failure| failure["kind"] != "drift")
        .map(|failure| failure["id"].as_str().expect("an id").to_owned())
        .collect();
    let lines = ids_of(&out.text());
    assert!(lines.is_sorted() && failed.is_sorted(), "{}", ended.err);
    assert!(
        failed.len() > MANY / 10 && lines.len() > MANY * 9 / 10,
        "{}",
        ended.err
    );
    let mut all = [lines, failed].concat();
    all.sort();
    assert_eq!(all, ids(wanted), "{}", ended.err);
    assert_eq!(id(1), all[0]);
}
