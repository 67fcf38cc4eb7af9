//! Runs that are named by their shape: progressions, negative splits and races.

use super::PhraseReader;
use super::piece::PhraseBody;
use super::piece::PhrasePiece;
use super::step_phrase::{LengthPhrase, LengthSort, StepPhrase, StepPlace};

/// Names of runs that get faster, and whether they do so in two halves.
const PROGRESSIONS: &[(&str, bool)] = &[
    ("negative split", true),
    ("negative splits", true),
    ("neg split", true),
    ("negative split run", true),
    ("cutdown run", false),
    ("cutdown", false),
    ("cut down run", false),
    ("cut down", false),
    ("progression run", false),
    ("progression", false),
    ("progressive run", false),
    ("progressive", false),
    ("progressive long run", false),
    ("progression long run", false),
];
/// The shortest run that gets faster, in seconds and in metres.
const SHORTEST: (f64, f64) = (600.0, 2000.0);
/// Words that make a race of a distance.
const RACES: [&str; 6] = ["race", "time trial", "tt", "parkrun", "park run", "race effort"];

impl PhraseReader<'_> {
    /// `6 mile cutdown`, `30 min progression run` and `negative split 10k`, which name no paces. Nothing where anything else
    /// stands here.
    pub(super) fn paceless_progression(&mut self) -> Option<PhrasePiece> {
        let mut ahead = self.ahead();
        ahead.scan.skip_spaces();
        let start = ahead.scan.at;
        let mut named = ahead.scan.longest(PROGRESSIONS);
        ahead.run_words();
        let length = ahead.length(StepPlace::Item).ok()??;
        ahead.run_words();
        if named.is_none() {
            named = ahead.scan.longest(PROGRESSIONS);
        }
        ahead.run_words();
        let in_halves = named?;
        let is_run = match length.sort {
            LengthSort::Seconds => length.value >= SHORTEST.0,
            LengthSort::Metres => length.value >= SHORTEST.1,
        };
        if !ahead.sees_item_end() || length.lower.is_some() || !is_run {
            return None;
        }
        let written = ahead.since(start).to_string();
        self.scan = ahead.scan;
        let whole = StepPhrase { length: Some(length.clone()), ..StepPhrase::default() };
        let text = if in_halves {
            let half = whole.length_text(length.value / 2.0);
            format!("{half} easy, {half} steady")
        } else {
            format!("{} easy -> MP", length.text)
        };
        self.notes.push(format!("`{written}` names no paces: taken as `{text}`."));
        Some(PhrasePiece { body: PhraseBody::Notation(text), ..PhrasePiece::default() })
    }

    /// Skips words around the length of a run, and its easy effort.
    fn run_words(&mut self) {
        loop {
            let before = self.scan.at;
            self.fillers();
            let _ = self.scan.take("easy");
            if self.scan.at == before {
                return;
            }
        }
    }

    /// `5K race`, `10k time trial` and `parkrun`. Nothing where anything else stands here.
    pub(super) fn race(&mut self) -> Option<PhrasePiece> {
        let mut ahead = self.ahead();
        ahead.scan.skip_spaces();
        let start = ahead.scan.at;
        let metres = if ahead.scan.take("parkrun") || ahead.scan.take("park run") {
            5000.0
        } else {
            let named_first = ["time trial", "race"].iter().any(|word| ahead.scan.take(word));
            let length = ahead.race_length()?;
            let named = RACES.iter().any(|word| ahead.scan.take(word)) || named_first;
            if !named || length.sort != LengthSort::Metres {
                return None;
            }
            length.value
        };
        let _ = ["all out", "hard", "max effort"].iter().any(|word| ahead.scan.take(word));
        if !ahead.sees_item_end() {
            return None;
        }
        let written = ahead.since(start).to_string();
        self.scan = ahead.scan;
        let distance = if metres % 1609.344 < 1e-6 {
            format!("{}mi", metres / 1609.344)
        } else {
            format!("{}km", metres / 1000.0)
        };
        let text = format!("{distance} {}", nearest_race(metres));
        self.notes.push(format!("`{written}` is taken as a race: `{text}`."));
        Some(PhrasePiece { body: PhraseBody::Notation(text), ..PhrasePiece::default() })
    }

    /// The distance of a race: `10k`, `5-K`.
    fn race_length(&mut self) -> Option<LengthPhrase> {
        let before = self.scan.clone();
        if let Ok(Some(length)) = self.length(StepPlace::Item) {
            return Some(length);
        }
        self.scan = before;
        None
    }
}

/// The race pace for a race over `metres`.
fn nearest_race(metres: f64) -> &'static str {
    match metres {
        m if m < 1550.0 => "1500",
        m if m < 1700.0 => "mile",
        m if m < 3500.0 => "3K",
        m if m < 7500.0 => "5K",
        m if m < 13_000.0 => "10K",
        m if m < 18_000.0 => "10 mile",
        m if m < 30_000.0 => "HMP",
        _ => "MP",
    }
}
