//! Sessions that came from a file with little detail, such as a row of Strava's list, and that a file with more detail
//! improves.

use super::SessionId;
use super::imported_run;
use super::queries::{self, LogEntry};
use super::session_copy::{CopiedFields, CopiedRun, ReplacedParts};
use super::session_rows;
use crate::formats::activity::LapPurpose;
use crate::formats::activity_reader::{ImportedActivity, ImportedLap, ImportedSport};
use crate::session::answers::Answers;
use crate::workout::sequence::Sequence;
use chrono::Utc;
use rusqlite::{Connection, params};

/// A file with more detail of a session.
#[derive(Clone, Copy, Debug)]
pub(super) struct DetailedFile<'a> {
    /// The session.
    pub(super) id: SessionId,
    /// The name of the file.
    pub(super) file: &'a str,
    /// The activity in it.
    pub(super) activity: &'a ImportedActivity,
}

/// Gives a session the laps, the distance and the heart rates of a file, in the change `number` at `now`. What the runner
/// wrote stays: the name, the note and the answers. Returns false if the file has no more detail than the session.
pub(super) fn improve(
    connection: &Connection,
    detailed: DetailedFile<'_>,
    number: i64,
    now: i64,
) -> rusqlite::Result<bool> {
    let DetailedFile { id, file, activity } = detailed;
    let Some(entry) = queries::entry_of(connection, id)? else { return Ok(false) };
    let Some(known) = activity_of(connection, &entry)? else { return Ok(false) };
    if !activity.has_more_than(&known) {
        return Ok(false);
    }
    let before = ReplacedParts {
        run: Some(CopiedRun::read(connection, id)?),
        fields: Some(CopiedFields::read(connection, id)?),
        is_import: true,
    };
    let sql = "INSERT INTO change (session, changed_at_ms, before, merge) VALUES (?, ?, ?, ?)";
    let values = params![id, now, session_rows::to_json(&before)?, number];
    connection.prepare_cached(sql)?.execute(values)?;
    let activity = ImportedActivity { name: Some(entry.name.clone()), ..activity.clone().joined(known) };
    let sequence = Sequence { name: entry.name, ..imported_run::sequence(&activity) };
    let sql = "UPDATE plan SET sequence = ?, source_name = ? WHERE session = ?";
    let values = params![session_rows::to_json(&sequence)?, file, id];
    session_rows::expect_one_row(connection.prepare_cached(sql)?.execute(values)?)?;
    imported_run::write(connection, id, &sequence, &activity, now)?;
    let known = entry.answers;
    let answers = Answers {
        rpe: known.rpe.or(activity.rpe),
        feel: known.feel.or(activity.feel),
        note: known.note.clone().or(activity.note),
        ..known.clone()
    };
    if answers != known {
        session_rows::write_answers(connection, id, &answers)?;
    } else if let Some(fields) = &before.fields {
        // A file is no edit of the runner's: an earlier edit on another machine must still win a merge.
        fields.write_time(connection, id)?;
    }
    Ok(true)
}

/// Returns an imported session as the activity that it came from. `None` for one that was run or added here.
fn activity_of(connection: &Connection, entry: &LogEntry) -> rusqlite::Result<Option<ImportedActivity>> {
    let Some(origin) = entry.imported.clone() else { return Ok(None) };
    let covered = queries::unmarked_distances(connection, Some(entry.id))?.remove(&entry.id);
    let distance = covered.map(|covered| covered.distance);
    let lap = ImportedLap { active: entry.active, distance, purpose: LapPurpose::Work, heart: entry.heart };
    Ok(Some(ImportedActivity {
        format: origin.format,
        maker: origin.maker,
        name: Some(entry.name.clone()),
        sport: if entry.activity.is_run() { ImportedSport::Run } else { ImportedSport::Strength },
        started: entry.started.with_timezone(&Utc),
        offset: Some(*entry.started.offset()),
        active: entry.active,
        elapsed: origin.elapsed.unwrap_or(entry.active),
        distance,
        laps: vec![lap],
        heart: entry.heart,
        rpe: entry.answers.rpe,
        feel: entry.answers.feel,
        note: entry.answers.note.clone(),
        remarks: Vec::new(),
    }))
}
