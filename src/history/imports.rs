//! Sessions that come from the files of other programs.

use super::session_rows::{self, SessionKey, SessionStartRow};
use super::{SessionId, SessionSettings};
use crate::diagnostic::SourceText;
use crate::formats::activity::LapPurpose;
use crate::formats::activity_reader::{ActivitySpan, ImportedActivity, ImportedSport};
use crate::session::answers::Answers;
use crate::session::{Lap, Summary, ZoneTimes};
use crate::text::cut;
use crate::units::{Incline, Millis, Rehearsal};
use crate::workout::sequence::{
    Activity, End, Intensity, Kind, PlannedStep, Role, SEQUENCE_VERSION, Sequence, SourceSpan, StepId, Target,
};
use chrono::NaiveDate;
use rusqlite::{Connection, Row, TransactionBehavior, params};
use std::sync::Arc;

/// The column `change.before` of a session that was imported: there was nothing before.
pub const BEFORE_IMPORT: &str = "\"import\"";
/// The longest name, in characters.
const NAME: usize = 100;

/// An activity that is to come in.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedSession {
    /// The name of its file.
    pub file: String,
    /// The activity, with the offset of its local time.
    pub activity: ImportedActivity,
}

/// A session that is in the log, or was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnownSession {
    /// The number.
    pub id: SessionId,
    /// True if it was deleted.
    pub is_deleted: bool,
    by_hand: bool,
    /// The local date.
    on: NaiveDate,
    active_ms: i64,
    key: SessionKey,
    span: ActivitySpan,
}

/// The sessions that a file may hold once more.
#[derive(Debug, Default)]
pub struct KnownSessions(Vec<KnownSession>);

impl KnownSessions {
    /// Reads the sessions, deleted ones among them. Rehearsals are none.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn read(connection: &Connection) -> rusqlite::Result<KnownSessions> {
        // A session that pacebell timed begins with its count-in; activities begin behind it.
        let sql = "SELECT id, key, deleted_at_ms IS NOT NULL AS is_deleted, by_hand, started_at_ms, utc_offset_s,
                       coalesce(active_ms, 0) AS active_ms,
                       started_at_ms + coalesce(
                           (SELECT at_ms FROM event WHERE event.session = session.id AND what = '\"started\"' LIMIT 1), 0
                       ) AS from_ms,
                       max(coalesce(elapsed_ms, 0), coalesce(active_ms, 0),
                           coalesce((SELECT max(at_ms) FROM event WHERE event.session = session.id), 0)) AS length_ms
                   FROM session
                   WHERE logged_at_ms IS NOT NULL AND speed = 1 AND (deleted_at_ms IS NULL OR by_hand = 0)";
        let read = |row: &Row<'_>| {
            let from_ms: i64 = row.get("from_ms")?;
            Ok(KnownSession {
                id: row.get("id")?,
                is_deleted: row.get("is_deleted")?,
                by_hand: row.get("by_hand")?,
                on: session_rows::local_time(row.get("started_at_ms")?, row.get("utc_offset_s")?)
                    .date_naive(),
                active_ms: row.get("active_ms")?,
                key: SessionKey::read(row, "key")?,
                span: ActivitySpan { from_ms, to_ms: from_ms.saturating_add(row.get("length_ms")?) },
            })
        };
        let mut statement = connection.prepare(sql)?;
        let sessions = statement.query_map([], read)?;
        Ok(KnownSessions(sessions.collect::<Result<_, _>>()?))
    }

    /// Returns a session that was added by hand and may be the same run: it is of the same day and about as long. Nobody adds
    /// a run with the time to the second.
    pub fn find_by_hand(&self, activity: &ImportedActivity) -> Option<SessionId> {
        /// The share of the time, and the time, by which what the runner remembers may miss it.
        const SLACK: f64 = 0.05;
        const SLACK_MS: f64 = 90_000.0;
        let started = activity.started.naive_utc();
        let on = activity.offset.map_or(started, |offset| started + offset).date();
        let active = activity.active.as_secs_f64() * 1000.0;
        let may_be = |known: &&KnownSession| {
            let difference = (known.active_ms as f64 - active).abs();
            known.by_hand && known.on == on && difference <= SLACK_MS.max(active * SLACK)
        };
        self.0.iter().find(may_be).map(|known| known.id)
    }

    /// Returns the session that an activity is, if it is known. One that is in the log goes before a deleted one.
    pub fn find(&self, activity: &ImportedActivity) -> Option<&KnownSession> {
        let (key, span) = (key(activity), activity.span());
        let is_certain = matches!(activity.sport, ImportedSport::Other(_));
        let is_same = |known: &&KnownSession| {
            known.key == key
                || if is_certain { known.span.begins_with(span) } else { known.span.is_same(span) }
        };
        self.0.iter().filter(is_same).min_by_key(|known| known.is_deleted)
    }
}

/// An import, which can be undone as one change.
#[derive(Debug, Default)]
pub struct ImportStep {
    /// The number of the change, once something came in.
    number: Option<i64>,
}

impl ImportStep {
    /// Adds sessions in one transaction at `now`, in milliseconds since 1970, and returns how many came in. One that is there
    /// already, because another program was faster, does not come in again.
    ///
    /// # Errors
    /// If the database refuses. Then none of them is in the log.
    pub fn add(
        &mut self,
        connection: &mut Connection,
        sessions: &[ImportedSession],
        now: i64,
    ) -> rusqlite::Result<usize> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let latest = "SELECT coalesce(max(merge), 0) + 1 FROM change";
        let number = match self.number {
            Some(number) => number,
            None => transaction.query_row(latest, [], |row| row.get(0))?,
        };
        let mut added = 0;
        for session in sessions {
            let key = key(&session.activity);
            if session_rows::find_session(&transaction, key)?.is_some() {
                continue;
            }
            let id = insert(&transaction, key, session, now)?;
            let sql = "INSERT INTO change (session, changed_at_ms, before, merge) VALUES (?, ?, ?, ?)";
            transaction.prepare_cached(sql)?.execute(params![id, now, BEFORE_IMPORT, number])?;
            added += 1;
        }
        transaction.commit()?;
        if added > 0 {
            self.number = Some(number);
        }
        Ok(added)
    }
}

/// Returns the key of an activity, which is the same on every machine that imports it: its start in seconds.
fn key(activity: &ImportedActivity) -> SessionKey {
    let mut bytes = *b"imported\0\0\0\0\0\0\0\0";
    bytes[8..].copy_from_slice(&activity.started.timestamp().to_be_bytes());
    SessionKey::of_bytes(bytes)
}

fn insert(
    connection: &Connection,
    key: SessionKey,
    session: &ImportedSession,
    now: i64,
) -> rusqlite::Result<SessionId> {
    let activity = &session.activity;
    let sequence = Arc::new(sequence(activity));
    let start = SessionStartRow {
        sequence: Arc::clone(&sequence),
        settings: SessionSettings::default(),
        source: SourceText::new(session.file.clone(), ""),
        started: match activity.offset {
            Some(offset) => activity.started.with_timezone(&offset),
            None => activity.started.fixed_offset(),
        },
        rehearsal: Rehearsal::REAL_TIME,
        item: None,
    };
    let id = session_rows::insert_with_key(connection, key, &start)?;
    session_rows::write_summary(connection, id, &sequence, &summary(activity), now)?;
    let answers = Answers {
        rpe: activity.rpe,
        breath: None,
        feel: activity.feel,
        note: activity.note.clone(),
        own: Vec::new(),
    };
    session_rows::write_answers(connection, id, &answers)?;
    let sql =
        "UPDATE session SET imported_from = ?, maker = ?, elapsed_ms = ?, mean_heart = ?, highest_heart = ?
               WHERE id = ?";
    let elapsed = session_rows::to_integer(activity.elapsed.get());
    let heart = activity.heart;
    let maker = activity.maker.as_ref().map(|maker| cut(maker, NAME));
    let values = params![activity.format.word(), maker, elapsed, heart.mean, heart.highest, id];
    session_rows::expect_one_row(connection.prepare_cached(sql)?.execute(values)?)?;
    let sql = "UPDATE lap SET mean_heart = ? WHERE session = ? AND number = ?";
    for (number, lap) in activity.laps.iter().enumerate() {
        if let Some(mean) = lap.heart.mean {
            let number = session_rows::to_integer(number as u64);
            connection.prepare_cached(sql)?.execute(params![mean, id, number])?;
        }
    }
    Ok(id)
}

/// Returns a plan with a step for each lap, since nobody knows what was planned.
fn sequence(activity: &ImportedActivity) -> Sequence {
    let is_strength = activity.sport == ImportedSport::Strength;
    let name = activity.name.as_deref().map(|name| cut(name, NAME)).filter(|name| !name.is_empty());
    let usual = if is_strength { "Strength" } else { "Run" };
    let steps = activity.laps.iter().zip(0..).map(|(lap, number)| step(lap.purpose, number, is_strength));
    Sequence {
        version: SEQUENCE_VERSION,
        name: name.unwrap_or_else(|| usual.to_string()),
        activity: if is_strength { Activity::Strength } else { Activity::Run },
        about: None,
        author: None,
        source: None,
        tags: Vec::new(),
        before: None,
        during_ease: Vec::new(),
        during_signs: Vec::new(),
        after_ask: Vec::new(),
        show_pace: true,
        repeats: Vec::new(),
        steps: steps.collect(),
        assumptions: Vec::new(),
        warnings: Vec::new(),
        easy: None,
        treadmill: None,
        is_lighter: false,
        bends: Default::default(),
    }
}

fn step(purpose: LapPurpose, number: u32, is_strength: bool) -> PlannedStep {
    let (words, kind, role) = match purpose {
        LapPurpose::Work if is_strength => ("strength", Kind::Run, Role::Work),
        LapPurpose::Work => ("run", Kind::Run, Role::Work),
        LapPurpose::Warmup => ("warm-up", Kind::Warmup, Role::Warmup),
        LapPurpose::Recovery => ("recovery", Kind::Recovery, Role::Between),
        LapPurpose::Rest => ("rest", Kind::Rest, Role::Between),
        LapPurpose::Cooldown => ("cool-down", Kind::Cooldown, Role::Cooldown),
    };
    PlannedStep {
        id: StepId(number),
        kind,
        role,
        label: None,
        end: End::Open,
        written: None,
        target: Target {
            words: words.to_string(),
            start: Intensity::default(),
            ramp_to: None,
            speed_range: None,
            suggested: None,
            heart_rate: None,
            rpe: None,
            breathing: None,
        },
        incline: Incline::FLAT,
        incline_to: None,
        reps: Vec::new(),
        cues: Vec::new(),
        on_belt: None,
        offset: None,
        source: SourceSpan::default(),
    }
}

fn summary(activity: &ImportedActivity) -> Summary {
    let mut from = Millis::ZERO;
    let mut laps = Vec::new();
    for (lap, number) in activity.laps.iter().zip(0..) {
        let to = from + lap.active;
        laps.push(Lap { step: Some(StepId(number)), from, to, complete: true, distance: lap.distance });
        from = to;
    }
    let mut zones = ZoneTimes::default();
    if activity.sport != ImportedSport::Strength {
        zones.add(None, activity.active);
    }
    Summary {
        active: activity.active,
        planned: None,
        steps_done: laps.len(),
        steps_planned: laps.len(),
        finished: true,
        zones,
        laps,
    }
}
