//! What the reading model gives for a report's words: classes, trees, names and who is quoted.

use dragoman_span::{IndexVec, Span};

use crate::{Provenance, Score, TokenId, Tokens, Upos};

/// Defines an enumeration of written labels, in the order in which they are listed.
macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the labels are those of the annotation scheme")]
        pub enum $name { $($variant),+ }

        impl $name {
            /// All labels.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The written label.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The label of a written word.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|l| l.word() == word)
            }
        }
    };
}

labels! {
    /// Part of speech of the Penn Treebank, as English UD treebanks have it beside the universal one.
    Xpos {
        Dollar = "$", ClosingQuote = "''", Comma = ",", OpeningBracket = "-LRB-", ClosingBracket = "-RRB-", Stop = ".", Colon = ":",
        Add = "ADD", Afx = "AFX", Cc = "CC", Cd = "CD", Dt = "DT", Ex = "EX", Fw = "FW", Hyph = "HYPH", In = "IN", Jj = "JJ", Jjr = "JJR",
        Jjs = "JJS", Ls = "LS", Md = "MD", Nfp = "NFP", Nn = "NN", Nnp = "NNP", Nnps = "NNPS", Nns = "NNS", Pdt = "PDT", Pos = "POS",
        Prp = "PRP", PrpGenitive = "PRP$", Rb = "RB", Rbr = "RBR", Rbs = "RBS", Rp = "RP", Sym = "SYM", To = "TO", Uh = "UH", Vb = "VB",
        Vbd = "VBD", Vbg = "VBG", Vbn = "VBN", Vbp = "VBP", Vbz = "VBZ", Wdt = "WDT", Wp = "WP", WpGenitive = "WP$", Wrb = "WRB",
        OpeningQuote = "``",
    }
}

labels! {
    /// Relation of a word to its head in the tree, of Universal Dependencies.
    Relation {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod", Amod = "amod",
        Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc", CcPreconj = "cc:preconj", Ccomp = "ccomp",
        Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj", Cop = "cop", Csubj = "csubj", CsubjPass = "csubj:pass",
        Dep = "dep", Det = "det", DetPredet = "det:predet", Discourse = "discourse", Dislocated = "dislocated", Expl = "expl",
        Fixed = "fixed", Flat = "flat", Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod",
        NmodDesc = "nmod:desc", NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj", NsubjOuter = "nsubj:outer",
        NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj", Obl = "obl", OblAgent = "obl:agent", OblUnmarked = "obl:unmarked",
        Orphan = "orphan", Parataxis = "parataxis", Punct = "punct", Reparandum = "reparandum", Root = "root", Vocative = "vocative",
        Xcomp = "xcomp",
    }
}

labels! {
    /// What a name names.
    NameKind {
        Person = "PER", Organization = "ORG", Place = "LOC", Nationality = "NORP", Role = "ROLE", Unit = "UNIT", Operation = "OPER",
        Other = "MISC",
    }
}

/// What the model says of one token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Universal part of speech.
    pub upos: Upos,
    /// Part of speech of the Penn Treebank.
    pub xpos: Xpos,
    /// The word it hangs on; none for the root of its sentence.
    pub head: Option<TokenId>,
    /// How it hangs there.
    pub relation: Relation,
}

/// Tokens that follow one another, first and last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words say it")]
pub struct TokenRange {
    pub first: TokenId,
    pub last: TokenId,
}

impl TokenRange {
    /// The words of the range.
    pub fn span(self, tokens: &Tokens) -> Span {
        tokens.span(self.first, self.last)
    }

    /// Whether the token stands in the range.
    pub fn contains(self, token: TokenId) -> bool {
        self.first <= token && token <= self.last
    }

    /// Whether the ranges share a token.
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// A name, without article and without title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Its words.
    pub at: TokenRange,
    /// What it names.
    pub kind: NameKind,
    /// How sure the model is.
    pub score: Score,
}

/// Someone is quoted: a source, the words that say that it speaks, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Who speaks, where the text says so.
    pub source: Option<TokenRange>,
    /// The words that make it an attribution, where there are any.
    pub cue: Option<TokenRange>,
    /// What is said, in pieces in the order of the text; may be empty.
    pub content: Vec<TokenRange>,
    /// How sure the model is of the cue, or of the content where there is no cue.
    pub score: Score,
}

/// What the encoder makes of a sentence: the mean of its words' vectors. For what learns from sentences as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct SentenceVector {
    /// The sentence's first token.
    pub first: TokenId,
    /// As many as the encoder is wide.
    pub values: Box<[f32]>,
}

/// The layer of the `reader` stage.
#[derive(Debug, Clone)]
pub struct Syntax {
    /// One for each token.
    pub words: IndexVec<TokenId, Word>,
    /// Names in the order of the text; they do not overlap.
    pub names: Vec<Name>,
    /// Attributions in the order of their cues.
    pub attributions: Vec<Attribution>,
    /// One for each sentence that the model saw, in the order of the text.
    pub vectors: Vec<SentenceVector>,
    /// For each token how far the model believes that it is one of a cue, whether or not an attribution came of it.
    pub cue_belief: IndexVec<TokenId, Score>,
    /// Who made it.
    pub made_by: Provenance,
}

impl Syntax {
    /// A layer without words.
    pub fn empty(made_by: Provenance) -> Self {
        Self {
            words: IndexVec::new(),
            names: Vec::new(),
            attributions: Vec::new(),
            vectors: Vec::new(),
            cue_belief: IndexVec::new(),
            made_by,
        }
    }

    /// The name that covers the token.
    pub fn name_at(&self, token: TokenId) -> Option<&Name> {
        let next = self.names.partition_point(|n| n.at.first <= token);
        self.names[..next].last().filter(|n| n.at.contains(token))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_written_and_read_back() {
        assert!(Xpos::ALL.iter().all(|l| Xpos::parse(l.word()) == Some(*l)));
        assert!(Relation::ALL.iter().all(|l| Relation::parse(l.word()) == Some(*l)));
        assert!(NameKind::ALL.iter().all(|l| NameKind::parse(l.word()) == Some(*l)));
    }
}
