//! One lead.

use aura_client::Client;
use aura_client::uuid::Uuid;

use crate::bulk::{Answer, Failures, ask};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output::print;
use crate::render::Renderer;
use crate::report::Report;

/// Asks for a lead, with the client's own retries, and shows it.
pub async fn get(
    client: &Client,
    id: Uuid,
    mut renderer: Renderer,
    report: &Report,
) -> Result<Exit, Failure> {
    let mut interrupt = Interrupt::listen();
    let asked = tokio::select! {
        asked = ask(client.clone(), id) => asked,
        exit = interrupt.came() => return Ok(exit),
    };
    let lead = match asked.answer {
        Answer::Lead(lead) => lead,
        Answer::Failed(failure, _) => return Err(failure),
    };
    let text = [renderer.begin(), renderer.lead(&lead), renderer.end()].concat();
    print(&text)?;
    let mut failures = Failures::default();
    lead.warnings(None)
        .try_for_each(|drift| failures.add(drift))?;
    failures.report(report);
    for warning in renderer.unknown_fields() {
        report.warning(&warning);
    }
    Ok(Exit::Good)
}
