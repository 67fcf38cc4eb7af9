//! The laps of a session as a table, with as many columns as fit.

use crate::history::describe::{self, LapInWords};
use crate::runner::profile::Units;
use crate::tui::theme::Theme;
use crate::tui::widgets::text::width;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Text};
use ratatui::widgets::{Cell, Row, Table, Widget};

/// The columns between two columns of the table.
const GAP: u16 = 2;
/// The columns of a zone on its patch.
const ZONE: u16 = 4;
/// The least columns of the words beside other columns.
const WORDS: u16 = 8;

/// The part of the laps that is in sight.
pub struct LapTable<'a> {
    /// All laps, whose texts give the columns their widths.
    pub all: &'a [LapInWords],
    /// The laps in sight.
    pub shown: &'a [LapInWords],
    /// True if the names of the columns are in sight.
    pub has_heading: bool,
    /// The units of the distance and the pace.
    pub units: Units,
}

/// The widths of the columns; 0 for one that does not fit or is empty.
#[derive(Clone, Copy, Debug)]
struct LapColumns {
    from: u16,
    length: u16,
    words: u16,
    distance: u16,
    pace: u16,
    reps: u16,
}

impl LapTable<'_> {
    fn columns(&self, whole: u16) -> LapColumns {
        let widest = |column: fn(&LapInWords) -> &String| {
            self.all.iter().map(|lap| width(column(lap))).max().unwrap_or(0)
        };
        let (from, length, words) =
            (widest(|l| &l.from).max(4), widest(|l| &l.length).max(3), widest(|l| &l.what));
        let mut free = whole.saturating_sub(from + length + ZONE + 3 * GAP + words.min(WORDS));
        let mut take = |columns: u16| {
            let fits = columns > 0 && columns + GAP <= free;
            free -= if fits { columns + GAP } else { 0 };
            if fits { columns } else { 0 }
        };
        let (distance, pace) = (widest(|l| &l.distance), widest(|l| &l.pace));
        let distance = take(if distance > 0 { distance.max(2) } else { 0 });
        let pace = take(if pace > 0 && distance > 0 { pace.max(3) } else { 0 });
        let fixed = from + length + ZONE + 3 * GAP;
        let words = words.min(words.min(WORDS) + free).min(whole.saturating_sub(fixed));
        let beside =
            [distance, pace].iter().filter(|columns| **columns > 0).map(|columns| columns + GAP).sum::<u16>();
        let reps = widest(|l| &l.reps);
        let reps = if fixed + words + beside + reps + GAP <= whole { reps } else { 0 };
        LapColumns { from, length, words, distance, pace, reps }
    }

    /// Draws the table from the top of an area on.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        let columns = self.columns(area.width);
        let quiet = theme.quiet();
        let right = |text: &str, style: Style| {
            Cell::from(Text::from(Line::from(text.to_string()).right_aligned())).style(style)
        };
        let left = |text: &str, style: Style| Cell::from(text.to_string()).style(style);
        let per = format!("/{}", self.units.pace.name());
        let LapColumns { from, length, words, distance, pace, reps } = columns;
        let widths = [from, length, ZONE, words, distance, pace, reps];
        // A column without cells must not leave a gap.
        let row = |cells: [Cell<'static>; 7]| {
            Row::new(cells.into_iter().zip(widths).filter(|(_, columns)| *columns > 0).map(|(cell, _)| cell))
        };
        let heading = row([
            right("from", quiet),
            right("run", quiet),
            left("", quiet),
            left("", quiet),
            right(self.units.distance.name(), quiet),
            right(&per, quiet),
            left("", quiet),
        ]);
        let lap = |lap: &LapInWords| {
            row([
                right(&lap.from, quiet),
                right(&lap.length, Style::new()),
                left(&format!(" {} ", describe::zone(lap.zone)), theme.field(lap.zone)),
                left(&lap.what, Style::new()),
                right(&lap.distance, Style::new()),
                right(&lap.pace, Style::new()),
                left(&lap.reps, quiet),
            ])
        };
        let rows = self.has_heading.then_some(heading).into_iter().chain(self.shown.iter().map(lap));
        let widths = widths.into_iter().filter(|columns| *columns > 0).map(Constraint::Length);
        Table::new(rows, widths).column_spacing(GAP).render(area.intersection(buf.area), buf);
    }
}
