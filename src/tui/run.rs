//! The running screen, to be understood in half a second from two metres: the time in digits as large as the
//! window allows, on a field in the zone's colour; above it what to do, below it the belt's number; then what
//! comes next, and the whole workout with the place in it.

use super::text::{self, Side, bottom, inset, middle, put, top};
use super::theme::Theme;
use super::words::{self, Units};
use super::{digits, letters};
use crate::coach::View;
use crate::front::Status;
use crate::keys::{self, Context};
use crate::picture::Profile;
use crate::session::{Phase, Place};
use crate::units::clock;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Below this many columns and rows there is room for the digits and no more.
const LEAST: (u16, u16) = (40, 12);
/// From this width on the sound and the keys share a row.
const ONE_FOOT: u16 = 110;

/// Everything a picture is made of.
pub struct Scene<'a> {
    /// How things stand.
    pub view: &'a View<'a>,
    /// What the shell has to say.
    pub status: &'a Status,
    /// The colours.
    pub theme: Theme,
    /// The units.
    pub units: Units,
    /// The workout's profile, made for the window's width.
    pub profile: &'a Profile,
    /// The whole screen is lit, instead of a sound.
    pub flash: bool,
}

/// How many columns the profile has in a window of this width.
pub fn profile_width(columns: u16) -> u16 {
    columns.saturating_sub(2)
}

/// The rows below the field.
struct Below {
    next: u16,
    gap: u16,
    profile: u16,
    foot: u16,
}

impl Below {
    fn of(area: Rect) -> Below {
        let foot = if area.width < ONE_FOOT { 2 } else { 1 };
        let (next, gap, profile) = match area.height {
            0..16 => (1, 0, 1),
            16..22 => (1, 0, 2),
            22..28 => (1, 1, 3),
            28..40 => (1, 1, 4),
            _ => (3, 1, 7),
        };
        Below {
            next,
            gap,
            profile,
            foot,
        }
    }
}

/// Draws the whole screen.
pub fn draw(buf: &mut Buffer, scene: &Scene<'_>) {
    let area = buf.area;
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return tiny(buf, area, scene);
    }
    let mut rest = area;
    header(buf, inset(top(&mut rest, 1), 1), scene);
    let rows = Below::of(area);
    let mut feet = bottom(&mut rest, rows.foot);
    foot(buf, &mut feet, scene);
    let profile_area = inset(bottom(&mut rest, rows.profile), 1);
    bottom(&mut rest, rows.gap);
    next(buf, bottom(&mut rest, rows.next), scene);
    match scene.view.words {
        Some(said) => band(buf, profile_area, said, scene.theme.loud()),
        None => profile(buf, profile_area, scene),
    }
    field(buf, rest, scene);
}

fn is_still(scene: &Scene<'_>) -> bool {
    !matches!(scene.view.phase, Phase::Running)
}

fn field_style(scene: &Scene<'_>) -> Style {
    if scene.flash {
        scene.theme.flash()
    } else if is_still(scene) {
        scene.theme.still()
    } else {
        scene.theme.field(words::zone(scene.view))
    }
}

/// A window too small for anything but the number and, where a row is left, what to do.
fn tiny(buf: &mut Buffer, area: Rect, scene: &Scene<'_>) {
    let style = field_style(scene);
    buf.set_style(area, style);
    let mut rest = area;
    if area.height >= 7 {
        let line = match still_words(scene) {
            Some((word, _)) => word,
            None => words::title(scene.view),
        };
        put(
            buf,
            top(&mut rest, 1),
            line,
            Side::Middle,
            style.add_modifier(Modifier::BOLD),
        );
    }
    number(buf, rest, &words::big(scene.view), style);
}

fn header(buf: &mut Buffer, area: Rect, scene: &Scene<'_>) {
    let view = scene.view;
    let elapsed = clock(view.position.elapsed.whole_secs());
    let left = words::left(view);
    let mut right = match view.position.place {
        Place::Step(_) => format!("elapsed {elapsed}   left {left}"),
        Place::After => format!("elapsed {elapsed}   done"),
    };
    if let Some(count) = words::count(view)
        && area.width >= 80
    {
        right = format!("{count}   {right}");
    }
    let taken = put(buf, area, &right, Side::Right, scene.theme.strong());
    let name = Rect {
        width: area.width.saturating_sub(taken + 2),
        ..area
    };
    put(buf, name, &view.sequence.name, Side::Left, scene.theme.quiet());
}

/// The word for a clock that stands still, and what makes it go on.
fn still_words(scene: &Scene<'_>) -> Option<(&'static str, &'static str)> {
    match scene.view.phase {
        Phase::Ready => Some(("READY", "Space starts")),
        Phase::Paused => Some(("PAUSED", "Space goes on")),
        Phase::Absent { .. } => Some(("PAUSED", "see below")),
        Phase::Running | Phase::Stopped => None,
    }
}

/// The coloured field: what to do, the number, the belt.
fn field(buf: &mut Buffer, area: Rect, scene: &Scene<'_>) {
    let style = field_style(scene);
    buf.set_style(area, style);
    let mut rest = area;
    if let Some((word, how)) = still_words(scene) {
        let rows = (area.height * 2 / 5).max(3);
        still(buf, top(&mut rest, rows), (word, how), scene.theme.loud());
    }
    let mut inside = inset(rest, 1);
    let tall = match inside.height {
        0..13 => 1,
        13..30 => 3,
        _ => 6,
    };
    heading(buf, top(&mut inside, tall), scene, style);
    let belt_rows = match inside.height {
        0..11 => 1,
        11..30 => 3,
        _ => 6,
    };
    belt(buf, bottom(&mut inside, belt_rows), scene, style);
    let mut centre = Rect {
        y: inside.y,
        height: inside.height,
        ..rest
    };
    if let Some(prompt) = words::prompt(scene.view)
        && belt_rows > 1
    {
        let line = bottom(&mut centre, 1);
        let width = text::width(&prompt) + 4;
        let patch = middle(line, width, 1);
        let loud = style.add_modifier(Modifier::BOLD | Modifier::REVERSED);
        buf.set_style(patch, loud);
        put(buf, patch, &prompt, Side::Middle, loud);
    }
    let big = words::big(scene.view);
    let taken = number(buf, centre, &big, style);
    if let Some(unit) = words::big_unit(scene.view) {
        let beside = Rect {
            x: taken.right() + 2,
            y: taken.bottom().saturating_sub(3),
            width: centre.right().saturating_sub(taken.right() + 2),
            height: 3,
        };
        large(buf, beside, &unit, Side::Left, style);
    }
}

/// Writes a text as large as the area allows, in the middle of it, and returns where.
fn number(buf: &mut Buffer, area: Rect, text: &str, style: Style) -> Rect {
    if let Some(scale) = digits::largest(text, area.width, area.height) {
        let (width, height) = digits::size(text, scale);
        let at = middle(area, width, height);
        digits::draw(buf, at, text, scale, style);
        return at;
    }
    let at = middle(area, area.width, area.height.min(3));
    large(buf, at, text, Side::Middle, style)
}

/// Writes a text in the largest letters that fit the area, else in ordinary bold ones, and returns where.
fn large(buf: &mut Buffer, area: Rect, text: &str, side: Side, style: Style) -> Rect {
    let size = letters::largest(text, area.width, area.height)
        .and_then(|scale| letters::size(text, scale).map(|size| (scale, size)));
    let (width, height) = size.map_or((text::width(text).min(area.width), 1), |(_, size)| size);
    let mut at = middle(area, width, height);
    match side {
        Side::Left => at.x = area.x,
        Side::Middle => {}
        Side::Right => at.x = area.right().saturating_sub(width),
    }
    match size {
        Some((scale, _)) => letters::draw(buf, at, text, scale, style),
        None => drop(put(buf, at, text, side, style.add_modifier(Modifier::BOLD))),
    }
    at
}

/// A band with a word that must not be overlooked and, below it, what to do about it.
fn still(buf: &mut Buffer, area: Rect, (word, how): (&str, &str), style: Style) {
    buf.set_style(area, style);
    let mut rest = area;
    if area.height >= 5 {
        put(buf, bottom(&mut rest, 1), how, Side::Middle, style);
        large(buf, rest, word, Side::Middle, style);
    } else {
        let side = Rect {
            height: 1,
            y: area.y + area.height / 2,
            ..inset(area, 2)
        };
        put(buf, side, how, Side::Right, style);
        large(buf, inset(area, 2), word, Side::Left, style);
    }
}

/// What to do, large, and beside it where in the repeats this is.
fn heading(buf: &mut Buffer, area: Rect, scene: &Scene<'_>, style: Style) {
    let view = scene.view;
    let bold = style.add_modifier(Modifier::BOLD);
    let reps = view
        .step()
        .map(|s| words::reps(view.sequence, s))
        .unwrap_or_default();
    let mut lines = vec![reps.join(" · ")];
    lines.extend(words::details(view));
    lines.retain(|l| !l.is_empty());
    let aside = lines.iter().map(|l| text::width(l)).max().unwrap_or(0);
    let title = words::title(view);
    let room = Rect {
        width: area
            .width
            .saturating_sub(aside + 2)
            .max(area.width / 2)
            .min(area.width),
        ..area
    };
    let taken = large(buf, room, title, Side::Left, style);
    let mut rest = Rect {
        x: taken.right() + 2,
        width: area.right().saturating_sub(taken.right() + 2),
        ..area
    };
    if area.height == 1 {
        lines = vec![lines.join(" · ")];
    }
    for line in &lines {
        put(buf, top(&mut rest, 1), line, Side::Right, bold);
    }
}

/// The belt's number, large, with its pace and incline, and the zone at the right.
fn belt(buf: &mut Buffer, area: Rect, scene: &Scene<'_>, style: Style) {
    let bold = style.add_modifier(Modifier::BOLD);
    let zone = words::zone_text(words::zone(scene.view));
    let last = Rect {
        y: area.bottom().saturating_sub(1),
        height: 1,
        ..area
    };
    let mut facts = Vec::new();
    let mut x = area.x;
    if let Some(belt) = words::belt(scene.view, scene.units) {
        let taken = large(buf, area, &belt.number, Side::Left, style);
        x = taken.right() + 1;
        facts.push(belt.unit);
        facts.extend(belt.pace);
    }
    facts.extend(words::incline(scene.view));
    let room = |x: u16| Rect {
        x,
        width: last.right().saturating_sub(x),
        ..last
    };
    x += put(buf, room(x), &facts.join("   "), Side::Left, bold);
    if area.height > 1 {
        let over = Rect {
            x,
            width: area.right().saturating_sub(x),
            ..area
        };
        large(buf, inset(over, 1), &zone, Side::Right, style);
        return;
    }
    let right = words::prompt(scene.view).unwrap_or(zone);
    put(buf, room(x + 1), &right, Side::Right, bold);
}

/// What comes next, how long it lasts, and whether it is faster.
fn next(buf: &mut Buffer, area: Rect, scene: &Scene<'_>) {
    let view = scene.view;
    let row = inset(area, 1);
    let bold = scene.theme.strong();
    let Some(step) = view.next() else {
        let says = match view.position.place {
            Place::Step(_) => "then  the finish",
            Place::After => "well done",
        };
        large(buf, row, says, Side::Left, bold);
        return;
    };
    let zone = step.target.start.zone;
    let says = format!("next  {}  {}", step.title(), words::length(step));
    let change = view.next_signal.map_or("", words::change);
    let tag = format!(" {} ", zone.map_or("–".to_string(), |z| format!("Z{z}")));
    let side = format!("{change} ");
    let aside = text::width(&side) + text::width(&tag) + 2;
    let line = Rect {
        y: row.y + row.height / 2,
        height: 1,
        ..row
    };
    let main = Rect {
        width: row.width.saturating_sub(aside),
        ..row
    };
    large(buf, main, &says, Side::Left, bold);
    let patch = Rect {
        x: line.right().saturating_sub(text::width(&tag)),
        width: text::width(&tag).min(line.width),
        ..line
    };
    put(buf, patch, &tag, Side::Right, scene.theme.patch(zone));
    let before = Rect {
        width: line.width.saturating_sub(text::width(&tag)),
        ..line
    };
    put(buf, before, &side, Side::Right, bold);
}

/// Words to read now.
fn band(buf: &mut Buffer, area: Rect, said: &str, style: Style) {
    buf.set_style(area, style);
    let inner = inset(area, 1);
    if letters::largest(said, inner.width, inner.height).is_some() {
        large(buf, inner, said, Side::Middle, style);
        return;
    }
    let lines = text::wrap(said, inner.width, inner.height);
    let mut rest = middle(inner, inner.width, lines.len() as u16);
    for line in &lines {
        put(buf, top(&mut rest, 1), line, Side::Middle, style);
    }
}

/// The whole workout, with the part that is run and the place in it.
fn profile(buf: &mut Buffer, area: Rect, scene: &Scene<'_>) {
    let position = &scene.view.position;
    let head = match position.place {
        Place::Step(index) => {
            let part = position.length.map_or(0.5, |l| {
                position.into.as_secs_f64() as f32 / (l.as_secs_f64() as f32).max(0.001)
            });
            Some(scene.profile.column(index, part))
        }
        Place::After => None,
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

/// Where sound goes, and the keys.
fn foot(buf: &mut Buffer, area: &mut Rect, scene: &Scene<'_>) {
    let status = scene.status;
    let mut sound = match status.audible {
        true => format!("sound: {}", status.sound),
        false => format!("no sound, so bell and flash: {}", status.sound),
    };
    if let Some(speed) = &status.speed {
        sound = format!("{speed}   {sound}");
    }
    let first = inset(top(area, 1), 1);
    let quiet = scene.theme.quiet();
    if area.height > 0 {
        put(buf, first, &sound, Side::Left, quiet);
        put(buf, inset(*area, 1), &hints(first.width), Side::Left, quiet);
        return;
    }
    let hints = hints(first.width * 2 / 3);
    let taken = put(buf, first, &hints, Side::Right, quiet);
    let left = Rect {
        width: first.width.saturating_sub(taken + 3),
        ..first
    };
    put(buf, left, &sound, Side::Left, quiet);
}

/// The keys of the running screen, as many as there is room for.
fn hints(width: u16) -> String {
    let mut line = String::new();
    for binding in keys::of(Context::Running).filter(|b| !b.short.is_empty()) {
        let name = binding.names.split("  ").next().unwrap_or_default();
        let hint = format!("{name} {}", binding.short);
        let gap = if line.is_empty() { "" } else { "   " };
        if text::width(&line) + text::width(gap) + text::width(&hint) > width {
            break;
        }
        line.push_str(gap);
        line.push_str(&hint);
    }
    line
}
