//! The notation's tokens, found one at a time: what a mark means depends on what stands before it.

use std::cell::Cell;
use std::ops::Range;

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub enum Tok {
    /// Digits, perhaps with a decimal point.
    Number(f64),
    /// A run of letters.
    Word,
    /// `×`.
    Times,
    /// `/`.
    Slash,
    /// `,`.
    Comma,
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// `|`.
    Bar,
    /// `:`.
    Colon,
    /// `^`.
    Caret,
    /// `%`.
    Percent,
    /// `->` or `→`.
    Arrow,
    /// `..` or `…`.
    Dots,
    /// `-` or one of its look-alikes.
    Hyphen,
    /// `–`, a range's own mark.
    Dash,
    /// `+`.
    Plus,
    /// `@`.
    At,
    /// `'` or `′` after a digit.
    Prime,
    /// `"` or `″` after a digit.
    DoublePrime,
    /// Quoted text: where it stands without its marks.
    Quote(Range<usize>),
    /// A quote without its end on this line.
    Unclosed,
    /// A line's end.
    Newline,
    /// Anything else.
    Unknown(char),
    /// The end of the text.
    End,
}

/// A token with its place in the decoded text.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// What it is.
    pub tok: Tok,
    /// Its first byte.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
}

impl Token {
    /// Returns its bytes in the decoded text.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Finds the token at any place of a text.
pub struct Lexer<'a> {
    text: &'a str,
    /// For each closing mark: up to where it is known not to occur. Keeps many unclosed quotes from taking long.
    no_closer: [Cell<usize>; 4],
}

/// Opening and closing marks.
const QUOTES: [(char, char); 4] = [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’')];

/// Spaces, no-break and thin ones too, but not a line's end.
fn is_space(c: char) -> bool {
    (c.is_whitespace() && c != '\n') || c == '\u{200B}' || c == '\u{FEFF}'
}

impl<'a> Lexer<'a> {
    /// A lexer of `text`.
    pub fn new(text: &'a str) -> Self {
        Lexer { text, no_closer: Default::default() }
    }

    /// The text from `at` on.
    pub fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// Where the next thing that is no space stands.
    pub fn skip_spaces(&self, at: usize) -> usize {
        let rest = self.rest(at);
        at + (rest.len() - rest.trim_start_matches(is_space).len())
    }

    /// The token at `at`, spaces before it skipped.
    pub fn token(&self, at: usize) -> Token {
        let start = self.skip_spaces(at);
        let rest = self.rest(start);
        let Some(first) = rest.chars().next() else {
            return Token { tok: Tok::End, start, end: start };
        };
        let (tok, length) = if first.is_ascii_digit() {
            number(rest)
        } else if first.is_alphabetic() {
            (Tok::Word, rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()))
        } else {
            self.mark(start, first)
        };
        Token { tok, start, end: start + length }
    }

    fn mark(&self, start: usize, first: char) -> (Tok, usize) {
        let rest = self.rest(start);
        let after = rest.get(first.len_utf8()..).unwrap_or_default();
        let tok = match first {
            '-' | '\u{2010}' | '\u{2011}' | '\u{2212}' if after.starts_with('>') => {
                return (Tok::Arrow, first.len_utf8() + 1);
            }
            '-' | '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}' => Tok::Hyphen,
            '.' if after.starts_with('.') => {
                return (Tok::Dots, rest.len() - rest.trim_start_matches('.').len());
            }
            '…' => Tok::Dots,
            '×' | '✕' | '⨯' => Tok::Times,
            '→' => Tok::Arrow,
            '–' | '—' => Tok::Dash,
            '/' => Tok::Slash,
            ',' => Tok::Comma,
            '(' => Tok::Open,
            ')' => Tok::Close,
            '|' => Tok::Bar,
            ':' => Tok::Colon,
            '^' => Tok::Caret,
            '%' => Tok::Percent,
            '+' => Tok::Plus,
            '@' => Tok::At,
            '\n' => Tok::Newline,
            '″' => Tok::DoublePrime,
            '′' if after.starts_with('′') => return (Tok::DoublePrime, 2 * first.len_utf8()),
            '′' => Tok::Prime,
            '"' | '\'' | '“' | '”' | '‘' | '’' => return self.quote_or_prime(start, first),
            c => Tok::Unknown(c),
        };
        (tok, first.len_utf8())
    }

    /// A mark that touches a digit is a prime, else a quote.
    fn quote_or_prime(&self, start: usize, first: char) -> (Tok, usize) {
        let width = first.len_utf8();
        let touches = self.text.get(..start).is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()));
        if touches && matches!(first, '"' | '“' | '”') {
            return (Tok::DoublePrime, width);
        }
        if touches {
            let doubled = self.rest(start + width).starts_with(first);
            return if doubled { (Tok::DoublePrime, 2 * width) } else { (Tok::Prime, width) };
        }
        let Some(which) = QUOTES.iter().position(|(open, _)| *open == first) else {
            return (Tok::Unclosed, width);
        };
        let Some(inner) = self.closed(start + width, which) else {
            return (Tok::Unclosed, width);
        };
        let closer = QUOTES.get(which).map_or(0, |(_, close)| close.len_utf8());
        let length = inner.end + closer - start;
        (Tok::Quote(inner), length)
    }

    fn closed(&self, from: usize, which: usize) -> Option<Range<usize>> {
        let (_, closer) = QUOTES.get(which)?;
        let known = self.no_closer.get(which)?;
        if from < known.get() {
            return None;
        }
        let rest = self.rest(from);
        let found = rest.find([*closer, '\n']);
        let end = from + found.unwrap_or(rest.len());
        if self.rest(end).starts_with(*closer) {
            return Some(from..end);
        }
        known.set(end);
        None
    }
}

fn number(rest: &str) -> (Tok, usize) {
    let digits = |s: &str| s.find(|c: char| !c.is_ascii_digit()).unwrap_or(s.len());
    let mut length = digits(rest);
    if let Some(decimals) = rest.get(length..).and_then(|r| r.strip_prefix('.')) {
        let count = digits(decimals);
        if count > 0 {
            length += 1 + count;
        }
    }
    let value = rest.get(..length).and_then(|r| r.parse().ok()).unwrap_or(f64::INFINITY);
    (Tok::Number(value), length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toks(text: &str) -> Vec<Tok> {
        let lexer = Lexer::new(text);
        let mut at = 0;
        let mut all = vec![];
        loop {
            let token = lexer.token(at);
            if token.tok == Tok::End {
                return all;
            }
            at = token.end;
            all.push(token.tok);
        }
    }

    #[test]
    fn a_mark_that_touches_a_digit_is_a_prime() {
        use Tok::*;
        assert_eq!(toks("90″"), [Number(90.0), DoublePrime]);
        assert_eq!(toks("5'"), [Number(5.0), Prime]);
        assert_eq!(toks("2'30''"), [Number(2.0), Prime, Number(30.0), DoublePrime]);
        assert_eq!(toks("30s \"up 5\""), [Number(30.0), Word, Quote(5..9)]);
        assert_eq!(toks("“a, b”"), [Quote(3..7)]);
    }

    #[test]
    fn an_arrow_is_read_first_and_look_alikes_are_hyphens() {
        use Tok::*;
        assert_eq!(toks("6->10"), [Number(6.0), Arrow, Number(10.0)]);
        assert_eq!(toks("5\u{2212}10"), [Number(5.0), Hyphen, Number(10.0)]);
        assert_eq!(toks("5..10"), [Number(5.0), Dots, Number(10.0)]);
        assert_eq!(toks("1.5–2"), [Number(1.5), Dash, Number(2.0)]);
        assert_eq!(toks("8\u{00A0}×\u{2009}60"), [Number(8.0), Times, Number(60.0)]);
    }
}
