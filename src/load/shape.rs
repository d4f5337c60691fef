//! Files as trees, whatever their values mean: for what needs no more than JSON in which no key is lost.

use super::Folder;
use super::fault::{Faults, Page, Sink};
use super::folder::{File, Role};
use super::json::{self, Kind, Node};
use super::text::Text;

/// A file and what was made of its tree.
pub(crate) struct Shaped<'f, T> {
    /// The path as it is shown.
    pub(crate) path: &'f str,
    /// What was read.
    pub(crate) bytes: &'f [u8],
    /// What was made of it.
    pub(crate) made: T,
}

/// Makes something of the tree of each file that [`load`](super::load) reads, by role and path.
///
/// # Errors
///
/// Every fault of every file, as [`load`](super::load) finds them, as far as they are of the text, of its syntax and its
/// depth; and every key that stands twice in an object, in the parts that nothing reads too.
pub(crate) fn shapes<T>(
    folder: &Folder,
    mut shaping: impl FnMut(&str, &Node<'_>) -> T,
) -> Result<Vec<Shaped<'_, T>>, Faults> {
    let sink = Sink::default();
    let read = |file: &&File| !matches!(file.role, Role::Stray | Role::Other | Role::Lines);
    let mut shaped = Vec::new();
    for file in folder.files().into_iter().filter(read) {
        let Some(text) = super::text(file, &sink) else { continue };
        let made = tree(Page { text: &text, sink: &sink }, &mut shaping);
        if let (Some(made), Some(bytes)) = (made, &file.bytes) {
            shaped.push(Shaped { path: &file.path, bytes, made });
        }
    }
    if sink.is_empty() { Ok(shaped) } else { Err(sink.into_faults()) }
}

/// The same with one text.
///
/// # Errors
///
/// Every fault of the text, as with [`shapes`].
pub(crate) fn shape<T>(path: &str, text: &str, shaping: impl FnOnce(&str, &Node<'_>) -> T) -> Result<T, Faults> {
    let sink = Sink::default();
    let text = Text::new(path, text);
    let made = tree(Page { text: &text, sink: &sink }, shaping);
    match made.filter(|_| sink.is_empty()) {
        Some(made) => Ok(made),
        None => Err(sink.into_faults()),
    }
}

/// Makes something of a text and its tree; nothing after a fault of this text.
fn tree<T>(page: Page<'_>, shaping: impl FnOnce(&str, &Node<'_>) -> T) -> Option<T> {
    let before = page.sink.count();
    let root = json::parse(page)?;
    keys(page, &root);
    (page.sink.count() == before).then(|| shaping(page.text.text, &root))
}

/// Reports keys that stand twice in an object, at every level.
fn keys<'a>(page: Page<'a>, node: &Node<'a>) {
    match &node.kind {
        Kind::Object(entries) => {
            page.fields(node);
            for (_, value) in entries {
                keys(page, value);
            }
        }
        Kind::Array(items) => items.iter().for_each(|item| keys(page, item)),
        _ => {}
    }
}
