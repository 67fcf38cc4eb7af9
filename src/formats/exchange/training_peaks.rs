//! Workouts of TrainingPeaks as JSON, as its calendar and its library send them.
//!
//! The steps are in `structure`, which is a list, an object with a list, or either of them as a text.

use super::bike_power::PowerReading;
use super::json_fields::{list, number, parse, text};
use super::limits::{DEEPEST_REPEATS, repeats, too_deep};
use super::model::{
    CuePlace, ForeignCue, ForeignEnd, ForeignItem, ForeignRepeat, ForeignStep, ForeignTarget, ForeignWorkout,
};
use super::report::{ConversionNote, ConversionNotes, ReportKind, ReportPlace};
use super::{ReadOptions, UnreadableWorkout};
use crate::units::{METRES_PER_MILE, Millis, trimmed};
use crate::workout::sequence::Kind;
use serde_json::Value;

/// The longest length that is read, in seconds or metres. A longer workout is refused.
const LONGEST: f64 = 1e7;
/// The number of the sport of runs.
const RUN: f64 = 3.0;

/// Reads a workout.
///
/// # Errors
/// If it is not JSON, or nests repeats too deep.
pub fn read(source: &str, options: &ReadOptions) -> Result<ForeignWorkout, UnreadableWorkout> {
    let json = parse(source)?;
    let inside;
    let structure = match json.get("structure") {
        Some(Value::String(text)) => {
            inside = parse(text)?;
            &inside
        }
        Some(structure) => structure,
        None => &Value::Null,
    };
    // An object with the list, or the list itself, whose metric stands beside it.
    let holder = if structure.is_array() { &json } else { structure };
    let metric = text(holder, "primaryIntensityMetric").or(text(&json, "primaryIntensityMetric"));
    let mut reader = PeaksReader {
        power: options.power,
        metric: metric.unwrap_or_default().to_string(),
        report: ConversionNotes::default(),
        steps: 0,
    };
    reader.tell_sport(&json);
    let blocks = structure.as_array().map_or_else(|| list(structure, "structure"), Vec::as_slice);
    let items = reader.blocks(blocks, 0)?;
    let name = ["title", "workoutTitle", "itemName", "name"].iter().find_map(|key| text(&json, key));
    Ok(ForeignWorkout {
        name: name.unwrap_or_default().to_string(),
        about: text(&json, "description").map(str::to_string),
        items,
        report: reader.report.finish(),
        ..ForeignWorkout::default()
    })
}

struct PeaksReader {
    power: PowerReading,
    /// The unit of targets, such as `percentOfThresholdPace`.
    metric: String,
    report: ConversionNotes,
    steps: usize,
}

impl PeaksReader {
    fn tell_sport(&mut self, json: &Value) {
        let sport = number(json, "workoutTypeId").or(number(json, "workoutTypeValueId"));
        if sport.is_some_and(|sport| sport != RUN) {
            let text = "a workout for another sport became one for running";
            self.report.push(ConversionNote::new(ReportKind::Changed, text));
        }
        if self.metric == "percentOfFtp" {
            self.report.push(ConversionNote::new(ReportKind::Changed, self.power.sentence()));
        }
    }

    fn note(&mut self, kind: ReportKind, original: Option<String>, text: &str) {
        let place = ReportPlace { step: Some(self.steps), line: None };
        self.report.push(place.note(kind, original, text));
    }

    fn blocks(&mut self, blocks: &[Value], depth: usize) -> Result<Vec<ForeignItem>, UnreadableWorkout> {
        let mut items = Vec::new();
        for block in blocks {
            let inside = list(block, "steps");
            if inside.is_empty() {
                items.extend(self.step(block).map(ForeignItem::Step));
                continue;
            }
            if depth >= DEEPEST_REPEATS {
                return Err(too_deep());
            }
            let length = block.get("length").and_then(|length| number(length, "value"));
            let place = ReportPlace { step: Some(self.steps + 1), line: None };
            let inside = self.blocks(inside, depth + 1)?;
            match repeats(length.unwrap_or(1.0)) {
                _ if inside.is_empty() => {}
                1 => items.extend(inside),
                count => items.push(ForeignItem::Repeat(ForeignRepeat {
                    count,
                    items: inside,
                    place,
                    ..ForeignRepeat::default()
                })),
            }
        }
        Ok(items)
    }

    fn step(&mut self, step: &Value) -> Option<ForeignStep> {
        self.steps += 1;
        let place = ReportPlace { step: Some(self.steps), line: None };
        let (kind, effort) = match text(step, "intensityClass") {
            Some("warmUp") => (Some(Kind::Warmup), "easy"),
            Some("coolDown") => (Some(Kind::Cooldown), "easy"),
            Some("rest") => (Some(Kind::Recovery), "recovery"),
            _ => (None, "easy"),
        };
        let label = text(step, "name").map(str::to_string);
        let Some(end) = self.end(step) else {
            self.note(ReportKind::LeftOut, label, "a step without a length");
            return None;
        };
        let target = self.target(step).unwrap_or_else(|| {
            self.note(ReportKind::Assumed, None, &format!("a step without a target is {effort}"));
            ForeignTarget::Effort(effort)
        });
        let mut read = ForeignStep { kind, label, ..ForeignStep::new(place, end, target) };
        if let Some(notes) = text(step, "notes") {
            read.cues.push(ForeignCue { at: CuePlace::Time(Millis::ZERO), text: notes.to_string() });
        }
        Some(read)
    }

    fn end(&mut self, step: &Value) -> Option<ForeignEnd> {
        let length = step.get("length");
        let value = length.and_then(|length| number(length, "value")).filter(|value| *value > 0.0);
        let unit = length.and_then(|length| text(length, "unit")).unwrap_or("second");
        if step.get("openDuration").and_then(Value::as_bool) == Some(true) {
            if let Some(value) = value {
                let original = Some(format!("{} {unit}", trimmed(value, 3)));
                let text = "the length of a step that waits for a key, which is an estimate";
                self.note(ReportKind::LeftOut, original, text);
            }
            return Some(ForeignEnd::Open);
        }
        let seconds = |n: f64| ForeignEnd::Time(Millis::from_secs_f64(n.min(LONGEST)));
        let metres = |n: f64| ForeignEnd::Distance((n.min(LONGEST) * 1000.0).round() / 1000.0);
        let value = value?;
        let end = match unit.trim_end_matches('s') {
            "second" => seconds(value),
            "minute" => seconds(value * 60.0),
            "hour" => seconds(value * 3600.0),
            "meter" | "metre" => metres(value),
            "kilometer" | "kilometre" => metres(value * 1000.0),
            "mile" => metres(value * METRES_PER_MILE),
            "yard" => metres(value * 0.9144),
            _ => return None,
        };
        Some(end).filter(|end| match end {
            ForeignEnd::Time(time) => *time > Millis::ZERO,
            ForeignEnd::Distance(metres) => *metres > 0.0,
            ForeignEnd::Open => true,
        })
    }

    fn target(&mut self, step: &Value) -> Option<ForeignTarget> {
        let targets = list(step, "targets");
        let is_cadence = |target: &&Value| text(target, "unit") == Some("roundOrStridePerMinute");
        if targets.iter().any(|target| is_cadence(&target)) {
            self.note(ReportKind::LeftOut, None, "a cadence");
        }
        let mut others = targets.iter().filter(|target| !is_cadence(target));
        let first = others.next()?;
        if others.next().is_some() {
            self.note(ReportKind::LeftOut, None, "a second target");
        }
        let (low, high) = (number(first, "minValue"), number(first, "maxValue"));
        let (first, last) = low.or(high).zip(high.or(low)).filter(|(low, high)| low.max(*high) > 0.0)?;
        let (low, high) = (first.min(last), first.max(last));
        let written =
            if low == high { trimmed(low, 2) } else { format!("{}-{}", trimmed(low, 2), trimmed(high, 2)) };
        match self.metric.as_str() {
            "percentOfFtp" => {
                if low != high {
                    let original = Some(format!("{written} %"));
                    self.note(ReportKind::Changed, original, "a range of power became its average");
                }
                Some(self.power.target((low + high) / 200.0))
            }
            "percentOfThresholdPace" | "percentOfThresholdSpeed" => {
                Some(ForeignTarget::Fraction { low: low / 100.0, high: high / 100.0, of: "threshold" })
            }
            "percentOfThresholdHr" => Some(ForeignTarget::HeartShare { low, high, of: "LTHR" }),
            "percentOfMaxHr" => Some(ForeignTarget::HeartShare { low, high, of: "HRmax" }),
            "rpe" => Some(ForeignTarget::Rpe(low, high)),
            metric => {
                let words = format!("{written} {metric}").trim().to_string();
                let text = "a target that pacebell does not have stays words";
                self.note(ReportKind::KeptAsWords, Some(words.clone()), text);
                Some(ForeignTarget::Words(words))
            }
        }
    }
}
