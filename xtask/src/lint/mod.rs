//! Phase 2, lint: everything that would make the output wrong, or progenitor fail, told in the
//! contract's words and with its place before it happens.

mod circles;
mod document;
mod grammar;
mod names;
mod operations;
mod references;
mod schemas;
mod sensitive;
mod structure;

use crate::diagnostics::{Diagnostic, any_error};
use crate::load::Contract;
use crate::spec::{self, Operation};
use structure::Items;

pub use names::RESERVED_METHODS;

/// What the rules look at.
pub struct Subject<'c> {
    contract: &'c Contract,
    items: Items<'c>,
    operations: Vec<Operation<'c>>,
}

/// A rule looks at the whole contract and tells what it found.
type Rule = fn(&Subject<'_>) -> Vec<Diagnostic>;

/// The rules, in groups: those of a group can rely on what the groups before it have checked, so
/// the first group that finds an error is the last to run.
const RULES: &[&[Rule]] = &[
    &[
        references::resolve,
        references::siblings,
        references::path_items,
        circles::compositions,
    ],
    &[circles::sums],
    &[
        document::paths,
        operations::ids,
        operations::path_parameters,
        operations::parameters,
        operations::successes,
        operations::bodies,
        operations::servers,
        schemas::types,
        schemas::required,
        schemas::composition,
        sensitive::placement,
    ],
    &[
        names::properties,
        names::enums,
        names::types,
        names::methods,
        names::arguments,
    ],
];

/// Checks a contract.
pub fn lint(contract: &Contract) -> Vec<Diagnostic> {
    let mut found = document::version(contract);
    if any_error(&found) {
        return found;
    }
    let (items, structure) = structure::walk(contract);
    found.extend(structure);
    let subject = Subject {
        contract,
        items,
        operations: spec::operations(&contract.document),
    };
    for group in RULES {
        if any_error(&found) {
            break;
        }
        found.extend(group.iter().flat_map(|rule| rule(&subject)));
    }
    // In the text's order, as a reader meets them.
    found.sort_by_key(|diagnostic| diagnostic.span.as_ref().map(|span| span.start));
    found
}
