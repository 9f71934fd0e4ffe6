//! How far a run is, for people who look on.

use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

use aura_client::chrono::{DateTime, Utc};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

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
        if let Some(style) = style(total.is_some()) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(TICK);
        Self(bar)
    }

    pub fn step(&self) {
        self.0.inc(1);
    }

    /// One need not be asked for after all.
    pub fn skip(&self) {
        if self.0.length().is_some() {
            self.0.dec_length(1);
        }
    }

    /// Says until when nothing is asked for, or that something is again.
    pub fn waiting(&self, wait: Option<Duration>) {
        let message = wait.map_or(Cow::Borrowed(""), |wait| {
            let until = DateTime::<Utc>::from(SystemTime::now() + wait);
            format!("; goes on at {} UTC", until.format("%H:%M:%S")).into()
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

/// `===>      1,234/10,000, 85/s, 2m left`; `None` if the template were wrong, which a test
/// says it isn't.
fn style(total_is_known: bool) -> Option<ProgressStyle> {
    let template = match total_is_known {
        true => "{bar:12} {human_pos}/{human_len}, {rate}, {eta} left{wide_msg}",
        false => "{spinner} {human_pos} leads, {rate}{wide_msg}",
    };
    let rate = |state: &ProgressState, text: &mut dyn fmt::Write| {
        // It can be told again a moment later.
        write!(text, "{:.0}/s", state.per_sec()).ok();
    };
    let style = ProgressStyle::with_template(template).ok()?;
    Some(style.with_key("rate", rate).progress_chars("=> "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_right() {
        assert!(style(true).is_some() && style(false).is_some());
    }
}
