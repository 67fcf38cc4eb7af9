//! Merging the logs of two machines.

use crate::fixture;
use pacebell::diagnostic::SourceText;
use pacebell::history::edits::{self, Added, EditableFields, Undone};
use pacebell::history::events::EventRow;
use pacebell::history::{
    Database, MergeSummary, SessionId, SessionKey, SessionLock, SessionSettings, SessionStartRow, queries,
    session_rows,
};
use pacebell::session::answers::Answers;
use pacebell::session::manual_entry::untimed;
use pacebell::session::{Command, Session, Summary};
use pacebell::units::{Moment, Rehearsal};
use pacebell::workout::{Options, compile_notation};
use proptest::prelude::*;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const NOW: i64 = 1_795_600_000_000;

fn start(notation: &str) -> SessionStartRow {
    let source = SourceText::new("notation", notation);
    SessionStartRow {
        sequence: Arc::new(compile_notation(&source, None, &Options::default()).unwrap().sequence),
        settings: SessionSettings::default(),
        source,
        started: chrono::DateTime::parse_from_rfc3339("2026-11-20T07:30:00+01:00").unwrap(),
        rehearsal: Rehearsal::REAL_TIME,
        item: None,
    }
}

fn add(log: &Database, notation: &str, now: i64) -> SessionId {
    let start = start(notation);
    let summary = untimed(&start.sequence, None).unwrap().summary;
    let added = Added { start, summary, answers: Answers::default() };
    edits::add(&mut log.open().unwrap(), &added, now).unwrap()
}

/// Writes the first `seconds` of a run, and logs it at `logged`.
fn run(log: &Database, key: Option<SessionKey>, seconds: u64, logged: Option<i64>) -> SessionKey {
    let connection = log.open().unwrap();
    let start = start("10min easy, 20min hard");
    let mut session = Session::new(Arc::clone(&start.sequence));
    let mut events = session.apply(Command::Start, Moment::new(0));
    events.extend(session.advance(Moment::new(seconds * 1000)));
    let key = key.unwrap_or_else(|| SessionKey::random(&connection).unwrap());
    let id = session_rows::insert_with_key(&connection, key, &start).unwrap();
    for (number, event) in events.iter().enumerate() {
        EventRow::of(event, NOW).write(&connection, id, number).unwrap();
    }
    if let Some(now) = logged {
        session_rows::write_summary(&connection, id, &start.sequence, &Summary::of(&session), now).unwrap();
    }
    key
}

fn note(log: &Database, id: SessionId, text: &str, now: i64) {
    let change = |fields: &mut EditableFields| fields.answers.note = Some(text.to_string());
    edits::edit(&mut log.open().unwrap(), id, now, change).unwrap().unwrap();
}

fn delete(log: &Database, id: SessionId, now: i64) {
    edits::delete(&mut log.open().unwrap(), id, now).unwrap().unwrap();
}

fn undo(log: &Database, now: i64) -> Option<Undone> {
    edits::undo(&mut log.open().unwrap(), now).unwrap()
}

/// Returns the notes in the log, and the names of sessions without one, in alphabetical order.
fn shown(log: &Database) -> Vec<String> {
    let all = queries::list(&log.open().unwrap()).unwrap();
    let mut all: Vec<String> = all.into_iter().map(|e| e.answers.note.unwrap_or(e.name)).collect();
    all.sort();
    all
}

/// Two machines, whose logs begin as copies of one.
struct TwoLogs {
    folder: tempfile::TempDir,
    here: Database,
    there: Database,
}

impl TwoLogs {
    fn new(fill: impl FnOnce(&Database)) -> TwoLogs {
        let folder = tempfile::tempdir().unwrap();
        let log = |name: &str| Database::at(folder.path().join(name));
        let (here, there) = (log("here.db"), log("there.db"));
        fill(&here);
        drop(here.open().unwrap());
        fs::copy(here.path(), there.path()).unwrap();
        TwoLogs { folder, here, there }
    }

    fn with(workouts: &[&str]) -> TwoLogs {
        TwoLogs::new(|log| workouts.iter().for_each(|workout| _ = add(log, workout, 1)))
    }

    fn merge(&self) -> MergeSummary {
        self.here.merge(self.there.path(), NOW).unwrap()
    }
}

#[test]
fn sessions_of_the_other_machine_come_in_once() {
    let logs = TwoLogs::with(&["10min easy"]);
    add(&logs.here, "20min easy", 2);
    add(&logs.there, "30min easy", 3);
    run(&logs.there, None, 900, Some(4));
    let summary = logs.merge();
    assert_eq!(summary, MergeSummary { added: 2, unchanged: 1, ..MergeSummary::default() });
    let all = ["10min easy", "10min easy, 20min hard", "20min easy", "30min easy"];
    assert_eq!(shown(&logs.here), all);
    let details = |log: &Database| {
        let connection = log.open().unwrap();
        let all = queries::list(&connection).unwrap();
        let entry = all.into_iter().find(|e| e.name.starts_with("10min easy, ")).unwrap();
        let mut details = queries::details(&connection, entry.id).unwrap().unwrap();
        details.entry.id = SessionId(0);
        details
    };
    // With its plan, laps, events and zones. 900 s are the first step and half of the second.
    assert_eq!((details(&logs.here).laps.len(), details(&logs.here).events.len()), (2, 3));
    assert_eq!(details(&logs.here), details(&logs.there));
    assert_eq!(logs.merge(), MergeSummary { unchanged: 3, ..MergeSummary::default() });
    assert_eq!(shown(&logs.here), all);
}

#[test]
fn samples_come_in_with_their_session_once() {
    let logs = TwoLogs::with(&["10min easy"]);
    run(&logs.there, None, 900, Some(4));
    // A second of 120 bpm, and one of 121.
    let data = [[0, 0, 120, 255, 255, 255, 127, 255], [232, 3, 121, 255, 255, 255, 127, 255]].concat();
    let there = logs.there.open().unwrap();
    there.execute("INSERT INTO sample SELECT max(id), 3, ? FROM session", [&data]).unwrap();
    let samples = |log: &Database| {
        let connection = log.open().unwrap();
        let all = queries::list(&connection).unwrap();
        let entry = all.into_iter().find(|e| e.name.starts_with("10min easy, ")).unwrap();
        let samples = queries::details(&connection, entry.id).unwrap().unwrap().samples;
        let rates = samples.iter().map(|sample| (sample.at.get(), sample.heart.map(|rate| rate.bpm())));
        rates.collect::<Vec<_>>()
    };
    let expected = [(180_000, Some(120)), (181_000, Some(121))];
    for _ in 0..2 {
        logs.merge();
        assert_eq!(samples(&logs.here), expected);
    }
    // The longer run of two brings its own samples, and those of the shorter one go.
    let logs = TwoLogs::with(&[]);
    let key = run(&logs.here, None, 300, Some(4));
    logs.here.open().unwrap().execute("INSERT INTO sample SELECT id, 4, ? FROM session", [&data]).unwrap();
    run(&logs.there, Some(key), 900, Some(5));
    logs.there.open().unwrap().execute("INSERT INTO sample SELECT id, 3, ? FROM session", [&data]).unwrap();
    logs.merge();
    assert_eq!(samples(&logs.here), expected);
}

#[test]
fn the_later_of_two_edits_wins() {
    for (here, there, wins) in [(10, 20, "there"), (20, 10, "here")] {
        let logs = TwoLogs::with(&["10min easy"]);
        note(&logs.here, SessionId(1), "here", here);
        note(&logs.there, SessionId(1), "there", there);
        assert_eq!(logs.merge().updated, usize::from(wins == "there"));
        assert_eq!(shown(&logs.here), [wins]);
        logs.there.merge(logs.here.path(), NOW).unwrap();
        assert_eq!(shown(&logs.there), [wins]);
    }
}

#[test]
fn an_edit_after_a_merge_wins_even_if_the_clock_is_behind() {
    let logs = TwoLogs::with(&["10min easy"]);
    note(&logs.there, SessionId(1), "there", 1_000_000);
    logs.merge();
    note(&logs.here, SessionId(1), "here", 10);
    logs.there.merge(logs.here.path(), NOW).unwrap();
    assert_eq!(shown(&logs.there), ["here"]);
}

#[test]
fn deleting_counts_as_an_edit() {
    let logs = TwoLogs::with(&["10min easy", "20min easy"]);
    delete(&logs.there, SessionId(1), 10);
    note(&logs.here, SessionId(1), "too early", 5);
    delete(&logs.there, SessionId(2), 10);
    note(&logs.here, SessionId(2), "kept", 15);
    assert_eq!(logs.merge(), MergeSummary { deleted: 1, unchanged: 1, ..MergeSummary::default() });
    assert_eq!(shown(&logs.here), ["kept"]);
    // Brought back over there, it comes back here.
    assert!(undo(&logs.there, 30).is_some() && undo(&logs.there, 31).is_some());
    assert_eq!(logs.merge().added, 1);
    assert_eq!(shown(&logs.here), ["10min easy", "20min easy"]);
}

#[test]
fn a_session_that_was_deleted_here_is_counted_and_stays_deleted() {
    let logs = TwoLogs::with(&["10min easy", "20min easy"]);
    delete(&logs.here, SessionId(1), 10);
    assert_eq!(logs.merge(), MergeSummary { kept_deleted: 1, unchanged: 1, ..MergeSummary::default() });
    assert_eq!(shown(&logs.here), ["20min easy"]);
}

#[test]
fn a_deleted_session_is_not_brought_back_by_a_third_log() {
    let logs = TwoLogs::with(&["10min easy"]);
    let third = Database::at(logs.folder.path().join("third.db"));
    delete(&logs.there, SessionId(1), 10);
    assert!(!third.merge(logs.there.path(), NOW).unwrap().has_changes());
    assert_eq!(undo(&third, NOW), None);
    assert!(!third.merge(logs.here.path(), NOW).unwrap().has_changes());
    assert!(shown(&third).is_empty());
}

#[test]
fn the_longer_run_wins_and_keeps_the_later_edit() {
    let logs = TwoLogs::with(&[]);
    let key = run(&logs.here, None, 900, Some(10));
    run(&logs.there, Some(key), 1500, Some(5));
    note(&logs.here, SessionId(1), "hot", 20);
    assert_eq!(logs.merge().updated, 1);
    let entry = queries::list(&logs.here.open().unwrap()).unwrap().remove(0);
    assert_eq!((entry.active.get(), entry.answers.note.as_deref()), (1_500_000, Some("hot")));
    assert!(matches!(
        undo(&logs.here, NOW),
        Some(Undone::Merge { removed: 0, restored: 1, plans: 0, checkins: 0 })
    ));
    let entry = queries::list(&logs.here.open().unwrap()).unwrap().remove(0);
    assert_eq!((entry.active.get(), entry.answers.note.as_deref()), (900_000, Some("hot")));
}

#[test]
fn unfinished_and_running_sessions_are_left_alone() {
    let logs = TwoLogs::with(&[]);
    run(&logs.there, None, 900, None);
    let key = run(&logs.here, None, 600, None);
    run(&logs.there, Some(key), 900, Some(5));
    let lock = SessionLock::take(logs.here.path(), key).unwrap();
    assert_eq!(logs.merge(), MergeSummary { unfinished: 1, running: 1, ..MergeSummary::default() });
    assert!(shown(&logs.here).is_empty());
    // Nobody runs it any more: what was logged over there counts.
    drop(lock);
    assert_eq!(logs.merge(), MergeSummary { unfinished: 1, added: 1, ..MergeSummary::default() });
    assert_eq!(shown(&logs.here), ["10min easy, 20min hard"]);
    let locks = fs::read_dir(logs.folder.path()).unwrap();
    let locks = locks.filter(|file| file.as_ref().unwrap().path().to_string_lossy().contains("-session-"));
    assert_eq!(locks.count(), 0);
    undo(&logs.here, NOW).unwrap();
    assert!(shown(&logs.here).is_empty());
    let found = pacebell::history::unfinished::find(&logs.here).unwrap();
    assert!(found.latest.is_some(), "it can be resumed again");
}

#[test]
fn undo_takes_back_the_whole_merge_and_the_next_merge_brings_it_again() {
    let logs = TwoLogs::with(&["10min easy", "20min easy"]);
    let before = shown(&logs.here);
    note(&logs.there, SessionId(1), "there", 10);
    delete(&logs.there, SessionId(2), 10);
    add(&logs.there, "30min easy", 10);
    let summary = MergeSummary { added: 1, updated: 1, deleted: 1, ..MergeSummary::default() };
    assert_eq!(logs.merge(), summary);
    assert_eq!(shown(&logs.here), ["30min easy", "there"]);
    assert_eq!(undo(&logs.here, NOW), Some(Undone::Merge { removed: 1, restored: 2, plans: 0, checkins: 0 }));
    assert_eq!(shown(&logs.here), before);
    // Undoing is no change that the other machine would take over.
    assert!(!logs.there.merge(logs.here.path(), NOW).unwrap().has_changes());
    assert_eq!(logs.merge(), summary);
    // What was done before the merge can still be undone.
    undo(&logs.here, NOW).unwrap();
    assert!(undo(&logs.here, NOW).is_some() && undo(&logs.here, NOW).is_some());
    assert!(shown(&logs.here).is_empty());
}

/// Everything in a folder, with its contents.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn the_other_file_stays_as_it_is_even_if_it_is_old_or_in_use() {
    let here = tempfile::tempdir().unwrap();
    let here = Database::at(here.path().join("log.db"));
    let stored = [
        include_str!("log/version-1.sql"),
        include_str!("log/version-3.sql"),
        include_str!("log/version-4.sql"),
    ];
    for sql in stored {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log.db");
        Connection::open(&log).unwrap().execute_batch(sql).unwrap();
        let before = contents(folder.path());
        let summary = here.merge(&log, NOW).unwrap();
        assert!(summary.added > 0 && summary.unfinished == 1, "{summary:?}");
        assert!(contents(folder.path()) == before);
    }
    // One session of version 1, two of version 3 and three of version 4; the others were deleted.
    assert_eq!(queries::list(&here.open().unwrap()).unwrap().len(), 6);
    // The last writes are still in the write-ahead log.
    let folder = tempfile::tempdir().unwrap();
    let there = Database::at(folder.path().join("log.db"));
    let _in_use = there.open().unwrap();
    add(&there, "77min easy", 1);
    let wal = folder.path().join("log.db-wal");
    assert!(fs::metadata(wal).unwrap().len() > 0);
    let without_index = || {
        let mut all = contents(folder.path());
        all.retain(|path, _| !path.to_string_lossy().ends_with("-shm"));
        all
    };
    let before = without_index();
    assert_eq!(here.merge(there.path(), NOW).unwrap().added, 1);
    assert!(without_index() == before);
    let temporary = fs::read_dir(std::env::temp_dir()).unwrap();
    let name = format!("pacebell-merge-{}-", std::process::id());
    // Other tests of this process merge at the same time, but not for long.
    let left = temporary.filter(|f| f.as_ref().unwrap().file_name().to_string_lossy().starts_with(&name));
    assert!(left.count() < 20);
}

#[test]
fn files_that_are_not_a_whole_log_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let here = Database::at(folder.path().join("here.db"));
    add(&here, "10min easy", 1);
    let there = Database::at(folder.path().join("there.db"));
    for _ in 0..20 {
        add(&there, "5×(60s hard, 60s easy)", 1);
    }
    let whole = fs::read(there.path()).unwrap();
    let file = folder.path().join("other.db");
    let refused = |bytes: &[u8], says: &str| {
        fs::write(&file, bytes).unwrap();
        let said = here.merge(&file, NOW).expect_err(says).to_string();
        assert!(said.contains(says), "{said}");
        assert!(said.contains("other.db"), "{said}");
    };
    refused(b"", "is not a pacebell log");
    refused(b"steps = [\"45min easy\"]", "is not a pacebell log");
    for length in [100, 4095, 4096, 8192, 20_000, whole.len() - 4096] {
        refused(&whole[..length], "is damaged");
    }
    let mut holes = whole.clone();
    holes[8192..16_384].fill(0x5a);
    refused(&holes, "is damaged");
    fs::write(&file, &whole).unwrap();
    Connection::open(&file).unwrap().execute_batch("DROP TABLE answer").unwrap();
    refused(&fs::read(&file).unwrap(), "is damaged");
    // A view without end, and a trigger, which could be without end.
    for hostile in [
        "ALTER TABLE session RENAME TO s2; CREATE VIEW session AS
         WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT s2.* FROM s2, c",
        "CREATE TRIGGER more AFTER UPDATE ON session BEGIN INSERT INTO answer SELECT * FROM answer; END",
    ] {
        fs::write(&file, &whole).unwrap();
        Connection::open(&file).unwrap().execute_batch(hostile).unwrap();
        refused(&fs::read(&file).unwrap(), "is damaged");
    }
    fs::write(&file, &whole).unwrap();
    Connection::open(&file).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    refused(&fs::read(&file).unwrap(), "newer pacebell");
    let said = |path: &Path| here.merge(path, NOW).unwrap_err().to_string();
    assert!(said(folder.path()).contains("is a folder"));
    assert!(said(&folder.path().join("none.db")).contains("there is no file"));
    assert!(said(here.path()).contains("is this log itself"));
    if cfg!(unix) {
        assert!(said(Path::new("/dev/zero")).contains("is not a regular file"));
    }
    assert_eq!(shown(&here), ["10min easy"]);
}

#[test]
fn the_command_says_what_came_in() {
    let home = tempfile::tempdir().unwrap();
    let pacebell = |arguments: &[&str]| {
        let output = fixture::pacebell_at(home.path()).args(arguments).output().unwrap();
        let all = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(all).unwrap())
    };
    let laptop = home.path().join("laptop.db");
    let laptop = laptop.to_str().unwrap();
    let there = ["--log", laptop];
    for workout in ["10min easy", "20min easy"] {
        assert!(pacebell(&[&["log", "add", workout][..], &there].concat()).0);
    }
    assert!(pacebell(&["log", "add", "30min easy"]).0);
    let (done, said) = pacebell(&["log", "merge", laptop]);
    assert!(done);
    assert_eq!(said, "2 sessions added\nTo undo it: pacebell log undo\n");
    assert!(pacebell(&[&["log", "edit", "1", "-n", "windy"][..], &there].concat()).0);
    assert!(pacebell(&[&["log", "add", "40min easy"][..], &there].concat()).0);
    let (_, said) = pacebell(&["log", "merge", laptop]);
    assert_eq!(said, "1 session added, 1 updated, 1 already here\nTo undo it: pacebell log undo\n");
    assert_eq!(pacebell(&["log", "undo"]).1, "The merge was undone: 1 session removed, 1 as before\n");
    assert_eq!(pacebell(&["log", "undo"]).1, "The merge was undone: 2 sessions removed\n");
    let (done, said) = pacebell(&["log", "merge", "nothing.db"]);
    assert!(!done && said.contains("there is no file nothing.db"), "{said}");
}

/// A change to a log.
#[derive(Clone, Debug)]
enum LogChange {
    Add(u8),
    Log(usize, u64),
    Edit(usize, u8),
    Delete(usize),
    Undo,
}

fn changes() -> impl Strategy<Value = Vec<(LogChange, i64)>> {
    let change = prop_oneof![
        (1..90u8).prop_map(LogChange::Add),
        (0..6usize, 1..1800u64).prop_map(|(number, seconds)| LogChange::Log(number, seconds)),
        (0..6usize, 0..4u8).prop_map(|(number, text)| LogChange::Edit(number, text)),
        (0..6usize).prop_map(LogChange::Delete),
        Just(LogChange::Undo),
    ];
    // Few times, so that edits often fall on the same millisecond.
    prop::collection::vec((change, 1..6i64), 0..8)
}

/// Makes changes to a log in which some unfinished sessions have the given keys.
fn apply(log: &Database, changes: &[(LogChange, i64)], keys: &[SessionKey]) {
    for (change, now) in changes {
        let mut connection = log.open().unwrap();
        let nth = |number: usize| {
            let all = queries::list(&connection).unwrap();
            (!all.is_empty()).then(|| all[number % all.len()].id)
        };
        match change {
            LogChange::Add(minutes) => _ = add(log, &format!("{minutes}min easy"), *now),
            LogChange::Log(number, seconds) => {
                let key = keys[number % keys.len()];
                if session_rows::find_session(&connection, key).unwrap().is_none() {
                    run(log, Some(key), *seconds, Some(*now));
                }
            }
            LogChange::Edit(number, text) => {
                if let Some(id) = nth(*number) {
                    note(log, id, &text.to_string(), *now);
                }
            }
            LogChange::Delete(number) => {
                if let Some(id) = nth(*number) {
                    edits::delete(&mut connection, id, *now).unwrap();
                }
            }
            LogChange::Undo => drop(edits::undo(&mut connection, *now).unwrap()),
        }
    }
}

/// Returns everything about the sessions in the log by their keys, except their numbers.
fn by_key(log: &Database) -> Vec<String> {
    let connection = log.open().unwrap();
    let sql = "SELECT hex(key), name, started_at_ms, active_ms, note, logged_at_ms, deleted_at_ms,
                   (SELECT count(*) FROM event WHERE session = id),
                   (SELECT group_concat(to_ms) FROM lap WHERE session = id), 'changed ' || changed_at_ms
               FROM session WHERE logged_at_ms IS NOT NULL ORDER BY key";
    let mut statement = connection.prepare(sql).unwrap();
    let row = |row: &rusqlite::Row<'_>| {
        let cell = |i| row.get::<_, rusqlite::types::Value>(i);
        (0..10).map(|i| cell(i).map(|value| format!("{value:?}"))).collect::<Result<Vec<_>, _>>()
    };
    statement.query_map([], row).unwrap().map(|row| row.unwrap().join(" ")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn merging_is_commutative_associative_and_idempotent(
        common in changes(), here in changes(), there in changes(), third in changes()
    ) {
        let connection = Connection::open_in_memory().unwrap();
        let keys: Vec<SessionKey> = (0..3).map(|_| SessionKey::random(&connection).unwrap()).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let begun = Database::at(path("common.db"));
        drop(begun.open().unwrap());
        apply(&begun, &common, &keys);
        let copy = |from: &Database, name: &str| {
            fs::copy(from.path(), path(name)).unwrap();
            Database::at(path(name))
        };
        let logs = [("a", &here), ("b", &there), ("c", &third)].map(|(name, changes)| {
            let log = copy(&begun, name);
            apply(&log, changes, &keys);
            log
        });
        let mut results = Vec::new();
        for (number, order) in [[0, 1, 2], [1, 0, 2], [2, 1, 0], [0, 2, 1]].into_iter().enumerate() {
            let merged = copy(&logs[order[0]], &format!("merged-{number}"));
            merged.merge(logs[order[1]].path(), NOW).unwrap();
            merged.merge(logs[order[2]].path(), NOW).unwrap();
            results.push(by_key(&merged));
            for log in &logs {
                prop_assert!(!merged.merge(log.path(), NOW).unwrap().has_changes(), "merging again changes nothing");
            }
            prop_assert_eq!(&by_key(&merged), &results[0]);
        }
    }

    #[test]
    fn undoing_a_merge_restores_the_log(common in changes(), here in changes(), there in changes()) {
        let connection = Connection::open_in_memory().unwrap();
        let keys: Vec<SessionKey> = (0..3).map(|_| SessionKey::random(&connection).unwrap()).collect();
        let logs = TwoLogs::new(|log| apply(log, &common, &keys));
        apply(&logs.here, &here, &keys);
        apply(&logs.there, &there, &keys);
        // A merge may learn that a session last changed later. That is not seen, and not undone.
        let without_times = |log: &Database| -> Vec<String> {
            by_key(log).iter().map(|row| row.rsplit_once("changed ").unwrap().0.to_string()).collect()
        };
        let before = without_times(&logs.here);
        let listed = queries::list(&logs.here.open().unwrap()).unwrap();
        if logs.merge().has_changes() {
            let undone = undo(&logs.here, NOW);
            prop_assert!(matches!(undone, Some(Undone::Merge { .. })), "{:?}", undone);
            prop_assert_eq!(without_times(&logs.here), before);
        }
        prop_assert_eq!(queries::list(&logs.here.open().unwrap()).unwrap(), listed);
    }
}
