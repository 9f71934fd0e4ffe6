//! Where the service is: its address, and how its paths begin.

use serde_json::Value;

use crate::operation::{Located, Operation, operations, root};

/// The URL of the first server, its variables at their defaults; none if it is not absolute. If
/// all operations share the servers that they or their paths name, it is the first of those.
pub fn url(document: &Value) -> Option<String> {
    let shared = shared(document).filter(|servers| servers.is_array());
    let url = first(shared.or_else(|| document.get("servers"))?)?;
    is_absolute(&url).then_some(url)
}

/// The URL of the first of these servers, its variables at their defaults.
fn first(servers: &Value) -> Option<String> {
    let server = servers.as_array()?.first()?;
    let mut url = server.get("url")?.as_str()?.to_string();
    let variables = server.get("variables").and_then(Value::as_object);
    for (name, variable) in variables.into_iter().flatten() {
        let default = variable.get("default").and_then(Value::as_str);
        url = url.replace(&format!("{{{name}}}"), default.unwrap_or_default());
    }
    Some(url)
}

/// A server that an operation has for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Own {
    /// One that can be asked.
    Url {
        /// Its absolute URL.
        url: String,
        /// Whether it is on another origin than the service.
        foreign: bool,
    },
    /// One that can't: its URL is neither `http` nor relative to a server that is known.
    Unusable(String),
}

/// The server of an operation that is not where the service is. `service` is its [`url`].
pub fn own(document: &Value, operation: &Operation<'_>, service: Option<&str>) -> Option<Own> {
    let servers = of_operation(document, operation)?;
    if Some(servers) == document.get("servers") {
        return None;
    }
    let written = first(servers)?;
    let url = match service {
        _ if is_absolute(&written) => Some(written.clone()),
        Some(service) => resolve(service, &written),
        None => None,
    };
    match (url, service) {
        (None, _) => Some(Own::Unusable(written)),
        (Some(url), Some(service)) if same(&url) == same(service) => None,
        (Some(url), _) => Some(Own::Url {
            foreign: service.is_none_or(|service| origin(service) != origin(&url)),
            url,
        }),
    }
}

fn same(url: &str) -> &str {
    url.trim_end_matches('/')
}

/// Scheme, host and port of an absolute URL.
fn origin(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (scheme, host) = (scheme.to_lowercase(), host.to_lowercase());
    let port = if scheme == "https" { ":443" } else { ":80" };
    format!("{scheme}://{}", host.strip_suffix(port).unwrap_or(&host))
}

/// A relative URL as it is meant on this server.
fn resolve(service: &str, relative: &str) -> Option<String> {
    let is_plain = |c: char| !c.is_whitespace() && !"{}:?#".contains(c);
    if !relative.chars().all(is_plain) || relative.split('/').any(|part| part == "..") {
        return None;
    }
    let (scheme, rest) = service.split_once("://")?;
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let url = match relative {
        _ if relative.starts_with("//") => format!("{scheme}:{relative}"),
        _ if relative.starts_with('/') => format!("{scheme}://{host}{relative}"),
        _ => {
            let folder = path.rfind('/').map_or("/", |end| &path[..=end]);
            let relative = relative.trim_start_matches("./");
            format!("{scheme}://{host}{folder}{relative}")
        }
    };
    is_absolute(&url).then_some(url)
}

/// The servers of an operation, where it, its path or the document lists some, in this order.
pub fn of_operation<'d>(document: &'d Value, operation: &Operation<'d>) -> Option<&'d Value> {
    let places = [operation.at.object, operation.item.object];
    let mut own = places.into_iter().filter_map(|place| place.get("servers"));
    own.find(is_list).or_else(|| document.get("servers"))
}

/// The servers of every operation, if all have the same.
pub fn shared(document: &Value) -> Option<&Value> {
    let operations = operations(document);
    let mut servers = operations
        .iter()
        .map(|operation| of_operation(document, operation));
    let first = servers.next()??;
    servers.all(|other| other == Some(first)).then_some(first)
}

/// An empty list names none.
fn is_list(servers: &&Value) -> bool {
    servers.as_array().is_some_and(|list| !list.is_empty())
}

/// Whether this is an `http` or `https` URL that names a host.
fn is_absolute(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else {
        return false;
    };
    let is_http = ["http", "https"].contains(&scheme.to_lowercase().as_str());
    let unusable = |c: char| c.is_whitespace() || c.is_control() || "{}".contains(c);
    is_http && !rest.is_empty() && !rest.starts_with(['/', '?', '#']) && !rest.contains(unusable)
}

/// The segment with which every path begins; none if they differ, or if it is a parameter.
pub fn first_segment(document: &Value) -> Option<&str> {
    let paths = root(document)?;
    let mut segments = paths
        .children("paths")
        .filter_map(|(path, _): (&str, Located<'_>)| path.strip_prefix('/'))
        .map(|path| path.split('/').next().unwrap_or_default());
    let first = segments.next()?;
    let is_literal = !first.is_empty() && !first.contains('{');
    (is_literal && segments.all(|segment| segment == first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_first_server_counts_if_its_url_is_absolute() {
        let of = |servers: Value| url(&json!({"servers": servers}));
        let https = "https://api.example.com";
        assert_eq!(
            of(json!([{"url": https}, {"url": "https://b"}])).as_deref(),
            Some(https)
        );
        let variables = json!({"region": {"default": "eu"}});
        assert_eq!(
            of(json!([{"url": "https://{region}.example.com/api", "variables": variables}]))
                .as_deref(),
            Some("https://eu.example.com/api")
        );
        for relative in [
            "/api",
            "api.example.com",
            "ftp://a",
            "https://",
            "https:///a",
            "https://{x}",
        ] {
            assert_eq!(of(json!([{"url": relative}])), None, "{relative}");
        }
        assert_eq!(of(json!([])), None);
        assert_eq!(url(&json!({})), None);
    }

    #[test]
    fn servers_that_all_operations_share_count_before_the_document_s() {
        let of = |path: Value, operation: Value| {
            let notes = json!({"servers": path, "get": {"servers": operation}});
            let more = json!({"get": {"servers": [{"url": "https://a"}]}});
            url(&json!({
                "servers": [{"url": "https://document"}],
                "paths": {"/notes": notes, "/more": more},
            }))
        };
        let (a, b) = (json!([{"url": "https://a"}]), json!([{"url": "https://b"}]));
        let document = Some("https://document".to_string());
        assert_eq!(of(a.clone(), json!([])).as_deref(), Some("https://a"));
        assert_eq!(of(b.clone(), a.clone()).as_deref(), Some("https://a"));
        assert_eq!(of(a, b), document);
        assert_eq!(of(json!([]), json!([])), document);
    }

    #[test]
    fn an_operation_can_have_a_server_of_its_own() {
        let of = |url: &str| {
            let servers = json!([{"url": url, "variables": {"v": {"default": "v2"}}}]);
            let document = json!({
                "servers": [{"url": "https://a.example/api"}],
                "paths": {"/notes": {"get": {"servers": servers}, "put": {}}},
            });
            let service = super::url(&document);
            let operations = operations(&document);
            assert_eq!(own(&document, &operations[1], service.as_deref()), None);
            own(&document, &operations[0], service.as_deref())
        };
        let url = |url: &str, foreign| {
            let url = url.to_string();
            Some(Own::Url { url, foreign })
        };
        for (written, expected) in [
            ("https://b.example/{v}", url("https://b.example/v2", true)),
            ("http://a.example/api", url("http://a.example/api", true)),
            (
                "https://A.example:443/x",
                url("https://A.example:443/x", false),
            ),
            ("/{v}", url("https://a.example/v2", false)),
            ("./{v}", url("https://a.example/v2", false)),
            ("//c.example", url("https://c.example", true)),
            ("https://a.example/api/", None),
            ("/api", None),
            (
                "wss://a.example",
                Some(Own::Unusable("wss://a.example".into())),
            ),
            ("../{v}", Some(Own::Unusable("../v2".into()))),
        ] {
            assert_eq!(of(written), expected, "{written}");
        }
    }

    #[test]
    fn a_first_segment_is_one_that_all_paths_share() {
        let of = |paths: &[&str]| {
            let paths: serde_json::Map<String, Value> = paths
                .iter()
                .map(|path| (path.to_string(), json!({})))
                .collect();
            first_segment(&json!({"paths": paths})).map(String::from)
        };
        assert_eq!(
            of(&["/v1/leads", "/v1/leads/{id}", "/v1"]),
            Some("v1".into())
        );
        assert_eq!(of(&["/v1/leads", "/v10/leads"]), None);
        assert_eq!(of(&["/{org}/leads"]), None);
        assert_eq!(of(&["/v1-{org}/leads"]), None);
        assert_eq!(of(&["/"]), None);
        assert_eq!(of(&[]), None);
    }
}
