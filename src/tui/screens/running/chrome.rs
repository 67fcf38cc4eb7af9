//! What stands around the field: the line above it, the workout's profile, the sound and the keys.

use super::RunningScene;
use super::labels;
use crate::frontend::LogStatus;
use crate::keymap;
use crate::keymap::{Action, KeyBinding, KeyContext};
use crate::session::{Phase, SessionPlace};
use crate::tui::widgets::text;
use crate::tui::widgets::text::{Side, inset, put};
use crate::units::clock;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The fewest columns of the workout's name.
const NAME: u16 = 10;

/// The workout's name; and which step, how long it has been, how long it will be, and until when.
pub fn header(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>) {
    let view = scene.view;
    let elapsed = Some(format!("elapsed {}", clock(view.position.elapsed.whole_secs())));
    let left = match view.position.place {
        SessionPlace::Step(_) => format!("left {}", labels::left(view)),
        SessionPlace::After => "done".to_string(),
    };
    let ends = labels::ends(view, scene.status);
    // What is shown, and how much it matters.
    let muted = scene.status.volume.muted.then(|| "muted".to_string());
    let mut shown = [(1, muted), (4, labels::count(view)), (3, elapsed), (1, Some(left)), (2, ends)];
    let line = |shown: &[(u8, Option<String>)]| {
        let parts: Vec<&str> = shown.iter().filter_map(|(_, part)| part.as_deref()).collect();
        parts.join("   ")
    };
    for rank in (2..=4).rev() {
        if text::width(&line(&shown)) + NAME + 2 > area.width {
            shown.iter_mut().filter(|(r, _)| *r == rank).for_each(|(_, part)| *part = None);
        }
    }
    let taken = put(buf, area, &line(&shown), Side::Right, scene.theme.strong());
    let name = Rect { width: area.width.saturating_sub(taken + 2), ..area };
    put(buf, name, &view.sequence.name, Side::Left, scene.theme.quiet());
}

/// The whole workout, with the part that is run and the place in it.
pub fn profile(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>) {
    let position = &scene.view.position;
    let head = match position.place {
        SessionPlace::Step(index) => {
            let part = position
                .length
                .map_or(0.5, |l| position.into.as_secs_f64() as f32 / (l.as_secs_f64() as f32).max(0.001));
            Some(scene.profile.column(index, part))
        }
        SessionPlace::After => None,
    };
    for (column, bar) in (0..area.width).zip(&scene.profile.bars) {
        let style = match head {
            Some(head) if column == head => scene.theme.strong(),
            Some(head) if column > head => scene.theme.bar(bar.zone),
            _ => scene.theme.bar_played(bar.zone),
        };
        for row in 0..area.height {
            let mut block = bar.block(row, area.height);
            if block == ' ' && head == Some(column) {
                block = '│';
            }
            if let Some(cell) = buf.cell_mut((area.x + column, area.bottom() - 1 - row)) {
                cell.set_char(block).set_style(style);
            }
        }
    }
}

/// Where sound goes, or what keeps the session from being saved, and the keys. In one narrow row the keys, unless
/// there is something to worry about.
pub fn foot(buf: &mut Buffer, area: Rect, scene: &RunningScene<'_>) {
    let status = scene.status;
    let quiet = scene.theme.quiet();
    let (mut says, style) = match &status.log {
        LogStatus::Written => (status.machine(), quiet),
        // A session that may be lost matters more than where the sound goes.
        waiting => (waiting.to_string(), scene.theme.loud()),
    };
    if let Some(speed) = &status.speed {
        says = format!("{speed}   {says}");
    }
    let row = inset(Rect { height: area.height.min(1), ..area }, 1);
    let paused = !matches!(scene.view.phase, Phase::Running | Phase::CountIn { .. });
    let ends = !paused && (scene.view.may_end() || scene.view.position.place == SessionPlace::After);
    if area.height > 1 {
        put(buf, row, &says, Side::Left, style);
        let below = Rect { y: row.y + 1, ..row };
        put(buf, below, &hints(below.width, (ends, paused, scene.locked)), Side::Left, quiet);
        return;
    }
    let heard = !status.sound.is_silent() && !status.volume.muted;
    let fine = status.log.is_written() && heard && status.may_sleep.is_none();
    if fine && row.width < 98 {
        says = status.speed.map_or(String::new(), |speed| speed.to_string());
    }
    let room = match (fine, row.width < 98) {
        (true, true) => row.width.saturating_sub(text::width(&says) + 3),
        (true, false) => row.width * 3 / 4,
        // Whoever has to press one looks for it here; the help says all of what is wrong.
        (false, true) => row.width / 2,
        // What is in the way of the log is read to its end.
        (false, false) if status.log.is_written() && status.may_sleep.is_none() => row.width * 3 / 4,
        (false, false) => row.width.saturating_sub(text::width(&says) + 3).min(row.width * 3 / 4),
    };
    let side = if says.is_empty() { Side::Left } else { Side::Right };
    let taken = put(buf, row, &hints(room, (ends, paused, scene.locked)), side, quiet);
    let left = Rect { width: row.width.saturating_sub(taken + 3), ..row };
    put(buf, left, &says, Side::Left, style);
}

/// The keys of the running screen, as many as there is room for; the one that ends a step where it would.
fn hints(width: u16, (ends, paused, locked): (bool, bool, bool)) -> String {
    if locked {
        return format!("locked: {} unlocks", keymap::label(KeyContext::Running, Action::Lock));
    }
    let does = |b: &KeyBinding| if paused && b.action == Action::Pause { "go on" } else { b.hint };
    let hint = |b: &KeyBinding| format!("{} {}", b.label(), does(b));
    let useful = |b: &&KeyBinding| !b.hint.is_empty() && (ends || b.action != Action::EndStep);
    let (help, others): (Vec<_>, Vec<_>) =
        keymap::of(KeyContext::Running).filter(useful).partition(|b| b.action == Action::Help);
    // The last is where the others are found, so it is never without room.
    let last: String = help.into_iter().map(hint).collect();
    let mut line = String::new();
    for hint in others.into_iter().map(hint) {
        if text::width(&line) + text::width(&hint) + text::width(&last) + 6 > width {
            break;
        }
        line.push_str(&hint);
        line.push_str("   ");
    }
    line + &last
}
