//! Where and when: each place and date with the words that name it.

use std::collections::BTreeMap;

use dragoman_codebook::Country;
use dragoman_doc::{Anchor, Place, PlaceRef, TimeRef};

use super::ink::{BOLD, FAINT, PLAIN, Text};
use super::names;
use super::page::Page;
use super::passage::concordance;

/// So many of the places that were not chosen are named.
const MAX_OTHERS: usize = 2;

impl Page<'_> {
    pub(crate) fn places_and_dates(&mut self) {
        let reading = self.reading;
        if reading.places.is_empty() && reading.times.is_empty() {
            return;
        }
        self.heading("PLACES AND DATES");
        let mut mentions: BTreeMap<Key<'_>, usize> = BTreeMap::new();
        for mention in &*reading.places {
            *mentions.entry(key(mention, &reading.document.text)).or_default() += 1;
        }
        for mention in &*reading.places {
            // What was shown at the first mention is taken out.
            if let Some(count) = mentions.remove(&key(mention, &reading.document.text)) {
                self.gap();
                self.place(mention, count);
            }
        }
        for (id, time) in reading.times.iter_ids() {
            // The end of a range stands in the row of its beginning.
            if reading.times.iter().all(|t| t.until != Some(id)) {
                self.gap();
                self.time(time);
            }
        }
    }

    fn place(&mut self, mention: &PlaceRef, mentions: usize) {
        let facts = match mention.place.best() {
            Some(place) => located(place),
            None => Text::of(mention.span.of(&self.reading.document.text), BOLD).with(" · not located", FAINT),
        };
        let count = if mentions > 1 { Text::of(&format!("{mentions} mentions"), FAINT) } else { Text::new() };
        self.row(&Text::joined([facts, count, others(mention.place.others())], " · "));
        self.concordance(mention.span);
    }

    fn time(&mut self, time: &TimeRef) {
        let last = time.until.map_or(time, |id| &self.reading.times[id]);
        let span = time.span.cover(last.span);
        let words = span.of(&self.reading.document.text);
        let days = names::days(time.begin(), last.end()).unwrap_or_else(|| time.value.clone());
        let counted = match time.anchor {
            None => Text::new(),
            Some(Anchor::Publication) => Text::of("from the date of publication", FAINT),
            Some(Anchor::Time(other)) => {
                let other = self.reading.times[other].span.of(&self.reading.document.text);
                Text::of(&format!("from “{other}”"), FAINT)
            }
        };
        self.row(&Text::joined([Text::of(&days, BOLD), Text::of(&format!("“{words}”"), PLAIN), counted], " · "));
        self.concordance(span);
    }

    fn concordance(&mut self, span: dragoman_span::Span) {
        /// The bar and the space after it.
        const BAR: usize = 2;
        let line = concordance(self.reading, span, self.inner_room().saturating_sub(BAR), self.look.color);
        self.quoted(&line);
    }
}

/// What makes two mentions one place; places that are not located are told apart by their words.
type Key<'r> = (Option<Country>, Option<&'r str>, &'r str);

fn key<'r>(mention: &'r PlaceRef, text: &'r str) -> Key<'r> {
    match mention.place.best() {
        Some(place) => (place.country, place.admin1.as_deref(), &place.name),
        None => (None, None, mention.span.of(text)),
    }
}

/// The places that were not chosen, the likeliest by name.
fn others(places: &[Place]) -> Text {
    let named: Vec<String> = places.iter().take(MAX_OTHERS).map(names::place_name).collect();
    match (named.is_empty(), places.len().saturating_sub(MAX_OTHERS)) {
        (true, _) => Text::new(),
        (false, 0) => Text::of(&format!("or {}", named.join("; ")), FAINT),
        (false, more) => Text::of(&format!("or {} and {more} more", named.join("; ")), FAINT),
    }
}

fn located(place: &Place) -> Text {
    let facts = format!(" · {:.4}, {:.4} · {} · {:.2}", place.latitude, place.longitude, place.precision, place.score.share());
    Text::of(&names::place_name(place), BOLD).with(&facts, PLAIN)
}
