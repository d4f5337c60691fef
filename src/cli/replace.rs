//! Files that take the place of others: whole or not at all, and only where nobody else's work is lost.

use std::io::{self, Write};
use std::path::Path;

use gainsay::load::Corrected;
use gainsay::report::harmless;

use super::output::Failure;

/// Writes a file, whole or not at all.
pub(crate) fn write_file(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    replace(file, bytes).map_err(|error| {
        let name = harmless(&file.display().to_string());
        let help = file.exists().then(|| "the file is left as it was".to_owned());
        Failure::call(format!("`{name}` cannot be written: {error}"), help)
    })
}

/// Writes beside the file and moves into its place, so that no reader ever sees half of it. A link is followed: what it
/// leads to is written, and the link stays.
fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = file.canonicalize();
    let file = target.as_deref().unwrap_or(file);
    let existing = file.metadata().ok();
    // A device or a pipe is written as it is: nothing can take its place.
    if existing.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        return std::fs::OpenOptions::new().write(true).open(file)?.write_all(bytes);
    }
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(io::Error::new(
            io::ErrorKind::NotFound,
            format!("there is no folder `{}`", harmless(&folder.display().to_string())),
        ));
    }
    let mut beside = beside(folder)?;
    beside.write_all(bytes)?;
    if let Some(metadata) = existing {
        beside.as_file().set_permissions(metadata.permissions())?;
    }
    beside.as_file().sync_all()?;
    beside.persist(file).map_err(|error| error.error)?;
    Ok(())
}

/// A new file that others may read as far as the system's mask lets them, like any file that a command writes.
#[cfg(unix)]
fn beside(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    tempfile::Builder::new().permissions(std::fs::Permissions::from_mode(0o666)).tempfile_in(folder)
}

/// A new file, with the rights that the system gives it.
#[cfg(not(unix))]
fn beside(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::NamedTempFile::new_in(folder)
}

/// Whether a claims file is still the one that was read, and may be replaced.
///
/// `left` says what then has not been done.
pub(crate) fn can_be_replaced(Corrected { path, before, .. }: &Corrected, left: &str) -> Result<(), Failure> {
    let file = Path::new(path);
    let unchanged = |file: &Path, what: &str| unchanged(file, what, left);
    let about = file.metadata().map_err(|error| unchanged(file, &format!("cannot be read again: {error}")))?;
    if !about.is_file() {
        return Err(unchanged(file, "is no regular file"));
    }
    // Whoever marks a file as read-only wishes that it stays, even where the folder would let another take its place.
    if about.permissions().readonly() {
        return Err(unchanged(file, "is read-only"));
    }
    // Somebody else's changes, made since the file was read, are not to be lost.
    if std::fs::read(file).ok().as_ref() != Some(before) {
        return Err(unchanged(file, "has changed since it was read"));
    }
    can_be_written(file).map_err(|error| unchanged(file, &format!("cannot be written: {error}")))
}

/// Whether a file can be put in the place of this one: it is tried with one beside it, which goes at once.
pub(crate) fn can_be_written(file: &Path) -> io::Result<()> {
    let target = file.canonicalize();
    let file = target.as_deref().unwrap_or(file);
    if file.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    // A device or a pipe is written as it is, and to open it may be to wait for whoever reads.
    if file.exists() && !file.is_file() {
        return Ok(());
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let shown = harmless(&folder.display().to_string());
        return Err(io::Error::new(io::ErrorKind::NotFound, format!("there is no folder `{shown}`")));
    }
    tempfile::NamedTempFile::new_in(folder).map(drop)
}

/// Puts a claims file in the place of the one that was read, if that is still there as it was.
pub(crate) fn replace_unchanged(corrected: &Corrected, left: &str) -> Result<(), Failure> {
    can_be_replaced(corrected, left)?;
    write_file(Path::new(&corrected.path), &corrected.after)
}

/// Writes a file where there is none, whole or not at all; one that has come into being since is not replaced.
pub(crate) fn write_new(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside = beside(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    beside.persist_noclobber(file).map_err(|error| error.error)?;
    Ok(())
}

/// A file that is left as it was.
pub(crate) fn unchanged(file: &Path, what: &str, left: &str) -> Failure {
    let shown = harmless(&file.display().to_string());
    Failure::call(format!("`{shown}` {what}"), Some(left.to_owned()))
}
