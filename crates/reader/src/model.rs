//! The model: weights in, the syntax of a report out.

use std::collections::BTreeMap;
use std::ops::Range;

use dragoman_doc::{Name, Provenance, Relation, Score, SentenceVector, Syntax, TokenId, TokenRange, Tokens, Word, Xpos};
use dragoman_neural::{Bilinear, Encoder, Linear, Matrix, Pair, Scratch, WeightError, Weights};
use dragoman_span::{Id, IndexVec};

use crate::WordPiece;
use crate::decode::Labels;
use crate::heads::{Columns, LabelSets, begins, best, within};
use crate::quoting::{Quoting, Scores};
use crate::sentences;
use crate::tree::Arcs;
use crate::windows::{Pieces, Window};

const MADE_BY: Provenance = Provenance { stage: "reader", version: 1 };

/// From which belief on a word is looked at as the first of a cue or content.
const MAY_BEGIN: f32 = 0.02;

/// A model that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The weight file is damaged, altered or of another version.
    #[error(transparent)]
    Weights(#[from] WeightError),
    /// The file's labels are not those that this program knows.
    #[error("the model's labels are not those of this program: {0}")]
    Labels(&'static str),
}

impl ModelError {
    pub(crate) fn labels(name: &'static str) -> Self {
        Self::Labels(name)
    }
}

/// Reads words. Long-lived, shared between threads.
#[derive(Debug)]
pub struct Model {
    name: String,
    wordpiece: WordPiece,
    columns: Columns,
    sets: LabelSets,
    encoder: Encoder,
    labels: Linear,
    arcs: Pair,
    relations: Bilinear,
    said_by: Pair,
    said_with: Pair,
}

impl Model {
    /// The model of a weight file.
    ///
    /// # Errors
    /// The file is damaged, of another version, or made for other labels.
    pub fn load(weights: &Weights<'_>) -> Result<Self, ModelError> {
        let sets = LabelSets::read(weights)?;
        let columns = Columns::read(weights, &sets)?;
        let model = Self {
            name: weights.text("name")?.to_owned(),
            wordpiece: WordPiece::new(weights.text("vocabulary")?).ok_or_else(|| ModelError::labels("vocabulary"))?,
            encoder: Encoder::load(weights, "encoder")?,
            labels: Linear::load(weights, "labels")?,
            arcs: Pair::load(weights, "arcs")?,
            relations: Bilinear::load(weights, "relations")?,
            said_by: Pair::load(weights, "said_by")?,
            said_with: Pair::load(weights, "said_with")?,
            columns,
            sets,
        };
        let fits = model.labels.outputs() == model.columns.end() && model.relations.labels() == model.sets.relations.len();
        if fits { Ok(model) } else { Err(ModelError::labels("labels.order")) }
    }

    /// The model's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads the words of a report: which of them open sentences, and what each of them is.
    pub fn read(&self, text: &str, tokens: &Tokens) -> (Vec<bool>, Syntax) {
        let pieces = Pieces::of(text, tokens, &self.wordpiece);
        let rule_starts: Vec<usize> = tokens.sentences.iter().map(|s| s.first_token.index()).collect();
        let mut pass = Pass::new(self, tokens.tokens.len(), &rule_starts);
        for window in pieces.windows(&rule_starts) {
            pass.read(&pieces, &window);
        }
        pass.finish()
    }
}

/// One reading of one report.
struct Pass<'m> {
    model: &'m Model,
    scratch: Scratch,
    starts: Vec<bool>,
    words: Vec<Word>,
    names: Labels,
    source: Labels,
    cue: Labels,
    content: Labels,
    cue_belief: IndexVec<TokenId, Score>,
    vectors: Vec<SentenceVector>,
    sources_of: BTreeMap<usize, Scores>,
    cues_of: BTreeMap<usize, Scores>,
}

impl<'m> Pass<'m> {
    fn new(model: &'m Model, words: usize, rule_starts: &[usize]) -> Self {
        let mut starts = vec![false; words];
        for start in rule_starts {
            starts[*start] = true;
        }
        let columns = &model.columns;
        Self {
            model,
            scratch: Scratch::default(),
            starts,
            words: Vec::with_capacity(words),
            names: Labels::new(columns.names.len()),
            source: Labels::new(columns.source.len()),
            cue: Labels::new(columns.cue.len()),
            content: Labels::new(columns.content.len()),
            cue_belief: IndexVec::new(),
            vectors: Vec::new(),
            sources_of: BTreeMap::new(),
            cues_of: BTreeMap::new(),
        }
    }

    fn read(&mut self, pieces: &Pieces, window: &Window) {
        let (ids, kinds, at) = pieces.window(window.words.clone(), &self.model.wordpiece);
        // The window holds only pieces of the vocabulary and is no longer than the encoder reads.
        let Ok(hidden) = self.model.encoder.run(&ids, &kinds, &mut self.scratch) else { return };
        let vectors = hidden.select(&at);
        let labels = self.model.labels.apply(&vectors, &mut self.scratch);
        self.sentences(pieces, window, &labels);
        self.trees(window, &vectors, &labels);
        self.spans(window, &vectors, &labels);
    }

    /// Decides where sentences start within the window's own words.
    fn sentences(&mut self, pieces: &Pieces, window: &Window, labels: &Matrix) {
        for word in window.own.start + 1..window.own.end {
            if !pieces.begins_paragraph(word) {
                let score = labels.row(word - window.words.start)[self.model.columns.start.start];
                self.starts[word] = sentences::opens(self.starts[word], score);
            }
        }
    }

    fn trees(&mut self, window: &Window, vectors: &Matrix, labels: &Matrix) {
        let first = window.words.start;
        let arcs = self.model.arcs.views(vectors, &mut self.scratch);
        let relations = self.model.relations.views(vectors, &mut self.scratch);
        for sentence in sentences_of(&self.starts, window.own.clone()) {
            let local = sentence.start - first..sentence.end - first;
            self.vectors.push(SentenceVector { first: TokenId::from_index(sentence.start), values: mean(vectors, local.clone()) });
            let scores = local.clone().flat_map(|d| arcs.score(d, local.clone())).collect();
            let heads = Arcs { words: sentence.len(), scores }.heads();
            for (n, head) in heads.into_iter().enumerate() {
                let (this, head) = (local.start + n, local.start + head);
                let root = this == head;
                let scores = relations.score(this, head);
                let row = labels.row(this);
                self.words.push(Word {
                    upos: self.model.sets.upos[best(&row[self.model.columns.upos.clone()])],
                    xpos: self.model.sets.xpos[best(&row[self.model.columns.xpos.clone()])],
                    head: (!root).then(|| TokenId::from_index(first + head)),
                    relation: if root { Relation::Root } else { self.relation(&scores) },
                });
            }
        }
    }

    /// The best relation; only a root is `root`.
    fn relation(&self, scores: &[f32]) -> Relation {
        let labels = &self.model.sets.relations;
        let found = (0..labels.len()).filter(|i| labels[*i] != Relation::Root);
        labels[found.fold(usize::MAX, |best, i| if best == usize::MAX || scores[i] > scores[best] { i } else { best })]
    }

    fn spans(&mut self, window: &Window, vectors: &Matrix, labels: &Matrix) {
        let columns = &self.model.columns;
        let said_by = self.model.said_by.views(vectors, &mut self.scratch);
        let said_with = self.model.said_with.views(vectors, &mut self.scratch);
        let first = window.words.start;
        let all = 0..window.words.len();
        for word in window.own.clone() {
            let row = labels.row(word - first);
            self.names.push(&row[columns.names.clone()]);
            self.source.push(&row[columns.source.clone()]);
            self.cue.push(&row[columns.cue.clone()]);
            self.content.push(&row[columns.content.clone()]);
            self.cue_belief.push(Score::new(f64::from(within(&row[columns.cue.clone()]))));
            if begins(&row[columns.cue.clone()]) > MAY_BEGIN {
                self.sources_of.insert(word, Scores { from: first, values: said_by.score(word - first, all.clone()) });
            }
            if begins(&row[columns.content.clone()]) > MAY_BEGIN {
                self.cues_of.insert(word, Scores { from: first, values: said_with.score(word - first, all.clone()) });
            }
        }
    }

    fn finish(mut self) -> (Vec<bool>, Syntax) {
        let words = self.words.len();
        let mut names = Vec::new();
        // A name never goes from one sentence into the next: "Regards, Ann Ann, thank you".
        for sentence in sentences_of(&self.starts, 0..words) {
            let spans = self.names.spans(sentence).into_iter().filter(|s| !self.is_address(&s.words));
            names.extend(spans.map(|s| Name {
                at: TokenRange { first: TokenId::from_index(s.words.start), last: TokenId::from_index(s.words.end - 1) },
                kind: self.model.sets.names[s.kind],
                score: Score::new(f64::from(s.share)),
            }));
        }
        let spans = [&self.source, &self.cue, &self.content].map(|labels| labels.spans(0..words));
        let [sources, cues, contents] = spans;
        let none = || Scores { from: 0, values: Vec::new() };
        let sources_of = cues.iter().map(|s| self.sources_of.remove(&s.words.start).unwrap_or_else(none)).collect();
        let cues_of = contents.iter().map(|s| self.cues_of.remove(&s.words.start).unwrap_or_else(none)).collect();
        let quoting = Quoting { sources, cues, contents, sources_of, cues_of };
        let words: IndexVec<TokenId, Word> = self.words.into();
        (
            self.starts,
            Syntax {
                words,
                names,
                attributions: quoting.attributions(),
                vectors: self.vectors,
                cue_belief: self.cue_belief,
                made_by: MADE_BY,
            },
        )
    }
}

impl Pass<'_> {
    /// An address of mail or of a page is no name, though there may be one in it.
    fn is_address(&self, words: &Range<usize>) -> bool {
        words.clone().all(|w| self.words[w].xpos == Xpos::Add)
    }
}

/// The mean of some rows, each sum in their order.
fn mean(vectors: &Matrix, rows: Range<usize>) -> Box<[f32]> {
    let mut sum = vec![0.0; vectors.columns()];
    for row in rows.clone() {
        for (sum, value) in sum.iter_mut().zip(vectors.row(row)) {
            *sum += value;
        }
    }
    let count = rows.len() as f32;
    sum.into_iter().map(|s| s / count).collect()
}

/// The sentences of a range of words.
fn sentences_of(starts: &[bool], words: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = words.start;
    for word in (words.start + 1..words.end).filter(|word| starts[*word]) {
        found.push(from..word);
        from = word;
    }
    if from < words.end {
        found.push(from..words.end);
    }
    found
}
