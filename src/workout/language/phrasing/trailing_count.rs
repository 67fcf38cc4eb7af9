//! Counts after what they repeat: `1k x 10`, `45/15 x 20`, `run 5min, walk 1min x 6`.

use super::ends::is_track;
use super::piece::{PhraseBody, PhrasePiece, RecoveryPhrase};
use super::repeats::TIMES;
use super::scanner::TextScanner;
use super::step_phrase::{RECOVERIES, StepPhrase, StepPlace};
use super::units;
use super::{PhraseReader, PhraseResult, PhrasingError, UnclearPhrase, required};
use crate::units::PaceUnit;
use std::ops::Range;

/// The counts that are read after what they repeat.
const COUNTS: Range<f64> = 2.0..501.0;
/// The longest walk, in seconds, that a walk-run programme repeats when the walk comes first.
pub(super) const LONGEST_WALK: f64 = 180.0;
/// The shortest easy piece, in seconds, that is a warm-up before reps counted after them.
const SHORTEST_WARMUP: f64 = 480.0;
/// The longest session, in seconds, that repeats an easy piece and a rep in turn.
const LONGEST_PAIRS: f64 = 3600.0;
/// Seconds for each metre of a distance without a pace.
const PACE: f64 = 0.27;

/// What a count after an item repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    /// The item.
    Item,
    /// The item and the one before it.
    Pair,
    /// Either of these.
    Unclear,
}

/// An item that ends with its count.
struct CountedText {
    /// The item with the count in front.
    moved: String,
    /// What the count repeats.
    repeated: String,
    count: String,
    /// Where the item ends in the text.
    end: usize,
}

impl PhraseReader<'_> {
    /// `1k x 10`, `mile repeats x 4`, `45/15 x 20`: an item whose count has to be put in front before it can be read.
    pub(super) fn counted_last(&mut self, bare: bool) -> PhraseResult<Option<PhrasePiece>> {
        let Some(text) = self.counted_text() else { return Ok(None) };
        let start = self.scan.at;
        let mut ahead = self.ahead();
        let is_read =
            ahead.unlabelled(bare).and_then(|piece| ahead.with_trailing_count(piece, start)).is_ok();
        if is_read && ahead.scan.at >= text.end {
            return Ok(None);
        }
        let mut moved = PhraseReader {
            depth: self.depth,
            pace_unit: self.pace_unit,
            ..PhraseReader::new(TextScanner { text: &text.moved, at: 0 })
        };
        let piece = match moved.unlabelled(bare) {
            Ok(piece) if moved.scan.is_done() => piece,
            // The help shows the text as it was written.
            Err(PhrasingError::Unclear(UnclearPhrase { kind, .. })) => {
                return Err(PhrasingError::Unclear(UnclearPhrase { at: start..text.end, kind }));
            }
            _ => return Ok(None),
        };
        self.notes.append(&mut moved.notes);
        self.scan.at = text.end;
        Ok(Some(walk_run(&text, piece)))
    }

    /// `(…) x 8` and `400m x 6`.
    pub(super) fn with_trailing_count(
        &mut self,
        mut piece: PhrasePiece,
        start: usize,
    ) -> PhraseResult<PhrasePiece> {
        let mut ahead = self.scan.clone();
        if ahead.eat(&TIMES[..5]).is_none() {
            return Ok(piece);
        }
        let count = required(ahead.number().filter(|n| n.fract() == 0.0 && (2.0..=500.0).contains(n)))?;
        if !matches!(piece.body, PhraseBody::Step(_) | PhraseBody::Group(_)) {
            return Err(PhrasingError::Unread);
        }
        // `400s x 8`: 400 seconds, or reps of 400 m?
        let written = self.scan.text.get(start..).unwrap_or_default();
        let digits = written.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = written.get(..written.len() - digits.len()).and_then(|n| n.parse().ok()).unwrap_or(0.0);
        if number >= 200.0 && is_track(number) && digits.starts_with("s ") {
            return Err(PhrasingError::Unread);
        }
        self.scan = ahead;
        let send_off = self.send_off_before_count(&mut piece, start)?;
        if let PhraseBody::Step(step) = &mut piece.body {
            self.step_parts(step, StepPlace::Body)?;
        }
        let (label, range) = (piece.label.clone(), piece.range.clone());
        let body = Box::new(PhrasePiece { label: String::new(), ..piece });
        let recovery = match send_off {
            Some(send_off) => Some(send_off),
            None => self.recovery(&body)?,
        };
        let body = PhraseBody::Repeat { count: count.to_string(), body, recovery };
        Ok(PhrasePiece { label, body, range, is_after: false })
    }

    /// Finds the count at the end of the item that begins here, or before the item's pace or recovery.
    fn counted_text(&self) -> Option<CountedText> {
        let rest = self.scan.rest();
        let mut depth = 0;
        let mut end = rest.len();
        let mut counted = None;
        for (i, c) in rest.char_indices() {
            match c {
                '(' => depth += 1,
                ')' if depth == 0 => (end, depth) = (i, -1),
                ')' => depth -= 1,
                ',' | ';' | '\n' | '|' if depth == 0 => (end, depth) = (i, -1),
                _ if depth == 0 && counted.is_none() && TIMES.contains(&c) => {
                    counted = count_at(rest, i, c.len_utf8());
                }
                _ => {}
            }
            if depth < 0 {
                break;
            }
        }
        let (mark, count, tail_at) = counted.or_else(|| times_at_end(rest.get(..end)?))?;
        let (head, tail) = (rest.get(..mark)?.trim(), rest.get(tail_at..end)?.trim());
        // `6 x 400m x 2` has two counts.
        (!head.is_empty() && !is_count_alone(head)).then(|| CountedText {
            moved: format!("{count} x {head} {tail}").trim().to_string(),
            repeated: head.to_string(),
            count,
            end: self.scan.at + end,
        })
    }

    /// True where what was read since `start` ends with its count: `400m x 6`, `run 5min 6 times`.
    pub(super) fn is_count(&self, start: usize) -> bool {
        let written = self.since(start);
        let digits = written.trim_end_matches(|c: char| c.is_ascii_digit());
        let head = match digits.trim_end().strip_suffix(TIMES) {
            Some(head) if digits.len() < written.len() => head,
            _ => match times_at_end(written) {
                Some((end, ..)) => written.get(..end).unwrap_or_default(),
                None => return false,
            },
        };
        // `10x400` begins with its count.
        let number = head.trim_start_matches(|c: char| c.is_ascii_digit() || "-– ".contains(c));
        !(is_count_alone(head) || number.len() < head.len() && number.starts_with(TIMES))
    }

    /// Takes `piece`, which ends with its count, and the step before it into one repeat where the count is that of both.
    ///
    /// # Errors
    ///
    /// Fails where the count could be that of the piece alone, too.
    pub(super) fn join_counted(
        &mut self,
        pieces: &mut Vec<PhrasePiece>,
        piece: PhrasePiece,
    ) -> PhraseResult<PhrasePiece> {
        match what_is_counted(pieces, &piece) {
            Counted::Item => return Ok(piece),
            Counted::Unclear => return Err(PhrasingError::Unread),
            Counted::Pair => {}
        }
        let mut first = required(pieces.pop())?;
        let label = std::mem::take(&mut first.label);
        let PhraseBody::Repeat { count, body, .. } = piece.body else { return Err(PhrasingError::Unread) };
        let range = first.range.start..piece.range.end;
        let joined = PhrasePiece {
            label,
            range,
            ..PhrasePiece::repeat(count, PhrasePiece::group(vec![first, *body]))
        };
        self.notes.push(format!("The count at the end repeats both steps: {}.", joined.render()));
        Ok(joined)
    }
}

/// Makes a whole pair of what a walk-run programme repeats, which ends with its walk: `run 5min / walk 1min x 6`. Any other
/// `piece` stays as it is.
fn walk_run(text: &CountedText, mut piece: PhrasePiece) -> PhrasePiece {
    let read = |text: &str| {
        let mut reader = PhraseReader::new(TextScanner { text, at: 0 });
        reader.step(StepPlace::Item).ok().filter(|_| reader.scan.is_done())
    };
    if let Some((first, last)) = text.repeated.split_once('/')
        && let (Some(first), Some(last)) = (read(first), read(last))
        && is_walk_run(&first, &last)
    {
        let group = PhrasePiece::group(vec![PhrasePiece::step(first), PhrasePiece::step(last)]);
        return PhrasePiece::repeat(text.count.clone(), group);
    }
    // `run 8min walk 2min x 3`
    if text.repeated.to_lowercase().contains("walk")
        && let PhraseBody::Repeat { body, recovery, .. } = &mut piece.body
        && matches!(&body.body, PhraseBody::Step(run) if is_run(run))
        && let Some(RecoveryPhrase::Between(walk, _)) = recovery.take_if(|walk| walk.is_walk())
    {
        let run = std::mem::take(body.as_mut());
        let walk = PhrasePiece { body: PhraseBody::Notation(walk), ..PhrasePiece::default() };
        **body = PhrasePiece::group(vec![run, walk]);
    }
    piece
}

/// Returns the count after a times sign at `mark`, which is `width` bytes wide: where what is counted ends, the count, and
/// where the rest begins.
fn count_at(text: &str, mark: usize, width: usize) -> Option<(usize, String, usize)> {
    let mut ahead = TextScanner { text, at: mark + width };
    let number = ahead.number().filter(|n| n.fract() == 0.0 && COUNTS.contains(n))?;
    let tail_at = ahead.at;
    let before = text.get(..mark)?;
    let joined = before.ends_with(char::is_alphabetic) && text.get(mark..)?.starts_with(['x', 'X']);
    let next = ahead.rest().chars().next().unwrap_or(' ');
    let has_unit = ahead.longest(units::TIMES).is_some() || ahead.longest(units::LENGTHS).is_some();
    let is_count = !joined && !has_unit && !next.is_alphanumeric() && !"-–:/.%'\"′″’”".contains(next);
    is_count.then(|| (before.trim_end().len(), number.to_string(), tail_at))
}

/// Returns the count of `400m 5K 8 times` and `90s hard/90s easy 8x`, as [`count_at`] does.
fn times_at_end(text: &str) -> Option<(usize, String, usize)> {
    let trimmed = text.trim_end();
    let counted = ["times", "x", "X", "×"].iter().find_map(|mark| trimmed.strip_suffix(mark))?.trim_end();
    let head = counted.trim_end_matches(|c: char| c.is_ascii_digit());
    let count: f64 = counted.get(head.len()..)?.parse().ok()?;
    (head.ends_with(' ') && COUNTS.contains(&count)).then(|| (head.len(), count.to_string(), text.len()))
}

/// True for `6` and `6-8`. `30-30` is no range of counts.
fn is_count_alone(text: &str) -> bool {
    let mut numbers = text.split(['-', '–']).map(|number| number.trim().parse::<u64>());
    match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(Ok(_)), None, _) => true,
        (Some(Ok(low)), Some(Ok(high)), None) => low < high,
        _ => false,
    }
}

/// Decides what the count of `piece` repeats after `pieces`.
fn what_is_counted(pieces: &[PhrasePiece], piece: &PhrasePiece) -> Counted {
    let Some((before, others)) = pieces.split_last() else { return Counted::Item };
    let (count, body) = match &piece.body {
        PhraseBody::Repeat { count, body, recovery: None } => (count, body),
        // `20min easy, 30s fast / 90s easy x 6` has its pair.
        _ => return Counted::Item,
    };
    let count: f64 = count.parse().unwrap_or(0.0);
    let (PhraseBody::Step(first), PhraseBody::Step(last)) = (&before.body, &body.body) else {
        return Counted::Unclear;
    };
    if before.is_warmup() {
        return Counted::Item;
    }
    if !first.is_plain() || !last.is_plain() || first.part.is_some() {
        return Counted::Unclear;
    }
    // Nobody writes two easy pieces in a row, so an easy piece before the pair is not repeated with it.
    let apart = others.last().is_none_or(|other| {
        other.is_warmup() || matches!(&other.body, PhraseBody::Step(step) if is_easy(step) && is_easy(last))
    });
    let walks_first = is_walk(first) && first.seconds().is_some_and(|s| s <= LONGEST_WALK);
    if is_walk_run(first, last) && (is_walk(last) || walks_first) || is_work_and_recovery(first, last) {
        return if apart { Counted::Pair } else { Counted::Unclear };
    }
    let (Some(easy), Some(rep)) = (first.seconds(), last.seconds()) else { return Counted::Unclear };
    let is_mixed = first.length_sort() != last.length_sort();
    let most = if is_mixed { LONGEST_PAIRS } else { 1.5 * LONGEST_PAIRS };
    let is_warmup =
        easy >= SHORTEST_WARMUP && (easy + rep) * count > most && is_easy(first) && !is_easy(last);
    if is_warmup { Counted::Item } else { Counted::Unclear }
}

/// True for a run or a jog and a walk, in either order.
pub(super) fn is_walk_run(first: &StepPhrase, last: &StepPhrase) -> bool {
    (is_run(first) && is_walk(last)) || (is_walk(first) && is_run(last))
}

/// True for a run without a pace, and for a jog.
fn is_run(step: &StepPhrase) -> bool {
    let jogs = step.targets.iter().all(|target| ["jog", "easy", "very easy"].contains(&target.as_str()));
    step.length.is_some() && jogs && (step.is_worded || !step.targets.is_empty()) && step.is_plain()
}

/// True for a step of work and one that is clearly its recovery.
fn is_work_and_recovery(first: &StepPhrase, last: &StepPhrase) -> bool {
    let works = first.is_on || (!first.targets.is_empty() && !is_easy(first));
    let slower = match (first.speed(), last.speed()) {
        (Some(work), Some(recovery)) => recovery <= 0.8 * work,
        _ => false,
    };
    (works && last.is_recovery()) || slower
}

fn is_walk(step: &StepPhrase) -> bool {
    step.length.is_some() && step.targets == ["walk"] && step.is_plain()
}

fn is_easy(step: &StepPhrase) -> bool {
    let named = matches!(step.targets.as_slice(), [one] if RECOVERIES.contains(&one.as_str()));
    named || step.is_off || (step.targets.is_empty() && step.is_worded)
}

impl StepPhrase {
    /// The step's seconds; a distance has a usual pace.
    pub(super) fn seconds(&self) -> Option<f64> {
        use super::step_phrase::LengthSort;
        self.length.as_ref().map(|length| match length.sort {
            LengthSort::Seconds => length.value,
            LengthSort::Metres => length.value * PACE,
        })
    }

    /// The speed of a step that has a pace or a speed in numbers, in km/h.
    fn speed(&self) -> Option<f64> {
        let [target] = self.targets.as_slice() else { return None };
        let mile = PaceUnit::Mi.metres() / 1000.0;
        let units = [("km/h", 1.0, false), ("mph", mile, false), ("/km", 1.0, true), ("/mi", mile, true)];
        let (number, size, is_pace) =
            units.iter().find_map(|(unit, size, pace)| Some((target.strip_suffix(unit)?, *size, *pace)))?;
        if !is_pace {
            return number.parse().ok().map(|speed: f64| speed * size);
        }
        let (minutes, seconds) = number.split_once(':')?;
        let seconds = minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?;
        (seconds > 0.0).then(|| 3600.0 / seconds * size)
    }
}
