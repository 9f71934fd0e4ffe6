//! What people see, word for word: `tests/cmd/`, and the README's examples.

#[test]
fn the_terminal_shows_what_is_written_down() {
    trycmd::TestCases::new()
        // Whoever runs the tests may have a key.
        .env("AURA_API_KEY", "")
        .env("AURA_BASE_URL", "")
        .env("NO_COLOR", "1")
        .case("tests/cmd/*.trycmd")
        .case("README.md");
}
