//! Who may ask, and for which leads.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use aura_contract::Schema;
use bytes::Bytes;
use http::HeaderValue;

use crate::SandboxError;
use crate::leads::{Lead, Leads};
use crate::limits::{RateLimit, Standing, Window};
use crate::seed::{Given, Organization};

/// Organizations, their keys and their leads.
pub(crate) struct Store {
    organizations: Vec<Kept>,
    keys: HashMap<String, Caller>,
    pub(crate) leads: Leads,
}

struct Kept {
    name: String,
    keys: Vec<String>,
    windows: Mutex<Windows>,
}

struct Windows {
    organization: Window,
    keys: Vec<Window>,
}

/// Whose key a request has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    organization: usize,
    key: usize,
}

impl Caller {
    /// With the first key of the first organization.
    pub(crate) const DEFAULT: Self = Self {
        organization: 0,
        key: 0,
    };
}

impl Store {
    /// Leads must fit `schema`; `None` is a contract that knows no leads.
    pub(crate) fn new(
        organizations: Vec<Organization>,
        schema: Option<Schema>,
    ) -> Result<Self, SandboxError> {
        let mut store = Self {
            organizations: Vec::new(),
            keys: HashMap::new(),
            leads: Leads::new(schema),
        };
        let mut names = HashSet::new();
        for organization in organizations {
            if !names.insert(organization.name.clone()) {
                return Err(SandboxError::Organization {
                    name: organization.name,
                    problem: "there is another of this name".to_owned(),
                });
            }
            store.add(organization)?;
        }
        Ok(store)
    }

    fn add(&mut self, organization: Organization) -> Result<(), SandboxError> {
        let Organization { name, keys, leads } = organization;
        let refused = |problem: &str| SandboxError::Organization {
            name: name.clone(),
            problem: problem.to_owned(),
        };
        let number = self.organizations.len();
        for (index, key) in keys.iter().enumerate() {
            if !is_key(key) {
                return Err(refused(
                    "a key must be visible ASCII characters without a space",
                ));
            }
            let caller = Caller {
                organization: number,
                key: index,
            };
            if self.keys.insert(key.clone(), caller).is_some() {
                return Err(refused("a key is given twice, here or to another"));
            }
        }
        let windows = Windows {
            organization: Window::default(),
            keys: vec![Window::default(); keys.len()],
        };
        self.organizations.push(Kept {
            name,
            keys,
            windows: Mutex::new(windows),
        });
        for given in leads {
            self.add_lead(number, given)?;
        }
        Ok(())
    }

    fn add_lead(&mut self, organization: usize, given: Given) -> Result<(), SandboxError> {
        let Given { lead, label } = given;
        let rejected = |problem| SandboxError::Lead {
            lead: label.clone(),
            problem,
        };
        let id = self.leads.check(lead.as_bytes()).map_err(rejected)?;
        if let Some(other) = self.leads.get(&id) {
            let owner = &self.organizations[other.organization].name;
            return Err(rejected(format!("id: {owner:?} has a lead of this ID")));
        }
        let json = lead.into();
        self.leads.put(id, Lead { organization, json });
        Ok(())
    }

    /// Serves a lead: for this organization, else for the one that has a lead of its ID, else for
    /// the first. Returns the ID.
    pub(crate) fn put_lead(
        &self,
        organization: Option<&str>,
        json: Bytes,
    ) -> Result<String, SandboxError> {
        let id = self.leads.check(&json).map_err(SandboxError::lead)?;
        let organization = match organization {
            Some(name) => self.organization(name)?,
            None => self.leads.get(&id).map_or(0, |lead| lead.organization),
        };
        self.leads.put(id.clone(), Lead { organization, json });
        Ok(id)
    }

    fn organization(&self, name: &str) -> Result<usize, SandboxError> {
        let mut organizations = self.organizations.iter();
        let number = organizations.position(|known| known.name == name);
        number.ok_or_else(|| SandboxError::Organization {
            name: name.to_owned(),
            problem: "there is no such organization".to_owned(),
        })
    }

    pub(crate) fn caller(&self, key: &str) -> Option<Caller> {
        self.keys.get(key).copied()
    }

    /// The JSON of a lead, if it is the caller's; without a caller, whoever's it is.
    pub(crate) fn lead(&self, caller: Option<Caller>, id: &str) -> Option<Bytes> {
        let lead = self.leads.get(id)?;
        let may_see = caller.is_none_or(|caller| caller.organization == lead.organization);
        may_see.then_some(lead.json)
    }

    /// Each lead's ID and organization, in the order of IDs.
    #[cfg(feature = "control")]
    pub(crate) fn owners(&self) -> impl Iterator<Item = (String, &str)> {
        let owners = self.leads.owners().into_iter();
        owners.map(|(id, number)| (id, self.organizations[number].name.as_str()))
    }

    pub(crate) fn name(&self, caller: Caller) -> &str {
        &self.organizations[caller.organization].name
    }

    pub(crate) fn key(&self, caller: Caller) -> &str {
        &self.organizations[caller.organization].keys[caller.key]
    }

    /// Each organization's name and keys, as they were given.
    pub(crate) fn organizations(&self) -> impl Iterator<Item = (&str, &[String])> {
        let all = self.organizations.iter();
        all.map(|kept| (kept.name.as_str(), kept.keys.as_slice()))
    }

    /// Counts a request of the caller's.
    pub(crate) fn take(
        &self,
        caller: Caller,
        limit: &RateLimit,
        now: Duration,
    ) -> Result<Standing, Standing> {
        self.windows(caller, |windows| {
            let Windows { organization, keys } = windows;
            limit.take(&mut keys[caller.key], organization, now)
        })
    }

    pub(crate) fn standing(&self, caller: Caller, limit: &RateLimit, now: Duration) -> Standing {
        self.windows(caller, |windows| {
            limit.standing(windows.keys[caller.key], windows.organization, now)
        })
    }

    fn windows<T>(&self, caller: Caller, act: impl FnOnce(&mut Windows) -> T) -> T {
        let windows = &self.organizations[caller.organization].windows;
        // Counting cannot panic halfway.
        act(&mut windows.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Whether a request can carry it as it stands.
fn is_key(key: &str) -> bool {
    let visible = key.bytes().all(|byte| byte.is_ascii_graphic());
    !key.is_empty() && visible && HeaderValue::try_from(key).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use aura_contract::Contract;
    use serde_json::{Value, json};

    const ID: &str = "6f1f3d1c-2d8e-4c0a-9a55-3f4d5c1e2b7a";

    fn lead() -> Value {
        let time = "2026-01-17T08:00:00Z";
        json!({"id": ID, "status": "new", "created_at": time, "updated_at": time})
    }

    fn store(organizations: Vec<Organization>) -> Result<Store, String> {
        let schema = Contract::builtin().schema("Lead");
        Store::new(organizations, schema).map_err(|error| error.to_string())
    }

    #[test]
    fn a_lead_is_found_by_any_spelling_of_its_id_and_only_by_its_owner() {
        let acme = Organization::new("acme").api_key("a").lead_json(lead());
        let other = Organization::new("other").api_key("b");
        let store = store(vec![acme, other]).expect("valid");

        let (a, b) = (store.caller("a"), store.caller("b"));
        assert!(a.is_some() && b.is_some() && store.caller("c").is_none());
        assert!(store.lead(a, ID).is_some());
        assert!(store.lead(a, &ID.to_uppercase()).is_some());
        assert!(store.lead(b, ID).is_none());
    }

    #[test]
    fn what_cannot_be_served_is_told_without_values() {
        let acme = || Organization::new("acme").api_key("secret");
        let mut misfit = lead();
        misfit["email"] = json!(["secret"]);
        for (organizations, told) in [
            (
                vec![acme(), acme()],
                r#"organization "acme": there is another of this name"#,
            ),
            (
                vec![acme(), Organization::new("b").api_key("secret")],
                r#"organization "b": a key is given twice"#,
            ),
            (
                vec![Organization::new("b").api_key("secret key")],
                r#"organization "b": a key must be"#,
            ),
            (
                vec![Organization::new("b").api_key("")],
                r#"organization "b": a key must be"#,
            ),
            (
                vec![acme().lead_json(lead()).lead_json(lead())],
                r#"lead 2 of "acme": id: "acme" has a lead of this ID"#,
            ),
            (
                vec![
                    acme().lead_json(lead()),
                    Organization::new("b").lead_json(lead()),
                ],
                r#"lead 1 of "b": id: "acme" has a lead of this ID"#,
            ),
            (
                vec![acme().lead_json(misfit)],
                r#"lead 1 of "acme": email: "#,
            ),
            (
                vec![acme().lead_json(json!("secret"))],
                r#"lead 1 of "acme": "#,
            ),
        ] {
            let problem = store(organizations).err().expect(told);
            assert!(problem.starts_with(told), "{problem}");
            assert!(!problem.contains("secret"), "{problem}");
        }
    }
}
