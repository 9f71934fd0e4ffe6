//! Takes the numbered marks off the fields' documentation and notes which field is which property.

use syn::{Attribute, Item};

use super::{Field, Generated, Unexpected, code};
use crate::transform::{MARK_END, MARK_START, Plan};

/// Expects each mark exactly once, and no struct field but `extra` without one. An enum has no
/// fields with names: they would be copies of a struct's, of which no mark is known.
pub(super) fn take_off(generated: &mut Generated, plan: &Plan) -> Result<(), Unexpected> {
    let mut seen = vec![false; plan.properties.len()];
    for item in &mut generated.types {
        let item = match item {
            Item::Struct(item) => item,
            Item::Enum(item) => {
                no_named_fields(item)?;
                continue;
            }
            _ => continue,
        };
        let name = item.ident.to_string();
        for field in &mut item.fields {
            let Some(ident) = field.ident.as_ref().map(ToString::to_string) else {
                continue; // A newtype holds no property.
            };
            let Some(number) = take(&mut field.attrs) else {
                if ident == "extra" {
                    continue;
                }
                return Err(Unexpected::in_item(
                    format!("{name}.{ident}"),
                    "a mark",
                    "none",
                ));
            };
            match (seen.get_mut(number), plan.properties.get(number)) {
                (Some(seen @ false), Some(property)) => {
                    *seen = true;
                    let known = Field {
                        name: property.name.clone(),
                        sensitive: property.sensitive,
                        twice_optional: property.twice_optional,
                        required: property.required,
                    };
                    generated.fields.insert((name.clone(), ident), known);
                }
                _ => {
                    return Err(Unexpected::in_item(
                        format!("{name}.{ident}"),
                        "a mark of its own",
                        format!("mark {number} a second time"),
                    ));
                }
            }
        }
    }
    match seen.iter().position(|seen| !seen) {
        None => Ok(()),
        Some(number) => {
            let property = &plan.properties[number];
            Err(Unexpected::in_item(
                &property.schema,
                format!("a field for `{}`", property.name),
                "none",
            ))
        }
    }
}

fn no_named_fields(item: &syn::ItemEnum) -> Result<(), Unexpected> {
    let mut variants = item.variants.iter();
    match variants.find(|variant| matches!(variant.fields, syn::Fields::Named(_))) {
        None => Ok(()),
        Some(variant) => Err(Unexpected::in_item(
            &item.ident,
            "variants without fields of their own",
            code(variant),
        )),
    }
}

/// Removes the mark from the one doc attribute that ends in it.
fn take(attributes: &mut Vec<Attribute>) -> Option<usize> {
    let (index, text) = attributes
        .iter()
        .enumerate()
        .find_map(|(index, attribute)| Some((index, doc_text(attribute)?)))?;
    let (before, mark) = text.rsplit_once(MARK_START)?;
    let number = mark.trim_end().strip_suffix(MARK_END)?.parse().ok()?;
    if before.trim().is_empty() {
        attributes.remove(index);
    } else {
        let before = before.trim_end();
        attributes[index] = syn::parse_quote!(#[doc = #before]);
    }
    Some(number)
}

/// The text of a doc attribute.
pub(super) fn doc_text(attribute: &Attribute) -> Option<String> {
    let syn::Meta::NameValue(pair) = &attribute.meta else {
        return None;
    };
    match &pair.value {
        syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) if pair.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}
