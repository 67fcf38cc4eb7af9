//! Notation → items, by recursive descent.
//!
//! A problem is reported where it is found and the parser goes on behind it: inside a step at the next mark that
//! ends it, else at the next comma or closing bracket. What follows from a reported problem is not reported.

mod cue;
mod ends;
pub mod fragment;
mod item;
mod length;
mod number;
mod offset;
mod pace;
mod part;
mod slash;
mod step;
mod target;
mod unpaced;

pub(crate) use item::RepCount;
pub use item::open_leg;

use super::document::{Item, Span};
use super::lexer::{Lexer, Tok, Token};
use super::notation::Notation;
use super::phrasing::{self, PhrasingError};
use super::references::References;
use crate::diagnostic::{Diagnostic, SuggestedFix};
use crate::text::{certain, cut, is_hidden, nearest, quoted};
use crate::units::Millis;

/// The deepest that brackets nest.
pub const DEEPEST: usize = 8;
/// The longest label and the longest words of a target, in characters.
pub const LONGEST_LABEL: usize = 80;
/// The longest cue, in characters.
pub const LONGEST_CUE: usize = 200;
/// After this many problems in one string it is read no further.
const MOST_PROBLEMS: usize = 200;

/// Messages repeat what was written, which may be very long.
const LONGEST_MESSAGE: usize = 300;

/// A problem was found, and has been reported.
pub(crate) struct Reported;

/// A part of the notation, or the news that its problem has been reported.
type ParseResult<T> = Result<T, Reported>;

/// What was read of a string.
#[derive(Debug, Default)]
pub struct ParsedRange {
    /// Its items, as far as they could be read.
    pub items: Vec<Item>,
    /// What is wrong with it.
    pub problems: Vec<Diagnostic>,
    /// What was decided where a text leaves something open, in sentences.
    pub notes: Vec<String>,
    /// How deep brackets nest in it, those around it too.
    pub deepest: usize,
    /// True where something is missing whose problem has been reported elsewhere.
    pub lacking: bool,
}

/// Reads `notation`, which stands within `depth` brackets.
pub fn parse(notation: &Notation, names: &References, depth: usize) -> ParsedRange {
    let strict = parse_notation(notation, names, depth);
    if strict.problems.is_empty() {
        return strict;
    }
    parse_phrases(notation, names, depth).unwrap_or(strict)
}

/// Reads `notation` once more as runners phrase it, where the parser has problems with it.
fn parse_phrases(notation: &Notation, names: &References, depth: usize) -> Option<ParsedRange> {
    match phrasing::rephrase(&notation.text) {
        Ok(phrases) => {
            let edits: Vec<_> = phrases.edits.iter().map(|(at, text)| (at.clone(), text.as_str())).collect();
            let mut read = parse_notation(&notation.with(&edits), names, depth);
            read.notes.splice(0..0, phrases.notes);
            read.problems.is_empty().then_some(read)
        }
        Err(PhrasingError::Unread) => None,
        Err(PhrasingError::Unclear(unclear)) => {
            let span = notation.source(unclear.at);
            let problem = Diagnostic::error(span, unclear.message, &unclear.label).with_help(unclear.help);
            Some(ParsedRange { problems: vec![problem], deepest: depth, ..ParsedRange::default() })
        }
    }
}

fn parse_notation(notation: &Notation, names: &References, depth: usize) -> ParsedRange {
    let mut parser = Parser::new(notation);
    parser.names = Some(names);
    (parser.depth, parser.deepest) = (depth, depth);
    let items = parser.line(0);
    ParsedRange {
        items,
        problems: parser.problems,
        notes: parser.notes,
        deepest: parser.deepest,
        lacking: parser.lacking,
    }
}

/// Reads `notation` as one time and nothing else.
pub fn parse_time(notation: &Notation) -> Option<Millis> {
    let mut parser = Parser::new(notation);
    let time = parser.time().ok()?;
    (parser.peek().tok == Tok::End && parser.problems.is_empty()).then_some(time)
}

struct Parser<'a> {
    notation: &'a Notation,
    lexer: Lexer<'a>,
    /// Where in the decoded text the next token is looked for.
    at: usize,
    /// The last token found, since most are looked at several times.
    peeked: Token,
    peeked_at: usize,
    depth: usize,
    deepest: usize,
    /// What parts there are.
    names: Option<&'a References>,
    /// Something is left out whose problem has been reported elsewhere.
    lacking: bool,
    /// Only a part of a step is read: nothing may follow it.
    fragment: bool,
    /// The second leg of `alternate` is read: `for` ends it.
    leg: bool,
    /// How often the group that is being read is repeated.
    repeated: Option<u64>,
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
            lacking: false,
            fragment: false,
            leg: false,
            repeated: None,
            problems: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The next token.
    fn peek(&mut self) -> Token {
        if self.peeked_at != self.at {
            self.peeked = self.lexer.token(self.at);
            self.peeked_at = self.at;
        }
        self.peeked.clone()
    }

    /// The token after `token`.
    fn after(&self, token: &Token) -> Token {
        self.lexer.token(token.end)
    }

    /// Goes on behind `token`.
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

    /// The decoded text from byte `start` to byte `end`.
    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.notation.text.get(start..end).unwrap_or_default()
    }

    fn text_of(&self, token: &Token) -> &'a str {
        self.slice(token.start, token.end)
    }

    /// Where bytes `start..end` of the decoded text stand in the source.
    fn span(&self, start: usize, end: usize) -> Span {
        self.notation.source(start..end.max(start))
    }

    /// From decoded byte `start` to the end of what was last taken, spaces left out.
    fn since(&self, start: usize) -> Span {
        let written = self.slice(start, self.at).trim_end();
        self.span(start, start + written.len())
    }

    fn report(&mut self, mut problem: Diagnostic) -> Reported {
        problem.message = cut(&problem.message, LONGEST_MESSAGE);
        problem.help = problem.help.map(|help| cut(&help, LONGEST_MESSAGE));
        self.problems.push(problem);
        if self.problems.len() >= MOST_PROBLEMS {
            // Nothing more is read: every parser finds the end and goes home.
            self.at = self.notation.text.len();
        }
        Reported
    }

    /// Reports a problem with decoded bytes `start..end`.
    fn fail(&mut self, at: (usize, usize), message: String, label: &str, help: String) -> Reported {
        let span = self.span(at.0, at.1);
        self.report(Diagnostic::error(span, message, label).with_help(help))
    }

    /// Gives the problem reported last its one possible correction of decoded bytes `at`.
    fn mend(&mut self, at: (usize, usize), replacement: Option<String>) {
        // The text may stand in any kind of TOML string: what would have to be escaped is left to the runner.
        let plain = replacement.filter(|text| !text.contains(['"', '\'', '\\']) && !text.contains(is_hidden));
        let span = self.span(at.0, at.1);
        if let (Some(text), Some(problem)) = (plain, self.problems.last_mut()) {
            problem.fix = Some(Box::new(SuggestedFix { span, replacement: text }));
        }
    }

    /// Reports a word that is not known, with the nearest of `words`.
    fn unknown_word<I>(
        &mut self,
        token: &Token,
        said: (String, &str),
        words: fn() -> I,
        otherwise: &str,
    ) -> Reported
    where
        I: Iterator<Item = &'static str>,
    {
        let text = self.text_of(token);
        let (at, help) = ((token.start, token.end), Self::suggest(text, words(), otherwise));
        self.fail(at, said.0, said.1, help);
        self.mend(at, certain(text, words()).map(str::to_string));
        Reported
    }

    /// True where nothing stands between `a` and `b`.
    fn touch(a: &Token, b: &Token) -> bool {
        a.end == b.start
    }

    /// The most words from `first` on, joined by spaces or single hyphens, that `meaning` knows.
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
                let behind = self.after(&next);
                if !Self::touch(&next, &behind) {
                    break;
                }
                next = behind;
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

    /// Skips to what ends the step: a comma, a bracket that closes, a bar, a line's end, a slash between steps.
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

    /// True for the slash of `/km`, which belongs to what stands before it.
    fn joins_words(&self, slash: &Token) -> bool {
        let next = self.after(slash);
        next.tok == Tok::Word && Self::touch(slash, &next)
    }

    /// Skips to what ends the item.
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

    /// `did you mean …`, or `otherwise`.
    fn suggest(word: &str, words: impl Iterator<Item = &'static str>, otherwise: &str) -> String {
        match nearest(word, words) {
            Some(near) => format!("did you mean `{near}`?"),
            None => otherwise.to_string(),
        }
    }

    /// What stands at `token`, for a message.
    fn found(&self, token: &Token) -> String {
        match token.tok {
            Tok::End => "the end".to_string(),
            Tok::Newline => "the line's end".to_string(),
            _ => quoted(self.text_of(token)),
        }
    }
}

#[cfg(test)]
mod tests;
