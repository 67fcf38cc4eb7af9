//! `pacebell import`: workouts of other programs.

use crate::fixture::pacebell_at;
use pacebell::diagnostic::SourceText;
use pacebell::formats::exchange::model::{ForeignItem, ForeignTotals, ForeignWorkout};
use pacebell::formats::exchange::report::ConversionNote;
use pacebell::formats::exchange::{self, ReadOptions, toml_writer};
use pacebell::workout::sequence::Sequence;
use pacebell::workout::{Options, compile_file};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats")
}

/// Returns the files below `tests/formats` that have an expected report.
fn cases() -> Vec<PathBuf> {
    let formats = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let files = formats.filter(|path| path.is_dir()).flat_map(|folder| fs::read_dir(folder).unwrap());
    let files = files.map(|entry| entry.unwrap().path());
    let mut cases: Vec<_> = files.filter(|path| path.extension().is_some_and(|e| e != "report")).collect();
    cases.sort();
    cases
}

fn read(bytes: &[u8]) -> Result<ForeignWorkout, String> {
    exchange::read(bytes, "untitled", &ReadOptions::default()).map_err(|error| error.problem)
}

/// Compiles what is written for a workout. It has to pass `check`.
fn compiled(workout: &ForeignWorkout) -> Sequence {
    let text = toml_writer::file(workout, "a test");
    let source = SourceText::new("imported.toml", text.as_str());
    let compiled = compile_file(&source, None, &Options::default());
    compiled.unwrap_or_else(|problems| panic!("{text}\n{problems:?}")).sequence
}

#[test]
fn every_fault_is_repaired_and_told() {
    let mut count = 0;
    for path in cases() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let expected = fs::read_to_string(path.with_extension("report")).unwrap();
        let workout = read(&fs::read(&path).unwrap()).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        let totals = ForeignTotals::of(&workout.items);
        let mut figures = format!("{} steps, {} ms", totals.steps, totals.time.get());
        if totals.metres > 0.0 {
            figures.push_str(&format!(", {} m", totals.metres));
        }
        let lines: Vec<String> = workout.report.iter().map(ConversionNote::sentence).collect();
        let mut wanted = expected.lines();
        assert_eq!(wanted.next(), Some(figures.as_str()), "{name}");
        let wanted: Vec<&str> = wanted.collect();
        assert_eq!(lines.len(), wanted.len(), "{name}: {lines:#?}");
        for (line, wanted) in lines.iter().zip(wanted) {
            assert!(line.starts_with(wanted), "{name}: {line}\nwanted: {wanted}");
        }
        count += 1;
    }
    assert!(count >= 15, "{count} files");
}

#[test]
fn what_is_written_passes_check_and_adds_up_to_the_same() {
    for path in cases() {
        let workout = read(&fs::read(&path).unwrap()).unwrap();
        let sequence = compiled(&workout);
        let totals = ForeignTotals::of(&workout.items);
        assert_eq!(sequence.steps.len() as u64, totals.steps, "{}", path.display());
        if totals.metres == 0.0 {
            assert_eq!(sequence.totals().time, totals.time, "{}", path.display());
        }
    }
}

fn zwo(sport: &str, steps: &str) -> ForeignWorkout {
    let text = format!(
        "<workout_file><name>N</name><sportType>{sport}</sportType><workout>{steps}</workout></workout_file>"
    );
    read(text.as_bytes()).unwrap()
}

/// Returns the target words of every step.
fn words(sequence: &Sequence) -> Vec<&str> {
    sequence.steps.iter().map(|step| step.target.words.as_str()).collect()
}

#[test]
fn texts_of_a_set_fall_into_their_repetitions() {
    let workout = zwo(
        "bike",
        r#"<IntervalsT Repeat="3" OnDuration="40" OffDuration="20" OnPower="1.3" OffPower="0.5">
        <textevent timeoffset="45" message="a"/><textevent timeoffset="121" message="b, {c} / (d)"/></IntervalsT>"#,
    );
    let sequence = compiled(&workout);
    let cues: Vec<Vec<String>> = sequence
        .steps
        .iter()
        .map(|step| step.cues.iter().map(|cue| format!("{:?} {}", cue.when, cue.text)).collect())
        .collect();
    assert_eq!(cues[1], ["At(Millis(5000)) a"]);
    assert_eq!(cues[4], ["At(Millis(1000)) b, (c) / (d)"]);
    assert_eq!(cues.concat().len(), 2);
}

#[test]
fn shares_of_a_pace_are_kept_exactly_on_a_run() {
    let workout = zwo(
        "run",
        r#"<SteadyState Duration="1000" Power="0.925" pace="2" Incline="0.025"/><Ramp Duration="500" PowerLow="0.6" PowerHigh="0.9" pace="0"/>"#,
    );
    let text = toml_writer::file(&workout, "x");
    assert!(text.contains("\"1km 92.5% 10K incline 2.5%\""), "{text}");
    assert!(text.contains("\"500m 60% mile -> 90% mile\""), "{text}");
    let paced = exchange::read(
        b"<workout_file><sportType>run</sportType><durationType>time</durationType><thresholdSecPerKm>300</thresholdSecPerKm><workout><SteadyState Duration='60' Power='0.6666667'/></workout></workout_file>",
        "x",
        &ReadOptions::default(),
    );
    // 300 s / 0.6666667 is 7:30 to within a hundredth.
    assert_eq!(words(&compiled(&paced.unwrap())), ["7:30/km"]);
}

#[test]
fn what_is_no_workout_is_refused_with_the_reason() {
    let refused = |text: &str| read(text.as_bytes()).unwrap_err();
    assert!(refused("").contains("empty"));
    assert!(refused("../Folder/Other.zwo").contains("no workout"));
    assert!(refused("<workout_file><workout><RestDay/></workout></workout_file>").contains("day of rest"));
    assert!(refused("<workout_file><workout></workout></workout_file>").contains("no steps"));
    assert!(refused("<!DOCTYPE x [<!ENTITY a 'b'>]><workout_file><workout><SteadyState Duration='60'/></workout></workout_file>").contains("entities"));
    let long = "<SteadyState Duration='60' Power='1'/>".repeat(10_001);
    assert!(refused(&format!("<workout_file>{long}</workout_file>")).contains("10001 steps"));
    assert!(
        refused("<workout_file><SteadyState Duration='90000' Power='1'/></workout_file>")
            .contains("24 hours")
    );
}

#[test]
fn a_file_that_is_cut_anywhere_or_damaged_is_read_or_refused() {
    for path in cases() {
        let bytes = fs::read(&path).unwrap();
        for end in 0..bytes.len() {
            if let Ok(workout) = read(&bytes[..end]) {
                assert!(!workout.items.is_empty());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_is_read_can_be_written(seed in any::<u64>(), changes in prop::collection::vec((any::<u16>(), any::<u8>()), 1..12)) {
        let cases = cases();
        let mut bytes = fs::read(&cases[seed as usize % cases.len()]).unwrap();
        for (at, byte) in changes {
            let at = usize::from(at) % bytes.len();
            bytes[at] = byte;
        }
        if let Ok(workout) = read(&bytes) {
            prop_assert_eq!(compiled(&workout).steps.len() as u64, ForeignTotals::of(&workout.items).steps);
        }
    }
}

fn run(home: &Path, arguments: &[&str]) -> Output {
    pacebell_at(home).args(arguments).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_workout_comes_in_once_and_is_replaced_with_force() {
    let home = tempfile::tempdir().unwrap();
    let file = folder().join("zwo/intervals.zwo");
    let file = file.to_str().unwrap();
    let dry = run(home.path(), &["import", file, "--dry-run"]);
    assert!(dry.status.success());
    assert!(
        out(&dry).contains("Intervals, 8 steps, 4:30") && out(&dry).contains("1 workout would come in"),
        "{}",
        out(&dry)
    );
    assert!(!home.path().join("pacebell/workouts/intervals.toml").exists());
    let first = run(home.path(), &["import", file]);
    assert_eq!(first.status.code(), Some(0), "{}", out(&first));
    assert!(out(&first).contains("left out: the cadence of 1 step"), "{}", out(&first));
    assert!(out(&run(home.path(), &["show", "intervals"])).contains("4:30"));
    let again = run(home.path(), &["import", file]);
    assert_eq!(again.status.code(), Some(1));
    assert!(out(&again).contains("--force"), "{}", out(&again));
    assert_eq!(run(home.path(), &["import", file, "--force"]).status.code(), Some(0));
}

#[test]
fn a_zwift_file_runs_without_an_import() {
    let home = tempfile::tempdir().unwrap();
    let file = folder().join("zwo/intervals.zwo");
    let file = file.to_str().unwrap();
    for command in ["show", "explain", "check", "simulate"] {
        let output = run(home.path(), &[command, file]);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{command}: {error}");
        assert!(error.contains("pacebell import"), "{command}: {error}");
    }
    assert!(out(&run(home.path(), &["show", file])).contains("4:30"));
    let before = fs::read(file).unwrap();
    run(home.path(), &["check", "--fix", file]);
    run(home.path(), &["fmt", file]);
    assert_eq!(fs::read(file).unwrap(), before, "a file of another program stays as it is");
}

#[test]
fn strict_leaves_out_what_changes_and_unreadable_files_are_named() {
    let home = tempfile::tempdir().unwrap();
    let (good, wrong) = (home.path().join("good.zwo"), home.path().join("wrong.zwo"));
    let run_file = "<workout_file><sportType>run</sportType><durationType>time</durationType><workout><SteadyState Duration='60' Power='0.9' pace='1'/></workout></workout_file>";
    fs::write(&good, run_file).unwrap();
    fs::write(&wrong, "../elsewhere.zwo").unwrap();
    let to = home.path().join("out");
    let [good, wrong, to] = [&good, &wrong, &to].map(|path| path.to_str().unwrap());
    let changed = folder().join("zwo/closed-twice.zwo");
    let strict = run(home.path(), &["import", "--strict", "--to", to, good, changed.to_str().unwrap()]);
    assert_eq!(strict.status.code(), Some(1), "{}", out(&strict));
    assert_eq!(fs::read_dir(to).unwrap().count(), 1);
    let json = run(home.path(), &["import", "--json", "--dry-run", "--to", to, "--force", good, wrong]);
    assert_eq!(json.status.code(), Some(2));
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!([&json["files"][0]["outcome"], &json["files"][1]["outcome"]], ["would-come-in", "unreadable"]);
    assert_eq!(
        [&json["files"][0]["total_ms"], &json["files"][0]["format"]],
        [&serde_json::json!(60_000), &serde_json::json!("zwo")]
    );
    assert!(json["files"][1]["error"].as_str().unwrap().contains("no workout"));
}

#[test]
fn names_and_texts_cannot_send_commands_to_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("evil.zwo");
    fs::write(&file, "<workout_file><name>a\u{1b}[31m</name><sportType>bike</sportType><workout><Odd\u{1b} Duration='60'/><SteadyState Duration='60' Power='1'><textevent timeoffset='90' message='\u{1b}]0;x\u{7}'/></SteadyState></workout></workout_file>").unwrap();
    let output = run(home.path(), &["import", file.to_str().unwrap()]);
    assert!(output.status.success(), "{}", out(&output));
    assert!(!out(&output).contains('\u{1b}') && !out(&output).contains('\u{7}'));
    let written = fs::read_to_string(home.path().join("pacebell/workouts/evil.toml")).unwrap();
    assert!(!written.contains('\u{1b}'));
}

#[test]
fn a_single_interval_is_no_repeat_of_one() {
    let workout = zwo(
        "bike",
        r#"<IntervalsT Repeat="1" OnDuration="60" OffDuration="30" OnPower="0.4" OffPower="0.8"/>"#,
    );
    assert!(matches!(workout.items.as_slice(), [ForeignItem::Repeat(repeat)] if repeat.count == 1));
    assert_eq!(words(&compiled(&workout)), ["recovery", "steady"]);
}
