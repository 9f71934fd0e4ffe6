//! The leads that are served: each fits the contract, and no two have one ID.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use aura_contract::Schema;
use bytes::Bytes;
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value};
use uuid::Uuid;

/// Leads by their IDs, spelled as all are.
pub(crate) struct Leads {
    /// What they must look like; `None` for a contract that knows no leads.
    schema: Option<Schema>,
    by_id: Mutex<BTreeMap<String, Lead>>,
}

#[derive(Clone)]
pub(crate) struct Lead {
    /// The number of the organization whose lead it is.
    pub(crate) organization: usize,
    /// As it is written: a value would drop repeated keys and round numbers.
    pub(crate) json: Bytes,
}

impl Leads {
    pub(crate) fn new(schema: Option<Schema>) -> Self {
        Self {
            schema,
            by_id: Mutex::default(),
        }
    }

    pub(crate) fn get(&self, id: &str) -> Option<Lead> {
        self.by_id().get(&canonical(id)).cloned()
    }

    /// The ID of a lead that can be served, or what is wrong with it, without its values.
    pub(crate) fn check(&self, json: &[u8]) -> Result<String, String> {
        let schema = self.schema.as_ref();
        let schema = schema.ok_or("the contract has no operation that answers one lead")?;
        match schema.check_text(json).first() {
            Some(problem) => Err(problem.to_string()),
            None => lead_id(json).ok_or_else(|| "id: not a text".to_owned()),
        }
    }

    /// Serves a lead that has been checked, in place of any of this ID.
    pub(crate) fn put(&self, id: String, lead: Lead) {
        self.by_id().insert(id, lead);
    }

    /// Changes a lead by a JSON merge patch. What that leaves alone stays as it is written.
    pub(crate) fn update(&self, id: &str, changes: &Value) -> Result<(), String> {
        let changes = changes.as_object().ok_or("the changes are not an object")?;
        let mut leads = self.by_id();
        let id = canonical(id);
        let lead = leads.get_mut(&id).ok_or(UNKNOWN)?;
        let json = merge(&lead.json, changes).map_err(|error| error.to_string())?;
        if self.check(&json)? != id {
            return Err("id: it cannot be changed".to_owned());
        }
        lead.json = json.into();
        Ok(())
    }

    /// Whether it was there.
    pub(crate) fn remove(&self, id: &str) -> bool {
        self.by_id().remove(&canonical(id)).is_some()
    }

    /// Each lead's ID and the number of its organization, in the order of IDs.
    #[cfg(feature = "control")]
    pub(crate) fn owners(&self) -> Vec<(String, usize)> {
        let leads = self.by_id();
        let owners = leads
            .iter()
            .map(|(id, lead)| (id.clone(), lead.organization));
        owners.collect()
    }

    fn by_id(&self) -> MutexGuard<'_, BTreeMap<String, Lead>> {
        // Nothing panics with the lock held.
        self.by_id.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is wrong with an ID that no lead has.
pub(crate) const UNKNOWN: &str = "no lead has this ID";

/// One spelling for each ID: a UUID may come in capitals.
pub(crate) fn canonical(id: &str) -> String {
    Uuid::try_parse(id).map_or_else(|_| id.to_owned(), |uuid| uuid.to_string())
}

/// The ID of a lead, spelled as all are; `None` if it has none, or several.
pub(crate) fn lead_id(json: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct WithId {
        id: String,
    }
    let lead: WithId = serde_json::from_slice(json).ok()?;
    Some(canonical(&lead.id))
}

/// A JSON merge patch (RFC 7396) of an object; of anything else, as if it were an empty one.
fn merge(json: &[u8], changes: &Map<String, Value>) -> serde_json::Result<Vec<u8>> {
    let members: serde_json::Result<IndexMap<String, Box<RawValue>>> = serde_json::from_slice(json);
    let mut members = members.unwrap_or_default();
    for (name, change) in changes {
        let changed = match change {
            Value::Null => {
                members.shift_remove(name);
                continue;
            }
            Value::Object(changes) => {
                let before = members.get(name).map_or("", |before| before.get());
                serde_json::from_slice(&merge(before.as_bytes(), changes)?)?
            }
            other => to_raw_value(other)?,
        };
        members.insert(name.clone(), changed);
    }
    serde_json::to_vec(&members)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 7396 whose patch is an object.
    #[test]
    fn a_merge_patch_does_as_its_specification_says() {
        for (json, changes, merged) in [
            (r#"{"a":"b"}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
            (r#"{"a":"b"}"#, r#"{"b":"c"}"#, r#"{"a":"b","b":"c"}"#),
            (r#"{"a":"b"}"#, r#"{"a":null}"#, "{}"),
            (r#"{"a":"b","b":"c"}"#, r#"{"a":null}"#, r#"{"b":"c"}"#),
            (r#"{"a":["b"]}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
            (r#"{"a":"c"}"#, r#"{"a":["b"]}"#, r#"{"a":["b"]}"#),
            (
                r#"{"a":{"b":"c"}}"#,
                r#"{"a":{"b":"d","c":null}}"#,
                r#"{"a":{"b":"d"}}"#,
            ),
            (r#"{"a":[{"b":"c"}]}"#, r#"{"a":[1]}"#, r#"{"a":[1]}"#),
            (r#"{"e":null}"#, r#"{"a":1}"#, r#"{"e":null,"a":1}"#),
            ("[1,2]", r#"{"a":"b","c":null}"#, r#"{"a":"b"}"#),
            ("{}", r#"{"a":{"bb":{"ccc":null}}}"#, r#"{"a":{"bb":{}}}"#),
        ] {
            let changes: Value = serde_json::from_str(changes).expect("JSON");
            let changes = changes.as_object().expect("an object");
            let done = merge(json.as_bytes(), changes).expect("it can be merged");
            assert_eq!(String::from_utf8_lossy(&done), merged, "{json}");
        }
    }

    #[test]
    fn a_merge_patch_leaves_the_rest_as_it_is_written() {
        let json = br#"{"z": 12345.0, "a": {"n": 1e999, "m": 1}, "t":  "\u0041", "id": "7"}"#;
        let changes = serde_json::json!({"a": {"m": 2}});
        let done = merge(json, changes.as_object().expect("an object")).expect("it can be merged");
        assert_eq!(
            String::from_utf8_lossy(&done),
            r#"{"z":12345.0,"a":{"n":1e999,"m":2},"t":"\u0041","id":"7"}"#
        );
    }
}
