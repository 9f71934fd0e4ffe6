//! A value for a schema, where the contract has no example.

use std::collections::HashSet;

use openapi_document::operation::MAX_REFERENCES;
use openapi_document::validate::pattern::weight;
use rand::SeedableRng;
use rand::distr::Distribution;
use rand::rngs::Xoshiro256PlusPlus;
use serde_json::{Map, Number, Value, json};

use super::Schema;
use crate::bounds::{MAX_SAMPLE_CHECKS, MAX_SAMPLE_TEXT, MAX_SAMPLE_VALUES};
use crate::document::Made;

impl Schema {
    /// A value that fits, the same each time: the contract's own examples where it has them, a
    /// plain value of the right form elsewhere. Objects have all their properties, unless these
    /// would hold the object itself again, or there would be too many in all: then they have those
    /// that are required. Null if even these are too many: more than 10,000 values, or 64 KiB of
    /// text.
    pub fn sample(&self) -> Value {
        let made = self.made().as_ref().ok();
        made.and_then(Option::clone).unwrap_or(Value::Null)
    }

    /// What [`sample`](Self::sample) gives, or the bound that keeps it from that.
    pub(crate) fn made(&self) -> &Made {
        self.derived.sample.get_or_init(|| {
            let mut whole = Sampler::new(false);
            let made = whole.sample(self);
            if whole.exceeded.is_none() {
                return Ok(made);
            }
            let mut smallest = Sampler::new(true);
            let made = smallest.sample(self);
            smallest.exceeded.map_or(Ok(made), Err)
        })
    }
}

/// What is being made at the moment.
struct Sampler {
    /// The `$ref`s that lead here, from the outermost.
    open: Vec<String>,
    /// Objects get no other properties.
    required_only: bool,
    /// How many more values, bytes of text, and schemas to compare examples with there may be.
    values: usize,
    text: usize,
    checks: usize,
    exceeded: Option<&'static str>,
}

impl Sampler {
    fn new(required_only: bool) -> Self {
        Self {
            open: Vec::new(),
            required_only,
            values: MAX_SAMPLE_VALUES,
            text: MAX_SAMPLE_TEXT,
            checks: MAX_SAMPLE_CHECKS,
            exceeded: None,
        }
    }

    /// Takes so many values and bytes of text from what there may be.
    fn take(&mut self, values: usize, text: usize) -> Option<()> {
        if values > self.values {
            self.exceeded = Some("10,000 values");
        } else if text > self.text {
            self.exceeded = Some("64 KiB of text");
        }
        if self.exceeded.is_some() {
            return None;
        }
        self.values -= values;
        self.text -= text;
        Some(())
    }

    /// `None`: the value would hold itself, or exceed a bound.
    fn sample(&mut self, schema: &Schema) -> Option<Value> {
        self.take(1, 0)?;
        if let Some(given) = self.given(schema) {
            let (values, text) = extent(&given);
            self.take(values - 1, text)?;
            return Some(given);
        }
        let Some(reference) = schema.reference().map(str::to_owned) else {
            return self.make(schema);
        };
        if self.open.contains(&reference) {
            return None;
        }
        if self.open.len() >= MAX_REFERENCES {
            self.exceeded = Some("64 `$ref`s inside each other");
            return None;
        }
        self.open.push(reference);
        let value = self.make(schema);
        self.open.pop();
        value
    }

    /// What the contract itself gives as a value, if it fits.
    fn given(&mut self, schema: &Schema) -> Option<Value> {
        let parts = schema.parts();
        let examples = ["example", "default"]
            .into_iter()
            .flat_map(|key| parts.iter().filter_map(move |part| part.object.get(key)));
        let values = parts
            .iter()
            .filter_map(|part| part.object.get("enum")?.as_array())
            .flatten();
        for value in examples.chain(values) {
            let compiled = match schema.is_compiled() {
                true => 0,
                false => schema.reach(),
            };
            let checks = parts.len() + compiled;
            if checks > self.checks {
                self.exceeded = Some("300,000 schemas to compare examples with");
                return None;
            }
            self.checks -= checks;
            if schema.takes(value) {
                return Some(value.clone());
            }
        }
        None
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
            Some(_) => {
                let text = string(schema);
                self.take(0, text.len())?;
                Some(text.into())
            }
        }
    }

    /// Of `oneOf` or `anyOf`, the first that can be made, which says so if it must.
    fn choose(&mut self, schema: &Schema) -> Option<Value> {
        let parts = schema.parts();
        let lists = parts.iter().flat_map(|part| {
            let discriminator = part.object.get("discriminator");
            let lists = ["oneOf", "anyOf"].map(|choice| part.object.get(choice)?.as_array());
            lists
                .into_iter()
                .flatten()
                .map(move |list| (list, discriminator))
        });
        for (list, discriminator) in lists {
            for choice in list.iter().map(|choice| schema.sibling(choice)) {
                if let Some(mut value) = self.sample(&choice) {
                    if let Some(discriminator) = discriminator {
                        discriminate(&mut value, &choice, discriminator);
                    }
                    return Some(value);
                }
            }
        }
        None
    }

    fn object(&mut self, schema: &Schema) -> Option<Map<String, Value>> {
        let parts = schema.parts().into_iter();
        let listed = parts.filter_map(|part| part.object.get("required")?.as_array());
        let listed: Vec<&str> = listed.flatten().filter_map(Value::as_str).collect();
        let required: HashSet<&str> = listed.iter().copied().collect();
        let mut object = Map::new();
        let mut known = HashSet::new();
        for (name, property) in schema.properties() {
            known.insert(name.clone());
            let is_required = required.contains(name.as_str());
            if property.is_absent() || self.required_only && !is_required {
                continue;
            }
            self.take(0, name.len())?;
            match self.sample(&property) {
                Some(value) => _ = object.insert(name, value),
                None if is_required && property.is_nullable() => {
                    object.insert(name, Value::Null);
                }
                None if is_required => return None,
                None => {}
            }
        }
        let mut lacking = Vec::new();
        for name in listed {
            if known.insert(name.to_owned()) {
                lacking.push(name.to_owned());
            }
        }
        let rest = schema.find("additionalProperties");
        let rest = rest.filter(|rest| rest.is_object());
        let rest = rest.map(|rest| schema.sibling(rest));
        let fewest = schema.count("minProperties").unwrap_or(usize::from(
            rest.is_some() && object.is_empty() && lacking.is_empty() && !self.required_only,
        ));
        let made_up = (object.len() + lacking.len()..fewest).map(|n| format!("property{}", n + 1));
        for name in lacking.into_iter().chain(made_up) {
            self.take(1, name.len())?;
            match rest.as_ref().map(|rest| self.sample(rest)) {
                Some(Some(value)) => _ = object.insert(name, value),
                None => _ = object.insert(name, "string".into()),
                Some(None) => {}
            }
        }
        Some(object)
    }

    fn array(&mut self, schema: &Schema) -> Option<Value> {
        let fewest = schema.count("minItems").unwrap_or(0);
        let most = schema.count("maxItems").unwrap_or(usize::MAX);
        let (values, text) = (self.values, self.text);
        let first = match schema.items() {
            Some(items) => self.sample(&items),
            None => Some("string".into()),
        };
        let Some(first) = first else {
            return (fewest == 0).then(|| json!([]));
        };
        // As many again for each of the others.
        let (values, text) = (values - self.values, text - self.text);
        let count = fewest.max(1).min(most);
        let others = count.saturating_sub(1);
        self.take(
            values.max(1).saturating_mul(others),
            text.saturating_mul(others),
        )?;
        let are_unique = schema.find("uniqueItems").is_some();
        let items = (0..count).map(|n| match &first {
            // Not twice the same, in case they must differ.
            Value::String(text) if n > 0 && are_unique => format!("{text}{n}").into(),
            Value::Number(number) if n > 0 && are_unique => number
                .as_i64()
                .map_or(first.clone(), |i| i.saturating_add(n as i64).into()),
            first => first.clone(),
        });
        Some(items.collect())
    }
}

/// Puts into an object which of several schemas it is of: by its name in `mapping`, or as a component.
fn discriminate(value: &mut Value, schema: &Schema, discriminator: &Value) -> Option<()> {
    let property = discriminator.get("propertyName")?.as_str()?;
    let component = schema.component()?;
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let leads_here = |target: &Value| {
        let target = target.as_str().unwrap_or_default();
        Some(target) == schema.reference() || target == component
    };
    let mut mapping = mapping.into_iter().flatten();
    let named = mapping.find(|(_, target)| leads_here(target));
    let name = Value::from(named.map_or(component.as_str(), |(name, _)| name));
    let fits = schema
        .property(property)
        .is_none_or(|property| property.takes(&name));
    let members = value.as_object_mut().filter(|_| fits)?;
    members.insert(property.to_owned(), name);
    Some(())
}

/// How many values a value is made of, and the bytes of its texts and names.
pub(crate) fn extent(value: &Value) -> (usize, usize) {
    let add = |(values, text), (more, bytes)| (values + more, text + bytes);
    match value {
        Value::Object(members) => members.iter().fold((1, 0), |sum, (name, member)| {
            add(add(sum, (0, name.len())), extent(member))
        }),
        Value::Array(items) => items.iter().map(extent).fold((1, 0), add),
        Value::String(text) => (1, text.len()),
        _ => (1, 0),
    }
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
        Some("ip" | "ipv4") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
        Some("uri" | "iri" | "uri-reference" | "iri-reference" | "url") => "https://example.com/",
        Some("byte") => "c3RyaW5n",
        _ => return plain_string(schema),
    };
    form.to_string()
}

/// A string of the right length, of the characters that a pattern asks for.
fn plain_string(schema: &Schema) -> String {
    // One byte more than may be made exceeds the bound as well as any number does.
    let fewest = schema
        .count("minLength")
        .unwrap_or(0)
        .min(MAX_SAMPLE_TEXT + 1);
    let most = schema.count("maxLength").unwrap_or(usize::MAX);
    if let Some(pattern) = schema.find("pattern").and_then(Value::as_str) {
        let fits = |text: &String| schema.takes(&text.as_str().into());
        if let Some(text) = matching(pattern).find(fits) {
            return text;
        }
    }
    let text = "string".chars().cycle();
    text.take("string".len().max(fewest).min(most)).collect()
}

/// Strings that match a pattern, the same ones each time.
fn matching(pattern: &str) -> impl Iterator<Item = String> {
    /// How often `*` repeats, at most, and how many strings are worth a try.
    const REPEATS: [usize; 3] = [12, 3, 1];
    const TRIES: usize = 200;
    /// The most characters of a string, as [`weight`] counts them.
    const MOST: usize = 40_000;
    // What isn't anchored may stand anywhere; the shortest such string is the match alone.
    let pattern = pattern.trim_start_matches('^').trim_end_matches('$');
    let repeats = REPEATS
        .into_iter()
        .find(|repeats| weight(pattern, *repeats) <= MOST);
    let strings = repeats.and_then(|repeats| {
        rand_regex::Regex::compile(pattern, u32::try_from(repeats).unwrap_or(1)).ok()
    });
    strings.into_iter().flat_map(|regex| {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(0);
        (0..TRIES).map(move |_| Distribution::<String>::sample(&regex, &mut rng))
    })
}
