//! The library beside the picker: read and compiled as the picker asks for it, and looked at again for changes.

use crate::cli::failure::Failure;
use crate::cli::load_workout::LoadedWorkout;
use crate::cli::{load_workout, render};
use crate::diagnostic::LineIndex;
use crate::library::{self, LibraryWorkout, recent};
use crate::runner::profile::Profile;
use crate::tui::Theme;
use crate::tui::screens::picker::{BrokenFile, EntryContent, EntryOwner, Picker, PickerEntry, ReportLine};
use crate::workout::sequence::Sequence;
use crate::workout::{self, Diagnostic, Options, SourceText};
use std::slice;
use std::sync::Arc;

/// The most mistakes in a report; any more are only counted.
const MOST_REPORTED: usize = 50;

/// The library as it was last seen, in the picker's order.
pub struct PickerLibrary {
    profile: Profile,
    library: Vec<LibraryWorkout>,
}

impl PickerLibrary {
    /// Sees what there is; nothing is read yet.
    pub fn open() -> Result<Self, Failure> {
        Ok(PickerLibrary { profile: load_workout::profile()?, library: library::all() })
    }

    /// A picker over it.
    pub fn picker(&self, theme: Theme) -> Picker {
        let entries = self.library.iter().map(|item| entry(item, EntryContent::Unread)).collect();
        Picker::new(entries, recent::names(), theme)
    }

    /// The workout of this name.
    pub fn find(&self, name: &str) -> Option<&LibraryWorkout> {
        self.library.iter().find(|e| e.name == name)
    }

    /// A workout of this name, compiled as it is, with the text that it has now.
    pub fn chosen(self, name: &str, sequence: Arc<Sequence>) -> LoadedWorkout {
        let source = self.find(name).and_then(|item| item.source().ok());
        // A file that has gone since is known by its name.
        let source = source.unwrap_or_else(|| SourceText::new(name, ""));
        LoadedWorkout { sequence, source, profile: self.profile }
    }

    /// Looks at the disk again. What has not changed need not be read again, except `touched`.
    pub fn look_again(&mut self, picker: &mut Picker, touched: Option<&str>) {
        let now = library::all();
        if now == self.library && touched.is_none() {
            return;
        }
        let content = |item: &LibraryWorkout| {
            let before = self.library.iter().zip(picker.entries()).find(|(f, _)| *f == item);
            match before {
                Some((_, entry)) if touched != Some(item.name.as_str()) => entry.content.clone(),
                _ => EntryContent::Unread,
            }
        };
        let entries = now.iter().map(|item| entry(item, content(item))).collect();
        picker.replace(entries);
        self.library = now;
    }

    /// Tells the picker what it most wants to know; false where there is nothing more.
    pub fn answer(&self, picker: &mut Picker) -> bool {
        let Some((index, options)) = picker.next_to_read() else {
            return false;
        };
        let content = match self.library.get(index) {
            Some(item) => self.content(item, &options),
            None => EntryContent::broken(BrokenFile {
                message: "it is gone".to_string(),
                ..BrokenFile::default()
            }),
        };
        picker.set_content(index, &options, content);
        true
    }

    fn content(&self, item: &LibraryWorkout, options: &Options) -> EntryContent {
        let source = match item.source() {
            Ok(source) => source,
            Err(why) => {
                let report = ReportLine::report([format!("error: {}\n  = help: {}", why.problem, why.help)]);
                let help = Some(why.help);
                return EntryContent::broken(BrokenFile {
                    line: None,
                    message: why.problem,
                    help,
                    count: 1,
                    report,
                });
            }
        };
        match workout::compile_file(&source, Some(&self.profile.athlete), options) {
            Ok(mut compiled) => {
                load_workout::hold_against_belt(&mut compiled, &source, &self.profile);
                EntryContent::runs(Arc::new(compiled.sequence), workout::parameters(&source))
            }
            Err(problems) => {
                // Beside the list its folder goes without saying.
                let source = SourceText { name: format!("{}.toml", item.name), ..source };
                EntryContent::broken(broken(&problems, &source))
            }
        }
    }
}

fn entry(item: &LibraryWorkout, content: EntryContent) -> PickerEntry {
    let owner = match (item.is_mine(), item.shadows()) {
        (false, _) => EntryOwner::BuiltIn,
        (true, false) => EntryOwner::Mine,
        (true, true) => EntryOwner::MineOverBuiltIn,
    };
    PickerEntry { name: item.name.clone(), owner, content }
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

fn report(problems: &[Diagnostic], source: &SourceText) -> Vec<ReportLine> {
    let shown = problems.iter().take(MOST_REPORTED);
    let mut report = ReportLine::report(shown.map(|p| render::render(slice::from_ref(p), source, false)));
    if problems.len() > MOST_REPORTED {
        let text = format!("and {} more", problems.len() - MOST_REPORTED);
        report.extend([ReportLine::default(), ReportLine { text, is_title: false }]);
    }
    report
}
