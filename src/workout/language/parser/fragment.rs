//! Parts of a step that stand alone, as a table's keys have them.

use super::number::is_range;
use super::{DEEPEST, ParseResult, Parser, RepCount};
use crate::diagnostic::Diagnostic;
use crate::units::Millis;
use crate::workout::language::document::{AlternateEnd, CueMoment, EndLine, Item, StepLine};
use crate::workout::language::lexer::Tok;
use crate::workout::language::notation::Notation;
use crate::workout::language::references::References;

fn named<'a>(notation: &'a Notation, names: &'a References) -> Parser<'a> {
    let mut parser = Parser::new(notation);
    parser.names = Some(names);
    parser
}

/// Reads the whole of `notation` with `read`, adding what is wrong with it to `problems`.
fn whole<'a, T>(
    mut parser: Parser<'a>,
    problems: &mut Vec<Diagnostic>,
    read: impl FnOnce(&mut Parser<'a>) -> ParseResult<T>,
) -> Option<T> {
    parser.fragment = true;
    let value = read(&mut parser).ok();
    let next = parser.peek();
    if value.is_some() && parser.problems.is_empty() && next.tok != Tok::End {
        let found = parser.found(&next);
        let end = parser.notation.text.trim_end().len();
        let help = match parser.fragment {
            true => "leave it out; each part of a step has a key of its own",
            false => "a single step stands here; several stand in a list: `[\"20s rest\", \"40s walk\"]`",
        };
        let help = help.to_string();
        parser.fail((next.start, end), format!("{found} does not belong here"), "too much", help);
    }
    let whole = parser.problems.is_empty() && !parser.lacking;
    problems.append(&mut parser.problems);
    value.filter(|_| whole)
}

/// A time or a distance, or a range of either.
pub fn end(notation: &Notation, names: &References, problems: &mut Vec<Diagnostic>) -> Option<EndLine> {
    whole(named(notation, names), problems, |parser| {
        let end = parser.length()?;
        parser.whichever_first(end)
    })
}

/// A time or a distance at which an `alternate` ends.
pub fn alternate_end(
    notation: &Notation,
    names: &References,
    problems: &mut Vec<Diagnostic>,
) -> Option<AlternateEnd> {
    whole(named(notation, names), problems, Parser::alternate_end)
}

/// A single time.
pub fn time(notation: &Notation, names: &References, problems: &mut Vec<Diagnostic>) -> Option<Millis> {
    whole(named(notation, names), problems, Parser::time)
}

/// When a cue falls.
pub fn when(notation: &Notation, names: &References, problems: &mut Vec<Diagnostic>) -> Option<CueMoment> {
    whole(named(notation, names), problems, Parser::cue_time)
}

/// Targets, and what else may stand among them, added to `step`.
pub fn targets(
    (notation, names): (&Notation, &References),
    step: &mut StepLine,
    between: bool,
    problems: &mut Vec<Diagnostic>,
) -> Option<()> {
    whole(named(notation, names), problems, |parser| parser.targets(step, between))
}

/// An incline, or a ramp of inclines, added to `step`.
pub fn incline(
    (notation, names): (&Notation, &References),
    step: &mut StepLine,
    problems: &mut Vec<Diagnostic>,
) -> Option<()> {
    whole(named(notation, names), problems, |parser| parser.grades(0, step))
}

/// How often something is repeated.
pub fn count(notation: &Notation, names: &References, problems: &mut Vec<Diagnostic>) -> Option<RepCount> {
    whole(named(notation, names), problems, |parser| {
        let number = parser.peek();
        match number.tok {
            Tok::Number(value) if value >= 1.0 && value.fract() == 0.0 => {
                parser.take(&number);
                let most = value.min(1e18) as u64;
                let mark = parser.peek();
                let second = parser.after(&mark);
                match second.tok {
                    Tok::Number(high) if is_range(&mark.tok) && high > value && high.fract() == 0.0 => {
                        parser.take(&second);
                        Ok(RepCount { most: high.min(1e18) as u64, least: Some(most) })
                    }
                    _ => Ok(RepCount { most, least: None }),
                }
            }
            _ => {
                let found = parser.found(&number);
                let help = "write how often, like `repeat = 8`".to_string();
                let label = "a repeat needs a whole number from 1 on";
                Err(parser.fail((number.start, number.end), format!("{found} is no count"), label, help))
            }
        }
    })
}

/// What stands between two reps; it stands within `depth` brackets.
pub fn between(
    (notation, names): (&Notation, &References),
    depth: usize,
    problems: &mut Vec<Diagnostic>,
) -> Option<Item> {
    let mut parser = named(notation, names);
    parser.depth = depth.min(DEEPEST);
    whole(parser, problems, |parser| {
        parser.fragment = false;
        parser.recovery()
    })
}

/// A step, as a leg of `alternate`.
pub fn step(notation: &Notation, names: &References, problems: &mut Vec<Diagnostic>) -> Option<StepLine> {
    whole(named(notation, names), problems, |parser| {
        parser.fragment = false;
        let step = parser.step(false);
        parser.fragment = true;
        Ok(step)
    })
}
