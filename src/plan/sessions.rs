//! The sessions of a plan, compiled. A workout that occurs often is compiled once.

use super::WorkoutLookup;
use super::calendar::{PlannedWorkout, WorkoutForm};
use super::document::{PlanDocument, RaceGoal};
use super::messages::PlanProblem;
use super::phrases;
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

/// The longest title, in characters.
const LONGEST_TITLE: usize = 120;
/// The most problems that are collected.
const MOST_PROBLEMS: usize = 200;

/// Compiles the sessions of one plan.
pub(super) struct SessionCompiler<'a> {
    pub(super) document: &'a PlanDocument,
    pub(super) table: Option<SpannedTable<'a>>,
    athlete: Option<&'a Athlete>,
    lookup: &'a dyn WorkoutLookup,
    compiled: HashMap<String, Arc<PlannedWorkout>>,
    files: HashMap<String, Option<SourceText>>,
    library: Option<Vec<String>>,
    /// The plan's own workouts that a session names.
    pub(super) used: BTreeSet<String>,
    /// The first bytes of sessions that do not compile.
    failed: BTreeSet<usize>,
    pub(super) problems: Vec<Diagnostic>,
}

/// A name with values for its parameters: `hill-repeats reps=8`.
pub(super) struct NamedSession {
    pub(super) name: String,
    pub(super) given: Vec<(String, String)>,
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

    pub(super) fn add(&mut self, problems: Vec<Diagnostic>) {
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
                self.check_around(session, values, &unknown);
            }
            return None;
        }
        let own = named.as_ref().and_then(|named| self.document.workouts.get(&named.name));
        if let (Some(own), Some(named)) = (own, &named) {
            if !self.used.contains(&named.name) {
                self.used.insert(named.name.clone());
            }
            let short: BTreeSet<String> =
                own.names.iter().filter(|name| values.short.contains_key(*name)).cloned().collect();
            if let Some(name) = short.first() {
                let count = values.short.get(name).copied().unwrap_or_default();
                let problem = PlanProblem::ListTooShort { name, values: count, week: values.week };
                self.report(span.clone(), problem);
                // The rest of the workout may have mistakes of its own.
                if self.failed.insert(span.start) {
                    self.own(named, own, &span, &values.without(short));
                }
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

    /// Reads a session as a name, if it is one: a name that exists, or else a word that cannot be notation.
    fn named(&mut self, text: &str) -> Option<NamedSession> {
        if self.exists(text) {
            return Some(NamedSession { name: text.to_string(), given: Vec::new() });
        }
        if phrases::is_activity(text) {
            return None;
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

    pub(super) fn embedding(&self) -> EmbeddingFile<'a> {
        EmbeddingFile { source: &self.document.text, athlete: self.athlete }
    }

    fn notation(&mut self, session: &Notation, filled: &str, values: &WeekValues) -> Option<PlannedWorkout> {
        self.read_notation(session, &cut(filled, LONGEST_TITLE), "notation", values)
    }

    /// Compiles notation, in the words of printed plans if it cannot be read otherwise.
    pub(super) fn read_notation(
        &mut self,
        session: &Notation,
        title: &str,
        source_name: &str,
        values: &WeekValues,
    ) -> Option<PlannedWorkout> {
        if let Some(write) = phrases::run_walk_without_times(&session.text) {
            let span = session.source(0..session.text.len());
            self.report(span, PlanProblem::RunWalkWithoutTimes { write: &write });
            return None;
        }
        let (text, compiled) = self.compile_phrase(session, title, values);
        if compiled.is_err() && self.report_known_slip(session) {
            return None;
        }
        let source = SourceText::new(source_name, values.fill(&text).trim());
        self.finish(compiled, source, WorkoutForm::Notation)
    }

    /// Compiles notation, and the rewritten one if it cannot be read as it stands. Returns the one that was compiled.
    pub(super) fn compile_phrase(
        &self,
        session: &Notation,
        title: &str,
        values: &WeekValues,
    ) -> (Notation, Result<Compiled, Vec<Diagnostic>>) {
        let text = phrases::with_end_of_alternation(session).unwrap_or_else(|| session.clone());
        let compile = |text: &Notation| self.embedding().compile_notation(text.clone(), &values.names, title);
        let compiled = compile(&text);
        let race_pace = self.document.race.as_ref().and_then(RaceGoal::pace);
        match phrases::rewritten(&text, race_pace).filter(|_| compiled.is_err()) {
            Some(rewritten) => {
                let compiled = compile(&rewritten);
                (rewritten, compiled)
            }
            None => (text, compiled),
        }
    }

    /// Reports a session that cannot be read as notation, but whose meaning is clear. False if it is not.
    fn report_known_slip(&mut self, session: &Notation) -> bool {
        let text = session.text.trim();
        let span = session.source(0..session.text.len());
        if let Some(write) = phrases::alternative_in_brackets(text) {
            self.report(span, PlanProblem::AlternativeInBrackets { write: &write });
            return true;
        }
        if let Some((at, write)) = phrases::percent_slower(&session.text) {
            let at = session.source(at);
            let is_verbatim =
                self.document.text.text.get(at.clone()).is_some_and(|text| !text.contains('\\'));
            let problem = Diagnostic::new(at.clone(), PlanProblem::PercentSlower { write: &write });
            self.add(vec![if is_verbatim { problem.with_fix(at, write) } else { problem }]);
            return true;
        }
        if let Some(write) = phrases::race_as_workout(text) {
            self.report(span, PlanProblem::RaceAsWorkout { race: text, write });
            return true;
        }
        let name = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
        if name == text || !is_name(&name) || !self.exists(&name) {
            return false;
        }
        let problem = PlanProblem::UnknownWorkout { name: text, nearest: Some(&name) };
        let problem = Diagnostic::new(span.clone(), problem);
        let is_verbatim = self.document.text.text.get(span.clone()) == Some(text);
        self.add(vec![if is_verbatim { problem.with_fix(span, name) } else { problem }]);
        true
    }

    /// True for a day without a session, unless a workout has that name.
    pub(super) fn is_rest(&mut self, text: &str) -> bool {
        phrases::is_rest(text) && !self.exists(text.trim())
    }

    fn library_workout(&mut self, named: &NamedSession, span: &Range<usize>) -> Option<PlannedWorkout> {
        let name = named.name.as_str();
        let Some(source) = self.file(name) else {
            if let Some(write) = phrases::race_as_workout(name) {
                self.report(span.clone(), PlanProblem::RaceAsWorkout { race: name, write });
                return None;
            }
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
    pub(super) fn reject<T>(
        &mut self,
        named: &NamedSession,
        span: &Range<usize>,
        problems: &[Diagnostic],
    ) -> Option<T> {
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

    pub(super) fn finish(
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
