//! `pacebell log list` and the distance of added sessions.

use super::fixture::pacebell_at;
use chrono::{DateTime, Weekday};
use pacebell::history::{Database, queries};
use pacebell::keymap::{Action, Keymap};
use pacebell::tui::Theme;
use pacebell::tui::screens::log::LogListPage;
use pacebell::tui::screens::page::{Page, PageKey};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde_json::Value;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

fn log(home: &Path, arguments: &[&str]) -> Output {
    pacebell_at(home).arg("log").args(arguments).output().unwrap()
}

fn stdout(home: &Path, arguments: &[&str]) -> String {
    let output = log(home, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(home: &Path, arguments: &[&str]) -> String {
    let output = log(home, arguments);
    assert!(!output.status.success(), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// Returns a home with three sessions of 2026.
fn runner() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let add = |workout: &str, on: &str, note: &str| {
        stdout(home.path(), &["add", workout, "--on", on, "-n", note]);
    };
    add("45min easy", "2026-09-30 07:00", "");
    add("tempo-micro", "2026-10-01 07:00", "first #hills of the year");
    add("short-intervals", "2026-10-20 07:00", "legs heavy");
    home
}

/// Returns the ids of the sessions that match.
fn ids(home: &Path, arguments: &[&str]) -> Vec<u64> {
    let json: Value =
        serde_json::from_str(&stdout(home, &[&["list", "--json"], arguments].concat())).unwrap();
    json["sessions"].as_array().unwrap().iter().map(|s| s["id"].as_u64().unwrap()).collect()
}

#[test]
fn lists_the_sessions_that_match() {
    let home = runner();
    let home = home.path();
    assert_eq!(ids(home, &[]), [1, 2, 3]);
    assert_eq!(ids(home, &["--since", "2026-10-01"]), [2, 3], "the day itself counts");
    assert_eq!(ids(home, &["--workout", "TEMPO"]), [2]);
    assert_eq!(ids(home, &["--tag", "hills"]), [2], "a word of the note");
    assert_eq!(ids(home, &["--tag", "#hills"]), [2]);
    assert_eq!(ids(home, &["--tag", "hill"]), [] as [u64; 0]);
    assert_eq!(ids(home, &["--workout", "intervals", "--since", "2026-10-21"]), [] as [u64; 0]);
    assert!(stdout(home, &["list", "--tag", "nothing"]).contains("No session matches"));
    assert!(stdout(home, &["list", "--workout", "tempo", "--csv"]).lines().count() == 2);
    assert!(refused(home, &["list", "--since", "someday"]).contains("--since"));
}

#[test]
fn a_tag_of_the_workout_matches() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("hill.toml");
    std::fs::write(&file, "name = \"Up\"\ntags = [\"Steep\"]\nsteps = \"20min easy\"\n").unwrap();
    stdout(home.path(), &["add", file.to_str().unwrap()]);
    assert_eq!(ids(home.path(), &["--tag", "steep"]), [1]);
}

#[test]
fn the_filter_of_the_screen_shows_sessions_with_all_words() {
    let home = runner();
    let connection = Database::at(home.path().join("pacebell/log.db")).open().unwrap();
    let now = DateTime::parse_from_rfc3339("2026-11-20T20:00:00+01:00").unwrap();
    let entries = queries::list(&connection).unwrap();
    let mut page = LogListPage::new(entries, Weekday::Mon, now, Theme::new(true));
    let text = |page: &LogListPage| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
        page.draw(&mut buffer);
        buffer.content.iter().map(|cell| cell.symbol()).collect::<String>()
    };
    let act = |action| PageKey { action: Some(action), typed: None };
    page.press(act(Action::Search));
    for typed in "oct heavy".chars() {
        page.press(PageKey { action: None, typed: Some(typed) });
    }
    let found = text(&page);
    assert!(found.contains("1 of 1 found") && found.contains("/ oct heavy"), "{found}");
    assert!(!found.contains("45min easy"), "{found}");
    page.press(act(Action::Keep));
    assert!(page.press(act(Action::Cancel)).is_none(), "the first Esc shows all sessions again");
    assert!(text(&page).contains("45min easy"));
    assert!(page.press(act(Action::Cancel)).is_some(), "the second leaves");
    assert!(Keymap::defaults().of(page.context()).any(|binding| binding.action == Action::Search));
}

/// Returns the session with this number as JSON.
fn session(home: &Path, id: usize) -> Value {
    let json: Value = serde_json::from_str(&stdout(home, &["show", &id.to_string(), "--json"])).unwrap();
    json["session"].clone()
}

/// Adds a session, and returns it as JSON.
fn add(home: &Path, arguments: &[&str]) -> Value {
    let line = stdout(home, &[&["add"], arguments].concat());
    session(home, line.split_whitespace().next().unwrap().parse().unwrap())
}

fn metres(value: &Value) -> f64 {
    (value["distance_m"].as_f64().unwrap() * 1000.0).round() / 1000.0
}

#[test]
fn an_added_session_has_the_distance_that_was_given() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    assert_eq!(add(home, &["45min easy"])["distance_m"], Value::Null, "missing is missing");
    let run = add(home, &["45min easy", "--distance", "8.2km"]);
    assert_eq!((metres(&run), &run["moving_ms"]), (8200.0, &Value::from(2_700_000)));
    assert_eq!(metres(&add(home, &["45min easy", "--pace", "5:00"])), 9000.0);
    let run = add(home, &["10km easy", "--took", "55:00"]);
    assert_eq!(metres(&run), 10_000.0, "the workout says how far it is");
    assert_eq!(add(home, &["10km easy", "--pace", "5:30"])["active_ms"], Value::from(3_300_000));
    let run = add(home, &["45min easy", "--pace", "8:00/mi", "--distance", "5mi"]);
    assert_eq!(run["active_ms"], Value::from(2_400_000));
    let run = add(home, &["open easy", "--splits", "5:30 5:25 5:21"]);
    let laps = run["laps"].as_array().unwrap();
    assert_eq!(laps.iter().map(metres).collect::<Vec<_>>(), [1000.0; 3]);
    assert_eq!((&laps[1]["from_ms"], metres(&run)), (&Value::from(330_000), 3000.0));
}

#[test]
fn a_distance_that_cannot_be_shared_out_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let said = refused(home, &["add", "10min easy, 5min hard", "--distance", "3km"]);
    assert!(said.contains("how far each step") && said.contains("--distance 8.2km"), "{said}");
    assert!(refused(home, &["add", "45min easy", "--distance", "far"]).contains("not a distance"));
    assert!(refused(home, &["add", "45min easy", "--pace", "fast"]).contains("not a pace"));
    assert!(refused(home, &["add", "45min easy", "--distance", "9000km"]).contains("nobody runs that far"));
    assert!(!home.join("pacebell/log.db").exists(), "nothing was added");
}

#[test]
fn csv_and_json_have_what_was_planned_and_what_was_run() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let lap = add(home, &["10min 12km/h 2%"])["laps"][0].clone();
    assert_eq!((metres(&lap), &lap["planned_ms"]), (2000.0, &Value::from(600_000)));
    assert_eq!(
        (lap["planned_m"].as_f64().unwrap().round(), &lap["incline_percent"]),
        (2000.0, &Value::from(2.0))
    );
    assert!((lap["speed_mps"].as_f64().unwrap() * 3.6 - 12.0).abs() < 1e-6);
    add(home, &["10min easy", "--on", "yesterday 7:00"]);
    let csv = stdout(home, &["--csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let names = ["distance_km", "moving_minutes", "pace_s_per_km", "distance_estimated"];
    let columns = names.map(|name| headers.iter().position(|other| other == name).unwrap());
    let cells = |row: csv::StringRecord| columns.map(|column| row[column].to_string());
    let rows: Vec<[String; 4]> = reader.records().map(|row| cells(row.unwrap())).collect();
    assert_eq!(rows, [["", "", "", ""], ["2", "10", "300", "no"]].map(|row| row.map(str::to_string)));
}
