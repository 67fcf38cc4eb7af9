//! Workouts as runners phrase them: `easy 5km`, `6x400 w/ 90s jog`, `WU 10 min; 3x2k @ 4:20`.
//!
//! The parser reads the notation and nothing else. Where it finds a problem, the text is read here once more, as a
//! phrase, and written as notation; the parser then reads that. Notation that the parser understands never comes
//! here, so nothing that has a meaning changes it. Text that cannot be read to its last word is left alone, and the
//! parser's own problems stand.

mod abbreviations;
mod clocks;
mod common_forms;
mod counted;
mod daniels;
mod ends;
mod groups;
mod heart;
mod inside;
mod items;
mod lines;
mod lists;
mod open_questions;
mod pace_of_reps;
mod phrases;
mod piece;
mod plan_forms;
pub(crate) mod possible;
mod recovery;
mod recovery_marks;
mod repeats;
pub(crate) mod rewrites;
mod run_walk;
mod scanner;
mod separators;
mod sessions;
mod sets;
mod shared_recovery;
mod speed_steps;
mod step;
mod step_end;
mod step_phrase;
mod targets;
mod text_tokens;
mod totals;
mod trailing_count;
mod two_readings;
mod units;
mod whole_runs;
mod words;

use super::messages::phrase::PhraseProblem;
use crate::units::PaceUnit;
pub(crate) use common_forms::CommonForm;
use piece::PhrasePiece;
use scanner::TextScanner;
pub(crate) use sessions::second_session;
use std::ops::Range;
use step_phrase::LengthSort;

/// A text as notation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Rephrased {
    /// Stretches of the text and the notation that replaces each, in order.
    pub edits: Vec<(Range<usize>, String)>,
    /// What was decided on the way, in sentences for the list of assumptions.
    pub notes: Vec<String>,
}

/// Why a text is not notation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PhrasingError {
    /// Something in it is not known.
    Unread,
    /// It has two readings.
    Unclear(UnclearPhrase),
}

/// A phrase with two readings, and how to write each.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct UnclearPhrase {
    /// Where it stands in the text.
    pub at: Range<usize>,
    /// The problem.
    pub kind: PhraseProblem,
}

type PhraseResult<T> = Result<T, PhrasingError>;

/// Returns the phrases that are read besides the words of the notation.
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    words::PHRASES.iter().map(|(phrase, _)| *phrase)
}

/// Returns the names of exercises.
pub(crate) fn exercises() -> impl Iterator<Item = &'static str> {
    words::PHRASES
        .iter()
        .filter(|(_, meaning)| *meaning == words::PhraseMeaning::Exercise)
        .map(|(phrase, _)| *phrase)
}

/// Rewrites `text` as notation.
///
/// # Errors
///
/// Fails where a word is not known, and where a phrase has two sensible readings.
pub(crate) fn rephrase(text: &str) -> Result<Rephrased, PhrasingError> {
    let round = with_round_brackets(&with_commas(text));
    if let Some(form) = common_forms::misread(&round)
        && let Ok(read) = in_other_words(form, text.len())
    {
        return Ok(read);
    }
    match as_written(&round, text.len()) {
        Err(PhrasingError::Unread) => {}
        Ok(read) if read.has_fast_recovery(&round) => {
            let form = recovery_marks::between_sets(&round);
            return form.map_or(Err(PhrasingError::Unread), |form| in_other_words(form, text.len()));
        }
        read => return read,
    }
    if let Some(unclear) = unclear_letters(&round, text.len()) {
        return Err(PhrasingError::Unclear(unclear));
    }
    if let Some(unclear) = two_readings::unclear_session(&round, text.len()) {
        return Err(PhrasingError::Unclear(unclear));
    }
    match common_forms::unread(&round) {
        Some(form) => in_other_words(form, text.len()),
        None => Err(PhrasingError::Unread),
    }
}

/// Reads a text as it is.
fn as_written(round: &str, length: usize) -> Result<Rephrased, PhrasingError> {
    match written(round, length, false) {
        Err(PhrasingError::Unread) => {
            // `10 easy / 20 tempo / 10 easy`: without a repeat there is nothing that a slash could stand between.
            let is_list =
                round.matches('/').count() >= 2 && round.matches('/').count() == round.matches(" / ").count();
            let is_list = is_list && !round.contains(['x', '×', '(']);
            let listed = if is_list { round.replace('/', ",") } else { round.to_string() };
            written(&listed, length, true)
        }
        read => read,
    }
}

/// Reads a text in other words, which stands for a text of `length` bytes.
fn in_other_words(form: CommonForm, length: usize) -> Result<Rephrased, PhrasingError> {
    match as_written(&form.text, form.text.len()) {
        Ok(read) => {
            let notation: String = read.edits.into_iter().map(|(_, text)| text).collect();
            let notes = form.notes.into_iter().chain(read.notes).collect();
            Ok(Rephrased { edits: vec![(0..length, notation)], notes })
        }
        // The other words may be notation.
        Err(PhrasingError::Unread) => {
            Ok(Rephrased { edits: vec![(0..length, form.text)], notes: form.notes })
        }
        Err(PhrasingError::Unclear(unclear)) => {
            Err(PhrasingError::Unclear(UnclearPhrase { at: 0..length, kind: unclear.kind }))
        }
    }
}

/// Returns both readings of `2E + 3 x 1T`, which could be miles or minutes.
fn unclear_letters(text: &str, length: usize) -> Option<UnclearPhrase> {
    let (written, both) = daniels::in_both_units(text)?;
    let notation = |text: &String| {
        let form = common_forms::unread(text).map_or(text.clone(), |form| form.text);
        let read = as_written(&form, length).ok()?;
        Some(read.edits.into_iter().map(|(_, text)| text).collect::<String>())
    };
    let [miles, minutes] = &both;
    let kind =
        PhraseProblem::UnclearLetters { written, miles: notation(miles)?, minutes: notation(minutes)? };
    Some(UnclearPhrase { at: 0..length, kind })
}

/// Writes `text` as notation. It replaces a text of `length` bytes.
fn written(text: &str, length: usize, bare_minutes: bool) -> PhraseResult<Rephrased> {
    let mut reader = PhraseReader::new(TextScanner { text, at: 0 });
    reader.bare_minutes = bare_minutes;
    let pieces = match reader.parts_of_total()? {
        Some(parts) => parts,
        None => reader.line()?,
    };
    let is_lone = matches!(pieces.as_slice(), [only] if only.is_open_kind() || only.is_open_alone());
    if !reader.scan.is_done() || pieces.is_empty() || is_lone {
        return Err(PhrasingError::Unread);
    }
    let mut edits = Vec::new();
    let mut from = 0;
    for (i, piece) in pieces.iter().enumerate() {
        let lead = match (i, piece.is_after) {
            (0, _) => "",
            (_, true) => ", then ",
            (_, false) => ", ",
        };
        // What joins two items has a stretch of its own, so that a problem of an item is reported at the item.
        let start = piece.range.start.clamp(from, piece.range.end.max(from));
        if start > from {
            edits.push((from..start, lead.to_string()));
            edits.push((start..piece.range.end, piece.render()));
        } else {
            edits.push((start..piece.range.end, format!("{lead}{}", piece.render())));
        }
        from = piece.range.end;
    }
    if let Some((range, _)) = edits.last_mut() {
        range.end = length;
    }
    if bare_minutes && !note_minutes(&pieces, &mut reader.notes) {
        return Err(PhrasingError::Unread);
    }
    let mut notes: Vec<String> = Vec::new();
    for note in reader.notes {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes.extend(sets::without_recovery(&pieces));
    if edits.iter().any(|(_, text)| text.contains(SUB_THRESHOLD)) && !text.contains("97") {
        notes.push(format!("Just under threshold is taken as {SUB_THRESHOLD}."));
    }
    Ok(Rephrased { edits, notes })
}

/// The pace of sub-threshold training.
const SUB_THRESHOLD: &str = "97% threshold";

/// Says that the numbers without a unit are minutes. Returns false where they could be kilometres or miles.
fn note_minutes(pieces: &[PhrasePiece], notes: &mut Vec<String>) -> bool {
    let times = pieces.iter().map(|piece| match piece.length() {
        Some(length) if length.sort == LengthSort::Seconds => Some(length.value / 60.0),
        _ => None,
    });
    let Some(sum) = times.sum::<Option<f64>>() else { return false };
    notes.push("Numbers without a unit are taken as minutes.".to_string());
    pieces.len() > 1 && sum > LONGEST_RUN
}

/// The longest run, in kilometres, that a list of numbers without a unit could be.
const LONGEST_RUN: f64 = 30.0;

/// The text with commas for bars between items: `2km WU | 5x1km | 2km CD`. Bars before cues stay.
fn with_commas(text: &str) -> String {
    let is_item = |part: &str| {
        let is_clock = |i: usize| {
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            digit(part[..i].chars().next_back()) && digit(part[i + 1..].chars().next())
        };
        !part.trim().is_empty() && part.match_indices(':').all(|(i, _)| is_clock(i))
    };
    if text.split('|').skip(1).all(is_item) { text.replace('|', ",") } else { text.to_string() }
}

/// The text with `(…)` for `[…]`, unless these could be part of a cue or of words in quotes. Each character keeps its place.
fn with_round_brackets(text: &str) -> String {
    if text.contains(['|', '"', '“', '‘']) {
        return text.to_string();
    }
    text.replace('[', "(").replace(']', ")")
}

/// Reads a text piece by piece.
struct PhraseReader<'a> {
    scan: TextScanner<'a>,
    notes: Vec<String>,
    depth: usize,
    /// The unit of the last length that was written in kilometres or miles.
    pace_unit: Option<PaceUnit>,
    /// True while the text ahead is read only to see what it is.
    is_ahead: bool,
    /// True if bare numbers before a target are minutes.
    bare_minutes: bool,
    /// The label of the item that is being read. It may say how hard a list is.
    label: String,
}

impl<'a> PhraseReader<'a> {
    fn new(scan: TextScanner<'a>) -> Self {
        PhraseReader {
            scan,
            notes: Vec::new(),
            depth: 0,
            pace_unit: None,
            is_ahead: false,
            bare_minutes: false,
            label: String::new(),
        }
    }

    /// A reader of the same text from here, whose notes are dropped.
    fn ahead(&self) -> PhraseReader<'a> {
        PhraseReader {
            pace_unit: self.pace_unit,
            is_ahead: self.is_ahead,
            bare_minutes: self.bare_minutes,
            ..PhraseReader::new(self.scan.clone())
        }
    }

    pub(super) fn unclear<T>(&self, start: usize, kind: PhraseProblem) -> PhraseResult<T> {
        let at = start..self.scan.at.max(start + 1).min(self.scan.text.len());
        Err(PhrasingError::Unclear(UnclearPhrase { at, kind }))
    }

    /// The text from `start` to the cursor, without spaces around it.
    pub(super) fn since(&self, start: usize) -> &str {
        self.scan.text.get(start..self.scan.at).unwrap_or_default().trim()
    }
}

/// Fails with [`PhrasingError::Unread`] where there is nothing.
fn required<T>(value: Option<T>) -> PhraseResult<T> {
    value.ok_or(PhrasingError::Unread)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::DiagnosticKind;

    fn notation(text: &str) -> String {
        match rephrase(text) {
            Ok(read) => read.edits.into_iter().map(|(_, text)| text).collect(),
            Err(PhrasingError::Unread) => "unread".to_string(),
            Err(PhrasingError::Unclear(unclear)) => format!("unclear: {}", unclear.kind.code()),
        }
    }

    #[test]
    fn phrases_become_notation() {
        for (phrase, written) in [
            ("6x400m 5K w/ 90s jog", "6×400m 5K / 90s jog"),
            ("easy 5k", "5km easy"),
            ("WU 15', 6x3' @ 5K / 2' jog, CD 10'", "warmup 15min, 6×3min 5K / 2min jog, cooldown 10min"),
            ("10x30/30", "10×30s / 30s"),
            ("800m @ 3:10", "800m in 3:10"),
            ("45min easy with last 15min at MP", "30min easy, 15min MP"),
            ("1. 10min easy\n2. 20min tempo", "10min easy, 20min tempo"),
        ] {
            assert_eq!(notation(phrase), written, "{phrase}");
        }
    }

    #[test]
    fn a_long_list_without_commas_is_read_step_by_step() {
        let text = "1min easy 1km tempo ".repeat(200);
        assert_eq!(notation(&text), ["60s easy, 1km tempo"; 200].join(", "));
        assert_eq!(notation(&format!("{text} x")), "unread");
    }

    #[test]
    fn what_is_not_known_to_its_last_word_is_left_alone() {
        for phrase in ["10K", "60s easy,", "5min MP+15s", "45 mins nice and easy"] {
            assert_eq!(notation(phrase), "unread", "{phrase}");
        }
    }
}
