//! An id as it stands in a file. Nothing else that stands there is repeated anywhere: it may be a
//! person's name.

use aura_client::uuid::Uuid;

use crate::failure::Failure;
use crate::node::Node;
use crate::text::{count, piece};

/// One id of the input.
#[derive(Debug)]
pub struct Entry {
    /// Its line, in a file.
    pub line: Option<u64>,
    /// The id, or the failure to report in its place.
    pub id: Result<Uuid, Failure>,
}

/// Reads an id: bare, in quotation marks or braces, as a JSON string, or under this key of a JSON
/// object. An error says what is wrong, without a character of the text.
pub fn read_id(text: &[u8], key: &str) -> Result<Uuid, String> {
    let what = match id_of(&String::from_utf8_lossy(text)) {
        Ok(id) => return Ok(id),
        Err(what) => what,
    };
    let text = match Node::read(text) {
        None if text.starts_with(b"{") => {
            return Err("a JSON object that is damaged or not whole".to_owned());
        }
        None => None,
        Some(node) if node.is_object() => {
            let text = node.member(key).and_then(Node::string);
            Some(text.ok_or_else(|| format!("no text `{}` in this JSON object", piece(key)))?)
        }
        Some(node) => node.string(),
    };
    text.map_or(Err(what), |text| id_of(&text))
}

/// Reads an id with the marks that programs put around it.
fn id_of(text: &str) -> Result<Uuid, String> {
    let is_mark = |c: char| c.is_whitespace() || "\"'`“”‘’=,;\u{feff}\u{200b}".contains(c);
    let bare = text.trim_matches(is_mark);
    Uuid::try_parse(bare).map_err(|_| match bare.chars().count() {
        0 => "no id".to_owned(),
        length => format!(
            "not a lead id ({}): a UUID is expected",
            count(length as u64, "character")
        ),
    })
}
