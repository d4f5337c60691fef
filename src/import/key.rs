//! What a column may give: the keys of a claim, those inside its figure and its date written with points.

/// What a cell under a key is read as.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The claim's own id.
    Id,
    /// The id of its source.
    Source,
    /// Its quote.
    Quote,
    /// Any text.
    Text,
    /// A number of a line.
    Line,
    /// A page: a number, or something like "iv".
    Page,
    /// How the source says it.
    Voice,
    /// A word as it stands there, without the spaces around it.
    Word,
    /// A name of the codebook, or something that refers to an entry; it is written as ids are.
    Name,
    /// Several of them, separated by semicolons; one alone is written without a list.
    Names,
    /// The same, always written as a list.
    List,
    /// An EDTF period.
    Period,
    /// An EDTF date.
    Date,
    /// A number, exactly as it is written.
    Number,
}

/// A key of a claim, or of its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// Its name as columns have it: `value.at_least`.
    pub(super) name: String,
    /// What its cells are read as.
    pub(super) kind: Kind,
    /// Where it comes among the keys of a claim; dimensions share one place.
    pub(super) rank: usize,
}

impl Key {
    /// The key of a claim that it is, or is within: `value` of `value.at_least`.
    pub(super) fn outer(&self) -> &str {
        self.name.split_once('.').map_or(&self.name, |(outer, _)| outer)
    }

    /// The rest of the name: `at_least`; empty for a key that is not within another one.
    pub(super) fn inner(&self) -> &str {
        self.name.split_once('.').map_or("", |(_, inner)| inner)
    }
}

/// Stands for the dimensions in the order of keys; no column can be called so.
const DIMENSIONS: &str = "";

/// The claim's own keys and their order: that of a file that `gainsay fmt` has grouped.
const KEYS: [(&str, Kind); 62] = [
    ("source.title", Kind::Text),
    ("source.authors", Kind::List),
    ("source.publisher", Kind::Text),
    ("source.published", Kind::Date),
    ("source.url", Kind::Text),
    ("source", Kind::Source),
    ("id", Kind::Id),
    ("quote", Kind::Quote),
    ("line", Kind::Line),
    ("page", Kind::Page),
    ("where", Kind::Text),
    ("measure", Kind::Name),
    ("subject", Kind::Name),
    ("attribute", Kind::Name),
    ("toward", Kind::Name),
    ("is", Kind::Names),
    ("is_not", Kind::Names),
    (DIMENSIONS, Kind::Names),
    ("event", Kind::Name),
    ("period", Kind::Period),
    ("value", Kind::Number),
    ("value.at_least", Kind::Number),
    ("value.more_than", Kind::Number),
    ("value.at_most", Kind::Number),
    ("value.less_than", Kind::Number),
    ("value.nearly", Kind::Number),
    ("value.about", Kind::Number),
    ("value.between.low", Kind::Number),
    ("value.between.high", Kind::Number),
    ("value.rounded", Kind::Number),
    ("value.to", Kind::Number),
    ("value.low", Kind::Number),
    ("value.best", Kind::Number),
    ("value.high", Kind::Number),
    ("value.vague", Kind::Word),
    ("unit", Kind::Word),
    ("date.on", Kind::Date),
    ("date.on.before", Kind::Date),
    ("date.on.after", Kind::Date),
    ("date.on.by", Kind::Date),
    ("date.on.since", Kind::Date),
    ("date.start", Kind::Date),
    ("date.start.before", Kind::Date),
    ("date.start.after", Kind::Date),
    ("date.start.by", Kind::Date),
    ("date.start.since", Kind::Date),
    ("date.end", Kind::Date),
    ("date.end.before", Kind::Date),
    ("date.end.after", Kind::Date),
    ("date.end.by", Kind::Date),
    ("date.end.since", Kind::Date),
    ("duration.from", Kind::Word),
    ("duration.to", Kind::Word),
    ("duration.days", Kind::Number),
    ("duration.weeks", Kind::Number),
    ("duration.months", Kind::Number),
    ("duration.years", Kind::Number),
    ("duration.decades", Kind::Number),
    ("voice", Kind::Voice),
    ("attributed_to", Kind::List),
    ("superseded_by", Kind::Word),
    ("note", Kind::Text),
];

/// The key of a name that is none of a dimension's.
pub(super) fn find(name: &str) -> Option<Key> {
    let rank = KEYS.iter().position(|(known, _)| *known == name && name != DIMENSIONS)?;
    KEYS.get(rank).map(|&(_, kind)| Key { name: name.to_owned(), kind, rank })
}

/// The key that a dimension is.
pub(super) fn of_dimension(name: &str) -> Key {
    let rank = KEYS.iter().position(|(known, _)| *known == DIMENSIONS).unwrap_or(KEYS.len());
    Key { name: name.to_owned(), kind: Kind::Names, rank }
}

/// The names of all keys but dimensions.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    KEYS.iter().map(|(name, _)| *name).filter(|name| *name != DIMENSIONS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_dimensions_have_their_place() {
        for name in names() {
            assert_eq!(find(name).map(|key| key.name).as_deref(), Some(name));
        }
        assert_eq!(find(""), None);
        let rank = |name| find(name).unwrap().rank;
        let place = of_dimension("place").rank;
        assert!(rank("measure") < place && place < rank("period"));
        let key = find("value.between.low").unwrap();
        assert_eq!((key.outer(), key.inner()), ("value", "between.low"));
    }
}
