//! A total before its parts: `60min: 20min easy, 20min steady, 20min tempo`, `8km (2km easy, 4km tempo, 2km easy)`.

use super::piece::{PhraseBody, PhrasePiece, RecoveryPhrase};
use super::scanner::TextScanner;
use super::step_phrase::{LengthPhrase, LengthSort, StepPart, StepPhrase, StepPlace};
use super::words::{PHRASES, PhraseMeaning};
use super::{PhraseReader, PhraseResult};
use crate::workout::language::messages::phrase::PhraseProblem;

/// Words that may stand around a total.
const TOTAL_WORDS: [&str; 15] = [
    "fartlek",
    "total",
    "long",
    "easy",
    "of",
    "tempo run",
    "long run",
    "progression run",
    "progression",
    "progressive run",
    "progressive",
    "cutdown",
    "workout",
    "session",
    "run",
];
/// The most that the parts may differ from the total, as a share of it: miles and kilometres are rounded.
const ROUNDING: f64 = 0.001;
/// The most that a distance differs that a text calls the total of its reps and more.
const ROUNDED_TOTAL: f64 = 0.1;

impl PhraseReader<'_> {
    /// The parts of a total, which the text names first. Nothing where no total stands here.
    ///
    /// # Errors
    ///
    /// Fails where the parts do not add up to the total.
    pub(super) fn parts_of_total(&mut self) -> PhraseResult<Option<Vec<PhrasePiece>>> {
        let mut ahead = self.ahead();
        let start = ahead.scan.at;
        let total_words = |reader: &mut Self| while TOTAL_WORDS.iter().any(|word| reader.scan.take(word)) {};
        total_words(&mut ahead);
        let Ok(Some(total)) = ahead.length(StepPlace::Item) else { return Ok(None) };
        let from = ahead.scan.at;
        total_words(&mut ahead);
        let end = ahead.scan.at;
        let is_as =
            ahead.scan.take("as a progression of") || ahead.scan.take("as") || ahead.scan.take("made up of");
        // `10 mi total, 2 easy, 8 at MP`: only the word makes it a total.
        let is_said = ahead.since(from).to_ascii_lowercase().contains("total");
        let marks: &[char] = if is_said { &[':', '(', ',', '-', '='] } else { &[':', '('] };
        let mark = if is_as { Some(':') } else { ahead.scan.eat(marks) };
        let Some(mark) = mark else { return Ok(None) };
        let Some(mut pieces) = ahead.listed_parts(&total) else { return Ok(None) };
        if mark == '(' && ahead.scan.eat(&[')']).is_none() {
            return Ok(None);
        }
        if !ahead.scan.is_done() || pieces.len() < 2 {
            return Ok(None);
        }
        fill_rest(&mut pieces, &total);
        let lengths = pieces.iter().map(|piece| piece.length_like(&total));
        let Some(sum) = lengths.sum::<Option<f64>>() else { return Ok(None) };
        let difference = (sum - total.value).abs() / total.value;
        let has_reps = pieces.iter().any(|piece| matches!(piece.body, PhraseBody::Repeat { .. }));
        let is_rounded =
            is_said && has_reps && total.sort == LengthSort::Metres && difference <= ROUNDED_TOTAL;
        if difference > ROUNDING && is_rounded {
            let whole = StepPhrase { length: Some(total.clone()), ..Default::default() };
            let tenth = total.unit.metres() / 10.0;
            let sum = whole.length_text((sum / tenth).round() * tenth);
            ahead
                .notes
                .push(format!("The parts add up to {sum}; {} in all is taken as rounded.", total.text));
        } else if difference > ROUNDING {
            let problem = unlike_total(&pieces, &total, sum);
            self.scan.at = end;
            return self.unclear(start, problem);
        }
        if let Some(first) = pieces.first_mut() {
            first.range.start = start;
        }
        if let Some(last) = pieces.last_mut() {
            last.range.end = ahead.scan.at;
        }
        self.scan = ahead.scan;
        self.notes.extend(ahead.notes);
        Ok(Some(pieces))
    }

    /// The items of a list of parts; a bare number has the unit of `total`.
    fn listed_parts(&mut self, total: &LengthPhrase) -> Option<Vec<PhrasePiece>> {
        let mut pieces: Vec<PhrasePiece> = Vec::new();
        loop {
            let start = self.scan.at;
            let rest = self.rest_of_total();
            let is_rest = rest.is_some();
            let mut piece = match rest.or_else(|| self.bare_part(total)) {
                Some(piece) => piece,
                None => {
                    let after_reps =
                        matches!(pieces.last().map(|last| &last.body), Some(PhraseBody::Repeat { .. }));
                    self.item(after_reps).ok()?
                }
            };
            if let PhraseBody::Step(step) = &mut piece.body {
                // `first 8 easy, last 8 at MP` stand in order.
                if step.part.take() == Some(StepPart::Middle) {
                    return None;
                }
                if let Some(length) = step.length.as_mut().filter(|length| length.text.is_empty()) {
                    *length = in_unit_of(total, length.value);
                }
            }
            piece.range = start..self.scan.at;
            let is_last = self.scan.is_done() || self.scan.peek() == Some(')');
            if is_last || !joins_reps(&mut pieces, &piece) {
                pieces.push(piece);
            }
            if is_rest && !is_last {
                return None;
            }
            if is_last {
                return Some(pieces);
            }
            if self.scan.eat(&['/']).is_none() {
                self.separator()?;
            }
        }
    }

    /// `20 easy` in a list of parts.
    fn bare_part(&mut self, total: &LengthPhrase) -> Option<PhrasePiece> {
        let before = self.scan.clone();
        let found = (|| {
            let _ = ["first", "last", "final"].iter().any(|word| self.scan.take(word));
            // `400 jog` between reps is in metres.
            let number = self.scan.number().filter(|n| in_unit_of(total, *n).value <= total.value)?;
            let _ = self.scan.eat(&['@']).is_some() || self.scan.take("at");
            let mut step = self.effort_or_kind()?;
            self.sees_item_end().then(|| {
                step.length = Some(in_unit_of(total, number));
                PhrasePiece::step(step)
            })
        })();
        if found.is_none() {
            self.scan = before;
        }
        found
    }

    /// `easy`, `wu`, `up`: how hard a part is, or that it is the warm-up or the cool-down.
    fn effort_or_kind(&mut self) -> Option<StepPhrase> {
        let mut step = StepPhrase::default();
        let before = self.scan.clone();
        match self.scan.longest(PHRASES) {
            Some(PhraseMeaning::Kind(kind @ ("warmup" | "cooldown"))) => step.kind = Some(kind),
            _ => {
                self.scan = before;
                match self.scan.longest(&[("up", "warmup"), ("down", "cooldown")]) {
                    Some(kind) => step.kind = Some(kind),
                    None => step.targets.push(self.named_target()?),
                }
            }
        }
        self.fillers();
        Some(step)
    }

    /// `rest cd`, `the rest easy`, `remainder @ MP`: as long as what is left of the total.
    fn rest_of_total(&mut self) -> Option<PhrasePiece> {
        let before = self.scan.clone();
        let _ = self.scan.take("the") || self.scan.take("then the");
        let named = ["rest of the run", "rest of it", "rest", "remainder", "remaining", "balance"]
            .iter()
            .any(|word| self.scan.take(word));
        let _ = self.scan.take("at") || self.scan.eat(&['@']).is_some() || self.scan.take("as");
        let step = if named { self.effort_or_kind() } else { None };
        match step.filter(|_| self.sees_item_end()) {
            Some(step) => Some(PhrasePiece::step(step)),
            None => {
                self.scan = before;
                None
            }
        }
    }
}

/// Puts `piece` between the reps before it, if it is a jog, a walk or a rest.
fn joins_reps(pieces: &mut [PhrasePiece], piece: &PhrasePiece) -> bool {
    let is_between = match &piece.body {
        PhraseBody::Step(step) => ["jog", "walk", "rest"].iter().any(|word| step.targets == [*word]),
        _ => false,
    };
    match (&piece.body, pieces.last_mut()) {
        (PhraseBody::Step(step), Some(last))
            if is_between && matches!(last.body, PhraseBody::Repeat { recovery: None, .. }) =>
        {
            last.give_recovery(RecoveryPhrase::of(step))
        }
        _ => false,
    }
}

/// Gives a last part without a length what is left of the total.
fn fill_rest(pieces: &mut [PhrasePiece], total: &LengthPhrase) {
    let Some((last, others)) = pieces.split_last_mut() else { return };
    let sum = others.iter().map(|piece| piece.length_like(total)).sum::<Option<f64>>();
    if let PhraseBody::Step(step) = &mut last.body
        && step.length.is_none()
        && let Some(left) = sum.map(|sum| total.value - sum).filter(|left| *left > 0.0)
    {
        step.length = Some(of_value(total, left));
    }
}

/// A length of so many seconds or metres in the unit of `total`.
fn of_value(total: &LengthPhrase, value: f64) -> LengthPhrase {
    let whole = StepPhrase { length: Some(total.clone()), ..Default::default() };
    let step = match total.sort {
        LengthSort::Seconds => 1.0,
        LengthSort::Metres => total.unit.metres() / 100.0,
    };
    let value = (value / step).round() * step;
    LengthPhrase { text: whole.length_text(value), value, lower: None, ..total.clone() }
}

/// A length of `number` in the unit of `total`.
fn in_unit_of(total: &LengthPhrase, number: f64) -> LengthPhrase {
    let whole = StepPhrase { length: Some(total.clone()), ..Default::default() };
    let bare = LengthPhrase { text: String::new(), value: number, lower: None, ..total.clone() };
    whole.part_length(&bare).unwrap_or(bare)
}

fn unlike_total(pieces: &[PhrasePiece], total: &LengthPhrase, sum: f64) -> PhraseProblem {
    let whole = StepPhrase { length: Some(total.clone()), ..Default::default() };
    let rounds = total.value / sum;
    let alternate = match pieces {
        [first, second] if rounds > 1.5 => {
            Some(format!("alternate {} / {} for {}", first.render(), second.render(), total.text))
        }
        _ => None,
    };
    PhraseProblem::PartsUnlikeTotal { total: total.text.clone(), sum: whole.length_text(sum), alternate }
}

/// The seconds or metres of `length`, if it is measured like `total`.
fn value_like(length: &LengthPhrase, total: &LengthPhrase) -> Option<f64> {
    (length.sort == total.sort && length.lower.is_none()).then_some(length.value)
}

/// The seconds or metres between two reps.
fn rest_like(recovery: Option<&RecoveryPhrase>, total: &LengthPhrase) -> Option<f64> {
    match recovery {
        None => Some(0.0),
        Some(RecoveryPhrase::Between(text, _)) => {
            let mut reader = PhraseReader::new(TextScanner { text, at: 0 });
            value_like(&reader.length(StepPlace::Item).ok()??, total)
        }
        Some(RecoveryPhrase::SendOff(_)) => None,
    }
}

impl PhrasePiece {
    /// The seconds or metres of a piece that is measured like `total`.
    fn length_like(&self, total: &LengthPhrase) -> Option<f64> {
        let sum =
            |pieces: &[PhrasePiece]| pieces.iter().map(|piece| piece.length_like(total)).sum::<Option<f64>>();
        match &self.body {
            PhraseBody::Step(step) => value_like(step.length.as_ref()?, total),
            PhraseBody::Group(pieces) => sum(pieces),
            PhraseBody::Repeat { count, body, recovery } => {
                let count: f64 = count.parse().ok()?;
                Some(count * body.length_like(total)? + (count - 1.0) * rest_like(recovery.as_ref(), total)?)
            }
            PhraseBody::Ladder { rungs, recovery } => {
                let rests = rungs.len() as f64 - 1.0;
                Some(sum(rungs)? + rests * rest_like(recovery.as_ref(), total)?)
            }
            PhraseBody::Notation(_) => None,
        }
    }
}
