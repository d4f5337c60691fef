//! The names that a codebook offers to columns, by the key that takes them.

use std::collections::{BTreeMap, BTreeSet};

use super::sheet::Cell;
use crate::codebook::Codebook;
use crate::load::{FaultCode, quoted};

/// What may stand under each key that names an entry of the codebook.
pub(super) struct Vocabulary {
    sections: BTreeMap<String, Section>,
    dimensions: BTreeSet<String>,
}

struct Section {
    ids: BTreeSet<String>,
    /// Labels and aliases in small letters; none for one that stands for several entries.
    spoken: BTreeMap<String, Option<String>>,
    unknown: FaultCode,
}

impl Section {
    fn new(unknown: FaultCode) -> Self {
        Self { ids: BTreeSet::new(), spoken: BTreeMap::new(), unknown }
    }

    fn add<'s>(&mut self, id: &str, spoken: impl IntoIterator<Item = &'s str>) {
        for spoken in spoken {
            let entry = self.spoken.entry(spoken.to_lowercase()).or_insert_with(|| Some(id.to_owned()));
            if entry.as_deref() != Some(id) {
                *entry = None;
            }
        }
        self.ids.insert(id.to_owned());
    }
}

impl Vocabulary {
    pub(super) fn of(book: &Codebook) -> Self {
        let mut sections = BTreeMap::new();
        let mut dimensions = BTreeSet::new();
        for (_, dimension) in book.dimensions.named() {
            let mut section = Section::new(FaultCode::UnknownTerm);
            for &id in dimension.terms.iter().chain([&dimension.root]) {
                let term = book.dimensions.term(id);
                section.add(&term.id, term.aliases.iter().chain([&term.label]).map(String::as_str));
            }
            section.ids.insert("unstated".to_owned());
            dimensions.insert(dimension.id.clone());
            sections.insert(dimension.id.clone(), section);
        }
        let mut add = |key: &str, unknown, entries: &mut dyn Iterator<Item = (&str, Option<&str>)>| {
            let mut section = Section::new(unknown);
            for (id, label) in entries {
                section.add(id, label);
            }
            sections.insert(key.to_owned(), section);
        };
        let mut measures = book.measures.iter().map(|measure| (measure.id.as_str(), None));
        add("measure", FaultCode::UnknownMeasure, &mut measures);
        let mut events = book.events.iter().map(|event| (event.id.as_str(), Some(event.label.as_str())));
        add("event", FaultCode::UnknownEvent, &mut events);
        let mut attributes = book.attributes.iter().map(|attribute| (attribute.id.as_str(), None));
        add("attribute", FaultCode::UnknownAttribute, &mut attributes);
        let own = book.measures.iter().map(|measure| (measure.unit.as_str(), None));
        add("unit", FaultCode::UnknownUnit, &mut own.chain(book.units.iter().map(|unit| (unit.id.as_str(), None))));
        let mut vague = book.vague.keys().map(|word| (word.as_str(), None));
        add("value.vague", FaultCode::UnknownVagueWord, &mut vague);
        Self { sections, dimensions }
    }

    /// Whether a name is a dimension's.
    pub(super) fn has_dimension(&self, name: &str) -> bool {
        self.dimensions.contains(name)
    }

    /// Whether what a key takes is listed.
    pub(super) fn knows(&self, key: &str) -> bool {
        self.sections.contains_key(key)
    }

    /// The names of the dimensions.
    pub(super) fn dimensions(&self) -> impl Iterator<Item = &str> {
        self.dimensions.iter().map(String::as_str)
    }

    /// The entry's id where a cell has the id itself, or a label or an alias that stands for no other entry; `made` is the
    /// id that was made of what the cell says. A cell that names no entry is reported.
    pub(super) fn resolve(&self, key: &str, cell: &Cell<'_, '_>, made: Option<String>) -> Option<String> {
        let section = self.sections.get(key)?;
        if section.ids.contains(cell.text) {
            return Some(cell.text.to_owned());
        }
        let spoken = section.spoken.get(&cell.text.to_lowercase());
        if let Some(Some(id)) = spoken {
            return Some(id.clone());
        }
        if let Some(made) = made.filter(|made| section.ids.contains(made)) {
            return Some(made);
        }
        let page = cell.sheet.page();
        let help = match spoken {
            Some(_) => "several entries of the codebook are called so: write the id of one".to_owned(),
            None => "add it to the codebook, as an entry or as an alias of one".to_owned(),
        };
        page.fault(section.unknown, &cell.span, format!("unknown {} {}", noun(key), quoted(cell.text)))
            .label("not in the codebook")
            .help(help)
            .maybe_help(page.did_you_mean(cell.text, section.ids.iter().map(String::as_str)))
            .send();
        None
    }
}

fn noun(key: &str) -> &str {
    if key == "value.vague" { "vague word" } else { key }
}
