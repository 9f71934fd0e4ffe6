//! The way from a value to one of its properties in generated code.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Fields, Item, Type};

use super::Generated;

/// What stands behind a value of this type to name the field of a property: `.id`, or `.0.id` where
/// the type wraps the one that has it. `None` if there is no such field.
pub(super) fn field_path(generated: &Generated, ty: &Type, property: &str) -> Option<TokenStream> {
    let name = type_name(ty)?;
    let mut fields = generated.fields.iter();
    let field = fields.find(|((of, _), field)| *of == name && field.name == property);
    if let Some(((_, field), _)) = field {
        let field = format_ident!("{field}");
        return Some(quote!(.#field));
    }
    match generated.types.iter().find(|item| is_called(item, &name))? {
        Item::Struct(item) => match &item.fields {
            Fields::Unnamed(wrapped) if wrapped.unnamed.len() == 1 => {
                let rest = field_path(generated, &wrapped.unnamed[0].ty, property)?;
                Some(quote!(.0 #rest))
            }
            _ => None,
        },
        Item::Type(alias) => field_path(generated, &alias.ty, property),
        _ => None,
    }
}

fn type_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    }
}

fn is_called(item: &Item, name: &str) -> bool {
    match item {
        Item::Struct(item) => item.ident == name,
        Item::Type(item) => item.ident == name,
        _ => false,
    }
}
