//! The façade: a report in, its reading out. The order of the stages stands here and nowhere else.

#![warn(missing_docs)]

mod overlay;
mod reading;
mod stage;
mod weights;

pub use overlay::check_overlay;
pub use reading::Reading;
pub use weights::Reader;

use dragoman_doc::{Document, Layer, PlaceRef, Problem, ProblemCode, Syntax};
use dragoman_geo::Gazetteer;
use dragoman_lexicon::{ACTOR_FILES, Abbreviations, Actors, Fault, QuantityWords, RuleSet, Rules, WORD_FILES, Words};
use dragoman_reader::{Model, ModelError};
use dragoman_time::Patterns;

use overlay::Overlay;

pub use dragoman_events::Spoken;

use stage::{guarded, guarded_pair};

/// Name of the tables and rules where no model reads; raised when they may read the same report differently.
const RULES: &str = "rules-1";

/// What can be left out of a reading, to see what it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Names that the model sees: names by table and role alone.
    Names,
    /// The model's classes and trees: who stands where by lexicon and rule.
    Trees,
    /// Sources, cues and contents that the model marks: statements by the cues alone.
    Attribution,
    /// The cues of the tables: statements by the model alone, each of them a plain saying.
    Cues,
}

/// Reads reports. Holds the language data; long-lived, shared between threads.
#[derive(Debug)]
pub struct Engine {
    model: Option<Model>,
    without: Vec<Part>,
    /// What a stage sees of the model where its part is left out.
    unread: Syntax,
    abbreviations: Abbreviations,
    words: Words,
    times: Patterns,
    quantities: QuantityWords,
    gazetteer: Gazetteer,
    actors: Actors,
    rules: Rules,
}

/// Data that cannot be used.
#[derive(Debug)]
pub enum DataError {
    /// Faults of the tables.
    Tables(Vec<Fault>),
    /// The gazetteer is of another version, cut short or altered.
    Gazetteer(String),
    /// The model's weights are of another version, cut short or altered.
    Model(ModelError),
}

impl std::fmt::Display for DataError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tables(faults) => faults.iter().try_for_each(|fault| writeln!(f, "{fault}")),
            Self::Gazetteer(reason) => write!(f, "gazetteer: {reason}"),
            Self::Model(reason) => write!(f, "model: {reason}"),
        }
    }
}

impl std::error::Error for DataError {}

impl From<ModelError> for DataError {
    fn from(reason: ModelError) -> Self {
        Self::Model(reason)
    }
}

impl From<Vec<Fault>> for DataError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Tables(faults)
    }
}

impl Engine {
    /// An engine with the shipped data, which reads with `reader`.
    ///
    /// # Errors
    /// Which data file is at fault. The tests of every build rule that out for the shipped ones.
    pub fn shipped(reader: &Reader) -> Result<Self, DataError> {
        Self::with_model(reader.model()?)
    }

    /// An engine with the shipped tables and this model; without one it reads by rule alone.
    ///
    /// # Errors
    /// Which data file is at fault.
    pub fn with_model(model: Option<Model>) -> Result<Self, DataError> {
        let rules = Rules::shipped()?;
        let mut words = Words::parse(WORD_FILES)?;
        words.learn_verbs(rules.verbs());
        Ok(Self {
            model,
            without: Vec::new(),
            unread: Syntax::empty(stage::LEFT_OUT),
            abbreviations: Abbreviations::shipped()?,
            words,
            times: Patterns::shipped()?,
            quantities: QuantityWords::shipped()?,
            gazetteer: Gazetteer::shipped().map_err(|e| DataError::Gazetteer(e.to_string()))?,
            actors: Actors::parse(ACTOR_FILES)?,
            rules,
        })
    }

    /// This engine with a compiled gazetteer of the user's before the shipped one.
    ///
    /// # Errors
    /// If the bytes are no gazetteer, are cut off or were changed.
    pub fn with_towns(mut self, bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Result<Self, DataError> {
        self.gazetteer = self.gazetteer.with_towns(bytes).map_err(|e| DataError::Gazetteer(e.to_string()))?;
        Ok(self)
    }

    /// This engine with a user's tables laid over the shipped ones: each a path below the folder, such as `en/times/rules.tsv`, and a text.
    /// Of two rows for the same words, or two rules of one name, the user's counts.
    ///
    /// # Errors
    /// All faults of all files; files that cannot be laid over are among them.
    pub fn overlaid(mut self, files: &[(String, String)]) -> Result<Self, Vec<Fault>> {
        let overlay = Overlay::read(files)?;
        if let Some(times) = overlay.times {
            self.times = times;
        }
        if let Some(actors) = overlay.actors {
            self.actors = actors;
        }
        if let Some(places) = overlay.places {
            let fault =
                |e: dragoman_geo::GazetteerError| vec![Fault { file: "places".to_owned(), line: 0, column: None, reason: e.to_string() }];
            self.gazetteer = self.gazetteer.with_places(places).map_err(fault)?;
        }
        Ok(self)
    }

    /// What the tables know of a name or a noun: actors first, then places, a line each.
    pub fn known(&self, words: &str) -> Vec<String> {
        let actors = self.actors.known(words);
        actors.into_iter().chain(self.gazetteer.known(words)).collect()
    }

    /// This engine, reading without some parts: for measuring what each of them gives.
    #[must_use]
    pub fn without(mut self, parts: &[Part]) -> Self {
        self.without = parts.to_vec();
        if parts.contains(&Part::Cues) {
            self.rules.cues = RuleSet::default();
        }
        self
    }

    /// What a stage sees of the model.
    fn seen<'a>(&'a self, syntax: &'a Syntax, part: Part) -> &'a Syntax {
        if self.without.contains(&part) { &self.unread } else { syntax }
    }

    /// The rules that this engine applies, for tests and explanations.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The rules that speak in a report, whether or not an event comes of it.
    pub fn spoken(&self, reading: &Reading) -> Vec<Spoken> {
        dragoman_events::spoken(event_layers(reading, self.seen(&reading.syntax, Part::Trees)), &self.rules)
    }

    /// Reads one report. Never fails: a stage that does leaves its layer empty, with a problem that says so.
    pub fn read(&self, document: Document) -> Reading {
        let mut reading = Reading::empty(document);
        reading.model = self.model.as_ref().map_or_else(|| RULES.into(), |model| model.name().into());
        self.read_words(&mut reading);
        self.date(&mut reading);
        self.resolve(&mut reading);
        self.code(&mut reading);
        self.link(&mut reading);
        if reading.found_nothing() {
            let message = "no statement, event, process, incident or presence was found".to_owned();
            reading.document.problems.push(Problem { code: ProblemCode::NothingFound, message, span: None });
        }
        reading
    }

    fn read_words(&self, r: &mut Reading) {
        let mut problems = Vec::new();
        if let Some(tokens) = guarded("tokens", &mut problems, || dragoman_tokens::tokenize(&r.document, &self.abbreviations)) {
            r.tokens = tokens;
        }
        let seen = self.model.as_ref().and_then(|model| guarded("reader", &mut problems, || model.read(&r.document.text, &r.tokens)));
        if let Some((starts, syntax)) = seen {
            let cut = guarded("tokens", &mut problems, || dragoman_tokens::resplit(r.tokens.clone(), &starts));
            if let Some(tokens) = cut {
                (r.tokens, r.syntax) = (tokens, syntax);
            }
        }
        let trees = self.seen(&r.syntax, Part::Trees);
        match guarded("annotate", &mut problems, || dragoman_annotate::annotate(&r.document, &r.tokens, trees, &self.words)) {
            Some(annotation) => r.annotation = annotation,
            // Without tags no later stage may look at tokens.
            None => r.tokens = Reading::empty(r.document.clone()).tokens,
        }
        r.document.problems.extend(problems);
    }

    /// When the report was published, as far as its text bounds it, where nothing else tells.
    fn date(&self, r: &mut Reading) {
        let published = &r.document.published;
        if published.date.is_some() || published.earliest.is_some() {
            return;
        }
        let mut problems = Vec::new();
        if let Some(published) = guarded("time", &mut problems, || dragoman_time::date_of_text(&r.document.text, &r.tokens, &self.times)) {
            r.document.published = published;
        }
        r.document.problems.extend(problems);
    }

    fn resolve(&self, r: &mut Reading) {
        let mut problems = Vec::new();
        let (document, tokens, annotation, syntax) = (&r.document, &r.tokens, &r.annotation, self.seen(&r.syntax, Part::Names));
        let trees = self.seen(&r.syntax, Part::Trees);
        let times = guarded("time", &mut problems, || dragoman_time::resolve_times(document, tokens, annotation, trees, &self.times));
        let times = times.unwrap_or_else(|| Layer::empty(stage::FAILED));
        let places = guarded("geo", &mut problems, || dragoman_geo::resolve_places(document, tokens, annotation, syntax, &self.gazetteer));
        let quantities =
            guarded("quantity", &mut problems, || dragoman_quantity::quantities(document, tokens, annotation, &self.quantities, &times));
        // The crates do not see each other: of the places only words and countries are handed on.
        let located = |p: &PlaceRef| {
            let country = p.place.best().and_then(|best| best.country);
            dragoman_actor::Located { span: p.span, country, locative: p.locative }
        };
        let located: Vec<_> = places.iter().flat_map(|layer| layer.iter().map(located)).collect();
        let tables = dragoman_actor::Tables { actors: &self.actors, classes: &self.rules.classes };
        let actors =
            guarded_pair("actor", &mut problems, || dragoman_actor::resolve_actors(document, tokens, annotation, syntax, tables, &located));
        r.times = times;
        r.places = places.unwrap_or_else(|| Layer::empty(stage::FAILED));
        r.quantities = quantities.unwrap_or_else(|| Layer::empty(stage::FAILED));
        (r.entities, r.mentions) = actors;
        r.document.problems.extend(problems);
    }

    fn code(&self, r: &mut Reading) {
        let mut problems = Vec::new();
        let layers = dragoman_claims::Layers {
            document: &r.document,
            tokens: &r.tokens,
            annotation: &r.annotation,
            syntax: self.seen(&r.syntax, Part::Attribution),
            mentions: &r.mentions,
            times: &r.times,
            places: &r.places,
        };
        let statements = guarded("claims", &mut problems, || dragoman_claims::statements(layers, &self.rules));
        r.statements = statements.unwrap_or_else(|| Layer::empty(stage::FAILED));
        let layers = event_layers(r, self.seen(&r.syntax, Part::Trees));
        let events = guarded("events", &mut problems, || dragoman_events::events(layers, &self.rules));
        let predicates = guarded("events", &mut problems, || dragoman_events::predicates(layers, &self.rules));
        r.events = events.unwrap_or_else(|| Layer::empty(stage::FAILED));
        r.predicates = predicates.unwrap_or_else(|| Layer::empty(stage::FAILED));
        r.document.problems.extend(problems);
    }

    fn link(&self, r: &mut Reading) {
        let mut problems = Vec::new();
        let layers = dragoman_link::Layers {
            document: &r.document,
            tokens: &r.tokens,
            annotation: &r.annotation,
            syntax: self.seen(&r.syntax, Part::Trees),
            times: &r.times,
            places: &r.places,
            quantities: &r.quantities,
            entities: &r.entities,
            mentions: &r.mentions,
            statements: &r.statements,
            events: &r.events,
        };
        let processes = guarded("link", &mut problems, || dragoman_link::processes(layers, &self.rules));
        let incidents = guarded("link", &mut problems, || dragoman_link::incidents(layers, &self.rules));
        let presence = guarded("link", &mut problems, || dragoman_link::presence(layers, &self.rules));
        r.processes = processes.unwrap_or_else(|| Layer::empty(stage::FAILED));
        r.incidents = incidents.unwrap_or_else(|| Layer::empty(stage::FAILED));
        r.presence = presence.unwrap_or_else(|| Layer::empty(stage::FAILED));
        r.document.problems.extend(problems);
    }
}

fn event_layers<'a>(r: &'a Reading, trees: &'a Syntax) -> dragoman_events::Layers<'a> {
    dragoman_events::Layers {
        document: &r.document,
        tokens: &r.tokens,
        annotation: &r.annotation,
        syntax: trees,
        times: &r.times,
        places: &r.places,
        quantities: &r.quantities,
        entities: &r.entities,
        mentions: &r.mentions,
        statements: &r.statements,
    }
}
