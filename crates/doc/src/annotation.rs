//! What is known of the words: tokens, sentences, quotation marks, tags and a light sentence structure.

use std::ops::Range;

use dragoman_span::{Id, IndexVec, Span, id_types};

use crate::{Layer, Problem, Provenance};

id_types! {
    /// A token.
    TokenId,
    /// A sentence.
    SentenceId,
    /// A paragraph.
    ParagraphId,
    /// A pair of quotation marks.
    QuoteId,
    /// A base noun phrase.
    ChunkId,
    /// A verb with its auxiliaries.
    VerbGroupId,
}

/// A word or mark, as Universal Dependencies cuts English ("do" + "n't", "Iraq" + "'s").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// The sentence it belongs to.
    pub sentence: SentenceId,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands, without white space at the edges.
    pub span: Span,
    /// Its tokens.
    pub first_token: TokenId,
    /// One past its last token.
    pub end_token: TokenId,
    /// The paragraph it belongs to.
    pub paragraph: ParagraphId,
}

impl Sentence {
    /// The ids of its tokens.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = TokenId> + use<> {
        (self.first_token.index()..self.end_token.index()).map(TokenId::from_index)
    }
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParagraphKind {
    /// A headline or sub-heading: short, no full stop.
    Headline,
    /// Running text.
    Body,
    /// An item of a list.
    Bullet,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ParagraphKind,
    /// The dateline at its head ("BAGHDAD, March 4 (Newsline) -"), which belongs to no sentence's grammar.
    pub dateline: Option<Span>,
}

/// A quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// With its marks.
    pub span: Span,
    /// Without its marks.
    pub inner: Span,
    /// The paragraph's opening mark goes on a quotation that the paragraph before left open.
    pub continues: bool,
    /// It has a closing mark.
    pub closed: bool,
}

/// The layer of the `tokens` stage.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// Tokens in order.
    pub tokens: IndexVec<TokenId, Token>,
    /// Sentences in order; they cover every token.
    pub sentences: IndexVec<SentenceId, Sentence>,
    /// Paragraphs in order; they cover every sentence.
    pub paragraphs: IndexVec<ParagraphId, Paragraph>,
    /// Quotations in order of their opening marks; they may nest.
    pub quotes: IndexVec<QuoteId, Quote>,
    /// Who made it.
    pub made_by: Provenance,
    /// What was odd.
    pub problems: Vec<Problem>,
}

impl Tokens {
    /// The sentence at byte `at`, if one stands there.
    pub fn sentence_at(&self, at: usize) -> Option<SentenceId> {
        let next = self.sentences.as_slice().partition_point(|s| s.span.start() <= at);
        let id = SentenceId::from_index(next.checked_sub(1)?);
        self.sentences[id].span.contains_byte(at).then_some(id)
    }

    /// Tokens that lie wholly within `span`.
    pub fn within(&self, span: Span) -> Range<usize> {
        let all = self.tokens.as_slice();
        let start = all.partition_point(|t| t.span.start() < span.start());
        let end = all.partition_point(|t| t.span.end() <= span.end());
        start..end.max(start)
    }

    /// The innermost quotation around `span`, whose content holds it wholly.
    pub fn quote_around(&self, span: Span) -> Option<QuoteId> {
        self.quotes.iter_ids().filter(|(_, q)| q.inner.contains(span)).min_by_key(|(_, q)| q.inner.len()).map(|(id, _)| id)
    }
}

/// Universal part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the tags are those of Universal Dependencies")]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

impl Upos {
    /// All tags.
    pub const ALL: &'static [Self] = &[
        Self::Adj,
        Self::Adp,
        Self::Adv,
        Self::Aux,
        Self::Cconj,
        Self::Det,
        Self::Intj,
        Self::Noun,
        Self::Num,
        Self::Part,
        Self::Pron,
        Self::Propn,
        Self::Punct,
        Self::Sconj,
        Self::Sym,
        Self::Verb,
        Self::X,
    ];

    /// The written tag.
    pub fn word(self) -> &'static str {
        match self {
            Self::Adj => "ADJ",
            Self::Adp => "ADP",
            Self::Adv => "ADV",
            Self::Aux => "AUX",
            Self::Cconj => "CCONJ",
            Self::Det => "DET",
            Self::Intj => "INTJ",
            Self::Noun => "NOUN",
            Self::Num => "NUM",
            Self::Part => "PART",
            Self::Pron => "PRON",
            Self::Propn => "PROPN",
            Self::Punct => "PUNCT",
            Self::Sconj => "SCONJ",
            Self::Sym => "SYM",
            Self::Verb => "VERB",
            Self::X => "X",
        }
    }

    /// The tag of a written word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|t| t.word() == word)
    }

    /// Noun, proper noun.
    pub fn is_nominal(self) -> bool {
        matches!(self, Self::Noun | Self::Propn)
    }
}

/// A morphological feature that the rules use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the features are those of Universal Dependencies")]
pub enum Feat {
    Plural,
    Singular,
    Past,
    Present,
    Finite,
    Infinitive,
    Participle,
    Gerund,
    First,
    Second,
    Third,
    Masculine,
    Feminine,
    Neuter,
    Genitive,
}

impl Feat {
    /// Name and value as Universal Dependencies writes them.
    pub fn written(self) -> (&'static str, &'static str) {
        match self {
            Self::Plural => ("Number", "Plur"),
            Self::Singular => ("Number", "Sing"),
            Self::Past => ("Tense", "Past"),
            Self::Present => ("Tense", "Pres"),
            Self::Finite => ("VerbForm", "Fin"),
            Self::Infinitive => ("VerbForm", "Inf"),
            Self::Participle => ("VerbForm", "Part"),
            Self::Gerund => ("VerbForm", "Ger"),
            Self::First => ("Person", "1"),
            Self::Second => ("Person", "2"),
            Self::Third => ("Person", "3"),
            Self::Masculine => ("Gender", "Masc"),
            Self::Feminine => ("Gender", "Fem"),
            Self::Neuter => ("Gender", "Neut"),
            Self::Genitive => ("Poss", "Yes"),
        }
    }
}

/// What is known of one token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Dictionary form, lower-case but for names.
    pub lemma: Box<str>,
    /// Part of speech.
    pub upos: Upos,
    /// Features, sorted.
    pub feats: Vec<Feat>,
}

impl Tag {
    /// Whether the token has the feature.
    pub fn has(&self, feat: Feat) -> bool {
        self.feats.contains(&feat)
    }
}

/// A place in the grammar of a predicate or a noun, as frames name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// Who does it (of a passive, the by-phrase).
    Subject,
    /// Whom or what it is done to (of a passive, the surface subject).
    Object,
    /// The possessor: a genitive, or a name or demonym right before the noun.
    Possessor,
    /// A word right before the noun.
    Modifier,
    /// A to-infinitive.
    Infinitive,
    /// A gerund.
    Gerund,
    /// A that-clause.
    That,
    /// A phrase with this preposition.
    Preposition(Box<str>),
}

/// What a base noun phrase is built on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChunkKind {
    /// A noun, name, number or nominalised adjective.
    Nominal,
    /// A pronoun.
    Pronoun,
}

/// A base noun phrase: determiner, modifiers and head, without what follows the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// First token.
    pub first: TokenId,
    /// Last token.
    pub last: TokenId,
    /// The noun or pronoun it is built on.
    pub head: TokenId,
    /// What it is.
    pub kind: ChunkKind,
    /// The sentence.
    pub sentence: SentenceId,
    /// The preposition before it.
    pub preposition: Option<TokenId>,
    /// Phrases that hang on it, each in its slot.
    pub arguments: Vec<(Slot, ChunkId)>,
    /// A to-infinitive that hangs on it ("plans to leave").
    pub infinitive: Option<VerbGroupId>,
}

/// Tense of a verb group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Tense {
    Past,
    Present,
    Future,
    None,
}

/// Voice of a verb group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Voice {
    Active,
    Passive,
}

/// A verb with its auxiliaries: "will not be postponed".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerbGroup {
    /// First token (auxiliary, "to" or the verb).
    pub first: TokenId,
    /// The main verb.
    pub head: TokenId,
    /// The sentence.
    pub sentence: SentenceId,
    /// Modal or auxiliary verbs before the head, in order.
    pub auxiliaries: Vec<TokenId>,
    /// Tense.
    pub tense: Tense,
    /// The verb stands in the perfect ("has left").
    pub perfect: bool,
    /// Voice.
    pub voice: Voice,
    /// The word that negates it.
    pub negation: Option<TokenId>,
    /// It is a to-infinitive.
    pub infinitive: bool,
    /// It is a bare participle or gerund, not the verb of a finite clause.
    pub reduced: bool,
    /// The word that opens its clause (that, if, after, who ...).
    pub opener: Option<TokenId>,
    /// Phrases in its slots. Of a passive these are the logical ones.
    pub arguments: Vec<(Slot, ChunkId)>,
    /// The to-infinitive, gerund or clause that depends on it, with the slot it fills.
    pub complements: Vec<(Slot, VerbGroupId)>,
    /// The verb whose complement or adverbial it is.
    pub governor: Option<VerbGroupId>,
}

/// The layer of the `annotate` stage.
#[derive(Debug, Clone)]
pub struct Annotation {
    /// Tags, one for each token.
    pub tags: IndexVec<TokenId, Tag>,
    /// Base noun phrases in order.
    pub chunks: Layer<ChunkId, Chunk>,
    /// Verbs in order.
    pub verbs: Layer<VerbGroupId, VerbGroup>,
}

/// The arguments that stand in `slot`.
fn in_slot<'a, I: Copy>(arguments: &'a [(Slot, I)], slot: &'a Slot) -> impl Iterator<Item = I> + use<'a, I> {
    arguments.iter().filter(move |(s, _)| s == slot).map(|(_, id)| *id)
}

impl Chunk {
    /// The phrases in `slot`, in the order of the text.
    pub fn argument<'a>(&'a self, slot: &'a Slot) -> impl Iterator<Item = ChunkId> + use<'a> {
        in_slot(&self.arguments, slot)
    }

    /// Positions of its tokens.
    pub fn tokens(&self) -> std::ops::RangeInclusive<usize> {
        self.first.index()..=self.last.index()
    }
}

impl VerbGroup {
    /// The phrases in `slot`, in the order of the text.
    pub fn argument<'a>(&'a self, slot: &'a Slot) -> impl Iterator<Item = ChunkId> + use<'a> {
        in_slot(&self.arguments, slot)
    }

    /// The verbs that depend on it in `slot`.
    pub fn complement<'a>(&'a self, slot: &'a Slot) -> impl Iterator<Item = VerbGroupId> + use<'a> {
        in_slot(&self.complements, slot)
    }
}

impl Tokens {
    /// The words from token `first` to token `last`.
    pub fn span(&self, first: TokenId, last: TokenId) -> Span {
        self.tokens[first].span.cover(self.tokens[last].span)
    }

    /// The words of a noun phrase.
    pub fn chunk_span(&self, chunk: &Chunk) -> Span {
        self.span(chunk.first, chunk.last)
    }

    /// The words of a verb group.
    pub fn verb_span(&self, verb: &VerbGroup) -> Span {
        self.span(verb.first, verb.head)
    }
}

impl Slot {
    /// The slot of phrases with `preposition`.
    pub fn preposition(preposition: &str) -> Self {
        Self::Preposition(preposition.into())
    }
}
