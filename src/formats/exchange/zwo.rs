//! Workouts of Zwift: `.zwo` files, which other programs write and read too.
//!
//! The elements and attributes are those of
//! <https://github.com/h4l/zwift-workout-file-reference/blob/master/zwift_workout_file_tag_reference.md>. Nesting is ignored:
//! the tag of a step ends the step before, a text belongs to the step before it, and closing tags mean nothing. That reads
//! damaged files as well as whole ones.

use super::limits::hold_steps;
use super::model::ForeignWorkout;
use super::report::ConversionNotes;
use super::tags::fault_notes;
use super::zwo_meta::{self, ZwoFile};
use super::zwo_steps::ZwoConverter;
use super::{ReadOptions, UnreadableWorkout};

/// Reads a workout.
///
/// # Errors
/// If it has no step or too many, is a day of rest, or defines entities.
pub fn read(text: &str, options: &ReadOptions) -> Result<ForeignWorkout, UnreadableWorkout> {
    let file = zwo_meta::read(text);
    if file.has_doctype {
        return Err(UnreadableWorkout::new("it defines entities, which are never expanded"));
    }
    hold_steps(file.steps.len() as u64)?;
    if file.steps.is_empty() {
        let problem =
            if file.is_rest_day { "it is a day of rest, with nothing to run" } else { "it has no steps" };
        return Err(UnreadableWorkout::new(problem));
    }
    let mut report = ConversionNotes::default();
    fault_notes(&file.faults, &mut report);
    let mut converter = ZwoConverter::new(&file, options, report);
    let items =
        file.steps.iter().zip(1..).flat_map(|(step, number)| converter.convert(step, number)).collect();
    let report = converter.finish();
    let ZwoFile { name, about, author, tags, .. } = file;
    Ok(ForeignWorkout { name, about, author, tags, items, report, ..ForeignWorkout::default() })
}
