//! The measured heart rate, with a sensor: a part of its own, so that its figures are not taken for the belt's.

use super::scene::RunningScene;
use crate::coach::{HeartView, View};
use crate::sensors::HeartReading;
use crate::tui::widgets::large_text::large;
use crate::tui::widgets::letters;
use crate::tui::widgets::text::{self, Side, after, inset, middle, put};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// The sign before a heart rate.
const SIGN: &str = "♥";

/// Returns the rows for the heart rate below the belt's number beside the time; none without a sensor.
pub fn rows_in_column(scene: &RunningScene<'_>, column: u16) -> u16 {
    match column {
        _ if scene.view.heart.is_none() => 0,
        0..9 => 1,
        9..27 => 3,
        _ => 6,
    }
}

/// Returns the rows for the heart rate below the time; none without a sensor.
pub fn rows_below(scene: &RunningScene<'_>, window: Rect) -> u16 {
    match window.height {
        _ if scene.view.heart.is_none() => 0,
        0..20 => 1,
        20..44 => 3,
        _ => 6,
    }
}

/// The heart rate in figures: `142`, `–` if there is none, `?` if the strap does not touch the skin.
fn figures(heart: &HeartView) -> String {
    match heart.reading {
        HeartReading::Rate { rate, .. } => rate.bpm().to_string(),
        HeartReading::NoContact => "?".to_string(),
        HeartReading::Missing => "–".to_string(),
    }
}

/// The zone: `Z3`. Empty if it is unknown.
fn zone(heart: &HeartView) -> String {
    heart.zone.map_or(String::new(), |zone| zone.to_string())
}

/// The heart rate that the step waits for, or else the zone: `→ 120`, `Z3`.
fn beside(view: &View<'_>, heart: &HeartView) -> String {
    let awaited = view.step().and_then(|step| step.until.as_ref()?.bpm);
    awaited.map_or_else(|| zone(heart), |bpm| format!("→ {bpm}"))
}

/// The heart rate in a few words: `♥ 142 Z3`, `♥ 142 → 120`.
pub fn in_short(view: &View<'_>, heart: &HeartView) -> String {
    format!("{SIGN} {} {}", figures(heart), beside(view, heart)).trim_end().to_string()
}

/// The colours: quieter if the heart rate is stale.
fn style(scene: &RunningScene<'_>, heart: &HeartView) -> Style {
    let ground = scene.theme.coming();
    match heart.reading {
        HeartReading::Rate { is_stale: true, .. } => dimmed(scene, ground),
        _ => ground,
    }
}

/// Makes a style quiet on the ground that it has.
pub fn dimmed(scene: &RunningScene<'_>, ground: Style) -> Style {
    let quiet = Style { bg: ground.bg, ..ground.patch(scene.theme.quiet()) };
    quiet.remove_modifier(Modifier::BOLD).add_modifier(Modifier::DIM)
}

/// Draws the heart rate and its zone, both as large as they fit.
pub fn draw(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>) {
    let Some(heart) = &scene.view.heart else { return };
    if area.is_empty() {
        return;
    }
    let style = style(scene, heart);
    buf.set_style(area, style);
    let room = inset(area, 1);
    let (figures, zone) = (figures(heart), beside(scene.view, heart));
    // The typeface has no heart, so the larger letters go without.
    let signed = format!("{SIGN}{figures}");
    let all = format!("{signed} {zone}");
    let large_all = format!("{figures} {zone}");
    let is_large = |text: &str, rows: u16| letters::largest(text.trim_end(), room.width, rows).is_some();
    let twice = |text: &str| letters::largest(text.trim_end(), room.width, area.height) >= Some(2);
    if area.height < 3 {
        put(buf, middle(room, room.width, 1), &in_short(scene.view, heart), Side::Middle, style);
    } else if twice(&large_all) {
        large(buf, room, large_all.trim_end(), Side::Middle, style);
    } else if is_large(&all, 3) {
        large(buf, middle(room, room.width, 3), all.trim_end(), Side::Middle, style);
    } else {
        let line = middle(room, room.width, 3);
        let figures = if is_large(&signed, 3) { &signed } else { &figures };
        let taken = large(buf, line, figures, Side::Left, style);
        let right = after(line, (taken.right() + 1).saturating_sub(line.x));
        let fits = text::width(&zone) <= right.width;
        put(buf, middle(right, right.width, 1), if fits { &zone } else { "" }, Side::Left, style);
    }
}
