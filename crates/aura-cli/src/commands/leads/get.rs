//! `aura leads get`: leads by their ids, one or many.

use std::ops::ControlFlow;

use aura_client::uuid::Uuid;
use clap::Args;

use crate::cli::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use crate::report::Report;
use crate::session::Session;

/// Get leads by their ids
#[derive(Debug, Args)]
pub struct Get {
    /// Ids of leads (UUIDs)
    #[arg(value_name = "ID", required = true)]
    ids: Vec<Uuid>,
}

impl Get {
    pub async fn run(self, global: &Global, report: &Report) -> Result<Exit, Failure> {
        let session = Session::open(global, report).await?;
        for id in self.ids {
            let lead = session.client.get_lead(&id).await;
            let lead = lead.map_err(|error| Failure::of_call(&error).of_lead(id, None))?;
            if output::print(lead.bytes())? == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(Exit::Good)
    }
}
