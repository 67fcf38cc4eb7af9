//! Workouts as FIT files: <https://developer.garmin.com/fit/file-types/workout/>.

use super::export_losses::{ExportLosses, ExportOptions, ExportRefusal};
use super::garmin_writer::WIDENED;
use super::model::{CuePlace, ForeignEnd, ForeignItem, ForeignStep, ForeignTarget, ForeignWorkout};
use super::report::ReportKind;
use super::step_words::{cue_words, incline_words, last_items, speeds, target_words};
use crate::formats::fit::encoder::{self, FitMessage, FitValue, LONGEST_TEXT};
use crate::formats::fit::{DEVELOPMENT, FIT_EPOCH, MESSAGE_INDEX, PRODUCT, message};
use crate::units::Millis;
use crate::workout::sequence::{HeartSide, Kind};

/// The messages about the workout and its steps.
const WORKOUT: u16 = 26;
const WORKOUT_STEP: u16 = 27;
/// Running on a treadmill.
const SPORT: FitValue = FitValue::Enum(1);
/// The most steps, repeats included. The index of a step has two bytes.
const MOST_STEPS: usize = 60_000;

/// Returns the bytes of the file.
///
/// # Errors
/// If it has more steps than the format can number.
pub fn file(
    workout: &ForeignWorkout,
    options: &ExportOptions,
    losses: &mut ExportLosses,
) -> Result<Vec<u8>, ExportRefusal> {
    let mut steps = Vec::new();
    write_items(&workout.items, &mut steps, losses);
    if steps.len() > MOST_STEPS {
        let problem =
            format!("a FIT workout has at most {MOST_STEPS} steps, and this one has {}", steps.len());
        return Err(ExportRefusal { problem, help: "split the workout" });
    }
    let count = u16::try_from(steps.len()).unwrap_or(u16::MAX);
    let about = workout.about.clone().filter(|about| !about.is_empty());
    for (what, text) in [("the name", Some(&workout.name)), ("the description", about.as_ref())] {
        if text.is_some_and(|text| text.len() > LONGEST_TEXT) {
            losses.whole(ReportKind::Changed, &cut(what));
        }
    }
    let mut messages = vec![
        FitMessage::new(WORKOUT)
            .with(4, SPORT)
            .with(6, FitValue::Short(count))
            .with(8, FitValue::Text(workout.name.clone()))
            .with(11, FitValue::Enum(1))
            .with_known(17, about.map(FitValue::Text)),
    ];
    messages.extend(steps);
    let id = FitMessage::new(message::FILE_ID)
        // A workout.
        .with(0, FitValue::Enum(5))
        .with(1, FitValue::Short(DEVELOPMENT))
        .with(2, FitValue::Short(PRODUCT))
        // Watches take two workouts with one number for the same.
        .with(3, FitValue::NonZero(serial(&encoder::file(&messages))))
        .with_known(4, options.created.and_then(fit_time).map(FitValue::Long));
    messages.insert(0, id);
    Ok(encoder::file(&messages))
}

/// Returns a time in seconds since 1970 as FIT has it. `None` before 1990 and after 2125.
fn fit_time(seconds: i64) -> Option<u32> {
    u32::try_from(seconds.checked_sub(FIT_EPOCH)?).ok()
}

/// Returns a number for a content, FNV-1a: <http://www.isthe.com/chongo/tech/comp/fnv/>.
fn serial(bytes: &[u8]) -> u32 {
    let hash =
        bytes.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    hash.max(1)
}

fn write_items(items: &[ForeignItem], steps: &mut Vec<FitMessage>, losses: &mut ExportLosses) {
    for item in items {
        if steps.len() > MOST_STEPS {
            return;
        }
        match item {
            ForeignItem::Step(step) => {
                let message = message_of(step, index(steps), losses);
                steps.push(message);
            }
            ForeignItem::Repeat(repeat) => {
                // A recovery that stands between the reps only: the last rep comes by itself.
                let count = repeat.count.saturating_sub(u32::from(repeat.skips_last_rest));
                let first = index(steps);
                write_items(&repeat.items, steps, losses);
                if count > 1 {
                    let at = index(steps);
                    steps.push(
                        FitMessage::new(WORKOUT_STEP)
                            .with(MESSAGE_INDEX, FitValue::Short(at))
                            .with(7, FitValue::Enum(0))
                            // Until this many times are done, from the step on.
                            .with(1, FitValue::Enum(6))
                            .with(2, FitValue::Long(u32::from(first)))
                            .with(3, FitValue::Enum(2))
                            .with(4, FitValue::Long(count)),
                    );
                }
                if repeat.skips_last_rest {
                    write_items(last_items(repeat), steps, losses);
                }
            }
        }
    }
}

fn index(steps: &[FitMessage]) -> u16 {
    u16::try_from(steps.len()).unwrap_or(u16::MAX)
}

fn message_of(step: &ForeignStep, index: u16, losses: &mut ExportLosses) -> FitMessage {
    let heart_end = heart_end(step);
    if heart_end.is_some() {
        let times = "the shortest and the longest time of a step that ends on the heart rate";
        losses.step(ReportKind::LeftOut, step, times);
    }
    let (kind, value) = heart_end.unwrap_or(match step.end {
        ForeignEnd::Time(time) => (0, u32::try_from(time.get()).ok()),
        ForeignEnd::Distance(metres) => (1, Some((metres * 100.0).round() as u32)),
        ForeignEnd::Open => (5, None),
    });
    let intensity = match step.kind {
        Some(Kind::Rest) => 1,
        Some(Kind::Warmup) => 2,
        Some(Kind::Cooldown) => 3,
        Some(Kind::Recovery) => 4,
        Some(Kind::Interval) => 5,
        Some(Kind::Run) | None => 0,
    };
    let label = step.label.clone().filter(|label| !label.is_empty());
    tell_cut("the label", label.as_deref(), step, losses);
    let message = FitMessage::new(WORKOUT_STEP)
        .with(MESSAGE_INDEX, FitValue::Short(index))
        .with_known(0, label.map(FitValue::Text))
        .with(7, FitValue::Enum(intensity))
        .with(1, FitValue::Enum(kind))
        .with_known(2, value.map(FitValue::Long));
    let target = target(step, losses);
    let message = match target {
        Some(FitTarget::Custom { kind, low, high }) => message
            .with(3, FitValue::Enum(kind))
            .with(4, FitValue::Long(0))
            .with(5, FitValue::Long(low))
            .with(6, FitValue::Long(high)),
        Some(FitTarget::Zone(zone)) => {
            message.with(3, FitValue::Enum(1)).with(4, FitValue::Long(u32::from(zone)))
        }
        None => message.with(3, FitValue::Enum(2)).with(4, FitValue::Long(0)),
    };
    let notes = notes(step, target.is_some(), losses);
    tell_cut("the note of the step", notes.as_deref(), step, losses);
    message.with_known(8, notes.map(FitValue::Text))
}

/// Tells of a text of a step that is longer than the format allows. The encoder cuts it.
fn tell_cut(what: &str, text: Option<&str>, step: &ForeignStep, losses: &mut ExportLosses) {
    if text.is_some_and(|text| text.len() > LONGEST_TEXT) {
        losses.step(ReportKind::Changed, step, &cut(what));
    }
}

fn cut(what: &str) -> String {
    format!("{what} has more than {LONGEST_TEXT} bytes, and was cut")
}

/// Returns the duration type and value of a step that ends on a heart rate: `hr_less_than` or `hr_greater_than`, with beats
/// per minute above 100 as the profile of FIT has them.
fn heart_end(step: &ForeignStep) -> Option<(u8, Option<u32>)> {
    let limit = step.until.as_ref()?;
    let kind = match limit.side {
        HeartSide::Below => 2,
        HeartSide::Above => 3,
    };
    Some((kind, Some(limit.bpm? + 100)))
}

#[derive(Clone, Copy)]
enum FitTarget {
    Custom { kind: u8, low: u32, high: u32 },
    Zone(u8),
}

fn target(step: &ForeignStep, losses: &mut ExportLosses) -> Option<FitTarget> {
    if let Some(band) = speeds(step) {
        let (mut slow, mut fast) = (band.from.min(band.to), band.from.max(band.to));
        if band.is_ramp {
            losses.step(
                ReportKind::Changed,
                step,
                "a ramp became the range from its slowest to its fastest speed",
            );
        }
        if slow == fast {
            losses.step(
                ReportKind::Changed,
                step,
                "a single pace was widened by 2 % each way, so that the watch does not beep",
            );
            (slow, fast) = (slow * (1.0 - WIDENED), fast * (1.0 + WIDENED));
        }
        let millimetres = |speed: f64| (speed * 1000.0).round() as u32;
        return Some(FitTarget::Custom { kind: 0, low: millimetres(slow), high: millimetres(fast) });
    }
    step.targets.iter().find_map(|target| match target {
        // Beats per minute are written above 100, and percent below.
        ForeignTarget::Beats(low, high) => {
            Some(FitTarget::Custom { kind: 1, low: *low as u32 + 100, high: *high as u32 + 100 })
        }
        ForeignTarget::Zone(low, _) => Some(FitTarget::Zone(*low)),
        _ => None,
    })
}

/// Returns what the watch shows during the step.
fn notes(step: &ForeignStep, has_target: bool, losses: &mut ExportLosses) -> Option<String> {
    let words = target_words(step).filter(|_| !has_target).map(str::to_string);
    if words.is_some() {
        losses.step(ReportKind::KeptAsWords, step, "the target is in the notes of the step");
    }
    let incline = incline_words(step);
    if incline.is_some() {
        losses.step(ReportKind::KeptAsWords, step, "the incline is in the notes of the step");
    }
    let has_times = |at: CuePlace| at != CuePlace::Time(Millis::ZERO);
    if step.cues.iter().any(|cue| has_times(cue.at)) {
        losses.step(ReportKind::KeptAsWords, step, "texts with their times are in the notes of the step");
    }
    let parts: Vec<String> = [words, incline, cue_words(&step.cues)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}
