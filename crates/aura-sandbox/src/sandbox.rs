//! A sandbox that runs.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use aura_client::Client;

use crate::fault::Fault;
use crate::record::Recorded;
use crate::serve::{Api, Server};
use crate::{SandboxBuilder, SandboxError};

/// An Aura API on 127.0.0.1. It stops when it is dropped, and its connections end.
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
    pub(crate) organizations: Vec<(String, Vec<String>)>,
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

    /// Where it is, such as `http://127.0.0.1:41234`; no slash at the end.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Its address.
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// The key of the organization `sandbox`: `aura_pk_test_…`.
    pub fn api_key(&self) -> &str {
        &self.organizations[0].1[0]
    }

    /// A client with that key and the default options; all of them share one pool of connections.
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// Each organization's name and keys: `sandbox` first, then in the order given.
    pub fn organizations(&self) -> impl Iterator<Item = (&str, &[String])> {
        let all = self.organizations.iter();
        all.map(|(name, keys)| (name.as_str(), keys.as_slice()))
    }

    /// Adds a fault, after those that are there.
    pub fn inject(&self, fault: Fault) {
        self.api.faults().inject(fault);
    }

    /// Takes all faults away.
    pub fn clear_faults(&self) {
        self.api.faults().clear();
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
