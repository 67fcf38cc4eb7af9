//! Activity files: what a program that is not ours reads in them.

use crate::fixture::pacebell_at;
use chrono::DateTime;
use fitparser::FitDataRecord;
use fitparser::profile::MesgNum;
use pacebell::diagnostic::SourceText;
use pacebell::history::events::EventRow;
use pacebell::history::{Database, SessionSettings, SessionStartRow, session_rows};
use pacebell::session::{Command, Session, Summary};
use pacebell::units::{Moment, Rehearsal};
use pacebell::workout::{Options, compile_notation};
use std::path::Path;
use std::sync::Arc;

/// The start of every session here.
const STARTED: &str = "2026-11-20T07:30:00+01:00";

/// Writes a session to the log of `home`: a workout, and commands at their seconds. The last one stops it.
fn log_session(home: &Path, notation: &str, commands: &[(u64, Command)], rehearsal: Rehearsal) {
    let source = SourceText::new("notation", notation);
    let sequence = Arc::new(compile_notation(&source, None, &Options::default()).unwrap().sequence);
    let mut session = Session::new(Arc::clone(&sequence));
    let mut events = session.apply(Command::Start, Moment::new(0));
    for (second, command) in commands {
        let at = Moment::new(second * 1000);
        events.extend(session.advance(at));
        events.extend(session.apply(*command, at));
    }
    let start = SessionStartRow {
        sequence,
        settings: SessionSettings::default(),
        source,
        started: DateTime::parse_from_rfc3339(STARTED).unwrap(),
        rehearsal,
        item: None,
    };
    std::fs::create_dir_all(home.join("pacebell")).unwrap();
    let connection = Database::at(home.join("pacebell/log.db")).open().unwrap();
    let id = session_rows::insert(&connection, &start).unwrap();
    for (number, event) in events.iter().enumerate() {
        EventRow::of(event, 0).write(&connection, id, number).unwrap();
    }
    session_rows::write_summary(&connection, id, session.sequence(), &Summary::of(&session), 0).unwrap();
}

fn export(home: &Path, arguments: &[&str]) -> Result<String, String> {
    let output =
        pacebell_at(home).args(["log", "export"]).args(arguments).current_dir(home).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

/// The messages of one kind.
fn messages(file: &[FitDataRecord], kind: MesgNum) -> Vec<&FitDataRecord> {
    file.iter().filter(|message| message.kind() == kind).collect()
}

/// The value of a field in words; empty if the message does not have it.
fn value(message: &FitDataRecord, name: &str) -> String {
    let field = message.fields().iter().find(|field| field.name() == name);
    field.map(|field| field.value().to_string()).unwrap_or_default()
}

fn values(messages: &[&FitDataRecord], name: &str) -> Vec<String> {
    messages.iter().map(|message| value(message, name)).collect()
}

/// A run of 105 s with a pause of 20 s, whose first step was left after 45 s.
fn paused_and_skipped(home: &Path) {
    let commands = [(30, Command::Pause), (50, Command::Resume), (65, Command::Skip), (125, Command::Stop)];
    log_session(home, "60s 12km/h, 60s 9km/h", &commands, Rehearsal::REAL_TIME);
}

#[test]
fn a_fit_file_has_the_laps_the_pauses_and_the_distance_as_they_were_run() {
    let home = tempfile::tempdir().unwrap();
    paused_and_skipped(home.path());
    let said = export(home.path(), &["1", "-o", "run.fit"]).unwrap();
    assert_eq!(said, "run.fit: 60s 12km/h, 60s 9km/h, 1:45, 2 laps\n");
    let file = fitparser::from_bytes(&std::fs::read(home.path().join("run.fit")).unwrap()).unwrap();

    let laps = messages(&file, MesgNum::Lap);
    assert_eq!(values(&laps, "total_timer_time"), ["45", "60"]);
    assert_eq!(values(&laps, "total_elapsed_time"), ["65", "60"]);
    // 12 km/h for 45 s, and 9 km/h for 60 s.
    assert_eq!(values(&laps, "total_distance"), ["150", "150"]);
    assert_eq!(values(&laps, "lap_trigger"), ["manual", "time"]);

    let session = messages(&file, MesgNum::Session);
    let session = session.first().unwrap();
    let told = ["sport", "sub_sport", "total_timer_time", "total_elapsed_time", "total_distance", "num_laps"];
    assert_eq!(told.map(|name| value(session, name)), ["running", "treadmill", "105", "125", "300", "2"]);

    let timer = messages(&file, MesgNum::Event);
    assert_eq!(values(&timer, "event_type"), ["start", "stop_all", "start", "stop_all"]);
    let start = DateTime::parse_from_rfc3339(STARTED).unwrap().timestamp();
    let seconds: Vec<i64> = timer.iter().map(|event| second(event) - start).collect();
    assert_eq!(seconds, [0, 30, 50, 125]);

    let records = messages(&file, MesgNum::Record);
    let running = (0..=30).chain(50..=125);
    assert_eq!(
        records.iter().map(|record| second(record) - start).collect::<Vec<_>>(),
        running.collect::<Vec<_>>()
    );
    let metres: Vec<f64> = values(&records, "distance").iter().map(|text| text.parse().unwrap()).collect();
    assert!(metres.is_sorted() && metres[0] == 0.0 && metres[metres.len() - 1] == 300.0, "{metres:?}");
}

fn second(message: &FitDataRecord) -> i64 {
    let field = message.fields().iter().find(|field| field.name() == "timestamp").unwrap();
    match field.value() {
        fitparser::Value::Timestamp(time) => time.timestamp(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_distance_that_nobody_knows_is_left_out() {
    let home = tempfile::tempdir().unwrap();
    log_session(home.path(), "60s easy, 60s 9km/h", &[(120, Command::Stop)], Rehearsal::REAL_TIME);
    let said = export(home.path(), &["1", "-o", "run.fit"]).unwrap();
    assert!(said.contains("without distance, because not every speed is known"), "{said}");
    let file = fitparser::from_bytes(&std::fs::read(home.path().join("run.fit")).unwrap()).unwrap();
    assert_eq!(values(&messages(&file, MesgNum::Lap), "total_distance"), ["", "150"]);
    assert_eq!(values(&messages(&file, MesgNum::Session), "total_distance"), [""]);
    assert!(values(&messages(&file, MesgNum::Record), "distance").iter().all(String::is_empty));
}

#[test]
fn sessions_since_a_day_go_to_a_folder_and_rehearsals_are_left_out() {
    let home = tempfile::tempdir().unwrap();
    paused_and_skipped(home.path());
    let ten_times = Rehearsal::checked(10.0).unwrap();
    log_session(home.path(), "60s 9km/h", &[(60, Command::Stop)], ten_times);
    for _ in 0..2 {
        let said = export(home.path(), &["--since", "2026-11-20", "--to", "fit", "-o", "november"]).unwrap();
        assert!(said.contains("november/2026-11-20-0730-1.fit: "), "{said}");
        assert!(said.contains("left out: session 2 was a rehearsal"), "{said}");
    }
    assert_eq!(std::fs::read_dir(home.path().join("november")).unwrap().count(), 1);
    for _ in 0..2 {
        export(home.path(), &["--since", "2026-11-20", "--to", "tcx", "-o", "november"]).unwrap();
    }
    let tcx = std::fs::read_to_string(home.path().join("november/2026-11-20-0730-1.tcx")).unwrap();
    assert_eq!(tcx.matches("<Lap ").count(), 2, "{tcx}");
    let said = export(home.path(), &["--since", "2026-11-21", "--to", "fit", "-o", "later"]).unwrap();
    assert!(said.contains("no sessions"), "{said}");
    let refused = export(home.path(), &["2", "-o", "two.fit"]).unwrap_err();
    assert!(refused.contains("session 2 was a rehearsal"), "{refused}");
}

#[test]
fn csv_and_json_are_those_of_the_log() {
    let home = tempfile::tempdir().unwrap();
    paused_and_skipped(home.path());
    export(home.path(), &["--since", "2026-11-01", "-o", "all.csv"]).unwrap();
    export(home.path(), &["1", "-o", "one.json"]).unwrap();
    let printed = |arguments: &[&str]| pacebell_at(home.path()).args(arguments).output().unwrap().stdout;
    assert_eq!(std::fs::read(home.path().join("all.csv")).unwrap(), printed(&["log", "--csv"]));
    assert_eq!(
        std::fs::read(home.path().join("one.json")).unwrap(),
        printed(&["log", "show", "1", "--json"])
    );
}

#[test]
fn no_file_but_an_earlier_export_is_replaced() {
    let home = tempfile::tempdir().unwrap();
    paused_and_skipped(home.path());
    for name in ["run.fit", "all.csv"] {
        std::fs::write(home.path().join(name), "of a watch").unwrap();
        let refused = export(home.path(), &["1", "-o", name]).unwrap_err();
        assert!(refused.contains("exists already"), "{refused}");
        assert_eq!(std::fs::read_to_string(home.path().join(name)).unwrap(), "of a watch");
    }
    let refused = export(home.path(), &["1", "-o", "run"]).unwrap_err();
    assert!(refused.contains("--to fit"), "{refused}");
    let refused = export(home.path(), &["1", "-o", "/dev/null", "--to", "fit"]).unwrap_err();
    assert!(refused.contains("exists already"), "{refused}");
}

#[test]
fn a_file_of_ours_comes_back_as_the_session_that_it_is() {
    let home = tempfile::tempdir().unwrap();
    paused_and_skipped(home.path());
    for name in ["run.fit", "run.tcx"] {
        export(home.path(), &["1", "-o", name]).unwrap();
    }
    let import = |home: &Path, name: &str| {
        let output = pacebell_at(home).args(["log", "import", name]).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    for name in ["run.fit", "run.tcx"] {
        let path = home.path().join(name);
        let path = path.to_str().unwrap();
        let said = import(home.path(), path);
        assert!(said.contains("Nothing new.") && said.contains("session 1"), "{said}");
        // In a log that does not have it, it has the laps and the distance that were run.
        let other = tempfile::tempdir().unwrap();
        let said = import(other.path(), path);
        assert!(said.contains("1 session added: 2026-11-20, 0.3 km in 1:45"), "{said}");
        let refused = export(other.path(), &["1", "-o", "again.fit"]).unwrap_err();
        assert!(refused.contains("session 1 was imported from a file"), "{refused}");
    }
}
