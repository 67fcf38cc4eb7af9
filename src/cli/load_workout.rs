//! From the words on the command line to a sequence, with every complaint on standard error.

use super::{context, render};
use crate::cli::args::workout::WorkoutArguments;
use crate::cli::failure::Failure;
use crate::clock;
use crate::diagnostic::{LineIndex, apply_fixes};
use crate::library::{self, LibraryError, WorkoutSource};
use crate::runner::profile::Profile;
use crate::settings;
use crate::text::clean;
use crate::workout::on_belt;
use crate::workout::{self, Compiled, Diagnostic, Options, Severity, SourceText, sequence::Sequence};
use std::collections::HashSet;
use std::io::{self, Write};
use std::sync::Arc;

/// Reads the runner's profile; the default one where there is none. Its warnings go to standard error.
pub fn profile() -> Result<Profile, Failure> {
    match settings::profile(Some(clock::local_time().date_naive())) {
        settings::ProfileFile::Missing => Ok(Profile::default()),
        settings::ProfileFile::Read(source, parsed) => {
            warn(&source, &parsed.warnings);
            Ok(parsed.profile)
        }
        wrong => Err(unusable(wrong)),
    }
}

/// Why a profile cannot be used.
pub fn unusable(profile: settings::ProfileFile) -> Failure {
    let why = match profile {
        settings::ProfileFile::Wrong(source, problems) => {
            return Failure::Input(render::render(&problems, &source, context::colour()));
        }
        settings::ProfileFile::Unreadable(why) => clean(&why),
        settings::ProfileFile::Missing | settings::ProfileFile::Read(..) => {
            "the profile cannot be used".to_string()
        }
    };
    let help = "mend or move the file; without one everything runs by effort";
    Failure::Input(format!("error: {why}\n  = help: {help}\n"))
}

/// A workout to run, with everything that is kept of it.
pub struct LoadedWorkout {
    /// Compiled.
    pub sequence: Arc<Sequence>,
    /// Where it came from, and its text.
    pub source: SourceText,
    /// Whose paces it has, and on which belt.
    pub profile: Profile,
}

/// Compiles what the arguments mean; warnings go to standard error.
pub fn compile(arguments: &WorkoutArguments) -> Result<Arc<Sequence>, Failure> {
    Ok(choose(arguments)?.sequence)
}

/// The same with what it was made from.
pub fn choose(arguments: &WorkoutArguments) -> Result<LoadedWorkout, Failure> {
    let profile = profile()?;
    let options =
        Options { warmup: arguments.warmup, cooldown: arguments.cooldown, parameters: arguments.set.clone() };
    let found = library::find(&arguments.what).map_err(|e| Failure::Input(not_found(&e)))?;
    let is_file = matches!(found, WorkoutSource::File(_));
    let (source, compiled) = match found {
        WorkoutSource::File(source) => {
            let compiled = workout::compile_file(&source, Some(&profile.athlete), &options);
            (source, compiled)
        }
        WorkoutSource::Notation(source) => {
            let compiled = workout::compile_notation(&source, Some(&profile.athlete), &options);
            (source, compiled)
        }
    };
    match compiled {
        Ok(mut compiled) => {
            hold_against_belt(&mut compiled, &source, &profile);
            warn(&source, &compiled.warnings);
            Ok(LoadedWorkout { sequence: Arc::new(compiled.sequence), source, profile })
        }
        Err(problems) => {
            let problems = certain(&source, is_file, problems);
            Err(Failure::Input(render::render(&problems, &source, context::colour())))
        }
    }
}

/// Adds to a compiled workout what the runner's belt cannot do of it, and has its distances take the time that they
/// take there. Where nobody has said what the belt is like, the language's own times stand.
pub fn hold_against_belt(compiled: &mut Compiled, source: &SourceText, profile: &Profile) {
    let treadmill = profile.treadmill();
    if profile.has_belt() || treadmill.ceiling.is_some() {
        compiled.sequence = on_belt::fit(compiled.sequence.clone(), &treadmill);
    }
    let index = LineIndex::new(&source.text);
    let mut said: HashSet<String> = compiled.sequence.warnings.iter().cloned().collect();
    for warning in on_belt::warnings(&compiled.sequence, &treadmill) {
        compiled.warnings.push(warning.diagnostic(&index));
        if said.insert(warning.sentence.clone()) {
            compiled.sequence.warnings.push(warning.sentence);
        }
    }
    compiled.warnings.sort_by_key(|warning| warning.span.start);
}

/// What the runner's belt cannot do of a workout; nothing where the workout or the profile cannot be used.
pub fn beyond_belt(source: &SourceText, is_file: bool) -> Vec<Diagnostic> {
    let profile = match settings::profile(None) {
        settings::ProfileFile::Read(_, parsed) => parsed.profile,
        _ => return Vec::new(),
    };
    let (athlete, options) = (Some(&profile.athlete), Options::default());
    let compiled = match is_file {
        true => workout::compile_file(source, athlete, &options),
        false => workout::compile_notation(source, athlete, &options),
    };
    let Ok(compiled) = compiled else { return Vec::new() };
    let warnings = on_belt::warnings(&compiled.sequence, &profile.treadmill());
    let index = LineIndex::new(&source.text);
    warnings.iter().map(|warning| warning.diagnostic(&index)).collect()
}

/// Prints warnings on standard error.
pub fn warn(source: &SourceText, warnings: &[workout::Diagnostic]) {
    if !warnings.is_empty() {
        // Where nobody reads standard error the workout runs all the same.
        let _ = io::stderr().write_all(render::render(warnings, source, context::colour()).as_bytes());
    }
}

/// Why there is nothing to read, as it is printed.
pub fn not_found(e: &LibraryError) -> String {
    format!("error: {}\n  = help: {}\n", clean(&e.problem), clean(&e.help))
}

/// The same problems, with only those fixes that mend something: each is tried by itself, and one that does not
/// leave fewer errors than before is no correction.
pub fn certain(source: &SourceText, is_file: bool, mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let before = errors(&problems);
    let mut tried = 0;
    for problem in &mut problems {
        let Some(fix) = problem.fix.take() else { continue };
        tried += 1;
        if tried > MOST_TRIED {
            continue;
        }
        problem.fix = Some(fix);
        let mended =
            SourceText::new(source.name.as_str(), apply_fixes(&source.text, std::slice::from_ref(problem)));
        if errors(&self::problems(&mended, is_file)) >= before {
            problem.fix = None;
        }
    }
    problems
}

/// Every problem of a text, without anything given from outside.
pub fn problems(source: &SourceText, is_file: bool) -> Vec<Diagnostic> {
    let compiled = match is_file {
        true => workout::compile_file(source, None, &Options::default()),
        false => workout::compile_notation(source, None, &Options::default()),
    };
    compiled.map_or_else(|problems| problems, |compiled| compiled.warnings)
}

/// How many of them are errors.
pub fn errors(problems: &[Diagnostic]) -> usize {
    problems.iter().filter(|p| p.severity == Severity::Error).count()
}

/// More corrections than this are not tried for one text; nobody reads as many.
const MOST_TRIED: usize = 50;
