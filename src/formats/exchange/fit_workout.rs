//! Workouts as FIT files, which watches take: <https://developer.garmin.com/fit/file-types/workout/>.

use super::bike_power::PowerReading;
use super::limits::{self, DEEPEST_REPEATS, MOST_REPEATS, too_deep};
use super::model::{
    CuePlace, ForeignCue, ForeignEnd, ForeignItem, ForeignRepeat, ForeignStep, ForeignTarget, ForeignWorkout,
};
use super::report::{ConversionNote, ConversionNotes, ReportKind, ReportPlace};
use super::step_words::usual_effort;
use super::{ReadOptions, UnreadableWorkout};
use crate::formats::activity_reader::fit_messages::{FitFields, parts};
use crate::units::{Millis, trimmed};
use crate::workout::sequence::Kind;

/// The messages about the workout and its steps.
const WORKOUT: u16 = 26;
const WORKOUT_STEP: u16 = 27;
/// The number of the field that numbers the steps.
const MESSAGE_INDEX: u8 = 254;

/// Reads a workout.
///
/// # Errors
/// If it is damaged from the start, has no steps or too many, or nests repeats too deep.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<ForeignWorkout, UnreadableWorkout> {
    let wanted = |kind| kind == WORKOUT || kind == WORKOUT_STEP;
    let no_steps = || {
        UnreadableWorkout::new("it is a FIT file without steps")
            .with_help("to bring in a run that a watch recorded, use `pacebell log import`")
    };
    let parts = parts(bytes, wanted).map_err(|_| no_steps())?;
    let mut reader = FitReader {
        power: options.power,
        report: ConversionNotes::default(),
        entries: Vec::new(),
        place: ReportPlace::default(),
    };
    for remark in parts.iter().flat_map(|part| &part.remarks) {
        reader.report.push(ConversionNote::new(ReportKind::Repaired, remark.as_str()));
    }
    let messages: Vec<&FitFields> = parts.iter().flat_map(|part| &part.messages).collect();
    let mut steps: Vec<&FitFields> = messages.iter().copied().filter(|m| m.kind == WORKOUT_STEP).collect();
    if steps.is_empty() {
        return Err(no_steps());
    }
    // A repeat runs its steps twice or more, so a workout that fits has no more messages than steps to run.
    limits::hold_steps(steps.len() as u64)?;
    // The number of steps in the header is often wrong, so it is not looked at.
    steps.sort_by_key(|step| step.number(MESSAGE_INDEX).unwrap_or(u64::MAX));
    let header = messages.iter().find(|message| message.kind == WORKOUT);
    match header.and_then(|header| header.number(4)) {
        Some(1) => {}
        None => reader.tell(ReportKind::Assumed, "no sport is named, so it was read as a run"),
        Some(_) => reader.tell(ReportKind::Changed, "a workout for another sport became one for running"),
    }
    for (step, number) in steps.iter().zip(0..) {
        reader.step(step, step.number(MESSAGE_INDEX).unwrap_or(number))?;
    }
    let text =
        |field| header.and_then(|header| header.text(field)).map(str::trim).filter(|text| !text.is_empty());
    Ok(ForeignWorkout {
        name: text(8).unwrap_or_default().to_string(),
        about: text(17).map(str::to_string),
        items: reader.entries.into_iter().map(|entry| entry.item).collect(),
        report: reader.report.finish(),
        ..ForeignWorkout::default()
    })
}

/// An item with the index of its first step.
struct FitEntry {
    first: u64,
    /// How deep repeats nest in it.
    depth: usize,
    item: ForeignItem,
}

struct FitReader {
    power: PowerReading,
    report: ConversionNotes,
    entries: Vec<FitEntry>,
    place: ReportPlace,
}

impl FitReader {
    fn tell(&mut self, kind: ReportKind, text: &str) {
        self.report.push(ConversionNote::new(kind, text));
    }

    fn note(&mut self, kind: ReportKind, original: String, text: &str) {
        self.report.push(self.place.note(kind, Some(original), text));
    }

    fn step(&mut self, fields: &FitFields, index: u64) -> Result<(), UnreadableWorkout> {
        self.place = ReportPlace {
            step: usize::try_from(index).ok().map(|index| index.saturating_add(1)),
            line: None,
        };
        let kind = fields.number(1).unwrap_or(5);
        if (6..=13).contains(&kind) {
            return self.repeat(fields, kind, index);
        }
        let intensity = match fields.number(7) {
            Some(1) => Some(Kind::Rest),
            Some(2) => Some(Kind::Warmup),
            Some(3) => Some(Kind::Cooldown),
            Some(4) => Some(Kind::Recovery),
            Some(5) => Some(Kind::Interval),
            _ => None,
        };
        let (end, words) = self.end(fields, kind);
        let target = self.target(fields).unwrap_or_else(|| {
            let effort = usual_effort(intensity);
            let text = format!("a step without a target is {effort}");
            self.report.push(self.place.note(ReportKind::Assumed, None, text));
            ForeignTarget::Effort(effort)
        });
        let name = fields.text(0).map(str::trim).filter(|name| !name.is_empty()).map(str::to_string);
        let label = match (name, words) {
            (Some(name), Some(words)) => Some(format!("{name}, {words}")),
            (name, words) => name.or(words),
        };
        let mut step = ForeignStep { kind: intensity, label, ..ForeignStep::new(self.place, end, target) };
        if let Some(notes) = fields.text(8).map(str::trim).filter(|notes| !notes.is_empty()) {
            step.cues.push(ForeignCue { at: CuePlace::Time(Millis::ZERO), text: notes.to_string() });
        }
        if let Some(percent) = self.grade(fields) {
            step.incline = Some((percent, percent));
        }
        self.entries.push(FitEntry { first: index, depth: 0, item: ForeignItem::Step(step) });
        Ok(())
    }

    fn repeat(&mut self, fields: &FitFields, kind: u64, index: u64) -> Result<(), UnreadableWorkout> {
        let first = fields.number(2).unwrap_or(0);
        // From the end on, so that each repeat looks at its own steps only.
        let before = self.entries.iter().rposition(|entry| entry.first < first);
        let at = before.map_or(0, |before| before + 1);
        let inside = self.entries.get(at..).unwrap_or_default();
        let Some(depth) = inside.iter().map(|entry| entry.depth + 1).max() else {
            let from = format!("from step {}", first.saturating_add(1));
            self.note(ReportKind::LeftOut, from, "an empty repeat");
            return Ok(());
        };
        if depth > DEEPEST_REPEATS {
            return Err(too_deep());
        }
        let items: Vec<ForeignItem> = self.entries.drain(at..).map(|entry| entry.item).collect();
        let count = match kind {
            6 => fields.number(4).unwrap_or(1).clamp(1, u64::from(MOST_REPEATS)) as u32,
            _ => {
                self.note(
                    ReportKind::KeptAsWords,
                    format!("duration type {kind}"),
                    "a repeat without a count is run once",
                );
                1
            }
        };
        let repeat = ForeignRepeat { count, items, place: self.place, ..ForeignRepeat::default() };
        let item = ForeignItem::Repeat(repeat);
        self.entries.push(FitEntry { first: first.min(index), depth, item });
        Ok(())
    }

    fn end(&mut self, fields: &FitFields, kind: u64) -> (ForeignEnd, Option<String>) {
        let value = fields.number(2).filter(|value| *value > 0);
        let beats = |value: u64| match value.checked_sub(100) {
            Some(beats) => format!("{beats} bpm"),
            None => format!("{value} % of HRmax"),
        };
        let words = match (kind, value) {
            (0 | 28, Some(milliseconds)) => return (ForeignEnd::Time(Millis::new(milliseconds)), None),
            (1, Some(centimetres)) => return (ForeignEnd::Distance(centimetres as f64 / 100.0), None),
            (0 | 1 | 5, _) | (_, None) => return (ForeignEnd::Open, None),
            (2, Some(value)) => format!("until below {}", beats(value)),
            (3, Some(value)) => format!("until above {}", beats(value)),
            (4, Some(value)) => format!("until {value} kcal"),
            (29, Some(value)) => format!("{value} reps"),
            (kind, Some(value)) => format!("until {value} (duration type {kind})"),
        };
        self.note(
            ReportKind::KeptAsWords,
            words.clone(),
            "a step that ends in another way became an open step",
        );
        (ForeignEnd::Open, Some(words))
    }

    fn target(&mut self, fields: &FitFields) -> Option<ForeignTarget> {
        let value = fields.number(4).filter(|value| *value > 0);
        let range = fields.number(5).zip(fields.number(6)).filter(|(low, high)| *low > 0 || *high > 0);
        let range = range.map(|(low, high)| (low.min(high) as f64, low.max(high) as f64));
        match (fields.number(3)?, value, range) {
            (0, _, Some((slow, fast))) => {
                Some(ForeignTarget::Speed { slow: slow / 1000.0, fast: fast / 1000.0 })
            }
            (1, Some(zone), _) if (1..=5).contains(&zone) => {
                Some(ForeignTarget::Zone(zone as u8, zone as u8))
            }
            (1, _, Some((low, high))) if low > 100.0 => Some(ForeignTarget::Beats(low - 100.0, high - 100.0)),
            (1, _, Some((low, high))) => Some(ForeignTarget::HeartShare { low, high, of: "HRmax" }),
            (4, Some(zone), None) => {
                self.note(
                    ReportKind::Changed,
                    format!("power zone {zone}"),
                    "a zone of power became an effort",
                );
                Some(self.power.zone(zone as f64))
            }
            (4, _, Some((low, high))) if high < 1000.0 => {
                self.note(ReportKind::Changed, format!("{low}-{high} % of FTP"), self.power.sentence());
                Some(self.power.target((low + high) / 200.0))
            }
            (4, _, Some((low, high))) => {
                let words = format!("{}-{} W", trimmed(low - 1000.0, 0), trimmed(high - 1000.0, 0));
                self.note(ReportKind::KeptAsWords, words.clone(), "watts stay words");
                Some(ForeignTarget::Words(words))
            }
            (2 | 5, ..) => None,
            (kind, ..) => {
                self.note(
                    ReportKind::LeftOut,
                    format!("target type {kind}"),
                    "a target that pacebell does not have",
                );
                None
            }
        }
    }

    /// Returns the grade in percent, if that is the target.
    fn grade(&self, fields: &FitFields) -> Option<f64> {
        let (low, high) = (fields.scaled(5, 100.0)?, fields.scaled(6, 100.0)?);
        (fields.number(3) == Some(5)).then_some((low + high) / 2.0).filter(|grade| *grade != 0.0)
    }
}
