//! Phase 3, transform: the contract as people write it becomes the one that progenitor reads
//! well, and a plan of what the rewrite passes have to see to afterwards.
//!
//! Nothing is decided here about what is right or wrong: lint has done that.

pub mod answers;
mod arguments;
mod bodies;
mod by_status;
mod callbacks;
mod choices;
mod components;
pub mod compose;
mod distinct;
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

use serde_json::Value;

pub use arguments::{Argument, Location, arguments};
pub use bodies::{Body, Sent};
pub use by_status::{Holds, StatusCase};
pub use choices::Choice;
use draft::Draft;
pub use draft::{Named, drafted_path};
pub use plan::{
    Answer, Field, Identifier, Operation, OwnServer, Pagination, Parameter, Plan, Property,
    Respelled, Service,
};

use openapi_document::Contract;

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
    let choices = choices::take(&mut draft);
    let properties = properties::take(&mut draft);
    let mut plan = plan::plan(&local.document, &draft, properties);
    plan.choices = choices;
    plan.respelled = properties::respell(&mut draft, &plan.properties);
    Prepared {
        plan,
        document: draft.into_document(document),
    }
}

/// The schemas of a contract that become types, each under the name it will have, and where it
/// comes from. The contract may have mistakes.
pub fn types(document: &Value) -> Vec<Named> {
    let local = local::local(document, || named(document).names);
    let mut draft = named(&local.document);
    local.describe(&mut draft.names);
    draft.names
}

fn named(document: &Value) -> Draft {
    let mut draft = Draft::read(document);
    envelopes::forget(&mut draft);
    compose::compose(document, &mut draft);
    schemas::drop_constraints(&mut draft);
    components::respell(&mut draft);
    hoist::name_inline_schemas(&mut draft);
    by_status::show(&mut draft);
    draft
}
