//! Gives names that were spelled differently for Rust the spelling of the wire again.

use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Item, LitStr, parse_quote};

use super::{Generated, Unexpected};
use crate::naming;
use crate::transform::{Plan, Respelled};

/// Expects each respelled name as one field or variant of its type.
pub(super) fn restore(generated: &mut Generated, plan: &Plan) -> Result<(), Unexpected> {
    for respelled in &plan.respelled {
        let rust_type = &respelled.rust_type;
        let mut count = 0;
        for item in &mut generated.types {
            match item {
                Item::Struct(item) if item.ident == rust_type => {
                    let name = naming::field(&respelled.spelling);
                    let fields = item.fields.iter_mut();
                    for field in fields.filter(|f| f.ident.as_ref().is_some_and(|f| *f == name)) {
                        rename(&mut field.attrs, &respelled.wire);
                        count += 1;
                    }
                }
                Item::Enum(item) if item.ident == rust_type => {
                    let name = naming::pascal(&respelled.spelling);
                    for variant in item.variants.iter_mut().filter(|v| v.ident == name) {
                        rename(&mut variant.attrs, &respelled.wire);
                        count += 1;
                    }
                }
                Item::Impl(item) if is_type(&item.self_ty, rust_type) => {
                    Restore(respelled).visit_item_impl_mut(item);
                }
                _ => {}
            }
        }
        if count != 1 {
            return Err(Unexpected::in_item(
                rust_type,
                format!("one field or variant for `{}`", respelled.wire),
                count,
            ));
        }
    }
    Ok(())
}

fn rename(attributes: &mut Vec<Attribute>, wire: &str) {
    attributes.retain(|attribute| {
        !attribute.path().is_ident("serde")
            || super::renamed(std::slice::from_ref(attribute)).is_none()
    });
    attributes.push(parse_quote!(#[serde(rename = #wire)]));
}

fn is_type(ty: &syn::Type, name: &str) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.is_ident(name))
}

/// Restores the strings that are read and written: no other name of the type is spelled so.
struct Restore<'r>(&'r Respelled);

impl VisitMut for Restore<'_> {
    fn visit_lit_str_mut(&mut self, text: &mut LitStr) {
        if text.value() == self.0.spelling {
            *text = LitStr::new(&self.0.wire, text.span());
        }
        visit_mut::visit_lit_str_mut(self, text);
    }
}
