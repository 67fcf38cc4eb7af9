//! Strength workouts and repeats that the runner ends, as the commands show them.

use crate::fixture::pacebell_at;
use std::fs;
use std::path::Path;

const PROFILE: &str = "[athlete]\n10K = \"50:00\"\n\n[belt]\ntop = 20\n";
const CIRCUIT: &str = "name = \"Circuit\"\nactivity = \"strength\"\n\
                       steps = \"warmup 3min, 3×(40s 'plank', 20s rest, 40s hard) / 60s\"\n";

/// A home with a profile and a circuit.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join("pacebell")).unwrap();
    fs::write(home.path().join("pacebell/profile.toml"), PROFILE).unwrap();
    fs::write(home.path().join("circuit.toml"), CIRCUIT).unwrap();
    home
}

fn output(home: &Path, arguments: &[&str]) -> String {
    let output = pacebell_at(home).args(arguments).current_dir(home).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{arguments:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

#[test]
fn strength_is_shown_without_speeds_and_zones() {
    let home = home();
    let shown = output(home.path(), &["show", "circuit.toml"]);
    // 3 min, three times 1:40, two minutes between.
    assert!(shown.contains("Total: 10:00, 12 steps"), "{shown}");
    assert!(shown.contains("plank") && shown.contains("rest"), "{shown}");
    for word in ["km/h", "/km", "Z5", "zone", "belt", "Assumed"] {
        assert!(!shown.contains(word), "{word}: {shown}");
    }
    let run = output(home.path(), &["show", "3×40s hard / 60s"]);
    assert!(run.contains("km/h") && run.contains("Z5"), "a run has them: {run}");
    let explained = output(home.path(), &["explain", "circuit.toml"]);
    assert_eq!(
        explained,
        "3 minutes warm up, then three times 40 seconds plank and 20 seconds rest and 40 seconds hard, with a \
         60-second rest between. 10:00 in all.\n"
    );
}

#[test]
fn nothing_is_pressed_in_a_strength_workout() {
    let home = home();
    let lines = output(home.path(), &["simulate", "circuit.toml"]);
    assert!(lines.contains("harder: hard") && lines.contains("finish"), "{lines}");
    for word in ["belt", "km/h", "faster", "incline"] {
        assert!(!lines.contains(word), "{word}: {lines}");
    }
}

#[test]
fn the_log_keeps_strength_apart_from_runs() {
    let home = home();
    output(home.path(), &["log", "add", "circuit.toml", "--rpe", "6", "--on", "2026-11-20 07:00"]);
    output(home.path(), &["log", "add", "10min hard", "--rpe", "6", "--on", "2026-11-20 08:00"]);
    let table = output(home.path(), &["log"]);
    assert!(table.contains("Circuit (strength, added by hand)"), "{table}");
    let json: serde_json::Value = serde_json::from_str(&output(home.path(), &["log", "--json"])).unwrap();
    let [circuit, run] = [0, 1].map(|i| &json["sessions"][i]);
    assert_eq!((&circuit["activity"], &run["activity"]), (&"strength".into(), &"run".into()));
    assert_eq!((&circuit["active_ms"], &circuit["load"]), (&600_000.into(), &60.0.into()));
    let zones = circuit["zones_ms"].as_object().unwrap();
    assert!(zones.values().all(|time| *time == 0), "{zones:?}");
    assert_eq!(run["zones_ms"]["5"], 600_000);
    let csv = output(home.path(), &["log", "--csv"]);
    // Columns are only added, and a circuit has no distance.
    assert!(csv.lines().next().unwrap().contains(",note,activity,distance_km,"), "{csv}");
    assert!(csv.lines().nth(1).unwrap().contains(",strength,,"), "{csv}");
    let shown = output(home.path(), &["log", "show", "1"]);
    assert!(shown.contains("Time") && shown.contains("strength") && !shown.contains("By zone"), "{shown}");
}

#[test]
fn an_endless_repeat_says_that_enter_ends_it() {
    let home = home();
    let shown = output(home.path(), &["show", "5min easy, open×(60s hard, 60s easy), 5min walk"]);
    assert!(shown.contains("Total: 10:00 + open, 4 steps"), "{shown}");
    assert_eq!(shown.matches("repeats until Enter").count(), 2, "the rounds are alike: {shown}");
    // A round of two minutes three times, since an open step is simulated for five.
    let lines = output(home.path(), &["simulate", "open×(60s hard, 60s easy), 60s walk", "--open", "5min"]);
    assert!(lines.contains("300.000  ended the repeat") && lines.contains("step 3 of 3"), "{lines}");
    assert!(lines.contains("round 3") && !lines.contains("round 4"), "{lines}");
}

#[test]
fn a_session_added_to_the_log_needs_to_know_how_long_an_endless_repeat_was() {
    let home = home();
    let open = "5min easy, open×60s hard, 5min walk";
    let refused = pacebell_at(home.path()).args(["log", "add", open]).output().unwrap();
    let problem = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && problem.contains("--took"), "{problem}");
    output(home.path(), &["log", "add", open, "--took", "20min", "--rpe", "5"]);
    let json: serde_json::Value = serde_json::from_str(&output(home.path(), &["log", "--json"])).unwrap();
    assert_eq!(json["sessions"][0]["active_ms"], 1_200_000);
    assert_eq!(json["sessions"][0]["zones_ms"]["5"], 600_000, "what the other steps left");
}
