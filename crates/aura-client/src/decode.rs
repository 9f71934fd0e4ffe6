//! Reads the body of a successful answer, strictly: one field that does not fit fails it all.

mod envelope;
mod json_path;
mod mismatch;

use serde::de::DeserializeOwned;

use envelope::Envelope;
pub(crate) use mismatch::Mismatch;

/// The whole body as a value.
pub(crate) fn whole<T: DeserializeOwned>(body: &[u8]) -> Result<T, Mismatch> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let mut track = serde_path_to_error::Track::new();
    let read = T::deserialize(serde_path_to_error::Deserializer::new(
        &mut json, &mut track,
    ));
    read.and_then(|value| json.end().map(|()| value))
        .map_err(|error| Mismatch::explain(body, &track.path(), &error))
}

/// The value in the `data` of the body's envelope.
pub(crate) fn data<T: DeserializeOwned>(body: &[u8]) -> Result<T, Mismatch> {
    whole(body).map(|Envelope { data }| data)
}
