//! The list of activities in Strava's bulk export, `activities.csv`.

use super::strava_columns::{StravaColumns, readings, seconds};
use super::strava_date::date;
use super::{
    ActivitySource, FASTEST, HeartBeats, ImportedActivity, ImportedSport, UnreadableActivity, heart_rate,
    metres, millis, xml,
};
use csv::{ReaderBuilder, StringRecord};

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct StravaRow {
    /// The line of the list on which it begins, counted from 1.
    pub line: u64,
    /// The path of its file within the export.
    pub file: Option<String>,
    /// The activity, or the problem of the row.
    pub activity: Result<ImportedActivity, String>,
}

/// Reads the list.
///
/// # Errors
/// If it is not Strava's list.
pub fn read(bytes: &[u8]) -> Result<Vec<StravaRow>, UnreadableActivity> {
    let text = xml::text(bytes);
    let first = text.lines().next().unwrap_or_default();
    let separator = if first.matches(';').count() > first.matches(',').count() { b';' } else { b',' };
    let mut builder = ReaderBuilder::new();
    let reader = builder.has_headers(false).flexible(true).delimiter(separator);
    let mut records = reader.from_reader(text.as_bytes()).into_records().filter_map(Result::ok);
    let headings = records.next().unwrap_or_default();
    let rows: Vec<StringRecord> = records.collect();
    let Some(columns) = StravaColumns::of(&headings, rows.first()) else {
        let is_own = headings.iter().any(|heading| heading == "no_zone_minutes");
        return Err(UnreadableActivity::new(match is_own {
            true => "it is a log of pacebell as CSV; `pacebell log merge` brings in the log itself",
            false => "it is not Strava's list of activities",
        }));
    };
    Ok(rows.iter().map(|row| read_row(row, columns)).collect())
}

fn read_row(row: &StringRecord, columns: StravaColumns) -> StravaRow {
    let cell = |column: usize| row.get(column).unwrap_or_default().trim();
    let file = columns.file.map(cell).filter(|file| !file.is_empty()).map(str::to_string);
    let line = row.position().map_or(0, csv::Position::line);
    StravaRow { line, file, activity: activity(row, columns) }
}

fn activity(row: &StringRecord, columns: StravaColumns) -> Result<ImportedActivity, String> {
    let cell = |column: usize| row.get(column).unwrap_or_default().trim();
    let known = |column: Option<usize>| column.map(cell).unwrap_or_default();
    let started = date(cell(columns.date))
        .ok_or_else(|| format!("the date “{}” cannot be read", crate::text::cut(cell(columns.date), 40)))?;
    let elapsed = seconds(cell(columns.elapsed)).filter(|time| *time > 0.0);
    let active = seconds(known(columns.moving)).filter(|time| *time > 0.0).or(elapsed);
    let active = active.ok_or_else(|| "it has no time".to_string())?;
    let heart = |column| readings(known(column)).first().copied().and_then(heart_rate);
    let note: Vec<&str> = [cell(columns.about), known(columns.private_note)]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    let activity = ImportedActivity {
        format: ActivitySource::Strava,
        maker: None,
        name: Some(cell(columns.name).to_string()).filter(|name| !name.is_empty()),
        sport: ImportedSport::of_name(cell(columns.kind)),
        started,
        offset: None,
        active: millis(active),
        elapsed: millis(elapsed.unwrap_or(active)),
        distance: distance(row, columns, active).and_then(metres),
        laps: Vec::new(),
        heart: HeartBeats { mean: heart(columns.mean_heart), highest: heart(columns.highest_heart) },
        rpe: readings(known(columns.rpe)).first().copied().filter(|rpe| (1.0..=10.0).contains(rpe)),
        feel: None,
        note: (!note.is_empty()).then(|| note.join("\n")),
        remarks: Vec::new(),
    };
    Ok(activity.settled())
}

/// Returns the distance. The column in metres counts, and the one that the site shows tells which of two readings is meant.
fn distance(row: &StringRecord, columns: StravaColumns, active: f64) -> Option<f64> {
    let cell = |column: usize| readings(row.get(column).unwrap_or_default().trim());
    let is_possible = |metres: &f64| *metres > 0.0 && *metres <= FASTEST * active;
    let shown: Vec<f64> = cell(columns.distance);
    // `5.123` is five kilometres, and `5,123.4` of an old export five thousand metres.
    let in_kilometres = shown.iter().rev().map(|kilometres| kilometres * 1000.0);
    let shown = in_kilometres.chain(shown.iter().copied()).find(is_possible);
    let plain = columns.metres.map(cell).unwrap_or_default();
    let misses = |metres: &f64| shown.map_or(0.0, |shown| (metres - shown).abs());
    let plain = plain.into_iter().filter(|m| *m > 0.0).min_by(|a, b| misses(a).total_cmp(&misses(b)));
    plain.or(shown)
}
