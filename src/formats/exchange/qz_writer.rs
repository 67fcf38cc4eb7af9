//! Writes workouts of QZ, which drives treadmills: speeds, inclines and ramps as they are.

use super::export_losses::{ExportLosses, escaped};
use super::model::{CuePlace, ForeignEnd, ForeignItem, ForeignStep, ForeignTarget, ForeignWorkout};
use super::report::ReportKind;
use super::step_words::{last_items, speeds, target_words};
use crate::units::{Millis, trimmed};

/// Returns the text of the file.
pub fn file(workout: &ForeignWorkout, losses: &mut ExportLosses) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rows>\n".to_string();
    write_items(&workout.items, 1, &mut text, losses);
    losses.whole(ReportKind::LeftOut, "the name: QZ shows the name of the file");
    text + "</rows>\n"
}

fn write_items(items: &[ForeignItem], depth: usize, text: &mut String, losses: &mut ExportLosses) {
    let space = "  ".repeat(depth);
    for item in items {
        match item {
            ForeignItem::Step(step) => text.push_str(&row(step, &space, losses)),
            ForeignItem::Repeat(repeat) => {
                // A recovery that stands between the reps only: the last rep comes by itself.
                let times = repeat.count.saturating_sub(u32::from(repeat.skips_last_rest));
                text.push_str(&format!("{space}<repeat times=\"{times}\">\n"));
                write_items(&repeat.items, depth + 1, text, losses);
                text.push_str(&format!("{space}</repeat>\n"));
                if repeat.skips_last_rest {
                    write_items(last_items(repeat), depth, text, losses);
                }
            }
        }
    }
}

fn row(step: &ForeignStep, space: &str, losses: &mut ExportLosses) -> String {
    let mut keys = vec![match step.end {
        ForeignEnd::Time(time) => format!("duration=\"{}\"", duration(time, step, losses)),
        ForeignEnd::Distance(metres) => format!("distance=\"{}\"", trimmed(metres / 1000.0, 6)),
        ForeignEnd::Open => "duration=\"01:00:00\" lapbutton=\"1\"".to_string(),
    }];
    if step.kind.is_some() {
        losses.kinds();
    }
    let target = target_keys(step, losses);
    let has_target = target.is_some();
    keys.extend(target);
    if let Some((from, to)) = step.incline {
        if from != to {
            losses.step(ReportKind::Changed, step, "a changing incline became its average");
        }
        keys.push(format!("inclination=\"{}\"", trimmed((from + to) / 2.0, 2)));
    }
    let mut texts: Vec<(u64, &str)> = Vec::new();
    if !has_target && let Some(words) = target_words(step) {
        losses.step(
            ReportKind::KeptAsWords,
            step,
            "the target has no speed without a profile, and is a text",
        );
        texts.push((0, words));
    }
    if let Some(label) = &step.label {
        losses.step(ReportKind::KeptAsWords, step, "the label is a text");
        texts.push((0, label));
    }
    for cue in &step.cues {
        let at = match cue.at {
            CuePlace::Time(at) => at.whole_secs(),
            CuePlace::Metres(_) => {
                losses.step(ReportKind::Changed, step, "texts with a distance come at the start");
                0
            }
        };
        texts.push((at, &cue.text));
    }
    let open = format!("{space}<row {}", keys.join(" "));
    if texts.is_empty() {
        return format!("{open}/>\n");
    }
    let line = |(at, text): &(u64, &str)| {
        format!("{space}  <textevent timeoffset=\"{at}\" message=\"{}\"/>\n", escaped(text))
    };
    format!("{open}>\n{}{space}</row>\n", texts.iter().map(line).collect::<String>())
}

/// Returns the attributes of the target. `None` if it has neither a speed nor a heart rate.
fn target_keys(step: &ForeignStep, losses: &mut ExportLosses) -> Option<String> {
    let beats = step.targets.iter().find_map(|target| match target {
        ForeignTarget::Beats(low, high) => Some((*low, *high)),
        _ => None,
    });
    let zone = step.targets.iter().find_map(|target| match target {
        ForeignTarget::Zone(low, _) => Some(*low),
        _ => None,
    });
    match (speeds(step), beats, zone) {
        (Some(band), ..) if band.is_ramp => Some(format!(
            "speedfrom=\"{}\" speedto=\"{}\" forcespeed=\"1\"",
            trimmed(band.from * 3.6, 3),
            trimmed(band.to * 3.6, 3)
        )),
        (Some(band), ..) => {
            if band.from != band.to {
                losses.step(ReportKind::Changed, step, "a range of speeds became its average");
            }
            let middle = (band.from + band.to) * 1.8;
            Some(format!("speed=\"{}\" forcespeed=\"1\" zonehr=\"0\"", trimmed(middle, 3)))
        }
        (None, Some((low, high)), _) => {
            Some(format!("hrmin=\"{}\" hrmax=\"{}\"", trimmed(low, 0), trimmed(high, 0)))
        }
        (None, None, Some(zone)) => Some(format!("zonehr=\"{zone}\"")),
        (None, None, None) => None,
    }
}

/// Returns a time in whole seconds.
fn duration(time: Millis, step: &ForeignStep, losses: &mut ExportLosses) -> String {
    if !time.get().is_multiple_of(1000) {
        losses.step(ReportKind::Changed, step, "the time was rounded to the second");
    }
    let seconds = (time.get() + 500) / 1000;
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
