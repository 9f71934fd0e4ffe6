//! Phase 5, rewrite: what progenitor writes becomes what our users see.
//!
//! Each pass does one thing and says what it expects. One that doesn't find it (a newer
//! progenitor, say) is an error that names the pass and the operation or type.

mod boxes;
mod by_status;
mod calls;
mod choices;
mod constructors;
mod debug;
mod docs;
mod exhaustiveness;
mod field_path;
mod fields;
mod harmless;
mod json;
mod literals;
mod markdown;
mod names;
mod null;
mod pages;
mod params;
mod paths;
mod responses;
mod slots;
mod split;
mod styles;
mod uploads;

use std::collections::HashMap;
use std::fmt;

use quote::ToTokens;
use syn::punctuated::Punctuated;

use crate::transform::{Field, Plan};
use openapi_document::Diagnostic;
use openapi_document::{Contract, Pointer};

pub(crate) use docs::renamed;
pub(crate) use literals::{optional, scheme};
pub(crate) use markdown::in_a_sentence;
pub use paths::Uses;
pub use split::split;

/// Generated code on its way through the passes.
#[derive(Clone)]
pub struct Generated {
    /// The items of the module `types`.
    pub types: Vec<syn::Item>,
    /// The methods of the client, one or two an operation.
    pub methods: Vec<syn::ImplItemFn>,
    /// What is known of the structs' fields, by struct and field.
    pub fields: HashMap<(String, String), Field>,
    /// The imports that the types take, once their paths are short.
    pub types_use: Uses,
    /// The imports that the methods take.
    pub methods_use: Uses,
}

/// One pass.
pub struct Pass {
    /// Its name, and its file's.
    pub name: &'static str,
    run: fn(&mut Generated, &Plan) -> Result<(), Unexpected>,
}

/// The passes, in their order.
pub const PASSES: &[Pass] = &[
    Pass {
        name: "names",
        run: names::restore,
    },
    Pass {
        name: "fields",
        run: fields::find,
    },
    Pass {
        name: "boxes",
        run: boxes::turn_out,
    },
    Pass {
        name: "json",
        run: json::keep_as_text,
    },
    Pass {
        name: "choices",
        run: choices::complete,
    },
    Pass {
        name: "null",
        run: null::tell_null_from_absent,
    },
    Pass {
        name: "by_status",
        run: by_status::make_enums,
    },
    Pass {
        name: "calls",
        run: calls::hand_to_runtime,
    },
    Pass {
        name: "params",
        run: params::gather_optional,
    },
    Pass {
        name: "pages",
        run: pages::stream,
    },
    Pass {
        name: "constructors",
        run: constructors::add,
    },
    Pass {
        name: "debug",
        run: debug::redact,
    },
    Pass {
        name: "slots",
        run: slots::replace_derives,
    },
    Pass {
        name: "exhaustiveness",
        run: exhaustiveness::leave_open,
    },
    Pass {
        name: "docs",
        run: docs::document,
    },
    Pass {
        name: "paths",
        run: paths::shorten,
    },
];

impl Pass {
    /// Runs the pass.
    pub fn run(&self, generated: &mut Generated, plan: &Plan) -> Result<(), Unexpected> {
        (self.run)(generated, plan)
    }
}

/// Progenitor's output is not what a pass expects.
#[derive(Debug)]
pub struct Unexpected {
    /// The operation it is about, by its Rust name.
    pub operation: Option<String>,
    /// Where, what was expected and what is there.
    message: String,
}

impl Unexpected {
    /// About a method.
    pub fn in_operation(
        rust_name: &str,
        expected: impl fmt::Display,
        found: impl fmt::Display,
    ) -> Unexpected {
        Unexpected {
            operation: Some(rust_name.to_string()),
            message: format!("in operation `{rust_name}`: expected `{expected}`, found `{found}`"),
        }
    }

    /// About an item of `types`, or about the whole.
    pub fn in_item(
        item: impl fmt::Display,
        expected: impl fmt::Display,
        found: impl fmt::Display,
    ) -> Unexpected {
        Unexpected {
            operation: None,
            message: format!("in `{item}`: expected `{expected}`, found `{found}`"),
        }
    }
}

/// Takes progenitor's file apart and runs all passes on it.
pub fn rewrite(contract: &Contract, file: syn::File, plan: &Plan) -> Result<Generated, Diagnostic> {
    let mut generated = split(file).map_err(|found| tell(contract, plan, "split", found))?;
    for pass in PASSES {
        pass.run(&mut generated, plan)
            .map_err(|found| tell(contract, plan, pass.name, found))?;
    }
    Ok(generated)
}

fn tell(contract: &Contract, plan: &Plan, pass: &str, found: Unexpected) -> Diagnostic {
    let operation = plan
        .operations
        .iter()
        .find(|operation| found.operation.as_ref() == Some(&operation.rust_name));
    let at = match operation {
        Some(operation) => {
            Pointer::of(["paths", &operation.path, &operation.method.to_lowercase()])
        }
        None => Pointer::of(["paths"]),
    };
    Diagnostic::error(
        "codegen::rewrite",
        format!(
            "the pass `{pass}` doesn't find what it expects {}",
            found.message
        ),
    )
    .at(contract.key_span(&at))
    .help(format!(
        "progenitor writes something new: adapt crates/client-codegen/src/rewrite/{pass}.rs, or go back to the pinned progenitor"
    ))
}

/// Code as one line, to compare and to show.
pub(crate) fn code(tokens: impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

/// Takes a trait out of a type's derives. Returns whether it was there.
pub(crate) fn take_derive(
    name: &syn::Ident,
    attributes: &mut [syn::Attribute],
    derived: &str,
) -> Result<bool, Unexpected> {
    let is_it = |path: &syn::Path| {
        path.segments
            .last()
            .is_some_and(|last| last.ident == derived)
    };
    for attribute in attributes {
        if !attribute.path().is_ident("derive") {
            continue;
        }
        let all = attribute
            .parse_args_with(Punctuated::<syn::Path, syn::Token![,]>::parse_terminated)
            .map_err(|_| Unexpected::in_item(name, "#[derive(…)]", code(&*attribute)))?;
        if all.iter().any(is_it) {
            let kept = all.iter().filter(|path| !is_it(path));
            *attribute = syn::parse_quote!(#[derive(#(#kept),*)]);
            return Ok(true);
        }
    }
    Ok(false)
}

/// The type inside an `Option<…>`.
pub(crate) fn inside_option(ty: &syn::Type) -> Option<&syn::Type> {
    inside(ty, "Option")
}

/// The type inside the angle brackets of another, by its name.
pub(crate) fn inside<'t>(ty: &'t syn::Type, name: &str) -> Option<&'t syn::Type> {
    let syn::Type::Path(path) = ty else {
        return None;
    };
    let last = path.path.segments.last()?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first() {
        Some(syn::GenericArgument::Type(inner)) if last.ident == name => Some(inner),
        _ => None,
    }
}

/// Whether a type is `String`, however its path is written.
pub(crate) fn is_string(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "String"))
}
