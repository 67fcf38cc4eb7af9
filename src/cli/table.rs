//! Text tables.

use unicode_width::UnicodeWidthStr;

/// Pads every column to its widest cell. Columns marked in `right` are aligned to the right.
pub fn aligned<const N: usize>(rows: &[[String; N]], right: &[bool; N]) -> Vec<String> {
    let width = |column: usize| rows.iter().map(|r| r[column].width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(&widths).zip(right).map(|((cell, width), right)| {
            let space = " ".repeat(width - cell.width());
            if *right { format!("{space}{cell}") } else { format!("{cell}{space}") }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_string()
    };
    rows.iter().map(line).collect()
}
