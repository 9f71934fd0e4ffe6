//! Several leads for people: a row each.

use anstyle::Style;
use comfy_table::presets::NOTHING;
use comfy_table::{ColumnConstraint, ContentArrangement, Row, Table};

use super::Medium;
use super::fields::{Fields, Found};
use super::shape::Shape;
use super::words;
use crate::lead::Lead;
use crate::node::Node;

/// The most rows of one table: what comes after them begins another.
pub const BLOCK: usize = 1_000;
/// What is shown unless fields are asked for.
const COLUMNS: [&str; 5] = ["id", "full_name", "email", "status", "total_paid_cents"];
/// Blanks between columns.
const GAP: u16 = 2;
/// A column this wide is not cut if there is a wider one …
const SHORT: usize = 14;
/// … which then has at least this width.
const NARROW: usize = 6;

const BOLD: Style = Style::new().bold();
/// What is shown of a cell at most: the rest of a novel helps no one in a table.
const LONGEST: usize = 500;

/// The cells of a lead.
pub fn row(lead: &Lead, fields: Option<&[Found]>, shape: &Shape) -> Vec<String> {
    let show = |path: &str, name: &str, node: Option<Node>| {
        let text = words::field(name, node, lead.drift().includes(path));
        text.map_or_else(|| "-".into(), |text| text.chars().take(LONGEST).collect())
    };
    match fields {
        None => {
            let members = lead.data().members().unwrap_or_default();
            let cells = COLUMNS.iter().map(|key| {
                let found = members.iter().rfind(|(name, _)| name == key);
                show(key, key, found.map(|(_, node)| *node))
            });
            cells.collect()
        }
        Some(fields) => {
            let cells = fields.iter();
            let cells = cells.map(|field| show(field.path, field.name(shape), field.node));
            cells.collect()
        }
    }
}

/// A table, each row a line; nothing if there is no row.
pub fn table(rows: Vec<Vec<String>>, fields: Option<&Fields>, medium: Medium) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut head = Row::from(header(fields));
    head.max_height(1);
    let mut table = Table::new();
    table
        .load_style(NOTHING)
        .set_truncation_indicator("…")
        .set_header(head);
    for cells in rows {
        let mut row = Row::from(cells);
        row.max_height(1);
        table.add_row(row);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, GAP));
    }
    if let Some(width) = medium.width {
        let whole = whole_columns(&table, &header(fields), width);
        let width = u16::try_from(width).unwrap_or(u16::MAX);
        table
            .set_width(width)
            .set_content_arrangement(ContentArrangement::Dynamic);
        for at in whole {
            if let Some(column) = table.column_mut(at) {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
    }
    let mut text = String::new();
    for (at, line) in table.lines().enumerate() {
        let line = line.trim_end();
        match at == 0 && medium.styled {
            true => text += &format!("{BOLD}{line}{BOLD:#}"),
            false => text += line,
        }
        text.push('\n');
    }
    text
}

/// The columns that are not cut to make room: ids, which are of use only as a whole, and those that
/// are short, if that leaves room for the others.
fn whole_columns(table: &Table, header: &[String], width: usize) -> Vec<usize> {
    let is_id = |at: usize| header[at].eq_ignore_ascii_case("id");
    let widths = table.column_max_content_widths();
    let widths = widths.into_iter().map(usize::from).enumerate();
    let (whole, cut): (Vec<_>, Vec<_>) =
        widths.partition(|(at, width)| is_id(*at) || *width <= SHORT);
    let gap = usize::from(GAP);
    let room: usize = whole.iter().map(|(_, width)| width + gap).sum();
    let fits = room + cut.len() * (NARROW + gap) <= width;
    let whole = whole.into_iter().map(|(at, _)| at);
    whole.filter(|at| fits || is_id(*at)).collect()
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
