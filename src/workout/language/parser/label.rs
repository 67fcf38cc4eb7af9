//! Labels: `Label:` or `"Label":` before an item.

use super::Parser;
use crate::text::cut;
use crate::workout::bounds::LONGEST_LABEL;
use crate::workout::language::instruction_label::is_instruction;
use crate::workout::language::lexer::Tok;
use crate::workout::language::messages::item::ItemProblem;
use crate::workout::language::messages::phrase::PhraseProblem;

impl Parser<'_> {
    /// Parses a label, if one stands here.
    pub(crate) fn label(&mut self) -> Option<String> {
        let first = self.peek();
        let (text, end) = match &first.tok {
            Tok::Quote(inner) => {
                let colon = self.after(&first);
                if colon.tok != Tok::Colon {
                    return None;
                }
                (self.slice(inner.start, inner.end), colon.end)
            }
            Tok::Word => {
                let colon = self.bare_label(first.start)?;
                (self.slice(first.start, colon), colon + 1)
            }
            _ => return None,
        };
        self.at = end;
        let text = text.trim();
        if first.tok == Tok::Word && is_instruction(text, self.lexer.rest(end)) {
            self.fail(first.start..end - 1, PhraseProblem::InstructionAsLabel { written: text.to_string() });
        }
        if is_count(text) {
            self.fail(first.start..end - 1, PhraseProblem::CountAsLabel { written: text.to_string() });
        }
        if text.chars().nth(LONGEST_LABEL).is_some() {
            self.fail(first.start..end - 1, ItemProblem::LabelTooLong);
        }
        Some(cut(text, LONGEST_LABEL))
    }

    /// Finds the colon of a bare label that begins at `start`. A colon between digits belongs to a time.
    fn bare_label(&self, start: usize) -> Option<usize> {
        let rest = self.lexer.rest(start);
        let mut before = ' ';
        // A label much beyond its bound is no label: a long text without a colon is not searched to its end.
        let mut characters = rest.char_indices().take(4 * LONGEST_LABEL).peekable();
        while let Some((i, c)) = characters.next() {
            match c {
                ',' | '/' | '(' | ')' | '|' | '\n' => return None,
                ':' => {
                    let after = characters.peek().map_or(' ', |(_, c)| *c);
                    if !(before.is_ascii_digit() && after.is_ascii_digit()) {
                        return Some(start + i);
                    }
                }
                _ => {}
            }
            before = c;
        }
        None
    }
}

/// True for `Repeat 6 times`, `repeat 6x`, `repeat x6`, `x6` and `every minute`: a count that is written like a label.
fn is_count(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    if first.eq_ignore_ascii_case("every") || is_times(first) {
        return true;
    }
    first.eq_ignore_ascii_case("repeat")
        && words.next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()) || is_times(word))
}

/// True for `x6`.
fn is_times(word: &str) -> bool {
    word.strip_prefix(['x', 'X', '×']).is_some_and(|count| count.starts_with(|c: char| c.is_ascii_digit()))
}
