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

/// The columns in their order from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LapColumn {
    From,
    Length,
    Zone,
    Words,
    Distance,
    Pace,
    Speed,
    Incline,
    Reps,
}

impl LapColumn {
    const ALL: [LapColumn; 9] = [
        LapColumn::From,
        LapColumn::Length,
        LapColumn::Zone,
        LapColumn::Words,
        LapColumn::Distance,
        LapColumn::Pace,
        LapColumn::Speed,
        LapColumn::Incline,
        LapColumn::Reps,
    ];
    /// The columns that are left out where there is no room, the most important first.
    const OPTIONAL: [LapColumn; 5] =
        [LapColumn::Distance, LapColumn::Pace, LapColumn::Incline, LapColumn::Speed, LapColumn::Reps];

    fn is_on_the_right(self) -> bool {
        !matches!(self, LapColumn::Zone | LapColumn::Words | LapColumn::Reps)
    }

    fn text(self, lap: &LapInWords) -> &str {
        match self {
            LapColumn::From => &lap.from,
            LapColumn::Length => &lap.length,
            LapColumn::Zone => "",
            LapColumn::Words => &lap.what,
            LapColumn::Distance => &lap.distance,
            LapColumn::Pace => &lap.pace,
            LapColumn::Speed => &lap.speed,
            LapColumn::Incline => &lap.incline,
            LapColumn::Reps => &lap.reps,
        }
    }
}

/// A column that is shown, with its width.
type ShownColumn = (LapColumn, u16);

impl LapTable<'_> {
    fn heading(&self, column: LapColumn) -> String {
        match column {
            LapColumn::From => "from".to_string(),
            LapColumn::Length => "run".to_string(),
            LapColumn::Distance => self.units.distance.name().to_string(),
            LapColumn::Pace => format!("/{}", self.units.pace.name()),
            LapColumn::Speed => self.units.speed.name().to_string(),
            LapColumn::Incline => "incline".to_string(),
            LapColumn::Zone | LapColumn::Words | LapColumn::Reps => String::new(),
        }
    }

    /// Returns the width that a column needs. 0 if it has nothing to say.
    fn needed(&self, column: LapColumn) -> u16 {
        let widest = self.all.iter().map(|lap| width(column.text(lap))).max().unwrap_or(0);
        match column {
            LapColumn::Zone => ZONE,
            // A level belt needs no column.
            LapColumn::Incline if !self.all.iter().any(|lap| lap.is_inclined) => 0,
            _ if widest == 0 => 0,
            column => widest.max(width(&self.heading(column))),
        }
    }

    fn columns(&self, whole: u16) -> Vec<ShownColumn> {
        let words = self.needed(LapColumn::Words);
        let fixed = self.needed(LapColumn::From) + self.needed(LapColumn::Length) + ZONE + 3 * GAP;
        let mut free = whole.saturating_sub(fixed + words.min(WORDS));
        let mut taken = Vec::new();
        for column in LapColumn::OPTIONAL {
            let needed = self.needed(column);
            if needed > 0 && needed + GAP <= free {
                free -= needed + GAP;
                taken.push(column);
            }
        }
        // Words that would be cut come before the place in the repeats.
        let lacking = words.saturating_sub(words.min(WORDS) + free);
        if lacking > 0 && taken.last() == Some(&LapColumn::Reps) {
            taken.pop();
            free += self.needed(LapColumn::Reps) + GAP;
        }
        let words = words.min(words.min(WORDS) + free).min(whole.saturating_sub(fixed));
        let is_shown = |column: &LapColumn| !LapColumn::OPTIONAL.contains(column) || taken.contains(column);
        let columns = LapColumn::ALL.into_iter().filter(is_shown);
        let width_of = |column| if column == LapColumn::Words { words } else { self.needed(column) };
        columns.map(|column| (column, width_of(column))).filter(|(_, columns)| *columns > 0).collect()
    }

    /// Draws the table from the top of an area on.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        let columns = self.columns(area.width);
        let has_incline = columns.iter().any(|(column, _)| *column == LapColumn::Incline);
        let cell = |column: LapColumn, text: &str, style: Style| {
            let line = Line::from(text.to_string());
            let line = if column.is_on_the_right() { line.right_aligned() } else { line };
            Cell::from(Text::from(line)).style(style)
        };
        let heading =
            Row::new(columns.iter().map(|(column, _)| cell(*column, &self.heading(*column), theme.quiet())));
        let lap = |lap: &LapInWords| {
            Row::new(columns.iter().map(|(column, _)| match column {
                LapColumn::From | LapColumn::Reps => cell(*column, column.text(lap), theme.quiet()),
                LapColumn::Zone => {
                    cell(*column, &format!(" {} ", describe::zone(lap.zone)), theme.field(lap.zone))
                }
                LapColumn::Words if has_incline && !lap.target.is_empty() => {
                    cell(*column, &lap.target, Style::new())
                }
                _ => cell(*column, column.text(lap), Style::new()),
            }))
        };
        let rows = self.has_heading.then_some(heading).into_iter().chain(self.shown.iter().map(lap));
        let widths = columns.iter().map(|(_, columns)| Constraint::Length(*columns));
        Table::new(rows, widths).column_spacing(GAP).render(area.intersection(buf.area), buf);
    }
}
