//! The journal against everything a disk can do to it: the session's side never waits, the message says what to do,
//! what was there stays, and what was kept is written once that is possible.

use crate::fixture;
use pacebell::clock;
use pacebell::history::unfinished::{self, Found};
use pacebell::history::{Beginning, Conclusion, Journal, Notice, Settings, Store};
use pacebell::session::{Command, Session, Summary};
use pacebell::units::{Millis, Moment};
use pacebell::workout::sequence::Sequence;
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Far longer than anything takes that works.
const PATIENCE: Duration = Duration::from_secs(20);

fn moment(seconds: u64) -> Moment {
    Moment::new(seconds * 1000)
}

/// A session that writes a journal, as the runtime has it.
pub struct Run {
    session: Session,
    journal: Journal,
    news: Receiver<Notice>,
}

impl Run {
    fn begin(store: Store) -> Run {
        Run::of(fixture::intervals(), store)
    }

    /// The same with other steps.
    pub fn of(sequence: Arc<Sequence>, store: Store) -> Run {
        let beginning = Beginning {
            sequence: Arc::clone(&sequence),
            settings: Settings::default(),
            source: ("short.toml".to_string(), "steps = […]".to_string()),
            started: clock::local_time(),
            speed: 1.0,
        };
        let (sender, news) = channel();
        let journal = Journal::begin(store, beginning, move |notice| drop(sender.send(notice)));
        let mut run = Run { session: Session::new(sequence), journal, news };
        run.tell(Command::Start, 0);
        run
    }

    /// Does what a key does, so many seconds after the start.
    pub fn tell(&mut self, command: Command, second: u64) {
        for event in self.session.apply(command, moment(second)) {
            self.journal.event(event, clock::since_1970());
        }
    }

    fn live_until(&mut self, second: u64) {
        for event in self.session.advance(moment(second)) {
            self.journal.event(event, clock::since_1970());
        }
        let elapsed = self.session.position(moment(second)).elapsed;
        self.journal.position(moment(second), elapsed, clock::since_1970());
    }

    /// The problem and the help that the screen shows.
    fn trouble(&self) -> String {
        match self.news.recv_timeout(PATIENCE).unwrap() {
            Notice::Waiting(trouble) => trouble.to_string(),
            Notice::Written => panic!("it was written"),
        }
    }

    fn is_written_again(&self) {
        self.journal.settle(PATIENCE).unwrap();
        assert_eq!(self.news.recv_timeout(PATIENCE), Ok(Notice::Written));
    }

    /// Goes away without a word, as when the machine loses its power.
    pub fn vanish(self) -> Session {
        let _ = self.journal.close(PATIENCE);
        self.session
    }
}

fn found(store: &Store) -> Found {
    unfinished::find(store).unwrap()
}

/// What is offered is the session that was lived, as far as it was written.
fn is_offered(store: &Store, lived: &Session) {
    let found = found(store).latest.expect("it is offered");
    assert_eq!(found.session.position(found.last), lived.position(lived.latest()));
    assert_eq!(found.session.laps(), lived.laps());
    assert_eq!(found.session.sequence(), lived.sequence());
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("pacebell/log.db");
    (folder, log)
}

#[test]
fn what_was_lived_is_offered_again() {
    let (_folder, log) = folder();
    let store = Store::at(&log);
    let mut run = Run::begin(store.clone());
    run.live_until(310);
    run.tell(Command::Pause, 330);
    run.tell(Command::Resume, 400);
    run.tell(Command::Extend(Millis::from_secs(10)), 405);
    run.live_until(408);
    run.journal.settle(PATIENCE).unwrap();
    assert!(found(&store).latest.is_none(), "nobody is offered what is alive");
    let lived = run.vanish();
    is_offered(&store, &lived);
}

#[test]
fn what_was_logged_or_discarded_is_not_offered() {
    for discarded in [false, true] {
        let (_folder, log) = folder();
        let store = Store::at(&log);
        let mut run = Run::begin(store.clone());
        run.live_until(500);
        run.tell(Command::Stop, 500);
        let summary = Summary::of(&run.session);
        let logged = Conclusion::Logged(Arc::new(run.session.sequence().clone()), Box::new(summary));
        run.journal.conclude(if discarded { Conclusion::Discarded } else { logged }, clock::since_1970());
        run.vanish();
        assert!(found(&store).latest.is_none());
        let left: Vec<_> = fs::read_dir(log.parent().unwrap()).unwrap().collect();
        assert_eq!(left.len(), 1, "the log alone stays: {left:?}");
    }
}

#[test]
fn a_session_left_for_later_is_offered() {
    let (_folder, log) = folder();
    let store = Store::at(&log);
    let mut run = Run::begin(store.clone());
    run.live_until(400);
    run.tell(Command::Stop, 420);
    run.journal.conclude(Conclusion::Later, clock::since_1970());
    let mut lived = run.vanish();
    let found = found(&store).latest.unwrap();
    let mut again = found.session.clone();
    for session in [&mut lived, &mut again] {
        session.apply(Command::Reopen, moment(90_000));
        session.apply(Command::Resume, moment(90_000));
    }
    assert_eq!(again, lived);
}

#[test]
fn a_disk_that_is_full_is_said_and_written_to_once_it_has_room() {
    let (_folder, log) = folder();
    Store::at(&log).open().unwrap();
    let other = Connection::open(&log).unwrap();
    other
        .execute_batch("CREATE TABLE ballast (x TEXT); INSERT INTO ballast VALUES (hex(randomblob(200000)));")
        .unwrap();
    let pages: u32 = other.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    let mut run = Run::begin(Store::at(&log).at_most(pages));
    assert_eq!(run.trouble(), "the disk is full – free some space");
    // The session goes on meanwhile, and nothing of it is forgotten.
    run.live_until(400);
    run.tell(Command::Pause, 410);
    other.execute_batch("DROP TABLE ballast;").unwrap();
    run.is_written_again();
    let lived = run.vanish();
    is_offered(&Store::at(&log), &lived);
}

#[test]
fn a_file_in_the_way_is_said_left_alone_and_got_over() {
    let (folder, log) = folder();
    let in_the_way = folder.path().join("pacebell");
    fs::write(&in_the_way, "mine").unwrap();
    let mut run = Run::begin(Store::at(&log));
    let said = run.trouble();
    assert!(said.contains("there is a file in the way") && said.contains("--log FILE"), "{said}");
    assert!(found(&Store::at(&log)).latest.is_none(), "and it keeps nobody from running");
    run.live_until(100);
    assert_eq!(fs::read_to_string(&in_the_way).unwrap(), "mine");
    fs::remove_file(&in_the_way).unwrap();
    run.is_written_again();
    is_offered(&Store::at(&log), &run.vanish());
}

#[test]
fn a_log_that_is_held_by_another_program_is_waited_for() {
    let (_folder, log) = folder();
    let mut other = Store::at(&log).open().unwrap();
    let held = other.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive).unwrap();
    let mut run = Run::begin(Store::at(&log));
    let said = run.trouble();
    assert!(said.contains("another program holds") && said.contains("close"), "{said}");
    run.live_until(350);
    held.rollback().unwrap();
    run.is_written_again();
    is_offered(&Store::at(&log), &run.vanish());
}

/// The file stays byte for byte, and the session runs; `says` is told.
fn is_left_alone(log: &Path, says: &[&str]) {
    let before = fs::read(log).unwrap();
    let mut run = Run::begin(Store::at(log));
    let said = run.trouble();
    assert!(says.iter().all(|part| said.contains(part)), "{said}");
    run.live_until(100);
    let why = unfinished::find(&Store::at(log)).unwrap_err();
    assert_eq!(why.to_string(), said);
    assert!(run.journal.close(Duration::from_millis(1500)).is_err());
    assert_eq!(fs::read(log).unwrap(), before);
    let beside: Vec<_> = fs::read_dir(log.parent().unwrap()).unwrap().collect();
    assert_eq!(beside.len(), 1, "{beside:?}");
}

#[test]
fn a_log_of_a_newer_version_is_left_alone() {
    let (_folder, log) = folder();
    let newer = Store::at(&log).open().unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    is_left_alone(&log, &["newer pacebell", "version 99", "update pacebell"]);
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let (_folder, log) = folder();
    fs::create_dir_all(log.parent().unwrap()).unwrap();
    fs::write(&log, "Dear diary, today I ran for an hour.\n".repeat(200)).unwrap();
    is_left_alone(&log, &["no log, nor any database", "move it away"]);
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    let (_folder, log) = folder();
    fs::create_dir_all(log.parent().unwrap()).unwrap();
    let theirs = Connection::open(&log).unwrap();
    theirs.execute_batch("CREATE TABLE session (id INTEGER)").unwrap();
    drop(theirs);
    is_left_alone(&log, &["belongs to another program", "--log FILE"]);
}

#[test]
fn a_write_ahead_log_cut_anywhere_loses_only_its_last_writes() {
    let (folder, log) = folder();
    let mut run = Run::begin(Store::at(&log));
    run.live_until(310);
    run.journal.settle(PATIENCE).unwrap();
    run.live_until(700);
    run.journal.settle(PATIENCE).unwrap();
    let wal = log.with_file_name("log.db-wal");
    let (database, frames) = (fs::read(&log).unwrap(), fs::read(&wal).unwrap());
    assert!(!frames.is_empty());
    for cut in [0, 10, 32, 1000, frames.len() / 2, frames.len() - 1, frames.len()] {
        let copy = folder.path().join(format!("{cut}.db"));
        fs::write(&copy, &database).unwrap();
        fs::write(folder.path().join(format!("{cut}.db-wal")), &frames[..cut]).unwrap();
        let store = Store::at(&copy);
        let found = found(&store);
        let check: String =
            store.open().unwrap().query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(check, "ok", "cut at {cut}");
        if cut == frames.len() {
            assert_eq!(found.latest.unwrap().last, moment(700));
        }
    }
}

#[test]
fn two_sessions_at_once_do_not_hurt_each_other() {
    let (_folder, log) = folder();
    let store = Store::at(&log);
    let mut runs = [Run::begin(store.clone()), Run::begin(store.clone())];
    for second in (10..600).step_by(10) {
        for (n, run) in runs.iter_mut().enumerate() {
            run.live_until(second + n as u64);
        }
    }
    let [first, second] = runs;
    let alive = second.journal.clone();
    alive.settle(PATIENCE).unwrap();
    let lived = first.vanish();
    is_offered(&store, &lived);
    assert_eq!(found(&store).more, 0, "the other one is alive");
    drop(alive);
    second.vanish();
    assert_eq!(found(&store).more, 1);
}

#[test]
fn what_is_offered_here_is_not_offered_there() {
    let (_folder, log) = folder();
    let store = Store::at(&log);
    let mut run = Run::begin(store.clone());
    run.live_until(100);
    run.vanish();
    let here = found(&store);
    assert!(here.latest.is_some());
    assert!(found(&store).latest.is_none());
    drop(here);
    assert!(found(&store).latest.is_some(), "it was put off here");
}

/// A disk of its own, taken away again at the end. Nothing where this machine does not allow it.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
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
#[ignore = "it mounts a small disk, which only root may"]
fn a_disk_that_is_really_full_is_said_and_written_to_once_it_has_room() {
    let Some(disk) = SmallDisk::mount("256k") else {
        println!("not tried: this machine mounts no disk");
        return;
    };
    let ballast = disk.0.path().join("ballast");
    fs::write(&ballast, vec![1u8; 240 * 1024]).unwrap();
    let log = disk.0.path().join("pacebell/log.db");
    let mut run = Run::begin(Store::at(&log));
    assert_eq!(run.trouble(), "the disk is full – free some space");
    run.live_until(300);
    fs::remove_file(&ballast).unwrap();
    run.is_written_again();
    // And once more, with the log in use.
    while run.journal.settle(Duration::from_millis(200)).is_ok() {
        let second = run.session.latest().get() / 1000 + 1;
        run.live_until(second);
        let room = fs::write(&ballast, vec![1u8; 200 * 1024]).is_ok();
        if room {
            let more = disk.0.path().join("more");
            let _ = fs::write(&more, vec![1u8; 64 * 1024]);
        }
        run.tell(Command::Pause, second);
        run.tell(Command::Resume, second);
    }
    assert_eq!(run.trouble(), "the disk is full – free some space");
    fs::remove_file(&ballast).unwrap();
    run.is_written_again();
    is_offered(&Store::at(&log), &run.vanish());
}

/// A log as version 1 of the database had it, with one session in it that was logged and one that was not.
fn version_1(log: &Path) {
    fs::create_dir_all(log.parent().unwrap()).unwrap();
    let database = Connection::open(log).unwrap();
    database.execute_batch(include_str!("../src/history/schema.sql")).unwrap();
    database.pragma_update(None, "application_id", 0x7061_6365).unwrap();
    database.pragma_update(None, "user_version", 1).unwrap();
    let sequence = serde_json::to_string(fixture::intervals().as_ref()).unwrap();
    for (id, logged) in [(1, Some(1_700_000_900_000_i64)), (2, None)] {
        database
            .execute(
                "INSERT INTO session (id, name, started_at_ms, utc_offset_s, planned_ms, steps_planned, active_ms,
                                      steps_done, finished, rpe, logged_at_ms)
                 VALUES (?, 'Short intervals', 1700000000000, 3600, 1500000, 17, ?, 1, 0, 6.5, ?)",
                rusqlite::params![id, logged.map(|_| 330_000), logged],
            )
            .unwrap();
        database
            .execute(
                "INSERT INTO plan (session, sequence, settings, events_version, source_name, source)
                 VALUES (?, ?, '{\"belt\":{\"unit\":\"mph\",\"step\":0.1},\"athlete\":null}', 1, 'a.toml', 'text')",
                rusqlite::params![id, sequence],
            )
            .unwrap();
        for (number, at, what) in [
            (0, 0, "\"started\""),
            (1, 0, "{\"step_began\":{\"step\":0}}"),
            (2, 300_000, "{\"step_began\":{\"step\":1}}"),
        ] {
            database
                .execute(
                    "INSERT INTO event (session, number, at_ms, elapsed_ms, happened_at_ms, what)
                     VALUES (?1, ?2, ?3, ?3, 1700000000000 + ?3, ?4)",
                    rusqlite::params![id, number, at, what],
                )
                .unwrap();
        }
    }
    database
        .execute_batch(
            "INSERT INTO lap VALUES (1, 0, 0, 'easy', 0, 300000, 1), (1, 1, 1, 'hard', 300000, 330000, 0)",
        )
        .unwrap();
}

#[test]
fn a_log_of_version_1_is_brought_up_to_date_with_all_that_is_in_it() {
    let (_folder, log) = folder();
    version_1(&log);
    let store = Store::at(&log);
    let details = pacebell::history::entries::details(&store.open().unwrap(), 1).unwrap().unwrap();
    assert_eq!((details.entry.answers.rpe, details.laps.len(), details.events.len()), (Some(6.5), 2, 3));
    assert_eq!((details.laps[1].to, details.laps[1].distance), (Millis::from_secs(330), None));
    let unfinished = found(&store).latest.expect("the other one is offered");
    assert_eq!(unfinished.session.position(unfinished.last).elapsed, Millis::from_secs(300));
    assert_eq!(unfinished.settings.treadmill.belt.unit, pacebell::units::SpeedUnit::MilesPerHour);
    let version: i32 =
        store.open().unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, 2);
}
