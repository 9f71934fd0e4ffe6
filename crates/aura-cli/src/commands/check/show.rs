//! Findings, for people and for programs.

use anstyle::{AnsiColor, Style};
use serde_json::{Map, Value, json};

use super::finding::{Finding, Outcome, worst};
use crate::exit::Exit;

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const NONE: Style = Style::new().dimmed();
const HELP: Style = AnsiColor::Cyan.on_default();

/// The width of the titles.
const TITLE: usize = 12;

/// Findings for a terminal of this width.
pub fn for_people(findings: &[Finding], width: usize, styled: bool) -> String {
    let margin = " ".repeat("✓ ".chars().count() + TITLE + 2);
    let wrap = textwrap::Options::new(width.max(2 * margin.len())).subsequent_indent(&margin);
    let lines = findings.iter().map(|finding| {
        let (style, mark) = match &finding.outcome {
            Outcome::Passed(_) => (GOOD, '✓'),
            Outcome::Failed(_) => (BAD, '✗'),
            Outcome::Skipped(_) => (NONE, '–'),
        };
        let title = finding.subject.title();
        let mut line = format!("{style}{mark}{style:#} {title:TITLE$}  {}", text(finding));
        if let Some(help) = help(finding) {
            line.push_str(&format!("\n{HELP}help:{HELP:#} {help}"));
        }
        textwrap::fill(&line, &wrap) + "\n"
    });
    let text: String = lines.collect();
    match styled {
        true => text,
        false => anstream::adapter::strip_str(&text).to_string(),
    }
}

/// Findings in lines that are never broken, of ASCII as far as they are ours.
pub fn plain(findings: &[Finding]) -> String {
    let lines = findings.iter().map(|finding| {
        let (mark, title) = (status(finding), finding.subject.title());
        let mut line = format!("{mark:7}  {title:TITLE$}  {}", text(finding));
        if let Some(help) = help(finding) {
            line.push_str(&format!("\n{:1$}help: {help}", "", 7 + 2 + TITLE + 2));
        }
        line + "\n"
    });
    lines.collect::<String>().replace('…', "...")
}

fn text(finding: &Finding) -> String {
    match &finding.outcome {
        Outcome::Passed(text) => text.clone(),
        Outcome::Failed(failure) => failure.to_string(),
        Outcome::Skipped(why) => format!("not checked: {why}"),
    }
}

fn help(finding: &Finding) -> Option<&str> {
    match &finding.outcome {
        Outcome::Failed(failure) => failure.help(),
        Outcome::Passed(_) | Outcome::Skipped(_) => None,
    }
}

fn status(finding: &Finding) -> &'static str {
    match finding.outcome {
        Outcome::Passed(_) => "ok",
        Outcome::Failed(_) => "failed",
        Outcome::Skipped(_) => "skipped",
    }
}

/// All findings as one object.
pub fn object(findings: &[Finding]) -> Value {
    let mut object = Map::new();
    object.insert("ok".into(), (worst(findings) == Exit::Good).into());
    for finding in findings {
        let mut shown = Map::new();
        shown.insert("status".into(), status(finding).into());
        shown.extend(finding.facts.clone());
        match &finding.outcome {
            Outcome::Passed(_) => {}
            Outcome::Failed(failure) => drop(shown.insert("error".into(), json!(failure))),
            Outcome::Skipped(why) => drop(shown.insert("why".into(), (*why).into())),
        }
        object.insert(finding.subject.name().into(), shown.into());
    }
    object.into()
}
