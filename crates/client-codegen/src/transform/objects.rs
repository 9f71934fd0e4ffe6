//! Open objects: what the service sends beyond the contract is kept.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::draft::Draft;
use openapi_document::composition::references;

/// `additionalProperties: true`, or nothing, means the same to people; typify drops the unknown
/// fields for both, and keeps them in a field `extra` for `{}`. In an object that is only sent,
/// there is an `extra` if the contract asks for it.
pub fn open(draft: &mut Draft) {
    let requests = request_only(draft);
    for (name, schema) in &mut draft.schemas {
        let is_request = requests.contains(name);
        let Some(object) = schema.as_object_mut() else {
            continue;
        };
        let has_properties = object.contains_key("properties");
        super::schemas::visit_mut(schema, &mut |part| {
            if part.get("type") != Some(&"object".into()) || part.contains_key("allOf") {
                return;
            }
            match part.get("additionalProperties") {
                None if is_request && has_properties => {}
                None | Some(Value::Bool(true)) => {
                    part.insert("additionalProperties".into(), json!({}));
                }
                Some(_) => {}
            }
        });
    }
    for used in draft.uses_mut() {
        super::schemas::visit_mut(&mut used.schema, &mut |part| {
            let free = part.get("type") == Some(&"object".into()) && !part.contains_key("allOf");
            let closed = matches!(
                part.get("additionalProperties"),
                Some(Value::Object(_) | Value::Bool(false))
            );
            if free && !closed {
                part.insert("additionalProperties".into(), json!({}));
            }
        });
    }
}

/// The components that are only ever sent: reached from a parameter or a request body and from no
/// answer.
pub fn request_only(draft: &Draft) -> HashSet<String> {
    let sent = draft.operations.iter().flat_map(|operation| {
        let parameters = operation.parameters.iter().map(|(_, parameter)| parameter);
        let body = operation.body.as_ref().map(|(body, _)| body);
        let typed = parameters.chain(body).map(|used| &used.schema);
        typed.chain(&operation.form)
    });
    let sent = reached(draft, sent);
    let answers = draft.operations.iter().flat_map(|op| op.answer.bodies());
    let received = reached(draft, answers.map(|answer| &answer.schema));
    sent.difference(&received).cloned().collect()
}

fn reached<'d>(draft: &'d Draft, from: impl Iterator<Item = &'d Value>) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut waiting: Vec<String> = from.flat_map(references).collect();
    while let Some(name) = waiting.pop() {
        if let Some(schema) = draft.schemas.get(&name)
            && found.insert(name)
        {
            waiting.extend(references(schema));
        }
    }
    found
}
