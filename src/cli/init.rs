//! `gainsay init`: a new claims folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use gainsay::report::harmless;
use gainsay::starter::starter;

use super::output::{Failure, write, write_file};

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct InitArgs {
    /// The folder to make; one that is there has to be empty
    #[arg(value_name = "FOLDER", default_value = "claims")]
    folder: PathBuf,
}

const AFTER: &str = "\
The new folder has a small codebook, two sources about an invented flood that agree, schemas for
editors, and a README.md that says what to do next.

Exit status:
  0  the folder was made
  2  it is there and not empty, or cannot be written; no half of it is then left behind";

pub(super) fn run(args: &InitArgs) -> Result<u8, Failure> {
    let folder = &args.folder;
    let shown = harmless(&folder.display().to_string());
    let cannot = |error: &io::Error| Failure::call(format!("`{shown}` cannot be made: {error}"), None);
    let there = match fs::read_dir(folder) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                let help = "name a folder that is not there yet; nothing was written".to_owned();
                return Err(Failure::call(format!("`{shown}` is not empty"), Some(help)));
            }
            true
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            let help = Some("name a folder that is not there yet".to_owned());
            return Err(Failure::call(format!("`{shown}` is a file"), help));
        }
        Err(error) => return Err(cannot(&error)),
    };
    let files = starter().map_err(Failure::Faults)?;
    // Made on the same disk, and moved to its place when all of it is there.
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let workshop = if there { folder } else { parent };
    fs::create_dir_all(workshop).map_err(|error| cannot(&error))?;
    let beside = tempfile::Builder::new().prefix(".claims-").tempdir_in(workshop).map_err(|error| cannot(&error))?;
    // The temporary folder itself is for its owner alone; this one is as the system's mask wills.
    let made = beside.path().join("claims");
    for inner in ["sources", "schemas"] {
        fs::create_dir_all(made.join(inner)).map_err(|error| cannot(&error))?;
    }
    for (path, text) in &files {
        write_file(&made.join(path), text.as_bytes())?;
    }
    if there { fill(&made, folder) } else { fs::rename(&made, folder) }.map_err(|error| cannot(&error))?;
    drop(beside);
    write(None, &next(&shown))?;
    Ok(0)
}

/// Moves what is in the new folder into an empty one, which may be the one that a shell stands in and has to stay.
fn fill(made: &Path, folder: &Path) -> io::Result<()> {
    let mut moved: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(made)? {
        let entry = entry?;
        let target = folder.join(entry.file_name());
        if let Err(error) = fs::rename(entry.path(), &target) {
            for path in moved {
                // OK because what cannot be removed again is told by the error that follows.
                let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
            }
            return Err(error);
        }
        moved.push(target);
    }
    Ok(())
}

fn next(shown: &str) -> String {
    let option = if shown == "claims" { String::new() } else { format!(" --claims={}", quoted(shown)) };
    format!(
        "Made {shown}: a small codebook, and two sources that agree.\n\n  gainsay check{option}\n\nchecks them; {shown}/README.md says what to do next.\n"
    )
}

/// A name as a shell takes it for one word, whatever is in it.
fn quoted(name: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-".contains(letter);
    if name.chars().all(plain) { name.to_owned() } else { format!("'{}'", name.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_pastes_is_one_word() {
        assert_eq!(quoted("news/claims-2.old"), "news/claims-2.old");
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("it's $(id);x"), "'it'\\''s $(id);x'");
    }
}
