//! Which of several media types one is.

use openapi_document::operation::essence;

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
    let [known, wanted] = [described, given].map(|text| essence(text).to_ascii_lowercase());
    match known.strip_suffix('*') {
        _ if known == wanted && parameters(described) == parameters(given) => 4,
        _ if known == wanted => 3,
        Some("*/") | Some("") => 1,
        Some(range) if wanted.starts_with(range) => 2,
        _ => 0,
    }
}

fn parameters(media_type: &str) -> Vec<String> {
    let parameters = media_type.split(';').skip(1);
    let plain = |text: &str| text.trim().replace('"', "").to_ascii_lowercase();
    let mut parameters: Vec<_> = parameters.map(plain).collect();
    parameters.sort();
    parameters
}

/// The `charset` of a media type, in lower case.
pub(super) fn charset(media_type: &str) -> Option<String> {
    let mut parameters = parameters(media_type).into_iter();
    parameters.find_map(|parameter| parameter.strip_prefix("charset=").map(str::to_owned))
}
