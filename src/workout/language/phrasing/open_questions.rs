//! Sessions that leave something open, such as `30 min intervals` or `6 miles w/ 4 @ MP`, and how to write them out.

use super::piece::{PhraseBody, PhrasePiece, RecoveryPhrase};
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
/// Words that make a race of a distance.
const RACES: [&str; 4] = ["race", "time trial", "tt", "parkrun"];
/// The most reps of an example.
const MOST_EXAMPLE_REPS: f64 = 12.0;
/// The marks that end an item.
const ITEM_ENDS: &str = ",;\n.)";
/// Where in a run a part of it lies.
pub(super) const PLACES: &[(&str, StepPart)] = &[
    ("in the middle", StepPart::Middle),
    ("in middle", StepPart::Middle),
    ("at the end", StepPart::Last),
    ("at the finish", StepPart::Last),
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

    /// Reports `6 mile cutdown` and `negative split 10k`, which name no paces.
    pub(super) fn reject_cutdown(&mut self) -> PhraseResult<()> {
        let mut ahead = self.ahead();
        ahead.scan.skip_spaces();
        let start = ahead.scan.at;
        let names = ["negative split", "cutdown run", "cutdown", "cut down run", "cut down"];
        let mut named = names.iter().any(|name| ahead.scan.take(name));
        ahead.fillers();
        let Ok(Some(length)) = ahead.length(StepPlace::Item) else { return Ok(()) };
        let _ = ahead.scan.take("easy");
        named |= names.iter().any(|name| ahead.scan.take(name));
        ahead.fillers();
        if !named || !ahead.sees_item_end() || length.lower.is_some() {
            return Ok(());
        }
        let written = ahead.since(start).to_string();
        let whole = StepPhrase { length: Some(length.clone()), ..StepPhrase::default() };
        let half = whole.length_text(length.value / 2.0);
        ahead.unclear(start, PhraseProblem::PacelessCutdown { written, length: length.text, half })
    }

    /// Reports `5K race`, `10k time trial` and `parkrun`.
    pub(super) fn reject_race(&mut self) -> PhraseResult<()> {
        let mut ahead = self.ahead();
        ahead.scan.skip_spaces();
        let start = ahead.scan.at;
        let metres = if ahead.scan.take("parkrun") {
            5000.0
        } else {
            let named_first = ["time trial", "race"].iter().any(|word| ahead.scan.take(word));
            let Ok(Some(length)) = ahead.length(StepPlace::Item) else { return Ok(()) };
            let named = named_first || RACES.iter().any(|word| ahead.scan.take(word));
            if !named || length.sort != LengthSort::Metres {
                return Ok(());
            }
            length.value
        };
        if !ahead.sees_item_end() {
            return Ok(());
        }
        let written = ahead.since(start).to_string();
        let distance = if metres % 1609.344 < 1e-6 {
            format!("{}mi", metres / 1609.344)
        } else {
            format!("{}km", metres / 1000.0)
        };
        let pace = nearest_race(metres).to_string();
        ahead.unclear(start, PhraseProblem::RaceAsStep { written, distance, pace })
    }

    /// `6 miles w/ 4 @ MP`, `60min with 10min @ 10K in the middle`: a part of the last of `pieces`.
    ///
    /// # Errors
    ///
    /// Fails with both forms if the text does not say where the part lies.
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
        let split = |place: StepPart| {
            let mut easy = (*whole).clone();
            // `MP run 16 mi w/ 10 mi @ MP`: the name of the run is that of its part.
            if easy.targets == part.targets {
                easy.targets.clear();
            }
            let _ = easy.give_target("easy");
            let (steps, _) = easy.split(&StepPhrase { part: Some(place), ..part.clone() })?;
            Some(steps.iter().map(StepPhrase::render).collect::<Vec<_>>().join(", "))
        };
        let (Some(end), Some(middle)) = (split(StepPart::Last), split(StepPart::Middle)) else {
            return Ok(());
        };
        if place.is_none() {
            let part = part.render();
            return ahead.unclear(start, PhraseProblem::UnplacedPart { part, end, middle });
        }
        part.part = place;
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
        let length = match self.length(StepPlace::Item) {
            Ok(Some(length)) => length,
            _ => {
                self.scan = mark;
                let value = self.scan.number()?;
                // `45 min with 6 surges` counts them.
                let counted = ["surges", "sprints", "strides", "pickups", "pick ups"];
                if counted.iter().any(|word| self.scan.sees(word)) {
                    return None;
                }
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

    /// Reports `5min hard, 4min hard, 3min hard w/ 90s jog`: the recovery could stand between all of them.
    pub(super) fn reject_list_recovery(&mut self, pieces: &[PhrasePiece]) -> PhraseResult<()> {
        let rungs: Vec<&PhrasePiece> =
            pieces.iter().rev().take_while(|piece| piece.is_rung() && piece.has_pace()).collect();
        let start = self.scan.at;
        let mut ahead = self.ahead();
        let introduced = ["w/ a", "w/", "with a", "with", "off"].iter().any(|word| ahead.scan.take(word));
        if rungs.len() < 2 || !introduced {
            return Ok(());
        }
        let sort = rungs.first().and_then(|rung| rung.length_sort());
        let Ok(recovery) = ahead.step(StepPlace::Recovery(sort)) else { return Ok(()) };
        if !(recovery.is_recovery() || recovery.is_only_time()) || !ahead.sees_item_end() {
            return Ok(());
        }
        let seconds = |length: Option<&LengthPhrase>| {
            length.filter(|length| length.sort == LengthSort::Seconds).map(|length| length.value)
        };
        let work: Option<f64> = rungs.iter().map(|rung| seconds(rung.length())).sum();
        let total = |count: usize| match (work, seconds(recovery.length.as_ref())) {
            (Some(work), Some(rest)) => {
                format!(" ({})", Millis::from_secs_f64(work + rest * count as f64))
            }
            _ => String::new(),
        };
        let (between_total, after_total) = (total(rungs.len() - 1), total(1));
        let recovery = recovery.render();
        let rungs: Vec<String> = rungs.iter().rev().map(|rung| rung.render()).collect();
        let rungs = rungs.join(", ");
        let problem = PhraseProblem::UnclearListRecovery {
            between: format!("`({rungs}) / {recovery}` for between{between_total}"),
            after: format!("`{rungs}, {recovery}` for once at the end{after_total}"),
            recovery,
        };
        ahead.unclear(start, problem)
    }

    /// Reports `3x8min r 3min @ LT`: the pace after the recovery could be that of the reps.
    pub(super) fn reject_pace_of_recovery(
        &self,
        start: usize,
        repeat: &PhrasePiece,
        recovery: &RecoveryPhrase,
    ) -> PhraseResult<()> {
        let RecoveryPhrase::Between(text, _) = recovery else { return Ok(()) };
        let written = self.since(start).to_lowercase();
        let Some((length, target)) = text.split_once(' ') else { return Ok(()) };
        let told = written.contains('@') || written.contains(" at ");
        if !told || repeat.has_pace() || target.starts_with("in ") || !is_work(target) {
            return Ok(());
        }
        let mut paced = repeat.clone();
        let _ = paced.give_target(target);
        let work = format!("{} / {length}", paced.render());
        let recovery = format!("{} / {text}", repeat.render());
        self.unclear(start, PhraseProblem::UnclearRecoveryPace { target: target.to_string(), work, recovery })
    }
}

/// True for a target that is no word of recovery.
fn is_work(target: &str) -> bool {
    let first = target.split(' ').next().unwrap_or_default();
    !super::step_phrase::RECOVERIES.contains(&first) && !["very", "incline", "|"].contains(&first)
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

/// The race pace for a race over `metres`.
fn nearest_race(metres: f64) -> &'static str {
    match metres {
        m if m < 1700.0 => "mile",
        m if m < 3500.0 => "3K",
        m if m < 7500.0 => "5K",
        m if m < 13_000.0 => "10K",
        m if m < 18_000.0 => "10 mile",
        m if m < 30_000.0 => "HMP",
        _ => "MP",
    }
}
