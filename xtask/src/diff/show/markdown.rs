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
            "\n`info.version`: {} → {}, suggested: **{suggested}**.",
            escaped(was),
            escaped(is)
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
    use super::escaped;

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
