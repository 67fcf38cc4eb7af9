//! The library behind the picker: read and compiled when the picker asks for it, and refreshed when files change.

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::load_workout::{self, LoadedWorkout};
use crate::cli::render::{self, ErrorStyle};
use crate::cli::report::Report;
use crate::cli::workout_text::WorkoutText;
use crate::diagnostic::LineIndex;
use crate::library::{self, LibraryWorkout, WorkoutOrigin, WorkoutSource, recent};
use crate::runner::profile::Profile;
use crate::tui::Theme;
use crate::tui::screens::picker::{
    BrokenFile, EntryContent, EntryOwner, Picker, PickerEntry, PickerNeed, ReportLine,
};
use crate::workout::sequence::Sequence;
use crate::workout::{self, Diagnostic, Options, SourceText};
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
    workouts: Vec<LibraryWorkout>,
}

impl PickerLibrary {
    /// Lists the workouts without reading them.
    ///
    /// # Errors
    /// If the profile cannot be used.
    pub fn open(context: &Context) -> Result<Self, Failure> {
        Ok(PickerLibrary { profile: load_workout::profile(context)?, workouts: library::all() })
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
        let now = library::all();
        if now == self.workouts && touched.is_none() {
            return;
        }
        let listed = |item: &LibraryWorkout| {
            let before = self.workouts.iter().zip(picker.entries()).find(|(f, _)| *f == item);
            match before {
                Some((_, entry)) if touched != Some(item.name.as_str()) => entry.clone(),
                _ => entry(item),
            }
        };
        let entries = now.iter().map(listed).collect();
        picker.replace(entries);
        self.workouts = now;
    }

    /// Reads what the picker needs next. Returns false if it needs nothing.
    pub fn answer(&self, picker: &mut Picker) -> bool {
        let (index, options) = match picker.next_to_read() {
            None => return false,
            Some(PickerNeed::Workout(index, options)) => (index, options),
            Some(PickerNeed::Typed(text)) => {
                let source = WorkoutSource::Notation(SourceText::new(library::NOTATION, text.as_str()));
                picker.set_typed(&text, &self.compile(source.into(), library::NOTATION, &Options::default()));
                return true;
            }
        };
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

    fn content(&self, item: &LibraryWorkout, options: &Options) -> EntryContent {
        let source = match item.source() {
            Ok(source) => source,
            Err(error) => {
                let report = ReportLine::report([format!("error: {}", Report::from(&error))]);
                return EntryContent::broken(BrokenFile {
                    line: None,
                    message: error.problem,
                    help: Some(error.help),
                    count: 1,
                    report,
                });
            }
        };
        self.compile(WorkoutText::file(source), &format!("{}.toml", item.name), options)
    }

    /// Compiles a text. Errors call it `name`.
    fn compile(&self, text: WorkoutText, name: &str, options: &Options) -> EntryContent {
        match text.compile(&self.profile, options) {
            Ok(compiled) => {
                let parameters = workout::parameters(&text.source);
                EntryContent::runs(Arc::new(compiled.sequence), parameters, &self.profile.line_style())
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
    let reported = problems.iter().take(MOST_REPORTED);
    let mut report = ReportLine::report(reported.map(|p| render::render(slice::from_ref(p), source, REPORT)));
    if problems.len() > MOST_REPORTED {
        let text = format!("and {} more", problems.len() - MOST_REPORTED);
        report.extend([ReportLine::default(), ReportLine { text, is_title: false }]);
    }
    report
}
