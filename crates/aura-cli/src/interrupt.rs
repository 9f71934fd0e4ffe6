//! Ctrl-C, and being asked to end.

#[cfg(all(feature = "sandbox", unix))]
use crate::failure::Failure;

/// Ends when the process is asked to end: Ctrl-C or, on Unix, SIGTERM.
///
/// Listens from now on, not from when it is awaited.
#[cfg(feature = "sandbox")]
pub fn asked_to_end() -> Result<impl Future<Output = ()>, Failure> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};

        let listen = |kind| signal(kind).map_err(|error| unheard(&error));
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
    Ok(async {
        // Without a way to listen there is nothing to wait for but the process's end.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

#[cfg(all(feature = "sandbox", unix))]
fn unheard(error: &std::io::Error) -> Failure {
    Failure::local(format!("signals cannot be listened to: {error}"))
}
