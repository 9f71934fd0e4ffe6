//! Path parameters: a path and its parameters name the same things.

use std::collections::HashMap;

use super::Subject;
use crate::suggest::nearest;
use openapi_document::keywords::Kind;
use openapi_document::operation;
use openapi_document::{Context, Diagnostic, Example, Place, Rule, Severity::Warning};

/// A path and its parameters don't agree.
pub static PATH_PARAMETER: Rule = Rule {
    code: "spec::path-parameter",
    severity: Warning,
    summary: "a path and its parameters don't agree",
    docs: "Each `{name}` in a path has a parameter `in: path` of that name, at the path or at each \
           of its operations, and each such parameter stands in the path. It says \
           `required: true`: a path without it is another path. For a name without a parameter the \
           client takes a text; a path parameter that is not in the path has no argument.",
    example: Some(Example {
        instead_of: "        - name: id\n          in: path\n          required: true\n          description: Note ID.\n          x-identifies: id\n          schema:\n            type: string\n            format: uuid\n",
        wrong: "        - name: «note»\n          in: path\n          required: true\n          description: Note ID.\n          schema:\n            type: string\n",
        right: "        - name: id\n          in: path\n          required: true\n          description: Note ID.\n          schema:\n            type: string\n",
    }),
};

/// The names in the path and the path parameters are the same.
pub fn path_parameters(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    let mut lacking = HashMap::new();
    for operation in &subject.operations {
        if !subject.is_sound_operation(operation, &[Kind::Parameter]) {
            continue;
        }
        let names = operation::template_names(operation.path);
        let declared: Vec<_> = operation
            .parameters(&contract.document)
            .into_iter()
            .filter(|parameter| parameter.text("in") == Some("path"))
            .collect();
        let path_key = contract.key(&operation.item.pointer);
        // A parameter that is called otherwise than in the path is one mistake, not two.
        let mut strangers = declared.iter().filter(|parameter| {
            parameter
                .text("name")
                .is_some_and(|name| !names.contains(&name))
        });
        let stranger = strangers.next().filter(|_| strangers.next().is_none());
        found.extend(doubled(operation.path, &names, &path_key));
        for (index, name) in names.iter().enumerate() {
            if names[..index].contains(name) {
                continue;
            } else if let (false, Some(stranger)) = (
                declared.iter().any(|p| p.text("name") == Some(name)),
                stranger,
            ) {
                let other = stranger.text("name").unwrap_or_default();
                found.push(
                    PATH_PARAMETER
                        .told(format!(
                            "the path says `{{{name}}}`, its parameter is called `{other}`"
                        ))
                        .at(contract.value(&stranger.pointer.child("name")))
                        .and(path_key.clone(), format!("`{{{name}}}` stands here"))
                        .help(format!("call both `{name}`, or both `{other}`")),
                );
            } else if declared.iter().any(|p| p.text("name") == Some(name)) {
                continue;
            } else if let Some(index) = lacking.get(&(operation.path, *name)) {
                // Nor has the path itself: one line there mends all of its operations.
                let first: &mut Diagnostic = &mut found[*index];
                let span = contract.key_span(&operation.at.pointer);
                let label = "nor has this".into();
                first.context.push(Context { span, label });
            } else {
                lacking.insert((operation.path, *name), found.len());
                found.push(
                    PATH_PARAMETER.told(format!(
                            "{} has no parameter for `{{{name}}}` in its path",
                            operation.label()
                        ),
                    )
                    .at(contract.key(&operation.at.pointer))
                    .and(path_key.clone(), format!("`{{{name}}}` stands here"))
                    .help(format!(
                        "add to its `parameters`, or to the path's: `{{name: {name}, in: path, required: true, schema: {{type: string}}}}`"
                    )),
                );
            }
        }
        let all_found = names
            .iter()
            .all(|name| declared.iter().any(|p| p.text("name") == Some(name)));
        for parameter in &declared {
            let name = parameter.text("name").unwrap_or_default();
            if !names.contains(&name) && (all_found || stranger.is_none()) {
                let help = match nearest(name, names.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("write `{{{name}}}` into the path, or remove the parameter"),
                };
                found.push(
                    PATH_PARAMETER
                        .told(format!(
                            "`{name}` does not stand in the path `{}`",
                            operation.path
                        ))
                        .at(contract.value(&parameter.pointer.child("name")))
                        .help(help),
                );
            } else if names.contains(&name) && !parameter.flag("required") {
                let required = parameter.pointer.child("required");
                let place = match contract.get(&required) {
                    Some(_) => contract.key(&required),
                    None => contract.value(&parameter.pointer.child("name")),
                };
                found.push(
                    PATH_PARAMETER
                        .told(format!("the path parameter `{name}` is not required"))
                        .at(place)
                        .help("write `required: true`: a path without it is another path"),
                );
            }
        }
    }
    found
}

/// The names that stand in a path more than once, all in one finding: they have one place.
fn doubled(path: &str, names: &[&str], at: &Place) -> Option<Diagnostic> {
    let mut doubled: Vec<&str> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        if names[..index].contains(name) && !doubled.contains(name) {
            doubled.push(name);
        }
    }
    let listed: Vec<_> = doubled.iter().map(|name| format!("`{{{name}}}`")).collect();
    let verb = match doubled.len() {
        0 => return None,
        1 => "stands",
        _ => "stand",
    };
    Some(
        PATH_PARAMETER
            .told(format!("{} {verb} twice in `{path}`", listed.join(" and ")))
            .at(at.clone())
            .help("give each part of the path a name of its own"),
    )
}
