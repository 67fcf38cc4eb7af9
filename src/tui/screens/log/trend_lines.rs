//! The lines of the trends: the chart, the figures of each week, and what follows them.

use crate::display::trends as words;
use crate::runner::profile::Units;
use crate::trends::{TrendWeek, Trends};
use crate::tui::widgets::text::{width, wrap};

/// The rows that a paragraph takes at most.
const PARAGRAPH: u16 = 6;

/// A line of the page.
#[derive(Clone, Debug)]
pub(super) enum TrendLine {
    Blank,
    /// A row of the chart, counted from its top.
    Chart(u16),
    /// The name of a figure, and its value in each week.
    Figures(&'static str, Vec<String>),
    /// The names of the weeks.
    WeekNames,
    Heading(&'static str),
    Text(String),
    Quiet(String),
    /// A name and a value.
    Fact(String, String),
    /// Words in columns of these widths.
    Columns(Vec<(String, u16)>),
}

/// Returns the figures of each week, the most important first.
pub(super) fn figures(trends: &Trends, units: Units) -> Vec<(&'static str, Vec<String>)> {
    let of = |figure: &dyn Fn(&TrendWeek) -> String| trends.weeks.iter().map(figure).collect();
    let unit = units.distance;
    let distance = if unit.name() == "km" { "distance, km" } else { "distance, mi" };
    vec![
        ("load", of(&words::load)),
        (distance, of(&|week| words::distance(week, unit))),
        ("time run, h", of(&words::time)),
        ("easy", of(&words::easy)),
        ("longest run, h", of(&|week| words::longest(week, &trends.spikes))),
        ("monotony", of(&words::monotony)),
        ("strain", of(&words::strain)),
        ("42-day average", of(&words::long_average)),
        ("7-day average", of(&words::short_average)),
    ]
}

/// Returns the lines of the page.
pub(super) fn lines(trends: &Trends, units: Units, columns: u16, chart: u16) -> Vec<TrendLine> {
    let mut lines: Vec<TrendLine> = (0..chart).map(TrendLine::Chart).collect();
    for (nth, (name, cells)) in figures(trends, units).into_iter().enumerate() {
        lines.push(TrendLine::Figures(name, cells));
        if nth == 0 {
            lines.push(TrendLine::WeekNames);
        }
    }
    add_same(&mut lines, trends, units);
    let results = words::results(trends);
    if !results.is_empty() {
        lines.extend([TrendLine::Blank, TrendLine::Heading("Races and time trials")]);
        lines.extend(results.iter().flat_map(|r| wrap(r, columns, 3)).map(TrendLine::Text));
    }
    if !trends.spikes.is_empty() {
        lines.extend([TrendLine::Blank, TrendLine::Heading("Long runs")]);
        let spikes = trends.spikes.iter().map(|spike| words::spike(spike, units));
        lines.extend(spikes.flat_map(|text| wrap(&text, columns, PARAGRAPH)).map(TrendLine::Text));
        lines.extend(wrap(words::SPIKE_SOURCE, columns, PARAGRAPH).into_iter().map(TrendLine::Quiet));
    }
    let records = words::records(trends, units);
    if !records.is_empty() {
        lines.extend([TrendLine::Blank, TrendLine::Heading("Records")]);
        lines.extend(records.into_iter().map(|(name, value)| TrendLine::Fact(name, value)));
    }
    lines.push(TrendLine::Blank);
    let unrated = words::unrated(trends);
    lines.extend(unrated.iter().flat_map(|text| wrap(text, columns, PARAGRAPH)).map(TrendLine::Text));
    let notes = words::legend(trends).into_iter().chain([words::EASY_ADVICE, words::AVERAGES]);
    lines.extend(notes.flat_map(|text| wrap(text, columns, PARAGRAPH)).map(TrendLine::Quiet));
    lines
}

/// Adds the workouts that are compared with themselves.
fn add_same(lines: &mut Vec<TrendLine>, trends: &Trends, units: Units) {
    let all: Vec<words::SameInWords> = trends.same.iter().map(|same| words::same(same, units.pace)).collect();
    if all.is_empty() {
        return;
    }
    let heading = words::SameInWords {
        name: String::new(),
        before: "median of 3 before".to_string(),
        latest: "latest".to_string(),
        change: "",
        slope: "8 weeks".to_string(),
    };
    let cells = |same: &words::SameInWords| {
        let cell = str::to_string;
        [cell(&same.name), cell(&same.before), cell(&same.latest), cell(same.change), cell(&same.slope)]
    };
    let rows: Vec<[String; 5]> = std::iter::once(&heading).chain(&all).map(cells).collect();
    let widths: Vec<u16> =
        (0..5).map(|column| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0)).collect();
    lines.extend([TrendLine::Blank, TrendLine::Heading("Same session, same effort")]);
    lines.extend(
        rows.into_iter().map(|row| TrendLine::Columns(row.into_iter().zip(widths.clone()).collect())),
    );
}
