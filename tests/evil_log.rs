//! Logs with invalid values, from damage or other programs. Nothing panics, and sound sessions are offered and shown.

use crate::fixture;
use pacebell::clock::{self, Clock};
use pacebell::coach::Coach;
use pacebell::diagnostic::SourceText;
use pacebell::history::events::EventRow;
use pacebell::history::unfinished::{self, UnfinishedSearch, UnfinishedSession};
use pacebell::history::{
    Database, SessionId, SessionProgress, SessionSettings, SessionStartRow, describe, queries, session_rows,
};
use pacebell::runner::profile::Units;
use pacebell::session::{Command, Session, Summary};
use pacebell::units::{Millis, Moment, Rehearsal};
use rusqlite::Connection;
use std::sync::Arc;

const NOW: i64 = 1_795_600_000_000;

/// Writes a session that ran for 400 s.
fn write(connection: &Connection, name: &str, started: &str, logged: bool) {
    let mut sequence = (*fixture::intervals()).clone();
    sequence.name = name.to_string();
    let sequence = Arc::new(sequence);
    let mut session = Session::new(Arc::clone(&sequence));
    let mut events = session.apply(Command::Start, Moment::new(0));
    events.extend(session.advance(Moment::new(400_000)));
    let start = SessionStartRow {
        sequence,
        settings: SessionSettings::default(),
        source: SourceText::new("short.toml", "steps = […]"),
        started: chrono::DateTime::parse_from_rfc3339(started).unwrap(),
        rehearsal: Rehearsal::REAL_TIME,
        item: None,
    };
    let id = session_rows::insert(connection, &start).unwrap();
    for (number, event) in events.iter().enumerate() {
        EventRow::of(event, NOW).write(connection, id, number).unwrap();
    }
    let progress = SessionProgress { at: session.latest(), elapsed: Millis::from_secs(400), seen_ms: NOW };
    session_rows::write_progress(connection, id, progress).unwrap();
    if logged {
        session_rows::write_summary(connection, id, session.sequence(), &Summary::of(&session), NOW).unwrap();
    }
}

/// A valid log with two sessions.
struct ValidLog(tempfile::TempDir);

impl ValidLog {
    fn new(logged: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = Database::at(folder.path().join("sound.db")).open().unwrap();
        let transaction = connection.transaction().unwrap();
        write(&transaction, "sound", "2026-11-18T07:30:00+01:00", logged);
        write(&transaction, "evil", "2026-11-20T07:30:00+01:00", logged);
        transaction.commit().unwrap();
        ValidLog(folder)
    }

    /// A copy after the statement `evil`, which changes only the second and latest session.
    fn damaged_by(&self, evil: &str) -> Database {
        let log = self.0.path().join("log.db");
        std::fs::copy(self.0.path().join("sound.db"), &log).unwrap();
        let connection = Connection::open(&log).unwrap();
        connection.execute_batch("PRAGMA ignore_check_constraints = ON; PRAGMA synchronous = OFF;").unwrap();
        connection.execute_batch(evil).unwrap_or_else(|e| panic!("{evil}: {e}"));
        Database::at(log)
    }
}

const NUMBERS: &[&str] =
    &["9223372036854775807", "-9223372036854775807 - 1", "-1", "0", "1", "9007199254740993", "4294967296"];
const REALS: &[&str] = &["9e999", "-9e999", "-1.0", "0.0", "0.999", "1000.1", "1e308", "1e-308"];
const TEXTS: &[&str] = &[
    "''",
    "'x'",
    "'null'",
    "'{}'",
    "'[]'",
    "'1e999'",
    "CAST(x'ff00fe' AS TEXT)",
    "replace(hex(zeroblob(5000)), '00', '[')",
];

/// Statements that put every kind of value into every column.
#[expect(clippy::too_many_lines, reason = "a list of statements")]
fn evil_statements() -> Vec<String> {
    let columns: &[(&str, &str, &[&str])] = &[
        ("session", "started_at_ms", NUMBERS),
        ("session", "utc_offset_s", NUMBERS),
        ("session", "planned_ms", NUMBERS),
        ("session", "steps_planned", NUMBERS),
        ("session", "active_ms", NUMBERS),
        ("session", "steps_done", NUMBERS),
        ("session", "finished", NUMBERS),
        ("session", "speed", REALS),
        ("session", "rpe", REALS),
        ("session", "breathlessness", REALS),
        ("session", "name", TEXTS),
        ("session", "talk", TEXTS),
        ("session", "feel", TEXTS),
        ("session", "note", TEXTS),
        ("session", "key", &["x''", "zeroblob(17)"]),
        ("plan", "sequence", TEXTS),
        ("plan", "settings", TEXTS),
        ("plan", "source_name", TEXTS),
        ("plan", "source", TEXTS),
        ("plan", "events_version", NUMBERS),
        ("event", "at_ms", NUMBERS),
        ("event", "elapsed_ms", NUMBERS),
        ("event", "happened_at_ms", NUMBERS),
        ("event", "what", TEXTS),
        ("position", "at_ms", NUMBERS),
        ("position", "elapsed_ms", NUMBERS),
        ("position", "seen_at_ms", NUMBERS),
        ("lap", "step", NUMBERS),
        ("lap", "from_ms", NUMBERS),
        ("lap", "to_ms", NUMBERS),
        ("lap", "distance_m", REALS),
        ("lap", "name", TEXTS),
        ("zone_time", "time_ms", NUMBERS),
    ];
    let mut all: Vec<String> = columns
        .iter()
        .flat_map(|(table, column, values)| {
            let id = if *table == "session" { "id" } else { "session" };
            values.iter().map(move |value| format!("UPDATE {table} SET {column} = {value} WHERE {id} = 2"))
        })
        .collect();
    let sequence = |path: &str, value: &str| {
        format!("UPDATE plan SET sequence = json_set(sequence, '{path}', json('{value}')) WHERE session = 2")
    };
    let event =
        |what: &str| format!("UPDATE event SET what = '{what}' WHERE session = 2 AND number IN (1, 2)");
    all.extend(["version", "steps", "repeats", "name"].map(|key| sequence(&format!("$.{key}"), "[]")));
    all.extend([
        sequence("$.version", "77"),
        sequence("$.steps[0].id", "4294967295"),
        sequence("$.steps[3].id", "0"),
        sequence("$.steps[0].end", r#"{"time":{"upper":18446744073709551615,"lower":null}}"#),
        sequence("$.steps[0].end", r#"{"time":{"upper":0,"lower":5}}"#),
        sequence("$.steps[1].end", r#"{"distance":{"upper":1e308,"lower":-1,"time":0,"lower_time":null}}"#),
        sequence("$.steps[0].incline", "-1e308"),
        event(r#"{"extended":{"step":0,"by":18446744073709551615}}"#),
        event(r#"{"extended":{"step":99,"by":1}}"#),
        event(r#"{"counting_in":{"until":18446744073709551615}}"#),
        event(r#"{"was_absent":{"since":18446744073709551615}}"#),
        event(r#"{"adjusted":{"step":0,"to":-1e308}}"#),
        event(r#"{"corrected":{"step":0,"distance":1e308}}"#),
        event(r#""went_back""#),
        "UPDATE zone_time SET zone = zone - 77 WHERE session = 2".to_string(),
        "UPDATE zone_time SET zone = zone + 9223372036854775800 WHERE session = 2".to_string(),
        "DELETE FROM plan WHERE session = 2".to_string(),
        "DELETE FROM event WHERE session = 2 AND number = 0".to_string(),
        "DELETE FROM position WHERE session = 2".to_string(),
    ]);
    all
}

/// Resumes a session as the program does.
fn resume(mut unfinished: UnfinishedSession) {
    let offset = *unfinished.started.offset();
    let _ = describe::start(unfinished.started, offset);
    let away = unfinished.away(clock::since_1970());
    let rehearsal = unfinished.rehearsal;
    assert!((1.0..=1000.0).contains(&rehearsal.factor()));
    let now = unfinished.last_seen + rehearsal.session_time(away);
    let clock = Clock::start_at(now, rehearsal);
    let _ = (clock.now(), clock.until(now), clock.instant(now), clock.real_time(away));
    let session = &mut unfinished.session;
    session.apply(Command::Absence { since: unfinished.last_seen }, now);
    session.apply(Command::Resume, now);
    session.advance(now + Millis::from_secs(60));
    let _ = (session.forecast(now), session.position(now), session.next_change(), Summary::of(session));
    let _ = Coach::of(session.clone(), unfinished.settings.treadmill, rehearsal);
    let _ = unfinished.into_resumed();
}

fn find(database: &Database, evil: &str) -> UnfinishedSearch {
    unfinished::find(database).unwrap_or_else(|e| panic!("{evil}: {e}"))
}

#[test]
fn an_invalid_unfinished_session_does_not_hide_the_others() {
    let valid = ValidLog::new(false);
    for evil in evil_statements() {
        let database = valid.damaged_by(&evil);
        let all = find(&database, &evil);
        let readable = all.latest.as_ref().is_some_and(|u| u.id() == SessionId(2));
        assert!(!readable || !evil.contains("SET speed"), "{evil}: an impossible speed");
        // An event can put a session past its last step: it is logged instead of offered.
        let is_complete = all.complete.iter().any(|u| u.id() == SessionId(2));
        let is_unreadable = !readable && !is_complete && all.more == 0;
        assert_eq!(all.unreadable.len(), usize::from(is_unreadable), "{evil}");
        for why in &all.unreadable {
            assert!(why.problem.contains("session 2") && !why.help.is_empty(), "{evil}: {why}");
        }
        let (more, latest) =
            (all.more, all.latest.unwrap_or_else(|| panic!("{evil}: no session is offered")));
        if readable {
            resume(latest);
            assert_eq!(more, 1, "{evil}");
            database
                .open()
                .unwrap()
                .execute("UPDATE session SET deleted_at_ms = 1 WHERE id = 2", [])
                .unwrap();
            assert_eq!(find(&database, &evil).latest.map(|u| u.id()), Some(SessionId(1)), "{evil}");
        } else {
            assert_eq!(latest.id(), SessionId(1), "{evil}");
        }
    }
}

#[test]
fn an_invalid_logged_session_is_still_listed() {
    let valid = ValidLog::new(true);
    for evil in evil_statements() {
        let database = valid.damaged_by(&evil);
        let connection = database.open().unwrap();
        let listed = queries::list(&connection).unwrap_or_else(|e| panic!("{evil}: {e}"));
        assert_eq!(listed.len(), 2, "{evil}");
        let details =
            queries::details(&connection, SessionId(2)).unwrap_or_else(|e| panic!("{evil}: {e}")).unwrap();
        let _ = (describe::facts(&details, Units::default()), pacebell::history::json::session(&details));
        let _ = (pacebell::history::json::log(&listed), pacebell::history::csv::log(&listed));
        for lap in &details.laps {
            let _ = describe::lap(&details, lap, Units::default());
        }
        let laps = pacebell::display::chart::text_of_laps(&details.sequence, &details.laps, 80, 8);
        assert!(!laps.contains("NaN"), "{evil}");
    }
}

#[test]
fn a_session_with_an_unreadable_plan_is_shown_without_it() {
    let evil = "UPDATE plan SET sequence = '{}' WHERE session = 2;
                UPDATE event SET what = '{}' WHERE session = 2;
                UPDATE session SET rpe = 6 WHERE id = 2;";
    let valid = ValidLog::new(true);
    let database = valid.damaged_by(evil);
    let details = queries::details(&database.open().unwrap(), SessionId(2)).unwrap().unwrap();
    assert_eq!((details.entry.name.as_str(), details.entry.answers.rpe), ("evil", Some(6.0)));
    assert_eq!(details.source.name, "short.toml");
    assert!(details.events.is_empty());
    let facts = describe::facts(&details, Units::default());
    assert!(facts.iter().any(|(what, is)| what == "Planned" && is.contains("cannot be read")), "{facts:?}");
    let json: serde_json::Value = serde_json::from_str(&pacebell::history::json::session(&details)).unwrap();
    assert!(json["session"]["workout"].is_null());
}

#[test]
fn an_error_says_if_an_update_would_help() {
    let valid = ValidLog::new(false);
    let why = |evil: &str| unfinished::find(&valid.damaged_by(evil)).unwrap().unreadable[0].to_string();
    for newer in [
        "UPDATE plan SET events_version = 77 WHERE session = 2",
        "UPDATE plan SET sequence = json_set(sequence, '$.version', 77) WHERE session = 2",
    ] {
        assert!(why(newer).contains("(evil)") && why(newer).contains("update pacebell"), "{}", why(newer));
    }
    for damaged in [
        "UPDATE plan SET sequence = '[]' WHERE session = 2",
        "UPDATE event SET at_ms = -5 WHERE session = 2",
        "UPDATE session SET speed = 0 WHERE id = 2",
        "DELETE FROM plan WHERE session = 2",
    ] {
        assert!(why(damaged).contains("pacebell log backup"), "{damaged}: {}", why(damaged));
    }
}
