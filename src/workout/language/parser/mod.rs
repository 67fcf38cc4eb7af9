//! Notation → items, by recursive descent.
//!
//! Problems are reported where they are found, and parsing goes on after them: inside a step at the next mark that
//! ends the step, otherwise at the next comma or closing bracket. Consequences of a reported problem are not reported.

mod alternate;
mod cue;
mod ends;
pub mod fragment;
mod item;
mod label;
mod length;
mod number;
mod offset;
mod other_words;
mod pace;
mod part;
mod race;
mod repeat;
mod slash;
mod step;
mod target;
mod unpaced;
mod until;
mod walk_run;

pub(crate) use ends::MOST_REPS;
pub(crate) use repeat::RepCount;

use super::document::{Item, Span};
use super::lexer::{Lexer, Tok, Token};
use super::messages::found::FoundText;
use super::notation::Notation;
use super::phrasing::{self, PhrasingError};
use super::references::References;
use crate::diagnostic::{Diagnostic, DiagnosticKind, SuggestedFix};
use crate::text::{certain, cut, is_hidden, nearest};
use crate::units::Millis;
use std::ops::Range;

/// The most problems in one string; after that, parsing stops.
const MOST_PROBLEMS: usize = 200;
/// The longest message and help, in characters: both may repeat a very long text.
const LONGEST_MESSAGE: usize = 300;

/// Proof that a problem was found and reported.
pub(crate) struct Reported;

/// A parsed piece of notation, or proof that its problem has been reported.
type ParseResult<T> = Result<T, Reported>;

/// The items and the problems of one string of notation.
#[derive(Debug, Default)]
pub struct ParsedNotation {
    /// The items, as far as they could be read.
    pub items: Vec<Item>,
    /// The problems, in the order they were found.
    pub problems: Vec<Diagnostic>,
    /// Decisions about text that leaves something open, in sentences.
    pub notes: Vec<String>,
    /// The deepest nesting of brackets, including those around the string.
    pub deepest: usize,
    /// True if something is missing whose problem was reported elsewhere.
    pub incomplete: bool,
}

/// Parses `notation`, which stands within `depth` brackets. A text with problems is read again as a phrase.
pub fn parse(notation: &Notation, names: &References, depth: usize) -> ParsedNotation {
    if let Some(second) = phrasing::second_session(&notation.text) {
        let problem = Diagnostic::new(notation.source(second.at), second.kind);
        return ParsedNotation { problems: vec![problem], deepest: depth, ..ParsedNotation::default() };
    }
    let strict = parse_notation(notation, names, depth);
    if strict.problems.is_empty() {
        return strict;
    }
    let phrases = other_words::parse(notation, names, depth);
    phrases
        .filter(|read| read.problems.is_empty() || !strict.problems.iter().all(is_unclear))
        .unwrap_or(strict)
}

/// True for the problem of a text with two readings.
fn is_unclear(problem: &Diagnostic) -> bool {
    problem.code().starts_with("unclear-") || problem.code() == "list-without-target"
}

/// Rewrites a phrase as notation and parses that. Returns nothing for a text that is no phrase either.
fn parse_phrases(notation: &Notation, names: &References, depth: usize) -> Option<ParsedNotation> {
    match phrasing::rephrase(&notation.text) {
        Ok(phrases) => {
            let edits: Vec<_> = phrases.edits.iter().map(|(at, text)| (at.clone(), text.as_str())).collect();
            let mut parsed = parse_notation(&notation.with(&edits), names, depth);
            parsed.notes.splice(0..0, phrases.notes);
            // A text with two readings is worth its own error.
            parsed.problems.iter().all(is_unclear).then_some(parsed)
        }
        Err(PhrasingError::Unread) => None,
        Err(PhrasingError::Unclear(unclear)) => {
            let problem = Diagnostic::new(notation.source(unclear.at), unclear.kind);
            Some(ParsedNotation { problems: vec![problem], deepest: depth, ..ParsedNotation::default() })
        }
    }
}

fn parse_notation(notation: &Notation, names: &References, depth: usize) -> ParsedNotation {
    let mut parser = Parser::new(notation);
    parser.names = Some(names);
    (parser.depth, parser.deepest) = (depth, depth);
    let items = parser.line(0);
    ParsedNotation {
        items,
        problems: parser.problems,
        notes: parser.notes,
        deepest: parser.deepest,
        incomplete: parser.incomplete,
    }
}

/// Parses `notation` as a single time and nothing else.
pub fn parse_time(notation: &Notation) -> Option<Millis> {
    let mut parser = Parser::new(notation);
    let time = parser.time().ok()?;
    (parser.peek().tok == Tok::End && parser.problems.is_empty()).then_some(time)
}

struct Parser<'a> {
    notation: &'a Notation,
    lexer: Lexer<'a>,
    /// The position in the decoded text from which the next token is read.
    at: usize,
    /// The token at `peeked_at`, kept because most tokens are peeked at several times.
    peeked: Token,
    peeked_at: usize,
    depth: usize,
    deepest: usize,
    /// The names that may stand in braces.
    names: Option<&'a References>,
    /// Something was left out whose problem was reported elsewhere.
    incomplete: bool,
    /// Only a part of a step is parsed: nothing may follow it.
    fragment: bool,
    /// The second leg of `alternate` is being parsed: `for` ends it.
    leg: bool,
    /// The count of the repeat around the group that is being parsed.
    repeated: Option<RepCount>,
    /// Where steps without a target begin that are said to be a run.
    runs: Vec<usize>,
    problems: Vec<Diagnostic>,
    notes: Vec<String>,
}

impl<'a> Parser<'a> {
    fn new(notation: &'a Notation) -> Self {
        let lexer = Lexer::new(&notation.text);
        let peeked = lexer.token(0);
        Parser {
            notation,
            lexer,
            at: 0,
            peeked,
            peeked_at: 0,
            depth: 0,
            deepest: 0,
            names: None,
            incomplete: false,
            fragment: false,
            leg: false,
            repeated: None,
            runs: Vec::new(),
            problems: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Returns the next token without taking it.
    fn peek(&mut self) -> Token {
        if self.peeked_at != self.at {
            self.peeked = self.lexer.token(self.at);
            self.peeked_at = self.at;
        }
        self.peeked.clone()
    }

    /// Returns the token after `token`.
    fn after(&self, token: &Token) -> Token {
        self.lexer.token(token.end)
    }

    /// Moves past `token`.
    fn take(&mut self, token: &Token) {
        self.at = token.end;
    }

    /// Takes the next token if it is `tok`.
    fn eat(&mut self, tok: &Tok) -> Option<Token> {
        let next = self.peek();
        (next.tok == *tok).then(|| {
            self.take(&next);
            next
        })
    }

    /// Returns the decoded text from byte `start` to byte `end`.
    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.notation.text.get(start..end).unwrap_or_default()
    }

    fn text_of(&self, token: &Token) -> &'a str {
        self.slice(token.start, token.end)
    }

    /// Returns the source span of the decoded bytes `at`.
    fn span(&self, at: Range<usize>) -> Span {
        self.notation.source(at.start..at.end.max(at.start))
    }

    /// Returns the source span from decoded byte `start` to the end of the last token taken.
    fn since(&self, start: usize) -> Span {
        let written = self.slice(start, self.at).trim_end();
        self.span(start..start + written.len())
    }

    fn report(&mut self, mut problem: Diagnostic) -> Reported {
        problem.message = cut(&problem.message, LONGEST_MESSAGE);
        problem.help = problem.help.map(|help| cut(&help, LONGEST_MESSAGE));
        self.problems.push(problem);
        if self.problems.len() >= MOST_PROBLEMS {
            // At the end of the text every parser stops by itself.
            self.at = self.notation.text.len();
        }
        Reported
    }

    /// Reports a problem with the decoded bytes `at`.
    fn fail(&mut self, at: Range<usize>, kind: impl DiagnosticKind) -> Reported {
        let span = self.span(at);
        self.report(Diagnostic::new(span, kind))
    }

    /// Sets the fix of the last problem: write `replacement` over the decoded bytes `at`.
    fn fix_last(&mut self, at: Range<usize>, replacement: &str) {
        // The text may stand in any kind of TOML string. A replacement that needs escapes is left to the runner.
        let plain = !replacement.contains(['"', '\'', '\\']) && !replacement.contains(is_hidden);
        let span = self.span(at);
        if let (true, Some(problem)) = (plain, self.problems.last_mut()) {
            problem.fix = Some(Box::new(SuggestedFix { span, replacement: replacement.to_string() }));
        }
    }

    /// Reports the unknown word at `token`, with the nearest of `words` as a suggestion for `kind`.
    fn unknown_word<I, K>(
        &mut self,
        token: &Token,
        words: fn() -> I,
        kind: impl FnOnce(Option<&'static str>) -> K,
    ) -> Reported
    where
        I: Iterator<Item = &'static str>,
        K: DiagnosticKind,
    {
        let text = self.text_of(token);
        self.fail(token.range(), kind(nearest(text, words())));
        if let Some(word) = certain(text, words()) {
            self.fix_last(token.range(), word);
        }
        Reported
    }

    /// True if nothing stands between `a` and `b`.
    fn touch(a: &Token, b: &Token) -> bool {
        a.end == b.start
    }

    /// Finds the longest phrase from `first` on, its words joined by spaces or single hyphens, that `meaning` knows.
    /// Returns the meaning and the end of the phrase.
    fn phrase<T>(&self, first: &Token, meaning: impl Fn(&str) -> Option<T>) -> Option<(T, usize)> {
        if first.tok != Tok::Word {
            return None;
        }
        let mut words = self.text_of(first).to_string();
        let mut best = meaning(&words).map(|m| (m, first.end));
        let mut last = first.clone();
        for _ in 0..2 {
            let mut next = self.after(&last);
            if next.tok == Tok::Hyphen && Self::touch(&last, &next) {
                let following = self.after(&next);
                if !Self::touch(&next, &following) {
                    break;
                }
                next = following;
            }
            if next.tok != Tok::Word {
                break;
            }
            words.push(' ');
            words.push_str(self.text_of(&next));
            best = meaning(&words).map(|m| (m, next.end)).or(best);
            last = next;
        }
        best
    }

    /// Skips to the end of the step: a comma, a closing bracket, a bar, a line's end, or a slash between steps.
    fn skip_step(&mut self) {
        let mut depth = 0_usize;
        loop {
            let next = self.peek();
            match next.tok {
                Tok::End => return,
                Tok::Comma | Tok::Newline | Tok::Bar if depth == 0 => return,
                Tok::Close if depth == 0 => return,
                Tok::Slash if depth == 0 && !self.joins_words(&next) => return,
                Tok::Open => depth += 1,
                Tok::Close => depth -= 1,
                _ => {}
            }
            self.take(&next);
        }
    }

    /// True for a slash that touches a word, as in `/km`. It belongs to the number before it.
    fn joins_words(&self, slash: &Token) -> bool {
        let next = self.after(slash);
        next.tok == Tok::Word && Self::touch(slash, &next)
    }

    /// Skips to the end of the item.
    fn skip_item(&mut self) {
        loop {
            self.skip_step();
            let next = self.peek();
            if matches!(next.tok, Tok::Slash | Tok::Bar) {
                self.take(&next);
            } else {
                return;
            }
        }
    }

    /// Returns the text at `token`, for a message.
    fn found(&self, token: &Token) -> FoundText<'a> {
        match token.tok {
            Tok::End => FoundText::End,
            Tok::Newline => FoundText::LineEnd,
            _ => FoundText::Written(self.text_of(token)),
        }
    }
}

#[cfg(test)]
mod tests;
