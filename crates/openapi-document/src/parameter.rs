//! Parameters: which of them are sent, and how their values are written.

use serde_json::Value;

use crate::operation::{Located, Operation, is_json_text, template_names};

/// How a list or an object is written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `a,b` in a path or a header; `name=a` for the members of an exploded object.
    Simple {
        /// Whether each part stands alone.
        explode: bool,
    },
    /// `.a,b` in a path; exploded `.a.b`.
    Label {
        /// Whether each part stands alone.
        explode: bool,
    },
    /// `;key=a,b` in a path; exploded `;key=a;key=b`.
    Matrix {
        /// Whether each part stands alone.
        explode: bool,
    },
    /// `key=a,b` in a query or a form; exploded `key=a&key=b`.
    Form {
        /// Whether each part stands alone.
        explode: bool,
    },
    /// `key=a%20b` in a query or a form.
    SpaceDelimited,
    /// `key=a|b` in a query or a form.
    PipeDelimited,
    /// `key[name]=a` in a query or a form.
    DeepObject,
    /// JSON text: what `content` says, or the `contentType` of a form's property.
    Json,
}

impl Style {
    /// The style of a parameter. One that its place doesn't have is the place's own.
    pub fn of_parameter(parameter: &Located<'_>) -> Style {
        let place = parameter.text("in").unwrap_or_default();
        if is_json_described(parameter) {
            return Style::Json;
        }
        let style = parameter
            .text("style")
            .filter(|style| styles(place).contains(style));
        let usual = styles(place).first().copied().unwrap_or_default();
        Style::named(style.unwrap_or(usual), parameter)
    }

    /// The style that the `encoding` of a form gives to a property; none if it says nothing of it.
    pub fn of_encoding(encoding: &Located<'_>) -> Option<Style> {
        let says_style = ["style", "explode", "allowReserved"];
        if says_style
            .iter()
            .any(|key| encoding.object.contains_key(*key))
        {
            let style = encoding.text("style");
            let style = style.filter(|style| styles("query").contains(style));
            return Some(Style::named(style.unwrap_or("form"), encoding));
        }
        let is_json = encoding.text("contentType").is_some_and(is_json_text);
        is_json.then_some(Style::Json)
    }

    fn named(name: &str, at: &Located<'_>) -> Style {
        let stated = at.object.get("explode").and_then(Value::as_bool);
        let explode = stated.unwrap_or(name == "form");
        match name {
            "simple" => Style::Simple { explode },
            "label" => Style::Label { explode },
            "matrix" => Style::Matrix { explode },
            "spaceDelimited" if !explode => Style::SpaceDelimited,
            "pipeDelimited" if !explode => Style::PipeDelimited,
            "deepObject" => Style::DeepObject,
            // Exploded, nothing is left to delimit.
            _ => Style::Form { explode },
        }
    }
}

/// Whether a parameter's `content` is JSON.
fn is_json_described(parameter: &Located<'_>) -> bool {
    let content = parameter.children("content").next();
    content.is_some_and(|(media_type, _)| is_json_text(media_type))
}

/// The styles that parameters in a place can have, the one that need not be stated first.
pub fn styles(place: &str) -> &'static [&'static str] {
    match place {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "cookie" => &["form"],
        _ => &["simple"],
    }
}

/// The headers that a request has whatever parameters say. OpenAPI ignores parameters of the first
/// three.
const OWN_HEADERS: [&str; 7] = [
    "accept",
    "authorization",
    "content-type",
    "content-length",
    "host",
    "transfer-encoding",
    "user-agent",
];

/// Whether this is a header that a parameter can't set.
pub fn is_own_header(name: &str) -> bool {
    OWN_HEADERS.contains(&name.to_lowercase().as_str())
}

/// Whether a parameter is sent: cookies are not, nor is what the request or its path says itself.
pub fn is_sent(parameter: &Located<'_>, path: &str) -> bool {
    let name = parameter.text("name").unwrap_or_default();
    match parameter.text("in") {
        Some("path") => template_names(path).contains(&name),
        Some("header") => !is_own_header(name),
        Some("query") => true,
        _ => false,
    }
}

/// What describes a parameter's value: its `schema`, or that of its `content`.
pub fn schema<'v>(parameter: &Located<'v>) -> Option<Located<'v>> {
    let content = || parameter.children("content").next();
    parameter
        .child("schema")
        .or_else(|| content()?.1.child("schema"))
}

impl<'v> Operation<'v> {
    /// The parameters that a call sends.
    pub fn sent_parameters(&self, document: &'v Value) -> Vec<Located<'v>> {
        let mut parameters = self.parameters(document);
        parameters.retain(|parameter| is_sent(parameter, self.path));
        parameters
    }

    /// The names in the path that no parameter describes. Each stands for a text.
    pub fn undeclared_names(&self, document: &'v Value) -> Vec<&'v str> {
        let parameters = self.parameters(document);
        let declared = |name: &str| {
            let mut in_path = parameters.iter().filter(|p| p.text("in") == Some("path"));
            in_path.any(|parameter| parameter.text("name") == Some(name))
        };
        let mut names = template_names(self.path);
        names.retain(|name| !declared(name));
        names.sort_unstable();
        names.dedup();
        names
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::operation::{operations, root};

    #[test]
    fn a_style_that_is_not_stated_is_that_of_the_place() {
        for (parameter, expected) in [
            (json!({"in": "path"}), Style::Simple { explode: false }),
            (
                json!({"in": "header", "explode": true}),
                Style::Simple { explode: true },
            ),
            (json!({"in": "query"}), Style::Form { explode: true }),
            (
                json!({"in": "query", "explode": false}),
                Style::Form { explode: false },
            ),
            (
                json!({"in": "path", "style": "label"}),
                Style::Label { explode: false },
            ),
            (
                json!({"in": "path", "style": "form"}),
                Style::Simple { explode: false },
            ),
            (
                json!({"in": "query", "style": "pipeDelimited"}),
                Style::PipeDelimited,
            ),
            (
                json!({"in": "query", "style": "spaceDelimited", "explode": true}),
                Style::Form { explode: true },
            ),
            (
                json!({"in": "query", "style": "deepObject"}),
                Style::DeepObject,
            ),
            (
                json!({"in": "query", "content": {"text/plain": {}}}),
                Style::Form { explode: true },
            ),
            (
                json!({"in": "query", "content": {"application/vnd.a+json": {}}}),
                Style::Json,
            ),
        ] {
            let at = root(&parameter).expect("an object");
            assert_eq!(Style::of_parameter(&at), expected, "{parameter}");
        }
    }

    #[test]
    fn a_form_says_how_its_properties_are_written() {
        for (encoding, expected) in [
            (json!({}), None),
            (json!({"headers": {}}), None),
            (json!({"contentType": "text/plain"}), None),
            (
                json!({"contentType": "application/json"}),
                Some(Style::Json),
            ),
            (
                json!({"style": "deepObject", "contentType": "application/json"}),
                Some(Style::DeepObject),
            ),
            (
                json!({"explode": false}),
                Some(Style::Form { explode: false }),
            ),
        ] {
            let at = root(&encoding).expect("an object");
            assert_eq!(Style::of_encoding(&at), expected, "{encoding}");
        }
    }

    #[test]
    fn cookies_and_the_request_s_own_headers_are_not_sent() {
        let parameter = |place: &str, name: &str| json!({"in": place, "name": name});
        let document = json!({"paths": {"/a/{id}/{b}/{id}": {"get": {"parameters": [
            parameter("cookie", "session"), parameter("header", "Accept"), parameter("path", "x"),
            parameter("query", "Accept"), parameter("header", "X-A"), parameter("path", "id"),
        ]}}}});
        let operation = &operations(&document)[0];
        let sent = operation.sent_parameters(&document);
        let sent: Vec<_> = sent.iter().filter_map(|sent| sent.text("name")).collect();
        assert_eq!(sent, ["Accept", "X-A", "id"]);
        assert_eq!(operation.undeclared_names(&document), ["b"]);
    }
}
