//! What the contract says of the response to a call.

use aura_client::Error;
use aura_contract::{Answer, Operation};

use super::body::is_plain_json;

/// What is expected in response.
#[derive(Debug, PartialEq)]
pub struct Expected {
    /// The code of a 404 that says that there is no such thing.
    pub not_found: Option<String>,
    /// The media types to ask for; `None` if there is nothing but plain JSON.
    pub media_types: Option<String>,
    /// The statuses of redirects that are successes.
    pub redirects: Vec<aura_contract::Status>,
}

impl Expected {
    /// What is expected of a request that the contract doesn't know: anything.
    pub fn anything() -> Self {
        Self {
            not_found: None,
            media_types: Some("application/json, */*;q=0.9".to_owned()),
            redirects: Vec::new(),
        }
    }

    pub fn of(operation: &Operation) -> Self {
        let successes: Vec<&Answer> = operation.successes().collect();
        let contents = successes.iter().flat_map(|success| &success.contents);
        let mut media_types: Vec<&str> = Vec::new();
        for content in contents {
            let name = content.media_type.trim();
            if !media_types.contains(&name) {
                media_types.push(name);
            }
        }
        let is_json = media_types.iter().all(|name| is_plain_json(name));
        Self {
            not_found: operation.not_found().map(str::to_owned),
            media_types: (!is_json).then(|| media_types.join(", ")),
            redirects: successes.iter().map(|success| success.status).collect(),
        }
    }

    /// Whether an error is a redirect that the contract describes as a success.
    pub fn is_success(&self, error: &Error) -> bool {
        let Some(status) = error.status().filter(|status| status.is_redirection()) else {
            return false;
        };
        let code = status.as_u16();
        self.redirects.iter().any(|known| match known {
            aura_contract::Status::Code(known) => *known == code,
            aura_contract::Status::Class(class) => *class == code / 100,
            aura_contract::Status::Default => false,
        })
    }
}
