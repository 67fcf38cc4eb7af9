//! Workouts of Garmin Connect as JSON, as its web interface and its clients send them.
//!
//! Numbers of kinds differ between programs, so keys such as `heart.rate.zone` count.

use super::bike_power::{POWER_ZONES, PowerReading};
use super::json_fields::{list, number, parse, text};
use super::limits::{DEEPEST_REPEATS, repeats, too_deep};
use super::model::{
    CuePlace, FIVE_ZONES, ForeignCue, ForeignEnd, ForeignItem, ForeignRepeat, ForeignStep, ForeignTarget,
    ForeignWorkout, HIGHEST_ZONE,
};
use super::report::{ConversionNote, ConversionNotes, ReportKind, ReportPlace};
use super::step_words::usual_effort;
use super::{ReadOptions, UnreadableWorkout};
use crate::units::{Millis, trimmed};
use crate::workout::sequence::Kind;
use serde_json::Value;

/// Reads a workout.
///
/// # Errors
/// If it is not JSON, or nests groups too deep.
pub fn read(source: &str, options: &ReadOptions) -> Result<ForeignWorkout, UnreadableWorkout> {
    let json = parse(source)?;
    let mut reader = GarminReader { power: options.power, report: ConversionNotes::default(), steps: 0 };
    let sport = json.get("sportType").and_then(|sport| text(sport, "sportTypeKey"));
    if let Some(sport) = sport.filter(|sport| !sport.contains("running")) {
        reader.tell(
            ReportKind::Changed,
            format!("a workout for {} became one for running", sport.replace('_', " ")),
        );
    }
    let mut items = Vec::new();
    for segment in list(&json, "workoutSegments") {
        items.extend(reader.items(list(segment, "workoutSteps"), 0)?);
    }
    Ok(ForeignWorkout {
        name: text(&json, "workoutName").unwrap_or_default().to_string(),
        about: text(&json, "description").map(str::to_string),
        items,
        report: reader.report.finish(),
        ..ForeignWorkout::default()
    })
}

struct GarminReader {
    power: PowerReading,
    report: ConversionNotes,
    steps: usize,
}

impl GarminReader {
    fn tell(&mut self, kind: ReportKind, text: String) {
        self.report.push(ConversionNote::new(kind, text));
    }

    fn note(&mut self, kind: ReportKind, original: Option<String>, text: &str) {
        let place = self.place();
        self.report.push(place.note(kind, original, text));
    }

    fn place(&self) -> ReportPlace {
        ReportPlace { step: Some(self.steps), line: None }
    }

    fn items(&mut self, steps: &[Value], depth: usize) -> Result<Vec<ForeignItem>, UnreadableWorkout> {
        let mut items = Vec::new();
        for step in steps {
            let inside = list(step, "workoutSteps");
            if inside.is_empty() {
                items.extend(self.step(step).map(ForeignItem::Step));
                continue;
            }
            let times = number(step, "numberOfIterations").or(number(step, "endConditionValue"));
            let count = repeats(times.unwrap_or(1.0));
            let place = ReportPlace { step: Some(self.steps + 1), line: None };
            if depth >= DEEPEST_REPEATS {
                return Err(too_deep());
            }
            let items_inside = self.items(inside, depth + 1)?;
            let skips = step.get("skipLastRestStep").and_then(Value::as_bool).unwrap_or(false);
            if !items_inside.is_empty() {
                let skips_last_rest = skips && items_inside.len() > 1;
                items.push(ForeignItem::Repeat(ForeignRepeat {
                    count,
                    items: items_inside,
                    skips_last_rest,
                    cues: Vec::new(),
                    place,
                }));
            }
        }
        Ok(items)
    }

    fn step(&mut self, step: &Value) -> Option<ForeignStep> {
        self.steps += 1;
        let key =
            |field: &str, name: &str| step.get(field).and_then(|value| text(value, name)).unwrap_or_default();
        let kind = match key("stepType", "stepTypeKey") {
            "warmup" => Some(Kind::Warmup),
            "cooldown" => Some(Kind::Cooldown),
            "recovery" => Some(Kind::Recovery),
            "rest" => Some(Kind::Rest),
            "interval" => Some(Kind::Interval),
            _ => None,
        };
        let value = number(step, "endConditionValue").filter(|value| *value > 0.0);
        let (end, words) = match (key("endCondition", "conditionTypeKey"), value) {
            ("time" | "fixed.rest", Some(seconds)) => {
                (ForeignEnd::Time(Millis::from_secs_f64(seconds.min(1e7))), None)
            }
            ("distance", Some(metres)) => (ForeignEnd::Distance((metres * 1000.0).round() / 1000.0), None),
            ("lap.button" | "", _) => (ForeignEnd::Open, None),
            (condition, value) => {
                let value = value.map(|value| format!(" {}", trimmed(value, 1))).unwrap_or_default();
                (ForeignEnd::Open, Some(format!("until {}{value}", condition.replace('.', " "))))
            }
        };
        if let Some(words) = &words {
            self.note(
                ReportKind::KeptAsWords,
                Some(words.clone()),
                "a step that ends in another way became an open step",
            );
        }
        let target = self.target(step, key("targetType", "workoutTargetTypeKey"));
        let target = target.unwrap_or_else(|| {
            let effort = usual_effort(kind);
            self.note(ReportKind::Assumed, None, &format!("a step without a target is {effort}"));
            ForeignTarget::Effort(effort)
        });
        let mut read = ForeignStep { kind, label: words, ..ForeignStep::new(self.place(), end, target) };
        if let Some(description) = text(step, "description") {
            read.cues.push(ForeignCue { at: CuePlace::Time(Millis::ZERO), text: description.to_string() });
        }
        if step
            .get("secondaryTargetType")
            .is_some_and(|second| text(second, "workoutTargetTypeKey").is_some_and(|key| key != "no.target"))
        {
            self.note(ReportKind::LeftOut, None, "a second target");
        }
        Some(read)
    }

    fn target(&mut self, step: &Value, key: &str) -> Option<ForeignTarget> {
        let (one, two) = (number(step, "targetValueOne"), number(step, "targetValueTwo"));
        let range =
            one.or(two).zip(two.or(one)).map(|(a, b)| (a.min(b), a.max(b))).filter(|(low, _)| *low > 0.0);
        let zone = number(step, "zoneNumber").filter(|zone| POWER_ZONES.contains(zone));
        match (key, range, zone) {
            ("" | "no.target", ..) => None,
            ("pace.zone" | "speed.zone", Some((slow, fast)), _) => Some(ForeignTarget::Speed { slow, fast }),
            ("heart.rate.zone", Some((low, high)), _) if low >= 30.0 => {
                Some(ForeignTarget::Beats(low.round(), high.round()))
            }
            ("heart.rate.zone", _, Some(zone)) => {
                if zone > HIGHEST_ZONE {
                    self.note(ReportKind::Changed, Some(format!("zone {zone}")), FIVE_ZONES);
                }
                let zone = zone.min(HIGHEST_ZONE) as u8;
                Some(ForeignTarget::Zone(zone, zone))
            }
            ("power.zone", _, Some(zone)) => {
                self.note(
                    ReportKind::Changed,
                    Some(format!("power zone {zone}")),
                    "a zone of power became an effort",
                );
                Some(self.power.zone(zone))
            }
            ("power.zone", Some((low, high)), _) => {
                let words = format!("{}-{} W", trimmed(low, 0), trimmed(high, 0));
                self.note(ReportKind::KeptAsWords, Some(words.clone()), "watts stay words");
                Some(ForeignTarget::Words(words))
            }
            (key, ..) => {
                self.note(ReportKind::LeftOut, Some(key.to_string()), "a target that pacebell does not have");
                None
            }
        }
    }
}
