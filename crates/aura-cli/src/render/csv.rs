//! Leads as comma-separated values.

use super::Medium;
use super::fields::{Fields, Found};
use super::shape::{Member, Shape};
use super::spreadsheet::neutralized;
use crate::json::{compact, quoted};
use crate::lead::{Drift, Lead};
use crate::node::Node;
use crate::text::visible;

/// The column for what the contract doesn't name.
const CUSTOM: &str = "custom_fields";

/// The names of the columns: the fields that were asked for, else all of the contract's and one
/// for custom fields.
pub fn header(fields: Option<&Fields>, shape: &Shape, medium: Medium) -> Vec<String> {
    let columns = match fields {
        Some(fields) => fields.paths().map(str::to_owned).collect(),
        None => {
            let mut columns = shape.leaves();
            columns.push(CUSTOM.to_owned());
            columns
        }
    };
    fit(columns, medium)
}

/// The cells of a lead. One that does not fit the contract is empty: a sum over its column must not
/// take it for what it is not.
pub fn record(lead: &Lead, fields: Option<&[Found]>, shape: &Shape, medium: Medium) -> Vec<String> {
    let cells = match fields {
        Some(fields) => {
            let fits = |field: &&Found| !lead.drift().includes(field.path);
            let nodes = fields.iter().map(|field| Some(field).filter(fits)?.node);
            nodes.map(cell).collect()
        }
        None => {
            let mut cells = Vec::new();
            known(Some(lead.data()), shape, "", lead.drift(), &mut cells);
            cells.push(custom(lead.data(), shape).unwrap_or_default());
            cells
        }
    };
    fit(cells, medium)
}

/// Cells that neither a spreadsheet nor a terminal acts on.
fn fit(mut cells: Vec<String>, medium: Medium) -> Vec<String> {
    for cell in &mut cells {
        if !medium.raw {
            *cell = neutralized(cell).into_owned();
        }
        if medium.terminal {
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
fn known(node: Option<Node>, shape: &Shape, prefix: &str, drift: &Drift, cells: &mut Vec<String>) {
    let members = node.and_then(Node::members).unwrap_or_default();
    for (name, member) in shape.members() {
        let found = members.iter().rfind(|(key, _)| key == name);
        let node = found.map(|(_, node)| *node);
        let path = format!("{prefix}{name}");
        match member {
            Member::Leaf => cells.push(cell(node.filter(|_| !drift.includes(&path)))),
            Member::Object(shape) => known(node, shape, &format!("{path}."), drift, cells),
        }
    }
}

/// What the contract doesn't name, as a JSON object with its nesting; `None` if there is nothing.
fn custom(node: Node, shape: &Shape) -> Option<String> {
    let mut members = Vec::new();
    for (key, node) in node.members()? {
        let value = match shape.member(&key) {
            Some(Member::Leaf) => None,
            // What is no object there drifts from the contract.
            Some(Member::Object(shape)) => custom(node, shape),
            None => Some(compact(node.raw())),
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
        raw: false,
        bom: false,
    };

    fn columns_of(json: &str) -> Vec<(String, String)> {
        let shape = Shape::of_lead(&Contract::builtin());
        let cells = record(&Lead::of(json), None, &shape, FILE);
        let columns = header(None, &shape, FILE);
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
    fn a_cell_that_does_not_fit_the_contract_is_empty() {
        let shape = Shape::of_lead(&Contract::builtin());
        let lead = Lead::of(
            r#"{"id":"1","total_paid_cents":"12.50","metadata":"text","notes":[{"content":1}],"x":1}"#,
        );
        let drifted = ["total_paid_cents", "metadata", "notes[0].content"];
        let lead = drifted.into_iter().fold(lead, Lead::with_drift);
        let cells = record(&lead, None, &shape, FILE);
        let cells: Vec<_> = cells.iter().filter(|cell| !cell.is_empty()).collect();
        assert_eq!(cells, ["1", r#"{"x":1}"#]);

        let mut fields = Fields::parse("id,notes,metadata.city").expect("fields");
        let found = fields.of(lead.data());
        assert_eq!(record(&lead, Some(&found), &shape, FILE), ["1", "", ""]);
    }

    #[test]
    fn no_cell_is_run_by_a_spreadsheet_unless_asked_for() {
        let lead = Lead::of(r#"{"=a":"=1+1","phone":"+1 555"}"#);
        let shape = Shape::default();
        let cells = |medium| {
            let mut fields = Fields::parse("=a,phone").expect("fields");
            let header = header(Some(&fields), &shape, medium);
            let found = fields.of(lead.data());
            [header, record(&lead, Some(&found), &shape, medium)].concat()
        };
        assert_eq!(cells(FILE), ["'=a", "phone", "'=1+1", "+1 555"]);
        let raw = Medium { raw: true, ..FILE };
        assert_eq!(cells(raw), ["=a", "phone", "=1+1", "+1 555"]);
    }

    #[test]
    fn a_terminal_gets_no_control_characters() {
        let shape = Shape::default();
        let mut fields = Fields::parse("a").expect("fields");
        let lead = Lead::of(r#"{"a":"\u001b[2J"}"#);
        let found = fields.of(lead.data());
        let terminal = Medium {
            terminal: true,
            ..FILE
        };

        assert_eq!(
            record(&lead, Some(&found), &shape, terminal),
            [r"\u{1b}[2J"]
        );
        assert_eq!(record(&lead, Some(&found), &shape, FILE), ["\u{1b}[2J"]);
    }
}
