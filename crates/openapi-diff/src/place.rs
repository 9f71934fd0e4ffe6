//! What a change is about: a place in one of the two contracts, and its name for people.

mod label;

use std::borrow::Cow;

use openapi_document::Pointer;
use openapi_document::display::visible;

pub use label::label;

/// One of the two contracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The one that was.
    Base,
    /// The one that is to be.
    Head,
}

/// A place in one of the two contracts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// In which; in the old one only if it is gone from the new one.
    pub side: Side,
    /// Where.
    pub pointer: Pointer,
}

impl Spot {
    /// A place in the new contract.
    pub fn head(pointer: &Pointer) -> Spot {
        Spot {
            side: Side::Head,
            pointer: pointer.clone(),
        }
    }

    /// A place in the old contract, gone from the new one.
    pub fn base(pointer: &Pointer) -> Spot {
        Spot {
            side: Side::Base,
            pointer: pointer.clone(),
        }
    }

    /// Whether this is `other` or stands in it.
    pub fn is_in(&self, other: &Spot) -> bool {
        self.side == other.side && self.pointer.parts().starts_with(other.pointer.parts())
    }
}

/// The method and path of an operation, by its place.
pub fn operation_of(pointer: &Pointer) -> Option<Pointer> {
    match pointer.parts() {
        [paths, path, others, method, ..]
            if paths == "paths" && others == "additionalOperations" =>
        {
            Some(Pointer::of(["paths", path, others, method]))
        }
        [paths, path, method, ..] if paths == "paths" => Some(Pointer::of(["paths", path, method])),
        _ => None,
    }
}

/// The most characters of a text that a message shows.
const LONGEST: usize = 160;

/// Text between backticks. A backtick in it would end them, and a span of nothing is none.
pub fn code(text: &str) -> String {
    let shown = visible(text.replace('`', "'").replace('\n', "\\n"));
    let length = shown.chars().count();
    if shown.trim() != shown || shown.is_empty() {
        return format!("`\"{}\"`", cut(&shown, length));
    }
    format!("`{}`", cut(&shown, length))
}

/// The beginning and the end of a long text.
fn cut(text: &str, length: usize) -> Cow<'_, str> {
    if length <= LONGEST {
        return text.into();
    }
    let part = LONGEST / 2;
    let begin: String = text.chars().take(part).collect();
    let end: String = text.chars().skip(length - part).collect();
    format!("{begin}…{end}").into()
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn code_is_one_span_that_shows_something() {
        assert_eq!(code("a`b"), "`a'b`");
        assert_eq!(code(""), "`\"\"`");
        assert_eq!(code(" a"), "`\" a\"`");
        assert_eq!(code("a\nb\u{202e}"), "`a\\nb\\u{202e}`");
        assert_eq!(code(&"é".repeat(200)), format!("`{0}…{0}`", "é".repeat(80)));
    }
}
