//! A JSON value as the service wrote it: its own text, taken apart only where it is looked at.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The text of a JSON value. Numbers keep their digits and objects their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node<'a>(&'a str);

impl<'a> Node<'a> {
    /// A text that is JSON.
    pub fn read(text: &'a [u8]) -> Option<Self> {
        let value: &RawValue = serde_json::from_slice(text).ok()?;
        Some(Node(value.get()))
    }

    /// A text that has been read as JSON before, which is not read again.
    pub fn read_before(text: &'a [u8]) -> Self {
        Node(std::str::from_utf8(text).unwrap_or("null"))
    }

    /// What stands under `data` in an answer's body.
    pub fn data_of(body: &'a [u8]) -> Option<Self> {
        Self::read(body)?.member("data")
    }

    /// The text, as it came.
    pub fn raw(self) -> &'a str {
        self.0
    }

    pub fn is_null(self) -> bool {
        self.0 == "null"
    }

    pub fn is_object(self) -> bool {
        self.0.starts_with('{')
    }

    /// The members of an object, in their order.
    pub fn members(self) -> Option<Vec<(Cow<'a, str>, Node<'a>)>> {
        let members: Members = serde_json::from_str(self.0).ok()?;
        Some(members.0)
    }

    /// The member of this name; the last, if there are several.
    pub fn member(self, name: &str) -> Option<Node<'a>> {
        let found = self.members()?.into_iter().rfind(|(key, _)| key == name);
        found.map(|(_, node)| node)
    }

    /// The elements of an array.
    pub fn items(self) -> Option<Vec<Node<'a>>> {
        let items: Vec<&RawValue> = serde_json::from_str(self.0).ok()?;
        Some(items.into_iter().map(|item| Node(item.get())).collect())
    }

    /// The text of a string.
    pub fn string(self) -> Option<String> {
        serde_json::from_str(self.0).ok()
    }
}

#[cfg(test)]
impl<'a> Node<'a> {
    /// A node of a text that must be JSON.
    pub fn of(json: &'a str) -> Self {
        let value: &RawValue = serde_json::from_str(json).expect("JSON");
        Node(value.get())
    }
}

struct Members<'a>(Vec<(Cow<'a, str>, Node<'a>)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<'a>(PhantomData<&'a ()>);

        impl<'de: 'a, 'a> Visitor<'de> for InOrder<'a> {
            type Value = Members<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((Key(key), value)) = map.next_entry::<Key, &RawValue>()? {
                    members.push((key, Node(value.get())));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder(PhantomData))
    }
}

/// A key, borrowed unless it holds an escape. JSON can escape half a character, which no text holds:
/// that is shown as U+FFFD.
struct Key<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text<'a>(PhantomData<&'a ()>);

        impl<'de: 'a, 'a> Visitor<'de> for Text<'a> {
            type Value = Key<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
                Ok(Key(String::from_utf8_lossy(bytes)))
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
                Ok(Key(String::from_utf8_lossy(bytes).into_owned().into()))
            }
        }
        // As bytes, since serde_json gives those of half a character too.
        deserializer.deserialize_bytes(Text(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_their_order_and_numbers_their_digits() {
        let node = Node::of(r#"{"b": 12345678901234567890123, "a\"": [1.10, "x"], "c": null}"#);
        let members = node.members().expect("an object");

        let keys: Vec<&str> = members.iter().map(|(key, _)| key.as_ref()).collect();
        assert_eq!(keys, ["b", "a\"", "c"]);
        assert_eq!(members[0].1.raw(), "12345678901234567890123");
        assert_eq!(members[1].1.items().expect("an array")[0].raw(), "1.10");
        assert!(members[2].1.is_null());
        assert_eq!(members[0].1.members(), None);
    }

    #[test]
    fn half_a_character_in_a_key_hides_no_member() {
        let node = Node::of(r#"{"a": 1, "\ud800": 2, "é": 3}"#);
        let members = node.members().expect("an object");

        let keys: Vec<&str> = members.iter().map(|(key, _)| key.as_ref()).collect();
        assert_eq!((keys[0], keys[2]), ("a", "é"));
        assert!(keys[1].starts_with('\u{fffd}'), "{}", keys[1]);
    }

    #[test]
    fn the_data_of_a_body_is_found() {
        let body = br#" { "success": true, "data": { "id": 1 } } "#;
        assert_eq!(Node::data_of(body).map(Node::raw), Some(r#"{ "id": 1 }"#));
        for none in [&b"[]"[..], b"{}", b"", b"\xff"] {
            assert_eq!(Node::data_of(none), None);
        }
    }
}
