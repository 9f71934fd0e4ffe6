//! Values whose type the status of the response decides.

use serde::Serialize;

use crate::answer::Answer;
use crate::deadline::Deadline;
use crate::decode::Envelope;
use crate::identity::{Asked, Identity};
use crate::slot::Decode;
use crate::{Error, ErrorKind, Response};

/// An enum of the contract with a variant for each status of success.
#[allow(dead_code, reason = "whether there is one is up to the contract")]
pub(crate) trait ByStatus: Sized {
    /// Reads the variant of the response's status.
    fn read(success: Success) -> Result<Response<Self>, Error>;
}

/// A successful response that is not read yet.
#[allow(dead_code, reason = "whether there is one is up to the contract")]
pub(crate) struct Success {
    pub(crate) answer: Answer,
    /// What the value must repeat.
    pub(crate) asked: Option<Asked>,
    pub(crate) deadline: Deadline,
}

#[allow(dead_code, reason = "which variants exist is up to the contract")]
impl Success {
    pub(crate) fn status(&self) -> u16 {
        self.answer.status.as_u16()
    }

    /// Reads a variant that holds the whole body.
    pub(crate) fn whole<T: Decode, E>(self, variant: fn(T) -> E) -> Result<Response<E>, Error> {
        self.value(Envelope::None, None, variant)
    }

    /// Reads a variant that holds the body's `data`.
    pub(crate) fn data<T: Decode, E>(self, variant: fn(T) -> E) -> Result<Response<E>, Error> {
        self.value(Envelope::Data, None, variant)
    }

    /// As [`whole`](Self::whole), for a value that is to be compared with what was asked for.
    pub(crate) fn whole_identified<T: Decode, P: Decode + Serialize, E>(
        mut self,
        variant: fn(T) -> E,
        of: fn(&T) -> &P,
    ) -> Result<Response<E>, Error> {
        let identity = self.asked.take().map(|asked| Identity::new(asked, of));
        self.value(Envelope::None, identity, variant)
    }

    /// As [`data`](Self::data), for a value that is to be compared with what was asked for.
    pub(crate) fn data_identified<T: Decode, P: Decode + Serialize, E>(
        mut self,
        variant: fn(T) -> E,
        of: fn(&T) -> &P,
    ) -> Result<Response<E>, Error> {
        let identity = self.asked.take().map(|asked| Identity::new(asked, of));
        self.value(Envelope::Data, identity, variant)
    }

    fn value<T: Decode, E>(
        self,
        envelope: Envelope,
        identity: Option<Identity<T>>,
        variant: fn(T) -> E,
    ) -> Result<Response<E>, Error> {
        let response = super::read(self.answer, envelope, identity, self.deadline)?;
        Ok(response.map(variant))
    }

    /// Reads a variant that holds text.
    pub(crate) fn text<E>(self, variant: fn(String) -> E) -> Result<Response<E>, Error> {
        super::text(self.answer).map(|response| response.map(variant))
    }

    /// Makes a variant without a value, whatever the body holds.
    pub(crate) fn nothing<E>(self, variant: E) -> Result<Response<E>, Error> {
        super::nothing(self.answer).map(|response| response.map(|()| variant))
    }

    /// Reports a status of which the contract says nothing.
    pub(crate) fn undescribed<E>(self) -> Result<Response<E>, Error> {
        let message = "the contract describes no success of this status";
        Err(Error::of_answer(ErrorKind::Decode, message, self.answer))
    }
}

/// Makes an enum readable whose variants are those of statuses.
///
/// A line gives a status, how its body is read, and its variant, with the way to the property that
/// repeats an argument; `_` stands for any other status.
#[allow(unused_macros, reason = "whether there is one is up to the contract")]
macro_rules! by_status {
    ($type:ident {
        $($status:literal $how:ident $variant:ident $(. $field:tt)*,)*
        $(_ $other_how:ident $other:ident $(. $other_field:tt)*,)?
    }) => {
        impl crate::reading::ByStatus for $type {
            fn read(
                success: crate::reading::Success,
            ) -> ::std::result::Result<crate::Response<Self>, crate::Error> {
                match success.status() {
                    $($status => {
                        crate::reading::by_status!(@read success $how $variant $(. $field)*)
                    })*
                    _ => crate::reading::by_status!(
                        @read success $($other_how $other $(. $other_field)*)?
                    ),
                }
            }
        }
    };
    (@read $success:ident) => { $success.undescribed() };
    (@read $success:ident $how:ident $variant:ident) => { $success.$how(Self::$variant) };
    (@read $success:ident $how:ident $variant:ident $(. $field:tt)+) => {
        $success.$how(Self::$variant, |value| &value $(. $field)+)
    };
}

#[allow(unused_imports, reason = "whether there is one is up to the contract")]
pub(crate) use by_status;

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use bytes::Bytes;
    use http::{HeaderMap, StatusCode};

    use super::*;
    use crate::answer::Context;
    use crate::request::Argument;
    use crate::slot::object;

    #[derive(Debug, PartialEq)]
    struct Note {
        id: String,
    }

    object!(Note { required id "id", });

    #[derive(Debug, PartialEq)]
    enum Made {
        Status200(Note),
        Status201(i64),
        Status202(String),
        Status204,
    }

    by_status!(Made {
        200 whole_identified Status200.id,
        201 data Status201,
        202 text Status202,
        204 nothing Status204,
    });

    #[derive(Debug, PartialEq)]
    enum Ranged {
        Status200,
        Status2xx(i64),
    }

    by_status!(Ranged {
        200 nothing Status200,
        _ whole Status2xx,
    });

    fn success(status: u16, body: &'static [u8]) -> Success {
        Success {
            answer: Answer {
                context: Context {
                    operation: "create_note",
                    idempotent: false,
                    not_found: None,
                    redirects: false,
                },
                attempts: 1,
                status: StatusCode::from_u16(status).expect("a status"),
                headers: HeaderMap::new(),
                body: Bytes::from_static(body),
                received: SystemTime::UNIX_EPOCH,
            },
            asked: Some(("id", Argument::of("n1"))),
            deadline: Deadline::NEVER,
        }
    }

    #[test]
    fn the_status_decides_how_a_body_is_read() {
        let note = Note { id: "n1".into() };
        for (status, body, expected) in [
            (200, &br#"{"id":"n1"}"#[..], Made::Status200(note)),
            (201, br#"{"data":7,"success":true}"#, Made::Status201(7)),
            (202, b"[1,2]", Made::Status202("[1,2]".into())),
            (204, b"whatever", Made::Status204),
        ] {
            let made = Made::read(success(status, body)).expect("it fits");
            assert_eq!(*made, expected);
            assert_eq!(made.bytes(), body);
        }
        let ranged = Ranged::read(success(299, b"7")).expect("it fits");
        assert_eq!(*ranged, Ranged::Status2xx(7));
    }

    #[test]
    fn what_does_not_fit_its_status_is_an_error_that_keeps_the_body() {
        for (status, body, path) in [
            (200, &br#"{"id":"secret"}"#[..], Some("id")),
            (200, br#"{"id":7}"#, Some("id")),
            (201, br#"{"data":"secret"}"#, Some("data")),
            (202, b"secret\xff", None),
            (203, b"secret", None),
        ] {
            let error = Made::read(success(status, body)).expect_err("it does not fit");
            assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, path));
            assert_eq!(error.body().expect("kept"), body);
            assert!(
                !format!("{error} {error:?}").contains("secret"),
                "{error:?}"
            );
        }
        let refused = Made::read(success(204, br#"{"success":false}"#));
        assert_eq!(refused.expect_err("it says so").kind(), ErrorKind::Api);
    }

    #[test]
    fn text_is_not_shown() {
        let text = Made::read(success(202, b"secret")).expect("it fits");
        assert!(!format!("{text:?}").contains("secret"), "{text:?}");
    }
}
