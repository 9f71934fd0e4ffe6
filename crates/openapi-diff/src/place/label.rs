//! The names of places for people: by what a reviewer finds in the contract, never by a pointer.

use serde_json::Value;

use super::code;
use openapi_document::operation::{METHODS, resolve, root};
use openapi_document::{Pointer, get};

/// How people call what stands at `pointer`.
pub fn label(document: &Value, pointer: &Pointer) -> String {
    let parts: Vec<&str> = pointer.parts().iter().map(String::as_str).collect();
    let whole = Whole {
        document,
        name: "the contract".into(),
        at: Pointer::ROOT,
    };
    match parts.as_slice() {
        [] => whole.name,
        ["components", "schemas", name, rest @ ..] => {
            whole.enter(3, &parts, String::new()).schema(name, rest)
        }
        ["components", section, name, rest @ ..] => {
            let kind = match *section {
                "responses" => "response",
                "parameters" => "parameter",
                "headers" => "header",
                "requestBodies" => "request body",
                "securitySchemes" => "security scheme",
                "examples" => "example",
                "links" => "link",
                "callbacks" => "callback",
                "pathItems" => "path item",
                "mediaTypes" => "media type",
                other => other,
            };
            let name = format!("the {kind} {}", code(name));
            whole.enter(3, &parts, name).part(rest)
        }
        ["components", ..] => code(&parts.join(".")),
        ["paths", path, rest @ ..] => whole.enter(2, &parts, code(path)).item(path, rest),
        ["webhooks", name, rest @ ..] => {
            let called = format!("the webhook {}", code(name));
            whole.enter(2, &parts, called).item("", rest)
        }
        parts => whole.part(parts),
    }
}

/// Something that has a name, and that other things are parts of.
struct Whole<'v> {
    document: &'v Value,
    name: String,
    at: Pointer,
}

impl<'v> Whole<'v> {
    /// The part that `count` steps of `parts` lead to, under a name of its own.
    fn enter(&self, count: usize, parts: &[&str], name: impl Into<String>) -> Whole<'v> {
        let steps = parts.iter().take(count);
        Whole {
            document: self.document,
            name: name.into(),
            at: steps.fold(self.at.clone(), |at, step| at.child(step)),
        }
    }

    fn value(&self, steps: &[&str]) -> Option<&'v Value> {
        get(self.document, &self.enter(steps.len(), steps, "").at)
    }

    /// A text of what stands `steps` from here, references followed.
    fn text(&self, steps: &[&str], key: &str) -> Option<&'v str> {
        let mut at = root(self.document)?;
        at.pointer = self.enter(steps.len(), steps, "").at;
        at.object = get(self.document, &at.pointer)?.as_object()?;
        resolve(self.document, at)?.text(key)
    }

    /// What belongs to this whole.
    fn of(&self, what: &str) -> String {
        match self.at == Pointer::ROOT {
            true => what.into(),
            false => format!("{what} of {}", self.name),
        }
    }

    /// A part of a path item: an operation is called by its id when a part of it is meant.
    fn item(&self, path: &str, rest: &[&str]) -> String {
        let (is_method, count) = match rest {
            ["additionalOperations", _, ..] => (true, 2),
            [method, ..] => (METHODS.contains(method) || *method == "query", 1),
            [] => (false, 0),
        };
        match rest.split_at(count) {
            ([.., method], below) if is_method => {
                let line = match path {
                    "" => self.name.clone(),
                    path => code(&format!("{} {path}", method.to_uppercase())),
                };
                let id = self
                    .text(&rest[..count], "operationId")
                    .filter(|_| !below.is_empty());
                let name = id.map_or(line, code);
                self.enter(count, rest, name).part(below)
            }
            _ => self.part(rest),
        }
    }

    /// A part of anything else than a schema.
    fn part(&self, rest: &[&str]) -> String {
        let next = |count, what: String| self.enter(count, rest, what).part(&rest[count..]);
        match rest {
            [] => self.name.clone(),
            ["parameters"] => self.of("the parameter list"),
            ["parameters", index, ..] => {
                let text = |key| self.text(&rest[..2], key);
                let kind = match text("in") {
                    Some(kind @ ("path" | "query" | "header" | "cookie")) => format!("{kind} "),
                    _ => String::new(),
                };
                let kind = format!("{kind}parameter");
                next(2, self.of(&element(&kind, text("name"), index)))
            }
            ["requestBody", ..] => next(1, self.of("the request body")),
            ["responses"] => self.of("the list of responses"),
            ["responses", status, ..] => next(
                2,
                format!("{} ({})", self.of("the response"), status_code(status)),
            ),
            ["headers", name, ..] => next(2, self.of(&format!("the header {}", code(name)))),
            ["links", name, ..] => next(2, self.of(&format!("the link {}", code(name)))),
            ["callbacks", name] => self.of(&format!("the callback {}", code(name))),
            ["callbacks", name, _, below @ ..] => {
                let called = self.of(&format!("the callback {}", code(name)));
                self.enter(3, rest, called).item("", below)
            }
            ["servers"] => self.of("the server list"),
            ["servers", index, ..] => {
                let url = self.text(&rest[..2], "url");
                next(2, self.of(&element("server", url, index)))
            }
            ["variables", name, ..] => next(2, self.of(&format!("the variable {}", code(name)))),
            ["security", ..] => self.of("the `security` list"),
            ["tags", index, ..] if self.text(&rest[..2], "name").is_some() => {
                let name = self.text(&rest[..2], "name");
                next(2, self.of(&element("tag", name, index)))
            }
            ["flows", _, "scopes", scope] => self.of(&format!("the scope {}", code(scope))),
            ["schema", below @ ..] => self.enter(1, rest, &*self.name).schema("", below),
            ["content", media, ..] => {
                let all = self.value(&["content"]).and_then(Value::as_object);
                let several = all.is_some_and(|all| all.len() > 1);
                let name = match several || rest.len() == 2 {
                    true => format!("{} as {}", self.name, code(media)),
                    false => self.name.clone(),
                };
                next(2, name)
            }
            _ => self.of(&code(&rest.join("."))),
        }
    }

    /// A part of a schema: `Lead.notes[].content`, or `notes[].content` in what has no name.
    fn schema(&self, root: &str, rest: &[&str]) -> String {
        let (mut path, mut rest, mut at) = (root.to_string(), rest, self.at.clone());
        let mut own = None;
        while !rest.is_empty() {
            let (step, taken) = match rest {
                ["properties", name, ..] => (format!(".{}", segment(name)), 2),
                ["patternProperties", pattern, ..] => (format!("./{pattern}/"), 2),
                ["$defs" | "definitions", name, ..] => (format!(".$defs.{}", segment(name)), 2),
                ["prefixItems", index, ..] => (format!("[{index}]"), 2),
                ["items" | "contains" | "unevaluatedItems", ..] => ("[]".into(), 1),
                ["additionalProperties" | "unevaluatedProperties", ..] => (".*".into(), 1),
                [choice @ ("oneOf" | "anyOf"), index] => {
                    let at = at.child(choice).child(index);
                    own = Some(alternative(self.document, &at, index));
                    break;
                }
                ["allOf" | "oneOf" | "anyOf" | "dependentSchemas", _, ..] => (String::new(), 2),
                ["not" | "if" | "then" | "else", ..] => (String::new(), 1),
                ["required"] => {
                    own = Some("the `required` list".into());
                    break;
                }
                _ => break,
            };
            path.push_str(&step);
            at = rest[..taken].iter().fold(at, |at, part| at.child(part));
            rest = &rest[taken..];
        }
        let place = match path.trim_start_matches('.') {
            "" => self.name.clone(),
            path if !root.is_empty() => code(path),
            "[]" => self.of("each item"),
            "*" => self.of("each value"),
            path => format!("{} in {}", code(path), self.name),
        };
        match own {
            Some(own) => format!("{own} of {place}"),
            None => place,
        }
    }
}

/// An alternative by its component or its title.
fn alternative(document: &Value, at: &Pointer, index: &str) -> String {
    let text = |key| get(document, at).and_then(|value| value[key].as_str());
    let component = text("$ref").and_then(|reference| reference.rsplit('/').next());
    element("alternative", component.or(text("title")), index)
}

/// An element of a list by its name; what has none by its place, which people count from one.
fn element(kind: &str, name: Option<&str>, index: &str) -> String {
    match (name, index.parse::<usize>()) {
        (Some(name), _) => format!("the {kind} {}", code(name)),
        (None, Ok(index)) => format!("{kind} {}", index.saturating_add(1)),
        (None, Err(_)) => format!("the {kind} {}", code(index)),
    }
}

/// A status such as `200` or `default` as it is; anything else as code.
fn status_code(status: &str) -> String {
    match !status.is_empty() && status.len() < 10 && status.chars().all(char::is_alphanumeric) {
        true => status.into(),
        false => code(status),
    }
}

/// A property's name in a path of names; in quotes where its end would not be seen.
fn segment(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-$@:/+".contains(c);
    match !name.is_empty() && name.chars().all(plain) {
        true => name.into(),
        false => format!("\"{name}\""),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn named(reference: &str) -> String {
        let json = json!({"schema": {"type": "object"}});
        let document = json!({
            "paths": {"/a/{b}": {
                "parameters": [{"name": "b", "in": "path"}],
                "get": {
                    "operationId": "get_a",
                    "parameters": [{"name": "limit", "in": "query"}, {"$ref": "#/components/parameters/Cursor"}, {}],
                    "responses": {"200": {"content": {"application/json": json}}, "default": {"content": {"a/b": {}, "c/d": {}}}},
                },
                "post": {"callbacks": {"done": {"{$request.body#/url}": {"post": {"requestBody": {}}}}}},
            }},
            "servers": [{"url": "https://a.example", "variables": {"region": {}}}],
            "tags": [{"name": "leads"}],
            "components": {
                "parameters": {"Cursor": {"name": "cursor", "in": "query"}},
                "schemas": {"Pet": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {}]}},
            },
        });
        label(&document, &Pointer::from_reference(reference).unwrap())
    }

    #[test]
    fn schemas_have_the_names_of_their_components_and_properties() {
        let schemas = |rest: &str| named(&format!("#/components/schemas/{rest}"));
        assert_eq!(schemas("Lead"), "`Lead`");
        assert_eq!(
            schemas("Lead/properties/notes/items/properties/content"),
            "`Lead.notes[].content`"
        );
        assert_eq!(
            schemas("Lead/properties/a.b/additionalProperties"),
            "`Lead.\"a.b\".*`"
        );
        assert_eq!(schemas("Lead/properties/"), "`Lead.\"\"`");
        assert_eq!(
            schemas("Lead/allOf/1/required"),
            "the `required` list of `Lead`"
        );
        assert_eq!(schemas("Pet/oneOf/0"), "the alternative `Cat` of `Pet`");
        assert_eq!(schemas("Pet/oneOf/1"), "alternative 2 of `Pet`");
        assert_eq!(schemas("Pet/oneOf/1/properties/x"), "`Pet.x`");
    }

    #[test]
    fn parts_of_operations_have_their_names_in_the_contract() {
        let at = |rest: &str| named(&format!("#/paths/~1a~1{{b}}{rest}"));
        assert_eq!(at(""), "`/a/{b}`");
        assert_eq!(at("/get"), "`GET /a/{b}`");
        assert_eq!(at("/parameters/0"), "the path parameter `b` of `/a/{b}`");
        assert_eq!(at("/get/parameters"), "the parameter list of `get_a`");
        assert_eq!(
            at("/get/parameters/0/schema"),
            "the query parameter `limit` of `get_a`"
        );
        assert_eq!(
            at("/get/parameters/0/schema/items"),
            "each item of the query parameter `limit` of `get_a`"
        );
        assert_eq!(
            at("/get/parameters/1"),
            "the query parameter `cursor` of `get_a`"
        );
        assert_eq!(at("/get/parameters/2"), "parameter 3 of `get_a`");
        let body = "/get/responses/200/content/application~1json/schema";
        assert_eq!(at(body), "the response of `get_a` (200)");
        assert_eq!(
            at(&format!("{body}/properties/x")),
            "`x` in the response of `get_a` (200)"
        );
        assert_eq!(
            at(&format!("{body}/required")),
            "the `required` list of the response of `get_a` (200)"
        );
        assert_eq!(
            at("/get/responses/default/content/a~1b/schema"),
            "the response of `get_a` (default) as `a/b`"
        );
        assert_eq!(at("/post/requestBody"), "the request body of `POST /a/{b}`");
        assert_eq!(
            at(
                "/post/callbacks/done/{$request.body%23~1url}/post/requestBody/content/a~1b/schema/properties/x"
            ),
            "`x` in the request body of the callback `done` of `POST /a/{b}`"
        );
    }

    #[test]
    fn the_rest_has_names_too() {
        assert_eq!(
            named("#/components/responses/NotFound/headers/X-A"),
            "the header `X-A` of the response `NotFound`"
        );
        assert_eq!(
            named("#/components/securitySchemes/o/flows/implicit/scopes/read"),
            "the scope `read` of the security scheme `o`"
        );
        assert_eq!(
            named("#/servers/0/variables/region"),
            "the variable `region` of the server `https://a.example`"
        );
        assert_eq!(named("#/tags/0"), "the tag `leads`");
        assert_eq!(named("#/info/version"), "`info.version`");
        assert_eq!(
            named("#/webhooks/lead/post/requestBody"),
            "the request body of the webhook `lead`"
        );
        assert_eq!(label(&json!({}), &Pointer::ROOT), "the contract");
    }
}
