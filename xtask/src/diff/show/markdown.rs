//! To paste into a review.

use std::io::{self, Write};

use openapi_document::display::one_line;

use super::{Item, Note, Report, SECTIONS, Section, views};
use openapi_diff::{Change, Compatibility};

/// How many other places are listed.
const LISTED: usize = 100;

/// Writes the report.
pub fn markdown(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let comparison = report.comparison;
    let (head, base) = (code(report.head), code(report.base));
    writeln!(out, "### {head} against {base}: {}", report.summary())?;
    if !comparison.changes.is_empty() {
        let rust = comparison
            .rust_class
            .map_or("not compared", Compatibility::word);
        let wire = comparison.wire_class.word();
        writeln!(out, "\nOn the wire: **{wire}**. In Rust: **{rust}**.")?;
    }
    for note in report.notes() {
        let word = match note {
            Note::Warning(_) => "Warning",
            Note::Remark(_) => "Note",
        };
        writeln!(out, "\n> **{word}:** {}", escaped(note.text()))?;
    }
    let versions = versions(report);
    if !versions.is_empty() {
        writeln!(out, "\n{versions}")?;
    }
    for section in SECTIONS {
        let items = report.items(section);
        if items.is_empty() {
            continue;
        }
        // What matters least is folded.
        let is_folded =
            [Section::Counted(Compatibility::Docs), Section::Accepted].contains(&section);
        let heading = section.heading();
        match is_folded {
            true => {
                let count: usize = items.iter().map(|item| 1 + item.others.len()).sum();
                writeln!(out, "\n<details><summary>{heading} ({count})</summary>\n")?;
            }
            false => writeln!(out, "\n#### {heading}\n")?,
        }
        for item in &items {
            change(out, report, item)?;
        }
        if is_folded {
            writeln!(out, "\n</details>")?;
        }
    }
    Ok(())
}

fn versions(report: &Report<'_>) -> String {
    let [was, is] = &report.comparison.versions;
    let contract = report.comparison.suggested.iter().map(|suggested| {
        let (was, is) = (escaped(was), escaped(is));
        format!("`info.version`: {was} → {is}, suggested: **{suggested}**.")
    });
    let client = report.client_version();
    let client = client.into_iter().map(|(now, next)| {
        let reason = report.client_reason();
        format!("`aura-client`: {now}, suggested: **{next}**{reason}.")
    });
    contract.chain(client).collect::<Vec<_>>().join(" ")
}

fn change(out: &mut dyn Write, report: &Report<'_>, item: &Item<'_>) -> io::Result<()> {
    let change = item.change;
    let message = escaped(&change.message);
    let message = match change.class {
        Compatibility::Docs => message,
        _ => format!("**{message}**"),
    };
    let views = views(change).map_or(String::new(), |views| format!(" ({views})"));
    let place = place(report, change);
    writeln!(out, "- {message}<br>{place}, `{}`{views}", change.code)?;
    let views = [("Wire", &change.wire), ("Rust", &change.rust)].into_iter();
    let views = views.filter_map(|(name, text)| Some((name, text.as_deref()?)));
    let instead = change.instead.iter().map(|text| ("Instead", *text));
    let instead = instead.filter(|_| change.accepted.is_none());
    for (name, text) in views.chain(instead) {
        writeln!(out, "  - {name}: {}", escaped(text))?;
    }
    if let Some(entry) = &change.accepted {
        let (date, reason) = (&entry.date, escaped(&one_line(&*entry.reason)));
        writeln!(out, "  - Accepted ({date}): {reason}")?;
    }
    others(out, report, item)
}

/// The other places of the same change, folded.
fn others(out: &mut dyn Write, report: &Report<'_>, item: &Item<'_>) -> io::Result<()> {
    let count = item.others.len();
    if count == 0 {
        return Ok(());
    }
    writeln!(
        out,
        "  - <details><summary>The same in {count} more places</summary>\n"
    )?;
    for other in item.others.iter().take(LISTED) {
        writeln!(
            out,
            "    - {} {}",
            place(report, other),
            escaped(&other.message)
        )?;
    }
    if count > LISTED {
        writeln!(out, "    - and {} more", count - LISTED)?;
    }
    writeln!(out, "\n    </details>")
}

fn place(report: &Report<'_>, change: &Change) -> String {
    let place = code(&report.place(change));
    match report.old_line(change) {
        Some(line) => format!("{place}, line {line} of {}", code(report.base)),
        None => place,
    }
}

/// Text as code, between more backticks than it holds.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Markdown's own characters as they are, outside of code. Code ends where it began: a backtick
/// without another is text.
fn escaped(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let mut written = String::with_capacity(text.len());
    for (index, part) in parts.iter().enumerate() {
        let quoted = index % 2 == 1;
        if quoted && index + 1 < parts.len() && !part.is_empty() {
            written += &format!("`{part}`");
            continue;
        }
        if quoted {
            written += if index + 1 < parts.len() {
                "\\`\\`"
            } else {
                "\\`"
            };
        }
        for c in part.chars() {
            if "<>*_[]\\&#|~".contains(c) {
                written.push('\\');
            }
            written.push(c);
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::{code, escaped};

    #[test]
    fn a_file_name_stays_in_its_code() {
        assert_eq!(code("a.yaml"), "`a.yaml`");
        assert_eq!(code("a`b``.yaml"), "``` a`b``.yaml ```");
    }

    #[test]
    fn a_name_stays_in_its_line_and_in_its_code() {
        for (text, written) in [
            ("`a*` is *b*", r"`a*` is \*b\*"),
            ("`a`b` # <c>", r"`a`b\` \# \<c\>"),
            ("`` is empty", r"\`\` is empty"),
        ] {
            assert_eq!(escaped(text), written);
        }
    }
}
