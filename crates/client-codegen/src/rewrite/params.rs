//! Gathers what need not be given in a `<Operation>Params` struct, taken by a second method.
//!
//! So an optional parameter added to the contract never breaks a caller.

use quote::{format_ident, quote};
use syn::{FnArg, Ident, Item, Pat, Type, parse_quote, visit_mut::VisitMut};

use super::{Generated, Unexpected, code, inside_option, is_string};
use crate::naming;
use crate::transform::{Field, Operation, Plan};

/// Expects optional arguments to be `Option`s, but for a body of a type.
pub(super) fn gather_optional(generated: &mut Generated, plan: &Plan) -> Result<(), Unexpected> {
    let methods = std::mem::take(&mut generated.methods);
    for (method, operation) in methods.into_iter().zip(&plan.operations) {
        if !operation.has_params() {
            generated.methods.push(method);
            continue;
        }
        let members = members(&method, operation)?;
        generated.types.extend(params_struct(operation, &members));
        let params = naming::params(&operation.id);
        for member in &members {
            let known = Field {
                sensitive: member.sensitive,
                ..Field::default()
            };
            let key = (params.clone(), member.name.to_string());
            generated.fields.insert(key, known);
        }
        let with = with_method(method, operation, &members);
        generated.methods.push(plain_method(&with, operation));
        generated.methods.push(with);
    }
    Ok(())
}

/// A member of the struct.
struct Member {
    name: Ident,
    ty: Type,
    sensitive: bool,
    description: Option<String>,
}

fn members(method: &syn::ImplItemFn, operation: &Operation) -> Result<Vec<Member>, Unexpected> {
    let parameters = operation.optional_parameters().map(|parameter| {
        (
            parameter.rust_name.as_str(),
            parameter.sensitive,
            &parameter.description,
        )
    });
    let body = operation
        .optional_body()
        .map(|body| ("body", false, &body.description));
    parameters
        .chain(body)
        .map(|(name, sensitive, description)| {
            let ty = argument_type(method, name);
            let is_typed = name == "body" && operation.typed_body().is_some();
            let given = match &ty {
                Some(Type::Reference(reference)) if is_typed => Some(reference.elem.as_ref()),
                Some(ty) if is_typed => Some(ty),
                Some(ty) => inside_option(ty),
                None => None,
            };
            let given = given.ok_or_else(|| {
                let found = ty.as_ref().map(code).unwrap_or_default();
                Unexpected::in_operation(&operation.rust_name, format!("{name}: Option<_>"), found)
            })?;
            Ok(Member {
                name: format_ident!("{name}"),
                ty: owned(given),
                sensitive,
                description: description.clone(),
            })
        })
        .collect()
}

fn argument_type(method: &syn::ImplItemFn, name: &str) -> Option<Type> {
    method.sig.inputs.iter().find_map(|input| match input {
        FnArg::Typed(typed) => match typed.pat.as_ref() {
            Pat::Ident(pattern) if pattern.ident == name => Some(typed.ty.as_ref().clone()),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    })
}

/// `&str` becomes `String`, `&T` becomes `T`, and the module's own types lose its name.
fn owned(ty: &Type) -> Type {
    let ty = match ty {
        Type::Reference(reference) => reference.elem.as_ref(),
        ty => ty,
    };
    if code(ty) == "str" {
        return parse_quote!(::std::string::String);
    }
    struct InsideTypes;
    impl VisitMut for InsideTypes {
        fn visit_path_mut(&mut self, path: &mut syn::Path) {
            if path.leading_colon.is_none() && path.segments[0].ident == "types" {
                path.segments = path.segments.iter().skip(1).cloned().collect();
            }
            syn::visit_mut::visit_path_mut(self, path);
        }
    }
    let mut ty = ty.clone();
    InsideTypes.visit_type_mut(&mut ty);
    ty
}

fn params_struct(operation: &Operation, members: &[Member]) -> [Item; 2] {
    let name = format_ident!("{}", naming::params(&operation.id));
    let about = format!(
        "What can be said to [`Client::{}`](crate::Client::{0}) beyond what it needs.",
        naming::with_params(&operation.id)
    );
    let fields = members.iter().map(|member| {
        let Member { name, ty, .. } = member;
        let description = member
            .description
            .as_ref()
            .map(|text| quote!(#[doc = #text]));
        quote!(#description pub #name: ::std::option::Option<#ty>)
    });
    let setters = members.iter().map(|member| {
        let Member { name, ty, .. } = member;
        let about = match &member.description {
            Some(text) => format!("Sets `{name}`: {text}"),
            None => format!("Sets `{name}`."),
        };
        let (argument, value) = if is_string(ty) {
            (quote!(impl ::std::convert::Into<#ty>), quote!(#name.into()))
        } else {
            (quote!(#ty), quote!(#name))
        };
        quote! {
            #[doc = #about]
            #[must_use]
            pub fn #name(mut self, #name: #argument) -> Self {
                self.#name = Some(#value);
                self
            }
        }
    });
    [
        parse_quote! {
            #[doc = #about]
            #[derive(Clone, Debug, Default, PartialEq)]
            pub struct #name { #(#fields),* }
        },
        parse_quote! {
            impl #name {
                /// Nothing said yet.
                pub fn new() -> Self {
                    Self::default()
                }
                #(#setters)*
            }
        },
    ]
}

fn with_method(
    mut method: syn::ImplItemFn,
    operation: &Operation,
    members: &[Member],
) -> syn::ImplItemFn {
    let params = format_ident!("{}", naming::params(&operation.id));
    method.sig.ident = format_ident!("{}", naming::with_params(&operation.id));
    method.sig.inputs = method
        .sig
        .inputs
        .into_iter()
        .filter(|input| match input {
            FnArg::Typed(typed) => {
                !matches!(typed.pat.as_ref(), Pat::Ident(pattern) if members.iter().any(|member| member.name == pattern.ident))
            }
            FnArg::Receiver(_) => true,
        })
        .collect();
    method
        .sig
        .inputs
        .push(parse_quote!(params: &types::#params));
    FromParams(members).visit_block_mut(&mut method.block);
    method
}

/// `limit` becomes `params.limit`.
struct FromParams<'m>(&'m [Member]);

impl VisitMut for FromParams<'_> {
    /// A closure looks at the response alone, whatever its argument is called.
    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}

    fn visit_expr_mut(&mut self, expression: &mut syn::Expr) {
        syn::visit_mut::visit_expr_mut(self, expression);
        if let syn::Expr::Path(path) = expression
            && let Some(ident) = path.path.get_ident()
            && self.0.iter().any(|member| member.name == *ident)
        {
            *expression = parse_quote!(params.#ident);
        }
    }
}

/// The method without parameters asks the one with them.
fn plain_method(with: &syn::ImplItemFn, operation: &Operation) -> syn::ImplItemFn {
    let mut method = with.clone();
    method.sig.ident = format_ident!("{}", operation.rust_name);
    method.sig.inputs.pop();
    let with_name = &with.sig.ident;
    let params = format_ident!("{}", naming::params(&operation.id));
    let arguments = method.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(&typed.pat),
        FnArg::Receiver(_) => None,
    });
    method.block = parse_quote!({
        self.#with_name(#(#arguments,)* &types::#params::default()).await
    });
    // The last argument's comma goes with it.
    method.sig.inputs = method.sig.inputs.into_iter().collect();
    method
}
