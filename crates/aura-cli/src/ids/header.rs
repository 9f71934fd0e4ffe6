//! The first line of a table: its delimiter and the column of ids.

use crate::csv_record::cells;

/// What separates columns, as programs around the world write it.
const DELIMITERS: &[u8] = b",;\t|";

/// Where the ids of a table stand.
#[derive(Clone, Copy)]
pub struct Column {
    pub delimiter: u8,
    pub index: usize,
}

/// The delimiter that a first line `sep=;` names, as Excel writes it.
pub fn declared_delimiter(line: &[u8]) -> Option<u8> {
    let (name, delimiter) = line
        .strip_prefix(b"\"")
        .unwrap_or(line)
        .split_at_checked(4)?;
    match delimiter.strip_suffix(b"\"").unwrap_or(delimiter) {
        &[delimiter] if name.eq_ignore_ascii_case(b"sep=") => Some(delimiter),
        _ => None,
    }
}

/// Looks for a column of this name, whatever separates the columns unless that is declared. `None` if
/// there is one cell of another name; an error begins a sentence that the name ends.
pub fn find_column(
    header: &[u8],
    declared: Option<u8>,
    name: &str,
) -> Result<Option<Column>, &'static str> {
    let delimiters = declared.as_ref().map_or(DELIMITERS, std::slice::from_ref);
    let there = delimiters.iter().filter(|byte| header.contains(byte));
    let mut found = Ok(None);
    // A name alone needs none.
    for &delimiter in there.chain(&delimiters[..1]) {
        let names = cells(header, delimiter);
        let names: Vec<&[u8]> = names.iter().map(<[u8]>::trim_ascii).collect();
        let is_alike = |index: &usize| names[*index].eq_ignore_ascii_case(name.as_bytes());
        let mut alike: Vec<usize> = (0..names.len()).filter(is_alike).collect();
        if alike.len() > 1 {
            alike.retain(|index| names[*index] == name.as_bytes());
            found = Err("there are several columns");
        }
        if let [index] = alike[..] {
            return Ok(Some(Column { delimiter, index }));
        }
        if names.len() > 1 {
            found = found.and(Err("there is no column"));
        }
    }
    found
}

/// The length of the header, if that is known; quoted names may have line breaks.
pub fn header_length(text: &[u8]) -> Option<usize> {
    let opens = |mark: usize| mark == 0 || DELIMITERS.contains(&text[mark - 1]);
    let opens = text
        .iter()
        .position(|byte| *byte == b'"')
        .is_some_and(opens);
    let mut in_quotes = false;
    text.iter().position(|byte| {
        in_quotes ^= opens && *byte == b'"';
        *byte == b'\n' && !in_quotes
    })
}
