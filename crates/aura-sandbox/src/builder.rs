//! What a sandbox is made of.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use aura_client::Client;
use aura_client::types::Lead;
use aura_contract::Contract;
use serde_json::Value;

use crate::clock::Clock;
use crate::fault::Plan;
use crate::leads::lead_id;
use crate::limits::RateLimit;
use crate::record::Records;
use crate::router::router;
use crate::secrets::Secrets;
use crate::seed::{Given, Organization, Seed, typed};
use crate::serve::{Api, Deleted, Endpoints, Repeated, Server, example_lead, lead_schema};
use crate::store::{Caller, Store};
use crate::{Sandbox, SandboxError};

/// The name of the organization that is there in any case.
const DEFAULT: &str = "sandbox";

/// Settings for a [`Sandbox`], from [`Sandbox::builder`].
///
/// ```
/// use aura_sandbox::{Organization, RateLimit, Sandbox};
/// use serde_json::json;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), aura_sandbox::SandboxError> {
/// let time = "2026-01-17T08:00:00Z";
/// let sandbox = Sandbox::builder()
///     .lead_json(json!({
///         "id": "6f1f3d1c-2d8e-4c0a-9a55-3f4d5c1e2b7a",
///         "status": "qualified",
///         "created_at": time,
///         "updated_at": time,
///     }))
///     .organization(Organization::new("acme").api_key("aura_pk_test_acme"))
///     .rate_limit(RateLimit::per_minute(5))
///     .start()
///     .await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `start` is called"]
pub struct SandboxBuilder {
    host: IpAddr,
    port: u16,
    contract: Contract,
    limit: Option<RateLimit>,
    seed: Option<u64>,
    default: Organization,
    organizations: Vec<Organization>,
    files: Vec<PathBuf>,
}

impl SandboxBuilder {
    pub(crate) fn new() -> Self {
        Self {
            host: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            contract: Contract::builtin(),
            limit: Some(RateLimit::default()),
            seed: None,
            default: Organization::new(DEFAULT),
            organizations: Vec::new(),
            files: Vec::new(),
        }
    }

    /// The address to listen on, 127.0.0.1 unless set. With `0.0.0.0` or `::` that is any of this
    /// machine's, as a container needs it.
    ///
    /// Anyone who can reach an address that is no loopback can use the sandbox, and can read its
    /// keys, its leads and the requests that came. Its own pages (`/docs`, `/openapi.json`,
    /// `/__sandbox`) take requests to IP addresses, to names without a dot, such as that of a
    /// service in a compose file, and to those below `internal`: no page on the web can have these
    /// names.
    pub fn host(mut self, address: impl Into<IpAddr>) -> Self {
        self.host = address.into();
        self
    }

    /// The port; 0, which is the default, takes any that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The key of the organization `sandbox`, which [`Sandbox::api_key`] gives; made up unless
    /// set. Where the contract asks for HTTP Basic, it is `user:password`.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.default.keys = vec![key.into()];
        self
    }

    /// Adds a lead to the organization `sandbox`, whose key [`Sandbox::api_key`] gives.
    pub fn lead(self, lead: Lead) -> Self {
        self.lead_json(typed(lead))
    }

    /// Adds a lead as JSON, as [`lead`](Self::lead) does. It must fit the contract.
    pub fn lead_json(mut self, lead: Value) -> Self {
        self.default = self.default.lead_json(lead);
        self
    }

    /// Adds leads as JSON, as [`lead`](Self::lead) does. They must fit the contract.
    pub fn leads_json(self, leads: impl IntoIterator<Item = Value>) -> Self {
        leads.into_iter().fold(self, Self::lead_json)
    }

    /// Adds what a file holds, which is read by [`start`](Self::start): an array of leads or
    /// leads one after the other (NDJSON), for the organization `sandbox`; or organizations:
    ///
    /// ```json
    /// {"organizations": [{"name": "acme", "api_key": "aura_pk_test_acme", "leads": []}]}
    /// ```
    pub fn seed_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.files.push(path.into());
        self
    }

    /// Adds an organization, with keys and leads of its own.
    pub fn organization(mut self, organization: Organization) -> Self {
        self.organizations.push(organization);
        self
    }

    /// Other rate limits than the service's.
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.limit = Some(limit);
        self
    }

    /// No rate limits. Answers have no `X-RateLimit` headers then.
    pub fn no_rate_limit(mut self) -> Self {
        self.limit = None;
        self
    }

    /// Serves another contract than the one that this crate was built with.
    pub fn contract(mut self, contract: Contract) -> Self {
        self.contract = contract;
        self
    }

    /// Where the chances of [`Fault::probability`](crate::Fault::probability) come from: the same
    /// number, the same chances. Without it they differ from start to start.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Starts the sandbox. It needs a running tokio runtime, as its client does.
    ///
    /// # Errors
    ///
    /// If the port is taken, a seed file cannot be read, a lead does not fit the contract, or IDs,
    /// keys or names of organizations are given twice.
    pub async fn start(mut self) -> Result<Sandbox, SandboxError> {
        self.read_files()?;
        self.add_example();
        let schema = lead_schema(&self.contract);
        let organizations = std::iter::once(self.default).chain(self.organizations);
        let organizations = organizations.map(|each| each.or_made_up_key(&self.contract));
        let store = Store::new(organizations.collect(), schema)?;

        let address = SocketAddr::new(self.host, self.port);
        let (listener, address) = Server::bind(address)
            .await
            .map_err(|source| SandboxError::Listen { address, source })?;
        let host = reachable_host(address.ip());
        let base_url = format!("http://{host}:{}", address.port());
        let client = Client::builder()
            .api_key(store.key(Caller::DEFAULT))
            .base_url(&base_url)
            .allow_http(host)
            .build()
            .map_err(SandboxError::Client)?;

        let schemes = self.contract.security_schemes().into_iter();
        let api = Arc::new(Api {
            schemes: schemes.map(|(_, scheme)| scheme).collect(),
            endpoints: Endpoints::new(&self.contract),
            store,
            deleted: Deleted::default(),
            repeated: Repeated::default(),
            limit: self.limit,
            clock: Clock::start(),
            faults: Mutex::new(Plan::new(self.seed.unwrap_or_else(|| fastrand::u64(..)))),
            records: Records::new(Secrets::of(&self.contract)),
            contract: self.contract,
        });
        let router = router(Arc::clone(&api), address.ip());
        let server = Server::serve(listener, address, router);
        Ok(Sandbox {
            server,
            api,
            base_url,
            client,
        })
    }

    fn read_files(&mut self) -> Result<(), SandboxError> {
        for path in std::mem::take(&mut self.files) {
            let Seed {
                organizations,
                leads,
            } = Seed::read(&path)?;
            self.organizations.extend(organizations);
            self.default.leads.extend(leads);
        }
        Ok(())
    }

    /// Adds the lead that the contract shows, unless one of its ID is given.
    fn add_example(&mut self) {
        let Some(lead) = example_lead(&self.contract) else {
            return;
        };
        let example = Given {
            lead: lead.to_string(),
            label: "the contract's own lead".to_owned(),
        };
        let id = |given: &Given| lead_id(given.lead.as_bytes());
        let own = id(&example);
        let has_it = |organization: &Organization| {
            let mut given = organization.leads.iter();
            given.any(|given| id(given) == own)
        };
        if !has_it(&self.default) && !self.organizations.iter().any(has_it) {
            self.default.leads.push(example);
        }
    }
}

/// The host of a URL under which a program on this machine reaches an address.
fn reachable_host(address: IpAddr) -> String {
    match address {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.to_string(),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => format!("[{}]", Ipv6Addr::LOCALHOST),
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}
