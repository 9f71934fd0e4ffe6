//! Choices: a variant for each alternative, called after its type, and one for what fits none. The
//! service adds types, and that must not break a caller.

use std::collections::{HashMap, HashSet};

use quote::format_ident;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Expr, GenericArgument, Ident, ImplItem, Item, ItemEnum, Path, PathArguments, Stmt, Type,
};
use syn::{ItemImpl, parse_quote};

use super::slots::is_untagged;
use super::{Generated, Unexpected, code};
use crate::transform::Plan;

/// Expects a `match` in what shows a choice. Names the variants of each choice, and adds one that
/// keeps what fits no other one.
pub(super) fn complete(generated: &mut Generated, _: &Plan) -> Result<(), Unexpected> {
    let mut choices: HashMap<String, Variants> = HashMap::new();
    for item in &mut generated.types {
        if let Item::Enum(item) = item
            && item.attrs.iter().any(is_untagged)
        {
            choices.insert(item.ident.to_string(), Variants::name(item));
        }
    }
    for item in &mut generated.types {
        let Item::Impl(item) = item else { continue };
        if let Some(variants) = choices.get_mut(&code(&item.self_ty)) {
            variants.visit_item_impl_mut(item);
            if let Some(added) = &variants.added {
                show(added, item)?;
            }
        }
    }
    Ok(())
}

/// The variant that takes any JSON.
pub(super) fn unknown(item: &ItemEnum) -> Option<&Ident> {
    let mut variants = item.variants.iter();
    let is_json = |field: &syn::Field| is_ours(&field.ty, "Json");
    let unknown = variants.find(|variant| variant.fields.iter().any(is_json));
    unknown.map(|variant| &variant.ident)
}

/// Has a variant shown like the others, if they are.
fn show(variant: &Ident, item: &mut ItemImpl) -> Result<(), Unexpected> {
    let of_trait = item
        .trait_
        .as_ref()
        .and_then(|(path, _)| path.segments.last());
    if of_trait.is_none_or(|of_trait| of_trait.ident != "Display") {
        return Ok(());
    }
    if let [ImplItem::Fn(method)] = item.items.as_mut_slice()
        && let [Stmt::Expr(Expr::Match(shown), _)] = method.block.stmts.as_mut_slice()
    {
        shown
            .arms
            .push(parse_quote!(Self::#variant(x) => x.fmt(f),));
        return Ok(());
    }
    Err(Unexpected::in_item(
        code(&item.self_ty),
        "a `match` that shows it",
        code(item),
    ))
}

/// The variants of a choice.
struct Variants {
    /// Their new names by their old ones.
    renamed: HashMap<String, Ident>,
    /// The one that was added.
    added: Option<Ident>,
}

impl Variants {
    /// Names the variants of a choice after their types, and adds one for JSON.
    fn name(item: &mut ItemEnum) -> Variants {
        let whole = item.ident.to_string();
        // Any JSON fits one of the alternatives already, or the variant that is added.
        let unknown = unknown(item).is_none().then(|| format_ident!("Unknown"));
        let mut taken: HashSet<String> = unknown.iter().map(Ident::to_string).collect();
        let mut free = |wanted: &str| {
            let mut names = (1..).map(|n| match n {
                1 => wanted.to_string(),
                n => format!("{wanted}{n}"),
            });
            let name = names
                .find(|name| taken.insert(name.clone()))
                .unwrap_or_default();
            format_ident!("{name}")
        };
        let mut renamed = HashMap::new();
        for variant in &mut item.variants {
            let ty = variant.fields.iter().next().map(|field| &field.ty);
            let name = free(&ty.map_or_else(|| variant.ident.to_string(), |ty| label(ty, &whole)));
            renamed.insert(variant.ident.to_string(), name.clone());
            variant.ident = name;
        }
        if let Some(unknown) = &unknown {
            item.variants.push(parse_quote!(
                #[doc = "JSON that fits no other variant, as sent."]
                #unknown(crate::Json)
            ));
        }
        Variants {
            renamed,
            added: unknown,
        }
    }
}

impl VisitMut for Variants {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let mut segments = path.segments.iter_mut();
        if let (Some(first), Some(last), None) = (segments.next(), segments.next(), segments.next())
            && first.ident == "Self"
            && let Some(name) = self.renamed.get(&last.ident.to_string())
        {
            last.ident = name.clone();
        }
    }
}

/// Whether a type is this one of our crate.
fn is_ours(ty: &Type, name: &str) -> bool {
    let name = format_ident!("{name}");
    code(ty) == code(quote::quote!(crate::#name))
}

/// What a type is called as a variant of a choice.
fn label(ty: &Type, whole: &str) -> String {
    let last = match ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    };
    let Some(last) = last else {
        return "Value".into();
    };
    let inner = match &last.arguments {
        PathArguments::AngleBracketed(inner) => inner.args.last(),
        _ => None,
    };
    let name = last.ident.to_string();
    match (name.as_str(), inner) {
        ("Box" | "Option", Some(GenericArgument::Type(inner))) => label(inner, whole),
        ("Vec", Some(GenericArgument::Type(inner))) => label(inner, whole) + "List",
        ("HashMap", Some(GenericArgument::Type(inner))) => label(inner, whole) + "Map",
        _ if is_ours(ty, "Json") => "Unknown".into(),
        _ if is_ours(ty, "Extra") => "Object".into(),
        ("i32" | "i64" | "u32" | "u64", _) => "Integer".into(),
        ("f64", _) => "Number".into(),
        ("bool", _) => "Boolean".into(),
        ("NaiveDate", _) => "Date".into(),
        _ => match name.strip_prefix(whole) {
            Some(own) if own.starts_with(char::is_uppercase) => own.into(),
            _ => name,
        },
    }
}
