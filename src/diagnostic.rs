//! Problems found in a text, as data: where, what is wrong, and what to write instead.
//!
//! Nothing here prints; one place in the command line renders them. It lies below `workout` because the
//! athlete's profile reports its problems in the same way.

use std::ops::Range;

/// A text with the name it is reported under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// What to call it: a path, or `workout` for what was typed on the command line.
    pub name: String,
    /// The text.
    pub text: String,
}

impl SourceText {
    /// `text`, reported as `name`.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        SourceText { name: name.into(), text: text.into() }
    }
}

/// Whether it stops the workout from running.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// Nothing runs until it is put right.
    Error,
    /// It runs, but probably not as meant.
    Warning,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// The bytes of the source that it is about.
    pub span: Range<usize>,
    /// What is wrong, in one line.
    pub message: String,
    /// What to say under the underlined text.
    pub label: String,
    /// What to write or do instead.
    pub help: Option<String>,
    /// The correction, where only one is possible.
    pub fix: Option<Box<SuggestedFix>>,
}

/// A correction that is certain: what to write in the place of some bytes of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestedFix {
    /// The bytes to replace; an empty range inserts.
    pub span: Range<usize>,
    /// What to write there, as it stands in the source.
    pub replacement: String,
}

impl Diagnostic {
    /// An error about `span`.
    pub fn error(span: Range<usize>, message: impl Into<String>, label: impl Into<String>) -> Self {
        Diagnostic {
            severity: Severity::Error,
            span,
            message: message.into(),
            label: label.into(),
            help: None,
            fix: None,
        }
    }

    /// A warning about `span`.
    pub fn warning(span: Range<usize>, message: impl Into<String>, label: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(span, message, label) }
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with its one possible correction.
    #[must_use]
    pub fn with_fix(mut self, span: Range<usize>, replacement: impl Into<String>) -> Self {
        self.fix = Some(Box::new(SuggestedFix { span, replacement: replacement.into() }));
        self
    }
}

/// `text` with every fix of `problems` applied; everything else stays byte for byte.
///
/// Of two fixes that touch the same bytes the first is applied; the other is found again when it is checked anew.
pub fn apply_fixes(text: &str, problems: &[Diagnostic]) -> String {
    let mut fixes: Vec<&SuggestedFix> =
        problems.iter().filter_map(|problem| problem.fix.as_deref()).collect();
    fixes.sort_by_key(|fix| (fix.span.start, fix.span.end));
    let mut mended = String::with_capacity(text.len());
    let mut done = 0;
    let mut last = None;
    for fix in fixes {
        let (Some(before), Some(_)) = (text.get(done..fix.span.start), text.get(fix.span.clone())) else {
            continue;
        };
        if last == Some(fix) {
            continue;
        }
        mended.push_str(before);
        mended.push_str(&fix.replacement);
        done = fix.span.end;
        last = Some(fix);
    }
    mended.push_str(text.get(done..).unwrap_or_default());
    mended
}

/// A place in a text. Both count from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourcePlace {
    /// The line.
    pub line: u32,
    /// The character in the line.
    pub column: u32,
}

/// How many bytes lie between two counts of characters in a [`LineIndex`].
const STRIDE: usize = 256;

/// Lines and columns of a text, found without walking the text again for each question.
pub struct LineIndex<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
    /// Characters before byte `i * STRIDE`.
    characters: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    /// Counts the lines and characters of `text`.
    pub fn new(text: &'a str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let line_starts = std::iter::once(0).chain(newlines.map(|(i, _)| i + 1)).collect();
        let mut characters = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            characters.push(count);
            count += starts(chunk);
        }
        characters.push(count);
        LineIndex { text, line_starts, characters }
    }

    fn characters_before(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let whole = byte / STRIDE;
        let counted = self.characters.get(whole).copied().unwrap_or_default();
        counted + self.text.as_bytes().get(whole * STRIDE..byte).map_or(0, starts)
    }

    /// The bytes of the line that holds `byte`, without its newline.
    pub fn line_of(&self, byte: usize) -> Range<usize> {
        let line = self.line_starts.partition_point(|s| *s <= byte);
        let start = line.checked_sub(1).and_then(|i| self.line_starts.get(i)).copied().unwrap_or(0);
        let end = self.line_starts.get(line).map_or(self.text.len(), |next| next - 1);
        start..end.max(start)
    }

    /// Line and column of `byte`.
    pub fn place(&self, byte: usize) -> SourcePlace {
        let line = self.line_starts.partition_point(|s| *s <= byte);
        let column = self.length(&(self.line_of(byte).start..byte)) + 1;
        SourcePlace { line: u32::try_from(line).unwrap_or(u32::MAX), column }
    }

    /// The bytes of `characters` from `place` on; empty, at the text's end, for a place that is not in it.
    pub fn span(&self, place: SourcePlace, characters: u32) -> Range<usize> {
        let line = usize::try_from(place.line).ok().and_then(|line| line.checked_sub(1));
        let start = line.and_then(|line| self.line_starts.get(line)).copied().unwrap_or(self.text.len());
        let rest = self.text.get(start..).unwrap_or_default();
        let byte = |at: u32| {
            let nth = usize::try_from(at).unwrap_or(usize::MAX);
            rest.char_indices().nth(nth).map_or(self.text.len(), |(byte, _)| start + byte)
        };
        let before = place.column.saturating_sub(1);
        byte(before)..byte(before.saturating_add(characters))
    }

    /// How many characters `span` holds.
    pub fn length(&self, span: &Range<usize>) -> u32 {
        let count = self.characters_before(span.end).saturating_sub(self.characters_before(span.start));
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

/// How many characters begin in `bytes` of UTF-8.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "name = \"é\"\n8×60s hard";
        let index = LineIndex::new(text);
        let hard = text.find("hard").unwrap();
        assert_eq!(index.place(hard), SourcePlace { line: 2, column: 7 });
        assert_eq!(index.length(&(hard - 7..text.len())), 10);
        assert_eq!(index.place(0), SourcePlace { line: 1, column: 1 });
        assert_eq!(index.span(SourcePlace { line: 2, column: 7 }, 4), hard..hard + 4);
        assert_eq!(index.span(SourcePlace { line: 2, column: 2 }, 1), text.find('×').unwrap()..hard - 4);
        assert_eq!(index.span(SourcePlace { line: 9, column: 1 }, 3), text.len()..text.len());
    }

    #[test]
    fn fixes_change_nothing_but_their_own_bytes() {
        let wrong = |span: Range<usize>| Diagnostic::error(span, "wrong", "here");
        let text = "a = \"1,5km esy,\"  # é\r\n";
        let problems = [
            wrong(14..15).with_fix(14..15, ""),
            wrong(5..8).with_fix(5..8, "1.5"),
            wrong(11..14).with_help("either of two"),
            wrong(5..10).with_fix(6..9, "overlaps"),
            wrong(21..22).with_fix(21..22, "cuts a character in two"),
        ];
        assert_eq!(apply_fixes(text, &problems), "a = \"1.5km esy\"  # é\r\n");
    }

    #[test]
    fn columns_are_right_far_into_a_long_line() {
        let text = "×".repeat(5000);
        assert_eq!(LineIndex::new(&text).place(2 * 4321).column, 4322);
    }
}
