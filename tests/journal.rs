//! The journal on disks that fail. The session never waits, the message says what to do, existing files stay as they
//! are, and everything is saved once that is possible.

use crate::fixture;
use pacebell::clock;
use pacebell::diagnostic::SourceText;
use pacebell::history::blocks;
use pacebell::history::edits;
use pacebell::history::edits::EditableFields;
use pacebell::history::logged_run;
use pacebell::history::queries;
use pacebell::history::unfinished::{self, UnfinishedSearch};
use pacebell::history::{
    Database, Journal, JournalNotice, SessionId, SessionOutcome, SessionSettings, SessionStartRow,
};
use pacebell::sensors::{Sample, SampleMinutes};
use pacebell::session::answers::{Answers, Feel};
use pacebell::session::{Command, Session, Summary};
use pacebell::units::{HeartRate, Millis, Moment, Rehearsal};
use pacebell::workout::sequence::Sequence;
use pacebell::workout::{Options, compile_notation};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Far longer than any working operation takes.
const LONG: Duration = Duration::from_secs(20);

fn moment(seconds: u64) -> Moment {
    Moment::new(seconds * 1000)
}

/// A session with a journal, as in the runtime.
pub struct Run {
    session: Session,
    journal: Journal,
    notices: Receiver<JournalNotice>,
}

impl Run {
    fn begin(database: Database) -> Run {
        Run::of(fixture::intervals(), database)
    }

    pub fn of(sequence: Arc<Sequence>, database: Database) -> Run {
        let start = SessionStartRow {
            sequence: Arc::clone(&sequence),
            settings: SessionSettings::default(),
            source: SourceText::new("short.toml", "steps = […]"),
            started: clock::local_time(),
            rehearsal: Rehearsal::REAL_TIME,
            item: None,
        };
        let (sender, notices) = channel();
        let journal = Journal::begin(database, start, move |notice| drop(sender.send(notice)));
        let mut run = Run { session: Session::new(sequence), journal, notices };
        run.apply(Command::Start, 0);
        run
    }

    /// Applies a command at a second of the session.
    pub fn apply(&mut self, command: Command, second: u64) {
        for event in self.session.apply(command, moment(second)) {
            self.journal.event(event, clock::since_1970());
        }
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The journal.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    fn run_until(&mut self, second: u64) {
        for event in self.session.advance(moment(second)) {
            self.journal.event(event, clock::since_1970());
        }
        let elapsed = self.session.position(moment(second)).elapsed;
        self.journal.progress(moment(second), elapsed, clock::since_1970());
    }

    /// The error that the journal reports next.
    fn next_error(&self) -> String {
        match self.notices.recv_timeout(LONG).unwrap() {
            JournalNotice::Retrying(error) => error.to_string(),
            JournalNotice::Saved => panic!("everything is saved"),
        }
    }

    fn assert_saved_again(&self) {
        self.journal.flush(LONG).unwrap();
        assert_eq!(self.notices.recv_timeout(LONG), Ok(JournalNotice::Saved));
    }

    /// Ends without closing the session, as in a power failure.
    pub fn cut_off(self) -> Session {
        let _ = self.journal.close(LONG);
        self.session
    }
}

fn find(database: &Database) -> UnfinishedSearch {
    unfinished::find(database).unwrap()
}

/// Asserts that the session is offered, with all its events.
fn assert_offered(database: &Database, session: &Session) {
    let found = find(database).latest.expect("it is offered");
    assert_eq!(found.session.position(found.last_seen), session.position(session.latest()));
    assert_eq!(found.session.laps(), session.laps());
    assert_eq!(found.session.sequence(), session.sequence());
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("pacebell/log.db");
    (folder, log)
}

#[test]
fn a_session_that_was_cut_off_is_offered() {
    let (_folder, log) = folder();
    let database = Database::at(&log);
    let mut run = Run::begin(database.clone());
    run.run_until(310);
    run.apply(Command::Pause, 330);
    run.apply(Command::Resume, 400);
    run.apply(Command::Extend(Millis::from_secs(10)), 405);
    run.run_until(408);
    run.journal.flush(LONG).unwrap();
    assert!(find(&database).latest.is_none(), "it still runs");
    let session = run.cut_off();
    assert_offered(&database, &session);
}

#[test]
fn a_logged_or_discarded_session_is_not_offered() {
    for discarded in [false, true] {
        let (_folder, log) = folder();
        let database = Database::at(&log);
        let mut run = Run::begin(database.clone());
        run.run_until(500);
        run.apply(Command::Stop, 500);
        let summary = Summary::of(&run.session);
        let logged = SessionOutcome::Logged(Arc::new(run.session.sequence().clone()), Box::new(summary));
        run.journal.conclude(if discarded { SessionOutcome::Discarded } else { logged }, clock::since_1970());
        run.cut_off();
        assert!(find(&database).latest.is_none());
        let left: Vec<_> = fs::read_dir(log.parent().unwrap()).unwrap().collect();
        assert_eq!(left.len(), 1, "only the log is left: {left:?}");
    }
}

#[test]
fn a_session_left_for_later_is_offered_again() {
    let (_folder, log) = folder();
    let database = Database::at(&log);
    let mut run = Run::begin(database.clone());
    run.run_until(400);
    run.apply(Command::Stop, 420);
    run.journal.conclude(SessionOutcome::Later, clock::since_1970());
    let mut ended = run.cut_off();
    let found = find(&database).latest.unwrap();
    let mut again = found.session.clone();
    for session in [&mut ended, &mut again] {
        session.apply(Command::Reopen, moment(90_000));
        session.apply(Command::Resume, moment(90_000));
    }
    assert_eq!(again, ended);
}

#[test]
fn reports_a_full_disk_and_saves_once_it_has_room() {
    let (_folder, log) = folder();
    Database::at(&log).open().unwrap();
    let other = Connection::open(&log).unwrap();
    other
        .execute_batch("CREATE TABLE ballast (x TEXT); INSERT INTO ballast VALUES (hex(randomblob(200000)));")
        .unwrap();
    let pages: u32 = other.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    let mut run = Run::begin(Database::at(&log).with_page_limit(pages));
    assert_eq!(run.next_error(), "the disk is full – free up some space");
    // The session continues, and the journal keeps every event.
    run.run_until(400);
    run.apply(Command::Pause, 410);
    other.execute_batch("DROP TABLE ballast;").unwrap();
    run.assert_saved_again();
    let session = run.cut_off();
    assert_offered(&Database::at(&log), &session);
}

#[test]
fn reports_a_file_in_the_way_and_leaves_it_alone() {
    let (folder, log) = folder();
    let in_the_way = folder.path().join("pacebell");
    fs::write(&in_the_way, "mine").unwrap();
    let mut run = Run::begin(Database::at(&log));
    let said = run.next_error();
    assert!(said.contains("a file is in the way") && said.contains("--log FILE"), "{said}");
    assert!(find(&Database::at(&log)).latest.is_none(), "there is no log");
    run.run_until(100);
    assert_eq!(fs::read_to_string(&in_the_way).unwrap(), "mine");
    fs::remove_file(&in_the_way).unwrap();
    run.assert_saved_again();
    assert_offered(&Database::at(&log), &run.cut_off());
}

#[test]
fn waits_for_a_log_that_another_program_has_locked() {
    let (_folder, log) = folder();
    let mut other = Database::at(&log).open().unwrap();
    let held = other.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive).unwrap();
    let mut run = Run::begin(Database::at(&log));
    let said = run.next_error();
    assert!(said.contains("another program has locked") && said.contains("close"), "{said}");
    run.run_until(350);
    held.rollback().unwrap();
    run.assert_saved_again();
    assert_offered(&Database::at(&log), &run.cut_off());
}

/// Asserts that the file stays byte for byte, that the session runs, and that the error contains `parts`.
fn assert_left_alone(log: &Path, parts: &[&str]) {
    let before = fs::read(log).unwrap();
    let mut run = Run::begin(Database::at(log));
    let said = run.next_error();
    assert!(parts.iter().all(|part| said.contains(part)), "{said}");
    run.run_until(100);
    let why = unfinished::find(&Database::at(log)).unwrap_err();
    assert_eq!(why.to_string(), said);
    assert!(run.journal.close(Duration::from_millis(1500)).is_err());
    assert_eq!(fs::read(log).unwrap(), before);
    let beside: Vec<_> = fs::read_dir(log.parent().unwrap()).unwrap().collect();
    assert_eq!(beside.len(), 1, "{beside:?}");
}

#[test]
fn a_log_of_a_newer_version_is_left_alone() {
    let (_folder, log) = folder();
    let newer = Database::at(&log).open().unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    assert_left_alone(&log, &["newer pacebell", "version 99", "update pacebell"]);
}

#[test]
fn a_file_that_is_not_a_database_is_left_alone() {
    let (_folder, log) = folder();
    fs::create_dir_all(log.parent().unwrap()).unwrap();
    fs::write(&log, "Dear diary, today I ran for an hour.\n".repeat(200)).unwrap();
    assert_left_alone(&log, &["is not a pacebell log", "move it out of the way"]);
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    let (_folder, log) = folder();
    fs::create_dir_all(log.parent().unwrap()).unwrap();
    let theirs = Connection::open(&log).unwrap();
    theirs.execute_batch("CREATE TABLE session (id INTEGER)").unwrap();
    drop(theirs);
    assert_left_alone(&log, &["belongs to another program", "--log FILE"]);
}

#[test]
fn a_write_ahead_log_cut_anywhere_loses_only_its_last_writes() {
    let (folder, log) = folder();
    let wal = log.with_file_name("log.db-wal");
    let mut run = Run::begin(Database::at(&log));
    // The lengths of the write-ahead log when everything was saved.
    let mut safe = Vec::new();
    for second in [310, 500, 700] {
        run.run_until(second);
        run.journal.flush(LONG).unwrap();
        safe.push((fs::metadata(&wal).unwrap().len() as usize, run.session.clone()));
    }
    let (database, frames) = (fs::read(&log).unwrap(), fs::read(&wal).unwrap());
    assert!(
        safe[0].0 < safe[1].0 && safe[1].0 < safe[2].0 && safe[2].0 == frames.len(),
        "no checkpoint in between"
    );
    let cuts = [0, 10, 32, 1000, frames.len() / 2, frames.len() - 1];
    let near_ends = safe.iter().flat_map(|(end, _)| [end - 1, *end, (end + 1).min(frames.len())]);
    for cut in cuts.into_iter().chain(near_ends) {
        let copy = folder.path().join(format!("{cut}.db"));
        fs::write(&copy, &database).unwrap();
        fs::write(folder.path().join(format!("{cut}.db-wal")), &frames[..cut]).unwrap();
        let database = Database::at(&copy);
        let found = find(&database);
        let check: String =
            database.open().unwrap().query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(check, "ok", "cut at {cut}");
        if let Some((_, session)) = safe.iter().rev().find(|(end, _)| *end <= cut) {
            let latest = found.latest.unwrap_or_else(|| panic!("cut at {cut}: the session is lost"));
            assert!(latest.last_seen >= session.latest(), "cut at {cut}: {:?}", latest.last_seen);
            assert!(latest.session.laps().starts_with(session.laps()), "cut at {cut}");
        }
    }
}

#[test]
fn two_sessions_can_run_at_once() {
    let (_folder, log) = folder();
    let database = Database::at(&log);
    let mut runs = [Run::begin(database.clone()), Run::begin(database.clone())];
    for second in (10..600).step_by(10) {
        for (n, run) in runs.iter_mut().enumerate() {
            run.run_until(second + n as u64);
        }
    }
    let [first, second] = runs;
    let alive = second.journal.clone();
    alive.flush(LONG).unwrap();
    let session = first.cut_off();
    assert_offered(&database, &session);
    assert_eq!(find(&database).more, 0, "the other one still runs");
    drop(alive);
    second.cut_off();
    assert_eq!(find(&database).more, 1);
}

#[test]
fn a_session_is_offered_to_one_program_at_a_time() {
    let (_folder, log) = folder();
    let database = Database::at(&log);
    let mut run = Run::begin(database.clone());
    run.run_until(100);
    run.cut_off();
    let here = find(&database);
    assert!(here.latest.is_some());
    assert!(find(&database).latest.is_none());
    drop(here);
    assert!(find(&database).latest.is_some(), "it was released here");
}

/// The files of a log, side files included.
fn files(log: &Path) -> Vec<PathBuf> {
    ["", "-wal", "-shm"].map(|end| PathBuf::from(format!("{}{end}", log.display()))).into()
}

/// The number of sessions in a log, and of all their events.
fn counts(log: &Path) -> (i64, i64) {
    let log = Database::at(log).open().unwrap();
    log.query_row("SELECT (SELECT count(*) FROM session), (SELECT count(*) FROM event)", [], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
    .unwrap()
}

/// Creates a log with another unfinished session.
fn another_log(path: &Path) {
    let mut other = Run::begin(Database::at(path));
    other.run_until(70);
    other.cut_off();
}

#[test]
fn a_log_that_is_deleted_during_a_session_is_written_again() {
    for whole in [true, false] {
        let (_folder, log) = folder();
        let mut run = Run::begin(Database::at(&log));
        run.run_until(310);
        run.journal.flush(LONG).unwrap();
        assert!(run.journal.is_in_database());
        for file in files(&log).iter().take(if whole { 3 } else { 1 }) {
            fs::remove_file(file).unwrap();
        }
        run.run_until(400);
        run.journal.flush(LONG).unwrap();
        assert!(run.journal.is_in_database());
        assert!(find(&Database::at(&log)).latest.is_none(), "it still runs");
        let session = run.cut_off();
        assert_offered(&Database::at(&log), &session);
    }
}

#[test]
fn a_log_whose_folder_is_deleted_during_a_session_is_written_again() {
    let (_folder, log) = folder();
    let mut run = Run::begin(Database::at(&log));
    run.run_until(310);
    run.journal.flush(LONG).unwrap();
    fs::remove_dir_all(log.parent().unwrap()).unwrap();
    run.run_until(400);
    run.journal.flush(LONG).unwrap();
    assert!(find(&Database::at(&log)).latest.is_none(), "it still runs");
    assert_offered(&Database::at(&log), &run.cut_off());
}

#[test]
fn a_log_that_is_moved_away_keeps_its_sessions() {
    let (folder, log) = folder();
    let mut run = Run::begin(Database::at(&log));
    run.run_until(310);
    run.journal.flush(LONG).unwrap();
    let before = run.session.clone();
    let moved = folder.path().join("moved.db");
    fs::rename(&log, &moved).unwrap();
    run.run_until(400);
    run.apply(Command::Stop, 410);
    run.journal.flush(LONG).unwrap();
    assert_offered(&Database::at(&moved), &before);
    assert_offered(&Database::at(&log), &run.cut_off());
}

#[test]
fn a_log_that_replaces_another_keeps_its_own_sessions() {
    let (folder, log) = folder();
    let other = folder.path().join("other.db");
    another_log(&other);
    let theirs = counts(&other);
    let mut run = Run::begin(Database::at(&log));
    run.run_until(310);
    run.journal.flush(LONG).unwrap();
    let ours = counts(&log);
    // The first session has the same number in both.
    fs::rename(&other, &log).unwrap();
    run.run_until(330);
    run.journal.flush(LONG).unwrap();
    assert_eq!(counts(&log), (2, theirs.1 + ours.1));
    let session = run.cut_off();
    let found = find(&Database::at(&log));
    assert_eq!((found.more, found.unreadable), (1, Vec::new()));
    assert_eq!(found.latest.unwrap().session.laps(), session.laps());
}

#[test]
fn a_copy_that_replaces_the_log_gets_the_session_once() {
    let (folder, log) = folder();
    let mut run = Run::begin(Database::at(&log));
    run.run_until(310);
    run.journal.flush(LONG).unwrap();
    // First an older copy without the last events, then a current one.
    let (old, new) = (folder.path().join("old.db"), folder.path().join("new.db"));
    assert_eq!(Database::at(&log).back_up(&old), Ok(true));
    run.run_until(500);
    run.journal.flush(LONG).unwrap();
    fs::rename(&old, &log).unwrap();
    run.run_until(505);
    run.journal.flush(LONG).unwrap();
    assert_eq!(counts(&log).0, 1);
    assert_eq!(Database::at(&log).back_up(&new), Ok(true));
    let before = counts(&new);
    fs::rename(&new, &log).unwrap();
    run.run_until(506);
    run.journal.flush(LONG).unwrap();
    assert_eq!(counts(&log), before);
    assert_offered(&Database::at(&log), &run.cut_off());
}

#[test]
fn a_session_is_logged_in_the_log_that_exists_at_its_end() {
    let (_folder, log) = folder();
    let mut run = Run::begin(Database::at(&log));
    run.run_until(500);
    run.apply(Command::Stop, 500);
    let summary = Summary::of(&run.session);
    let logged = SessionOutcome::Logged(Arc::new(run.session.sequence().clone()), Box::new(summary));
    run.journal.conclude(logged, clock::since_1970());
    run.journal.flush(LONG).unwrap();
    fs::remove_file(&log).unwrap();
    run.journal.answers(Answers { rpe: Some(4.0), ..Answers::default() });
    run.cut_off();
    let listed = queries::list(&Database::at(&log).open().unwrap()).unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].active, listed[0].answers.rpe), (Millis::from_secs(500), Some(4.0)));
}

#[test]
fn a_resumed_session_is_written_again_with_its_earlier_events() {
    let (_folder, log) = folder();
    let database = Database::at(&log);
    let mut run = Run::begin(database.clone());
    run.run_until(310);
    run.apply(Command::Stop, 320);
    run.cut_off();
    let unfinished = find(&database).latest.unwrap();
    let session = unfinished.session.clone();
    let (sender, notices) = channel();
    let journal = Journal::resume(database.clone(), unfinished.into_resumed(), move |n| drop(sender.send(n)));
    assert!(journal.is_in_database());
    let mut run = Run { session, journal, notices };
    fs::remove_file(&log).unwrap();
    run.apply(Command::Reopen, 900);
    run.apply(Command::Resume, 901);
    run.run_until(1000);
    run.journal.flush(LONG).unwrap();
    let session = run.cut_off();
    assert_offered(&database, &session);
    assert_eq!(counts(&log).0, 1);
}

#[test]
fn two_programs_that_resume_one_session_each_keep_their_own_version() {
    for locks in [true, false] {
        let (_folder, log) = folder();
        let database = Database::at(&log);
        let mut run = Run::begin(database.clone());
        run.run_until(310);
        run.cut_off();
        let lock = fs::read_dir(log.parent().unwrap()).unwrap().map(|f| f.unwrap().path());
        let lock = lock.into_iter().find(|f| f.to_string_lossy().contains("-session-")).unwrap();
        // The lock file is deleted, or the drive does not support locks.
        if !locks {
            fs::remove_file(&lock).unwrap();
            fs::create_dir(&lock).unwrap();
        }
        let here = find(&database).latest.unwrap();
        if locks {
            fs::remove_file(&lock).unwrap();
        }
        let there = find(&database).latest.unwrap();
        let resume = |unfinished: unfinished::UnfinishedSession| {
            let session = unfinished.session.clone();
            let (sender, notices) = channel();
            let journal =
                Journal::resume(database.clone(), unfinished.into_resumed(), move |n| drop(sender.send(n)));
            Run { session, journal, notices }
        };
        let sessions =
            [(resume(here), Command::Skip), (resume(there), Command::Pause)].map(|(mut run, command)| {
                run.apply(command, 320);
                run.run_until(380);
                run.journal.flush(LONG).unwrap();
                run.cut_off()
            });
        let first = find(&database);
        assert_eq!((first.more, first.unreadable), (1, Vec::new()));
        let (first, mut both) = (first.latest.unwrap(), Vec::new());
        both.push(first.session.laps().to_vec());
        Connection::open(&log)
            .unwrap()
            .execute("UPDATE session SET deleted_at_ms = 1 WHERE id = ?", [first.id()])
            .unwrap();
        drop(first);
        both.push(find(&database).latest.unwrap().session.laps().to_vec());
        assert!(sessions.iter().all(|l| both.iter().any(|laps| laps == l.laps())), "locks: {locks}");
    }
}

#[test]
fn the_current_error_can_be_queried() {
    let (folder, log) = folder();
    let in_the_way = folder.path().join("pacebell");
    fs::write(&in_the_way, "mine").unwrap();
    let mut run = Run::begin(Database::at(&log));
    let said = run.next_error();
    assert_eq!(run.journal.error().map(|t| t.to_string()), Some(said));
    assert!(!run.journal.is_in_database());
    run.run_until(100);
    fs::remove_file(&in_the_way).unwrap();
    run.assert_saved_again();
    assert_eq!(run.journal.error(), None);
    assert!(run.journal.is_in_database());
}

#[test]
fn a_clock_set_back_does_not_hide_the_time_away() {
    const HOUR: i64 = 3_600_000;
    let (_folder, log) = folder();
    let mut run = Run::begin(Database::at(&log));
    let now = clock::since_1970();
    for event in run.session.apply(Command::Pause, moment(100)) {
        run.journal.event(event, now + 2 * HOUR);
    }
    for event in run.session.apply(Command::Resume, moment(200)) {
        run.journal.event(event, now);
    }
    run.cut_off();
    assert_eq!(find(&Database::at(&log)).latest.unwrap().away(now + HOUR).get() as i64, HOUR);
    let mut run = Run::begin(Database::at(&log));
    let elapsed = run.session.position(moment(50)).elapsed;
    run.journal.progress(moment(50), elapsed, now - HOUR);
    run.session.advance(moment(50));
    run.cut_off();
    assert_eq!(find(&Database::at(&log)).latest.unwrap().away(now + HOUR).get() as i64, 2 * HOUR);
}

/// A small disk, unmounted when dropped.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// `None` if this machine does not allow mounting.
    fn mount(size: &str) -> Option<SmallDisk> {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={size}");
        let mounted = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "tmpfs"])
            .arg(folder.path())
            .status();
        mounted.is_ok_and(|status| status.success()).then_some(SmallDisk(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
#[ignore = "mounts a small disk, which needs root"]
fn reports_a_really_full_disk_and_saves_once_it_has_room() {
    let Some(disk) = SmallDisk::mount("256k") else {
        println!("skipped: cannot mount a disk");
        return;
    };
    let ballast = disk.0.path().join("ballast");
    fs::write(&ballast, vec![1u8; 240 * 1024]).unwrap();
    let log = disk.0.path().join("pacebell/log.db");
    let mut run = Run::begin(Database::at(&log));
    assert_eq!(run.next_error(), "the disk is full – free up some space");
    run.run_until(300);
    fs::remove_file(&ballast).unwrap();
    run.assert_saved_again();
    // Once more, with the log in use.
    while run.journal.flush(Duration::from_millis(200)).is_ok() {
        let second = run.session.latest().get() / 1000 + 1;
        run.run_until(second);
        let has_room = fs::write(&ballast, vec![1u8; 200 * 1024]).is_ok();
        if has_room {
            let more = disk.0.path().join("more");
            let _ = fs::write(&more, vec![1u8; 64 * 1024]);
        }
        run.apply(Command::Pause, second);
        run.apply(Command::Resume, second);
    }
    assert_eq!(run.next_error(), "the disk is full – free up some space");
    fs::remove_file(&ballast).unwrap();
    run.assert_saved_again();
    assert_offered(&Database::at(&log), &run.cut_off());
}

/// Creates a log of version 1 with a logged session and an unfinished one.
fn version_1(log: &Path) {
    fs::create_dir_all(log.parent().unwrap()).unwrap();
    let database = Connection::open(log).unwrap();
    database.execute_batch(include_str!("log/version-1.sql")).unwrap();
}

/// The tables, views and indices of a database, with their columns.
fn shape(database: &Connection) -> Vec<String> {
    let sql = "SELECT s.type || ' ' || s.name || ' ' || s.tbl_name, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk
               FROM sqlite_schema s LEFT JOIN pragma_table_xinfo(s.name) c ORDER BY s.name, c.cid";
    let mut statement = database.prepare(sql).unwrap();
    let row = |row: &rusqlite::Row<'_>| {
        (0..6)
            .map(|column| row.get_ref(column).map(|value| format!("{value:?}")))
            .collect::<Result<Vec<_>, _>>()
    };
    let rows = statement.query_map([], row).unwrap().map(|row| row.unwrap().join(" "));
    rows.collect()
}

#[test]
fn migrates_a_log_of_version_1() {
    let (_folder, log) = folder();
    version_1(&log);
    let database = Database::at(&log);
    let details = queries::details(&database.open().unwrap(), SessionId(1)).unwrap().unwrap();
    assert_eq!((details.entry.answers.rpe, details.laps.len(), details.events.len()), (Some(6.5), 2, 3));
    assert_eq!((details.laps[1].to, details.laps[1].distance), (Millis::from_secs(330), None));
    let unfinished = find(&database).latest.expect("the unfinished one");
    assert_eq!(unfinished.session.position(unfinished.last_seen).elapsed, Millis::from_secs(300));
    assert_eq!(unfinished.settings.treadmill.belt.unit, pacebell::units::SpeedUnit::MilesPerHour);
    let version: i32 =
        database.open().unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, 12);
    let new = Database::at(log.with_file_name("new.db")).open().unwrap();
    assert_eq!(shape(&database.open().unwrap()), shape(&new), "like a new log");
}

#[test]
fn migrates_a_log_of_version_3() {
    let (_folder, log) = folder();
    fs::create_dir_all(log.parent().unwrap()).unwrap();
    Connection::open(&log).unwrap().execute_batch(include_str!("log/version-3.sql")).unwrap();
    let database = Database::at(&log).open().unwrap();
    let new = Database::at(log.with_file_name("new.db")).open().unwrap();
    assert_eq!(shape(&database), shape(&new), "like a new log");
    // Logged, edited, deleted and unfinished, with the times in the stored file.
    let sql = "SELECT changed_at_ms FROM session ORDER BY id";
    let mut statement = database.prepare(sql).unwrap();
    let changed: Vec<Option<i64>> =
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(changed, [Some(1_795_967_609_921), Some(1_795_967_610_016), Some(1_795_967_610_052), None]);
    assert_eq!(queries::list(&database).unwrap().len(), 2);
}

#[test]
fn migrates_a_log_of_version_4() {
    let (_folder, log) = folder();
    fs::create_dir_all(log.parent().unwrap()).unwrap();
    Connection::open(&log).unwrap().execute_batch(include_str!("log/version-4.sql")).unwrap();
    let mut database = Database::at(&log).open().unwrap();
    let new = Database::at(log.with_file_name("new.db")).open().unwrap();
    assert_eq!(shape(&database), shape(&new), "like a new log");
    // Two runs and a strength session, none of which belongs to a plan.
    let names = |database: &Connection| -> Vec<String> {
        queries::list(database).unwrap().into_iter().map(|entry| entry.name).collect()
    };
    assert_eq!(names(&database), ["Circuit", "3×(2min hard, 1min easy)", "45min easy"]);
    let from = chrono::NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
    let sessions = logged_run::sessions_since(&database, from).unwrap();
    assert_eq!(sessions.iter().filter(|s| s.activity.is_run()).count(), 2);
    assert!(sessions.iter().all(|session| session.item.is_none()));
    assert_eq!(blocks::current(&database).unwrap(), None);
    // The changes made before can still be undone: the circuit was added last, after an edit and a deletion.
    edits::undo(&mut database, 0).unwrap().unwrap();
    assert_eq!(names(&database), ["3×(2min hard, 1min easy)", "45min easy"]);
    edits::undo(&mut database, 0).unwrap().unwrap();
    assert_eq!(queries::list(&database).unwrap()[0].answers.feel, None, "it was edited to `good`");
    edits::undo(&mut database, 0).unwrap().unwrap();
    assert_eq!(names(&database), ["20min easy", "3×(2min hard, 1min easy)", "45min easy"]);
}

#[test]
fn migrates_a_log_of_version_6() {
    let (_folder, log) = folder();
    fs::create_dir_all(log.parent().unwrap()).unwrap();
    Connection::open(&log).unwrap().execute_batch(include_str!("log/version-6.sql")).unwrap();
    let mut database = Database::at(&log).open().unwrap();
    let new = Database::at(log.with_file_name("new.db")).open().unwrap();
    assert_eq!(shape(&database), shape(&new), "like a new log");
    let entries = queries::list(&database).unwrap();
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["45min easy", "3×(2min hard, 1min easy)"]);
    assert!(blocks::current(&database).unwrap().is_some_and(|plan| plan.block.fields.name.contains("5K")));
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
    assert_eq!(pacebell::history::checkins::up_to(&database, day).unwrap(), [], "nobody asked yet");
    edits::undo(&mut database, 0).unwrap().unwrap();
    assert_eq!(queries::list(&database).unwrap()[0].answers.feel, None, "it was edited to `good`");
}

#[test]
fn migrates_a_log_of_version_7() {
    let (_folder, log) = folder();
    fs::create_dir_all(log.parent().unwrap()).unwrap();
    Connection::open(&log).unwrap().execute_batch(include_str!("log/version-7.sql")).unwrap();
    let mut database = Database::at(&log).open().unwrap();
    let new = Database::at(log.with_file_name("new.db")).open().unwrap();
    assert_eq!(shape(&database), shape(&new), "like a new log");
    let entries = queries::list(&database).unwrap();
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["45min easy", "3×(2min 12km/h, 1min 8km/h)"]);
    assert!(entries.iter().all(|entry| entry.imported.is_none() && entry.heart.mean.is_none()));
    // 6 min at 12 km/h and 3 min at 8 km/h.
    let metres: Vec<f64> =
        entries.iter().map(|entry| entry.covered.unwrap().distance.metres().round()).collect();
    assert_eq!(metres, [8200.0, 1600.0]);
    edits::undo(&mut database, 0).unwrap().unwrap();
    assert_eq!(queries::list(&database).unwrap()[0].answers.feel, None, "it was edited to `good`");
}

#[test]
fn migrates_a_log_of_version_8() {
    let (_folder, log) = folder();
    fs::create_dir_all(log.parent().unwrap()).unwrap();
    Connection::open(&log).unwrap().execute_batch(include_str!("log/version-8.sql")).unwrap();
    let mut database = Database::at(&log).open().unwrap();
    let new = Database::at(log.with_file_name("new.db")).open().unwrap();
    assert_eq!(shape(&database), shape(&new), "like a new log");
    let entries = queries::list(&database).unwrap();
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["45min easy", "3×(2min 12km/h, 1min 8km/h)"]);
    assert_eq!(pacebell::history::wins::since(&database, i64::MIN).unwrap(), [], "there were none yet");
    edits::undo(&mut database, 0).unwrap().unwrap();
    assert_eq!(queries::list(&database).unwrap()[0].answers.feel, None, "it was edited to `good`");
}

#[test]
fn migrates_a_log_of_version_10() {
    let (_folder, log) = folder();
    fs::create_dir_all(log.parent().unwrap()).unwrap();
    Connection::open(&log).unwrap().execute_batch(include_str!("log/version-10.sql")).unwrap();
    let mut database = Database::at(&log).open().unwrap();
    let new = Database::at(log.with_file_name("new.db")).open().unwrap();
    assert_eq!(shape(&database), shape(&new), "like a new log");
    let entries = queries::list(&database).unwrap();
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["3×(2min 12km/h, 1min 8km/h)", "5K time trial", "45min easy"]);
    assert_eq!(pacebell::history::wins::since(&database, i64::MIN).unwrap().len(), 1);
    // A plan was started last.
    edits::undo(&mut database, 0).unwrap().unwrap();
    assert_eq!(blocks::current(&database).unwrap(), None);
}

#[test]
fn migrates_a_log_of_version_11() {
    let (_folder, log) = folder();
    fs::create_dir_all(log.parent().unwrap()).unwrap();
    Connection::open(&log).unwrap().execute_batch(include_str!("log/version-11.sql")).unwrap();
    let mut database = Database::at(&log).open().unwrap();
    let new = Database::at(log.with_file_name("new.db")).open().unwrap();
    assert_eq!(shape(&database), shape(&new), "like a new log");
    let entries = queries::list(&database).unwrap();
    assert_eq!(entries.len(), 4);
    for entry in &entries {
        let details = queries::details(&database, entry.id).unwrap().unwrap();
        assert!(details.samples.is_empty() && entry.heart.mean.is_none());
    }
    // A session was added last.
    edits::undo(&mut database, 0).unwrap().unwrap();
    assert_eq!(queries::list(&database).unwrap().len(), 3);
}

#[test]
fn resumes_a_session_of_events_version_6() {
    let (_folder, log) = folder();
    fs::create_dir_all(log.parent().unwrap()).unwrap();
    Connection::open(&log).unwrap().execute_batch(include_str!("log/version-12.sql")).unwrap();
    let database = Database::at(&log);
    let unfinished = find(&database).latest.unwrap();
    let mut session = unfinished.session.clone();
    // Killed at 8.5 s, in the second step, which has no heart rate that ends it.
    assert_eq!(session.current().map(|step| (step.id.0, step.until.is_none())), Some((1, true)));
    let version = || -> i64 {
        let connection = Connection::open(&log).unwrap();
        connection.query_row("SELECT events_version FROM plan", [], |row| row.get(0)).unwrap()
    };
    assert_eq!(version(), 6);
    let journal = Journal::resume(database.clone(), unfinished.into_resumed(), |_| {});
    for event in session.apply(Command::Stop, moment(60)) {
        journal.event(event, clock::since_1970());
    }
    journal.flush(LONG).unwrap();
    assert_eq!(version(), 7);
}

#[test]
fn a_heart_rate_that_was_reached_is_so_after_a_kill() {
    let (_folder, log) = folder();
    let database = Database::at(&log);
    let source = SourceText::new("run", "30s-3min until HR < 120 walk, 10min easy");
    let sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
    let mut run = Run::of(Arc::new(sequence), database.clone());
    run.run_until(60);
    run.apply(Command::Reach { bpm: 118 }, 60);
    run.run_until(61);
    run.journal.flush(LONG).unwrap();
    let session = run.cut_off();
    assert_offered(&database, &session);
    let mut resumed = find(&database).latest.unwrap().session;
    // The step ends at 65 s, as it would have without the kill, and no strap is needed for that.
    resumed.apply(Command::Resume, moment(100));
    resumed.apply(Command::Stop, moment(120));
    assert_eq!(resumed.laps().first().map(|lap| lap.length()), Some(Millis::from_secs(65)));
}

/// Measures a heart rate in each of these seconds, as the runtime does.
fn measure(journal: &Journal, seconds: std::ops::Range<u64>, bpm: u32) {
    let mut minutes = SampleMinutes::default();
    for second in seconds {
        let heart = Some(HeartRate::from_bpm(bpm));
        let sample = Sample { at: Millis::from_secs(second), heart, ..Sample::default() };
        minutes.add(&sample).into_iter().for_each(|minute| journal.samples(minute));
    }
    minutes.rest().into_iter().for_each(|minute| journal.samples(minute));
}

#[test]
fn heart_rates_are_in_the_log_with_their_mean_and_highest() {
    let (_folder, log) = folder();
    let database = Database::at(&log);
    // Five minutes easy, then reps of a minute.
    let mut run = Run::begin(database.clone());
    measure(&run.journal, 0..300, 120);
    measure(&run.journal, 300..330, 150);
    run.run_until(330);
    run.journal.flush(LONG).unwrap();
    // It is cut off within a minute, and goes on in that minute.
    drop(run.cut_off());
    let unfinished = find(&database).latest.unwrap();
    let mut session = unfinished.session.clone();
    let journal = Journal::resume(database.clone(), unfinished.into_resumed(), |_| {});
    measure(&journal, 330..360, 170);
    for event in session.apply(Command::Stop, moment(360)) {
        journal.event(event, clock::since_1970());
    }
    let summary = Box::new(Summary::of(&session));
    journal.conclude(SessionOutcome::Logged(Arc::new(session.sequence().clone()), summary), 0);
    journal.close(LONG).unwrap();
    let connection = database.open().unwrap();
    let entry = queries::list(&connection).unwrap().remove(0);
    // 300 × 120, 30 × 150 and 30 × 170 are 126.67 on average.
    assert_eq!((entry.heart.mean, entry.heart.highest), (Some(127), Some(170)));
    let details = queries::details(&connection, entry.id).unwrap().unwrap();
    assert_eq!(details.samples.len(), 360);
    assert!(details.samples.iter().map(|sample| sample.at.whole_secs()).eq(0..360));
    assert_eq!(details.lap_hearts[..2], [Some(120), Some(160)]);
    let facts = pacebell::history::describe::facts(&details, Default::default());
    let fact = ("Heart rate".to_string(), "127 bpm, at most 170".to_string());
    assert!(facts.contains(&fact), "{facts:?}");
    // An hour takes 30 KB at most.
    let bytes: i64 =
        connection.query_row("SELECT sum(length(data)) FROM sample", [], |row| row.get(0)).unwrap();
    assert_eq!(bytes, 360 * 8);
}

#[test]
fn samples_after_the_saved_position_are_measured_again_and_not_kept_twice() {
    let (_folder, log) = folder();
    let database = Database::at(&log);
    let mut run = Run::begin(database.clone());
    // Killed in the second minute. The position is a little older than the samples.
    measure(&run.journal, 0..125, 120);
    run.run_until(58);
    run.journal.flush(LONG).unwrap();
    drop(run.cut_off());
    let unfinished = find(&database).latest.unwrap();
    let mut session = unfinished.session.clone();
    let journal = Journal::resume(database.clone(), unfinished.into_resumed(), |_| {});
    measure(&journal, 58..70, 170);
    for event in session.apply(Command::Stop, moment(70)) {
        journal.event(event, clock::since_1970());
    }
    let summary = Box::new(Summary::of(&session));
    journal.conclude(SessionOutcome::Logged(Arc::new(session.sequence().clone()), summary), 0);
    journal.close(LONG).unwrap();
    let connection = database.open().unwrap();
    let entry = queries::list(&connection).unwrap().remove(0);
    let details = queries::details(&connection, entry.id).unwrap().unwrap();
    let seconds: Vec<u64> = details.samples.iter().map(|sample| sample.at.whole_secs()).collect();
    assert_eq!(seconds, (0..70).collect::<Vec<_>>());
    // 58 × 120 and 12 × 170 are 128.57 on average.
    assert_eq!(entry.heart.mean, Some(129));
}

/// An SQL statement without its comments, with single spaces.
fn without_comments(sql: &str) -> String {
    let lines = sql.lines().map(|line| line.split("--").next().unwrap());
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

#[test]
fn version_1_of_the_database_never_changes() {
    let stored = Connection::open_in_memory().unwrap();
    stored.execute_batch(include_str!("log/version-1.sql")).unwrap();
    let first = Connection::open_in_memory().unwrap();
    first.execute_batch(include_str!("../src/history/schema.sql")).unwrap();
    let tables = |database: &Connection| -> Vec<String> {
        let mut all =
            database.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").unwrap();
        let statements = all.query_map([], |row| row.get::<_, String>(0)).unwrap();
        statements.map(|sql| without_comments(&sql.unwrap())).collect()
    };
    assert_eq!(tables(&first), tables(&stored), "a change needs a new version and a migration to it");
}

#[test]
fn answers_do_not_overwrite_changes_from_elsewhere() {
    let (_folder, log) = folder();
    let database = Database::at(&log);
    let mut run = Run::begin(database.clone());
    run.run_until(500);
    run.apply(Command::Stop, 500);
    let summary = Summary::of(&run.session);
    let logged = SessionOutcome::Logged(Arc::new(run.session.sequence().clone()), Box::new(summary));
    run.journal.conclude(logged, clock::since_1970());
    let effort = Answers { rpe: Some(7.0), ..Answers::default() };
    run.journal.answers(effort.clone());
    run.journal.flush(LONG).unwrap();
    let mut other = database.open().unwrap();
    let note = |kept: &mut EditableFields| kept.answers.note = Some("from elsewhere".to_string());
    edits::edit(&mut other, SessionId(1), 0, note).unwrap().unwrap();
    run.journal.answers(Answers { feel: Some(Feel::Good), ..effort });
    run.cut_off();
    let kept = queries::list(&other).unwrap().remove(0).answers;
    assert_eq!(
        (kept.rpe, kept.feel, kept.note.as_deref()),
        (Some(7.0), Some(Feel::Good), Some("from elsewhere"))
    );
}

#[test]
fn undo_skips_a_dropped_rehearsal() {
    let (_folder, log) = folder();
    let database = Database::at(&log);
    let run = Run::begin(database.clone());
    run.journal.conclude(SessionOutcome::Dropped, clock::since_1970());
    run.cut_off();
    assert!(find(&database).latest.is_none());
    assert_eq!(edits::undo(&mut database.open().unwrap(), 0).unwrap(), None);
}

#[test]
#[ignore = "mounts a small disk, which needs root"]
fn a_read_only_log_can_be_read_and_copied() {
    let Some(disk) = SmallDisk::mount("4m") else {
        println!("skipped: cannot mount a disk");
        return;
    };
    let log = disk.0.path().join("log.db");
    let run = Run::begin(Database::at(&log));
    let summary = Summary::of(&run.session);
    let logged = SessionOutcome::Logged(Arc::new(run.session.sequence().clone()), Box::new(summary));
    run.journal.conclude(logged, clock::since_1970());
    run.cut_off();
    let remount = ["-o", "remount,ro"];
    let remounted = std::process::Command::new("mount").args(remount).arg(disk.0.path()).status().unwrap();
    assert!(remounted.success());
    let home = tempfile::tempdir().unwrap();
    let log = log.to_str().unwrap();
    let copy = home.path().join("copy.db");
    for arguments in
        [&["log", "--json"][..], &["log", "show", "1"], &["log", "backup", copy.to_str().unwrap()]]
    {
        let done = fixture::pacebell_at(home.path()).args(arguments).args(["--log", log]).output().unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    }
    assert_eq!(queries::list(&Database::at(&copy).open().unwrap()).unwrap().len(), 1);
    let add = ["log", "add", "45min easy", "--log", log];
    let refused = fixture::pacebell_at(home.path()).args(add).output().unwrap();
    assert!(!refused.status.success());
}
