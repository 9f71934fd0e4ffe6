//! What a request is for.

use aura_contract::{Argument, Contract, Operation, Route, Scheme};
use http::Method;

use super::endpoint::{Endpoint, Endpoints};
use crate::leads::canonical;

/// What faults and records call `/health`, which is no operation of the contract.
pub(crate) const HEALTH: &str = "health";
const HEALTH_PATH: &str = "/health";

pub(super) enum Target<'a> {
    Operation(&'a Endpoint, Vec<Argument>),
    Health,
    NotAllowed(Vec<Method>),
    Nothing,
}

/// Whether a path is the sandbox's: one that the contract spells out is the contract's.
pub(crate) fn is_ours(contract: &Contract, path: &str) -> bool {
    let mut operations = contract.operations().iter();
    operations.all(|operation| operation.path != path)
}

impl<'a> Target<'a> {
    pub(super) fn of(
        contract: &Contract,
        endpoints: &'a Endpoints,
        method: &Method,
        path: &str,
    ) -> Self {
        if path == HEALTH_PATH && is_ours(contract, HEALTH_PATH) {
            return match *method {
                Method::GET | Method::HEAD => Self::Health,
                _ => Self::NotAllowed(vec![Method::GET, Method::HEAD]),
            };
        }
        let mut allowed = match contract.route(method, path) {
            Route::Found {
                operation,
                arguments,
            } => {
                let endpoint = endpoints.get(&operation.id);
                return endpoint.map_or(Self::Nothing, |endpoint| {
                    Self::Operation(endpoint, arguments)
                });
            }
            Route::NotFound => return Self::Nothing,
            Route::MethodNotAllowed { allowed } => allowed,
        };
        // Whatever can be read can be asked for its head.
        if allowed.contains(&Method::GET) {
            if method == Method::HEAD {
                return Self::of(contract, endpoints, &Method::GET, path);
            }
            allowed.push(Method::HEAD);
        }
        Self::NotAllowed(allowed)
    }

    pub(super) fn operation(&self) -> Option<&'a Operation> {
        match self {
            Self::Operation(endpoint, _) => Some(&endpoint.operation),
            _ => None,
        }
    }

    pub(super) fn scheme(&self) -> &'a Scheme {
        self.operation()
            .map_or(&Scheme::None, |operation| &operation.security)
    }

    /// What faults and records know it by; what leads nowhere has no name.
    pub(super) fn name(&self) -> Option<&'a str> {
        match self {
            Self::Operation(endpoint, _) => Some(&endpoint.operation.id),
            Self::Health => Some(HEALTH),
            Self::NotAllowed(_) | Self::Nothing => None,
        }
    }

    /// The path as the contract has it.
    pub(super) fn template(&self) -> Option<&'a str> {
        match self {
            Self::Health => Some(HEALTH_PATH),
            _ => self.operation().map(|operation| operation.path.as_str()),
        }
    }

    /// The ID of the lead that the path leads to or through, spelled as all are.
    pub(super) fn lead(&self) -> Option<String> {
        match self {
            Self::Operation(endpoint, arguments) => {
                endpoint.lead_id(arguments).map(|id| canonical(&id))
            }
            _ => None,
        }
    }
}
