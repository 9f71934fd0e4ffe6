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
            ) -> Result<crate::Response<Self>, crate::Error> {
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
