//! Phases 6 and 7, format and artifacts: code becomes the files that are committed.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use sha2::{Digest, Sha256};

use crate::rewrite::{Generated, Uses, code, in_a_sentence, optional, scheme};
use crate::transform::{Plan, Service};
use openapi_document::Diagnostic;
use openapi_document::display::is_invisible;
use openapi_document::{Contract, Pointer};

/// A file that the pipeline makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Where it belongs, from the workspace's root, with `/` between folders.
    pub path: String,
    /// What it holds.
    pub content: String,
}

/// The folder of the client's generated files.
const CLIENT: &str = "crates/aura-client/src/generated";

/// The contract as JSON, for programs that read it when they run.
const OPENAPI_JSON: &str = "crates/aura-contract/src/generated/openapi.json";

/// How each generated file of code begins.
pub const GENERATED: &str = "// @generated from openapi.yaml";

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
    let (operations, types) = (operations(&generated), types(&generated, plan));
    let service = service(&plan.service);
    // What formats them reads them anew: both at once would be the most that is held at any time.
    drop(generated);
    let files = [
        file("operations.rs", operations),
        file("service.rs", service),
        file(
            "spec_sha256.rs",
            quote! {
                //! The contract's hash, alone in its file: an edit that changes no code changes just this.

                /// SHA-256 of the `openapi.yaml` that this client was generated from, in hexadecimal.
                pub const SPEC_SHA256: &str = #hash;
            },
        ),
        file(
            "spec_version.rs",
            quote! {
                //! The contract's version.

                /// `info.version` of the `openapi.yaml` that this client was generated from.
                pub const SPEC_VERSION: &str = #version;
            },
        ),
        file("types.rs", types),
    ];
    let files: Result<Vec<_>, syn::Error> = files.into_iter().collect();
    let files = files.map(|mut files| {
        files.push(openapi_json(contract));
        files
    });
    files.map_err(|problem| {
        Diagnostic::error(
            "codegen::format",
            format!("what the passes make of this contract is not Rust: {problem}"),
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

fn types(generated: &Generated, plan: &Plan) -> TokenStream {
    let items = &generated.types;
    let about = format!(" What the {} sends and takes.", in_a_sentence(&plan.title));
    let uses = imports(&generated.types_use);
    quote! {
        #![doc = #about]
        #uses
        #(#items)*
    }
}

fn service(service: &Service) -> TokenStream {
    let server = optional(service.server.as_deref());
    let first_segment = optional(service.first_segment.as_deref());
    let security = scheme(&service.security);
    quote! {
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

fn operations(generated: &Generated) -> TokenStream {
    let methods = &generated.methods;
    if methods.is_empty() {
        return quote! {
            //! The contract's operations: there are none.
        };
    }
    let uses = imports(&generated.methods_use);
    let names_types = |method: &syn::ImplItemFn| code(&method.sig).contains("types ::");
    let types = methods.iter().any(names_types).then(|| quote!(, types));
    quote! {
        //! The contract's operations as methods of the client.
        use http::Method;
        #uses
        use crate::operation::{Operation, Scheme};
        use crate::{Client, Error, Response #types};
        /// The contract's operations.
        impl Client {
            #(#methods)*
        }
    }
}

/// Imports, those of one module together.
fn imports(uses: &Uses) -> TokenStream {
    let mut modules: BTreeMap<&str, Vec<syn::Ident>> = BTreeMap::new();
    for path in uses {
        let (module, name) = path.rsplit_once("::").expect("an import names its module");
        modules
            .entry(module)
            .or_default()
            .push(format_ident!("{name}"));
    }
    let imports = modules.iter().map(|(module, names)| {
        let module: syn::Path =
            syn::parse_str(module).expect("the table of short names holds paths");
        match names.as_slice() {
            [name] => quote!(use #module::#name;),
            names => quote!(use #module::{#(#names),*};),
        }
    });
    quote!(#(#imports)*)
}

fn file(name: &str, code: TokenStream) -> syn::Result<Artifact> {
    Ok(Artifact {
        path: format!("{CLIENT}/{name}"),
        content: format!("{HEADER}\n{}", formatted(code)?),
    })
}

/// Formats code; prettyplease leaves no line between items, and people need one.
pub fn formatted(code: impl ToTokens) -> syn::Result<String> {
    let file: syn::File = syn::parse2(code.to_token_stream())?;
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
    Ok(spaced)
}

/// The code as prettyplease writes it, but macro calls, of which it knows nothing.
fn unparsed(file: syn::File) -> String {
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
    let mut lines = vec![String::new()];
    for token in call.tokens.clone() {
        let TokenTree::Group(group) = token else {
            lines
                .last_mut()
                .expect("one is there")
                .push_str(&token.to_string());
            continue;
        };
        lines.last_mut().expect("one is there").push_str(" {");
        let mut line = String::new();
        for token in group.stream() {
            let glued =
                line.is_empty() || line.ends_with('.') || matches!(&token, TokenTree::Punct(_));
            line += if glued { "" } else { " " };
            line += &token.to_string();
            if line.ends_with(',') {
                lines.push(format!("    {}", std::mem::take(&mut line)));
            }
        }
        if !line.is_empty() {
            lines.push(format!("    {line}"));
        }
        lines.push("}".to_string());
    }
    let path = code(&call.path).replace(' ', "");
    format!("{path}!({});\n\n", lines.join("\n"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
