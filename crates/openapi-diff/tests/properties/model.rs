//! A contract by what it means, to be written in more than one way.

use bolero::TypeGenerator;
use serde_json::{Map, Value, json};

/// What a value may be.
#[derive(Clone, Debug, TypeGenerator)]
pub enum Schema {
    /// A text of at most so many characters.
    Text(#[generator(1..20_u8)] u8),
    /// A whole number from here on.
    Whole(#[generator(0..20_u8)] u8),
    Number,
    Flag,
    /// One of so many colors.
    Color(#[generator(1..4_u8)] u8),
    List(Box<Schema>),
    Object(Vec<Property>),
    Component(#[generator(0..4_u8)] u8),
    /// A text or a whole number.
    Either(#[generator(1..20_u8)] u8, #[generator(0..20_u8)] u8),
    Nullable(Box<Schema>),
}

#[derive(Clone, Debug, TypeGenerator)]
pub struct Property {
    #[generator(0..5_u8)]
    name: u8,
    required: bool,
    schema: Schema,
}

/// A contract: what is sent, what comes back, a parameter, and components, of which each refers
/// only to those behind it.
#[derive(Clone, Debug, TypeGenerator)]
pub struct Contract {
    pub sent: Schema,
    pub received: Schema,
    pub limit: Schema,
    pub components: [Schema; 3],
}

/// How a contract is written.
#[derive(Clone, Copy, Debug, TypeGenerator)]
pub struct Style {
    /// As OpenAPI 3.1, or else as 3.0.
    pub newer: bool,
    /// Components are written out where they are used.
    pub inline: bool,
    /// Keys in another order.
    pub reversed: bool,
    /// References with letters percent-encoded.
    pub escaped: bool,
    /// References as the only part of an `allOf`.
    pub wrapped: bool,
    /// What holds anyway is said.
    pub verbose: bool,
}

impl Style {
    pub const PLAIN: Style = Style {
        newer: true,
        inline: false,
        reversed: false,
        escaped: false,
        wrapped: false,
        verbose: false,
    };
}

const COLORS: [&str; 3] = ["red", "green", "blue"];
const NAMES: [&str; 5] = ["id", "a/b", "c~d", "Full name", "é"];
const COMPONENTS: [&str; 3] = ["First.One", "second-two", "Third_3"];

impl Contract {
    /// Its text, in JSON.
    pub fn written(&self, style: Style) -> String {
        self.document(style).to_string()
    }

    pub fn document(&self, style: Style) -> Value {
        let writer = Writer {
            style,
            components: &self.components,
        };
        let whole = |schema: &Schema| writer.schema(schema, 0);
        let mut operation = json!({
            "operationId": "post_things",
            "parameters": [{"name": "limit", "in": "query", "schema": whole(&self.limit)}],
            "requestBody": {"required": true, "content": {"application/json": {"schema": whole(&self.sent)}}},
            "responses": {"200": {"description": "Fine.", "content": {"application/json": {"schema": whole(&self.received)}}}},
        });
        if style.verbose {
            let parameter = &mut operation["parameters"][0];
            parameter["required"] = false.into();
            parameter["style"] = "form".into();
            parameter["explode"] = true.into();
        }
        let mut components = Map::new();
        if !style.inline {
            for (index, schema) in self.components.iter().enumerate() {
                components.insert(COMPONENTS[index].into(), writer.schema(schema, index + 1));
            }
        }
        let document = json!({
            "openapi": if style.newer { "3.1.0" } else { "3.0.3" },
            "info": {"title": "Things", "version": "1.0.0"},
            "servers": [{"url": "https://things.example"}],
            "paths": {"/things": {"post": operation}},
            "components": {"schemas": components},
        });
        if style.reversed {
            reversed(document)
        } else {
            document
        }
    }
}

struct Writer<'c> {
    style: Style,
    components: &'c [Schema; 3],
}

impl Writer<'_> {
    /// The schema, of which references lead to the components from `first` on.
    fn schema(&self, schema: &Schema, first: usize) -> Value {
        let style = self.style;
        let mut written = match schema {
            Schema::Text(most) => json!({"type": "string", "maxLength": most}),
            Schema::Whole(least) => json!({"type": "integer", "minimum": least}),
            Schema::Number => json!({"type": "number"}),
            Schema::Flag => json!({"type": "boolean"}),
            Schema::Color(count) => {
                json!({"type": "string", "enum": COLORS[..usize::from(*count)]})
            }
            Schema::List(items) => json!({"type": "array", "items": self.schema(items, first)}),
            Schema::Object(properties) => self.object(properties, first),
            Schema::Either(most, least) => {
                let parts = [Schema::Text(*most), Schema::Whole(*least)];
                json!({"oneOf": parts.map(|part| self.schema(&part, first))})
            }
            Schema::Component(which) => return self.component(usize::from(*which), first),
            Schema::Nullable(inner) => return self.nullable(inner, first),
        };
        if style.verbose {
            match written["type"].as_str() {
                Some("string") => written["minLength"] = 0.into(),
                Some("array") => written["minItems"] = 0.into(),
                Some("object") => written["additionalProperties"] = true.into(),
                _ => {}
            }
        }
        written
    }

    fn object(&self, properties: &[Property], first: usize) -> Value {
        let mut named = Map::new();
        let mut required: Vec<&str> = Vec::new();
        for property in properties {
            let name = NAMES[usize::from(property.name)];
            named.insert(name.into(), self.schema(&property.schema, first));
            required.retain(|known| *known != name);
            required.extend(property.required.then_some(name));
        }
        let mut object = json!({"type": "object", "properties": named});
        if !required.is_empty() {
            object["required"] = json!(required);
        }
        object
    }

    fn component(&self, which: usize, first: usize) -> Value {
        let index = first + which;
        let Some(schema) = self.components.get(index) else {
            return self.schema(&Schema::Flag, first);
        };
        if self.style.inline {
            return self.schema(schema, index + 1);
        }
        let name = COMPONENTS[index];
        let name = match self.style.escaped {
            true => name.replace('e', "%65").replace('r', "%72"),
            false => name.into(),
        };
        let reference = json!({"$ref": format!("#/components/schemas/{name}")});
        match self.style.wrapped {
            true => json!({"allOf": [reference]}),
            false => reference,
        }
    }

    /// The schema, and null, if it is of one type: 3.0 has no word for the others.
    fn nullable(&self, inner: &Schema, first: usize) -> Value {
        let mut schema = self.schema(inner, first);
        if matches!(
            inner,
            Schema::Component(_) | Schema::Either(..) | Schema::Nullable(_)
        ) {
            return schema;
        }
        if self.style.newer && self.style.verbose {
            return json!({"anyOf": [schema, {"type": "null"}]});
        }
        match self.style.newer {
            true => schema["type"] = json!([schema["type"], "null"]),
            false => schema["nullable"] = true.into(),
        }
        if let Some(Value::Array(values)) = schema.get_mut("enum") {
            values.push(Value::Null);
        }
        schema
    }
}

/// The value with the keys of each object in reverse. The order of names in lists stays.
fn reversed(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let entries = map.into_iter().rev();
            entries.map(|(key, value)| (key, reversed(value))).collect()
        }
        Value::Array(list) => list.into_iter().map(reversed).collect(),
        other => other,
    }
}

impl Schema {
    /// Allows for more in the first place that can be widened; false if there is none.
    pub fn widen(&mut self) -> bool {
        match self {
            Schema::Text(most) => *most += 1,
            Schema::Whole(least) if *least > 0 => *least -= 1,
            Schema::Whole(_) => return false,
            Schema::Color(count) if *count < 3 => *count += 1,
            Schema::Either(most, _) => *most += 1,
            Schema::List(items) | Schema::Nullable(items) => return items.widen(),
            Schema::Object(properties) => {
                // Of two properties of one name, the last one counts.
                let mut seen = Vec::new();
                return properties.iter_mut().rev().any(|property| {
                    let first = !seen.contains(&property.name);
                    seen.push(property.name);
                    first && property.schema.widen()
                });
            }
            _ => return false,
        }
        true
    }
}
