//! A stretch of notation, decoded, with the way back to the bytes it was written in.

use std::ops::Range;

/// Notation as the parser reads it. Spans of the decoded text map to spans of the source.
#[derive(Clone, Debug)]
pub struct Notation {
    /// The decoded text.
    pub text: String,
    pieces: Vec<SourcePiece>,
    end: usize,
}

/// A `{name}` in decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The name, without its braces and the spaces in them.
    pub name: String,
    /// All of it in the decoded text.
    pub at: Range<usize>,
}

/// True for what a parameter or a part may be called.
pub fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// From `decoded` on, the text was written at `source`.
#[derive(Clone, Copy, Debug)]
struct SourcePiece {
    decoded: usize,
    source: usize,
    /// One byte of text for one byte of source; else the whole piece stands for one escape.
    verbatim: bool,
}

impl Notation {
    /// Text that was written as it is, beginning at byte `start` of its source.
    pub fn verbatim(text: &str, start: usize) -> Self {
        let piece = SourcePiece { decoded: 0, source: start, verbatim: true };
        Notation { text: text.to_string(), pieces: vec![piece], end: start + text.len() }
    }

    /// The TOML string that stands, with its quotes, in `raw`, which begins at byte `start` of its source.
    ///
    /// The TOML parser has already found it well formed; what it would refuse is taken literally here.
    pub fn from_toml(raw: &str, start: usize) -> Self {
        let quote = raw.chars().next().unwrap_or('"');
        let triple: String = std::iter::repeat_n(quote, 3).collect();
        let multi = raw.len() >= 6 && raw.starts_with(&triple);
        let width = if multi { 3 } else { 1 };
        let mut from = width.min(raw.len());
        let to = raw.len().saturating_sub(width).max(from);
        if multi {
            let rest = raw.get(from..to).unwrap_or_default();
            from += if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
        }
        let body = raw.get(from..to.max(from)).unwrap_or_default();
        if quote == '\'' {
            return Notation::verbatim(body, start + from);
        }
        decode(body, start + from)
    }

    /// Where byte `at` of the decoded text begins in the source.
    fn start(&self, at: usize) -> usize {
        let after = self.pieces.partition_point(|p| p.decoded <= at);
        match after.checked_sub(1).and_then(|i| self.pieces.get(i)) {
            Some(piece) if piece.verbatim => piece.source + (at - piece.decoded),
            Some(piece) => piece.source,
            None => self.end,
        }
    }

    /// Where what ends before byte `at` of the decoded text ends in the source.
    fn end(&self, at: usize) -> usize {
        let after = self.pieces.partition_point(|p| p.decoded < at);
        match after.checked_sub(1).and_then(|i| self.pieces.get(i)) {
            Some(piece) if piece.verbatim => piece.source + (at - piece.decoded),
            Some(_) => self.pieces.get(after).map_or(self.end, |next| next.source),
            None => self.start(at),
        }
    }

    /// Every `{name}` in it, in order. Braces with anything else in them are no name.
    pub fn names(&self) -> Vec<Reference> {
        let mut names = Vec::new();
        let mut from = 0;
        while let Some(open) = self.text.get(from..).and_then(|rest| rest.find('{')).map(|i| from + i) {
            from = open + 1;
            let rest = self.text.get(from..).unwrap_or_default();
            if let Some(length) = rest.find(['{', '}', '\n']).filter(|i| rest[*i..].starts_with('}')) {
                let name = rest.get(..length).unwrap_or_default().trim();
                if is_name(name) {
                    names.push(Reference { name: name.to_string(), at: open..from + length + 1 });
                    from += length + 1;
                }
            }
        }
        names
    }

    /// The same with other text in the place of some of its stretches, which are in order and do not overlap.
    /// Whatever is said of that text is about the stretch that it stands for.
    pub fn with(&self, stretches: &[(Range<usize>, &str)]) -> Notation {
        let mut filled = Notation { text: String::new(), pieces: Vec::new(), end: self.end };
        let mut from = 0;
        for (stretch, text) in stretches {
            filled.copy(self, from..stretch.start);
            filled.push(text, self.start(stretch.start), false);
            from = stretch.end;
        }
        filled.copy(self, from..self.text.len());
        filled
    }

    /// Returns the notation in `range` of the decoded text.
    pub fn slice(&self, range: Range<usize>) -> Notation {
        let end = self.source(range.clone()).end;
        let mut part = Notation { text: String::new(), pieces: Vec::new(), end };
        part.copy(self, range);
        part
    }

    fn copy(&mut self, other: &Notation, range: Range<usize>) {
        let first = other.pieces.partition_point(|p| p.decoded <= range.start).saturating_sub(1);
        for (i, piece) in other.pieces.iter().enumerate().skip(first) {
            let end = other.pieces.get(i + 1).map_or(other.text.len(), |next| next.decoded);
            let (from, to) = (piece.decoded.max(range.start), end.min(range.end));
            if piece.decoded >= range.end {
                break;
            }
            let source = if piece.verbatim { piece.source + (from - piece.decoded) } else { piece.source };
            if from < to {
                self.push(other.text.get(from..to).unwrap_or_default(), source, piece.verbatim);
            }
        }
    }

    /// The bytes of the source that `span` of the decoded text was written in.
    pub fn source(&self, span: Range<usize>) -> Range<usize> {
        let start = self.start(span.start);
        start..self.end(span.end).max(start)
    }
}

impl Notation {
    /// Returns the bytes of the decoded text that were written in `span` of the source.
    pub fn decoded(&self, span: Range<usize>) -> Range<usize> {
        let byte = |source: usize| {
            let after = self.pieces.partition_point(|piece| piece.source <= source);
            let next = self.pieces.get(after).map_or(self.text.len(), |piece| piece.decoded);
            match after.checked_sub(1).and_then(|i| self.pieces.get(i)) {
                Some(piece) if piece.verbatim => (piece.decoded + (source - piece.source)).min(next),
                Some(piece) => piece.decoded,
                None => 0,
            }
        };
        let start = byte(span.start);
        start..byte(span.end).max(start)
    }
}

fn decode(body: &str, start: usize) -> Notation {
    let mut notation =
        Notation { text: String::with_capacity(body.len()), pieces: Vec::new(), end: start + body.len() };
    let mut at = 0;
    while at < body.len() {
        let rest = &body[at..];
        let plain = rest.find('\\').unwrap_or(rest.len());
        if plain > 0 {
            notation.push(&rest[..plain], start + at, true);
            at += plain;
            continue;
        }
        let (decoded, length) = escape(rest);
        match decoded {
            Some(c) => notation.push(c.encode_utf8(&mut [0; 4]), start + at, false),
            None => notation.push("", start + at, false),
        }
        at += length;
    }
    notation
}

impl Notation {
    fn push(&mut self, text: &str, source: usize, verbatim: bool) {
        self.pieces.push(SourcePiece { decoded: self.text.len(), source, verbatim });
        self.text.push_str(text);
    }
}

/// What the escape at the start of `text` stands for, and how long it is written.
fn escape(text: &str) -> (Option<char>, usize) {
    let mut characters = text.chars();
    characters.next();
    let simple = |c| (Some(c), 2);
    match characters.next() {
        Some('b') => simple('\u{8}'),
        Some('t') => simple('\t'),
        Some('n') => simple('\n'),
        Some('f') => simple('\u{c}'),
        Some('r') => simple('\r'),
        Some('e') => simple('\u{1b}'),
        Some(c @ ('"' | '\\')) => simple(c),
        Some('x') => numbered(text, 2),
        Some('u') => numbered(text, 4),
        Some('U') => numbered(text, 8),
        // A backslash at a line's end swallows the white space up to the next text.
        Some(c) if c.is_whitespace() => {
            let rest = &text[1..];
            (None, 1 + (rest.len() - rest.trim_start().len()))
        }
        _ => (Some('\\'), 1),
    }
}

fn numbered(text: &str, digits: usize) -> (Option<char>, usize) {
    let number = text.get(2..2 + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    match number.and_then(char::from_u32) {
        Some(c) => (Some(c), 2 + digits),
        None => (Some('\\'), 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source_of(raw: &str, decoded: &str) -> String {
        let notation = Notation::from_toml(raw, 100);
        let at = notation.text.find(decoded).expect("the decoded text holds it");
        let span = notation.source(at..at + decoded.len());
        raw[span.start - 100..span.end - 100].to_string()
    }

    #[test]
    fn spans_lead_back_through_escapes() {
        let raw = r#""30s \"squats\" \u00D7 5min hard""#;
        assert_eq!(source_of(raw, "squats"), "squats");
        assert_eq!(source_of(raw, "\"squats\""), r#"\"squats\""#);
        assert_eq!(source_of(raw, "×"), r"\u00D7");
        assert_eq!(source_of(raw, "hard"), "hard");
        assert_eq!(source_of(raw, "× 5min"), r"\u00D7 5min");
    }

    #[test]
    fn spans_lead_back_through_lines() {
        let raw = "\"\"\"\n5min easy, \\\n   8×60s hard\n\"\"\"";
        assert_eq!(Notation::from_toml(raw, 0).text, "5min easy, 8×60s hard\n");
        assert_eq!(source_of(raw, "8×60s"), "8×60s");
        assert_eq!(source_of("'''a\\n'''", "\\n"), "\\n");
        assert_eq!(source_of("'8×60s'", "60s"), "60s");
    }

    #[test]
    fn what_was_filled_in_leads_back_to_its_name() {
        let raw = "\"{ n }\\u00D760s {how}, {2} {x\"";
        let notation = Notation::from_toml(raw, 0);
        let names = notation.names();
        assert_eq!(names.iter().map(|n| n.name.as_str()).collect::<Vec<_>>(), ["n", "how"]);
        let filled = notation.with(&[(names[0].at.clone(), "8"), (names[1].at.clone(), "tempoo")]);
        assert_eq!(filled.text, "8×60s tempoo, {2} {x");
        let source = |text: &str| {
            let at = filled.text.find(text).unwrap();
            &raw[filled.source(at..at + text.len())]
        };
        assert_eq!(source("8"), "{ n }");
        assert_eq!(source("emp"), "{how}");
        assert_eq!(source("60s"), "60s");
        assert_eq!(source("×60s tempoo"), "\\u00D760s {how}");
        assert_eq!(source("{2} {x"), "{2} {x");
    }

    #[test]
    fn no_text_makes_it_panic() {
        for raw in ["", "\"", "\"\"\"", "\"\\", "\"\\u12\"", "\"\\ud800\"", "'", "''", "\"\"\"\"", "é"] {
            let notation = Notation::from_toml(raw, 7);
            let _ = notation.source(0..notation.text.len());
        }
    }
}
