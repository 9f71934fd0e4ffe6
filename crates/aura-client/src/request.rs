//! A request: an operation and its arguments, made ready to be sent any number of times.

mod argument;
mod path;
pub(crate) mod style;

use std::borrow::Cow;

use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue, USER_AGENT};
use http::{HeaderMap, HeaderName, Method};
use url::Url;

use crate::Upload;
use crate::operation::Scheme;
use crate::settings::{Settings, base_url, header_value};
use crate::upload::Content;
pub(crate) use argument::Argument;
use style::Pairs;
pub(crate) use style::Style;

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

/// A request without its body and its key, which each attempt puts in.
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) security: Scheme,
    /// Whether the body of a success is left to be read in chunks.
    pub(crate) streams_response: bool,
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
    body: Option<Content>,
    content_type: HeaderValue,
    accept: Option<HeaderValue>,
    streams_response: bool,
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
            content_type: JSON,
            accept: None,
            streams_response: false,
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
            Ok(text) => self.body = Some(Content::Bytes(text.into())),
            // serde_json's message may quote the value.
            Err(_) => self.refuse("the body cannot be written as JSON"),
        }
    }

    /// Writes a form. A text is taken for one that is written already.
    pub(crate) fn form(&mut self, value: Argument, styles: &[(&str, Style)]) {
        let text = match value {
            Argument::One(text) => Ok(text),
            value => style::form(value, styles),
        };
        match text {
            Ok(text) => self.body = Some(Content::Bytes(text.into())),
            Err(problem) => return self.refuse(format!("the form {problem}")),
        }
        self.content_type = FORM;
    }

    pub(crate) fn media_type(&mut self, media_type: &str) {
        match header_value::printable(media_type) {
            Some(value) => self.content_type = value,
            None => self.refuse("the contract's media type of the body is not one"),
        }
    }

    /// `otherwise` is the media type of an upload that names none.
    pub(crate) fn upload(&mut self, upload: Upload, otherwise: Option<&'static str>) {
        let (content, content_type) = match upload.into_parts() {
            Ok(parts) => parts,
            Err(problem) => return self.refuse(problem),
        };
        match content_type.or_else(|| header_value::printable(otherwise?)) {
            Some(content_type) => self.content_type = content_type,
            None => self.refuse("the body needs a media type of its own (`Upload::content_type`)"),
        }
        self.body = Some(content);
    }

    /// Asks for these media types instead of JSON.
    pub(crate) fn accept(&mut self, media_types: &str) {
        match HeaderValue::from_str(media_types) {
            Ok(media_types) => self.accept = Some(media_types),
            Err(_) => self.refuse("the response's media type cannot be written in a header"),
        }
    }

    /// Asks for JSON, unless the call asks for something else.
    pub(crate) fn accept_json(&mut self) {
        self.accept.get_or_insert(JSON);
    }

    /// Leaves the body of a success to be read in chunks.
    pub(crate) fn stream_response(&mut self) {
        self.streams_response = true;
    }

    pub(crate) fn refuse(&mut self, problem: impl Into<Cow<'static, str>>) {
        self.problem.get_or_insert_with(|| problem.into());
    }

    /// Makes the request and its body, or says why there is none.
    pub(crate) fn into_request(
        self,
        settings: &Settings,
    ) -> Result<(Request, Option<Content>), Cow<'static, str>> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let url = base_url::join(self.base_url(settings), &self.path, &self.query).ok_or(
            "path and query must be percent-encoded, and the path begin with `/` and hold no `.` or `..`",
        )?;

        // Later ones win: ours, the view's, the operation's.
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, settings.user_agent.clone());
        if let Some(accept) = self.accept {
            headers.insert(ACCEPT, accept);
        }
        if self.body.is_some() {
            headers.insert(CONTENT_TYPE, self.content_type);
        }
        headers.extend(settings.headers.clone());
        headers.extend(self.headers);

        let request = Request {
            method: self.method,
            url,
            headers,
            security: self.security,
            streams_response: self.streams_response,
        };
        Ok((request, self.body))
    }
}
