//! Writes workouts of Garmin Connect as JSON, as its web interface takes them.

use super::export_losses::ExportLosses;
use super::model::{ForeignEnd, ForeignItem, ForeignStep, ForeignTarget, ForeignWorkout};
use super::report::ReportKind;
use super::step_words::{cue_words, incline_words, speeds, target_words};
use crate::workout::sequence::Kind;
use serde_json::{Value, json};

/// The longest name that the server keeps, in characters.
const LONGEST_NAME: usize = 256;
/// By how much a single pace is widened each way, so that a watch does not beep all the time.
pub const WIDENED: f64 = 0.02;

/// Returns the text of the file.
pub fn file(workout: &ForeignWorkout, losses: &mut ExportLosses) -> String {
    let running = json!({"sportTypeId": 1, "sportTypeKey": "running"});
    let mut order = 0;
    let steps = steps(&workout.items, &mut order, losses);
    let name: String = workout.name.chars().take(LONGEST_NAME).collect();
    let json = json!({
        "workoutName": name,
        "description": workout.about,
        "sportType": running,
        "workoutSegments": [{"segmentOrder": 1, "sportType": running, "workoutSteps": steps}],
    });
    // Plain data always serialises.
    serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
}

fn steps(items: &[ForeignItem], order: &mut u32, losses: &mut ExportLosses) -> Vec<Value> {
    let mut steps = Vec::new();
    for item in items {
        *order += 1;
        let here = *order;
        steps.push(match item {
            ForeignItem::Step(step) => one(step, here, losses),
            ForeignItem::Repeat(repeat) => json!({
                "type": "RepeatGroupDTO",
                "stepOrder": here,
                "stepType": {"stepTypeId": 6, "stepTypeKey": "repeat"},
                "numberOfIterations": repeat.count,
                "endCondition": {"conditionTypeId": 7, "conditionTypeKey": "iterations"},
                "endConditionValue": f64::from(repeat.count),
                "smartRepeat": false,
                "skipLastRestStep": repeat.skips_last_rest,
                "workoutSteps": self::steps(&repeat.items, order, losses),
            }),
        });
    }
    steps
}

fn one(step: &ForeignStep, order: u32, losses: &mut ExportLosses) -> Value {
    let (type_id, type_key) = match step.kind {
        Some(Kind::Warmup) => (1, "warmup"),
        Some(Kind::Cooldown) => (2, "cooldown"),
        Some(Kind::Recovery) => (4, "recovery"),
        Some(Kind::Rest) => (5, "rest"),
        Some(Kind::Interval) => (3, "interval"),
        Some(Kind::Run) | None => (7, "other"),
    };
    let (end_id, end_key, value) = match step.end {
        ForeignEnd::Time(time) => (2, "time", Some(time.as_secs_f64())),
        ForeignEnd::Distance(metres) => (3, "distance", Some(metres)),
        ForeignEnd::Open => (1, "lap.button", None),
    };
    let (target_id, target_key, zone, range) = target(step, losses);
    let words = target_words(step).filter(|_| target_key == "no.target").map(str::to_string);
    if words.is_some() {
        losses.step(ReportKind::KeptAsWords, step, "the target is in the notes of the step");
    }
    let incline = incline_words(step);
    if incline.is_some() {
        losses.step(ReportKind::KeptAsWords, step, "the incline is in the notes of the step");
    }
    if step.label.is_some() {
        losses.step(ReportKind::KeptAsWords, step, "the label is in the notes of the step");
    }
    let cues = cue_words(&step.cues);
    if step.cues.iter().any(|cue| cue.at != super::model::CuePlace::Time(crate::units::Millis::ZERO)) {
        losses.step(ReportKind::KeptAsWords, step, "texts with their times are in the notes of the step");
    }
    let notes: Vec<String> = [step.label.clone(), words, incline, cues].into_iter().flatten().collect();
    json!({
        "type": "ExecutableStepDTO",
        "stepOrder": order,
        "stepType": {"stepTypeId": type_id, "stepTypeKey": type_key},
        "description": if notes.is_empty() { Value::Null } else { Value::String(notes.join("; ")) },
        "endCondition": {"conditionTypeId": end_id, "conditionTypeKey": end_key},
        "endConditionValue": value,
        "targetType": {"workoutTargetTypeId": target_id, "workoutTargetTypeKey": target_key},
        "targetValueOne": range.map(|range| range.0),
        "targetValueTwo": range.map(|range| range.1),
        "zoneNumber": zone,
    })
}

type GarminTarget = (u8, &'static str, Option<u8>, Option<(f64, f64)>);

fn target(step: &ForeignStep, losses: &mut ExportLosses) -> GarminTarget {
    if let Some(band) = speeds(step) {
        let (slow, fast) = (band.from.min(band.to), band.from.max(band.to));
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
            return (6, "pace.zone", None, Some((slow * (1.0 - WIDENED), fast * (1.0 + WIDENED))));
        }
        return (6, "pace.zone", None, Some((slow, fast)));
    }
    let heart = step.targets.iter().find_map(|target| match target {
        ForeignTarget::Beats(low, high) => Some((4, "heart.rate.zone", None, Some((*low, *high)))),
        ForeignTarget::Zone(low, _) => Some((4, "heart.rate.zone", Some(*low), None)),
        _ => None,
    });
    heart.unwrap_or((1, "no.target", None, None))
}
