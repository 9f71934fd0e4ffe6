//! JSON of unknown shape stays text: `Json` for any value, `Extra` for the members of an object.

use syn::visit_mut::{self, VisitMut};
use syn::{Path, parse_quote};

use super::{Generated, Unexpected};
use crate::transform::Plan;

/// Expects nothing: replaces `serde_json::Value` and `serde_json::Map` wherever they are.
pub(super) fn keep_as_text(generated: &mut Generated, _: &Plan) -> Result<(), Unexpected> {
    for item in &mut generated.types {
        AsText.visit_item_mut(item);
    }
    for method in &mut generated.methods {
        AsText.visit_impl_item_fn_mut(method);
    }
    Ok(())
}

struct AsText;

impl VisitMut for AsText {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let mut names = path.segments.iter().map(|segment| &segment.ident);
        let (Some(module), Some(name), None) = (names.next(), names.next(), names.next()) else {
            return;
        };
        if module != "serde_json" {
            return;
        }
        if name == "Value" {
            *path = parse_quote!(crate::Json);
        } else if name == "Map" {
            *path = parse_quote!(crate::Extra);
        }
    }
}
