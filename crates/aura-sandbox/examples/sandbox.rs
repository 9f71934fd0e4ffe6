//! Serves the contract until it is stopped: `cargo run -p aura-sandbox --example sandbox`.

use aura_sandbox::{Sandbox, SandboxError};

#[tokio::main]
async fn main() -> Result<(), SandboxError> {
    let sandbox = Sandbox::builder().no_rate_limit().start().await?;
    println!("{} {}", sandbox.base_url(), sandbox.api_key());
    std::future::pending().await
}
