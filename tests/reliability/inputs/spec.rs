//! `openapi.yaml` as it may be in the middle of an edit, or of a merge.

use std::sync::LazyLock;
use std::time::Duration;

use aura_workspace_tests::checkout;
use bolero::{TypeGenerator, ValueGenerator, check, produce_with};
use openapi_document::Source;
use xtask::diagnostics::render;
use xtask::workspace::CONTRACT;

/// What is done to a line, which is found by its number.
#[derive(Clone, Debug, TypeGenerator)]
enum Edit {
    Delete(u16),
    Repeat(u16),
    /// Takes the place of another.
    Move(u16, u16),
    Indent(u16, #[generator(-4..=4_i8)] i8),
    Cut(u16, u8),
    /// What stands behind the colon.
    Value(u16, #[generator(0..VALUES.len())] usize),
    Key(u16, #[generator(0..KEYS.len())] usize),
    Insert(u16, String),
    Rest(u16),
}

const VALUES: [&str; 22] = [
    "null",
    "~",
    "''",
    "7",
    "-1",
    "1e999",
    "true",
    "[]",
    "{}",
    "[1, {a: b}]",
    "string",
    "object",
    "array",
    "uuid",
    "date-time",
    "'#/components/schemas/Lead'",
    "'#/paths/~1v1~1leads~1{id}'",
    "'#/'",
    "&a [*a]",
    "*a",
    "'{'",
    "|",
];

const KEYS: [&str; 24] = [
    "$ref",
    "type",
    "items",
    "properties",
    "required",
    "allOf",
    "oneOf",
    "additionalProperties",
    "enum",
    "example",
    "nullable",
    "format",
    "x-sensitive",
    "x-not-found",
    "x-identifies",
    "security",
    "servers",
    "parameters",
    "schema",
    "responses",
    "operationId",
    "discriminator",
    "pattern",
    "'<<'",
];

static AURA: LazyLock<String> = LazyLock::new(checkout::contract);
/// A small contract with what this one doesn't have: queries, bodies, compositions.
const GROWN: &str = include_str!("../../../crates/openapi-diff/tests/diff/grown.yaml");

fn edited(text: &str, edits: &[Edit]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for edit in edits {
        let at = |line: &u16| usize::from(*line) % lines.len();
        match edit {
            _ if lines.is_empty() => break,
            Edit::Delete(line) => {
                let at = at(line);
                lines.remove(at);
            }
            Edit::Repeat(line) => {
                let at = at(line);
                lines.insert(at, lines[at].clone());
            }
            Edit::Move(line, other) => {
                let (line, other) = (at(line), at(other));
                lines.swap(line, other);
            }
            Edit::Indent(line, by) => {
                let at = at(line);
                let indent = lines[at].len() - lines[at].trim_start().len();
                let wanted = indent.saturating_add_signed((*by).into());
                lines[at] = format!("{}{}", " ".repeat(wanted), lines[at].trim_start());
            }
            Edit::Cut(line, length) => {
                let at = at(line);
                lines[at] = lines[at].chars().take((*length).into()).collect();
            }
            Edit::Value(line, which) => {
                let at = at(line);
                let (key, _) = lines[at].split_once(':').unwrap_or((&lines[at], ""));
                lines[at] = format!("{key}: {}", VALUES[*which]);
            }
            Edit::Key(line, which) => {
                let at = at(line);
                let indent = lines[at].len() - lines[at].trim_start().len();
                let (_, value) = lines[at].split_once(':').unwrap_or(("", ""));
                lines[at] = format!("{}{}:{value}", " ".repeat(indent), KEYS[*which]);
            }
            Edit::Insert(line, text) => {
                let at = at(line);
                lines[at] += text;
            }
            Edit::Rest(line) => {
                let at = at(line);
                lines.truncate(at);
            }
        }
    }
    lines.join("\n")
}

/// There are files, or an error says why not; and each diagnostic can be shown.
fn is_told(text: &str) {
    let outcome = client_codegen::run(text);
    let has_error = outcome.diagnostics.iter().any(|found| found.is_error());
    assert_eq!(
        outcome.artifacts.is_none(),
        has_error,
        "{:?}",
        outcome.diagnostics
    );
    let mut shown = Vec::new();
    let source = Source::new(text);
    render(&mut shown, CONTRACT, &source, &outcome.diagnostics).expect("memory takes all");
    assert_eq!(shown.is_empty(), outcome.diagnostics.is_empty());
}

/// Longer than others, since a contract takes some 20 ms.
const TIME: Duration = Duration::from_secs(5);

/// Few at a time: what is damaged too much is refused by the first who looks at it.
fn edits() -> impl ValueGenerator<Output = Vec<Edit>> {
    produce_with::<Vec<Edit>>().len(1..=4_usize)
}

#[test]
fn an_edited_contract_is_generated_or_told_what_is_wrong() {
    let contract = check!().with_generator(edits()).with_test_time(TIME);
    contract.for_each(|edits| is_told(&edited(&AURA, edits)));
}

#[test]
fn another_contract_edited_is_generated_or_told_what_is_wrong() {
    let contract = check!().with_generator(edits()).with_test_time(TIME);
    contract.for_each(|edits| is_told(&edited(GROWN, edits)));
}

#[test]
fn any_text_is_told_what_is_wrong() {
    check!().for_each(|bytes: &[u8]| is_told(&String::from_utf8_lossy(bytes)));
}
