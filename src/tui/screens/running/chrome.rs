//! Everything around the band: the line above it, the workout's chart, the sound and the keys.

use super::fact_row::join_fitting;
use super::labels::{self, distance, time};
use super::layout::RunningLayout;
use super::scene::RunningScene;
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

/// The columns that a line about a problem leaves for the keys.
const LEAST_HINTS: u16 = 24;
/// The columns between the state and the keys.
const GAP: u16 = 3;

/// A part of the header.
struct HeaderPart {
    /// Parts of a higher rank are left out first.
    rank: u8,
    text: Option<String>,
}

/// Draws the workout's name and the facts of the session, as many as there is room for: the time left, the time of day
/// at the end, the time and the distance run, the average pace, and the step's number.
pub fn header(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>) {
    if area.is_empty() {
        return;
    }
    let view = scene.view;
    let elapsed = format!("elapsed {}", clock(view.position.elapsed.whole_secs()));
    let left = match view.position.place {
        SessionPlace::Step(_) => format!("left {}", time::left(view)),
        SessionPlace::After => "done".to_string(),
    };
    let muted = scene.status.volume.muted.then(|| "muted".to_string());
    let mut parts = [
        HeaderPart { rank: 1, text: muted },
        HeaderPart { rank: 6, text: labels::count(view) },
        HeaderPart { rank: 5, text: distance::average_pace(view, scene.units) },
        HeaderPart { rank: 4, text: distance::of_session(view, scene.units) },
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
    for rank in (2..=6).rev() {
        if text::width(&line(&parts)) + NAME_COLUMNS + 2 > area.width {
            parts.iter_mut().filter(|part| part.rank == rank).for_each(|part| part.text = None);
        }
    }
    let taken = put(buf, area, &line(&parts), Side::Right, scene.theme.strong());
    let name = Rect { width: area.width.saturating_sub(taken + 2), ..area };
    put(buf, name, &title(scene, name.width), Side::Left, scene.theme.quiet());
}

/// Draws the details of the step in the row that messages have for themselves: first the key that ends the step, unless
/// it is large elsewhere.
pub fn details(buf: &mut Buffer, layout: &RunningLayout, scene: &RunningScene<'_>) {
    let area = inset(layout.words, 1);
    if area.is_empty() {
        return;
    }
    let mut facts = match layout.has_large_prompt() {
        true => Vec::new(),
        false => labels::prompts(scene.view, scene.units, scene.theme.keymap()).into_iter().take(1).collect(),
    };
    facts.extend(labels::details(scene.view, scene.units));
    facts.extend(scene.offers.iter().cloned());
    let whole = scene.status.device_lines(scene.theme.keymap()).into_iter().next().unwrap_or_default();
    let is_cut = !state_line(scene, inset(layout.foot, 1).width, layout.foot.height > 1).contains(&whole);
    facts.extend(Some(whole).filter(|_| is_cut && scene.status.sound.is_silent()));
    let row = text::middle(area, area.width, 1);
    put(buf, row, &join_fitting(&facts, row.width), Side::Left, scene.theme.strong());
}

/// Returns the workout's name. Before the start, the workout in one line: after the name if both fit, else instead.
fn title(scene: &RunningScene<'_>, columns: u16) -> String {
    let sequence = scene.view.sequence;
    if scene.view.phase != Phase::Ready {
        return sequence.name.clone();
    }
    let units = scene.units;
    let end_key = scene.theme.keymap().label(KeyContext::Running, Action::EndStep);
    let style = LineStyle { pace: units.pace, speed: units.speed, flat: Incline::FLAT, end_key };
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
    if area.is_empty() {
        return;
    }
    let style = match scene.status.log.is_written() {
        true => scene.theme.quiet(),
        // A session that may be lost matters more than the sound.
        false => scene.theme.loud(),
    };
    let row = inset(Rect { height: area.height.min(1), ..area }, 1);
    let keys = HintRow::of(scene);
    let state = state_line(scene, row.width, area.height > 1);
    if area.height > 1 {
        put(buf, row, &state, Side::Left, style);
        let below = Rect { y: row.y + 1, ..row };
        put(buf, below, &keys.hints(below.width), Side::Left, scene.theme.quiet());
        return;
    }
    let room = row.width.saturating_sub(text::width(&state) + GAP).min(row.width * 3 / 4);
    let (side, room) = if state.is_empty() { (Side::Left, row.width) } else { (Side::Right, room) };
    let taken = put(buf, row, &keys.hints(room), side, scene.theme.quiet());
    let left = Rect { width: row.width.saturating_sub(taken + GAP), ..row };
    put(buf, left, &state, Side::Left, style);
}

/// The state of the sound and the log in the words that fit: they are shortened, never cut. A narrow row that it shares
/// with the keys shows it only if something is wrong.
fn state_line(scene: &RunningScene<'_>, columns: u16, has_own_row: bool) -> String {
    let status = scene.status;
    let is_heard = !status.sound.is_silent() && !status.volume.muted;
    let is_fine = status.log.is_written() && status.may_sleep.is_none() && is_heard;
    let lines = match status.log.is_written() {
        true => status.device_lines(scene.theme.keymap()),
        false => status.log.lines(),
    };
    let shortest = lines.last().cloned().unwrap_or_default();
    let speed = (!status.rehearsal.is_real_time()).then(|| status.rehearsal.to_string());
    let room = match (has_own_row, columns >= WIDE_FOOT) {
        (true, _) => columns,
        (false, true) => columns.saturating_sub(LEAST_HINTS + GAP),
        (false, false) => columns / 2,
    };
    if is_fine && !has_own_row && columns < WIDE_FOOT {
        return speed.unwrap_or_default();
    }
    let with_speed = |line: &String| match &speed {
        Some(speed) => format!("{speed}   {line}"),
        None => line.clone(),
    };
    let fitting = lines.iter().map(with_speed).find(|line| text::width(line) <= room);
    fitting.unwrap_or(shortest)
}

/// The keys of the running screen, as they apply now.
struct HintRow {
    keymap: &'static Keymap,
    /// The step can be ended with a key.
    can_end: bool,
    /// That key ends the repeat around the step.
    ends_repeat: bool,
    /// The last step is over.
    is_done: bool,
    /// There is a belt to set.
    has_belt: bool,
    stands_still: bool,
    locked: bool,
    /// Something else takes the keys.
    is_covered: bool,
}

impl HintRow {
    fn of(scene: &RunningScene<'_>) -> HintRow {
        let view = scene.view;
        let stands_still = !matches!(view.phase, Phase::Running | Phase::CountIn { .. });
        let is_done = view.position.place == SessionPlace::After;
        let can_end = !stands_still && (view.may_end() || is_done);
        HintRow {
            keymap: scene.theme.keymap(),
            can_end,
            ends_repeat: view.ends_repeat,
            is_done,
            has_belt: view.sequence.activity.is_run(),
            stands_still,
            locked: scene.locked,
            is_covered: scene.is_covered,
        }
    }

    /// As many keys as there is room for.
    fn hints(&self, columns: u16) -> String {
        if self.locked {
            return format!("locked: {} unlocks", self.keymap.label(KeyContext::Running, Action::Lock));
        }
        if self.is_covered {
            return String::new();
        }
        let hint = |b: &KeyBinding| match b.action {
            Action::Pause if self.stands_still => format!("{} resume", b.label()),
            Action::EndStep if self.is_done => format!("{} end", b.label()),
            Action::EndStep if self.ends_repeat => format!("{} end repeat", b.label()),
            _ => format!("{} {}", b.label(), b.hint),
        };
        let applies = |b: &&KeyBinding| {
            let works = match b.action {
                Action::EndStep => self.can_end,
                Action::Pause | Action::Skip | Action::Extend | Action::Quit if self.is_done => false,
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
