//! Where and when: each place and date with the words that name it.

use dragoman_doc::{Anchor, Place, PlaceRef, TimeRef};

use super::ink::{BOLD, FAINT, PLAIN, Text};
use super::names;
use super::page::Page;
use super::passage::concordance;

impl Page<'_> {
    pub(crate) fn places_and_dates(&mut self) {
        let reading = self.reading;
        if reading.places.is_empty() && reading.times.is_empty() {
            return;
        }
        self.heading("PLACES AND DATES");
        for (at, mention) in reading.places.iter().enumerate() {
            let same = |other: &&PlaceRef| is_same(mention, other, &reading.document.text);
            if !reading.places.as_slice()[..at].iter().any(|other| same(&other)) {
                self.gap();
                self.place(mention, reading.places.iter().filter(same).count());
            }
        }
        for time in &*reading.times {
            self.gap();
            self.time(time);
        }
    }

    fn place(&mut self, mention: &PlaceRef, mentions: usize) {
        let facts = match mention.place.best() {
            Some(place) => located(place),
            None => Text::of(mention.span.of(&self.reading.document.text), BOLD).with(" · not located", FAINT),
        };
        let count = if mentions > 1 { Text::of(&format!("{mentions} mentions"), FAINT) } else { Text::new() };
        let others: Vec<String> = mention.place.others().iter().map(names::place_name).collect();
        let others = if others.is_empty() { Text::new() } else { Text::of(&format!("or {}", others.join("; ")), FAINT) };
        self.row(&Text::joined([facts, count, others], " · "));
        self.concordance(mention.span);
    }

    fn time(&mut self, time: &TimeRef) {
        let words = time.span.of(&self.reading.document.text);
        let days = names::days(time.begin, time.end).unwrap_or_else(|| time.value.clone());
        let counted = match time.anchor {
            None => Text::new(),
            Some(Anchor::Publication) => Text::of("from the date of publication", FAINT),
            Some(Anchor::Time(other)) => {
                let other = self.reading.times[other].span.of(&self.reading.document.text);
                Text::of(&format!("from “{other}”"), FAINT)
            }
        };
        self.row(&Text::joined([Text::of(&days, BOLD), Text::of(&format!("“{words}”"), PLAIN), counted], " · "));
        self.concordance(time.span);
    }

    fn concordance(&mut self, span: dragoman_span::Span) {
        /// The bar and the space after it.
        const BAR: usize = 2;
        let line = concordance(self.reading, span, self.inner_room().saturating_sub(BAR), self.look.color);
        self.quoted(&line);
    }
}

/// Whether two mentions are of one place; places that are not located are told apart by their words.
fn is_same(a: &PlaceRef, b: &PlaceRef, text: &str) -> bool {
    match (a.place.best(), b.place.best()) {
        (Some(a), Some(b)) => (a.name == b.name) && (a.country, &a.admin1) == (b.country, &b.admin1),
        (None, None) => a.span.of(text) == b.span.of(text),
        _ => false,
    }
}

fn located(place: &Place) -> Text {
    let facts = format!(" · {:.4}, {:.4} · {} · {:.2}", place.latitude, place.longitude, place.precision, place.score.share());
    Text::of(&names::place_name(place), BOLD).with(&facts, PLAIN)
}
