//! The running screen, to be understood in half a second from two metres: the time in digits as large as the
//! window allows, on a field in the zone's colour; above it what to do, below it the belt's number; then what
//! comes next, and the whole workout with the place in it.

use super::field;
use super::large::{large, number};
use super::letters;
use super::reading::{self, Units};
use super::text::{self, Side, beside, bottom, inset, middle, put, top};
use super::theme::Theme;
use crate::coach::View;
use crate::front::{Log, Status};
use crate::keys::{self, Action, Binding, Context};
use crate::picture::Profile;
use crate::session::{Phase, Place};
use crate::units::{Millis, clock};
use crate::words;
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
    /// What a key would not do, or what did not come about, while that is said.
    pub said: Option<&'a str>,
    /// The keys that answer the words to be read; empty where they ask nothing.
    pub answers: String,
    /// Whether all keys but one are locked.
    pub locked: bool,
    /// Whether there is to be nothing but the number.
    pub digits_only: bool,
}

/// What can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The time, and the belt's number beside or below it.
    Number,
    /// What to do, and the line above it.
    Heading,
    /// What comes next.
    Next,
    /// The workout's profile.
    Profile,
    /// The sound and the keys.
    Foot,
}

/// What stands at a column and a row of an area on which the scene is drawn.
pub fn target(area: Rect, _: &Scene<'_>, column: u16, row: u16) -> Option<Spot> {
    if !area.contains((column, row).into()) {
        return None;
    }
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return Some(Spot::Number);
    }
    let rows = Below::of(area);
    Some(match area.bottom() - 1 - row {
        up if up < rows.foot => Spot::Foot,
        up if up < rows.foot + rows.profile => Spot::Profile,
        up if up < rows.foot + rows.profile + rows.gap + rows.next => Spot::Next,
        _ if row < area.y + 4 => Spot::Heading,
        _ => Spot::Number,
    })
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
            16..32 => (1, 0, 2),
            32..36 => (1, 0, 3),
            36..44 => (3, 1, 4),
            _ => (3, 1, 6),
        };
        Below { next, gap, profile, foot }
    }
}

/// Draws it on an area as wide as the window; below it there may be a question.
pub fn draw(buf: &mut Buffer, area: Rect, scene: &Scene<'_>) {
    if scene.digits_only || area.width < LEAST.0 || area.height < LEAST.1 {
        return tiny(buf, area, scene);
    }
    let mut rest = area;
    header(buf, inset(top(&mut rest, 1), 1), scene);
    let rows = Below::of(area);
    let mut last = bottom(&mut rest, rows.profile + rows.foot);
    match scene.said.or(scene.view.words) {
        // For a while words to read matter more than the keys.
        Some(said) => {
            let answers = if scene.said.is_none() { scene.answers.as_str() } else { "" };
            band(buf, last, (said, answers), scene.theme.loud());
        }
        None => {
            profile(buf, inset(top(&mut last, rows.profile), 1), scene);
            foot(buf, &mut last, scene);
        }
    }
    bottom(&mut rest, rows.gap);
    next(buf, bottom(&mut rest, rows.next), scene);
    field::draw(buf, rest, scene);
}

/// A window too small for anything but the number and, where a row is left, what to do.
fn tiny(buf: &mut Buffer, area: Rect, scene: &Scene<'_>) {
    let style = field::style(scene);
    buf.set_style(area, style);
    let mut rest = area;
    match field::still_words(scene) {
        Some((word, _)) if area.height >= 9 => {
            field::still(buf, top(&mut rest, 3), (&word, ""), scene.theme.loud());
        }
        Some((word, _)) if area.height >= 2 => {
            field::still(buf, top(&mut rest, 1), (&word, ""), scene.theme.loud())
        }
        None if area.height >= 6 => {
            let line = top(&mut rest, 1);
            put(buf, line, reading::title(scene.view), Side::Middle, style.add_modifier(Modifier::BOLD));
        }
        _ => {}
    }
    number(buf, rest, &reading::big(scene.view, scene.units), style);
}

fn header(buf: &mut Buffer, area: Rect, scene: &Scene<'_>) {
    let view = scene.view;
    let elapsed = clock(view.position.elapsed.whole_secs());
    let left = reading::left(view);
    let mut right = match view.position.place {
        Place::Step(_) => format!("elapsed {elapsed}   left {left}"),
        Place::After => format!("elapsed {elapsed}   done"),
    };
    if let Some(count) = reading::count(view)
        && area.width >= 80
    {
        right = format!("{count}   {right}");
    }
    let taken = put(buf, area, &right, Side::Right, scene.theme.strong());
    let name = Rect { width: area.width.saturating_sub(taken + 2), ..area };
    put(buf, name, &view.sequence.name, Side::Left, scene.theme.quiet());
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
    let press = reading::next_press(view).filter(|(press, _)| press.step == step.id);
    // The belt may need time: what is to be pressed comes before the step.
    let left = press.map(|(_, wait)| wait).or(view.position.remaining());
    let soon = left.is_some_and(|r| r <= SOON) && !field::is_still(scene);
    let bold = match soon {
        true => scene.theme.loud(),
        false => scene.theme.patch(zone),
    };
    buf.set_style(area, bold);
    let rails = view.next_on_rails && view.sequence.show_pace;
    let title = if rails { reading::ON_RAILS } else { step.title() };
    let mut says = format!("next  {title}  {}", words::length(step));
    if let Some(setting) = view.next_setting.filter(|s| view.sequence.show_pace && s.number > 0.0) {
        says.push_str(&format!("  {}", view.treadmill.belt.text(setting.number)));
    }
    let tag = zone.map_or("–".to_string(), |z| format!("Z{z}"));
    let patch = scene.theme.patch(zone);
    let mut row = row;
    if row.height >= 3 {
        let word = view.next_signal.map_or("", reading::change_word);
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
        let change = view.next_signal.map_or("", reading::change);
        let whole = text::width(change) + text::width(&says) + 3 <= row.width;
        let change = if whole { change } else { change.split(' ').next().unwrap_or_default() };
        let at = beside(&mut row, text::width(change) + 2);
        put(buf, at, change, Side::Middle, bold);
    }
    large(buf, row, &says, Side::Left, bold);
}

/// Words to read now, and the keys that answer them.
fn band(buf: &mut Buffer, area: Rect, (said, answers): (&str, &str), style: Style) {
    buf.set_style(area, style);
    let mut inner = inset(area, 1);
    if !answers.is_empty() {
        let columns = letters::size(answers, 1).map_or(u16::MAX, |(columns, _)| columns);
        let lines = |columns| text::wrap(said, columns, inner.height);
        let room = inner.width.saturating_sub(columns.saturating_add(3));
        let whole = letters::largest(said, inner.width, inner.height.saturating_sub(3)).is_some();
        let at = match inner.height >= 3 && room >= 20 && !lines(room).iter().any(|l| l.ends_with('…')) {
            _ if whole => bottom(&mut inner, 3),
            true => beside(&mut inner, columns + 3),
            false => bottom(&mut inner, 1),
        };
        large(buf, at, answers, Side::Right, style);
    }
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
            let part = position
                .length
                .map_or(0.5, |l| position.into.as_secs_f64() as f32 / (l.as_secs_f64() as f32).max(0.001));
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

/// Where sound goes, or what keeps the session from being saved, and the keys.
fn foot(buf: &mut Buffer, area: &mut Rect, scene: &Scene<'_>) {
    let status = scene.status;
    let quiet = scene.theme.quiet();
    let (mut says, style) = match &status.log {
        Log::Written => (status.machine(), quiet),
        // A session that may be lost matters more than where the sound goes.
        waiting => (waiting.to_string(), scene.theme.loud()),
    };
    if let Some(speed) = &status.speed {
        says = format!("{speed}   {says}");
    }
    let first = inset(top(area, 1), 1);
    let paused = !matches!(scene.view.phase, Phase::Running | Phase::CountIn { .. });
    let ends = !paused && (scene.view.may_end() || scene.view.position.place == Place::After);
    if area.height > 0 {
        put(buf, first, &says, Side::Left, style);
        put(buf, inset(*area, 1), &hints(first.width, (ends, paused, scene.locked)), Side::Left, quiet);
        return;
    }
    let room = match status.log {
        Log::Written if status.may_sleep.is_none() => first.width * 3 / 4,
        _ => first.width.saturating_sub(text::width(&says) + 3),
    };
    let hints = hints(room, (ends, paused, scene.locked));
    let taken = put(buf, first, &hints, Side::Right, quiet);
    let left = Rect { width: first.width.saturating_sub(taken + 3), ..first };
    put(buf, left, &says, Side::Left, style);
}

/// The keys of the running screen, as many as there is room for; the one that ends a step where it would.
fn hints(width: u16, (ends, paused, locked): (bool, bool, bool)) -> String {
    if locked {
        return format!("locked: {} unlocks", keys::name(Context::Running, Action::Lock));
    }
    let does = |b: &Binding| if paused && b.action == Action::Pause { "go on" } else { b.short };
    let hint = |b: &Binding| format!("{} {}", b.names.split("  ").next().unwrap_or_default(), does(b));
    let useful = |b: &&Binding| !b.short.is_empty() && (ends || b.action != Action::EndStep);
    let (help, others): (Vec<_>, Vec<_>) =
        keys::of(Context::Running).filter(useful).partition(|b| b.action == Action::Help);
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
