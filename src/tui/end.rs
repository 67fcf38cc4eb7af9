//! What was done: shown once the session is over.

use super::text::{Side, bottom, inset, middle, put, top};
use super::theme::Theme;
use super::{digits, letters};
use crate::coach::View;
use crate::session::Place;
use crate::units::clock;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// What there is to say, one fact a line.
fn facts(view: &View<'_>) -> Vec<String> {
    let planned = view.sequence.steps.len();
    let position = &view.position;
    let mut facts = vec![format!(
        "{} of {planned} {}",
        view.steps_done.min(planned),
        if planned == 1 { "step" } else { "steps" }
    )];
    match position.place {
        Place::After if position.into.whole_secs() > 0 => {
            facts.push(format!("{} of it after the workout", clock(position.into.whole_secs())));
        }
        Place::Step(_) if position.left.whole_secs() > 0 => {
            let open = if position.left_is_open { " and more" } else { "" };
            facts.push(format!("{}{open} left undone", clock(position.left.secs_left())));
        }
        _ => {}
    }
    facts
}

/// Draws it over the whole screen.
pub fn draw(buf: &mut Buffer, view: &View<'_>, theme: Theme) {
    let area = buf.area;
    let finished = view.position.place == Place::After;
    let word = if finished { "finished" } else { "stopped" };
    let style = if finished { theme.field(Some(2)) } else { theme.still() };
    buf.set_style(area, style);
    let mut rest = inset(area, u16::from(area.width > 4));
    if area.height >= 4 {
        put(buf, top(&mut rest, 1), &view.sequence.name, Side::Middle, style);
        put(buf, bottom(&mut rest, 1), "Enter leaves", Side::Middle, style);
    }
    let facts = facts(view);
    if rest.height > 4 + facts.len() as u16 {
        let wide = |f: &String| letters::size(f, 1).is_some_and(|(w, _)| w <= area.width);
        let rows = if area.height >= 28 && facts.iter().all(wide) { 3 } else { 1 };
        bottom(&mut rest, u16::from(rows > 1));
        for fact in facts.iter().rev() {
            let line = bottom(&mut rest, rows);
            match letters::largest(fact, line.width, line.height) {
                Some(scale) => {
                    let (width, height) = letters::size(fact, scale).unwrap_or_default();
                    letters::draw(buf, middle(line, width, height), fact, scale, style);
                }
                None => drop(put(buf, line, fact, Side::Middle, theme.bold(style))),
            }
        }
        top(&mut rest, 1);
        bottom(&mut rest, 1);
    }
    let head_rows = match rest.height {
        0..3 => 0,
        3..9 => 1,
        9..26 => 3,
        _ => 6,
    };
    let head = top(&mut rest, head_rows);
    match letters::largest(word, head.width, head.height) {
        Some(scale) => {
            let (width, height) = letters::size(word, scale).unwrap_or_default();
            letters::draw(buf, middle(head, width, height), word, scale, style);
        }
        None => drop(put(buf, head, word, Side::Middle, theme.bold(style))),
    }
    time(buf, rest, &clock(view.position.elapsed.whole_secs()), theme.bold(style));
}

fn time(buf: &mut Buffer, area: Rect, text: &str, style: ratatui::style::Style) {
    // Half the height is enough: nobody is running any more.
    let most = if area.height > 12 { area.height * 2 / 3 } else { area.height };
    match digits::largest(text, area.width, most) {
        Some(scale) => {
            let (width, height) = digits::size(text, scale);
            digits::draw(buf, middle(area, width, height), text, scale, style);
        }
        None => drop(put(buf, middle(area, area.width, 1), text, Side::Middle, style)),
    }
}
