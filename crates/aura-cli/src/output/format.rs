//! What the name of a file says of its format.

use std::path::Path;

use crate::failure::Failure;
use crate::options::Format;
use crate::text::piece;

/// The formats, by the extensions that name them.
const EXTENSIONS: [(&str, Format); 4] = [
    ("json", Format::Json),
    ("ndjson", Format::Ndjson),
    ("jsonl", Format::Ndjson),
    ("csv", Format::Csv),
];
/// Extensions of spreadsheets, which none of the formats is, or the beginnings of them.
const SPREADSHEETS: [&str; 3] = ["xls", "ods", "numbers"];

/// Returns the format of the file of --out. The name and --output must not contradict each other; a
/// device or a pipe may have any name.
pub fn format_of(path: &Path, output: Option<Format>) -> Result<Format, Failure> {
    let wrong = |what: &str| wrong("--out", path, what);
    match (format_by_name(path), output) {
        (Some(named), Some(output)) if named != output => {
            Err(wrong("its name says another format than --output"))
        }
        (Some(format), _) => Ok(format),
        (None, _) if is_spreadsheet(path) => {
            Err(wrong("spreadsheets cannot be written")
                .or_try("name it .csv: spreadsheets open that"))
        }
        (None, Some(output)) => Ok(output),
        (None, None) if path.exists() && !path.is_file() => Ok(Format::Ndjson),
        (None, None) => {
            let known = EXTENSIONS
                .map(|(extension, _)| format!(".{extension}"))
                .join(" ");
            Err(wrong("its name does not say the format").or_try(format!(
                "known extensions: {known}; or say it with --output"
            )))
        }
    }
}

/// Refuses a name for the file of --errors that promises something else than JSON lines.
pub fn check_errors_name(path: &Path) -> Result<(), Failure> {
    match is_spreadsheet(path) || format_by_name(path) == Some(Format::Csv) {
        true => Err(
            wrong("--errors", path, "failures are written as JSON lines").or_try("name it .ndjson"),
        ),
        false => Ok(()),
    }
}

fn wrong(option: &str, path: &Path, what: &str) -> Failure {
    Failure::usage(format!(
        "{option} {}: {what}",
        piece(&path.display().to_string())
    ))
}

fn format_by_name(path: &Path) -> Option<Format> {
    let extension = path.extension()?;
    let known = EXTENSIONS
        .iter()
        .find(|(known, _)| extension.eq_ignore_ascii_case(known));
    known.map(|(_, format)| *format)
}

fn is_spreadsheet(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    SPREADSHEETS
        .iter()
        .any(|begin| extension.to_string_lossy().starts_with(begin))
}
