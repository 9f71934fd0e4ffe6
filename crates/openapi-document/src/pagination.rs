//! `x-pagination`: how the pages of an operation follow each other.

use serde_json::Value;

use crate::composition::{parts_of, properties_of, require};
use crate::content::Content;
use crate::extensions::PAGINATION;
use crate::operation::{Located, Operation};
use crate::success::Success;
use crate::{BodyFormat, RequestContent};

/// The keys of `x-pagination`, in the order in which people write them.
pub const KEYS: [&str; 3] = ["cursor", "next", "items"];

/// How the pages of an operation follow each other.
#[derive(Debug, Clone, Copy)]
pub struct Pagination<'v> {
    /// The query parameter that says where a page begins.
    pub cursor: &'v str,
    /// The path to the next page's cursor in the success body.
    pub next: &'v str,
    /// The path to the page's items there.
    pub items: &'v str,
}

impl<'v> Operation<'v> {
    /// How its pages follow each other, if it has pages.
    pub fn pagination(&self) -> Option<Pagination<'v>> {
        let keys = self.at.child(PAGINATION)?;
        let [cursor, next, items] = KEYS.map(|key| keys.text(key));
        Some(Pagination {
            cursor: cursor?,
            next: next?,
            items: items?,
        })
    }

    /// The query parameter of this name.
    pub fn query_parameter(&self, document: &'v Value, name: &str) -> Option<Located<'v>> {
        let mut parameters = self.parameters(document).into_iter();
        parameters.find(|parameter| {
            parameter.text("in") == Some("query") && parameter.text("name") == Some(name)
        })
    }

    /// The schema of its JSON body on success, as on the wire: with its envelope, if it has one. `None`
    /// if there is none, or several.
    pub fn success_body(&self, document: &'v Value) -> Option<Located<'v>> {
        match Success::of(document, self) {
            Success::Body(body) => body.value.returned()?,
            _ => return None,
        };
        let successes = self.successes(document).into_iter();
        let mut contents = successes.filter_map(|(_, response)| Content::of(document, &response));
        contents.next()?.media.child("schema")
    }

    /// Whether its request has a body that is sent as it comes, and so only once.
    pub fn uploads(&self, document: &Value) -> bool {
        let body = self.body(document);
        let content = body.and_then(|body| RequestContent::of(document, &body));
        content
            .is_some_and(|content| !matches!(content.format, BodyFormat::Json | BodyFormat::Text))
    }
}

/// Where a path ends that leads nowhere.
#[derive(Debug)]
pub struct DeadEnd<'v, 'p> {
    /// The schema without the property.
    pub schema: Located<'v>,
    /// The path to it; empty for the body itself.
    pub path: &'p str,
    /// The property that it doesn't have.
    pub property: &'p str,
}

/// Follows a path such as `pagination.next_cursor` through the properties of a schema.
///
/// # Errors
///
/// If a property on the way is not described.
pub fn follow<'v, 'p>(
    document: &'v Value,
    mut schema: Located<'v>,
    path: &'p str,
) -> Result<Located<'v>, DeadEnd<'v, 'p>> {
    let mut end = 0;
    for property in path.split('.') {
        let mut properties = properties_of(document, schema.clone()).into_iter();
        schema = match properties.find(|(name, _)| *name == property) {
            Some((_, found)) => found,
            None => {
                let path = path[..end].trim_end_matches('.');
                return Err(DeadEnd {
                    schema,
                    path,
                    property,
                });
            }
        };
        end += property.len() + 1;
    }
    Ok(schema)
}

/// Whether what a path leads to is in every value of a schema, and never null.
pub fn is_always_there(document: &Value, schema: Located<'_>, path: &str) -> bool {
    let mut here = Some(schema);
    let is_there = path.split('.').all(|property| {
        let Some(schema) = here.take() else {
            return false;
        };
        let parts = parts_of(document, schema.clone());
        let mut properties = properties_of(document, schema).into_iter();
        here = properties
            .find(|(name, _)| *name == property)
            .map(|(_, found)| found);
        require(&parts, property) && !parts.iter().any(|part| part.flag("nullable"))
    });
    let can_be_null = |found: Located<'_>| {
        let parts = parts_of(document, found);
        parts.iter().any(|part| part.flag("nullable"))
    };
    is_there && !here.is_some_and(can_be_null)
}
