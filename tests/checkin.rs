//! The check-in: asked, stored, and what it makes of today.

use super::fixture::pacebell_at;
use chrono::{Days, Local, NaiveDate};
use pacebell::agenda::{CheckinAnswers, DailyCheckin};
use pacebell::history::edits::{self, Undone};
use pacebell::history::{Database, checkins};
use std::fs;
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
    let mut connection = Database::at(home.join("pacebell/log.db")).open().unwrap();
    for (nth, mood) in (0..).zip([5, 4, 5, 5, 3, 4, 5, 5, 4, 5]) {
        let sleep = if nth == 2 || nth == 7 { 4 } else { 3 };
        let answers =
            CheckinAnswers { sleep, soreness: 4, energy: 4, mood, resting_heart: None, must_stop: false };
        let on = today() - Days::new(11 - nth);
        checkins::write(&mut connection, DailyCheckin { on, answers }, 0).unwrap();
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
fn the_check_in_leaves_today_once_the_run_is_done() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join("pacebell/plans")).unwrap();
    let plan = "name = \"Easy weeks\"\n[usual]\nmon = \"20min easy\"\n".to_string();
    let days = ["tue", "wed", "thu", "fri", "sat", "sun"];
    let plan = days.iter().fold(plan, |plan, day| plan + &format!("{day} = \"20min easy\"\n"));
    fs::write(home.path().join("pacebell/plans/easy.toml"), plan + "[[week]]\ntimes = 2\n").unwrap();
    stdout(home.path(), &["plan", "start", "easy", "--on", "today"]);
    stdout(home.path(), &["checkin", "3", "3", "3", "3"]);
    assert!(stdout(home.path(), &["today"]).contains("Check-in: 12 of 20"));
    stdout(home.path(), &["log", "add", "today", "--took", "20:00"]);
    assert!(!stdout(home.path(), &["today"]).contains("Check-in"));
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

#[test]
fn log_undo_takes_back_the_later_check_in_and_then_the_first() {
    let home = tempfile::tempdir().unwrap();
    stdout(home.path(), &["checkin", "3", "4", "3", "4"]);
    stdout(home.path(), &["checkin", "2", "2", "2", "2"]);
    assert!(stdout(home.path(), &["log", "undo"]).contains("As it was before: the check-in of"));
    assert!(stdout(home.path(), &["checkin"]).starts_with("14 of 20"));
    assert!(stdout(home.path(), &["log", "undo"]).contains("Taken back: the check-in of"));
    let output = run(home.path(), &["checkin"]);
    assert!(!output.status.success(), "nothing is left of today");
    assert!(stdout(home.path(), &["log", "undo"]).contains("nothing to undo"));
}

/// Writes a check-in of the day before yesterday with four equal answers.
fn answer(log: &Database, number: u8, at: i64) {
    let answers = CheckinAnswers {
        sleep: number,
        soreness: number,
        energy: number,
        mood: number,
        resting_heart: None,
        must_stop: false,
    };
    checkins::write(&mut log.open().unwrap(), DailyCheckin { on: today() - Days::new(2), answers }, at)
        .unwrap();
}

fn sums(log: &Database) -> Vec<u32> {
    let all = checkins::up_to(&log.open().unwrap(), today()).unwrap();
    all.iter().map(|checkin| checkin.answers.sum()).collect()
}

#[test]
fn a_merge_takes_the_later_check_in_of_a_day_whichever_log_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let log = |name: &str| Database::at(folder.path().join(name));
    let (here, there) = (log("here.db"), log("there.db"));
    answer(&here, 2, 100);
    answer(&there, 4, 200);
    assert_eq!(here.merge(there.path(), 300).unwrap().checkins, 1);
    assert_eq!(there.merge(here.path(), 300).unwrap().checkins, 0);
    assert_eq!((sums(&here), sums(&there)), (vec![16], vec![16]));
    // The merge is one change, and the check-in before it another.
    assert!(matches!(
        edits::undo(&mut here.open().unwrap(), 400).unwrap(),
        Some(Undone::Merge { checkins: 1, .. })
    ));
    assert_eq!(sums(&here), [8]);
    assert!(matches!(edits::undo(&mut here.open().unwrap(), 400).unwrap(), Some(Undone::Checkin(_))));
    assert_eq!(sums(&here), [0; 0]);
    // Undone later than it was given there, it stays undone in both.
    assert_eq!(there.merge(here.path(), 500).unwrap().checkins, 1);
    assert_eq!(here.merge(there.path(), 500).unwrap().checkins, 0);
    assert_eq!((sums(&here), sums(&there)), (vec![], vec![]));
}
