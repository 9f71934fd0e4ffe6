//! `Debug` that shows no personal data: marked fields as `[redacted]`, of unknown ones the count.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Fields, Item, ItemStruct, parse_quote};

use super::{Generated, Unexpected, code, inside, inside_option, take_derive};
use crate::transform::Plan;

/// Expects every struct and every sensitive type to derive `Debug`, which is replaced.
pub(super) fn redact(generated: &mut Generated, plan: &Plan) -> Result<(), Unexpected> {
    let items = std::mem::take(&mut generated.types);
    for mut item in items {
        let debug = match &mut item {
            Item::Struct(item) => match &item.fields {
                Fields::Named(_) => Some(fields_shown(item, generated)),
                _ if plan.sensitive_types.contains(&item.ident.to_string()) => {
                    Some(nothing_shown(&item.ident))
                }
                Fields::Unnamed(_) | Fields::Unit => None,
            },
            Item::Enum(item) if plan.sensitive_types.contains(&item.ident.to_string()) => {
                Some(nothing_shown(&item.ident))
            }
            _ => None,
        };
        if debug.is_some() {
            match &mut item {
                Item::Struct(item) => underive(&item.ident, &mut item.attrs)?,
                Item::Enum(item) => underive(&item.ident, &mut item.attrs)?,
                _ => {}
            }
        }
        generated.types.push(item);
        generated.types.extend(debug);
    }
    Ok(())
}

fn underive(name: &syn::Ident, attributes: &mut [Attribute]) -> Result<(), Unexpected> {
    match take_derive(name, attributes, "Debug")? {
        true => Ok(()),
        false => Err(Unexpected::in_item(name, "#[derive(Debug)]", "none")),
    }
}

fn fields_shown(item: &ItemStruct, generated: &Generated) -> Item {
    let name = item.ident.to_string();
    let shown = item.fields.iter().filter_map(|field| {
        let ident = field.ident.as_ref()?;
        let text = ident.to_string();
        let key = (name.clone(), text.clone());
        let sensitive = generated
            .fields
            .get(&key)
            .is_some_and(|known| known.sensitive);
        // `Extra` and `Json` hide themselves.
        let value = if is_extra(field) && inside(&field.ty, "HashMap").is_some() {
            quote!(&crate::redact::Members(self.#ident.len()))
        } else {
            shown(ident, &field.ty, sensitive)
        };
        Some(quote!(.field(#text, #value)))
    });
    implementation(
        &item.ident,
        quote!(f.debug_struct(#name) #(#shown)* .finish()),
    )
}

fn shown(ident: &syn::Ident, ty: &syn::Type, sensitive: bool) -> TokenStream {
    match inside_option(ty) {
        Some(_) if sensitive => quote!(&self.#ident.as_ref().map(|_| crate::redact::Redacted)),
        None if sensitive => quote!(&crate::redact::Redacted),
        _ => quote!(&self.#ident),
    }
}

fn nothing_shown(ident: &syn::Ident) -> Item {
    let name = ident.to_string();
    implementation(
        ident,
        quote!(f.debug_tuple(#name).field(&crate::redact::Redacted).finish()),
    )
}

fn implementation(ident: &syn::Ident, body: TokenStream) -> Item {
    parse_quote! {
        impl ::std::fmt::Debug for #ident {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                #body
            }
        }
    }
}

/// Whether a field takes what the contract doesn't name, of whatever type that is.
pub(super) fn is_extra(field: &syn::Field) -> bool {
    field
        .attrs
        .iter()
        .any(|attribute| attribute.path().is_ident("serde") && code(attribute).contains("flatten"))
}
