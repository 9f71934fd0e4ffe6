//! Security: how a request carries the caller's key.

use http::HeaderName;
use serde_json::Value;

use crate::document::{Document, text};

/// How a request for an operation carries the caller's key.
///
/// Of several alternatives in `security`, the first that can be sent. OAuth 2 and OpenID Connect
/// are sent as bearer tokens. What cannot be sent: two schemes at once, an API key in a cookie, and
/// HTTP schemes other than `bearer` and `basic`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scheme {
    /// It carries none.
    None,
    /// `Authorization: Bearer`, followed by the key.
    Bearer,
    /// `Authorization: Basic`, followed by the key, which is `user:password`, in base64.
    Basic,
    /// In the header of this name.
    Header(String),
    /// In the query parameter of this name.
    Query(String),
}

/// The security of an operation.
#[derive(Debug, PartialEq)]
pub(crate) struct Security {
    pub(crate) scheme: Scheme,
    /// `{}` is among the alternatives.
    pub(crate) optional: bool,
}

/// Reads the security of an operation: its own, else the document's.
///
/// Codegen rejects an operation whose key cannot be sent, unless `x-codegen-skip` says that no
/// client is made for it. Such an operation is still read, as one without a key.
pub(crate) fn read(document: &Document, operation: &Value) -> Result<Security, String> {
    let security = operation.get("security");
    let security = security.or_else(|| document.value.get("security"));
    let alternatives = security.and_then(Value::as_array).into_iter().flatten();
    let schemes = alternatives.map(|alternative| alternative_scheme(document, alternative));
    let (optional, schemes): (Vec<_>, Vec<_>) =
        schemes.partition(|scheme| *scheme == Ok(Scheme::None));
    let optional = !optional.is_empty();
    let sendable = schemes.iter().flatten().next();
    let scheme = match (sendable, schemes.first()) {
        (Some(scheme), _) => scheme.clone(),
        (None, Some(Err(reason))) if !optional && operation.get("x-codegen-skip").is_none() => {
            return Err(reason.clone());
        }
        _ => Scheme::None,
    };
    Ok(Security { scheme, optional })
}

/// The scheme of one alternative; `{}` is none.
fn alternative_scheme(document: &Document, alternative: &Value) -> Result<Scheme, String> {
    let names = alternative.as_object().into_iter().flatten();
    let names: Vec<&str> = names.map(|(name, _)| name.as_str()).collect();
    match names[..] {
        [] => Ok(Scheme::None),
        [name] => scheme(document, name)
            .map_err(|reason| format!("the security scheme `{name}` {reason}")),
        _ => Err(format!(
            "the security schemes `{}` are unsupported together",
            names.join("`, `")
        )),
    }
}

/// The scheme of this name, or why it cannot be sent.
fn scheme(document: &Document, name: &str) -> Result<Scheme, &'static str> {
    let schemes = document.value.pointer("/components/securitySchemes");
    let scheme = schemes.and_then(|schemes| document.resolve(schemes.get(name)?));
    let scheme = scheme.ok_or("is not in `components.securitySchemes`")?;
    let is_http =
        |name: &str| text(scheme, "scheme").is_some_and(|scheme| scheme.eq_ignore_ascii_case(name));
    let key = text(scheme, "name").filter(|name| !name.is_empty());
    match (
        text(scheme, "type").as_deref(),
        text(scheme, "in").as_deref(),
    ) {
        (Some("http"), _) if is_http("bearer") => Ok(Scheme::Bearer),
        (Some("http"), _) if is_http("basic") => Ok(Scheme::Basic),
        (Some("http"), _) => Err("is unsupported: of `http`, only `bearer` and `basic` are"),
        (Some("oauth2" | "openIdConnect"), _) => Ok(Scheme::Bearer),
        (Some("apiKey"), Some("header")) => key
            .filter(|name| HeaderName::try_from(name).is_ok())
            .map(Scheme::Header)
            .ok_or("has no `name` that is valid for a header"),
        (Some("apiKey"), Some("query")) => key.map(Scheme::Query).ok_or("has no `name`"),
        (Some("apiKey"), Some("cookie")) => Err("is unsupported: its key is in a cookie"),
        _ => Err("is of an unknown kind"),
    }
}

/// The schemes of `components` that can be sent, by name, in the contract's order.
pub(crate) fn schemes(document: &Document) -> Vec<(&str, Scheme)> {
    let components = document.value.get("components").unwrap_or(&Value::Null);
    let described = document.members(components, "securitySchemes");
    described
        .filter_map(|(name, _)| Some((name, scheme(document, name).ok()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The security of an operation with these members.
    fn security(operation: Value) -> Result<Security, String> {
        let document = json!({
            "security": [{ "token": [] }],
            "components": { "securitySchemes": {
                "token": { "type": "http", "scheme": "Bearer" },
                "password": { "type": "http", "scheme": "basic" },
                "digest": { "type": "http", "scheme": "digest" },
                "header": { "type": "apiKey", "in": "header", "name": "X-Key" },
                "query": { "type": "apiKey", "in": "query", "name": "api key" },
                "cookie": { "type": "apiKey", "in": "cookie", "name": "key" },
                "broken": { "type": "apiKey", "in": "header", "name": "a b" },
                "oauth": { "type": "oauth2", "flows": {} },
                "openid": { "type": "openIdConnect", "openIdConnectUrl": "https://a.example" },
                "mutual": { "type": "mutualTLS" },
                "same": { "$ref": "#/components/securitySchemes/header" },
                "lost": { "$ref": "#/components/securitySchemes/nowhere" }
            } }
        });
        read(&Document::new(document), &operation)
    }

    fn scheme(name: &str) -> Result<Scheme, String> {
        security(json!({ "security": [{ name: [] }] })).map(|security| security.scheme)
    }

    #[test]
    fn schemes_that_can_be_sent_are_known() {
        for (name, expected) in [
            ("token", Scheme::Bearer),
            ("oauth", Scheme::Bearer),
            ("openid", Scheme::Bearer),
            ("password", Scheme::Basic),
            ("header", Scheme::Header("X-Key".into())),
            ("same", Scheme::Header("X-Key".into())),
            ("query", Scheme::Query("api key".into())),
        ] {
            assert_eq!(scheme(name), Ok(expected), "{name}");
        }
    }

    #[test]
    fn schemes_that_cannot_be_sent_are_rejected_by_name() {
        for (name, reason) in [
            ("cookie", "is unsupported: its key is in a cookie"),
            ("digest", "is unsupported: of `http`, only"),
            ("mutual", "is of an unknown kind"),
            ("broken", "has no `name` that is valid for a header"),
            ("lost", "is not in `components.securitySchemes`"),
            ("nowhere", "is not in `components.securitySchemes`"),
        ] {
            let error = scheme(name).expect_err(name);
            let expected = format!("the security scheme `{name}` {reason}");
            assert!(error.starts_with(&expected), "{error}");
        }
        assert_eq!(
            security(json!({ "security": [{ "token": [], "header": [] }] })),
            Err("the security schemes `token`, `header` are unsupported together".into())
        );
    }

    #[test]
    fn the_first_alternative_that_can_be_sent_is_taken() {
        let of = |alternatives: Value| {
            let security = security(json!({ "security": alternatives })).expect("it can be sent");
            (security.scheme, security.optional)
        };
        let header = || Scheme::Header("X-Key".into());
        for (alternatives, expected) in [
            (
                json!([{ "cookie": [] }, { "header": [] }, { "token": [] }]),
                (header(), false),
            ),
            (
                json!([{ "header": [], "query": [] }, { "token": [] }]),
                (Scheme::Bearer, false),
            ),
            (json!([{}, { "header": [] }]), (header(), true)),
            (json!([{ "header": [] }, {}]), (header(), true)),
            (json!([{ "cookie": [] }, {}]), (Scheme::None, true)),
            (json!([{}]), (Scheme::None, true)),
            (json!([]), (Scheme::None, false)),
        ] {
            assert_eq!(of(alternatives.clone()), expected, "{alternatives}");
        }
    }

    #[test]
    fn an_operation_replaces_the_security_of_the_document() {
        let scheme = |operation| security(operation).map(|security| security.scheme);
        assert_eq!(scheme(json!({})), Ok(Scheme::Bearer));
        assert_eq!(scheme(json!({ "security": [] })), Ok(Scheme::None));
        let without_security = Document::new(json!({}));
        let read = read(&without_security, &json!({})).map(|security| security.scheme);
        assert_eq!(read, Ok(Scheme::None));
    }

    #[test]
    fn an_operation_that_no_client_is_made_for_may_ask_for_any_scheme() {
        let skipped = json!({ "security": [{ "cookie": [] }], "x-codegen-skip": "a browser's" });
        assert_eq!(
            security(skipped).map(|security| security.scheme),
            Ok(Scheme::None)
        );
    }
}
