//! Servers: each URL is one that the client can ask, and its variables are described.

use serde_json::{Map, Value};

use super::Subject;
use crate::suggest::nearest;
use openapi_document::Pointer;
use openapi_document::keywords::Kind;
use openapi_document::objects::Item;
use openapi_document::operation::template_names;
use openapi_document::server;
use openapi_document::{
    Diagnostic, Example, Rule,
    Severity::{Error, Warning},
};

/// A server that the client would not take, or that makes `//` of every path.
pub static SERVER: Rule = Rule {
    code: "policy::server",
    severity: Warning,
    summary: "a server is not an `https` URL without a slash at its end",
    docs: "The key is sent there, so the URL begins with `https://`; plain `http` is for this \
           machine alone. Paths begin with `/`, so the URL ends without one: with it, tools ask \
           for `//v1/leads`. A contract names at least one server.",
    example: Some(Example {
        instead_of: "  - url: https://notes.example\n",
        wrong: "  - url: «https://notes.example/»\n",
        right: "  - url: https://notes.example\n",
    }),
};

/// A variable that is not described.
pub static SERVER_VARIABLE: Rule = Rule {
    code: "spec::server-variable",
    severity: Error,
    summary: "the URL of a server names a variable that is not described",
    docs: "Each `{name}` in the URL of a server is one of its `variables`, which says its \
           `default`. Without one, nobody knows where to send a call.",
    example: Some(Example {
        instead_of: "  - url: https://notes.example\n",
        wrong: "  - url: «https://{region}.notes.example»\n",
        right: "  - url: https://{region}.notes.example\n    variables: {region: {default: eu}}\n",
    }),
};

/// A variable that changes nothing.
pub static UNUSED_SERVER_VARIABLE: Rule = Rule {
    code: "spec::unused-server-variable",
    severity: Warning,
    summary: "a variable of a server does not stand in its URL",
    docs: "Whatever is chosen for such a variable, the URL is the same. Often the braces in the \
           URL are missing.",
    example: Some(Example {
        instead_of: "  - url: https://notes.example\n",
        wrong: "  - url: https://region.notes.example\n    variables: {«region»: {default: eu}}\n",
        right: "  - url: https://{region}.notes.example\n    variables: {region: {default: eu}}\n",
    }),
};

/// Every server is one that the client can ask.
pub fn servers(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let document = &contract.document;
    let listed = server::shared(document).or_else(|| document.get("servers"));
    let listed = listed.and_then(Value::as_array);
    if listed.is_none_or(Vec::is_empty) {
        let at = match contract.document.get("servers") {
            Some(_) => contract.key(&Pointer::of(["servers"])),
            None => contract.key(&Pointer::of(["paths"])),
        };
        let told = SERVER.told("the contract names no server").at(at);
        let told = told.help("add `servers:` with `- url: https://…` above `paths`");
        let is_sound = subject.is_sound(&Pointer::ROOT);
        return Vec::from_iter(is_sound.then_some(told));
    }
    let servers = subject.items.of(Kind::Server);
    servers
        .filter_map(|server| {
            let url = server.text("url")?;
            let at = server.pointer.child("url");
            let (message, help) = server_problem(url, &with_defaults(url, server))?;
            Some(SERVER.told(message).at(contract.value(&at)).help(help))
        })
        .collect()
}

/// The URL with the defaults of its variables; one without a default can be any text.
fn with_defaults(url: &str, server: &Item<'_>) -> String {
    let mut filled = url.to_string();
    for name in template_names(url) {
        let default = variables(server).and_then(|variables| variables.get(name)?.get("default"));
        let default = default.and_then(Value::as_str).unwrap_or("any");
        filled = filled.replace(&format!("{{{name}}}"), default);
    }
    filled
}

fn variables<'c>(server: &Item<'c>) -> Option<&'c Map<String, Value>> {
    server.object.get("variables")?.as_object()
}

/// A URL of a server and its variables name the same things.
pub fn variables_hold(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for server in subject.items.of(Kind::Server) {
        let Some(url) = server.text("url") else {
            continue;
        };
        let described = || variables(server).into_iter().flat_map(Map::keys);
        let is_described = |name: &str| described().any(|known| known == name);
        let named = template_names(url);
        let unused = || described().filter(|name| !named.contains(&name.as_str()));
        let undefined: Vec<&str> = named
            .iter()
            .copied()
            .filter(|name| !is_described(name))
            .collect();
        if let Some(first) = undefined.first() {
            let listed: Vec<_> = undefined
                .iter()
                .map(|name| format!("`{{{name}}}`"))
                .collect();
            let help = match nearest(first, unused().map(String::as_str)) {
                Some(meant) => format!("did you mean `{{{meant}}}`?"),
                None => format!(
                    "add `variables: {{{first}: {{default: …}}}}` beside `url`, or write the URL out"
                ),
            };
            found.push(
                SERVER_VARIABLE
                    .told(format!(
                        "the URL has {}, which nothing describes",
                        listed.join(" and ")
                    ))
                    .at(contract.value(&server.pointer.child("url")))
                    .help(help),
            );
            continue; // A variable that is left over is the one that was meant.
        }
        for name in unused() {
            let at = server.pointer.child("variables").child(name);
            found.push(
                UNUSED_SERVER_VARIABLE
                    .told(format!("`{name}` stands nowhere in the URL"))
                    .at(contract.key(&at))
                    .help(format!(
                        "write `{{{name}}}` into the URL, or remove the variable"
                    )),
            );
        }
    }
    found
}

/// What is wrong with a URL, and what to write instead. `filled` is the same with its variables
/// at their defaults.
fn server_problem(url: &str, filled: &str) -> Option<(String, String)> {
    const LOCAL: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];
    let local = |rest: &str| {
        LOCAL.iter().any(|host| {
            let rest = rest.strip_prefix(host);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
        })
    };
    let lower = filled.to_lowercase();
    let rest = match lower.split_once("://") {
        Some(("https", rest)) => rest,
        Some(("http", rest)) if local(rest) => rest,
        Some(("http", _)) => {
            let help = match url.get("http".len()..).filter(|_| url == filled) {
                Some(rest) => format!("write `https{rest}`"),
                None => "let the default begin with `https`".into(),
            };
            return Some((
                "the key would be sent there without encryption".into(),
                help,
            ));
        }
        _ => {
            let help = "begin it with `https://`".into();
            return Some((format!("`{url}` is no URL that can be asked"), help));
        }
    };
    if rest.is_empty() || rest.starts_with('/') || rest.contains(char::is_whitespace) {
        let help = "write it like `https://api.example.com`".into();
        return Some((format!("`{url}` names no host"), help));
    }
    if url.contains(['?', '#']) {
        let help = "end it before the `?` or `#`".into();
        return Some(("paths can't stand behind a query".into(), help));
    }
    url.ends_with('/').then(|| {
        let help = format!(
            "write `{}`: paths begin with a slash",
            url.trim_end_matches('/')
        );
        (
            "the URL ends with a slash, and so makes `//` of every path".into(),
            help,
        )
    })
}
