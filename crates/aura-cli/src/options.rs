//! Options that every command takes, and the formats of output.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

/// Options that may stand anywhere.
#[derive(Debug, Args)]
pub struct Global {
    /// Form of the output; errors are JSON lines with `json`
    ///
    /// Unless given: for people on a terminal, NDJSON in a pipe or file.
    #[arg(long, short, global = true, value_name = "FORMAT")]
    pub output: Option<Format>,
    /// Run against a sandbox inside this process: no key, no network
    #[cfg(feature = "sandbox")]
    #[arg(long, global = true)]
    pub sandbox: bool,
    /// Read the key from a file instead of AURA_API_KEY
    #[arg(long, global = true, value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// Where the API is, instead of AURA_BASE_URL or `https://api.aura-app.ai`
    #[arg(long, global = true, value_name = "URL")]
    pub base_url: Option<String>,
    /// A host that `http://` may lead to, instead of AURA_ALLOW_HTTP
    ///
    /// The key is sent there in the clear.
    #[arg(long, global = true, value_name = "HOST")]
    pub allow_http: Option<String>,
    /// Append every response to a file, for `cargo xtask drift`; without the key
    #[arg(long, global = true, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// How long one call may take, retries included [default: 60]
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds)]
    pub timeout: Option<Duration>,
}

/// The forms of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: one lead as a card, several as a table
    Table,
    /// One lead as an object, several as an array
    Json,
    /// A JSON object a line
    Ndjson,
    /// Comma-separated values
    Csv,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let duration = text
        .parse()
        .ok()
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    duration
        .filter(|duration| !duration.is_zero())
        .ok_or_else(|| "a number of seconds above 0 is expected, such as 5 or 0.5".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeout_is_a_number_of_seconds_above_zero() {
        for text in ["0", "-1", "nan", "1e300", "soon", ""] {
            assert!(seconds(text).is_err(), "{text}");
        }
        assert_eq!(seconds("1.5"), Ok(Duration::from_millis(1500)));
    }
}
