//! The ids that are asked for: from the arguments or a file, as it is read.

mod file;
mod lines;
#[cfg(test)]
mod properties;
mod seen;

use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::thread;

use aura_client::uuid::Uuid;
use tokio::sync::mpsc;

use crate::failure::{Failure, Kind};
use crate::text::piece;
pub use seen::SeenIds;

/// How many ids are read ahead of those that are asked for.
const AHEAD: usize = 64;

/// One id of the input.
#[derive(Debug)]
pub struct Entry {
    /// Where it stands, in a file.
    pub line: Option<u64>,
    /// The id; for what is none, the failure that this is.
    pub id: Result<Uuid, Failure>,
}

/// Ids one after the other, and how many there are if that is known.
pub struct Ids {
    pub total: Option<u64>,
    entries: mpsc::Receiver<Result<Entry, Failure>>,
}

impl Ids {
    /// Those of the arguments.
    pub fn given(ids: Vec<Uuid>) -> Result<Self, Failure> {
        let total = u64::try_from(ids.len()).ok();
        Self::read(total, move |give| {
            for id in ids {
                let entry = Entry {
                    line: None,
                    id: Ok(id),
                };
                if give(entry).is_break() {
                    break;
                }
            }
            Ok(())
        })
    }

    /// Those of a file, or of the standard input if it is called `-`. To know how many there are,
    /// a file is read twice.
    pub fn from(path: &Path, counted: bool) -> Result<Self, Failure> {
        if path == Path::new("-") {
            return Self::read(None, |give| file::each("the input", io::stdin(), give));
        }
        let name = piece(&path.display().to_string());
        let open = || open(path).map_err(|error| Failure::usage(format!("{name}: {error}")));
        let mut total = None;
        // What is no regular file can be read only once.
        if counted && path.is_file() {
            let mut count = 0;
            file::each(&name, open()?, &mut |_| {
                count += 1;
                ControlFlow::Continue(())
            })?;
            total = Some(count);
        }
        let file = open()?;
        Self::read(total, move |give| file::each(&name, file, give))
    }

    /// The next one; an error says that no more of the input can be read.
    pub async fn next(&mut self) -> Option<Result<Entry, Failure>> {
        self.entries.recv().await
    }

    /// Reads in a thread of its own, which ends when nobody wants more. (A read of a terminal or a
    /// pipe may wait for ever; the process's end doesn't wait for the thread.)
    fn read(
        total: Option<u64>,
        each: impl FnOnce(&mut dyn FnMut(Entry) -> ControlFlow<()>) -> Result<(), Failure>
        + Send
        + 'static,
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

fn open(path: &Path) -> io::Result<impl Read + Send + use<>> {
    let file = File::open(path)?;
    match file.metadata()?.is_dir() {
        true => Err(io::Error::other("this is a folder")),
        false => Ok(file),
    }
}

/// An id of the input, or why it is none.
fn entry(name: &str, line: u64, text: &str) -> Entry {
    let id = Uuid::try_parse(text.trim()).map_err(|_| {
        let what = match text.trim() {
            "" => "no id".to_owned(),
            text => format!("\"{}\" is not a lead id: a UUID is expected", piece(text)),
        };
        invalid(name, line, &what)
    });
    Entry {
        line: Some(line),
        id,
    }
}

fn invalid(name: &str, line: u64, what: &str) -> Failure {
    Failure::new(Kind::InvalidId, format!("{name}:{line}: {what}")).at_line(Some(line))
}
