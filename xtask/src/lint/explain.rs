//! `cargo xtask lint --explain`: what stands behind a code.

use std::io::{self, Write};

use anstyle::Style;

use crate::diagnostics::render;
use openapi_diff as diff;
use openapi_document::Source;
use openapi_document::{Example, Rule, Severity};
use openapi_lint::{MINIMAL, nearest};

const STRONG: Style = Style::new().bold();

/// Lines are no longer than this.
const WIDTH: usize = 80;

/// Writes what a rule is about, with an example. An unknown code is an error that says which was
/// probably meant.
pub fn explain(out: &mut dyn Write, code: &str) -> io::Result<Result<(), String>> {
    let rules = client_codegen::rules();
    let Some(rule) = rules.iter().find(|rule| rule.code == code) else {
        return Ok(Err(unknown(code, &rules)));
    };
    writeln!(out, "{STRONG}{}{STRONG:#}: {}", heading(rule), rule.summary)?;
    writeln!(out, "\n{}", textwrap::fill(rule.docs, WIDTH))?;
    let Some(example) = &rule.example else {
        return Ok(Ok(()));
    };
    let (broken, _) = example.broken(MINIMAL);
    let told = client_codegen::lint(&broken).1;
    writeln!(out, "\n{STRONG}Wrong:{STRONG:#}\n")?;
    render(out, "openapi.yaml", &Source::new(broken), &told)?;
    writeln!(out, "{STRONG}Right:{STRONG:#}\n")?;
    let right = textwrap::dedent(&right(example));
    write!(out, "{}", textwrap::indent(&right, "    "))?;
    Ok(Ok(()))
}

/// The lines of the contract that keep the rule: whole ones, so that they can be dedented alike.
fn right(example: &Example) -> String {
    let kept = example.kept(MINIMAL);
    let at = MINIMAL.find(example.instead_of).unwrap_or_default();
    let start = kept[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = at + example.right.len();
    let lines = kept[start..end].trim_end_matches('\n').len() + start;
    let rest = kept[lines..].find('\n').unwrap_or(kept.len() - lines);
    format!("{}\n", &kept[start..lines + rest])
}

/// Writes every code with what it finds.
pub fn list(out: &mut dyn Write) -> io::Result<()> {
    let rules = client_codegen::rules();
    let longest = rules.iter().map(|rule| rule.code.len()).max().unwrap_or(0);
    for rule in rules {
        let severity = match rule.severity {
            Severity::Error => "error  ",
            Severity::Warning => "warning",
        };
        let start = format!("{:longest$}  {severity}  ", rule.code);
        let indent = " ".repeat(start.len());
        let options =
            textwrap::Options::new(WIDTH.max(start.len() + 30)).subsequent_indent(&indent);
        writeln!(out, "{}", textwrap::fill(&(start + rule.summary), options))?;
    }
    writeln!(out, "\ncargo xtask lint --explain CODE says more")
}

fn heading(rule: &Rule) -> String {
    let severity = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    format!("{severity}[{}]", rule.code)
}

/// Why a code can't be explained, and which was probably meant.
pub fn unknown(code: &str, rules: &[&Rule]) -> String {
    if diff::rules::ALL.iter().any(|rule| rule.code == code) {
        return format!(
            "there is no rule `{code}` of lint; a code of `cargo xtask diff` is explained in docs/reviewing.md"
        );
    }
    let codes = || rules.iter().map(|rule| rule.code);
    // The part after the `::` alone is meant, too.
    let short = codes().find(|known| known.rsplit("::").next() == Some(code));
    match short.or_else(|| nearest(code, codes())) {
        Some(meant) => format!("there is no rule `{code}`; did you mean `{meant}`?"),
        None => format!("there is no rule `{code}`; `--explain` alone lists all"),
    }
}
