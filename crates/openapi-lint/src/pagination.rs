//! `x-pagination`: its parameter and its paths lead from one page to the next.

use serde_json::Value;

use super::Subject;
use super::compared::{Compared, are_sound, lists_values};
use crate::suggest::nearest;
use openapi_document::composition::{parts_of, properties_of};
use openapi_document::extensions::PAGINATION;
use openapi_document::keywords::Kind;
use openapi_document::operation::{Located, Operation};
use openapi_document::pagination::{DeadEnd, KEYS, Pagination, follow, is_always_there};
use openapi_document::{Diagnostic, Example, Pointer, Rule, Severity::Error};

/// Pages that can't be followed.
pub static PLACEMENT: Rule = Rule {
    code: "codegen::pagination",
    severity: Error,
    summary: "`x-pagination` does not lead from one page to the next",
    docs: "`x-pagination: {cursor: PARAMETER, next: PATH, items: PATH}` on an operation says how its \
           pages follow each other; the client then has a method that reads them all. `cursor` is an \
           optional query parameter, a `string` or an `integer`. `next` is the path of names and dots \
           to the next page's cursor in the success body, of the parameter's `type` and `format`; it \
           is absent, null or empty on the last page. `items` is the path to the page's array. Both \
           begin at the body as it is sent, so with `data` if that is around them.",
    example: Some(Example {
        instead_of: "components:\n  schemas:\n",
        wrong: "  /drafts:
    get:
      operationId: list_drafts
      summary: List drafts
      x-pagination: {cursor: «after», next: page.next, items: drafts}
      parameters:
        - {name: cursor, in: query, description: Where a page begins., schema: {type: string}}
      responses:
        '200':
          description: A page.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Drafts'}
components:
  schemas:
    Drafts:
      type: object
      description: A page.
      properties:
        drafts:
          type: array
          description: Its drafts.
          items: {$ref: '#/components/schemas/NewNote'}
        page:
          type: object
          description: What comes after it.
          properties:
            next: {type: string, nullable: true, description: The next page's cursor.}
",
        right: "  /drafts:
    get:
      operationId: list_drafts
      summary: List drafts
      x-pagination: {cursor: cursor, next: page.next, items: drafts}
      parameters:
        - {name: cursor, in: query, description: Where a page begins., schema: {type: string}}
      responses:
        '200':
          description: A page.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Drafts'}
components:
  schemas:
    Drafts:
      type: object
      description: A page.
      properties:
        drafts:
          type: array
          description: Its drafts.
          items: {$ref: '#/components/schemas/NewNote'}
        page:
          type: object
          description: What comes after it.
          properties:
            next: {type: string, nullable: true, description: The next page's cursor.}
",
    }),
};

/// How it is written.
const FORM: &str = "write it like `x-pagination: {cursor: cursor, next: next_cursor, items: data}`";

/// The extension stands on operations, and what it names is there.
pub fn placement(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let items = subject.items.all();
    let elsewhere = items.filter(|item| item.kind != Kind::Operation && !item.is_reference());
    let elsewhere = elsewhere.filter(|item| item.object.contains_key(PAGINATION));
    let mut found: Vec<Diagnostic> = elsewhere
        .map(|item| {
            let kind = item.kind.name();
            PLACEMENT
                .told(format!("`{PAGINATION}` has no effect on this {kind}"))
                .at(subject.contract.key(&item.pointer.child(PAGINATION)))
                .help("put it on the operation whose pages it is about")
        })
        .collect();
    for operation in &subject.operations {
        let at = operation.at.pointer.child(PAGINATION);
        let Some(value) = operation.at.object.get(PAGINATION) else {
            continue;
        };
        let misspelled = form(subject, &at, value);
        found.extend(match (misspelled.is_empty(), operation.pagination()) {
            (true, Some(pages)) => Pages::check(subject, operation, pages),
            _ => misspelled,
        });
    }
    found
}

/// What is wrong with the three keys themselves.
fn form(subject: &Subject<'_>, at: &Pointer, value: &Value) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let Some(keys) = value.as_object() else {
        let told = PLACEMENT.told(format!("`{PAGINATION}` has no keys"));
        return vec![told.at(contract.value(at)).help(FORM)];
    };
    let mut found = Vec::new();
    let unknown = keys.keys().filter(|key| !KEYS.contains(&key.as_str()));
    for key in unknown {
        let help = match nearest(key, KEYS.into_iter().filter(|key| !keys.contains_key(*key))) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "remove it: the keys are `cursor`, `next` and `items`".into(),
        };
        let told = PLACEMENT.told(format!("`{PAGINATION}` has no key `{key}`"));
        found.push(told.at(contract.key(&at.child(key))).help(help));
    }
    if !found.is_empty() {
        return found;
    }
    for key in KEYS {
        match keys.get(key) {
            None => {
                let told = PLACEMENT.told(format!("`{PAGINATION}` is without `{key}`"));
                found.push(told.at(contract.key(at)).help(FORM));
            }
            Some(value) if value.as_str().is_none_or(|text| text.trim().is_empty()) => {
                let told = PLACEMENT.told(format!("`{key}` names nothing"));
                found.push(told.at(contract.value(&at.child(key))).help(FORM));
            }
            Some(_) => {}
        }
    }
    found
}

/// The pages of an operation about which nothing is reported yet.
struct Pages<'s, 'c> {
    subject: &'s Subject<'c>,
    operation: &'s Operation<'c>,
    at: Pointer,
}

/// Why a key doesn't fit.
struct Misfit {
    message: String,
    /// What it is about, and what to call that.
    about: Option<(Pointer, &'static str)>,
    help: String,
}

impl<'s, 'c> Pages<'s, 'c> {
    fn check(
        subject: &'s Subject<'c>,
        operation: &'s Operation<'c>,
        pages: Pagination<'c>,
    ) -> Vec<Diagnostic> {
        const PARTS: [Kind; 4] = [
            Kind::Parameter,
            Kind::Response,
            Kind::MediaType,
            Kind::Schema,
        ];
        if !subject.is_sound_operation(operation, &PARTS) {
            return Vec::new();
        }
        let checked = Pages {
            subject,
            operation,
            at: operation.at.pointer.child(PAGINATION),
        };
        let document = &subject.contract.document;
        let label = operation.label();
        let no_pages = |message: String, help: &'static str| {
            let at = subject.contract.key(&checked.at);
            vec![PLACEMENT.told(message).at(at).help(help)]
        };
        let Some(body) = operation.success_body(document) else {
            return no_pages(
                format!("{label} has no JSON body on success, or several, so no pages"),
                "remove it, or describe one JSON body, the same for all successes",
            );
        };
        if operation.uploads(document) {
            return no_pages(
                format!("the request body of {label} can be sent once, and each page needs it"),
                "remove it, or describe the request body as JSON or text",
            );
        }
        let parameter = operation.query_parameter(document, pages.cursor);
        let cursor = parameter.as_ref().and_then(|found| found.child("schema"));
        let cursor = cursor.and_then(|schema| Compared::of(subject, schema));
        let misfits = [
            (
                "cursor",
                checked.cursor(pages.cursor, parameter, cursor.as_ref()),
            ),
            ("next", checked.next(pages.next, &body, cursor.as_ref())),
            ("items", checked.items(pages.items, &body)),
        ];
        let misfits = misfits.into_iter();
        let found = misfits.filter_map(|(key, misfit)| Some(checked.told(key, misfit?)));
        found.collect()
    }

    fn told(&self, key: &str, misfit: Misfit) -> Diagnostic {
        let contract = self.subject.contract;
        let told = PLACEMENT.told(misfit.message);
        let told = told.at(contract.value(&self.at.child(key)));
        let told = match misfit.about {
            Some((about, label)) => told.and(contract.key(&about), label),
            None => told,
        };
        told.help(misfit.help)
    }

    fn cursor(
        &self,
        name: &str,
        parameter: Option<Located<'c>>,
        found: Option<&Compared>,
    ) -> Option<Misfit> {
        let document = &self.subject.contract.document;
        let Some(parameter) = parameter else {
            let all = self.operation.parameters(document);
            let of_query = all.iter().filter(|each| each.text("in") == Some("query"));
            let mut elsewhere = all.iter().filter(|each| each.text("name") == Some(name));
            let label = self.operation.label();
            let help = match nearest(name, of_query.filter_map(|each| each.text("name"))) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "name the query parameter that says where a page begins".into(),
            };
            return Some(Misfit {
                message: format!("{label} has no query parameter `{name}`"),
                about: elsewhere
                    .next()
                    .map(|other| (other.pointer.clone(), "this one is in another place")),
                help,
            });
        };
        let misfit = |message: String, help: &str| Misfit {
            message,
            about: Some((parameter.pointer.clone(), "this parameter")),
            help: help.to_string(),
        };
        if parameter.flag("required") {
            return Some(misfit(
                format!("`{name}` is required, so the first page can't be asked for"),
                "remove `required: true` from the parameter, if a call may be without it",
            ));
        }
        let found = found?;
        let is_text = ["string", "integer"].contains(&found.kind.as_str());
        let what = match lists_values(document, parameter.child("schema")?) {
            true => "one of a list of values".to_string(),
            false if is_text => return None,
            false => found.to_string(),
        };
        Some(misfit(
            format!("`{name}` is {what}, and no cursor"),
            "name a parameter of `type: string` or `integer`, without `enum`",
        ))
    }

    fn next(&self, path: &str, body: &Located<'c>, cursor: Option<&Compared>) -> Option<Misfit> {
        let property = match self.follow(path, body) {
            Ok(property) => property?,
            Err(misfit) => return Some(misfit),
        };
        let (cursor, found) = (cursor?, Compared::of(self.subject, property.clone())?);
        let document = &self.subject.contract.document;
        let is_listed = lists_values(document, property.clone());
        let can_be_empty = found.kind == "string" && found.format.is_none();
        let found = match is_listed {
            true => "one of a list of values".to_string(),
            false if *cursor != found => found.to_string(),
            false if can_be_empty || !is_always_there(document, body.clone(), path) => return None,
            false => {
                return Some(Misfit {
                    message: format!("`{path}` is always there, so no page is the last"),
                    about: Some((property.pointer, "this property")),
                    help: "make it `nullable`, or leave it out of `required`".into(),
                });
            }
        };
        Some(Misfit {
            message: format!("`{path}` is {found}, and the cursor is {cursor}"),
            about: Some((property.pointer, "this property")),
            help: "give both the same `type` and `format`, or name the property that holds the \
                   next page's cursor"
                .into(),
        })
    }

    fn items(&self, path: &str, body: &Located<'c>) -> Option<Misfit> {
        let property = match self.follow(path, body) {
            Ok(property) => property?,
            Err(misfit) => return Some(misfit),
        };
        let found = Compared::of(self.subject, property.clone())?;
        (found.kind != "array").then(|| Misfit {
            message: format!("`{path}` is {found}, not an `array`"),
            about: Some((property.pointer, "this property")),
            help: "name the property that holds the page's items".into(),
        })
    }

    /// The property that a path leads to; `None` if something is reported about its schema.
    fn follow(&self, path: &str, body: &Located<'c>) -> Result<Option<Located<'c>>, Misfit> {
        let document = &self.subject.contract.document;
        match follow(document, body.clone(), path) {
            Ok(property) => {
                let parts = parts_of(document, property.clone());
                Ok(are_sound(self.subject, &parts).then_some(property))
            }
            Err(DeadEnd {
                schema,
                path,
                property,
            }) => {
                if !are_sound(self.subject, &parts_of(document, schema.clone())) {
                    return Ok(None);
                }
                let of = match path {
                    "" => format!("the success body of {}", self.operation.label()),
                    path => format!("`{path}`"),
                };
                let known = properties_of(document, schema.clone());
                let names = || known.iter().map(|(name, _)| *name);
                let help = match nearest(property, names()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None if known.is_empty() => {
                        "describe its `properties`, or name another path".into()
                    }
                    None => {
                        let names: Vec<String> =
                            names().take(8).map(|name| format!("`{name}`")).collect();
                        format!("its properties are {}", names.join(", "))
                    }
                };
                Err(Misfit {
                    message: format!("{of} has no property `{property}`"),
                    about: Some((schema.pointer, "this schema")),
                    help,
                })
            }
        }
    }
}
