//! The number and a row or two: in tiny windows, and in digits-only mode.

use super::band;
use super::fact_row::join_fitting;
use super::heart_rate;
use super::labels::{self, belt, incline};
use super::layout::RunningLayout;
use super::message;
use super::next_step;
use super::scene::RunningScene;
use super::standstill::Standstill;
use crate::tui::widgets::large_text::large;
use crate::tui::widgets::text::{self, Side, inset, put};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Draws the number, with the heading above it and a row below it.
pub fn draw(buf: &mut Buffer, area: Rect, layout: &RunningLayout, scene: &RunningScene<'_>) {
    let style = band::style(scene);
    buf.set_style(area, style);
    let standstill = Standstill::of(scene);
    match &standstill {
        Some(standstill) => {
            buf.set_style(layout.heading, scene.theme.loud());
            large(buf, layout.heading, &standstill.word.text(), Side::Middle, scene.theme.loud());
        }
        None => draw_heading(buf, layout, scene),
    }
    if let Some(message) = scene.message() {
        message::draw(buf, layout.words, &message, scene.theme.loud());
    }
    band::draw_number(buf, layout.number, scene, style);
    heart_rate::draw(buf, layout.heart, scene);
    match (&standstill, scene.digits_only) {
        (_, false) => next_step::draw(buf, layout.next, scene),
        (Some(Standstill { word, hint }), true) => {
            buf.set_style(layout.next, scene.theme.loud());
            let line = join_fitting(&[word.text(), hint.clone()], layout.next.width);
            put(buf, layout.next, &line, Side::Middle, scene.theme.loud());
        }
        (None, true) => draw_digits_only_row(buf, layout.next, scene),
    }
}

/// Draws the step's title and the belt's number, or a message that has no row of its own.
fn draw_heading(buf: &mut Buffer, layout: &RunningLayout, scene: &RunningScene<'_>) {
    let area = layout.heading;
    if let Some(message) = scene.message().filter(|_| layout.words.is_empty()) {
        let style = scene.theme.loud();
        buf.set_style(area, style);
        let keys = message.answers.join("   ");
        let row = inset(area, u16::from(!keys.is_empty()));
        let taken = put(buf, row, &keys, Side::Right, style);
        let left = Rect { width: row.width.saturating_sub(taken + u16::from(taken > 0)), ..row };
        put(buf, left, message.text, Side::Middle, style);
        return;
    }
    let bold = band::style(scene).add_modifier(Modifier::BOLD);
    let row = inset(area, 1);
    let taken = put(buf, row, &belt_number(scene), Side::Right, bold);
    let left = Rect { width: row.width.saturating_sub(taken + u16::from(taken > 0)), ..row };
    let title = labels::title(scene.view);
    match scene.status.volume.muted {
        true => put(buf, left, &format!("muted · {title}"), Side::Left, bold),
        false => put(buf, left, &title, Side::Left, bold),
    };
}

/// Draws the row below the number in digits-only mode.
fn draw_digits_only_row(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>) {
    let bold = band::style(scene).add_modifier(Modifier::BOLD);
    let row = inset(area, 1);
    let muted = if scene.status.volume.muted { "muted" } else { "" };
    let mut words = vec![muted.to_string(), labels::title(scene.view), belt_number(scene)];
    words.retain(|word| !word.is_empty());
    let taken = put(buf, row, &words.join(" "), Side::Left, bold);
    let room = row.width.saturating_sub(taken + 2);
    let next = next_step::in_short(scene);
    if let Some(next) = next.iter().find(|next| text::width(next) <= room) {
        put(buf, row, next, Side::Right, bold);
    }
}

/// The belt's number with its incline, marked if it has to be pressed.
fn belt_number(scene: &RunningScene<'_>) -> String {
    let incline = incline::now(scene.view);
    let pair = match belt::belt(scene.view, scene.units) {
        Some(belt) => incline::with_number(&belt.number, incline.as_deref()),
        None => return incline.unwrap_or_default(),
    };
    if belt::is_pressing(scene.view) { format!("press {pair}") } else { pair }
}
