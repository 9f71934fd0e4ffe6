//! An exchange as a line of JSON: what `Recorder` of aura-client writes.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use crate::exchange::{Body, Exchange};

/// Reads an exchange; `None` if the value is none.
pub fn read(value: &Value) -> Option<Exchange> {
    let object = value.as_object()?;
    let method = object.get("method")?.as_str()?.to_ascii_uppercase();
    let url = object.get("url")?.as_str()?.to_string();
    let status = object.get("status")?.as_u64()?.try_into().ok()?;
    let mut exchange = Exchange {
        method,
        url,
        status,
        headers: object.get("headers").map(headers).unwrap_or_default(),
        ..Exchange::default()
    };
    let media_type = exchange.header("content-type");
    exchange.body = body(object.get("body"), object.get("body_base64"), media_type);
    Some(exchange)
}

/// Headers as an object, whose values are texts or lists of texts.
fn headers(headers: &Value) -> Vec<(String, String)> {
    let headers = headers.as_object().into_iter().flatten();
    let each = headers.flat_map(|(name, value)| {
        let values = match value {
            Value::Array(values) => values.as_slice(),
            value => std::slice::from_ref(value),
        };
        let values = values.iter().filter_map(Value::as_str);
        values.map(move |value| (name.clone(), value.to_string()))
    });
    each.collect()
}

/// A body as JSON, as text that holds JSON, or as bytes.
fn body(plain: Option<&Value>, encoded: Option<&Value>, media_type: Option<&str>) -> Body {
    if let Some(encoded) = encoded.and_then(Value::as_str) {
        return match BASE64_STANDARD.decode(encoded) {
            Ok(bytes) => Body::read(&bytes, media_type),
            Err(_) => Body::Other,
        };
    }
    match plain {
        None => Body::Absent,
        Some(Value::String(text)) => Body::read(text.as_bytes(), media_type),
        Some(value) => Body::Json(value.clone()),
    }
}
