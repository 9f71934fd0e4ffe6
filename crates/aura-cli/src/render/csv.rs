//! Leads as comma-separated values.

use super::fields::Fields;
use super::fields::Found;
use super::json::{compact, quoted};
use super::medium::Medium;
use super::shape::Member;
use super::shape::Shape;
use crate::node::Node;
use crate::text::visible;

/// The column for what the contract doesn't name.
const CUSTOM: &str = "custom_fields";

/// The names of the columns: the fields that were asked for, else all of the contract's and one
/// for custom fields.
pub fn header(fields: Option<&Fields>, shape: &Shape) -> Vec<String> {
    match fields {
        Some(fields) => fields.paths().map(str::to_owned).collect(),
        None => {
            let mut columns = shape.leaves();
            columns.push(CUSTOM.to_owned());
            columns
        }
    }
}

/// The cells of a lead.
pub fn record(
    lead: Node,
    fields: Option<&[Option<Found>]>,
    shape: &Shape,
    medium: Medium,
) -> Vec<String> {
    let mut cells: Vec<String> = match fields {
        Some(fields) => {
            let nodes = fields
                .iter()
                .map(|found| found.as_ref().map(|found| found.node));
            nodes.map(cell).collect()
        }
        None => {
            let mut cells = Vec::new();
            known(Some(lead), shape, &mut cells);
            cells.push(custom(lead, shape).unwrap_or_default());
            cells
        }
    };
    if medium.terminal {
        for cell in &mut cells {
            *cell = visible(cell).into_owned();
        }
    }
    cells
}

/// Strings as they are, null as nothing, all else as JSON.
fn cell(node: Option<Node>) -> String {
    match node {
        None => String::new(),
        Some(node) if node.is_null() => String::new(),
        Some(node) => node.string().unwrap_or_else(|| compact(node.raw())),
    }
}

/// The cells of what the contract names, in its order.
fn known(node: Option<Node>, shape: &Shape, cells: &mut Vec<String>) {
    let members = node.and_then(Node::members).unwrap_or_default();
    for (name, member) in shape.members() {
        let found = members.iter().rfind(|(key, _)| key == name);
        let node = found.map(|(_, node)| *node);
        match member {
            Member::Leaf => cells.push(cell(node)),
            Member::Object(shape) => known(node, shape, cells),
        }
    }
}

/// What the contract doesn't name, as a JSON object with its nesting; `None` if there is nothing.
fn custom(node: Node, shape: &Shape) -> Option<String> {
    let mut members = Vec::new();
    for (key, node) in node.members()? {
        let value = match shape.member(&key) {
            Some(Member::Leaf) => None,
            Some(Member::Object(shape)) if node.is_object() => custom(node, shape),
            Some(Member::Object(_)) if node.is_null() => None,
            // Where an object was expected, no column shows what came.
            Some(Member::Object(_)) | None => Some(compact(node.raw())),
        };
        members.extend(value.map(|value| format!("{}:{value}", quoted(&key))));
    }
    (!members.is_empty()).then(|| format!("{{{}}}", members.join(",")))
}

#[cfg(test)]
mod tests {
    use aura_contract::Contract;

    use super::*;

    const FILE: Medium = Medium {
        terminal: false,
        styled: false,
        width: None,
    };

    fn columns_of(json: &str) -> Vec<(String, String)> {
        let shape = Shape::of_lead(&Contract::builtin());
        let cells = record(Node::of(json), None, &shape, FILE);
        let columns = header(None, &shape);
        assert_eq!(columns.len(), cells.len());
        let pairs = columns.into_iter().zip(cells);
        pairs.filter(|(_, cell)| !cell.is_empty()).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = pairs
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
        owned.collect()
    }

    #[test]
    fn the_contracts_columns_come_first_and_custom_fields_last() {
        let lead = r#"{"x": 12345678901234567890, "id": "1", "email": null,
            "metadata": {"city": "Ulm", "plan": {"a": [1, 2]}},
            "notes": [{"content": "a, \"b\""}], "total_paid_cents": 100}"#;

        assert_eq!(
            columns_of(lead),
            pairs(&[
                ("id", "1"),
                ("notes", r#"[{"content":"a, \"b\""}]"#),
                ("total_paid_cents", "100"),
                ("metadata.city", "Ulm"),
                (
                    "custom_fields",
                    r#"{"x":12345678901234567890,"metadata":{"plan":{"a":[1,2]}}}"#
                ),
            ])
        );
    }

    #[test]
    fn what_is_no_object_where_one_was_expected_is_not_lost() {
        assert_eq!(
            columns_of(r#"{"metadata": "text", "source": null}"#),
            pairs(&[("custom_fields", r#"{"metadata":"text"}"#)])
        );
    }

    #[test]
    fn a_terminal_gets_no_control_characters() {
        let shape = Shape::default();
        let mut fields = Fields::parse("a").expect("fields");
        let lead = Node::of(r#"{"a":"\u001b[2J"}"#);
        let found = fields.of(lead);
        let terminal = Medium {
            terminal: true,
            ..FILE
        };

        assert_eq!(record(lead, Some(&found), &shape, terminal), [r"\u{1b}[2J"]);
        assert_eq!(record(lead, Some(&found), &shape, FILE), ["\u{1b}[2J"]);
    }
}
