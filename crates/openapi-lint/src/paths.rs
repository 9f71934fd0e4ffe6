//! Paths: what each template may hold, and that no two mean the same.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::Subject;
use super::parameters::described;
use openapi_document::operation::METHODS;
use openapi_document::{Contract, Located, Pointer};
use openapi_document::{
    Diagnostic, Example, Rule,
    Severity::{Error, Warning},
};

/// A template that is none.
pub static PATH: Rule = Rule {
    code: "spec::path",
    severity: Error,
    summary: "a path is no template",
    docs: "A path begins with `/` and holds what can stand in a URL; a `{name}` stands for one part \
           of it, or for a piece of one.",
    example: Some(Example {
        instead_of: "  /notes:\n",
        wrong: "  «/notes list»:\n",
        right: "  /notes-list:\n",
    }),
};

/// Two templates of the same path.
pub static SAME_PATH: Rule = Rule {
    code: "spec::same-path",
    severity: Warning,
    summary: "two paths differ only in the names in their braces",
    docs: "OpenAPI takes such paths for one that is described twice. The client has the operations \
           of both. If both have the same method, the service can tell their requests apart by \
           nothing but the values.",
    example: Some(Example {
        instead_of: "  /notes/{id}:\n",
        wrong: "  /notes/{note}:\n    parameters:\n      - {name: note, in: path, required: true, description: Note., schema: {type: string}}\n  «/notes/{id}»:\n",
        right: "  /notes/{id}:\n",
    }),
};

/// What belongs behind a path.
pub static PATH_SUFFIX: Rule = Rule {
    code: "spec::path-suffix",
    severity: Warning,
    summary: "a path holds a query or a fragment",
    docs: "A path ends before `?` and `#`; what follows a `?` belongs into `parameters`. Contracts \
           write it all the same, to describe several operations of one path. The client sends a \
           query as it is written, and parameters behind it. It never sends a fragment.",
    example: Some(Example {
        instead_of: "  /notes:\n",
        wrong: "  «/notes?all=true»:\n",
        right: "  /notes:\n",
    }),
};

/// A path that ends with a slash.
pub static TRAILING_SLASH: Rule = Rule {
    code: "policy::trailing-slash",
    severity: Warning,
    summary: "a path ends with a slash",
    docs: "`/leads/` and `/leads` are two paths to HTTP; most services answer one of them with a \
           redirect, which the client does not follow. The other paths here end without.",
    example: Some(Example {
        instead_of: "  /notes:\n",
        wrong: "  «/notes/»:\n",
        right: "  /notes:\n",
    }),
};

/// Two paths that a request can mean.
pub static AMBIGUOUS_PATH: Rule = Rule {
    code: "spec::ambiguous-path",
    severity: Warning,
    summary: "one request fits two paths, and neither is the nearer",
    docs: "`/leads/{id}` beside `/leads/export` is clear: what is written out wins. `/leads/{id}` \
           beside `/{kind}/export` is not: `/leads/export` fits both, and OpenAPI 3.0 leaves it \
           to each tool which one is meant. If `id` is a UUID or a number, `export` is none, and \
           the two are told apart.",
    example: Some(Example {
        instead_of: "  /notes:\n",
        wrong: "  «/{kind}/all»:\n    parameters:\n      - {name: kind, in: path, required: true, description: What., schema: {type: string}}\n",
        right: "  /notes/all:\n",
    }),
};

/// Paths start with a slash, hold whole `{name}`s and what a URL takes, and no two mean the same.
pub fn paths(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let at = Pointer::of(["paths"]);
    let paths = contract.get(&at).and_then(Value::as_object);
    let mut found = Vec::new();
    let mut shapes: HashMap<String, &str> = HashMap::new();
    for path in paths.into_iter().flat_map(|paths| paths.keys()) {
        if path.starts_with("x-") {
            continue;
        }
        let place = contract.key(&at.child(path));
        let shape = match template_shape(path) {
            Ok(shape) => shape,
            Err(help) => {
                found.push(
                    PATH.told(format!("`{path}` is no path template"))
                        .at(place)
                        .help(help),
                );
                continue;
            }
        };
        if let Some(suffix) = path.find(['?', '#']) {
            let (path, suffix) = path.split_at(suffix);
            let message = match suffix.starts_with('#') {
                true => format!("`{suffix}` is never sent: the client asks for `{path}`"),
                false => {
                    format!("`{suffix}` is part of the path; the client sends it as it is written")
                }
            };
            let help = "end the path before it, and describe what is sent in `parameters`";
            found.push(PATH_SUFFIX.told(message).at(place).help(help));
            continue;
        }
        match shapes.get(&shape) {
            Some(first) => found.push(
                same_path(contract, path, first)
                    .at(place)
                    .and(contract.key(&at.child(first)), "the other one"),
            ),
            None => {
                if shape.len() > 1 && shape.ends_with('/') {
                    let help = format!("write `{}`", path.trim_end_matches('/'));
                    let told = TRAILING_SLASH.told(format!("`{path}` ends with a slash"));
                    found.push(told.at(place).help(help));
                }
                shapes.insert(shape, path);
            }
        }
    }
    found.extend(ambiguous(subject, &shapes));
    found
}

fn same_path(contract: &Contract, path: &str, first: &str) -> Diagnostic {
    let methods = |path: &str| {
        let item = contract.get(&Pointer::of(["paths", path]));
        let keys = item
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(|item| item.keys());
        keys.filter(|key| METHODS.contains(&key.as_str()))
            .cloned()
            .collect::<Vec<_>>()
    };
    let others = methods(first);
    let shared = methods(path)
        .into_iter()
        .find(|method| others.contains(method));
    let (message, help) = match shared {
        Some(method) => (
            format!(
                "`{path}` and `{first}` are the same path, and both have `{method}`: only the values tell their requests apart"
            ),
            "give one of them a path that differs in what is written out, or describe one operation for both",
        ),
        None => (
            format!("`{path}` and `{first}` are the same path"),
            "put the operations of both under one of them",
        ),
    };
    SAME_PATH.told(message).help(help)
}

/// The parts of paths as a tree, `{}` for each name.
#[derive(Default)]
struct Tree<'p> {
    parts: BTreeMap<&'p str, Tree<'p>>,
    path: Option<&'p str>,
}

impl<'p> Tree<'p> {
    fn insert(&mut self, shape: &'p str, path: &'p str) {
        let mut here = self;
        for part in shape.split('/').skip(1) {
            here = here.parts.entry(part).or_default();
        }
        here.path = Some(path);
    }

    /// A path that a request for these parts can mean as well, while each of the two is the nearer
    /// somewhere. `nearer` and `farther`: where the one found is, so far; `is_met`: whether a
    /// request that fits both is possible.
    fn rival(
        &self,
        parts: &[&str],
        (nearer, farther): (bool, bool),
        is_met: &dyn Fn(&str) -> bool,
    ) -> Option<&'p str> {
        let Some((part, rest)) = parts.split_first() else {
            return self.path.filter(|path| nearer && farther && is_met(path));
        };
        self.parts.iter().find_map(|(other, tree)| {
            let is_name = |part: &str| part == "{}";
            match (is_name(part), is_name(other)) {
                _ if part == other => tree.rival(rest, (nearer, farther), is_met),
                (true, false) => tree.rival(rest, (true, farther), is_met),
                (false, true) => tree.rival(rest, (nearer, true), is_met),
                _ => None,
            }
        })
    }
}

fn ambiguous(subject: &Subject<'_>, shapes: &HashMap<String, &str>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let at = |path: &str| contract.key(&Pointer::of(["paths", path]));
    let mut tree = Tree::default();
    let mut shapes: Vec<_> = shapes.iter().collect();
    shapes.sort_by_key(|(_, path)| at(path).span.start);
    // Of most contracts, nobody asks.
    let values = LazyCell::new(|| Values::of(subject));
    let mut found = Vec::new();
    for (shape, path) in shapes {
        let parts: Vec<&str> = shape.split('/').skip(1).collect();
        if let Some(rival) = tree.rival(&parts, (false, false), &|other| values.meet(path, other)) {
            found.push(
                AMBIGUOUS_PATH
                    .told(format!("a request can mean both `{path}` and `{rival}`"))
                    .at(at(path))
                    .and(at(rival), "the other one")
                    .help("write out in one of the two what the other leaves open"),
            );
        }
        tree.insert(shape, path);
    }
    found
}

/// What can stand in the place of a name in a path, as far as its parameter says.
struct Values<'c> {
    /// By path and name: the schemas of the parameter at each operation.
    schemas: HashMap<(&'c str, &'c str), Vec<Located<'c>>>,
}

impl<'c> Values<'c> {
    fn of(subject: &Subject<'c>) -> Values<'c> {
        let document = &subject.contract.document;
        let mut schemas: HashMap<_, Vec<Located<'_>>> = HashMap::new();
        for operation in &subject.operations {
            for parameter in operation.parameters(document) {
                let schema = parameter.child("schema");
                let schema = schema.and_then(|schema| described(document, schema));
                if let (Some("path"), Some(name), Some(schema)) =
                    (parameter.text("in"), parameter.text("name"), schema)
                {
                    schemas
                        .entry((operation.path, name))
                        .or_default()
                        .push(schema);
                }
            }
        }
        Values { schemas }
    }

    /// Whether a request can fit two paths of the same length.
    fn meet(&self, one: &str, other: &str) -> bool {
        let mut parts = one.split('/').zip(other.split('/'));
        parts.all(|(a, b)| match (name_of(a), name_of(b)) {
            (Some(name), None) => self.takes(one, name, b),
            (None, Some(name)) => self.takes(other, name, a),
            _ => true,
        })
    }

    /// Whether a parameter can have this value at any operation; without any, nothing is known.
    fn takes(&self, path: &str, name: &str, value: &str) -> bool {
        let schemas = self.schemas.get(&(path, name));
        schemas.is_none_or(|schemas| schemas.iter().any(|schema| can_be(schema, value)))
    }
}

/// The name that a whole part of a path stands for.
fn name_of(part: &str) -> Option<&str> {
    part.strip_prefix('{')?.strip_suffix('}')
}

/// Whether a value of this schema can be written like this in a path.
fn can_be(schema: &Located<'_>, text: &str) -> bool {
    if let Some(Value::Array(values)) = schema.object.get("enum") {
        return values.iter().any(|value| match value {
            Value::String(value) => value == text,
            Value::Number(value) => value.to_string() == text,
            _ => true,
        });
    }
    match (schema.text("type"), schema.text("format")) {
        (Some("integer" | "number"), _) => text.parse::<f64>().is_ok(),
        (Some("boolean"), _) => matches!(text, "true" | "false"),
        (_, Some("uuid")) => {
            let is_digit = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
            text.len() == 36 && text.bytes().all(is_digit)
        }
        (_, Some("date" | "date-time")) => text.starts_with(|c: char| c.is_ascii_digit()),
        _ => true,
    }
}

/// The template with its names left out; an error says what to write instead.
fn template_shape(path: &str) -> Result<String, &'static str> {
    const WHOLE_NAMES: &str = "each `{name}` stands in one part of the path, alone or beside text";
    let mut shape = String::new();
    // A fragment is not sent, so it may hold anything.
    let mut rest = path.split('#').next().unwrap_or_default();
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or(WHOLE_NAMES)?;
        if name.is_empty() || name.contains(['{', '/']) {
            return Err(WHOLE_NAMES);
        }
        shape.push_str(before);
        shape.push_str("{}");
        rest = after;
    }
    shape.push_str(rest);
    let text = shape.replace("{}", "");
    let dots = shape.to_lowercase().replace("%2e", ".");
    if !shape.starts_with('/') {
        Err("start it with `/`")
    } else if text.contains(['{', '}']) {
        Err(WHOLE_NAMES)
    } else if text.split('/').any(|part| part.starts_with(':')) {
        Err("write `{name}` for what OpenAPI fills in, not `:name`")
    } else if shape.contains("//") {
        Err("write one `/`: an empty part is lost on the way")
    } else if dots.split('/').any(|segment| matches!(segment, "." | "..")) {
        Err("write the path that is meant, without `.` and `..`")
    } else if !is_encoded(&text) {
        Err("percent-encode what a URL can't hold, such as `%20` for a space")
    } else {
        Ok(shape)
    }
}

/// Whether this is what RFC 3986 lets stand in a path and the query behind it.
fn is_encoded(text: &str) -> bool {
    let is_hex = |code: &str| code.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut parts = text.split('%');
    let plain = |part: &str| {
        part.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@?".contains(&byte))
    };
    parts.next().is_none_or(plain)
        && parts.all(|part| part.get(..2).is_some_and(is_hex) && plain(part))
}
