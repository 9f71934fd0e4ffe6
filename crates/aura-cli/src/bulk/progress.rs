//! How far a run is, for people who look on.

use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

use aura_client::chrono::{DateTime, Utc};
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

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
        let progress = Self(ProgressBar::with_draw_target(
            total,
            ProgressDrawTarget::stderr(),
        ));
        progress.waiting(None);
        progress.0.enable_steady_tick(TICK);
        progress
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
        if let Some(style) = style(self.0.length().is_some(), wait.is_some()) {
            self.0.set_style(style);
        }
        let message = wait.map_or(Cow::Borrowed(""), |wait| {
            let until = DateTime::<Utc>::from(SystemTime::now() + wait);
            format!("; waiting until {} UTC", until.format("%H:%M:%S")).into()
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

/// `===>      1,234/10,000, 85/s, 2m left`; while nothing is asked for, no speed says when it ends.
/// `None` if the template were wrong, which a test says it isn't.
fn style(total_is_known: bool, is_waiting: bool) -> Option<ProgressStyle> {
    let template = match (total_is_known, is_waiting) {
        (true, false) => "{bar:12} {human_pos}/{human_len}{speed}{left}{wide_msg}",
        (true, true) => "{bar:12} {human_pos}/{human_len}{wide_msg}",
        (false, false) => "{spinner} {human_pos} leads{speed}{wide_msg}",
        (false, true) => "{spinner} {human_pos} leads{wide_msg}",
    };
    let style = ProgressStyle::with_template(template).ok()?;
    let style = style.with_key("speed", speed).with_key("left", left);
    Some(style.progress_chars("=> "))
}

fn speed(state: &ProgressState, text: &mut dyn fmt::Write) {
    if state.pos() > 0 {
        // It can be told again a moment later.
        write!(text, ", {:.0}/s", state.per_sec()).ok();
    }
}

fn left(state: &ProgressState, text: &mut dyn fmt::Write) {
    if state.pos() > 0 {
        write!(text, ", {:#} left", HumanDuration(state.eta())).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_right() {
        for total_is_known in [true, false] {
            for is_waiting in [true, false] {
                assert!(style(total_is_known, is_waiting).is_some());
            }
        }
    }
}
