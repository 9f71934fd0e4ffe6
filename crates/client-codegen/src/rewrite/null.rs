//! In what is only sent, absent and null are two things to say: `Option<Option<T>>`.

use syn::{Item, parse_quote};

use super::{Generated, Unexpected, code, inside_option};
use crate::transform::Plan;

/// Expects such a field to be an `Option`.
pub(super) fn tell_null_from_absent(generated: &mut Generated, _: &Plan) -> Result<(), Unexpected> {
    for item in &mut generated.types {
        let Item::Struct(item) = item else { continue };
        let name = item.ident.to_string();
        for field in &mut item.fields {
            let Some(ident) = field.ident.as_ref().map(ToString::to_string) else {
                continue;
            };
            let place = format!("{name}.{ident}");
            let known = generated.fields.get(&(name.clone(), ident));
            if !known.is_some_and(|known| known.twice_optional) {
                continue;
            }
            if inside_option(&field.ty).is_none() {
                return Err(Unexpected::in_item(place, "Option", code(&field.ty)));
            }
            let ty = &field.ty;
            field.ty = parse_quote!(::std::option::Option<#ty>);
        }
    }
    Ok(())
}
