//! The build-time run: openapi.yaml goes through the same pipeline as `cargo xtask codegen`, and
//! the `codegen` tests compare what came out with what is committed.

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    let contract = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo"))
        .join("..")
        .join(xtask::workspace::CONTRACT);
    println!("cargo::rerun-if-changed={}", contract.display());

    // A contract that can't be generated must not break the build: the tests tell it, readably.
    let built = match fs::read_to_string(&contract) {
        Ok(text) => artifacts(&text),
        Err(error) => Err(format!("can't read {}: {error}", contract.display())),
    };
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("set by cargo"));
    let source = match built {
        Ok(artifacts) => format!("Ok(&{artifacts:?})"),
        Err(problem) => format!("Err({problem:?})"),
    };
    fs::write(out.join("built.rs"), source).expect("OUT_DIR can be written");
}

/// Paths with contents as Rust source, or what is wrong with the contract.
fn artifacts(text: &str) -> Result<Vec<(String, String)>, String> {
    let outcome = client_codegen::run(text);
    match outcome.artifacts {
        Some(artifacts) => Ok(artifacts
            .into_iter()
            .map(|artifact| (artifact.path, artifact.content))
            .collect()),
        None => {
            let source = openapi_document::Source::new(text);
            let file = xtask::workspace::CONTRACT;
            let mut drawn = Vec::new();
            xtask::diagnostics::render(&mut drawn, file, &source, &outcome.diagnostics)
                .expect("memory takes all");
            Err(String::from_utf8(drawn).expect("diagnostics are text"))
        }
    }
}
