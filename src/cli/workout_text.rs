//! The text of a workout, and everything that can be found out about it without running it.

use crate::athlete::Athlete;
use crate::diagnostic::{LineIndex, apply_fixes};
use crate::library::WorkoutSource;
use crate::plan::{PlannedWorkout, WorkoutForm};
use crate::runner::profile::Profile;
use crate::workout::{self, Compiled, Diagnostic, Options, Severity, SourceText, on_belt};
use std::collections::HashSet;

/// The number of fixes that are tried for one text. Nobody reads more.
const MAX_TRIED_FIXES: usize = 50;

/// The text of a workout: a file or bare notation.
#[derive(Clone, Debug)]
pub struct WorkoutText {
    /// The text.
    pub source: SourceText,
    is_file: bool,
}

impl From<WorkoutSource> for WorkoutText {
    fn from(found: WorkoutSource) -> Self {
        match found {
            WorkoutSource::Foreign(file) => WorkoutText { source: file.source, is_file: true },
            WorkoutSource::File(source) => WorkoutText { source, is_file: true },
            WorkoutSource::Notation(source) => WorkoutText { source, is_file: false },
        }
    }
}

impl WorkoutText {
    /// Returns the text of a workout file.
    pub fn file(source: SourceText) -> Self {
        WorkoutText { source, is_file: true }
    }

    /// Returns the text of a workout in a plan.
    pub fn planned(workout: &PlannedWorkout) -> Self {
        WorkoutText { source: workout.source.clone(), is_file: workout.form == WorkoutForm::File }
    }

    /// Compiles the text for the runner and the treadmill of `profile`.
    ///
    /// Every command compiles workouts here, so that all of them show the same times and warnings.
    ///
    /// # Errors
    /// All of its mistakes.
    pub fn compile(&self, profile: &Profile, options: &Options) -> Result<Compiled, Vec<Diagnostic>> {
        let mut compiled = self.compile_for(Some(&profile.athlete), options)?;
        adapt_to_treadmill(&mut compiled, &self.source, profile);
        Ok(compiled)
    }

    fn compile_for(&self, athlete: Option<&Athlete>, options: &Options) -> Result<Compiled, Vec<Diagnostic>> {
        match self.is_file {
            true => workout::compile_file(&self.source, athlete, options),
            false => workout::compile_notation(&self.source, athlete, options),
        }
    }

    /// Returns every error and warning of the text, for the runner and the treadmill of `profile`.
    pub fn problems(&self, profile: &Profile) -> Vec<Diagnostic> {
        let compiled = self.compile(profile, &Options::default());
        let problems = compiled.map_or_else(|problems| problems, |compiled| compiled.warnings);
        self.keep_working_fixes(problems)
    }

    /// Removes every fix that does not leave fewer errors when it is applied on its own.
    pub fn keep_working_fixes(&self, mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let before = count_errors(&problems);
        let mut tried = 0;
        for problem in &mut problems {
            let Some(fix) = problem.fix.take() else { continue };
            tried += 1;
            if tried > MAX_TRIED_FIXES {
                continue;
            }
            problem.fix = Some(fix);
            if self.errors_after(problem) >= before {
                problem.fix = None;
            }
        }
        problems
    }

    /// Returns the text with the fix of `problem` applied.
    pub fn fixed(&self, problem: &Diagnostic) -> Self {
        let text = apply_fixes(&self.source.text, std::slice::from_ref(problem));
        WorkoutText { source: SourceText::new(self.source.name.as_str(), text), is_file: self.is_file }
    }

    fn errors_after(&self, problem: &Diagnostic) -> usize {
        self.fixed(problem).compile_for(None, &Options::default()).map_or_else(|p| count_errors(&p), |_| 0)
    }
}

/// Returns the number of errors among `problems`.
pub fn count_errors(problems: &[Diagnostic]) -> usize {
    problems.iter().filter(|problem| problem.severity == Severity::Error).count()
}

/// Gives distances the time they take on the runner's treadmill, and warns of what it cannot do. Without a treadmill
/// in the profile the language's own times stay.
fn adapt_to_treadmill(compiled: &mut Compiled, source: &SourceText, profile: &Profile) {
    let treadmill = profile.treadmill();
    if profile.has_belt() || treadmill.ceiling.is_some() {
        compiled.sequence = on_belt::fit(compiled.sequence.clone(), &treadmill);
    }
    let index = LineIndex::new(&source.text);
    let mut seen: HashSet<String> = compiled.sequence.warnings.iter().cloned().collect();
    for warning in on_belt::warnings(&compiled.sequence, &treadmill) {
        compiled.warnings.push(warning.diagnostic(&index));
        if seen.insert(warning.sentence.clone()) {
            compiled.sequence.warnings.push(warning.sentence);
        }
    }
    compiled.warnings.sort_by_key(|warning| warning.span.start);
}
