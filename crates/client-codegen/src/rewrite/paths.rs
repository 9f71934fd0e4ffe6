//! Shortens progenitor's absolute paths, and says which imports that takes.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream, TokenTree};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Item, Path};

use super::{Generated, Unexpected};
use crate::transform::Plan;

/// What has a short name: the absolute path, the short one, and the import if it takes one.
const SHORT: &[(&str, &str, Option<&str>)] = &[
    ("std::boxed::Box", "Box", None),
    ("std::convert::From", "From", None),
    ("std::convert::Into", "Into", None),
    ("std::convert::TryFrom", "TryFrom", None),
    ("std::default::Default", "Default", None),
    ("std::option::Option", "Option", None),
    ("std::result::Result", "Result", None),
    ("std::string::String", "String", None),
    ("std::vec::Vec", "Vec", None),
    ("chrono::DateTime", "DateTime", Some("chrono::DateTime")),
    (
        "chrono::naive::NaiveDate",
        "NaiveDate",
        Some("chrono::NaiveDate"),
    ),
    ("chrono::offset::Utc", "Utc", Some("chrono::Utc")),
    ("crate::Download", "Download", Some("crate::Download")),
    ("crate::Extra", "Extra", Some("crate::Extra")),
    ("crate::Json", "Json", Some("crate::Json")),
    ("crate::Multipart", "Multipart", Some("crate::Multipart")),
    ("crate::Upload", "Upload", Some("crate::Upload")),
    ("crate::pages::Pages", "Pages", Some("crate::pages::Pages")),
    (
        "crate::reading::by_status",
        "by_status",
        Some("crate::reading::by_status"),
    ),
    (
        "futures_core::Stream",
        "Stream",
        Some("futures_core::Stream"),
    ),
    (
        "crate::redact::Members",
        "Members",
        Some("crate::redact::Members"),
    ),
    (
        "crate::redact::Redacted",
        "Redacted",
        Some("crate::redact::Redacted"),
    ),
    (
        "crate::request::Style",
        "Style",
        Some("crate::request::Style"),
    ),
    ("serde::Serialize", "Serialize", Some("serde::Serialize")),
    (
        "crate::slot::newtype",
        "newtype",
        Some("crate::slot::newtype"),
    ),
    ("crate::slot::object", "object", Some("crate::slot::object")),
    ("crate::slot::one_of", "one_of", Some("crate::slot::one_of")),
    (
        "crate::slot::string_enum",
        "string_enum",
        Some("crate::slot::string_enum"),
    ),
    ("crate::slot::tagged", "tagged", Some("crate::slot::tagged")),
    (
        "std::collections::HashMap",
        "HashMap",
        Some("std::collections::HashMap"),
    ),
    ("std::fmt::Debug", "fmt::Debug", Some("std::fmt")),
    ("std::fmt::Display", "fmt::Display", Some("std::fmt")),
    ("std::fmt::Error", "fmt::Error", Some("std::fmt")),
    ("std::fmt::Formatter", "fmt::Formatter", Some("std::fmt")),
    ("std::fmt::Result", "fmt::Result", Some("std::fmt")),
    ("std::str::FromStr", "FromStr", Some("std::str::FromStr")),
    ("uuid::Uuid", "Uuid", Some("uuid::Uuid")),
];

/// The imports that a file's code takes, in their order.
pub type Uses = BTreeSet<&'static str>;

/// Expects nothing: a path that isn't known stays as it is.
pub(super) fn shorten(generated: &mut Generated, _: &Plan) -> Result<(), Unexpected> {
    let mut types = Shortener {
        // A component may be called `Option`; then `Option` is the component.
        taken: generated.types.iter().filter_map(item_name).collect(),
        uses: Uses::new(),
    };
    for item in &mut generated.types {
        types.visit_item_mut(item);
    }
    let mut methods = Shortener {
        taken: BTreeSet::new(),
        uses: Uses::new(),
    };
    for method in &mut generated.methods {
        methods.visit_impl_item_fn_mut(method);
    }
    generated.types_use = types.uses;
    generated.methods_use = methods.uses;
    Ok(())
}

fn item_name(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Type(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

struct Shortener {
    taken: BTreeSet<String>,
    uses: Uses,
}

impl Shortener {
    /// The short name of a path; from then on its import is needed.
    fn short(&mut self, absolute: &str) -> Option<&'static str> {
        let (_, short, import) = SHORT.iter().find(|(long, _, _)| *long == absolute)?;
        if self.taken.contains(*short) {
            return None;
        }
        self.uses.extend(import);
        Some(short)
    }

    /// Of `<T as Trait>::Item` the segments of `Trait` are counted: fewer when it is shortened.
    fn qualified(&mut self, qself: &mut Option<syn::QSelf>, path: &mut Path) {
        let segments = path.segments.len();
        self.visit_path_mut(path);
        if let Some(qself) = qself {
            self.visit_type_mut(&mut qself.ty);
            qself.position -= segments - path.segments.len();
        }
    }

    /// `"::std::option::Option::is_none"` in an attribute names a function by its path.
    fn text(&mut self, text: &str) -> Option<String> {
        let path = text.strip_prefix("::")?;
        let (parent, function) = path.rsplit_once("::")?;
        Some(format!("{}::{function}", self.short(parent)?))
    }

    fn tokens(&mut self, tokens: TokenStream) -> TokenStream {
        tokens
            .into_iter()
            .map(|token| match &token {
                TokenTree::Literal(literal) => syn::parse_str::<syn::LitStr>(&literal.to_string())
                    .ok()
                    .and_then(|text| self.text(&text.value()))
                    .map_or(token, |short| Literal::string(&short).into()),
                _ => token,
            })
            .collect()
    }
}

impl VisitMut for Shortener {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let names: Vec<String> = path
            .segments
            .iter()
            .map(|part| part.ident.to_string())
            .collect();
        let absolute = path.leading_colon.is_some() || names[0] == "crate";
        if !absolute {
            return;
        }
        // The longest beginning that is known; what follows it (`Self::Item`, a function) stays.
        for end in (2..=names.len()).rev() {
            let Some(short) = self.short(&names[..end].join("::")) else {
                continue;
            };
            let Ok(short) = syn::parse_str::<Path>(short) else {
                continue;
            };
            let mut rest = path.segments.iter().skip(end - 1).cloned();
            let arguments = rest.next().map(|last| last.arguments).unwrap_or_default();
            let mut segments = short.segments;
            if let Some(last) = segments.last_mut() {
                last.arguments = arguments;
            }
            segments.extend(rest);
            *path = Path {
                leading_colon: None,
                segments,
            };
            return;
        }
    }

    fn visit_type_path_mut(&mut self, ty: &mut syn::TypePath) {
        self.qualified(&mut ty.qself, &mut ty.path);
    }

    fn visit_expr_path_mut(&mut self, expression: &mut syn::ExprPath) {
        self.qualified(&mut expression.qself, &mut expression.path);
    }

    /// The module of typify's errors sees none of our imports.
    fn visit_item_mod_mut(&mut self, _: &mut syn::ItemMod) {}

    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        let syn::Meta::List(list) = &mut attribute.meta else {
            return;
        };
        if list.path.is_ident("serde") {
            list.tokens = self.tokens(std::mem::take(&mut list.tokens));
        } else if list.path.is_ident("derive") {
            let parser = syn::punctuated::Punctuated::<Path, syn::Token![,]>::parse_terminated;
            if let Ok(mut derived) = list.parse_args_with(parser) {
                derived
                    .iter_mut()
                    .for_each(|path| self.visit_path_mut(path));
                list.tokens = quote::quote!(#derived);
            }
        }
    }
}
