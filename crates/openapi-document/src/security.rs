//! What a call sends to say who makes it: the document's security schemes, as far as the client
//! can send them.

use serde_json::{Map, Value};

use crate::operation::{Located, Operation, is_header_name, resolve, root};
use crate::pointer::Pointer;

/// How the client sends its one secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scheme {
    /// Not at all.
    None,
    /// As a bearer token.
    Bearer,
    /// As the credentials of HTTP's basic authentication.
    Basic,
    /// In the header of this name.
    Header(String),
    /// In the query parameter of this name.
    Query(String),
}

/// One of the alternatives in a `security` list.
#[derive(Debug)]
pub struct Alternative<'v> {
    /// The schemes that it asks for, all of them together.
    pub names: Vec<&'v str>,
    /// How the client sends it, or why it can't. Of several schemes, it sends the one that no
    /// header of the caller's own can stand for.
    pub scheme: Result<Scheme, String>,
    /// The headers of the other schemes, which callers give with each call.
    pub headers: Vec<&'v str>,
}

/// The security of an operation: its own, or else the document's.
///
/// The first alternative that can be sent counts; nothing is sent only if no secret can be.
/// There is none if lint reports that nothing can be sent.
pub fn of_operation(document: &Value, operation: &Operation<'_>) -> Option<Scheme> {
    choose(&in_force(document, operation))
}

/// The alternatives for a call of an operation: its own, or else the document's.
pub fn in_force<'v>(document: &'v Value, operation: &Operation<'v>) -> Vec<Alternative<'v>> {
    let own = alternatives(document, &operation.at);
    own.unwrap_or_else(|| of_others(document))
}

/// The security of a call that is none of the document's operations.
pub fn of_document(document: &Value) -> Option<Scheme> {
    choose(&of_others(document))
}

/// The alternatives for the calls that have none of their own.
fn of_others(document: &Value) -> Vec<Alternative<'_>> {
    let listed = root(document).and_then(|root| alternatives(document, &root));
    listed.unwrap_or_default()
}

/// The alternatives of a document's or an operation's own `security`, if it has one.
pub fn alternatives<'v>(document: &'v Value, holder: &Located<'v>) -> Option<Vec<Alternative<'v>>> {
    let list = holder.object.get("security")?.as_array()?;
    let list = list.iter().filter_map(Value::as_object);
    Some(list.map(|listed| alternative(document, listed)).collect())
}

/// The scheme that the client uses; `None` if it can send none of the alternatives.
pub fn choose(alternatives: &[Alternative<'_>]) -> Option<Scheme> {
    if alternatives.is_empty() {
        return Some(Scheme::None);
    }
    chosen(alternatives)?.scheme.clone().ok()
}

/// The alternative that the client uses: the first with a secret that it can send whole, or else
/// with headers of the caller's own, or else without a secret.
pub fn chosen<'a, 'v>(alternatives: &'a [Alternative<'v>]) -> Option<&'a Alternative<'v>> {
    let can_be_sent = || alternatives.iter().filter(|listed| listed.scheme.is_ok());
    let has_secret = |listed: &&Alternative<'_>| listed.scheme != Ok(Scheme::None);
    let is_whole = |listed: &&Alternative<'_>| listed.headers.is_empty();
    let secret = can_be_sent().filter(has_secret).find(is_whole);
    let secret = secret.or_else(|| can_be_sent().find(has_secret));
    secret.or_else(|| can_be_sent().next())
}

fn alternative<'v>(document: &'v Value, listed: &'v Map<String, Value>) -> Alternative<'v> {
    let names: Vec<&str> = listed.keys().map(String::as_str).collect();
    let (scheme, headers) = match names.as_slice() {
        [] => (Ok(Scheme::None), Vec::new()),
        [name] => (scheme(document, name), Vec::new()),
        several => match together(document, several) {
            Some((scheme, headers)) => (Ok(scheme), headers),
            None => {
                let names = several.join("` and `");
                let reason = format!("`{names}` are asked for together");
                (Err(reason), Vec::new())
            }
        },
    };
    Alternative {
        names,
        scheme,
        headers,
    }
}

/// Of schemes that are asked for together, the one that the client sends, and the headers of the
/// others.
fn together<'v>(document: &'v Value, names: &[&'v str]) -> Option<(Scheme, Vec<&'v str>)> {
    let schemes: Result<Vec<Scheme>, String> =
        names.iter().map(|name| scheme(document, name)).collect();
    let schemes = schemes.ok()?;
    let header = |at: usize| {
        let name = described(document, names[at])?.text("name")?;
        let is_own = ["authorization", "host", "content-length"];
        let is_free = !is_own.iter().any(|own| name.eq_ignore_ascii_case(own));
        (is_free && matches!(schemes[at], Scheme::Header(_))).then_some(name)
    };
    (0..schemes.len()).find_map(|sent| {
        let others = (0..schemes.len()).filter(|other| *other != sent);
        let headers: Option<Vec<&str>> = others.map(header).collect();
        Some((schemes[sent].clone(), headers?))
    })
}

/// The security scheme of this name, references followed.
pub fn described<'v>(document: &'v Value, name: &str) -> Option<Located<'v>> {
    let at = Pointer::of(["components", "securitySchemes", name]);
    let object = crate::pointer::get(document, &at)?.as_object()?;
    resolve(
        document,
        Located {
            pointer: at,
            object,
        },
    )
}

/// The security schemes of `components` that the client can send, by name, in the document's order.
pub fn schemes(document: &Value) -> Vec<(&str, Scheme)> {
    let components = root(document).and_then(|root| root.child("components"));
    let named = components.into_iter();
    let named = named.flat_map(|components| components.children("securitySchemes"));
    named
        .filter_map(|(name, _)| Some((name, scheme(document, name).ok()?)))
        .collect()
}

fn scheme(document: &Value, name: &str) -> Result<Scheme, String> {
    let Some(at) = described(document, name) else {
        return Err(format!("`{name}` is not described"));
    };
    let text = |key: &str| at.text(key).unwrap_or_default();
    let key = text("name");
    match (text("type"), text("in")) {
        ("oauth2" | "openIdConnect", _) => Ok(Scheme::Bearer),
        ("http", _) => match text("scheme").to_lowercase().as_str() {
            "bearer" => Ok(Scheme::Bearer),
            "basic" => Ok(Scheme::Basic),
            other => Err(format!(
                "`{name}` is HTTP authentication of scheme `{other}`"
            )),
        },
        ("apiKey", "header") if is_header_name(key) => Ok(Scheme::Header(key.into())),
        ("apiKey", "header") => Err(format!("`{name}` is in `{key}`, which is no header name")),
        ("apiKey", "query") if !key.is_empty() => Ok(Scheme::Query(key.into())),
        ("apiKey", "query") => Err(format!("`{name}` is a query parameter without a name")),
        ("apiKey", place) => Err(format!("`{name}` is an API key in a {place}")),
        (other, _) => Err(format!("`{name}` is of type `{other}`")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::operation::operations;

    fn document(security: &Value, own: &Value) -> Value {
        json!({
            "security": security,
            "paths": {"/a": {"get": {"security": own}, "put": {}}},
            "components": {"securitySchemes": {
                "token": {"type": "http", "scheme": "Bearer"},
                "login": {"type": "http", "scheme": "basic"},
                "oauth": {"type": "oauth2", "flows": {}},
                "same": {"$ref": "#/components/securitySchemes/key"},
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
                "query": {"type": "apiKey", "in": "query", "name": "key"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "session"},
                "digest": {"type": "http", "scheme": "digest"},
            }},
        })
    }

    #[test]
    fn the_first_alternative_that_can_be_sent_counts() {
        for (list, expected) in [
            (json!([]), Some(Scheme::None)),
            (json!([{}]), Some(Scheme::None)),
            (json!([{"token": []}, {"key": []}]), Some(Scheme::Bearer)),
            (json!([{}, {"login": []}]), Some(Scheme::Basic)),
            (
                json!([{"cookie": []}, {"oauth": ["read"]}]),
                Some(Scheme::Bearer),
            ),
            (json!([{"same": []}]), Some(Scheme::Header("X-Key".into()))),
            (
                json!([{"token": [], "key": []}, {"query": []}]),
                Some(Scheme::Query("key".into())),
            ),
            (json!([{"cookie": []}, {}]), Some(Scheme::None)),
            (json!([{"cookie": []}, {"digest": []}]), None),
            // Together: the key that is no header, or the first of several.
            (
                json!([{"key": [], "query": []}]),
                Some(Scheme::Query("key".into())),
            ),
            (json!([{"token": [], "key": []}]), Some(Scheme::Bearer)),
            (json!([{"token": [], "query": []}]), None),
            (json!([{"key": [], "cookie": []}]), None),
        ] {
            let document = document(&list, &list);
            assert_eq!(of_document(&document), expected, "{list}");
            for operation in operations(&document) {
                assert_eq!(of_operation(&document, &operation), expected, "{list}");
            }
        }
    }

    #[test]
    fn the_security_of_an_operation_replaces_that_of_the_document() {
        let document = document(&json!([{"token": []}]), &json!([]));
        let schemes: Vec<_> = operations(&document)
            .iter()
            .map(|operation| of_operation(&document, operation))
            .collect();
        assert_eq!(schemes, [Some(Scheme::None), Some(Scheme::Bearer)]);
        assert_eq!(of_document(&json!({"paths": {}})), Some(Scheme::None));
    }
}
