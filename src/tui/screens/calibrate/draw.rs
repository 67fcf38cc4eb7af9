//! The calibration page on the screen, large enough to be read from the belt.

use super::factor::FactorField;
use super::lag::TIMES;
use super::{CalibrationPage, CalibrationPart};
use crate::athlete::Zone;
use crate::belt::Belt;
use crate::keymap::{Action, KeyContext};
use crate::runner::figures::{factor_words, lag_words};
use crate::text::clean;
use crate::tui::screens::page::Page;
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::large_text::number;
use crate::tui::widgets::message;
use crate::tui::widgets::text::{Side, after, bottom, inset, middle, put, top, width, wrap};
use crate::units::{Millis, trimmed};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The columns of a field's label.
const LABEL: u16 = 20;
/// The columns of a field.
const FIELD: u16 = 9;

/// Draws the part that is on the screen.
pub fn draw(page: &CalibrationPage, buf: &mut Buffer) {
    let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
    if rest.height >= 6 {
        let foot = bottom(&mut rest, 1);
        put(
            buf,
            foot,
            &hints(page.theme.keymap(), page.context(), foot.width),
            Side::Left,
            page.theme.quiet(),
        );
        draw_head(page, buf, top(&mut rest, 1));
    }
    let most = 2.min(rest.height / 2);
    message::draw(buf, &mut rest, page.message.as_deref(), most, page.theme);
    match page.part {
        CalibrationPart::Lag => draw_lag(page, buf, rest),
        CalibrationPart::Factor => draw_factor(page, buf, rest),
    }
}

fn draw_head(page: &CalibrationPage, buf: &mut Buffer, row: Rect) {
    let name = page.name.as_deref().map(|name| format!(" · {}", clean(name))).unwrap_or_default();
    let (title, count) = match page.part {
        CalibrationPart::Lag => ("Measure the belt's lag", "1 of 2"),
        CalibrationPart::Factor => ("Measure its true speed", "2 of 2"),
    };
    let taken = put(buf, row, &format!("{count}{name}"), Side::Right, page.theme.quiet());
    let left = Rect { width: row.width.saturating_sub(taken + 2), ..row };
    put(buf, left, title, Side::Left, page.theme.quiet());
}

/// Formats seconds to a tenth.
fn tenths(time: Millis) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn draw_lag(page: &CalibrationPage, buf: &mut Buffer, mut rest: Rect) {
    let (belt, lag) = (&page.belt, &page.lag);
    let change = lag.next_change();
    let (from, to) = (belt.text(change.from), belt.text(change.to));
    draw_lag_results(page, buf, &mut rest);
    let full = lag.times.len() >= TIMES;
    let key = |action| page.theme.keymap().label(KeyContext::Lag, action);
    let (mark, save) = (key(Action::Mark), key(Action::Keep));
    let (words, big, style) = match (lag.since, full) {
        (Some(_), _) => {
            (format!("Press {mark} when the belt reaches {to}"), to, page.theme.field(Zone::new(4)))
        }
        (None, true) => (format!("{save} saves the lag"), String::new(), page.theme.field(Zone::new(2))),
        (None, false) => {
            (format!("With the belt at {from}, set {to} and press {mark} at once"), to, page.theme.still())
        }
    };
    buf.set_style(rest.intersection(buf.area), style);
    let mut inner = inset(rest, 1);
    let lines = wrap(&words, inner.width, (inner.height / 2).max(1));
    let gap = u16::from(inner.height > lines.len() as u16 + 6);
    top(&mut inner, gap);
    if big.is_empty() {
        inner = middle(inner, inner.width, lines.len() as u16);
    }
    for line in &lines {
        put(buf, top(&mut inner, 1), line, Side::Middle, page.theme.bold(style));
    }
    if !big.is_empty() && inner.height >= 1 {
        top(&mut inner, gap);
        bottom(&mut inner, gap);
        number(buf, inner, &big, page.theme.bold(style));
    }
}

/// Draws the measurements and the lag they make, or before the first, how to measure.
fn draw_lag_results(page: &CalibrationPage, buf: &mut Buffer, rest: &mut Rect) {
    let (belt, lag) = (&page.belt, &page.lag);
    let lines = match lag.result() {
        Some(result) => {
            let times = lag.times.iter().enumerate().map(|(i, time)| {
                let change = lag.change_at(i);
                format!("{} → {} in {}", belt.text(change.from), belt.text(change.to), tenths(*time))
            });
            let words = format!("lag {}", lag_words(&Belt { lag: result, ..*belt }));
            [(times.collect::<Vec<_>>().join(", "), Style::new()), (words, page.theme.strong())]
        }
        None => {
            let now = if belt.lag > 0.0 { lag_words(belt) } else { "unknown".to_string() };
            let how = "Measure up to three times, back and forth. Stand on the rails or keep running.";
            [(how.to_string(), page.theme.quiet()), (format!("lag now: {now}"), page.theme.quiet())]
        }
    };
    let lines: Vec<(String, Style)> = lines
        .into_iter()
        .flat_map(|(line, style)| wrap(&line, rest.width, 2).into_iter().map(move |line| (line, style)))
        .collect();
    let mut below = bottom(rest, (lines.len() as u16).min(rest.height / 2));
    let gap = u16::from(rest.height > 8);
    bottom(rest, gap);
    for (line, style) in &lines {
        put(buf, top(&mut below, 1), line, Side::Left, *style);
    }
}

fn draw_factor(page: &CalibrationPage, buf: &mut Buffer, mut rest: Rect) {
    let how = "Chalk a mark on the belt and count how often it comes round in a minute. Or enter any distance you \
               measured as the length, with 1 round.";
    let lines = wrap(how, rest.width, if rest.height >= 12 { 4 } else { 0 });
    let gap = u16::from(rest.height >= 12);
    top(&mut rest, gap);
    for line in &lines {
        put(buf, top(&mut rest, 1), line, Side::Left, page.theme.quiet());
    }
    top(&mut rest, gap);
    for field in FactorField::ALL {
        draw_field(page, buf, top(&mut rest, 1), field);
    }
    top(&mut rest, gap);
    let (words, style) = factor_result(page);
    for line in wrap(&words, rest.width, 2) {
        put(buf, top(&mut rest, 1), &line, Side::Left, style);
    }
    if let Some(Ok(factor)) = page.factor.result(&page.belt)
        && rest.height >= 6
    {
        let factor = trimmed(factor, 3);
        bottom(&mut rest, gap);
        top(&mut rest, gap);
        let columns = rest.width.min(width(&factor) * 14);
        number(buf, Rect { width: columns, ..rest }, &factor, page.theme.strong());
    }
}

fn draw_field(page: &CalibrationPage, buf: &mut Buffer, row: Rect, field: FactorField) {
    let is_open = page.factor.is_open(field);
    let label_style = if is_open { page.theme.strong() } else { Style::new() };
    put(buf, row, field.label(), Side::Left, label_style);
    let rest = after(row, LABEL);
    let area = Rect { width: FIELD.min(rest.width), ..rest };
    let style = if is_open { page.theme.loud() } else { page.theme.ask() };
    buf.set_style(area.intersection(buf.area), style);
    // A text that is too long shows its end.
    let text = page.factor.text(field);
    let hidden = text.chars().count().saturating_sub(usize::from(FIELD) - 2);
    let seen: String = text.chars().skip(hidden).collect();
    put(buf, area, &format!(" {seen}{}", if is_open { "▏" } else { "" }), Side::Left, style);
    put(buf, after(rest, FIELD + 2), field.unit(&page.belt), Side::Left, page.theme.quiet());
}

/// The words below the form: the factor it makes, what is wrong, or the factor now.
fn factor_result(page: &CalibrationPage) -> (String, Style) {
    let belt = &page.belt;
    match page.factor.result(belt) {
        Some(Ok(factor)) => {
            (format!("factor {}", factor_words(&Belt { factor, ..*belt })), page.theme.strong())
        }
        Some(Err(message)) => (message, page.theme.strong()),
        None if belt.factor != 1.0 => (format!("factor now: {}", factor_words(belt)), page.theme.quiet()),
        None => ("Assumed to run at the speed it shows.".to_string(), page.theme.quiet()),
    }
}
