//! Places told by another place: "15 km south of Kirkuk", "north of Basra", "off the coast of Yemen", "between Homs and Hama".

use dragoman_annotate::WordView;
use dragoman_codebook::Precision;
use dragoman_doc::{PlaceId, PlaceRef, Relative, TokenId, Upos};
use dragoman_lexicon::{Beside, Locative, Places};
use dragoman_span::{Id, IndexVec, Span};

/// Kilometres in a degree of latitude.
const DEGREE_KM: f64 = 111.195;
/// Words that one of the table's forms may have.
const MAX_FORM: usize = 5;
/// Farthest that a place may be told from another, in kilometres.
const MAX_KM: f64 = 2_000.0;
/// Where meridians meet, east and west lose their meaning.
const MIN_COSINE: f64 = 0.05;

/// Adds to each place what the words before it say of a place beside it.
pub(crate) fn tell(view: &WordView<'_>, tables: &Places, places: &mut IndexVec<PlaceId, PlaceRef>) {
    let told: Vec<(PlaceId, Relative)> = places.iter_ids().filter_map(|(id, p)| Some((id, read(view, tables, places, p)?))).collect();
    for (id, relative) in told {
        places[id].relative = Some(relative);
    }
}

fn read(view: &WordView<'_>, tables: &Places, places: &IndexVec<PlaceId, PlaceRef>, place: &PlaceRef) -> Option<Relative> {
    let best = place.place.best()?;
    let at = view.tokens.within(place.span).start;
    let opens = view.tokens.sentences[view.sentence(at)].first_token.index();
    let reader = Reader { view, tables, opens };
    let span = |first: usize| Span::new(view.tokens.tokens[TokenId::from_index(first)].span.start(), place.span.end());
    if let Some((first, other)) = reader.between(at, places, place) {
        let other_best = places[other].place.best()?;
        let middle = |a: f64, b: f64| f64::midpoint(a, b);
        return Some(Relative {
            span: span(first),
            bearing: None,
            kilometres: None,
            other: Some(other),
            latitude: middle(best.latitude, other_best.latitude),
            longitude: middle(best.longitude, other_best.longitude),
            precision: Precision::Region,
        });
    }
    if let Some(first) = reader.off(at) {
        return Some(Relative { precision: Precision::Region, ..beside(span(first), None, None, best.latitude, best.longitude) });
    }
    let (first, bearing) = reader.direction(at).map_or((None, None), |(first, bearing)| (Some(first), Some(bearing)));
    let measured = reader.distance(first.or_else(|| reader.from(at))?);
    let kilometres = measured.map(|(_, km)| km);
    let start = measured.map_or(first, |(first, _)| Some(first))?;
    let (latitude, longitude) = match (bearing, kilometres) {
        (Some(bearing), Some(km)) => moved((best.latitude, best.longitude), bearing, km)?,
        _ => (best.latitude, best.longitude),
    };
    Some(beside(span(start), bearing, kilometres, latitude, longitude))
}

/// A point where distance and direction are known; else somewhere around the other place.
fn beside(span: Span, bearing: Option<f64>, kilometres: Option<f64>, latitude: f64, longitude: f64) -> Relative {
    let precision = if bearing.is_some() && kilometres.is_some() { Precision::Point } else { Precision::Region };
    Relative { span, bearing, kilometres, other: None, latitude, longitude, precision }
}

/// A point this far away in this direction, on a plane: right to a hundredth for the distances that reports tell.
fn moved((latitude, longitude): (f64, f64), bearing: f64, km: f64) -> Option<(f64, f64)> {
    let angle = bearing.to_radians();
    let north = latitude + km * angle.cos() / DEGREE_KM;
    let cosine = latitude.to_radians().cos();
    if km > MAX_KM || cosine < MIN_COSINE || north.abs() > 90.0 {
        return None;
    }
    let east = longitude + km * angle.sin() / (DEGREE_KM * cosine);
    Some((north, (east + 540.0).rem_euclid(360.0) - 180.0))
}

struct Reader<'a> {
    view: &'a WordView<'a>,
    tables: &'a Places,
    /// The sentence's first token.
    opens: usize,
}

impl Reader<'_> {
    fn lower(&self, at: usize) -> String {
        self.view.form(at).to_lowercase()
    }

    /// The longest form of the table that ends before token `end`, and where it begins.
    fn form_before(&self, end: usize) -> Option<(usize, Beside)> {
        let first = self.opens.max(end.saturating_sub(MAX_FORM));
        (first..end).find_map(|start| {
            let span = self.view.tokens.span(TokenId::from_index(start), TokenId::from_index(end - 1));
            let words = span.of(self.view.text).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            self.tables.beside(&words).map(|found| (start, found))
        })
    }

    /// Passes back from `end` over words of which `passes` holds; where the last of them stands.
    fn back_over(&self, end: usize, passes: impl Fn(usize) -> bool) -> usize {
        (self.opens..end).rev().take_while(|i| passes(*i)).last().unwrap_or(end)
    }

    fn is(&self, at: usize, beside: Beside) -> bool {
        self.tables.beside(&self.lower(at)) == Some(beside)
    }

    fn is_article(&self, at: usize) -> bool {
        self.view.upos(at) == Upos::Det
    }

    fn locative(&self, at: usize, kind: Locative) -> bool {
        self.tables.is(&self.lower(at), kind)
    }

    /// "south of the town of X": where the direction stands.
    fn direction(&self, at: usize) -> Option<(usize, f64)> {
        let phrase = self.phrase(at);
        let of = self.back_over(phrase, |i| self.locative(i, Locative::Of) || self.is(i, Beside::From));
        match self.form_before(of)? {
            (start, Beside::Direction(bearing)) if of < phrase => Some((start, bearing)),
            _ => None,
        }
    }

    /// Where the name's own phrase begins: "the town of X", "the northern city of X".
    fn phrase(&self, at: usize) -> usize {
        let of = self.back_over(at, |i| self.locative(i, Locative::Of));
        let kind = of.checked_sub(1).filter(|i| *i >= self.opens && self.tables.head_before(self.view.lemma(*i)).is_some());
        let name = if of < at { kind } else { None }.unwrap_or(at);
        self.back_over(name, |i| self.is_article(i) || self.view.upos(i) == Upos::Adj && self.locative(i, Locative::Region))
    }

    /// "15 km from X", "30 miles outside X": where what is counted ends.
    fn from(&self, at: usize) -> Option<usize> {
        self.phrase(at).checked_sub(1).filter(|i| *i >= self.opens && self.is(*i, Beside::From))
    }

    /// "15 km", "some 20 kilometres (12 miles)", "three miles to the": the distance that ends before token `end`.
    fn distance(&self, end: usize) -> Option<(usize, f64)> {
        let end = self.back_over(end, |i| self.is_article(i) || self.is(i, Beside::Filler));
        let end = self.before_bracket(end);
        let (start, Beside::Unit(unit)) = self.form_before(end)? else { return None };
        let start = if start > self.opens && self.view.form(start - 1) == "-" { start - 1 } else { start };
        let number = start.checked_sub(1).filter(|i| *i >= self.opens)?;
        Some((number, self.number(number)? * unit))
    }

    /// Before "(12 miles)".
    fn before_bracket(&self, end: usize) -> usize {
        let closes = end.checked_sub(1).filter(|i| *i >= self.opens && self.view.form(*i) == ")");
        closes.and_then(|c| (self.opens..c).rev().take(MAX_FORM).find(|i| self.view.form(*i) == "(")).unwrap_or(end)
    }

    fn number(&self, at: usize) -> Option<f64> {
        let form = self.lower(at).replace(',', "");
        let digits = form.parse::<f64>().ok().filter(|n| n.is_finite() && *n > 0.0);
        digits.or_else(|| self.tables.number(&form))
    }

    /// "off the coast of X".
    fn off(&self, at: usize) -> Option<usize> {
        match self.form_before(at)? {
            (start, Beside::Off) => Some(start),
            _ => None,
        }
    }

    /// "between X and Y", for Y: where the words begin, and the place X.
    fn between(&self, at: usize, places: &IndexVec<PlaceId, PlaceRef>, place: &PlaceRef) -> Option<(usize, PlaceId)> {
        let and = self.back_over(at, |i| self.is_article(i)).checked_sub(1).filter(|i| self.view.upos(*i) == Upos::Cconj)?;
        let next = places.as_slice().partition_point(|p| p.span < place.span);
        let other = PlaceId::from_index(next.checked_sub(1)?);
        let tokens = self.view.tokens.within(places[other].span);
        let first = self.back_over(tokens.start, |i| self.is_article(i));
        let between = first.checked_sub(1).filter(|i| *i >= self.opens && self.locative(*i, Locative::Between))?;
        (tokens.end == and && places[other].locative && place.locative).then_some((between, other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_moves_over_the_globe() {
        let near = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs() < 0.01 && (a.1 - b.1).abs() < 0.01;
        assert!(near(moved((0.0, 0.0), 90.0, 111.195).unwrap(), (0.0, 1.0)));
        assert!(near(moved((60.0, 10.0), 180.0, 111.195).unwrap(), (59.0, 10.0)));
        assert!(near(moved((0.0, 179.5), 90.0, 111.195).unwrap(), (0.0, -179.5)), "over the date line");
        assert_eq!(moved((89.9, 0.0), 90.0, 10.0), None);
        assert_eq!(moved((0.0, 0.0), 0.0, 5_000.0), None);
    }
}
