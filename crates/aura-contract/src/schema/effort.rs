//! How much work it is to check a value by a schema.
//!
//! The validator applies a schema to a value once for each way that leads to it. Where there are two
//! at each of several levels, they double each time, and such a check would never end. So the ways
//! are counted before; to count them, each schema is looked at once for each value.

use std::collections::HashMap;

use serde_json::Value;

use super::pattern;
use crate::bounds::{MAX_LEVELS, MAX_LISTED_STEPS, MAX_STEPS};
use crate::document::{Document, reference};

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
    pub(super) fn of(document: &Document, schema: &Value, value: &Value) -> Effort {
        let mut count = Count {
            document,
            steps: 0,
            containers: HashMap::new(),
            scalars: HashMap::new(),
        };
        let cost = count.value(schema, value, 0);
        match cost.steps.max(count.steps) {
            ..=MAX_LISTED_STEPS => Effort::Small,
            ..=MAX_STEPS => Effort::Large,
            _ => Effort::TooMuch,
        }
    }
}

struct Count<'d> {
    document: &'d Document,
    /// Schemas applied to values, each pair once.
    steps: usize,
    /// Of the target of a `$ref` and an array or object.
    containers: HashMap<(*const Value, *const Value), Cost>,
    /// Of the target of a `$ref` and a value that has no parts.
    scalars: HashMap<*const Value, Cost>,
}

/// What it takes to check a value.
#[derive(Clone, Copy)]
struct Cost {
    /// Schemas applied to values, on each way.
    steps: usize,
    /// The levels of checks that are called by each other.
    height: usize,
}

/// What a regular expression that backtracks counts as.
const BACKTRACKING: usize = 300;

/// How many names or values are compared, or words of a text matched, in the time of a step.
const PER_STEP: usize = 16;

impl Cost {
    const STEP: Cost = Cost {
        steps: 1,
        height: 1,
    };

    fn steps(steps: usize) -> Cost {
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
            return Cost::STEP;
        }
        let length = match value {
            Value::Object(_) | Value::Array(_) => return self.container(schema, value, level),
            Value::String(text) => text.len(),
            _ => 0,
        };
        let mut cost = self.scalar(schema, level);
        cost.steps = cost.steps.saturating_mul(1 + length / (8 * PER_STEP));
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

    fn scalar(&mut self, schema: &'d Value, level: usize) -> Cost {
        if level > MAX_LEVELS {
            return Cost::steps(usize::MAX);
        }
        if let Some(reference) = reference(schema) {
            let Some(target) = self.document.target(reference) else {
                return Cost::STEP;
            };
            if let Some(known) = self.scalars.get(&std::ptr::from_ref(target)) {
                return *known;
            }
            // Where it leads to itself, the validator ends too.
            self.scalars.insert(target, Cost::STEP);
            let mut cost = Cost::STEP;
            cost.around(self.scalar(target, level + 1));
            self.scalars.insert(target, cost);
            return cost;
        }
        let pattern = schema.get("pattern").and_then(Value::as_str);
        let pattern = pattern.is_some_and(pattern::backtracks);
        let mut cost = Cost::steps(1 + length_of(schema, "enum") / PER_STEP);
        cost.steps += if pattern { BACKTRACKING } else { 0 };
        for part in parts(schema) {
            cost.around(self.scalar(part, level + 1));
        }
        cost
    }

    fn container(&mut self, schema: &'d Value, value: &Value, level: usize) -> Cost {
        if let Some(reference) = reference(schema) {
            let Some(target) = self.document.target(reference) else {
                return Cost::STEP;
            };
            let pair = (std::ptr::from_ref(target), std::ptr::from_ref(value));
            if let Some(known) = self.containers.get(&pair).copied() {
                self.limit(level, known);
                return known;
            }
            self.containers.insert(pair, Cost::STEP);
            let mut cost = Cost::STEP;
            cost.around(self.value(target, value, level + 1));
            self.containers.insert(pair, cost);
            return cost;
        }
        let compared = ["required", "properties", "enum"].map(|keyword| length_of(schema, keyword));
        let compared: usize = compared.iter().sum();
        let mut cost = Cost::steps(1 + compared / PER_STEP);
        self.pay(cost.steps);
        for part in parts(schema) {
            cost.around(self.value(part, value, level + 1));
        }
        let properties = schema.get("properties");
        match value {
            Value::Object(members) => {
                let rest = schema.get("additionalProperties");
                if properties.is_some() || rest.is_some() {
                    self.pay(members.len() / PER_STEP);
                    for (name, member) in members {
                        let property = properties.and_then(|all| all.get(name)).or(rest);
                        if let Some(property) = property {
                            cost.around(self.value(property, member, level + 1));
                        }
                    }
                }
            }
            Value::Array(items) => {
                if let Some(each) = schema.get("items") {
                    for item in items {
                        cost.around(self.value(each, item, level + 1));
                    }
                }
            }
            _ => {}
        }
        cost
    }
}

/// How much a keyword lists.
fn length_of(schema: &Value, keyword: &str) -> usize {
    match schema.get(keyword) {
        Some(Value::Array(listed)) => listed.len(),
        Some(Value::Object(listed)) => listed.len(),
        _ => 0,
    }
}

/// The schemas that apply to the same value.
fn parts(schema: &Value) -> impl Iterator<Item = &Value> {
    let listed = ["allOf", "oneOf", "anyOf"].into_iter();
    let listed = listed.filter_map(move |keyword| schema.get(keyword)?.as_array());
    listed.flatten().chain(schema.get("not"))
}
