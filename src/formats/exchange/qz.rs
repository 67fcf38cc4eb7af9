//! Workouts of QZ (qdomyos-zwift): rows of a treadmill's speed and incline.
//!
//! The attributes are those of <https://github.com/cagnulein/qdomyos-zwift/blob/master/README.md>.

use super::UnreadableWorkout;
use super::limits::{DEEPEST_REPEATS, hold_steps, repeats, too_deep};
use super::model::{
    CuePlace, ForeignCue, ForeignEnd, ForeignItem, ForeignRepeat, ForeignStep, ForeignTarget, ForeignWorkout,
};
use super::report::{ConversionNote, ConversionNotes, ReportKind, ReportPlace};
use super::tags::{OpenTag, TagEvent, TagWalk, fault_notes};
use crate::units::Millis;
use crate::workout::sequence::Kind;
use std::collections::BTreeMap;

/// Attributes that a treadmill's runner has no use for.
const UNUSED: [&str; 10] = [
    "resistance",
    "requested_peloton_resistance",
    "cadence",
    "power",
    "fanspeed",
    "maxspeed",
    "minspeed",
    "looptimehr",
    "maxresistance",
    "mets",
];

/// Reads a workout.
///
/// # Errors
/// If it defines entities, or nests repeats too deep.
pub fn read(text: &str) -> Result<ForeignWorkout, UnreadableWorkout> {
    let mut walk = TagWalk::new(text);
    let mut reader = QzReader { levels: vec![QzLevel::default()], ..QzReader::default() };
    while let Some(event) = walk.next() {
        match event {
            TagEvent::Open(tag) => reader.open(&tag)?,
            TagEvent::Close(name) if name.eq_ignore_ascii_case("repeat") => reader.close_repeat(),
            TagEvent::Close(_) | TagEvent::Text(_) => {}
        }
    }
    if walk.has_doctype {
        return Err(UnreadableWorkout::new("it defines entities, which are never expanded"));
    }
    while reader.levels.len() > 1 {
        reader.close_repeat();
    }
    let items = reader.levels.pop().map(|level| level.items).unwrap_or_default();
    let mut report = ConversionNotes::default();
    fault_notes(&walk.faults, &mut report);
    for (name, rows) in &reader.unused {
        let text = format!("`{name}` of {rows} {}", if *rows == 1 { "row" } else { "rows" });
        report.push(ConversionNote::new(ReportKind::LeftOut, text));
    }
    report.append(reader.notes);
    Ok(ForeignWorkout { items, report: report.finish(), ..ForeignWorkout::default() })
}

/// The items of a block, and how often it is run.
#[derive(Default)]
struct QzLevel {
    count: u32,
    items: Vec<ForeignItem>,
    place: ReportPlace,
}

#[derive(Default)]
struct QzReader {
    levels: Vec<QzLevel>,
    rows: usize,
    unused: BTreeMap<&'static str, usize>,
    notes: ConversionNotes,
}

impl QzReader {
    fn open(&mut self, tag: &OpenTag<'_>) -> Result<(), UnreadableWorkout> {
        let place = ReportPlace { step: None, line: Some(tag.line) };
        match tag.name.to_ascii_lowercase().as_str() {
            "repeat" => {
                // The first level is the file.
                if self.levels.len() > DEEPEST_REPEATS {
                    return Err(too_deep());
                }
                let count = repeats(tag.number("times").unwrap_or(1.0));
                self.levels.push(QzLevel { count, items: Vec::new(), place });
            }
            "row" => {
                hold_steps(self.rows as u64)?;
                self.row(tag);
            }
            "textevent" => self.text(tag),
            _ => {}
        }
        Ok(())
    }

    fn close_repeat(&mut self) {
        if self.levels.len() < 2 {
            return;
        }
        let Some(level) = self.levels.pop() else { return };
        let QzLevel { count, items, place } = level;
        let Some(outer) = self.levels.last_mut().filter(|_| !items.is_empty()) else { return };
        outer.items.push(ForeignItem::Repeat(ForeignRepeat {
            count,
            items,
            place,
            ..ForeignRepeat::default()
        }));
    }

    fn note(&mut self, place: ReportPlace, kind: ReportKind, text: &str) {
        self.notes.push(place.note(kind, None, text));
    }

    fn row(&mut self, tag: &OpenTag<'_>) {
        self.rows += 1;
        let place = ReportPlace { step: Some(self.rows), line: Some(tag.line) };
        for name in UNUSED {
            if tag.number(name).is_some_and(|number| number > 0.0) {
                *self.unused.entry(name).or_default() += 1;
            }
        }
        let is_on = |name| tag.number(name).is_some_and(|number| number > 0.0);
        let distance = tag.number("distance").filter(|km| *km > 0.0);
        let time = tag.attribute("duration").and_then(duration).filter(|time| *time > Millis::ZERO);
        let end = match (distance, time) {
            _ if is_on("lapbutton") || is_on("hrabove") || is_on("hrbelow") => ForeignEnd::Open,
            (Some(km), _) => ForeignEnd::Distance((km * 1_000_000.0).round() / 1000.0),
            (None, Some(time)) => ForeignEnd::Time(time),
            (None, None) => {
                self.note(place, ReportKind::LeftOut, "a row without a length");
                return;
            }
        };
        let mut step = ForeignStep::new(place, end, ForeignTarget::Effort("easy"));
        step.targets = targets(tag);
        if step.targets.is_empty() && tag.number("speed") == Some(0.0) {
            // The belt stands.
            step.kind = Some(Kind::Rest);
            step.targets = vec![ForeignTarget::Effort("rest")];
        } else if step.targets.is_empty() {
            self.note(place, ReportKind::Assumed, "a row without a speed or a heart rate is easy");
            step.targets = vec![ForeignTarget::Effort("easy")];
        }
        for (name, words) in [("hrabove", "above"), ("hrbelow", "below")] {
            if let Some(beats) = tag.number(name).filter(|beats| *beats > 0.0) {
                step.label = Some(format!("until {words} {} bpm", beats.round()));
                self.note(
                    place,
                    ReportKind::KeptAsWords,
                    "a row that ends at a heart rate became an open step",
                );
            }
        }
        step.incline =
            tag.number("inclination").filter(|percent| *percent != 0.0).map(|percent| (percent, percent));
        if let Some(level) = self.levels.last_mut() {
            level.items.push(ForeignItem::Step(step));
        }
    }

    fn text(&mut self, tag: &OpenTag<'_>) {
        let Some(ForeignItem::Step(step)) = self.levels.last_mut().and_then(|level| level.items.last_mut())
        else {
            return;
        };
        let message = tag.attribute("message").unwrap_or_default();
        let at = Millis::from_secs_f64(tag.number("timeoffset").unwrap_or_default().clamp(0.0, 86_400.0));
        if !message.is_empty() {
            step.cues.push(ForeignCue { at: CuePlace::Time(at), text: message.to_string() });
        }
    }
}

fn targets(tag: &OpenTag<'_>) -> Vec<ForeignTarget> {
    let positive = |name| tag.number(name).filter(|number| *number > 0.0);
    let at = |kmh: f64| ForeignTarget::Speed { slow: kmh / 3.6, fast: kmh / 3.6 };
    let mut targets = Vec::new();
    match (positive("speedfrom"), positive("speedto"), positive("speed")) {
        (Some(from), Some(to), _) if from != to => {
            targets.push(ForeignTarget::Ramp(Box::new(at(from)), Box::new(at(to))));
        }
        (Some(speed), Some(_), _) | (_, _, Some(speed)) => targets.push(at(speed)),
        _ => {}
    }
    let beats = (positive("hrmin"), positive("hrmax"));
    match (beats, positive("zonehr")) {
        ((Some(low), Some(high)), _) => targets.push(ForeignTarget::Beats(low.min(high), low.max(high))),
        (_, Some(zone)) if (1.0..=5.0).contains(&zone) => {
            targets.push(ForeignTarget::Zone(zone as u8, zone as u8));
        }
        _ => {}
    }
    targets
}

/// Reads `HH:MM:SS`, `MM:SS` and seconds.
fn duration(text: &str) -> Option<Millis> {
    let mut seconds = 0.0;
    for part in text.trim().split(':') {
        let number: f64 = part.trim().parse().ok().filter(|n: &f64| n.is_finite() && *n >= 0.0)?;
        seconds = seconds * 60.0 + number;
    }
    (seconds < 1e7).then(|| Millis::from_secs_f64(seconds))
}
