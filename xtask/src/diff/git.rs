//! The contract as git has it.

use std::path::Path;
use std::process::Command;

use crate::workspace::{CONTRACT, DiskError};

/// The commit to compare with when none is named: where this branch left `main`. With the name to
/// show.
pub fn merge_base(root: &Path) -> Result<(String, String), DiskError> {
    for main in ["main", "origin/main"] {
        if commit(root, main)?.is_some() {
            let base = git(root, &["merge-base", "HEAD", main])?.ok_or_else(|| DiskError {
                message: format!("git finds no commit that HEAD and {main} share"),
                help: "name what to compare with: cargo xtask diff REVISION, or FILE".into(),
            })?;
            return Ok((base, main.to_string()));
        }
    }
    Err(DiskError {
        message: "there is neither a branch main nor origin/main to compare with".into(),
        help: "name what to compare with: cargo xtask diff REVISION, or FILE".into(),
    })
}

/// The commit that a revision names, if it names one.
pub fn commit(root: &Path, revision: &str) -> Result<Option<String>, DiskError> {
    let revision = format!("{revision}^{{commit}}");
    git(
        root,
        &[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &revision,
        ],
    )
}

/// The contract's bytes in a commit.
pub fn contract(root: &Path, commit: &str, name: &str) -> Result<Vec<u8>, DiskError> {
    let output = run(root, &["show", &format!("{commit}:./{CONTRACT}")])?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(DiskError {
            message: format!("{name} has no {CONTRACT}"),
            help: "name a revision that has one, or a file".into(),
        }),
    }
}

/// What git answers, if it has an answer.
fn git(root: &Path, arguments: &[&str]) -> Result<Option<String>, DiskError> {
    let output = run(root, arguments)?;
    let said = String::from_utf8_lossy(&output.stdout).trim().to_string();
    Ok((output.status.success() && !said.is_empty()).then_some(said))
}

fn run(root: &Path, arguments: &[&str]) -> Result<std::process::Output, DiskError> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .output();
    let output = output.map_err(|error| DiskError {
        message: format!("can't run git: {error}"),
        help: "install git, or name a file to compare with: cargo xtask diff FILE".into(),
    })?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() && said.contains("not a git repository") {
        return Err(DiskError {
            message: format!("{} is not in a git repository", root.display()),
            help: "name a file to compare with: cargo xtask diff FILE".into(),
        });
    }
    Ok(output)
}
