//! Everything around the band: the line above it, the workout's chart, the sound and the keys.

use super::labels::{self, time};
use super::scene::RunningScene;
use crate::frontend::LogStatus;
use crate::keymap::{Action, KeyBinding, KeyContext, Keymap};
use crate::session::{Phase, SessionPlace};
use crate::tui::widgets::bars::{BarRow, draw_cell};
use crate::tui::widgets::text::{self, Side, inset, put};
use crate::units::{Incline, clock};
use crate::workout::{self, LineStyle};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The fewest columns for the workout's name.
const NAME_COLUMNS: u16 = 10;
/// The width from which the foot has room for the sound's destination beside the keys.
const WIDE_FOOT: u16 = 98;

/// A part of the header.
struct HeaderPart {
    /// Parts of a higher rank are left out first.
    rank: u8,
    text: Option<String>,
}

/// Draws the workout's name, the step's number, the time run and left, and the time of day at the end.
pub fn header(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>) {
    let view = scene.view;
    let elapsed = format!("elapsed {}", clock(view.position.elapsed.whole_secs()));
    let left = match view.position.place {
        SessionPlace::Step(_) => format!("left {}", time::left(view)),
        SessionPlace::After => "done".to_string(),
    };
    let muted = scene.status.volume.muted.then(|| "muted".to_string());
    let mut parts = [
        HeaderPart { rank: 1, text: muted },
        HeaderPart { rank: 4, text: labels::count(view) },
        HeaderPart { rank: 3, text: Some(elapsed) },
        HeaderPart { rank: 1, text: Some(left) },
        HeaderPart { rank: 2, text: time::ends(view, scene.status) },
    ];
    let line = |parts: &[HeaderPart]| {
        let texts: Vec<&str> = parts.iter().filter_map(|part| part.text.as_deref()).collect();
        texts.join("   ")
    };
    if view.phase == Phase::Ready {
        // Nothing has been run yet: the workout itself matters more.
        parts.iter_mut().filter(|part| part.rank >= 3).for_each(|part| part.text = None);
    }
    for rank in (2..=4).rev() {
        if text::width(&line(&parts)) + NAME_COLUMNS + 2 > area.width {
            parts.iter_mut().filter(|part| part.rank == rank).for_each(|part| part.text = None);
        }
    }
    let taken = put(buf, area, &line(&parts), Side::Right, scene.theme.strong());
    let name = Rect { width: area.width.saturating_sub(taken + 2), ..area };
    put(buf, name, &title(scene, name.width), Side::Left, scene.theme.quiet());
}

/// Returns the workout's name. Before the start, the workout in one line: behind the name if both fit, else instead.
fn title(scene: &RunningScene<'_>, columns: u16) -> String {
    let sequence = scene.view.sequence;
    if scene.view.phase != Phase::Ready {
        return sequence.name.clone();
    }
    let units = scene.units;
    let style = LineStyle { pace: units.pace, speed: units.speed, flat: Incline::FLAT };
    let line = workout::line(sequence, &style).fit_pieces(columns.into());
    let both = format!("{}: {line}", sequence.name);
    match text::width(&both) <= columns || line.is_empty() {
        true => both.trim_end_matches([':', ' ']).to_string(),
        false => line,
    }
}

/// Draws the whole workout as a chart, with the part that has been run and the current place.
pub fn chart(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>) {
    let position = &scene.view.position;
    let now = match position.place {
        SessionPlace::Step(index) => {
            let part = position
                .length
                .map_or(0.5, |l| position.into.as_secs_f64() as f32 / (l.as_secs_f64() as f32).max(0.001));
            Some(scene.chart.column(index, part))
        }
        SessionPlace::After => None,
    };
    for (column, bar) in (0..area.width).zip(&scene.chart.bars) {
        let style = |zone| match now {
            Some(now) if column == now => scene.theme.strong(),
            Some(now) if column > now => scene.theme.bar(zone),
            _ => scene.theme.bar_played(zone),
        };
        for level in 0..area.height {
            if let Some(cell) = buf.cell_mut((area.x + column, area.bottom() - 1 - level)) {
                draw_cell(cell, bar, BarRow { level, height: area.height }, style);
                if cell.symbol() == " " && now == Some(column) {
                    cell.set_char('│').set_style(scene.theme.strong());
                }
            }
        }
    }
}

/// Draws the sound's destination, or why the session is not saved, and the keys. In a single narrow row the keys come
/// first, unless something is wrong.
pub fn foot(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>) {
    let status = scene.status;
    let quiet = scene.theme.quiet();
    let (mut state, style) = match &status.log {
        LogStatus::Written => (status.device_line(scene.theme.keymap()), quiet),
        // A session that may be lost matters more than the sound.
        waiting => (waiting.to_string(), scene.theme.loud()),
    };
    if !status.rehearsal.is_real_time() {
        state = format!("{}   {state}", status.rehearsal);
    }
    let row = inset(Rect { height: area.height.min(1), ..area }, 1);
    let keys = HintRow::of(scene);
    if area.height > 1 {
        put(buf, row, &state, Side::Left, style);
        let below = Rect { y: row.y + 1, ..row };
        put(buf, below, &keys.hints(below.width), Side::Left, quiet);
        return;
    }
    let is_heard = !status.sound.is_silent() && !status.volume.muted;
    let is_safe = status.log.is_written() && status.may_sleep.is_none();
    let is_fine = is_safe && is_heard;
    let is_wide = row.width >= WIDE_FOOT;
    if is_fine && !is_wide {
        state = if status.rehearsal.is_real_time() { String::new() } else { status.rehearsal.to_string() };
    }
    let beside_state = row.width.saturating_sub(text::width(&state) + 3);
    let room = match (is_fine, is_wide) {
        (true, false) => beside_state,
        (true, true) => row.width * 3 / 4,
        // A runner who needs a key looks for it here; the help page shows all of the problem.
        (false, false) => row.width / 2,
        // A problem with the log or with sleep is shown whole.
        (false, true) if is_safe => row.width * 3 / 4,
        (false, true) => beside_state.min(row.width * 3 / 4),
    };
    let side = if state.is_empty() { Side::Left } else { Side::Right };
    let taken = put(buf, row, &keys.hints(room), side, quiet);
    let left = Rect { width: row.width.saturating_sub(taken + 3), ..row };
    put(buf, left, &state, Side::Left, style);
}

/// The keys of the running screen, as they apply now.
struct HintRow {
    keymap: &'static Keymap,
    /// The step can be ended with a key.
    can_end: bool,
    /// That key ends the repeat around the step.
    ends_repeat: bool,
    /// There is a belt to set.
    has_belt: bool,
    stands_still: bool,
    locked: bool,
}

impl HintRow {
    fn of(scene: &RunningScene<'_>) -> HintRow {
        let view = scene.view;
        let stands_still = !matches!(view.phase, Phase::Running | Phase::CountIn { .. });
        let can_end = !stands_still && (view.may_end() || view.position.place == SessionPlace::After);
        HintRow {
            keymap: scene.theme.keymap(),
            can_end,
            ends_repeat: view.ends_repeat,
            has_belt: view.sequence.activity.is_run(),
            stands_still,
            locked: scene.locked,
        }
    }

    /// As many keys as there is room for.
    fn hints(&self, columns: u16) -> String {
        if self.locked {
            return format!("locked: {} unlocks", self.keymap.label(KeyContext::Running, Action::Lock));
        }
        let hint = |b: &KeyBinding| match b.action {
            Action::Pause if self.stands_still => format!("{} resume", b.label()),
            Action::EndStep if self.ends_repeat => format!("{} end repeat", b.label()),
            _ => format!("{} {}", b.label(), b.hint),
        };
        let applies = |b: &&KeyBinding| {
            let works = match b.action {
                Action::EndStep => self.can_end,
                Action::Faster | Action::Slower | Action::Console => self.has_belt,
                _ => true,
            };
            works && !b.hint.is_empty()
        };
        let (help, others): (Vec<_>, Vec<_>) =
            self.keymap.of(KeyContext::Running).filter(applies).partition(|b| b.action == Action::Help);
        // The help key always has room: it leads to all others.
        let last: String = help.into_iter().map(hint).collect();
        let mut line = String::new();
        for hint in others.into_iter().map(hint) {
            if text::width(&line) + text::width(&hint) + text::width(&last) + 6 > columns {
                break;
            }
            line.push_str(&hint);
            line.push_str("   ");
        }
        line + &last
    }
}
