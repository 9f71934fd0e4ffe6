//! `docs/reliability.md` shows the table that is tested.

use std::fs;

use aura_workspace_tests::checkout;

use super::guarantees::ALL;
use super::rows::rows;

fn table() -> String {
    let titles: Vec<&str> = ALL.iter().map(|guarantee| guarantee.title).collect();
    let mut table = format!("| what goes wrong | {} |\n", titles.join(" | "));
    table += &format!("|---{}|\n", "|---".repeat(ALL.len()));
    for row in rows() {
        let cells: Vec<String> = ALL.iter().map(|guarantee| (guarantee.cell)(&row)).collect();
        table += &format!("| {} | {} |\n", row.fault, cells.join(" | "));
    }
    table
}

#[test]
fn the_page_shows_the_table_that_is_tested() {
    let page = fs::read_to_string(checkout::root().join("docs/reliability.md"));
    let page = page.expect("the page is there");
    let table = table();
    assert!(
        page.contains(&format!("\n\n{table}\n")),
        "the table is:\n{table}"
    );
}
