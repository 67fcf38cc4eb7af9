//! The workout language: text → document → workout → sequence.
//!
//! 1. [`language`] parses a file or a line of notation to a document, which keeps the places in the text. It also prints
//!    documents and formats files.
//! 2. [`resolve()`] gives the document its meaning: names are looked up, and targets become absolute for the athlete.
//! 3. [`compile()`] checks the size of the workout and unrolls its repeats to a [`sequence`].
//!
//! All text from a file is cleaned on the way. Nothing here does I/O: the same text, athlete and options always give the
//! same sequence.

mod activity;
pub mod bending;
mod bends;
pub mod bounds;
pub mod breath;
pub mod compile;
pub(crate) mod embedded;
mod explain;
mod heart_limit;
pub mod language;
mod lint;
pub mod on_belt;
mod open_repeats;
mod reach;
mod repeats;
pub mod sequence;
mod target;
mod totals;
mod trial;

pub use crate::diagnostic::{self, Diagnostic, Severity, SourceText};
pub use crate::workout::compile::intensity::speed_of;
pub use crate::workout::compile::resolve::resolve;
pub use crate::workout::language::format::format_file;
pub use crate::workout::language::parameters::Parameter;
pub(crate) use crate::workout::language::phrasing::possible::possible_speed;
pub use compile::compile;
pub use explain::line::{LineStyle, WorkoutLine, line};
pub use explain::{explain, lengths};
pub use totals::Totals;

use crate::athlete::Athlete;
use crate::loose_file;
use crate::spanned_toml::messages::TomlProblem;
use crate::units::Millis;
use crate::workout::compile::intensity;
use crate::workout::compile::workout_size;
use crate::workout::language::advice;
use crate::workout::language::document::{Document, EndLine, Item, Node, Spanned, StepLine};
use crate::workout::language::file;
use crate::workout::language::lexicon;
use crate::workout::language::meant_file;
use crate::workout::language::notation;
use crate::workout::language::parser;
use crate::workout::language::print;
use crate::workout::language::references::References;
use sequence::{Kind, Sequence};

/// A sequence with the warnings about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Compiled {
    /// The sequence.
    pub sequence: Sequence,
    /// Warnings, in the order of the text.
    pub warnings: Vec<Diagnostic>,
}

/// Changes to a workout that its file does not contain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The length of an easy step before the workout.
    pub warmup: Option<Millis>,
    /// The length of an easy step after the workout.
    pub cooldown: Option<Millis>,
    /// The values of parameters, each after its name.
    pub parameters: Vec<(String, String)>,
}

/// Compiles a workout file.
///
/// # Errors
/// If the file has errors. All of them are returned.
pub fn compile_file(
    source: &SourceText,
    athlete: Option<&Athlete>,
    options: &Options,
) -> Result<Compiled, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let document = file::read_file(source, &options.parameters, trial::trial(athlete), &mut problems);
    finish(document, problems, source, athlete, options)
        .map_err(|problems| with_meant_file(problems, source, athlete, options))
}

/// Adds the whole file that was probably meant, unless the problems have fixes of their own.
fn with_meant_file(
    mut problems: Vec<Diagnostic>,
    source: &SourceText,
    athlete: Option<&Athlete>,
    options: &Options,
) -> Vec<Diagnostic> {
    let is_read = |text: &str| {
        let text = SourceText::new("meant", text);
        let mut found = Vec::new();
        let document = file::read_file(&text, &options.parameters, trial::trial(athlete), &mut found);
        finish(document, found, &text, athlete, options).is_ok()
    };
    let are_fixed = problems.iter().all(|problem| problem.fix.is_some())
        && is_read(&diagnostic::apply_fixes(&source.text, &problems));
    if are_fixed || !problems.iter().any(|problem| loose_file::MENDED.contains(&problem.code())) {
        return problems;
    }
    let Some(meant) = meant_file::meant_file(&source.text).filter(|meant| is_read(&meant.text)) else {
        return problems;
    };
    if meant.format != loose_file::WrittenFormat::Toml {
        let line = source.text.trim_end().lines().next().map_or(0, str::len);
        problems = vec![Diagnostic::new(0..line, TomlProblem::OtherFormat { format: meant.format.name() })];
    }
    if let Some(first) = problems.first_mut() {
        first.meant = Some(meant.text.into_boxed_str());
    }
    problems
}

/// Compiles a line of notation, which is also the name of the workout.
///
/// # Errors
/// If the notation has errors. All of them are returned.
pub fn compile_notation(
    source: &SourceText,
    athlete: Option<&Athlete>,
    options: &Options,
) -> Result<Compiled, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let document = file::read_notation(source, &options.parameters, trial::trial(athlete), &mut problems);
    let is_read = problems.is_empty();
    finish(document, problems, source, athlete, options).map_err(|mut problems| {
        if is_read {
            let notation = notation::Notation::verbatim(&source.text, 0);
            let names = References::with_trial(trial::trial(athlete));
            advice::advise(&notation, &names, &mut problems);
        }
        problems
    })
}

/// Returns the parameters that a file declares, sorted by name. Parameters with errors are left out.
pub fn parameters(source: &SourceText) -> Vec<Parameter> {
    file::parameters(source)
}

/// Returns notation in its canonical form.
///
/// # Errors
/// If the notation has errors. All of them are returned.
pub fn format_notation(source: &SourceText) -> Result<String, Vec<Diagnostic>> {
    if let Err(problems) = compile_notation(source, None, &Options::default()) {
        // How long `alternate … for 5mi` takes depends on the runner, not on how it is written.
        let of_runner = ["unknown-leg-time", "unknown-alternate-time"];
        if !problems.iter().all(|problem| of_runner.contains(&problem.code())) {
            return Err(problems);
        }
    }
    let names = References::with_trial(trial::trial(None));
    Ok(print::line(&parser::parse(&notation::Notation::verbatim(&source.text, 0), &names, 0).items))
}

/// Parses a time in any form of the workout language: `60s`, `5min`, `1:30`, `1h30`.
pub fn parse_time(text: &str) -> Option<Millis> {
    parser::parse_time(&notation::Notation::verbatim(text, 0))
}

fn finish(
    mut document: Document,
    mut problems: Vec<Diagnostic>,
    source: &SourceText,
    athlete: Option<&Athlete>,
    options: &Options,
) -> Result<Compiled, Vec<Diagnostic>> {
    wrap(&mut document, options);
    let workout = resolve(&document, source, athlete);
    // Free the memory of the document before the steps are written.
    drop(document);
    problems.extend(workout_size::check(&workout));
    if !problems.is_empty() {
        problems.sort_by_key(|problem| problem.span.start);
        // A problem in a part is found at every use of the part.
        problems.dedup();
        return Err(problems);
    }
    let mut sequence = compile(&workout)?;
    if sequence.activity.is_run() {
        let easy = bending::easy_target(athlete);
        sequence.easy = easy.start.speed.map(|_| Box::new(easy));
    }
    let added = options.warmup.unwrap_or_default() + options.cooldown.unwrap_or_default();
    let mut warnings = lint::check(&workout, &sequence, added);
    warnings.extend(athlete.map(|athlete| reach::check(&sequence, source, athlete)).unwrap_or_default());
    warnings.sort_by_key(|warning| warning.span.start);
    for sentence in warnings.iter().map(lint::sentence) {
        if !sequence.warnings.contains(&sentence) {
            sequence.warnings.push(sentence);
        }
    }
    Ok(Compiled { sequence, warnings })
}

/// Adds the warm-up and the cool-down of the options.
fn wrap(document: &mut Document, options: &Options) {
    let step = |kind: Kind, upper: Millis| {
        let line = StepLine {
            kind: Some(kind),
            end: EndLine::Time { upper, lower: None },
            until: None,
            targets: vec![Spanned::new(intensity::effort(lexicon::NamedTarget::Easy), 0..0)],
            incline: None,
            cues: Vec::new(),
            span: 0..0,
        };
        Item { label: None, kind: None, node: Node::Step(Box::new(line)), cues: Vec::new(), span: 0..0 }
    };
    if let Some(warmup) = options.warmup.filter(|t| *t > Millis::ZERO) {
        document.items.insert(0, step(Kind::Warmup, warmup));
    }
    if let Some(cooldown) = options.cooldown.filter(|t| *t > Millis::ZERO) {
        document.items.push(step(Kind::Cooldown, cooldown));
    }
}
