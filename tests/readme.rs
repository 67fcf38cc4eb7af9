//! The README tells the truth: its workouts compile, its keys are the keys, its commands are there.

use pacebell::keymap;
use pacebell::keymap::KeyContext;
use pacebell::workout::{Options, SourceText, compile_file, compile_notation};

const README: &str = include_str!("../README.md");

/// The blocks of one kind of code.
fn blocks(kind: &str) -> Vec<&'static str> {
    README.split(&format!("```{kind}\n")).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn every_workout_in_it_compiles() {
    let files: Vec<&str> =
        blocks("toml").into_iter().filter(|b| b.lines().any(|l| l.starts_with("steps"))).collect();
    // The first is 15:00, as the text beside it says; the second 10 + 6×1:30 + 5×2:00 + 0:20 + 0:40 + 0:20 + 5 min.
    for (text, total) in files.iter().zip(["900.000", "2120.000"]) {
        let compiled = compile_file(&SourceText::new("README", *text), None, &Options::default());
        assert_eq!(compiled.unwrap().sequence.totals().time.seconds(), total);
    }
    assert_eq!(files.len(), 2);
    let lines: Vec<&str> = blocks("text").into_iter().flat_map(str::lines).collect();
    assert!(lines.len() >= 10);
    for line in lines {
        let compiled = compile_notation(&SourceText::new("README", line), None, &Options::default());
        assert!(compiled.is_ok(), "{line}: {:?}", compiled.err());
    }
}

#[test]
fn its_keys_are_the_keys() {
    let rows: Vec<String> = keymap::of(KeyContext::Running)
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
fn its_profile_is_one_with_every_key() {
    let profile = blocks("toml").into_iter().find(|b| b.contains("[athlete]")).unwrap();
    let parsed =
        pacebell::runner::profile::Profile::parse(&SourceText::new("README", profile), None).unwrap();
    assert_eq!(parsed.warnings, []);
    let vdot = parsed.profile.athlete.vdot().unwrap();
    assert!((vdot - 43.38).abs() < 0.01, "{vdot}");
    // What an unknown key is told names all that there are.
    for (table, rest) in [("athlete", "nonsense = 1"), ("belt", "nonsense = 1"), ("units", "nonsense = 1")] {
        let source = SourceText::new("wrong", format!("[{table}]\n{rest}\n"));
        let help =
            pacebell::runner::profile::Profile::parse(&source, None).unwrap_err()[0].help.clone().unwrap();
        let keys: Vec<&str> = help.split('`').skip(1).step_by(2).collect();
        assert!(keys.len() >= 3, "{help}");
        for key in keys {
            assert!(profile.contains(key), "{key} of [{table}] is missing");
        }
    }
    for pace in pacebell::athlete::NamedPace::ALL {
        assert!(profile.contains(pace.key()), "{}", pace.key());
    }
}

#[test]
fn its_settings_are_some_with_every_key() {
    use clap::ValueEnum;
    use pacebell::keymap::Action;
    use pacebell::settings::{Appearance, KeyOverride, Settings};
    let text = blocks("toml").into_iter().find(|b| b.contains("week_starts")).unwrap();
    let settings = Settings::parse(&SourceText::new("README", text)).unwrap();
    assert_eq!((settings.theme, settings.flash), (Some(Appearance::Light), false));
    let keys = KeyOverride::all(&settings.keys);
    let names = |context, action| keys.of(context).find(|b| b.action == action).unwrap().names;
    assert_eq!(names(KeyContext::Running, Action::Pause), "Space  p  F5");
    assert_eq!(names(KeyContext::Running, Action::Skip), "PageDown  x");
    assert_eq!(names(KeyContext::Logged, Action::Undo), "Ctrl-U");
    // What an unknown key is told names all that there are.
    let told =
        Settings::parse(&SourceText::new("wrong", "nonsense = 1")).unwrap_err()[0].help.clone().unwrap();
    let known: Vec<&str> = told.split('`').skip(1).step_by(2).collect();
    assert!(known.len() >= 4 && known.iter().all(|key| text.contains(key)), "{told}");
    assert_eq!(settings.sound.signals, pacebell::cues::NotePitch::Low);
    for (table, fewest) in [("sound", 6), ("sound.volume", 3)] {
        let wrong = SourceText::new("wrong", format!("[{table}]\nnonsense = 1"));
        let told = Settings::parse(&wrong).unwrap_err()[0].help.clone().unwrap();
        let known: Vec<&str> = told.split('`').skip(1).step_by(2).collect();
        assert!(known.len() >= fewest && known.iter().all(|key| text.contains(key)), "{told}");
    }
    for theme in Appearance::value_variants() {
        let value = theme.to_possible_value().unwrap();
        let name = value.get_name();
        assert!(text.contains(&format!("\"{name}\"")), "{name}");
    }
    for action in keymap::of(KeyContext::Running).map(|b| b.action.name()) {
        assert!(README.contains(&format!("`{action}`")), "{action}");
    }
}
