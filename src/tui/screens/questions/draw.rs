//! A question on the screen: the question, its answers or the text being typed, and the keys.

use super::{QuestionField, QuestionsPage, scale};
use crate::text::clean;
use crate::tui::screens::page::Page;
use crate::tui::theme::Theme;
use crate::tui::widgets::desk;
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::text::{Side, after, beside, bottom, fold, inset, middle, put, top, wrap};
use crate::tui::widgets::text_input::TextInput;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The widest column of a scale with the marked answer beside it.
const SCALE_COLUMN: u16 = 96;
/// The least rows of a text field, if there is room for them.
const FIELD: u16 = 8;
/// With this many characters left or fewer, their number is shown.
const NEARLY_FULL: usize = 100;

/// Draws the question on the screen.
pub fn draw(page: &QuestionsPage, buf: &mut Buffer) {
    let (Some(question), Some(field)) = (page.questions.get(page.current), page.fields.get(page.current))
    else {
        return;
    };
    let theme = page.theme;
    let mut rest = buf.area;
    let foot = desk::take_foot(&mut rest);
    let column = |area: Rect| match field {
        QuestionField::List(rating) if !rating.is_short() => {
            middle(inset(area, u16::from(area.width > 20)), SCALE_COLUMN, area.height)
        }
        _ => desk::column(area),
    };
    let foot =
        Rect { height: foot.height, y: foot.y, ..column(Rect { x: 0, width: buf.area.width, ..foot }) };
    put(buf, foot, &hints(theme.keymap(), page.context(), foot.width), Side::Left, theme.quiet());
    let mut rest = column(rest);
    let needed = match field {
        QuestionField::List(rating) => scale::least_rows(rating, rest),
        QuestionField::Text { .. } => (rest.height / 3).max(2),
    };
    if page.is_text() || matches!(field, QuestionField::List(rating) if rating.is_short()) {
        let spare = rest.height.saturating_sub(needed + 4);
        top(&mut rest, (spare / 4).min(4));
    }
    let count = format!("{} of {}", page.current + 1, page.questions.len());
    draw_question(buf, &mut rest, [&clean(question.words()), &count], needed, theme);
    match field {
        QuestionField::List(rating) => scale::draw(buf, rest, rating, theme),
        QuestionField::Text { line, .. } => draw_text(buf, rest, line, theme),
    }
}

/// Draws the question and its number so that `needed` rows are left, with a rule below it if there is room.
fn draw_question(buf: &mut Buffer, rest: &mut Rect, words: [&str; 2], needed: u16, theme: Theme) {
    if rest.height < 2 {
        return;
    }
    let [question, count] = words;
    let spare = rest.height.saturating_sub(needed);
    let mut head = top(rest, 1);
    let taken = put(buf, head, count, Side::Right, theme.quiet());
    beside(&mut head, taken + 2);
    let lines = wrap(question, head.width, spare.saturating_sub(2).clamp(1, 3));
    for (y, line) in (head.y..).zip(&lines) {
        put(buf, Rect { y, ..head }, line, Side::Left, theme.strong());
    }
    let more = lines.len().saturating_sub(1) as u16;
    top(rest, more);
    if spare > more + 2 {
        let rule = top(rest, 2);
        put(buf, rule, &"─".repeat(usize::from(rule.width)), Side::Left, theme.quiet());
    } else if spare > more + 1 {
        top(rest, 1);
    }
}

/// Draws the text being typed. If it is too long for the field, its end is in sight.
fn draw_text(buf: &mut Buffer, area: Rect, line: &TextInput, theme: Theme) {
    let mut rest = area;
    if line.room() < NEARLY_FULL && area.height >= 3 {
        let room = format!("{} characters left", line.room());
        put(buf, bottom(&mut rest, 1), &room, Side::Right, theme.quiet());
    }
    let margin = u16::from(rest.width > 20);
    let mut rows = fold(line.text(), inset(rest, margin).width.saturating_sub(1));
    if rows.is_empty() {
        rows.push("");
    }
    rest.height = rest.height.min((rows.len() as u16 + 1).max(FIELD));
    buf.set_style(rest.intersection(buf.area), theme.ask());
    let mut field = inset(rest, margin);
    let hidden = rows.len().saturating_sub(usize::from(field.height));
    let last = rows.len().saturating_sub(1);
    for (i, row) in rows.iter().enumerate().skip(hidden) {
        let at = top(&mut field, 1);
        let taken = put(buf, at, row, Side::Left, theme.ask_strong());
        if i == last {
            put(buf, after(at, taken), "▏", Side::Left, theme.ask_strong());
        }
    }
}
