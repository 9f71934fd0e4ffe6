//! `aura completions`: what a shell needs to complete `aura`'s arguments.

use clap::{Args, Command};
use clap_complete::Shell;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;

/// Print what a shell needs to complete aura's arguments
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aura completions bash > ~/.local/share/bash-completion/completions/aura
  aura completions zsh > ~/.zfunc/_aura
  aura completions fish > ~/.config/fish/completions/aura.fish")]
pub struct Completions {
    /// Which shell
    shell: Shell,
}

impl Completions {
    /// Prints the script that completes `command`.
    pub fn run(self, mut command: Command) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "aura", &mut script);
        output::print(&script)?;
        Ok(Exit::Good)
    }
}
