//! Where in the contract each piece of the generated API comes from.

use std::collections::HashMap;

use serde_json::Value;

use client_codegen::naming;
use client_codegen::transform::{self, arguments};
use openapi_document::operation::{self, Operation};
use openapi_document::schema::Schemas;
use openapi_document::{Contract, Pointer};

/// The origins of an API.
#[derive(Debug, Default)]
pub struct Origins {
    /// Of types, by their Rust names.
    pub types: HashMap<String, Pointer>,
    /// Of fields, by type and name on the wire.
    pub fields: HashMap<(String, String), Pointer>,
    /// Of methods: the operation.
    pub methods: HashMap<String, Pointer>,
    /// Of arguments, by method and name.
    pub arguments: HashMap<(String, String), Pointer>,
    /// Of the codes that mean "not found", by method: the response.
    pub not_found: HashMap<String, Pointer>,
    /// Of the arguments that a value repeats, by method: the parameter.
    pub identifiers: HashMap<String, Pointer>,
    /// The operations' ids by their places.
    pub ids: HashMap<Pointer, String>,
}

impl Origins {
    /// Finds them in a contract that can be generated, in the words of OpenAPI 3.0.
    pub fn of(contract: &Contract) -> Origins {
        let document = &contract.document;
        let mut origins = Origins::default();
        let schemas = Schemas::of(document);
        for named in transform::types(document) {
            let rust = naming::pascal(&named.name);
            for property in &schemas.at(&named.pointer).properties {
                let key = (rust.clone(), property.name.to_string());
                origins
                    .fields
                    .insert(key, property.slots[0].pointer.clone());
            }
            origins.types.insert(rust, named.pointer);
        }
        for operation in operation::operations(document) {
            origins.add(document, &operation);
        }
        origins.into_written(contract)
    }

    /// The same places in the document as it is written.
    fn into_written(mut self, contract: &Contract) -> Origins {
        let by_name = [
            &mut self.types,
            &mut self.methods,
            &mut self.not_found,
            &mut self.identifiers,
        ];
        let places = by_name.into_iter().flat_map(HashMap::values_mut);
        let members = [&mut self.fields, &mut self.arguments];
        for place in places.chain(members.into_iter().flat_map(HashMap::values_mut)) {
            *place = contract.place_as_written(place);
        }
        let ids = self.ids.into_iter();
        self.ids = ids
            .map(|(place, id)| (contract.place_as_written(&place), id))
            .collect();
        self
    }

    fn add(&mut self, document: &Value, operation: &Operation<'_>) {
        let id = operation.id();
        let at = operation.at.pointer.clone();
        let (method, params) = (naming::snake(id), naming::params(id));
        self.ids.insert(at.clone(), id.to_string());
        self.methods.insert(method.clone(), at.clone());
        self.methods.insert(naming::with_params(id), at.clone());
        if operation.pagination().is_some() {
            self.methods.insert(naming::stream(id), at.clone());
        }
        self.types.entry(params.clone()).or_insert(at.clone());
        if let Some(response) = operation.not_found_response(document) {
            self.not_found.insert(method.clone(), response.pointer);
        }
        if let Some((parameter, _)) = operation.identifier(document) {
            self.identifiers.insert(method.clone(), parameter.pointer);
        }
        let arguments = arguments(document, operation).into_iter();
        let parameters = arguments.filter_map(|argument| {
            let name = argument.rust_name();
            Some((name, argument.parameter?.pointer))
        });
        let body = operation
            .body(document)
            .map(|body| ("body".to_string(), body.pointer));
        for (name, pointer) in parameters.chain(body) {
            self.fields
                .insert((params.clone(), name.clone()), pointer.clone());
            self.arguments.insert((method.clone(), name), pointer);
        }
    }
}
