//! A claims folder as it was in a revision, by asking git.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};

use gainsay::Folder;
use gainsay::load::MAX_FILE_BYTES;
use gainsay::report::harmless;

use super::output::Failure;

/// Reads `REVISION:FOLDER`, the folder being counted from the top of the repository (or from here, as `./FOLDER`).
///
/// # Errors
///
/// Git is not there, or not in a repository, or knows no such revision or folder; a file that is a link or too large.
pub(super) fn read(name: &str) -> Result<Folder, Failure> {
    let shown = harmless(name);
    let listed = git(&["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", name])?;
    let mut wanted: Vec<(String, String)> = Vec::new();
    for entry in listed.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
        let entry = String::from_utf8_lossy(entry);
        let (about, path) = entry.split_once('\t').unwrap_or_default();
        let [mode, kind, id] = about.split(' ').collect::<Vec<_>>()[..] else {
            return Err(Failure::call(format!("git lists `{shown}` in a way that is not understood"), None));
        };
        // As on the disk: folders beside `sources` are none of the program's business.
        if !Folder::reads(path) || (path.contains('/') && !path.starts_with("sources/")) {
            continue;
        }
        if kind != "blob" || mode == "120000" {
            let path = harmless(path);
            let help = Some("check the revision out, and name the folder".to_owned());
            return Err(Failure::call(format!("`{path}` in `{shown}` is a link or another repository"), help));
        }
        wanted.push((path.to_owned(), id.to_owned()));
    }
    if wanted.is_empty() {
        let help = Some("name it as `REVISION:FOLDER`, counted from the top of the repository".to_owned());
        return Err(Failure::call(format!("there are no claims in `{shown}`"), help));
    }
    let files =
        blobs(&wanted).map_err(|error| Failure::call(format!("git could not give `{shown}`: {error}"), None))?;
    Ok(Folder::from_named_files(name, files))
}

/// Runs git, and gives what it wrote.
fn git(arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let output = Command::new("git").args(arguments).stdin(Stdio::null()).output().map_err(|error| {
        let help = "to compare with a revision, gainsay asks git; folders and reports need none".to_owned();
        Failure::call(format!("git cannot be run: {error}"), Some(help))
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = harmless(&String::from_utf8_lossy(&output.stderr));
    let help = "a side is a claims folder, a JSON report, or `REVISION:FOLDER` of a git repository".to_owned();
    Err(Failure::call(format!("git says: {said}"), Some(help)))
}

/// The contents of files, by one run of git.
fn blobs(wanted: &[(String, String)]) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut child =
        Command::new("git").args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let ids: Vec<&str> = wanted.iter().map(|(_, id)| id.as_str()).collect();
    let ids = format!("{}\n", ids.join("\n"));
    let asking = child.stdin.take().map(|mut stdin| std::thread::spawn(move || stdin.write_all(ids.as_bytes())));
    let files = answers(&mut child, wanted);
    if files.is_err() {
        // Whatever went wrong, nobody reads on.
        let _ = child.kill();
    }
    if let Some(asking) = asking {
        let _ = asking.join();
    }
    child.wait()?;
    files
}

fn answers(child: &mut Child, wanted: &[(String, String)]) -> io::Result<Vec<(String, Vec<u8>)>> {
    let stdout = child.stdout.take().ok_or_else(|| io::Error::other("it has no output"))?;
    let mut answers = BufReader::new(stdout);
    let mut files = Vec::new();
    for (path, _) in wanted {
        let mut head = String::new();
        answers.read_line(&mut head)?;
        let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
        let size = size.ok_or_else(|| io::Error::other(format!("it says `{}`", harmless(&head))))?;
        if size > MAX_FILE_BYTES {
            return Err(io::Error::other(format!("`{}` has more than {} MiB", harmless(path), MAX_FILE_BYTES >> 20)));
        }
        let mut bytes = Vec::new();
        answers.by_ref().take(size).read_to_end(&mut bytes)?;
        let mut line_feed = [0];
        answers.read_exact(&mut line_feed)?;
        files.push((path.clone(), bytes));
    }
    Ok(files)
}
