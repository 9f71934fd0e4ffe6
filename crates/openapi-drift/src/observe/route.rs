//! Which operation a request is for.

use openapi_document::Operation;
use percent_encoding::percent_decode_str;
use serde_json::Value;
use url::Url;

use super::names::is_shown;
use super::traffic::Undescribed;
use crate::exchange::Exchange;

/// The paths of a contract.
#[derive(Debug)]
pub struct Routes {
    /// The hosts of the contract's servers, and the path that stands before all others there.
    servers: Vec<(Option<String>, String)>,
    routes: Vec<Route>,
}

#[derive(Debug)]
struct Route {
    operation: usize,
    method: String,
    /// The segments; `None` is one with a name in it.
    segments: Vec<Option<String>>,
}

/// The names in a query.
pub type Query = Vec<String>;

impl Routes {
    /// Reads the paths of the operations.
    pub fn of(document: &Value, operations: &[Operation<'_>]) -> Routes {
        let mut routes: Vec<Route> = operations
            .iter()
            .enumerate()
            .map(|(operation, at)| Route {
                operation,
                method: at.method.to_ascii_uppercase(),
                segments: at
                    .path
                    .split('/')
                    .map(|segment| (!segment.contains('{')).then(|| segment.to_string()))
                    .collect(),
            })
            .collect();
        // A path without names wins over one with names.
        routes.sort_by_key(|route| {
            route
                .segments
                .iter()
                .map(Option::is_none)
                .collect::<Vec<_>>()
        });
        let servers = document["servers"].as_array().into_iter().flatten();
        let servers = servers.filter_map(|server| server["url"].as_str());
        let servers = servers.map(|text| match Url::parse(text) {
            Ok(url) => (
                url.host_str().map(String::from),
                url.path().trim_end_matches('/').into(),
            ),
            Err(_) => (None, text.trim_end_matches('/').to_string()),
        });
        Routes {
            servers: servers.collect(),
            routes,
        }
    }

    /// The operation that an exchange is of, with the names in the query. What is of none is
    /// counted among the strangers.
    pub fn find(&self, exchange: &Exchange, strangers: &mut Undescribed) -> Option<(usize, Query)> {
        let base = Url::parse("http://localhost").ok()?;
        let Ok(url) = base.join(&exchange.url) else {
            strangers.elsewhere += 1;
            return None;
        };
        let host = url.host_str();
        let is_own = |known: &Option<String>| known.is_none() || known.as_deref() == host;
        let prefixes = self.servers.iter().filter(|(known, _)| is_own(known));
        let mut paths: Vec<&str> = prefixes
            .filter_map(|(_, prefix)| url.path().strip_prefix(prefix.as_str()))
            .collect();
        paths.push(url.path());
        let of_path = |path: &&str| self.route(&exchange.method, path);
        if let Some(route) = paths.iter().find_map(of_path) {
            let query = url.query_pairs().map(|(name, _)| name.into_owned());
            return Some((route.operation, query.collect()));
        }
        // A recording of a browser is full of requests to others.
        let is_server = self
            .servers
            .iter()
            .any(|(known, _)| known.as_deref() == host);
        match is_server || matches!(host, Some("localhost" | "127.0.0.1" | "[::1]")) {
            true => strangers.count(format!("{} {}", exchange.method, self.template(paths[0]))),
            false => strangers.elsewhere += 1,
        }
        None
    }

    fn route(&self, method: &str, path: &str) -> Option<&Route> {
        let given: Vec<&str> = path.split('/').collect();
        let mut routes = self.routes.iter();
        routes.find(|route| {
            let mut pairs = route.segments.iter().zip(&given);
            route.method == method
                && route.segments.len() == given.len()
                && pairs.all(|(segment, given)| match segment {
                    None => !given.is_empty(),
                    Some(literal) => percent_decode_str(given).eq(literal.bytes()),
                })
        })
    }

    /// A path as a template: only segments of the contract's own paths are certain to be no data.
    fn template(&self, path: &str) -> String {
        let known = |given: &str| {
            let mut segments = self.routes.iter().flat_map(|route| &route.segments);
            segments.any(|segment| segment.as_deref() == Some(given))
        };
        let is_word = |given: &str| given.len() < 12 && !given.contains('.') && is_shown(given);
        let segments = path
            .split('/')
            .map(|given| match known(given) || is_word(given) {
                true => given,
                false => "{}",
            });
        segments.collect::<Vec<_>>().join("/")
    }
}
