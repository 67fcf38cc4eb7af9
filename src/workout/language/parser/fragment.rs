//! Parts of a step that stand alone, as in the keys of a table.

use super::number::is_range;
use super::{ParseResult, Parser, RepCount};
use crate::diagnostic::Diagnostic;
use crate::units::Millis;
use crate::workout::bounds::DEEPEST_NESTING;
use crate::workout::language::document::{AlternateEnd, CueMoment, EndLine, Item, StepLine, UntilLine};
use crate::workout::language::lexer::Tok;
use crate::workout::language::messages::item::ItemProblem;
use crate::workout::language::messages::step::StepProblem;
use crate::workout::language::notation::Notation;
use crate::workout::language::references::References;

fn parser<'a>(notation: &'a Notation, names: &'a References) -> Parser<'a> {
    let mut parser = Parser::new(notation);
    parser.names = Some(names);
    parser
}

/// Parses all of the notation with `parse` and adds its problems to `problems`.
fn parse_all<'a, T>(
    mut parser: Parser<'a>,
    problems: &mut Vec<Diagnostic>,
    parse: impl FnOnce(&mut Parser<'a>) -> ParseResult<T>,
) -> Option<T> {
    parser.fragment = true;
    let value = parse(&mut parser).ok();
    let next = parser.peek();
    if value.is_some() && parser.problems.is_empty() && next.tok != Tok::End {
        let found = parser.found(&next);
        let rest = next.start..parser.notation.text.trim_end().len();
        match parser.fragment {
            true => parser.fail(rest, StepProblem::UnexpectedInFragment { found }),
            false => parser.fail(rest, StepProblem::UnexpectedAfterStep { found }),
        };
    }
    let complete = parser.problems.is_empty() && !parser.incomplete;
    problems.append(&mut parser.problems);
    value.filter(|_| complete)
}

/// Parses a time or a distance, or a range of either.
pub fn end(notation: &Notation, names: &References, problems: &mut Vec<Diagnostic>) -> Option<EndLine> {
    parse_all(parser(notation, names), problems, |parser| {
        let end = parser.length()?;
        parser.whichever_first(end)
    })
}

/// Parses the time or the distance at which an `alternate` ends.
pub fn alternate_end(
    notation: &Notation,
    names: &References,
    problems: &mut Vec<Diagnostic>,
) -> Option<AlternateEnd> {
    parse_all(parser(notation, names), problems, Parser::alternate_end)
}

/// Parses a single time.
pub fn time(notation: &Notation, names: &References, problems: &mut Vec<Diagnostic>) -> Option<Millis> {
    parse_all(parser(notation, names), problems, Parser::time)
}

/// Parses the time of a cue.
pub fn when(notation: &Notation, names: &References, problems: &mut Vec<Diagnostic>) -> Option<CueMoment> {
    parse_all(parser(notation, names), problems, Parser::cue_time)
}

/// Parses the interval of a repeated cue: a time or a distance.
pub fn every(notation: &Notation, names: &References, problems: &mut Vec<Diagnostic>) -> Option<CueMoment> {
    parse_all(parser(notation, names), problems, Parser::cue_interval)
}

/// Parses a share of a rep, such as `50-90%`.
pub fn share(notation: &Notation, names: &References, problems: &mut Vec<Diagnostic>) -> Option<EndLine> {
    parse_all(parser(notation, names), problems, |parser| match parser.special_end(true)? {
        Some(share @ EndLine::Share { .. }) => Ok(share),
        _ => Err(parser.fail(0..parser.notation.text.len(), StepProblem::InvalidShare)),
    })
}

/// Parses a heart rate that ends a step, such as `HR < 120`.
pub fn until(notation: &Notation, names: &References, problems: &mut Vec<Diagnostic>) -> Option<UntilLine> {
    parse_all(parser(notation, names), problems, Parser::heart_limit)
}

/// Parses targets, and whatever else may stand among them, into `step`. `between` allows `full recovery`.
pub fn targets(
    notation: &Notation,
    names: &References,
    step: &mut StepLine,
    between: bool,
    problems: &mut Vec<Diagnostic>,
) -> Option<()> {
    parse_all(parser(notation, names), problems, |parser| parser.targets(step, between))
}

/// Parses an incline, or a ramp of inclines, into `step`.
pub fn incline(
    notation: &Notation,
    names: &References,
    step: &mut StepLine,
    problems: &mut Vec<Diagnostic>,
) -> Option<()> {
    parse_all(parser(notation, names), problems, |parser| parser.grades(0, step))
}

/// Parses the count of a repeat.
pub fn count(notation: &Notation, names: &References, problems: &mut Vec<Diagnostic>) -> Option<RepCount> {
    parse_all(parser(notation, names), problems, |parser| {
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
                        let least = Some(most);
                        Ok(RepCount { least, ..RepCount::exactly(high.min(1e18) as u64) })
                    }
                    Tok::Number(_) if is_range(&mark.tok) => {
                        let written = parser.slice(number.start, second.end);
                        let problem = ItemProblem::DescendingCount { written };
                        Err(parser.fail(number.start..second.end, problem))
                    }
                    _ => Ok(RepCount::exactly(most)),
                }
            }
            Tok::Word if parser.text_of(&number).eq_ignore_ascii_case("open") => {
                parser.take(&number);
                Ok(RepCount::ENDLESS)
            }
            _ => {
                let found = parser.found(&number);
                Err(parser.fail(number.range(), ItemProblem::InvalidCountText { found }))
            }
        }
    })
}

/// Parses what stands between two reps, within `depth` brackets.
pub fn between(
    notation: &Notation,
    names: &References,
    depth: usize,
    problems: &mut Vec<Diagnostic>,
) -> Option<Item> {
    let mut parser = parser(notation, names);
    parser.depth = depth.min(DEEPEST_NESTING);
    parse_all(parser, problems, |parser| {
        parser.fragment = false;
        parser.recovery()
    })
}

/// Parses a step, as a leg of `alternate`.
pub fn step(notation: &Notation, names: &References, problems: &mut Vec<Diagnostic>) -> Option<StepLine> {
    parse_all(parser(notation, names), problems, |parser| {
        parser.fragment = false;
        let step = parser.step(false);
        parser.fragment = true;
        Ok(step)
    })
}
