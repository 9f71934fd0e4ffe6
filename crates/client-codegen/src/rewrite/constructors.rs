//! `new(required…)`: structs can't be written out by users, since fields may be added.

use quote::quote;
use syn::{Item, ItemStruct, parse_quote};

use super::{Generated, Unexpected, code, inside_option, is_string};
use crate::transform::Plan;

/// Expects every field to be required, an `Option`, or `extra`.
pub(super) fn add(generated: &mut Generated, _: &Plan) -> Result<(), Unexpected> {
    let items = std::mem::take(&mut generated.types);
    for mut item in items {
        let constructor = match &mut item {
            Item::Struct(item) if has_properties(item, generated) => {
                Some(constructor(item, generated)?)
            }
            _ => None,
        };
        generated.types.push(item);
        generated.types.extend(constructor);
    }
    Ok(())
}

/// The parameters' structs have a `new` already; newtypes need none.
fn has_properties(item: &ItemStruct, generated: &Generated) -> bool {
    let serializes = item
        .attrs
        .iter()
        .any(|attribute| code(attribute).contains("Serialize"));
    let fields_are_known = item.fields.iter().all(|field| {
        field.ident.as_ref().is_some_and(|ident| {
            let key = (item.ident.to_string(), ident.to_string());
            ident == "extra" || generated.fields.contains_key(&key)
        })
    });
    serializes && fields_are_known
}

fn constructor(item: &mut ItemStruct, generated: &Generated) -> Result<Item, Unexpected> {
    let name = item.ident.clone();
    let mut required = Vec::new();
    let mut values = Vec::new();
    for field in &item.fields {
        let Some(ident) = &field.ident else {
            return Err(Unexpected::in_item(
                &name,
                "a name for each field",
                code(field),
            ));
        };
        let key = (name.to_string(), ident.to_string());
        let rank = generated.fields.get(&key).and_then(|known| known.required);
        values.push(match rank {
            Some(rank) => {
                required.push((rank, field));
                if is_string(&field.ty) {
                    quote!(#ident: #ident.into())
                } else {
                    quote!(#ident)
                }
            }
            None if ident == "extra" => quote!(extra: ::std::default::Default::default()),
            None if inside_option(&field.ty).is_some() => quote!(#ident: None),
            None => {
                return Err(Unexpected::in_item(
                    format!("{name}.{ident}"),
                    "Option<_>",
                    code(&field.ty),
                ));
            }
        });
    }
    if required.is_empty() {
        derive_default(item);
        let about = "Every field is absent.";
        return Ok(parse_quote! {
            impl #name {
                #[doc = #about]
                pub fn new() -> Self {
                    Self::default()
                }
            }
        });
    }
    required.sort_by_key(|(rank, _)| *rank);
    let arguments = required.iter().map(|(_, field)| {
        let (ident, ty) = (&field.ident, &field.ty);
        if is_string(ty) {
            quote!(#ident: impl ::std::convert::Into<#ty>)
        } else {
            quote!(#ident: #ty)
        }
    });
    let about = "Takes what the contract requires; every other field is absent.";
    Ok(parse_quote! {
        impl #name {
            #[doc = #about]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
        }
    })
}

fn derive_default(item: &mut ItemStruct) {
    for attribute in &mut item.attrs {
        if let syn::Meta::List(list) = &mut attribute.meta
            && list.path.is_ident("derive")
            && !list.tokens.to_string().contains("Default")
        {
            let derives = &list.tokens;
            list.tokens = quote!(#derives, Default);
        }
    }
}
