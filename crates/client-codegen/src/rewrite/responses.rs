//! What a method returns, and the step of its call that sends the request and reads the response.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Type, parse_quote};

use super::calls::borrowed;
use super::field_path::field_path;
use super::{Generated, Unexpected, code};
use crate::transform::{Answer, Identifier, Operation};

/// The type of a success; `value` is the one that progenitor gives the body.
pub(super) fn output(operation: &Operation, value: &Type) -> Type {
    match operation.answer {
        Answer::File => parse_quote!(crate::Download),
        Answer::Text => parse_quote!(Response<::std::string::String>),
        _ => parse_quote!(Response<#value>),
    }
}

/// Whether progenitor is shown a body.
pub(super) fn has_value(operation: &Operation) -> bool {
    match operation.answer {
        Answer::Whole | Answer::Data | Answer::ByStatus { .. } => true,
        Answer::Nothing | Answer::Redirect | Answer::Text | Answer::File => false,
    }
}

/// The steps that ask for the response and read it.
pub(super) fn steps(
    operation: &Operation,
    arguments: &[(Ident, Type)],
    value: &Type,
    generated: &Generated,
) -> Result<TokenStream, Unexpected> {
    let accept = operation.accept.iter();
    let send = send(operation, arguments, value, generated)?;
    Ok(quote!(#(.accept(#accept))* .#send))
}

/// The step that sends the request and reads the response, which it compares with what was asked
/// for if the contract says how.
fn send(
    operation: &Operation,
    arguments: &[(Ident, Type)],
    value: &Type,
    generated: &Generated,
) -> Result<TokenStream, Unexpected> {
    let (plain, comparing) = match &operation.answer {
        Answer::Nothing => return Ok(quote!(send_empty())),
        Answer::Redirect => return Ok(quote!(send_redirect())),
        Answer::Text => return Ok(quote!(send_text())),
        Answer::File => return Ok(quote!(download())),
        Answer::Whole => ("send", "send_identified"),
        Answer::Data => ("send_data", "send_data_identified"),
        Answer::ByStatus { .. } => ("send_by_status", "send_by_status_identified"),
    };
    let plain = format_ident!("{plain}");
    let Some(Identifier { argument, property }) = &operation.identifier else {
        return Ok(quote!(#plain()));
    };
    let comparing = format_ident!("{comparing}");
    let argument = borrowed(argument, arguments, true);
    if let Answer::ByStatus { .. } = &operation.answer {
        return Ok(quote!(#comparing(#property, #argument)));
    }
    let field = field_path(generated, value, property).ok_or_else(|| {
        Unexpected::in_operation(
            &operation.rust_name,
            format!("a field for `{property}`"),
            code(value),
        )
    })?;
    Ok(quote!(#comparing(#property, #argument, |value: &#value| &value #field)))
}
