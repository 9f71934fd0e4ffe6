//! A value for a schema, where the contract has no example.

use rand::SeedableRng;
use rand::distr::Distribution;
use serde_json::{Map, Number, Value, json};

use super::Schema;

impl Schema {
    /// A value that fits, the same each time: the contract's own examples where it has them, a
    /// plain value of the right form elsewhere. Objects have all their properties, unless these
    /// would hold the object itself again.
    pub fn sample(&self) -> Value {
        Sampler::default().sample(self).unwrap_or(Value::Null)
    }
}

/// More than this of anything is not made, whatever the contract asks for: memory has an end.
const MOST: usize = 10_000;

/// What is being made at the moment.
#[derive(Default)]
struct Sampler {
    /// The components, from the outermost.
    open: Vec<String>,
}

impl Sampler {
    /// `None`: the value would hold itself.
    fn sample(&mut self, schema: &Schema) -> Option<Value> {
        if let Some(given) = given(schema) {
            return Some(given);
        }
        let Some(component) = schema.component().map(str::to_owned) else {
            return self.make(schema);
        };
        if self.open.contains(&component) {
            return None;
        }
        self.open.push(component);
        let value = self.make(schema);
        self.open.pop();
        value
    }

    fn make(&mut self, schema: &Schema) -> Option<Value> {
        let chosen = self.choose(schema);
        let kind = schema.kind();
        match kind.as_deref() {
            _ if schema.is_object() => {
                let mut object = self.object(schema)?;
                if let Some(Value::Object(chosen)) = chosen {
                    object.extend(chosen);
                }
                Some(object.into())
            }
            None => Some(chosen.unwrap_or_else(|| "string".into())),
            Some("array") => self.array(schema),
            Some("boolean") => Some(true.into()),
            Some("integer") => Some(number(schema, true)),
            Some("number") => Some(number(schema, false)),
            Some(_) => Some(string(schema).into()),
        }
    }

    /// Of `oneOf` or `anyOf`, the first that can be made.
    fn choose(&mut self, schema: &Schema) -> Option<Value> {
        let choices: Vec<Schema> = schema
            .parts()
            .into_iter()
            .flat_map(|part| ["oneOf", "anyOf"].map(|choice| part.get(choice)))
            .filter_map(|choices| choices?.as_array())
            .flatten()
            .map(|choice| schema.sibling(choice))
            .collect();
        choices.iter().find_map(|choice| self.sample(choice))
    }

    fn object(&mut self, schema: &Schema) -> Option<Map<String, Value>> {
        let required: Vec<&str> = schema
            .parts()
            .into_iter()
            .filter_map(|part| part.get("required")?.as_array())
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut object = Map::new();
        for (name, property) in schema.properties() {
            if property.is_absent() {
                continue;
            }
            match self.sample(&property) {
                Some(value) => _ = object.insert(name, value),
                None if required.contains(&name.as_str()) && property.is_nullable() => {
                    object.insert(name, Value::Null);
                }
                None if required.contains(&name.as_str()) => return None,
                None => {}
            }
        }
        let rest = schema.find("additionalProperties");
        let rest = rest.filter(|rest| rest.is_object());
        let mut lacking: Vec<String> = required
            .into_iter()
            .filter(|name| schema.property(name).is_none())
            .map(str::to_owned)
            .collect();
        let fewest = schema.count("minProperties").unwrap_or(usize::from(
            rest.is_some() && object.is_empty() && lacking.is_empty(),
        ));
        lacking.extend(
            (object.len() + lacking.len()..fewest.min(MOST)).map(|n| format!("property{}", n + 1)),
        );
        for name in lacking {
            let value = rest.map(|rest| self.sample(&schema.sibling(rest)));
            match value {
                Some(Some(value)) => _ = object.insert(name, value),
                None => _ = object.insert(name, "string".into()),
                Some(None) => {}
            }
        }
        Some(object)
    }

    fn array(&mut self, schema: &Schema) -> Option<Value> {
        let fewest = schema.count("minItems").unwrap_or(0).min(MOST);
        let most = schema.count("maxItems").unwrap_or(usize::MAX);
        let first = match schema.items() {
            Some(items) => self.sample(&items),
            None => Some("string".into()),
        };
        let Some(first) = first else {
            return (fewest == 0).then(|| json!([]));
        };
        let items = (0..fewest.max(1).min(most)).map(|n| match &first {
            // Not twice the same, in case they must differ.
            Value::String(text) if n > 0 && schema.find("uniqueItems").is_some() => {
                format!("{text}{n}").into()
            }
            Value::Number(number) if n > 0 && schema.find("uniqueItems").is_some() => number
                .as_i64()
                .map_or(first.clone(), |i| (i + n as i64).into()),
            first => first.clone(),
        });
        Some(items.collect())
    }
}

/// What the contract itself gives as a value, if it fits.
fn given(schema: &Schema) -> Option<Value> {
    let fits = |value: &&Value| schema.check(value).is_empty();
    let parts = schema.parts();
    let examples = ["example", "default"]
        .into_iter()
        .flat_map(|key| parts.iter().filter_map(move |part| part.get(key)));
    let values = parts
        .iter()
        .filter_map(|part| part.get("enum")?.as_array())
        .flatten();
    examples.chain(values).find(fits).cloned()
}

/// The number nearest to 1 that is within the limits.
fn number(schema: &Schema, whole: bool) -> Value {
    let limit = |key: &str| schema.find(key).and_then(Value::as_f64);
    let excludes = |key: &str| schema.find(key) == Some(&Value::Bool(true));
    let step = limit("multipleOf").filter(|step| *step > 0.0);
    let nudge = step.unwrap_or(if whole { 1.0 } else { 0.5 });
    let mut value = step.unwrap_or(1.0);
    if let Some(most) = limit("maximum") {
        value = value.min(most);
        value = step.map_or(value, |step| (value / step).floor() * step);
        if value >= most && excludes("exclusiveMaximum") {
            value -= nudge;
        }
    }
    if let Some(least) = limit("minimum") {
        value = value.max(least);
        value = step.map_or(value, |step| (value / step).ceil() * step);
        if value <= least && excludes("exclusiveMinimum") {
            value += nudge;
        }
    }
    match whole {
        true => (value.ceil() as i64).into(),
        false => Number::from_f64(value).map_or(Value::Null, Value::Number),
    }
}

fn string(schema: &Schema) -> String {
    let form = match schema.format().as_deref() {
        Some("uuid") => "550e8400-e29b-41d4-a716-446655440000",
        Some("date-time") => "2026-01-17T08:00:00Z",
        Some("date") => "2026-01-17",
        Some("time") => "08:00:00Z",
        Some("duration") => "P1D",
        Some("email" | "idn-email") => "user@example.com",
        Some("hostname" | "idn-hostname") => "example.com",
        Some("ipv4") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
        Some("uri" | "iri" | "uri-reference" | "iri-reference" | "url") => "https://example.com/",
        Some("byte") => "c3RyaW5n",
        _ => return plain_string(schema),
    };
    form.to_string()
}

/// A string of the right length, of the characters that a pattern asks for.
fn plain_string(schema: &Schema) -> String {
    let fewest = schema.count("minLength").unwrap_or(0).min(MOST);
    let most = schema.count("maxLength").unwrap_or(usize::MAX);
    if let Some(pattern) = schema.find("pattern").and_then(Value::as_str) {
        let fits = |text: &String| schema.check(&text.as_str().into()).is_empty();
        if let Some(text) = matching(pattern).find(fits) {
            return text;
        }
    }
    let text = "string".chars().cycle();
    text.take("string".len().max(fewest).min(most)).collect()
}

/// Strings that match a pattern, the same ones each time.
fn matching(pattern: &str) -> impl Iterator<Item = String> {
    /// How often `*` repeats, and how many strings are worth a try.
    const REPEATS: u32 = 12;
    const TRIES: usize = 200;
    // What isn't anchored may stand anywhere; the shortest such string is the match alone.
    let pattern = pattern.trim_start_matches('^').trim_end_matches('$');
    let strings = rand_regex::Regex::compile(pattern, REPEATS).ok();
    let mut rng = rand::rngs::Xoshiro256PlusPlus::seed_from_u64(0);
    strings.into_iter().flat_map(move |regex| {
        let texts = (0..TRIES).map(|_| Distribution::<String>::sample(&regex, &mut rng));
        texts.collect::<Vec<_>>()
    })
}
