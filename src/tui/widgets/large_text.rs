//! Text as large as the area allows: big digits, else large letters, else the terminal's own in bold.

use super::text::{self, Side, middle, put, top};
use super::{digits, letters};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Writes a number as large as the area allows, in its middle, and returns the cells it took.
pub fn number(buf: &mut Buffer, area: Rect, text: &str, style: Style) -> Rect {
    if let Some(scale) = digits::largest(text, area.width, area.height) {
        let (width, height) = digits::size(text, scale);
        let at = middle(area, width, height);
        digits::draw(buf, at, text, scale, style);
        return at;
    }
    let at = middle(area, area.width, area.height.min(3));
    large(buf, at, text, Side::Middle, style)
}

/// Writes a text in the largest letters that fit the area, else in bold, and returns the cells it took.
pub fn large(buf: &mut Buffer, area: Rect, text: &str, side: Side, style: Style) -> Rect {
    write(buf, LargePlace { area, side, is_raised: false }, text, style)
}

/// Writes a text as [`large`] does, but the smallest letters keep clear of the row below instead of the one above.
pub fn raised(buf: &mut Buffer, area: Rect, text: &str, side: Side, style: Style) -> Rect {
    write(buf, LargePlace { area, side, is_raised: true }, text, style)
}

/// The place of a large text.
struct LargePlace {
    area: Rect,
    side: Side,
    is_raised: bool,
}

fn write(buf: &mut Buffer, place: LargePlace, text: &str, style: Style) -> Rect {
    let LargePlace { area, side, is_raised } = place;
    let size = letters::largest(text, area.width, area.height)
        .and_then(|scale| letters::size(text, scale).map(|size| (scale, size)));
    let (width, height) = size.map_or((text::width(text).min(area.width), 1), |(_, size)| size);
    let mut at = middle(area, width, height);
    match side {
        Side::Left => at.x = area.x,
        Side::Middle => {}
        Side::Right => at.x = area.right().saturating_sub(width),
    }
    match size {
        Some((scale, _)) => {
            // The letters have an empty row of pixels above them, so an odd row of cells goes below.
            at.y = area.y + area.height.saturating_sub(height) / 2;
            let draw = if is_raised { letters::draw_raised } else { letters::draw };
            draw(buf, at, text, scale, style);
        }
        None => drop(put(buf, at, text, side, style.add_modifier(Modifier::BOLD))),
    }
    at
}

/// Writes lines one below the other from the top: all large if each fits, else all in bold.
pub fn stack(buf: &mut Buffer, area: Rect, lines: &[String], side: Side, style: Style) {
    let mut rest = area;
    let each = area.height / (lines.len() as u16).max(1);
    let fits = |line: &String| letters::largest(line, area.width, each).is_some();
    let rows = if each >= 3 && lines.iter().all(fits) { 3 } else { 1 };
    for line in lines {
        large(buf, top(&mut rest, rows), line, side, style);
    }
}

/// The most free rows above ranked lines.
const MOST_ABOVE: u16 = 1;

/// A line of a text whose lines matter more or less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankedLine {
    /// The lowest rank matters most.
    pub rank: u8,
    /// The text.
    pub text: String,
}

impl RankedLine {
    /// A line of a rank.
    pub fn new(rank: u8, text: impl Into<String>) -> Self {
        RankedLine { rank, text: text.into() }
    }
}

/// Writes lines one below the other, near the top of an area. If they cannot all be large, the lowest ranks are made
/// large first; if they do not all fit, the highest ranks are left out. A row stays free between a large line and a small
/// one below it.
pub fn ranked(buf: &mut Buffer, area: Rect, lines: &[RankedLine], style: Style) {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|i| lines.get(*i).map(|line| line.rank));
    let mut rows = vec![0; lines.len()];
    for least in [1, 3, 6] {
        for i in &order {
            let Some(line) = lines.get(*i) else { continue };
            let fits =
                least == 1 || letters::largest(&line.text, area.width, least).is_some_and(|s| s * 3 == least);
            let mut larger = rows.clone();
            if let Some(row) = larger.get_mut(*i).filter(|_| fits) {
                *row = least;
            }
            if larger.iter().sum::<u16>() + gaps(&larger).iter().sum::<u16>() <= area.height {
                rows = larger;
            }
        }
    }
    let gaps = gaps(&rows);
    let spare = area.height - rows.iter().sum::<u16>() - gaps.iter().sum::<u16>();
    let mut rest = area;
    top(&mut rest, spare.div_ceil(2).min(MOST_ABOVE));
    for ((line, rows), below) in lines.iter().zip(rows).zip(gaps) {
        if rows > 0 {
            large(buf, top(&mut rest, rows), &line.text, Side::Middle, style);
            top(&mut rest, below);
        }
    }
}

/// Returns the free rows below each line: one where a small line follows a large one.
fn gaps(rows: &[u16]) -> Vec<u16> {
    let next = |i: usize| rows.iter().skip(i + 1).find(|rows| **rows > 0);
    rows.iter().enumerate().map(|(i, rows)| u16::from(*rows > 1 && next(i) == Some(&1))).collect()
}

/// Breaks a text at its spaces into lines that fit `columns` in large letters; `None` if a letter has no bitmap or a
/// word is too long.
pub fn broken(text: &str, columns: u16) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match longer.filter(|l| letters::largest(l, columns, 3).is_some()) {
            Some(longer) => _ = lines.pop().map(|_| lines.push(longer)),
            None if letters::largest(word, columns, 3).is_some() => lines.push(word.to_string()),
            None => return None,
        }
    }
    Some(lines)
}
