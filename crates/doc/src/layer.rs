use std::ops::Deref;

use dragoman_span::{Id, IndexVec, Span};

/// The output of one stage: its items, who made them, and what was odd.
#[derive(Debug, Clone)]
pub struct Layer<I: Id, T> {
    items: IndexVec<I, T>,
    made_by: Provenance,
    problems: Vec<Problem>,
}

impl<I: Id, T> Layer<I, T> {
    /// A finished layer.
    pub fn new(items: IndexVec<I, T>, made_by: Provenance, problems: Vec<Problem>) -> Self {
        Self { items, made_by, problems }
    }

    /// A layer without items, for a stage that found nothing or could not run.
    pub fn empty(made_by: Provenance) -> Self {
        Self::new(IndexVec::new(), made_by, Vec::new())
    }

    /// Who made it.
    pub fn made_by(&self) -> Provenance {
        self.made_by
    }

    /// What was odd.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl<I: Id, T> Deref for Layer<I, T> {
    type Target = IndexVec<I, T>;
    fn deref(&self) -> &IndexVec<I, T> {
        &self.items
    }
}

/// Which stage made a layer, in which version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provenance {
    /// The stage's name, as in `ARCHITECTURE.md`.
    pub stage: &'static str,
    /// Raised when the stage may give another result for the same input.
    pub version: u32,
}

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing was lost.
    Note,
    /// Something may be missing or wrong.
    Warning,
}

/// Something odd about a report. Never stops anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Stable name of the kind of problem.
    pub code: ProblemCode,
    /// What happened, in plain words.
    pub message: String,
    /// Where, if at one place of the text.
    pub span: Option<Span>,
}

/// The kinds of problem, each with a stable name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemCode {
    /// Bytes that are not text in the stated or found encoding were replaced.
    BrokenEncoding,
    /// The encoding was guessed.
    GuessedEncoding,
    /// NUL and other control characters were replaced.
    ControlCharacters,
    /// Invisible marks that change the direction of text are in it.
    BidiControls,
    /// The page went over a limit; only its plain text was kept.
    DegradedPage,
    /// Page clutter was removed.
    ClutterRemoved,
    /// A date could not be read.
    UnreadableDate,
    /// Two dates of publication disagree.
    ConflictingDates,
    /// No date of publication is known.
    NoPublicationDate,
    /// The text is longer than a stage reads.
    TextTooLong,
    /// A sentence is longer than a stage reads.
    SentenceTooLong,
    /// A run of characters without a space is too long for a word.
    WordTooLong,
    /// The text does not look English.
    NotEnglish,
    /// A quotation is not closed.
    UnclosedQuote,
    /// A stage failed on this report; its layer is empty.
    StageFailed,
    /// Nothing was found.
    NothingFound,
}

impl ProblemCode {
    /// All kinds.
    pub const ALL: &'static [Self] = &[
        Self::BrokenEncoding,
        Self::GuessedEncoding,
        Self::ControlCharacters,
        Self::BidiControls,
        Self::DegradedPage,
        Self::ClutterRemoved,
        Self::UnreadableDate,
        Self::ConflictingDates,
        Self::NoPublicationDate,
        Self::TextTooLong,
        Self::SentenceTooLong,
        Self::WordTooLong,
        Self::NotEnglish,
        Self::UnclosedQuote,
        Self::StageFailed,
        Self::NothingFound,
    ];

    /// The stable name.
    pub fn word(self) -> &'static str {
        match self {
            Self::BrokenEncoding => "broken-encoding",
            Self::GuessedEncoding => "guessed-encoding",
            Self::ControlCharacters => "control-characters",
            Self::BidiControls => "bidi-controls",
            Self::DegradedPage => "degraded-page",
            Self::ClutterRemoved => "clutter-removed",
            Self::UnreadableDate => "unreadable-date",
            Self::ConflictingDates => "conflicting-dates",
            Self::NoPublicationDate => "no-publication-date",
            Self::TextTooLong => "text-too-long",
            Self::SentenceTooLong => "sentence-too-long",
            Self::WordTooLong => "word-too-long",
            Self::NotEnglish => "not-english",
            Self::UnclosedQuote => "unclosed-quote",
            Self::StageFailed => "stage-failed",
            Self::NothingFound => "nothing-found",
        }
    }

    /// How much it matters.
    pub fn severity(self) -> Severity {
        match self {
            Self::GuessedEncoding | Self::ClutterRemoved | Self::NoPublicationDate | Self::UnclosedQuote | Self::NothingFound => {
                Severity::Note
            }
            _ => Severity::Warning,
        }
    }
}
