//! Benchmarks of opening a log with ten years of five sessions a week: `cargo bench --bench log`.

#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

use chrono::{DateTime, Duration, FixedOffset, Weekday};
use divan::{Bencher, black_box};
use pacebell::history::events::EventRow;
use pacebell::history::queries;
use pacebell::history::queries::LogEntry;
use pacebell::history::{
    Database, SessionId, SessionProgress, SessionSettings, SessionStartRow, session_rows,
};
use pacebell::session::answers::{Answers, Breath};
use pacebell::session::{Command, Event, Session, Summary};
use pacebell::tui::Theme;
use pacebell::tui::screens::log::LogListPage;
use pacebell::tui::screens::page::Page;
use pacebell::units::{Millis, Moment, Rehearsal};
use pacebell::workout::{Options, SourceText, compile_notation};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rusqlite::Connection;
use std::sync::Arc;

/// The number of sessions in ten years of five a week.
const SESSIONS: i64 = 2600;

fn main() {
    divan::main();
}

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-20T20:00:00+01:00").unwrap()
}

/// Fills a log in its own temporary folder.
fn ten_years() -> (tempfile::TempDir, Database) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::at(folder.path().join("log.db"));
    let mut connection = database.open().unwrap();
    let transaction = connection.transaction().unwrap();
    for n in 0..SESSIONS {
        write_session(&transaction, now() - Duration::hours(n * 7 * 24 / 5), n);
    }
    transaction.commit().unwrap();
    drop(connection);
    (folder, database)
}

/// Writes a finished session of 17 laps, and all that comes with it: a warm-up, eight hard minutes with seven easy ones
/// between them, and a cool-down.
fn write_session(connection: &Connection, started: DateTime<FixedOffset>, n: i64) {
    let text = "warmup 5min easy, 8×60s hard / 60s easy, cooldown 5min walk";
    let source = SourceText::new("notation", text);
    let sequence = Arc::new(compile_notation(&source, None, &Options::default()).unwrap().sequence);
    let mut session = Session::new(Arc::clone(&sequence));
    let mut events: Vec<Event> = session.apply(Command::Start, Moment::new(0));
    events.extend(session.advance(Moment::default() + Millis::from_secs(25 * 60)));
    events.extend(session.apply(Command::Stop, Moment::default() + Millis::from_secs(26 * 60)));
    let summary = Summary::of(&session);
    assert_eq!(summary.laps.len(), 18, "17 laps, and a minute after the last");
    let beginning = SessionStartRow {
        sequence: Arc::clone(&sequence),
        settings: SessionSettings::default(),
        source,
        started,
        rehearsal: Rehearsal::REAL_TIME,
        item: None,
    };
    let at = started.timestamp_millis();
    let id = session_rows::insert(connection, &beginning).unwrap();
    for (number, event) in events.iter().enumerate() {
        EventRow::of(event, at).write(connection, id, number).unwrap();
    }
    let progress = SessionProgress { at: session.latest(), elapsed: summary.active, seen_ms: at };
    session_rows::write_progress(connection, id, progress).unwrap();
    session_rows::write_summary(connection, id, &sequence, &summary, at).unwrap();
    let answers = Answers {
        rpe: Some((n % 21) as f64 / 2.0),
        breath: Some(Breath::Borg((n % 11) as f64)),
        note: (n % 3 == 0).then(|| "legs heavy at first, better from the third rep on".to_string()),
        own: vec![("Shoes?".to_string(), "the old ones".to_string())],
        ..Answers::default()
    };
    session_rows::write_answers(connection, id, &answers).unwrap();
}

fn read(database: &Database) -> Vec<LogEntry> {
    queries::list(&database.open().unwrap()).unwrap()
}

/// Opens the log and reads all of it. Must take less than 50 ms.
#[divan::bench]
fn open_ten_years(bencher: Bencher) {
    let (_folder, database) = ten_years();
    assert_eq!(read(&database).len() as i64, SESSIONS);
    bencher.bench_local(|| read(black_box(&database)));
}

/// Opens the log, reads all of it and draws the first screen. Must take less than 50 ms.
#[divan::bench]
fn open_and_show_ten_years(bencher: Bencher) {
    let (_folder, database) = ten_years();
    bencher.bench_local(|| draw(read(black_box(&database))));
}

/// Opens the log and reads everything about one session.
#[divan::bench]
fn open_one_of_ten_years(bencher: Bencher) {
    let (_folder, database) = ten_years();
    bencher.bench_local(|| {
        queries::details(&database.open().unwrap(), black_box(SessionId(1300))).unwrap().unwrap()
    });
}

fn draw(entries: Vec<LogEntry>) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 100, 30));
    LogListPage::new(entries, Weekday::Mon, now(), Theme::new(true)).draw(&mut buffer);
    buffer
}
