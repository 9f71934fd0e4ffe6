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

/// Returns the format of the file of --out, which its name and --output agree on. A device or a pipe
/// may have any name.
pub fn format_of(path: &Path, output: Option<Format>) -> Result<Format, Failure> {
    match (format_by_name(path), output) {
        (Some(named), Some(output)) if named != output => {
            let what = "its name says another format than --output";
            Err(wrong("--out", path, what))
        }
        (Some(format), _) => Ok(format),
        (None, Some(output)) if !is_spreadsheet(path) => Ok(output),
        (None, None) if path.exists() && !path.is_file() => Ok(Format::Ndjson),
        _ => {
            let known = EXTENSIONS.map(|(extension, _)| format!(".{extension}"));
            let what = format!("unknown extension; known are {}", known.join(" "));
            Err(wrong("--out", path, &what)
                .or_try("spreadsheets open .csv; another name needs --output to say the format"))
        }
    }
}

/// Refuses a name for the file of --errors that promises a table.
pub fn check_errors_name(path: &Path) -> Result<(), Failure> {
    match is_spreadsheet(path) || format_by_name(path) == Some(Format::Csv) {
        true => Err(wrong(
            "--errors",
            path,
            "failures are JSON lines: name it .ndjson",
        )),
        false => Ok(()),
    }
}

fn wrong(option: &str, path: &Path, what: &str) -> Failure {
    let name = piece(&path.display().to_string());
    Failure::usage(format!("{option} {name}: {what}"))
}

fn format_by_name(path: &Path) -> Option<Format> {
    let extension = path.extension()?.to_ascii_lowercase();
    let known = EXTENSIONS.iter().find(|(known, _)| extension == *known);
    known.map(|(_, format)| *format)
}

fn is_spreadsheet(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    let extension = extension.to_string_lossy();
    extension.starts_with("xls") || extension == "ods" || extension == "numbers"
}
