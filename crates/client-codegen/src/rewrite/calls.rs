//! Hands each request to our runtime instead of progenitor's.
//!
//! progenitor's method builds a URL, a header map and a request, sends it and reads the answer.
//! Its URL, parameters and body are checked against the contract statement by statement; the
//! method then says the same to `Client::call`, which knows errors, limits and envelopes.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{FnArg, Ident, Pat, Type, parse_quote};

use super::{Generated, Unexpected, code, inside, optional, responses, scheme, styles, uploads};
use crate::transform::{Location, Operation, OwnServer, Parameter, Plan};

/// Expects one method an operation, in progenitor's exact form.
pub(super) fn hand_to_runtime(generated: &mut Generated, plan: &Plan) -> Result<(), Unexpected> {
    let methods = std::mem::take(&mut generated.methods);
    for operation in &plan.operations {
        let name = &operation.rust_name;
        let method = methods
            .iter()
            .find(|method| method.sig.ident == name)
            .ok_or_else(|| Unexpected::in_operation(name, format!("async fn {name}"), "none"))?;
        let method = rewrite(method, operation, generated)?;
        generated.methods.push(method);
    }
    if methods.len() != plan.operations.len() {
        return Err(Unexpected::in_item(
            "Client",
            format!("{} methods", plan.operations.len()),
            format!("{} methods", methods.len()),
        ));
    }
    Ok(())
}

fn rewrite(
    method: &syn::ImplItemFn,
    operation: &Operation,
    generated: &Generated,
) -> Result<syn::ImplItemFn, Unexpected> {
    check_body(method, operation)?;
    let answer = answer_type(method, operation)?;
    let arguments = arguments(method, operation)?;
    let name = &method.sig.ident;
    let send = responses::steps(operation, &arguments, &answer, generated)?;
    let chain = chain(operation, &arguments, &send);
    let output = responses::output(operation, &answer);
    let inputs = arguments.iter().map(|(name, ty)| quote!(#name: #ty));
    Ok(parse_quote! {
        pub async fn #name(&self, #(#inputs),*) -> Result<#output, Error> {
            #chain
        }
    })
}

/// The arguments with their types: the path's in the template's order, others in the contract's,
/// the body last.
fn arguments(
    method: &syn::ImplItemFn,
    operation: &Operation,
) -> Result<Vec<(Ident, Type)>, Unexpected> {
    let wanted = operation
        .parameters
        .iter()
        .map(|parameter| parameter.rust_name.as_str())
        .chain(operation.typed_body().map(|_| "body"));
    let found: Vec<Vec<(Ident, Type)>> = wanted
        .map(|wanted| {
            let typed = method.sig.inputs.iter().filter_map(|input| match input {
                FnArg::Typed(typed) => Some(typed),
                FnArg::Receiver(_) => None,
            });
            let named = typed.filter_map(|typed| match typed.pat.as_ref() {
                Pat::Ident(pattern) if pattern.ident == wanted => {
                    let ty = without_lifetimes(&typed.ty);
                    let is_member = wanted == "body" && operation.optional_body().is_some();
                    let ty = if is_member { ty } else { as_slice(ty) };
                    Some((pattern.ident.clone(), ty))
                }
                _ => None,
            });
            named.collect()
        })
        .collect();
    let mut found: Vec<(Ident, Type)> = found.into_iter().flatten().collect();
    let count = operation.parameters.len() + usize::from(operation.typed_body().is_some());
    if found.len() != count || method.sig.inputs.len() != count + 1 {
        return Err(Unexpected::in_operation(
            &operation.rust_name,
            format!("{count} arguments, named as in the contract"),
            code(&method.sig.inputs),
        ));
    }
    found.extend(uploads::argument(operation));
    Ok(found)
}

/// A list that is borrowed is a slice: whoever has another list than a `Vec` can give it too.
fn as_slice(ty: Type) -> Type {
    let list = match &ty {
        Type::Reference(reference) => inside(&reference.elem, "Vec"),
        _ => None,
    };
    list.map(|element| parse_quote!(&[#element])).unwrap_or(ty)
}

fn without_lifetimes(ty: &Type) -> Type {
    struct Strip;
    impl syn::visit_mut::VisitMut for Strip {
        fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
            reference.lifetime = None;
            syn::visit_mut::visit_type_reference_mut(self, reference);
        }
    }
    let mut ty = ty.clone();
    syn::visit_mut::VisitMut::visit_type_mut(&mut Strip, &mut ty);
    ty
}

/// The call as our runtime takes it. A constant, since no argument can have its name.
fn chain(operation: &Operation, arguments: &[(Ident, Type)], send: &TokenStream) -> TokenStream {
    let (id, path) = (&operation.id, &operation.sent_path);
    let security = scheme(&operation.security);
    let not_found = optional(operation.not_found.as_deref());
    let verb = format_ident!("{}", operation.method);
    let steps = operation.parameters.iter().map(|parameter| {
        let value = borrowed(&parameter.rust_name, arguments, parameter.required);
        styles::step(parameter, &value)
    });
    let server = operation
        .server
        .as_ref()
        .map(|OwnServer { url, security }| {
            let security = scheme(security);
            quote!(.server(#url, #security))
        });
    let body = operation.body.as_ref().map(|body| {
        let value = borrowed("body", arguments, body.required);
        uploads::step(body, &value)
    });
    // An answer without a type of its own can't redact itself.
    let hide = operation
        .answer_sensitive
        .then(|| quote!(.map(Response::hidden)));
    quote! {
        const OPERATION: Operation = Operation {
            id: #id,
            method: Method::#verb,
            path: #path,
            security: #security,
            not_found: #not_found,
        };
        self.call(OPERATION)
            #server
            #(#steps)*
            #body
            #send
            .await
            #hide
    }
}

/// The argument as a reference; one that is optional will be a field of the parameters' struct.
pub(super) fn borrowed(name: &str, arguments: &[(Ident, Type)], required: bool) -> TokenStream {
    let ident = format_ident!("{name}");
    let is_reference = arguments
        .iter()
        .any(|(argument, ty)| argument == name && matches!(ty, Type::Reference(_)));
    if is_reference && required {
        quote!(#ident)
    } else {
        quote!(&#ident)
    }
}

/// The `T` of `Result<ResponseValue<T>, Error<()>>`.
fn answer_type(method: &syn::ImplItemFn, operation: &Operation) -> Result<Type, Unexpected> {
    let generic = |ty: &Type, wanted: &str| -> Option<Type> {
        let Type::Path(path) = ty else { return None };
        let last = path.path.segments.last()?;
        let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
            return None;
        };
        match arguments.args.first()? {
            syn::GenericArgument::Type(inner) if last.ident == wanted => Some(inner.clone()),
            _ => None,
        }
    };
    let output = match &method.sig.output {
        syn::ReturnType::Type(_, ty) => Some(ty.as_ref()),
        syn::ReturnType::Default => None,
    };
    output
        .and_then(|ty| generic(ty, "Result"))
        .and_then(|ty| generic(&ty, "ResponseValue"))
        .ok_or_else(|| {
            Unexpected::in_operation(
                &operation.rust_name,
                "Result<ResponseValue<_>, Error<_>>",
                code(&method.sig.output),
            )
        })
}

/// Compares the method's statements with those that progenitor is known to write for it.
fn check_body(method: &syn::ImplItemFn, operation: &Operation) -> Result<(), Unexpected> {
    let expected = expected_body(operation);
    if without_last_commas(&code(&expected)) == without_last_commas(&code(&method.block)) {
        return Ok(());
    }
    // Only to say which statement differs is it read, which takes longer than all else here.
    let expected: syn::Block = parse_quote!(#expected);
    let found = &method.block.stmts;
    for (index, expected) in expected.stmts.iter().enumerate() {
        let expected = code(expected);
        let found = found.get(index).map(code).unwrap_or_default();
        if without_last_commas(&expected) != without_last_commas(&found) {
            return Err(Unexpected::in_operation(
                &operation.rust_name,
                expected,
                found,
            ));
        }
    }
    match found.get(expected.stmts.len()) {
        None => Ok(()),
        Some(more) => Err(Unexpected::in_operation(
            &operation.rust_name,
            "nothing more",
            code(more),
        )),
    }
}

/// A comma after the last of a list means nothing.
fn without_last_commas(code: &str) -> String {
    let text = code.replace(' ', "");
    [",)", ",}", ",]"]
        .iter()
        .fold(text, |text, last| text.replace(last, &last[1..]))
}

fn expected_body(operation: &Operation) -> TokenStream {
    let local = |name: &str| local(name, operation);
    let (url, request) = (local("url"), local("request"));
    let (response, result) = (local("response"), local("result"));

    let path_arguments: Vec<Ident> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location == Location::Path)
        .map(|parameter| format_ident!("{}", parameter.rust_name))
        .collect();
    // The transform has given each operation a path of its own.
    let url_format = format!(
        "{{}}/{}{}",
        operation.rust_name,
        "/{}".repeat(path_arguments.len())
    );

    let headers = alphabetical(operation, Location::Header);
    let capacity = headers.len() + 1;
    let headers = headers.iter().map(|header| {
        let (wire_name, ident) = (&header.spelling, format_ident!("{}", header.rust_name));
        if header.required {
            quote!(header_map.append(#wire_name, #ident.to_string().try_into()?);)
        } else {
            quote!(if let Some(value) = #ident {
                header_map.append(#wire_name, value.to_string().try_into()?);
            })
        }
    });

    let verb = format_ident!("{}", operation.method.to_lowercase());
    let has_value = responses::has_value(operation);
    let accept = has_value.then(|| {
        quote!(.header(
            ::reqwest::header::ACCEPT,
            ::reqwest::header::HeaderValue::from_static("application/json"),
        ))
    });
    let queries = alphabetical(operation, Location::Query);
    let queries = queries.iter().map(|query| {
        let (wire_name, ident) = (&query.spelling, format_ident!("{}", query.rust_name));
        quote!(.query(&progenitor_client::QueryParam::new(#wire_name, &#ident)))
    });
    let body = operation.typed_body().map(|_| quote!(.json(&body)));

    let id = &operation.rust_name;
    let arm = match has_value {
        true => quote!(200u16 => { ResponseValue::from_response(#response).await }),
        false => quote!(204u16 => { Ok(ResponseValue::empty(#response)) }),
    };
    quote!({
        let #url = format!(#url_format, self.baseurl, #(encode_path(&#path_arguments.to_string()),)*);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(#capacity);
        header_map.append(
            ::reqwest::header::HeaderName::from_static("api-version"),
            ::reqwest::header::HeaderValue::from_static(Self::api_version()),
        );
        #(#headers)*
        #[allow(unused_mut)]
        let mut #request = self.client.#verb(#url) #accept #body #(#queries)* .headers(header_map).build()?;
        let info = OperationInfo { operation_id: #id };
        self.pre(&mut #request, &info).await?;
        let #result = self.exec(#request, &info).await;
        self.post(&#result, &info).await?;
        let #response = #result?;
        match #response.status().as_u16() {
            #arm
            _ => Err(Error::UnexpectedResponse(#response)),
        }
    })
}

/// progenitor renames its locals away from arguments of the same name.
fn local(name: &str, operation: &Operation) -> Ident {
    let mut name = name.to_string();
    while operation
        .parameters
        .iter()
        .any(|parameter| parameter.rust_name == name)
    {
        name.insert(0, '_');
    }
    format_ident!("{name}")
}

/// progenitor keeps parameters in the order of their names.
fn alphabetical(operation: &Operation, location: Location) -> Vec<&Parameter> {
    let mut found: Vec<_> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location == location)
        .collect();
    found.sort_by_key(|parameter| &parameter.spelling);
    found
}
