//! `docs/reliability.md` shows the tables that are tested.

use std::fs;

use aura_workspace_tests::checkout;

use super::guarantees::ALL;
use super::rows::rows;
use super::settings;

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

fn table_of_settings() -> String {
    let mut table = "| setting | scenario | what is promised |\n|---|---|---|\n".to_owned();
    for promise in &settings::ALL {
        let (setting, scenario) = (promise.setting, promise.scenario);
        table += &format!("| {setting} | {scenario} | {} |\n", promise.promised);
    }
    table
}

#[test]
fn the_page_shows_the_tables_that_are_tested() {
    let page = fs::read_to_string(checkout::root().join("docs/reliability.md"));
    let page = page.expect("the page is there");
    for table in [table(), table_of_settings()] {
        assert!(
            page.contains(&format!("\n\n{table}\n")),
            "the table is:\n{table}"
        );
    }
}
