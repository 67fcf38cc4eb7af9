//! The two parts on the screen, to be read from the belt.

use super::factor::FIELDS;
use super::{CalibrationPage, CalibrationPart};
use crate::belt::Belt;
use crate::runner::figures::{factor_words, lag_words};
use crate::text::clean;
use crate::tui::widgets::key_hints::hints;
use crate::tui::widgets::large_text::{broken, large, number};
use crate::tui::widgets::text::{Side, bottom, inset, put, top, width, wrap};
use crate::units::{Millis, trimmed};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The columns of what a field is.
const ABOUT: u16 = 20;

/// Draws the part that is on the screen.
pub fn draw(page: &CalibrationPage, buf: &mut Buffer) {
    let mut rest = inset(buf.area, u16::from(buf.area.width > 20));
    if rest.height >= 6 {
        let foot = bottom(&mut rest, 1);
        put(buf, foot, &hints(page.context(), "", foot.width), Side::Left, page.theme.quiet());
        head(page, buf, top(&mut rest, 1));
    }
    let said = page.message.as_deref().map(clean).unwrap_or_default();
    let lines = wrap(&said, rest.width, 2.min(rest.height / 2));
    let mut below = bottom(&mut rest, lines.len() as u16);
    for line in &lines {
        put(buf, top(&mut below, 1), line, Side::Left, page.theme.strong());
    }
    match page.part {
        CalibrationPart::Lag => lag(page, buf, rest),
        CalibrationPart::Factor => factor(page, buf, rest),
    }
}

fn head(page: &CalibrationPage, buf: &mut Buffer, row: Rect) {
    let name = page.name.as_deref().map(|name| format!(" of {}", clean(name))).unwrap_or_default();
    let (about, count) = match page.part {
        CalibrationPart::Lag => ("How long the belt takes", "1 of 2"),
        CalibrationPart::Factor => ("How fast the belt really runs", "2 of 2"),
    };
    let taken = put(buf, row, &format!("{count}{name}"), Side::Right, page.theme.quiet());
    let left = Rect { width: row.width.saturating_sub(taken + 2), ..row };
    put(buf, left, about, Side::Left, page.theme.quiet());
}

/// Seconds to a tenth.
fn tenths(time: Millis) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn lag(page: &CalibrationPage, buf: &mut Buffer, mut rest: Rect) {
    let (belt, lag) = (&page.belt, &page.lag);
    let (from, to) = lag.way();
    let (from, to) = (belt.text(from), belt.text(to));
    results(page, buf, &mut rest);
    let full = lag.took.len() >= super::lag::TIMES;
    let (words, big, style) = match (lag.since, full) {
        (Some(_), _) => (format!("Space when it runs at {to}"), to, page.theme.field(Some(4))),
        (None, true) => ("Enter takes it".to_string(), String::new(), page.theme.field(Some(2))),
        (None, false) => (format!("From {from} press {to} and Space at once"), to, page.theme.still()),
    };
    buf.set_style(rest.intersection(buf.area), style);
    let mut inner = inset(rest, 1);
    let most = if big.is_empty() { inner.height } else { inner.height / 2 };
    let lines = broken(&words, inner.width).filter(|lines| lines.len() as u16 * 3 <= most);
    let each = if lines.is_some() { 3 } else { 1 };
    let lines = lines.unwrap_or_else(|| wrap(&words, inner.width, most.max(1)));
    let apart = u16::from(inner.height > lines.len() as u16 * each + 6);
    top(&mut inner, apart);
    for line in &lines {
        large(buf, top(&mut inner, each), line, Side::Middle, page.theme.bold(style));
    }
    if !big.is_empty() && inner.height >= 1 {
        top(&mut inner, apart);
        bottom(&mut inner, apart);
        number(buf, inner, &big, page.theme.bold(style));
    }
}

/// What was measured, and what it means.
fn results(page: &CalibrationPage, buf: &mut Buffer, rest: &mut Rect) {
    let (belt, lag) = (&page.belt, &page.lag);
    let took = lag.took.iter().enumerate().map(|(i, took)| {
        let (from, to) = lag.way_of(i);
        format!("{} → {} in {}", belt.text(from), belt.text(to), tenths(*took))
    });
    let took: Vec<String> = took.collect();
    let mut lines: Vec<(String, Style)> = Vec::new();
    match lag.result() {
        Some(result) => {
            lines.push((took.join(", "), Style::new()));
            lines.push((format!("lag {}", lag_words(&Belt { lag: result, ..*belt })), page.theme.strong()));
        }
        None => {
            let now = format!(
                "lag now: {}",
                if belt.lag > 0.0 { lag_words(belt) } else { "not known".to_string() }
            );
            let how = "Up to three times, there and back. Stand on the rails, or run on.";
            lines.push((how.to_string(), page.theme.quiet()));
            lines.push((now, page.theme.quiet()));
        }
    }
    let lines: Vec<(String, Style)> = lines
        .into_iter()
        .flat_map(|(line, style)| wrap(&line, rest.width, 2).into_iter().map(move |line| (line, style)))
        .collect();
    let mut below = bottom(rest, (lines.len() as u16).min(rest.height / 2));
    let apart = u16::from(rest.height > 8);
    bottom(rest, apart);
    for (line, style) in &lines {
        put(buf, top(&mut below, 1), line, Side::Left, *style);
    }
}

fn factor(page: &CalibrationPage, buf: &mut Buffer, mut rest: Rect) {
    let belt = &page.belt;
    let how = "Mark the belt with chalk and count how often the mark comes round in a minute. Or measure a distance: \
               its metres are the length, and it came round once.";
    let lines = wrap(how, rest.width, if rest.height >= 12 { 4 } else { 0 });
    let apart = u16::from(rest.height >= 12);
    top(&mut rest, apart);
    for line in &lines {
        put(buf, top(&mut rest, 1), line, Side::Left, page.theme.quiet());
    }
    top(&mut rest, apart);
    for (i, (about, unit)) in FIELDS.iter().enumerate() {
        let row = top(&mut rest, 1);
        let unit = if i == 0 { belt.unit.name() } else { unit };
        let at = i == page.factor.at;
        put(buf, row, about, Side::Left, if at { page.theme.strong() } else { Style::new() });
        let x = ABOUT.min(row.width);
        let field = Rect { x: row.x + x, width: 9.min(row.width - x), ..row };
        let style = if at { page.theme.loud() } else { page.theme.ask() };
        buf.set_style(field.intersection(buf.area), style);
        let typed = page.factor.text(i);
        let end = typed.chars().rev().take(7).collect::<Vec<_>>().into_iter().rev().collect::<String>();
        let shown = format!(" {end}{}", if at { "▏" } else { "" });
        put(buf, field, &shown, Side::Left, style);
        let behind = (x + 11).min(row.width);
        put(
            buf,
            Rect { x: row.x + behind, width: row.width - behind, ..row },
            unit,
            Side::Left,
            page.theme.quiet(),
        );
    }
    top(&mut rest, apart);
    let (words, style) = match page.factor.result(belt) {
        Some(Ok(factor)) => {
            (format!("factor {}", factor_words(&Belt { factor, ..*belt })), page.theme.strong())
        }
        Some(Err(why)) => (why, page.theme.strong()),
        None if belt.factor != 1.0 => (format!("factor now: {}", factor_words(belt)), page.theme.quiet()),
        None => ("It is taken to run as fast as it shows.".to_string(), page.theme.quiet()),
    };
    let result = page.factor.result(belt).and_then(Result::ok).map(|factor| trimmed(factor, 3));
    for line in wrap(&words, rest.width, 2) {
        put(buf, top(&mut rest, 1), &line, Side::Left, style);
    }
    if let Some(result) = result.filter(|_| rest.height >= 6) {
        bottom(&mut rest, apart);
        top(&mut rest, apart);
        let columns = rest.width.min(width(&result) * 14);
        number(buf, Rect { width: columns, ..rest }, &result, page.theme.strong());
    }
}
