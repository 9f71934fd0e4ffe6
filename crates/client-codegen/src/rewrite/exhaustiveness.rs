//! `#[non_exhaustive]`: the service adds fields and values, and that must not break a caller.

use syn::{Fields, Item, parse_quote};

use super::{Generated, Unexpected};
use crate::transform::Plan;

/// Expects nothing: marks every struct with fields and every enum.
pub(super) fn leave_open(generated: &mut Generated, _: &Plan) -> Result<(), Unexpected> {
    for item in &mut generated.types {
        let attributes = match item {
            Item::Struct(item) if matches!(item.fields, Fields::Named(_)) => &mut item.attrs,
            Item::Enum(item) => &mut item.attrs,
            _ => continue,
        };
        attributes.push(parse_quote!(#[non_exhaustive]));
    }
    Ok(())
}
