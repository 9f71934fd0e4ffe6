//! The comparison as people and programs read it.

mod json;
mod markdown;
mod text;

pub use json::json;
pub use markdown::markdown;
pub use text::text;

use openapi_diff::{Change, Class, Comparison};

/// The changes of one class.
fn of(comparison: &Comparison, class: Class) -> Vec<&Change> {
    let changes = comparison.changes.iter();
    changes.filter(|change| change.class == class).collect()
}

/// What heads the changes of a class.
fn heading(class: Class) -> &'static str {
    match class {
        Class::Breaking => "Breaking: what worked can stop working, or stop compiling",
        Class::Additive => "Additive: something new, what worked goes on working",
        Class::Docs => "Docs: only what people read",
        Class::None => "",
    }
}

/// The class in a word, and how many changes of each there are.
fn summary(comparison: &Comparison) -> String {
    if comparison.class == Class::None {
        return "none: nothing that anyone could notice".into();
    }
    let counts = Class::TOLD.into_iter().filter_map(|class| {
        let count = of(comparison, class).len();
        (count > 0).then(|| format!("{count} {}", class.word()))
    });
    let counts: Vec<String> = counts.collect();
    format!("{} ({})", comparison.class.word(), counts.join(", "))
}

/// What the client's crate is to be called, as it is versioned with what it is made of.
fn crate_version(comparison: &Comparison) -> Option<(&'static str, String)> {
    let now = env!("CARGO_PKG_VERSION");
    let next = openapi_diff::next_version(now, comparison.class)?;
    comparison.suggested.as_ref()?;
    Some((now, next))
}
