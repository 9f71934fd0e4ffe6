//! A request: an operation and its arguments, made ready to be sent any number of times.

mod argument;
mod path;
pub(crate) mod style;

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue, USER_AGENT};
use http::{HeaderMap, HeaderName, Method};
use url::Url;

use crate::operation::Scheme;
use crate::settings::{Settings, base_url, header_value};
pub(crate) use argument::Argument;
use style::Pairs;
pub(crate) use style::Style;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// A request without its key, which each attempt puts in.
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    pub(crate) security: Scheme,
}

/// A request in the making. The first problem with an argument is kept and comes out at the end.
pub(crate) struct Draft {
    pub(crate) method: Method,
    /// The server, if it is not the client's.
    server: Option<Url>,
    path: String,
    query: String,
    security: Scheme,
    headers: HeaderMap,
    body: Option<Bytes>,
    accepts_json: bool,
    problem: Option<Cow<'static, str>>,
}

impl Draft {
    /// `path` holds names in braces where arguments belong, and what the query begins with.
    pub(crate) fn new(method: Method, path: &str, security: Scheme) -> Self {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        Self {
            server: None,
            method,
            path: path.to_owned(),
            query: query.to_owned(),
            security,
            headers: HeaderMap::new(),
            body: None,
            accepts_json: false,
            problem: None,
        }
    }

    pub(crate) fn server(&mut self, url: &str, security: Scheme) {
        match base_url::parse(url, None) {
            Ok(url) => self.server = Some(url),
            Err(problem) => self.refuse(format!("the operation's own server: {problem}")),
        }
        self.security = security;
    }

    /// Where the request goes.
    pub(crate) fn base_url<'d>(&'d self, settings: &'d Settings) -> &'d Url {
        self.server.as_ref().unwrap_or(&settings.base_url)
    }

    pub(crate) fn path(&mut self, name: &str, argument: Argument, style: Style) {
        match style::path(name, argument, style) {
            // Encoded arguments hold no braces, so this finds only what the template holds.
            Ok(text) => {
                let name = format!("{{{name}}}");
                self.path = self.path.replace(&name, &text);
                self.query = self.query.replace(&name, &text);
            }
            Err(problem) => self.refuse(format!("path argument `{name}` {problem}")),
        }
    }

    pub(crate) fn query(&mut self, name: &str, argument: Argument, style: Style) {
        self.add_to_query(name, argument, style, path::encode);
    }

    /// As [`query`](Self::query), with reserved characters as they are.
    pub(crate) fn query_reserved(&mut self, name: &str, argument: Argument, style: Style) {
        self.add_to_query(name, argument, style, style::allow_reserved);
    }

    fn add_to_query(
        &mut self,
        name: &str,
        argument: Argument,
        style: Style,
        encode: fn(&str) -> String,
    ) {
        let mut pairs = Pairs {
            text: &mut self.query,
            encode,
        };
        if let Err(problem) = pairs.add(name, argument, style) {
            self.refuse(format!("query argument `{name}` {problem}"));
        }
    }

    pub(crate) fn header(&mut self, name: &str, argument: Argument, style: Style) {
        let text = match style::header(argument, style) {
            Ok(Some(text)) => text,
            Ok(None) => return,
            Err(problem) => return self.refuse(format!("header argument `{name}` {problem}")),
        };
        let valid = HeaderName::try_from(name)
            .ok()
            .zip(header_value::secret(&text));
        match valid {
            Some((header, value)) => {
                self.headers.insert(header, value);
            }
            None => self.refuse(format!(
                "header argument `{name}` holds a control character or one that is not ASCII"
            )),
        }
    }

    pub(crate) fn json(&mut self, text: serde_json::Result<Vec<u8>>) {
        match text {
            Ok(text) => self.body = Some(text.into()),
            // serde_json's message may quote the value.
            Err(_) => self.refuse("the body cannot be written as JSON"),
        }
    }

    pub(crate) fn accept_json(&mut self) {
        self.accepts_json = true;
    }

    pub(crate) fn refuse(&mut self, problem: impl Into<Cow<'static, str>>) {
        self.problem.get_or_insert_with(|| problem.into());
    }

    /// Makes the request, or says why there is none.
    pub(crate) fn into_request(self, settings: &Settings) -> Result<Request, Cow<'static, str>> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let url = base_url::join(self.base_url(settings), &self.path, &self.query).ok_or(
            "path and query must be percent-encoded, and the path begin with `/` and hold no `.` or `..`",
        )?;

        // Later ones win: ours, the view's, the operation's.
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, settings.user_agent.clone());
        if self.accepts_json {
            headers.insert(ACCEPT, JSON);
        }
        if self.body.is_some() {
            headers.insert(CONTENT_TYPE, JSON);
        }
        headers.extend(settings.headers.clone());
        headers.extend(self.headers);

        Ok(Request {
            method: self.method,
            url,
            headers,
            body: self.body,
            security: self.security,
        })
    }
}
