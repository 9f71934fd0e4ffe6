//! The first line of a table: its delimiter and the column of ids.

use crate::csv_record::cells;

/// What separates columns, as programs around the world write it.
const DELIMITERS: &[u8] = b",;\t|";

/// Where the ids of a table stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub delimiter: u8,
    pub index: usize,
}

/// What a line is, if it names columns.
#[derive(Debug, PartialEq, Eq)]
pub enum Header {
    Column(Column),
    /// Several columns have the name.
    Ambiguous,
    /// There are columns, and none of this name.
    Missing,
    /// This is no header.
    None,
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

/// Looks for a column of this name, whatever separates the columns unless that is declared.
pub fn find_column(header: &[u8], declared: Option<u8>, name: &str) -> Header {
    let delimiters = declared.as_ref().map_or(DELIMITERS, std::slice::from_ref);
    let mut found = Header::None;
    let there = delimiters.iter().filter(|byte| header.contains(byte));
    // A name alone needs none.
    for &delimiter in there.chain(&delimiters[..1]) {
        let names = cells(header, delimiter);
        let names: Vec<&[u8]> = names.iter().map(<[u8]>::trim_ascii).collect();
        let is_alike = |index: &usize| names[*index].eq_ignore_ascii_case(name.as_bytes());
        let mut alike: Vec<usize> = (0..names.len()).filter(is_alike).collect();
        if alike.len() > 1 {
            alike.retain(|index| names[*index] == name.as_bytes());
            found = Header::Ambiguous;
        }
        if let [index] = alike[..] {
            return Header::Column(Column { delimiter, index });
        }
        if found == Header::None && names.len() > 1 {
            found = Header::Missing;
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
