//! The ids that are asked for: from the arguments or a file, as it is read.

mod entry;
mod header;
mod json;
#[cfg(test)]
mod properties;
mod source;
mod text;

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::thread;

use aura_client::uuid::Uuid;
use tokio::sync::mpsc;

use crate::failure::Failure;
use crate::text::piece;
pub use entry::Entry;
use source::{Give, Source};

/// The ids that need not be asked for again, some 17 to 34 bytes each: all that grows with the number
/// of ids.
pub type SeenIds = HashSet<Uuid>;

/// How many ids are read ahead of those that are asked for.
const AHEAD: usize = 64;

/// Ids one after the other, and how many there are if that is known.
pub struct Ids {
    pub total: Option<u64>,
    entries: mpsc::Receiver<Result<Entry, Failure>>,
}

impl Ids {
    /// Those of the arguments.
    pub fn given(ids: Vec<Uuid>) -> Result<Self, Failure> {
        let total = u64::try_from(ids.len()).ok();
        let mut entries = ids.into_iter().map(|id| Entry {
            line: None,
            id: Ok(id),
        });
        Self::read(total, move |give| {
            // That no more are wanted is no failure.
            let _: ControlFlow<()> = entries.try_for_each(give);
            Ok(())
        })
    }

    /// Those of a file, or of the standard input if it is called `-`; in a table or in JSON, those of
    /// the column or key of this name. To know how many there are, a file is read twice.
    pub fn from(path: &Path, column: Option<&str>, counted: bool) -> Result<Self, Failure> {
        let is_stdin = path == Path::new("-");
        let name = match is_stdin {
            true => "the input".to_owned(),
            false => piece(&path.display().to_string()),
        };
        let open = || -> Result<Source, Failure> {
            let reader: Box<dyn Read + Send> = match is_stdin {
                true => Box::new(io::stdin()),
                false => {
                    let file = File::open(path);
                    Box::new(file.map_err(|error| Failure::usage(format!("{name}: {error}")))?)
                }
            };
            Source::open(&name, reader, column)
        };
        let mut total = None;
        // What is no regular file can be read only once.
        if counted && !is_stdin && path.is_file() {
            let mut count = 0;
            let read = open()?.each(&mut |_| {
                count += 1;
                ControlFlow::Continue(())
            });
            // If it breaks off, the run says so when it is there.
            total = read.is_ok().then_some(count);
        }
        let source = open()?;
        Self::read(total, move |give| source.each(give))
    }

    /// The next one; an error says that no more of the input can be read.
    pub async fn next(&mut self) -> Option<Result<Entry, Failure>> {
        self.entries.recv().await
    }

    /// Reads in a thread of its own, which ends when nobody wants more. (A read of a terminal or a
    /// pipe may wait for ever; the process's end doesn't wait for the thread.)
    fn read(
        total: Option<u64>,
        each: impl FnOnce(Give) -> Result<(), Failure> + Send + 'static,
    ) -> Result<Self, Failure> {
        let (sender, entries) = mpsc::channel(AHEAD);
        let give = move || {
            let ended = each(&mut |entry| match sender.blocking_send(Ok(entry)) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            });
            if let Err(failure) = ended {
                // If nobody waits for it any more, it changes nothing.
                sender.blocking_send(Err(failure)).ok();
            }
        };
        thread::Builder::new()
            .name("ids".to_owned())
            .spawn(give)
            .map_err(|error| Failure::local(format!("no thread for the input: {error}")))?;
        Ok(Self { total, entries })
    }
}
