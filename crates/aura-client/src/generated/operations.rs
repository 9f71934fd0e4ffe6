// @generated from openapi.yaml by `cargo xtask codegen`. Do not edit by hand: edit openapi.yaml,
// run the command, review the diff, commit both.

//! The contract's operations as methods of the client.

use http::Method;
use uuid::Uuid;

use crate::call::Operation;
use crate::{Client, Error, Response, types};

/// The contract's operations.
impl Client {
    /// Get lead by ID
    ///
    /// Retrieve detailed information about a specific lead.
    pub async fn get_lead(&self, id: &Uuid) -> Result<Response<types::Lead>, Error> {
        self.call(Operation { id: "get_lead", method: Method::GET, path: "/v1/leads/{id}" })
            .path("id", id)
            .send_data()
            .await
    }
}
