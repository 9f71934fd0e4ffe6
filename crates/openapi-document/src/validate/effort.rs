//! How much work it is to check a value by a schema.
//!
//! The validator applies a schema to a value once for each way that leads to it. Where there are two
//! at each of several levels, they double each time, and such a check would never end. So the ways
//! are counted before; to count them, each schema is looked at once for each value.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value;

use super::bounds::{MAX_LEVELS, MAX_LISTED_STEPS, MAX_STEPS};
use super::pattern;
use crate::pointer::{reference, target};

/// The work of checking one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Effort {
    /// All that is wrong can be listed.
    Small,
    /// What is wrong first can be found.
    Large,
    /// More than is worth it.
    TooMuch,
}

impl Effort {
    pub(super) fn of(document: &Value, schema: &Value, value: &Value) -> Effort {
        let mut count = Count {
            document,
            steps: 0,
            containers: HashMap::new(),
            scalars: HashMap::new(),
            keywords: HashMap::new(),
        };
        let cost = count.value(schema, value, 0);
        match cost.steps.max(count.steps) {
            steps if steps <= MAX_LISTED_STEPS => Effort::Small,
            steps if steps <= MAX_STEPS => Effort::Large,
            _ => Effort::TooMuch,
        }
    }
}

struct Count<'d> {
    document: &'d Value,
    /// Schemas applied to values, each pair once.
    steps: usize,
    /// Of the target of a `$ref` and an array or object.
    containers: HashMap<(*const Value, *const Value), Cost>,
    /// Of a schema and a value that has no parts and no length.
    scalars: HashMap<*const Value, Cost>,
    keywords: HashMap<*const Value, Rc<Keywords<'d>>>,
}

/// What it takes to check a value.
#[derive(Clone, Copy)]
struct Cost {
    /// Schemas applied to values, on each way, and things that may be wrong.
    steps: usize,
    /// The levels of checks that are called by each other.
    height: usize,
}

/// What is needed of a schema.
#[derive(Default)]
struct Keywords<'d> {
    /// What its `$ref` leads to; everything else is then ignored.
    target: Option<&'d Value>,
    /// The schemas that apply to the same value.
    parts: Vec<&'d Value>,
    properties: Option<&'d Value>,
    rest: Option<&'d Value>,
    items: Option<&'d Value>,
    own: usize,
}

/// What a regular expression that backtracks counts as, and a division by a tiny number.
const BACKTRACKING: usize = 300;
const DIVISION: usize = 30;

/// How many names or values are compared, or words of a text matched, in the time of a step.
const PER_STEP: usize = 16;

impl Cost {
    fn of(steps: usize) -> Cost {
        Cost { steps, height: 1 }
    }

    /// With what is one level further in.
    fn around(&mut self, inner: Cost) {
        self.steps = self.steps.saturating_add(inner.steps);
        self.height = self.height.max(inner.height.saturating_add(1));
    }
}

impl<'d> Count<'d> {
    fn value(&mut self, schema: &'d Value, value: &Value, level: usize) -> Cost {
        if level > MAX_LEVELS {
            self.steps = usize::MAX;
        }
        if self.steps > MAX_STEPS {
            return Cost::of(1);
        }
        let length = match value {
            Value::Object(_) | Value::Array(_) => return self.container(schema, value, level),
            Value::String(text) => text.len() / (8 * PER_STEP),
            // A remainder takes as many rounds as the number is larger than its divisor.
            Value::Number(number) if number.as_f64().is_some_and(|n| n.abs() > 1e18) => 2,
            _ => 0,
        };
        let mut cost = self.scalar(schema, level);
        cost.steps = cost.steps.saturating_mul(1 + length);
        self.pay(cost.steps);
        self.limit(level, cost);
        cost
    }

    fn pay(&mut self, steps: usize) {
        self.steps = self.steps.saturating_add(steps);
    }

    /// What is known of the levels further in is too much, if this level is too far in for it.
    fn limit(&mut self, level: usize, cost: Cost) {
        if level.saturating_add(cost.height) > MAX_LEVELS {
            self.steps = usize::MAX;
        }
    }

    fn keywords(&mut self, schema: &'d Value) -> Rc<Keywords<'d>> {
        let document = self.document;
        let read = || Rc::new(Keywords::of(document, schema));
        Rc::clone(self.keywords.entry(schema).or_insert_with(read))
    }

    fn scalar(&mut self, schema: &'d Value, level: usize) -> Cost {
        if level > MAX_LEVELS {
            return Cost::of(usize::MAX);
        }
        if let Some(known) = self.scalars.get(&std::ptr::from_ref(schema)) {
            return *known;
        }
        // Where it leads to itself, the validator ends too.
        self.scalars.insert(schema, Cost::of(1));
        let keywords = self.keywords(schema);
        let mut cost = Cost::of(keywords.own);
        for part in keywords.target.iter().chain(&keywords.parts) {
            cost.around(self.scalar(part, level + 1));
        }
        self.scalars.insert(schema, cost);
        cost
    }

    fn container(&mut self, schema: &'d Value, value: &Value, level: usize) -> Cost {
        let keywords = self.keywords(schema);
        if let Some(target) = keywords.target {
            let pair = (std::ptr::from_ref(target), std::ptr::from_ref(value));
            if let Some(known) = self.containers.get(&pair).copied() {
                self.limit(level, known);
                return known;
            }
            self.containers.insert(pair, Cost::of(1));
            let mut cost = Cost::of(1);
            cost.around(self.value(target, value, level + 1));
            self.containers.insert(pair, cost);
            return cost;
        }
        let mut cost = Cost::of(keywords.own);
        self.pay(cost.steps);
        for part in &keywords.parts {
            cost.around(self.value(part, value, level + 1));
        }
        match value {
            Value::Object(members) if keywords.properties.or(keywords.rest).is_some() => {
                self.pay(members.len() / PER_STEP);
                for (name, member) in members {
                    let property = keywords.properties.and_then(|all| all.get(name));
                    if let Some(property) = property.or(keywords.rest) {
                        cost.around(self.value(property, member, level + 1));
                    }
                }
            }
            Value::Array(items) => {
                for item in items {
                    match keywords.items {
                        Some(each) => cost.around(self.value(each, item, level + 1)),
                        None => break,
                    }
                }
            }
            _ => {}
        }
        cost
    }
}

impl<'d> Keywords<'d> {
    fn of(document: &'d Value, schema: &'d Value) -> Self {
        if let Some(reference) = reference(schema) {
            return Self {
                target: target(document, reference),
                own: 1,
                ..Self::default()
            };
        }
        let length = |keyword: &str| match schema.get(keyword) {
            Some(Value::Array(listed)) => listed.len(),
            Some(Value::Object(listed)) => listed.len(),
            _ => 0,
        };
        // Each name that is missing is a thing that is wrong.
        let mut own = 1 + length("required") + (length("properties") + length("enum")) / PER_STEP;
        let pattern = schema.get("pattern").and_then(Value::as_str);
        if pattern.is_some_and(pattern::backtracks) {
            own += BACKTRACKING;
        }
        let divisor = schema.get("multipleOf").and_then(Value::as_f64);
        if divisor.is_some_and(|divisor| divisor < 1e-6) {
            own += DIVISION;
        }
        let listed = ["allOf", "oneOf", "anyOf"].into_iter();
        let listed = listed.filter_map(|keyword| schema.get(keyword)?.as_array());
        Self {
            target: None,
            parts: listed.flatten().chain(schema.get("not")).collect(),
            properties: schema.get("properties"),
            rest: schema.get("additionalProperties"),
            items: schema.get("items"),
            own,
        }
    }
}
