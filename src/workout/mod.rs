//! The workout language: text → document → workout → sequence.
//!
//! `read` (a file), `table` and `parser` (steps) make a [`crate::workout::language::document`] (places, no meaning), with the `names` that a
//! file declares put in; [`crate::workout::language::print`] writes it back. [`crate::workout::compile::resolve()`] gives it its meaning as a
//! [`crate::workout::compile::resolved`] workout, `count` holds it against the language's bounds, and [`compile()`] unrolls it into a
//! [`sequence`]. Everything shown of a file is cleaned on the way. Nothing here does I/O; the same text, athlete
//! and options always give the same sequence.

pub mod bounds;
pub mod compile;
mod explain;
pub mod language;
mod lint;
pub mod on_belt;
pub mod sequence;
mod target;
mod totals;

pub use crate::diagnostic::{self, Diagnostic, Severity, SourceText};
pub use crate::workout::compile::intensity::speed_of;
pub use crate::workout::compile::resolve::resolve;
pub use crate::workout::language::format::format_file;
pub use crate::workout::language::parameters::Parameter;
pub use compile::compile;
pub use explain::line::{LineStyle, WorkoutLine, line};
pub use explain::{explain, lengths};
pub use totals::Totals;

use crate::athlete::Athlete;
use crate::units::Millis;
use crate::workout::compile::intensity;
use crate::workout::compile::limits;
use crate::workout::language::advice;
use crate::workout::language::document::{Document, EndLine, Item, Node, Spanned, StepLine};
use crate::workout::language::file;
use crate::workout::language::lexicon;
use crate::workout::language::notation;
use crate::workout::language::parser;
use crate::workout::language::references::References;
use sequence::{Kind, Sequence};

/// A sequence, and what looks wrong with it but runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Compiled {
    /// What is run.
    pub sequence: Sequence,
    /// Warnings, in the order of the text.
    pub warnings: Vec<Diagnostic>,
}

/// What is done to a workout besides what its file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// An easy step in front, this long.
    pub warmup: Option<Millis>,
    /// An easy step behind, this long.
    pub cooldown: Option<Millis>,
    /// Values for the file's parameters, each with its name.
    pub parameters: Vec<(String, String)>,
}

/// Compiles a workout's file; all of its errors at once.
pub fn compile_file(
    source: &SourceText,
    athlete: Option<&Athlete>,
    options: &Options,
) -> Result<Compiled, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let document = file::read_file(source, &options.parameters, &mut problems);
    finish(document, problems, source, athlete, options)
}

/// Compiles notation; the source's text is the notation, and the workout's name.
pub fn compile_notation(
    source: &SourceText,
    athlete: Option<&Athlete>,
    options: &Options,
) -> Result<Compiled, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let document = file::read_notation(source, &options.parameters, &mut problems);
    let is_read = problems.is_empty();
    finish(document, problems, source, athlete, options).map_err(|mut problems| {
        if is_read {
            let notation = notation::Notation::verbatim(&source.text, 0);
            advice::advise(&notation, &References::default(), &mut problems);
        }
        problems
    })
}

/// The parameters that a file declares, in the order of their names; those that are faulty are left out.
pub fn parameters(source: &SourceText) -> Vec<Parameter> {
    file::parameters(source)
}

/// Any time that the language reads: `60s`, `5min`, `1:30`, `1h30`.
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
    // Its memory is what the steps are written into: ten thousand of them touch no more than they need.
    drop(document);
    problems.extend(limits::check(&workout));
    if !problems.is_empty() {
        problems.sort_by_key(|problem| problem.span.start);
        // What stands in a part is found in every place where the part stands.
        problems.dedup();
        return Err(problems);
    }
    let mut sequence = compile(&workout)?;
    let added = options.warmup.unwrap_or_default() + options.cooldown.unwrap_or_default();
    let warnings = lint::check(&workout, &sequence, added);
    for sentence in warnings.iter().map(lint::sentence) {
        if !sequence.warnings.contains(&sentence) {
            sequence.warnings.push(sentence);
        }
    }
    Ok(Compiled { sequence, warnings })
}

/// Puts the warm-up in front and the cool-down behind.
fn wrap(document: &mut Document, options: &Options) {
    let step = |kind: Kind, upper: Millis| {
        let line = StepLine {
            kind: Some(kind),
            end: EndLine::Time { upper, lower: None },
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
