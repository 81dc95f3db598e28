//! Where the content of a statement begins and ends.

use dragoman_doc::{Feat, Quote, SentenceId, Slot, TokenId, Upos, VerbGroup};
use dragoman_lexicon::{CueRule, Head, Holds};
use dragoman_span::{Id, Span};

use crate::{Scene, Source};

/// A content has at least this many words, unless it stands in quotation marks.
const MIN_WORDS: usize = 2;

/// A cue with its speaker in its sentence.
pub(crate) struct Clause<'v> {
    pub(crate) sentence: SentenceId,
    verb: &'v VerbGroup,
    /// First token of speaker and cue together.
    first: usize,
    /// Last token of the cue, its particles and its speaker where he follows.
    last: usize,
    start: usize,
    end: usize,
    /// The speaker is an actor of the report.
    known: bool,
}

impl<'v> Clause<'v> {
    pub(crate) fn of(scene: &Scene<'_>, sentence: SentenceId, verb: &'v VerbGroup, speaker: Option<Source>, words: &[usize]) -> Self {
        let bounds = &scene.tokens().sentences[sentence];
        let (start, end) = (bounds.first_token.index(), bounds.end_token.index());
        let cue_last = words.iter().copied().max().unwrap_or(verb.head.index());
        let (mut first, mut last) = (verb.first.index(), cue_last);
        if let Some(source) = speaker {
            let tokens = scene.tokens().within(source.span);
            let same = tokens.start >= start && tokens.end <= end && tokens.start < tokens.end;
            if same && tokens.end <= first && !clause_between(scene, tokens.end, first) {
                first = with_apposition(scene, start, tokens.start);
            } else if same && tokens.start > cue_last {
                last = last.max(tokens.end - 1);
            }
        }
        let known = speaker.is_some_and(|s| scene.entity_at(s.head).is_some());
        Self { sentence, verb, first, last, start, end, known }
    }
}

/// "the government spokesman, Stelios Vardakis, told": what stands before the comma belongs to the speaker, if a mark or the start of
/// the sentence stands before it.
fn with_apposition(scene: &Scene<'_>, start: usize, first: usize) -> usize {
    let words = &scene.grammar.words;
    if first < start + 2 || words.form(first - 1) != "," {
        return first;
    }
    let sentence = words.sentence(first);
    let before = scene.grammar.chunks_in(sentence).rfind(|(_, c)| c.last.index() < first);
    let Some((_, chunk)) = before.filter(|(_, c)| c.last.index() + 2 == first) else { return first };
    let opens = first_of_possessed(scene, chunk.first.index(), start);
    let marked = opens == start || words.is_punct(opens - 1);
    let has_verb = scene.grammar.verbs_in(sentence).any(|(_, v)| (opens..first).contains(&v.head.index()));
    if marked && !has_verb { opens } else { first }
}

/// "the ministry's spokesman": the owner before the noun.
fn first_of_possessed(scene: &Scene<'_>, at: usize, start: usize) -> usize {
    let words = &scene.grammar.words;
    if at < start + 2 || words.upos(at - 1) != Upos::Part {
        return at;
    }
    let owner = scene.grammar.chunks_in(words.sentence(at)).find(|(_, c)| c.last.index() + 2 == at);
    owner.map_or(at, |(_, c)| c.first.index().max(start))
}

/// Another verb stands between: the subject belongs to a series of verbs.
fn clause_between(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|i| scene.grammar.words.upos(i) == Upos::Verb)
}

/// The content that goes with a verb cue, if any.
pub(crate) fn of_verb(scene: &Scene<'_>, clause: &Clause<'_>, rule: &CueRule) -> Option<Span> {
    let after = skip_adjuncts(scene, clause);
    let right = right_content(scene, clause, rule, after);
    right.or_else(|| left_content(scene, clause, rule))
}

/// The first token after the cue that may open its content: addressee, time and manner skipped.
fn skip_adjuncts(scene: &Scene<'_>, clause: &Clause<'_>) -> usize {
    let words = &scene.grammar.words;
    let mut at = clause.last + 1;
    for (_, chunk) in scene.grammar.chunks_in(clause.sentence).filter(|(_, c)| c.first.index() > clause.last) {
        // The preposition may be the cue's own last word ("called on the rebels to").
        let opens = chunk.preposition.map(Id::index).filter(|p| *p > clause.last).unwrap_or(chunk.first.index());
        let owner =
            scene.grammar.words.has(chunk.head.index(), Feat::Genitive) || next_is_genitive(scene, chunk.last.index() + 1, clause.end);
        if opens == at && owner {
            at = chunk.last.index() + 1 + usize::from(!scene.grammar.words.has(chunk.head.index(), Feat::Genitive));
            continue;
        }
        let adjunct = chunk.preposition.is_some() || next_opens(scene, chunk.last.index() + 1, clause.end);
        if opens != at || !adjunct {
            break;
        }
        at = chunk.last.index() + 1;
    }
    while at < clause.end && words.upos(at) == Upos::Adv {
        at += 1;
    }
    at
}

fn next_is_genitive(scene: &Scene<'_>, at: usize, end: usize) -> bool {
    at < end && scene.grammar.words.upos(at) == Upos::Part && scene.grammar.words.lemma(at) != "to"
}

/// "that", a quotation mark or an end stands there: what came before was no content.
fn next_opens(scene: &Scene<'_>, at: usize, end: usize) -> bool {
    if at >= end {
        return true;
    }
    let words = &scene.grammar.words;
    (words.upos(at) == Upos::Sconj && words.lemma(at) == "that")
        || (words.is_punct(at) && at + 1 < end && opens_quote(scene, at + 1))
        || opens_quote(scene, at)
        || words.upos(at) == Upos::Adp
        || (words.upos(at) == Upos::Part && words.lemma(at) == "to")
}

fn opens_quote(scene: &Scene<'_>, at: usize) -> bool {
    let span = scene.grammar.token_span(at);
    scene.tokens().quotes.iter().any(|q| q.span.start() == span.start())
}

fn quote_opening(scene: &Scene<'_>, at: usize) -> Option<Quote> {
    let span = scene.grammar.token_span(at);
    scene.tokens().quotes.iter().find(|q| q.span.start() == span.start()).copied()
}

fn holds(rule: &CueRule, wanted: &Holds) -> bool {
    rule.holds.contains(wanted)
}

fn right_content(scene: &Scene<'_>, clause: &Clause<'_>, rule: &CueRule, after: usize) -> Option<Span> {
    let words = &scene.grammar.words;
    if after >= clause.end {
        return None;
    }
    // A comma, colon or dash before a quotation.
    let opening = if words.is_punct(after) && !opens_quote(scene, after) { after + 1 } else { after };
    if opening < clause.end
        && opens_quote(scene, opening)
        && let Some(quote) = quote_opening(scene, opening)
        && holds(rule, &Holds::Quote)
    {
        return Some(quoted_to_end(scene, clause, opening, quote));
    }
    if words.upos(after) == Upos::Sconj && words.lemma(after) == "that" && (holds(rule, &Holds::That) || holds(rule, &Holds::Zero)) {
        return from_token(scene, clause.sentence, after);
    }
    let question =
        words.upos(after) == Upos::Sconj || (matches!(words.upos(after), Upos::Adv | Upos::Pron) && words.lemma(after).starts_with("wh"));
    if question && holds(rule, &Holds::Question) {
        return from_token(scene, clause.sentence, after);
    }
    if words.upos(after) == Upos::Part && words.lemma(after) == "to" && holds(rule, &Holds::Infinitive) {
        return from_token(scene, clause.sentence, after);
    }
    let gerund = clause.verb.complements.iter().find(|(s, _)| *s == Slot::Gerund);
    if let Some((_, v)) = gerund
        && holds(rule, &Holds::Gerund)
    {
        return from_token(scene, clause.sentence, scene.grammar.verb(*v).first.index());
    }
    let bare = holds(rule, &Holds::Zero) || holds(rule, &Holds::That);
    // "reported on July 31, 2024, that": the clause opens where its conjunction stands.
    let clauses = clause.verb.complements.iter().filter(|(s, _)| *s == Slot::That).filter_map(|(_, v)| scene.grammar.verb(*v).opener);
    if let Some(that) = clauses.map(Id::index).find(|o| *o > clause.last && words.lemma(*o) == "that" && words.upos(*o) == Upos::Sconj)
        && bare
    {
        return from_token(scene, clause.sentence, that);
    }
    if bare && clause.verb.complements.iter().any(|(s, v)| *s == Slot::That && scene.grammar.verb(*v).head.index() > after) {
        return from_token(scene, clause.sentence, clause.last + 1);
    }
    preposition_content(scene, clause, rule).or_else(|| noun_content(scene, clause, rule))
}

/// "accused Iran of arming the group".
fn preposition_content(scene: &Scene<'_>, clause: &Clause<'_>, rule: &CueRule) -> Option<Span> {
    let words = &scene.grammar.words;
    // `of` in a rule stands for the prepositions of the class `of_like` ("apologised for").
    let of_like = |lemma: &str| scene.rules.classes.meets(&Head::Class("of_like".into()), lemma);
    let wanted =
        |lemma: &str| rule.holds.iter().any(|h| matches!(h, Holds::Preposition(p) if &**p == lemma || (&**p == "of" && of_like(lemma))));
    let at = (clause.last + 1..clause.end).find(|i| words.upos(*i) == Upos::Adp && wanted(words.lemma(*i)))?;
    let near = at <= clause.last + 8;
    (near && clause.known).then(|| from_token(scene, clause.sentence, at)).flatten()
}

/// "denied the report", "announced a pause": the object with what hangs on it. Only of a known speaker, and only where the cue can
/// hold a clause too; others ("condemned the strike") are acts, not statements.
fn noun_content(scene: &Scene<'_>, clause: &Clause<'_>, rule: &CueRule) -> Option<Span> {
    let says = [Holds::Quote, Holds::That, Holds::Zero].iter().any(|h| holds(rule, h));
    if !holds(rule, &Holds::Noun) || !says || !clause.known {
        return None;
    }
    let object = clause.verb.argument(&Slot::Object).find(|c| scene.grammar.chunk(*c).first.index() > clause.last)?;
    from_token(scene, clause.sentence, scene.grammar.chunk(object).first.index())
}

/// The clause of a noun ("the claim that the guns had been moved could not be checked"): it ends before the verb of the noun itself.
pub(crate) fn of_noun(scene: &Scene<'_>, sentence: SentenceId, that: usize) -> Option<Span> {
    let finite: Vec<&VerbGroup> =
        scene.grammar.verbs_in(sentence).map(|(_, v)| v).filter(|v| v.first.index() > that && !v.reduced && !v.infinitive).collect();
    let own = finite.windows(2).find(|pair| {
        let gap = pair[0].head.index() + 1..pair[1].first.index();
        let subject = scene.grammar.chunks_in(sentence).any(|(_, c)| gap.contains(&c.first.index()) && c.preposition.is_none());
        let joined = gap.clone().any(|i| matches!(scene.grammar.words.upos(i), Upos::Cconj | Upos::Sconj | Upos::Pron | Upos::Punct));
        !subject && !joined
    });
    match own {
        Some(pair) => tidy(scene, that, pair[1].first.index()),
        None => from_token(scene, sentence, that),
    }
}

/// From token `from` to where the clause of its content ends.
pub(crate) fn from_token(scene: &Scene<'_>, sentence: SentenceId, from: usize) -> Option<Span> {
    let end = content_end(scene, sentence, from);
    tidy(scene, from, end)
}

/// The content goes to the end of the sentence, or to a later cue of the same level: "..., and added that", "..., he said".
fn content_end(scene: &Scene<'_>, sentence: SentenceId, from: usize) -> usize {
    let words = &scene.grammar.words;
    let limit = scene.tokens().sentences[sentence].end_token.index();
    for (_, verb) in scene.grammar.verbs_in(sentence).filter(|(_, v)| v.first.index() > from) {
        let lemma = words.lemma(verb.head.index());
        let is_cue = scene.rules.cues.of(lemma).any(|r| r.pos == dragoman_lexicon::Pos::Verb && r.words.len() == 1);
        if !is_cue || in_quote(scene, verb.head) {
            continue;
        }
        let before = verb.first.index() - 1;
        // "said A and warned that B", "said A and pledged to B": the second verb has the speaker for its subject.
        let speaks = verb.complements.iter().any(|(s, _)| matches!(s, Slot::That | Slot::Infinitive));
        let same_subject = verb.argument(&Slot::Subject).any(|c| scene.grammar.chunk(c).first.index() < from);
        let coordinated = words.upos(before) == Upos::Cconj
            && before > from
            && !verb.infinitive
            && verb.tense == dragoman_doc::Tense::Past
            && speaks
            && same_subject;
        let adding = words.form(before) == "," && verb.reduced && verb.complements.iter().any(|(s, _)| *s == Slot::That);
        if coordinated || adding {
            return before;
        }
        // "A, he said, B" and "A, according to": the cue between commas ends the first part.
        if let Some(subject) = verb.argument(&Slot::Subject).map(|c| scene.grammar.chunk(c).first.index()).find(|s| *s > from)
            && words.form(subject - 1) == ","
            && subject < verb.first.index()
            && (verb.head.index() + 1 >= limit || words.is_punct(verb.head.index() + 1))
        {
            return subject - 1;
        }
    }
    limit
}

fn in_quote(scene: &Scene<'_>, at: TokenId) -> bool {
    let span = scene.tokens().tokens[at].span;
    scene.tokens().quotes.iter().any(|q| q.inner.contains(span))
}

/// A quotation right after the cue: it and what follows it in the same breath.
fn quoted_to_end(scene: &Scene<'_>, clause: &Clause<'_>, opening: usize, quote: Quote) -> Span {
    let sentence_end = scene.tokens().sentences[clause.sentence].span.end();
    if quote.span.end() >= sentence_end {
        return inner(scene, &quote);
    }
    match from_token(scene, clause.sentence, opening) {
        Some(rest) if rest.end() > quote.span.end() && joins_on(scene, quote.span.end(), rest.end()) => rest,
        _ => inner(scene, &quote),
    }
}

/// What follows the closing mark goes on with the content: another quotation, or words without a comma before them.
fn joins_on(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let rest = scene.text().get(from..to).unwrap_or_default().trim_start();
    rest.starts_with(char::is_alphanumeric)
}

/// The content stands before speaker and cue: "Two men were hurt, the coast guard said".
fn left_content(scene: &Scene<'_>, clause: &Clause<'_>, rule: &CueRule) -> Option<Span> {
    let speaks = holds(rule, &Holds::Quote) || holds(rule, &Holds::Zero);
    if !speaks || clause.first <= clause.start {
        return None;
    }
    let words = &scene.grammar.words;
    let mut end = clause.first;
    let mark = (clause.start..end).rev().find(|i| !matches!(words.upos(*i), Upos::Adv | Upos::Adp | Upos::Cconj | Upos::Sconj))?;
    let closes_quote = scene.tokens().quotes.iter().any(|q| q.span.end() == scene.grammar.token_span(mark).end());
    if !words.is_punct(mark) && !closes_quote {
        return None;
    }
    end = mark + 1;
    // A quotation that began in an earlier sentence is taken whole.
    let close = scene.grammar.token_span(mark);
    let quote = scene
        .tokens()
        .quotes
        .iter()
        .find(|q| q.span.end() == close.end() || (q.span.end() <= close.start() && q.span.end() + 2 >= close.start()));
    if let Some(quote) = quote
        && quote.span.start() < scene.grammar.token_span(clause.start).start()
    {
        return Some(inner(scene, quote));
    }
    let from = left_edge(scene, clause, end);
    let has_verb = scene.grammar.verbs_in(clause.sentence).any(|(_, v)| (from..end).contains(&v.head.index()));
    if !has_verb && quote.is_none() {
        return None;
    }
    tidy(scene, from, end)
}

/// The content before a cue reaches back to the start of the sentence or to the cue before it.
fn left_edge(scene: &Scene<'_>, clause: &Clause<'_>, end: usize) -> usize {
    let words = &scene.grammar.words;
    let earlier = scene.grammar.verbs_in(clause.sentence).filter(|(_, v)| v.head.index() < end).filter(|(_, v)| {
        let cue = scene.rules.cues.of(words.lemma(v.head.index())).any(|r| r.pos == dragoman_lexicon::Pos::Verb && holds(r, &Holds::Quote));
        cue && !in_quote(scene, v.head) && (v.head.index() + 1..end).take(1).all(|i| words.is_punct(i))
    });
    earlier.map(|(_, v)| v.head.index() + 1).max().unwrap_or(clause.start)
}

/// What stands beside an "according to" phrase: after it, or before it.
pub(crate) fn beside(scene: &Scene<'_>, sentence: SentenceId, phrase: Span) -> Option<Span> {
    let bounds = &scene.tokens().sentences[sentence];
    let (start, end) = (bounds.first_token.index(), bounds.end_token.index());
    let inside = scene.tokens().within(phrase);
    let rest = tidy(scene, inside.end, end).filter(|_| inside.start <= start + 1 || scene.grammar.words.form(inside.start - 1) == ",");
    let opens = inside.start <= start + 2;
    // "It notes that, according to survivors, the vehicles were stopped": what follows is theirs.
    let after_that = inside.start >= start + 2
        && scene.grammar.words.form(inside.start - 1) == ","
        && scene.grammar.words.upos(inside.start - 2) == Upos::Sconj;
    if opens || after_that {
        return rest.and_then(|r| after_comma(scene, r, inside.end, end));
    }
    tidy(scene, start, inside.start)
}

/// After an opening phrase the content begins behind its comma ("According to X, who was there, ..." is rare).
fn after_comma(scene: &Scene<'_>, rest: Span, from: usize, end: usize) -> Option<Span> {
    let comma = (from..end).take(14).find(|i| scene.grammar.words.form(*i) == ",");
    match comma {
        Some(c) => tidy(scene, c + 1, end),
        None => Some(rest),
    }
}

/// The words from token `from` up to token `end`, without marks at the edges, and without quotation marks that lie around them all.
fn tidy(scene: &Scene<'_>, from: usize, end: usize) -> Option<Span> {
    if from >= end {
        return None;
    }
    let words = &scene.grammar.words;
    let mut from = from;
    let mut end = end;
    while from < end
        && (words.form(from) == ","
            || words.form(from) == ":"
            || words.form(from) == "-"
            || words.form(from) == "–"
            || words.form(from) == "—")
    {
        from += 1;
    }
    while end > from && words.is_punct(end - 1) && !closes_quote_inside(scene, from, end - 1) {
        end -= 1;
    }
    if end <= from {
        return None;
    }
    let span = scene.tokens().span(TokenId::from_index(from), TokenId::from_index(end - 1));
    let whole = scene
        .tokens()
        .quotes
        .iter()
        .find(|q| q.span == span || (q.span.start() == span.start() && q.inner.end() >= span.end() && q.span.end() <= span.end() + 4));
    let quoted = whole.is_some();
    let span = whole.map_or(span, |q| inner(scene, q));
    let enough = quoted || end - from >= MIN_WORDS;
    enough.then_some(span).filter(|s| !s.is_empty())
}

/// The mark closes a quotation that opened within the content.
fn closes_quote_inside(scene: &Scene<'_>, from: usize, at: usize) -> bool {
    let mark = scene.grammar.token_span(at);
    let start = scene.grammar.token_span(from).start();
    scene.tokens().quotes.iter().any(|q| q.span.end() == mark.end() && q.span.start() >= start)
}

/// The words in quotation marks, without the comma that stands before the closing mark for the sake of the cue.
pub(crate) fn inner(scene: &Scene<'_>, quote: &Quote) -> Span {
    quote.inner.trim_matches(scene.text(), |c| c.is_whitespace() || c == ',')
}
