//! Documentation from the contract, as rustdoc wants it; nothing public stays without.

use proc_macro2::Span;
use syn::{AttrStyle, Attribute, Expr, ExprLit, Ident, Item, Lit, LitStr, Meta, MetaNameValue};

use super::debug::is_extra;
use super::harmless::OwnLinks;
use super::markdown::{as_rustdoc, code_span, one_line, readable};
use super::{Generated, Unexpected, uploads};
use crate::naming;
use crate::transform::{Answer, Operation, Pagination, Plan};

/// Expects nothing: writes what the contract says, or that it says nothing.
pub(super) fn document(generated: &mut Generated, plan: &Plan) -> Result<(), Unexpected> {
    let own = &own_links(plan);
    for item in &mut generated.types {
        match item {
            Item::Struct(item) => {
                tidy(&mut item.attrs, own, || format!("`{}`.", item.ident));
                for field in &mut item.fields {
                    let name = field.ident.as_ref().map(ToString::to_string);
                    let wire = renamed(&field.attrs).or(name);
                    let holds_unknown = is_extra(field);
                    tidy(&mut field.attrs, own, || match wire {
                        _ if holds_unknown => UNKNOWN_FIELDS.to_string(),
                        Some(wire) => {
                            let name = code_span(&wire);
                            format!("{name}, which the contract doesn't describe.")
                        }
                        None => "The value.".to_string(),
                    });
                }
            }
            Item::Enum(item) => {
                tidy(&mut item.attrs, own, || format!("`{}`.", item.ident));
                for variant in &mut item.variants {
                    let wire = renamed(&variant.attrs);
                    let wire = wire.unwrap_or_else(|| variant.ident.to_string());
                    tidy(&mut variant.attrs, own, || code_span(&wire) + ".");
                }
            }
            Item::Impl(item) => {
                for member in &mut item.items {
                    if let syn::ImplItem::Fn(method) = member {
                        tidy_if_any(&mut method.attrs, own);
                    }
                }
            }
            _ => {}
        }
    }
    for operation in &plan.operations {
        let with = naming::with_params(&operation.id);
        let stream = naming::stream(&operation.id);
        let pagination = operation.pagination.as_ref();
        for method in &mut generated.methods {
            let of_pages = pagination.filter(|_| method.sig.ident == stream);
            let text = if let Some(pagination) = of_pages {
                stream_text(operation, pagination)
            } else if method.sig.ident == operation.rust_name {
                let with = operation.has_params().then_some(with.as_str());
                method_text(operation, with, false)
            } else if method.sig.ident == with {
                method_text(operation, None, true)
            } else {
                continue;
            };
            method.attrs = lines(&text, own);
        }
    }
    Ok(())
}

/// What [`method_text`] and the parameters' structs link to.
fn own_links(plan: &Plan) -> OwnLinks {
    let operations = plan.operations.iter();
    let methods = operations.flat_map(|operation| {
        let with = naming::with_params(&operation.id);
        let with = operation.has_params().then_some(with);
        let by_status = matches!(operation.answer, Answer::ByStatus { .. });
        let plain = by_status.then(|| operation.rust_name.clone());
        let methods = with.into_iter().chain(plain);
        methods.flat_map(|method| {
            [
                format!("Client::{method}"),
                format!("crate::Client::{method}"),
            ]
        })
    });
    methods.chain(["Error".into()]).collect()
}

const UNKNOWN_FIELDS: &str = "Members that the contract doesn't name, as sent: custom fields, and those that the service has added since.";

fn method_text(operation: &Operation, with: Option<&str>, takes_params: bool) -> String {
    let mut paragraphs = about(operation);
    paragraphs.push(format!("Sends {}.", request(operation)));
    if let Some(with) = with {
        paragraphs.push(format!("[`Client::{with}`] takes optional parameters too."));
    }
    if let Some(key) = operation.idempotency_key() {
        paragraphs.push(format!(
            "The header {} is a fresh UUID for each call, unless `params` has another, and the same for \
             its attempts: the call is retried as one that can be repeated without harm.",
            code_span(&key.name)
        ));
    }
    paragraphs.extend(arguments(operation, takes_params));
    paragraphs.extend(operation.body.as_ref().and_then(uploads::parts));
    let value = match operation.answer {
        Answer::Nothing | Answer::File => "a success",
        Answer::Redirect => "a redirect, which is not followed, or a success",
        Answer::Text => "a success with a body that is text",
        Answer::ByStatus { .. } => "a success of a described status with a body that fits",
        Answer::Whole | Answer::Data => "a success with a body that fits",
    };
    paragraphs.push(format!(
        "# Errors\n\nAnything but {value} is an [`Error`], which says all that was known."
    ));
    paragraphs.join("\n\n")
}

fn stream_text(operation: &Operation, pagination: &Pagination) -> String {
    let with = naming::with_params(&operation.id);
    let Pagination { cursor, next, .. } = pagination;
    let (request, next) = (request(operation), code_span(next));
    let mut paragraphs = about(operation);
    paragraphs.push(format!(
        "Streams the items of all pages. Each page is one {request}, sent when the items before it are \
         used up. The first page is the one at `params.{cursor}`; the last is the one whose {next} is \
         absent, null or empty."
    ));
    paragraphs.push(format!(
        "With `TryStreamExt` of the crate `futures-util`, `while let Some(item) = \
         stream.try_next().await?` reads it. It gives nothing of a page but the items; \
         [`Client::{with}`] returns a whole page."
    ));
    paragraphs.extend(arguments(operation, true));
    paragraphs.push(format!(
        "# Errors\n\nAn error of a page is the last that the stream gives, and no page is requested \
         again. If {next} is a cursor that was there before, the pages would never end: that is an \
         [`Error`] as well."
    ));
    paragraphs.join("\n\n")
}

/// What the contract says about an operation.
fn about(operation: &Operation) -> Vec<String> {
    let summary = operation.summary.as_deref();
    let summary = summary.map(|text| format!("{}.", one_line(text).trim_end_matches(['.', ','])));
    let mut paragraphs: Vec<String> = summary.into_iter().collect();
    paragraphs.extend(operation.description.clone());
    if operation.deprecated {
        paragraphs.push("Deprecated: the contract advises against it.".into());
    }
    paragraphs
}

fn request(operation: &Operation) -> String {
    code_span(&format!("{} {}", operation.method, operation.sent_path))
}

fn arguments(operation: &Operation, takes_params: bool) -> Option<String> {
    let described = operation.required_parameters().map(|parameter| {
        (
            parameter.rust_name.as_str(),
            parameter.description.as_deref(),
        )
    });
    let body = operation.body.as_ref().filter(|body| body.is_argument());
    let about_body = body.and_then(uploads::about);
    let body = body.map(|_| ("body", about_body.as_deref()));
    let params = takes_params.then_some(("params", Some("What need not be given.")));
    let arguments: Vec<String> = described
        .chain(body)
        .chain(params)
        .map(|(name, text)| match text {
            Some(text) => format!("- `{name}`: {}", text.replace('\n', "\n  ")),
            None => format!("- `{name}`"),
        })
        .collect();
    (!arguments.is_empty()).then(|| format!("# Arguments\n\n{}", arguments.join("\n")))
}

/// The name on the wire, where `serde` renames.
pub(crate) fn renamed(attributes: &[Attribute]) -> Option<String> {
    let mut found = None;
    for attribute in attributes {
        if attribute.path().is_ident("serde") {
            // Other keys of the attribute are none of our business.
            let _ = attribute.parse_nested_meta(|meta| {
                if let Ok(value) = meta.value() {
                    let text: syn::LitStr = value.parse()?;
                    if meta.path.is_ident("rename") {
                        found = Some(text.value());
                    }
                }
                Ok(())
            });
        }
    }
    found
}

/// Rewrites an item's documentation; says `otherwise` if it has none, or only its own name.
fn tidy(attributes: &mut Vec<Attribute>, own: &OwnLinks, otherwise: impl FnOnce() -> String) {
    let text = text_of(attributes);
    let only_a_name = text.starts_with('`') && text.ends_with('`') && !text.contains(' ');
    let text = if text.is_empty() || only_a_name {
        otherwise()
    } else {
        text
    };
    replace(attributes, &text, own);
}

fn tidy_if_any(attributes: &mut Vec<Attribute>, own: &OwnLinks) {
    let text = text_of(attributes);
    if !text.is_empty() {
        replace(attributes, &text, own);
    }
}

fn text_of(attributes: &[Attribute]) -> String {
    let texts: Vec<String> = attributes.iter().filter_map(doc_text).collect();
    readable(&texts.join("\n")).trim().to_string()
}

/// The text of a doc attribute.
fn doc_text(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else {
        return None;
    };
    match &pair.value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) if pair.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}

fn replace(attributes: &mut Vec<Attribute>, text: &str, own: &OwnLinks) {
    attributes.retain(|attribute| doc_text(attribute).is_none());
    attributes.splice(0..0, lines(text, own));
}

/// One attribute a line, so that it is printed as `///`.
fn lines(text: &str, own: &OwnLinks) -> Vec<Attribute> {
    as_rustdoc(text, own)
        .lines()
        .map(|line| {
            let line = if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            };
            doc(&line)
        })
        .collect()
}

/// `#[doc = "…"]`, written out: there are so many that to read them from tokens is felt.
fn doc(text: &str) -> Attribute {
    let text = LitStr::new(text, Span::call_site());
    Attribute {
        pound_token: Default::default(),
        style: AttrStyle::Outer,
        bracket_token: Default::default(),
        meta: Meta::NameValue(MetaNameValue {
            path: Ident::new("doc", Span::call_site()).into(),
            eq_token: Default::default(),
            value: Expr::Lit(ExprLit {
                attrs: Vec::new(),
                lit: Lit::Str(text),
            }),
        }),
    }
}
