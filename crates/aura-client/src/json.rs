//! JSON as text, so that a value stays exactly as it was sent.

mod equality;
mod extra;
mod from_format;
mod into_format;
mod value;
mod walk;

pub use extra::Extra;
pub(crate) use from_format::text_of;
pub use value::Json;
pub(crate) use walk::{Kind, member_text, name_of, unescape, walk};

/// How many levels of arrays and objects are followed. serde_json stops at the same depth.
pub(crate) const MAX_DEPTH: usize = 127;

pub(crate) const TOO_DEEP: &str = "nested too deeply";
pub(crate) const NOT_UNICODE: &str = "text that is not Unicode";

/// Whether a type of serde's reads or writes JSON text with serde_json.
///
/// serde has no way to ask for this. Where the answer is wrongly `false`, values are converted
/// instead of copied: no text is lost, but its spelling.
fn is_serde_json_text<T>() -> bool {
    is_of::<T>(&[
        "serde_json::de::",
        "&mut serde_json::de::",
        "&mut serde_json::ser::",
    ])
}

/// Whether a type's name begins with one of these, or holds the module that ends them.
#[inline]
fn is_of<T>(paths: &[&str]) -> bool {
    let name = std::any::type_name::<T>();
    // The compiler knows the result of the first test; the second is for types that wrap another.
    paths.iter().any(|path| name.starts_with(path))
        || paths
            .iter()
            .any(|path| name.contains(path.trim_start_matches("&mut ")))
}

#[cfg(test)]
mod tests {
    use serde::{Deserializer, Serializer};

    use super::is_serde_json_text;

    fn of_reader<'de, D: Deserializer<'de>>(_: &D) -> bool {
        is_serde_json_text::<D>()
    }

    fn of_writer<S: Serializer>(_: &S) -> bool {
        is_serde_json_text::<S>()
    }

    #[test]
    fn recognizes_text_of_serde_json_and_no_other_format() {
        assert!(of_reader(&&mut serde_json::Deserializer::from_str("")));
        assert!(of_reader(&&mut serde_json::Deserializer::from_slice(b"")));
        assert!(!of_reader(&serde_json::Value::Null));
        assert!(of_writer(&&mut serde_json::Serializer::new(Vec::new())));
        assert!(of_writer(&&mut serde_json::Serializer::pretty(Vec::new())));
        assert!(!of_writer(&serde_json::value::Serializer));
    }
}
