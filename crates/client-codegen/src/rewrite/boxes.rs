//! An optional field that leads back to its own struct: an `Option` of a box, like any other.

use syn::punctuated::Punctuated;
use syn::{Item, Meta, Token, parse_quote};

use super::{Generated, Unexpected, code, inside, inside_option};
use crate::transform::Plan;

/// Expects of a box of an `Option` that its `serde` attribute, if there is one, is a list. typify
/// writes such a box where a circle of types happens to be broken; absent would be sent as null.
pub(super) fn turn_out(generated: &mut Generated, _: &Plan) -> Result<(), Unexpected> {
    for item in &mut generated.types {
        let Item::Struct(item) = item else { continue };
        for field in &mut item.fields {
            let boxed = inside(&field.ty, "Box");
            let Some(value) = boxed.and_then(inside_option).cloned() else {
                continue;
            };
            field.ty = parse_quote!(::std::option::Option<::std::boxed::Box<#value>>);
            let is_serde = |attribute: &syn::Attribute| attribute.path().is_ident("serde");
            let mut keys = Punctuated::<Meta, Token![,]>::new();
            for attribute in field.attrs.extract_if(.., |attribute| is_serde(attribute)) {
                let told =
                    attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
                keys.extend(told.map_err(|_| {
                    Unexpected::in_item(&item.ident, "#[serde(…)]", code(&attribute))
                })?);
            }
            let says_default = |key: &Meta| key.path().is_ident("default");
            if keys.iter().any(says_default) {
                keys.push(parse_quote!(
                    skip_serializing_if = "::std::option::Option::is_none"
                ));
            }
            field.attrs.push(parse_quote!(#[serde(#keys)]));
        }
    }
    Ok(())
}
