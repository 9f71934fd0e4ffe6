//! Reading an OpenAPI document: its operations with what belongs to each, references followed.
//!
//! Lint looks at the document through this, and transform reads it through this.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use heck::ToSnakeCase;
use serde_json::{Map, Value};

use crate::pointer::{Pointer, target};

/// The methods a path can have, in the specification's order.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// How the status of a redirect begins.
pub const REDIRECT: &str = "3";

/// The one media type that the client speaks.
pub const JSON: &str = "application/json";

/// A value of the document with its place.
#[derive(Debug, Clone)]
pub struct Located<'v> {
    /// Where it stands, references followed.
    pub pointer: Pointer,
    /// The object.
    pub object: &'v Map<String, Value>,
}

impl<'v> Located<'v> {
    /// The text under `key`.
    pub fn text(&self, key: &str) -> Option<&'v str> {
        self.object.get(key)?.as_str()
    }

    /// Whether `key` is there and true.
    pub fn flag(&self, key: &str) -> bool {
        self.object.get(key).and_then(Value::as_bool) == Some(true)
    }

    /// The object under `key`, not followed if it is a reference.
    pub fn child(&self, key: &str) -> Option<Located<'v>> {
        Some(Located {
            pointer: self.pointer.child(key),
            object: self.object.get(key)?.as_object()?,
        })
    }

    /// The objects under `key`, by name.
    pub fn children(&self, key: &str) -> impl Iterator<Item = (&'v str, Located<'v>)> + use<'v> {
        let at = self.pointer.child(key);
        let entries = self.object.get(key).and_then(Value::as_object);
        entries
            .into_iter()
            .flatten()
            .filter_map(move |(name, value)| {
                let object = value.as_object()?;
                let pointer = at.child(name);
                Some((name.as_str(), Located { pointer, object }))
            })
    }
}

/// One operation of the contract.
#[derive(Debug, Clone)]
pub struct Operation<'v> {
    /// The path template, such as `/v1/leads/{id}`.
    pub path: &'v str,
    /// The method in lower case, as in the document.
    pub method: &'v str,
    /// The operation object.
    pub at: Located<'v>,
    /// The path item it stands in.
    pub item: Located<'v>,
    /// Its name where the contract gives none of its own, unique among the operations.
    pub derived_id: Option<String>,
}

/// The document itself, if it is an object.
pub fn root(document: &Value) -> Option<Located<'_>> {
    Some(Located {
        pointer: Pointer::ROOT,
        object: document.as_object()?,
    })
}

/// The document's operations, in its order.
pub fn operations(document: &Value) -> Vec<Operation<'_>> {
    let Some(root) = root(document) else {
        return Vec::new();
    };
    let mut operations: Vec<Operation<'_>> = members(document, &root, "paths")
        .filter(|(path, _)| path.starts_with('/'))
        .flat_map(|(path, item)| {
            let methods = item.object.keys();
            methods.filter_map(move |key| {
                let method = METHODS.into_iter().find(|method| method == key)?;
                Some(Operation {
                    path,
                    method,
                    at: item.child(method)?,
                    item: item.clone(),
                    derived_id: None,
                })
            })
        })
        .collect();
    derive_ids(&mut operations);
    operations
}

/// Names the operations without `operationId`, and those whose name another one has, after method
/// and path: `get_v1_leads_id`. Of those that share a name, the later ones by path get another one,
/// so the document's order changes none.
fn derive_ids(operations: &mut [Operation<'_>]) {
    let mut by_path: Vec<_> = operations.iter_mut().collect();
    by_path.sort_by_key(|operation| {
        let is_plain = |id: &str| id.to_snake_case() == id;
        (
            !operation.declared_id().is_some_and(is_plain),
            operation.path,
        )
    });
    let mut taken: HashSet<String> = HashSet::new();
    let mut unnamed: Vec<_> = by_path
        .into_iter()
        .filter(|operation| {
            let id = operation
                .declared_id()
                .filter(|id| id.contains(char::is_alphanumeric));
            id.is_none_or(|id| !taken.insert(id.to_snake_case()))
        })
        .collect();
    unnamed.sort_by_key(|operation| operation.path);
    let mut counts: HashMap<String, usize> = HashMap::new();
    for operation in unnamed {
        let base = format!("{} {}", operation.method, operation.path).to_snake_case();
        let count = counts.entry(base.clone()).or_default();
        let id = loop {
            *count += 1;
            let id = match *count {
                1 => base.clone(),
                count => format!("{base}_{count}"),
            };
            if taken.insert(id.clone()) {
                break id;
            }
        };
        operation.derived_id = Some(id);
    }
}

/// The most references that follow each other. People stop following long before.
pub const MAX_REFERENCES: usize = 64;

/// Why references lead to no object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// One of them leads to nothing, or to something else than an object.
    Nowhere,
    /// More than [`MAX_REFERENCES`] follow each other, or they are a cycle.
    Endless,
}

/// Follows references from an object to the one that is meant.
///
/// # Errors
///
/// If they lead to none.
pub fn follow<'v>(
    document: &'v Value,
    object: &'v Map<String, Value>,
) -> Result<&'v Map<String, Value>, Lost> {
    last(document, object).map(|(_, object)| object)
}

/// Follows references from `at` to the object that is meant; `None` if they lead to none.
pub fn resolve<'v>(document: &'v Value, at: Located<'v>) -> Option<Located<'v>> {
    let (reference, object) = last(document, at.object).ok()?;
    let pointer = match reference {
        Some(reference) => Pointer::from_reference(reference)?,
        None => at.pointer,
    };
    Some(Located { pointer, object })
}

/// The object that references lead to, and the last of them.
fn last<'v>(
    document: &'v Value,
    object: &'v Map<String, Value>,
) -> Result<(Option<&'v str>, &'v Map<String, Value>), Lost> {
    let (mut last, mut object) = (None, object);
    for _ in 0..=MAX_REFERENCES {
        let Some(reference) = object.get("$ref").and_then(Value::as_str) else {
            return Ok((last, object));
        };
        let target = target(document, reference).and_then(Value::as_object);
        object = target.ok_or(Lost::Nowhere)?;
        last = Some(reference);
    }
    Err(Lost::Endless)
}

/// The objects under `key`, by name, references followed.
pub fn members<'v>(
    document: &'v Value,
    at: &Located<'v>,
    key: &str,
) -> impl Iterator<Item = (&'v str, Located<'v>)> + use<'v> {
    at.children(key)
        .filter_map(|(name, member)| Some((name, resolve(document, member)?)))
}

impl<'v> Operation<'v> {
    /// The contract's name for it, or one derived from its method and path if that is none of its
    /// own.
    pub fn id(&self) -> &str {
        let derived = self.derived_id.as_deref();
        derived.or(self.declared_id()).unwrap_or_default()
    }

    /// The path that is sent: a fragment only tells operations apart.
    pub fn sent_path(&self) -> &'v str {
        self.path.split('#').next().unwrap_or_default()
    }

    /// The contract's name for it.
    pub fn declared_id(&self) -> Option<&'v str> {
        self.at.text("operationId")
    }

    /// How people name it: its declared id, or method and path.
    pub fn label(&self) -> String {
        match self.declared_id() {
            Some(id) => format!("`{id}`"),
            None => format!("{} {}", self.method.to_uppercase(), self.path),
        }
    }

    /// Its parameters, the path's own first; one of the operation replaces the path's of the same
    /// name and place.
    pub fn parameters(&self, document: &'v Value) -> Vec<Located<'v>> {
        let mut found: Vec<Located<'v>> = Vec::new();
        let mut known = HashMap::new();
        for owner in [&self.item, &self.at] {
            for (_, parameter) in listed_parameters(document, owner) {
                let name = (parameter.text("name"), parameter.text("in"));
                match known.entry(name) {
                    Entry::Occupied(same) => found[*same.get()] = parameter,
                    Entry::Vacant(new) => {
                        new.insert(found.len());
                        found.push(parameter);
                    }
                }
            }
        }
        found
    }

    /// Its request body.
    pub fn body(&self, document: &'v Value) -> Option<Located<'v>> {
        resolve(document, self.at.child("requestBody")?)
    }

    /// Its responses by status, references followed.
    pub fn responses(&self, document: &'v Value) -> Vec<(&'v str, Located<'v>)> {
        members(document, &self.at, "responses").collect()
    }

    /// Its responses that mean success: those of a 2xx status, else the redirects, else `default`.
    pub fn successes(&self, document: &'v Value) -> Vec<(&'v str, Located<'v>)> {
        let responses = self.responses(document);
        let of = |class: &str| -> Vec<_> {
            let found = responses
                .iter()
                .filter(|(status, _)| status.starts_with(class));
            found.cloned().collect()
        };
        let mut classes = ["2", REDIRECT, "default"].into_iter().map(of);
        classes.find(|found| !found.is_empty()).unwrap_or_default()
    }
}

/// The parameters that a path or an operation lists: where each stands in the list, and what it
/// is, references followed.
pub fn listed_parameters<'v>(
    document: &'v Value,
    owner: &Located<'v>,
) -> Vec<(Pointer, Located<'v>)> {
    let list = owner.object.get("parameters").and_then(Value::as_array);
    let at = owner.pointer.child("parameters");
    let list = list.into_iter().flatten().enumerate();
    list.filter_map(|(index, value)| {
        let here = at.child(index);
        let pointer = here.clone();
        let object = value.as_object()?;
        Some((here, resolve(document, Located { pointer, object })?))
    })
    .collect()
}

/// The JSON body that a response or request body describes, under whatever parameters the media
/// type has (`application/json; charset=utf-8`).
pub fn json_content<'v>(at: &Located<'v>) -> Option<Located<'v>> {
    at.children("content")
        .find(|(name, _)| is_json(name))
        .map(|(_, media)| media)
}

/// Whether a media type is the one that the client speaks, parameters aside.
pub fn is_json(media_type: &str) -> bool {
    essence(media_type).eq_ignore_ascii_case(JSON)
}

/// Whether a body of this media type is JSON text, such as `application/problem+json`.
pub fn is_json_text(media_type: &str) -> bool {
    let (_, subtype) = essence(media_type).split_once('/').unwrap_or_default();
    let suffix = subtype.rsplit('+').next().unwrap_or_default();
    suffix.eq_ignore_ascii_case("json")
}

/// A media type without its parameters.
pub fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// Whether a media type is one of a range, such as `image/*`; each is a range of itself.
pub fn is_in_range(media_type: &str, range: &str) -> bool {
    let [given, range] = [media_type, range].map(|text| essence(text).to_ascii_lowercase());
    match range.strip_suffix('*') {
        Some("*/") => true,
        Some(start) => given.starts_with(start),
        None => given == range,
    }
}

/// The `charset` that a media type names.
pub fn charset(media_type: &str) -> Option<&str> {
    let parameters = media_type.split(';').skip(1);
    let mut pairs = parameters.filter_map(|parameter| parameter.split_once('='));
    let (_, charset) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(charset.trim().trim_matches('"'))
}

/// Whether a response or request body has any content at all.
pub fn has_content(at: &Located<'_>) -> bool {
    at.children("content").next().is_some()
}

/// Whether a header can be called so.
pub fn is_header_name(name: &str) -> bool {
    let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    !name.is_empty() && name.bytes().all(token)
}

/// `/v1/leads/{}`: a path template as a URL tells it apart, without the names of its parameters.
pub fn without_names(path: &str) -> String {
    let mut text = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        text.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    text + rest
}

/// The names in the braces of a path template, in order.
pub fn template_names(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Value {
        json!({
            "paths": {
                "/b": { "put": {}, "get": {}, "parameters": [] },
                "/a": { "$ref": "#/x-paths/A" },
                "/lost": { "$ref": "#/x-paths/B" },
                "x-note": { "get": {} },
            },
            "x-paths": { "A": {
                "parameters": [{ "name": "id", "in": "path" }, { "name": "id", "in": "query" }],
                "get": { "parameters": [
                    { "$ref": "#/components/parameters/Id" },
                    { "$ref": "#/components/parameters/Lost" },
                ] },
            } },
            "components": { "parameters": {
                "Id": { "$ref": "#/components/parameters/Own" },
                "Own": { "name": "id", "in": "query", "required": true },
                "Ring": { "$ref": "#/components/parameters/Ring" },
            } },
        })
    }

    #[test]
    fn lists_operations_in_the_order_of_the_document() {
        let document = document();
        let operations = operations(&document);
        let listed: Vec<_> = operations
            .iter()
            .map(|operation| (operation.method, operation.path))
            .collect();
        assert_eq!(listed, [("put", "/b"), ("get", "/b"), ("get", "/a")]);
        assert_eq!(operations[2].at.pointer.to_string(), "/x-paths/A/get");
    }

    #[test]
    fn derives_ids_from_method_and_path() {
        let ids = |paths: Value| {
            let document = json!({ "paths": paths });
            let operations = operations(&document);
            let ids = operations
                .iter()
                .map(|operation| operation.id().to_string());
            ids.collect::<Vec<_>>()
        };
        let paths = json!({
            "/v1/leads/{id}": { "get": {}, "delete": { "operationId": "drop_lead" } },
            "/v1/leads/id": { "get": {} },
            "/v1/leadNotes": { "get": {} },
            "/v1/leads": { "get": {}, "post": { "operationId": "getV1LeadNotes" } },
            "/": { "get": {} },
        });
        let expected = [
            "get_v1_leads_id_2",
            "drop_lead",
            "get_v1_leads_id",
            "get_v1_lead_notes_2",
            "get_v1_leads",
            "getV1LeadNotes",
            "get",
        ];
        assert_eq!(ids(paths), expected);
        let swapped = json!({ "/v1/leads/id": { "get": {} }, "/v1/leads/{id}": { "get": {} } });
        assert_eq!(ids(swapped), ["get_v1_leads_id", "get_v1_leads_id_2"]);
    }

    #[test]
    fn takes_redirects_or_the_default_where_no_other_response_is_a_success() {
        for (statuses, expected) in [
            (
                &["200", "302", "2XX", "404", "default"][..],
                &["200", "2XX"][..],
            ),
            (&["404", "303", "default"], &["303"]),
            (&["404", "default"], &["default"]),
            (&["404", "101"], &[]),
        ] {
            let responses = statuses
                .iter()
                .map(|status| (status.to_string(), json!({})));
            let responses: Map<String, Value> = responses.collect();
            let document = json!({ "paths": { "/": { "get": { "responses": responses } } } });
            let found = operations(&document)[0].successes(&document);
            let found: Vec<&str> = found.iter().map(|(status, _)| *status).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn an_operation_replaces_parameters_of_its_path() {
        let document = document();
        let parameters = operations(&document)[2].parameters(&document);
        let pointers: Vec<_> = parameters
            .iter()
            .map(|parameter| parameter.pointer.to_string())
            .collect();
        assert_eq!(
            pointers,
            ["/x-paths/A/parameters/0", "/components/parameters/Own"]
        );
    }

    #[test]
    fn tells_references_that_lead_nowhere_from_those_that_never_end() {
        let document = document();
        let lost = |reference: &str| {
            let object = json!({ "$ref": reference });
            follow(&document, object.as_object().expect("it is one")).err()
        };
        assert_eq!(lost("#/components/parameters/Id"), None);
        assert_eq!(lost("#/components/parameters/Lost"), Some(Lost::Nowhere));
        assert_eq!(lost("#/openapi"), Some(Lost::Nowhere));
        assert_eq!(lost("#/components/parameters/Ring"), Some(Lost::Endless));
    }

    #[test]
    fn json_text_is_known_by_its_subtype() {
        for media_type in [
            "application/json",
            "Application/Problem+JSON; charset=utf-8",
            "text/json",
        ] {
            assert!(is_json_text(media_type), "{media_type}");
        }
        for media_type in [
            "",
            "json",
            "text/plain",
            "application/jsonl",
            "application/json+zip",
        ] {
            assert!(!is_json_text(media_type), "{media_type}");
        }
    }
}
