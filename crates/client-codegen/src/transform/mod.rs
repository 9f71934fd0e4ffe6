//! Phase 3, transform: the contract as people write it becomes the one that progenitor reads
//! well, and a plan of what the rewrite passes have to see to afterwards.
//!
//! Nothing is decided here about what is right or wrong: lint has done that.

pub mod answers;
pub mod compose;
mod draft;
mod envelopes;
mod hoist;
mod local;
mod nullable;
mod objects;
mod plan;
mod properties;
pub mod schemas;
mod used;

use std::collections::HashSet;

use serde_json::Value;

use draft::Draft;
pub use draft::Named;
pub use plan::{
    Answer, Field, Identifier, Location, Operation, Parameter, Plan, Property, Service,
};

use openapi_document::{Contract, Pointer};

/// What progenitor is given, and what is to be done with its output.
#[derive(Debug)]
pub struct Prepared {
    /// An OpenAPI document of one success body an operation, its objects all named and open.
    pub document: Value,
    /// What the passes see to.
    pub plan: Plan,
}

/// Prepares a contract that lint has found in order.
pub fn transform(contract: &Contract) -> Prepared {
    let document = &contract.document;
    let local = local::local(document, || named(document).names);
    let mut draft = named(&local.document);
    nullable::move_to_references(&mut draft);
    nullable::drop_from_parameters(&mut draft);
    objects::open(&mut draft);
    nullable::make_optional_properties_nullable(&mut draft);
    let properties = properties::take(&mut draft);
    Prepared {
        plan: plan::plan(&local.document, &draft, properties),
        document: draft.into_document(document),
    }
}

/// What becomes a type.
pub struct Types {
    /// The schemas, each under the name it will have, and where it comes from.
    pub named: Vec<Named>,
    /// Where those stand that are only ever sent: nothing unknown is kept in them, unless the
    /// contract asks for it.
    pub sent_only: HashSet<Pointer>,
}

/// Names the types of a contract, which may have mistakes.
pub fn types(document: &Value) -> Types {
    let local = local::local(document, || named(document).names);
    let mut draft = named(&local.document);
    local.describe(&mut draft.names);
    let sent = objects::request_only(&draft);
    let only_sent = draft
        .names
        .iter()
        .filter(|named| sent.contains(&named.name));
    Types {
        sent_only: only_sent.map(|named| named.pointer.clone()).collect(),
        named: draft.names,
    }
}

fn named(document: &Value) -> Draft {
    let mut draft = Draft::read(document);
    envelopes::forget(&mut draft);
    compose::compose(document, &mut draft);
    schemas::drop_constraints(&mut draft);
    hoist::name_inline_schemas(&mut draft);
    draft
}
