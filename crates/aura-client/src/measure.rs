//! Reading a body without a call around it, for the measurements in `benches/`.

use std::time::Duration;

use crate::deadline::Deadline;
use crate::decode::{self, DecodeError, Envelope};
use crate::{Decode, ErrorKind, Salvaged};

/// Reads a body as a call does. Fails with the kind of the call's error.
pub fn decode<T: Decode>(body: &[u8]) -> Result<T, ErrorKind> {
    let deadline = Deadline::after(Duration::from_secs(3600));
    decode::decode(body, Envelope::Data, deadline).map_err(|error| match error {
        DecodeError::ApiError => ErrorKind::Api,
        DecodeError::SchemaMismatch { .. } => ErrorKind::Decode,
        DecodeError::TooLarge => ErrorKind::BodyTooLarge,
        DecodeError::TimedOut => ErrorKind::Timeout,
    })
}

/// Reads what can be read of a body, as [`Error::salvage`](crate::Error::salvage) does.
pub fn salvage<T: Decode>(body: &[u8]) -> Option<Salvaged<T>> {
    decode::salvage(body, Envelope::Data)
}
