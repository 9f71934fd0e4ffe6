//! What serde_json can hold of JSON: not a number beyond `f64`, half a character, or what is nested
//! deeper than it follows.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::json_path::Step;
use super::members::Members;

/// How deep serde_json follows arrays and objects.
const DEEPEST: usize = 127;
/// How far into a value single things are left out. What cannot be held and lies deeper takes
/// what it stands in with it, since each level is another look at the text.
const FINE: usize = 16;

const TOO_DEEP: &str = "nested too deeply";
const TOO_LARGE: &str = "a number too large";
const NOT_UNICODE: &str = "text that is not Unicode";

/// Something that was left out.
pub(super) struct LeftOut {
    /// Where it was, from where leaving out began.
    pub(super) steps: Vec<Step>,
    pub(super) why: &'static str,
    pub(super) value: Value,
}

/// Reads a scalar, or says why it cannot be held.
pub(super) fn scalar(text: &str) -> Result<Value, &'static str> {
    serde_json::from_str(text).map_err(|_| match text.starts_with('"') {
        true => NOT_UNICODE,
        false => TOO_LARGE,
    })
}

/// The value; one that cannot be held is a string of its JSON text.
pub(super) fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}

/// Whether all of a value, itself at this depth, can be held; an error says why not.
pub(super) fn check(text: &str, depth: usize) -> Result<(), &'static str> {
    let mut json = serde_json::Deserializer::from_str(text);
    let levels = Levels((DEEPEST + 1).saturating_sub(depth));
    levels.deserialize(&mut json).map_err(|error| {
        // None of these messages quotes anything.
        let message = error.to_string();
        if message.starts_with("number out of range") {
            TOO_LARGE
        } else if message.starts_with(TOO_DEEP) || message.starts_with("recursion limit") {
            TOO_DEEP
        } else {
            NOT_UNICODE
        }
    })
}

/// What is left of a value, itself at this depth, without what cannot be held.
pub(super) fn leave_out(text: &str, depth: usize) -> (Option<Value>, Vec<LeftOut>) {
    let mut out = Vec::new();
    let left = rest(text, depth, &mut Vec::new(), &mut out);
    (left, out)
}

fn rest(text: &str, depth: usize, here: &mut Vec<Step>, out: &mut Vec<LeftOut>) -> Option<Value> {
    let Err(why) = check(text, depth) else {
        return Some(value(text));
    };
    let members = match depth < DEEPEST && here.len() < FINE {
        true => Members::of(text),
        false => Members::None,
    };
    match members {
        Members::None => {
            out.push(LeftOut {
                steps: here.clone(),
                why,
                value: value(text),
            });
            None
        }
        Members::Elements(items) => {
            let mut left = Vec::new();
            for (index, item) in items.into_iter().enumerate() {
                here.push(Step::Index(index));
                left.extend(rest(item.get(), depth + 1, here, out));
                here.pop();
            }
            Some(left.into())
        }
        Members::Fields(fields) => {
            let mut left = Map::new();
            for (name, item) in fields {
                here.push(Step::Name(name.text.clone()));
                if !name.whole {
                    out.push(LeftOut {
                        steps: here.clone(),
                        why: NOT_UNICODE,
                        value: value(item.get()),
                    });
                } else if let Some(item) = rest(item.get(), depth + 1, here, out) {
                    left.insert(name.text, item);
                }
                here.pop();
            }
            Some(left.into())
        }
    }
}

/// Reads any value of so many levels, and keeps nothing of it.
#[derive(Clone, Copy)]
struct Levels(usize);

impl Levels {
    fn within<E: Error>(self) -> Result<Self, E> {
        let left = self.0.checked_sub(1);
        left.map(Self).ok_or_else(|| E::custom(TOO_DEEP))
    }
}

impl<'de> DeserializeSeed<'de> for Levels {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Levels {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let inner = self.within()?;
        while seq.next_element_seed(inner)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let inner = self.within()?;
        while map.next_key::<String>()?.is_some() {
            map.next_value_seed(inner)?;
        }
        Ok(())
    }
}
