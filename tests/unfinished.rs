//! Sessions that end early: what is left to resume, where it is shown, and what is over.

use crate::fixture::pacebell_at;
use crate::terminal::Session;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

/// Runs a workout for a while after its first line, then kills it.
fn run_and_kill(home: &Path, workout: &str, life: Duration) {
    let mut child = pacebell_at(home)
        .args(["run", "--plain", "--audio", "off", workout])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    lines.read_line(&mut line).unwrap();
    thread::sleep(life);
    child.kill().unwrap();
    child.wait().unwrap();
}

/// The output and the errors of a command.
fn told(home: &Path, arguments: &[&str]) -> String {
    let output = pacebell_at(home).args(arguments).stdin(Stdio::null()).output().unwrap();
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

const LOGGED: &str = "SELECT name FROM session WHERE logged_at_ms IS NOT NULL AND deleted_at_ms IS NULL";
const UNFINISHED: &str = "SELECT name FROM session WHERE logged_at_ms IS NULL AND deleted_at_ms IS NULL";

#[test]
fn nothing_is_left_of_a_session_that_ends_in_the_count_in() {
    for end in ["interrupted", "killed"] {
        let mut session = Session::start(&["run", "5min easy"]);
        session.until("get on");
        session.wait("a row in the log", || !session.query_log::<String>(UNFINISHED).is_empty());
        match end {
            "interrupted" => {
                session.press("\x03");
                assert_eq!(session.end(), 130);
                assert!(session.query_log::<String>(UNFINISHED).is_empty(), "{end}");
            }
            _ => {
                session.signal("-KILL");
                session.end();
            }
        }
        assert!(!told(session.home(), &["log"]).contains("unfinished"), "{end}");
        assert!(told(session.home(), &["resume", "--plain"]).contains("no unfinished session"), "{end}");
    }
}

/// Starts a workout of one second and waits until it is done.
fn finished() -> Session {
    let mut session = Session::start(&["run", "1s easy"]);
    session.until("get on");
    session.press("\r");
    session.until("the workout is done");
    session
}

#[test]
fn a_session_whose_steps_are_all_done_is_logged_whatever_ends_it() {
    let mut session = finished();
    session.press("\r");
    session.until("Log it");
    assert!(!session.text().contains("Resume later"), "{}", session.text());
    session.press("\x1b");
    session.until("How hard was it?");
    session.press("q");
    assert_eq!(session.end(), 0);
    assert_eq!(session.query_log::<String>(LOGGED), ["1s easy"]);

    let mut session = finished();
    session.press("\x03");
    assert_eq!(session.end(), 130);
    assert_eq!(session.query_log::<String>(LOGGED), ["1s easy"], "interrupted while it runs on");

    let mut session = finished();
    session.press("\r");
    session.until("Log it");
    session.signal("-HUP");
    session.end();
    assert_eq!(session.query_log::<String>(LOGGED), ["1s easy"], "the terminal was closed at the question");
}

/// Leaves a session that was killed after its last step, before it was logged, and returns its folder.
fn killed_when_done() -> Session {
    let mut session = finished();
    session.wait("the last event in the log", || {
        !session.query_log::<String>("SELECT what FROM event WHERE what = '\"finished\"'").is_empty()
    });
    session.signal("-KILL");
    session.end();
    assert_eq!(session.query_log::<String>(UNFINISHED), ["1s easy"]);
    session
}

#[test]
fn a_session_that_was_killed_after_its_last_step_is_logged_at_the_next_start() {
    const NOTE: &str = "1s easy, was cut off after its last step and is now in the log";
    for command in [&["resume", "--plain"][..], &["log"], &["run", "--plain", "--audio", "off", "1s hard"]] {
        let session = killed_when_done();
        let said = told(session.home(), command);
        assert!(said.contains(NOTE), "{command:?}: {said}");
        assert_eq!(session.query_log::<String>(LOGGED)[0], "1s easy", "{command:?}");
        let whole: Vec<bool> = session.query_log("SELECT finished AND active_ms >= 1000 FROM session");
        assert!(whole[0], "{command:?}");
        assert!(!told(session.home(), &["log"]).contains("cut off"), "it is said once");
    }
    let session = killed_when_done();
    assert!(told(session.home(), &["doctor", "--audio", "off"]).contains("start pacebell once to log it"));
    let mut picker = Session::start_with(&[], &[("XDG_DATA_HOME", session.home())]);
    picker.until(NOTE);
    picker.press("q");
    assert_eq!(picker.end(), 0);
}

#[test]
fn a_complete_session_is_logged_even_if_a_later_one_is_unfinished() {
    let session = killed_when_done();
    run_and_kill(session.home(), "20min easy", Duration::from_millis(700));
    // The run itself has logged it, so that one is cut off again.
    let database = rusqlite::Connection::open(session.home().join("pacebell/log.db")).unwrap();
    database.execute("UPDATE session SET logged_at_ms = NULL WHERE name = '1s easy'", []).unwrap();
    let said = told(session.home(), &["log"]);
    assert!(said.contains("20min easy, 0:00 of 20:00 is unfinished"), "{said}");
    assert!(!said.contains("more)"), "{said}");
    assert_eq!(session.query_log::<String>(LOGGED), ["1s easy"]);
}

#[test]
fn an_unfinished_session_is_shown_wherever_the_log_is() {
    let home = tempfile::tempdir().unwrap();
    run_and_kill(home.path(), "20min easy", Duration::from_millis(700));
    let line = "20min easy, 0:00 of 20:00 is unfinished; resume it with `pacebell resume`";
    assert!(told(home.path(), &["log"]).contains(line), "{}", told(home.path(), &["log"]));
    let show = told(home.path(), &["log", "show", "1"]);
    assert!(show.contains("session 1 is not in the log yet, because it is unfinished"), "{show}");
    let doctor = told(home.path(), &["doctor", "--audio", "off"]);
    assert!(
        doctor.contains("note   log: ") && doctor.contains("20min easy, 0:00 of 20:00 is unfinished"),
        "{doctor}"
    );
    assert!(doctor.contains("= resume it with `pacebell resume`"), "{doctor}");
    // Programs that read the log get nothing but the log.
    assert!(!told(home.path(), &["log", "--csv"]).contains("unfinished"));
    let log = home.path().join("pacebell/log.db").display().to_string();
    let other = told(home.path(), &["log", "--log", &log]);
    assert!(other.contains(&format!("`pacebell resume --log {log}`")), "{other}");
    let deleted = told(home.path(), &["log", "delete", "1"]);
    assert!(deleted.starts_with("Deleted an unfinished session: 20min easy, "), "{deleted}");
    assert!(!told(home.path(), &["log"]).contains("unfinished"));
    assert!(told(home.path(), &["log", "undo"]).starts_with("Unfinished again: "));
}

#[test]
fn a_killed_session_goes_on_within_a_second_and_says_what_is_left() {
    let home = tempfile::tempdir().unwrap();
    run_and_kill(home.path(), "20s hard, 20s easy", Duration::from_millis(2800));
    let mut child = pacebell_at(home.path())
        .args(["resume", "--plain", "--audio", "off"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let (second, text) = line.trim().split_once("  ").unwrap();
    let second: f64 = second.parse().unwrap();
    assert!((1.2..=3.0).contains(&second), "{line}");
    let left = format!("step 1 of 2: hard, 0:{:02.0} left", (20.0 - second).round());
    assert!(text.ends_with(&left), "{line}, but {left}");
}

#[test]
fn the_command_that_adds_a_session_by_hand_names_the_log() {
    let home = tempfile::tempdir().unwrap();
    let log = home.path().join("my logs.db");
    std::fs::write(&log, "no log").unwrap();
    let told =
        told(home.path(), &["--log", log.to_str().unwrap(), "run", "--plain", "--audio", "off", "1s easy"]);
    let command = told.lines().find(|line| line.contains("to add it by hand")).unwrap_or_default();
    assert!(command.contains(&format!(" --log \"{}\" --took ", log.display())), "{told}");
}

#[test]
fn a_log_that_was_cut_short_gets_no_side_files() {
    let home = tempfile::tempdir().unwrap();
    run_and_kill(home.path(), "20min easy", Duration::from_millis(700));
    told(home.path(), &["log", "delete", "1"]);
    let log = home.path().join("pacebell/log.db");
    let whole = std::fs::read(&log).unwrap();
    for length in [100, 4095, 4096, 8192, 20_000] {
        std::fs::write(&log, &whole[..length]).unwrap();
        let told = told(home.path(), &["log"]);
        assert!(told.contains("is damaged") || told.contains("is not a pacebell log"), "{length}: {told}");
        for ending in ["db-wal", "db-shm", "db-journal"] {
            assert!(!log.with_extension(ending).exists(), "{length}: {ending}");
        }
    }
}

#[test]
fn the_list_of_workouts_has_one_line_and_a_key_for_an_unfinished_session() {
    let mut first = Session::start(&["run", "20min easy"]);
    first.until("get on");
    first.press("\r");
    first.wait("a session that has begun", || {
        !first.query_log::<String>("SELECT what FROM event WHERE what = '\"started\"'").is_empty()
    });
    first.signal("-KILL");
    first.end();
    let mut session = Session::start_with(&[], &[("XDG_DATA_HOME", first.home())]);
    session.until("20min easy, 0:00 of 20:00 is unfinished: r resumes, logs or discards it");
    session.until("Choose a workout");
    session.press("r");
    session.until("This session was cut off");
    session.press("\x1b");
    session.until("Choose a workout");
    session.press("r");
    session.until("This session was cut off");
    session.press("D");
    session.wait("a list without the line", || {
        session.text().contains("Choose a workout") && !session.text().contains("is unfinished")
    });
    session.press("r");
    session.until("there is no unfinished session");
    session.press("q");
    assert_eq!(session.end(), 0);
}
