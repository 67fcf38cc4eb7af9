//! The steps of TCX workouts.

use super::model::{ForeignEnd, ForeignStep, ForeignTarget};
use super::report::{ConversionNotes, ReportKind, ReportPlace};
use super::tags::number;
use crate::units::{Millis, trimmed};
use crate::workout::sequence::Kind;

/// The longest length that is read, in seconds or metres. A longer workout is refused.
const LONGEST: f64 = 1e7;

/// A step as it stands in the file.
#[derive(Debug, Default)]
pub struct TcxStep {
    /// The place in the file.
    pub place: ReportPlace,
    name: String,
    /// The kinds of the length and the target, as `xsi:type` has them, without `_t`.
    duration: String,
    target: String,
    /// Seconds, metres, calories, or a heart rate.
    length: Option<f64>,
    is_resting: bool,
    /// True once the target has begun.
    in_target: bool,
    /// True for an end in percent of the highest heart rate.
    has_percent_end: bool,
    /// True for a target in percent of the highest heart rate.
    has_percent_target: bool,
    zone: Option<f64>,
    /// The end of the range that is read, and the range.
    reads_high: bool,
    low: Option<f64>,
    high: Option<f64>,
}

impl TcxStep {
    /// A step at a place.
    pub fn new(place: ReportPlace) -> Self {
        TcxStep { place, ..TcxStep::default() }
    }

    /// Takes an element that opens. `kind` is its type without `_t`.
    pub fn open(&mut self, element: &str, kind: &str) {
        match element {
            "duration" => {
                self.in_target = false;
                self.duration = kind.to_ascii_lowercase();
            }
            "target" => {
                self.in_target = true;
                self.target = kind.to_ascii_lowercase();
            }
            "high" => self.reads_high = true,
            "low" => self.reads_high = false,
            _ => {}
        }
        if matches!(element, "heartrate" | "low" | "high") && kind.contains("Percent") {
            *if self.in_target { &mut self.has_percent_target } else { &mut self.has_percent_end } = true;
        }
    }

    /// Takes the text of an element.
    pub fn text(&mut self, element: &str, text: &str) {
        match element {
            "name" => self.name = text.to_string(),
            "intensity" => self.is_resting = text.eq_ignore_ascii_case("Resting"),
            "seconds" | "meters" | "calories" => self.length = number(text),
            "number" => self.zone = number(text),
            "lowinmeterspersecond" => self.low = number(text),
            "highinmeterspersecond" => self.high = number(text),
            "value" | "low" | "high" => match (self.in_target, self.reads_high) {
                (false, _) => self.length = number(text),
                (true, false) => self.low = number(text),
                (true, true) => self.high = number(text),
            },
            _ => {}
        }
    }

    /// Returns the step, with a line for whatever is not kept. `None` if it has no length.
    pub fn finish(self, notes: &mut ConversionNotes) -> Option<ForeignStep> {
        let (end, words) = self.end(notes)?;
        let kind = self.is_resting.then_some(Kind::Recovery);
        let target = self.target(notes).unwrap_or_else(|| {
            let (effort, text) = match self.is_resting {
                true => ("recovery", "a resting step without a target is a recovery"),
                false => ("easy", "a step without a target is easy"),
            };
            notes.push(self.place.note(ReportKind::Assumed, None, text));
            ForeignTarget::Effort(effort)
        });
        let names = [Some(self.name).filter(|name| !name.is_empty()), words];
        let label = names.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let label = Some(label).filter(|label| !label.is_empty());
        Some(ForeignStep { kind, label, ..ForeignStep::new(self.place, end, target) })
    }

    /// Returns the end, and words for one that pacebell does not have.
    fn end(&self, notes: &mut ConversionNotes) -> Option<(ForeignEnd, Option<String>)> {
        let length = self.length.filter(|length| *length > 0.0).map(|length| length.min(LONGEST));
        let of_heart = if self.has_percent_end { "% of HRmax" } else { " bpm" };
        let words = match (self.duration.as_str(), length) {
            ("time", Some(seconds)) => {
                return Some((ForeignEnd::Time(Millis::from_secs_f64(seconds)), None))
                    .filter(|(end, _)| *end != ForeignEnd::Time(Millis::ZERO));
            }
            ("distance", Some(metres)) => {
                return Some((ForeignEnd::Distance((metres * 1000.0).round() / 1000.0), None))
                    .filter(|(end, _)| *end != ForeignEnd::Distance(0.0));
            }
            ("userinitiated", _) => return Some((ForeignEnd::Open, None)),
            ("heartrateabove", Some(heart)) => format!("until above {}{of_heart}", trimmed(heart, 0)),
            ("heartratebelow", Some(heart)) => format!("until below {}{of_heart}", trimmed(heart, 0)),
            ("caloriesburned", Some(calories)) => format!("until {} kcal", trimmed(calories, 0)),
            _ => {
                let original = Some(self.name.clone()).filter(|name| !name.is_empty());
                notes.push(self.place.note(ReportKind::LeftOut, original, "a step without a length"));
                return None;
            }
        };
        let text = "a step that ends in another way became an open step";
        notes.push(self.place.note(ReportKind::KeptAsWords, Some(words.clone()), text));
        Some((ForeignEnd::Open, Some(words)))
    }

    fn target(&self, notes: &mut ConversionNotes) -> Option<ForeignTarget> {
        let range =
            self.low.or(self.high).zip(self.high.or(self.low)).filter(|(low, high)| low.max(*high) > 0.0);
        let range = range.map(|(low, high)| (low.min(high), low.max(high)));
        match (self.target.as_str(), range, self.zone) {
            ("speed", Some((slow, fast)), _) => Some(ForeignTarget::Speed { slow, fast }),
            ("speed", None, Some(zone)) => {
                let words = format!("speed zone {}", trimmed(zone, 0));
                let text = "a zone of speed that only the watch knows";
                notes.push(self.place.note(ReportKind::KeptAsWords, Some(words.clone()), text));
                Some(ForeignTarget::Words(words))
            }
            ("heartrate", _, Some(zone)) if (1.0..=5.0).contains(&zone) => {
                Some(ForeignTarget::Zone(zone as u8, zone as u8))
            }
            ("heartrate", Some((low, high)), _) if self.has_percent_target => {
                Some(ForeignTarget::HeartShare { low, high, of: "HRmax" })
            }
            ("heartrate", Some((low, high)), _) => Some(ForeignTarget::Beats(low, high)),
            ("" | "none", ..) => None,
            ("cadence", ..) => {
                notes.push(self.place.note(ReportKind::LeftOut, None, "a cadence"));
                None
            }
            (kind, ..) => {
                let text = "a target that pacebell does not have";
                notes.push(self.place.note(ReportKind::LeftOut, Some(kind.to_string()), text));
                None
            }
        }
    }
}
