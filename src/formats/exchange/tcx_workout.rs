//! Workouts of TCX files, as Garmin Training Center and other programs write them.
//!
//! The elements are those of <https://www8.garmin.com/xmlschemas/TrainingCenterDatabasev2.xsd>. The kind of a step, of its
//! length and of its target stands in `xsi:type`.

use super::UnreadableWorkout;
use super::limits::{DEEPEST_REPEATS, MOST_WORKOUTS, repeats, too_deep, too_many_workouts};
use super::model::{ForeignItem, ForeignRepeat, ForeignWorkout};
use super::report::{ConversionNote, ConversionNotes, ReportKind, ReportPlace};
use super::tags::{OpenTag, TagEvent, TagWalk, fault_notes, number};
use super::tcx_step::TcxStep;

/// Reads the workouts of a file.
///
/// # Errors
/// If it defines entities, has too many workouts, or nests repeats too deep.
pub fn read(text: &str) -> Result<Vec<ForeignWorkout>, UnreadableWorkout> {
    let mut walk = TagWalk::new(text);
    let mut reader = TcxWorkoutReader::default();
    while let Some(event) = walk.next() {
        match event {
            TagEvent::Open(tag) => reader.open(&tag)?,
            TagEvent::Close(name) => reader.close(name),
            TagEvent::Text(text) => reader.text(text.trim()),
        }
    }
    if walk.has_doctype {
        return Err(UnreadableWorkout::new("it defines entities, which are never expanded"));
    }
    if let Some(draft) = &mut reader.draft {
        draft.end_unclosed_step();
        let text = "the workout is never closed, so it ends with the file";
        draft.notes.push(ConversionNote::new(ReportKind::Repaired, text));
    }
    reader.finish_workout();
    let mut workouts = reader.workouts;
    if let Some(first) = workouts.first_mut() {
        let mut report = ConversionNotes::default();
        fault_notes(&walk.faults, &mut report);
        first.report.splice(0..0, report.finish());
    }
    Ok(workouts)
}

/// The items of a repeat or of the workout.
#[derive(Default)]
struct TcxLevel {
    count: u32,
    items: Vec<ForeignItem>,
    place: ReportPlace,
}

/// A workout that is being read.
#[derive(Default)]
struct TcxDraft {
    workout: ForeignWorkout,
    /// The repeats around the current step. The first is the workout itself.
    levels: Vec<TcxLevel>,
    notes: ConversionNotes,
    step: Option<TcxStep>,
    steps: usize,
}

#[derive(Default)]
struct TcxWorkoutReader {
    workouts: Vec<ForeignWorkout>,
    draft: Option<TcxDraft>,
    /// The element whose text is read, in lower case.
    element: String,
    /// True within `<Extensions>`, which other programs fill.
    in_extensions: bool,
}

impl TcxWorkoutReader {
    fn open(&mut self, tag: &OpenTag<'_>) -> Result<(), UnreadableWorkout> {
        self.element = tag.name.to_ascii_lowercase();
        if self.element == "workout" {
            self.finish_workout();
            if self.workouts.len() >= MOST_WORKOUTS {
                return Err(too_many_workouts());
            }
            self.draft = Some(TcxDraft::new(tag.attribute("Sport")));
        }
        self.in_extensions |= self.element == "extensions" && !tag.is_empty;
        let Some(draft) = self.draft.as_mut().filter(|_| !self.in_extensions) else { return Ok(()) };
        let kind = tag.attribute("type").unwrap_or_default().trim_end_matches("_t");
        match self.element.as_str() {
            "step" | "child" => {
                draft.end_unclosed_step();
                draft.open_step(tag, kind)?;
            }
            name => {
                if let Some(step) = &mut draft.step {
                    step.open(name, kind);
                }
            }
        }
        if tag.is_empty {
            self.element.clear();
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        self.element.clear();
        match (name.as_str(), &mut self.draft) {
            ("extensions", _) => self.in_extensions = false,
            ("workout", _) => self.finish_workout(),
            ("step" | "child", Some(draft)) => {
                if draft.step.is_some() {
                    draft.finish_step();
                } else {
                    draft.close_repeat();
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let Some(draft) = self.draft.as_mut().filter(|_| !text.is_empty() && !self.in_extensions) else {
            return;
        };
        match (&mut draft.step, self.element.as_str()) {
            (Some(step), element) => step.text(element, text),
            // The device that made a file comes last, and has a name too.
            (None, "name") if draft.workout.name.is_empty() => draft.workout.name = text.to_string(),
            (None, "notes") => draft.workout.about = Some(text.to_string()),
            (None, "repetitions") => {
                if let Some(level) = draft.levels.last_mut() {
                    level.count = repeats(number(text).unwrap_or(1.0));
                }
            }
            _ => {}
        }
    }

    fn finish_workout(&mut self) {
        let Some(mut draft) = self.draft.take() else { return };
        draft.finish_step();
        while draft.levels.len() > 1 {
            draft.close_repeat();
        }
        let items = draft.levels.pop().map(|level| level.items).unwrap_or_default();
        self.workouts.push(ForeignWorkout { items, report: draft.notes.finish(), ..draft.workout });
    }
}

impl TcxDraft {
    fn new(sport: Option<&str>) -> Self {
        let mut draft = TcxDraft { levels: vec![TcxLevel::default()], ..TcxDraft::default() };
        let note = match sport {
            Some(sport) if sport.eq_ignore_ascii_case("Running") => return draft,
            Some(sport) => {
                let text = "a workout for another sport became one for running";
                let original = Some(sport.to_string());
                ConversionNote { original, ..ConversionNote::new(ReportKind::Changed, text) }
            }
            None => ConversionNote::new(ReportKind::Assumed, "no sport is named, so it was read as a run"),
        };
        draft.notes.push(note);
        draft
    }

    fn open_step(&mut self, tag: &OpenTag<'_>, kind: &str) -> Result<(), UnreadableWorkout> {
        let place = ReportPlace { step: Some(self.steps + 1), line: Some(tag.line) };
        if kind.eq_ignore_ascii_case("Repeat") {
            // The first level is the workout.
            if self.levels.len() > DEEPEST_REPEATS {
                return Err(too_deep());
            }
            self.levels.push(TcxLevel { count: 1, items: Vec::new(), place });
        } else if !tag.is_empty {
            self.steps += 1;
            self.step = Some(TcxStep::new(place));
        }
        Ok(())
    }

    fn end_unclosed_step(&mut self) {
        if let Some(step) = &self.step {
            let text = "a step is never closed, so it ends where the next one begins";
            self.notes.push(step.place.note(ReportKind::Repaired, None, text));
        }
        self.finish_step();
    }

    fn finish_step(&mut self) {
        let Some(step) = self.step.take() else { return };
        if let (Some(step), Some(level)) = (step.finish(&mut self.notes), self.levels.last_mut()) {
            level.items.push(ForeignItem::Step(step));
        }
    }

    fn close_repeat(&mut self) {
        if self.levels.len() < 2 {
            return;
        }
        let Some(TcxLevel { count, items, place }) = self.levels.pop() else { return };
        let Some(outer) = self.levels.last_mut().filter(|_| !items.is_empty()) else { return };
        outer.items.push(ForeignItem::Repeat(ForeignRepeat {
            count,
            items,
            place,
            ..ForeignRepeat::default()
        }));
    }
}
