//! Trends of a log: `pacebell log trends`, and the figures of a plan by the same formulas.

use super::fixture::pacebell_at;
use super::plans::{calendar, date};
use chrono::{Days, Local};
use pacebell::athlete::Zone;
use pacebell::history::TrendHistory;
use pacebell::plan::PlanAnchor;
use pacebell::session::ZoneTimes;
use pacebell::trends::easy_share;
use rusqlite::Connection;
use serde_json::Value;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

/// Runs `pacebell log` with these arguments.
fn log(home: &Path, arguments: &[&str]) -> Output {
    pacebell_at(home).arg("log").args(arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Adds a session so many days ago.
fn add(home: &Path, workout: &str, days_ago: u64, answers: &[&str]) {
    let on = Local::now().date_naive().checked_sub_days(Days::new(days_ago)).unwrap().to_string();
    stdout(&log(home, &[&["add", workout, "--on", &format!("{on} 07:00")], answers].concat()));
}

/// Returns a home whose log has a tempo session each week for five weeks, faster each time, and one run without RPE.
fn runner() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    for (weeks_ago, (pace, rpe)) in
        [("5:20", "6"), ("5:12", "6"), ("5:12", "6"), ("5:12", "6"), ("5:05", "5")]
            .into_iter()
            .rev()
            .enumerate()
    {
        let workout = format!("warmup 5min 9km/h, 2km {pace}/km, cooldown 3min 8km/h");
        add(home.path(), &workout, weeks_ago as u64 * 7 + 1, &["--rpe", rpe]);
    }
    let database = Connection::open(home.path().join("pacebell/log.db")).unwrap();
    database.execute("UPDATE session SET name = 'Tempo'", []).unwrap();
    add(home.path(), "45min easy", 2, &["-n", "no RPE today"]);
    home
}

#[test]
fn a_plan_week_has_the_easy_share_of_its_zones() {
    // 84.8 % in the first week of the four: added up by hand from its workouts.
    let calendar = calendar("micro-run", PlanAnchor::start(date("2026-12-07")), None);
    let mut zones = ZoneTimes::default();
    for workout in calendar.weeks[0].items().filter_map(|item| item.workout()) {
        for (number, time) in (0..).zip(workout.figures.zones) {
            zones.add(Zone::new(number), time);
        }
    }
    assert_eq!(format!("{:.1}", easy_share(&zones).unwrap() * 100.0), "84.8");
}

#[test]
fn the_table_fits_80_columns_and_has_a_number_beside_each_bar() {
    let home = runner();
    let text = stdout(&log(home.path(), &["trends"]));
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let heading = text.lines().find(|line| line.contains("strain")).unwrap();
    for column in ["week", "load", "km", "time", "easy", "long", "mono", "42 d", "7 d"] {
        assert!(heading.contains(column), "{heading}");
    }
    let bars: Vec<&str> = text.lines().filter(|line| line.contains('█')).collect();
    assert!(bars.len() >= 5, "{text}");
    let number = |line: &str| {
        line.split('█').next().unwrap().trim_end().ends_with(|c: char| "0123456789+".contains(c))
    };
    assert!(bars.iter().all(|line| number(line)), "{text}");
    assert!(text.contains("no fitness, and no forecast"), "{text}");
}

#[test]
fn the_same_session_that_got_faster_at_less_effort_is_better() {
    let home = runner();
    let text = stdout(&log(home.path(), &["trends"]));
    let line = text.lines().find(|line| line.contains("RPE 5")).unwrap();
    for part in ["Tempo", "5:12/km, RPE 6", "5:05/km, RPE 5", "▲ better", "s/week"] {
        assert!(line.contains(part), "{part}: {line}");
    }
}

#[test]
fn sessions_without_an_rpe_are_named() {
    let home = runner();
    let text = stdout(&log(home.path(), &["trends"]));
    assert!(text.contains("1 session has no RPE") && text.contains("45min easy"), "{text}");
    // 45 minutes without a known speed have no distance either, and no zero.
    let json: Value = serde_json::from_str(&stdout(&log(home.path(), &["trends", "--json"]))).unwrap();
    let weeks = json["weeks"].as_array().unwrap();
    assert_eq!(weeks.iter().map(|w| w["sessions_without_rpe"].as_u64().unwrap()).sum::<u64>(), 1);
    assert_eq!(weeks.iter().map(|w| w["runs_without_distance"].as_u64().unwrap()).sum::<u64>(), 1);
}

#[test]
fn json_has_as_many_weeks_as_asked_for() {
    let home = runner();
    let json: Value =
        serde_json::from_str(&stdout(&log(home.path(), &["trends", "--json", "--weeks", "2"]))).unwrap();
    assert_eq!((&json["version"], json["weeks"].as_array().unwrap().len()), (&Value::from(1), 2));
    let refused = log(home.path(), &["trends", "--weeks", "0"]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && said.contains("from 1 to 530"), "{said}");
}

#[test]
fn an_empty_log_says_so() {
    let home = tempfile::tempdir().unwrap();
    assert!(stdout(&log(home.path(), &["trends"])).contains("The log is empty"));
    let json: Value = serde_json::from_str(&stdout(&log(home.path(), &["trends", "--json"]))).unwrap();
    assert_eq!(json["weeks"], Value::Array(Vec::new()));
    assert!(!home.path().join("pacebell/log.db").exists(), "reading creates no log");
}

#[test]
fn rehearsals_and_deleted_sessions_are_no_part_of_it() {
    let home = runner();
    let path = home.path().join("pacebell/log.db");
    let database = Connection::open(&path).unwrap();
    let count =
        || TrendHistory::read(&database, date("2026-01-01"), chrono::Weekday::Mon).unwrap().sessions.len();
    assert_eq!(count(), 6);
    database.execute("UPDATE session SET speed = 20 WHERE id = 1", []).unwrap();
    database.execute("UPDATE session SET deleted_at_ms = 1 WHERE id = 2", []).unwrap();
    assert_eq!(count(), 4);
}
