//! A step that guides the breath: a shape that grows and shrinks, in the place of the time and the belt.

use super::layout::RunningLayout;
use super::scene::RunningScene;
use super::{band, chrome, message};
use crate::coach::View;
use crate::keymap::{Action, KeyContext};
use crate::session::Phase;
use crate::tui::widgets::large_text::{large, number};
use crate::tui::widgets::text::{Side, bottom, inset, middle, put, top};
use crate::units::{Millis, trimmed};
use crate::workout::breath::{BreathMoment, BreathRhythm};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The time between two pictures of the shape.
pub const FRAME: Millis = Millis::new(100);
/// The size of the shape at the end of a breath out, as a share of its size at the end of a breath in.
const LEAST: f64 = 0.25;
/// The columns of the shape for each of its rows. A cell is about twice as high as wide.
const COLUMNS_PER_ROW: f64 = 4.0;
/// From this height on, the words are in large letters.
const TALL: u16 = 16;

/// Returns the rhythm of the current step, if it guides the breath and the clock runs.
pub fn rhythm(view: &View<'_>) -> Option<BreathRhythm> {
    let breathing = view.step()?.target.breathing?;
    (view.phase == Phase::Running).then(|| BreathRhythm::of(&breathing, view.position.length)).flatten()
}

/// Draws the step over everything but the header, the chart, a message and the foot.
pub fn draw(buf: &mut Buffer, layout: &RunningLayout, scene: &RunningScene<'_>, rhythm: &BreathRhythm) {
    chrome::header(buf, inset(layout.header, 1), scene);
    chrome::foot(buf, layout.foot, scene);
    if let Some(message) = scene.message() {
        message::draw(buf, layout.words, &message, scene.theme.loud());
    }
    let mut rest = layout.heading.union(layout.number).union(layout.belt).union(layout.next);
    let below = layout.words.union(layout.chart);
    if scene.message().is_none() {
        rest = rest.union(below);
    }
    buf.set_style(rest, band::style(scene));
    let style = band::style(scene);
    let moment = rhythm.at(scene.view.position.into);
    let roomy = rest.height >= TALL;
    top(&mut rest, u16::from(roomy));
    let words = top(&mut rest, if roomy { 3 } else { 1 });
    let text = if moment.inhales { "breathe in" } else { "breathe out" };
    large(buf, inset(words, 1), text, Side::Middle, style);
    let advice = "light-headed? breathe as you like".to_string();
    let lines = [rate_keys(scene), advice, parts(rhythm), count(rhythm, moment)];
    // The shape comes first.
    let shown = usize::from(rest.height.saturating_sub(5).min(4));
    for line in lines.iter().skip(lines.len() - shown) {
        put(buf, bottom(&mut rest, 1), line, Side::Middle, style);
    }
    bottom(&mut rest, u16::from(roomy));
    let seconds = moment.left.secs_left().to_string();
    let digits = if rest.height >= 18 { 5 } else { 1 };
    number(buf, bottom(&mut rest, digits), &seconds, style);
    top(&mut rest, u16::from(roomy));
    bottom(&mut rest, u16::from(roomy));
    draw_shape(buf, rest, size(moment), style);
}

/// Returns the size of the shape, from 0 to 1. It moves slowest where the breath turns.
fn size(moment: BreathMoment) -> f64 {
    let eased = 0.5 - 0.5 * (std::f64::consts::PI * moment.part).cos();
    let open = if moment.inhales { eased } else { 1.0 - eased };
    LEAST + (1.0 - LEAST) * open
}

/// Returns `breath 3 of 6 · 6 a minute`.
fn count(rhythm: &BreathRhythm, moment: BreathMoment) -> String {
    let of = moment.of.map(|of| format!(" of {of}")).unwrap_or_default();
    format!("breath {}{of}  ·  {} a minute", moment.breath, trimmed(rhythm.per_minute(), 1))
}

/// Returns `[ slower breath, ] faster`.
fn rate_keys(scene: &RunningScene<'_>) -> String {
    let key = |action| scene.theme.keymap().label(KeyContext::Running, action);
    format!("{} slower breath, {} faster", key(Action::Slower), key(Action::Faster))
}

/// Returns `in 4 s through the nose, out 6 s`.
fn parts(rhythm: &BreathRhythm) -> String {
    let seconds = |length: Millis| trimmed(length.as_secs_f64(), 1);
    let (inhale, exhale) = (seconds(rhythm.inhale_length()), seconds(rhythm.exhale_length()));
    format!("in {inhale} s through the nose, out {exhale} s")
}

/// Draws a round shape in the middle of an area, in half rows.
fn draw_shape(buf: &mut Buffer, area: Rect, size: f64, style: Style) {
    let rows = f64::from(area.height).min(f64::from(area.width) / COLUMNS_PER_ROW);
    let (across, down) = (rows * COLUMNS_PER_ROW / 2.0 * size, rows * size);
    let shape = middle(area, area.width, area.height);
    let (width, height) = (f64::from(shape.width), f64::from(shape.height) * 2.0);
    let is_inside = |column: u16, half_row: u16| {
        let x = (f64::from(column) + 0.5 - width / 2.0) / across.max(0.5);
        let y = (f64::from(half_row) + 0.5 - height / 2.0) / down.max(0.5);
        x * x + y * y <= 1.0
    };
    for row in 0..shape.height {
        for column in 0..shape.width {
            let sign = match (is_inside(column, 2 * row), is_inside(column, 2 * row + 1)) {
                (true, true) => "█",
                (true, false) => "▀",
                (false, true) => "▄",
                (false, false) => continue,
            };
            if let Some(cell) = buf.cell_mut((shape.x + column, shape.y + row)) {
                cell.set_symbol(sign).set_style(style);
            }
        }
    }
}
