//! Phases 6 and 7, format and artifacts: code becomes the files that are committed.

use std::collections::BTreeMap;

use proc_macro2::TokenTree;
use quote::{format_ident, quote};
use sha2::{Digest, Sha256};
use syn::{File, ImplItem, ImplItemFn, Item, ItemImpl, parse_quote};

use crate::generate::quietly;
use crate::outcome::Artifact;
use crate::rewrite::{Generated, Uses, code, in_a_sentence, optional, scheme};
use crate::transform::{Plan, Service};
use openapi_document::Diagnostic;
use openapi_document::display::is_invisible;
use openapi_document::{Contract, Pointer};

/// The folder of the client's generated files.
const CLIENT: &str = "crates/aura-client/src/generated";

/// The contract as JSON, for programs that read it when they run.
const OPENAPI_JSON: &str = "crates/aura-contract/src/generated/openapi.json";

const HEADER: &str = "\
// @generated from openapi.yaml by `cargo xtask codegen`. Do not edit by hand: edit openapi.yaml,
// run the command, review the diff, commit both.
";

/// Makes the files of a contract: its generated code, and itself as JSON.
pub fn artifacts(
    contract: &Contract,
    text: &str,
    generated: Generated,
    plan: &Plan,
) -> Result<Vec<Artifact>, Diagnostic> {
    let hash = hex(&Sha256::digest(text));
    let version = &plan.version;
    let service = service(&plan.service);
    let Generated {
        types,
        methods,
        types_use,
        methods_use,
        ..
    } = generated;
    let spec_sha256 = parse_quote! {
        //! The contract's hash, alone in its file: an edit that changes no code changes just this.

        /// SHA-256 of the `openapi.yaml` that this client was generated from, in hexadecimal.
        pub const SPEC_SHA256: &str = #hash;
    };
    let spec_version = parse_quote! {
        //! The contract's version.

        /// `info.version` of the `openapi.yaml` that this client was generated from.
        pub const SPEC_VERSION: &str = #version;
    };
    let files = [
        ("operations.rs", operations(methods, &methods_use)),
        ("service.rs", service),
        ("spec_sha256.rs", spec_sha256),
        ("spec_version.rs", spec_version),
        ("types.rs", self::types(types, &types_use, plan)),
    ];
    let files = files.into_iter().map(|(name, file)| {
        let code = quietly(|| formatted(file))?;
        Ok(Artifact {
            path: format!("{CLIENT}/{name}"),
            content: format!("{HEADER}\n{code}"),
        })
    });
    let json = std::iter::once_with(|| Ok(openapi_json(contract)));
    files.chain(json).collect::<Result<_, String>>().map_err(|problem| {
        Diagnostic::error(
            "codegen::format",
            format!("what the passes make of this contract can't be formatted: {problem}"),
        )
        .at(contract.key_span(&Pointer::of(["paths"])))
        .help("the contract is not at fault: a pass in crates/client-codegen/src/rewrite/ is; leave out what you added last until it is mended")
    })
}

fn openapi_json(contract: &Contract) -> Artifact {
    Artifact {
        path: OPENAPI_JSON.into(),
        content: visible(format!("{:#}\n", contract.document)),
    }
}

/// JSON in which no character is hidden: such a character can only stand in a string.
fn visible(json: String) -> String {
    if !json.contains(is_invisible) {
        return json;
    }
    let mut written = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        match is_invisible(c) {
            true => written += &format!("\\u{:04x}", u32::from(c)),
            false => written.push(c),
        }
    }
    written
}

fn types(items: Vec<Item>, uses: &Uses, plan: &Plan) -> File {
    let about = format!(" What the {} sends and takes.", in_a_sentence(&plan.title));
    let mut file: File = parse_quote!(#![doc = #about]);
    file.items = imports(uses);
    file.items.extend(items);
    file
}

fn service(service: &Service) -> File {
    let server = optional(service.server.as_deref());
    let first_segment = optional(service.first_segment.as_deref());
    let security = scheme(&service.security);
    parse_quote! {
        //! Where the API is, and what its calls need.
        use crate::operation::Scheme;
        /// The contract's server: the first of `servers`, its variables at their defaults.
        pub(crate) const SERVER: Option<&str> = #server;
        /// The segment that all of the contract's paths begin with: a base URL that ends in it repeats it.
        pub(crate) const FIRST_SEGMENT: Option<&str> = #first_segment;
        /// The security of a call that is none of the contract's operations.
        pub(crate) const SECURITY: Scheme = #security;
    }
}

fn operations(methods: Vec<ImplItemFn>, uses: &Uses) -> File {
    if methods.is_empty() {
        return parse_quote! {
            //! The contract's operations: there are none.
        };
    }
    let uses = imports(uses);
    let names = |what: &str| {
        methods
            .iter()
            .any(|method| code(&method.sig).contains(what))
    };
    let response = names("Response").then(|| quote!(, Response));
    let types = names("types ::").then(|| quote!(, types));
    let mut client: ItemImpl = parse_quote! {
        /// The contract's operations.
        impl Client {}
    };
    client.items = methods.into_iter().map(ImplItem::Fn).collect();
    let mut file: File = parse_quote! {
        //! The contract's operations as methods of the client.
        use http::Method;
        #(#uses)*
        use crate::operation::{Operation, Scheme};
        use crate::{Client, Error #response #types};
    };
    file.items.push(Item::Impl(client));
    file
}

/// Imports, those of one module together.
fn imports(uses: &Uses) -> Vec<Item> {
    let mut modules: BTreeMap<&str, Vec<syn::Ident>> = BTreeMap::new();
    for path in uses {
        let (module, name) = path.rsplit_once("::").unwrap_or(("self", path));
        modules
            .entry(module)
            .or_default()
            .push(format_ident!("{name}"));
    }
    let imports = modules.iter().map(|(module, names)| {
        let module = module.split("::").map(|part| format_ident!("{part}"));
        let module = quote!(#(#module)::*);
        match names.as_slice() {
            [name] => parse_quote!(use #module::#name;),
            names => parse_quote!(use #module::{#(#names),*};),
        }
    });
    imports.collect()
}

/// Formats code; prettyplease leaves no line between items, and people need one.
pub fn formatted(file: File) -> String {
    let text = unparsed(file);
    let mut spaced = String::with_capacity(text.len() + text.len() / 16);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        spaced.push_str(line);
        spaced.push('\n');
        let next = lines.peek().map_or("", |next| next.trim_start());
        let is_one_line = ["pub struct", "pub(crate) const"]
            .iter()
            .any(|start| line.starts_with(start));
        let item_ends = matches!(line, "}" | "    }" | ");")
            || line.starts_with("//!")
            || line.starts_with("use ")
            || (is_one_line && line.ends_with(';'));
        let same_group = next.starts_with("use ") && line.starts_with("use ")
            || next.starts_with("//!")
            || next.starts_with('}');
        if item_ends && !same_group && !next.is_empty() {
            spaced.push('\n');
        }
    }
    spaced
}

/// The code as prettyplease writes it, but macro calls, of which it knows nothing.
fn unparsed(file: File) -> String {
    let mut text = String::new();
    let mut items = file.items.into_iter().peekable();
    let mut attrs = file.attrs;
    loop {
        let mut part = Vec::new();
        while let Some(item) = items.next_if(|item| !matches!(item, syn::Item::Macro(_))) {
            part.push(item);
        }
        text += &prettyplease::unparse(&syn::File {
            shebang: None,
            frontmatter: None,
            attrs: std::mem::take(&mut attrs),
            items: part,
        });
        match items.next() {
            Some(syn::Item::Macro(call)) => text += &macro_call(&call.mac),
            _ => return text,
        }
    }
}

/// A call in one line, or a line each for what stands between braces and commas.
fn macro_call(call: &syn::Macro) -> String {
    let mut text = code(&call.path).replace(' ', "") + "!(";
    for token in call.tokens.clone() {
        let TokenTree::Group(group) = token else {
            text += &token.to_string();
            continue;
        };
        text += " {\n";
        let mut line = String::new();
        for token in group.stream() {
            let glued =
                line.is_empty() || line.ends_with('.') || matches!(&token, TokenTree::Punct(_));
            line += if glued { "" } else { " " };
            line += &token.to_string();
            if line.ends_with(',') {
                text += &format!("    {line}\n");
                line.clear();
            }
        }
        if !line.is_empty() {
            text += &format!("    {line}\n");
        }
        text.push('}');
    }
    text + ");\n\n"
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
