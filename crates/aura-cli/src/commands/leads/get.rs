//! `aura leads get`: leads by their ids, one or many.

use std::path::{Path, PathBuf};
use std::time::Duration;

use aura_client::uuid::Uuid;
use aura_contract::Contract;
use clap::{ArgGroup, Args};

use super::{many, one};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::ids::Ids;
use crate::options::{Format, Global};
use crate::output::{Existing, Files, check_errors_name, format_of};
use crate::render::{Fields, Medium, Renderer, Shape};
use crate::report::Report;
use crate::session::Session;
use crate::terminal;

/// Get leads by their ids
///
/// On a terminal one lead is shown as a card and several as a table; in a pipe or file each is a
/// line of JSON. Leads come in the order of their ids, one for an id that is named twice.
///
/// Many leads are asked for side by side, as fast as the rate limit allows. Ctrl-C ends a run; with
/// --out it can be continued with --resume, without asking for any lead twice.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aura leads get 550e8400-e29b-41d4-a716-446655440000
  aura leads get --sandbox 550e8400-e29b-41d4-a716-446655440000
  aura leads get --from ids.txt --out leads.csv --resume
  aura leads get --from ids.txt --fields id,email,metadata.utmSource -o csv
  jq -r .lead_id orders.ndjson | aura leads get --from - --errors failed.ndjson

Exit codes: 0 all found, 1 something else, 2 wrong arguments, 3 no key or not \
accepted, 4 not found, 5 try again later, 130 interrupted. If several \
things failed, the exit code is the first of 3, 5, 1, 4 that applies.")]
#[command(group = ArgGroup::new("files").args(["out", "errors"]).multiple(true))]
pub struct Get {
    /// Ids of leads (UUIDs)
    #[arg(value_name = "ID", required_unless_present = "from", value_parser = uuid)]
    ids: Vec<Uuid>,
    /// Read ids from a file, or `-` for the standard input: a list, CSV, NDJSON or JSON
    ///
    /// Its first line tells which: a list has one id a line; a table names its columns there, and is
    /// separated by `,` `;` `|` or tabs; JSON has ids, or objects with an `id`, in an array or a line
    /// each. Lines that begin with `#` are comments. Whatever is no id is reported by its line alone.
    #[arg(long, value_name = "FILE", conflicts_with = "ids")]
    from: Option<PathBuf>,
    /// Read ids from this column of CSV, or this key of JSON objects, instead of `id`
    #[arg(long, value_name = "NAME", requires = "from")]
    id_column: Option<String>,
    /// Show these fields alone, in this order: `id,email,metadata.utmSource`
    #[arg(long, value_name = "FIELDS", value_parser = Fields::parse)]
    fields: Option<Fields>,
    /// Write to a file, or `-` for the standard output: .csv, .json, .ndjson or .jsonl says the format
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Go on with the file of --out where an earlier run was ended (NDJSON and CSV)
    #[arg(long, requires = "out", conflicts_with = "overwrite")]
    resume: bool,
    /// Replace what is in the files of --out and --errors
    #[arg(long, requires = "files")]
    overwrite: bool,
    /// Write all failures, and fields that do not fit the contract, to a file, or `-` for the standard
    /// output: a JSON object a line
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Leave cells of CSV as they were sent, also those that a spreadsheet would run as a formula
    #[arg(long)]
    csv_raw: bool,
    /// Begin CSV with a byte order mark, by which Excel knows UTF-8
    #[arg(long)]
    bom: bool,
    /// How many leads are asked for at a time
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = concurrency)]
    concurrency: usize,
    /// Ask for at most N leads a minute; unless given, for as many as the rate limit allows
    #[arg(long, value_name = "N", value_parser = gap)]
    rate: Option<Duration>,
}

fn uuid(text: &str) -> Result<Uuid, &'static str> {
    Uuid::try_parse(text)
        .map_err(|_| "a UUID is expected, such as 550e8400-e29b-41d4-a716-446655440000")
}

fn concurrency(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number @ 1..=256) => Ok(number),
        _ => Err("a number from 1 to 256 is expected".to_owned()),
    }
}

/// How far apart so many calls a minute are.
fn gap(text: &str) -> Result<Duration, &'static str> {
    let rate = text.parse().ok().filter(|rate| (0.01..=1e6).contains(rate));
    rate.map(|rate: f64| Duration::from_secs_f64(60.0 / rate))
        .ok_or("a number of leads a minute is expected, such as 50")
}

impl Get {
    pub async fn run(mut self, global: &Global, report: &Report) -> Result<Exit, Failure> {
        self.out = self.out.filter(|path| path != Path::new("-"));
        let format = self.format(global)?;
        self.check(format)?;
        let session = Session::open(global, report).await?;
        let renderer = self.renderer(format);
        match self.ids[..] {
            [id] if self.out.is_none() && self.errors.is_none() => {
                one::get(&session.client, id, renderer, report).await
            }
            _ => {
                many::get(
                    &session.client,
                    self.plan(global, format)?,
                    renderer,
                    report,
                )
                .await
            }
        }
    }

    /// What clap can't check.
    fn check(&self, format: Format) -> Result<(), Failure> {
        if self.resume && !matches!(format, Format::Ndjson | Format::Csv) {
            return Err(Failure::usage("--resume works with NDJSON and CSV only"));
        }
        for (option, given) in [("--csv-raw", self.csv_raw), ("--bom", self.bom)] {
            if given && format != Format::Csv {
                return Err(Failure::usage(format!("{option} is for CSV"))
                    .or_try("add --output csv, or name the file of --out *.csv"));
            }
        }
        if self.resume && !self.can_resume(format) {
            return Err(Failure::usage("--resume tells leads by their id")
                .or_try("put `id` among the --fields"));
        }
        if self.out.is_none() && self.resume {
            return Err(Failure::usage("--resume needs a file: --out FILE"));
        }
        match &self.errors {
            Some(path) if path != Path::new("-") => check_errors_name(path),
            Some(_) if self.out.is_none() => Err(Failure::usage(
                "--errors -: the leads go to the standard output",
            )
            .or_try("name a file for one of them")),
            _ => Ok(()),
        }
    }

    /// Whether a file holds all that a run needs to go on with it.
    fn can_resume(&self, format: Format) -> bool {
        let has_id = |fields: &Fields| fields.paths().any(|path| path == "id");
        matches!(format, Format::Ndjson | Format::Csv) && self.fields.as_ref().is_none_or(has_id)
    }

    /// What is said of a run that was ended.
    fn go_on(&self, format: Format) -> &'static str {
        match (&self.out, self.can_resume(format)) {
            (None, _) => "a run with --out FILE can be continued with --resume",
            (Some(_), false) => {
                "only a file of NDJSON or CSV with the `id` of each lead can be continued"
            }
            (Some(_), true) if self.overwrite => {
                "the same command with --resume in place of --overwrite goes on"
            }
            (Some(_), true) => "the same command with --resume goes on",
        }
    }

    fn plan(self, global: &Global, format: Format) -> Result<many::Plan, Failure> {
        let go_on = self.go_on(format);
        let progress = terminal::is_stderr();
        Ok(many::Plan {
            ids: match &self.from {
                Some(file) => Ids::from(file, self.id_column.as_deref(), progress)?,
                None => Ids::given(self.ids)?,
            },
            files: Files {
                from: self.from,
                key_file: global.key_file.clone(),
                out: self.out,
                errors: self.errors,
                existing: match (self.resume, self.overwrite) {
                    (true, _) => Existing::Resume,
                    (_, true) => Existing::Overwrite,
                    _ => Existing::Refuse,
                },
            },
            concurrency: self.concurrency,
            gap: self.rate,
            go_on,
            progress,
        })
    }

    fn renderer(&self, format: Format) -> Renderer {
        let on_terminal = self.out.is_none() && terminal::is_stdout();
        let medium = Medium {
            terminal: on_terminal,
            styled: self.out.is_none() && terminal::is_styled(),
            width: terminal::width().filter(|_| on_terminal),
            raw: self.csv_raw,
            bom: self.bom,
        };
        let shape = Shape::of_lead(&Contract::builtin());
        let is_one = self.ids.len() == 1;
        Renderer::new(format, is_one, self.fields.clone(), shape, medium)
    }

    fn format(&self, global: &Global) -> Result<Format, Failure> {
        match &self.out {
            Some(path) => format_of(path, global.output),
            None if terminal::is_stdout() => Ok(global.output.unwrap_or(Format::Table)),
            None => Ok(global.output.unwrap_or(Format::Ndjson)),
        }
    }
}
