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
        let (title, text) = (finding.subject.title(), text(finding));
        let line = format!("{style}{mark}{style:#} {title:TITLE$}  {text}");
        let line = textwrap::fill(&line, &wrap);
        let Some(help) = help(finding) else {
            return line + "\n";
        };
        let wrap = wrap.clone().initial_indent(&margin);
        let help = textwrap::fill(&format!("{HELP}help:{HELP:#} {help}"), wrap);
        format!("{line}\n{help}\n")
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
        object.insert(finding.subject.name(), shown.into());
    }
    object.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::check::finding::Subject;
    use crate::failure::Failure;

    fn findings() -> [Finding; 3] {
        let failure =
            Failure::local("it is broken").or_try("mend it, or have it mended by somebody");
        [
            Finding::passed(Subject::Key, "aura_pk_live_…"),
            Finding::failed(Subject::Health, failure),
            Finding::skipped(Subject::RateLimit, "there was no answer to read it from"),
        ]
    }

    #[test]
    fn people_get_lines_that_fit_their_terminal() {
        assert_eq!(
            for_people(&findings(), 42, false),
            "\
✓ Key           aura_pk_live_…
✗ Health        it is broken
                help: mend it, or have it
                mended by somebody
– Rate limit    not checked: there was no
                answer to read it from
"
        );
        let styled = for_people(&findings(), 42, true);
        assert!(styled.contains("\u{1b}["), "{styled}");
    }

    #[test]
    fn a_pipe_gets_whole_lines_of_ascii() {
        let plain = plain(&findings());
        assert!(plain.is_ascii(), "{plain}");
        assert_eq!(
            plain,
            "\
ok       Key           aura_pk_live_...
failed   Health        it is broken
                       help: mend it, or have it mended by somebody
skipped  Rate limit    not checked: there was no answer to read it from
"
        );
    }
}
