//! Values of the contract as expressions of Rust.

use proc_macro2::TokenStream;
use quote::quote;

use openapi_document::security::Scheme;

/// A text that may be absent, as an `Option<&str>`.
pub(crate) fn optional(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}

/// A security scheme, as the client's runtime takes it.
pub(crate) fn scheme(scheme: &Scheme) -> TokenStream {
    match scheme {
        Scheme::None => quote!(Scheme::None),
        Scheme::Bearer => quote!(Scheme::Bearer),
        Scheme::Basic => quote!(Scheme::Basic),
        Scheme::Header(name) => quote!(Scheme::Header(#name)),
        Scheme::Query(name) => quote!(Scheme::Query(#name)),
    }
}
