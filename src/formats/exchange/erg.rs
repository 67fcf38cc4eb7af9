//! ERG and MRC files: power over minutes, as trainers read it. ERG has watts, MRC a share of threshold power.
//!
//! Minutes have two decimals, so 40 s is written as 0.67, which is 40.2 s. Each mark is rounded to the second, and lengths
//! are the differences of marks, so that nothing drifts.

use super::bike_power::PowerReading;
use super::erg_rows::{ErgFile, ErgMark, ErgUnit};
use super::model::{
    CuePlace, ForeignCue, ForeignEnd, ForeignItem, ForeignStep, ForeignTarget, ForeignWorkout,
};
use super::report::{ConversionNote, ConversionNotes, ReportKind, ReportPlace};
use super::{ReadOptions, UnreadableWorkout, erg_rows, limits};
use crate::units::{Millis, clock, trimmed};

/// From this number of steps on, neighbours of the same effort are joined: the file is the profile of a road.
const MANY_STEPS: usize = 60;

/// A piece of a file between two marks.
struct ErgPiece {
    from: u64,
    to: u64,
    powers: (f64, f64),
    label: Option<String>,
    line: usize,
}

/// Reads a workout.
///
/// # Errors
/// If it has no two marks that differ, or too many steps.
pub fn read(text: &str, options: &ReadOptions) -> Result<ForeignWorkout, UnreadableWorkout> {
    let file = erg_rows::read(text);
    let mut report = file.skipped.clone();
    let pieces = pieces(&file.marks);
    if pieces.is_empty() {
        return Err(UnreadableWorkout::new("it has no steps"));
    }
    if let Some(first) = pieces.first().filter(|first| first.from > 0) {
        let place = ReportPlace { step: None, line: Some(first.line) };
        let at = clock(first.from);
        let text = "the first mark is later than 0, so the workout begins there";
        report.push(place.note(ReportKind::Assumed, Some(at), text));
    }
    let base = power_base(&file, options, &mut report);
    let mut steps: Vec<ForeignStep> = Vec::new();
    for (piece, number) in pieces.iter().zip(1..) {
        let place = ReportPlace { step: Some(number), line: Some(piece.line) };
        let end = ForeignEnd::Time(Millis::from_secs(piece.to - piece.from));
        let target = target(piece, base, options.power, place, &mut report);
        steps.push(ForeignStep { label: piece.label.clone(), ..ForeignStep::new(place, end, target) });
    }
    let before = steps.len();
    if before > MANY_STEPS {
        steps = joined(steps);
        if steps.len() < before {
            let text = format!(
                "{before} short steps became {}: neighbours of the same effort were joined",
                steps.len()
            );
            report.push(ConversionNote::new(ReportKind::Changed, text));
        }
    }
    limits::hold_steps(steps.len() as u64)?;
    place_texts(&file, &mut steps, &mut report);
    Ok(ForeignWorkout {
        name: file.name,
        about: file.about,
        items: steps.into_iter().map(ForeignItem::Step).collect(),
        report: report.finish(),
        ..ForeignWorkout::default()
    })
}

/// Returns the pieces between marks. Two marks at one time are a jump.
fn pieces(marks: &[ErgMark]) -> Vec<ErgPiece> {
    let mut pieces = Vec::new();
    for pair in marks.windows(2) {
        let [from, to] = pair else { continue };
        if to.second > from.second {
            pieces.push(ErgPiece {
                from: from.second,
                to: to.second,
                powers: (from.power, to.power),
                label: from.label.clone(),
                line: from.line,
            });
        }
    }
    pieces
}

/// Returns the power that stands for a share of 1. `None` if watts cannot be told as a share.
fn power_base(file: &ErgFile, options: &ReadOptions, report: &mut ConversionNotes) -> Option<f64> {
    let base = match file.unit {
        ErgUnit::Percent => Some(100.0),
        ErgUnit::Watts => options.ftp.or(file.ftp),
    };
    match base {
        Some(_) => report.push(ConversionNote::new(ReportKind::Changed, options.power.sentence())),
        None => {
            let text =
                "watts without a threshold power: give yours, such as `--ftp 250`, to make them efforts";
            report.push(ConversionNote::new(ReportKind::KeptAsWords, text));
        }
    }
    base
}

fn target(
    piece: &ErgPiece,
    base: Option<f64>,
    power: PowerReading,
    place: ReportPlace,
    report: &mut ConversionNotes,
) -> ForeignTarget {
    let (from, to) = piece.powers;
    let Some(base) = base else {
        let range =
            if from == to { trimmed(from, 0) } else { format!("{} to {}", trimmed(from, 0), trimmed(to, 0)) };
        return ForeignTarget::Words(format!("{range} W"));
    };
    if from == to {
        return power.target(from / base);
    }
    let (target, is_kept) = power.ramp(from / base, to / base);
    if !is_kept {
        let written = format!("{} to {}", trimmed(from, 1), trimmed(to, 1));
        report.push(place.note(ReportKind::Changed, Some(written), power.lost_ramp()));
    }
    target
}

/// Joins neighbours with the same target.
fn joined(steps: Vec<ForeignStep>) -> Vec<ForeignStep> {
    let mut all: Vec<ForeignStep> = Vec::new();
    for step in steps {
        match all.last_mut() {
            Some(ForeignStep { end: ForeignEnd::Time(before), targets, .. })
                if *targets == step.targets && step.label.is_none() =>
            {
                if let ForeignEnd::Time(length) = step.end {
                    *before += length;
                }
            }
            _ => all.push(step),
        }
    }
    all
}

/// Puts texts into the steps in which they come.
fn place_texts(file: &ErgFile, steps: &mut [ForeignStep], report: &mut ConversionNotes) {
    let start = Millis::from_secs(file.marks.first().map_or(0, |mark| mark.second));
    // The end of each step, so that a text finds its step without a walk through all.
    let mut end = Millis::ZERO;
    let mut ends = Vec::with_capacity(steps.len());
    for step in steps.iter() {
        if let ForeignEnd::Time(length) = step.end {
            end += length;
        }
        ends.push(end);
    }
    for (second, text) in &file.texts {
        let at = Millis::from_secs(*second).saturating_sub(start);
        let nth = ends.partition_point(|end| *end <= at);
        let begin = nth.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or_default();
        match steps.get_mut(nth) {
            Some(step) => {
                let at = CuePlace::Time(at.saturating_sub(begin));
                step.cues.push(ForeignCue { at, text: text.clone() });
            }
            None => report.push(ReportPlace::default().note(
                ReportKind::LeftOut,
                Some(text.clone()),
                "a text after the end",
            )),
        }
    }
}
