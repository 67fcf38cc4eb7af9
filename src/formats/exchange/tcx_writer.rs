//! Writes workouts as TCX, which old watches and Garmin Training Center take.
//!
//! The limits are those of the schema, <https://www8.garmin.com/xmlschemas/TrainingCenterDatabasev2.xsd>: names of 15
//! characters, 20 steps and repeats, whole seconds and metres.

use super::export_losses::{ExportLosses, ExportRefusal, escaped};
use super::garmin_writer::WIDENED;
use super::model::{
    CuePlace, ForeignEnd, ForeignItem, ForeignRepeat, ForeignStep, ForeignTarget, ForeignWorkout,
};
use super::report::ReportKind;
use super::step_words::{cue_words, incline_words, last_items, speeds, target_words};
use crate::units::{Millis, trimmed};
use crate::workout::sequence::Kind;

/// The most characters of a name.
const LONGEST_NAME: usize = 15;
/// The most steps and repeats.
const MOST_STEPS: u32 = 20;
/// The most times that one repeat runs its steps.
const MOST_REPEATS: u32 = 99;
/// The longest length of a step, in seconds or metres.
const LONGEST: u64 = 65_535;

/// Returns the text of the file.
///
/// # Errors
/// If it has more steps than the format can number, or one that is too long.
pub fn file(workout: &ForeignWorkout, losses: &mut ExportLosses) -> Result<String, ExportRefusal> {
    let mut writer = TcxWriter { losses, text: String::new(), steps: 0, notes: Vec::new(), too_long: false };
    writer.items(&workout.items, 3, "Step");
    if writer.steps > MOST_STEPS {
        let problem = format!(
            "a TCX workout has at most {MOST_STEPS} steps, repeats included, and this one has {}",
            writer.steps
        );
        return Err(ExportRefusal { problem, help: HELP });
    }
    if writer.too_long {
        let problem = format!("a step of a TCX workout has at most {LONGEST} seconds or metres");
        return Err(ExportRefusal { problem, help: HELP });
    }
    let (steps, notes) = (writer.text, writer.notes);
    let full_name = tokens(&workout.name);
    let name = cut(&full_name);
    let full_name = Some(full_name).filter(|full| *full != name);
    if full_name.is_some() {
        let text = format!("the name was cut to {LONGEST_NAME} characters, and is in the notes");
        losses.whole(ReportKind::Changed, &text);
    }
    let notes: Vec<String> = full_name.into_iter().chain(workout.about.clone()).chain(notes).collect();
    let notes = match notes.join("\n") {
        notes if notes.is_empty() => String::new(),
        notes => {
            format!("      <Notes>{}</Notes>\n", notes.lines().map(escaped).collect::<Vec<_>>().join("\n"))
        }
    };
    Ok(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <TrainingCenterDatabase xmlns=\"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n  <Workouts>\n    <Workout Sport=\"Running\">\n\
         {}{steps}{notes}    </Workout>\n  </Workouts>\n</TrainingCenterDatabase>\n",
        format_args!("      <Name>{}</Name>\n", escaped(&name)),
    ))
}

/// The way out of the format's limits.
const HELP: &str = "write a FIT file, which has room for it: end the name in .fit";

/// Returns a text with single spaces between its words, as names are read.
fn tokens(text: &str) -> String {
    let text: String = text.chars().map(crate::text::shown).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { "Workout".to_string() } else { text }
}

/// Returns the first characters of a name.
fn cut(name: &str) -> String {
    name.chars().take(LONGEST_NAME).collect::<String>().trim_end().to_string()
}

struct TcxWriter<'a> {
    losses: &'a mut ExportLosses,
    text: String,
    /// The number of steps and repeats so far.
    steps: u32,
    /// What no field of a step has room for.
    notes: Vec<String>,
    /// True if a step is longer than a field holds.
    too_long: bool,
}

impl TcxWriter<'_> {
    fn items(&mut self, items: &[ForeignItem], depth: usize, element: &str) {
        for item in items {
            match item {
                ForeignItem::Step(step) => self.step(step, depth, element),
                ForeignItem::Repeat(repeat) => self.repeat(repeat, depth, element),
            }
        }
    }

    fn repeat(&mut self, repeat: &ForeignRepeat, depth: usize, element: &str) {
        // A recovery that stands between the reps only: the last rep comes by itself.
        let mut left = repeat.count.saturating_sub(u32::from(repeat.skips_last_rest));
        while left > 0 && self.steps <= MOST_STEPS * MOST_REPEATS {
            let count = left.min(MOST_REPEATS);
            left -= count;
            if count == 1 {
                self.items(&repeat.items, depth, element);
                continue;
            }
            self.open(element, "Repeat_t", depth);
            self.line(depth + 1, &format!("<Repetitions>{count}</Repetitions>"));
            self.items(&repeat.items, depth + 1, "Child");
            self.line(depth, &format!("</{element}>"));
        }
        if repeat.skips_last_rest {
            self.items(last_items(repeat), depth, element);
        }
    }

    fn open(&mut self, element: &str, kind: &str, depth: usize) {
        self.steps = self.steps.saturating_add(1);
        let id = self.steps;
        self.line(depth, &format!("<{element} xsi:type=\"{kind}\">"));
        self.line(depth + 1, &format!("<StepId>{id}</StepId>"));
    }

    fn line(&mut self, depth: usize, line: &str) {
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn step(&mut self, step: &ForeignStep, depth: usize, element: &str) {
        self.open(element, "Step_t", depth);
        let target = self.target(step);
        if let Some(name) = self.name(step, target.is_some()) {
            self.line(depth + 1, &format!("<Name>{}</Name>", escaped(&name)));
        }
        let duration = self.duration(step);
        self.line(depth + 1, &duration);
        if step.kind.is_some_and(|kind| kind != Kind::Recovery) {
            self.losses.kinds();
        }
        let is_rest = matches!(step.kind, Some(Kind::Rest | Kind::Recovery));
        let intensity = if is_rest { "Resting" } else { "Active" };
        self.line(depth + 1, &format!("<Intensity>{intensity}</Intensity>"));
        self.line(depth + 1, &target.unwrap_or_else(|| "<Target xsi:type=\"None_t\"/>".to_string()));
        self.line(depth, &format!("</{element}>"));
    }

    /// Returns the name: the label, or else the words of a target that has no field. What has no room is in the notes.
    fn name(&mut self, step: &ForeignStep, has_target: bool) -> Option<String> {
        let words = target_words(step).filter(|_| !has_target);
        let mut notes: Vec<String> = Vec::new();
        let name = match (&step.label, words) {
            (Some(label), words) => {
                if let Some(words) = words {
                    self.losses.step(ReportKind::KeptAsWords, step, "the target is in the notes");
                    notes.push(words.to_string());
                }
                Some(tokens(label))
            }
            (None, Some(words)) => {
                self.losses.step(ReportKind::KeptAsWords, step, "the target is the name of the step");
                Some(tokens(words))
            }
            (None, None) => None,
        };
        let short = name.as_deref().map(cut);
        if let Some(name) = name.filter(|name| Some(name) != short.as_ref()) {
            let text = format!("a name was cut to {LONGEST_NAME} characters, and is in the notes");
            self.losses.step(ReportKind::Changed, step, &text);
            notes.insert(0, name);
        }
        if let Some(incline) = incline_words(step) {
            self.losses.step(ReportKind::KeptAsWords, step, "the incline is in the notes");
            notes.push(incline);
        }
        if let Some(cues) = cue_words(&step.cues) {
            let is_late = step.cues.iter().any(|cue| cue.at != CuePlace::Time(Millis::ZERO));
            let text =
                if is_late { "texts with their times are in the notes" } else { "a text is in the notes" };
            self.losses.step(ReportKind::KeptAsWords, step, text);
            notes.push(cues);
        }
        if !notes.is_empty() {
            self.notes.push(format!("{}: {}", self.steps, notes.join("; ")));
        }
        short
    }

    fn duration(&mut self, step: &ForeignStep) -> String {
        let whole = |number: u64| number.clamp(1, LONGEST);
        match step.end {
            ForeignEnd::Time(time) => {
                if !time.get().is_multiple_of(1000) {
                    self.losses.step(ReportKind::Changed, step, "the time was rounded to the second");
                }
                let seconds = time.get().saturating_add(500) / 1000;
                self.too_long |= seconds > LONGEST;
                format!("<Duration xsi:type=\"Time_t\"><Seconds>{}</Seconds></Duration>", whole(seconds))
            }
            ForeignEnd::Distance(metres) => {
                if metres.fract() != 0.0 {
                    self.losses.step(ReportKind::Changed, step, "the distance was rounded to the metre");
                }
                let metres = metres.round() as u64;
                self.too_long |= metres > LONGEST;
                format!("<Duration xsi:type=\"Distance_t\"><Meters>{}</Meters></Duration>", whole(metres))
            }
            ForeignEnd::Open => "<Duration xsi:type=\"UserInitiated_t\"/>".to_string(),
        }
    }

    fn target(&mut self, step: &ForeignStep) -> Option<String> {
        if let Some(band) = speeds(step) {
            let (mut slow, mut fast) = (band.from.min(band.to), band.from.max(band.to));
            if band.is_ramp {
                let text = "a ramp became the range from its slowest to its fastest speed";
                self.losses.step(ReportKind::Changed, step, text);
            }
            if slow == fast {
                let text = "a single pace was widened by 2 % each way, so that the watch does not beep";
                self.losses.step(ReportKind::Changed, step, text);
                (slow, fast) = (slow * (1.0 - WIDENED), fast * (1.0 + WIDENED));
            }
            // The schema has no speed of zero.
            let speed = |mps: f64| trimmed(mps.max(0.001), 4);
            return Some(format!(
                "<Target xsi:type=\"Speed_t\"><SpeedZone xsi:type=\"CustomSpeedZone_t\"><ViewAs>Pace</ViewAs>\
                 <LowInMetersPerSecond>{}</LowInMetersPerSecond><HighInMetersPerSecond>{}</HighInMetersPerSecond>\
                 </SpeedZone></Target>",
                speed(slow),
                speed(fast)
            ));
        }
        let zone = step.targets.iter().find_map(|target| match target {
            ForeignTarget::Beats(low, high) => Some(format!(
                "<HeartRateZone xsi:type=\"CustomHeartRateZone_t\">{}{}</HeartRateZone>",
                beats("Low", *low),
                beats("High", *high)
            )),
            ForeignTarget::Zone(low, _) => Some(format!(
                "<HeartRateZone xsi:type=\"PredefinedHeartRateZone_t\"><Number>{low}</Number></HeartRateZone>"
            )),
            _ => None,
        })?;
        Some(format!("<Target xsi:type=\"HeartRate_t\">{zone}</Target>"))
    }
}

fn beats(element: &str, beats: f64) -> String {
    format!(
        "<{element} xsi:type=\"HeartRateInBeatsPerMinute_t\"><Value>{}</Value></{element}>",
        trimmed(beats.clamp(1.0, 255.0), 0)
    )
}
