//! Another crate of a user's tree can turn on features of serde_json, for all of it. That changes
//! nothing that aura-client reads or shows: one program is built without and with all of those
//! features, and prints the same. It is built without TLS, too, and prints what comes of https.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use aura_workspace_tests::checkout;
use tempfile::TempDir;

/// A package of its own: in the workspace, its features would be everybody's.
fn package() -> TempDir {
    let package = tempfile::tempdir().expect("a temporary folder");
    let root = checkout::root();
    let write = |name: &str, text: &str| {
        fs::write(package.path().join(name), text).expect("it can be written");
    };
    // So that no version is looked for in the network.
    fs::copy(root.join("Cargo.lock"), package.path().join("Cargo.lock")).expect("it can be copied");
    write("main.rs", include_str!("program.rs"));
    let client = root.join("crates/aura-client");
    write(
        "Cargo.toml",
        &MANIFEST.replace("CLIENT", &format!("{:?}", client.display().to_string())),
    );
    for name in ["arbitrary-precision", "name-leak", "rawvalue-name"] {
        let name = format!("{name}.json");
        let body = root.join("tests/client/bodies").join(&name);
        fs::copy(body, package.path().join(name)).expect("it can be copied");
    }
    package
}

const MANIFEST: &str = r#"
[package]
name = "features"
version = "0.0.0"
edition = "2024"

[workspace]

[features]
all = [
    "serde_json/arbitrary_precision",
    "serde_json/float_roundtrip",
    "serde_json/preserve_order",
    "serde_json/unbounded_depth",
]

[[bin]]
name = "features"
path = "main.rs"

[dependencies]
aura-client = { path = CLIENT, default-features = false }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
tokio = { version = "1", features = ["macros", "rt"] }

[profile.dev]
debug = "line-tables-only"
"#;

/// What the program prints, built with these features.
fn printed(package: &Path, features: &[&str], expected: &str) -> String {
    // Shared between runs, so that only the first compiles the dependencies.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("features");
    let ran = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .args(features)
        .args(["--", expected])
        .current_dir(package)
        .env("CARGO_TARGET_DIR", target)
        .output();
    let Output {
        status,
        stdout,
        stderr,
    } = ran.expect("cargo can be run");
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).expect("it prints text")
}

#[test]
fn reads_and_shows_the_same_with_every_feature_of_serde_json() {
    let package = package();
    let off = printed(package.path(), &[], "off");
    let on = printed(package.path(), &["--features", "all"], "on");

    for (off, on) in off.lines().zip(on.lines()) {
        assert_eq!(off, on, "without and with the features");
    }
    assert_eq!(off.lines().count(), on.lines().count());
    blames_the_text_for_money_alone(&on);
    keeps_the_members_that_have_private_names(&on);
    assert_eq!(
        section(&on, "https"),
        ["Some(Config)"],
        "no feature for TLS"
    );
}

/// The lines about one body.
fn section<'t>(printed: &'t str, title: &str) -> Vec<&'t str> {
    let lines = printed.lines().skip_while(|line| *line != title).skip(1);
    let lines: Vec<_> = lines.take_while(|line| line.starts_with(' ')).collect();
    assert!(!lines.is_empty(), "{title} is in:\n{printed}");
    lines.into_iter().map(str::trim_start).collect()
}

fn blames_the_text_for_money_alone(printed: &str) {
    let lines = section(printed, "arbitrary-precision");
    let anomalies: Vec<_> = lines
        .iter()
        .filter(|line| line.starts_with("anomaly: "))
        .collect();
    assert_eq!(
        anomalies,
        [&"anomaly: data.total_paid_cents: expected a whole number, found a string"]
    );
    assert!(lines.contains(&"place: Some(37.7749) None"), "{lines:#?}");
}

fn keeps_the_members_that_have_private_names(printed: &str) {
    let member = r#"{"$serde_json::private::RawValue":"1"}"#;
    let lines = section(printed, "rawvalue-name");
    let texts: Vec<_> = lines.iter().filter(|line| line.contains(member)).collect();
    // As text and as a value.
    assert_eq!(texts.len(), 2, "{lines:#?}");
}
