//! `aura api` and `aura check` as people run them: the binary, asking a sandbox in this process.

mod aura;
mod calls;
mod check;

/// What is written, with `aura`'s own sandbox.
#[test]
fn what_people_see() {
    trycmd::TestCases::new()
        .env("AURA_API_KEY", "")
        .env("AURA_BASE_URL", "")
        .case("tests/api/*.trycmd");
}
