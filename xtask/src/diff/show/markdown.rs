//! To paste into a review.

use std::io::{self, Write};

use super::{crate_version, heading, of, summary};
use openapi_diff::{Change, Class, Comparison};

/// Writes the report.
pub fn markdown(
    out: &mut dyn Write,
    base: &str,
    head: &str,
    comparison: &Comparison,
) -> io::Result<()> {
    writeln!(
        out,
        "### `{head}` against `{base}`: {}",
        summary(comparison)
    )?;
    for note in &comparison.notes {
        writeln!(out, "\n> **Warning:** {}", escaped(note))?;
    }
    let [was, is] = &comparison.versions;
    if let Some(suggested) = &comparison.suggested {
        write!(
            out,
            "\n`info.version`: {was} → {is}, suggested: **{suggested}**."
        )?;
        match crate_version(comparison) {
            Some((now, next)) => writeln!(out, " `aura-client`: {now}, suggested: **{next}**.")?,
            None => writeln!(out)?,
        }
    }
    for class in Class::TOLD {
        let changes = of(comparison, class);
        if changes.is_empty() {
            continue;
        }
        // What matters least is folded.
        if class == Class::Docs {
            writeln!(
                out,
                "\n<details><summary>{} ({})</summary>\n",
                heading(class),
                changes.len()
            )?;
        } else {
            writeln!(out, "\n#### {}\n", heading(class))?;
        }
        for told in changes {
            change(out, base, head, told)?;
        }
        if class == Class::Docs {
            writeln!(out, "\n</details>")?;
        }
    }
    Ok(())
}

fn change(out: &mut dyn Write, base: &str, head: &str, change: &Change) -> io::Result<()> {
    let place = match change.base_line {
        Some(line) => format!("`{head}:{}`, line {line} of `{base}`", change.line),
        None => format!("`{head}:{}`", change.line),
    };
    let message = escaped(&change.message);
    let message = match change.class {
        Class::Docs => message,
        _ => format!("**{message}**"),
    };
    writeln!(out, "- {message}<br>{place}, `{}`", change.code)?;
    let instead = change.instead.iter().map(|text| ("Instead", *text));
    let views = [("Wire", &change.wire), ("Rust", &change.rust)];
    let views = views
        .into_iter()
        .filter_map(|(name, text)| Some((name, text.as_deref()?)));
    for (name, text) in views.chain(instead) {
        writeln!(out, "  - {name}: {}", escaped(text))?;
    }
    Ok(())
}

/// Markdown's own characters as they are, outside of code.
fn escaped(text: &str) -> String {
    let mut code = false;
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        code ^= c == '`';
        if !code && matches!(c, '<' | '*' | '_' | '[' | ']' | '\\') {
            written.push('\\');
        }
        written.push(c);
    }
    written
}
