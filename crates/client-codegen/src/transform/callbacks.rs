//! Callbacks: nobody calls them, but what the service sends with them gets a type.

use serde_json::{Map, Value};

use super::draft::Named;
use openapi_document::extensions::generated;
use openapi_document::operation::{self, METHODS, Operation, members};
use openapi_document::{Located, Pointer};

/// The schemas that callbacks describe where they stand, under names that no component has.
pub fn payloads(document: &Value, components: &Map<String, Value>) -> Vec<(Named, Value)> {
    let mut found: Vec<(Named, Value)> = Vec::new();
    for operation in generated(document) {
        for (callback, call) in calls(document, &operation) {
            let Some((pointer, schema)) = payload(document, &call) else {
                continue;
            };
            let wanted = format!("{}-payload", call.text("operationId").unwrap_or(callback));
            let is_taken = |name: &String| {
                components.contains_key(name) || found.iter().any(|(named, _)| named.name == *name)
            };
            let others = (2..).map(|number| format!("{wanted}-{number}"));
            let mut names = std::iter::once(wanted.clone()).chain(others);
            let name = names.find(|name| !is_taken(name)).unwrap_or_default();
            found.push((Named { name, pointer }, schema.clone()));
        }
    }
    found
}

/// The calls of each callback of an operation, by the callback's name.
fn calls<'v>(document: &'v Value, operation: &Operation<'v>) -> Vec<(&'v str, Located<'v>)> {
    let mut found = Vec::new();
    for (name, callback) in members(document, &operation.at, "callbacks") {
        let addresses = callback.object.keys().filter(|key| !key.starts_with("x-"));
        let items = addresses.filter_map(|key| operation::resolve(document, callback.child(key)?));
        for item in items {
            let of_item = METHODS.iter().filter_map(|method| item.child(method));
            found.extend(of_item.map(|call| (name, call)));
        }
    }
    found
}

/// What a call sends as JSON, if that is no component.
fn payload<'v>(document: &'v Value, call: &Located<'v>) -> Option<(Pointer, &'v Value)> {
    let body = operation::resolve(document, call.child("requestBody")?)?;
    let media = operation::json_content(&body)?;
    let schema = media.object.get("schema")?;
    let is_inline = schema.get("$ref").is_none();
    is_inline.then(|| (media.pointer.child("schema"), schema))
}
