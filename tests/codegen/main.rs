//! What is committed and what the pipeline makes: the crates' own tests are in
//! `crates/client-codegen/tests/` and `xtask/tests/`.

mod freshness;
mod reserved_methods;
