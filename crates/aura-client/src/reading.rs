//! Where reading meets errors: what the readers find becomes a [`Response`] or an [`Error`].

mod by_status;

use std::any::TypeId;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::answer::Answer;
use crate::deadline::Deadline;
use crate::decode::{self, DecodeError, Envelope};
use crate::error::ReadAs;
use crate::identity::Identity;
use crate::slot::Decode;
use crate::{Error, ErrorKind, Extra, Json, Response, Salvaged};

#[allow(unused_imports, reason = "whether there is one is up to the contract")]
pub(crate) use by_status::{ByStatus, Success, by_status};

/// Makes the answer a response with the value that its body holds, if that is the one that was
/// asked for.
pub(crate) fn read<T: Decode>(
    answer: Answer,
    envelope: Envelope,
    identity: Option<Identity<T>>,
    deadline: Deadline,
) -> Result<Response<T>, Error> {
    let decoded = decode::decode(&answer.body, envelope, deadline);
    if let Some(identity) = identity {
        let is_another = match &decoded {
            Ok(value) => !identity.is_of(value),
            Err(DecodeError::SchemaMismatch {
                json_path: Some(_), ..
            }) => identity.is_denied_by(&answer.body, envelope),
            Err(_) => false,
        };
        if is_another {
            return Err(another_resource(answer, identity.json_path(envelope)));
        }
    }
    let error = match decoded {
        Ok(value) => return Ok(Response::new(value, answer)),
        Err(error) => error,
    };
    let read_as = ReadAs {
        envelope,
        value: TypeId::of::<T>(),
    };
    Err(failed(answer, read_as, error))
}

/// Makes the answer a response without a value, whatever its body holds.
pub(crate) fn nothing(answer: Answer) -> Result<Response<()>, Error> {
    match decode::refuses(&answer.body) {
        true => Err(refused(answer)),
        false => Ok(Response::new((), answer)),
    }
}

/// Makes the answer a response with its body as text, which `Debug` doesn't show: nothing is known
/// about what stands in it.
pub(crate) fn text(answer: Answer) -> Result<Response<String>, Error> {
    match str::from_utf8(&answer.body) {
        Ok(text) => Ok(Response::new(text.to_owned(), answer).hidden()),
        Err(_) => {
            let message = "the response is not text: it is not UTF-8";
            Err(Error::of_answer(ErrorKind::Decode, message, answer))
        }
    }
}

/// There is nothing to salvage: what came is none of the caller's business.
fn another_resource(answer: Answer, json_path: String) -> Error {
    let message = format!("{json_path}: the response holds another resource than was asked for");
    Error::of_answer(ErrorKind::Decode, message, answer).at_path(&json_path)
}

fn failed(answer: Answer, read_as: ReadAs, error: DecodeError) -> Error {
    match error {
        DecodeError::ApiError => refused(answer),
        DecodeError::SchemaMismatch { json_path, message } => {
            Error::of_answer(ErrorKind::Decode, message, answer).in_body(read_as, json_path)
        }
        DecodeError::TooLarge => {
            let message = "the response's value takes far more memory than its text";
            Error::of_answer(ErrorKind::BodyTooLarge, message, answer)
        }
        DecodeError::TimedOut => {
            let message = "the response came, but was not read in time (timeout)";
            Error::of_answer(ErrorKind::Timeout, message, answer)
        }
    }
}

/// A status that says success, over a body that says `success: false`.
pub(crate) fn refused(answer: Answer) -> Error {
    let message = format!(
        "the API answered {}, but with `success: false`",
        answer.status
    );
    Error::of_answer(ErrorKind::Api, message, answer)
}

/// Reading a response that does not fit.
impl Error {
    /// Reads what can be read of a response that does not fit ([`ErrorKind::Decode`]): every field that
    /// fits, and a list of what does not.
    ///
    /// `T` is what the call would have given: [`Lead`](crate::types::Lead) for `get_lead`; where the
    /// status decides, what the variant of its status holds. Left out is the smallest thing that makes
    /// the rest readable: an optional field, or an element of a list. A value is never made up, so this is `None` if something required cannot be
    /// read, and if the body is not JSON. It is `None` for any other `T` too.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = aura_sandbox::Sandbox::start().await?;
    /// # let client = sandbox.client();
    /// # let id = aura_client::uuid::uuid!("550e8400-e29b-41d4-a716-446655440000");
    /// # sandbox.inject(aura_sandbox::Fault::drift("data.total_paid_cents", "12.50"))?;
    /// use aura_client::types::Lead;
    ///
    /// let lead: Lead = match client.get_lead(&id).await {
    ///     Ok(lead) => lead.into_inner(),
    ///     Err(error) => {
    ///         let Some(salvaged) = error.salvage::<Lead>() else { return Err(error.into()) };
    ///         for anomaly in &salvaged.anomalies {
    ///             eprintln!("{error}: left out {anomaly}");
    ///         }
    ///         salvaged.value
    ///     }
    /// };
    /// assert_eq!(lead.total_paid_cents, None);
    /// assert_eq!(lead.email.as_deref(), Some("john@example.com"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn salvage<T: Decode>(&self) -> Option<Salvaged<T>> {
        let ReadAs { envelope, value } = self.read_as()?;
        if value != TypeId::of::<T>() {
            return None;
        }
        decode::salvage(self.body()?, envelope)
    }
}

/// Typed reading.
impl Extra {
    /// Reads the value of a member, the last one of that name; `None` if there is none.
    ///
    /// # Errors
    ///
    /// [`Decode`](ErrorKind::Decode) if the value is no `T`. Like any error it quotes nothing.
    pub fn read<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Error> {
        self.get(name).map(read_json).transpose()
    }
}

/// Typed reading.
impl Json {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// [`Decode`](ErrorKind::Decode) if it is no `T`. Like any error it quotes nothing.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        read_json(self)
    }
}

// serde_json's own message would quote the value.
fn read_json<T: DeserializeOwned>(json: &RawValue) -> Result<T, Error> {
    let message = "the value is not of the type that it was read as";
    serde_json::from_str(json.get())
        .map_err(|_| Error::new(ErrorKind::Decode, message).at_path("*"))
}
