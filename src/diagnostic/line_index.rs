//! Byte offsets of a text as lines and columns, and back.

use std::ops::Range;

/// A position in a text. Lines and columns count from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourcePlace {
    /// The line number.
    pub line: u32,
    /// The column, in characters.
    pub column: u32,
}

/// The distance in bytes between two character counts in a [`LineIndex`].
const STRIDE: usize = 256;

/// An index of a text's lines and characters, so that a lookup need not walk the text again.
pub struct LineIndex<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
    /// Characters before byte `i * STRIDE`.
    characters: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    /// Indexes the lines and characters of `text`.
    pub fn new(text: &'a str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let line_starts = std::iter::once(0).chain(newlines.map(|(i, _)| i + 1)).collect();
        let mut characters = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            characters.push(count);
            count += character_starts(chunk);
        }
        characters.push(count);
        LineIndex { text, line_starts, characters }
    }

    fn characters_before(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let stride = byte / STRIDE;
        let counted = self.characters.get(stride).copied().unwrap_or_default();
        counted + self.text.as_bytes().get(stride * STRIDE..byte).map_or(0, character_starts)
    }

    /// Returns the byte range of the line that contains `byte`, without its newline.
    pub fn line_of(&self, byte: usize) -> Range<usize> {
        let line = self.line_starts.partition_point(|s| *s <= byte);
        let start = line.checked_sub(1).and_then(|i| self.line_starts.get(i)).copied().unwrap_or(0);
        let end = self.line_starts.get(line).map_or(self.text.len(), |next| next - 1);
        start..end.max(start)
    }

    /// Returns the line and column of `byte`.
    pub fn place(&self, byte: usize) -> SourcePlace {
        let line = self.line_starts.partition_point(|s| *s <= byte);
        let column = self.length(&(self.line_of(byte).start..byte)) + 1;
        SourcePlace { line: u32::try_from(line).unwrap_or(u32::MAX), column }
    }

    /// Returns the byte range of `characters` characters from `place` on. A place outside the text gives an empty
    /// range at its end.
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

    /// Returns the number of characters in `span`.
    pub fn length(&self, span: &Range<usize>) -> u32 {
        let count = self.characters_before(span.end).saturating_sub(self.characters_before(span.start));
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

/// Counts the characters that begin in `bytes` of UTF-8.
fn character_starts(bytes: &[u8]) -> usize {
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
    fn columns_are_right_far_into_a_long_line() {
        let text = "×".repeat(5000);
        assert_eq!(LineIndex::new(&text).place(2 * 4321).column, 4322);
    }
}
