//! Takes progenitor's file apart: its types and its methods are kept, its client is not.

use syn::{ImplItem, Item, ItemImpl};

use super::{Generated, Unexpected, code};

/// Knows exactly the items that progenitor writes.
pub fn split(file: syn::File) -> Result<Generated, Unexpected> {
    let mut types = None;
    let mut methods = Vec::new();
    for item in file.items {
        match item {
            Item::Use(_) => {}
            Item::Mod(module) if module.ident == "types" => {
                types = module.content.map(|(_, items)| items);
            }
            Item::Mod(module) if module.ident == "prelude" => {}
            Item::Struct(item) if item.ident == "Client" => {}
            Item::Impl(item) if implements(&item, &["ClientInfo", "ClientHooks"]) => {}
            Item::Impl(item) if item.trait_.is_none() && code(&item.self_ty) == "Client" => {
                for member in item.items {
                    match member {
                        ImplItem::Fn(method) if method.sig.asyncness.is_some() => {
                            methods.push(method);
                        }
                        ImplItem::Fn(method)
                            if ["new", "new_with_client"]
                                .iter()
                                .any(|name| method.sig.ident == name) => {}
                        other => return Err(unknown(&other)),
                    }
                }
            }
            other => return Err(unknown(&other)),
        }
    }
    let types = types.ok_or_else(|| Unexpected::in_item("the file", "mod types", "none"))?;
    Ok(Generated {
        types: without_unused_errors(types),
        methods,
        fields: Default::default(),
        types_use: Default::default(),
        methods_use: Default::default(),
    })
}

fn implements(item: &ItemImpl, traits: &[&str]) -> bool {
    let implemented = item.trait_.as_ref();
    let name = implemented.and_then(|(path, _)| path.segments.last());
    name.is_some_and(|name| traits.iter().any(|known| name.ident == known))
}

/// typify writes its conversion errors also where nothing converts.
fn without_unused_errors(mut types: Vec<Item>) -> Vec<Item> {
    let is_errors = |item: &Item| matches!(item, Item::Mod(module) if module.ident == "error");
    let used = types
        .iter()
        .any(|item| !is_errors(item) && code(item).contains("error :: ConversionError"));
    types.retain(|item| used || !is_errors(item));
    types
}

fn unknown(item: &impl quote::ToTokens) -> Unexpected {
    let text = code(item);
    let start: String = text.chars().take(60).collect();
    Unexpected::in_item("the file", "an item that is known", start)
}
