//! What the counts mean: the differences between the contract and what was seen.

mod bodies;
mod traffic;

use indexmap::IndexMap;
use openapi_document::schema::Dialect;
use openapi_document::{Contract, Pointer};

use crate::finding::{Edit, Finding, Kind, Often};
use crate::observe::Observer;

/// The differences, in the contract's order.
pub fn findings(contract: &Contract, observer: &Observer<'_>) -> Vec<Finding> {
    let mut found = Found {
        contract,
        dialect: contract.dialect(),
        findings: IndexMap::new(),
    };
    bodies::look(&mut found, observer);
    traffic::look(&mut found, observer);
    let mut findings: Vec<Finding> = found.findings.into_values().collect();
    findings.sort_by_key(|finding| contract.key_span(&finding.at).start);
    findings
}

/// The findings so far. What is found of a component in several places is one finding.
struct Found<'c> {
    contract: &'c Contract,
    dialect: Dialect,
    findings: IndexMap<(Kind, Pointer), Finding>,
}

impl Found<'_> {
    fn add(
        &mut self,
        kind: Kind,
        at: Pointer,
        often: Often,
        message: String,
        edits: Vec<Edit>,
    ) -> &mut Finding {
        let finding = self.findings.entry((kind, at.clone()));
        let finding = finding.or_insert(Finding {
            kind,
            at,
            message,
            often: Often { count: 0, of: 0 },
            edits,
            samples: Vec::new(),
        });
        finding.often.count += often.count;
        finding.often.of += often.of;
        finding
    }
}
