//! Turns the elements of a Zwift workout into steps.

use super::bike_power::POWER_ZONES;
use super::limits::repeats;
use super::model::{ForeignEnd, ForeignItem, ForeignRepeat, ForeignStep, ForeignTarget};
use super::report::{ConversionNote, ConversionNotes, ReportKind, ReportPlace};
use super::tags::OpenTag;
use super::zwo_cues::cues;
use super::zwo_meta::{ZwoFile, ZwoStep};
use super::zwo_targets::{TargetBase, incline, named_pace};
use super::{FileLengthUnit, ReadOptions};
use crate::units::{Millis, trimmed};
use crate::workout::bounds::{LONGEST_METRES, MOST_TEXTS};
use crate::workout::sequence::Kind;

/// Seconds within which a length is taken for a whole number of them: files have artefacts such as 60.000004.
const WHOLE_WITHIN: f64 = 0.001;
/// The longest length that is read, in seconds. A longer workout is refused.
const LONGEST: f64 = 1e7;
/// The cadence that stands for none.
const NO_CADENCE: [f64; 2] = [0.0, 999.0];

/// Converts steps, and collects the report.
pub struct ZwoConverter {
    base: TargetBase,
    is_distance: bool,
    report: ConversionNotes,
    /// The number of steps with a cadence.
    with_cadence: usize,
    place: ReportPlace,
    /// True once it was said that the shares are those of threshold pace.
    has_told_base: bool,
}

impl ZwoConverter {
    /// A converter for the steps of a file.
    pub fn new(file: &ZwoFile<'_>, options: &ReadOptions, mut report: ConversionNotes) -> Self {
        let is_bike = file.sport != "run" && file.sport != "running";
        if is_bike {
            report.push(ConversionNote::new(ReportKind::Changed, options.power.sentence()));
        }
        if file.sport.is_empty() {
            report.push(ConversionNote::new(
                ReportKind::Assumed,
                "no sport is named, so it was read as a bike workout",
            ));
        }
        let is_distance = !is_bike && lengths_are_metres(file, options, &mut report);
        let mut named: Vec<&str> = Vec::new();
        for (name, line) in &file.unknown {
            if !named.contains(&name.as_str()) && named.len() < 20 {
                named.push(name);
                let place = ReportPlace { step: None, line: Some(*line) };
                let text = "an unknown element: a step if it has a length, else ignored";
                report.push(place.note(ReportKind::LeftOut, Some(format!("<{name}>")), text));
            }
        }
        if file.more_tags > 0 {
            let text = format!("{} tags after the first {MOST_TEXTS}", file.more_tags);
            report.push(ConversionNote::new(ReportKind::LeftOut, text));
        }
        let base = TargetBase::new(is_bike, file.threshold_pace, options);
        ZwoConverter {
            base,
            is_distance,
            report,
            with_cadence: 0,
            place: ReportPlace::default(),
            has_told_base: is_bike,
        }
    }

    /// Returns the report.
    pub fn finish(mut self) -> Vec<ConversionNote> {
        if self.with_cadence > 0 {
            let steps = if self.with_cadence == 1 { "step" } else { "steps" };
            let text = format!("the cadence of {} {steps}", self.with_cadence);
            self.report.push(ConversionNote::new(ReportKind::LeftOut, text));
        }
        self.report.finish()
    }

    /// Returns the items for an element. None if it has no length.
    pub fn convert(&mut self, step: &ZwoStep<'_>, number: usize) -> Option<ForeignItem> {
        let tag = &step.tag;
        self.place = ReportPlace { step: Some(number), line: Some(tag.line) };
        let cadence = ["Cadence", "CadenceResting", "CadenceLow"].iter().filter_map(|name| tag.number(name));
        self.with_cadence += usize::from(cadence.into_iter().any(|number| !NO_CADENCE.contains(&number)));
        let texts = cues(&step.texts, self.is_distance);
        if tag.name.eq_ignore_ascii_case("intervalst") {
            let mut repeat = self.intervals(tag)?;
            repeat.cues = texts;
            return Some(ForeignItem::Repeat(repeat));
        }
        let Some(end) = self.length(tag, "Duration") else {
            self.note(ReportKind::LeftOut, tag.attribute("Duration"), "a step without a length");
            return None;
        };
        let mut converted =
            ForeignStep { cues: texts, ..ForeignStep::new(self.place, end, self.target(tag)) };
        converted.incline = incline(tag).map(|percent| (percent, percent));
        converted.kind = match tag.name.to_ascii_lowercase().as_str() {
            "warmup" => Some(Kind::Warmup),
            "cooldown" => Some(Kind::Cooldown),
            _ => None,
        };
        if tag.number("ftptest").is_some_and(|test| test > 0.0) {
            converted.targets = vec![ForeignTarget::Effort("hard")];
            converted.label = Some("FTP test".to_string());
            self.note(
                ReportKind::KeptAsWords,
                Some("ftptest"),
                "a test of power became a hard step with a label",
            );
        }
        Some(ForeignItem::Step(converted))
    }

    fn note(&mut self, kind: ReportKind, original: Option<&str>, text: &str) {
        self.report.push(self.place.note(kind, original.map(str::to_string), text));
    }

    /// Reads a length. None if there is none.
    fn length(&mut self, tag: &OpenTag<'_>, name: &str) -> Option<ForeignEnd> {
        let number = tag.number(name).filter(|number| *number > 0.0)?.min(LONGEST);
        let whole = number.round();
        let number = if (number - whole).abs() <= WHOLE_WITHIN { whole } else { number };
        if self.is_distance {
            // A treadmill counts no fractions of a metre below this.
            return Some(ForeignEnd::Distance((number.min(LONGEST_METRES * 2.0) * 1000.0).round() / 1000.0))
                .filter(|end| matches!(end, ForeignEnd::Distance(metres) if *metres >= 1.0));
        }
        Some(Millis::from_secs_f64(number)).filter(|time| *time > Millis::ZERO).map(ForeignEnd::Time)
    }

    /// Returns the target of a step.
    fn target(&mut self, tag: &OpenTag<'_>) -> ForeignTarget {
        let pace = self.named_pace(tag);
        let name = tag.name.to_ascii_lowercase();
        if name.starts_with("free") {
            let is_test = tag.number("ftptest").is_some_and(|test| test > 0.0);
            if !is_test {
                self.note(ReportKind::Assumed, Some(tag.name), "a free ride has no target, so it is easy");
            }
            return ForeignTarget::Effort("easy");
        }
        if name == "maxeffort" {
            return ForeignTarget::Effort("all-out");
        }
        if let Some(speed) = tag.number("Speed").filter(|speed| *speed > 0.0 && !self.base.is_bike) {
            return ForeignTarget::Speed { slow: speed, fast: speed };
        }
        match (tag.number("PowerLow"), tag.number("PowerHigh"), tag.number("Power")) {
            (Some(low), Some(high), _) => self.two_powers(&name, low, high, pace),
            (Some(power), None, _) | (None, Some(power), _) | (None, None, Some(power)) => {
                self.tell_base(pace);
                self.base.steady(power, pace)
            }
            (None, None, None) => {
                if let Some(zone) = tag.number("Zone").filter(|zone| POWER_ZONES.contains(zone)) {
                    return self.base.zone(zone);
                }
                self.note(ReportKind::Assumed, None, "a step without a target is easy");
                ForeignTarget::Effort("easy")
            }
        }
    }

    fn two_powers(&mut self, name: &str, low: f64, high: f64, pace: Option<&'static str>) -> ForeignTarget {
        self.tell_base(pace);
        let written = format!("{} to {}", trimmed(low, 3), trimmed(high, 3));
        let (from, to) = match name {
            // A cool-down is written with its start in the low end. A few files have it the other way round.
            "cooldown" if low < high => {
                self.note(ReportKind::Repaired, Some(&written), "a cool-down that rises was turned round");
                (high, low)
            }
            "warmup" | "cooldown" | "ramp" => (low, high),
            _ => {
                if low != high {
                    self.note(ReportKind::Changed, Some(&written), "a range of power became its average");
                }
                return self.base.steady((low + high) / 2.0, pace);
            }
        };
        let read = self.base.ramp(from, to, pace);
        if !read.keeps_ramp {
            let written = format!("{} to {}", trimmed(from, 3), trimmed(to, 3));
            self.note(ReportKind::Changed, Some(&written), self.base.power.lost_ramp());
        }
        read.target
    }

    /// Returns the pace that a step of a run names by its number. On a bike the number means nothing.
    fn named_pace(&mut self, tag: &OpenTag<'_>) -> Option<&'static str> {
        let written = tag.attribute("pace").filter(|_| !self.base.is_bike)?;
        let pace = named_pace(tag);
        if pace.is_none() {
            self.note(ReportKind::LeftOut, Some(written), "a number that is not the one of a pace");
        }
        pace
    }

    /// Says once that shares of no pace are those of threshold pace.
    fn tell_base(&mut self, pace: Option<&'static str>) {
        if !self.has_told_base && pace.is_none() {
            self.has_told_base = true;
            let line = match self.base.threshold_pace {
                Some(_) => ConversionNote::new(
                    ReportKind::Changed,
                    "shares of the threshold pace in the file became paces",
                ),
                None => ConversionNote::new(
                    ReportKind::Assumed,
                    "shares of an unnamed pace are those of your threshold pace",
                ),
            };
            self.report.push(line);
        }
    }

    /// Reads a block of intervals. It keeps its last recovery.
    fn intervals(&mut self, tag: &OpenTag<'_>) -> Option<ForeignRepeat> {
        let written = tag.number("Repeat").unwrap_or(1.0);
        let count = if written < 0.5 { 0 } else { repeats(written) };
        if count > 0 && written != f64::from(count) {
            let text = format!("a count of repeats became {count}");
            self.note(ReportKind::Changed, tag.attribute("Repeat"), &text);
        }
        let pace = self.named_pace(tag);
        let ends = ["OnDuration", "OffDuration"].map(|name| self.length(tag, name));
        let mut items = Vec::new();
        for (name, end) in ["On", "Off"].into_iter().zip(ends) {
            let Some(end) = end else { continue };
            let target = self.leg_target(tag, name, pace);
            let mut step = ForeignStep::new(self.place, end, target);
            step.incline = incline(tag).map(|percent| (percent, percent));
            items.push(ForeignItem::Step(step));
        }
        if count == 0 || items.is_empty() {
            self.note(
                ReportKind::LeftOut,
                tag.attribute("Repeat"),
                "a block of intervals without a length or a count",
            );
            return None;
        }
        Some(ForeignRepeat { count, items, place: self.place, ..ForeignRepeat::default() })
    }

    fn leg_target(&mut self, tag: &OpenTag<'_>, leg: &str, pace: Option<&'static str>) -> ForeignTarget {
        let of = |end: &str| {
            tag.number(&format!("{leg}{end}"))
                .or(tag.number(&format!("Power{leg}{}", end.trim_start_matches("Power"))))
        };
        let power = match (of("Power"), of("PowerLow"), of("PowerHigh")) {
            (Some(power), ..) => Some(power),
            (None, Some(low), Some(high)) => {
                if low != high {
                    let written = format!("{} to {}", trimmed(low, 3), trimmed(high, 3));
                    self.note(ReportKind::Changed, Some(&written), "a range of power became its average");
                }
                Some((low + high) / 2.0)
            }
            (None, low, high) => low.or(high),
        };
        match power {
            Some(power) => {
                self.tell_base(pace);
                self.base.steady(power, pace)
            }
            None => {
                let effort = if leg == "On" { "hard" } else { "easy" };
                self.note(ReportKind::Assumed, None, &format!("an interval without power is {effort}"));
                ForeignTarget::Effort(effort)
            }
        }
    }
}

/// Tells whether the lengths of a run are metres, and says so if the file does not.
fn lengths_are_metres(file: &ZwoFile<'_>, options: &ReadOptions, report: &mut ConversionNotes) -> bool {
    match file.duration_type.as_str() {
        "distance" => return true,
        "time" => return false,
        _ => {}
    }
    if let Some(unit) = options.durations {
        return unit == FileLengthUnit::Distance;
    }
    // Programs that write a pace for each step count in metres, and the others in seconds.
    let is_distance = file.steps.iter().any(|step| named_pace(&step.tag).is_some());
    let (unit, other) = if is_distance { ("metres", "time") } else { ("seconds", "distance") };
    let text = format!(
        "the file does not say what its lengths are, and {unit} fit; `--durations {other}` reads them otherwise"
    );
    report.push(ConversionNote::new(ReportKind::Assumed, text));
    is_distance
}
