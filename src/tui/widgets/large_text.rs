//! Type as large as the room allows: digits, else letters, else the terminal's own in bold.

use super::text::{self, Side, middle, put, top};
use super::{digits, letters};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Writes a text as large as the area allows, in the middle of it, and returns where.
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

/// Writes a text in the largest letters that fit the area, else in ordinary bold ones, and returns where.
pub fn large(buf: &mut Buffer, area: Rect, text: &str, side: Side, style: Style) -> Rect {
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
        Some((scale, _)) => letters::draw(buf, at, text, scale, style),
        None => drop(put(buf, at, text, side, style.add_modifier(Modifier::BOLD))),
    }
    at
}

/// Writes lines one below the other: large where each has the rows for it, else in bold from the top.
pub fn stack(buf: &mut Buffer, area: Rect, lines: &[String], side: Side, style: Style) {
    let mut rest = area;
    let each = area.height / (lines.len() as u16).max(1);
    let fits = |line: &String| letters::largest(line, area.width, each).is_some();
    let rows = if each >= 3 && lines.iter().all(fits) { 3 } else { 1 };
    for line in lines {
        large(buf, top(&mut rest, rows), line, side, style);
    }
}

/// Writes lines one below the other in the middle of an area. Where there is not room for all of them in large
/// letters, those of the lowest rank come first, and what finds no room at all is left out in the same order.
pub fn ranked(buf: &mut Buffer, area: Rect, lines: &[(u8, String)], style: Style) {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|i| lines.get(*i).map(|(rank, _)| *rank));
    let mut rows = vec![0; lines.len()];
    let mut left = area.height;
    for least in [1, 3, 6] {
        for i in &order {
            let (Some(row), Some((_, text))) = (rows.get_mut(*i), lines.get(*i)) else { continue };
            let fits =
                least == 1 || letters::largest(text, area.width, least).is_some_and(|s| s * 3 == least);
            if fits && left + *row >= least {
                left = left + *row - least;
                *row = least;
            }
        }
    }
    // Letters that are large have a blank above them; small ones below them need one.
    let below = |i: usize| (rows.get(i) > Some(&1) && rows.get(i + 1) == Some(&1)) as u16;
    let gaps: Vec<u16> = (0..lines.len()).map(below).collect();
    let gap = u16::from(gaps.iter().sum::<u16>() <= left);
    let spare = left.saturating_sub(gap * gaps.iter().sum::<u16>());
    let mut rest = middle(area, area.width, area.height - spare);
    for (((_, text), rows), below) in lines.iter().zip(rows).zip(gaps) {
        if rows > 0 {
            large(buf, top(&mut rest, rows), text, Side::Middle, style);
            top(&mut rest, below * gap);
        }
    }
}
/// A text broken at its spaces into lines that are no wider than so many columns in large letters; nothing where a
/// letter is missing or a word too long.
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
