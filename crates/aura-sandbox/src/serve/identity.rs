//! Which resource an answer is about: the properties that `x-identifies` names.

use aura_contract::{Argument, Location, Operation, Parameter, Schema};
use bytes::Bytes;
use serde_json::Value;

use crate::fault::another_value;

/// The properties of an operation's success that are equal to parameters of its path.
#[derive(Default)]
pub(super) struct Identity {
    properties: Vec<Property>,
    /// Whether the success value is the body's `data`.
    is_enveloped: bool,
    body: Option<Schema>,
}

struct Property {
    name: String,
    schema: Schema,
    parameter: Parameter,
}

impl Identity {
    pub(super) fn of(operation: &Operation) -> Self {
        let content = operation.success().and_then(|answer| answer.json());
        let Some(body) = content.map(|content| &content.schema) else {
            return Self::default();
        };
        let data = body.enveloped();
        let value = data.as_ref().unwrap_or(body);
        let parameters = operation.parameters.iter();
        let properties = parameters.filter(|parameter| parameter.location == Location::Path);
        let properties = properties.filter_map(|parameter| {
            let name = parameter.identifies.clone()?;
            Some(Property {
                schema: value.property(&name)?,
                name,
                parameter: parameter.clone(),
            })
        });
        Self {
            properties: properties.collect(),
            is_enveloped: data.is_some(),
            body: Some(body.clone()),
        }
    }

    /// The body of the resource that was asked for; `None` if it would not fit the contract.
    pub(super) fn of_requested(&self, body: &Bytes, arguments: &[Argument]) -> Option<Bytes> {
        let body = self.replace(body, arguments, |_, requested| Some(requested))?;
        let schema = self.body.as_ref()?;
        schema
            .check(&body)
            .is_empty()
            .then(|| body.to_string().into())
    }

    /// The body of another resource than was asked for; `None` if there is no telling them apart.
    pub(super) fn of_another(&self, body: &Bytes, arguments: &[Argument]) -> Option<Bytes> {
        let another = |property: &Property, requested| another_value(&property.schema, &requested);
        let body = self.replace(body, arguments, another)?;
        Some(body.to_string().into())
    }

    /// Replaces the properties by what is made of the values asked for.
    fn replace(
        &self,
        body: &Bytes,
        arguments: &[Argument],
        make: impl Fn(&Property, Value) -> Option<Value>,
    ) -> Option<Value> {
        if self.properties.is_empty() {
            return None;
        }
        let mut body: Value = serde_json::from_slice(body).ok()?;
        let value = match self.is_enveloped {
            true => body.get_mut("data")?,
            false => &mut body,
        };
        let members = value.as_object_mut()?;
        for property in &self.properties {
            if let Some(made) = property
                .requested(arguments)
                .and_then(|requested| make(property, requested))
            {
                members.insert(property.name.clone(), made);
            }
        }
        Some(body)
    }
}

impl Property {
    fn requested(&self, arguments: &[Argument]) -> Option<Value> {
        self.parameter.value_in(arguments)
    }
}
