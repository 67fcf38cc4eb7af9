//! A list of answers on the screen: a scale from 0 to 10 with a word and a coloured bar for each number, and the marked
//! one large beside it. A low window has the numbers in a row instead.

use super::rating::{Rating, RatingDetail, RatingRow};
use crate::athlete::Zone;
use crate::keymap::{Action, KeyContext};
use crate::tui::theme::{Signs, Theme};
use crate::tui::widgets::large_text::number;
use crate::tui::widgets::scroll::Viewport;
use crate::tui::widgets::text::{Side, after, beside, bottom, inset, middle, put, top, width, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The least width at which the marked answer stands large beside the list.
const SIDE_BY_SIDE: u16 = 56;
/// The columns of a row before its words: the mark and the number.
const NUMBER: u16 = 8;
/// The least columns of the bars.
const LEAST_BAR: u16 = 20;
/// The most rows from one answer to the next.
const MOST_ROWS: u16 = 3;
/// The most rows of the marked number with its words.
const MOST_DETAIL: u16 = 14;
/// The columns of a number in the scale of a low window.
const CELL: u16 = 3;
/// The numbers of the scale.
const NUMBERS: u16 = 11;

/// The rows that a list needs at the least, in a column of the page.
pub fn least_rows(rating: &Rating, area: Rect) -> u16 {
    let rows = rating.row_count() as u16;
    let fits = rows + 2 <= area.height;
    if fits || !rating.is_effort() { rows.min(area.height.saturating_sub(1)) } else { area.height / 2 }
}

/// Draws the answers, and beside them the marked one if it can be larger there.
pub fn draw(buf: &mut Buffer, area: Rect, rating: &Rating, theme: Theme) {
    let rows = rating.rows(theme.keymap());
    let fits = rows.len() <= usize::from(area.height);
    if !fits && rating.is_effort() && area.width >= NUMBERS * CELL {
        return draw_in_a_row(buf, area, rating, theme);
    }
    let mut list = area;
    if area.width >= SIDE_BY_SIDE && !rating.is_short() {
        let detail = beside(&mut list, area.width / 4);
        draw_detail(buf, inset(detail, 1), rating.detail(), theme);
        beside(&mut list, 2);
    }
    draw_list(buf, list, rating, &rows, theme);
}

fn draw_list(buf: &mut Buffer, mut list: Rect, rating: &Rating, rows: &[RatingRow], theme: Theme) {
    let marked = rating.marked_row();
    let each = (list.height / (rows.len() as u16).max(1)).clamp(1, MOST_ROWS);
    let words = list.width.saturating_sub(NUMBER + 2 + LEAST_BAR.min(list.width / 4));
    let widest = rows.iter().map(|row| width(&words_within(row, words))).max().unwrap_or(0);
    let columns = if rating.is_short() { list.width } else { (NUMBER + widest + 2).min(list.width) };
    let view = Viewport { rows: rows.len(), shown: usize::from(list.height).max(1) };
    let visible = view.around(marked.unwrap_or(0));
    for i in visible.clone() {
        let Some(row) = rows.get(i) else { continue };
        let is_marked = marked == Some(i);
        let style = if is_marked { theme.loud() } else { Style::new() };
        let line = top(&mut list, each);
        let line = Rect { height: line.height.min(1), ..line };
        let text = Rect { width: columns, ..line };
        buf.set_style(text.intersection(buf.area), style);
        let sign = if is_marked { '›' } else { ' ' };
        let indent = if row.whole_digits > 1 { "" } else { " " };
        let key = format!("{sign} {indent}{}", row.key);
        put(buf, text, &key, Side::Left, style);
        put(
            buf,
            after(text, NUMBER),
            &words_within(row, text.width.saturating_sub(NUMBER)),
            Side::Left,
            style,
        );
        // Arrows at the edges show that there is more.
        if i == visible.start && i > 0 {
            put(buf, text, "▲", Side::Right, style);
        } else if i + 1 == visible.end && i + 1 < rows.len() {
            put(buf, text, "▼", Side::Right, style);
        }
        if let Some(value) = row.value {
            let reached = rating.marked_value().is_some_and(|marked| value <= marked);
            draw_bar(buf, after(line, columns + 1), Level { value, reached }, theme);
        }
    }
}

/// A number of the scale, and whether the marked number reaches it.
#[derive(Clone, Copy)]
struct Level {
    value: f64,
    reached: bool,
}

impl Level {
    /// The zone whose colour the number has.
    fn zone(self) -> Option<Zone> {
        Zone::new(match self.value {
            v if v < 1.0 => 0,
            v if v < 2.0 => 1,
            v if v < 4.0 => 2,
            v if v < 6.0 => 3,
            v if v < 8.0 => 4,
            _ => 5,
        })
    }
}

/// Draws a bar as long as the number is high: bright up to the marked number, dim above it.
fn draw_bar(buf: &mut Buffer, area: Rect, level: Level, theme: Theme) {
    let share = level.value / 10.0;
    let columns = ((share * f64::from(area.width)).round() as u16).clamp(1, area.width.max(1));
    let style = if level.reached { theme.bar(level.zone()) } else { theme.bar_played(level.zone()) };
    // In ASCII a block fills its cell, and the bars would touch.
    let block = match theme.signs() {
        Signs::All => "▆",
        Signs::Halves => "▄",
        Signs::Ascii => "=",
    };
    put(buf, area, &block.repeat(usize::from(columns.min(area.width))), Side::Left, style);
}

/// The words of an answer, without the parts after a comma that do not fit `columns`.
fn words_within(row: &RatingRow, columns: u16) -> String {
    let shorter =
        std::iter::successors(Some(row.words), |words| words.rsplit_once(',').map(|(before, _)| before));
    shorter.into_iter().find(|words| width(words) <= columns).unwrap_or(row.words).to_string()
}

/// Draws the numbers from 0 to 10 side by side in the colours of their efforts, and the marked one large below.
fn draw_in_a_row(buf: &mut Buffer, area: Rect, rating: &Rating, theme: Theme) {
    let mut rest = area;
    let rows = if area.height >= 8 { 3 } else { 1 };
    let scale = top(&mut rest, rows);
    let each = scale.width / NUMBERS;
    for n in 0..NUMBERS {
        let cell = Rect { x: scale.x + n * each, width: each.saturating_sub(1), ..scale };
        let level = Level { value: f64::from(n), reached: true };
        let is_marked = rating.marked_row() == Some(usize::from(n));
        let style = if is_marked { theme.loud() } else { theme.field(level.zone()) };
        buf.set_style(cell.intersection(buf.area), style);
        let middle = Rect { y: cell.y + rows / 2, height: 1, ..cell };
        put(buf, middle, &n.to_string(), Side::Middle, style);
        if is_marked && rows > 1 {
            put(buf, cell, "▼", Side::Middle, style);
        }
    }
    let gap = u16::from(rest.height > 5);
    top(&mut rest, gap);
    draw_detail_beside(buf, rest, rating.detail(), theme);
}

/// Draws the marked number large with its words on the right, or how to mark one.
fn draw_detail_beside(buf: &mut Buffer, area: Rect, detail: Option<RatingDetail>, theme: Theme) {
    let Some(detail) = detail else { return draw_how_to(buf, area, theme) };
    let mut words = area;
    if let Some(text) = detail.number
        && area.height >= 3
    {
        let digits = Rect { width: area.width / 2, ..area };
        number(buf, digits, &text, theme.strong());
        words = after(area, digits.width + 1);
    }
    let lines = wrap(detail.words, words.width, words.height);
    let mut at = middle(words, words.width, lines.len() as u16);
    for line in &lines {
        put(buf, top(&mut at, 1), line, Side::Left, theme.strong());
    }
}

/// Draws the marked number large with its words below it, or how to mark one.
fn draw_detail(buf: &mut Buffer, area: Rect, detail: Option<RatingDetail>, theme: Theme) {
    let Some(detail) = detail else { return draw_how_to(buf, area, theme) };
    // The list shows words large enough.
    let Some(text) = detail.number else { return };
    let lines = wrap(detail.words, area.width, area.height.min(4));
    let mut rest = Rect { height: area.height.min(MOST_DETAIL), ..area };
    let mut below = bottom(&mut rest, lines.len() as u16);
    for line in &lines {
        put(buf, top(&mut below, 1), line, Side::Middle, theme.strong());
    }
    bottom(&mut rest, 1);
    number(buf, rest, &text, theme.strong());
}

fn draw_how_to(buf: &mut Buffer, area: Rect, theme: Theme) {
    let [previous, next] =
        [Action::Previous, Action::Next].map(|action| theme.keymap().label(KeyContext::Rating, action));
    let mut rest = area;
    for line in ["type 0–10".to_string(), format!("or use {previous} {next}")] {
        put(buf, top(&mut rest, 1), &line, Side::Left, theme.quiet());
    }
}
