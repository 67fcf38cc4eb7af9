//! The running screen, to be understood in half a second from two metres: the time in digits as large as the
//! window allows, on a field in the zone's colour; above it what to do, below it the belt's number; then what
//! comes next, and the whole workout with the place in it.

use super::text::{self, Side, bottom, inset, middle, put, top};
use super::theme::Theme;
use super::words::{self, Units};
use super::{digits, letters};
use crate::coach::View;
use crate::keys::{self, Action, Binding, Context};
use crate::picture::Profile;
use crate::runtime::Status;
use crate::session::{Phase, Place};
use crate::units::{Millis, clock};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Below this many columns and rows there is room for the digits and no more.
const LEAST: (u16, u16) = (40, 12);
/// From this width on the sound and the keys share a row.
const ONE_FOOT: u16 = 100;

/// So long before a change what comes next is lit in its own colour.
const SOON: Millis = Millis::from_secs(10);

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
            22..32 => (1, 0, 2),
            32..36 => (1, 0, 3),
            36..44 => (3, 1, 4),
            _ => (3, 1, 6),
        };
        Below {
            next,
            gap,
            profile,
            foot,
        }
    }
}

/// Draws it on an area as wide as the window; below it there may be a question.
pub fn draw(buf: &mut Buffer, area: Rect, scene: &Scene<'_>) {
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return tiny(buf, area, scene);
    }
    let mut rest = area;
    header(buf, inset(top(&mut rest, 1), 1), scene);
    let rows = Below::of(area);
    let mut last = bottom(&mut rest, rows.profile + rows.foot);
    match scene.view.words {
        // For a while words to read matter more than the keys.
        Some(said) => band(buf, last, said, scene.theme.loud()),
        None => {
            profile(buf, inset(top(&mut last, rows.profile), 1), scene);
            foot(buf, &mut last, scene);
        }
    }
    bottom(&mut rest, rows.gap);
    next(buf, bottom(&mut rest, rows.next), scene);
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

/// The rows of the field's three storeys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Storeys {
    heading: u16,
    number: u16,
    belt: u16,
}

impl Storeys {
    /// The most generous heading and belt that leave the number half of the field, or all that it can use.
    fn of(area: Rect, big: &str, with_belt: bool) -> Storeys {
        const OFFERED: [(u16, u16); 7] = [(6, 10), (6, 5), (3, 5), (3, 3), (1, 3), (3, 1), (1, 1)];
        let tall = |spent: u16| {
            let left = area.height.saturating_sub(spent);
            digits::largest(big, area.width, left).map_or(0, |scale| digits::size(big, scale).1)
        };
        let most = tall(2);
        let (heading, belt) = OFFERED
            .into_iter()
            .filter(|(_, belt)| with_belt || *belt <= 3)
            .find(|(heading, belt)| {
                let rows = tall(heading + belt);
                let spare = area.height.saturating_sub(heading + belt + rows);
                let apart = *heading == 1 || spare >= 2;
                rows > 0 && apart && (rows == most || rows >= area.height / 2)
            })
            .unwrap_or((1, 1));
        Storeys {
            heading,
            number: area.height.saturating_sub(heading + belt),
            belt,
        }
    }
}

/// The coloured field: what to do, the number, the belt.
fn field(buf: &mut Buffer, area: Rect, scene: &Scene<'_>) {
    let style = field_style(scene);
    buf.set_style(area, style);
    let mut rest = area;
    let big = words::big(scene.view);
    if let Some((word, how)) = still_words(scene) {
        let loud = scene.theme.loud();
        if area.height < 10 {
            still(buf, top(&mut rest, 3), (word, ""), loud);
            let line = inset(bottom(&mut rest, 1), 1);
            put(buf, line, how, Side::Middle, style.add_modifier(Modifier::BOLD));
            number(buf, rest, &big, style);
            return;
        }
        still(buf, top(&mut rest, area.height * 2 / 5), (word, how), loud);
    }
    let has_belt = words::belt(scene.view, scene.units).is_some();
    let storeys = Storeys::of(rest, &big, has_belt);
    let digits_rows =
        digits::largest(&big, rest.width, storeys.number).map_or(0, |s| digits::size(&big, s).1);
    let spare = storeys.number.saturating_sub(digits_rows);
    bottom(&mut rest, u16::from(spare >= 3 && storeys.belt > 1));
    top(&mut rest, u16::from(spare >= 4 && storeys.heading > 1));
    heading(buf, inset(top(&mut rest, storeys.heading), 1), scene, style);
    top(&mut rest, u16::from(spare >= 2));
    belt(buf, inset(bottom(&mut rest, storeys.belt), 1), scene, style);
    bottom(&mut rest, u16::from(spare >= 1));
    let at = number(buf, rest, &big, style);
    if let Some(unit) = words::big_unit(scene.view) {
        let x = at.right() + 2;
        let beside = Rect {
            x,
            y: at.bottom().saturating_sub(3),
            width: rest.right().saturating_sub(x),
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
    if !how.is_empty() {
        let rows = if area.height >= 10 { 3 } else { 1 };
        large(buf, bottom(&mut rest, rows), how, Side::Middle, style);
    }
    large(buf, rest, word, Side::Middle, style);
}

/// What to do, large, and beside it where in the repeats this is.
fn heading(buf: &mut Buffer, area: Rect, scene: &Scene<'_>, style: Style) {
    let view = scene.view;
    let reps = view
        .step()
        .map(|s| words::reps(view.sequence, s))
        .unwrap_or_default();
    let mut lines = vec![reps.join(" · ")];
    lines.extend(words::details(view));
    lines.retain(|l| !l.is_empty());
    if area.height == 1 {
        lines = vec![joined(&lines, area.width * 2 / 3)];
    }
    let aside = lines.iter().map(|l| text::width(l)).max().unwrap_or(0);
    let room = Rect {
        width: area.width.saturating_sub(aside + 2).max(area.width / 2),
        ..area
    };
    let taken = large(buf, room, words::title(view), Side::Left, style);
    let rest = Rect {
        x: taken.right() + 2,
        width: area.right().saturating_sub(taken.right() + 2),
        ..area
    };
    stack(buf, rest, &lines, Side::Right, style);
}

/// Writes lines one below the other: large where each has the rows for it, else in bold from the top.
fn stack(buf: &mut Buffer, area: Rect, lines: &[String], side: Side, style: Style) {
    let mut rest = area;
    let each = area.height / (lines.len() as u16).max(1);
    let fits = |line: &String| letters::largest(line, area.width, each).is_some();
    let rows = if each >= 3 && lines.iter().all(fits) { 3 } else { 1 };
    for line in lines {
        large(buf, top(&mut rest, rows), line, side, style);
    }
}

/// The belt's number, large, with its unit, pace and incline, and at the right what ends the step, or the zone.
fn belt(buf: &mut Buffer, area: Rect, scene: &Scene<'_>, style: Style) {
    let zone = words::zone(scene.view);
    let mut facts = Vec::new();
    let mut x = area.x;
    if let Some(belt) = words::belt(scene.view, scene.units) {
        let taken = match digits::largest(&belt.number, area.width, area.height) {
            Some(_) => number(
                buf,
                Rect {
                    width: digits_width(&belt.number, area),
                    ..area
                },
                &belt.number,
                style,
            ),
            None => large(buf, area, &belt.number, Side::Left, style),
        };
        x = taken.right() + 1 + u16::from(area.height > 1);
        facts.push(belt.unit);
        facts.extend(belt.pace);
    }
    facts.extend(words::incline(scene.view));
    let prompts = words::prompts(scene.view);
    if area.height == 1 {
        let room = Rect {
            x,
            width: area.right().saturating_sub(x),
            ..area
        };
        let right = prompts.into_iter().next().unwrap_or(words::zone_text(zone));
        let taken = put(buf, room, &right, Side::Right, style.add_modifier(Modifier::BOLD));
        let left = Rect {
            width: room.width.saturating_sub(taken + 2),
            ..room
        };
        put(
            buf,
            left,
            &joined(&facts, left.width),
            Side::Left,
            style.add_modifier(Modifier::BOLD),
        );
        return;
    }
    let facts_width = facts.iter().map(|f| text::width(f)).max().unwrap_or(0);
    let right = Rect {
        x: x + facts_width + 2,
        width: area.right().saturating_sub(x + facts_width + 2),
        ..area
    };
    let fits = |p: &&String| letters::largest(p, right.width, right.height).is_some();
    let tag = match prompts.iter().find(fits).or(prompts.first()) {
        Some(prompt) => prompt.clone(),
        None => zone.map_or(String::new(), |z| format!("Z{z}")),
    };
    let taken = large(buf, right, &tag, Side::Right, style);
    let left = Rect {
        x,
        width: taken.x.saturating_sub(x + 1),
        ..area
    };
    let rows = facts.len() as u16
        * if area.height / (facts.len() as u16).max(1) >= 3 {
            3
        } else {
            1
        };
    let left = Rect {
        y: left.bottom().saturating_sub(rows.min(left.height)),
        height: rows.min(left.height),
        ..left
    };
    stack(buf, left, &facts, Side::Left, style);
}

/// As many texts as fit a row in whole.
fn joined(texts: &[String], columns: u16) -> String {
    let mut line = String::new();
    for text in texts {
        let gap = if line.is_empty() { "" } else { " · " };
        if text::width(&line) + text::width(gap) + text::width(text) <= columns {
            line.push_str(gap);
            line.push_str(text);
        }
    }
    line
}

/// The columns that a number takes as digits in an area.
fn digits_width(text: &str, area: Rect) -> u16 {
    digits::largest(text, area.width, area.height).map_or(0, |scale| digits::size(text, scale).0)
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
    let soon = view.position.remaining().is_some_and(|r| r <= SOON) && !is_still(scene);
    let bold = match soon {
        true => scene.theme.loud(),
        false => scene.theme.patch(zone),
    };
    buf.set_style(area, bold);
    let says = format!("next  {}  {}", step.title(), words::length(step));
    let tag = zone.map_or("–".to_string(), |z| format!("Z{z}"));
    let patch = scene.theme.patch(zone);
    let mut row = row;
    if row.height >= 3 {
        let word = view.next_signal.map_or("", words::change_word);
        for (text, style) in [(tag.as_str(), patch), (word, bold)] {
            let columns = letters::size(text, 1).map_or(0, |(w, _)| w + 4);
            let at = beside(&mut row, columns);
            buf.set_style(at, style);
            large(buf, inset(at, 2), text, Side::Middle, style);
        }
    } else {
        let at = beside(&mut row, text::width(&tag) + 2);
        buf.set_style(at, patch);
        put(buf, at, &tag, Side::Middle, patch);
        let change = view.next_signal.map_or("", words::change);
        let whole = text::width(change) + text::width(&says) + 3 <= row.width;
        let change = if whole {
            change
        } else {
            change.split(' ').next().unwrap_or_default()
        };
        let at = beside(&mut row, text::width(change) + 2);
        put(buf, at, change, Side::Middle, bold);
    }
    large(buf, row, &says, Side::Left, bold);
}

/// Takes columns off the right of an area.
fn beside(area: &mut Rect, columns: u16) -> Rect {
    let columns = columns.min(area.width);
    area.width -= columns;
    Rect {
        x: area.right(),
        width: columns,
        ..*area
    }
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
        false => format!("no sound: bell and flash ({})", status.sound),
    };
    if let Some(speed) = &status.speed {
        sound = format!("{speed}   {sound}");
    }
    let first = inset(top(area, 1), 1);
    let ends = scene.view.may_end_from.is_some() || scene.view.position.place == Place::After;
    let quiet = scene.theme.quiet();
    if area.height > 0 {
        put(buf, first, &sound, Side::Left, quiet);
        put(buf, inset(*area, 1), &hints(first.width, ends), Side::Left, quiet);
        return;
    }
    let hints = hints(first.width * 3 / 4, ends);
    let taken = put(buf, first, &hints, Side::Right, quiet);
    let left = Rect {
        width: first.width.saturating_sub(taken + 3),
        ..first
    };
    put(buf, left, &sound, Side::Left, quiet);
}

/// The keys of the running screen, as many as there is room for; the one that ends a step where it would.
fn hints(width: u16, ends: bool) -> String {
    let mut line = String::new();
    let useful = |b: &&Binding| !b.short.is_empty() && (ends || b.action != Action::EndStep);
    for binding in keys::of(Context::Running).filter(useful) {
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
