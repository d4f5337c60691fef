//! The list of what can be wrong with a claims folder.

use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])+ $name:ident = $word:literal,)+) => {
        /// What is wrong; each code has a fixture of its name in `tests/fixtures/faults`.
        #[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FaultCode {
            $($(#[$doc])+ $name,)+
        }

        impl FaultCode {
            /// Every code, as the list is kept in the source.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The code's name in messages, reports and fixtures.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }
        }
    };
}

codes! {
    // The folder and its files.
    /// The claims folder, or a file that it needs, is not there.
    MissingFile = "missing-file",
    /// A file stands where a folder is wanted, or the other way round.
    NotAFolder = "not-a-folder",
    /// A file or folder cannot be read.
    UnreadableFile = "unreadable-file",
    /// A file is larger than [`MAX_FILE_BYTES`](super::MAX_FILE_BYTES).
    FileTooLarge = "file-too-large",
    /// A file that looks like claims stands where nothing reads it.
    UnexpectedFile = "unexpected-file",
    // The text.
    /// A file is not UTF-8.
    NotUtf8 = "not-utf8",
    /// A file starts with a byte-order mark.
    ByteOrderMark = "byte-order-mark",
    /// A file is not JSON.
    Syntax = "syntax",
    /// JSON, terms, events or measures are nested too deep.
    TooDeep = "too-deep",
    /// More entries than are read.
    TooMany = "too-many",
    // The texts.
    /// A text's path that leads out of the folder of texts, or may do so on some system.
    PathOutside = "path-outside",
    /// A text whose SHA-256 is not that of the one that was encoded.
    TextChanged = "text-changed",
    /// Lines beyond the end of a text.
    LinesBeyondText = "lines-beyond-text",
    // The shape.
    /// A key that nothing reads.
    UnknownKey = "unknown-key",
    /// A key that stands twice in one object.
    DuplicateKey = "duplicate-key",
    /// A key that has to be there.
    MissingKey = "missing-key",
    /// A key that is known, and does not belong here.
    MisplacedKey = "misplaced-key",
    /// Keys of which only one may stand here.
    SeveralForms = "several-forms",
    /// A claim that claims nothing.
    MissingForm = "missing-form",
    /// A text where a number is wanted, and the like.
    WrongType = "wrong-type",
    /// A word that is none of those that may stand here.
    UnknownWord = "unknown-word",
    /// A text without a letter, or a list or an object without an entry.
    Empty = "empty",
    /// An entry that stands twice in one list.
    DuplicateItem = "duplicate-item",
    // Ids and names.
    /// An id that is not of the form that ids have.
    BadId = "bad-id",
    /// An id that has a meaning of its own here.
    ReservedName = "reserved-name",
    /// One id for two things.
    DuplicateId = "duplicate-id",
    /// A dimension that the codebook lacks.
    UnknownDimension = "unknown-dimension",
    /// A term that the codebook lacks.
    UnknownTerm = "unknown-term",
    /// A term of another dimension.
    WrongDimension = "wrong-dimension",
    /// A measure that the codebook lacks.
    UnknownMeasure = "unknown-measure",
    /// A unit that the codebook lacks.
    UnknownUnit = "unknown-unit",
    /// An event that the codebook lacks.
    UnknownEvent = "unknown-event",
    /// An attribute that the codebook lacks.
    UnknownAttribute = "unknown-attribute",
    /// A value that is not on an attribute's list.
    UnknownValue = "unknown-value",
    /// A vague word that the codebook lacks.
    UnknownVagueWord = "unknown-vague-word",
    /// Neither an upstream of the codebook nor a source.
    UnknownUpstream = "unknown-upstream",
    /// A source that the folder lacks.
    UnknownSource = "unknown-source",
    /// A claim that the folder lacks.
    UnknownClaim = "unknown-claim",
    // The codebook.
    /// Terms, events, measures or claims that lead back to themselves.
    Cycle = "cycle",
    /// A term that its children are said to cover, and that has none.
    ExhaustiveWithoutChildren = "exhaustive-without-children",
    /// A phrase that lacks its place for the figure or the label.
    BadPhrase = "bad-phrase",
    /// A dimension that the measure does not spread over.
    DimensionNotOfMeasure = "dimension-not-of-measure",
    /// Measures that cannot be read as, or added up to, one another.
    IncompatibleMeasures = "incompatible-measures",
    /// A measure that does not change is given a period or an event.
    FixedWithPeriod = "fixed-with-period",
    /// A unit of another base unit than the measure's.
    IncompatibleUnit = "incompatible-unit",
    /// A part of an event lies outside the event.
    EventOutsideParent = "event-outside-parent",
    /// Orders that no timeline can hold.
    ImpossibleOrder = "impossible-order",
    /// A symmetric attribute whose subjects and counterparts differ in kind.
    AsymmetricDomains = "asymmetric-domains",
    // Numbers and dates.
    /// No number that may stand here.
    BadNumber = "bad-number",
    /// The larger number stands first.
    ReversedNumbers = "reversed-numbers",
    /// An interval that holds no possible figure.
    EmptyInterval = "empty-interval",
    /// A plain interval reaches outside its strict one.
    PlainOutsideStrict = "plain-outside-strict",
    /// No EDTF date or period that may stand here.
    BadDate = "bad-date",
    /// A period that ends before it starts.
    ReversedPeriod = "reversed-period",
    /// A period without both ends where both are needed.
    IndefinitePeriod = "indefinite-period",
    // Claims.
    /// A figure of a count or a level without a period.
    MissingPeriod = "missing-period",
    /// A period up to the present in a source without a date of publication.
    UnknownPresent = "unknown-present",
    /// A period up to the present that starts after the source was published.
    StartsAfterPublication = "starts-after-publication",
    /// Terms of a list that may share something.
    TermsNotDisjoint = "terms-not-disjoint",
    /// A scope that holds nothing.
    EmptyScope = "empty-scope",
    /// A place of which it is not known whether the event lies in it.
    UnclearPlace = "unclear-place",
    /// A date outside the days that the codebook gives the event.
    DateOutsideEvent = "date-outside-event",
    /// A figure, or a moment, that is compared with itself.
    ComparedWithItself = "compared-with-itself",
    /// A part larger than its whole, or a fall by more than there was.
    ImpossiblePercentage = "impossible-percentage",
    /// A quote that is longer than a quote may be.
    LongQuote = "long-quote",
    /// A claim that is superseded by one that is not about the same.
    SupersededByOther = "superseded-by-other",
    /// A claim that is superseded by one of an unrelated or an earlier source.
    SupersededByUnrelated = "superseded-by-unrelated",
}

impl fmt::Display for FaultCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
