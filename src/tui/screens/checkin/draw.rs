//! The check-in on the screen: the answers, the sentence about them, and the choices.

use super::{ANSWERS, CHOICES, CheckinPage, CheckinRow};
use crate::display::checkin::{self as words, SCALES, STOP_LIST};
use crate::keymap::KeyContext;
use crate::text::clean;
use crate::tui::theme::Theme;
use crate::tui::widgets::desk::{self, DeskLayout};
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::message;
use crate::tui::widgets::scroll::Viewport;
use crate::tui::widgets::text::{Side, after, bottom, put, top, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// From this height on, the parts stand apart.
const ROOMY: u16 = 20;
/// The columns before a row.
const INDENT: u16 = 2;
/// The columns of a number without its word.
const NUMBER: u16 = 3;
/// The columns of a yes or a no where numbers have no words.
const SHORT_WORD: u16 = 7;

/// A line of the page.
enum CheckinLine {
    Blank,
    /// A row that the cursor can be on.
    Row(usize),
    Quiet(String),
    Strong(String),
}

/// The columns of the answers: a name, and a cell for each number.
#[derive(Clone, Copy)]
struct AnswerColumns {
    name: u16,
    cell: u16,
}

impl AnswerColumns {
    fn of(columns: u16) -> AnswerColumns {
        match columns {
            72.. => AnswerColumns { name: 20, cell: 10 },
            58.. => AnswerColumns { name: 11, cell: 9 },
            _ => AnswerColumns { name: columns.saturating_sub(INDENT + 5 * NUMBER).min(11), cell: NUMBER },
        }
    }

    fn has_words(self) -> bool {
        self.cell > NUMBER
    }
}

/// An answer among others in its row.
struct AnswerCell {
    text: String,
    is_given: bool,
}

/// Draws the page.
pub(super) fn draw(page: &CheckinPage, buf: &mut Buffer) {
    let theme = page.theme;
    let mut rest = buf.area;
    let foot = desk::take_foot(&mut rest);
    put(buf, foot, &hints(theme.keymap(), KeyContext::Checkin, foot.width), Side::Left, theme.quiet());
    let most = 2.min(rest.height / 3);
    let mut column = desk::column(rest);
    let taken = message::draw(buf, &mut column, page.message.as_deref(), most, theme);
    bottom(&mut rest, taken);
    let lines = lines(page, column.width, buf.area.height);
    let layout = DeskLayout::of(rest, u16::try_from(lines.len()).unwrap_or(u16::MAX), 0);
    layout.draw_title(buf, "How are you?", &page.form.on.format("%a %-d %B").to_string(), theme);
    let mut body = layout.body;
    let is_current = |line: &CheckinLine| matches!(line, CheckinLine::Row(i) if *i == page.cursor.index());
    let current = lines.iter().position(is_current).unwrap_or(0);
    let view = Viewport { rows: lines.len(), shown: usize::from(body.height) };
    let drawing = CheckinDrawing { page, theme, columns: AnswerColumns::of(body.width) };
    for line in lines.get(view.around(current)).unwrap_or_default() {
        let row = top(&mut body, 1);
        match line {
            CheckinLine::Blank => {}
            CheckinLine::Quiet(text) => drop(put(buf, after(row, INDENT), text, Side::Left, theme.quiet())),
            CheckinLine::Strong(text) => drop(put(buf, after(row, INDENT), text, Side::Left, theme.strong())),
            CheckinLine::Row(index) => drawing.draw_row(buf, row, *index),
        }
    }
}

fn lines(page: &CheckinPage, columns: u16, height: u16) -> Vec<CheckinLine> {
    let room = columns.saturating_sub(INDENT);
    let gap = || (height >= ROOMY).then_some(CheckinLine::Blank);
    let mut lines = vec![CheckinLine::Row(0)];
    lines.extend(wrap(STOP_LIST, room, 3).into_iter().map(CheckinLine::Quiet));
    lines.extend(gap());
    lines.extend((1..ANSWERS).map(CheckinLine::Row));
    lines.extend(gap());
    if let Some((checkin, verdict)) = page.verdict() {
        let sentence = words::sentence(&checkin, &verdict);
        lines.extend(wrap(&sentence, room, 5).into_iter().map(CheckinLine::Strong));
        lines.extend(gap());
    }
    lines.extend((ANSWERS..ANSWERS + CHOICES.len()).map(CheckinLine::Row));
    lines
}

struct CheckinDrawing<'a> {
    page: &'a CheckinPage,
    theme: Theme,
    columns: AnswerColumns,
}

impl CheckinDrawing<'_> {
    fn draw_row(&self, buf: &mut Buffer, row: Rect, index: usize) {
        let page = self.page;
        let is_current = page.cursor.index() == index;
        let wide = self.columns.name >= 20;
        let name = match CheckinRow::at(index) {
            CheckinRow::Stop if wide => "Any of these?",
            CheckinRow::Stop => "Any?",
            CheckinRow::Scale(scale) => SCALES.get(scale).map_or("", |scale| scale.name),
            CheckinRow::Heart if wide => "Resting heart rate",
            CheckinRow::Heart => "Heart rate",
            CheckinRow::Choice(choice) => return self.draw_choice(buf, row, choice),
        };
        let area = Rect { width: (INDENT + self.columns.name).saturating_sub(1).min(row.width), ..row };
        self.draw_sign(buf, area, is_current, name);
        let answer = after(row, INDENT + self.columns.name);
        match CheckinRow::at(index) {
            CheckinRow::Stop => {
                let cell = |text: &str, is_given| AnswerCell { text: text.to_string(), is_given };
                let cells = [cell("none", !page.must_stop), cell("yes", page.must_stop)];
                self.draw_cells(buf, answer, &cells, self.columns.cell.max(SHORT_WORD));
            }
            CheckinRow::Scale(scale) => self.draw_scale(buf, answer, scale),
            CheckinRow::Heart => self.draw_heart(buf, answer, is_current),
            CheckinRow::Choice(_) => {}
        }
    }

    /// Draws the mark of the cursor and a name.
    fn draw_sign(&self, buf: &mut Buffer, area: Rect, is_current: bool, name: &str) {
        let (sign, style) = if is_current { ("›", self.theme.loud()) } else { (" ", Style::new()) };
        buf.set_style(area.intersection(buf.area), style);
        put(buf, area, &format!("{sign} {name}"), Side::Left, style);
    }

    fn draw_scale(&self, buf: &mut Buffer, area: Rect, scale: usize) {
        let Some(words) = SCALES.get(scale).map(|scale| scale.words) else { return };
        let given = self.page.scales.get(scale).copied().flatten();
        let cell = |(number, word): (u8, &&str)| AnswerCell {
            text: if self.columns.has_words() { format!("{number} {word}") } else { number.to_string() },
            is_given: given == Some(number),
        };
        let cells: Vec<AnswerCell> = (1..).zip(&words).map(cell).collect();
        self.draw_cells(buf, area, &cells, self.columns.cell);
        if let Some(number) = given.filter(|_| !self.columns.has_words()) {
            let word = words.get(usize::from(number).saturating_sub(1)).copied().unwrap_or_default();
            let after_cells = after(area, 5 * self.columns.cell + 1);
            // A word that would be cut is left out: the number says it.
            if usize::from(after_cells.width) >= word.len() {
                put(buf, after_cells, word, Side::Left, self.theme.quiet());
            }
        }
    }

    fn draw_cells(&self, buf: &mut Buffer, area: Rect, cells: &[AnswerCell], columns: u16) {
        let mut rest = area;
        for AnswerCell { text, is_given } in cells {
            let (sign, style) =
                if *is_given { ("▸", self.theme.strong()) } else { (" ", self.theme.quiet()) };
            put(buf, rest, &format!("{sign}{text}"), Side::Left, style);
            rest = after(rest, columns);
        }
    }

    fn draw_heart(&self, buf: &mut Buffer, area: Rect, is_current: bool) {
        let text = self.page.heart.text();
        let shown = match (is_current, text) {
            (true, text) => format!(" {text}▏"),
            (false, "") => " –".to_string(),
            (false, text) => format!(" {text}"),
        };
        put(buf, area, &shown, Side::Left, self.theme.strong());
        let note = match self.page.usual_heart() {
            Some(usual) => format!("your usual is {}", words::usual(usual)),
            None => "beats a minute, if measured".to_string(),
        };
        put(buf, after(area, 7), &note, Side::Left, self.theme.quiet());
    }

    fn draw_choice(&self, buf: &mut Buffer, row: Rect, index: usize) {
        let page = self.page;
        let Some((text, choice)) = page.form.choices.get(index).zip(CHOICES.get(index)) else { return };
        let is_current = page.cursor.index() == ANSWERS + index;
        let verdict = page.verdict().map(|(_, verdict)| verdict.choice);
        let sign = if verdict == Some(*choice) { "▸" } else { " " };
        let text = format!("{sign} {}", clean(text));
        if is_current {
            return self.draw_sign(buf, row, true, &text);
        }
        let style = if verdict.is_some() { Style::new() } else { self.theme.quiet() };
        put(buf, after(row, INDENT), &text, Side::Left, style);
    }
}
