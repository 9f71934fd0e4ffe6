//! The ways through the types of a page: to its items, and to the next page's cursor.

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{Item, Type, parse_quote};

use super::unexpected;
use crate::naming;
use crate::rewrite::field_path::field_path;
use crate::rewrite::{Generated, Unexpected, code, inside, inside_option};
use crate::transform::{Answer, Operation};

/// The way from a page to one of its values.
pub(super) struct Way {
    /// The type of the value.
    pub(super) ty: Type,
    /// The fields on the way, up to each `Option` and behind the last.
    fields: Vec<TokenStream>,
}

impl Way {
    /// The value by itself: what is absent is empty. The page is used up.
    pub(super) fn taken(&self) -> TokenStream {
        let Some((last, before)) = self.fields.split_last() else {
            return quote!(page);
        };
        let Some((first, between)) = before.split_first() else {
            return quote!(page #last);
        };
        let mapped = (!last.is_empty()).then(|| quote!(.map(|page| page #last)));
        quote!(page #first #(.and_then(|page| page #between))* #mapped .unwrap_or_default())
    }

    /// A copy of the value, if it is there.
    pub(super) fn cloned(&self) -> TokenStream {
        match self.fields.as_slice() {
            [] => quote!(Some(page.clone())),
            [all] => quote!(Some(page #all.clone())),
            [all, last] if last.is_empty() => quote!(page #all.clone()),
            [first, between @ .., option, last] if last.is_empty() => quote! {
                page #first.as_ref() #(.and_then(|page| page #between.as_ref()))*
                    .and_then(|page| page #option.clone())
            },
            [first, between @ .., last] => quote! {
                page #first.as_ref() #(.and_then(|page| page #between.as_ref()))*
                    .map(|page| page #last.clone())
            },
        }
    }
}

/// The way through the types of one operation's pages.
pub(super) struct Walk<'g> {
    pub(super) generated: &'g Generated,
    pub(super) operation: &'g Operation,
}

impl Walk<'_> {
    /// The way along a path of the success body, through aliases, wrappers and options.
    pub(super) fn follow(&self, page: &Type, path: &str) -> Result<Way, Unexpected> {
        let mut way = Way {
            ty: page.clone(),
            fields: vec![TokenStream::new()],
        };
        self.open(&mut way);
        let enveloped = self.operation.answer == Answer::Data;
        for property in path.split('.').skip(usize::from(enveloped)) {
            let field = field_path(self.generated, &way.ty, property);
            let ty = self.field_type(&way.ty, property);
            let (Some(field), Some(ty), Some(last)) = (field, ty, way.fields.last_mut()) else {
                let expected = format!("a field for `{property}` of `{path}`");
                return Err(unexpected(self.operation, expected, &code(&way.ty)));
            };
            last.extend(field);
            way.ty = ty;
            self.open(&mut way);
        }
        Ok(way)
    }

    /// Leads on into aliases, wrappers and options.
    fn open(&self, way: &mut Way) {
        loop {
            if let Some(inner) = inside_option(&way.ty) {
                way.ty = inner.clone();
                way.fields.push(TokenStream::new());
                continue;
            }
            // A box gives away its fields as if they were its own.
            if let Some(inner) = inside(&way.ty, "Box") {
                way.ty = inner.clone();
                continue;
            }
            let inner = match self.item(&way.ty) {
                Some(Item::Type(alias)) => (*alias.ty).clone(),
                Some(Item::Struct(item)) => match (wrapped(item), way.fields.last_mut()) {
                    (Some(inner), Some(last)) => {
                        last.extend(quote!(.0));
                        inner.clone()
                    }
                    _ => return,
                },
                _ => return,
            };
            way.ty = inner;
        }
    }

    fn item(&self, ty: &Type) -> Option<&Item> {
        let Type::Path(path) = ty else { return None };
        let own = path.path.leading_colon.is_none();
        let last = path.path.segments.last().filter(|_| own)?;
        find(self.generated, &last.ident.to_string())
    }

    fn field_type(&self, ty: &Type, property: &str) -> Option<Type> {
        let Some(Item::Struct(item)) = self.item(ty) else {
            return None;
        };
        let of_property = item.fields.iter().find(|field| {
            let name = field.ident.as_ref().map(ToString::to_string);
            let key = name.map(|name| (item.ident.to_string(), name));
            let known = key.and_then(|key| self.generated.fields.get(&key));
            known.is_some_and(|known| known.name == property)
        });
        of_property.map(|field| field.ty.clone())
    }

    /// What makes the cursor of the parameters one of a page, and the other way round.
    pub(super) fn cursor(&self, name: &str) -> Result<(TokenStream, TokenStream), Unexpected> {
        let params = naming::params(&self.operation.id);
        let item = find(self.generated, &params);
        let field = match item {
            Some(Item::Struct(item)) => item
                .fields
                .iter()
                .find(|field| field.ident.as_ref().is_some_and(|ident| ident == name)),
            _ => None,
        };
        let given = field.and_then(|field| inside_option(&field.ty));
        let given = given.ok_or_else(|| {
            unexpected(
                self.operation,
                format!("{params}.{name}: Option<_>"),
                "none",
            )
        })?;
        Ok(match self.item(given) {
            Some(Item::Struct(item)) if wrapped(item).is_some() => {
                let given = in_types(self.generated, given);
                (quote!(.map(|cursor| cursor.0)), quote!(.map(#given)))
            }
            _ => (quote!(), quote!()),
        })
    }
}

/// The type that a struct wraps, if it does no more.
fn wrapped(item: &syn::ItemStruct) -> Option<&Type> {
    match &item.fields {
        syn::Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Some(&fields.unnamed[0].ty),
        _ => None,
    }
}

/// A type of the module `types` as other modules name it.
pub(super) fn in_types(generated: &Generated, ty: &Type) -> Type {
    struct FromOutside<'g>(&'g Generated);
    impl VisitMut for FromOutside<'_> {
        fn visit_path_mut(&mut self, path: &mut syn::Path) {
            visit_mut::visit_path_mut(self, path);
            let is_own = path.leading_colon.is_none()
                && path.segments.len() == 1
                && find(self.0, &path.segments[0].ident.to_string()).is_some();
            if is_own {
                path.segments.insert(0, parse_quote!(types));
            }
        }
    }
    let mut ty = ty.clone();
    FromOutside(generated).visit_type_mut(&mut ty);
    ty
}

fn find<'g>(generated: &'g Generated, name: &str) -> Option<&'g Item> {
    generated.types.iter().find(|item| match item {
        Item::Struct(item) => item.ident == name,
        Item::Enum(item) => item.ident == name,
        Item::Type(item) => item.ident == name,
        _ => false,
    })
}
