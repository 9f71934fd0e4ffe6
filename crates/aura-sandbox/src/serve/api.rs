//! What answers depend on, and what can be changed of it while the sandbox runs.

use std::sync::{Mutex, MutexGuard, PoisonError};

use aura_contract::{Contract, Scheme};
use bytes::Bytes;
use serde_json::Value;

use super::deleted::Deleted;
use super::endpoint::Endpoints;
use super::repeated::Repeated;
use super::target::HEALTH;
use crate::SandboxError;
use crate::clock::Clock;
use crate::fault::{Fault, Plan};
use crate::leads::{UNKNOWN, canonical};
use crate::limits::RateLimit;
use crate::record::Records;
use crate::store::Store;

/// How many faults there may be at once: each is looked at for each request.
const MAX_FAULTS: usize = 1_000;

/// Everything that an answer depends on.
pub(crate) struct Api {
    pub(crate) contract: Contract,
    /// The contract's security schemes, for requests that no operation is for.
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) endpoints: Endpoints,
    pub(crate) store: Store,
    pub(crate) deleted: Deleted,
    pub(crate) repeated: Repeated,
    pub(crate) limit: Option<RateLimit>,
    pub(crate) clock: Clock,
    pub(crate) faults: Mutex<Plan>,
    pub(crate) records: Records,
}

impl Api {
    pub(crate) fn faults(&self) -> MutexGuard<'_, Plan> {
        // Nothing panics with the lock held.
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Injects all of the faults, or none if there is something wrong with one.
    pub(crate) fn inject(&self, faults: Vec<Fault>) -> Result<(), SandboxError> {
        let operations = self.contract.operations().iter();
        let names = operations.map(|operation| operation.id.as_str());
        let names: Vec<&str> = names.chain([HEALTH]).collect();
        for fault in &faults {
            let checked = fault.check(&names);
            checked.map_err(|problem| SandboxError::Fault { problem })?;
        }
        let mut plan = self.faults();
        if plan.len() + faults.len() > MAX_FAULTS {
            let problem = format!("there would be more than {MAX_FAULTS} faults");
            return Err(SandboxError::Fault { problem });
        }
        for fault in faults {
            plan.inject(fault);
        }
        Ok(())
    }

    /// Serves a lead, as [`Store::put_lead`] says. If it was deleted, it no longer is.
    pub(crate) fn put_lead(
        &self,
        organization: Option<&str>,
        json: Bytes,
    ) -> Result<(), SandboxError> {
        let id = self.store.put_lead(organization, json)?;
        self.deleted.put_back(&id);
        Ok(())
    }

    pub(crate) fn update_lead(&self, id: &str, changes: &Value) -> Result<(), SandboxError> {
        let updated = match self.deleted.has_lead(&canonical(id)) {
            true => Err(UNKNOWN.to_owned()),
            false => self.store.leads.update(id, changes),
        };
        updated.map_err(SandboxError::lead)
    }

    /// Whether it was there until now.
    pub(crate) fn remove_lead(&self, id: &str) -> bool {
        self.store.leads.remove(id) && !self.deleted.has_lead(&canonical(id))
    }
}
