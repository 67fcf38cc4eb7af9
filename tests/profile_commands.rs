//! The commands that show and change the profile.

use crate::fixture::pacebell_at;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Output;

/// A home directory to run the program in.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Home {
        Home(tempfile::tempdir().unwrap())
    }

    fn with(profile: &str) -> Home {
        let home = Home::new();
        fs::create_dir_all(home.path().parent().unwrap()).unwrap();
        fs::write(home.path(), profile).unwrap();
        home
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("pacebell/profile.toml")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        pacebell_at(self.0.path()).args(arguments).output().unwrap()
    }

    /// Runs a command that succeeds without warnings, and returns its output.
    fn prints(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a command that fails without changing the profile, and returns its error message.
    fn refuses(&self, arguments: &[&str]) -> String {
        let before = fs::read(self.path()).ok();
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
        assert_eq!(fs::read(self.path()).ok(), before, "the profile is unchanged: {arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    fn profile(&self) -> String {
        fs::read_to_string(self.path()).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.prints(&["profile", "--json"])).unwrap()
    }
}

const MINE: &str = "# Mine.\n\n[athlete]   # me\n5K = { time = \"25:00\", on = 2026-02-01 }   # windy\n# by test\nhr_max = 185\n\n# the gym's\n[belt.gym]\nunit = \"km/h\" # as all here\ntop  = 16\n";

#[test]
fn race_saves_the_result_and_prints_the_paces_it_changes() {
    let home = Home::new();
    let printed = home.prints(&["profile", "race", "5k", "22:30", "--on", "2026-09-13"]);
    assert!(printed.starts_with("Saved 5K 22:30 of 2026-09-13 in "), "{printed}");
    assert!(printed.contains("VDOT – → 43.4"), "{printed}");
    assert!(
        home.profile().ends_with("\n[athlete]\n5K = { time = \"22:30\", on = 2026-09-13 }\n"),
        "{}",
        home.profile()
    );
    // By hand from the formula: easy is 67 % of the VDOT, 356.06 s/km, and 392.79 for 25:00.
    let home = Home::with(MINE);
    let printed = home.prints(&["profile", "race", "5K", "22:30", "--on", "2026-09-13"]);
    let easy = printed.lines().find(|line| line.starts_with("easy")).unwrap();
    assert_eq!(easy.split_whitespace().collect::<Vec<_>>(), ["easy", "6:33/km", "5:56/km", "10.1", "km/h"]);
    assert_eq!(home.profile(), MINE.replace("25:00", "22:30").replace("2026-02-01", "2026-09-13"));
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of figures")]
fn json_matches_the_published_formulas() {
    let home = Home::with(
        "[athlete]\n5K = \"22:30\"\nhr_max = 180\nhr_rest = 60\n[belt.gym]\nunit = \"mph\"\ntop = 8\n",
    );
    let json = home.json();
    let near = |value: &Value, wanted: f64, within: f64| {
        let got = value.as_f64().unwrap();
        assert!((got - wanted).abs() <= within, "{got}, not {wanted}");
    };
    assert_eq!(json["version"], 1);
    // Another program's solution of Daniels and Gilbert's formulas, to a thousandth.
    near(&json["vdot"], 43.3815, 0.001);
    for (race, seconds) in [
        ("mile", 397.114),
        ("3K", 784.470),
        ("5K", 1350.0),
        ("10K", 2799.824),
        ("15K", 4310.600),
        ("half", 6206.795),
        ("marathon", 12882.621),
    ] {
        near(&json["equivalents"][race], seconds, 0.01);
    }
    for (pace, seconds) in [
        ("walk", 720.0),
        ("recovery", 393.659),
        ("easy", 356.060),
        ("steady", 328.960),
        ("marathon", 305.312),
        ("half", 294.196),
        ("threshold", 286.226),
        ("tempo", 286.226),
        ("10K", 279.982),
        ("5K", 270.0),
        ("hard", 263.481),
        ("3K", 261.490),
        ("mile", 246.755),
        ("fast", 248.481),
    ] {
        near(&json["paces"][pace], seconds, 0.01);
    }
    // Karvonen: 60 + 60, 70, 80, 90 % of 120.
    let zones: Vec<_> = json["zones"]
        .as_array()
        .unwrap()
        .iter()
        .map(|z| (z["n"].as_u64(), z["low_bpm"].as_u64(), z["high_bpm"].as_u64()))
        .collect();
    let zone = |n, low, high: Option<u64>| (Some(n), Some(low), high);
    assert_eq!(
        zones,
        [
            zone(1, 60, Some(132)),
            zone(2, 132, Some(144)),
            zone(3, 144, Some(156)),
            zone(4, 156, Some(168)),
            zone(5, 168, None)
        ]
    );
    assert_eq!(
        (&json["zone_scheme"], &json["belt"]["name"], &json["belt"]["unit"]),
        (&"reserve".into(), &"gym".into(), &"mph".into())
    );
    // 356.06 s/km is 6.283 mph; 246.755 s/km is 9.065: 9.065 = 8 × (1 + 4.5 × 0.0296).
    near(&json["belt_numbers"]["easy"], 6.3, 1e-9);
    near(&json["belt_numbers"]["mile"], 8.0, 1e-9);
    near(&json["belt_inclines"]["mile"], 3.0, 1e-9);
    near(&json["belt_inclines"]["easy"], 0.0, 1e-9);
}

#[test]
fn json_has_null_for_what_no_result_gives() {
    let json = Home::new().json();
    assert!(json["vdot"].is_null() && json["paces"]["easy"].is_null() && json["equivalents"]["5K"].is_null());
    assert_eq!(json["paces"]["walk"], 720.0);
    assert_eq!(json["zones"], Value::Array(Vec::new()));
    let friel = Home::with("[athlete]\nlthr = 160\n").json();
    let lows =
        |zones: &Value| zones.as_array().unwrap().iter().map(|z| z["low_bpm"].as_u64()).collect::<Vec<_>>();
    // 85, 90, 95, 100, 103 and 107 % of 160: 136, 144, 152, 160, 164.8, 171.2.
    assert_eq!(
        lows(&friel["friel_zones"]),
        [None, Some(136), Some(144), Some(152), Some(160), Some(165), Some(171)]
    );
    assert_eq!(lows(&friel["zones"]), [None, Some(136), Some(144), Some(152), Some(160)]);
}

#[test]
fn the_table_shows_every_number_and_its_source() {
    let home = Home::with(
        "[athlete]\n5K = { time = \"22:30\", on = 2026-09-13 }\n[athlete.paces]\nMP = \"5:10/km\"\n[belt]\ntop = 14\n",
    );
    let output = home.run(&["profile"]);
    let table = String::from_utf8(output.stdout).unwrap();
    for printed in [
        "VDOT 43.4, from 5K 22:30 of 2026-09-13",
        "marathon   Z3   5:10  11.6",
        "given",
        "from 5K 22:30",
        "14.0 at 1%",
        "above this belt's top speed",
        "half      1:43:27",
        "speeds  up to 14 km/h",
    ] {
        assert!(table.contains(printed), "{printed} in\n{table}");
    }
    assert!(!table.contains(":60"), "{table}");
    // The source of most paces is said once.
    assert_eq!(table.matches("from 5K 22:30").count(), 2, "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
}

#[test]
fn set_and_unset_change_no_other_byte() {
    let home = Home::with(MINE);
    for (arguments, from, to) in [
        (&["set", "belt.gym.top", "12.5"][..], "top  = 16\n", "top  = 12.5\n"),
        (&["set", "athlete.hr_max", "190"], "hr_max = 185", "hr_max = 190"),
        (&["set", "belt.gym.lag", "2.5"], "top  = 12.5\n", "top  = 12.5\nlag = 2.5\n"),
        (&["set", "athlete.weight", "70kg"], "hr_max = 190\n", "hr_max = 190\nweight = \"70kg\"\n"),
        (&["unset", "athlete.weight"], "weight = \"70kg\"\n", ""),
        (&["unset", "belt.gym.unit"], "unit = \"km/h\" # as all here\n", ""),
    ] {
        let before = home.profile();
        assert_eq!(before.matches(from).count(), 1, "{from} in {before}");
        home.prints(&[&["profile"], arguments].concat());
        assert_eq!(home.profile(), before.replace(from, to), "{arguments:?}");
    }
    home.prints(&["profile", "set", "units.pace", "mi"]);
    assert!(home.profile().ends_with("lag = 2.5\n\n[units]\npace = \"mi\"\n"), "{}", home.profile());
    let json = home.json();
    assert_eq!((&json["units"]["pace"], &json["belt"]["lag_s"]), (&"mi".into(), &2.5.into()));
}

#[test]
fn invalid_values_are_underlined_and_not_written() {
    let home = Home::with(MINE);
    for (arguments, printed) in [
        (&["set", "belt.gym.top", "-1"][..], "^^ below zero"),
        (&["set", "belt.gym.topp", "16"], "did you mean `top`?"),
        (&["set", "athlete.5K", "3:00"], "no one runs 5K in 3:00"),
        (&["race", "5K", "3:00"], "3:00 is faster than anyone has run 5K: the fastest is 12:35"),
        (&["race", "5K", "12:30"], "for 3K, write `pacebell profile race 3K 12:30`"),
        (&["race", "5K", "4:00:00"], "nobody runs a race of 5K in 4:00:00"),
        (&["race", "5K", "2230"], "write `pacebell profile race 5K 22:30`"),
        (&["race", "5K", "22:30", "saturday"], "write `pacebell profile race 5K 22:30 --on saturday`"),
        (&["race", "5K", "22:30", "--on", "11/01/2026"], "write 2026-01-11 or 2026-11-01"),
        (&["race", "5K", "22:30", "--on", "2999-01-01"], "is in the future"),
        (&["set", "athlete.weight", "70"], "write `weight = \"70kg\"`"),
        (&["unset", "belt.home"], "`belt.home` is not in the profile"),
        (&["set", "unit", "mph"], "belt.unit"),
        (&["set", "belt.gym", "16"], "is a table"),
        (&["race", "7K", "22:30"], "10K"),
        (&["race", "5K", "soon"], "such as 22:30"),
        (&["race", "5K", "22:30", "--on", "abracadabra"], "yesterday"),
    ] {
        let text = home.refuses(&[&["profile"], arguments].concat());
        assert!(text.contains(printed), "{printed} in\n{text}");
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    }
}

#[test]
fn a_profile_with_mistakes_is_reported_and_never_rewritten() {
    let broken = "[athlete]\n5K = \"soon\"\n";
    let home = Home::with(broken);
    for arguments in [
        &["profile", "race", "10K", "46:40"][..],
        &["profile", "set", "belt.unit", "mph"],
        &["profile", "unset", "belt.unit"],
        &["profile", "--json"],
        &["profile"],
    ] {
        let text = home.refuses(arguments);
        assert!(text.contains("`soon` is not a time") && text.contains("profile.toml:2"), "{text}");
    }
}

#[test]
fn a_change_that_corrects_the_profile_is_saved() {
    for (mistake, arguments) in [
        ("5K = \"12:30\"", &["profile", "race", "5K", "22:30"][..]),
        ("5K = \"soon\"", &["profile", "unset", "athlete.5K"]),
        ("hr_max = 900", &["profile", "set", "athlete.hr_max", "186"]),
    ] {
        let home = Home::with(&format!("[athlete]\n{mistake}\n"));
        let output = home.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {output:?}");
        assert!(!home.profile().contains(mistake), "{}", home.profile());
        home.prints(&["profile", "--json"]);
    }
}

#[test]
fn set_says_if_the_belts_own_value_overrides_it() {
    let home = Home::with(MINE);
    let printed = home.prints(&["profile", "set", "belt.unit", "mph"]);
    assert!(printed.contains("pacebell profile set belt.gym.unit"), "{printed}");
    assert!(!home.prints(&["profile", "set", "belt.lag", "2"]).contains("wins"));
}

#[test]
fn reports_a_folder_that_cannot_be_created() {
    let home = Home::new();
    fs::write(home.0.path().join("pacebell"), "a file where the folder should be").unwrap();
    let output = home.run(&["profile", "set", "belt.unit", "mph"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be written"), "{output:?}");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_a_broken_one_is_reported() {
    let home = Home::new();
    let real = home.0.path().join("dotfiles.toml");
    fs::write(&real, MINE).unwrap();
    fs::create_dir_all(home.path().parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(&real, home.path()).unwrap();
    home.prints(&["profile", "set", "athlete.hr_max", "190"]);
    assert!(fs::symlink_metadata(home.path()).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&real).unwrap(), MINE.replace("185", "190"));
    fs::remove_file(&real).unwrap();
    let output = home.run(&["profile", "set", "athlete.hr_max", "180"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!real.exists() && fs::symlink_metadata(home.path()).unwrap().is_symlink());
}

#[test]
fn concurrent_writers_leave_the_profile_whole() {
    let home = Home::with(MINE);
    let keys = ["athlete.hr_rest", "athlete.lthr", "belt.gym.lowest", "belt.gym.incline_top"];
    let values = ["52", "168", "0.8", "15"];
    let children: Vec<_> = keys
        .iter()
        .zip(values)
        .map(|(key, value)| {
            pacebell_at(home.0.path())
                .args(["profile", "set", key, value])
                .stdout(std::process::Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let lines: Vec<String> = MINE.lines().map(str::to_string).collect();
    let after = home.profile();
    // The last writer may have dropped another writer's line, but none that was there before.
    assert!(lines.iter().all(|line| after.contains(line.as_str())), "{after}");
    assert!(keys.iter().any(|key| after.contains(key.rsplit('.').next().unwrap())), "{after}");
    home.prints(&["profile", "--json"]);
    let folder = home.path().parent().unwrap().to_path_buf();
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    // The folder for records of half-made files stays, and is empty.
    let records = folder.join("half-made");
    assert!(left.iter().all(|path| *path == home.path() || *path == records), "{left:?}");
    assert_eq!(fs::read_dir(&records).map_or(0, Iterator::count), 0, "no temporary files are left");
}

#[test]
fn calibrate_without_a_terminal_says_what_to_do_instead() {
    let text = Home::new().refuses(&["calibrate"]);
    assert!(text.contains("pacebell profile set belt.lag 2.5"), "{text}");
}

#[test]
fn show_prints_the_belt_number_its_true_pace_and_the_belts_limits() {
    let home = Home::with(
        "[athlete]\n5K = \"22:30\"\n[belt]\nunit = \"km/h\"\ntop = 16\nincline_top = 12\n[units]\npace = \"mi\"\n",
    );
    let output =
        home.run(&["show", "10min easy, 10min ramp 8 -> 12 km/h, 1min 18km/h, 5min 12km/h ^4%, 5min Z2"]);
    let table = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<&str> = table.lines().skip_while(|line| !line.contains("target")).skip(1).collect();
    assert_eq!(rows.len(), 5, "{table}");
    // 10.1 km/h is 9:34 a mile.
    assert!(rows[0].ends_with("10.1 km/h  9:34/mi"), "{table}");
    // 600 s at 30 s apart and from both ends: 19 presses.
    assert!(rows[1].ends_with("8.0 → 12.0 km/h, 19 presses"), "{table}");
    assert!(rows[2].ends_with("16.0 km/h  6:02/mi at 3%"), "{table}");
    // 12 × (1 + 4.5 × 0.04) = 14.16 km/h, 6:49 a mile.
    assert!(rows[3].contains("incline 4%"), "the incline is never cut off: {table}");
    assert!(rows[3].contains("12.0 km/h  8:03/mi ("), "{table}");
    assert!(rows[4].contains("from 10.1 km/h"), "{table}");
    let printed = String::from_utf8(output.stderr).unwrap();
    assert!(
        printed.contains("18 km/h is above this belt's top speed: 16.0 at 3% is just as hard"),
        "{printed}"
    );
    let check = home.run(&["check", "1min 18km/h"]);
    assert!(String::from_utf8_lossy(&check.stderr).contains("above this belt's top speed"));
    assert!(String::from_utf8_lossy(&check.stdout).contains("1 warning"));
    let json: Value = serde_json::from_slice(&home.run(&["show", "--json", "1min 18km/h"]).stdout).unwrap();
    assert!(json["warnings"][0].as_str().unwrap().contains("16.0 at 3%"), "{json}");
}

#[test]
fn simulate_uses_the_units_of_the_profile() {
    let home = Home::with("[belt]\nunit = \"mph\"\n");
    let lines = home.prints(&["simulate", "1min 9:00/mi, 1min 10:00/mi"]);
    // 6.667 mph rounds to 6.7: 8:57 a mile.
    assert!(lines.contains("(6.7 mph, 8:57/mi)") && lines.contains("(6.0 mph, 10:00/mi)"), "{lines}");
}
