//! Scopes: those that an operation asks for are described.

use serde_json::Map;

use super::Subject;
use super::security::requirements;
use crate::suggest::nearest;
use openapi_document::security::described;
use openapi_document::{Diagnostic, Example, Rule, Severity::Warning};

/// A scope that isn't there.
pub static UNDEFINED_SCOPE: Rule = Rule {
    code: "spec::undefined-scope",
    severity: Warning,
    summary: "`security` asks for a scope that its scheme does not describe",
    docs: "A scheme of type `oauth2` lists its scopes in each of its flows. One that no flow lists \
           can't be asked for, so nobody can make the call. `openIdConnect` lists its scopes \
           elsewhere, so they are not looked at.",
    example: Some(Example {
        instead_of: "        - login: [write]\n",
        wrong: "        - login: [«wirte»]\n",
        right: "        - login: [write]\n",
    }),
};

/// Scopes are among those of their scheme's flows.
pub fn scopes(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for (at, name, scopes) in requirements(subject) {
        let scheme = described(&contract.document, name);
        let scheme = scheme.filter(|scheme| {
            scheme.text("type") == Some("oauth2") && subject.is_sound(&scheme.pointer)
        });
        let Some(flows) = scheme.and_then(|scheme| scheme.object.get("flows")?.as_object()) else {
            continue;
        };
        let known = || {
            let scopes = flows
                .values()
                .filter_map(|flow| flow.get("scopes")?.as_object());
            scopes.flat_map(Map::keys).map(String::as_str)
        };
        for (index, scope) in scopes.as_array().into_iter().flatten().enumerate() {
            let Some(scope) = scope
                .as_str()
                .filter(|scope| known().all(|known| known != *scope))
            else {
                continue;
            };
            let help = match nearest(scope, known()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("add `{scope}` to the `scopes` of a flow of `{name}`"),
            };
            found.push(
                UNDEFINED_SCOPE
                    .told(format!("`{name}` has no scope `{scope}`"))
                    .at(contract.value(&at.child(index)))
                    .help(help),
            );
        }
    }
    found
}
