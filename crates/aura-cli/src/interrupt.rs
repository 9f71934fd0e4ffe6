//! Ctrl-C, and being asked to end.

use tokio::sync::watch;

use crate::exit::Exit;
#[cfg(feature = "sandbox")]
use crate::failure::Failure;

/// Tells of the first Ctrl-C.
#[derive(Clone)]
pub struct Interrupt(watch::Receiver<bool>);

impl Interrupt {
    /// Listens from now on. The first Ctrl-C is told, the second ends the process at once.
    pub fn listen() -> Self {
        let (sender, receiver) = watch::channel(false);
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_err() {
                // Then Ctrl-C does what it does without us. Whoever waits goes on waiting.
                sender.closed().await;
                return;
            }
            sender.send_replace(true);
            if tokio::signal::ctrl_c().await.is_ok() {
                std::process::exit(Exit::Interrupted.code().into());
            }
        });
        Self(receiver)
    }

    /// One that never comes.
    #[cfg(test)]
    pub fn never() -> Self {
        Self(watch::channel(false).1)
    }

    /// Ends once it came.
    pub async fn came(&mut self) {
        if self.0.wait_for(|came| *came).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Ends when the process is asked to end: Ctrl-C or, on Unix, SIGTERM.
///
/// Listens from now on, not from when it is awaited.
#[cfg(feature = "sandbox")]
pub fn asked_to_end() -> Result<impl Future<Output = ()>, Failure> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};

        let listen = |kind| {
            signal(kind)
                .map_err(|error| Failure::local(format!("signals cannot be listened to: {error}")))
        };
        let mut interrupt = listen(SignalKind::interrupt())?;
        let mut terminate = listen(SignalKind::terminate())?;
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    Ok::<_, Failure>(async {
        // Without a way to listen there is nothing to wait for but the process's end.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
