//! A new claims folder that teaches by example.

use crate::load::{self, Faults, Folder};
use crate::schema::{SchemaOf, schema_text};

/// The files that are written as they stand here.
const FILES: [(&str, &str); 4] = [
    ("README.md", include_str!("README.md")),
    ("codebook.json", include_str!("codebook.json")),
    ("sources/river-gazette.json", include_str!("river-gazette.json")),
    ("sources/valley-courier.json", include_str!("valley-courier.json")),
];

/// The files of a new claims folder, by their paths in it: a small codebook, two sources that agree, schemas for
/// editors, and a page that says what to do next.
///
/// # Errors
///
/// Faults of the example's codebook, which has none.
pub fn starter() -> Result<Vec<(String, String)>, Faults> {
    let mut files: Vec<(String, String)> =
        FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let codebook = load::codebook(&Folder::from_files(FILES))?;
    for of in SchemaOf::ALL.into_iter().filter(|&of| of != SchemaOf::Report) {
        files.push((format!("schemas/{}.json", of.name()), schema_text(of, Some(&codebook))));
    }
    Ok(files)
}
