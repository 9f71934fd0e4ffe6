//! Makes an enum by status of the struct that stands for it.

use proc_macro2::Literal;
use quote::{ToTokens, format_ident, quote};
use syn::{Item, ItemEnum, ItemStruct, Variant, parse_quote};

use super::field_path::field_path;
use super::{Generated, Unexpected, code, take_derive};
use crate::transform::{Answer, Holds, Operation, Plan, StatusCase};

/// Expects a struct with a field for each status that has a body.
pub(super) fn make_enums(generated: &mut Generated, plan: &Plan) -> Result<(), Unexpected> {
    for operation in &plan.operations {
        let Answer::ByStatus { rust_type, cases } = &operation.answer else {
            continue;
        };
        let types = &mut generated.types;
        let found = types
            .iter_mut()
            .enumerate()
            .find_map(|(at, item)| match item {
                Item::Struct(item) if item.ident == rust_type => Some((at, item)),
                _ => None,
            });
        let Some((at, item)) = found else {
            return Err(Unexpected::in_item(rust_type, "a struct", "none"));
        };
        let made = status_enum(item, operation, cases)?;
        let reader = reader(&made, operation, cases, generated);
        let types = &mut generated.types;
        types.splice(at..=at, [Item::Enum(made), reader]);
    }
    Ok(())
}

fn status_enum(
    item: &mut ItemStruct,
    operation: &Operation,
    cases: &[StatusCase],
) -> Result<ItemEnum, Unexpected> {
    let name = item.ident.clone();
    take_derive(&name, &mut item.attrs, "Deserialize")?;
    let derives = item
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"));
    let about = format!(
        "What [`Client::{}`](crate::Client::{0}) returns, by the status of the response.",
        operation.rust_name
    );
    let variants: Vec<Variant> = cases
        .iter()
        .map(|case| variant(item, case))
        .collect::<Result<_, _>>()?;
    Ok(parse_quote! {
        #[doc = #about]
        #(#derives)*
        #[serde(untagged)]
        pub enum #name { #(#variants),* }
    })
}

fn variant(item: &ItemStruct, case: &StatusCase) -> Result<Variant, Unexpected> {
    let name = format_ident!("{}", case.variant());
    let about = match &case.description {
        Some(text) => format!("{}: {text}", case.status),
        None => format!("{}.", case.status),
    };
    if case.holds == Holds::Nothing {
        return Ok(parse_quote!(#[doc = #about] #name));
    }
    let field_name = case.field();
    let field = item.fields.iter().find(|field| {
        field
            .ident
            .as_ref()
            .is_some_and(|ident| *ident == field_name)
    });
    let ty = field.map(|field| &field.ty).ok_or_else(|| {
        Unexpected::in_item(
            &item.ident,
            format!("a field `{field_name}`"),
            code(&item.fields),
        )
    })?;
    Ok(parse_quote!(#[doc = #about] #name(#ty)))
}

/// The macro call that says how each variant is read, and where it repeats an argument.
fn reader(
    made: &ItemEnum,
    operation: &Operation,
    cases: &[StatusCase],
    generated: &Generated,
) -> Item {
    let name = &made.ident;
    let lines = cases.iter().zip(&made.variants).map(|(case, variant)| {
        // A range comes last: letters do after digits.
        let status = match case.status.parse() {
            Ok(status) => Literal::u16_unsuffixed(status).into_token_stream(),
            Err(_) => quote!(_),
        };
        let held = variant.fields.iter().next().map(|field| &field.ty);
        let identifier = operation.identifier.as_ref();
        let property = identifier.and_then(|identifier| {
            let way = field_path(generated, held?, &identifier.property)?;
            Some((way, ["whole_identified", "data_identified"]))
        });
        let (way, [whole, data]) = match property {
            Some((way, how)) => (Some(way), how),
            None => (None, ["whole", "data"]),
        };
        let how = match case.holds {
            Holds::Nothing => "nothing",
            Holds::Text => "text",
            Holds::Whole => whole,
            Holds::Data => data,
        };
        let (how, variant) = (format_ident!("{how}"), &variant.ident);
        quote!(#status #how #variant #way,)
    });
    parse_quote!(crate::reading::by_status!(#name { #(#lines)* });)
}
