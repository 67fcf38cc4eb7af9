//! All commands read one profile: the same workout has the same total everywhere.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use crate::fixture::pacebell_at;
use std::collections::BTreeMap;
use std::path::Path;

/// What a command prints on both outputs.
struct Printed {
    out: String,
    err: String,
}

fn pacebell(home: &Path, arguments: &[&str]) -> Printed {
    let output = pacebell_at(home).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    Printed { out: String::from_utf8(output.stdout).unwrap(), err: String::from_utf8(output.stderr).unwrap() }
}

fn home(profile: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("pacebell");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("profile.toml"), profile).unwrap();
    home
}

const WITH_BELT: &str = "[athlete]\n\"5K\" = \"22:30\"\nhr_max = 185\n[belt]\nunit = \"km/h\"\nstep = 0.5\n";
const WITHOUT_BELT: &str = "[athlete]\n\"5K\" = \"22:30\"\nhr_max = 185\n";

/// Returns the total of `show`, without its distance and the number of steps: `26:50`.
fn shown_total(home: &Path, workout: &str) -> String {
    let shown = pacebell(home, &["show", workout]).out;
    let line = shown.lines().find_map(|line| line.strip_prefix("Total: ")).unwrap().to_string();
    line.split_once(", ").unwrap().0.to_string()
}

/// Returns the time of a total to the nearest second, without a distance and marks: `10 km ≈ 59:24` → `59:24`.
fn time_of(total: &str) -> &str {
    total.trim_end_matches(" + open").rsplit([' ', '–']).next().unwrap()
}

#[test]
fn list_show_explain_and_simulate_agree_about_every_built_in_workout() {
    for profile in ["", WITHOUT_BELT, WITH_BELT] {
        let home = home(profile);
        let list = pacebell(home.path(), &["list"]).out;
        let rows: Vec<&str> = list.lines().filter(|line| line.starts_with("  ")).collect();
        let listed: BTreeMap<String, String> = rows
            .chunks(2)
            .map(|row| (row[0].rsplit("  ").next().unwrap().to_string(), format!("{}  ", row[1].trim())))
            .collect();
        assert!(listed.len() >= 30);
        for (name, row) in listed {
            let total = shown_total(home.path(), &name);
            assert!(row.starts_with(&format!("{total}  ")), "{name}: {row} and {total}");
            if total.contains("open") || total.contains('–') || total.contains('+') || !total.contains(':')
            {
                continue;
            }
            let time = time_of(&total);
            let explained = pacebell(home.path(), &["explain", &name]).out;
            assert!(explained.contains(&format!("{time} in all.")), "{name}: {explained} and {total}");
            let simulated = pacebell(home.path(), &["simulate", &name]).out;
            let finish: f64 =
                simulated.lines().last().unwrap().split_whitespace().next().unwrap().parse().unwrap();
            assert_eq!(clock(finish.round() as u64), time, "{name}");
        }
    }
}

fn clock(seconds: u64) -> String {
    match seconds / 3600 {
        0 => format!("{}:{:02}", seconds / 60, seconds % 60),
        hours => format!("{hours}:{:02}:{:02}", seconds / 60 % 60, seconds % 60),
    }
}

#[test]
fn a_distance_by_zone_effort_or_heart_rate_has_an_estimated_time_and_ends_by_itself() {
    for profile in [WITHOUT_BELT, WITH_BELT] {
        let home = home(profile);
        for workout in ["2km Z2", "5km RPE 5", "3km HR 140-150"] {
            let total = shown_total(home.path(), workout);
            assert!(total.contains("km ≈ "), "{total}");
            let explained = pacebell(home.path(), &["explain", workout]).out;
            assert!(explained.contains(&format!("≈ {} in all.", time_of(&total))), "{explained}");
            let simulated = pacebell(home.path(), &["simulate", workout]).out;
            let finish: f64 =
                simulated.lines().last().unwrap().split_whitespace().next().unwrap().parse().unwrap();
            assert_eq!(clock(finish.round() as u64), time_of(&total), "{workout}");
            let checked = pacebell(home.path(), &["check", workout]);
            assert!(!checked.err.contains("race result"), "{}", checked.err);
        }
    }
}

#[test]
fn check_does_not_ask_for_a_race_result_that_the_profile_has() {
    let home = home(WITH_BELT);
    for workout in ["10x400", "long-run", "6×400m 5K / 90s jog"] {
        let checked = pacebell(home.path(), &["check", workout]);
        assert!(!checked.err.contains("race result"), "{}", checked.err);
    }
}

#[test]
fn no_command_prints_milliseconds() {
    let home = home(WITH_BELT);
    for workout in ["6×400m 5K / 90s jog", "5.25km easy", "6×800m 5K / 50-90% jog"] {
        for command in ["show", "explain"] {
            let printed = pacebell(home.path(), &[command, workout]).out;
            let has_part = printed.split_whitespace().any(|word| {
                word.split_once(':').is_some_and(|(_, behind)| behind.trim_end_matches('.').contains('.'))
            });
            assert!(!has_part, "{printed}");
        }
    }
}

#[test]
fn a_race_time_is_read_by_what_is_possible() {
    let home = home("");
    for (race, typed, kept) in [
        ("half", "1:45", "1:45:00"),
        ("hm", "1:45", "1:45:00"),
        ("5K", "22:30", "22:30"),
        ("10K", "46:40", "46:40"),
        ("marathon", "3:34", "3:34:00"),
        ("mile", "6:30", "6:30"),
        ("5K", "0:22", "22:00"),
    ] {
        pacebell(home.path(), &["profile", "race", race, typed]);
        let file = std::fs::read_to_string(home.path().join("pacebell/profile.toml")).unwrap();
        assert!(file.contains(&format!("\"{kept}\"")), "{race} {typed}: {file}");
    }
    let said = pacebell(home.path(), &["profile", "race", "half", "1:44"]).out;
    assert!(said.contains("1:44 is read as 1:44:00: hours and minutes"), "{said}");
    let refused = pacebell_at(home.path()).args(["profile", "race", "5K", "0:08"]).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    let refused = String::from_utf8(refused.stderr).unwrap();
    assert!(refused.contains("0:08 is faster than anyone has run 5K: the fastest is 12:35"), "{refused}");
}

#[test]
fn a_belt_without_a_flat_warns_once_and_names_the_key() {
    let home = home(&format!("{WITH_BELT}incline_lowest = \"1%\"\n"));
    let checked = pacebell(home.path(), &["check", "6×400m 5K / 90s jog"]).err;
    assert_eq!(checked.matches("this belt has no incline of 0%").count(), 1, "{checked}");
    assert!(checked.contains("athlete.flat"), "{checked}");
}
