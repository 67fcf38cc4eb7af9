//! The workouts that the actions of a day name.

use super::config::{ActionWorkout, DayConfig};
use super::messages::DayProblem;
use crate::athlete::Athlete;
use crate::diagnostic::{Diagnostic, SourceText};
use crate::plan::WorkoutLookup;
use crate::text::{certain, nearest};
use crate::workout::embedded::{EmbeddedNames, EmbeddingFile};
use crate::workout::language::notation::{Notation, is_name};
use crate::workout::{Options, compile_file};
use std::ops::Range;

/// Checks the workouts of all actions. The problems point into `source`.
pub fn check_workouts(
    config: &DayConfig,
    source: &SourceText,
    athlete: Option<&Athlete>,
    lookup: &dyn WorkoutLookup,
) -> Vec<Diagnostic> {
    let checker = ActionChecker { source, athlete, lookup };
    config
        .actions
        .iter()
        .filter_map(|action| action.workout.as_ref())
        .flat_map(|w| checker.check(w))
        .collect()
}

struct ActionChecker<'a> {
    source: &'a SourceText,
    athlete: Option<&'a Athlete>,
    lookup: &'a dyn WorkoutLookup,
}

impl ActionChecker<'_> {
    fn check(&self, workout: &ActionWorkout) -> Vec<Diagnostic> {
        let name = workout.text.as_str();
        if let Some(file) = self.lookup.workout(name) {
            let Err(problems) = compile_file(&file, self.athlete, &Options::default()) else {
                return Vec::new();
            };
            let problem = problems.first().map(|problem| problem.message.as_str()).unwrap_or_default();
            return vec![Diagnostic::new(
                workout.span.clone(),
                DayProblem::BrokenActionWorkout { name, problem },
            )];
        }
        let raw = self.source.text.get(workout.span.clone()).unwrap_or_default();
        let notation = Notation::from_toml(raw, workout.span.start);
        let file = EmbeddingFile { source: self.source, athlete: self.athlete };
        match file.compile_notation(notation, &EmbeddedNames::default(), "day") {
            Ok(_) => Vec::new(),
            Err(_) if is_name(name) => vec![self.unknown_name(name, workout.span.clone())],
            Err(problems) => problems,
        }
    }

    fn unknown_name(&self, name: &str, span: Range<usize>) -> Diagnostic {
        let names = self.lookup.names();
        let known = || names.iter().map(String::as_str);
        let longer = |known: &&str| known.strip_prefix(name).is_some_and(|rest| rest.starts_with('-'));
        let nearest = nearest(name, known()).or_else(|| known().find(longer));
        let problem = Diagnostic::new(span.clone(), DayProblem::UnknownActionWorkout { name, nearest });
        match certain(name, known()) {
            Some(sure) => problem.with_fix(span, format!("\"{sure}\"")),
            None => problem,
        }
    }
}
