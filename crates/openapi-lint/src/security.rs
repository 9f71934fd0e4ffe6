//! Security: which key each operation needs, and that the scheme is described.

use serde_json::Value;

use super::Subject;
use crate::suggest::nearest;
use openapi_document::Pointer;
use openapi_document::keywords::Kind;
use openapi_document::objects::Item;
use openapi_document::operation::{self, Located, Operation};
use openapi_document::schema::Dialect;
use openapi_document::security;
use openapi_document::{
    Diagnostic, Example, Rule,
    Severity::{Error, Warning},
};

/// A scheme that isn't there.
pub static UNDEFINED_SECURITY: Rule = Rule {
    code: "spec::undefined-security",
    severity: Error,
    summary: "`security` names a scheme that is not described",
    docs: "Each name in `security` is one of `components.securitySchemes`. One that is not there \
           asks for a key of no known kind: an error, unless the client can send another \
           alternative.",
    example: Some(Example {
        instead_of: "  - key: []\n",
        wrong: "  - «kez»: []\n",
        right: "  - key: []\n",
    }),
};

/// An operation of which nobody knows whether it needs a key.
pub static MISSING_SECURITY: Rule = Rule {
    code: "spec::missing-security",
    severity: Warning,
    summary: "it is not said whether an operation needs a key",
    docs: "`security` stands at the top of the document for all operations, or at one. Without \
           either, an operation is open to everyone. If that is meant, say so: `security: []`.",
    example: Some(Example {
        instead_of: "security:\n  - key: []\npaths:\n  /notes/{id}:\n    get:\n",
        wrong: "paths:\n  /notes/{id}:\n    «get»:\n",
        right: "security:\n  - key: []\npaths:\n  /notes/{id}:\n    get:\n",
    }),
};

/// A scheme that says too little, or what OpenAPI doesn't know.
pub static SECURITY_SCHEME: Rule = Rule {
    code: "spec::security-scheme",
    severity: Error,
    summary: "a security scheme is not described as OpenAPI 3.0 asks",
    docs: "A scheme's `type` is `http`, `apiKey`, `oauth2` or `openIdConnect`, and each needs more: \
           `http` its `scheme` (`bearer`), `apiKey` its `name` and `in`, `oauth2` its `flows`, \
           `openIdConnect` its `openIdConnectUrl`. Only the last two have scopes.",
    example: Some(Example {
        instead_of: "      type: http\n      scheme: bearer\n",
        wrong: "      type: http\n      scheme: «baerer»\n",
        right: "      type: http\n      scheme: bearer\n",
    }),
};

/// No alternative that the client can send.
pub static UNSENDABLE: Rule = Rule {
    code: "codegen::security",
    severity: Error,
    summary: "the client can't send any of the alternatives in `security`",
    docs: "The client has one secret. It sends it as a bearer token (`http` with `scheme: bearer`, \
           `oauth2`, `openIdConnect`), as basic authentication (`http` with `scheme: basic`), or as \
           an `apiKey` in a header or in the query. It sends no cookies and no other HTTP scheme, and \
           of two secrets at once it sends only one, so the others must be headers. One alternative that it can send is enough; without one, every call \
           would be rejected.",
    example: Some(Example {
        instead_of: "      type: http\n      scheme: bearer\n",
        wrong: "      type: apiKey\n      in: cookie\n      name: session\n",
        right: "      type: apiKey\n      in: header\n      name: X-Api-Key\n",
    }),
};

/// Schemes that the client sends one of.
pub static SEVERAL: Rule = Rule {
    code: "codegen::several-keys",
    severity: Warning,
    summary: "several keys are asked for together, of which the client sends one",
    docs: "The client has one secret. Of several schemes that are asked for together, it sends the \
           one that is no header, or else the first; callers give the headers of the others \
           with `Client::with_header`.",
    example: None,
};

/// Where `security` stands: at the top, and at operations.
pub fn requirements<'s>(subject: &'s Subject<'_>) -> Vec<(Pointer, &'s str, &'s Value)> {
    let holders = [Kind::Document, Kind::Operation];
    let holders = holders.into_iter().flat_map(|kind| subject.items.of(kind));
    let mut found = Vec::new();
    for holder in holders {
        let list = holder.object.get("security").and_then(Value::as_array);
        let at = holder.pointer.child("security");
        for (index, requirement) in list.into_iter().flatten().enumerate() {
            for (name, scopes) in requirement.as_object().into_iter().flatten() {
                found.push((at.child(index).child(name), name.as_str(), scopes));
            }
        }
    }
    found
}

/// The schemes that are asked for.
pub fn named<'s>(subject: &'s Subject<'_>) -> Vec<&'s str> {
    let named = requirements(subject).into_iter();
    let mut named: Vec<_> = named.map(|(_, name, _)| name).collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// Whether a scheme is described.
pub fn exists(subject: &Subject<'_>, name: &str) -> bool {
    let at = Pointer::of(["components", "securitySchemes", name]);
    subject.contract.get(&at).is_some()
}

/// Every scheme that is asked for is described, and every operation says which it needs.
pub fn requirements_hold(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let schemes = contract.get(&Pointer::of(["components", "securitySchemes"]));
    let schemes = schemes.and_then(Value::as_object);
    let mut found = Vec::new();
    let is_needed = |at: &Pointer| {
        let holder = at.parent().and_then(|at| at.parent()?.parent());
        let object = holder
            .as_ref()
            .and_then(|at| subject.item(at))
            .map(|item| item.object);
        let holder = holder
            .zip(object)
            .map(|(pointer, object)| Located { pointer, object });
        let others = holder.and_then(|holder| security::alternatives(&contract.document, &holder));
        others.is_none_or(|others| security::chosen(&others).is_none())
    };
    for (at, name, scopes) in requirements(subject) {
        let Some(scheme) = schemes.and_then(|schemes| schemes.get(name)) else {
            let names = schemes.into_iter().flat_map(|schemes| schemes.keys());
            let help = match nearest(name, names.map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("describe `{name}` in `components.securitySchemes`"),
            };
            let mut told = UNDEFINED_SECURITY
                .told(format!("there is no security scheme `{name}`"))
                .at(contract.key(&at))
                .help(help);
            if !is_needed(&at) {
                told.severity = Warning;
            }
            found.push(told);
            continue;
        };
        let has_scopes = matches!(
            scheme.get("type").and_then(Value::as_str),
            Some("oauth2" | "openIdConnect") | None
        );
        // In 3.1, those of other schemes are roles.
        let has_scopes = has_scopes || contract.dialect() == Dialect::V31;
        if !has_scopes && scopes.as_array().is_some_and(|scopes| !scopes.is_empty()) {
            found.push(
                SECURITY_SCHEME
                    .told(format!("`{name}` is a scheme without scopes"))
                    .at(contract.value(&at))
                    .help(format!("write `{name}: []`")),
            );
        }
    }
    found.extend(unsaid(subject));
    found
}

/// Each list of alternatives has one that the client can send.
pub fn can_be_sent(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let document = &subject.contract.document;
    let operations = subject.operations.iter();
    let operations = operations.map(|operation| (operation.at.clone(), operation.label()));
    let whole = operation::root(document).map(|root| (root, "the contract".to_string()));
    whole
        .into_iter()
        .chain(operations)
        .filter(|(holder, _)| subject.is_sound(&holder.pointer))
        .filter_map(|(holder, label)| unsendable(subject, &holder, &label))
        .collect()
}

fn unsendable(subject: &Subject<'_>, holder: &Located<'_>, label: &str) -> Option<Diagnostic> {
    let contract = subject.contract;
    let alternatives = security::alternatives(&contract.document, holder)?;
    let at = contract.key(&holder.pointer.child("security"));
    match security::chosen(&alternatives) {
        Some(chosen) if chosen.headers.is_empty() => return None,
        Some(chosen) => {
            let headers = chosen.headers.join("`, `");
            return Some(
                SEVERAL
                    .told(format!(
                        "{label} asks for `{}` together, of which the client sends one",
                        chosen.names.join("` and `")
                    ))
                    .at(at)
                    .help(format!(
                        "give the others with `Client::with_header`: `{headers}`"
                    )),
            );
        }
        None if alternatives.is_empty() => return None,
        None => {}
    }
    let names = || alternatives.iter().flat_map(|listed| listed.names.iter());
    // What is wrong with a scheme is reported there.
    if !names().all(|name| is_complete(subject, name)) {
        return None;
    }
    let reasons = alternatives
        .iter()
        .filter_map(|listed| listed.scheme.as_ref().err());
    let reasons: Vec<&str> = reasons.map(String::as_str).collect();
    let told = UNSENDABLE.told(format!(
        "the client can't send what {label} asks for: {}",
        reasons.join("; ")
    ));
    Some(told.at(at).help(
        "add an alternative that it can send: a bearer token, basic authentication, or an \
                 `apiKey` in a header or in the query",
    ))
}

/// Whether a scheme is described, and nothing is wrong with that.
fn is_complete(subject: &Subject<'_>, name: &str) -> bool {
    let scheme = security::described(&subject.contract.document, name);
    let item = scheme.and_then(|scheme| subject.item(&scheme.pointer));
    item.is_some_and(|item| subject.is_sound(&item.pointer) && incomplete(subject, item).is_none())
}

/// The operations that don't say it, told as one: it is usually one line that is missing.
fn unsaid(subject: &Subject<'_>) -> Option<Diagnostic> {
    /// More would only repeat it.
    const SHOWN: usize = 3;
    let contract = subject.contract;
    let mut operations = silent_operations(subject).into_iter();
    let first = operations.next()?;
    let others = operations.len();
    let message = match others {
        0 => format!("{} does not say whether it needs a key", first.label()),
        1 => format!(
            "{} and another do not say whether they need a key",
            first.label()
        ),
        n => format!(
            "{} and {n} others do not say whether they need a key",
            first.label()
        ),
    };
    let told = MISSING_SECURITY
        .told(message)
        .at(contract.key(&first.at.pointer))
        .help("add `security:` at the top of the document, with a scheme of `components.securitySchemes`; or `security: []` here, if everyone may call it");
    Some(operations.take(SHOWN).fold(told, |told, other| {
        told.and(contract.key(&other.at.pointer), "nor does this")
    }))
}

/// The operations for which it isn't said.
pub fn silent_operations<'s, 'c>(subject: &'s Subject<'c>) -> Vec<&'s Operation<'c>> {
    let document = &subject.contract.document;
    if document.get("security").is_some() || !subject.is_sound(&Pointer::ROOT) {
        return Vec::new();
    }
    let operations = subject.operations.iter();
    operations
        .filter(|operation| !operation.at.object.contains_key("security"))
        .filter(|operation| subject.is_sound(&operation.at.pointer))
        .collect()
}

const TYPES: [&str; 4] = ["apiKey", "http", "oauth2", "openIdConnect"];

/// Schemes of the IANA registry of HTTP authentication schemes.
const HTTP_SCHEMES: [&str; 12] = [
    "basic",
    "bearer",
    "concealed",
    "digest",
    "dpop",
    "gnap",
    "hoba",
    "mutual",
    "negotiate",
    "oauth",
    "privatetoken",
    "vapid",
];

/// Every scheme says what its type needs.
pub fn schemes(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let schemes = subject.items.of(Kind::SecurityScheme);
    schemes
        .filter(|scheme| !scheme.is_reference() && subject.is_sound(&scheme.pointer))
        .filter_map(|scheme| incomplete(subject, scheme))
        .collect()
}

fn incomplete(subject: &Subject<'_>, scheme: &Item<'_>) -> Option<Diagnostic> {
    let contract = subject.contract;
    let value = |key: &str| contract.value(&scheme.pointer.child(key));
    let kind = scheme.text("type")?;
    if !TYPES.contains(&kind) {
        let help = match nearest(kind, TYPES.into_iter()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!(
                "write one of {}; a bearer key is `type: http`, `scheme: bearer`",
                TYPES.join(", ")
            ),
        };
        let told = SECURITY_SCHEME.told(format!("`{kind}` is no kind of security"));
        return Some(told.at(value("type")).help(help));
    }
    let needed: &[&str] = match kind {
        "http" => &["scheme"],
        "apiKey" => &["name", "in"],
        "oauth2" => &["flows"],
        _ => &["openIdConnectUrl"],
    };
    if let Some(missing) = needed.iter().find(|key| !scheme.object.contains_key(**key)) {
        let told = SECURITY_SCHEME.told(format!("a scheme of type `{kind}` needs `{missing}`"));
        return Some(
            told.at(contract.key(&scheme.pointer))
                .help(format!("add `{missing}:`")),
        );
    }
    match (kind, scheme.text("scheme"), scheme.text("in")) {
        ("http", Some(name), _) if !HTTP_SCHEMES.contains(&name.to_lowercase().as_str()) => {
            let meant = nearest(name, HTTP_SCHEMES.into_iter())?;
            let told = SECURITY_SCHEME.told(format!("`{name}` is no HTTP authentication scheme"));
            Some(
                told.at(value("scheme"))
                    .help(format!("did you mean `{meant}`?")),
            )
        }
        ("apiKey", _, Some(place)) if !["query", "header", "cookie"].contains(&place) => {
            let told = SECURITY_SCHEME.told(format!("a key can't be in `{place}`"));
            Some(
                told.at(value("in"))
                    .help("write `query`, `header` or `cookie`"),
            )
        }
        _ => None,
    }
}
