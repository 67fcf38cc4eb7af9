//! The sessions of a plan, compiled. A workout that occurs often is compiled once.

use super::WorkoutLookup;
use super::calendar::{PlannedWorkout, WorkoutForm};
use super::document::{OwnWorkout, PlanDocument};
use super::messages::PlanProblem;
use super::training::TrainingFigures;
use super::week_values::WeekValues;
use crate::athlete::Athlete;
use crate::diagnostic::{Diagnostic, DiagnosticKind, SourceText};
use crate::spanned_toml::{self, SpannedTable};
use crate::text::{certain, cut, nearest};
use crate::workout::embedded::EmbeddingFile;
use crate::workout::language::notation::{Notation, is_name};
use crate::workout::{self, Compiled, Options, compile_file};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;
use toml::de::DeValue;

/// The longest title, in characters.
const LONGEST_TITLE: usize = 120;
/// The most problems that are collected.
const MOST_PROBLEMS: usize = 200;

/// Compiles the sessions of one plan.
pub(super) struct SessionCompiler<'a> {
    document: &'a PlanDocument,
    table: Option<SpannedTable<'a>>,
    athlete: Option<&'a Athlete>,
    lookup: &'a dyn WorkoutLookup,
    compiled: HashMap<String, Arc<PlannedWorkout>>,
    files: HashMap<String, Option<SourceText>>,
    library: Option<Vec<String>>,
    /// The plan's own workouts that a session names.
    used: BTreeSet<String>,
    /// The first bytes of sessions that do not compile.
    failed: BTreeSet<usize>,
    pub(super) problems: Vec<Diagnostic>,
}

/// A name with values for its parameters: `hill-repeats reps=8`.
struct NamedSession {
    name: String,
    given: Vec<(String, String)>,
}

impl<'a> SessionCompiler<'a> {
    pub(super) fn new(
        document: &'a PlanDocument,
        athlete: Option<&'a Athlete>,
        lookup: &'a dyn WorkoutLookup,
    ) -> Self {
        let needs_table = document.workouts.values().any(|own| own.is_table);
        SessionCompiler {
            document,
            table: needs_table.then(|| spanned_toml::parse(&document.text).0).flatten(),
            athlete,
            lookup,
            compiled: HashMap::new(),
            files: HashMap::new(),
            library: None,
            used: BTreeSet::new(),
            failed: BTreeSet::new(),
            problems: Vec::new(),
        }
    }

    pub(super) fn report(&mut self, span: Range<usize>, kind: impl DiagnosticKind) {
        self.add(vec![Diagnostic::new(span, kind)]);
    }

    fn add(&mut self, problems: Vec<Diagnostic>) {
        for problem in problems {
            let is_known = |known: &Diagnostic| known.span == problem.span && known.code() == problem.code();
            if self.problems.len() < MOST_PROBLEMS && !self.problems.iter().any(is_known) {
                self.problems.push(problem);
            }
        }
    }

    /// Compiles a session in its week. `None` if it has a problem, which is reported.
    pub(super) fn session(&mut self, session: &Notation, values: &WeekValues) -> Option<Arc<PlannedWorkout>> {
        let all = 0..session.text.len();
        let span = session.source(all);
        let unknown = self.report_unknown_values(session, values);
        let filled = values.fill(session);
        let named = self.named(filled.trim());
        if !unknown.is_empty() {
            // The rest of the line may have mistakes of its own.
            if named.is_none() && self.failed.insert(span.start) {
                self.notation(session, &filled, &values.without(unknown));
            }
            return None;
        }
        let own = named.as_ref().and_then(|named| self.document.workouts.get(&named.name));
        if let (Some(own), Some(named)) = (own, &named) {
            if !self.used.contains(&named.name) {
                self.used.insert(named.name.clone());
            }
            let short = own.names.iter().find_map(|name| Some((name, *values.short.get(name)?)));
            if let Some((name, count)) = short {
                let problem = PlanProblem::ListTooShort { name, values: count, week: values.week };
                self.report(span, problem);
                return None;
            }
        }
        let key = values.cache_key(&filled, own);
        if let Some(workout) = self.compiled.get(&key) {
            return Some(workout.clone());
        }
        if self.failed.contains(&span.start) {
            return None;
        }
        let workout = match (named, own) {
            (Some(named), Some(own)) => self.own(&named, own, &span, values),
            (Some(named), None) => self.library_workout(&named, &span),
            (None, _) => self.notation(session, &filled, values),
        };
        let Some(mut workout) = workout else {
            self.failed.insert(span.start);
            return None;
        };
        workout.text = filled.trim().to_string();
        let workout = Arc::new(workout);
        self.compiled.insert(key, workout.clone());
        Some(workout)
    }

    /// Compiles the plan's own workouts that no session names, to find their mistakes.
    pub(super) fn check_unused(&mut self, values: &WeekValues) {
        let document = self.document;
        let used = std::mem::take(&mut self.used);
        for (name, own) in document.workouts.iter().filter(|(name, _)| !used.contains(*name)) {
            if !own.names.iter().any(|name| values.short.contains_key(name)) {
                let named = NamedSession { name: name.clone(), given: Vec::new() };
                self.own(&named, own, &own.span, values);
            }
        }
    }

    /// Reports names in braces that have no value in this week, and returns them.
    fn report_unknown_values(&mut self, text: &Notation, values: &WeekValues) -> BTreeSet<String> {
        let mut unknown = BTreeSet::new();
        for reference in text.names() {
            let name = reference.name.as_str();
            if values.names.values.contains_key(name) {
                continue;
            }
            unknown.insert(name.to_string());
            let span = text.source(reference.at);
            if self.document.broken.contains(name) {
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

    /// Reads a session as a name, if it is one: a name that exists, or else a word that cannot be notation.
    fn named(&mut self, text: &str) -> Option<NamedSession> {
        if self.exists(text) {
            return Some(NamedSession { name: text.to_string(), given: Vec::new() });
        }
        let mut words = text.split_whitespace();
        let name = words.next()?;
        let given: Option<Vec<(String, String)>> = words
            .map(|word| {
                let (name, value) = word.split_once('=')?;
                is_name(name).then(|| (name.to_string(), value.to_string()))
            })
            .collect();
        let given = given?;
        let can_be_name = is_name(name) && !is_notation_word(name);
        (can_be_name || !given.is_empty() && self.exists(name))
            .then(|| NamedSession { name: name.to_string(), given })
    }

    fn exists(&mut self, name: &str) -> bool {
        // Notation with spaces is more likely than a file of that name, unless the name begins with a letter.
        let may_be_name = name.starts_with(char::is_alphabetic) || !name.contains(char::is_whitespace);
        may_be_name && (self.document.workouts.contains_key(name) || self.file(name).is_some())
    }

    fn file(&mut self, name: &str) -> Option<SourceText> {
        let lookup = self.lookup;
        self.files.entry(name.to_string()).or_insert_with(|| lookup.workout(name)).clone()
    }

    fn embedding(&self) -> EmbeddingFile<'a> {
        EmbeddingFile { source: &self.document.text, athlete: self.athlete }
    }

    fn notation(&mut self, session: &Notation, filled: &str, values: &WeekValues) -> Option<PlannedWorkout> {
        let title = cut(filled, LONGEST_TITLE);
        let compiled = self.embedding().compile_notation(session.clone(), &values.names, &title);
        let source = SourceText::new("notation", filled.trim());
        self.finish(compiled, source, WorkoutForm::Notation)
    }

    fn own(
        &mut self,
        named: &NamedSession,
        own: &OwnWorkout,
        span: &Range<usize>,
        values: &WeekValues,
    ) -> Option<PlannedWorkout> {
        let name = named.name.as_str();
        if self.document.broken.contains(name) {
            return None;
        }
        if own.is_table {
            return self.own_table(named, span, values);
        }
        if let Some((given, _)) = named.given.first() {
            let help = "only a workout written as a table can have `parameters`";
            self.report(
                span.clone(),
                PlanProblem::RejectedValue { name, problem: &format!("`{given}`"), help },
            );
            return None;
        }
        let raw = self.document.text.text.get(own.span.clone()).unwrap_or_default();
        let notation = Notation::from_toml(raw, own.span.start);
        let unknown = self.report_unknown_values(&notation, values);
        if !unknown.is_empty() {
            let filled = values.fill(&notation);
            self.notation(&notation, &filled, &values.without(unknown));
            return None;
        }
        let filled = values.fill(&notation);
        let compiled = self.embedding().compile_notation(notation, &values.names, name);
        let source = SourceText::new(name, filled.trim());
        self.finish(compiled, source, WorkoutForm::Notation)
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

    fn library_workout(&mut self, named: &NamedSession, span: &Range<usize>) -> Option<PlannedWorkout> {
        let name = named.name.as_str();
        let Some(source) = self.file(name) else {
            let lookup = self.lookup;
            let names = self.library.get_or_insert_with(|| lookup.names());
            let known = || self.document.workouts.keys().chain(names.iter()).map(String::as_str);
            let longer = |known: &&str| known.strip_prefix(name).is_some_and(|rest| rest.starts_with('-'));
            let nearest = nearest(name, known()).or_else(|| known().find(longer));
            let problem = Diagnostic::new(span.clone(), PlanProblem::UnknownWorkout { name, nearest });
            let at = span.start..span.start + name.len();
            let is_verbatim = self.document.text.text.get(at.clone()) == Some(name);
            let problem = match certain(name, known()) {
                Some(sure) if is_verbatim => problem.with_fix(at, sure),
                _ => problem,
            };
            self.add(vec![problem]);
            return None;
        };
        if !self.parameters_are_known(named, &source, span) {
            return None;
        }
        let options = Options { parameters: named.given.clone(), ..Options::default() };
        let compiled = match compile_file(&source, self.athlete, &options) {
            Ok(compiled) => compiled,
            Err(problems) => return self.reject(named, span, &problems),
        };
        let mut workout = self.finish(Ok(compiled), source, WorkoutForm::File)?;
        workout.library_name = Some(name.to_string());
        workout.options = options;
        Some(workout)
    }

    /// Reports values for parameters that a workout does not have.
    fn parameters_are_known(
        &mut self,
        named: &NamedSession,
        source: &SourceText,
        span: &Range<usize>,
    ) -> bool {
        let declared = if named.given.is_empty() { Vec::new() } else { workout::parameters(source) };
        let known: Vec<&str> = declared.iter().map(|parameter| parameter.name.as_str()).collect();
        let unknown = named.given.iter().find(|(name, _)| !known.contains(&name.as_str()));
        if let Some((parameter, _)) = unknown {
            let nearest = nearest(parameter, known.iter().copied());
            let name = &named.name;
            self.report(
                span.clone(),
                PlanProblem::UnknownParameter { name, parameter, nearest, known: &known },
            );
        }
        unknown.is_none()
    }

    /// Reports a workout that does not compile with the values that the plan gives.
    fn reject<T>(&mut self, named: &NamedSession, span: &Range<usize>, problems: &[Diagnostic]) -> Option<T> {
        let first = problems.first()?;
        let (name, problem) = (named.name.as_str(), first.message.as_str());
        if named.given.is_empty() {
            self.report(span.clone(), PlanProblem::BrokenWorkout { name, problem });
        } else {
            let help = first.help.as_deref().unwrap_or("see the workout's `parameters`");
            self.report(span.clone(), PlanProblem::RejectedValue { name, problem, help });
        }
        None
    }

    fn finish(
        &mut self,
        compiled: Result<Compiled, Vec<Diagnostic>>,
        source: SourceText,
        form: WorkoutForm,
    ) -> Option<PlannedWorkout> {
        let sequence = match compiled {
            Ok(compiled) => compiled.sequence,
            Err(problems) => {
                self.add(problems);
                return None;
            }
        };
        Some(PlannedWorkout {
            text: String::new(),
            title: sequence.name.clone(),
            library_name: None,
            source,
            form,
            options: Options::default(),
            figures: TrainingFigures::of(&sequence),
            sequence: Arc::new(sequence),
        })
    }
}

/// True for a word that is a whole session of notation, or the beginning of one.
fn is_notation_word(word: &str) -> bool {
    let words = ["open", "alternate", "warmup", "cooldown", "recovery", "interval", "run", "walk", "full"];
    words.contains(&word.to_ascii_lowercase().as_str())
}
