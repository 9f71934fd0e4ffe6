//! Organizations and leads as they are given: from Rust, or in a file.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use aura_client::types::Lead;
use aura_contract::{Contract, Scheme};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::SandboxError;
use crate::json_error::without_values;

/// An organization: its name, its keys, its leads.
///
/// ```
/// use aura_sandbox::Organization;
/// use serde_json::json;
///
/// let acme = Organization::new("acme")
///     .api_key("aura_pk_test_acme")
///     .lead_json(json!({
///         "id": "6f1f3d1c-2d8e-4c0a-9a55-3f4d5c1e2b7a",
///         "status": "new",
///         "created_at": "2026-01-17T08:00:00Z",
///         "updated_at": "2026-01-17T08:00:00Z",
///     }));
/// ```
#[derive(Clone)]
#[must_use = "an organization does nothing until it is given to a builder"]
pub struct Organization {
    pub(crate) name: String,
    pub(crate) keys: Vec<String>,
    pub(crate) leads: Vec<Given>,
}

/// A lead, and how to tell people which one it is.
#[derive(Clone)]
pub(crate) struct Given {
    /// As JSON, the way it is written: a value would drop repeated keys and round numbers.
    pub(crate) lead: String,
    pub(crate) label: String,
}

impl Organization {
    /// An organization without leads, and with a key made up for it unless one is given.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            keys: Vec::new(),
            leads: Vec::new(),
        }
    }

    /// Adds a key. An organization can have several: each has a rate limit of its own. Where the
    /// contract asks for HTTP Basic, a key is `user:password`, and one without a colon is a user
    /// without a password.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.keys.push(key.into());
        self
    }

    /// With a key made up for it, if it has none, that the contract's security schemes can carry.
    pub(crate) fn or_made_up_key(mut self, contract: &Contract) -> Self {
        if self.keys.is_empty() {
            let schemes = contract.security_schemes();
            let has_users = schemes.iter().any(|(_, scheme)| *scheme == Scheme::Basic);
            let user = if has_users { "sandbox:" } else { "" };
            let secret = Uuid::new_v4();
            self.keys
                .push(format!("{user}aura_pk_test_{}", secret.simple()));
        }
        self
    }

    /// Adds a lead.
    pub fn lead(self, lead: Lead) -> Self {
        self.lead_json(typed(lead))
    }

    /// Adds a lead as JSON. It must fit the contract.
    pub fn lead_json(mut self, lead: Value) -> Self {
        let label = format!("lead {} of {:?}", self.leads.len() + 1, self.name);
        let lead = lead.to_string();
        self.leads.push(Given { lead, label });
        self
    }
}

impl fmt::Debug for Organization {
    /// Neither keys nor leads, only how many.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Organization")
            .field("name", &self.name)
            .field("keys", &self.keys.len())
            .field("leads", &self.leads.len())
            .finish()
    }
}

/// A typed lead always fits into JSON; if it ever did not, null would be refused as no lead.
pub(crate) fn typed(lead: Lead) -> Value {
    serde_json::to_value(lead).unwrap_or(Value::Null)
}

/// What a seed file holds.
#[derive(Default)]
pub(crate) struct Seed {
    pub(crate) organizations: Vec<Organization>,
    /// Leads of the default organization.
    pub(crate) leads: Vec<Given>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organizations<'t> {
    #[serde(borrow)]
    organizations: Vec<Listed<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed<'t> {
    name: String,
    api_key: Option<String>,
    #[serde(borrow, default)]
    leads: Vec<&'t RawValue>,
}

impl Seed {
    pub(crate) fn read(path: &Path) -> Result<Self, SandboxError> {
        let text = std::fs::read(path).map_err(|source| SandboxError::ReadFile {
            path: path.to_owned(),
            source,
        })?;
        let file = path.display().to_string();
        Self::parse(&text, &file).map_err(|problem| SandboxError::SeedFile {
            path: path.to_owned(),
            problem,
        })
    }

    /// An array of leads, leads one after the other (NDJSON), or an object with organizations.
    fn parse(text: &[u8], file: &str) -> Result<Self, String> {
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let values: Result<Vec<&RawValue>, _> = serde_json::Deserializer::from_slice(text)
            .into_iter()
            .collect();
        let values = values.map_err(|error| {
            let (line, column) = (error.line(), error.column());
            format!("not JSON, from line {line}, column {column}")
        })?;
        let leads = match values[..] {
            [only] if has_organizations(only) => return Self::of_organizations(text, file),
            // Only an array is a list of any JSON.
            [only] => serde_json::from_str(only.get()).unwrap_or(values),
            _ => values,
        };
        Ok(Self {
            organizations: Vec::new(),
            leads: labelled(&leads, file),
        })
    }

    fn of_organizations(text: &[u8], file: &str) -> Result<Self, String> {
        let Organizations { organizations } =
            serde_json::from_slice(text).map_err(|error| without_values(&error))?;
        let organizations = organizations.into_iter().map(|listed| Organization {
            leads: labelled(&listed.leads, &format!("{file}: {:?}", listed.name)),
            name: listed.name,
            keys: listed.api_key.into_iter().collect(),
        });
        Ok(Self {
            organizations: organizations.collect(),
            leads: Vec::new(),
        })
    }
}

fn has_organizations(value: &RawValue) -> bool {
    let members: Result<HashMap<String, IgnoredAny>, _> = serde_json::from_str(value.get());
    members.is_ok_and(|members| members.contains_key("organizations"))
}

fn labelled(leads: &[&RawValue], place: &str) -> Vec<Given> {
    let numbered = leads.iter().enumerate();
    numbered
        .map(|(index, lead)| Given {
            lead: lead.get().to_owned(),
            label: format!("{place}: lead {}", index + 1),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::lead_id;

    fn parse(text: &str) -> Result<Seed, String> {
        Seed::parse(text.as_bytes(), "f")
    }

    fn labels(leads: &[Given]) -> Vec<&str> {
        leads.iter().map(|given| given.label.as_str()).collect()
    }

    #[test]
    fn a_key_is_made_up_where_none_is_given() {
        let made_up = |schemes: Value| {
            let components = serde_json::json!({ "securitySchemes": schemes });
            let contract = serde_json::json!({ "openapi": "3.0.3", "components": components });
            let contract = Contract::from_json(&contract.to_string()).expect("it is a contract");
            let acme = Organization::new("acme").or_made_up_key(&contract);
            assert_eq!(acme.clone().or_made_up_key(&contract).keys, acme.keys);
            acme.keys[0].clone()
        };
        let token = made_up(serde_json::json!({}));
        assert!(token.starts_with("aura_pk_test_") && token.len() > 40);
        let password =
            made_up(serde_json::json!({ "basic": { "type": "http", "scheme": "basic" } }));
        assert!(password.starts_with("sandbox:aura_pk_test_"));
    }

    #[test]
    fn leads_come_as_an_array_or_one_after_the_other() {
        for text in [
            r#"[{"id": 1}, {"id": 2}]"#,
            "{\"id\": 1}\n{\"id\": 2}\n",
            "\u{feff}{\"id\":\n 1}\r\n\r\n{\"id\": 2}",
        ] {
            let seed = parse(text).expect(text);
            assert_eq!(labels(&seed.leads), ["f: lead 1", "f: lead 2"]);
            assert_eq!(seed.leads[1].lead, r#"{"id": 2}"#);
        }
        assert!(parse("").expect("none").leads.is_empty());
        assert_eq!(parse(r#"{"id": 1}"#).expect("one").leads.len(), 1);
    }

    #[test]
    fn leads_are_kept_as_they_are_written() {
        for lead in [
            r#"{"id":"7", "a": 12345.0, "a": 1e999, "b": "\ud800"}"#.to_owned(),
            format!(r#"{{"id":"7","a":{}{}}}"#, "[".repeat(200), "]".repeat(200)),
        ] {
            for text in [
                lead.clone(),
                format!("[ {lead} ]"),
                format!(r#"{{"organizations": [{{"name": "a", "leads": [{lead}]}}]}}"#),
            ] {
                let mut seed = parse(&text).expect(&text);
                let listed = seed.organizations.pop().map(|acme| acme.leads);
                let leads = listed.unwrap_or(seed.leads);
                assert_eq!(leads[0].lead, lead);
                assert_eq!(lead_id(leads[0].lead.as_bytes()).as_deref(), Some("7"));
            }
        }
    }

    #[test]
    fn organizations_have_names_keys_and_leads() {
        let text =
            r#"{"organizations": [{"name": "a", "api_key": "k", "leads": [{}]}, {"name": "b"}]}"#;
        let seed = parse(text).expect("valid");

        let [a, b] = &seed.organizations[..] else {
            panic!("two organizations");
        };
        assert_eq!((a.name.as_str(), &a.keys[..]), ("a", &["k".to_owned()][..]));
        assert_eq!(labels(&a.leads), ["f: \"a\": lead 1"]);
        assert_eq!((b.keys.len(), b.leads.len()), (0, 0));
    }

    #[test]
    fn what_is_wrong_is_told_without_values() {
        for (text, told) in [
            ("[{\"id\": 1}\n secret", "not JSON, from line 2"),
            (
                r#"{"organizations": [{"api_key": "secret"}]}"#,
                "missing field `name`",
            ),
            (
                r#"{"organizations": [{"name": "a", "lead": "secret"}]}"#,
                "unknown field `lead`",
            ),
            (
                r#"{"organizations": "secret"}"#,
                "invalid type, expected a sequence at line 1",
            ),
            (
                r#"{"organizations": [{"name": "secret", "name": "secret"}]}"#,
                "duplicate field `name`",
            ),
        ] {
            let problem = parse(text).err().expect(text);
            assert!(problem.starts_with(told), "{problem}");
            assert!(!problem.contains("secret"), "{problem}");
        }
    }
}
