//! How far a run is, for people who look on.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use aura_client::chrono::{DateTime, Utc};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How often it is drawn where nothing happens: the time left goes on.
const TICK: Duration = Duration::from_millis(250);

/// A line on the standard error, or nothing.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// Of so many, if that is known. What is not shown costs nothing.
    pub fn new(total: Option<u64>, shown: bool) -> Self {
        if !shown {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr());
        let template = match total {
            Some(_) => "{bar:20} {human_pos}/{human_len} leads, {per_sec:.0}, {eta} left{msg}",
            None => "{spinner} {human_pos} leads, {per_sec:.0}{msg}",
        };
        // The templates are right: a test says so.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.enable_steady_tick(TICK);
        Self(bar)
    }

    pub fn step(&self) {
        self.0.inc(1);
    }

    /// Says until when the rate limit is waited for, or that it no longer is.
    pub fn waiting(&self, wait: Option<Duration>) {
        let message = wait.map_or(Cow::Borrowed(""), |wait| {
            let until = DateTime::<Utc>::from(SystemTime::now() + wait);
            format!(
                "; rate limit: waiting until {} UTC",
                until.format("%H:%M:%S")
            )
            .into()
        });
        self.0.set_message(message);
    }

    /// Does something that writes to the terminal, with the line out of its way.
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match self.0.is_hidden() {
            true => write(),
            false => self.0.suspend(write),
        }
    }

    /// Takes the line away.
    pub fn end(&self) {
        self.0.finish_and_clear();
    }
}
