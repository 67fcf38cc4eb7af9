//! The check-in: asked, stored, and what it makes of today.

use super::fixture::pacebell_at;
use chrono::{Days, Local, NaiveDate};
use pacebell::agenda::{CheckinAnswers, DailyCheckin};
use pacebell::history::{Database, checkins};
use std::path::Path;
use std::process::Output;

fn run(home: &Path, arguments: &[&str]) -> Output {
    pacebell_at(home).args(arguments).output().unwrap()
}

fn stdout(home: &Path, arguments: &[&str]) -> String {
    let output = run(home, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn today() -> NaiveDate {
    Local::now().date_naive()
}

/// Writes the ten mornings of 15.7 ± 0.95, which end the day before yesterday.
fn ten_mornings(home: &Path) {
    let connection = Database::at(home.join("pacebell/log.db")).open().unwrap();
    for (nth, mood) in (0..).zip([5, 4, 5, 5, 3, 4, 5, 5, 4, 5]) {
        let sleep = if nth == 2 || nth == 7 { 4 } else { 3 };
        let answers =
            CheckinAnswers { sleep, soreness: 4, energy: 4, mood, resting_heart: None, must_stop: false };
        let on = today() - Days::new(11 - nth);
        checkins::write(&connection, DailyCheckin { on, answers }, 0).unwrap();
    }
}

#[test]
fn shows_its_numbers_and_always_three_choices() {
    let home = tempfile::tempdir().unwrap();
    ten_mornings(home.path());
    let text = stdout(home.path(), &["checkin", "3", "4", "3", "4"]);
    assert!(text.contains("14 of 20; your usual is 15.7 ± 0.9"), "{text}");
    assert!(text.contains("▸ Easier") && text.contains("  As planned") && text.contains("  Rest"), "{text}");
    let text = stdout(home.path(), &["checkin", "4", "4", "3", "4"]);
    assert!(text.contains("15 of 20") && text.contains("▸ As planned") && text.contains("Easier"), "{text}");
    assert_eq!(stdout(home.path(), &["checkin"]), text, "the later answers stand, and are shown again");
}

#[test]
fn a_stop_marks_rest() {
    let home = tempfile::tempdir().unwrap();
    let text = stdout(home.path(), &["checkin", "5", "5", "5", "5", "--stop"]);
    assert!(
        text.replace('\n', " ").contains("rest is marked")
            && text.contains("▸ Rest")
            && text.contains("As planned"),
        "{text}"
    );
}

#[test]
fn today_shows_the_check_in_beside_the_plan() {
    let home = tempfile::tempdir().unwrap();
    stdout(home.path(), &["plan", "start", "micro-run", "--on", "today"]);
    assert!(!stdout(home.path(), &["today"]).contains("Check-in"), "offered, never demanded");
    stdout(home.path(), &["checkin", "2", "1", "3", "3"]);
    let text = stdout(home.path(), &["today"]).replace('\n', " ");
    for part in ["Check-in: 9 of 20", "An answer is 1", "As planned:", "▸ Easier", "Rest"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn refuses_answers_off_the_scale_and_missing_ones() {
    let home = tempfile::tempdir().unwrap();
    for arguments in
        [&["checkin", "3", "4", "3", "6"][..], &["checkin", "3", "4"], &["checkin", "--stop"], &["checkin"]]
    {
        let output = run(home.path(), arguments);
        assert!(!output.status.success(), "{arguments:?}");
    }
    assert!(!home.path().join("pacebell/log.db").exists());
}
