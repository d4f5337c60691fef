//! What must hold before a command changes files of a claims folder: all of them, or none.

use std::path::Path;

use gainsay::report::harmless;

use super::output::Failure;

/// Whether a claims file is still the one that was read, and may be replaced; if not, what stands against it.
pub(super) fn can_be_replaced(file: &Path, before: &[u8]) -> Result<(), String> {
    let about = file.metadata().map_err(|error| told(file, &format!("cannot be read again: {error}")))?;
    if !about.is_file() {
        return Err(told(file, "is no regular file"));
    }
    // Whoever marks a file as read-only wishes that it stays, even where the folder would let another take its place.
    if about.permissions().readonly() {
        return Err(told(file, "is read-only"));
    }
    // Somebody else's changes, made since the file was read, are not to be lost.
    if std::fs::read(file).ok().as_deref() != Some(before) {
        return Err(told(file, "has changed since it was read"));
    }
    can_be_written(file)
}

/// Whether a file can be put in the place of this one: it is tried with one beside it, which goes at once.
pub(super) fn can_be_written(file: &Path) -> Result<(), String> {
    let target = file.canonicalize();
    let target = target.as_deref().unwrap_or(file);
    let cannot = |why: &str| told(file, &format!("cannot be written: {why}"));
    if target.is_dir() {
        return Err(cannot("it is a folder"));
    }
    // A device or a pipe is written as it is, and to open it may be to wait for whoever reads.
    if target.exists() && !target.is_file() {
        return Ok(());
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(cannot(&format!("there is no folder `{}`", harmless(&folder.display().to_string()))));
    }
    tempfile::NamedTempFile::new_in(folder).map(drop).map_err(|error| cannot(&error.to_string()))
}

fn told(file: &Path, what: &str) -> String {
    format!("`{}` {what}", harmless(&file.display().to_string()))
}

/// A failure after some files were changed, which it names after the words `what`.
pub(super) fn though_changed(failure: Failure, what: &str, changed: &[String]) -> Failure {
    match failure {
        Failure::Call { message, help } if !changed.is_empty() => {
            let files: Vec<String> = changed.iter().map(|path| format!("`{}`", harmless(path))).collect();
            let told = format!("{what} {}", files.join(", "));
            Failure::Call { message, help: Some(help.map_or_else(|| told.clone(), |help| format!("{help}; {told}"))) }
        }
        failure => failure,
    }
}
