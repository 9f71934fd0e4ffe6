//! One lead.

use std::ops::ControlFlow;

use aura_client::Client;
use aura_client::uuid::Uuid;

use crate::bulk::{Answer, ask};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::node::Node;
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
        () = interrupt.came() => return Ok(Exit::Interrupted),
    };
    let lead = match asked.answer {
        Answer::Lead(lead) => lead,
        Answer::Failed(failure, _) => return Err(failure),
    };
    let text = Node::data_of(&lead.body).map(|data| {
        let parts = [renderer.begin(), renderer.lead(data), renderer.end()];
        parts.concat()
    });
    let text = text.ok_or_else(|| Failure::without_data(id))?;
    let (ControlFlow::Continue(()) | ControlFlow::Break(())) = print(&text)?;
    for path in &lead.misfits {
        report.warning(&misfit(path));
    }
    for warning in renderer.unknown_fields() {
        report.warning(&warning);
    }
    Ok(Exit::Good)
}

/// What is said of a field that is not what the contract says.
pub fn misfit(path: &str) -> String {
    let path = crate::text::piece(path);
    format!("`{path}` is not what the contract says, and shown as it came")
}
