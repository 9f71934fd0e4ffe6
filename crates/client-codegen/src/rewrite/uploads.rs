//! Request bodies: how methods take and send them. progenitor knows only those of a type.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Type, parse_quote};

use super::markdown::code_span;
use super::{optional, styles};
use crate::transform::{Body, Operation, Sent};

/// The argument of a body that progenitor doesn't know.
pub(super) fn argument(operation: &Operation) -> Option<(Ident, Type)> {
    let Body { required, sent, .. } = operation.body.as_ref()?;
    let ty = match (sent, required) {
        (Sent::Json { .. } | Sent::Form { .. }, _) => return None,
        (Sent::Text(_), true) => parse_quote!(&str),
        (Sent::Text(_), false) => parse_quote!(Option<&str>),
        (Sent::Multipart(_), true) => parse_quote!(crate::Multipart),
        (Sent::Multipart(_), false) => parse_quote!(Option<crate::Multipart>),
        (Sent::Binary { .. }, true) => parse_quote!(impl Into<crate::Upload>),
        (Sent::Binary { .. }, false) => parse_quote!(Option<crate::Upload>),
    };
    Some((parse_quote!(body), ty))
}

/// How the runtime is told of the body; `value` is the argument as a reference.
pub(super) fn step(body: &Body, value: &TokenStream) -> TokenStream {
    match (&body.sent, body.required) {
        (Sent::Json { media_type }, required) => {
            let media_type = media_type.iter().map(|text| quote!(.media_type(#text)));
            let media_type = quote!(#(#media_type)*);
            match required {
                true => quote!(.json(#value) #media_type),
                false => quote!(.optional_json(#value) #media_type),
            }
        }
        (Sent::Form { media_type, styles }, required) => {
            let media_type = media_type.iter().map(|text| quote!(.media_type(#text)));
            let styles = styles.iter().map(|(name, style)| {
                let style = styles::style(*style);
                quote!((#name, #style))
            });
            let step = format_ident!("{}", if required { "form" } else { "optional_form" });
            quote!(.#step(#value, &[#(#styles),*]) #(#media_type)*)
        }
        (Sent::Text(media_type), true) => quote!(.text(#value, #media_type)),
        (Sent::Text(media_type), false) => quote!(.text(body.as_deref(), #media_type)),
        (Sent::Multipart(_), true) => quote!(.upload(body, None)),
        (Sent::Multipart(_), false) => quote!(.optional_upload(body, None)),
        (Sent::Binary { media_type, .. }, required) => {
            let media_type = optional(media_type.as_deref());
            match required {
                true => quote!(.upload(body, #media_type)),
                false => quote!(.optional_upload(body, #media_type)),
            }
        }
    }
}

/// What the method's documentation says of a body: the contract's words, and its media type where
/// that is the caller's affair.
pub(super) fn about(body: &Body) -> Option<String> {
    let media_type = match &body.sent {
        Sent::Json { .. } | Sent::Form { .. } | Sent::Multipart(_) => None,
        Sent::Text(media_type) => Some(format!("Sent as {}.", code_span(media_type))),
        Sent::Binary {
            media_type: Some(media_type),
            written,
        } if written.len() == 1 => Some(format!("Sent as {}.", code_span(media_type))),
        Sent::Binary {
            media_type,
            written,
        } => {
            let listed: Vec<String> = written.iter().map(|text| code_span(text)).collect();
            let listed = listed.join(", ");
            Some(match media_type {
                Some(media_type) => {
                    let media_type = code_span(media_type);
                    format!(
                        "Sent as {media_type}, unless `Upload::content_type` says which of {listed} it is."
                    )
                }
                None => format!("`Upload::content_type` must say which of {listed} it is."),
            })
        }
    };
    let texts: Vec<String> = body
        .description
        .clone()
        .into_iter()
        .chain(media_type)
        .collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

/// The section on the parts of a form.
pub(super) fn parts(body: &Body) -> Option<String> {
    let Sent::Multipart(parts) = &body.sent else {
        return None;
    };
    let lines = parts.iter().map(|part| {
        let name = code_span(&part.name);
        let required = if part.required { ", required" } else { "" };
        let description = part.description.as_ref();
        let description = description.map(|text| format!(". {}", text.replace('\n', "\n  ")));
        format!(
            "- {name}: {}{required}{}",
            part.holds,
            description.unwrap_or_default()
        )
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| format!("# Parts of the body\n\n{}", lines.join("\n")))
}
