//! The README tells the truth: its workouts compile, its keys are the keys, its commands are there.

use pacebell::keys::{self, Context};
use pacebell::workout::{Options, Source, compile_file, compile_notation};

const README: &str = include_str!("../README.md");

/// The blocks of one kind of code.
fn blocks(kind: &str) -> Vec<&'static str> {
    README.split(&format!("```{kind}\n")).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn every_workout_in_it_compiles() {
    let files: Vec<&str> = blocks("toml").into_iter().filter(|b| b.contains("steps")).collect();
    // The first is 15:00, as the text beside it says; the second 10 + 6×1:30 + 5×2:00 + 0:20 + 0:40 + 0:20 + 5 min.
    for (text, total) in files.iter().zip(["900.000", "2120.000"]) {
        let compiled = compile_file(&Source::new("README", *text), None, &Options::default());
        assert_eq!(compiled.unwrap().sequence.totals().time.seconds(), total);
    }
    assert_eq!(files.len(), 2);
    let lines: Vec<&str> = blocks("text").into_iter().flat_map(str::lines).collect();
    assert!(lines.len() >= 10);
    for line in lines {
        let compiled = compile_notation(&Source::new("README", line), None, &Options::default());
        assert!(compiled.is_ok(), "{line}: {:?}", compiled.err());
    }
}

#[test]
fn its_keys_are_the_keys() {
    let rows: Vec<String> = keys::of(Context::Running)
        .map(|b| {
            let names: Vec<String> = b.names.split("  ").map(|n| format!("`{n}`")).collect();
            format!("| {} | {} |", names.join(" "), b.says)
        })
        .collect();
    let table = README.split("<!-- keys").nth(1).unwrap().split("<!-- end of keys -->").next().unwrap();
    let shown: Vec<&str> = table.lines().filter(|l| l.starts_with("| `")).collect();
    assert_eq!(shown, rows);
}

#[test]
fn its_profile_is_one() {
    let profile = blocks("toml").into_iter().find(|b| b.contains("[athlete]")).unwrap();
    let parsed = pacebell::profile::Profile::parse(&Source::new("README", profile), None).unwrap();
    assert_eq!(parsed.warnings, []);
    let vdot = parsed.profile.athlete.vdot().unwrap();
    assert!((vdot - 43.3).abs() < 0.5, "{vdot}");
}

#[test]
fn its_settings_are_some() {
    let settings = blocks("toml").into_iter().find(|b| b.contains("week_starts")).unwrap();
    let settings = pacebell::config::Settings::parse(&Source::new("README", settings)).unwrap();
    assert_eq!(settings.week_starts, chrono::Weekday::Sun);
}
