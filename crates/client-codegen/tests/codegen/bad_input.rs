//! Bad input ends in a diagnostic, whatever it is. How each reads is tested in `xtask/tests/codegen/`.

use client_codegen::{generate::generate, run};
use openapi_document::Contract;

use super::{NOTES, edit};

#[test]
fn what_only_progenitor_refuses_names_the_operation() {
    // Given it as it stands, without what transform does: `default` beside `200` panics there.
    let contract = edit(NOTES, "        '404':\n", "        default:\n");
    let contract = Contract::load(&contract).expect("it is YAML");
    let found = generate(&contract, &contract.document);
    let told = found.err().expect("two kinds of success are too many");
    assert_eq!(told.code, "codegen::progenitor");
    assert!(told.message.contains("`get_note`"), "{}", told.message);
}

#[test]
fn any_text_gives_a_diagnostic_and_no_panic() {
    let cuts = (0..NOTES.len())
        .step_by(97)
        .filter(|at| NOTES.is_char_boundary(*at));
    for at in cuts {
        let outcome = run(&NOTES[..at]);
        assert!(
            outcome.artifacts.is_some() || !outcome.diagnostics.is_empty(),
            "cut at {at}"
        );
    }
    for text in [
        "\0",
        "\u{feff}",
        "- - -\n",
        "? {a: b}\n: c\n",
        "!x {}\n",
        "&a [*a]\n",
        "{",
        "%YAML 9.9\n---\n",
    ] {
        let outcome = run(text);
        assert!(
            outcome.artifacts.is_none() && !outcome.diagnostics.is_empty(),
            "{text:?}"
        );
    }
}
