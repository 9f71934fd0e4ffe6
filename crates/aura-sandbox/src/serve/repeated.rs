//! Calls that came before, by their idempotency keys: they are carried out once.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use aura_contract::Operation;
use http::StatusCode;

use super::answer::Answer;
use super::received::Received;
use super::refusal::Refusal;

/// How many calls are remembered, and how many bytes of keys and responses; the oldest go first.
const MOST_CALLS: usize = 1_000;
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// The calls with keys that went well.
#[derive(Default)]
pub(crate) struct Repeated(Mutex<Calls>);

#[derive(Default)]
struct Calls {
    oldest_first: VecDeque<(Key, Answer)>,
    bytes: usize,
}

/// The key of a call, and what it asks for.
pub(super) struct Key {
    organization: String,
    operation: String,
    text: Vec<u8>,
    request: u64,
}

impl Key {
    /// The key that a request has, if its operation knows one.
    pub(super) fn of(
        operation: &Operation,
        organization: &str,
        received: &Received,
    ) -> Option<Self> {
        let mut parameters = operation.parameters.iter();
        let parameter = parameters.find(|parameter| parameter.idempotency_key)?;
        let text = received.headers.get(&parameter.name)?.as_bytes();
        if received.method.is_safe() {
            return None;
        }
        let mut request = DefaultHasher::new();
        (&received.uri, &received.body).hash(&mut request);
        Some(Self {
            organization: organization.to_owned(),
            operation: operation.id.clone(),
            text: text.to_vec(),
            request: request.finish(),
        })
    }

    fn is_same(&self, other: &Self) -> bool {
        (&self.organization, &self.operation, &self.text)
            == (&other.organization, &other.operation, &other.text)
    }
}

impl Repeated {
    /// The response to a call that came before, or to another one with its key.
    pub(super) fn answer(&self, key: &Key) -> Option<Result<Answer, Refusal>> {
        let calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut calls = calls.oldest_first.iter();
        let (known, answer) = calls.find(|(known, _)| known.is_same(key))?;
        Some(match known.request == key.request {
            true => Ok(answer.clone()),
            false => Err(Refusal::saying(
                StatusCode::UNPROCESSABLE_ENTITY,
                "The idempotency key was used for another request",
            )),
        })
    }

    /// Remembers a call that went well.
    pub(super) fn note(&self, key: Key, answer: &Answer) {
        let mut calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        calls.bytes += size(&key, answer);
        calls.oldest_first.push_back((key, answer.clone()));
        while calls.oldest_first.len() > MOST_CALLS || calls.bytes > MOST_BYTES {
            let Some((key, answer)) = calls.oldest_first.pop_front() else {
                return;
            };
            calls.bytes -= size(&key, &answer);
        }
    }
}

fn size(key: &Key, answer: &Answer) -> usize {
    key.text.len() + answer.body.len()
}
