//! What is promised to those who rely on the client, whatever goes wrong: `docs/reliability.md`.

mod inputs;
mod matrix;
