//! Prints the profile as text.

use crate::athlete::Race;
use crate::cli::context::output_width;
use crate::cli::failure::Failure;
use crate::cli::paint::{TextLook, TextPainter};
use crate::cli::profile_file::{self, ProfileChange};
use crate::cli::spelled_output::SpelledOutput;
use crate::cli::table::{CutColumn, TableCell, TableLayout, wrap};
use crate::runner::figures::{self, FigureTables};
use crate::runner::profile::Profile;
use crate::text::clean;
use crate::units::typed_time::{TimeReading, TypedTime, TypedUnit};
use std::io::Write;
use unicode_width::UnicodeWidthStr;

/// Returns everything that follows from a profile, as lines of at most `columns`.
pub fn table(profile: &Profile, columns: usize, painter: &TextPainter) -> Vec<String> {
    let sheet = figures::sheet(profile);
    let cleaned = |text: &str| clean(text);
    let head = sheet.head.iter().flat_map(|line| wrap(&cleaned(line), columns, "  ")).collect();
    let parts = [
        head,
        paces(&sheet, columns, painter),
        races(&sheet, columns, painter),
        zones(&sheet, columns, painter),
        facts(&sheet, columns),
    ];
    let parts: Vec<Vec<String>> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(&String::new())
}

fn layout<const N: usize>(
    right: [bool; N],
    flexible: &'static [CutColumn],
    columns: usize,
    has_heading: bool,
) -> TableLayout<N> {
    TableLayout { right, flexible, optional: &[], columns, has_heading }
}

/// The paces. Most have one origin, which is said once above them.
fn paces(sheet: &FigureTables, columns: usize, painter: &TextPainter) -> Vec<String> {
    let usual = usual_origin(&sheet.paces);
    let heading = ["pace", "", &sheet.per, &sheet.unit, "runs", "from"].map(TableCell::from);
    let row = |pace: &figures::PaceRow| {
        let from = if Some(pace.from.as_str()) == usual { "" } else { pace.from.as_str() };
        let zone = pace.zone.map_or_else(String::new, |zone| zone.to_string());
        [
            TableCell::from(pace.name),
            TableCell::new(zone, TextLook::Zone(pace.zone)),
            pace.pace.as_str().into(),
            pace.number.as_str().into(),
            pace.runs.as_str().into(),
            TableCell::new(clean(from), TextLook::Quiet),
        ]
    };
    let rows: Vec<[TableCell; 6]> = std::iter::once(heading).chain(sheet.paces.iter().map(row)).collect();
    let layout =
        layout([false, false, true, false, true, false], &[CutColumn { column: 5, least: 8 }], columns, true);
    let title = usual.map(|usual| painter.paint(&clean(&format!("Paces {usual}")), TextLook::Title));
    let notes = sheet.notes.iter().flat_map(|note| wrap(&clean(note), columns, "  "));
    title.into_iter().chain(layout.lines(&rows, painter)).chain(notes).collect()
}

/// Returns the result that most paces are calculated from: `from 5K 22:30`.
fn usual_origin(paces: &[figures::PaceRow]) -> Option<&str> {
    let calculated = || paces.iter().map(|pace| pace.from.as_str()).filter(|from| from.starts_with("from "));
    let count = |one: &str| calculated().filter(|from| *from == one).count();
    calculated().max_by_key(|from| count(from)).filter(|from| count(from) > 1)
}

fn races(sheet: &FigureTables, columns: usize, painter: &TextPainter) -> Vec<String> {
    if sheet.races.is_empty() {
        return Vec::new();
    }
    let heading = ["race", "time", &sheet.per, ""].map(TableCell::from);
    let row = |race: &figures::RaceRow| {
        let from = clean(format!("{} {}", race.from, race.on).trim_end());
        [
            race.name.into(),
            race.time.as_str().into(),
            race.pace.as_str().into(),
            TableCell::new(from, TextLook::Quiet),
        ]
    };
    let rows: Vec<[TableCell; 4]> = std::iter::once(heading).chain(sheet.races.iter().map(row)).collect();
    layout([false, true, true, false], &[CutColumn { column: 3, least: 8 }], columns, true)
        .lines(&rows, painter)
}

fn zones(sheet: &FigureTables, columns: usize, painter: &TextPainter) -> Vec<String> {
    if sheet.zones.is_empty() {
        return wrap(&clean(&sheet.zones_by), columns, "");
    }
    let heading = painter.paint(&clean(&format!("Heart rate {}", sheet.zones_by)), TextLook::Title);
    let row = |zone: &figures::ZoneRow| {
        let name = TableCell::new(clean(&zone.name), TextLook::Zone(Some(zone.zone)));
        [name, format!("{} bpm", zone.beats).into()]
    };
    let rows: Vec<[TableCell; 2]> = sheet.zones.iter().map(row).collect();
    let layout = layout([false, false], &[], columns, false);
    std::iter::once(heading).chain(layout.lines(&rows, painter)).collect()
}

/// The belt and everything else, with long values wrapped beside their label.
fn facts(sheet: &FigureTables, columns: usize) -> Vec<String> {
    let widest = sheet.facts.iter().map(|fact| fact.label.width()).max().unwrap_or(0);
    let indent = " ".repeat(widest + 2);
    let lines = |fact: &figures::ProfileFact| {
        let label = format!("{}{}", fact.label, " ".repeat(widest + 2 - fact.label.width()));
        let room = columns.saturating_sub(indent.len());
        let lines = wrap(&clean(&fact.value), room, "");
        let indented = lines.into_iter().enumerate();
        let line = |(i, line)| format!("{}{line}", if i == 0 { &label } else { &indent });
        indented.map(line).collect::<Vec<_>>()
    };
    sheet.facts.iter().flat_map(lines).collect()
}

/// Prints what a time without a unit was read as, unless it is minutes and seconds as usual.
pub fn reading(typed: &TypedTime, reading: TimeReading) -> Result<(), Failure> {
    match reading.unit.words().filter(|_| reading.unit != TypedUnit::MinutesAndSeconds) {
        Some(words) => Ok(writeln!(
            SpelledOutput::stdout(),
            "{} is read as {}: {words}",
            clean(&typed.text),
            reading.time
        )?),
        None => Ok(()),
    }
}

/// Prints a new race result and the paces that it changes.
pub fn result(change: &ProfileChange, race: Race, painter: &TextPainter) -> Result<(), Failure> {
    let result = change.after.athlete.results().iter().find(|result| result.race == race);
    let words = result.map(figures::result_words).unwrap_or_default();
    self::change(&format!("Saved {words} in {}", profile_file::display_path(&change.path)), change, painter)
}

/// Prints what was done and the paces that it changes.
pub fn change(done: &str, change: &ProfileChange, painter: &TextPainter) -> Result<(), Failure> {
    let mut out = SpelledOutput::stdout();
    writeln!(out, "{done}")?;
    for line in changed_paces(&change.before, &change.after, painter) {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

/// Returns a table of the paces that change, with the treadmill's numbers.
fn changed_paces(before: &Profile, after: &Profile, painter: &TextPainter) -> Vec<String> {
    let changed = figures::change_rows(before, after);
    if changed.is_empty() {
        return Vec::new();
    }
    let row = |one: &figures::ChangeRow| {
        [one.name, one.was.as_str(), one.is.as_str(), one.number.as_str()].map(TableCell::from)
    };
    let heading = ["", "was", "is", "belt"].map(TableCell::from);
    let rows: Vec<[TableCell; 4]> = std::iter::once(heading).chain(changed.iter().map(row)).collect();
    let layout = layout([false, true, true, true], &[], output_width().into(), true);
    let table = layout.lines(&rows, painter);
    figures::vdot_change(before, after).into_iter().chain([String::new()]).chain(table).collect()
}
