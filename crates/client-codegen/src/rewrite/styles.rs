//! Steps of a call that write an argument, in the style that the contract asks for.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::transform::{Location, Parameter};
use openapi_document::parameter::Style;

/// The step for a parameter. Only a style that its place doesn't have by itself is written out.
pub(super) fn step(parameter: &Parameter, value: &TokenStream) -> TokenStream {
    let name = &parameter.name;
    let (step, usual) = match parameter.location {
        Location::Path => ("path", Style::Simple { explode: false }),
        Location::Query => ("query", Style::Form { explode: true }),
        Location::Header if parameter.idempotency_key => {
            return quote!(.idempotency_key(#name, #value));
        }
        Location::Header => ("header", Style::Simple { explode: false }),
    };
    let is_reserved = parameter.reserved && parameter.location == Location::Query;
    if parameter.style == usual && !is_reserved {
        let step = format_ident!("{step}");
        return quote!(.#step(#name, #value));
    }
    let step = format_ident!("{step}_{}", if is_reserved { "reserved" } else { "styled" });
    let style = style(parameter.style);
    quote!(.#step(#name, #value, #style))
}

/// A style as the client's runtime takes it.
pub(super) fn style(style: Style) -> TokenStream {
    match style {
        Style::Simple { explode } => quote!(crate::request::Style::Simple { explode: #explode }),
        Style::Label { explode } => quote!(crate::request::Style::Label { explode: #explode }),
        Style::Matrix { explode } => quote!(crate::request::Style::Matrix { explode: #explode }),
        Style::Form { explode } => quote!(crate::request::Style::Form { explode: #explode }),
        Style::SpaceDelimited => quote!(crate::request::Style::SpaceDelimited),
        Style::PipeDelimited => quote!(crate::request::Style::PipeDelimited),
        Style::DeepObject => quote!(crate::request::Style::DeepObject),
        Style::Json => quote!(crate::request::Style::Json),
    }
}
