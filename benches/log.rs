//! How long the log takes to open after ten years of five sessions a week: `cargo bench --bench log`.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on fails")]

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
use pacebell::units::{Millis, Moment};
use pacebell::workout::{Options, SourceText, compile_notation};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rusqlite::Connection;
use std::sync::Arc;

/// Ten years of five sessions a week.
const SESSIONS: i64 = 2600;

fn main() {
    divan::main();
}

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-20T20:00:00+01:00").unwrap()
}

/// A log in a folder of its own, with everything that a session leaves in it.
fn ten_years() -> (tempfile::TempDir, Database) {
    let folder = tempfile::tempdir().unwrap();
    let store = Database::at(folder.path().join("log.db"));
    let mut connection = store.open().unwrap();
    let transaction = connection.transaction().unwrap();
    for n in 0..SESSIONS {
        write(&transaction, now() - Duration::hours(n * 7 * 24 / 5), n);
    }
    transaction.commit().unwrap();
    drop(connection);
    (folder, store)
}

/// 17 laps: a warm-up, eight hard minutes with seven easy ones, a cool-down.
fn write(connection: &Connection, started: DateTime<FixedOffset>, n: i64) {
    let text = "warmup 5min easy, 8×60s hard / 60s easy, cooldown 5min walk";
    let source = SourceText::new("notation", text);
    let sequence = Arc::new(compile_notation(&source, None, &Options::default()).unwrap().sequence);
    let mut session = Session::new(Arc::clone(&sequence));
    let mut events: Vec<Event> = session.apply(Command::Start, Moment::new(0));
    events.extend(session.advance(Moment::default() + Millis::from_secs(25 * 60)));
    events.extend(session.apply(Command::Stop, Moment::default() + Millis::from_secs(26 * 60)));
    let summary = Summary::of(&session);
    assert_eq!(summary.laps.len(), 18, "17, and a minute after the last");
    let beginning = SessionStartRow {
        sequence: Arc::clone(&sequence),
        settings: SessionSettings::default(),
        source,
        started,
        speed: 1.0,
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

fn read(store: &Database) -> Vec<LogEntry> {
    queries::list(&store.open().unwrap()).unwrap()
}

/// Opening the log and reading all of it: under 50 ms.
#[divan::bench]
fn open_ten_years(bencher: Bencher) {
    let (_folder, store) = ten_years();
    assert_eq!(read(&store).len() as i64, SESSIONS);
    bencher.bench_local(|| read(black_box(&store)));
}

/// The same up to its first picture: under 50 ms.
#[divan::bench]
fn open_and_show_ten_years(bencher: Bencher) {
    let (_folder, store) = ten_years();
    bencher.bench_local(|| show(read(black_box(&store))));
}

/// One session of them with all there is to know.
#[divan::bench]
fn open_one_of_ten_years(bencher: Bencher) {
    let (_folder, store) = ten_years();
    bencher.bench_local(|| {
        queries::details(&store.open().unwrap(), black_box(SessionId(1300))).unwrap().unwrap()
    });
}

fn show(entries: Vec<LogEntry>) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 100, 30));
    LogListPage::new(entries, Weekday::Mon, now(), Theme::new(true)).draw(&mut buffer);
    buffer
}
