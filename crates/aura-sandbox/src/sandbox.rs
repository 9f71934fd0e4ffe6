//! A sandbox that runs.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use aura_client::Client;
use aura_client::types::Lead;
use aura_contract::Contract;
use serde_json::Value;

use crate::fault::Fault;
use crate::record::Recorded;
use crate::seed::typed;
use crate::serve::{Api, Server};
use crate::store::Caller;
use crate::{SandboxBuilder, SandboxError};

/// An Aura API on 127.0.0.1, or [wherever it should be](SandboxBuilder::host). It stops when it is dropped, and its connections end.
///
/// ```
/// use aura_sandbox::Sandbox;
/// use aura_client::uuid::uuid;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let sandbox = Sandbox::start().await?;
/// let id = uuid!("550e8400-e29b-41d4-a716-446655440000");
/// let lead = sandbox.client().get_lead(&id).await?;
/// assert_eq!(lead.status, "new");
/// assert_eq!(sandbox.requests()[0].operation(), Some("get_lead"));
/// # Ok(())
/// # }
/// ```
pub struct Sandbox {
    pub(crate) server: Server,
    pub(crate) api: Arc<Api>,
    pub(crate) base_url: String,
    pub(crate) client: Client,
}

impl Sandbox {
    /// Starts a sandbox on a free port, with one organization, one key, the lead that the contract
    /// shows, and the service's rate limits.
    ///
    /// # Errors
    ///
    /// If this machine has no free port.
    pub async fn start() -> Result<Self, SandboxError> {
        Self::builder().start().await
    }

    /// A builder, for other leads, organizations, limits or another port.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::new()
    }

    /// Where it is, such as `http://127.0.0.1:41234`; no slash at the end. A program on this machine
    /// can use it, also if the sandbox listens on `0.0.0.0` or `::`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// The contract that it serves.
    pub fn contract(&self) -> &Contract {
        &self.api.contract
    }

    /// The key of the organization `sandbox`: `aura_pk_test_…`.
    pub fn api_key(&self) -> &str {
        self.api.store.key(Caller::DEFAULT)
    }

    /// A client with that key and the default options; all of them share one pool of connections.
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// Each organization's name and keys: `sandbox` first, then in the order given.
    pub fn organizations(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.api.store.organizations()
    }

    /// Adds a fault, after those that are there.
    ///
    /// # Errors
    ///
    /// If it could not strike as it says: its operation is none of the contract's, which the error
    /// lists; its probability is not between 0 and 1; or it puts something into an answer that it
    /// does not send. A lead or a key need not exist.
    pub fn inject(&self, fault: Fault) -> Result<(), SandboxError> {
        self.api.inject(vec![fault])
    }

    /// Takes all faults away.
    pub fn clear_faults(&self) {
        self.api.faults().clear();
    }

    /// Serves a lead from now on. One of the same ID is replaced, and stays with its organization;
    /// a new one is for the organization `sandbox`. It is no longer deleted, if it was.
    ///
    /// # Errors
    ///
    /// If it does not fit the contract.
    pub fn put_lead(&self, lead: Lead) -> Result<(), SandboxError> {
        self.put_lead_json(typed(lead))
    }

    /// Serves a lead, as [`put_lead`](Self::put_lead) does, from JSON.
    ///
    /// # Errors
    ///
    /// If it does not fit the contract.
    pub fn put_lead_json(&self, lead: Value) -> Result<(), SandboxError> {
        self.api.put_lead(None, lead.to_string().into())
    }

    /// Serves a lead, as [`put_lead`](Self::put_lead) does, for this organization and no other.
    ///
    /// # Errors
    ///
    /// If it does not fit the contract, or there is no organization of this name.
    pub fn put_lead_json_for(&self, organization: &str, lead: Value) -> Result<(), SandboxError> {
        self.api
            .put_lead(Some(organization), lead.to_string().into())
    }

    /// Changes a lead, whichever organization's it is, by a JSON merge patch
    /// ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396)): members that are null are taken out,
    /// objects are changed member by member, and everything else is replaced. What is not named
    /// stays as it is written.
    ///
    /// # Errors
    ///
    /// If no lead has this ID, or the changed lead does not fit the contract or has another ID.
    /// Then nothing is changed.
    pub fn update_lead(&self, id: impl ToString, changes: Value) -> Result<(), SandboxError> {
        self.api.update_lead(&id.to_string(), &changes)
    }

    /// Removes a lead, whichever organization's it is; requests for it, and for what lies below it,
    /// are answered with 404. Returns whether it was there.
    pub fn remove_lead(&self, id: impl ToString) -> bool {
        self.api.remove_lead(&id.to_string())
    }

    /// The requests that came, in their order: the last 10,000, or fewer if they have more than
    /// 64 MiB. Those for the sandbox's own pages (`/docs`, `/openapi.json`, `/__sandbox`) are
    /// not among them.
    pub fn requests(&self) -> Vec<Recorded> {
        self.api.records.last()
    }

    /// How many requests came since the start or [`clear_requests`](Self::clear_requests), the
    /// forgotten ones included.
    pub fn request_count(&self) -> u64 {
        self.api.records.count()
    }

    /// Forgets the requests that came.
    pub fn clear_requests(&self) {
        self.api.records.clear();
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}
