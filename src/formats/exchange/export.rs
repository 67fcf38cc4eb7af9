//! Workouts of pacebell as files of other programs.

use super::export_losses::{ExportLosses, ExportOptions, ExportRefusal};
use super::model::{ForeignItem, ForeignWorkout};
use super::report::{ConversionNote, ReportKind};
use super::{fit_writer, garmin_writer, intervals_writer, qz_writer, tcx_writer, zwo_writer};
use crate::workout::sequence::HeartLimit;

/// A format that workouts are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkoutExport {
    /// A FIT workout.
    Fit,
    /// A workout of Zwift.
    Zwo,
    /// A workout of QZ.
    Qz,
    /// A workout of Garmin Connect.
    Garmin,
    /// A workout of intervals.icu as text.
    Intervals,
    /// A TCX workout.
    Tcx,
}

/// A file, and what was lost.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportedWorkout {
    /// The content.
    pub bytes: Vec<u8>,
    /// Everything that was changed, left out or kept as words.
    pub report: Vec<ConversionNote>,
}

/// Returns the file for a workout.
///
/// # Errors
/// If the format cannot hold it.
pub fn file(
    workout: &ForeignWorkout,
    format: WorkoutExport,
    options: &ExportOptions,
) -> Result<ExportedWorkout, ExportRefusal> {
    let mut losses = ExportLosses::with(&workout.report);
    let bytes = match format {
        WorkoutExport::Fit => fit_writer::file(workout, options, &mut losses)?,
        WorkoutExport::Zwo => zwo_writer::file(workout, options, &mut losses).into_bytes(),
        WorkoutExport::Qz => qz_writer::file(workout, &mut losses).into_bytes(),
        WorkoutExport::Garmin => garmin_writer::file(workout, &mut losses).into_bytes(),
        WorkoutExport::Intervals => intervals_writer::file(workout, options, &mut losses).into_bytes(),
        WorkoutExport::Tcx => tcx_writer::file(workout, &mut losses)?.into_bytes(),
    };
    tell_lost_facts(workout, format, &mut losses);
    Ok(ExportedWorkout { bytes, report: losses.finish() })
}

/// Tells which facts about the whole workout the format has no place for.
fn tell_lost_facts(workout: &ForeignWorkout, format: WorkoutExport, losses: &mut ExportLosses) {
    let has_place = |limit: &HeartLimit| format == WorkoutExport::Fit && limit.bpm.is_some();
    if limits(&workout.items).iter().any(|limit| !has_place(limit)) {
        losses.whole(ReportKind::Changed, "a step that ends on the heart rate became its longest time");
    }
    if format == WorkoutExport::Zwo {
        return;
    }
    if workout.author.is_some() {
        losses.whole(ReportKind::LeftOut, "the author");
    }
    if !workout.tags.is_empty() {
        losses.whole(ReportKind::LeftOut, "the tags");
    }
    if workout.about.is_some() && format == WorkoutExport::Qz {
        losses.whole(ReportKind::LeftOut, "the description");
    }
}

/// Returns the heart rates that end steps.
fn limits(items: &[ForeignItem]) -> Vec<&HeartLimit> {
    items
        .iter()
        .flat_map(|item| match item {
            ForeignItem::Step(step) => step.until.iter().collect(),
            ForeignItem::Repeat(repeat) => limits(&repeat.items),
        })
        .collect()
}
