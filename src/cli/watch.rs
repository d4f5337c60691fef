//! `gainsay check --watch`: checks whenever a file of the folder changes.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use gainsay::report::harmless;
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecursiveMode, Watcher};

use super::args::CheckArgs;
use super::output::{Failure, complain};

/// Editors write a file in several steps; this long nothing more must happen before it is read.
const QUIET: Duration = Duration::from_millis(100);
/// So long at most is waited for that.
const PATIENCE: Duration = Duration::from_secs(1);
/// Clears the screen and what was scrolled out of it, and goes to its first line.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

/// Checks, shows, and waits for the next change, until somebody stops the program.
pub(super) fn run(args: &CheckArgs) -> Result<u8, Failure> {
    let (folder, stdin) = args.places.named()?;
    super::page::refuse(args)?;
    if stdin {
        return Err(Failure::call("`--watch` and `-` cannot stand together".to_owned(), None));
    }
    if !io::stdout().is_terminal() {
        let help = "without `--watch` it checks once, and can be written anywhere".to_owned();
        return Err(Failure::call("`--watch` shows its report on a terminal only".to_owned(), Some(help)));
    }
    let shown = harmless(&folder.display().to_string());
    let cannot = |error: notify::Error| Failure::call(format!("`{shown}` cannot be watched: {error}"), None);
    if !folder.is_dir() {
        let help = "run gainsay where the folder is, or name it".to_owned();
        return Err(Failure::call(format!("there is no folder `{shown}` to watch"), Some(help)));
    }
    loop {
        // Anew each time: another folder may have come into this one's place.
        let (sender, changes) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(sender).map_err(cannot)?;
        watcher.watch(&folder, RecursiveMode::Recursive).map_err(cannot)?;
        clear()?;
        if let Err(failure) = super::check(args) {
            complain(&failure);
        }
        super::write(None, &format!("\nWatching {shown}; Ctrl-C ends it.\n"))?;
        if !changed(&changes) {
            return Err(Failure::call(format!("`{shown}` cannot be watched any longer"), None));
        }
        if !Path::new(&folder).is_dir() {
            return Err(Failure::call(format!("`{shown}` is gone"), None));
        }
    }
}

fn clear() -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let cleared = stdout.write_all(CLEAR.as_bytes()).and_then(|()| stdout.flush());
    cleared.map_err(|error| Failure::call(format!("standard output cannot be written: {error}"), None))
}

/// Waits for a change, and then until nothing more changes for a moment; false when no change can come any more.
fn changed(changes: &Receiver<notify::Result<Event>>) -> bool {
    loop {
        match changes.recv() {
            Ok(event) if matters(&event) => break,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        match changes.recv_timeout(QUIET) {
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    true
}

/// Whether something was written, moved or removed; to read a file, as this program does, is no change.
fn matters(event: &notify::Result<Event>) -> bool {
    match event {
        Ok(event) => match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
            EventKind::Access(_) => false,
            _ => true,
        },
        // Perhaps events were lost: better to look once too often.
        Err(_) => true,
    }
}
