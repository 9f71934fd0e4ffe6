//! Scalars that are read in different ways: what is no number to one reader of YAML is one to another.

use openapi_document::tree::{Node, NodeKind};
use openapi_document::{Contract, Diagnostic, Example, Rule, Severity::Warning};

/// A number or a text, as the reader likes.
pub static LEADING_ZERO: Rule = Rule {
    code: "yaml::leading-zero",
    severity: Warning,
    summary: "digits with a zero before them are text to one reader and a number to another",
    docs: "`012` without quotes is the text `012` to some readers of YAML, the number 12 to others, \
           and 10 (octal) to those of YAML 1.1. A month, a postal code or a number with its zeros \
           is text: quote it. A number is written without zeros before it.",
    example: Some(Example {
        instead_of: "          example: Buy milk\n",
        wrong: "          example: «0815»\n",
        right: "          example: '0815'\n",
    }),
};

/// No value is written with leading zeros.
pub fn leading_zeros(contract: &Contract) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    contract.tree().visit(&mut |node| {
        let values: Vec<&Node> = match &node.kind {
            NodeKind::Scalar { .. } => return,
            NodeKind::Sequence(items) => items.iter().map(AsRef::as_ref).collect(),
            NodeKind::Mapping(entries) => entries.iter().map(|entry| &*entry.value).collect(),
        };
        found.extend(values.into_iter().filter_map(leading_zero));
    });
    found
}

fn leading_zero(value: &Node) -> Option<Diagnostic> {
    let NodeKind::Scalar { text, plain } = &value.kind else {
        return None;
    };
    let digits = text.trim_start_matches(['+', '-']);
    let is_number = digits.len() > 1 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !(*plain && is_number && digits.starts_with('0')) {
        return None;
    }
    let number = digits.trim_start_matches('0');
    let sign = if text.starts_with('-') { "-" } else { "" };
    let number = format!("{sign}{}", if number.is_empty() { "0" } else { number });
    Some(
        LEADING_ZERO
            .told(format!(
                "`{text}` is text to some readers of YAML, and the number {number} to others"
            ))
            .at(value.span.clone())
            .help(format!(
                "quote it: '{text}'; or write {number}, if it is a number"
            )),
    )
}
