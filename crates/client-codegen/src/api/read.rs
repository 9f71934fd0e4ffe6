//! Reads the API of a client from the code that the passes have made.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{FnArg, ImplItem, Item, Pat, ReturnType};

use super::{Call, Function, Kind, Member, OWN, RustApi, Type};
use crate::rewrite::{Generated, code, renamed};
use crate::transform::Plan;

/// The calls of a plan, by the names of their methods.
fn calls(plan: &Plan) -> BTreeMap<String, Call> {
    let operations = plan.operations.iter();
    operations
        .map(|operation| {
            let identifier = operation.identifier.as_ref();
            let call = Call {
                security: operation.security.clone(),
                not_found: operation.not_found.clone(),
                identifies: identifier.map(|identifier| identifier.property.clone()),
                pagination: operation.pagination.clone(),
                idempotency_key: operation.idempotency_key().map(|key| key.name.clone()),
            };
            (operation.rust_name.clone(), call)
        })
        .collect()
}

impl RustApi {
    /// The API of code that the passes have made.
    pub fn of(generated: &Generated, plan: &Plan) -> RustApi {
        let mut api = RustApi {
            calls: calls(plan),
            server: plan.service.server.clone(),
            ..RustApi::default()
        };
        let own = Own::of(&generated.types);
        api.add_types(&generated.types, &own);
        // Methods name the contract's types by their module.
        let none = Own(HashSet::new());
        let methods = generated.methods.iter();
        let methods = methods.map(|method| (method.sig.ident.to_string(), none.function(method)));
        api.methods = methods.collect();
        api
    }

    fn add_types(&mut self, items: &[Item], own: &Own) {
        for item in items {
            match item {
                Item::Struct(item) => {
                    let newtype = matches!(item.fields, syn::Fields::Unnamed(_));
                    let members = item.fields.iter().map(|field| {
                        let name = field.ident.as_ref().map_or("0".into(), ToString::to_string);
                        Member {
                            wire: renamed(&field.attrs).unwrap_or(name.clone()),
                            ty: own.tidy(&field.ty),
                            name,
                        }
                    });
                    let ty = Type {
                        kind: if newtype { Kind::Newtype } else { Kind::Struct },
                        members: members.collect(),
                        ..Type::default()
                    };
                    self.add(&item.ident, ty, &item.attrs, item);
                }
                Item::Enum(item) => {
                    let members = item.variants.iter().map(|variant| Member {
                        name: variant.ident.to_string(),
                        wire: renamed(&variant.attrs).unwrap_or(variant.ident.to_string()),
                        ty: own.tidy(&variant.fields),
                    });
                    let ty = Type {
                        kind: Kind::Enum,
                        members: members.collect(),
                        ..Type::default()
                    };
                    self.add(&item.ident, ty, &item.attrs, item);
                }
                Item::Type(item) => {
                    let target = Member {
                        name: "0".into(),
                        wire: "0".into(),
                        ty: own.tidy(&item.ty),
                    };
                    let ty = Type {
                        kind: Kind::Alias,
                        members: vec![target],
                        ..Type::default()
                    };
                    self.add(&item.ident, ty, &item.attrs, item);
                }
                _ => {}
            }
        }
        for item in items {
            if let Item::Impl(item) = item {
                self.add_impl(item, own);
            }
        }
        for ty in self.types.values_mut() {
            ty.code.sort_unstable();
        }
    }

    fn add(
        &mut self,
        name: &syn::Ident,
        mut ty: Type,
        attrs: &[syn::Attribute],
        item: impl ToTokens,
    ) {
        for attribute in attrs {
            if attribute.path().is_ident("non_exhaustive") {
                ty.open = true;
            }
            if attribute.path().is_ident("derive") {
                // A derive that can't be read has no trait that anyone could lean on.
                let _ = attribute.parse_nested_meta(|meta| {
                    let name = meta.path.segments.last();
                    ty.traits.extend(name.map(|last| last.ident.to_string()));
                    Ok(())
                });
            }
        }
        ty.code = words(item.to_token_stream());
        self.types.insert(name.to_string(), ty);
    }

    fn add_impl(&mut self, item: &syn::ItemImpl, own: &Own) {
        let name = own.tidy(&item.self_ty);
        let name = name.trim_start_matches(OWN);
        if let Some((path, _)) = &item.trait_ {
            let implemented = own.tidy(path);
            // `impl From<Id> for Uuid` is the type's own as well.
            let Some(ty) = self.types.get_mut(name) else {
                return;
            };
            if implemented.ends_with("Debug") {
                hidden(item.to_token_stream(), &mut ty.hidden);
            }
            ty.traits.insert(
                implemented
                    .rsplit("fmt::")
                    .next()
                    .unwrap_or_default()
                    .to_string(),
            );
            ty.code.extend(words(item.to_token_stream()));
        } else if let Some(ty) = self.types.get_mut(name) {
            for member in &item.items {
                if let ImplItem::Fn(method) = member {
                    let function = own.function(method);
                    ty.functions.insert(method.sig.ident.to_string(), function);
                }
            }
            ty.code.extend(words(item.to_token_stream()));
        }
    }
}

/// The names of the types that a file defines.
struct Own(HashSet<String>);

impl Own {
    fn of(items: &[Item]) -> Own {
        let names = items.iter().filter_map(|item| match item {
            Item::Struct(item) => Some(item.ident.to_string()),
            Item::Enum(item) => Some(item.ident.to_string()),
            Item::Type(item) => Some(item.ident.to_string()),
            _ => None,
        });
        Own(names.collect())
    }

    /// A type in few words: each path cut to its last name, the contract's own types marked.
    fn tidy(&self, tokens: impl ToTokens) -> String {
        let words: Vec<String> = flat(tokens.to_token_stream());
        let mut text = String::new();
        let mut module = String::new();
        for (at, word) in words.iter().enumerate() {
            if word == ":" {
                continue;
            }
            if words.get(at + 1).is_some_and(|next| next == ":") {
                module.clone_from(word);
                continue;
            }
            let from_elsewhere = at > 0 && words[at - 1] == ":" && module != "self";
            let own = (module == "types" && at > 0 && words[at - 1] == ":")
                || (!from_elsewhere && self.0.contains(word));
            let in_word = |c: char| c.is_alphanumeric() || c == '_';
            if (text.ends_with(in_word) && word.starts_with(in_word)) || text.ends_with([',', '='])
            {
                text.push(' ');
            }
            if own {
                text.push(OWN);
            }
            text.push_str(word);
        }
        text.replace("->", " -> ").replace(", >", ">")
    }

    fn function(&self, method: &syn::ImplItemFn) -> Function {
        let arguments = method.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(typed) => match typed.pat.as_ref() {
                Pat::Ident(pattern) => Some((pattern.ident.to_string(), self.tidy(&typed.ty))),
                other => Some((code(other), self.tidy(&typed.ty))),
            },
            FnArg::Receiver(_) => None,
        });
        Function {
            arguments: arguments.collect(),
            output: match &method.sig.output {
                ReturnType::Default => "()".into(),
                ReturnType::Type(_, ty) => self.tidy(ty),
            },
            code: words(method.to_token_stream()),
        }
    }
}

/// The tokens, groups opened.
fn flat(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                    proc_macro2::Delimiter::Brace => ("{", "}"),
                    proc_macro2::Delimiter::Bracket => ("[", "]"),
                    proc_macro2::Delimiter::None => ("", ""),
                };
                found.push(open.to_string());
                found.extend(flat(group.stream()));
                found.push(close.to_string());
            }
            other => found.push(other.to_string()),
        }
    }
    found.retain(|word| !word.is_empty());
    found
}

/// The tokens without documentation, sorted.
fn words(tokens: TokenStream) -> Vec<String> {
    let all = flat(tokens);
    let mut found = Vec::with_capacity(all.len());
    let mut rest = all.as_slice();
    while let Some((word, after)) = rest.split_first() {
        // `# [ doc = "…" ]`
        if word == "#" && after.len() > 4 && after[0] == "[" && after[1] == "doc" {
            rest = &after[5..];
            continue;
        }
        found.push(word.clone());
        rest = after;
    }
    found.sort();
    found
}

/// What a `Debug` hides: `.field("email", …Redacted…)`, or all of it.
fn hidden(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let mut fields = false;
    let mut all = false;
    scan(tokens, &mut fields, &mut all, found);
    if all && !fields {
        found.insert(String::new());
    }
}

fn scan(tokens: TokenStream, fields: &mut bool, all: &mut bool, found: &mut BTreeSet<String>) {
    let mut after_field = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let inner = group.stream();
                if after_field {
                    *fields = true;
                    let words = flat(inner);
                    if words.iter().any(|word| word == "Redacted") {
                        found.insert(words[0].trim_matches('"').to_string());
                    }
                } else {
                    scan(inner, fields, all, found);
                }
                after_field = false;
            }
            TokenTree::Ident(ident) => {
                after_field = ident == "field";
                *all |= ident == "Redacted";
            }
            _ => after_field = false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api(types: &str, operations: &str) -> RustApi {
        let items = |code: &str| syn::parse_file(code).expect("Rust").items;
        let methods = items(operations).into_iter().flat_map(|item| match item {
            Item::Impl(item) => item.items,
            _ => Vec::new(),
        });
        let methods = methods.filter_map(|item| match item {
            ImplItem::Fn(method) => Some(method),
            _ => None,
        });
        let own = Own::of(&items(types));
        let mut api = RustApi::default();
        api.add_types(&items(types), &own);
        api.methods = methods
            .map(|method| {
                (
                    method.sig.ident.to_string(),
                    Own(HashSet::new()).function(&method),
                )
            })
            .collect();
        api
    }

    #[test]
    fn generated_code_is_read_as_an_api() {
        let read = api(
            "/// Doc.\n#[derive(Clone, Default)] #[non_exhaustive] pub struct Lead { #[serde(rename = \"aB\")] pub a_b: ::std::option::Option<chrono::DateTime<Utc>> }\n\
             impl fmt::Debug for Lead { fn fmt(&self) { f.debug_struct(\"Lead\").field(\"a_b\", &self.a_b.as_ref().map(|_| Redacted)).finish() } }\n\
             impl Lead { pub fn new(a: impl Into<String>) -> Self { Self } }\n\
             pub struct Value(pub ::serde_json::Value);\n",
            "impl Client { pub async fn get_lead(&self, id: &Uuid) -> Result<Response<types::Lead>, Error> { x } }",
        );
        let lead = &read.types["Lead"];
        assert_eq!(lead.members[0].ty, "Option<DateTime<Utc>>");
        assert_eq!(lead.members[0].wire, "aB");
        assert!(lead.open && lead.hidden.contains("a_b"), "{lead:?}");
        assert_eq!(lead.functions["new"].arguments[0].1, "impl Into<String>");
        assert_eq!(read.types["Value"].members[0].ty, "Value");
        assert_eq!(
            read.methods["get_lead"].output,
            "Result<Response<~Lead>, Error>"
        );
    }
}
