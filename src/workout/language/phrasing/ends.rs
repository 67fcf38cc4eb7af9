//! What ends a step: times, distances, and clocks whose unit has to be worked out.

use super::scanner::TextScanner;
use super::step_phrase::{LengthPhrase, LengthSort, StepPhrase, StepPlace, time_text};
use super::units::{LENGTHS, TIMES};
use super::words::{PHRASES, PhraseMeaning};
use super::{PhraseReader, PhraseResult, PhrasingError};
use crate::units::PaceUnit;

/// The longest step, in minutes, of a list without units.
const MOST_MINUTES: f64 = 120.0;

/// A number's unit: seconds or metres for one of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LengthUnit {
    sort: LengthSort,
    size: f64,
    is_race: bool,
}

impl LengthUnit {
    pub(super) const METRE: LengthUnit = LengthUnit { sort: LengthSort::Metres, size: 1.0, is_race: false };
    pub(super) const MILE: LengthUnit =
        LengthUnit { sort: LengthSort::Metres, size: PaceUnit::Mi.metres(), is_race: false };
    pub(super) const SECOND: LengthUnit = LengthUnit { sort: LengthSort::Seconds, size: 1.0, is_race: false };
    pub(super) const MINUTE: LengthUnit =
        LengthUnit { sort: LengthSort::Seconds, size: 60.0, is_race: false };

    pub(super) fn pace_unit(self) -> PaceUnit {
        if (self.size - PaceUnit::Mi.metres()).abs() < 1e-6 { PaceUnit::Mi } else { PaceUnit::Km }
    }

    /// `number` of the unit as notation.
    pub(super) fn text(self, number: f64) -> String {
        match self.sort {
            LengthSort::Seconds => time_text(number * self.size),
            LengthSort::Metres if self.size == 1000.0 => format!("{number}km"),
            LengthSort::Metres if self.pace_unit() == PaceUnit::Mi => format!("{number}mi"),
            LengthSort::Metres => metres_text(number * self.size),
        }
    }

    pub(super) fn length(self, number: f64) -> LengthPhrase {
        LengthPhrase {
            text: self.text(number),
            sort: self.sort,
            value: number * self.size,
            lower: None,
            unit: self.pace_unit(),
            is_race: self.is_race,
        }
    }
}

fn metres_text(metres: f64) -> String {
    if metres < 100.0 { format!("{metres} metres") } else { format!("{metres}m") }
}

impl PhraseReader<'_> {
    /// A time or a distance, ranges too. Nothing where none stands here.
    pub(super) fn length(&mut self, place: StepPlace) -> PhraseResult<Option<LengthPhrase>> {
        let before = self.scan.clone();
        let _ = self.scan.eat(&['~']);
        let found = self.one_length(place)?;
        let Some(first) = found else {
            if let Some(range) = self.range_of_bare(place)? {
                return Ok(Some(range));
            }
            self.scan = before;
            return Ok(None);
        };
        let mark = self.scan.clone();
        let spaced = self.sees_spaced_dash();
        if !first.text.contains(' ')
            && self.scan.range_mark()
            && let Some(second) = self.one_length(place)?
            && second.sort == first.sort
            && second.value > first.value
            // `8x1min/1min - 10min easy`: the dash stands between two items.
            && !(spaced && second.value > 3.0 * first.value)
        {
            return Ok(Some(range(&first, &second)));
        }
        self.scan = mark;
        Ok(Some(first))
    }

    /// `10min or 2km`.
    pub(super) fn or_second_length(&mut self, step: &mut StepPhrase) -> PhraseResult<()> {
        let before = self.scan.clone();
        if self.scan.take("or")
            && let Some(second) = self.length(StepPlace::Item)?
            && let Some(first) = &mut step.length
            && first.sort != second.sort
        {
            first.text = format!("{} or {}", first.text, second.text);
            return Ok(());
        }
        self.scan = before;
        Ok(())
    }

    /// `8-10k`, `45 to 60min`: the unit stands after the second number.
    pub(super) fn range_of_bare(&mut self, place: StepPlace) -> PhraseResult<Option<LengthPhrase>> {
        let before = self.scan.clone();
        if let Some(low) = self.scan.number()
            && self.scan.range_mark()
            && let Some(high) = self.scan.number().filter(|high| *high > low)
            && let Some(unit) = self.unit(high, place)?
        {
            return Ok(Some(range(&unit.length(low), &unit.length(high))));
        }
        self.scan = before;
        Ok(None)
    }

    pub(super) fn one_length(&mut self, place: StepPlace) -> PhraseResult<Option<LengthPhrase>> {
        let before = self.scan.clone();
        if let Some(seconds) = self.scan.clock().or_else(|| self.scan.seconds_of_clock()) {
            // `1:30h` is an hour and a half.
            let written = self.scan.text.get(before.at..self.scan.at).unwrap_or_default();
            let hours = ["h", "hr", "hrs", "hour", "hours"].iter().any(|unit| self.scan.take(unit));
            let seconds = if hours && written.matches(':').count() == 1 { seconds * 60.0 } else { seconds };
            let _ = !hours && ["min", "mins", "minutes"].iter().any(|unit| self.scan.take(unit));
            return Ok(Some(LengthUnit::SECOND.length(seconds)));
        }
        if let Some(length) = self.length_in_words(place).or_else(|| self.length_in_fractions()) {
            return Ok(Some(length));
        }
        let Some(number) = self.scan.number() else { return Ok(None) };
        let Some(unit) = self.unit(number, place)? else {
            self.scan = before;
            return Ok(None);
        };
        if unit.sort == LengthSort::Metres {
            return Ok(Some(unit.length(number)));
        }
        let seconds = self.compound(number * unit.size, unit.size);
        Ok(Some(LengthUnit { size: 1.0, ..unit }.length(seconds)))
    }

    /// `half an hour`, `an hour`, `half a mile`; and `mile` alone as what is repeated.
    fn length_in_words(&mut self, place: StepPlace) -> Option<LengthPhrase> {
        let before = self.scan.clone();
        let (minute, mile) = (LengthUnit::MINUTE, LengthUnit::MILE);
        let words = [
            ("half an hour", minute.length(30.0)),
            ("half hour", minute.length(30.0)),
            ("an hour and a half", minute.length(90.0)),
            ("an hour", minute.length(60.0)),
            ("hour and a half", minute.length(90.0)),
            ("hour", minute.length(60.0)),
            ("quarter of an hour", minute.length(15.0)),
            ("half a mile", mile.length(0.5)),
            ("half mile", mile.length(0.5)),
            ("quarter mile", mile.length(0.25)),
        ];
        for (word, length) in words {
            if self.scan.take(word) && !self.scan.sees("pace") && !self.scan.sees("race") {
                return Some(length);
            }
            self.scan = before.clone();
        }
        let repeated = place == StepPlace::Body && (self.scan.take("mile") || self.scan.take("miles"));
        if repeated && !self.scan.sees("pace") && !self.scan.sees("race") {
            return Some(mile.length(1.0));
        }
        self.scan = before;
        None
    }

    /// `1/2 mile`, `1 1/2 miles`, `¾ mi`: halves and quarters of a mile, a kilometre or an hour.
    fn length_in_fractions(&mut self) -> Option<LengthPhrase> {
        let before = self.scan.clone();
        let found = self.scan.fraction().and_then(|number| {
            let _ = self.scan.take("of a") || self.scan.take("of an");
            let hours = [("h", 3600.0), ("hr", 3600.0), ("hrs", 3600.0), ("hour", 3600.0), ("hours", 3600.0)];
            if let Some(size) = self.scan.longest(&hours) {
                return Some(LengthUnit { sort: LengthSort::Seconds, size, is_race: false }.length(number));
            }
            let size = self.scan.longest(LENGTHS).filter(|size| *size >= 1000.0)?;
            let named = ["pace", "race"].iter().any(|word| self.scan.sees(word));
            (!named).then(|| LengthUnit { sort: LengthSort::Metres, size, is_race: false }.length(number))
        });
        if found.is_none() {
            self.scan = before;
        }
        found
    }

    /// What follows the first unit of a time: `2min 30s`, `1h 15`, `3'30"`.
    pub(super) fn compound(&mut self, mut seconds: f64, mut smallest: f64) -> f64 {
        while smallest > 1.0 {
            let before = self.scan.clone();
            let touches = !self.scan.rest().starts_with(' ');
            let Some(number) = self.scan.number().filter(|n| *n < 60.0) else {
                self.scan = before;
                break;
            };
            match self.scan.longest(TIMES) {
                Some(size) if size < smallest => {
                    seconds += number * size;
                    smallest = size;
                }
                None if touches || smallest == 3600.0 => {
                    let ends =
                        !self.scan.rest().starts_with(|c: char| c.is_alphanumeric() || ":%-/".contains(c));
                    if !ends {
                        self.scan = before;
                        break;
                    }
                    seconds += number * smallest / 60.0;
                    break;
                }
                _ => {
                    self.scan = before;
                    break;
                }
            }
        }
        seconds
    }

    /// The unit after `number`, or the one that a bare number has in `place`.
    pub(super) fn unit(&mut self, number: f64, place: StepPlace) -> PhraseResult<Option<LengthUnit>> {
        let before = self.scan.clone();
        // `10-min`, `1-mile`.
        if self.scan.rest().starts_with(['-', '\u{2010}', '\u{2011}'])
            && self.scan.rest().chars().nth(1).is_some_and(char::is_alphabetic)
        {
            let _ = self.scan.eat(&['-', '\u{2010}', '\u{2011}']);
        }
        let unit = self.written_unit(number, place, &before)?;
        if unit.is_none() {
            self.scan = before;
        }
        Ok(unit)
    }

    fn written_unit(
        &mut self,
        number: f64,
        place: StepPlace,
        before: &TextScanner<'_>,
    ) -> PhraseResult<Option<LengthUnit>> {
        let written = self.scan.rest().trim_start();
        let is_m = written.starts_with('m') || written.starts_with('M');
        if let Some(size) = self.scan.longest(LENGTHS) {
            let unit = LengthUnit {
                sort: LengthSort::Metres,
                size,
                is_race: size == 1000.0
                    && matches!(written.as_bytes(), [b'K' | b'k', ..])
                    && !matches!(written.as_bytes(), [_, b'M' | b'm', ..]),
            };
            let short = self.scan.text.get(before.at..self.scan.at).unwrap_or_default().trim();
            let short = short.trim_start_matches('-');
            let strides = ["strides", "stride", "sprints", "sprint", "accelerations"]
                .iter()
                .any(|word| self.scan.sees(word));
            if is_m && ((short == "M" && number < 100.0) || (short == "m" && number < 100.0 && !strides)) {
                return Err(PhrasingError::Unread);
            }
            // `5K pace` is a pace wherever it stands.
            let pace = ["pace", "race pace", "effort"].iter().any(|word| self.scan.sees(word));
            if size == 1000.0 && written.starts_with(['k', 'K']) && pace {
                return Ok(None);
            }
            self.skip_point();
            return Ok(Some(unit));
        }
        if let Some(size) = self.scan.longest(TIMES) {
            // `8x400s` and `2.30min` have two readings.
            let plural = place == StepPlace::Body && size == 1.0 && is_track(number) && number >= 200.0;
            let cents = (number * 100.0).round() % 100.0;
            let point =
                size >= 60.0 && cents < 60.0 && cents % 25.0 != 0.0 && self.has_two_decimals(before.at);
            if plural || point {
                return Err(PhrasingError::Unread);
            }
            self.skip_point();
            return Ok(Some(LengthUnit { sort: LengthSort::Seconds, size, is_race: false }));
        }
        Ok(self.unwritten_unit(number, place))
    }

    /// Returns the unit that is meant by a number without one: `8x400`, `30 on`, `400 jog`.
    fn unwritten_unit(&self, number: f64, place: StepPlace) -> Option<LengthUnit> {
        let next = self.scan.rest().chars().next().unwrap_or(' ');
        if next.is_alphabetic() || ":%^".contains(next) {
            return None;
        }
        let (metres, seconds) = (LengthUnit::METRE, LengthUnit::SECOND);
        let fifties = number % 50.0 == 0.0;
        // `200 fast, 200 jog`, `1600 @ 10K`; the metres of a race may be its pace.
        let is_rep = is_track(number) && number >= 200.0 && number % 100.0 == 0.0 && number != 1500.0;
        let minutes = LengthUnit::MINUTE;
        match place {
            StepPlace::Item | StepPlace::Leg if is_rep && self.sees_target() => Some(metres),
            StepPlace::Item if self.bare_minutes && number <= MOST_MINUTES && self.sees_target() => {
                Some(minutes)
            }
            StepPlace::Body if is_track(number) => Some(metres),
            StepPlace::Body
                if number % 5.0 == 0.0 && (10.0..=95.0).contains(&number) && self.scan.sees("on") =>
            {
                Some(seconds)
            }
            StepPlace::Recovery(Some(LengthSort::Metres)) | StepPlace::AfterRepeat
                if fifties && (100.0..=800.0).contains(&number) =>
            {
                self.if_recovery_follows(metres, place)
            }
            StepPlace::Recovery(_) | StepPlace::AfterRepeat
                if number % 5.0 == 0.0 && (15.0..=95.0).contains(&number) =>
            {
                self.if_recovery_follows(seconds, place)
            }
            _ => None,
        }
    }

    /// True where a target stands next.
    fn sees_target(&self) -> bool {
        let mut ahead = self.ahead();
        let at = ahead.scan.eat(&['@']).is_some() || ahead.scan.take("at");
        ahead.bare_name().is_some() || (at && ahead.one_pace().is_some())
    }

    /// Skips the point of an abbreviated unit (`10 mi. easy`), unless it ends a sentence.
    fn skip_point(&mut self) {
        if !self.scan.rest().starts_with(". ") {
            return;
        }
        let mut ahead = self.scan.clone();
        ahead.at += 1;
        let goes_on = !matches!(ahead.longest(PHRASES), None | Some(PhraseMeaning::Kind(_)))
            && ahead.peek().is_none_or(|c| !c.is_ascii_digit());
        if goes_on || ahead.peek().is_some_and(char::is_lowercase) {
            self.scan.at += 1;
        }
    }

    /// True where the number that ends at `end` has two decimals.
    pub(super) fn has_two_decimals(&self, end: usize) -> bool {
        let before = self.scan.text.get(..end).unwrap_or_default().trim_end();
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        digits == 2 && before[..before.len() - digits].ends_with('.')
    }

    /// `unit`, where the place asks for nothing more, or a word of recovery follows.
    pub(super) fn if_recovery_follows(&self, unit: LengthUnit, place: StepPlace) -> Option<LengthUnit> {
        let words = ["jog", "rest", "walk", "recovery", "easy", "float"];
        (place != StepPlace::AfterRepeat || words.iter().any(|word| self.scan.sees(word))).then_some(unit)
    }
}

/// True for the metres of a usual rep on a track.
pub(super) fn is_track(number: f64) -> bool {
    (100.0..=5000.0).contains(&number) && (number % 50.0 == 0.0 || number == 1609.0 || number == 1610.0)
}

/// A range, with the unit after its upper end where both have the same.
fn range(low: &LengthPhrase, high: &LengthPhrase) -> LengthPhrase {
    let unit = |text: &str| text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').to_string();
    let same = unit(&low.text) == unit(&high.text);
    let short = if same { low.text.trim_end_matches(char::is_alphabetic).trim_end() } else { &low.text };
    LengthPhrase { text: format!("{short}-{}", high.text), lower: Some(low.value), ..high.clone() }
}
