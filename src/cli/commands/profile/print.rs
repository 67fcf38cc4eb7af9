//! Prints the profile as text.

use crate::athlete::Race;
use crate::cli::failure::Failure;
use crate::cli::profile_file::{self, ProfileChange};
use crate::cli::table::aligned;
use crate::runner::figures::{self, FigureTables};
use crate::runner::profile::Profile;
use crate::text::clean;
use crate::units::typed_time::{TimeReading, TypedTime, TypedUnit};
use std::io::{self, Write};

/// Returns everything that follows from a profile, as lines.
pub fn table(profile: &Profile) -> Vec<String> {
    let sheet = figures::sheet(profile);
    let facts: Vec<[String; 2]> =
        sheet.facts.iter().map(|fact| [fact.label.to_string(), fact.value.clone()]).collect();
    let parts =
        [sheet.head.clone(), paces(&sheet), races(&sheet), zones(&sheet), aligned(&facts, &[false, false])];
    let parts: Vec<Vec<String>> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(&String::new()).iter().map(|line| clean(line)).collect()
}

fn paces(sheet: &FigureTables) -> Vec<String> {
    let heading = ["pace", &sheet.per, &sheet.unit, "runs", "from"].map(str::to_string);
    let row = |pace: &figures::PaceRow| {
        [pace.name.to_string(), pace.pace.clone(), pace.number.clone(), pace.runs.clone(), pace.from.clone()]
    };
    let rows: Vec<[String; 5]> = std::iter::once(heading).chain(sheet.paces.iter().map(row)).collect();
    let mut lines = aligned(&rows, &[false, true, false, true, false]);
    lines.extend(sheet.notes.iter().cloned());
    lines
}

fn races(sheet: &FigureTables) -> Vec<String> {
    if sheet.races.is_empty() {
        return Vec::new();
    }
    let heading = ["race", "time", &sheet.per, "from"].map(str::to_string);
    let row = |race: &figures::RaceRow| {
        let from = format!("{} {}", race.from, race.on);
        [race.name.to_string(), race.time.clone(), race.pace.clone(), from]
    };
    let rows: Vec<[String; 4]> = std::iter::once(heading).chain(sheet.races.iter().map(row)).collect();
    aligned(&rows, &[false, true, true, false])
}

fn zones(sheet: &FigureTables) -> Vec<String> {
    let heading = format!("heart rate {}", sheet.zones_by);
    if sheet.zones.is_empty() {
        return vec![sheet.zones_by.clone()];
    }
    let rows: Vec<[String; 2]> =
        sheet.zones.iter().map(|z| [z.name.clone(), format!("{} bpm", z.beats)]).collect();
    std::iter::once(heading).chain(aligned(&rows, &[false, false])).collect()
}

/// Prints what a time without a unit was read as, unless it is minutes and seconds as usual.
pub fn reading(typed: &TypedTime, reading: TimeReading) -> Result<(), Failure> {
    match reading.unit.words().filter(|_| reading.unit != TypedUnit::MinutesAndSeconds) {
        Some(words) => {
            Ok(writeln!(io::stdout(), "{} is read as {}: {words}", clean(&typed.text), reading.time)?)
        }
        None => Ok(()),
    }
}

/// Prints a new race result and the paces that it changes.
pub fn result(change: &ProfileChange, race: Race) -> Result<(), Failure> {
    let result = change.after.athlete.results().iter().find(|result| result.race == race);
    let words = result.map(figures::result_words).unwrap_or_default();
    self::change(&format!("Saved {words} in {}", profile_file::display_path(&change.path)), change)
}

/// Prints what was done and the paces that it changes.
pub fn change(done: &str, change: &ProfileChange) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "{done}")?;
    for line in changed_paces(&change.before, &change.after) {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

/// Returns a table of the paces that change, with the treadmill's numbers.
fn changed_paces(before: &Profile, after: &Profile) -> Vec<String> {
    let changed = figures::change_rows(before, after);
    if changed.is_empty() {
        return Vec::new();
    }
    let row = |one: &figures::ChangeRow| {
        [one.name.to_string(), one.was.clone(), one.is.clone(), one.number.clone()]
    };
    let heading = ["", "was", "is", "belt"].map(str::to_string);
    let rows: Vec<[String; 4]> = std::iter::once(heading).chain(changed.iter().map(row)).collect();
    let table = aligned(&rows, &[false, true, true, true]);
    figures::vdot_change(before, after).into_iter().chain([String::new()]).chain(table).collect()
}
