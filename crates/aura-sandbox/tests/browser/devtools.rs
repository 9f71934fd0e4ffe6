//! A headless browser, and the little of the Chrome DevTools Protocol that a test needs.

use std::path::Path;
use std::process::Stdio;

use futures_util::{SinkExt, StreamExt};
use libtest_mimic::Failed;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// The browser; it ends when dropped.
pub(crate) struct Browser {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    calls: u64,
    /// What pages have asked for, wherever it is.
    requested: Vec<String>,
    _process: Child,
    _profile: TempDir,
}

impl Browser {
    pub(crate) async fn start(program: &Path) -> Result<Self, Failed> {
        let profile = TempDir::new()?;
        let mut process = Command::new(program)
            .args(["--headless", "--disable-gpu", "--no-first-run"])
            // A test may run as root, in a container: there the browser has no sandbox of its own.
            .args(["--no-sandbox", "--disable-dev-shm-usage"])
            // The page must be whole without the net.
            .arg("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
            .arg("--remote-debugging-port=0")
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let stderr = process.stderr.take().ok_or("no stderr")?;
        let mut lines = BufReader::new(stderr).lines();
        let address = loop {
            let line = lines.next_line().await?;
            let line = line.ok_or("the browser ended before it listened")?;
            if let Some(address) = line.strip_prefix("DevTools listening on ") {
                break address.to_owned();
            }
        };
        // What else it has to say must not fill the pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let (socket, _) = tokio_tungstenite::connect_async(address).await?;
        Ok(Self {
            socket,
            calls: 0,
            requested: Vec::new(),
            _process: process,
            _profile: profile,
        })
    }

    /// Opens a page and waits until it is loaded; returns what calls for it are named by.
    pub(crate) async fn open(&mut self, url: &str) -> Result<String, Failed> {
        let blank = json!({"url": "about:blank"});
        let page = self.call(None, "Target.createTarget", blank).await?;
        let attach = json!({"targetId": page["targetId"], "flatten": true});
        let session = self.call(None, "Target.attachToTarget", attach).await?;
        let session = session["sessionId"]
            .as_str()
            .ok_or("no session")?
            .to_owned();
        let page = Some(session.as_str());
        self.call(page, "Page.enable", json!({})).await?;
        self.call(page, "Network.enable", json!({})).await?;
        // Answered when the new page takes the old one's place, so before it is loaded.
        self.call(page, "Page.navigate", json!({"url": url}))
            .await?;
        while self.receive().await?["method"] != "Page.loadEventFired" {}
        Ok(session)
    }

    /// What the pages have asked for so far, wherever it is.
    pub(crate) fn requested(&self) -> &[String] {
        &self.requested
    }

    /// Lets a page see the system's colours as `dark` or `light`.
    pub(crate) async fn prefer(&mut self, page: &str, colours: &str) -> Result<(), Failed> {
        let feature = json!({"name": "prefers-color-scheme", "value": colours});
        let call = json!({"features": [feature]});
        let called = self.call(Some(page), "Emulation.setEmulatedMedia", call);
        called.await.map(drop)
    }

    /// Runs a script in a page and returns the text that its promise gives.
    pub(crate) async fn evaluate(&mut self, page: &str, script: &str) -> Result<String, Failed> {
        let call = json!({"expression": script, "awaitPromise": true});
        let value = self.call(Some(page), "Runtime.evaluate", call).await?;
        let text = value["result"]["value"].as_str().map(str::to_owned);
        text.ok_or_else(|| format!("no text, but {value}").into())
    }

    async fn call(
        &mut self,
        session: Option<&str>,
        method: &str,
        params: Value,
    ) -> Result<Value, Failed> {
        self.calls += 1;
        let mut call = json!({"id": self.calls, "method": method, "params": params});
        if let Some(session) = session {
            call["sessionId"] = session.into();
        }
        self.socket.send(Message::text(call.to_string())).await?;
        loop {
            let mut message = self.receive().await?;
            if message["id"] != self.calls {
                continue;
            }
            return match message.get("error") {
                Some(error) => Err(format!("{method}: {error}").into()),
                None => Ok(message["result"].take()),
            };
        }
    }

    async fn receive(&mut self) -> Result<Value, Failed> {
        let message = self.socket.next().await.ok_or("the browser ended")??;
        let message: Value = serde_json::from_str(message.to_text()?)?;
        if message["method"] == "Network.requestWillBeSent" {
            let url = message["params"]["request"]["url"].as_str();
            self.requested.extend(url.map(str::to_owned));
        }
        Ok(message)
    }
}
