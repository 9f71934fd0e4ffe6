//! Pages of operations with `x-pagination`: items made up from the contract's, a page at a time.

use aura_contract::{Location, Operation, Pagination, Parameter, Schema};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::refusal::Refusal;

/// How many items there are: three pages of the usual size.
const ITEMS: usize = 25;

/// How many items a page has, unless the request says it.
const USUAL_SIZE: usize = 10;

/// What the parameter is called that says how many items a page has.
const SIZE_NAMES: [&str; 5] = ["limit", "page_size", "pageSize", "per_page", "perPage"];

/// What the flag is called that says whether there is another page.
const MORE_NAMES: [&str; 2] = ["has_more", "hasMore"];

/// The pages of an operation.
pub(super) struct Pages {
    operation: String,
    pagination: Pagination,
    cursor: Parameter,
    size: Option<Parameter>,
    body: Schema,
    item: Schema,
}

/// The page that a request is for.
struct Page {
    begin: usize,
    size: usize,
}

impl Pages {
    /// The pages of an operation, if it has pages.
    pub(super) fn of(operation: &Operation) -> Option<Self> {
        let pagination = operation.pagination.clone()?;
        let body = operation.success()?.json()?.schema.clone();
        let item = follow(&body, &pagination.items)?.items()?;
        let in_query = |parameter: &&Parameter| parameter.location == Location::Query;
        let mut parameters = operation.parameters.iter().filter(in_query);
        let size = parameters.clone();
        let mut size = size.filter(|parameter| SIZE_NAMES.contains(&parameter.name.as_str()));
        let is_cursor = |parameter: &&Parameter| parameter.name == pagination.cursor;
        Some(Self {
            operation: operation.id.clone(),
            cursor: parameters.find(is_cursor)?.clone(),
            size: size.next().cloned(),
            pagination,
            body,
            item,
        })
    }

    /// The page that a request is for, made of the operation's example.
    pub(super) fn page(&self, example: &[u8], query: Option<&str>) -> Result<Bytes, Refusal> {
        let page = self.requested(query.unwrap_or_default())?;
        let made = self.made(example, &page);
        let fitting = made.filter(|body| self.body.check(body).is_empty());
        let fitting = fitting.map(|body| body.to_string().into());
        fitting.ok_or_else(|| {
            let operation = &self.operation;
            let why = format!("No page of {operation} fits the contract's own schema");
            Refusal::saying(StatusCode::NOT_IMPLEMENTED, why)
        })
    }

    fn requested(&self, query: &str) -> Result<Page, Refusal> {
        let wrong = |parameter: &Parameter, why: &str| {
            let name = &parameter.name;
            let said = format!("Invalid request: query parameter `{name}`: {why}");
            Refusal::saying(StatusCode::BAD_REQUEST, said)
        };
        let given = |parameter: &Parameter| {
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            let (_, text) = pairs.find(|(name, _)| *name == parameter.name)?;
            Some(text.into_owned())
        };
        let mut size = USUAL_SIZE;
        if let Some(parameter) = &self.size
            && let Some(text) = given(parameter)
        {
            let number = text.parse().ok().filter(|number| *number > 0);
            size = number.ok_or_else(|| wrong(parameter, "it is no number of items"))?;
        }
        let Some(cursor) = given(&self.cursor) else {
            return Ok(Page { begin: 0, size });
        };
        let cursor = self.cursor.schema.read(&[cursor]).ok();
        let mut begins = 0..ITEMS;
        let begin = begins.find(|begin| cursor.is_some() && self.cursor_at(*begin, size) == cursor);
        let begin = begin.ok_or_else(|| wrong(&self.cursor, "no page gave this cursor"))?;
        Ok(Page { begin, size })
    }

    /// The cursor of the page that begins at an item, in the form that the contract asks for.
    fn cursor_at(&self, begin: usize, size: usize) -> Option<Value> {
        let Self {
            operation, cursor, ..
        } = self;
        let is_page_number = cursor.name.to_ascii_lowercase().contains("page");
        let number = match is_page_number {
            true => begin.is_multiple_of(size).then_some(begin / size + 1)?,
            false => begin,
        };
        let opaque = URL_SAFE_NO_PAD.encode(format!("{operation}:{begin}"));
        let uuid = Uuid::from_u128(begin as u128);
        let time = format!("2026-01-01T00:00:{begin:02}Z");
        let candidates = [
            json!(number),
            json!(opaque),
            json!(number.to_string()),
            json!(uuid.to_string()),
            json!(time),
        ];
        let mut candidates = candidates.into_iter();
        candidates.find(|candidate| cursor.schema.check(candidate).is_empty())
    }

    fn made(&self, example: &[u8], page: &Page) -> Option<Value> {
        let Pagination { next, items, .. } = &self.pagination;
        let end = page.begin.saturating_add(page.size).min(ITEMS);
        let is_last = end == ITEMS;
        let mut body: Value = serde_json::from_slice(example).ok()?;

        let list = place(&mut body, items)?;
        let examples = list.as_array().filter(|list| !list.is_empty());
        let examples = examples
            .cloned()
            .unwrap_or_else(|| vec![self.item.sample()]);
        let numbers = page.begin..end;
        *list = numbers.map(|number| self.item(&examples, number)).collect();

        let (name, around) = next.split_last()?;
        let schema = follow(&self.body, around)?;
        let cursor = schema.property(name)?;
        let around = place(&mut body, around)?.as_object_mut()?;
        match is_last {
            false => _ = around.insert(name.clone(), self.cursor_at(end, page.size)?),
            true if cursor.is_nullable() => _ = around.insert(name.clone(), Value::Null),
            true if schema.requires(name) => _ = around.insert(name.clone(), "".into()),
            true => _ = around.shift_remove(name),
        }
        let flags = MORE_NAMES.into_iter();
        for flag in flags.filter(|flag| schema.property(flag).is_some()) {
            around.insert(flag.to_owned(), (!is_last).into());
        }
        Some(body)
    }

    /// An item: the examples in turn, each told from the others by its `id`, else by the first property
    /// that can differ.
    fn item(&self, examples: &[Value], number: usize) -> Value {
        let mut item = examples[number % examples.len()].clone();
        if number < examples.len() {
            return item;
        }
        let Some(members) = item.as_object_mut() else {
            return numbered(&self.item, &item, number).unwrap_or(item);
        };
        let names = members.keys().filter(|name| *name != "id").cloned();
        let names: Vec<String> = ["id".to_owned()].into_iter().chain(names).collect();
        for name in names {
            let (Some(value), Some(schema)) = (members.get(&name), self.item.property(&name))
            else {
                continue;
            };
            if let Some(other) = numbered(&schema, value, number) {
                members.insert(name, other);
                break;
            }
        }
        item
    }
}

/// A value like this one, with a number in it; `None` if none fits the schema.
fn numbered(schema: &Schema, value: &Value, number: usize) -> Option<Value> {
    let candidate = match value {
        Value::String(text) => match Uuid::try_parse(text) {
            Ok(uuid) => json!(Uuid::from_u128(uuid.as_u128().wrapping_add(number as u128))),
            Err(_) => json!(format!("{text}-{number}")),
        },
        Value::Number(whole) => json!(whole.as_i64()?.checked_add(i64::try_from(number).ok()?)?),
        _ => return None,
    };
    schema.check(&candidate).is_empty().then_some(candidate)
}

fn follow(schema: &Schema, path: &[String]) -> Option<Schema> {
    let first = Some(schema.clone());
    path.iter()
        .fold(first, |schema, name| schema?.property(name))
}

/// The value at a path, with what is missing on the way.
fn place<'v>(body: &'v mut Value, path: &[String]) -> Option<&'v mut Value> {
    path.iter().try_fold(body, |value, name| {
        if value.is_null() {
            *value = json!({});
        }
        let members = value.as_object_mut()?;
        Some(members.entry(name.clone()).or_insert(Value::Null))
    })
}
