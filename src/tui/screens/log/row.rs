//! A session in a row of the list, with as many columns as fit.

use super::zone_bar;
use crate::display;
use crate::history::describe;
use crate::history::queries::LogEntry;
use crate::runner::profile::Units;
use crate::text::clean;
use crate::tui::theme::Theme;
use crate::tui::widgets::text::{Side, after, beside, put, width};
use crate::units::{Millis, trimmed};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The columns between two columns of the table.
const GAP: u16 = 2;
/// The least width of the name beside other columns.
const NAME: u16 = 12;
/// The least width of the name in a narrow window.
const SHORT_NAME: u16 = 8;
/// The width up to which a long name comes before the time of day and longer bars.
const LONG_NAME: u16 = 22;
/// Below this width, a window is narrow: the pace comes before a longer name and the month.
const NARROW: u16 = 70;
/// From this width on, `12:30 of 25:00` is spelled out.
const WIDE: u16 = 110;
const SHORT_DAY: u16 = 6;
const DAY: u16 = 10;
const TIME: u16 = 5;
const RPE: u16 = 3;
const LOAD: u16 = 4;
const BREATH: u16 = 6;
const SHORT_BAR: u16 = 6;
const BAR: u16 = 12;
const LONG_BAR: u16 = 24;
/// The words between the time run and the time planned.
const OF: &str = " of ";
/// The sign between them in a dense table.
const DENSE_OF: &str = "/";

/// The sign of a session that was changed on the way, where the words do not fit.
const CHANGED: &str = "*";

/// The widths of the columns whose content varies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ColumnWidths {
    done: u16,
    dense_done: u16,
    distance: u16,
    pace: u16,
    breath: u16,
    name: u16,
}

impl ColumnWidths {
    /// The widths that all of these sessions need.
    pub fn of(entries: &[LogEntry], units: Units) -> Self {
        let widest = |text: &dyn Fn(&LogEntry) -> String| entries.iter().map(|e| width(&text(e))).max();
        ColumnWidths {
            done: widest(&|e| describe::done_joined(e, OF)).unwrap_or(0),
            dense_done: widest(&|e| describe::done_joined(e, DENSE_OF)).unwrap_or(0),
            distance: widest(&|e| distance(e, units)).unwrap_or(0),
            pace: widest(&|e| pace(e, units)).unwrap_or(0),
            breath: widest(&|e| e.answers.breath.map(describe::breath).unwrap_or_default()).unwrap_or(0),
            name: widest(&|e| clean(&e.name)).unwrap_or(0),
        }
    }
}

/// The columns of the table, each with its width; 0 for one that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogColumns {
    day: u16,
    time: u16,
    done: u16,
    /// The words in the `done` column between the time run and the time planned.
    of: &'static str,
    distance: u16,
    pace: u16,
    bar: u16,
    rpe: u16,
    breath: u16,
    load: u16,
}

fn distance(entry: &LogEntry, units: Units) -> String {
    entry.covered.map(|covered| display::covered_number(&covered, units.distance)).unwrap_or_default()
}

fn pace(entry: &LogEntry, units: Units) -> String {
    entry.covered.map(|covered| display::pace_number(&covered, units.pace)).unwrap_or_default()
}

impl LogColumns {
    /// The columns that fit into `whole` beside the name, the most important first.
    pub fn of(whole: u16, widths: ColumnWidths) -> Self {
        let name = if whole < NARROW { SHORT_NAME } else { NAME };
        let mut free = whole.saturating_sub(name);
        // Widens a column from `now` to `wanted` if there is room for it.
        let mut take = |wanted: u16, now: u16| {
            let more = if now == 0 { wanted + GAP } else { wanted - now };
            if more > free {
                return now;
            }
            free -= more;
            wanted
        };
        let (of, longest) = if whole < WIDE { (DENSE_OF, widths.dense_done) } else { (OF, widths.done) };
        let day = take(SHORT_DAY, 0);
        let done = take(longest.max(5), 0);
        let rpe = take(RPE, 0);
        let load = take(LOAD, 0);
        // In a log without distances, their columns would be empty.
        let distance = if widths.distance > 0 { take(widths.distance.max(2), 0) } else { 0 };
        let pace = if widths.pace > 0 && distance > 0 { take(widths.pace.max(3), 0) } else { 0 };
        let bar = take(SHORT_BAR, 0);
        let bar = if bar > 0 { take(BAR, bar) } else { 0 };
        take(widths.name.clamp(name, LONG_NAME), name);
        let day = if day > 0 && whole >= NARROW { take(DAY, day) } else { day };
        let time = take(TIME, 0);
        // Few runners note their breathing: the column would be empty.
        let breath = if widths.breath > 0 { take(widths.breath.max(BREATH), 0) } else { 0 };
        // The rest is shared by the bar and the name.
        let longer = if bar > 0 { (free * 2 / 3).min(LONG_BAR - BAR) } else { 0 };
        LogColumns { day, time, done, of, distance, pace, bar: bar + longer, rpe, breath, load }
    }

    /// Draws the names of the columns.
    pub fn draw_heading(&self, buf: &mut Buffer, row: Rect, units: Units, theme: Theme) {
        let mut rest = row;
        for (columns, name) in [(self.load, "load"), (self.breath, "breath"), (self.rpe, "RPE")] {
            put_right(buf, &mut rest, columns, name, theme.quiet());
        }
        if self.bar > 0 {
            let name = if self.bar < BAR { "zones" } else { "time by zone" };
            put(buf, beside(&mut rest, self.bar), name, Side::Left, theme.quiet());
            beside(&mut rest, GAP);
        }
        put_right(buf, &mut rest, self.pace, &format!("/{}", units.pace.name()), theme.quiet());
        put_right(buf, &mut rest, self.distance, units.distance.name(), theme.quiet());
        put_right(buf, &mut rest, self.done, "run", theme.quiet());
    }

    /// Draws a session.
    pub fn draw_session(&self, buf: &mut Buffer, area: Rect, row: SessionRow<'_>, theme: Theme) {
        let entry = row.entry;
        let styles = match row.is_marked {
            true => RowStyles { text: theme.loud(), quiet: theme.loud() },
            false => RowStyles { text: Style::new(), quiet: theme.quiet() },
        };
        let mut rest = area;
        let answers = &entry.answers;
        let load = entry.load().map(describe::load).unwrap_or_default();
        let breath = answers.breath.map(describe::breath).unwrap_or_default();
        let rpe = answers.rpe.map(|r| trimmed(r, 1)).unwrap_or_default();
        for (columns, text) in [(self.load, load), (self.breath, breath), (self.rpe, rpe)] {
            put_right(buf, &mut rest, columns, &text, styles.text);
        }
        if self.bar > 0 {
            let bar = beside(&mut rest, self.bar);
            zone_bar::draw(buf, Rect { width: row.bar_columns(bar.width), ..bar }, &entry.zones, theme);
            beside(&mut rest, GAP);
        }
        put_right(buf, &mut rest, self.pace, &pace(entry, row.units), styles.text);
        put_right(buf, &mut rest, self.distance, &distance(entry, row.units), styles.text);
        put_right(buf, &mut rest, self.done, &describe::done_joined(entry, self.of), styles.text);
        let day = if self.day >= DAY { "%a %e %b" } else { "%a %e" };
        put_left(buf, &mut rest, self.day, &entry.started.format(day).to_string(), styles.text);
        put_left(buf, &mut rest, self.time, &entry.started.format("%H:%M").to_string(), styles.quiet);
        draw_name(buf, rest, entry, styles);
    }
}

/// A session in a row of the list.
#[derive(Clone, Copy, Debug)]
pub struct SessionRow<'a> {
    /// The session.
    pub entry: &'a LogEntry,
    /// True if the row is marked.
    pub is_marked: bool,
    /// The time of the longest session in view, whose bar fills its column.
    pub longest: Millis,
    /// The units of distances and paces.
    pub units: Units,
}

impl SessionRow<'_> {
    /// The columns of the bar: in proportion to the time of the session, and at least one.
    fn bar_columns(&self, most: u16) -> u16 {
        let share = self.entry.active.as_secs_f64() / self.longest.as_secs_f64().max(1.0);
        ((share * f64::from(most)).round() as u16).clamp(1.min(most), most)
    }
}

#[derive(Clone, Copy)]
struct RowStyles {
    text: Style,
    quiet: Style,
}

/// Draws the workout's name, and on the right whether it was a rehearsal, added by hand or changed.
fn draw_name(buf: &mut Buffer, mut area: Rect, entry: &LogEntry, styles: RowStyles) {
    let origin = match entry.rehearsed {
        Some(rehearsal) => {
            let factor = format!("×{}", trimmed(rehearsal.factor(), 1));
            Some([format!("rehearsal {factor}"), factor])
        }
        None if !entry.activity.is_run() => {
            Some([entry.activity.word().to_string(), entry.activity.word().to_string()])
        }
        None if entry.by_hand => Some(["by hand".to_string(), String::new()]),
        None => describe::marks(entry).map(|marks| [marks, CHANGED.to_string()]),
    };
    let name = clean(&entry.name);
    if let Some([long, short]) = origin {
        let fits = width(&name) + GAP + width(&long) <= area.width;
        let text = if fits { long } else { short };
        if !text.is_empty() {
            put(buf, beside(&mut area, width(&text)), &text, Side::Right, styles.quiet);
            beside(&mut area, 1);
        }
    }
    put(buf, area, &name, Side::Left, styles.text);
}

/// Writes a column at the right end of a row, and takes it and the gap before it off the row.
fn put_right(buf: &mut Buffer, rest: &mut Rect, columns: u16, text: &str, style: Style) {
    if columns > 0 {
        put(buf, beside(rest, columns), text, Side::Right, style);
        beside(rest, GAP);
    }
}

/// Writes a column at the left end of a row, and takes it and the gap after it off the row.
fn put_left(buf: &mut Buffer, rest: &mut Rect, columns: u16, text: &str, style: Style) {
    if columns > 0 {
        let columns = columns.min(rest.width);
        put(buf, Rect { width: columns, ..*rest }, text, Side::Left, style);
        *rest = after(*rest, columns + GAP);
    }
}
