//! Text tables and paragraphs that fit a number of columns.

use super::paint::{TextLook, TextPainter};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The width at which a cut column can still be read.
const READABLE: usize = 20;
/// The columns between two cells.
const GAP: usize = 2;

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableCell {
    text: String,
    look: TextLook,
}

impl TableCell {
    /// A cell with a look of its own.
    pub fn new(text: impl Into<String>, look: TextLook) -> Self {
        TableCell { text: text.into(), look }
    }
}

impl From<String> for TableCell {
    fn from(text: String) -> Self {
        TableCell::new(text, TextLook::Plain)
    }
}

impl From<&str> for TableCell {
    fn from(text: &str) -> Self {
        TableCell::new(text, TextLook::Plain)
    }
}

/// A column that is cut where a table is too wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CutColumn {
    /// The column of the table.
    pub column: usize,
    /// The width that it keeps.
    pub least: usize,
}

/// The layout of a table with `N` columns.
#[derive(Clone, Copy, Debug)]
pub struct TableLayout<const N: usize> {
    /// The columns that are aligned to the right: numbers and times.
    pub right: [bool; N],
    /// The columns that are cut where the table is too wide, the first one first.
    pub flexible: &'static [CutColumn],
    /// The columns that are left out where the others do not fit, the first one first.
    pub optional: &'static [usize],
    /// The width of the terminal.
    pub columns: usize,
    /// The first row is a heading.
    pub has_heading: bool,
}

impl<const N: usize> TableLayout<N> {
    /// Returns the rows as lines. Columns that are empty in every row, apart from the heading, are left out.
    pub fn lines(&self, rows: &[[TableCell; N]], painter: &TextPainter) -> Vec<String> {
        let heading = usize::from(self.has_heading);
        let is_used = |column: usize| rows.iter().skip(heading).any(|row| !row[column].text.is_empty());
        let mut used: Vec<usize> = (0..N).filter(|column| is_used(*column)).collect();
        for optional in self.optional {
            if self.readable_width(rows, &used) > self.columns {
                used.retain(|column| column != optional);
            }
        }
        let widths = self.widths(rows, &used);
        let line = |(number, row): (usize, &[TableCell; N])| {
            let is_heading = self.has_heading && number == 0;
            let cells = used.iter().map(|&column| self.cell(row, column, widths[column]));
            // Blanks at the end of a row are left out, so the last cell is only padded from the left.
            let mut cells: Vec<PaddedCell<'_>> = cells.collect();
            while cells.last().is_some_and(|cell| cell.text.is_empty()) {
                cells.pop();
            }
            let last = cells.len().saturating_sub(1);
            let painted = cells.iter().enumerate().map(|(i, cell)| {
                let look = if is_heading { TextLook::Quiet } else { cell.look };
                let after = if i == last { 0 } else { cell.after + GAP };
                let text = painter.paint(&cell.text, look);
                format!("{}{text}{}", " ".repeat(cell.before), " ".repeat(after))
            });
            painted.collect()
        };
        rows.iter().enumerate().map(line).collect()
    }

    fn cell<'a>(&self, row: &'a [TableCell; N], column: usize, width: usize) -> PaddedCell<'a> {
        let TableCell { text, look } = &row[column];
        let text = shorten(text, width);
        let space = width.saturating_sub(text.width());
        let (before, after) = if self.right[column] { (space, 0) } else { (0, space) };
        PaddedCell { text, look: *look, before, after }
    }

    /// Returns the width of the table with its flexible columns cut as far as they can still be read.
    fn readable_width(&self, rows: &[[TableCell; N]], used: &[usize]) -> usize {
        let width = |column: &usize| {
            let widest = rows.iter().map(|row| row[*column].text.width()).max().unwrap_or(0);
            let cut = self.flexible.iter().find(|cut| cut.column == *column);
            cut.map_or(widest, |cut| widest.min(cut.least.max(READABLE)))
        };
        used.iter().map(width).sum::<usize>() + GAP * used.len().saturating_sub(1)
    }

    /// Returns the width of each column, with the flexible ones cut to fit the terminal.
    fn widths(&self, rows: &[[TableCell; N]], used: &[usize]) -> [usize; N] {
        let mut widths = [0; N];
        for &column in used {
            widths[column] = rows.iter().map(|row| row[column].text.width()).max().unwrap_or(0);
        }
        let gaps = GAP * used.len().saturating_sub(1);
        let mut excess = (widths.iter().sum::<usize>() + gaps).saturating_sub(self.columns);
        for &CutColumn { column, least } in self.flexible {
            let spare = widths[column].saturating_sub(least).min(excess);
            widths[column] -= spare;
            excess -= spare;
        }
        widths
    }
}

struct PaddedCell<'a> {
    text: std::borrow::Cow<'a, str>,
    look: TextLook,
    before: usize,
    after: usize,
}

/// Cuts a text to `columns`: after a word where one fits, and with `…` at its end.
pub fn shorten(text: &str, columns: usize) -> std::borrow::Cow<'_, str> {
    if text.width() <= columns {
        return text.into();
    }
    let mut used = 0;
    let end = text.char_indices().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used >= columns
    });
    let (end, next) = end.map_or((text.len(), ' '), |(at, c)| (at, c));
    let start = text.get(..end).unwrap_or_default();
    // The first word is cut if it is alone too long.
    let kept = if next == ' ' { start } else { start.rsplit_once(' ').map_or(start, |(words, _)| words) };
    format!("{}…", kept.trim_end_matches([' ', ',', ':', '×', '('])).into()
}

/// Breaks a text at its spaces into lines of at most `columns`. Every line but the first begins with `indent`. A word that
/// is too long has a line of its own.
pub fn wrap(text: &str, columns: usize, indent: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) => lines.push(format!("{indent}{word}")),
            None => lines.push(word.to_string()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAYOUT: TableLayout<3> = TableLayout {
        right: [true, false, false],
        flexible: &[CutColumn { column: 2, least: 8 }],
        optional: &[],
        columns: 25,
        has_heading: false,
    };

    fn lines(layout: &TableLayout<3>, rows: &[[&str; 3]]) -> Vec<String> {
        let rows: Vec<[TableCell; 3]> = rows.iter().map(|row| row.map(TableCell::from)).collect();
        layout.lines(&rows, &TextPainter::PLAIN)
    }

    #[test]
    fn cuts_the_free_text_at_a_word() {
        let shown =
            lines(&LAYOUT, &[["1", "a", "hard on the hill"], ["10", "bcd", "easy after the last one"]]);
        assert_eq!(shown, [" 1  a    hard on the hill", "10  bcd  easy after the…"].map(|l| l.to_string()));
        assert_eq!(shorten("mile-repeats", 6), "mile-…");
        assert_eq!(shorten("8 × 60 s hard", 9), "8 × 60 s…");
    }

    #[test]
    fn leaves_out_empty_columns_and_blanks_at_the_end() {
        let layout = TableLayout { has_heading: true, ..LAYOUT };
        assert_eq!(
            lines(&layout, &[["n", "zone", "what"], ["1", "", "x"], ["2", "", ""]]),
            ["n  what", "1  x", "2"]
        );
    }

    #[test]
    fn leaves_out_an_optional_column_before_the_others_are_cut_short() {
        let rows = [["1", "12.5 km/h", "hard, incline 6%"]];
        let layout = TableLayout { optional: &[1], ..LAYOUT };
        assert_eq!(lines(&TableLayout { columns: 30, ..layout }, &rows), ["1  12.5 km/h  hard, incline 6%"]);
        assert_eq!(lines(&layout, &rows), ["1  hard, incline 6%"]);
    }

    #[test]
    fn wraps_at_words() {
        assert_eq!(wrap("one two three four", 9, "  "), ["one two", "  three", "  four"]);
        assert_eq!(wrap("unbreakable x", 4, ""), ["unbreakable", "x"]);
        assert!(wrap("", 4, "").is_empty());
    }
}
