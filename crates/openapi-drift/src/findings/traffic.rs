//! Differences around bodies: operations, parameters, statuses, media types, headers.

use openapi_document::Pointer;
use openapi_document::operation;
use serde_json::{Map, Value, json};

use super::Found;
use crate::finding::{Edit, Kind, Often};
use crate::infer;
use crate::observe::{Described, Observer, Shape, Traffic};

pub fn look(found: &mut Found<'_>, observer: &Observer<'_>) {
    let exchanges: u64 = observer
        .traffic
        .iter()
        .map(|traffic| traffic.exchanges)
        .sum();
    for (label, count) in &observer.strangers.operations {
        let often = Often {
            count: *count,
            of: exchanges + count,
        };
        let at = Pointer::of(["paths"]).child(label);
        found.add(
            Kind::Operation,
            at,
            often,
            format!("{label} is not described"),
            Vec::new(),
        );
    }
    for traffic in &observer.traffic {
        operation(found, traffic, exchanges);
    }
}

fn operation(found: &mut Found<'_>, traffic: &Traffic<'_>, exchanges: u64) {
    let at = &traffic.operation.at;
    let of = traffic.exchanges;
    if of == 0 {
        // Values that came alone say nothing of exchanges.
        if traffic.values == 0 && exchanges > 0 {
            let message = format!("{} was never called", traffic.operation.label());
            let often = Often {
                count: 0,
                of: exchanges,
            };
            found.add(
                Kind::NeverSeen,
                at.pointer.clone(),
                often,
                message,
                Vec::new(),
            );
        }
        return;
    }
    for (name, count) in &traffic.parameters {
        let parameters = at.pointer.child("parameters");
        let parameter = json!({
            "name": name,
            "in": "query",
            "description": "Seen in requests; the API does not say what it does.",
            "schema": { "type": "string" },
        });
        let edit = match at.object.contains_key("parameters") {
            true => Edit::Append {
                at: parameters.clone(),
                value: parameter,
            },
            false => set(&at.pointer, "parameters", json!([parameter])),
        };
        let message = format!("the query parameter `{name}` is not described");
        let often = Often { count: *count, of };
        found.add(
            Kind::Parameter,
            parameters.child(name),
            often,
            message,
            vec![edit],
        );
    }
    let responses = at.pointer.child("responses");
    for (status, response) in &traffic.statuses {
        let status = status.to_string();
        let mut described = Map::from_iter([("description".to_string(), json!(RESPONSE))]);
        if response.body.seen.values > 0 {
            let content = json!({ operation::JSON: { "schema": body(found, &response.body) } });
            described.insert("content".into(), content);
        }
        let edit = set(&responses, &status, described.into());
        let message = format!("the status {status} is not described");
        let often = Often {
            count: response.count,
            of,
        };
        found.add(
            Kind::Status,
            responses.child(&status),
            often,
            message,
            vec![edit],
        );
    }
    for response in &traffic.responses {
        self::response(found, traffic, response);
    }
}

fn response(found: &mut Found<'_>, traffic: &Traffic<'_>, seen: &Described<'_>) {
    if seen.count == 0 {
        let message = format!("the response `{}` never came", seen.key);
        let at = traffic
            .operation
            .at
            .pointer
            .child("responses")
            .child(seen.key);
        let often = Often {
            count: 0,
            of: traffic.exchanges,
        };
        found.add(Kind::NeverSeen, at, often, message, Vec::new());
        return;
    }
    let response = &seen.at;
    let dialect = found.dialect;
    let of = seen.count;
    let mut entry = |within: &str, kind, name: &str, count, value: Value, message| {
        let at = response.pointer.child(within);
        let edit = match response.object.contains_key(within) {
            true => set(&at, name, value),
            false => set(&response.pointer, within, json!({ name: value })),
        };
        found.add(
            kind,
            at.child(name),
            Often { count, of },
            message,
            vec![edit],
        );
    };
    for (name, count) in &seen.headers {
        let header = json!({
            "description": "Seen in responses; the API does not say what it means.",
            "schema": { "type": "string" },
        });
        let message = format!("the header `{name}` is not described");
        entry("headers", Kind::Header, name, *count, header, message);
    }
    let bodies: Vec<_> = seen.media_types.iter().collect();
    for (name, body) in bodies {
        let schema = match body.body.seen.values {
            0 => json!({ "type": "string" }),
            _ => infer::schema(dialect, &body.body, "", false).into(),
        };
        let message = format!("the media type `{name}` is not described");
        entry(
            "content",
            Kind::MediaType,
            name,
            body.count,
            json!({ "schema": schema }),
            message,
        );
    }
}

const RESPONSE: &str = "Seen, but not described by the API.";

fn body(found: &Found<'_>, shape: &Shape) -> Value {
    infer::schema(found.dialect, shape, "", false).into()
}

fn set(at: &Pointer, key: &str, value: Value) -> Edit {
    Edit::Set {
        at: at.clone(),
        key: key.to_string(),
        value,
        after: Vec::new(),
    }
}
