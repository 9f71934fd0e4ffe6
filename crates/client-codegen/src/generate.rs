//! Phase 4, generate: progenitor writes types and methods. It is named in this file alone.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use serde_json::Value;

use crate::transform::drafted_path;
use openapi_document::Diagnostic;
use openapi_document::extensions::generated;
use openapi_document::{Contract, Pointer};

/// Gives the prepared document to progenitor and reads what it writes.
pub fn generate(contract: &Contract, document: &Value) -> Result<syn::File, Diagnostic> {
    tokens(document).map_err(|problem| locate(contract, document, problem))
}

fn tokens(document: &Value) -> Result<syn::File, String> {
    let document: openapiv3::OpenAPI = serde_path_to_error::deserialize(document)
        .map_err(|error| format!("at `{}`: {}", error.path(), error.inner()))?;
    let mut settings = progenitor::GenerationSettings::default();
    settings.with_derive("PartialEq");
    let mut generator = progenitor::Generator::new(&settings);
    let tokens =
        quietly(|| generator.generate_tokens(&document))?.map_err(|error| error.to_string())?;
    syn::parse2(tokens).map_err(|error| format!("its output is not Rust: {error}"))
}

/// Finds the operation that progenitor can't do, by giving it each alone.
fn locate(contract: &Contract, document: &Value, problem: String) -> Diagnostic {
    let culprit = generated(&contract.document)
        .into_iter()
        .find_map(|operation| {
            let mut alone = document.clone();
            let path = drafted_path(&contract.document, &operation);
            let item = alone["paths"][&path].take();
            alone["paths"] = serde_json::json!({ path: item });
            tokens(&alone).err().map(|problem| (operation, problem))
        });
    let (what, at, problem) = match culprit {
        Some((operation, problem)) => (
            format!("progenitor can't generate {}", operation.label()),
            operation.at.pointer,
            problem,
        ),
        None => (
            "progenitor can't generate this contract".to_string(),
            Pointer::of(["paths"]),
            problem,
        ),
    };
    Diagnostic::error("codegen::progenitor", format!("{what}: {problem}"))
        .at(contract.key_span(&at))
        .help("describe it in a simpler way; if it is right as it stands, lint lacks a rule that says what progenitor can't do")
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` and turns a panic into its message, without a word on stderr.
pub(crate) fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        // Wraps the hook that is there once and for all: setting and restoring it around each
        // call would race with other threads' panics.
        let hook = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                hook(info);
            }
        }));
    });
    QUIET.set(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    QUIET.set(false);
    outcome.map_err(|panic| {
        let message = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied());
        // One line: an assertion's message has its two sides on lines of their own.
        let message = message.unwrap_or("it stopped without a message");
        message.lines().next().unwrap_or_default().to_string()
    })
}
