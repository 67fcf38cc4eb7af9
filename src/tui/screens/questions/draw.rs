//! A question on the screen: the question, its answers or the text being typed, and the keys.

use super::rating::{Rating, RatingDetail, RatingRow};
use super::{QuestionField, QuestionsPage};
use crate::session::answers::SessionQuestion;
use crate::text::clean;
use crate::tui::screens::page::Page;
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::large_text::{broken, large, number};
use crate::tui::widgets::letters;
use crate::tui::widgets::scroll::Viewport;
use crate::tui::widgets::text::{Side, after, beside, bottom, fold, inset, put, top, width, wrap};
use crate::tui::widgets::text_input::TextInput;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The least width at which the marked answer stands large beside the list.
const SIDE_BY_SIDE: u16 = 56;
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
    let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
    if rest.height >= 5 {
        let foot = bottom(&mut rest, 1);
        put(buf, foot, &hints(theme.keymap(), page.context(), foot.width), Side::Left, theme.quiet());
    }
    let needed = match field {
        QuestionField::List(rating) if rating.is_short() => 3 * rating.rows().len() as u16,
        QuestionField::List(rating) => rating.rows().len() as u16,
        QuestionField::Text { .. } => (rest.height / 3).max(2),
    };
    if rest.height >= 2 {
        let mut head = top(&mut rest, 1);
        let count = format!("{} of {}", page.current + 1, page.questions.len());
        let taken = put(buf, head, &count, Side::Right, theme.quiet());
        beside(&mut head, taken + 2);
        match large_question(question, rest, needed) {
            Some(lines) => draw_large_question(buf, &mut rest, &lines, needed, theme),
            None => {
                let rows = if rest.height > needed + 2 { 3 } else { 1 };
                let lines = wrap(&clean(question.words()), head.width, rows);
                draw_small_question(buf, head, &lines, theme);
                top(&mut rest, lines.len().saturating_sub(1) as u16);
            }
        }
    }
    let spare = rest.height.saturating_sub(needed);
    top(&mut rest, u16::from(spare >= 1));
    bottom(&mut rest, u16::from(spare >= 2));
    match field {
        QuestionField::List(rating) => draw_list(buf, rest, rating, theme),
        QuestionField::Text { line, .. } => draw_text(buf, rest, line, theme),
    }
}

/// The question in fewer words, for large letters.
fn short_forms(question: &SessionQuestion) -> &'static [&'static str] {
    match question {
        SessionQuestion::Effort => &["How hard?"],
        SessionQuestion::Breath => &["How breathless?", "Breathless?"],
        SessionQuestion::Feel => &["How was it?"],
        SessionQuestion::Note => &["A note?"],
        SessionQuestion::Own(_) => &[],
    }
}

/// The question in lines of large letters that leave `needed` rows for the answers. A form that fits a single line,
/// which is read at a glance, goes before a longer one.
fn large_question(question: &SessionQuestion, rest: Rect, needed: u16) -> Option<Vec<String>> {
    let room = rest.height.saturating_sub(needed);
    let words = clean(question.words());
    let forms = std::iter::once(&*words).chain(short_forms(question).iter().copied());
    let broken_forms = forms.filter_map(|form| broken(form, rest.width));
    let mut fitting: Vec<_> = broken_forms.filter(|lines| lines.len() as u16 * 3 <= room).collect();
    let index = fitting.iter().position(|lines| lines.len() == 1).unwrap_or(0);
    (index < fitting.len()).then(|| fitting.swap_remove(index))
}

fn draw_large_question(buf: &mut Buffer, rest: &mut Rect, lines: &[String], needed: u16, theme: Theme) {
    let room = rest.height.saturating_sub(needed);
    for line in lines {
        let twice = room > 8 && lines.len() == 1 && letters::largest(line, rest.width, 6) == Some(2);
        large(buf, top(rest, if twice { 6 } else { 3 }), line, Side::Left, theme.strong());
    }
}

/// Draws the question in ordinary letters, from the row `head` on down.
fn draw_small_question(buf: &mut Buffer, head: Rect, lines: &[String], theme: Theme) {
    for (y, line) in (head.y..).zip(lines) {
        put(buf, Rect { y, ..head }, line, Side::Left, theme.strong());
    }
}

/// Draws the answers, and beside them the marked one if it can be larger there.
fn draw_list(buf: &mut Buffer, area: Rect, rating: &Rating, theme: Theme) {
    let rows = rating.rows();
    let each = area.height / (rows.len() as u16).max(1);
    let lines = rows.iter().map(|row| large_line(row, area.width * 3 / 4)).collect::<Option<Vec<_>>>();
    match lines.filter(|_| each >= 3) {
        Some(lines) => draw_large_list(buf, area, rating, &lines, theme),
        None => draw_small_list(buf, area, rating, &rows, theme),
    }
}

fn draw_large_list(buf: &mut Buffer, area: Rect, rating: &Rating, lines: &[String], theme: Theme) {
    let each = area.height / (lines.len() as u16).max(1);
    let columns = |line: &String| letters::size(line, 1).map_or(0, |(width, _)| width + 2);
    let widest = lines.iter().map(columns).max().unwrap_or(0).max(area.width / 2);
    let mut rest = Rect { width: widest, ..area };
    for (i, line) in lines.iter().enumerate() {
        let style = if rating.marked_row() == Some(i) { theme.loud() } else { Style::new() };
        let row = top(&mut rest, each.min(4));
        buf.set_style(row.intersection(buf.area), style);
        letters::draw(buf, inset(row, 1), line, 1, style);
    }
    if !rating.is_short() {
        draw_detail(buf, after(area, widest + 2), rating.detail(), theme);
    }
}

fn draw_small_list(buf: &mut Buffer, area: Rect, rating: &Rating, rows: &[RatingRow], theme: Theme) {
    let marked = rating.marked_row();
    let mut list = area;
    if area.width >= SIDE_BY_SIDE && !rating.is_short() {
        let widest = rows.iter().map(|row| width(&small_line(row, false, u16::MAX))).max().unwrap_or(0);
        list.width = (widest + 2).clamp(area.width / 2, area.width * 2 / 3);
        draw_detail(buf, after(area, list.width + 2), rating.detail(), theme);
    }
    let view = Viewport { rows: rows.len(), shown: usize::from(list.height).max(1) };
    let visible = view.around(marked.unwrap_or(0));
    for i in visible.clone() {
        let Some(row) = rows.get(i) else { continue };
        let is_marked = marked == Some(i);
        let style = if is_marked { theme.loud() } else { Style::new() };
        let line = top(&mut list, 1);
        buf.set_style(line.intersection(buf.area), style);
        put(buf, line, &small_line(row, is_marked, line.width), Side::Left, style);
        // Arrows at the edges show that there is more.
        if i == visible.start && i > 0 {
            put(buf, line, "▲", Side::Right, style);
        } else if i + 1 == visible.end && i + 1 < rows.len() {
            put(buf, line, "▼", Side::Right, style);
        }
    }
}

/// An answer in ordinary letters, with numbers aligned at their decimal point and words shortened to fit `columns`.
fn small_line(row: &RatingRow, marked: bool, columns: u16) -> String {
    let sign = if marked { '›' } else { ' ' };
    let indent = if row.whole_digits > 1 { "" } else { " " };
    let key = format!("{indent}{}", row.key);
    let line = |words: &str| format!("{sign} {key:<5} {words}").trim_end().to_string();
    let fitting = shorter_forms(row.words).map(line).find(|line| width(line) <= columns);
    fitting.unwrap_or_else(|| line(row.words))
}

/// The words, then again without the part after the last comma, and so on.
fn shorter_forms(words: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(words), |words| words.rsplit_once(',').map(|(before, _)| before))
}

/// An answer for large letters, with words shortened to fit `columns`; `None` if they do not fit.
fn large_line(row: &RatingRow, columns: u16) -> Option<String> {
    let indent = if row.key.len() == 1 { "  " } else { "" };
    let line = |words: &str| format!("{indent}{} {words}", row.key).trim_end().to_string();
    let fits = |line: &String| letters::largest(line, columns.saturating_sub(2), 3).is_some();
    shorter_forms(row.words).map(line).find(fits)
}

/// Draws the marked answer as large as possible, or how to mark one.
fn draw_detail(buf: &mut Buffer, area: Rect, detail: Option<RatingDetail>, theme: Theme) {
    let mut rest = area;
    let Some(detail) = detail else {
        for line in wrap("type a number, or use ↑ ↓", rest.width, rest.height.min(3)) {
            put(buf, top(&mut rest, 1), &line, Side::Left, theme.quiet());
        }
        return;
    };
    let most = if detail.number.is_some() { area.height / 2 } else { area.height };
    let lines = broken(detail.words, area.width).filter(|lines| lines.len() as u16 * 3 <= most);
    let each = if lines.is_some() { 3 } else { 1 };
    let lines = lines.unwrap_or_else(|| wrap(detail.words, area.width, most.min(4)));
    let mut below = bottom(&mut rest, lines.len() as u16 * each);
    for line in &lines {
        large(buf, top(&mut below, each), line, Side::Middle, theme.strong());
    }
    if let Some(text) = detail.number {
        bottom(&mut rest, 1);
        number(buf, rest, &text, theme.strong());
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
