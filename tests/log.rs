//! The log: reading, editing, undoing, backing up and exporting it.

use crate::fixture;
use chrono::{DateTime, Duration, FixedOffset};
use pacebell::athlete::Zone;
use pacebell::history::edits;
use pacebell::history::edits::{Added, ChangeKind};
use pacebell::history::queries;
use pacebell::history::queries::{LogEntry, SessionDetails};
use pacebell::history::{Database, SessionId, SessionSettings, SessionStartRow};
use pacebell::session::answers::{Answers, Breath, Feel, Talk};
use pacebell::session::manual_entry::{FitResult, UnknownLength, untimed};
use pacebell::units::{Millis, Rehearsal};
use pacebell::workout::sequence::Sequence;
use pacebell::workout::{Options, SourceText, compile_notation};
use proptest::prelude::*;
use rusqlite::Connection;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

const NOW: i64 = 1_795_600_000_000;

fn time(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

fn workout(notation: &str) -> Arc<Sequence> {
    let compiled = compile_notation(&SourceText::new("notation", notation), None, &Options::default());
    Arc::new(compiled.unwrap().sequence)
}

fn minutes(count: u64) -> Millis {
    Millis::from_secs(count * 60)
}

fn added(sequence: Arc<Sequence>, started: &str, answers: Answers) -> Added {
    let summary = untimed(&sequence, None).unwrap().summary;
    let source = SourceText::new("notation", "text");
    let started = time(started);
    Added {
        start: SessionStartRow {
            sequence,
            settings: SessionSettings::default(),
            source,
            started,
            rehearsal: Rehearsal::REAL_TIME,
            item: None,
        },
        summary,
        answers,
    }
}

/// Returns a log with three sessions that cannot be undone.
fn sample_log(store: &Database) -> Connection {
    let mut connection = store.open().unwrap();
    let own =
        vec![("Shoes?".to_string(), "the old ones".to_string()), ("Any pain?".to_string(), "no".to_string())];
    let all = [
        ("2026-11-18T07:30:00+01:00", Answers { rpe: Some(7.0), own, ..Answers::default() }),
        (
            "2026-11-20T07:30:00+01:00",
            Answers { breath: Some(Breath::Talk(Talk::Phrases)), ..Answers::default() },
        ),
        ("2026-11-19T23:30:00-08:00", Answers::default()),
    ];
    for (started, answers) in all {
        edits::add(&mut connection, &added(fixture::intervals(), started, answers), NOW).unwrap();
    }
    connection.execute("DELETE FROM change", []).unwrap();
    connection
}

/// Undoes the latest change to a session.
fn undo(connection: &mut Connection) -> Option<edits::UndoneChange> {
    edits::undo(connection, NOW).unwrap().map(|undone| match undone {
        edits::Undone::Change(change) => change,
        _ => panic!("no logs were merged"),
    })
}

/// Returns every session in the log.
fn sessions_in(connection: &Connection) -> Vec<(LogEntry, SessionDetails)> {
    let details = |e: LogEntry| (e.clone(), queries::details(connection, e.id).unwrap().unwrap());
    queries::list(connection).unwrap().into_iter().map(details).collect()
}

#[test]
fn a_session_is_read_back_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let connection = sample_log(&Database::at(folder.path().join("log.db")));
    let all = sessions_in(&connection);
    let started: Vec<String> = all.iter().map(|(e, _)| e.started.to_rfc3339()).collect();
    // Latest first, in any time zone: 23:30 in Los Angeles is 7:30 UTC, an hour after 7:30 in Berlin.
    assert_eq!(
        started,
        ["2026-11-19T23:30:00-08:00", "2026-11-20T07:30:00+01:00", "2026-11-18T07:30:00+01:00"]
    );
    let (entry, details) = &all[2];
    assert_eq!(*entry, details.entry);
    assert_eq!((entry.active, entry.planned), (minutes(25), Some(minutes(25))));
    // 5 min easy, 8 × 1 min hard, 7 × 1 min easy; 5 min walking.
    assert_eq!(
        entry.zones.parts(),
        [(Zone::new(1), minutes(5)), (Zone::new(2), minutes(12)), (Zone::new(5), minutes(8))]
    );
    assert_eq!(entry.load(), Some(175.0));
    // 12 min at 9 km/h are 1800 m, 8 min at 14 km/h are 1867 m, and 5 min at 5 km/h are 417 m.
    let covered = entry.covered.unwrap();
    assert_eq!(covered.distance.metres().round(), 4083.0);
    assert!(covered.time == minutes(25) && !covered.is_estimated, "{covered:?}");
    assert_eq!(entry.answers.own[0].0, "Shoes?", "in the order they were asked");
    assert_eq!(entry.answers.own[1], ("Any pain?".to_string(), "no".to_string()));
    assert!(entry.by_hand && entry.finished && entry.rehearsed.is_none());
    assert_eq!(details.sequence, *fixture::intervals());
    assert_eq!(details.laps.len(), 17);
    assert_eq!(details.laps.last().unwrap().to, minutes(25));
    assert_eq!(details.source.text, "text");
    assert_eq!(all[0].0.answers, Answers::default());
    assert_eq!(queries::details(&connection, SessionId(4711)).unwrap(), None);
}

#[test]
fn the_distance_is_unknown_if_a_part_is_and_marked_if_it_is_estimated() {
    let folder = tempfile::tempdir().unwrap();
    let mut connection = Database::at(folder.path().join("log.db")).open().unwrap();
    let mut list = |notation: &str| {
        let session = added(workout(notation), "2026-11-18T07:30:00+01:00", Answers::default());
        edits::add(&mut connection, &session, NOW).unwrap();
        let listed = queries::list(&connection).unwrap();
        let newest = listed.into_iter().max_by_key(|entry| entry.id).unwrap();
        let details = queries::details(&connection, newest.id).unwrap().unwrap();
        assert_eq!(newest.covered, details.entry.covered, "{notation}");
        newest.covered
    };
    assert_eq!(list("10min 12km/h").unwrap().distance.metres().round(), 2000.0);
    assert_eq!(list("10min 12km/h, 5min easy"), None);
    assert_eq!(list("10min 12km/h, 60s rest, 10min 12km/h").unwrap().time, minutes(20));
}

#[test]
fn rehearsals_are_listed_without_a_load() {
    let folder = tempfile::tempdir().unwrap();
    let connection = sample_log(&Database::at(folder.path().join("log.db")));
    connection.execute("UPDATE session SET speed = 20", []).unwrap();
    let listed = queries::list(&connection).unwrap();
    assert!(listed.iter().all(|e| e.rehearsed == Some(Rehearsal::new(20.0)) && e.load().is_none()));
}

#[test]
fn unfinished_sessions_are_not_in_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let connection = sample_log(&Database::at(folder.path().join("log.db")));
    connection.execute("UPDATE session SET logged_at_ms = NULL WHERE id = 2", []).unwrap();
    let mut connection = connection;
    assert_eq!(queries::list(&connection).unwrap().len(), 2);
    assert_eq!(queries::details(&connection, SessionId(2)).unwrap(), None);
    assert_eq!(edits::edit(&mut connection, SessionId(2), NOW, |kept| kept.name.clear()).unwrap(), None);
    assert_eq!(undo(&mut connection), None);
    // A session that cannot be resumed can still be deleted once, and restored.
    assert!(edits::delete(&mut connection, SessionId(2), NOW).unwrap().is_some());
    assert_eq!(edits::delete(&mut connection, SessionId(2), NOW).unwrap(), None);
    assert_eq!(undo(&mut connection).unwrap().kind, edits::ChangeKind::Discarded);
}

/// A change that a runner makes to the log.
#[derive(Clone, Debug)]
enum LogChange {
    Rate(i64, Option<f64>),
    Breathe(i64, Option<Breath>),
    Feel(i64, Option<Feel>),
    Note(i64, Option<String>),
    Name(i64, String),
    Move(i64, i64),
    Own(i64, Vec<(String, String)>),
    Delete(i64),
    Add,
}

fn log_change() -> impl Strategy<Value = LogChange> {
    let id = 1..6_i64;
    let half = || prop::option::of((0..=20_u8).prop_map(|h| f64::from(h) / 2.0));
    let breath = prop_oneof![
        Just(None),
        (0..=20_u8).prop_map(|h| Some(Breath::Borg(f64::from(h) / 2.0))),
        prop::sample::select(&Talk::ALL[..]).prop_map(|t| Some(Breath::Talk(t))),
    ];
    let feel = prop::option::of(prop::sample::select(&Feel::ALL[..]));
    let own = prop::collection::vec(("[a-z?]{1,4}", "\\PC{0,4}"), 0..3);
    prop_oneof![
        (id.clone(), half()).prop_map(|(id, rpe)| LogChange::Rate(id, rpe)),
        (id.clone(), breath).prop_map(|(id, b)| LogChange::Breathe(id, b)),
        (id.clone(), feel).prop_map(|(id, f)| LogChange::Feel(id, f)),
        (id.clone(), prop::option::of("\\PC{0,8}")).prop_map(|(id, n)| LogChange::Note(id, n)),
        (id.clone(), "\\PC{1,8}").prop_map(|(id, n)| LogChange::Name(id, n)),
        (id.clone(), -100_000..100_000_i64).prop_map(|(id, by)| LogChange::Move(id, by)),
        (id.clone(), own).prop_map(|(id, own)| LogChange::Own(id, own)),
        id.prop_map(LogChange::Delete),
        Just(LogChange::Add),
    ]
}

fn edit(connection: &mut Connection, id: i64, how: impl FnOnce(&mut edits::EditableFields)) {
    edits::edit(connection, SessionId(id), NOW, how).unwrap();
}

fn apply(connection: &mut Connection, change: LogChange) {
    match change {
        LogChange::Rate(id, rpe) => edit(connection, id, |k| k.answers.rpe = rpe),
        LogChange::Breathe(id, breath) => edit(connection, id, |k| k.answers.breath = breath),
        LogChange::Feel(id, feel) => edit(connection, id, |k| k.answers.feel = feel),
        LogChange::Note(id, note) => edit(connection, id, |k| k.answers.note = note),
        LogChange::Name(id, name) => edit(connection, id, |k| k.name = name),
        LogChange::Move(id, by) => edit(connection, id, |k| k.started += Duration::seconds(by)),
        LogChange::Own(id, own) => edit(connection, id, |k| k.answers.own = own),
        LogChange::Delete(id) => drop(edits::delete(connection, SessionId(id), NOW).unwrap()),
        LogChange::Add => {
            let one = added(workout("45min easy"), "2026-11-21T08:00:00+01:00", Answers::default());
            edits::add(connection, &one, NOW).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn undoing_any_series_of_changes_restores_the_log(series in prop::collection::vec(log_change(), 0..10)) {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = sample_log(&Database::at(folder.path().join("log.db")));
        let mut states = Vec::new();
        for change in series {
            let before = sessions_in(&connection);
            apply(&mut connection, change);
            if sessions_in(&connection) != before {
                states.push(before);
            }
        }
        while let Some(before) = states.pop() {
            prop_assert!(undo(&mut connection).is_some());
            prop_assert_eq!(sessions_in(&connection), before);
        }
        prop_assert_eq!(undo(&mut connection), None);
    }
}

#[test]
fn undo_says_what_it_undid() {
    let folder = tempfile::tempdir().unwrap();
    let mut connection = sample_log(&Database::at(folder.path().join("log.db")));
    apply(&mut connection, LogChange::Add);
    apply(&mut connection, LogChange::Rate(1, Some(3.0)));
    apply(&mut connection, LogChange::Delete(1));
    let mut undo = || undo(&mut connection).map(|u| (u.session.0, u.kind, u.fields.answers.rpe));
    assert_eq!(undo(), Some((1, ChangeKind::Deleted, Some(3.0))));
    assert_eq!(undo(), Some((1, ChangeKind::Edited, Some(7.0))));
    assert_eq!(undo(), Some((4, ChangeKind::Added, None)));
    assert_eq!(undo(), None);
}

#[test]
fn concurrent_edits_lose_nothing() {
    const EACH: usize = 25;
    let folder = tempfile::tempdir().unwrap();
    let store =
        Database::at(folder.path().join("log.db")).with_lock_timeout(std::time::Duration::from_secs(60));
    let before = sessions_in(&sample_log(&store));
    let work = |how: fn(&mut edits::EditableFields, usize)| {
        let mut connection = store.open().unwrap();
        for n in 0..EACH {
            edits::edit(&mut connection, SessionId(1), NOW, |kept| how(kept, n)).unwrap().unwrap();
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| work(|kept, n| kept.answers.rpe = Some(n as f64 / 5.0 % 10.0)));
        scope.spawn(|| work(|kept, n| kept.answers.note = Some(format!("note {n}"))));
    });
    let mut connection = store.open().unwrap();
    let now = queries::details(&connection, SessionId(1)).unwrap().unwrap().entry.answers;
    assert_eq!((now.rpe, now.note.as_deref()), (Some(24.0 / 5.0), Some("note 24")));
    let undone = std::iter::from_fn(|| undo(&mut connection)).count();
    assert_eq!(undone, 2 * EACH);
    assert_eq!(sessions_in(&connection), before);
}

#[test]
fn an_added_plan_is_fitted_to_the_time_it_took() {
    let fit = |notation: &str, took: Option<u64>| untimed(&workout(notation), took.map(minutes));
    let fitted =
        |notation: &str, took: Option<u64>| fit(notation, took).map(|u| (u.fitted, u.summary.laps.len()));
    assert_eq!(fitted("8×60s hard / 60s easy", None), Ok((FitResult::Planned, 15)));
    assert_eq!(fitted("45min easy", Some(45)), Ok((FitResult::Planned, 1)));
    assert_eq!(fitted("45min easy, 5min walk", Some(40)), Ok((FitResult::Left { undone: minutes(10) }, 1)));
    assert_eq!(fitted("45min easy", Some(50)), Ok((FitResult::WentOn { after: minutes(5) }, 2)));
    assert_eq!(fitted("75-90min easy", None), Ok((FitResult::RangesAtMost, 1)));
    assert_eq!(
        fitted("75-90min easy, 5min walk", Some(85)),
        Ok((FitResult::Rest { length: minutes(80) }, 2))
    );
    assert_eq!(fitted("75-90min easy", Some(90)), Ok((FitResult::Planned, 1)));
    assert_eq!(
        fitted("75-90min easy, 5min walk", Some(100)),
        Ok((FitResult::WentOn { after: minutes(5) }, 3))
    );
    assert_eq!(fitted("10min easy, open walk", Some(12)), Ok((FitResult::Rest { length: minutes(2) }, 2)));
    assert_eq!(
        fitted("10min easy, open walk, 5min easy", Some(8)),
        Ok((FitResult::Left { undone: minutes(7) }, 1))
    );
    let shared = FitResult::Shared { steps: 3, length: minutes(6) };
    assert_eq!(fitted("4×(2min fast) / open walk", Some(14)), Ok((shared, 0)));
    assert_eq!(fitted("5km easy", None), Err(UnknownLength::Lengths(1)), "the pace is unknown");
    assert_eq!(fitted("5km easy", Some(30)), Ok((FitResult::Rest { length: minutes(30) }, 1)));
    for took in [40, 60] {
        let took_all = FitResult::Rest { length: minutes(took) };
        assert_eq!(
            fitted("10km 5:00/km", Some(took)),
            Ok((took_all, 1)),
            "a fixed distance took what it took"
        );
    }
    assert_eq!(fitted("10km 5:00/km", Some(50)), Ok((FitResult::Planned, 1)));
    let both = FitResult::Shared { steps: 2, length: minutes(12) };
    assert_eq!(fitted("2x1km 5:00/km / 2min walk", Some(14)), Ok((both, 0)));
    let short = fitted("10min easy, open walk, 10min easy", Some(15));
    assert_eq!(short, Err(UnknownLength::TooShort(minutes(20))), "it is unclear which step was shorter");
}

#[test]
fn an_added_session_has_the_same_totals_as_a_timed_one() {
    let of = |notation: &str, took: u64| untimed(&workout(notation), Some(minutes(took))).unwrap().summary;
    let range = of("warmup 10min Z2, 20-30min Z3, cooldown 5min Z1", 40);
    assert!(range.finished && range.steps_done == 3);
    assert_eq!(
        range.zones.parts(),
        [(Zone::new(1), minutes(5)), (Zone::new(2), minutes(10)), (Zone::new(3), minutes(25))]
    );
    let left = of("10min Z2, 10min Z3", 15);
    assert!(!left.finished && left.steps_done == 1 && left.active == minutes(15));
    assert_eq!(left.zones.parts(), [(Zone::new(2), minutes(10)), (Zone::new(3), minutes(5))]);
    let shared = of("2×(5min Z5) / open Z1", 20);
    assert_eq!(
        shared.zones.parts(),
        [(Zone::new(1), minutes(10)), (Zone::new(5), minutes(10))],
        "one open step: Z1"
    );
    let mixed = of("open Z1, 5min Z5, open Z2", 20);
    assert_eq!(mixed.zones.parts(), [(Zone::new(5), minutes(5)), (None, minutes(15))], "the zone is unknown");
    assert!(mixed.laps.is_empty() && mixed.active == minutes(20));
}

#[test]
fn a_backup_is_a_complete_log_and_overwrites_no_other_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let store = Database::at(file("log.db"));
    assert_eq!(store.back_up(&file("copy.db")), Ok(false), "there is nothing to copy");
    assert!(!file("log.db").exists() && !file("copy.db").exists());
    // Keep it open, as a running session does: part of it is in the write-ahead log.
    let mut connection = sample_log(&store);
    assert_eq!(store.back_up(&file("copy.db")), Ok(true));
    assert_eq!(sessions_in(&Database::at(file("copy.db")).open().unwrap()), sessions_in(&connection));
    apply(&mut connection, LogChange::Delete(1));
    assert_eq!(store.back_up(&file("copy.db")), Ok(true), "replaces the earlier copy");
    assert_eq!(queries::list(&Database::at(file("copy.db")).open().unwrap()).unwrap().len(), 2);

    std::fs::write(file("thesis.odt"), "years of work").unwrap();
    std::os::unix::fs::symlink(file("log.db"), file("link.db")).unwrap();
    std::fs::hard_link(file("log.db"), file("name.db")).unwrap();
    let ours = [file("log.db"), file("link.db"), file("name.db")];
    let places = ours.into_iter().chain([file("thesis.odt"), folder.path().into(), "/dev/null".into()]);
    for place in places {
        let trouble = store.back_up(&place).unwrap_err();
        assert!(!trouble.help.is_empty(), "{trouble}");
    }
    assert!(store.back_up(&file("no/such/folder.db")).is_err());
    assert_eq!(std::fs::read_to_string(file("thesis.odt")).unwrap(), "years of work");
    assert_eq!(queries::list(&connection).unwrap().len(), 2);
    let names: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with("log.db") && !name.starts_with("copy.db"))
        .collect();
    assert_eq!(names.len(), 3, "no temporary files are left: {names:?}");
}

#[test]
fn a_damaged_log_replaces_no_earlier_copy() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let store = Database::at(file("log.db"));
    drop(sample_log(&store));
    store.back_up(&file("copy.db")).unwrap();
    let whole = std::fs::read(file("copy.db")).unwrap();
    let mut damaged = whole.clone();
    damaged[4096..12_288].fill(0xff);
    std::fs::write(file("damaged.db"), damaged).unwrap();
    let trouble = Database::at(file("damaged.db")).back_up(&file("copy.db")).unwrap_err();
    assert!(trouble.to_string().contains("damaged.db is damaged"), "{trouble}");
    assert!(std::fs::read(file("copy.db")).unwrap() == whole, "the earlier copy is as it was");
}

/// A home directory to run the program in.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Home(tempfile::tempdir().unwrap())
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.run_in("Europe/Berlin", arguments)
    }

    fn run_in(&self, zone: &str, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_pacebell"))
            .args(arguments)
            .env_clear()
            .env("TZ", zone)
            .env("HOME", self.0.path())
            .env("XDG_DATA_HOME", self.0.path().join("data"))
            .env("XDG_CONFIG_HOME", self.0.path().join("config"))
            .env("XDG_STATE_HOME", self.0.path().join("state"))
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    /// Runs a command that succeeds, and returns its output.
    #[track_caller]
    fn prints(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a command that fails with `status`, and returns its error message.
    #[track_caller]
    fn refuses(&self, arguments: &[&str], status: i32) -> String {
        let output = self.run(arguments);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {text}");
        assert!(text.starts_with("error: ") && !text.contains("panicked"), "{text}");
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
        text
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.prints(&["log", "--json"])).unwrap()
    }

    fn log(&self) -> std::path::PathBuf {
        self.0.path().join("data/pacebell/log.db")
    }
}

#[test]
fn an_empty_log_says_what_to_do_and_is_not_created_by_reading() {
    let home = Home::new();
    assert!(home.prints(&["log"]).contains("pacebell log add"));
    assert_eq!(home.json(), serde_json::json!({"version": 1, "sessions": []}));
    assert_eq!(home.prints(&["log", "--csv"]).lines().count(), 1);
    assert!(home.prints(&["log", "undo"]).contains("nothing to undo"));
    assert!(home.refuses(&["log", "show", "1"], 2).contains("there is no session 1"));
    assert!(home.refuses(&["log", "delete", "1"], 2).contains("there is no session 1"));
    assert!(home.refuses(&["log", "backup", "x.db"], 2).contains("no log to copy yet"));
    assert!(!home.log().exists());
}

#[test]
fn sessions_can_be_added_shown_edited_deleted_and_restored() {
    let home = Home::new();
    let printed = home.prints(&[
        "log",
        "add",
        "45min easy",
        "--rpe",
        "3",
        "--on",
        "2026-07-14 07:30",
        "--feel",
        "good",
    ]);
    assert!(printed.contains("1  Tue 14 Jul 2026, 07:30"), "{printed}");
    assert!(printed.contains("RPE 3 – moderate") && printed.contains("load 135"), "{printed}");
    let session = home.json()["sessions"][0].clone();
    for (key, value) in [
        ("started", serde_json::json!("2026-07-14T07:30:00+02:00")),
        ("name", "45min easy".into()),
        ("planned_ms", 2_700_000.into()),
        ("active_ms", 2_700_000.into()),
        ("rpe", 3.0.into()),
        ("load", 135.0.into()),
        ("feel", "good".into()),
        ("breathlessness", serde_json::Value::Null),
        ("by_hand", true.into()),
        ("rehearsed", serde_json::Value::Null),
    ] {
        assert_eq!(session[key], value, "{key}");
    }
    assert_eq!(session["zones_ms"]["2"], 2_700_000);

    let edit =
        ["log", "edit", "1", "--rpe", "none", "--breath", "gasps", "--note", "- new shoes", "--name", "Club"];
    assert!(home.prints(&edit).contains("Club"));
    home.prints(&["log", "edit", "1", "--on", "8:15"]);
    let now = home.json()["sessions"][0].clone();
    assert_eq!((&now["rpe"], &now["talk"]), (&serde_json::Value::Null, &"gasps".into()));
    assert_eq!(now["note"], "- new shoes");
    assert_eq!(now["started"], "2026-07-14T08:15:00+02:00", "the same day");
    let shown = home.prints(&["log", "show", "1"]);
    for printed in ["Club", "Tue 14 Jul 2026, 08:15", "45:00", "gasps", "- new shoes", "added by hand", "█"]
    {
        assert!(shown.contains(printed), "{printed} in\n{shown}");
    }

    assert!(home.prints(&["log", "delete", "1"]).contains("undo"));
    assert_eq!(home.json()["sessions"].as_array().unwrap().len(), 0);
    assert!(home.refuses(&["log", "edit", "1", "--rpe", "5"], 2).contains("no session 1"));
    for _ in 0..3 {
        home.prints(&["log", "undo"]);
    }
    assert_eq!(home.json()["sessions"][0], session);
    home.prints(&["log", "undo"]);
    assert_eq!(home.json()["sessions"].as_array().unwrap().len(), 0, "the undo removed the added session");
}

#[test]
fn json_has_every_detail_of_a_session() {
    let home = Home::new();
    home.prints(&["log", "add", "2×60s hard / 60s easy", "--on", "2026-07-14"]);
    let text = home.prints(&["log", "show", "1", "--json"]);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let session = &value["session"];
    assert_eq!(value["version"], 1);
    assert_eq!(session["laps"].as_array().unwrap().len(), 3);
    assert_eq!(session["laps"][1]["from_ms"], 60_000);
    assert_eq!(session["laps"][1]["zone"], 2);
    assert_eq!(session["source"], "2×60s hard / 60s easy");
    let shown: serde_json::Value =
        serde_json::from_str(&home.prints(&["show", "2×60s hard / 60s easy", "--json"])).unwrap();
    assert_eq!(session["workout"], shown);
}

/// A program that reads version 1 finds every field that it ever had, of the same type.
#[test]
fn json_keeps_the_fields_of_its_version() {
    let home = Home::new();
    home.prints(&["log", "add", "2×2min 12km/h / 1min 8km/h", "--on", "2026-07-14 7:30", "--rpe", "7"]);
    let stored: serde_json::Value = serde_json::from_str(include_str!("log/json-1.json")).unwrap();
    let text = home.prints(&["log", "show", "1", "--json"]);
    let now: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(now["version"], stored["version"]);
    let mut missing = Vec::new();
    find_missing("", &stored["session"], &now["session"], &mut missing);
    assert_eq!(missing, Vec::<String>::new());
}

/// Finds the fields of `stored` that are missing in `now`, or have another type.
fn find_missing(place: &str, stored: &serde_json::Value, now: &serde_json::Value, missing: &mut Vec<String>) {
    use serde_json::Value;
    match (stored, now) {
        (Value::Object(stored), Value::Object(now)) => {
            for (name, value) in stored {
                let place = format!("{place}/{name}");
                match now.get(name) {
                    Some(other) => find_missing(&place, value, other, missing),
                    None => missing.push(place),
                }
            }
        }
        (Value::Array(stored), Value::Array(now)) if stored.len() == now.len() => {
            for (index, (value, other)) in stored.iter().zip(now).enumerate() {
                find_missing(&format!("{place}/{index}"), value, other, missing);
            }
        }
        _ if std::mem::discriminant(stored) == std::mem::discriminant(now) => {}
        _ => missing.push(place.to_string()),
    }
}

#[test]
fn csv_has_one_row_for_each_session_and_no_formulas() {
    let home = Home::new();
    let note = "=HYPERLINK(\"http://example.com\"), \"quoted\"\nsecond line";
    home.prints(&[
        "log",
        "add",
        "1min30 easy, 15s rest",
        "--on",
        "2026-07-14 07:30",
        "--note",
        note,
        "--rpe",
        "2",
    ]);
    home.prints(&["log", "add", "45min easy", "--on", "2026-07-13"]);
    home.prints(&["log", "edit", "2", "--name", "@SUM(A1)"]);
    let text = home.prints(&["log", "--csv"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let field =
        |row: usize, name: &str| rows[row].get(names.iter().position(|n| n == name).unwrap()).unwrap();
    assert_eq!((field(0, "id"), field(1, "id")), ("2", "1"), "the oldest first");
    assert_eq!((field(1, "date"), field(1, "time")), ("2026-07-14", "07:30"));
    assert_eq!(
        (field(1, "minutes"), field(1, "z0_minutes"), field(1, "z2_minutes")),
        ("1.75", "0.25", "1.5")
    );
    assert_eq!(field(1, "load"), "3.5");
    assert_eq!(field(1, "note"), "'=HYPERLINK(\"http://example.com\"), \"quoted\" second line");
    assert_eq!(field(0, "workout"), "'@SUM(A1)");
    assert!(rows.iter().all(|r| r.len() == names.len()));
}

#[test]
fn add_asks_for_unknown_times_and_states_its_assumptions() {
    let home = Home::new();
    let refused = home.refuses(&["log", "add", "10min easy, 3×20s fast / full recovery"], 2);
    assert!(refused.contains("2 of its steps have no length") && refused.contains("--took"), "{refused}");
    let refused = home.refuses(&["log", "add", "10min easy, open walk, 10min easy", "--took", "15min"], 2);
    assert!(refused.contains("20:00"), "{refused}");
    assert!(home.json()["sessions"].as_array().unwrap().is_empty(), "nothing was logged");
    let printed = home.prints(&[
        "log",
        "add",
        "10min easy, 3×20s fast / full recovery",
        "--took",
        "15min",
        "--on",
        "yesterday",
    ]);
    assert!(printed.contains("there are no laps") && printed.contains("4:00"), "{printed}");
    assert!(printed.contains("assumed to be 12:00"), "{printed}");
    assert!(home.prints(&["log", "show", "1"]).contains("the length of each step is not known"));
    assert!(home.prints(&["log", "add", "20min easy"]).contains("just ended"));
}

#[test]
fn impossible_dates_are_refused() {
    let home = Home::new();
    for (on, why) in [
        ("tomorrow", "in the future"),
        ("2199-01-01 07:30", "in the future"),
        ("some day", "is not a date"),
        ("yesterday 25:00", "not a time of day"),
        ("2026-03-29 02:30", "the clocks went forward"),
        ("yesterday 9 \u{1b}[31mabcdefghijklmnopqrs", "is not a date"),
    ] {
        let refused = home.refuses(&["log", "add", "45min easy", "--on", on], 2);
        assert!(refused.contains(why) && refused.contains("= help: "), "{on}: {refused}");
    }
    assert!(!home.log().exists());
    // 01:30 existed, and in a zone without summer time 02:30 did too.
    home.prints(&["log", "add", "15min easy", "--on", "2026-03-29 01:30"]);
    assert!(home.run_in("UTC", &["log", "add", "15min easy", "--on", "2026-03-29 02:30"]).status.success());
    let sessions = home.json()["sessions"].clone();
    assert_eq!(sessions[0]["started"], "2026-03-29T01:30:00+01:00");
    assert_eq!(sessions[1]["started"], "2026-03-29T02:30:00+00:00");
    assert!(home.prints(&["log", "show", "2"]).contains("02:30 (UTC+00:00)"), "names the time zone");
}

#[test]
fn invalid_answers_are_refused_with_what_to_write() {
    let home = Home::new();
    home.prints(&["log", "add", "45min easy", "--on", "yesterday"]);
    for arguments in [
        &["log", "add", "45min easy", "--rpe", "11"][..],
        &["log", "add", "45min easy", "--rpe", "7.3"],
        &["log", "add", "45min easy", "--rpe", "NaN"],
        &["log", "add", "45min easy", "--breath", "panting"],
        &["log", "edit", "1", "--feel", "fine"],
        &["log", "edit", "1", "--name", "  "],
        &["log", "edit", "1"],
        &["log", "edit", "x", "--rpe", "3"],
        &["log", "delete", "0"],
        &["log", "--json", "delete", "1"],
        &["log", "--json", "--csv"],
        &["log", "add", "45min esay"],
        &["log", "add", "45min easy", "--took", "soon"],
        &["log", "add", "10min easy", "--took", "1:05"],
        &["log", "add", "5km 5:00/km", "--took", "0:09"],
    ] {
        home.refuses(arguments, 2);
    }
    assert_eq!(home.json()["sessions"].as_array().unwrap().len(), 1);
}

#[test]
fn control_characters_in_the_log_do_not_reach_the_terminal() {
    let home = Home::new();
    home.prints(&["log", "add", "2×60s hard / 60s easy", "--on", "yesterday"]);
    let evil = "\u{1b}]0;owned\u{7}\u{202e}\u{9b}31m\u{e0041}";
    let connection = Database::at(home.log()).open().unwrap();
    connection.execute("UPDATE session SET name = ?1, note = ?1", [evil]).unwrap();
    connection.execute("INSERT INTO answer VALUES (1, 0, ?1, ?1)", [evil]).unwrap();
    connection.execute("UPDATE plan SET source_name = ?1, source = ?1", [evil]).unwrap();
    connection
        .execute_batch(
            "PRAGMA ignore_check_constraints = ON;
             UPDATE session SET started_at_ms = 9223372036854775807, utc_offset_s = 999999;",
        )
        .unwrap();
    drop(connection);
    for arguments in [
        &["log"][..],
        &["log", "--json"],
        &["log", "--csv"],
        &["log", "show", "1"],
        &["log", "show", "1", "--json"],
        &["log", "edit", "1", "--rpe", "3"],
        &["log", "delete", "1"],
        &["log", "undo"],
    ] {
        let text = home.prints(arguments);
        assert!(!text.chars().any(|c| c != '\n' && pacebell::text::is_hidden(c)), "{arguments:?}: {text:?}");
    }
    assert_eq!(home.json()["sessions"][0]["name"], evil, "JSON has it unchanged");
}

#[test]
fn the_log_option_names_another_log() {
    let home = Home::new();
    home.prints(&["--log", "mine.db", "log", "add", "45min easy", "--on", "yesterday"]);
    assert!(!home.log().exists());
    assert!(home.prints(&["log", "--log", "mine.db"]).contains("45min easy"));
    home.prints(&["log", "backup", "copy.db", "--log", "mine.db"]);
    assert!(home.prints(&["log", "--log", "copy.db"]).contains("45min easy"));
    std::fs::write(home.0.path().join("notes.txt"), "not a database, but long enough to be looked at")
        .unwrap();
    for (file, why) in [("notes.txt", "is not a pacebell log"), (".", "is not a file")] {
        let refused = home.refuses(&["log", "--log", file], 1);
        assert!(refused.contains(why) && refused.contains("--log FILE"), "{refused}");
    }
    assert!(read(&home.0.path().join("notes.txt")).starts_with("not a database"));
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_view_for_custom_queries_agrees_with_the_program() {
    let home = Home::new();
    home.prints(&["log", "add", "45min easy", "--on", "2026-07-14 07:30", "--rpe", "3"]);
    let connection = Database::at(home.log()).open().unwrap();
    let row = connection.query_row("SELECT date, time, minutes, load FROM log", [], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, f64>(2)?, row.get::<_, f64>(3)?))
    });
    assert_eq!(row.unwrap(), ("2026-07-14".to_string(), "07:30".to_string(), 45.0, 135.0));
}
