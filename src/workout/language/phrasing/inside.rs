//! Reps inside a run of a given length: `16 miles with 3 x 2 miles @ HMP in the middle, 1 mile easy between`,
//! `40 min including 6 x 20s strides`.

use super::open_questions::PLACES;
use super::piece::{PhraseBody, PhrasePiece, RecoveryPhrase};
use super::scanner::TextScanner;
use super::step::LONGEST_STRIDE;
use super::step_phrase::{LengthPhrase, LengthSort, RECOVERIES, StepPart, StepPhrase, StepPlace, time_text};
use super::words::{PHRASES, PhraseMeaning};
use super::{PhraseReader, PhraseResult, PhrasingError};
use crate::units::PaceUnit;
use crate::workout::language::messages::phrase::PhraseProblem;

/// Words between a run and its reps, and whether the reps are surely inside the run.
const PARTS: &[(&str, bool)] = &[
    ("with", false),
    ("w/", false),
    ("incl.", true),
    ("incl", true),
    ("including", true),
    ("includes", true),
    ("inc", true),
    ("of which", true),
    ("to include", true),
    ("that include", true),
    ("that includes", true),
    ("featuring", true),
    ("broken up by", true),
    ("containing", true),
    ("contains", true),
];
/// Names of runs, which say nothing beside the reps.
const RUNS: [&str; 22] = [
    "marathon pace run",
    "mp run",
    "lactate threshold",
    "lt",
    "tempo run",
    "ml",
    "vo2max",
    "vo2 max",
    "vo2",
    "general aerobic + speed",
    "general aerobic",
    "recovery + speed",
    "long run",
    "lr",
    "long",
    "mlr",
    "medium long run",
    "endurance",
    "fartlek",
    "run",
    "an",
    "a",
];
/// The usual recovery after long reps, in seconds and in metres.
const USUAL_RECOVERY: (f64, f64) = (120.0, 400.0);
/// Seconds for each metre of reps and of easy running, where nothing says how fast they are.
const REP_PACE: f64 = 0.27;
const EASY_PACE: f64 = 0.36;

/// The largest share of a run that its reps and their recoveries surely take.
const MOST_REPS: f64 = 0.8;

/// A run with its reps inside.
struct InsideReps {
    text: String,
    /// The recovery between the reps, if the text has none.
    added_recovery: Option<String>,
    is_mostly_reps: bool,
}

/// A run and the reps that it holds.
struct RunWithReps {
    whole: StepPhrase,
    reps: PhrasePiece,
    place: Option<StepPart>,
    /// The words say that the reps are inside.
    is_inside: bool,
}

impl PhraseReader<'_> {
    /// A run of a given length that holds reps. Nothing where anything else stands here.
    ///
    /// # Errors
    ///
    /// Fails with both readings where the reps would take most of the run.
    pub(super) fn run_with_reps(&mut self) -> PhraseResult<Option<PhrasePiece>> {
        let mut ahead = self.ahead();
        ahead.scan.skip_spaces();
        let start = ahead.scan.at;
        let Some(run) = ahead.read_run_with_reps() else { return Ok(None) };
        if !ahead.sees_item_end() {
            return Ok(None);
        }
        // `70 min with 2 x 1 min + 2 x 30 sec`: the reps after the sign are inside of the run, too.
        let mut more = ahead.ahead();
        let joined = more.scan.eat(&['+', '&', ',']).is_some() || more.scan.take("and");
        if joined && matches!(more.count(), Ok(Some(_))) {
            return Err(PhrasingError::Unread);
        }
        let place = run.place.unwrap_or(if run.is_strides() { StepPart::Last } else { StepPart::Middle });
        let Some(inside) = run.inside(place) else { return Ok(None) };
        if inside.is_mostly_reps {
            let problem = PhraseProblem::UnplacedReps {
                reps: run.reps.render(),
                inside: inside.text,
                after: run.after(),
            };
            return ahead.unclear(start, problem);
        }
        self.scan = ahead.scan;
        self.notes.append(&mut ahead.notes);
        let whole = run.whole.length.as_ref().map_or("", |length| &length.text);
        let where_to = match (run.place, place) {
            (Some(_), _) => String::new(),
            (None, StepPart::Last) => ", at its end".to_string(),
            (None, _) => ", in its middle".to_string(),
        };
        self.notes.push(format!("The reps and their recoveries are taken out of the {whole}{where_to}."));
        if let Some(recovery) = inside.added_recovery {
            self.notes.push(format!("No recovery is written between the reps: `{recovery}` is assumed."));
        }
        Ok(Some(PhrasePiece { body: PhraseBody::Notation(inside.text), ..PhrasePiece::default() }))
    }

    /// `10km with 1km on/1km off`: hard and easy in turn.
    pub(super) fn run_on_and_off(&mut self) -> Option<PhrasePiece> {
        let mut ahead = self.ahead();
        let mut whole = StepPhrase::default();
        ahead.words_of_run(&mut whole);
        let total = ahead.length(StepPlace::Item).ok()?.filter(|length| length.lower.is_none())?;
        let end = ahead.scan.at;
        ahead.words_of_run(&mut whole);
        let joined = ["with", "w/", "as"].iter().any(|word| ahead.scan.take(word));
        if !joined && !ahead.since(end).ends_with("of") {
            ahead.scan.eat(&[':', ','])?;
        }
        let first = ahead.step(StepPlace::Leg).ok().filter(|step| step.is_on && step.targets.is_empty())?;
        let _ = ahead.scan.eat(&['/', ',']).is_some() || ahead.scan.take("and");
        let second = ahead.step(StepPlace::Leg).ok().filter(|step| step.is_off && step.targets.is_empty())?;
        if !ahead.sees_item_end() || first.length_sort() != second.length_sort() {
            return None;
        }
        self.scan = ahead.scan;
        let text = format!("alternate {} / {} for {}", first.render(), second.render(), total.text);
        Some(PhrasePiece { body: PhraseBody::Notation(text), ..PhrasePiece::default() })
    }

    fn read_run_with_reps(&mut self) -> Option<RunWithReps> {
        let mut whole = StepPhrase::default();
        self.words_of_run(&mut whole);
        whole.length = self.length(StepPlace::Item).ok()?.filter(|length| length.lower.is_none());
        whole.length.as_ref()?;
        self.words_of_run(&mut whole);
        let _ = whole.give_target("easy");
        let _ = self.scan.eat(&[',']);
        let is_inside = self.scan.longest(PARTS)?;
        let _ = self.scan.take("the");
        let (count, sets) = self.count().ok()??;
        let mut reps = self.repeat(count, sets).ok()?;
        let mut place = self.scan.longest(PLACES);
        if reps.lacks_recovery() {
            self.recovery_of_reps(&mut reps);
        }
        place = place.or_else(|| self.scan.longest(PLACES));
        let run = RunWithReps { whole, reps, place, is_inside };
        // `8 mi easy w/ 6x20s strides`: everybody runs them at the end.
        (run.is_inside || !run.is_strides()).then_some(run)
    }

    /// Words around the length of a run. Only an easy effort is that of the whole.
    fn words_of_run(&mut self, whole: &mut StepPhrase) {
        loop {
            if RUNS.iter().any(|word| self.scan.take(word)) {
                continue;
            }
            let before = self.scan.clone();
            if PARTS.iter().any(|(word, _)| self.scan.sees(word)) {
                return;
            }
            match self.scan.longest(PHRASES) {
                Some(PhraseMeaning::Filler) => {}
                Some(PhraseMeaning::Target(target)) => {
                    if RECOVERIES.contains(&target) || target == "steady" {
                        let _ = whole.give_target(target);
                    }
                    self.fillers();
                }
                _ => {
                    self.scan = before;
                    return;
                }
            }
        }
    }

    /// A recovery of the reps after a comma or a semicolon.
    fn recovery_of_reps(&mut self, reps: &mut PhrasePiece) {
        let before = self.scan.clone();
        let sort = reps.length_sort();
        if self.scan.eat(&[',', ';']).is_some() {
            let _ = self.scan.take("with") || self.scan.take("w/");
            let _ = self.scan.take("jog") && !self.scan.clone().peek().is_some_and(|c| c.is_ascii_digit());
            if let Ok(mut step) = self.step(StepPlace::Recovery(sort))
                && (step.is_recovery() || step.is_marked_recovery() || step.is_only_time() || step.is_off)
            {
                if self.since(before.at).contains("jog") {
                    let _ = step.give_target("jog");
                }
                reps.set_recovery(RecoveryPhrase::of(&step));
                return;
            }
        }
        self.scan = before;
    }
}

impl RunWithReps {
    /// True for a recovery that is measured like the run.
    fn has_exact_recovery(&self, sort: LengthSort) -> bool {
        let PhraseBody::Repeat { recovery: Some(RecoveryPhrase::Between(text, _)), .. } = &self.reps.body
        else {
            return false;
        };
        let step = PhraseReader::new(TextScanner { text, at: 0 }).step(StepPlace::Recovery(None));
        step.is_ok_and(|step| step.length_sort() == Some(sort) && !text.contains('%'))
    }

    fn is_strides(&self) -> bool {
        let PhraseBody::Repeat { body, .. } = &self.reps.body else { return false };
        let PhraseBody::Step(step) = &body.body else { return false };
        step.targets == ["strides"] && step.seconds().is_some_and(|seconds| seconds <= LONGEST_STRIDE)
    }

    /// The reps with a recovery, and the seconds or metres that they take.
    fn complete_reps(&self, sort: LengthSort) -> Option<(PhrasePiece, f64)> {
        let PhraseBody::Repeat { count, body, recovery } = &self.reps.body else { return None };
        let recovery = recovery.as_ref().map(|recovery| recovery.after(body));
        let count: f64 = count.split('-').next_back()?.parse().ok()?;
        let rep = size_of(body, sort, REP_PACE)?;
        let mut reps = self.reps.clone();
        let rest = match &recovery {
            Some(RecoveryPhrase::Between(text, _)) => match text.split_once('%') {
                Some((share, _)) => {
                    let share: f64 = share.split('-').next_back()?.parse().ok()?;
                    rep * share / 100.0
                }
                None => {
                    let step =
                        PhraseReader::new(TextScanner { text, at: 0 }).step(StepPlace::Recovery(None)).ok();
                    size_of(&PhrasePiece::step(step?), sort, EASY_PACE)?
                }
            },
            Some(RecoveryPhrase::SendOff(_)) => return None,
            // `5x(1' fast, 2' easy)` has its recovery in the brackets.
            None if matches!(&body.body, PhraseBody::Group(steps) if steps.len() > 1) => {
                return Some((reps, count * rep));
            }
            None => {
                let rest = match sort {
                    LengthSort::Seconds if self.is_strides() => 60.0,
                    LengthSort::Seconds => USUAL_RECOVERY.0.min(rep.max(60.0)),
                    LengthSort::Metres if self.is_strides() => 100.0,
                    LengthSort::Metres => USUAL_RECOVERY.1,
                };
                let text = match sort {
                    LengthSort::Seconds => time_text(rest),
                    LengthSort::Metres => format!("{rest}m"),
                };
                let effort = if self.is_strides() { "easy" } else { "jog" };
                reps.set_recovery(RecoveryPhrase::notation(format!("{text} {effort}")));
                rest
            }
        };
        Some((reps, count * rep + (count - 1.0) * rest))
    }

    /// The run with its reps inside.
    fn inside(&self, place: StepPart) -> Option<InsideReps> {
        let whole = self.whole.length.as_ref()?;
        let (reps, taken) = self.complete_reps(whole.sort)?;
        let left = whole.value - taken;
        // Half a unit is the least that anybody writes.
        let grain = match whole.sort {
            LengthSort::Seconds => 60.0,
            LengthSort::Metres if whole.unit == PaceUnit::Mi => PaceUnit::Mi.metres() / 2.0,
            LengthSort::Metres => 500.0,
        };
        if left < 2.0 * grain {
            return None;
        }
        let first = match place {
            StepPart::First => 0.0,
            StepPart::Last => left,
            StepPart::Middle if (left / grain).fract() < 1e-6 => left / 2.0,
            StepPart::Middle => (left / grain / 2.0).floor() * grain,
        };
        let is_exact = self.reps.length_sort() == Some(whole.sort) && self.has_exact_recovery(whole.sort)
            || whole.sort == LengthSort::Seconds;
        let last = if is_exact { left - first } else { ((left - first) / grain).round() * grain };
        let piece = |value: f64| {
            let length = LengthPhrase { text: self.whole.length_text(value), value, ..whole.clone() };
            StepPhrase { length: Some(length), ..self.whole.clone() }.render()
        };
        let mut parts = Vec::new();
        if first > 0.0 {
            parts.push(piece(first));
        }
        parts.push(reps.render());
        if last > 0.0 {
            parts.push(piece(last));
        }
        let added_recovery = match (&self.reps.body, &reps.body) {
            (PhraseBody::Repeat { recovery: None, .. }, PhraseBody::Repeat { recovery: Some(added), .. }) => {
                Some(RecoveryPhrase::suffix(Some(added)).replace(" / ", ""))
            }
            _ => None,
        };
        let is_mostly_reps = taken > MOST_REPS * whole.value;
        Some(InsideReps { text: parts.join(", "), added_recovery, is_mostly_reps })
    }

    /// The whole run, and the reps after it.
    fn after(&self) -> String {
        let mut reps = self.reps.clone();
        if reps.lacks_recovery() {
            if self.is_strides() {
                reps.set_recovery(RecoveryPhrase::notation("open walk".to_string()));
            } else if let Some(sort) = reps.length_sort()
                && let Some((complete, _)) = self.complete_reps(sort)
            {
                reps = complete;
            }
        }
        format!("{}, {}", self.whole.render(), reps.render())
    }
}

/// The seconds or metres of a step; `pace`, in seconds for each metre, where it is measured otherwise.
fn size_of(piece: &PhrasePiece, sort: LengthSort, pace: f64) -> Option<f64> {
    if let PhraseBody::Group(steps) = &piece.body {
        return steps.iter().map(|step| size_of(step, sort, pace)).sum();
    }
    let length = piece.length()?;
    match (length.sort, sort) {
        (LengthSort::Metres, LengthSort::Seconds) => Some(length.value * pace),
        (LengthSort::Seconds, LengthSort::Metres) => Some(length.value / pace),
        _ => Some(length.value),
    }
}
