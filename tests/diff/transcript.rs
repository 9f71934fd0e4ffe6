//! `docs/reviewing.md` says what is so: its transcript is what the command prints, its list of
//! codes is complete.

use std::collections::BTreeMap;
use std::fs;

use aura_workspace_tests::checkout;
use openapi_diff::rules::ALL;
use xtask::diff::{Arguments, Format};

use super::command::{repository, run};
use super::contracts::{AURA, edited};

fn page() -> String {
    fs::read_to_string(checkout::root().join("docs/reviewing.md")).expect("the page is there")
}

/// The block of the page that starts with this line, without it.
fn block(page: &str, start: &str) -> String {
    let (_, after) = page
        .split_once(&format!("{start}\n"))
        .expect("the page has the block");
    let (block, _) = after.split_once("\n```").expect("the block ends");
    format!("{block}\n")
}

/// The edit that the page shows, of the contract as it once stood.
fn change() -> String {
    let edits = [
        (
            "        total_paid_cents:",
            "type: integer\n          format: int64\n",
            "type: string\n",
        ),
        ("        company:", "Name of", "The name of"),
        (
            "        timezone:",
            "        timezone:\n",
            "        job_title:\n          type: string\n          nullable: true\n          description: What the lead does for a living.\n        timezone:\n",
        ),
    ];
    edits
        .iter()
        .fold(AURA.to_owned(), |text, edit| edited(&text, *edit))
}

/// Without what other edits of the contract may move: line numbers, versions, the commit.
fn masked(text: &str) -> String {
    let text = match text.split_once("main (") {
        Some((before, after)) => {
            let (_, after) = after
                .split_once(')')
                .expect("the commit stands in parentheses");
            format!("{before}main{after}")
        }
        None => text.to_string(),
    };
    let mut masked = String::new();
    for c in text.chars() {
        match c {
            c if c.is_ascii_digit() && masked.ends_with('0') => {}
            c if c.is_ascii_digit() => masked.push('0'),
            c => masked.push(c),
        }
    }
    masked
}

#[test]
fn the_transcript_is_what_the_command_prints() {
    let checkout = repository(AURA, &change());
    let (_, out, _) = run(checkout.path(), &Arguments::default());
    let shown = block(&page(), "$ cargo xtask diff");
    assert_eq!(masked(&out), masked(&shown), "the command prints:\n{out}");
}

#[test]
fn the_transcript_for_a_review_is_what_the_command_prints() {
    let checkout = repository(AURA, &change());
    let arguments = Arguments {
        format: Format::Markdown,
        ..Arguments::default()
    };
    let (_, out, _) = run(checkout.path(), &arguments);
    let shown = block(&page(), "```markdown");
    assert_eq!(masked(&out), masked(&shown), "the command prints:\n{out}");
}

#[test]
fn the_page_lists_every_code_with_its_class() {
    let page = page();
    let rows = page.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| `")?.split(" | ");
        let code = cells.next()?.strip_suffix('`')?;
        Some((code.to_string(), cells.next()?.to_string()))
    });
    let listed: BTreeMap<String, String> = rows.collect();
    let known: BTreeMap<String, String> = ALL
        .iter()
        .map(|rule| (rule.code.to_string(), rule.class.word().to_string()))
        .collect();
    assert_eq!(listed, known);
}
