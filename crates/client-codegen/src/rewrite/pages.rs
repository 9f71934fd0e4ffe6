//! Adds a method that reads the pages of an operation one after the other, as a stream of their items.

mod way;

use quote::{format_ident, quote};
use syn::{FnArg, Ident, ImplItemFn, Pat, Type, parse_quote};

use super::{Generated, Unexpected, code, inside};
use crate::naming;
use crate::transform::{Operation, Pagination, Plan};
use way::{Walk, in_types};

/// Expects the method that takes the optional parameters, and a field for each name of a path.
pub(super) fn stream(generated: &mut Generated, plan: &Plan) -> Result<(), Unexpected> {
    for operation in &plan.operations {
        let Some(pagination) = &operation.pagination else {
            continue;
        };
        let with = naming::with_params(&operation.id);
        let methods = &generated.methods;
        let Some(at) = methods.iter().position(|method| method.sig.ident == with) else {
            return Err(unexpected(operation, format!("async fn {with}"), "none"));
        };
        let method = stream_method(generated, operation, pagination, &methods[at])?;
        generated.methods.insert(at + 1, method);
    }
    Ok(())
}

fn unexpected(operation: &Operation, expected: String, found: &str) -> Unexpected {
    Unexpected::in_operation(&operation.rust_name, expected, found)
}

fn stream_method(
    generated: &Generated,
    operation: &Operation,
    pagination: &Pagination,
    with: &ImplItemFn,
) -> Result<ImplItemFn, Unexpected> {
    let page = page_type(with).ok_or_else(|| {
        unexpected(
            operation,
            "Result<Response<_>, Error>".into(),
            &code(&with.sig.output),
        )
    })?;
    let walk = Walk {
        generated,
        operation,
    };
    let next = walk.follow(&page, &pagination.next)?;
    let items = walk.follow(&page, &pagination.items)?;
    let item = inside(&items.ty, "Vec")
        .ok_or_else(|| unexpected(operation, "Vec<_>".into(), &code(&items.ty)))?;
    let item = in_types(generated, item);
    let (next, items) = (next.cloned(), items.taken());

    let cursor_field = format_ident!("{}", pagination.cursor);
    let (unwrapped, wrapped) = walk.cursor(&pagination.cursor)?;
    let arguments: Vec<Argument<'_>> = with.sig.inputs.iter().filter_map(argument).collect();
    let [client, cursor] = ["client", "cursor"].map(|name| local(name, &arguments));
    let inputs = arguments.iter().map(|argument| argument.input);
    let references = arguments.iter().filter(|argument| argument.is_reference);
    let owned: Vec<&Ident> = references.map(|argument| argument.name).collect();
    let again = owned.iter().filter(|name| **name != "params");
    let again: Vec<_> = again.collect();
    let passed = arguments.iter().map(
        |Argument {
             name, is_reference, ..
         }| match is_reference {
            true => quote!(&#name),
            false => quote!(#name),
        },
    );
    let (name, with_name) = (
        format_ident!("{}", naming::stream(&operation.id)),
        &with.sig.ident,
    );
    let next_path = &pagination.next;
    Ok(parse_quote! {
        pub fn #name(&self, #(#inputs),*)
            -> impl ::futures_core::Stream<Item = Result<#item, Error>> + Send + Unpin + use<>
        {
            let #client = self.clone();
            #(let #owned = #owned.to_owned();)*
            crate::pages::Pages::new(
                #next_path,
                params.#cursor_field.clone() #unwrapped,
                move |#cursor| {
                    let #client = #client.clone();
                    #(let #again = #again.clone();)*
                    let mut params = params.clone();
                    params.#cursor_field = #cursor #wrapped;
                    async move { #client.#with_name(#(#passed),*).await }
                },
                |page: #page| {
                    let next = #next;
                    (#items, next)
                },
            )
        }
    })
}

/// An argument of a method.
struct Argument<'m> {
    input: &'m FnArg,
    name: &'m Ident,
    is_reference: bool,
}

fn argument(input: &FnArg) -> Option<Argument<'_>> {
    match input {
        FnArg::Typed(typed) => match typed.pat.as_ref() {
            Pat::Ident(pattern) => Some(Argument {
                input,
                name: &pattern.ident,
                is_reference: matches!(*typed.ty, Type::Reference(_)),
            }),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    }
}

/// A name that no argument has.
fn local(name: &str, arguments: &[Argument<'_>]) -> Ident {
    let mut name = name.to_string();
    while arguments.iter().any(|argument| argument.name == &name) {
        name.insert(0, '_');
    }
    format_ident!("{name}")
}

/// The `T` of `Result<Response<T>, Error>`.
fn page_type(method: &ImplItemFn) -> Option<Type> {
    match &method.sig.output {
        syn::ReturnType::Type(_, ty) => inside(inside(ty, "Result")?, "Response").cloned(),
        syn::ReturnType::Default => None,
    }
}
