//! Tells a field that is null from one that is absent.
//!
//! `Option<Option<T>>` holds both, but serde reads null as the outer `None`. With this function
//! for `deserialize_with`, and `default` for the absent field, null is `Some(None)`.

use serde::{Deserialize, Deserializer};

/// Reads a field that is there, so it is `Some` whatever it holds.
// Used by the types of request bodies, of which a contract may have none.
#[allow(dead_code, reason = "which types exist is up to the contract")]
pub(crate) fn deserialize<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Patch {
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "crate::nullable::deserialize"
        )]
        note: Option<Option<String>>,
    }

    #[test]
    fn absent_null_and_a_value_are_three_things_and_survive_a_round_trip() {
        let cases = [
            ("{}", None),
            (r#"{"note":null}"#, Some(None)),
            (r#"{"note":"hi"}"#, Some(Some("hi".to_owned()))),
        ];
        for (json, note) in cases {
            let patch: Patch = serde_json::from_str(json).expect("fits");
            assert_eq!(patch, Patch { note }, "{json}");
            assert_eq!(serde_json::to_string(&patch).expect("serializes"), json);
        }
    }
}
