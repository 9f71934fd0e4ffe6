//! Several files changed as one: all of them, or none.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Changes that are prepared beside their targets and not made yet.
#[derive(Default)]
pub struct Transaction {
    prepared: Vec<Prepared>,
}

/// Why nothing was changed; or what was, if it could not be put back.
#[derive(Debug)]
pub struct Failed {
    /// The file that could not be changed.
    pub path: PathBuf,
    /// The system's reason.
    pub error: io::Error,
    /// The files that are not as they were.
    pub changed: Vec<PathBuf>,
}

struct Prepared {
    target: PathBuf,
    /// The new content; `None` removes the file.
    content: Option<NamedTempFile>,
}

/// A change that was made.
struct Made {
    target: PathBuf,
    /// What stood there before, under another name beside it.
    before: Option<NamedTempFile<()>>,
}

impl Transaction {
    /// Writes the new content of a file beside it.
    pub fn write(&mut self, target: &Path, content: &str) -> io::Result<()> {
        self.prepared.push(Prepared {
            target: target.to_owned(),
            content: Some(beside(target, content)?),
        });
        Ok(())
    }

    /// Has a file removed.
    pub fn remove(&mut self, target: &Path) {
        self.prepared.push(Prepared {
            target: target.to_owned(),
            content: None,
        });
    }

    /// Makes all changes. If one fails, those before it are taken back.
    pub fn commit(self) -> Result<(), Failed> {
        let mut made: Vec<Made> = Vec::new();
        for prepared in self.prepared {
            let path = prepared.target.clone();
            match prepared.make() {
                Ok(change) => made.push(change),
                Err(error) => {
                    let back = made.into_iter().rev().map(Made::take_back);
                    return Err(Failed {
                        path,
                        error,
                        changed: back.filter_map(Result::err).collect(),
                    });
                }
            }
        }
        Ok(())
    }
}

impl Prepared {
    fn make(self) -> io::Result<Made> {
        let Self { target, content } = self;
        let before = match target.symlink_metadata() {
            Ok(_) => Some(kept(&target)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        match content {
            Some(content) => drop(content.persist(&target).map_err(|error| error.error)?),
            None => fs::remove_file(&target)?,
        }
        Ok(Made { target, before })
    }
}

impl Made {
    /// Puts back what stood there; an error names the file that stays changed.
    fn take_back(self) -> Result<(), PathBuf> {
        let back = match self.before {
            Some(before) => before.persist(&self.target).map(drop).is_ok(),
            None => fs::remove_file(&self.target).is_ok(),
        };
        if back { Ok(()) } else { Err(self.target) }
    }
}

/// The file under a second name, which goes when it is not needed.
fn kept(target: &Path) -> io::Result<NamedTempFile<()>> {
    let second = |path: &Path| {
        let linked = fs::hard_link(target, path);
        // Some file systems have no links.
        linked.or_else(|_| fs::copy(target, path).map(drop))
    };
    tempfile::Builder::new().make_in(folder_of(target), second)
}

/// A temporary file with this content, in the folder that it will stay in.
pub fn beside(path: &Path, content: &str) -> io::Result<NamedTempFile> {
    let folder = folder_of(path);
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        // As a file that an editor makes: a temporary file is its owner's alone.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(content.as_bytes())?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let listed = fs::read_dir(folder).expect("a folder");
        let names = listed.map(|file| file.expect("listed").file_name());
        let mut names: Vec<_> = names
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn makes_all_changes_and_leaves_nothing_beside_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let [old, gone, new] = ["old", "gone", "new"].map(|name| folder.path().join(name));
        fs::write(&old, "1").expect("written");
        fs::write(&gone, "1").expect("written");
        let mut transaction = Transaction::default();
        transaction.write(&old, "2").expect("prepared");
        transaction.write(&new, "2").expect("prepared");
        transaction.remove(&gone);
        assert_eq!(fs::read_to_string(&old).expect("read"), "1");

        transaction.commit().expect("all is well");

        assert_eq!(names(folder.path()), ["new", "old"]);
        assert_eq!(fs::read_to_string(&old).expect("read"), "2");
    }

    #[test]
    fn takes_back_what_was_changed_before_one_that_fails() {
        let folder = tempfile::tempdir().expect("a folder");
        let [old, gone, new] = ["old", "gone", "new"].map(|name| folder.path().join(name));
        fs::write(&old, "1").expect("written");
        fs::write(&gone, "1").expect("written");
        // A folder in the place of a file cannot be replaced by one.
        let blocked = folder.path().join("blocked");
        let mut transaction = Transaction::default();
        transaction.write(&old, "2").expect("prepared");
        transaction.write(&new, "2").expect("prepared");
        transaction.remove(&gone);
        transaction.write(&blocked, "2").expect("prepared");
        fs::create_dir_all(blocked.join("x")).expect("a folder");

        let failed = transaction.commit().expect_err("one is blocked");

        assert_eq!((failed.path, failed.changed), (blocked, Vec::new()));
        assert_eq!(names(folder.path()), ["blocked", "gone", "old"]);
        assert_eq!(fs::read_to_string(&old).expect("read"), "1");
    }
}
