//! One session in a row, its columns as the width allows.

use super::zone_bar;
use crate::history::describe;
use crate::history::queries::LogEntry;
use crate::text::clean;
use crate::tui::theme::Theme;
use crate::tui::widgets::text::{Side, beside, put, width};
use crate::units::trimmed;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Between two columns.
const GAP: u16 = 2;
/// The least that a name gets while other columns are there, and in a narrow window.
const NAME: u16 = 12;
const SHORT_NAME: u16 = 8;
/// Below this width a window is narrow.
const NARROW: u16 = 50;
/// From this width on what was planned is told in words.
const WIDE: u16 = 110;
/// How wide each column is.
const SHORT_DAY: u16 = 6;
const DAY: u16 = 10;
const TIME: u16 = 5;
const RPE: u16 = 3;
const LOAD: u16 = 4;
const BREATH: u16 = 6;
const SHORT_BAR: u16 = 6;
const BAR: u16 = 12;

/// How wide the widest of each column is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ColumnWidths {
    done: u16,
    breath: u16,
}

impl ColumnWidths {
    /// Over all of these.
    pub fn of(entries: &[LogEntry]) -> Self {
        let breath = |e: &LogEntry| e.answers.breath.map_or(0, |b| width(&describe::breath(b)));
        ColumnWidths {
            done: entries.iter().map(|e| width(&describe::done(e))).max().unwrap_or(0),
            breath: entries.iter().map(breath).max().unwrap_or(0),
        }
    }
}

/// Between what was run and what was planned.
const OF: &str = " of ";

/// Which columns there are: widths, nothing for those that have no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    day: u16,
    time: u16,
    done: u16,
    /// `12:30/25:00` instead of `12:30 of 25:00`.
    dense: bool,
    bar: u16,
    rpe: u16,
    breath: u16,
    load: u16,
}

impl Columns {
    /// What fits so many columns beside the name.
    pub fn of(whole: u16, widest: ColumnWidths) -> Self {
        let dense = whole < WIDE;
        let mut free = whole.saturating_sub(if whole < NARROW { SHORT_NAME } else { NAME });
        let mut take = |wanted: u16, instead_of: u16| {
            let more = if instead_of == 0 { wanted + GAP } else { wanted - instead_of };
            if more > free {
                return instead_of;
            }
            free -= more;
            wanted
        };
        let longest = if dense { widest.done.saturating_sub(OF.len() as u16 - 1) } else { widest.done };
        let day = take(SHORT_DAY, 0);
        let done = take(longest.max(5), 0);
        let rpe = take(RPE, 0);
        let load = take(LOAD, 0);
        let bar = take(SHORT_BAR, 0);
        let time = take(TIME, 0);
        let day = if day > 0 { take(DAY, day) } else { 0 };
        let breath = take(widest.breath.max(BREATH), 0);
        let bar = if bar > 0 { take(BAR, bar) } else { 0 };
        Columns { day, time, done, dense, bar, rpe, breath, load }
    }

    /// The columns' names.
    pub fn heading(&self, buf: &mut Buffer, row: Rect, theme: Theme) {
        let mut rest = row;
        for (wide, what) in [(self.load, "load"), (self.breath, "breath"), (self.rpe, "RPE")] {
            right(buf, &mut rest, wide, what, theme.quiet());
        }
        if self.bar > 0 {
            let at = beside(&mut rest, self.bar);
            put(buf, at, if self.bar < BAR { "zones" } else { "time by zone" }, Side::Left, theme.quiet());
            beside(&mut rest, GAP);
        }
        right(buf, &mut rest, self.done, "run", theme.quiet());
    }

    /// A session.
    pub fn row(&self, buf: &mut Buffer, row: Rect, entry: &LogEntry, (marked, theme): (bool, Theme)) {
        let (style, quiet) = match marked {
            true => (theme.loud(), theme.loud()),
            false => (Style::new(), theme.quiet()),
        };
        let mut rest = row;
        let answers = &entry.answers;
        let load = entry.load().map(describe::load).unwrap_or_default();
        right(buf, &mut rest, self.load, &load, style);
        right(buf, &mut rest, self.breath, &answers.breath.map(describe::breath).unwrap_or_default(), style);
        right(buf, &mut rest, self.rpe, &answers.rpe.map(|r| trimmed(r, 1)).unwrap_or_default(), style);
        if self.bar > 0 {
            zone_bar::draw(buf, beside(&mut rest, self.bar), &entry.zones, theme);
            beside(&mut rest, GAP);
        }
        let done = describe::done(entry);
        let done = if self.dense { done.replace(OF, "/") } else { done };
        right(buf, &mut rest, self.done, &done, style);
        let day = if self.day >= DAY { "%a %e %b" } else { "%a %e" };
        let day = entry.started.format(day).to_string();
        left(buf, &mut rest, self.day, &day, style);
        left(buf, &mut rest, self.time, &entry.started.format("%H:%M").to_string(), quiet);
        name(buf, rest, entry, (style, quiet));
    }
}

/// The name, and behind it what is special about the session.
fn name(buf: &mut Buffer, mut area: Rect, entry: &LogEntry, (style, quiet): (Style, Style)) {
    let special = match entry.rehearsed {
        Some(speed) => {
            let factor = format!("×{}", trimmed(speed, 1));
            Some([format!("rehearsal {factor}"), factor])
        }
        None => entry.by_hand.then(|| ["by hand".to_string(), String::new()]),
    };
    let name = clean(&entry.name);
    if let Some([long, short]) = special {
        let fits = width(&name) + GAP + width(&long) <= area.width;
        let text = if fits { long } else { short };
        let mut aside = beside(&mut area, if text.is_empty() { 0 } else { width(&text) });
        aside.y = area.y;
        put(buf, aside, &text, Side::Right, quiet);
        if !text.is_empty() {
            beside(&mut area, 1);
        }
    }
    put(buf, area, &name, Side::Left, style);
}

fn right(buf: &mut Buffer, rest: &mut Rect, columns: u16, text: &str, style: Style) {
    if columns > 0 {
        put(buf, beside(rest, columns), text, Side::Right, style);
        beside(rest, GAP);
    }
}

fn left(buf: &mut Buffer, rest: &mut Rect, columns: u16, text: &str, style: Style) {
    if columns > 0 {
        let columns = columns.min(rest.width);
        put(buf, Rect { width: columns, ..*rest }, text, Side::Left, style);
        let past = (columns + GAP).min(rest.width);
        *rest = Rect { x: rest.x + past, width: rest.width - past, ..*rest };
    }
}
