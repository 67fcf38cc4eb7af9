//! The workouts in a plan's `[workouts]`, compiled with the values of a week.

use super::calendar::{PlannedWorkout, WorkoutForm};
use super::document::OwnWorkout;
use super::messages::PlanProblem;
use super::sessions::{NamedSession, SessionCompiler};
use super::week_values::WeekValues;
use crate::diagnostic::SourceText;
use crate::workout::Options;
use crate::workout::language::notation::Notation;
use std::ops::Range;
use toml::de::DeValue;

impl SessionCompiler<'_> {
    /// Compiles the plan's own workouts that no session names, to find their mistakes.
    pub(super) fn check_unused(&mut self, values: &WeekValues) {
        let document = self.document;
        let used = std::mem::take(&mut self.used);
        for (name, own) in document.workouts.iter().filter(|(name, _)| !used.contains(*name)) {
            let short = own.names.iter().filter(|name| values.short.contains_key(*name)).cloned().collect();
            let named = NamedSession { name: name.clone(), given: Vec::new() };
            self.own(&named, own, &own.span, &values.without(short));
        }
    }

    /// Compiles a workout. `span` is the session that names it.
    pub(super) fn own(
        &mut self,
        named: &NamedSession,
        own: &OwnWorkout,
        span: &Range<usize>,
        values: &WeekValues,
    ) -> Option<PlannedWorkout> {
        let is_broken = self.document.broken.contains(&named.name);
        let workout = if own.is_table {
            self.own_table(named, span, values)
        } else {
            let workout = self.own_notation(&named.name, own, values);
            self.takes_no_values(named, span).then_some(workout?)
        };
        workout.filter(|_| !is_broken)
    }

    fn own_notation(&mut self, name: &str, own: &OwnWorkout, values: &WeekValues) -> Option<PlannedWorkout> {
        let raw = self.document.text.text.get(own.span.clone()).unwrap_or_default();
        let notation = Notation::from_toml(raw, own.span.start);
        let unknown = self.report_unknown_values(&notation, values);
        if unknown.is_empty() {
            return self.read_notation(&notation, name, name, values);
        }
        // The rest of the text may have mistakes of its own.
        self.check_around(&notation, values, &unknown);
        None
    }

    /// Reports values for the parameters of a workout in notation, which has none.
    fn takes_no_values(&mut self, named: &NamedSession, span: &Range<usize>) -> bool {
        if let Some((given, _)) = named.given.first() {
            let help = "only a workout written as a table can have `parameters`";
            let problem =
                PlanProblem::RejectedValue { name: &named.name, problem: &format!("`{given}`"), help };
            self.report(span.clone(), problem);
        }
        named.given.is_empty()
    }

    fn own_table(
        &mut self,
        named: &NamedSession,
        span: &Range<usize>,
        values: &WeekValues,
    ) -> Option<PlannedWorkout> {
        let options = Options { parameters: named.given.clone(), ..Options::default() };
        let compiled = {
            let workouts = self.table.as_ref()?.get("workouts")?;
            let DeValue::Table(workouts) = workouts.get_ref() else { return None };
            let DeValue::Table(table) = workouts.get(named.name.as_str())?.get_ref() else { return None };
            self.embedding().compile_table(table, &values.names, &named.name, &options)
        };
        if let (Err(problems), false) = (&compiled, named.given.is_empty()) {
            return self.reject(named, span, problems);
        }
        let text = self.own_text(&named.name, values).unwrap_or_default();
        let source = SourceText::new(format!("{}.toml", named.name), text);
        let mut workout = self.finish(compiled, source, WorkoutForm::File)?;
        workout.options = options;
        Some(workout)
    }

    /// Writes a table of `[workouts]` as a workout file of its own, with the week's values as parameters.
    fn own_text(&self, name: &str, values: &WeekValues) -> Option<String> {
        let plan: toml::Table = self.document.text.text.parse().ok()?;
        let mut table = plan.get("workouts")?.get(name)?.as_table()?.clone();
        table.entry("name").or_insert_with(|| name.into());
        let used = self.document.workouts.get(name)?.names.iter();
        for (name, value) in used.filter_map(|name| values.names.values.get_key_value(name)) {
            let parameters = table.entry("parameters").or_insert_with(|| toml::Table::new().into());
            let parameter = toml::Table::from_iter([("default".to_string(), value.as_str().into())]);
            parameters.as_table_mut()?.entry(name).or_insert(parameter.into());
        }
        toml::to_string(&table).ok()
    }
}
