//! The journal against everything a disk can do to it: the session's side never waits, the message says what to do,
//! what was there stays, and what was kept is written once that is possible.

use crate::fixture;
use pacebell::clock;
use pacebell::diagnostic::SourceText;
use pacebell::history::edits;
use pacebell::history::edits::EditableFields;
use pacebell::history::queries;
use pacebell::history::unfinished::{self, UnfinishedSearch};
use pacebell::history::{
    Database, Journal, JournalNotice, SessionId, SessionOutcome, SessionSettings, SessionStartRow,
};
use pacebell::session::answers::{Answers, Feel};
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
    news: Receiver<JournalNotice>,
}

impl Run {
    fn begin(store: Database) -> Run {
        Run::of(fixture::intervals(), store)
    }

    /// The same with other steps.
    pub fn of(sequence: Arc<Sequence>, store: Database) -> Run {
        let beginning = SessionStartRow {
            sequence: Arc::clone(&sequence),
            settings: SessionSettings::default(),
            source: SourceText::new("short.toml", "steps = […]"),
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
        self.journal.progress(moment(second), elapsed, clock::since_1970());
    }

    /// The problem and the help that the screen shows.
    fn trouble(&self) -> String {
        match self.news.recv_timeout(PATIENCE).unwrap() {
            JournalNotice::Retrying(trouble) => trouble.to_string(),
            JournalNotice::Saved => panic!("it was written"),
        }
    }

    fn is_written_again(&self) {
        self.journal.flush(PATIENCE).unwrap();
        assert_eq!(self.news.recv_timeout(PATIENCE), Ok(JournalNotice::Saved));
    }

    /// Goes away without a word, as when the machine loses its power.
    pub fn vanish(self) -> Session {
        let _ = self.journal.close(PATIENCE);
        self.session
    }
}

fn found(store: &Database) -> UnfinishedSearch {
    unfinished::find(store).unwrap()
}

/// What is offered is the session that was lived, as far as it was written.
fn is_offered(store: &Database, lived: &Session) {
    let found = found(store).latest.expect("it is offered");
    assert_eq!(found.session.position(found.last_seen), lived.position(lived.latest()));
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
    let store = Database::at(&log);
    let mut run = Run::begin(store.clone());
    run.live_until(310);
    run.tell(Command::Pause, 330);
    run.tell(Command::Resume, 400);
    run.tell(Command::Extend(Millis::from_secs(10)), 405);
    run.live_until(408);
    run.journal.flush(PATIENCE).unwrap();
    assert!(found(&store).latest.is_none(), "nobody is offered what is alive");
    let lived = run.vanish();
    is_offered(&store, &lived);
}

#[test]
fn what_was_logged_or_discarded_is_not_offered() {
    for discarded in [false, true] {
        let (_folder, log) = folder();
        let store = Database::at(&log);
        let mut run = Run::begin(store.clone());
        run.live_until(500);
        run.tell(Command::Stop, 500);
        let summary = Summary::of(&run.session);
        let logged = SessionOutcome::Logged(Arc::new(run.session.sequence().clone()), Box::new(summary));
        run.journal.conclude(if discarded { SessionOutcome::Discarded } else { logged }, clock::since_1970());
        run.vanish();
        assert!(found(&store).latest.is_none());
        let left: Vec<_> = fs::read_dir(log.parent().unwrap()).unwrap().collect();
        assert_eq!(left.len(), 1, "the log alone stays: {left:?}");
    }
}

#[test]
fn a_session_left_for_later_is_offered() {
    let (_folder, log) = folder();
    let store = Database::at(&log);
    let mut run = Run::begin(store.clone());
    run.live_until(400);
    run.tell(Command::Stop, 420);
    run.journal.conclude(SessionOutcome::Later, clock::since_1970());
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
    Database::at(&log).open().unwrap();
    let other = Connection::open(&log).unwrap();
    other
        .execute_batch("CREATE TABLE ballast (x TEXT); INSERT INTO ballast VALUES (hex(randomblob(200000)));")
        .unwrap();
    let pages: u32 = other.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    let mut run = Run::begin(Database::at(&log).with_page_limit(pages));
    assert_eq!(run.trouble(), "the disk is full – free up some space");
    // The session goes on meanwhile, and nothing of it is forgotten.
    run.live_until(400);
    run.tell(Command::Pause, 410);
    other.execute_batch("DROP TABLE ballast;").unwrap();
    run.is_written_again();
    let lived = run.vanish();
    is_offered(&Database::at(&log), &lived);
}

#[test]
fn a_file_in_the_way_is_said_left_alone_and_got_over() {
    let (folder, log) = folder();
    let in_the_way = folder.path().join("pacebell");
    fs::write(&in_the_way, "mine").unwrap();
    let mut run = Run::begin(Database::at(&log));
    let said = run.trouble();
    assert!(said.contains("a file is in the way") && said.contains("--log FILE"), "{said}");
    assert!(found(&Database::at(&log)).latest.is_none(), "and it keeps nobody from running");
    run.live_until(100);
    assert_eq!(fs::read_to_string(&in_the_way).unwrap(), "mine");
    fs::remove_file(&in_the_way).unwrap();
    run.is_written_again();
    is_offered(&Database::at(&log), &run.vanish());
}

#[test]
fn a_log_that_is_held_by_another_program_is_waited_for() {
    let (_folder, log) = folder();
    let mut other = Database::at(&log).open().unwrap();
    let held = other.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive).unwrap();
    let mut run = Run::begin(Database::at(&log));
    let said = run.trouble();
    assert!(said.contains("another program has locked") && said.contains("close"), "{said}");
    run.live_until(350);
    held.rollback().unwrap();
    run.is_written_again();
    is_offered(&Database::at(&log), &run.vanish());
}

/// The file stays byte for byte, and the session runs; `says` is told.
fn is_left_alone(log: &Path, says: &[&str]) {
    let before = fs::read(log).unwrap();
    let mut run = Run::begin(Database::at(log));
    let said = run.trouble();
    assert!(says.iter().all(|part| said.contains(part)), "{said}");
    run.live_until(100);
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
    is_left_alone(&log, &["newer pacebell", "version 99", "update pacebell"]);
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let (_folder, log) = folder();
    fs::create_dir_all(log.parent().unwrap()).unwrap();
    fs::write(&log, "Dear diary, today I ran for an hour.\n".repeat(200)).unwrap();
    is_left_alone(&log, &["is not a pacebell log", "move it out of the way"]);
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
    let wal = log.with_file_name("log.db-wal");
    let mut run = Run::begin(Database::at(&log));
    // After each of these moments everything up to it was on the disk, in so many bytes.
    let mut safe = Vec::new();
    for second in [310, 500, 700] {
        run.live_until(second);
        run.journal.flush(PATIENCE).unwrap();
        safe.push((fs::metadata(&wal).unwrap().len() as usize, run.session.clone()));
    }
    let (database, frames) = (fs::read(&log).unwrap(), fs::read(&wal).unwrap());
    assert!(
        safe[0].0 < safe[1].0 && safe[1].0 < safe[2].0 && safe[2].0 == frames.len(),
        "no checkpoint between"
    );
    let cuts = [0, 10, 32, 1000, frames.len() / 2, frames.len() - 1];
    let at_its_ends = safe.iter().flat_map(|(end, _)| [end - 1, *end, (end + 1).min(frames.len())]);
    for cut in cuts.into_iter().chain(at_its_ends) {
        let copy = folder.path().join(format!("{cut}.db"));
        fs::write(&copy, &database).unwrap();
        fs::write(folder.path().join(format!("{cut}.db-wal")), &frames[..cut]).unwrap();
        let store = Database::at(&copy);
        let found = found(&store);
        let check: String =
            store.open().unwrap().query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(check, "ok", "cut at {cut}");
        if let Some((_, lived)) = safe.iter().rev().find(|(end, _)| *end <= cut) {
            let latest = found.latest.unwrap_or_else(|| panic!("cut at {cut}: it is lost"));
            assert!(latest.last_seen >= lived.latest(), "cut at {cut}: {:?}", latest.last_seen);
            assert!(latest.session.laps().starts_with(lived.laps()), "cut at {cut}");
        }
    }
}

#[test]
fn two_sessions_at_once_do_not_hurt_each_other() {
    let (_folder, log) = folder();
    let store = Database::at(&log);
    let mut runs = [Run::begin(store.clone()), Run::begin(store.clone())];
    for second in (10..600).step_by(10) {
        for (n, run) in runs.iter_mut().enumerate() {
            run.live_until(second + n as u64);
        }
    }
    let [first, second] = runs;
    let alive = second.journal.clone();
    alive.flush(PATIENCE).unwrap();
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
    let store = Database::at(&log);
    let mut run = Run::begin(store.clone());
    run.live_until(100);
    run.vanish();
    let here = found(&store);
    assert!(here.latest.is_some());
    assert!(found(&store).latest.is_none());
    drop(here);
    assert!(found(&store).latest.is_some(), "it was put off here");
}

/// The files of a log.
fn files(log: &Path) -> Vec<PathBuf> {
    ["", "-wal", "-shm"].map(|end| PathBuf::from(format!("{}{end}", log.display()))).into()
}

/// How many sessions a log has, and how many events all of them have.
fn counts(log: &Path) -> (i64, i64) {
    let log = Database::at(log).open().unwrap();
    log.query_row("SELECT (SELECT count(*) FROM session), (SELECT count(*) FROM event)", [], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
    .unwrap()
}

/// A log with one session of somebody else in it, not over.
fn another_log(path: &Path) {
    let mut other = Run::begin(Database::at(path));
    other.live_until(70);
    other.vanish();
}

#[test]
fn a_log_that_is_deleted_under_a_session_is_written_anew() {
    for whole in [true, false] {
        let (_folder, log) = folder();
        let mut run = Run::begin(Database::at(&log));
        run.live_until(310);
        run.journal.flush(PATIENCE).unwrap();
        assert!(run.journal.is_in_database());
        for file in files(&log).iter().take(if whole { 3 } else { 1 }) {
            fs::remove_file(file).unwrap();
        }
        run.live_until(400);
        run.journal.flush(PATIENCE).unwrap();
        assert!(run.journal.is_in_database());
        assert!(found(&Database::at(&log)).latest.is_none(), "it is alive");
        let lived = run.vanish();
        is_offered(&Database::at(&log), &lived);
    }
}

#[test]
fn a_log_whose_folder_is_deleted_under_a_session_is_written_anew() {
    let (_folder, log) = folder();
    let mut run = Run::begin(Database::at(&log));
    run.live_until(310);
    run.journal.flush(PATIENCE).unwrap();
    fs::remove_dir_all(log.parent().unwrap()).unwrap();
    run.live_until(400);
    run.journal.flush(PATIENCE).unwrap();
    assert!(found(&Database::at(&log)).latest.is_none(), "it is alive");
    is_offered(&Database::at(&log), &run.vanish());
}

#[test]
fn a_log_that_is_moved_away_keeps_what_it_had() {
    let (folder, log) = folder();
    let mut run = Run::begin(Database::at(&log));
    run.live_until(310);
    run.journal.flush(PATIENCE).unwrap();
    let before = run.session.clone();
    let moved = folder.path().join("moved.db");
    fs::rename(&log, &moved).unwrap();
    run.live_until(400);
    run.tell(Command::Stop, 410);
    run.journal.flush(PATIENCE).unwrap();
    is_offered(&Database::at(&moved), &before);
    is_offered(&Database::at(&log), &run.vanish());
}

#[test]
fn a_log_in_the_place_of_another_gets_nothing_into_its_own_sessions() {
    let (folder, log) = folder();
    let other = folder.path().join("other.db");
    another_log(&other);
    let theirs = counts(&other);
    let mut run = Run::begin(Database::at(&log));
    run.live_until(310);
    run.journal.flush(PATIENCE).unwrap();
    let ours = counts(&log);
    // The first session of either has the same number.
    fs::rename(&other, &log).unwrap();
    run.live_until(330);
    run.journal.flush(PATIENCE).unwrap();
    assert_eq!(counts(&log), (2, theirs.1 + ours.1));
    let lived = run.vanish();
    let found = found(&Database::at(&log));
    assert_eq!((found.more, found.unreadable), (1, Vec::new()));
    assert_eq!(found.latest.unwrap().session.laps(), lived.laps());
}

#[test]
fn a_copy_in_the_place_of_the_log_has_the_session_once() {
    let (folder, log) = folder();
    let mut run = Run::begin(Database::at(&log));
    run.live_until(310);
    run.journal.flush(PATIENCE).unwrap();
    // Older and without the last events, then as it is now.
    let (old, new) = (folder.path().join("old.db"), folder.path().join("new.db"));
    assert_eq!(Database::at(&log).back_up(&old), Ok(true));
    run.live_until(500);
    run.journal.flush(PATIENCE).unwrap();
    fs::rename(&old, &log).unwrap();
    run.live_until(505);
    run.journal.flush(PATIENCE).unwrap();
    assert_eq!(counts(&log).0, 1);
    assert_eq!(Database::at(&log).back_up(&new), Ok(true));
    let as_it_was = counts(&new);
    fs::rename(&new, &log).unwrap();
    run.live_until(506);
    run.journal.flush(PATIENCE).unwrap();
    assert_eq!(counts(&log), as_it_was);
    is_offered(&Database::at(&log), &run.vanish());
}

#[test]
fn what_is_logged_is_in_the_log_that_is_there_at_the_end() {
    let (_folder, log) = folder();
    let mut run = Run::begin(Database::at(&log));
    run.live_until(500);
    run.tell(Command::Stop, 500);
    let summary = Summary::of(&run.session);
    let logged = SessionOutcome::Logged(Arc::new(run.session.sequence().clone()), Box::new(summary));
    run.journal.conclude(logged, clock::since_1970());
    run.journal.flush(PATIENCE).unwrap();
    fs::remove_file(&log).unwrap();
    run.journal.answers(Answers { rpe: Some(4.0), ..Answers::default() });
    run.vanish();
    let listed = queries::list(&Database::at(&log).open().unwrap()).unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].active, listed[0].answers.rpe), (Millis::from_secs(500), Some(4.0)));
}

#[test]
fn a_session_that_is_taken_up_is_written_anew_with_all_that_came_before() {
    let (_folder, log) = folder();
    let store = Database::at(&log);
    let mut run = Run::begin(store.clone());
    run.live_until(310);
    run.tell(Command::Stop, 320);
    run.vanish();
    let unfinished = found(&store).latest.unwrap();
    let session = unfinished.session.clone();
    let (sender, news) = channel();
    let journal = Journal::resume(store.clone(), unfinished.into_resumed(), move |n| drop(sender.send(n)));
    assert!(journal.is_in_database());
    let mut run = Run { session, journal, news };
    fs::remove_file(&log).unwrap();
    run.tell(Command::Reopen, 900);
    run.tell(Command::Resume, 901);
    run.live_until(1000);
    run.journal.flush(PATIENCE).unwrap();
    let lived = run.vanish();
    is_offered(&store, &lived);
    assert_eq!(counts(&log).0, 1);
}

#[test]
fn two_that_go_on_with_one_session_each_keep_their_own() {
    for locks in [true, false] {
        let (_folder, log) = folder();
        let store = Database::at(&log);
        let mut run = Run::begin(store.clone());
        run.live_until(310);
        run.vanish();
        let lock = fs::read_dir(log.parent().unwrap()).unwrap().map(|f| f.unwrap().path());
        let lock = lock.into_iter().find(|f| f.to_string_lossy().contains("-session-")).unwrap();
        // Somebody deletes what holds it, or the drive knows no locks.
        if !locks {
            fs::remove_file(&lock).unwrap();
            fs::create_dir(&lock).unwrap();
        }
        let here = found(&store).latest.unwrap();
        if locks {
            fs::remove_file(&lock).unwrap();
        }
        let there = found(&store).latest.unwrap();
        let go_on = |unfinished: unfinished::UnfinishedSession| {
            let session = unfinished.session.clone();
            let (sender, news) = channel();
            let journal =
                Journal::resume(store.clone(), unfinished.into_resumed(), move |n| drop(sender.send(n)));
            Run { session, journal, news }
        };
        let lived =
            [(go_on(here), Command::Skip), (go_on(there), Command::Pause)].map(|(mut run, command)| {
                run.tell(command, 320);
                run.live_until(380);
                run.journal.flush(PATIENCE).unwrap();
                run.vanish()
            });
        let first = found(&store);
        assert_eq!((first.more, first.unreadable), (1, Vec::new()));
        let (first, mut both) = (first.latest.unwrap(), Vec::new());
        both.push(first.session.laps().to_vec());
        Connection::open(&log)
            .unwrap()
            .execute("UPDATE session SET deleted_at_ms = 1 WHERE id = ?", [first.id()])
            .unwrap();
        drop(first);
        both.push(found(&store).latest.unwrap().session.laps().to_vec());
        assert!(lived.iter().all(|l| both.iter().any(|laps| laps == l.laps())), "locks: {locks}");
    }
}

#[test]
fn what_is_in_the_way_can_be_asked_for() {
    let (folder, log) = folder();
    let in_the_way = folder.path().join("pacebell");
    fs::write(&in_the_way, "mine").unwrap();
    let mut run = Run::begin(Database::at(&log));
    let said = run.trouble();
    assert_eq!(run.journal.error().map(|t| t.to_string()), Some(said));
    assert!(!run.journal.is_in_database());
    run.live_until(100);
    fs::remove_file(&in_the_way).unwrap();
    run.is_written_again();
    assert_eq!(run.journal.error(), None);
    assert!(run.journal.is_in_database());
}

#[test]
fn a_clock_that_was_put_back_during_the_run_does_not_hide_the_gap() {
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
    run.vanish();
    assert_eq!(found(&Database::at(&log)).latest.unwrap().away(now + HOUR).get() as i64, HOUR);
    let mut run = Run::begin(Database::at(&log));
    let elapsed = run.session.position(moment(50)).elapsed;
    run.journal.progress(moment(50), elapsed, now - HOUR);
    run.session.advance(moment(50));
    run.vanish();
    assert_eq!(found(&Database::at(&log)).latest.unwrap().away(now + HOUR).get() as i64, 2 * HOUR);
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
    let mut run = Run::begin(Database::at(&log));
    assert_eq!(run.trouble(), "the disk is full – free up some space");
    run.live_until(300);
    fs::remove_file(&ballast).unwrap();
    run.is_written_again();
    // And once more, with the log in use.
    while run.journal.flush(Duration::from_millis(200)).is_ok() {
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
    assert_eq!(run.trouble(), "the disk is full – free up some space");
    fs::remove_file(&ballast).unwrap();
    run.is_written_again();
    is_offered(&Database::at(&log), &run.vanish());
}

/// A log as version 1 of the database had it, stored when that was the latest: one session in it was logged, one was
/// not.
fn version_1(log: &Path) {
    fs::create_dir_all(log.parent().unwrap()).unwrap();
    let database = Connection::open(log).unwrap();
    database.execute_batch(include_str!("log/version-1.sql")).unwrap();
}

/// What the tables, the views and the indices of a database are, by their columns.
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
fn a_log_of_version_1_is_brought_up_to_date_with_all_that_is_in_it() {
    let (_folder, log) = folder();
    version_1(&log);
    let store = Database::at(&log);
    let details = queries::details(&store.open().unwrap(), SessionId(1)).unwrap().unwrap();
    assert_eq!((details.entry.answers.rpe, details.laps.len(), details.events.len()), (Some(6.5), 2, 3));
    assert_eq!((details.laps[1].to, details.laps[1].distance), (Millis::from_secs(330), None));
    let unfinished = found(&store).latest.expect("the other one is offered");
    assert_eq!(unfinished.session.position(unfinished.last_seen).elapsed, Millis::from_secs(300));
    assert_eq!(unfinished.settings.treadmill.belt.unit, pacebell::units::SpeedUnit::MilesPerHour);
    let version: i32 =
        store.open().unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, 2);
    let new = Database::at(log.with_file_name("new.db")).open().unwrap();
    assert_eq!(shape(&store.open().unwrap()), shape(&new), "as if it had been made today");
}

#[test]
fn version_1_of_the_database_is_what_it_was() {
    let stored = Connection::open_in_memory().unwrap();
    stored.execute_batch(include_str!("log/version-1.sql")).unwrap();
    let first = Connection::open_in_memory().unwrap();
    first.execute_batch(include_str!("../src/history/schema.sql")).unwrap();
    let tables = |database: &Connection| -> Vec<String> {
        let mut all =
            database.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").unwrap();
        all.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    assert_eq!(
        tables(&first),
        tables(&stored),
        "a change of the log is a new version, with a step that leads to it"
    );
}

#[test]
fn answers_leave_alone_what_was_said_elsewhere_meanwhile() {
    let (_folder, log) = folder();
    let store = Database::at(&log);
    let mut run = Run::begin(store.clone());
    run.live_until(500);
    run.tell(Command::Stop, 500);
    let summary = Summary::of(&run.session);
    let logged = SessionOutcome::Logged(Arc::new(run.session.sequence().clone()), Box::new(summary));
    run.journal.conclude(logged, clock::since_1970());
    let effort = Answers { rpe: Some(7.0), ..Answers::default() };
    run.journal.answers(effort.clone());
    run.journal.flush(PATIENCE).unwrap();
    let mut other = store.open().unwrap();
    let note = |kept: &mut EditableFields| kept.answers.note = Some("from elsewhere".to_string());
    edits::edit(&mut other, SessionId(1), 0, note).unwrap().unwrap();
    run.journal.answers(Answers { feel: Some(Feel::Good), ..effort });
    run.vanish();
    let kept = queries::list(&other).unwrap().remove(0).answers;
    assert_eq!(
        (kept.rpe, kept.feel, kept.note.as_deref()),
        (Some(7.0), Some(Feel::Good), Some("from elsewhere"))
    );
}

#[test]
fn what_nobody_threw_away_is_not_in_the_way_of_undoing() {
    let (_folder, log) = folder();
    let store = Database::at(&log);
    let run = Run::begin(store.clone());
    run.journal.conclude(SessionOutcome::Dropped, clock::since_1970());
    run.vanish();
    assert!(found(&store).latest.is_none());
    assert_eq!(edits::undo(&mut store.open().unwrap()).unwrap(), None);
}

#[test]
#[ignore = "it mounts a small disk, which only root may"]
fn a_log_that_nobody_may_write_can_be_read_and_copied() {
    let Some(disk) = SmallDisk::mount("4m") else {
        println!("not tried: this machine mounts no disk");
        return;
    };
    let log = disk.0.path().join("log.db");
    let run = Run::begin(Database::at(&log));
    let summary = Summary::of(&run.session);
    let logged = SessionOutcome::Logged(Arc::new(run.session.sequence().clone()), Box::new(summary));
    run.journal.conclude(logged, clock::since_1970());
    run.vanish();
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
