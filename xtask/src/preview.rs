//! `cargo xtask preview`: the contract as a page that follows what is saved, or as files.

mod aura;
mod edited;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread::sleep;
use std::time::Duration;

use crate::exit::Exit;
use crate::report;
use crate::workspace::{DiskError, Workspace};
use aura::Aura;
use edited::Edited;

/// What the command is asked.
#[derive(Debug, Default, clap::Args)]
pub struct Arguments {
    /// The contract, if it is another than openapi.yaml
    pub file: Option<PathBuf>,
    /// Port on 127.0.0.1; a free one unless given
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub port: u16,
    /// The program `aura`, if it is not to be built
    #[arg(long, value_name = "PROGRAM")]
    pub aura: Option<PathBuf>,
    /// Write the page to a folder as static files that open without a server, and exit
    #[arg(long, value_name = "DIR", conflicts_with = "port")]
    pub export: Option<PathBuf>,
}

/// How often the contract is looked at.
const LOOKING: Duration = Duration::from_millis(200);

/// The file that the sandbox watches.
const PAGE: &str = "openapi.json";

/// Serves the contract until the sandbox ends, or exports it.
pub fn preview(
    from: &Path,
    arguments: &Arguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<Exit> {
    out.flush()?;
    let ended = match &arguments.export {
        Some(folder) => export(from, arguments, folder, err)?,
        None => match Preview::start(from, arguments) {
            Ok(preview) => Ok(preview.follow(err)?),
            Err(error) => Err(error),
        },
    };
    match ended {
        Ok(true) => Ok(Exit::Fresh),
        Ok(false) => Ok(Exit::Failed),
        Err(error) => {
            report::disk_error(err, &error)?;
            Ok(Exit::Failed)
        }
    }
}

/// Writes the page to a folder, unless the contract can't be shown; `true` if that went well.
fn export(
    from: &Path,
    arguments: &Arguments,
    folder: &Path,
    err: &mut dyn Write,
) -> io::Result<Result<bool, DiskError>> {
    let edited = match Edited::read(from, arguments.file.as_deref()) {
        Ok(edited) => edited,
        Err(error) => return Ok(Err(error)),
    };
    edited.report(err)?;
    if !edited.can_be_shown() {
        report::nothing_written(err, edited.errors())?;
        return Ok(Ok(false));
    }
    let exported = || {
        let workspace = Workspace::find(from)?;
        // Another file than the one that a running preview watches.
        let page = workspace.write_preview("export.json", &edited.document())?;
        aura(&workspace, arguments)?.export(&page, &from.join(folder))
    };
    Ok(exported())
}

fn aura(workspace: &Workspace, arguments: &Arguments) -> Result<Aura, DiskError> {
    match &arguments.aura {
        Some(program) => Ok(Aura::at(program)),
        None => Aura::build(workspace.root()),
    }
}

/// A contract that is being edited, and the sandbox that shows it.
pub struct Preview {
    workspace: Workspace,
    edited: Edited,
    sandbox: Child,
    news: Vec<News>,
    /// Whether what was saved last is still to be written for the sandbox.
    is_unwritten: bool,
}

/// What there is to report.
enum News {
    Findings,
    Unwritten(DiskError),
    WrittenAtLast,
}

impl Preview {
    /// Starts the sandbox; it ends when this is dropped, or when this program ends.
    pub fn start(from: &Path, arguments: &Arguments) -> Result<Preview, DiskError> {
        let workspace = Workspace::find(from)?;
        let edited = Edited::read(from, arguments.file.as_deref())?;
        let aura = aura(&workspace, arguments)?;
        let page = workspace.write_preview(PAGE, &edited.document())?;
        Ok(Preview {
            sandbox: aura.serve(&page, arguments.port)?,
            workspace,
            edited,
            news: vec![News::Findings],
            is_unwritten: false,
        })
    }

    /// Looks whether the contract was saved, and lets the page follow; `false` if there is nothing
    /// new to report. What could not be written is written at the next look.
    pub fn look(&mut self) -> bool {
        if self.edited.read_again() {
            self.news.push(News::Findings);
        } else if !self.is_unwritten {
            return false;
        }
        let written = self.workspace.write_preview(PAGE, &self.edited.document());
        let was_unwritten = std::mem::replace(&mut self.is_unwritten, written.is_err());
        match written {
            Err(error) if !was_unwritten => self.news.push(News::Unwritten(DiskError {
                help: "the page stays as it was; this is tried again until it works".into(),
                ..error
            })),
            Ok(_) if was_unwritten => self.news.push(News::WrittenAtLast),
            _ => {}
        }
        !self.news.is_empty()
    }

    /// Follows what is saved until the sandbox ends; whether it ended well.
    fn follow(mut self, err: &mut dyn Write) -> io::Result<bool> {
        loop {
            self.report(err)?;
            while !self.look() {
                if let Some(status) = self.sandbox.try_wait()? {
                    return Ok(status.success());
                }
                sleep(LOOKING);
            }
        }
    }

    fn report(&mut self, err: &mut dyn Write) -> io::Result<()> {
        for news in std::mem::take(&mut self.news) {
            match news {
                News::Findings => self.edited.report(err)?,
                News::Unwritten(error) => report::disk_error(err, &error)?,
                News::WrittenAtLast => writeln!(err, "the page follows again")?,
            }
        }
        Ok(())
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.sandbox.kill().ok();
        self.sandbox.wait().ok();
    }
}
