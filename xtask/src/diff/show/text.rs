//! For the terminal.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{crate_version, heading, of, summary};
use openapi_diff::{Change, Class, Comparison};

const BAD: Style = AnsiColor::Red.on_default().bold();
const GOOD: Style = AnsiColor::Green.on_default().bold();
const WARNS: Style = AnsiColor::Yellow.on_default().bold();
const QUIET: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();

/// What a terminal shows in one line.
const WIDTH: usize = 80;

fn style(class: Class) -> Style {
    match class {
        Class::Breaking => BAD,
        Class::Additive => GOOD,
        Class::Docs | Class::None => STRONG,
    }
}

/// Writes the report.
pub fn text(
    out: &mut dyn Write,
    base: &str,
    head: &str,
    comparison: &Comparison,
) -> io::Result<()> {
    let worst = style(comparison.class);
    writeln!(
        out,
        "{head} against {base}: {worst}{}{worst:#}",
        summary(comparison)
    )?;
    for class in Class::TOLD {
        let changes = of(comparison, class);
        if changes.is_empty() {
            continue;
        }
        let shown = style(class);
        writeln!(out, "\n{shown}{}{shown:#}\n", heading(class))?;
        for (index, told) in changes.into_iter().enumerate() {
            if class == Class::Docs {
                let place = place(base, head, told);
                wrapped(
                    out,
                    "  ",
                    2,
                    &format!("{} {QUIET}{place}{QUIET:#}", told.message),
                )?;
                continue;
            }
            if index > 0 {
                writeln!(out)?;
            }
            change(out, base, head, told)?;
        }
    }
    if comparison.suggested.is_some() || !comparison.notes.is_empty() {
        writeln!(out)?;
    }
    versions(out, comparison)?;
    for note in &comparison.notes {
        wrapped(
            out,
            &format!("{WARNS}warning{WARNS:#}: "),
            "warning: ".len(),
            note,
        )?;
    }
    Ok(())
}

fn place(base: &str, head: &str, change: &Change) -> String {
    match change.base_line {
        Some(line) => format!("{head}:{}, line {line} of {base}", change.line),
        None => format!("{head}:{}", change.line),
    }
}

fn change(out: &mut dyn Write, base: &str, head: &str, change: &Change) -> io::Result<()> {
    let place = place(base, head, change);
    wrapped(out, "  ", 2, &change.message)?;
    writeln!(out, "    {QUIET}{place}  {}{QUIET:#}", change.code)?;
    for (name, text) in [("wire", &change.wire), ("rust", &change.rust)] {
        if let Some(text) = text {
            wrapped(out, &format!("    {STRONG}{name:<9}{STRONG:#}"), 13, text)?;
        }
    }
    for instead in &change.instead {
        wrapped(
            out,
            &format!("    {STRONG}{:<9}{STRONG:#}", "instead"),
            13,
            instead,
        )?;
    }
    Ok(())
}

/// A text behind `start`, which takes `indent` columns; the lines that follow begin there.
fn wrapped(out: &mut dyn Write, start: &str, indent: usize, text: &str) -> io::Result<()> {
    let options = textwrap::Options::new(WIDTH - indent).break_words(false);
    let mut lines = textwrap::wrap(text, options).into_iter();
    writeln!(out, "{start}{}", lines.next().unwrap_or_default())?;
    lines.try_for_each(|line| writeln!(out, "{:indent$}{line}", ""))
}

fn versions(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    let [was, is] = &comparison.versions;
    if let Some(suggested) = &comparison.suggested {
        writeln!(out, "info.version: {was} → {is}, suggested: {suggested}")?;
    }
    if let Some((now, next)) = crate_version(comparison) {
        writeln!(out, "aura-client: {now}, suggested: {next}")?;
    }
    Ok(())
}
