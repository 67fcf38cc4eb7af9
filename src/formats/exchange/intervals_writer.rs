//! Writes workouts of intervals.icu as text, which its workout builder takes.
//!
//! Text before the length of a step is shown during it, so no word there may look like a length.

use super::export_losses::{ExportLosses, ExportOptions};
use super::intervals_tokens::length;
use super::model::{
    CuePlace, ForeignEnd, ForeignItem, ForeignRepeat, ForeignStep, ForeignTarget, ForeignWorkout,
};
use super::report::ReportKind;
use super::step_words::{incline_words, last_items, speeds, target_words, unrolled};
use super::usual_shares::usual_share;
use crate::units::{METRES_PER_MILE, Millis, trimmed};
use crate::workout::sequence::Kind;

/// Below this speed in metres per second, a pace is no number that a runner reads.
const SLOWEST: f64 = 0.3;
/// The seconds per kilometre by which a pace may be rounded without a line.
const ROUNDED_WITHIN: f64 = 0.05;

/// Returns the text of the file.
pub fn file(workout: &ForeignWorkout, options: &ExportOptions, losses: &mut ExportLosses) -> String {
    let mut writer = IntervalsWriter { options, losses, blocks: Vec::new() };
    writer.items(&workout.items);
    let blocks = writer.blocks;
    losses.whole(ReportKind::LeftOut, "the name: intervals.icu asks for it");
    let about = workout.about.as_deref().map(one_line).filter(|about| !about.is_empty());
    let is_plain = about.as_deref().is_none_or(is_plain_text);
    if !is_plain {
        losses.whole(ReportKind::LeftOut, "the description, which would be read as steps");
    }
    let about = about.filter(|_| is_plain);
    let blocks = blocks.into_iter().map(|block| match block.heading {
        Some(heading) => format!("{heading}\n{}", block.lines.join("\n")),
        None => block.lines.join("\n"),
    });
    about.into_iter().chain(blocks).collect::<Vec<_>>().join("\n\n") + "\n"
}

fn one_line(text: &str) -> String {
    let text: String = text.chars().map(crate::text::shown).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// True for a description that cannot be taken for a heading, a step or a setting.
fn is_plain_text(text: &str) -> bool {
    let lower = text.to_lowercase().replace([' ', '-'], "");
    let is_heading = ["warmup", "cooldown", "mainset"].iter().any(|heading| lower.starts_with(heading));
    let counts = text.ends_with(['x', 'X', '×']);
    !is_heading && !counts && !text.starts_with(['-', '*', '[', '<', '{']) && !text.contains('=')
}

/// Lines without an empty one between them.
struct IntervalsBlock {
    heading: Option<String>,
    is_repeat: bool,
    lines: Vec<String>,
}

struct IntervalsWriter<'a> {
    options: &'a ExportOptions,
    losses: &'a mut ExportLosses,
    blocks: Vec<IntervalsBlock>,
}

impl IntervalsWriter<'_> {
    fn items(&mut self, items: &[ForeignItem]) {
        for item in items {
            match item {
                ForeignItem::Step(step) => self.step(step),
                ForeignItem::Repeat(repeat) => self.repeat(repeat),
            }
        }
    }

    fn step(&mut self, step: &ForeignStep) {
        let line = self.line(step, false);
        let heading = match step.kind {
            Some(Kind::Warmup) => Some("Warmup"),
            Some(Kind::Cooldown) => Some("Cooldown"),
            _ => None,
        };
        match self.blocks.last_mut() {
            Some(block) if !block.is_repeat && block.heading.as_deref() == heading => block.lines.push(line),
            _ => self.blocks.push(IntervalsBlock {
                heading: heading.map(str::to_string),
                is_repeat: false,
                lines: vec![line],
            }),
        }
    }

    fn repeat(&mut self, repeat: &ForeignRepeat) {
        let is_step = |item: &ForeignItem| matches!(item, ForeignItem::Step(_));
        if !repeat.items.iter().all(is_step) {
            let text = "repeats in a repeat do not exist there, so the outer one was written out";
            self.losses.whole_once(ReportKind::Changed, text);
            for nth in 1..=repeat.count {
                let shown = if nth == repeat.count { last_items(repeat) } else { &repeat.items };
                self.items(shown);
            }
            return;
        }
        // A recovery that stands between the reps only: the last rep comes by itself.
        let count = repeat.count.saturating_sub(u32::from(repeat.skips_last_rest));
        if count > 1 {
            let lines = unrolled(&repeat.items).into_iter().map(|step| self.line(step, true)).collect();
            self.blocks.push(IntervalsBlock { heading: Some(format!("{count}x")), is_repeat: true, lines });
        } else if count == 1 {
            self.items(&repeat.items);
        }
        if repeat.skips_last_rest {
            self.items(last_items(repeat));
        }
    }

    fn line(&mut self, step: &ForeignStep, is_in_repeat: bool) -> String {
        match step.kind {
            None => {}
            Some(Kind::Warmup | Kind::Cooldown) if !is_in_repeat => {}
            Some(_) => self.losses.kinds(),
        }
        let target = self.target(step);
        let mut texts: Vec<String> = step.label.iter().map(|label| prompt(label)).collect();
        if !target.is_exact
            && let Some(words) = target_words(step)
        {
            texts.push(prompt(words));
        }
        if let Some(incline) = incline_words(step) {
            self.losses.step(ReportKind::KeptAsWords, step, "the incline is in the text of the step");
            texts.push(prompt(&incline));
        }
        let mut words = vec!["-".to_string(), texts.join(", "), self.cues(step), self.end(step), target.text];
        if step.end == ForeignEnd::Open {
            words.push("press lap".to_string());
        }
        words.retain(|word| !word.is_empty());
        words.join(" ")
    }

    /// Returns the texts of a step with the seconds at which they come.
    fn cues(&mut self, step: &ForeignStep) -> String {
        let is_timed = matches!(step.end, ForeignEnd::Time(_));
        let mut texts = String::new();
        for cue in &step.cues {
            let at = match cue.at {
                CuePlace::Time(at) if is_timed => at.whole_secs(),
                CuePlace::Time(Millis::ZERO) => 0,
                CuePlace::Time(_) | CuePlace::Metres(_) => {
                    let text = "texts in a step without a time come at its start";
                    self.losses.step(ReportKind::Changed, step, text);
                    0
                }
            };
            // A number would be the length of the text.
            let text = prompt(&cue.text);
            let space = if text.starts_with(|c: char| c.is_ascii_digit()) { " " } else { "" };
            texts.push_str(&format!("{at}^{space}{text} "));
        }
        if texts.is_empty() { texts } else { format!("{}<!>", texts.trim_end()) }
    }

    /// Returns the length. A step that waits for the runner has an estimate.
    fn end(&mut self, step: &ForeignStep) -> String {
        match step.end {
            ForeignEnd::Time(length) => self.time(length, step),
            ForeignEnd::Open => {
                let text = "a step that waits for you has a length as an estimate, see --open";
                self.losses.step(ReportKind::Assumed, step, text);
                self.time(self.options.open, step)
            }
            ForeignEnd::Distance(metres) => distance(metres),
        }
    }

    fn time(&mut self, time: Millis, step: &ForeignStep) -> String {
        if !time.get().is_multiple_of(1000) {
            self.losses.step(ReportKind::Changed, step, "the time was rounded to the second");
        }
        let seconds = time.get().saturating_add(500).checked_div(1000).unwrap_or_default().max(1);
        let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")];
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, unit)| format!("{n}{unit}")).collect()
    }

    fn target(&mut self, step: &ForeignStep) -> IntervalsTargetText {
        let exact = |text: String| IntervalsTargetText { text, is_exact: true };
        if let Some(text) = step.targets.iter().find_map(threshold_share) {
            return exact(text);
        }
        if let Some(band) = speeds(step).filter(|band| band.from >= SLOWEST && band.to >= SLOWEST) {
            let ramp = if band.is_ramp { "ramp " } else { "" };
            let (from, to) = (self.pace(band.from, step), self.pace(band.to, step));
            let paces = if from == to { from } else { format!("{from}-{to}") };
            return exact(format!("{ramp}{paces}/km Pace"));
        }
        let zone = step.targets.iter().find_map(|target| match target {
            ForeignTarget::Zone(low, high) if low == high => Some(format!("Z{low} HR")),
            ForeignTarget::Zone(low, high) => Some(format!("Z{low}-Z{high} HR")),
            _ => None,
        });
        if let Some(text) = zone {
            return exact(text);
        }
        let usual = step.targets.iter().find_map(|target| match target {
            ForeignTarget::Ramp(from, to) => Some(ramp_text(usual_share(from)?, usual_share(to)?)),
            target => usual_share(target).map(|share| format!("{}% Pace", trimmed(share * 100.0, 1))),
        });
        let (kind, line, text) = match usual {
            Some(text) => {
                let line = "the target became a usual share of threshold pace, with its words as a text";
                (ReportKind::Changed, line, text)
            }
            None => {
                let line = "the target is in the text of the step";
                (ReportKind::KeptAsWords, line, "freeride".to_string())
            }
        };
        self.losses.step(kind, step, line);
        IntervalsTargetText { text, is_exact: false }
    }

    /// Returns a pace in minutes and seconds per kilometre.
    fn pace(&mut self, speed: f64, step: &ForeignStep) -> String {
        let seconds = 1000.0 / speed;
        if (seconds - seconds.round()).abs() > ROUNDED_WITHIN {
            self.losses.step(ReportKind::Changed, step, "the pace was rounded to the second");
        }
        let seconds = seconds.round() as u64;
        format!("{}:{:02}", seconds / 60, seconds % 60)
    }
}

/// The target of a step as it is written.
struct IntervalsTargetText {
    text: String,
    /// False if the words of the workout have to stand beside it.
    is_exact: bool,
}

/// Returns a target that is a share of threshold pace.
fn threshold_share(target: &ForeignTarget) -> Option<String> {
    let share = |target: &ForeignTarget| match target {
        ForeignTarget::Effort("threshold") => Some((1.0, 1.0)),
        ForeignTarget::Fraction { low, high, of: "threshold" } => Some((*low, *high)),
        _ => None,
    };
    if let ForeignTarget::Ramp(from, to) = target {
        return Some(ramp_text(share(from)?.0, share(to)?.1));
    }
    let (low, high) = share(target)?;
    let (low, high) = (trimmed(low * 100.0, 2), trimmed(high * 100.0, 2));
    Some(if low == high { format!("{low}% Pace") } else { format!("{low}-{high}% Pace") })
}

fn ramp_text(from: f64, to: f64) -> String {
    format!("ramp {}-{}% Pace", trimmed(from * 100.0, 2), trimmed(to * 100.0, 2))
}

fn distance(metres: f64) -> String {
    let miles = metres / METRES_PER_MILE;
    if (miles * 4.0 - (miles * 4.0).round()).abs() < 1e-9 {
        return format!("{}mi", trimmed(miles, 2));
    }
    match metres {
        metres if metres >= 1000.0 => format!("{}km", trimmed(metres / 1000.0, 6)),
        metres => format!("{}mtr", trimmed(metres, 3)),
    }
}

/// Returns a text that may stand before a length.
fn prompt(text: &str) -> String {
    let text = one_line(&text.replace("<!>", " ").replace('^', " ").replace('%', " percent"));
    let apart = |word: &str| {
        let digits = word.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(word.len());
        match (length(word), word.split_at_checked(digits)) {
            (Some(_), Some((number, unit))) => format!("{number} {unit}"),
            _ => word.to_string(),
        }
    };
    let text = text.split(' ').map(apart).collect::<Vec<_>>().join(" ");
    let is_key = text.to_ascii_lowercase().contains("press lap");
    if is_key { text.replace("lap", "the lap key").replace("Lap", "the lap key") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_of_a_text_is_taken_for_a_length() {
        assert_eq!(prompt("5km pace\nat 90%, 1m30s ^up<!>"), "5 km pace at 90 percent, 1 m30s up");
        assert_eq!(prompt("press lap now"), "press the lap key now");
        for word in ["400m", "5'", "30\"", "1h", "2mi"] {
            let text = prompt(word);
            assert!(text.split(' ').all(|word| length(word).is_none()), "{text}");
        }
    }

    #[test]
    fn distances_have_their_units() {
        assert_eq!([distance(400.0), distance(1500.0), distance(1609.344)], ["400mtr", "1.5km", "1mi"]);
    }
}
