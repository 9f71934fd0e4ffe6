//! Whether a response holds the resource that was asked for (`x-identifies`).

use serde::Serialize;

use crate::deadline::Deadline;
use crate::decode::{self, Envelope};
use crate::error_body::without_bom;
use crate::json;
use crate::request::Argument;
use crate::slot::Decode;

/// A property, and the argument that it must be.
pub(crate) type Asked = (&'static str, Argument);

/// The property of a value that must be the argument.
pub(crate) struct Identity<T> {
    property: &'static str,
    argument: Argument,
    of_value: Box<dyn Fn(&T) -> Argument + Send + Sync>,
    of_json: fn(&str) -> Option<Argument>,
}

impl<T: 'static> Identity<T> {
    /// Both are compared as they are written once they are read: a UUID in capitals is the same.
    pub(crate) fn new<P: Decode + Serialize>(
        (property, argument): Asked,
        of: fn(&T) -> &P,
    ) -> Self {
        Self {
            property,
            argument,
            of_value: Box::new(move |value| Argument::of(of(value))),
            of_json: |json| {
                let property =
                    decode::decode::<P>(json.as_bytes(), Envelope::None, Deadline::NEVER);
                Some(Argument::of(&property.ok()?))
            },
        }
    }

    pub(crate) fn is_of(&self, value: &T) -> bool {
        (self.of_value)(value) == self.argument
    }

    /// Returns whether a body that does not fit says that it holds another resource. Where it
    /// doesn't say, it may be the right one.
    pub(crate) fn is_denied_by(&self, body: &[u8], envelope: Envelope) -> bool {
        let body = String::from_utf8_lossy(without_bom(body));
        let mut denied = false;
        let mut look_at = |name: Option<&str>, value: &str| {
            let is_property = name.and_then(json::unescape).as_deref() == Some(self.property);
            let found = is_property.then(|| (self.of_json)(value)).flatten();
            denied |= found.is_some_and(|found| found != self.argument);
            true
        };
        match envelope {
            Envelope::None => json::walk(&body, &mut look_at),
            Envelope::Data => json::walk(&body, &mut |name, value| {
                if name.and_then(json::unescape).as_deref() == Some("data") {
                    json::walk(value, &mut look_at);
                }
                true
            }),
        };
        denied
    }

    /// Returns where the property stands in a body.
    pub(crate) fn json_path(&self, envelope: Envelope) -> String {
        decode::path_of(self.property, envelope)
    }
}
