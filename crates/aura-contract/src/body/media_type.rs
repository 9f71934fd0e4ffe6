//! Which of several media types one is.

use openapi_document::operation::{essence, is_in_range};

use crate::operation::Content;

/// The content that describes this media type most closely: by its parameters too, by its name, by
/// a range such as `image/*`, or by `*/*`.
pub(super) fn closest<'c>(contents: &'c [Content], given: &str) -> Option<&'c Content> {
    let close = |content: &Content| closeness(&content.media_type, given);
    let described = contents.iter().filter(|content| close(content) > 0);
    // Of equals the first.
    described.rev().max_by_key(|content| close(content))
}

/// Whether a media type is one of those in a list, such as `image/png, image/*`.
pub(super) fn is_among(list: &str, given: &str) -> bool {
    list.split(',').any(|known| closeness(known, given) > 0)
}

/// How closely a described media type, or a range of them, describes one; 0: not at all.
fn closeness(described: &str, given: &str) -> u8 {
    let is_same = essence(described).eq_ignore_ascii_case(essence(given));
    match essence(described) {
        _ if is_same && parameters(described) == parameters(given) => 4,
        _ if is_same => 3,
        _ if !is_in_range(given, described) => 0,
        "*/*" | "*" => 1,
        _ => 2,
    }
}

fn parameters(media_type: &str) -> Vec<String> {
    let parameters = media_type.split(';').skip(1);
    let plain = |text: &str| text.trim().replace('"', "").to_ascii_lowercase();
    let mut parameters: Vec<_> = parameters.map(plain).collect();
    parameters.sort();
    parameters
}
