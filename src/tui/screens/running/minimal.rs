//! The number and a row or two: in tiny windows, and where the runner wants nothing else.

use super::band;
use super::band::joined;
use super::labels;
use super::layout::Layout;
use super::{RunningScene, next_step};
use crate::tui::widgets::large_text::{large, number};
use crate::tui::widgets::text;
use crate::tui::widgets::text::{Side, inset, put};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Draws it.
pub fn draw(buf: &mut Buffer, area: Rect, layout: &Layout, scene: &RunningScene<'_>) {
    let style = band::style(scene);
    buf.set_style(area, style);
    let bold = style.add_modifier(Modifier::BOLD);
    let still = band::still_words(scene);
    match (&still, scene.reads()) {
        (Some((word, _)), _) => {
            buf.set_style(layout.heading, scene.theme.loud());
            large(buf, layout.heading, word, Side::Middle, scene.theme.loud());
        }
        (None, Some(said)) => {
            buf.set_style(layout.heading, scene.theme.loud());
            let keys = if scene.said.is_none() { scene.answers.as_str() } else { "" };
            let row = inset(layout.heading, u16::from(!keys.is_empty()));
            let taken = put(buf, row, keys, Side::Right, scene.theme.loud());
            let left = Rect { width: row.width.saturating_sub(taken + u16::from(taken > 0)), ..row };
            put(buf, left, said, Side::Middle, scene.theme.loud());
        }
        (None, None) => {
            let row = inset(layout.heading, 1);
            let taken = put(buf, row, &belt(scene), Side::Right, bold);
            let left = Rect { width: row.width.saturating_sub(taken + u16::from(taken > 0)), ..row };
            let title = labels::title(scene.view);
            match scene.status.volume.muted {
                true => put(buf, left, &format!("muted · {title}"), Side::Left, bold),
                false => put(buf, left, title, Side::Left, bold),
            };
        }
    }
    number(buf, layout.number, &labels::big(scene.view, scene.units), style);
    match (&still, scene.digits_only) {
        (_, false) => next_step::draw(buf, layout.next, scene),
        (Some((word, how)), true) => {
            buf.set_style(layout.next, scene.theme.loud());
            let says = joined(&[word.clone(), (*how).to_string()], layout.next.width);
            put(buf, layout.next, &says, Side::Middle, scene.theme.loud());
        }
        (None, true) => {
            let row = inset(layout.next, 1);
            let muted = if scene.status.volume.muted { "muted" } else { "" };
            let mut says = vec![muted.to_string(), labels::title(scene.view).to_string(), belt(scene)];
            says.retain(|s| !s.is_empty());
            let taken = put(buf, row, &says.join(" "), Side::Left, bold);
            let room = row.width.saturating_sub(taken + 2);
            let comes = next_step::in_short(scene);
            if let Some(comes) = comes.iter().find(|c| text::width(c) <= room) {
                put(buf, row, comes, Side::Right, bold);
            }
        }
    }
}

/// The belt's number, marked where it is to be pressed.
fn belt(scene: &RunningScene<'_>) -> String {
    let belt = labels::belt(scene.view, scene.units);
    let press = labels::is_pressing(scene.view);
    belt.map_or(String::new(), |b| if press { format!("press {}", b.number) } else { b.number })
}
