//! A reading made by hand in which every kind of row stands, with text that is not ASCII. For tests of what is done with readings.

use dragoman_codebook::{
    Assertion, Comparison, Context, Counted, EntityKind, EventType, Manner, MentionForm, Mode, Phase, Precision, ProcessStatus, Sector,
    Stance, TimeGrain, TimeType,
};
use dragoman_doc::{
    Account, ActorCode, Anchor, Annotation, Basis, Claim, ClaimSlot, ClaimValue, Cue, Document, Entity, EntityId, Event, EventId,
    EventTime, Evidence, Feat, Incident, Interval, Layer, Mention, MentionId, Moment, Paragraph, ParagraphId, ParagraphKind, PartialDate,
    Participant, Place, PlaceId, PlaceRef, Predicate, Presence, Problem, ProblemCode, Process, ProcessState, Provenance, Published,
    Quantity, QuantityId, Reason, Resolved, Role, RuleId, Score, Sentence, SentenceId, Speaker, Statement, StatementId, Tag, TimeBasis,
    TimeId, TimeRef, Token, TokenId, Tokens, Upos, WhyNot,
};
use dragoman_engine::Reading;
use dragoman_span::{Id, IndexVec, Span};
use jiff::civil::{Date, date};

/// The text of the sample. Each line is a paragraph.
pub const TEXT: &str = "\
NABATIEH, Lebanon – An air strike on Saturday killed at least 12 people in Nabatieh, the Lebanese Health Ministry said.
The Israeli army denied that civilians had been hit. “We struck a dépôt,” Col. Avi Dor told reporters in Haifa, “and nobody was killed.”
The coalition’s withdrawal from Ain al-Asad, due on 15 August, was postponed “because of recent developments”, Foreign Minister Zoraï said; \
a final date is still open.
About 2,500 U.S. soldiers have been at the base since 2014. It lies in “Zalmān”.";

const HAND: Provenance = Provenance { stage: "hand", version: 1 };

/// The reading of [`TEXT`].
pub fn rich() -> Reading {
    let mut reading = Reading::empty(document());
    reading.tokens = tokens();
    reading.annotation = Annotation { tags: tags(&reading.tokens), chunks: Layer::empty(HAND), verbs: Layer::empty(HAND) };
    reading.times = layer(times());
    reading.places = layer(places());
    reading.quantities = layer(quantities());
    let (entities, mentions) = actors();
    (reading.entities, reading.mentions) = (layer(entities), layer(mentions));
    reading.statements = layer(statements());
    reading.predicates = layer(vec![Predicate {
        span: at("killed"),
        lemma: "kill".into(),
        phase: Phase::Occurred,
        assertion: Assertion::Alleged,
        background: false,
    }]);
    reading.events = layer(events());
    reading.processes = layer(vec![process()]);
    reading.incidents = layer(vec![incident()]);
    reading.presence = layer(vec![presence()]);
    reading
}

fn layer<I: Id, T>(items: Vec<T>) -> Layer<I, T> {
    Layer::new(IndexVec::from(items), HAND, Vec::new())
}

/// Where `words` first stand in [`TEXT`].
fn at(words: &str) -> Span {
    nth(words, 0)
}

fn nth(words: &str, n: usize) -> Span {
    let (start, _) = TEXT.match_indices(words).nth(n).expect("the sample has these words");
    Span::new(start, start + words.len())
}

fn id<I: Id>(index: usize) -> I {
    I::from_index(index)
}

fn reason(rule: &'static str, detail: &str) -> Reason {
    Reason { rule: RuleId::new(rule), detail: detail.into(), score: Score::new(0.9) }
}

fn document() -> Document {
    let mut document = Document::plain(TEXT);
    document.source = "wire/nabatieh.txt".into();
    document.source_id = "nabatieh.txt".into();
    document.title = Some("Strike on Nabatieh; pull-out put off".into());
    document.outlet = Some("Levant Wire".into());
    document.author = Some("R. Ünal".into());
    document.language = Some("en".into());
    document.published = Published::on(PartialDate::day(date(2024, 8, 11)), Basis::Metadata);
    document.problems = vec![Problem {
        code: ProblemCode::ClutterRemoved,
        message: "2 lines of page clutter were removed".into(),
        span: Some(at("NABATIEH")),
    }];
    document
}

/// Sentences end at a full stop before a space, or at the end of a line; words at white space. Enough for the sample.
fn tokens() -> Tokens {
    let mut tokens = Tokens {
        tokens: IndexVec::new(),
        sentences: IndexVec::new(),
        paragraphs: IndexVec::new(),
        quotes: IndexVec::new(),
        made_by: HAND,
        problems: Vec::new(),
    };
    let mut start = 0;
    for line in TEXT.split_inclusive('\n') {
        let span = Span::new(start, start + line.len()).trim(TEXT);
        let paragraph = tokens.paragraphs.push(Paragraph { span, kind: ParagraphKind::Body, dateline: None });
        for sentence in sentences(span) {
            push_sentence(&mut tokens, sentence, paragraph);
        }
        start += line.len();
    }
    tokens
}

fn sentences(paragraph: Span) -> Vec<Span> {
    let mut start = paragraph.start();
    let inner = paragraph.of(TEXT).match_indices(". ").map(|(i, _)| paragraph.start() + i + 1);
    let ends = inner.filter(|end| !TEXT[..*end].ends_with("Col.") && !TEXT[..*end].ends_with("U.S."));
    let mut spans = Vec::new();
    for end in ends.chain([paragraph.end()]) {
        spans.push(Span::new(start, end).trim(TEXT));
        start = end;
    }
    spans
}

fn push_sentence(tokens: &mut Tokens, span: Span, paragraph: ParagraphId) {
    let sentence: SentenceId = id(tokens.sentences.len());
    let first_token: TokenId = id(tokens.tokens.len());
    let mut at = span.start();
    for word in span.of(TEXT).split(' ') {
        tokens.tokens.push(Token { span: Span::new(at, at + word.len()), sentence });
        at += word.len() + 1;
    }
    let end_token = id(tokens.tokens.len());
    tokens.sentences.push(Sentence { span, first_token, end_token, paragraph });
}

fn tags(tokens: &Tokens) -> IndexVec<TokenId, Tag> {
    let tag = |word: &str| {
        let plural = word.ends_with('s');
        let feats = if plural { vec![Feat::Third, Feat::Plural] } else { Vec::new() };
        Tag { lemma: word.to_lowercase().into(), upos: if plural { Upos::Noun } else { Upos::X }, feats }
    };
    tokens.tokens.iter().map(|t| tag(t.span.of(TEXT))).collect()
}

fn times() -> Vec<TimeRef> {
    let days = |first: Date, last: Date, grain| Interval::days(first, last, grain);
    let reference = |words: &str, value: &str, interval, anchor| TimeRef {
        span: at(words),
        kind: TimeType::Date,
        value: value.into(),
        modifier: None,
        interval,
        bounds: (None, None),
        until: None,
        anchor,
        reason: reason("time:weekday", words),
    };
    let clock = date(2024, 8, 10).at(21, 30, 0, 0);
    let minute = Interval {
        begin: Some(clock),
        end: Some(date(2024, 8, 10).at(21, 31, 0, 0)),
        grain: TimeGrain::Minute,
        approximate: false,
        zone: None,
    };
    let saturday = reference("Saturday", "2024-08-10T21:30", Some(minute), Some(Anchor::Publication));
    let due = reference("15 August", "2024-08-15", days(date(2024, 8, 15), date(2024, 8, 15), TimeGrain::Day), Some(Anchor::Time(id(0))));
    let open = days(date(2014, 1, 1), date(2014, 12, 31), TimeGrain::Year).map(|i| Interval { end: None, ..i });
    let since = reference("2014", "2014", open, None);
    vec![saturday, due, since]
}

fn place(name: &str, admin1: &str, country: &str, latitude: f64, longitude: f64, precision: Precision) -> Place {
    Place {
        name: name.into(),
        country: country.parse().ok(),
        admin1: Some(admin1.into()),
        latitude,
        longitude,
        geonames_id: Some(278_915),
        feature: "PPL".into(),
        precision,
        score: Score::new(0.93),
    }
}

fn places() -> Vec<PlaceRef> {
    let mention = |span, place| PlaceRef {
        span,
        locative: true,
        place,
        relative: None,
        reason: reason("geo:population", "largest town of the name"),
    };
    let nabatieh = place("Nabatîyé et Tahta", "Nabatîyé", "LBN", 33.3789, 35.4839, Precision::Town);
    let haifa =
        [place("Haifa", "Haifa", "ISR", 32.8156, 34.9892, Precision::Town), place("Haifa", "Tiaret", "DZA", 35.1, 1.2, Precision::Town)];
    let base = place("Ain al-Asad", "Al Anbar", "IRQ", 33.7986, 42.4383, Precision::Point);
    vec![
        mention(nth("Nabatieh", 0), Resolved::One(nabatieh)),
        mention(at("Haifa"), Resolved::from_ranked(haifa.into(), WhyNot::NotListed)),
        mention(at("Ain al-Asad"), Resolved::One(base)),
        mention(at("Zalmān"), Resolved::Unknown(WhyNot::NotListed)),
    ]
}

fn quantities() -> Vec<Quantity> {
    let count = |words: &str, value, of, comparison| Quantity {
        span: at(words),
        value,
        low: value,
        high: None,
        comparison,
        unit: Some("person".into()),
        of: Some(of),
        superseded_by: None,
        reason: reason("quantity:number", words),
    };
    let dead = count("at least 12 people", Some(12.0), Counted::Killed, Comparison::AtLeast);
    let mut none = count("nobody", Some(0.0), Counted::Killed, Comparison::Exactly);
    none.superseded_by = Some(id(0));
    let soldiers = count("About 2,500 U.S. soldiers", Some(2500.0), Counted::Soldiers, Comparison::About);
    vec![dead, none, Quantity { high: Some(2750.5), low: Some(2250.0), ..soldiers }]
}

/// Entities by number: 0 Lebanon's health ministry, 1 Israel's army, 2 Avi Dor, 3 Zoraï, 4 the coalition, 5 the U.S. soldiers.
const CAST: [(&str, &str, EntityKind, ActorWords); 6] = [
    ("Lebanese Health Ministry", "the Lebanese Health Ministry", EntityKind::Organization, (Some("LBN"), Sector::Gov)),
    ("Israeli army", "The Israeli army", EntityKind::Organization, (Some("ISR"), Sector::Mil)),
    ("Avi Dor", "Col. Avi Dor", EntityKind::Person, (Some("ISR"), Sector::Mil)),
    ("Zoraï", "Foreign Minister Zoraï", EntityKind::Person, (Some("IRQ"), Sector::Gov)),
    ("coalition", "The coalition", EntityKind::Group, (None, Sector::Img)),
    ("U.S. soldiers", "U.S. soldiers", EntityKind::Group, (Some("USA"), Sector::Mil)),
];

/// Country and sector.
type ActorWords = (Option<&'static str>, Sector);

fn actors() -> (Vec<Entity>, Vec<Mention>) {
    let mut mentions: Vec<Mention> = Vec::new();
    let mut entities = Vec::new();
    for (entity, (name, words, kind, (country, sector))) in CAST.into_iter().enumerate() {
        let form = if kind == EntityKind::Group { MentionForm::Nominal } else { MentionForm::Name };
        mentions.push(Mention { span: at(words), form, entity: id(entity), acts: true, reason: reason("actor:table", name) });
        let country = country.and_then(|c| c.parse().ok());
        let code =
            ActorCode { country, sector: Some(sector), sectors: Vec::new(), label: None, basis: dragoman_codebook::CodeBasis::Stated };
        entities.push(Entity {
            identity: None,
            name: name.into(),
            kind,
            cameo: code.cameo(None),
            actor: Resolved::One(code),
            role: None,
            member_of: None,
            members: Vec::new(),
            mentions: vec![id(entity)],
        });
    }
    mentions.push(Mention { span: at("We"), form: MentionForm::Pronoun, entity: id(1), acts: true, reason: reason("actor:we", "We") });
    entities[1].mentions.push(id::<MentionId>(6));
    entities[2].role = Some(Role { title: Some("Col.".into()), of: Some(id(1)), speaks_for: Some(id(1)), standing: None });
    entities[4].actor = Resolved::Unknown(WhyNot::NotListed);
    (entities, mentions)
}

fn statements() -> Vec<Statement> {
    let said = |speaker: (EntityId, &str), cue: (Evidence, Stance), content: Evidence, manner| Statement {
        speaker: Some(Speaker { entity: Some(speaker.0), evidence: at(speaker.1).into() }),
        cue: Some(Cue { evidence: cue.0, stance: cue.1 }),
        content,
        manner,
        addressee: None,
        time: None,
        place: None,
        within: None,
        reason: reason("cues:say/v", speaker.1),
    };
    let both = |a: &str, b: &str| Evidence::several([at(a), at(b)]).expect("two spans");
    let toll = "An air strike on Saturday killed at least 12 people in Nabatieh";
    let ministry = said((id(0), "the Lebanese Health Ministry"), (at("said").into(), Stance::Says), at(toll).into(), Manner::Indirect);
    let denial = "that civilians had been hit";
    let army = said((id(1), "The Israeli army"), (at("denied").into(), Stance::Denies), at(denial).into(), Manner::Indirect);
    let quote = both("We struck a dépôt,", "and nobody was killed.");
    let mut colonel = said((id(2), "Col. Avi Dor"), (both("told", "reporters"), Stance::Says), quote, Manner::Direct);
    colonel.place = Some(id::<PlaceId>(1));
    colonel.within = Some(id(1));
    let delay = "The coalition’s withdrawal from Ain al-Asad, due on 15 August, was postponed “because of recent developments”";
    let mut minister = said((id(3), "Foreign Minister Zoraï"), (nth("said", 1).into(), Stance::Announces), at(delay).into(), Manner::Mixed);
    minister.addressee = Some(id(4));
    minister.time = Some(id::<TimeId>(1));
    let mut nameless = said((id(0), "the base"), (at("have been").into(), Stance::Reports), at("since 2014").into(), Manner::Indirect);
    nameless.speaker = None;
    nameless.cue = None;
    vec![ministry, army, colonel, minister, nameless]
}

fn participant(entity: usize, words: &str) -> Participant {
    Participant { entity: Some(id(entity)), span: at(words) }
}

fn event(kind: EventType, anchor: Span, evidence: &str) -> Event {
    Event {
        kind,
        modes: Vec::new(),
        contexts: Vec::new(),
        cameo: None,
        anchor,
        actors: Vec::new(),
        recipients: Vec::new(),
        time: None,
        place: None,
        phase: Phase::Occurred,
        assertion: Assertion::Asserted,
        background: false,
        according_to: Vec::new(),
        denied_by: Vec::new(),
        quantities: Vec::new(),
        evidence: at(evidence).into(),
        reasons: vec![reason("frames:strike/n", "strike")],
        score: Score::new(0.8),
    }
}

fn saturday() -> EventTime {
    let day = Some(Moment::from(date(2024, 8, 10)));
    EventTime { begin: day, end: day, basis: TimeBasis::Expression(id(0)) }
}

fn events() -> Vec<Event> {
    let strike = Event {
        modes: vec![Mode::Aerial, Mode::Explosives],
        contexts: vec![Context::Military],
        cameo: "195".parse().ok(),
        actors: vec![participant(1, "The Israeli army")],
        recipients: vec![Participant { entity: None, span: at("people") }],
        time: Some(saturday()),
        place: Some(id(0)),
        assertion: Assertion::Denied,
        according_to: vec![id(0)],
        denied_by: vec![id(1)],
        quantities: vec![id::<QuantityId>(0)],
        ..event(EventType::Assault, at("air strike"), "An air strike on Saturday killed at least 12 people in Nabatieh")
    };
    let depot = Event {
        actors: vec![participant(1, "We")],
        according_to: vec![id::<StatementId>(2)],
        ..event(EventType::Assault, at("struck"), "We struck a dépôt")
    };
    let withdrawal = Event {
        actors: vec![participant(4, "The coalition")],
        phase: Phase::Postponed,
        place: Some(id(2)),
        time: Some(EventTime { begin: Some(date(2024, 8, 15).into()), end: None, basis: TimeBasis::Sentence(id(1)) }),
        according_to: vec![id(3)],
        background: true,
        ..event(EventType::Retreat, at("withdrawal"), "withdrawal from Ain al-Asad, due on 15 August, was postponed")
    };
    // Two events on the same words keep ids apart.
    let twin = Event { kind: EventType::Concede, ..withdrawal.clone() };
    vec![strike, depot, withdrawal, twin]
}

fn process() -> Process {
    let day = |d: i8| Some(PartialDate::day(date(2024, 8, d)));
    let scheduled = ProcessState {
        status: ProcessStatus::Scheduled,
        date: PartialDate::month(2024, 3),
        scheduled_for: day(15),
        reason: None,
        according_to: None,
        evidence: at("due on 15 August").into(),
    };
    let postponed = ProcessState {
        status: ProcessStatus::Postponed,
        date: day(11),
        scheduled_for: None,
        reason: Some(at("because of recent developments")),
        according_to: Some(id(3)),
        evidence: at("was postponed").into(),
    };
    Process {
        name: "withdrawal of the coalition from Ain al-Asad".into(),
        parties: vec![id(4), id(3)],
        subject: at("withdrawal from Ain al-Asad"),
        states: vec![scheduled, postponed],
        open_points: vec![at("a final date")],
    }
}

fn incident() -> Incident {
    let number = |n: f64, high, span| {
        let value = ClaimValue::Number { low: Some(n), high, value: Some(n) };
        Claim { slot: ClaimSlot::Killed, value, span }
    };
    let words = |slot, value: &str, span| Claim { slot, value: ClaimValue::Words(value.into()), span };
    let (dead, nobody) = (number(12.0, None, at("at least 12 people")), number(0.0, Some(0.0), at("nobody")));
    let (strike, depot) = (words(ClaimSlot::Type, "air strike", at("air strike")), words(ClaimSlot::Target, "dépôt", at("dépôt")));
    let people = words(ClaimSlot::Target, "people", at("people"));
    Incident {
        events: vec![id::<EventId>(0), id(1)],
        kind: EventType::Assault,
        place: Some(id(0)),
        time: Some(saturday()),
        accounts: vec![
            Account { entity: Some(id(0)), statements: vec![id(0)], claims: vec![people.clone(), strike.clone(), dead.clone()] },
            Account { entity: Some(id(1)), statements: vec![id(1), id(2)], claims: vec![depot.clone(), nobody.clone()] },
            Account { entity: None, statements: Vec::new(), claims: vec![strike.clone()] },
        ],
        agreed: vec![strike],
        disputed: vec![(ClaimSlot::Target, vec![people, depot]), (ClaimSlot::Killed, vec![dead, nobody])],
    }
}

fn presence() -> Presence {
    Presence {
        actor: Some(id(5)),
        place: Some(id(2)),
        what: at("soldiers"),
        quantity: Some(id(2)),
        since: Some(id(2)),
        evidence: at("About 2,500 U.S. soldiers have been at the base since 2014").into(),
    }
}
