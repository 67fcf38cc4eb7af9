//! Sessions that leave something open, such as `30 min intervals` or `6 miles w/ 4 @ MP`, and how to write them out.

use super::piece::{PhraseBody, PhrasePiece};
use super::separators::PART_WORDS;
use super::step_phrase::{LengthPhrase, LengthSort, StepPart, StepPhrase, StepPlace, time_text};
use super::units::{LENGTHS, TIMES};
use super::words::{PHRASES, PhraseMeaning};
use super::{PhraseReader, PhraseResult};
use crate::units::Millis;
use crate::workout::language::lexicon;
use crate::workout::language::messages::phrase::PhraseProblem;

/// Words that say that something is repeated, without saying how often.
const REPEATED: [&str; 5] = ["intervals", "interval session", "repeats", "repetitions", "fartlek"];
/// The most reps of an example.
const MOST_EXAMPLE_REPS: f64 = 12.0;
/// The shortest run, in seconds at usual paces, whose slow part is its end.
const LONG_RUN: f64 = 3900.0;
/// The marks that end an item.
const ITEM_ENDS: &str = ",;\n.)";
/// Where in a run a part of it lies.
pub(super) const PLACES: &[(&str, StepPart)] = &[
    ("in the middle", StepPart::Middle),
    ("in middle", StepPart::Middle),
    ("at the end", StepPart::Last),
    ("at the finish", StepPart::Last),
    ("finish", StepPart::Last),
    ("to close", StepPart::Last),
    ("afterwards", StepPart::Last),
    ("after", StepPart::Last),
    ("at end", StepPart::Last),
    ("to end", StepPart::Last),
    ("to finish", StepPart::Last),
    ("at the start", StepPart::First),
    ("to start", StepPart::First),
];

impl PhraseReader<'_> {
    /// Skips `at the end` after strides, which nobody runs anywhere else.
    pub(super) fn skip_place_at_end(&mut self) {
        let before = self.scan.clone();
        if self.scan.longest(PLACES) != Some(StepPart::Last) || !self.sees_item_end() {
            self.scan = before;
        }
    }

    /// True at the end of an item.
    pub(super) fn sees_item_end(&self) -> bool {
        self.scan.clone().peek().is_none_or(|c| ITEM_ENDS.contains(c))
    }

    /// Reports `30 min intervals` and `1 hour hill repeats`, which have no structure.
    pub(super) fn reject_intervals_without_reps(&mut self) -> PhraseResult<()> {
        let mut ahead = self.ahead();
        ahead.scan.skip_spaces();
        let start = ahead.scan.at;
        let (mut length, mut effort, mut is_repeated, mut is_hill) = (None, "hard", false, false);
        while !ahead.sees_item_end() {
            let word = ahead.scan.at;
            if REPEATED.iter().any(|word| ahead.scan.take(word)) {
                is_repeated = true;
            } else if ["hills", "hill", "uphill"].iter().any(|word| ahead.scan.take(word)) {
                is_hill = true;
            } else if length.is_none()
                && let Ok(Some(found)) = ahead.length(StepPlace::Item)
            {
                length = Some(found);
            } else {
                match ahead.scan.longest(PHRASES) {
                    Some(PhraseMeaning::Target(target)) => effort = target,
                    Some(PhraseMeaning::Filler) => {}
                    _ => return Ok(()),
                }
                is_repeated |= REPEATED.iter().any(|repeated| ahead.since(word).ends_with(repeated));
            }
        }
        let Some(length) = length.filter(|_| is_repeated) else { return Ok(()) };
        let written = ahead.since(start).to_string();
        let (reps, total) = example_reps(&length, effort, is_hill);
        ahead.unclear(start, PhraseProblem::IntervalsWithoutReps { written, reps, total })
    }

    /// Reports `active recovery` alone: an effort that the notation does not know, without a length.
    pub(super) fn reject_missing_length(&self) -> PhraseResult<()> {
        let mut ahead = self.ahead();
        ahead.scan.skip_spaces();
        let start = ahead.scan.at;
        let Some(target) = ahead.bare_name() else { return Ok(()) };
        ahead.fillers();
        let written = ahead.since(start).to_string();
        if start > 0 || !ahead.scan.is_done() || lexicon::pace(&written).is_some() {
            return Ok(());
        }
        ahead.unclear(start, PhraseProblem::EffortWithoutLength { written, target })
    }

    /// `6 miles w/ 4 @ MP`, `60min with 10min @ 10K in the middle`: a part of the last of `pieces`.
    ///
    /// If the text does not say where it lies, a slow part ends a long run, and any other lies in the middle.
    pub(super) fn placed_part(&mut self, pieces: &mut Vec<PhrasePiece>) -> PhraseResult<()> {
        let Some(PhrasePiece { body: PhraseBody::Step(whole), .. }) = pieces.last() else { return Ok(()) };
        if whole.length.as_ref().is_none_or(|length| length.lower.is_some()) {
            return Ok(());
        }
        let whole = whole.clone();
        let start = self.scan.at;
        let mut ahead = self.ahead();
        // `8 miles (3 @ HMP)`
        let bracket = ahead.scan.eat(&['(']).is_some();
        if !(bracket || PART_WORDS.iter().any(|word| ahead.scan.take(word))) || ahead.sees_step_part() {
            return Ok(());
        }
        let Some(mut part) = ahead.part_of(&whole) else { return Ok(()) };
        let place = ahead.scan.longest(PLACES);
        if (bracket && ahead.scan.eat(&[')']).is_none()) || !ahead.sees_item_end() {
            return Ok(());
        }
        let split = |place: StepPart| whole.split(&StepPhrase { part: Some(place), ..part.clone() });
        if split(StepPart::Last).is_none() {
            return Ok(());
        }
        let is_worded = place.is_some();
        let place = place.unwrap_or_else(|| usual_place(&whole, &part));
        if !is_worded {
            let end = if place == StepPart::Last { "at the end" } else { "in the middle" };
            self.notes.push(format!("The `{}` part is taken as {end} of the run.", part.render()));
        }
        if let Some(PhrasePiece { body: PhraseBody::Step(whole), .. }) = pieces.last_mut() {
            name_run(whole, &part, &mut self.notes);
            let _ = !is_worded && whole.give_target("easy");
        }
        part.part = Some(place);
        self.scan = ahead.scan;
        let body = PhraseBody::Step(Box::new(part));
        let range = start..self.scan.at;
        self.join(pieces, PhrasePiece { range, body, ..PhrasePiece::default() })
    }

    /// True before the target of a part without a unit: `last 3 at MP`, `last 20 fast`.
    pub(super) fn sees_target_of_part(&mut self, part: StepPart) -> bool {
        let mut ahead = self.ahead();
        let has_unit =
            ahead.scan.clone().longest(LENGTHS).is_some() || ahead.scan.clone().longest(TIMES).is_some();
        self.scan.sees("at")
            || self.scan.peek() == Some('@')
            || (part != StepPart::First
                && !has_unit
                && ahead.named_target().is_some()
                && ahead.sees_item_end())
    }

    /// A part's length and target; a bare number has the unit of `whole`.
    fn part_of(&mut self, whole: &StepPhrase) -> Option<StepPhrase> {
        let mut part = StepPhrase::default();
        let mark = self.scan.clone();
        // `45 min with 6 surges` counts them.
        let counted = ["surges", "sprints", "strides", "pickups", "pick ups", "efforts", "hills"];
        if self.scan.number().is_some() && counted.iter().any(|word| self.scan.sees(word)) {
            return None;
        }
        self.scan = mark.clone();
        let length = match self.length(StepPlace::Item) {
            Ok(Some(length)) => length,
            _ => {
                self.scan = mark;
                let value = self.scan.number()?;
                let whole = whole.length.as_ref()?.clone();
                LengthPhrase { text: String::new(), value, lower: None, ..whole }
            }
        };
        part.length = Some(whole.part_length(&length)?);
        let _ = self.scan.eat(&['@']).is_some() || self.scan.take("at");
        if !matches!(self.pace(&mut part), Ok(true)) {
            part.targets.push(self.named_target()?);
            self.fillers();
        }
        (!part.is_recovery()).then_some(part)
    }
}

/// True for a target that is no word of recovery.
pub(super) fn is_work(target: &str) -> bool {
    let first = target.split(' ').next().unwrap_or_default();
    !super::step_phrase::RECOVERIES.contains(&first) && !["very", "incline", "|"].contains(&first)
}

/// Returns where in a run a part lies that the text does not place: at the end of a long run, if it is no faster than
/// marathon pace, and in the middle of others, between a warm-up and a cool-down.
fn usual_place(whole: &StepPhrase, part: &StepPhrase) -> StepPart {
    let is_long = whole.seconds().is_some_and(|seconds| seconds >= LONG_RUN);
    let is_finish = part.is_progression || part.targets == ["fast"];
    let is_slow = matches!(part.targets.as_slice(), [one] if one.starts_with("MP") || one == "steady");
    if is_finish || (is_long && is_slow) { StepPart::Last } else { StepPart::Middle }
}

/// Makes a run easy that is named after its part: `LT 8 mi w/ 4 mi @ 15K`.
fn name_run(whole: &mut StepPhrase, part: &StepPhrase, notes: &mut Vec<String>) {
    if let [name] = whole.targets.as_slice()
        && is_work(name)
        && name != "steady"
    {
        if *name != part.targets.join(" ") {
            notes.push(format!("`{name}` is taken as the name of the run: the rest of it is easy."));
        }
        whole.targets = vec!["easy".to_string()];
    }
}

/// Reps with a recovery that take about as long as `length`, and their time.
fn example_reps(length: &LengthPhrase, effort: &str, is_hill: bool) -> (String, Millis) {
    let (rep, rest, recovery) = match effort {
        _ if is_hill => (60.0, 90.0, "walk"),
        "tempo" | "threshold" | "steady" | "MP" | "HMP" => (300.0, 60.0, "jog"),
        _ => (120.0, 120.0, "jog"),
    };
    let seconds = match length.sort {
        LengthSort::Seconds => length.value,
        // Six minutes a kilometre.
        LengthSort::Metres => length.value * 0.36,
    };
    let count = ((seconds + rest) / (rep + rest)).floor().clamp(2.0, MOST_EXAMPLE_REPS);
    let slope = if is_hill { " incline 6%" } else { "" };
    let reps = format!("{count}×{} {effort}{slope} / {} {recovery}", time_text(rep), time_text(rest));
    (reps, Millis::from_secs_f64(count * rep + (count - 1.0) * rest))
}
