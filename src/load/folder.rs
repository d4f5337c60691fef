//! A claims folder, from the disk or from memory.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::bulk::{Holds, LargeFile, MANY, ManyFiles, Opened, has_more_items};
use super::code::FaultCode;
use super::fault::{Faults, Sink};
use super::text::quoted;

/// The size above which a file is not read.
pub const MAX_FILE_BYTES: u64 = 256 << 20;

/// No file below this size is looked at for how many claims it holds: with so many, each would have 80 bytes.
const LEAST_OF_MANY: u64 = 8 << 20;

/// What a file of the folder is called when it came from standard input.
const STDIN: &str = "<stdin>";

/// One claims folder, in memory.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// The folder's own path as it is to be shown, with a `/` behind it; empty for one in memory.
    pub(super) root: String,
    files: Vec<File>,
}

#[derive(Clone, Debug)]
pub(super) struct File {
    /// What is in it, as its place in the folder says.
    pub(super) role: Role,
    /// The path as it is to be shown.
    pub(super) path: String,
    /// None for a file that could not be read, which was reported: whatever refers to it stays silent.
    pub(super) bytes: Option<Vec<u8>>,
}

impl File {
    /// Whether it came from standard input and has no place on the disk.
    pub(super) fn is_stdin(&self) -> bool {
        self.path == STDIN
    }
}

/// What is in a file.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Codebook,
    Source,
    /// Sources and claims, one on each line.
    Lines,
    Waivers,
    Omitted,
    /// Something that looks like claims, where nothing reads it.
    Stray,
    /// Something that is none of the program's business: a README, an editor's backup.
    Other,
}

impl Folder {
    /// Reads the files of a folder; paths are shown as `path` is given, with `/`.
    ///
    /// # Errors
    ///
    /// A folder that is missing or is none, a `sources` that is none, and each file that cannot be read or is larger
    /// than [`MAX_FILE_BYTES`] (which is found out before it is read); with them the faults of all the other files, as
    /// [`load`](super::load) finds them.
    pub fn read(path: &Path) -> Result<Self, Faults> {
        let (folder, sink, _) = Self::from_disk(path, None, false);
        folder.unless(sink)
    }

    /// The same, but files of lines that hold more than [`MANY`] claims together are left on the disk, with `more`, and
    /// so is each file of one source that holds more than that. They may have any size.
    ///
    /// # Errors
    ///
    /// As with [`Folder::read`].
    pub fn open(path: &Path, more: Option<LargeFile>) -> Result<Opened, Faults> {
        let (mut folder, sink, mut aside) = Self::from_disk(path, None, true);
        aside.extend(more);
        let mut lines = 0;
        let is_many = |file: &LargeFile, lines: &mut usize| {
            file.holds == Holds::Array || has_more_lines(&file.path, lines).unwrap_or(false)
        };
        if aside.iter().any(|file| is_many(file, &mut lines)) {
            return folder.unless(sink).map(|folder| Opened::Many(ManyFiles::new(folder, aside)));
        }
        for LargeFile { shown, path, .. } in aside {
            let size = fs::metadata(&path).map_or(0, |about| about.len());
            Disk { sink: &sink, folder: &mut folder, only: None, aside: None }.file(&path, shown, Role::Lines, size);
        }
        folder.unless(sink).map(Opened::Few)
    }

    /// The folder unless something was wrong.
    fn unless(self, sink: Sink) -> Result<Self, Faults> {
        if sink.is_empty() {
            return Ok(self);
        }
        let faults = sink.into_faults();
        // OK because an empty folder stands for one that is missing or unreadable itself.
        let rest = if self.files.is_empty() { None } else { super::load(&self).err() };
        Err(faults.and(rest))
    }

    /// Reads the codebook of a folder, and no other file of it.
    ///
    /// # Errors
    ///
    /// A folder that is missing or is none, and a codebook that cannot be read.
    pub fn read_codebook(path: &Path) -> Result<Self, Faults> {
        let (folder, sink, _) = Self::from_disk(path, Some(Role::Codebook), false);
        if sink.is_empty() { Ok(folder) } else { Err(sink.into_faults()) }
    }

    /// The files of a folder, or those of one role, and what was wrong; with `aside`, files of lines are named and not read.
    fn from_disk(path: &Path, only: Option<Role>, aside: bool) -> (Self, Sink, Vec<LargeFile>) {
        let sink = Sink::default();
        let mut folder = Self::default();
        let shown = path.to_string_lossy().replace('\\', "/");
        let shown = if shown.len() > 1 { shown.trim_end_matches('/').to_owned() } else { shown };
        folder.root = format!("{}/", shown.trim_end_matches('/'));
        let mut files = Vec::new();
        Disk { sink: &sink, folder: &mut folder, only, aside: aside.then_some(&mut files) }.claims(path, &shown);
        (folder, sink, files)
    }

    /// A folder of files that are in memory already; paths are relative to the folder, with `/`.
    ///
    /// ```
    /// use gainsay::{Folder, load};
    ///
    /// let files = [("codebook.json", "{}"), ("sources/a.json", r#"{"source": {"id": "a"}, "claims": []}"#)];
    /// let corpus = load(&Folder::from_files(files)).unwrap();
    /// assert_eq!(corpus.sources.len(), 1);
    /// ```
    pub fn from_files<P: Into<String>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        let file = |(path, bytes): (P, B)| {
            let path = path.into();
            File { role: role(&path), path, bytes: Some(bytes.into()) }
        };
        Self { root: String::new(), files: files.into_iter().map(file).collect() }
    }

    /// The same, with the name by which faults and reports are to show the folder: `main:claims`.
    pub fn from_named_files<P: AsRef<str>, B: Into<Vec<u8>>>(
        name: &str,
        files: impl IntoIterator<Item = (P, B)>,
    ) -> Self {
        let root = format!("{name}/");
        let file = |(path, bytes): (P, B)| {
            let path = path.as_ref();
            File { role: role(path), path: format!("{root}{path}"), bytes: Some(bytes.into()) }
        };
        let files = files.into_iter().map(file).collect();
        Self { root, files }
    }

    /// Whether a file that lies at this path within a folder is read as claims, or would be a fault there; of all others
    /// nothing is read.
    pub fn reads(path: &str) -> bool {
        role(path) != Role::Other
    }

    /// Whether a file that lies at this path within a folder is read as claims.
    pub fn holds(path: &str) -> bool {
        !matches!(role(path), Role::Other | Role::Stray)
    }

    /// Adds one more source, or JSON Lines with several, whatever its path; `-` on the command line reads one from standard input, which is shown
    /// as `<stdin>`.
    pub fn add(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        let path = if path.is_empty() || path == "-" { STDIN } else { path };
        let bytes = bytes.into();
        let role = if super::jsonl::is_lines(&bytes) { Role::Lines } else { Role::Source };
        self.files.push(File { role, path: path.to_owned(), bytes: Some(bytes) });
    }

    /// Where the files lie that were read, as they are shown; standard input is none of them.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().filter(|file| !file.is_stdin()).map(|file| Path::new(&file.path))
    }

    /// The files in the order of their roles and paths.
    pub(super) fn files(&self) -> Vec<&File> {
        let mut files: Vec<&File> = self.files.iter().collect();
        files.sort_by(|a, b| (a.role, &a.path, &a.bytes).cmp(&(b.role, &b.path, &b.bytes)));
        files
    }
}

fn role(path: &str) -> Role {
    let path = path.strip_prefix("./").unwrap_or(path);
    let name = path.rsplit('/').next().unwrap_or(path);
    // Hidden files and editors' backups.
    let other = path.split('/').any(|part| part.starts_with('.')) || name.ends_with('~');
    let like_json = name.to_ascii_lowercase().contains("json");
    match path.split_once('/') {
        _ if other => Role::Other,
        None if name == "codebook.json" => Role::Codebook,
        None if name == "waivers.json" => Role::Waivers,
        None if name == "omitted.json" => Role::Omitted,
        Some(("sources", rest)) if !rest.contains('/') && has_ending(rest, ".json") => Role::Source,
        Some(("sources", rest)) if !rest.contains('/') && has_ending(rest, ".jsonl") => Role::Lines,
        _ if like_json => Role::Stray,
        _ => Role::Other,
    }
}

/// `X.JSON` is another file than `X.json` to many tools.
fn has_ending(name: &str, ending: &str) -> bool {
    name.len() > ending.len() && name.ends_with(ending)
}

/// Reads from the disk, and goes on after each fault.
struct Disk<'s, 'f> {
    sink: &'s Sink,
    folder: &'f mut Folder,
    /// None: all that there are.
    only: Option<Role>,
    /// Where files of lines, and those of very many claims, are named that are not to be read.
    aside: Option<&'f mut Vec<LargeFile>>,
}

impl Disk<'_, '_> {
    fn claims(&mut self, path: &Path, shown: &str) {
        match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => self
                .sink
                .whole_file(FaultCode::MissingFile, shown, format!("there is no folder {}", quoted(shown)))
                .help("run gainsay where the folder `claims` is, or name the one that holds `codebook.json` and `sources`")
                .send(),
            Err(error) => self.unreadable(shown, &error),
            Ok(about) if !about.is_dir() => self
                .sink
                .whole_file(FaultCode::NotAFolder, shown, format!("{} is a file, not a folder", quoted(shown)))
                .help("name the folder that holds `codebook.json` and `sources`")
                .send(),
            Ok(_) => self.entries(path, shown, "", 0),
        }
    }

    /// Reads what is in a folder: the claims folder itself, and `sources` within it.
    fn entries(&mut self, path: &Path, shown: &str, inner: &str, depth: usize) {
        let names = fs::read_dir(path).and_then(|entries| {
            entries.map(|entry| entry.map(|entry| entry.file_name())).collect::<io::Result<Vec<_>>>()
        });
        let mut names = match names {
            Ok(names) => names,
            Err(error) => return self.unreadable(shown, &error),
        };
        names.sort();
        for name in names {
            let text = name.to_string_lossy();
            let relative = format!("{inner}{text}");
            let (path, shown) = (path.join(&name), format!("{shown}/{text}"));
            let role = role(&relative);
            // A folder beside the claims is none of the program's business; one within `sources` may hide claims.
            let is_sources = depth == 0 && text == "sources";
            if role == Role::Other && !is_sources && (depth == 0 || text.starts_with('.')) {
                continue;
            }
            if self.only.is_some_and(|only| role != only || is_sources) {
                continue;
            }
            // Following links: a loop of them is an error here, and no folder is entered twice.
            // What is shown would be no name of it, and nobody could open it.
            if name.to_str().is_none() {
                self.unreadable(&shown, &io::Error::other("its name is not UTF-8"));
                self.keep(if is_sources { Role::Source } else { role }, shown, None);
                continue;
            }
            match fs::metadata(&path) {
                Err(error) => {
                    self.unreadable(&shown, &error);
                    self.keep(if is_sources { Role::Source } else { role }, shown, None);
                }
                Ok(about) if about.is_dir() && is_sources => self.entries(&path, &shown, "sources/", 1),
                Ok(about) if about.is_dir() && depth == 1 => self.stray_folder(&shown),
                Ok(about) if about.is_dir() && role == Role::Stray => {}
                Ok(about) if about.is_dir() || is_sources => {
                    self.wrong_kind(&shown, about.is_dir());
                    self.keep(if is_sources { Role::Source } else { role }, shown, None);
                }
                Ok(_) if matches!(role, Role::Other) => {}
                Ok(about) if !about.is_file() => {
                    self.unreadable(&shown, &io::Error::other("it is neither a file nor a folder"));
                    self.keep(role, shown, None);
                }
                Ok(about) => self.file(&path, shown, role, about.len()),
            }
        }
    }

    fn file(&mut self, path: &Path, shown: String, role: Role, size: u64) {
        if let Some(aside) = self.aside.as_mut().filter(|_| role == Role::Lines) {
            return aside.push(LargeFile::of_lines(shown, path));
        }
        // Fewer bytes are soon read, however many claims they hold.
        if size > LEAST_OF_MANY
            && let Some(aside) = self.aside.as_mut().filter(|_| role == Role::Source)
            && has_more_items(path, MANY).unwrap_or(false)
        {
            return aside.push(LargeFile::of_array(shown, path));
        }
        if size > MAX_FILE_BYTES {
            let mib = |bytes: u64| bytes >> 20;
            let message = format!("this file has {} MiB, and at most {} are read", mib(size), mib(MAX_FILE_BYTES));
            self.sink.whole_file(FaultCode::FileTooLarge, &shown, message).help("split it into several sources").send();
            return self.keep(role, shown, None);
        }
        let bytes = if role == Role::Stray { Ok(Vec::new()) } else { read_at_most(path, MAX_FILE_BYTES) };
        let bytes = bytes.map_err(|error| self.unreadable(&shown, &error)).ok();
        self.keep(role, shown, bytes);
    }

    fn keep(&mut self, role: Role, path: String, bytes: Option<Vec<u8>>) {
        self.folder.files.push(File { role, path, bytes });
    }

    fn unreadable(&self, shown: &str, error: &io::Error) {
        let why = match error.kind() {
            io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
            io::ErrorKind::NotFound => "it is a link to nothing".to_owned(),
            _ if error.to_string().contains("symbolic links") => "it is a link that leads back to itself".to_owned(),
            _ => error.to_string().to_lowercase(),
        };
        self.sink
            .whole_file(FaultCode::UnreadableFile, shown, format!("this cannot be read: {why}"))
            .help("check that it is there and that you may read it")
            .send();
    }

    fn wrong_kind(&self, shown: &str, is_folder: bool) {
        let (is, wanted) = if is_folder { ("a folder", "a file") } else { ("a file", "a folder") };
        self.sink
            .whole_file(FaultCode::NotAFolder, shown, format!("{} is {is}, not {wanted}", quoted(shown)))
            .help("`codebook.json` is a file; `sources` is a folder with one file for each source")
            .send();
    }

    fn stray_folder(&self, shown: &str) {
        self.sink
            .whole_file(FaultCode::UnexpectedFile, shown, "nothing reads this folder")
            .help("put the sources themselves into `sources`, without folders among them")
            .send();
    }
}

/// Adds the lines of a file to a number, and says whether that is more than [`MANY`] by then; no more is read than that takes.
fn has_more_lines(path: &Path, lines: &mut usize) -> io::Result<bool> {
    let mut file = fs::File::open(path)?;
    let mut buffer = vec![0; 1 << 18];
    while *lines <= MANY {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(false);
        }
        *lines += memchr::memchr_iter(b'\n', buffer.get(..read).unwrap_or_default()).count();
    }
    Ok(true)
}

/// Reads a file, and no more than a byte beyond a limit, should it grow meanwhile.
pub(super) fn read_at_most(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_place_says_what_it_is() {
        for (path, expected) in [
            ("codebook.json", Role::Codebook),
            ("./waivers.json", Role::Waivers),
            ("omitted.json", Role::Omitted),
            ("sources/a.json", Role::Source),
            ("sources/a.JSON", Role::Stray),
            ("sources/a.jsonl", Role::Lines),
            ("sources/.jsonl", Role::Other),
            ("sources/a.JSONL", Role::Stray),
            ("a.jsonl", Role::Stray),
            ("sources/a.json.txt", Role::Stray),
            ("sources/2023/a.json", Role::Stray),
            ("waiver.json", Role::Stray),
            ("README.md", Role::Other),
            ("sources/README.md", Role::Other),
            ("sources/a.json~", Role::Other),
            ("sources/.a.json.swp", Role::Other),
            (".git/config.json", Role::Other),
        ] {
            assert_eq!(role(path), expected, "{path}");
        }
    }
}
