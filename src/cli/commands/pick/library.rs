//! The library behind the picker: read and compiled when the picker asks for it, and refreshed when files change.

use crate::cli::fit_time;
use crate::cli::load_workout::LoadedWorkout;
use crate::cli::render::{self, ErrorStyle};
use crate::cli::report::Report;
use crate::cli::workout_text::WorkoutText;
use crate::diagnostic::LineIndex;
use crate::library::{self, FileStamp, LibraryWorkout, WorkoutOrigin, WorkoutSource, recent};
use crate::runner::profile::Profile;
use crate::tui::Theme;
use crate::tui::screens::picker::{
    AdjustedOptions, BrokenFile, EntryContent, EntryOwner, Picker, PickerEntry, PickerNeed, ReportLine,
};
use crate::workout::sequence::Sequence;
use crate::workout::{self, Diagnostic, SourceText};
use std::collections::BTreeMap;
use std::slice;
use std::sync::Arc;

/// The most mistakes in a report; any more are only counted.
const MOST_REPORTED: usize = 50;

/// The workout to run.
pub struct PickedWorkout {
    /// The workout's name in the library, or the name of notation.
    pub name: String,
    /// The text, if it was typed.
    pub text: Option<String>,
    /// The steps.
    pub sequence: Arc<Sequence>,
}

/// The library as it was last listed, in the picker's order.
pub struct PickerLibrary {
    profile: Profile,
    /// The key that ends an open step.
    end_key: &'static str,
    workouts: Vec<LibraryWorkout>,
    /// The state of each workout's file when it was read, or `None` until then.
    stamps: Vec<Option<FileStamp>>,
}

impl PickerLibrary {
    /// Lists the workouts without reading them. They will be compiled for `profile`. `end_key` ends an open step.
    pub fn list(profile: Profile, end_key: &'static str) -> Self {
        let workouts = library::all();
        let stamps = vec![None; workouts.len()];
        PickerLibrary { profile, end_key, workouts, stamps }
    }

    /// Returns a picker over the workouts.
    pub fn picker(&self, theme: Theme) -> Picker {
        let entries = self.workouts.iter().map(entry).collect();
        Picker::new(entries, recent::names(), theme)
    }

    /// The workouts as they were last listed.
    pub fn workouts(&self) -> &[LibraryWorkout] {
        &self.workouts
    }

    /// Returns the workout with this name.
    pub fn find(&self, name: &str) -> Option<&LibraryWorkout> {
        self.workouts.iter().find(|e| e.name == name)
    }

    /// Returns the compiled workout with this name, ready to run.
    pub fn load(self, picked: PickedWorkout) -> LoadedWorkout {
        let PickedWorkout { sequence, name, text } = picked;
        let source = match text {
            Some(text) => SourceText::new(library::NOTATION, text),
            // The file may be gone by now.
            None => self
                .find(&name)
                .and_then(|item| item.source().ok())
                .unwrap_or_else(|| SourceText::new(name, "")),
        };
        LoadedWorkout { sequence, source, profile: self.profile, item: None }
    }

    /// Lists the workouts again. Those that have not changed are not read again, except `touched`.
    pub fn refresh(&mut self, picker: &mut Picker, touched: Option<&str>) {
        self.replace(library::all(), picker, touched);
    }

    fn replace(&mut self, now: Vec<LibraryWorkout>, picker: &mut Picker, touched: Option<&str>) {
        let is_as_read = |(workout, stamp): (&LibraryWorkout, &Option<FileStamp>)| {
            stamp.is_none_or(|stamp| stamp == FileStamp::of(workout))
                && touched != Some(workout.name.as_str())
        };
        let as_read: Vec<bool> = self.workouts.iter().zip(&self.stamps).map(is_as_read).collect();
        if now == self.workouts && touched.is_none() && !as_read.contains(&false) {
            return;
        }
        let known: BTreeMap<&str, usize> =
            self.workouts.iter().enumerate().map(|(index, workout)| (workout.name.as_str(), index)).collect();
        let listed = |item: &LibraryWorkout| {
            let before = known.get(item.name.as_str()).copied();
            let before = before.filter(|index| as_read[*index] && self.workouts[*index] == *item);
            let kept =
                before.and_then(|index| Some((picker.entries().get(index)?.clone(), self.stamps[index])));
            kept.unwrap_or_else(|| (entry(item), None))
        };
        let (entries, stamps) = now.iter().map(listed).unzip();
        picker.replace(entries);
        (self.workouts, self.stamps) = (now, stamps);
    }

    /// Reads what the picker needs next. Returns false if it needs nothing.
    pub fn answer(&mut self, picker: &mut Picker) -> bool {
        let (index, options) = match picker.next_to_read() {
            None => return false,
            Some(PickerNeed::Workout(index, options)) => (index, options),
            Some(PickerNeed::Typed(text)) => {
                let source = WorkoutSource::Notation(SourceText::new(library::NOTATION, text.as_str()));
                picker.set_typed(
                    &text,
                    &self.compile(source.into(), library::NOTATION, &AdjustedOptions::default()),
                );
                return true;
            }
        };
        if let (Some(item), Some(stamp)) = (self.workouts.get(index), self.stamps.get_mut(index)) {
            // Before the file is read, so that no later change goes unnoticed.
            stamp.get_or_insert_with(|| FileStamp::of(item));
        }
        let content = match self.workouts.get(index) {
            Some(item) => self.content(item, &options),
            None => EntryContent::broken(BrokenFile {
                message: "it no longer exists".to_string(),
                ..BrokenFile::default()
            }),
        };
        picker.set_content(index, &options, content);
        true
    }

    fn content(&self, item: &LibraryWorkout, options: &AdjustedOptions) -> EntryContent {
        let source = match item.source() {
            Ok(source) => source,
            Err(error) => {
                return EntryContent::broken(reported(&Report::from(&error), error.problem, error.help));
            }
        };
        self.compile(WorkoutText::file(source), &format!("{}.toml", item.name), options)
    }

    /// Compiles a text, and fits it into the time that the runner has. Errors call it `name`.
    fn compile(&self, text: WorkoutText, name: &str, adjusted: &AdjustedOptions) -> EntryContent {
        match text.compile(&self.profile, &adjusted.options) {
            Ok(compiled) => {
                let sequence = match adjusted.within {
                    Some(total) => fit_time::fitted(compiled.sequence, total),
                    None => Ok(compiled.sequence),
                };
                let parameters = workout::parameters(&text.source);
                let style = self.profile.line_style().with_end_key(self.end_key);
                match sequence {
                    Ok(sequence) => EntryContent::runs(Arc::new(sequence), parameters, &style),
                    Err(report) => EntryContent::broken(reported(&report, report.one_line(), None)),
                }
            }
            Err(problems) => {
                // The folder needs no mention here.
                let source = SourceText { name: name.to_string(), ..text.source };
                EntryContent::broken(broken(&problems, &source))
            }
        }
    }
}

fn entry(workout: &LibraryWorkout) -> PickerEntry {
    let owner = match (workout.is_mine(), workout.shadows()) {
        (false, _) => EntryOwner::BuiltIn,
        (true, false) => EntryOwner::Mine,
        (true, true) => EntryOwner::MineOverBuiltIn,
    };
    let unread = PickerEntry::unread(&workout.name, owner);
    match &workout.origin {
        WorkoutOrigin::BuiltIn(built_in) => {
            PickerEntry { title: built_in.title().to_string(), group: built_in.group(), ..unread }
        }
        WorkoutOrigin::Mine { .. } => unread,
    }
}

/// The report on a workout that cannot be run for a reason without a place in its text.
fn reported(report: &Report, message: String, help: impl Into<Option<String>>) -> BrokenFile {
    let report = ReportLine::report([format!("error: {report}")]);
    BrokenFile { line: None, message, help: help.into(), count: 1, report }
}

fn broken(problems: &[Diagnostic], source: &SourceText) -> BrokenFile {
    let first = problems.first();
    BrokenFile {
        line: first.map(|p| LineIndex::new(&source.text).place(p.span.start).line),
        message: first.map(|p| p.message.clone()).unwrap_or_default(),
        help: first.and_then(|p| p.help.clone()),
        count: problems.len(),
        report: report(problems, source),
    }
}

/// The look of a report in the picker.
const REPORT: ErrorStyle = ErrorStyle { color: false, columns: 80 };

fn report(problems: &[Diagnostic], source: &SourceText) -> Vec<ReportLine> {
    // The whole file that was meant comes after all problems.
    let reported = problems.iter().take(MOST_REPORTED).map(Diagnostic::without_meant);
    let mut report =
        ReportLine::report(reported.map(|p| render::render(slice::from_ref(&p), source, REPORT)));
    if problems.len() > MOST_REPORTED {
        let text = format!("and {} more", problems.len() - MOST_REPORTED);
        report.extend([ReportLine::default(), ReportLine { text, is_title: false }]);
    }
    if let Some(meant) = render::meant(problems) {
        report.push(ReportLine::default());
        report.extend(meant.lines().map(|line| ReportLine { text: line.to_string(), is_title: false }));
    }
    report
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::user_workouts;
    use std::fs;

    #[test]
    fn reads_only_changed_and_new_files_again() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, steps: &str| {
            fs::write(folder.path().join(format!("{name}.toml")), format!("steps = '{steps}'")).unwrap();
        };
        let list = || {
            let mut workouts = user_workouts::list(folder.path());
            workouts.sort_by(|a, b| a.name.cmp(&b.name));
            workouts
        };
        write("hills", "10min easy");
        write("track", "20min easy");
        let workouts = list();
        let stamps = vec![None; workouts.len()];
        let mut library = PickerLibrary { profile: Profile::default(), end_key: "Enter", workouts, stamps };
        let mut picker = library.picker(Theme::new(true));
        while library.answer(&mut picker) {}
        let unread = |picker: &Picker| -> Vec<String> {
            picker
                .entries()
                .iter()
                .filter(|entry| entry.is_unread())
                .map(|entry| entry.name.clone())
                .collect()
        };
        library.replace(list(), &mut picker, None);
        assert_eq!(unread(&picker), Vec::<String>::new());
        write("track", "20min easy, 5min walk");
        write("new", "5min easy");
        library.replace(list(), &mut picker, None);
        assert_eq!(unread(&picker), ["new", "track"]);
        while library.answer(&mut picker) {}
        library.replace(list(), &mut picker, Some("hills"));
        assert_eq!(unread(&picker), ["hills"], "what pacebell changed itself is read again");
    }
}
