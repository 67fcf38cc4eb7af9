//! Holds a workout to the bounds of the workout language.

use super::UnreadableWorkout;
use super::model::{
    CuePlace, ForeignCue, ForeignEnd, ForeignItem, ForeignStep, ForeignTarget, ForeignTotals, ForeignWorkout,
};
use super::report::{ConversionNotes, ReportKind, ReportPlace};
use crate::units::Millis;
use crate::workout::bounds::{
    DEEPEST_NESTING, LONGEST_CUE, LONGEST_LABEL, LONGEST_WORKOUT, LONGEST_WORKOUT_METRES, MOST_STEPS,
};
use std::ops::RangeInclusive;

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 120;
/// The longest description, in characters.
const LONGEST_ABOUT: usize = 2000;
/// The shortest distance from the start of a step to a text, in metres.
const SHORTEST_CUE_DISTANCE: f64 = 100.0;

/// The most repeats that a reader keeps. A workout with as many is refused for its steps, so nothing is lost.
pub const MOST_REPEATS: u32 = 1_000_000;
/// The deepest that repeats nest in a file: pacebell puts them into a list of steps.
pub const DEEPEST_REPEATS: usize = DEEPEST_NESTING - 1;

/// The most workouts of one file.
pub const MOST_WORKOUTS: usize = 1000;

/// The refusal of a file with more workouts.
pub fn too_many_workouts() -> UnreadableWorkout {
    UnreadableWorkout::new(format!("it has more than {MOST_WORKOUTS} workouts"))
}

/// Returns a count of repeats, from 1 on.
pub fn repeats(count: f64) -> u32 {
    count.round().clamp(1.0, f64::from(MOST_REPEATS)) as u32
}

/// The refusal of repeats within too many others. Readers give it before they build them.
pub fn too_deep() -> UnreadableWorkout {
    UnreadableWorkout::new(format!("its repeats are nested more than {DEEPEST_REPEATS} deep"))
}

/// Refuses more steps than a workout has. Readers ask as they go, so that a huge file takes little memory and time.
///
/// # Errors
/// If there are too many.
pub fn hold_steps(steps: u64) -> Result<(), UnreadableWorkout> {
    if steps <= MOST_STEPS {
        return Ok(());
    }
    Err(UnreadableWorkout::new(format!("it has more than {MOST_STEPS} steps")))
}

/// Clamps what is outside the bounds, with a line for each.
///
/// # Errors
/// If the workout is empty, too long, or has too many steps.
pub fn hold(mut workout: ForeignWorkout) -> Result<ForeignWorkout, UnreadableWorkout> {
    if depth(&workout.items) > DEEPEST_REPEATS {
        return Err(too_deep());
    }
    let totals = ForeignTotals::of(&workout.items);
    if totals.steps == 0 {
        return Err(UnreadableWorkout::new("it has no steps"));
    }
    hold_steps(totals.steps)?;
    let texts = texts(&workout.items);
    if texts > MOST_STEPS {
        let problem = format!("it has {texts} texts, and a workout has at most {MOST_STEPS}");
        return Err(UnreadableWorkout::new(problem));
    }
    if totals.time > LONGEST_WORKOUT {
        return Err(UnreadableWorkout::new("it takes more than 24 hours"));
    }
    if totals.metres > LONGEST_WORKOUT_METRES {
        return Err(UnreadableWorkout::new("it is longer than 320 km, further than anyone has run in a day"));
    }
    let report = ConversionNotes::after(workout.report.len());
    let mut holder = BoundsHolder { report, place: ReportPlace::default() };
    holder.text(&mut workout.name, LONGEST_NAME, "the name");
    if let Some(about) = &mut workout.about {
        holder.text(about, LONGEST_ABOUT, "the description");
    }
    holder.items(&mut workout.items);
    workout.report.extend(holder.report.finish());
    Ok(workout)
}

fn depth(items: &[ForeignItem]) -> usize {
    let inside = |item: &ForeignItem| match item {
        ForeignItem::Step(_) => 0,
        ForeignItem::Repeat(repeat) => 1 + depth(&repeat.items),
    };
    items.iter().map(inside).max().unwrap_or(0)
}

/// Returns how many texts are shown: those in a repeat once for each rep.
fn texts(items: &[ForeignItem]) -> u64 {
    let of = |item: &ForeignItem| match item {
        ForeignItem::Step(step) => step.cues.len() as u64,
        ForeignItem::Repeat(repeat) => {
            let inside = u64::from(repeat.count).saturating_mul(texts(&repeat.items));
            inside.saturating_add(repeat.cues.len() as u64)
        }
    };
    items.iter().map(of).fold(0, u64::saturating_add)
}

struct BoundsHolder {
    report: ConversionNotes,
    /// The place of the current step.
    place: ReportPlace,
}

impl BoundsHolder {
    fn items(&mut self, items: &mut [ForeignItem]) {
        for item in items {
            match item {
                ForeignItem::Step(step) => {
                    self.place = step.place;
                    self.one(step);
                }
                ForeignItem::Repeat(repeat) => {
                    self.place = repeat.place;
                    let totals = ForeignTotals::of_repeat(repeat);
                    let is_timed = totals.metres == 0.0;
                    let length = if is_timed {
                        ForeignEnd::Time(totals.time)
                    } else {
                        ForeignEnd::Distance(totals.metres)
                    };
                    self.cues(&mut repeat.cues, length);
                    self.items(&mut repeat.items);
                }
            }
        }
    }

    fn one(&mut self, step: &mut ForeignStep) {
        for target in &mut step.targets {
            self.target(target);
        }
        if let Some((from, to)) = &mut step.incline {
            self.clamp_range(from, to, -10.0..=40.0, "an incline in percent");
        }
        if let Some(label) = &mut step.label {
            self.text(label, LONGEST_LABEL, "a label");
        }
        self.cues(&mut step.cues, step.end);
    }

    fn target(&mut self, target: &mut ForeignTarget) {
        match target {
            ForeignTarget::Effort(_) | ForeignTarget::Zone(..) => {}
            ForeignTarget::Fraction { low, high, .. } => {
                self.clamp_range(low, high, 0.3..=1.5, "a fraction of a pace");
            }
            ForeignTarget::Speed { slow, fast } => {
                self.clamp_range(slow, fast, 0.05..=50.0 / 3.6, "a speed in m/s");
            }
            ForeignTarget::Beats(low, high) => {
                self.clamp_range(low, high, 30.0..=230.0, "a heart rate");
            }
            ForeignTarget::HeartShare { low, high, of } => {
                let most = if *of == "LTHR" { 130.0 } else { 100.0 };
                self.clamp_range(low, high, 30.0..=most, "a heart rate in percent");
            }
            ForeignTarget::Rpe(low, high) => {
                self.clamp_range(low, high, 0.0..=10.0, "an RPE");
            }
            ForeignTarget::Ramp(from, to) => {
                self.target(from);
                self.target(to);
            }
            ForeignTarget::Words(words) => self.text(words, LONGEST_LABEL, "words"),
        }
    }

    fn clamp_range(&mut self, low: &mut f64, high: &mut f64, bounds: RangeInclusive<f64>, what: &str) {
        let is_single = low == high;
        self.clamp(low, &bounds, what);
        if is_single {
            *high = *low;
        } else {
            self.clamp(high, &bounds, what);
        }
    }

    fn clamp(&mut self, number: &mut f64, bounds: &RangeInclusive<f64>, what: &str) {
        let (least, most) = (*bounds.start(), *bounds.end());
        let clamped = if number.is_nan() { least } else { number.clamp(least, most) };
        if clamped != *number {
            let original = crate::units::trimmed(*number, 3);
            let text =
                format!("{what} became {}, the nearest that pacebell has", crate::units::trimmed(clamped, 3));
            self.note(original, text);
            *number = clamped;
        }
    }

    fn note(&mut self, original: String, text: String) {
        self.report.push(self.place.note(ReportKind::Changed, Some(original), text));
    }

    fn text(&mut self, text: &mut String, most: usize, what: &str) {
        if text.chars().nth(most).is_some() {
            let short: String = text.chars().take(most - 1).chain(['…']).collect();
            let original = std::mem::replace(text, short);
            self.note(original, format!("{what} was cut to {most} characters"));
        }
    }

    /// Moves texts that lie outside their step into it.
    fn cues(&mut self, cues: &mut [ForeignCue], end: ForeignEnd) {
        for cue in cues.iter_mut() {
            self.text(&mut cue.text, LONGEST_CUE, "a text");
            let (at, words) = match (cue.at, end) {
                (CuePlace::Time(at), ForeignEnd::Time(length)) if at >= length => {
                    let second = length.saturating_sub(Millis::from_secs(1));
                    (
                        CuePlace::Time(second),
                        "its time is past the end of the step, so it comes in the last second",
                    )
                }
                (CuePlace::Time(at), ForeignEnd::Distance(_)) if at > Millis::ZERO => (
                    CuePlace::Time(Millis::ZERO),
                    "it has a time in a step with a distance, so it comes at the start",
                ),
                (CuePlace::Metres(at), ForeignEnd::Distance(length)) if at >= length && at > 0.0 => (
                    CuePlace::Time(Millis::ZERO),
                    "it lies past the end of the step, so it comes at the start",
                ),
                (CuePlace::Metres(at), ForeignEnd::Distance(_)) if at < SHORTEST_CUE_DISTANCE => {
                    let kept =
                        if at == 0.0 { "" } else { "it comes in the first 100 m, so it comes at the start" };
                    (CuePlace::Time(Millis::ZERO), kept)
                }
                (CuePlace::Metres(at), ForeignEnd::Time(_) | ForeignEnd::Open) => {
                    let kept = if at == 0.0 {
                        ""
                    } else {
                        "it has a distance in a step with a time, so it comes at the start"
                    };
                    (CuePlace::Time(Millis::ZERO), kept)
                }
                _ => continue,
            };
            cue.at = at;
            if !words.is_empty() {
                self.note(cue.text.clone(), words.to_string());
            }
        }
    }
}
