//! What is derived to read a type becomes one macro call, which says where its parts go.

use quote::{ToTokens, format_ident, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, Fields, Item, ItemEnum, ItemStruct, Meta, Token, parse_quote};

use super::choices::unknown;
use super::debug::is_extra;
use super::docs::renamed;
use super::{Generated, Unexpected, code, inside_option, take_derive};
use crate::transform::Plan;

/// Expects a type that derives `Deserialize` to be a struct, an enum of strings, or an untagged enum
/// of types.
pub(super) fn replace_derives(generated: &mut Generated, plan: &Plan) -> Result<(), Unexpected> {
    let items = std::mem::take(&mut generated.types);
    for mut item in items {
        let call = match &mut item {
            Item::Struct(item) => take_derive(&item.ident, &mut item.attrs, "Deserialize")?
                .then(|| of_struct(item, generated))
                .transpose()?,
            Item::Enum(item) => take_derive(&item.ident, &mut item.attrs, "Deserialize")?
                .then(|| of_enum(item, plan))
                .transpose()?,
            _ => None,
        };
        generated.types.push(item);
        generated.types.extend(call);
    }
    Ok(())
}

fn of_struct(item: &mut ItemStruct, generated: &Generated) -> Result<Item, Unexpected> {
    let name = &item.ident;
    if matches!(item.fields, Fields::Unnamed(_)) {
        return Ok(parse_quote!(crate::slot::newtype!(#name);));
    }
    let mut lines = Vec::new();
    let mut rest = None;
    for field in &mut item.fields {
        let Some(ident) = field.ident.clone() else {
            continue;
        };
        if is_extra(field) {
            rest = Some(quote!(..#ident));
            continue;
        }
        let known = generated.fields.get(&(name.to_string(), ident.to_string()));
        let how = match known {
            Some(known) if known.required.is_some() => "required",
            Some(known) if known.twice_optional => "nullable",
            Some(_) if inside_option(&field.ty).is_some() => "optional",
            _ => {
                let place = format!("{name}.{ident}");
                return Err(Unexpected::in_item(
                    place,
                    "a property's field",
                    code(&*field),
                ));
            }
        };
        let how = format_ident!("{how}");
        let wire = renamed(&field.attrs).unwrap_or_else(|| ident.to_string());
        lines.push(quote!(#how #ident #wire,));
        forget_reading(&mut field.attrs);
    }
    Ok(parse_quote!(crate::slot::object!(#name { #(#lines)* #rest });))
}

/// Takes out of `serde` attributes what only matters to a derived `Deserialize`.
fn forget_reading(attributes: &mut Vec<Attribute>) {
    attributes.retain_mut(|attribute| {
        let keys = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
        let (true, Ok(keys)) = (attribute.path().is_ident("serde"), keys) else {
            return true;
        };
        let reads =
            |key: &Meta| key.path().is_ident("default") || key.path().is_ident("deserialize_with");
        let kept: Vec<_> = keys.iter().filter(|key| !reads(key)).collect();
        *attribute = parse_quote!(#[serde(#(#kept),*)]);
        !kept.is_empty()
    });
}

fn of_enum(item: &ItemEnum, plan: &Plan) -> Result<Item, Unexpected> {
    let name = &item.ident;
    let all =
        |shape: fn(&Fields) -> bool| item.variants.iter().all(|variant| shape(&variant.fields));
    if all(|fields| matches!(fields, Fields::Unit)) {
        return Ok(parse_quote!(crate::slot::string_enum!(#name);));
    }
    let one_type = |fields: &Fields| matches!(fields, Fields::Unnamed(_)) && fields.len() == 1;
    if !all(one_type) || !item.attrs.iter().any(is_untagged) {
        let expected = "an enum of strings, or an untagged one of types";
        return Err(Unexpected::in_item(name, expected, code(item)));
    }
    let mut choices = plan.choices.iter();
    let tagged = choices.find(|choice| *name == choice.rust_type);
    if let Some((choice, unknown)) = tagged.zip(unknown(item)) {
        let tags = choice.tags.iter().map(|(tag, index)| {
            let variant = item.variants.get(*index).map(|variant| &variant.ident);
            let missing = || Unexpected::in_item(name, format!("a variant for `{tag}`"), "none");
            Ok((tag, variant.ok_or_else(missing)?))
        });
        let (tags, variants): (Vec<_>, Vec<_>) =
            tags.collect::<Result<Vec<_>, _>>()?.into_iter().unzip();
        let property = &choice.property;
        return Ok(parse_quote!(
            crate::slot::tagged!(#name { by #property, #(#tags is #variants,)* other #unknown });
        ));
    }
    let variants = item.variants.iter().map(|variant| &variant.ident);
    Ok(parse_quote!(crate::slot::one_of!(#name { #(#variants,)* });))
}

pub(super) fn is_untagged(attribute: &Attribute) -> bool {
    attribute.path().is_ident("serde")
        && attribute
            .meta
            .to_token_stream()
            .to_string()
            .contains("untagged")
}
