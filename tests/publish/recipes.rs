//! There is one recipe for each use, wherever it is shown: the client's example.

use std::fs;

use aura_workspace_tests::checkout;

const EXAMPLES: [&str; 3] = ["commissions", "ownership", "show_lead"];

fn read(path: &str) -> String {
    let text = fs::read_to_string(checkout::root().join(path));
    text.unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn example(name: &str) -> String {
    read(&format!("crates/aura-client/examples/{name}.rs"))
}

/// The blocks of code with this info string.
fn blocks<'t>(page: &'t str, info: &str) -> Vec<&'t str> {
    let fence = format!("```{info}\n");
    let blocks = page.split(&fence).skip(1);
    blocks
        .map(|rest| rest.split("```").next().unwrap_or_default())
        .collect()
}

#[test]
fn the_front_pages_show_the_examples_word_for_word() {
    // Its own doctest: how to test what is written with the client.
    let sandbox = read("crates/aura-sandbox/README.md");
    let tests = blocks(&sandbox, "rust,test_harness");
    for path in ["README.md", "crates/aura-client/README.md"] {
        let page = read(path);
        let blocks = blocks(&page, "rust");
        for name in EXAMPLES {
            let example = example(name);
            let shown = blocks.iter().filter(|block| example.contains(**block));
            assert_eq!(shown.count(), 1, "{path} must show an excerpt of {name}.rs");
        }
        for block in blocks {
            let is_known =
                tests.contains(&block) || EXAMPLES.iter().any(|name| example(name).contains(block));
            assert!(is_known, "{path} has code of its own:\n{block}");
        }
    }
}

#[test]
fn the_guide_includes_the_examples() {
    let guide = read("crates/aura-client/src/guide.rs");
    for name in EXAMPLES {
        let included = format!(r#"include_str!("../examples/{name}.rs")"#);
        assert!(guide.contains(&included), "{included}");
    }
}

/// The one function that both examples need, as a reader takes one of them.
#[test]
fn amounts_are_written_by_the_same_function() {
    let function = |name| {
        let example = example(name);
        let (_, function) = example.split_once("pub fn money").expect("it is there");
        function.split("\n}\n").next().map(str::to_owned)
    };
    assert_eq!(function("commissions"), function("show_lead"));
}
