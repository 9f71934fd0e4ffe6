//! For the terminal.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use openapi_document::display::one_line;

use super::{Item, Note, Report, SECTIONS, Section, views};
use openapi_diff::{Change, Compatibility};

const BAD: Style = AnsiColor::Red.on_default().bold();
const GOOD: Style = AnsiColor::Green.on_default().bold();
const WARNS: Style = AnsiColor::Yellow.on_default().bold();
const QUIET: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();

/// What a terminal shows in one line.
const WIDTH: usize = 80;

fn style(class: Compatibility) -> Style {
    match class {
        Compatibility::Breaking => BAD,
        Compatibility::Additive => GOOD,
        Compatibility::Docs | Compatibility::Identical => STRONG,
    }
}

/// How many lines of other places are listed.
const LISTED: usize = 20;

/// Writes the report.
pub fn text(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let comparison = report.comparison;
    let worst = style(comparison.class);
    let summary = report.summary();
    let (base, head) = (report.base, report.head);
    writeln!(out, "{head} against {base}: {worst}{summary}{worst:#}")?;
    if !comparison.changes.is_empty() {
        let rust = comparison
            .rust_class
            .map_or("not compared", Compatibility::word);
        let wire = comparison.wire_class.word();
        writeln!(out, "On the wire: {wire}. In Rust: {rust}.")?;
    }
    for section in SECTIONS {
        let items = report.items(section);
        if items.is_empty() {
            continue;
        }
        let (shown, is_short) = match section {
            Section::Counted(class) => (style(class), class == Compatibility::Docs),
            Section::Accepted => (STRONG, false),
        };
        writeln!(out, "\n{shown}{}{shown:#}\n", section.heading())?;
        for (index, item) in items.iter().enumerate() {
            if is_short {
                let place = [place(report, item.change), also(item)];
                let text = format!("{} {QUIET}{}{QUIET:#}", item.change.message, place.concat());
                wrapped(out, "  ", 2, &text)?;
                continue;
            }
            if index > 0 {
                writeln!(out)?;
            }
            change(out, report, item)?;
        }
    }
    let notes = report.notes();
    if comparison.suggested.is_some() || report.client_version().is_some() || !notes.is_empty() {
        writeln!(out)?;
    }
    versions(out, report)?;
    for note in notes {
        let (style, word) = match note {
            Note::Warning(_) => (WARNS, "warning"),
            Note::Remark(_) => (STRONG, "note"),
        };
        let start = format!("{style}{word}{style:#}: ");
        wrapped(out, &start, word.len() + 2, note.text())?;
    }
    Ok(())
}

fn place(report: &Report<'_>, change: &Change) -> String {
    let place = report.place(change);
    match report.old_line(change) {
        Some(line) => format!("{place}, line {line} of {}", report.base),
        None => place,
    }
}

/// Where else the same change was made.
fn also(item: &Item<'_>) -> String {
    let count = item.others.len();
    if count == 0 {
        return String::new();
    }
    let lines = item.others.iter().take(LISTED);
    let lines: Vec<String> = lines.map(|other| other.line.to_string()).collect();
    let more = match count.saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(
        ", and in {count} more places: lines {}{more}",
        lines.join(", ")
    )
}

fn change(out: &mut dyn Write, report: &Report<'_>, item: &Item<'_>) -> io::Result<()> {
    let change = item.change;
    wrapped(out, "  ", 2, &change.message)?;
    let views = views(change).map_or(String::new(), |views| format!("  ({views})"));
    let place = place(report, change);
    let place = format!("{QUIET}{place}  {}{views}{QUIET:#}", change.code);
    wrapped(out, "    ", 4, &place)?;
    let mut row = |name: &str, text: &str| {
        wrapped(out, &format!("    {STRONG}{name:<9}{STRONG:#}"), 13, text)
    };
    for (name, text) in [("wire", &change.wire), ("rust", &change.rust)] {
        if let Some(text) = text {
            row(name, text)?;
        }
    }
    for instead in change.instead.iter().filter(|_| change.accepted.is_none()) {
        row("instead", instead)?;
    }
    if !item.others.is_empty() {
        row("also", also(item).trim_start_matches(", and "))?;
    }
    if let Some(entry) = &change.accepted {
        let (date, reason) = (&entry.date, one_line(&*entry.reason));
        row(
            "accepted",
            &format!("{date}, {}:{}: {reason}", report.accepted, entry.line),
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

fn versions(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let [was, is] = &report.comparison.versions;
    if let Some(suggested) = &report.comparison.suggested {
        writeln!(out, "info.version: {was} → {is}, suggested: {suggested}")?;
    }
    if let Some((now, next)) = report.client_version() {
        let reason = report.client_reason();
        writeln!(out, "aura-client: {now}, suggested: {next}{reason}")?;
    }
    Ok(())
}
