//! Diagnostics as GitHub shows them beside a change: workflow commands.

use openapi_document::Source;
use openapi_document::{Diagnostic, Severity};

/// One line for each finding about `source`, which GitHub knows as `file`.
pub fn github(file: &str, source: &Source, diagnostics: &[Diagnostic]) -> String {
    diagnostics
        .iter()
        .map(|found| one(file, source, found))
        .collect()
}

fn one(file: &str, source: &Source, found: &Diagnostic) -> String {
    let level = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut properties = vec![("file", file.to_string())];
    if let Some(span) = &found.span {
        let [start, end] = [span.start, span.end].map(|at| source.line_column(at));
        let mut put = |name, number: usize| properties.push((name, number.to_string()));
        put("line", start.line);
        put("endLine", end.line);
        // GitHub takes columns only where both are on one line.
        if start.line == end.line {
            put("col", start.column);
            put("endColumn", end.column);
        }
    }
    properties.push(("title", found.code.to_string()));
    let help = found.help.iter().map(|help| format!("\nhelp: {help}"));
    let message = found.message.to_string() + &help.collect::<String>();
    command(level, &properties, &message)
}

/// A workflow command: `error`, `warning` or `notice`, with what it is about.
pub fn command(level: &str, properties: &[(&str, String)], message: &str) -> String {
    let properties = properties.iter();
    let properties = properties.map(|(name, value)| format!("{name}={}", property(value)));
    let properties: Vec<String> = properties.collect();
    let space = if properties.is_empty() { "" } else { " " };
    format!(
        "::{level}{space}{}::{}\n",
        properties.join(","),
        data(message)
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_command_is_escaped() {
        let source = Source::new("a: b\n");
        let found = Diagnostic::error("spec::path", "100% of `a`:\r\n, told")
            .at(3..4)
            .help("do\r\nthis");
        assert_eq!(
            github("a,b:c.yaml", &source, &[found]),
            "::error file=a%2Cb%3Ac.yaml,line=1,endLine=1,col=4,endColumn=5,\
             title=spec%3A%3Apath::100%25 of `a`: , told%0Ahelp: do%0D%0Athis\n"
        );
    }
}
