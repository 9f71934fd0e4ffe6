//! Without the feature nothing is told, and nothing is compiled in for it.

use std::time::Duration;

use http::Method;
use url::Url;

use crate::answer::Context;
use crate::{Error, Response};

pub(crate) struct CallTrace;

impl CallTrace {
    pub(crate) fn begin(_: Context, _: &Method, _: Option<&'static str>, _: &Url) -> Self {
        Self
    }

    pub(crate) fn around<F: Future>(&self, call: F) -> F {
        call
    }

    pub(crate) fn end<T>(&self, _: &Result<Response<T>, Error>) {}
}

pub(crate) fn retry(_: &Error, _: Duration) {}
