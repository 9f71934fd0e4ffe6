//! Hashes of schemas, to find which alternative of one contract is which of the other.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use openapi_document::Pointer;
use openapi_document::operation::Located;
use openapi_document::schema::{Additional, Schema, Schemas, Stated, Types, canonical};

use super::conditions::CONDITIONS;

/// So many levels are looked into. Two schemas that differ further in are taken for each other,
/// and the walk then finds the difference.
const DEPTH: u8 = 6;

/// The hashes of one document's schemas, each worked out once.
#[derive(Debug, Default)]
pub struct Fingerprints {
    known: RefCell<HashMap<(Pointer, usize, Types, u8), u64>>,
}

impl Fingerprints {
    /// Returns a hash of what a schema allows, without what only people read. References, the
    /// order of properties and the spelling of keywords change nothing.
    pub fn of(&self, schemas: &Schemas<'_>, schema: &Schema<'_>) -> u64 {
        self.at_depth(schemas, schema, DEPTH)
    }

    fn at_depth(&self, schemas: &Schemas<'_>, schema: &Schema<'_>, depth: u8) -> u64 {
        let key = (
            schema.home().clone(),
            schema.parts.len(),
            schema.types,
            depth,
        );
        if let Some(known) = self.known.borrow().get(&key) {
            return *known;
        }
        let mut hasher = DefaultHasher::new();
        self.hash(schemas, schema, depth, &mut hasher);
        let hash = hasher.finish();
        self.known.borrow_mut().insert(key, hash);
        hash
    }

    fn hash(
        &self,
        schemas: &Schemas<'_>,
        schema: &Schema<'_>,
        depth: u8,
        hasher: &mut DefaultHasher,
    ) {
        schema.types.hash(hasher);
        if let Some(values) = &schema.values {
            sorted(values.value.iter().map(|value| canonical(value))).hash(hasher);
        }
        schema
            .format
            .as_ref()
            .map(|format| format.value)
            .hash(hasher);
        limits(schema).hash(hasher);
        if schema.types.meets(Types::STRING) {
            sorted(schema.patterns.iter().map(|pattern| pattern.value)).hash(hasher);
        }
        sorted(schema.required.iter().map(|name| name.value)).hash(hasher);
        for key in ["readOnly", "writeOnly"] {
            schema.flag(key).hash(hasher);
        }
        for key in CONDITIONS {
            schema
                .stated(key)
                .map(|stated| canonical(stated.value))
                .hash(hasher);
        }
        let Some(depth) = depth.checked_sub(1) else {
            sorted(schema.properties.iter().map(|property| property.name)).hash(hasher);
            return;
        };
        let inner = |slots: &[Located<'_>]| -> Vec<u64> {
            let slots = slots.iter();
            slots
                .map(|slot| self.at_depth(schemas, &schemas.at(&slot.pointer), depth))
                .collect()
        };
        let properties = schema.properties.iter();
        sorted(properties.map(|property| (property.name, inner(&property.slots)))).hash(hasher);
        match &schema.additional {
            Additional::Open => 0_u8.hash(hasher),
            Additional::Closed(_) => 1_u8.hash(hasher),
            Additional::Of(slots) => inner(slots).hash(hasher),
        }
        inner(&schema.items).hash(hasher);
        for slots in [&schema.prefix_items, &schema.excluded] {
            inner(slots).hash(hasher);
        }
        for choice in &schema.choices {
            let branches = choice.branches.iter();
            sorted(branches.map(|branch| inner(std::slice::from_ref(branch)))).hash(hasher);
        }
    }
}

/// The limits of the types that the schema has.
fn limits(schema: &Schema<'_>) -> String {
    let limits = &schema.limits;
    let has = |types: Types| schema.types.meets(types);
    let bounds = [&limits.lower, &limits.upper].map(|bound| {
        let bound = bound.as_ref().filter(|_| has(Types::NUMBER));
        bound.map(|bound| bound.value)
    });
    let sizes = [
        (&limits.length, Types::STRING),
        (&limits.items, Types::ARRAY),
        (&limits.properties, Types::OBJECT),
    ];
    let sizes = sizes.map(|(size, types)| {
        let value = |size: &Option<Stated<u64>>| {
            size.as_ref().filter(|_| has(types)).map(|size| size.value)
        };
        (value(&size.min), value(&size.max))
    });
    let multiples = limits.multiples.iter().filter(|_| has(Types::NUMBER));
    let multiples = sorted(multiples.map(|multiple| multiple.value.to_string()));
    let unique = limits.unique.is_some() && has(Types::ARRAY);
    format!("{bounds:?} {sizes:?} {multiples:?} {unique}")
}

fn sorted<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values
}
