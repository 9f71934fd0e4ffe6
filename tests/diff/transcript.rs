//! `docs/reviewing.md` says what is so: its transcript is what the command prints, its list of
//! codes is complete.

use std::fs;

use aura_workspace_tests::checkout;
use openapi_diff::rules::{ALL, keywords};
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

/// A line of a table of the page.
fn row(cells: &[&str]) -> String {
    format!("| {} |", cells.join(" | "))
}

/// What a line of a table is about: its first cell.
fn subject(row: &str) -> &str {
    row.split(" | ").next().unwrap_or_default()
}

/// The tables of the code, as lines of the page.
fn tables() -> Vec<String> {
    let list = |codes: [&str; 2]| format!("`{}`, `{}`", codes[0], codes[1]);
    let keywords = keywords().map(|line| {
        let (fewer, more) = (list(line.fewer), list(line.more));
        row(&[line.keywords, &fewer, &more, line.why])
    });
    let codes = ALL.iter().map(|rule| {
        let code = format!("`{}`", rule.code);
        let (scope, class) = (rule.scope.word(), rule.class.word());
        row(&[&code, scope, class, rule.why, rule.example])
    });
    keywords.chain(codes).collect()
}

#[test]
fn the_tables_of_the_page_are_those_of_the_code() {
    let page = page();
    let lines = page.lines().enumerate();
    let listed: Vec<(usize, &str)> = lines.filter(|(_, line)| line.starts_with("| `")).collect();
    let known = tables();
    let mut wrong = Vec::new();
    for (index, line) in &listed {
        let same = known.iter().find(|row| subject(row) == subject(line));
        match same {
            Some(row) if row == line => {}
            Some(row) => wrong.push(format!(
                "docs/reviewing.md:{}\n    the page: {line}\n    the code: {row}",
                index + 1
            )),
            None => wrong.push(format!(
                "docs/reviewing.md:{}\n    the code does not have: {line}",
                index + 1
            )),
        }
    }
    let has = |row: &str| listed.iter().any(|(_, line)| subject(line) == subject(row));
    let missing = known.iter().filter(|row| !has(row));
    wrong.extend(missing.map(|row| format!("the page does not have: {row}")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let order = |rows: &mut dyn Iterator<Item = &str>| -> Vec<String> {
        rows.map(|row| subject(row).to_string()).collect()
    };
    assert_eq!(
        order(&mut listed.iter().map(|(_, line)| *line)),
        order(&mut known.iter().map(String::as_str)),
        "each line stands once, in the order of the code"
    );
}
