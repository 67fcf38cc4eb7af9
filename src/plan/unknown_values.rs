//! Names in braces without a value, and the mistakes of the text around them.

use super::messages::PlanProblem;
use super::sessions::SessionCompiler;
use super::week_values::WeekValues;
use crate::diagnostic::Diagnostic;
use crate::text::{certain, nearest};
use crate::workout::language::notation::Notation;
use std::collections::BTreeSet;
use std::ops::Range;

/// Values that a name without one may have.
const GUESSES: [&str; 3] = ["20min", "4", "easy"];

impl SessionCompiler<'_> {
    /// Reports names in braces that have no value in this week, and returns them.
    pub(super) fn report_unknown_values(&mut self, text: &Notation, values: &WeekValues) -> BTreeSet<String> {
        let mut unknown = BTreeSet::new();
        for reference in text.names() {
            let name = reference.name.as_str();
            if values.names.values.contains_key(name) {
                continue;
            }
            unknown.insert(name.to_string());
            let span = text.source(reference.at);
            if values.names.broken.contains(name) {
                continue;
            }
            if let Some(count) = values.short.get(name) {
                self.report(span, PlanProblem::ListTooShort { name, values: *count, week: values.week });
            } else if self.document.workouts.contains_key(name) {
                let problem = Diagnostic::new(span.clone(), PlanProblem::WorkoutInBraces { name });
                self.add(vec![problem.with_fix(span, name)]);
            } else {
                let known: Vec<&str> = self.document.progress.keys().map(String::as_str).collect();
                let nearest = nearest(name, known.iter().copied());
                let problem =
                    Diagnostic::new(span.clone(), PlanProblem::UnknownValue { name, nearest, known: &known });
                let problem = match certain(name, known.iter().copied()) {
                    Some(near) => problem.with_fix(span, format!("{{{near}}}")),
                    None => problem,
                };
                self.add(vec![problem]);
            }
        }
        unknown
    }

    /// Reports the mistakes that a text has apart from its names `unknown`, which have no value: those that are left with a
    /// value that fits.
    pub(super) fn check_around(&mut self, text: &Notation, values: &WeekValues, unknown: &BTreeSet<String>) {
        let names = text.names().into_iter().filter(|name| unknown.contains(&name.name));
        let spans: Vec<Range<usize>> = names.map(|name| text.source(name.at)).collect();
        let touches = |problem: &Diagnostic| {
            spans.iter().any(|span| span.start < problem.span.end && problem.span.start < span.end)
        };
        let guessed = GUESSES.into_iter().map(|guess| {
            let (_, compiled) = self.compile_phrase(text, "", &values.with_guess(unknown, guess));
            let (touching, other): (Vec<_>, Vec<_>) =
                compiled.err().unwrap_or_default().into_iter().partition(touches);
            (touching.len(), other)
        });
        let fitting = guessed.min_by_key(|(touching, other)| (*touching, other.len()));
        self.add(fitting.map(|(_, other)| other).unwrap_or_default());
    }
}
