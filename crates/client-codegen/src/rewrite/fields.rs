//! Finds the field of each property by the name that progenitor is known to give it.

use std::collections::HashMap;

use syn::Item;

use super::debug::is_extra;
use super::docs::renamed;
use super::{Generated, Unexpected, code};
use crate::transform::{Field, Plan, Property};

/// Expects each property as exactly one field, under the predicted names of its struct and field
/// and its own name in JSON, and no other field with a name but the one for unknown members.
pub(super) fn find(generated: &mut Generated, plan: &Plan) -> Result<(), Unexpected> {
    let mut missing = predicted(plan)?;
    for item in &generated.types {
        let item = match item {
            Item::Struct(item) => item,
            Item::Enum(item) => {
                no_named_fields(item)?;
                continue;
            }
            _ => continue,
        };
        let rust_type = item.ident.to_string();
        for field in item.fields.iter().filter(|field| !is_extra(field)) {
            let Some(rust_name) = field.ident.as_ref().map(ToString::to_string) else {
                continue; // A newtype holds no property.
            };
            let name = renamed(&field.attrs).unwrap_or_else(|| rust_name.clone());
            let key = (rust_type.clone(), rust_name);
            match missing.remove(&key) {
                Some(property) if property.name == name => {
                    generated.fields.insert(key, property.clone());
                }
                found => {
                    return Err(Unexpected::in_item(
                        format!("{}.{}", key.0, key.1),
                        match found {
                            Some(property) => format!("the property `{}`", property.name),
                            None => "a property's field, once".into(),
                        },
                        format!("a field for `{name}`"),
                    ));
                }
            }
        }
    }
    let mut properties = plan.properties.iter();
    match properties.find(|property| missing.contains_key(&key(property))) {
        None => Ok(()),
        Some(property) => Err(Unexpected::in_item(
            &property.rust_type,
            format!(
                "a field `{}` for `{}`",
                property.rust_name, property.field.name
            ),
            "none",
        )),
    }
}

fn key(property: &Property) -> (String, String) {
    (property.rust_type.clone(), property.rust_name.clone())
}

/// The properties by their names in Rust, which no two share.
fn predicted(plan: &Plan) -> Result<HashMap<(String, String), &Field>, Unexpected> {
    let mut fields = HashMap::new();
    for property in &plan.properties {
        if let Some(other) = fields.insert(key(property), &property.field) {
            return Err(Unexpected::in_item(
                format!("{}.{}", property.rust_type, property.rust_name),
                format!("the property `{}` alone", other.name),
                format!("`{}` too", property.field.name),
            ));
        }
    }
    Ok(fields)
}

/// They would be copies of a struct's fields, with properties of which nothing is known.
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
