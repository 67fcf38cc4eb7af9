//! One question on the whole screen: what is asked, the answers or what is typed, the keys.

use super::rating::{Rating, RatingDetail, RatingRow};
use super::{QuestionField, QuestionsPage};
use crate::session::answers::SessionQuestion;
use crate::text::clean;
use crate::tui::theme::Theme;
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::large_text::{broken, large, number};
use crate::tui::widgets::letters;
use crate::tui::widgets::text::{Side, beside, bottom, fold, inset, put, top, width, wrap};
use crate::tui::widgets::text_input::TextInput;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// From this width on the marked answer stands large beside the list.
const SIDE_BY_SIDE: u16 = 56;
/// The rows of a field for words while few are in it.
const FIELD: u16 = 8;
/// From so few on the characters that are left are said.
const NEARLY_FULL: usize = 100;

/// Draws the question that is being asked.
pub fn draw(questions: &QuestionsPage, buf: &mut Buffer) {
    let (Some(asked), Some(field)) = (questions.asked.get(questions.at), questions.fields.get(questions.at))
    else {
        return;
    };
    let theme = questions.theme;
    let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
    if rest.height >= 5 {
        let foot = bottom(&mut rest, 1);
        put(buf, foot, &hints(questions.context(), "", foot.width), Side::Left, theme.quiet());
    }
    let needed = match field {
        QuestionField::List(rating) if rating.is_short() => 3 * rating.rows().len() as u16,
        QuestionField::List(rating) => rating.rows().len() as u16,
        QuestionField::Text { .. } => (rest.height / 3).max(2),
    };
    if rest.height >= 2 {
        let count = format!("{} of {}", questions.at + 1, questions.asked.len());
        heading(buf, &mut rest, (asked, &count), needed, theme);
    }
    let spare = rest.height.saturating_sub(needed);
    top(&mut rest, u16::from(spare >= 1));
    bottom(&mut rest, u16::from(spare >= 2));
    match field {
        QuestionField::List(rating) => list_and_mark(buf, rest, rating, theme),
        QuestionField::Text { line, .. } => typed(buf, rest, line, theme),
    }
}

/// The same question in fewer words, for large letters.
fn briefly(asked: &SessionQuestion) -> &'static [&'static str] {
    match asked {
        SessionQuestion::Effort => &["How hard?"],
        SessionQuestion::Breath => &["How breathless?", "Breathless?"],
        SessionQuestion::Feel => &["How was it?"],
        SessionQuestion::Note => &["A note?"],
        SessionQuestion::Own(_) => &[],
    }
}

/// The question, as large as leaves the answers `needed` rows, and how many there are.
fn heading(
    buf: &mut Buffer,
    rest: &mut Rect,
    (asked, count): (&SessionQuestion, &str),
    needed: u16,
    theme: Theme,
) {
    let question = &*clean(asked.words());
    let room = rest.height.saturating_sub(1 + needed);
    let mut first = top(rest, 1);
    let taken = put(buf, first, count, Side::Right, theme.quiet());
    let short = briefly(asked).iter().map(|brief| broken(brief, rest.width));
    let forms = [broken(question, rest.width)].into_iter().chain(short).flatten();
    let fitting: Vec<_> = forms.filter(|lines| lines.len() as u16 * 3 <= room).collect();
    // One line is taken in at a glance.
    let lines = fitting.iter().find(|lines| lines.len() == 1).or(fitting.first());
    if let Some(lines) = lines {
        for line in lines {
            let twice = room > 8 && lines.len() == 1 && letters::largest(line, rest.width, 6) == Some(2);
            large(buf, top(rest, if twice { 6 } else { 3 }), line, Side::Left, theme.strong());
        }
        return;
    }
    beside(&mut first, taken + 2);
    let rows = if rest.height > needed + 2 { 3 } else { 1 };
    for line in wrap(question, first.width, rows) {
        put(buf, first, &line, Side::Left, theme.strong());
        first.y += 1;
    }
    let more = wrap(question, first.width, rows).len().saturating_sub(1);
    top(rest, more as u16);
}

/// The answers, and beside them the marked one to be read from afar.
fn list_and_mark(buf: &mut Buffer, area: Rect, rating: &Rating, theme: Theme) {
    let rows = rating.rows();
    let marked = rating.marked_row();
    let pitch = area.height / (rows.len() as u16).max(1);
    if pitch >= 3
        && let Some(lines) =
            rows.iter().map(|r| in_letters(r, area.width * 3 / 4)).collect::<Option<Vec<_>>>()
    {
        let wide = |line: &String| letters::size(line, 1).map_or(0, |(width, _)| width + 2);
        let columns = lines.iter().map(wide).max().unwrap_or(0).max(area.width / 2);
        let mut rest = Rect { width: columns, ..area };
        let right = Rect { x: rest.right() + 2, width: area.width.saturating_sub(columns + 2), ..area };
        for (i, line) in lines.iter().enumerate() {
            let style = if marked == Some(i) { theme.loud() } else { Style::new() };
            let row = top(&mut rest, pitch.min(4));
            buf.set_style(row.intersection(buf.area), style);
            letters::draw(buf, inset(row, 1), line, 1, style);
        }
        if !rating.is_short() {
            mark(buf, right, rating.shown(), theme);
        }
        return;
    }
    let mut list = area;
    if area.width >= SIDE_BY_SIDE && !rating.is_short() {
        let widest = rows.iter().map(|r| width(&small(r, false, u16::MAX))).max().unwrap_or(0);
        list.width = (widest + 2).clamp(area.width / 2, area.width * 2 / 3);
        let right = Rect { x: list.right() + 2, width: area.width.saturating_sub(list.width + 2), ..area };
        mark(buf, right, rating.shown(), theme);
    }
    // The mark stays in the middle where the list is longer than the window.
    let shown = usize::from(list.height).max(1);
    let first = marked.map_or(0, |m| m.saturating_sub(shown / 2)).min(rows.len().saturating_sub(shown));
    let mut rest = list;
    for (i, row) in rows.iter().enumerate().skip(first).take(shown) {
        let is_marked = marked == Some(i);
        let style = if is_marked { theme.loud() } else { Style::new() };
        let line = top(&mut rest, 1);
        buf.set_style(line.intersection(buf.area), style);
        put(buf, line, &small(row, is_marked, line.width), Side::Left, style);
        // That there is more than fits is said at the edge.
        let more = if i == first && first > 0 {
            "▲"
        } else if i + 1 == first + shown && i + 1 < rows.len() {
            "▼"
        } else {
            continue;
        };
        put(buf, line, more, Side::Right, style);
    }
}

/// A row of the list: numbers stand below each other by their whole part. What stands behind a comma is left out
/// where there is no room for it.
fn small(row: &RatingRow, marked: bool, columns: u16) -> String {
    let sign = if marked { '›' } else { ' ' };
    let key = match row.key.split('.').next() {
        Some(whole) if whole.len() > 1 => row.key.clone(),
        _ => format!(" {}", row.key),
    };
    let line = |words: &str| format!("{sign} {key:<5} {words}").trim_end().to_string();
    let fitting = shorter(row.words).map(line).find(|line| width(line) <= columns);
    fitting.unwrap_or_else(|| line(row.words))
}

/// Words, and again without what stands behind the last comma, and so on.
fn shorter(words: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(words), |words| words.rsplit_once(',').map(|(before, _)| before))
}

/// The same in large letters; nothing where there is no room for them.
fn in_letters(row: &RatingRow, columns: u16) -> Option<String> {
    let indent = if row.key.len() == 1 { "  " } else { "" };
    let line = |words: &str| format!("{indent}{} {words}", row.key).trim_end().to_string();
    shorter(row.words).map(line).find(|line| letters::largest(line, columns.saturating_sub(2), 3).is_some())
}

/// The marked answer as large as possible, or how to mark one.
fn mark(buf: &mut Buffer, area: Rect, shown: Option<RatingDetail>, theme: Theme) {
    let mut rest = area;
    let Some(shown) = shown else {
        for line in wrap("type a number, or go ↑ ↓", rest.width, rest.height.min(3)) {
            put(buf, top(&mut rest, 1), &line, Side::Left, theme.quiet());
        }
        return;
    };
    let most = if shown.number.is_some() { area.height / 2 } else { area.height };
    let lines = broken(shown.words, area.width).filter(|lines| lines.len() as u16 * 3 <= most);
    let large_words = lines.is_some();
    let lines = lines.unwrap_or_else(|| wrap(shown.words, area.width, most.min(4)));
    let each = if large_words { 3 } else { 1 };
    let mut below = bottom(&mut rest, lines.len() as u16 * each);
    for line in &lines {
        large(buf, top(&mut below, each), line, Side::Middle, theme.strong());
    }
    if let Some(text) = shown.number {
        bottom(&mut rest, 1);
        number(buf, rest, &text, theme.strong());
    }
}

/// What is typed, its end in sight.
fn typed(buf: &mut Buffer, area: Rect, line: &TextInput, theme: Theme) {
    let mut rest = area;
    if line.room() < NEARLY_FULL && area.height >= 3 {
        let says = format!("room for {} more", line.room());
        put(buf, bottom(&mut rest, 1), &says, Side::Right, theme.quiet());
    }
    let mut rows = fold(line.text(), inset(rest, u16::from(rest.width > 20)).width.saturating_sub(1));
    if rows.is_empty() {
        rows.push("");
    }
    rest.height = rest.height.min((rows.len() as u16 + 1).max(FIELD));
    buf.set_style(rest.intersection(buf.area), theme.ask());
    let inner = inset(rest, u16::from(rest.width > 20));
    let hidden = rows.len().saturating_sub(usize::from(inner.height));
    let mut left = inner;
    let last = rows.len().saturating_sub(1);
    for (i, row) in rows.iter().enumerate().skip(hidden) {
        let at = top(&mut left, 1);
        let taken = put(buf, at, row, Side::Left, theme.ask_strong());
        if i == last {
            let after = Rect { x: at.x + taken, width: at.width.saturating_sub(taken), ..at };
            put(buf, after, "▏", Side::Left, theme.ask_strong());
        }
    }
}
