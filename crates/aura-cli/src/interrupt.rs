//! Signals that end a run: Ctrl-C, and on Unix SIGTERM and SIGHUP.

use tokio::sync::watch;

use crate::exit::Exit;

/// Tells of the first signal, by the exit code that it asks for.
#[derive(Clone)]
pub struct Interrupt(watch::Receiver<Option<Exit>>);

impl Interrupt {
    /// Listens from now on. The first signal is told, the second ends the process at once.
    pub fn listen() -> Self {
        let (sender, receiver) = watch::channel(None);
        #[cfg(unix)]
        unix::listen(&sender);
        #[cfg(not(unix))]
        tokio::spawn(async move {
            // Where Ctrl-C cannot be listened to, it does what it does without us.
            while tokio::signal::ctrl_c().await.is_ok() {
                came(&sender, Exit::Interrupted);
            }
        });
        Self(receiver)
    }

    /// One that never comes.
    #[cfg(test)]
    pub fn never() -> Self {
        Self(watch::channel(None).1)
    }

    /// One that is there from the beginning.
    #[cfg(test)]
    pub fn came_already() -> Self {
        Self(watch::channel(Some(Exit::Interrupted)).1)
    }

    /// Ends once it came, with the exit code.
    pub async fn came(&mut self) -> Exit {
        match self.0.wait_for(Option::is_some).await.map(|came| *came) {
            Ok(Some(exit)) => exit,
            // Nobody listens.
            Ok(None) | Err(_) => std::future::pending().await,
        }
    }
}

fn came(sender: &watch::Sender<Option<Exit>>, exit: Exit) {
    if sender.send_replace(Some(exit)).is_some() {
        std::process::exit(exit.code().into());
    }
}

#[cfg(unix)]
mod unix {
    use tokio::signal::unix::{SignalKind, signal};
    use tokio::sync::watch;

    use crate::exit::Exit;

    /// Listens to the signals that ask a process to end. SIGHUP is left alone if whoever started this
    /// process made it ignore that, as `nohup` does.
    pub fn listen(sender: &watch::Sender<Option<Exit>>) {
        for (kind, exit) in [
            (SignalKind::interrupt(), Exit::Interrupted),
            (SignalKind::terminate(), Exit::Terminated),
            (SignalKind::hangup(), Exit::HungUp),
        ] {
            if kind == SignalKind::hangup() && is_ignored(kind) {
                continue;
            }
            // Where a signal cannot be listened to, it does what it does without us.
            if let Ok(mut signals) = signal(kind) {
                let sender = sender.clone();
                tokio::spawn(async move {
                    while signals.recv().await.is_some() {
                        super::came(&sender, exit);
                    }
                });
            }
        }
    }

    /// Whether this process ignores a signal. Where the system has no `/proc`, nobody can tell.
    fn is_ignored(kind: SignalKind) -> bool {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        mask.is_some_and(|mask| mask >> (kind.as_raw_value() - 1) & 1 == 1)
    }
}
