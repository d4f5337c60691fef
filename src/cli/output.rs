//! Standard output and error, files, colour.

use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use gainsay::report::{TextOptions, harmless};
use gainsay::{Faults, Folder};

/// Why a command could not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The input is at fault.
    Faults(Faults),
    /// The call is, or the system.
    Call {
        /// What is wrong.
        message: String,
        /// What to do about it.
        help: Option<String>,
    },
}

impl Failure {
    pub(crate) fn call(message: String, help: Option<String>) -> Self {
        Self::Call { message, help }
    }
}

/// How to lay text out on standard output: in colour and as wide as a terminal, if it is one.
pub(crate) fn style_for_stdout() -> TextOptions {
    let stdout = io::stdout();
    let colour = AutoStream::choice(&stdout) != ColorChoice::Never;
    let width = if stdout.is_terminal() { textwrap::termwidth().clamp(60, 110) } else { TextOptions::default().width };
    TextOptions { colour, width, ..TextOptions::default() }
}

/// Refuses to write a report over one of the files that it is about.
pub(crate) fn spare<'a>(output: Option<&Path>, mut inputs: impl Iterator<Item = &'a Path>) -> Result<(), Failure> {
    // A file that is not there yet is no input.
    let Some(target) = output.and_then(|output| output.canonicalize().ok()) else { return Ok(()) };
    match inputs.find(|input| input.canonicalize().is_ok_and(|input| input == target)) {
        None => Ok(()),
        Some(input) => {
            let name = harmless(&input.display().to_string());
            let help = Some("name another file for `--output`".to_owned());
            Err(Failure::call(format!("`{name}` is read by this run, and a report would take its place"), help))
        }
    }
}

/// Refuses to write a report where the claims folder's own files are: the next run would read it.
pub(crate) fn spare_folder(output: Option<&Path>, folder: &Path) -> Result<(), Failure> {
    let Some(output) = output.filter(|output| output.as_os_str() != "-") else { return Ok(()) };
    let parent = output.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (Ok(parent), Ok(folder), Some(name)) = (parent.canonicalize(), folder.canonicalize(), output.file_name())
    else {
        return Ok(());
    };
    let name = name.to_string_lossy();
    let within = if parent == folder {
        name.into_owned()
    } else if parent == folder.join("sources") {
        format!("sources/{name}")
    } else {
        return Ok(());
    };
    if !Folder::holds(&within) {
        return Ok(());
    }
    let shown = harmless(&output.display().to_string());
    let help = Some("name a file outside the claims folder".to_owned());
    Err(Failure::call(format!("`{shown}` is where the next run would read claims"), help))
}

/// Writes a report to a file, whole or not at all, or to standard output.
pub(crate) fn write(file: Option<&Path>, text: &str) -> Result<(), Failure> {
    let Some(file) = file.filter(|file| file.as_os_str() != "-") else {
        let mut stdout = io::stdout().lock();
        return told_to_stdout(stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()));
    };
    write_file(file, text.as_bytes())
}

/// Writes a file, whole or not at all.
pub(crate) fn write_file(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fill(file, |out| out.write_all(bytes)).map_err(|error| cannot_write(file, &error))
}

/// Why a file is not written, which is then as it was.
pub(crate) fn cannot_write(file: &Path, error: &io::Error) -> Failure {
    let name = harmless(&file.display().to_string());
    let help = file.exists().then(|| "the file is left as it was".to_owned());
    Failure::call(format!("`{name}` cannot be written: {error}"), help)
}

/// Writes what is read to a file, or to standard output.
pub(crate) fn write_from(file: Option<&Path>, mut from: impl Read) -> Result<(), Failure> {
    if let Some(file) = file {
        return fill(file, |out| io::copy(&mut from, out).map(drop)).map_err(|error| cannot_write(file, &error));
    }
    let mut stdout = io::stdout().lock();
    told_to_stdout(io::copy(&mut from, &mut stdout).and_then(|_| stdout.flush()))
}

fn told_to_stdout(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        // Whoever reads has read enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::call(format!("standard output cannot be written: {error}"), None)),
        Ok(()) => Ok(()),
    }
}

/// Adds to the end of a file, which is made if it is not there.
pub(crate) fn append(file: &Path, text: &str) -> io::Result<()> {
    std::fs::OpenOptions::new().append(true).create(true).open(file)?.write_all(text.as_bytes())
}

/// Writes beside the file and moves into its place, so that no reader ever sees half of it. A link is followed: what it
/// leads to is written, and the link stays. Where `writing` fails the file is left as it was.
pub(crate) fn fill<T, E: From<io::Error>>(
    file: &Path,
    writing: impl FnOnce(&mut dyn Write) -> Result<T, E>,
) -> Result<T, E> {
    let target = file.canonicalize();
    let file = target.as_deref().unwrap_or(file);
    let existing = file.metadata().ok();
    // A device or a pipe is written as it is: nothing can take its place.
    if existing.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        return writing(&mut std::fs::OpenOptions::new().write(true).open(file)?);
    }
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        let message = format!("there is no folder `{}`", harmless(&folder.display().to_string()));
        return Err(io::Error::new(io::ErrorKind::NotFound, message).into());
    }
    let mut beside = beside(folder)?;
    let written = writing(&mut beside)?;
    if let Some(metadata) = existing {
        beside.as_file().set_permissions(metadata.permissions())?;
    }
    beside.as_file().sync_all()?;
    beside.persist(file).map_err(|error| error.error)?;
    Ok(written)
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

/// Tells on standard error why a command failed.
pub(crate) fn complain(failure: &Failure) {
    let mut stderr = anstream::stderr().lock();
    let colour = AutoStream::choice(&io::stderr()) != ColorChoice::Never;
    // A closed standard error leaves nobody to tell.
    let _ = match failure {
        Failure::Faults(faults) => write!(stderr, "{}", faults.render(colour)),
        Failure::Call { message, help } => {
            let help = help.as_ref().map(|help| format!("\n  help: {help}")).unwrap_or_default();
            let style = AnsiColor::Red.on_default().bold();
            writeln!(stderr, "{style}error{style:#}: {message}{help}")
        }
    };
}

/// Tells on standard error what a person must know though the command goes on.
pub(crate) fn warn(message: &str) {
    let style: Style = AnsiColor::Yellow.on_default().bold();
    let _ = writeln!(anstream::stderr().lock(), "{style}warning{style:#}: {message}");
}

/// The known name nearest to a mistyped one.
pub(crate) fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let distance = |known: &str| strsim::damerau_levenshtein(name, known);
    let near = known.iter().copied().min_by_key(|known| distance(known))?;
    (distance(near) <= 2.max(name.chars().count() / 3)).then_some(near)
}
