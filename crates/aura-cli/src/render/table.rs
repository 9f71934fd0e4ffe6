//! Several leads for people: a row each.

use comfy_table::presets::NOTHING;
use comfy_table::{ColumnConstraint, ContentArrangement, Row, Table};

use super::fields::Found;
use super::{Fields, Medium, Node, words};

/// The most rows of one table: what comes after them begins another.
pub const BLOCK: usize = 1_000;
/// What is shown unless fields are asked for.
const COLUMNS: [&str; 5] = ["id", "full_name", "email", "status", "total_paid_cents"];
/// Blanks between columns.
const GAP: u16 = 2;
/// What is shown of a cell at most: the rest of a novel helps no one in a table.
const LONGEST: usize = 500;

/// The cells of a lead.
pub fn row(lead: Node, fields: Option<&[Option<Found>]>) -> Vec<String> {
    let show = |key: &str, node: Option<Node>| {
        let text = node.and_then(|node| words::value(key, node));
        text.map_or_else(|| "-".into(), |text| text.chars().take(LONGEST).collect())
    };
    match fields {
        None => COLUMNS
            .iter()
            .map(|key| show(key, lead.member(key)))
            .collect(),
        Some(fields) => {
            let cells = fields.iter().map(|found| match found {
                None => show("", None),
                Some(Found { keys, node }) => {
                    show(keys.last().map_or("", AsRef::as_ref), Some(*node))
                }
            });
            cells.collect()
        }
    }
}

/// A table, each row a line; nothing if there is no row.
pub fn table(rows: Vec<Vec<String>>, fields: Option<&Fields>, medium: Medium) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut table = Table::new();
    table
        .load_style(NOTHING)
        .set_truncation_indicator("…")
        .set_header(header(fields));
    if let Some(width) = medium.width {
        let width = u16::try_from(width).unwrap_or(u16::MAX);
        table
            .set_width(width)
            .set_content_arrangement(ContentArrangement::Dynamic);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, GAP));
    }
    // An id is of use only as a whole.
    let id = header(fields)
        .iter()
        .position(|name| name.eq_ignore_ascii_case("id"));
    if let Some(column) = id.and_then(|at| table.column_mut(at)) {
        column.set_constraint(ColumnConstraint::ContentWidth);
    }
    for cells in rows {
        let mut row = Row::from(cells);
        row.max_height(1);
        table.add_row(row);
    }
    let mut text = String::new();
    for (at, line) in table.lines().enumerate() {
        let line = line.trim_end();
        match at == 0 && medium.styled {
            true => text += &format!("\u{1b}[1m{line}\u{1b}[0m"),
            false => text += line,
        }
        text.push('\n');
    }
    text
}

fn header(fields: Option<&Fields>) -> Vec<String> {
    match fields {
        Some(fields) => fields
            .paths()
            .map(|path| crate::text::visible(path).into_owned())
            .collect(),
        None => COLUMNS.iter().map(|key| words::name(key)).collect(),
    }
}
