//! `pacebell import`: workouts of other programs.

use crate::fixture::pacebell_at;
use pacebell::diagnostic::SourceText;
use pacebell::formats::exchange::model::{ForeignItem, ForeignTotals, ForeignWorkout};
use pacebell::formats::exchange::report::ConversionNote;
use pacebell::formats::exchange::{self, ReadOptions, toml_writer};
use pacebell::units::Millis;
use pacebell::workout::sequence::{End, Kind, Sequence};
use pacebell::workout::{Options, compile_file};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::{Duration, Instant};

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
fn a_row_of_qz_at_speed_0_is_a_rest() {
    let rows =
        "<rows><row duration=\"00:01:00\" speed=\"10\"/><row duration=\"00:02:00\" speed=\"0\"/></rows>";
    let workout = read(rows.as_bytes()).unwrap();
    assert_eq!(workout.report, []);
    let kinds: Vec<Kind> = compiled(&workout).steps.iter().map(|step| step.kind).collect();
    assert_eq!(kinds, [Kind::Run, Kind::Rest]);
}

#[test]
fn what_is_written_passes_check_and_adds_up_to_the_same() {
    for path in cases() {
        let workout = read(&fs::read(&path).unwrap()).unwrap();
        let sequence = compiled(&workout);
        let totals = ForeignTotals::of(&workout.items);
        assert_eq!(sequence.steps.len() as u64, totals.steps, "{}", path.display());
        let (mut time, mut metres) = (Millis::ZERO, 0.0);
        for step in &sequence.steps {
            match step.end {
                End::Time { upper, .. } => time += upper,
                End::Distance { upper, .. } => metres += upper.metres(),
                End::Open => {}
            }
        }
        assert_eq!(time, totals.time, "{}", path.display());
        // A distance is kept to the millimetre.
        let error = (metres - totals.metres).abs();
        assert!(error < 0.001 * totals.steps as f64, "{}: {metres} m", path.display());
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
    assert!(refused("../Folder/Other.zwo").contains("not a workout"));
    assert!(refused("<workout_file><workout><RestDay/></workout></workout_file>").contains("day of rest"));
    assert!(refused("<workout_file><workout></workout></workout_file>").contains("no steps"));
    assert!(refused("<!DOCTYPE x [<!ENTITY a 'b'>]><workout_file><workout><SteadyState Duration='60'/></workout></workout_file>").contains("entities"));
    let long = "<SteadyState Duration='60' Power='1'/>".repeat(10_001);
    assert!(refused(&format!("<workout_file>{long}</workout_file>")).contains("more than 10000 steps"));
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
    #![proptest_config(ProptestConfig::with_cases(80))]

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
    assert!(json["files"][1]["error"].as_str().unwrap().contains("not a workout"));
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

#[test]
fn a_workout_of_pacebell_may_quote_steps_of_another_program() {
    let home = tempfile::tempdir().unwrap();
    let text = "name = \"Own\"\nabout = \"\"\"\nFrom intervals.icu:\n- 10m 60% Pace\n\"\"\"\nsteps = [\"8×60s hard / 60s easy\"]\n";
    for name in ["own.toml", "own.txt"] {
        let file = home.path().join(name);
        fs::write(&file, text).unwrap();
        let shown = run(home.path(), &["show", file.to_str().unwrap()]);
        // Eight times a minute hard and seven times a minute easy.
        assert!(out(&shown).contains("15:00"), "{name}: {}", out(&shown));
    }
    // Only the first lines of a file are looked at, and its ending decides before them.
    let late = home.path().join("late.toml");
    fs::write(&late, format!("#\n- 10m 60% Pace\n{}", "#\n".repeat(3000))).unwrap();
    let checked = run(home.path(), &["check", late.to_str().unwrap()]);
    assert!(!checked.status.success(), "{}", out(&checked));
}

/// Returns a FIT file with steps: their duration types, duration values and target values.
fn fit(steps: &[(u8, u32, u32)]) -> Vec<u8> {
    let mut body = vec![0x40, 0, 0, 27, 0, 3, 1, 1, 0, 2, 4, 0x86, 4, 4, 0x86];
    for (kind, duration, target) in steps {
        body.extend([0, *kind]);
        body.extend(duration.to_le_bytes());
        body.extend(target.to_le_bytes());
    }
    let mut file = vec![14, 0x20, 0, 0];
    file.extend((body.len() as u32).to_le_bytes());
    file.extend(b".FIT\0\0");
    file.extend(body);
    // A checksum that is wrong is only reported.
    file.extend([0, 0]);
    file
}

#[test]
fn repeats_within_a_thousand_others_are_refused() {
    let nested = |depth: usize| {
        let (open, close) = ("<repeat times='1'>".repeat(depth), "</repeat>".repeat(depth));
        read(format!("<rows>{open}<row duration='60' speed='10'/>{close}</rows>").as_bytes())
    };
    assert_eq!(ForeignTotals::of(&nested(7).unwrap().items).steps, 1);
    for depth in [8, 100_000] {
        assert!(nested(depth).unwrap_err().contains("nested more than 7 deep"), "{depth}");
    }
    let repeats = |count: usize| {
        let steps: Vec<_> = [(0, 60_000, 0)].into_iter().chain((0..count).map(|_| (6, 0, 1))).collect();
        read(&fit(&steps))
    };
    assert_eq!(ForeignTotals::of(&repeats(7).unwrap().items).steps, 1);
    assert!(repeats(8).unwrap_err().contains("nested more than 7 deep"));
    assert!(repeats(9000).unwrap_err().contains("nested more than 7 deep"));
    assert!(repeats(400_000).unwrap_err().contains("more than 10000 steps"));
    let group = "{\"numberOfIterations\": 2, \"workoutSteps\": [";
    let garmin = format!(
        "{{\"workoutSegments\": [{{\"workoutSteps\": [{}{{}}{}]}}]}}",
        group.repeat(30),
        "]}".repeat(30)
    );
    assert!(read(garmin.as_bytes()).unwrap_err().contains("nested more than 7 deep"));
}

#[test]
fn what_a_file_repeats_without_end_takes_no_time_to_read() {
    let start = Instant::now();
    let workout = |inside: &str| {
        format!("<workout_file>{inside}<SteadyState Duration='60' Power='0.5'/></workout_file>")
    };
    let strays = format!("<SteadyState Duration='60' Power='0.5' {}/>", "!".repeat(2_000_000));
    let strays = read(workout(&strays).as_bytes()).unwrap();
    assert!(strays.report[0].sentence().contains("(2000000 times)"), "{}", strays.report[0].sentence());
    let ampersands = format!("<name>{}{}</name>", "&".repeat(1_000_000), " ".repeat(1_000_000));
    read(workout(&ampersands).as_bytes()).unwrap();
    let tags: String = (0..200_000).map(|n| format!("<tag name='{n}'/>")).collect();
    let tagged = read(workout(&tags).as_bytes()).unwrap();
    assert_eq!(tagged.tags.len(), 20);
    let lines: Vec<String> = tagged.report.iter().map(ConversionNote::sentence).collect();
    assert!(lines.iter().any(|line| line == "left out: 199980 tags after the first 20"), "{lines:?}");
    let erg = |marks: usize, texts: usize| {
        let marks: String =
            (0..=marks).map(|n| format!("{} {}\n", n as f64 / 60.0, 100 + n % 2 * 200)).collect();
        let texts = "9999999\thi\n".repeat(texts);
        read(
            format!("[COURSE HEADER]\nFTP=200\nMINUTES WATTS\n[COURSE DATA]\n{marks}[COURSE TEXT]\n{texts}")
                .as_bytes(),
        )
    };
    assert!(erg(30_000, 100_000).unwrap_err().contains("more than 10000 steps"));
    let report = erg(9000, 300_000).unwrap().report;
    assert!(report.len() <= 1001, "{} lines", report.len());
    let pairs: Vec<_> = (0..100_000_u32).flat_map(|n| [(0, 60_000, 0), (6, 2 * n, 2)]).collect();
    assert!(read(&fit(&pairs)).unwrap_err().contains("more than 10000 steps"));
    // Each of these took minutes once.
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

#[test]
fn what_a_report_quotes_is_short() {
    let line = format!("[COURSE HEADER]\nFTP=200\n[COURSE DATA]\n0 100\n1 100\n{}", "x".repeat(1_000_000));
    let report = read(line.as_bytes()).unwrap().report;
    assert!(report.iter().filter_map(|line| line.original.as_ref()).all(|text| text.len() < 300));
}

#[test]
fn each_change_of_a_target_has_a_line() {
    let text = "- 10m ramp 60-80% HR\n- 10m 90-80% HR\n- 10m ramp 60-70%\n- 5m Z7 HR\n- 5m Z3-Z1 Pace\n- 5m Z2-Z4\n- 5m 60-80% Pace 150w\n";
    let workout = read(text.as_bytes()).unwrap();
    let lines: Vec<String> = workout.report.iter().map(ConversionNote::sentence).collect();
    for wanted in [
        "changed: step 1 (line 1), `60-80% HR`: only power and pace have ramps, so it became a range",
        "changed: step 3 (line 3), `60-70%`: a ramp within one effort became an even step",
        "changed: step 4 (line 4), `Z7 HR`: pacebell has five zones of the heart rate, so it became Z5",
        "changed: step 6 (line 6), `Z2-Z4`: a range of power became its average",
        "left out: step 7 (line 7), `150w`: a second target",
    ] {
        assert!(lines.iter().any(|line| line == wanted), "{wanted}: {lines:#?}");
    }
    compiled(&workout);
    let text = toml_writer::file(&workout, "a test");
    for step in ["10min 60-80%HRmax", "10min 80-90%HRmax", "10min easy", "5min Z5"] {
        assert!(text.contains(&format!("\"{step}\"")), "{step}: {text}");
    }
    let garmin = read(
        br#"{"workoutSegments": [{"workoutSteps": [{"endCondition": {"conditionTypeKey": "time"}, "endConditionValue": 60,
        "targetType": {"workoutTargetTypeKey": "heart.rate.zone"}, "zoneNumber": 7}]}]}"#,
    );
    assert!(
        garmin
            .unwrap()
            .report
            .iter()
            .any(|line| line.sentence().contains("`zone 7`: pacebell has five zones"))
    );
}

#[test]
fn a_folder_may_hold_other_files_and_a_named_file_may_not_be_one() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("downloads");
    fs::create_dir(&folder).unwrap();
    let tcx = "<TrainingCenterDatabase></TrainingCenterDatabase>";
    for (name, text) in [
        ("README.txt", "Put workouts here."),
        ("settings.json", "{}"),
        ("run.tcx", tcx),
        ("old.workout", "x"),
        ("steps.txt", "- 10m 60% Pace"),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    let (to, from) = (home.path().join("out"), folder.to_str().unwrap());
    let imported = run(home.path(), &["import", from, "--to", to.to_str().unwrap()]);
    assert_eq!(imported.status.code(), Some(0), "{}", out(&imported));
    assert!(out(&imported).contains("1 workout imported"), "{}", out(&imported));
    let said = String::from_utf8_lossy(&imported.stderr).into_owned();
    assert!(said.contains("3 files that are not workouts were skipped"), "{said}");
    let named = folder.join("README.txt");
    let refused = run(home.path(), &["import", named.to_str().unwrap(), "--to", to.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(out(&refused).contains("not a workout"), "{}", out(&refused));
}

#[test]
fn a_pasted_list_becomes_a_workout_for_each_line() {
    let home = tempfile::tempdir().unwrap();
    let list = home.path().join("club.txt");
    let text = "# From my club\n\n1. 8×400m 5K / 90s jog\n2) 40min easy\n- 10min eazy\n• 3×8min threshold / 2min jog\n";
    fs::write(&list, text).unwrap();
    let list = list.to_str().unwrap();
    let imported = run(home.path(), &["import", list]);
    // A line that cannot be read is an error, and the others come in.
    assert_eq!(imported.status.code(), Some(2), "{}", out(&imported));
    let said = out(&imported);
    assert!(said.contains("3 workouts imported, 1 cannot be read"), "{said}");
    assert!(said.contains("line 5, `10min eazy`") && said.contains("easy"), "{said}");
    // Eight times 400 m with seven jogs of 90 s: word for word.
    let written = fs::read_to_string(home.path().join("pacebell/workouts/club-1.toml")).unwrap();
    assert!(written.contains("steps  = [\"8×400m 5K / 90s jog\"]"), "{written}");
    assert!(out(&run(home.path(), &["show", "club-2"])).contains("40:00"));
    // Three times 8 min and twice 2 min.
    assert!(out(&run(home.path(), &["show", "club-4"])).contains("28:00"));
    let shown = run(home.path(), &["show", list]);
    assert_eq!(shown.status.code(), Some(2));
    let error = String::from_utf8_lossy(&shown.stderr).into_owned();
    assert!(error.contains("it has 4 workouts") && error.contains("pacebell import"), "{error}");
    let one = home.path().join("one.txt");
    fs::write(&one, "\n- 40min easy\n").unwrap();
    assert!(out(&run(home.path(), &["show", one.to_str().unwrap()])).contains("40:00"));
}

#[test]
fn a_list_that_pacebell_can_read_is_not_taken_for_another_language() {
    let text = "- 60s 90% 5K\n- 400m 95% threshold\n";
    let workouts = exchange::read_all(text.as_bytes(), "x", &ReadOptions::default()).unwrap();
    let totals: Vec<ForeignTotals> =
        workouts.into_iter().map(|workout| ForeignTotals::of(&workout.unwrap().items)).collect();
    assert_eq!([totals[0].time.get(), totals[1].metres as u64], [60_000, 400]);
    // Four hundred minutes there: the text has a word that pacebell does not know.
    let theirs = read(b"- 400m 60% Pace\n").unwrap();
    assert_eq!(ForeignTotals::of(&theirs.items).time.get(), 400 * 60_000);
}

#[test]
fn a_tcx_file_may_have_several_workouts() {
    let one = |name: &str| {
        format!(
            "<Workout Sport='Running'><Name>{name}</Name><Step xsi:type='Step_t'><Duration xsi:type='Time_t'><Seconds>60</Seconds></Duration><Intensity>Active</Intensity><Target xsi:type='HeartRate_t'><HeartRateZone xsi:type='PredefinedHeartRateZone_t'><Number>2</Number></HeartRateZone></Target></Step></Workout>"
        )
    };
    let file = |workouts: &str| {
        format!("<TrainingCenterDatabase><Workouts>{workouts}</Workouts></TrainingCenterDatabase>")
    };
    let two = file(&format!("{}{}", one("First"), one("Second")));
    let read_all = |text: &str| exchange::read_all(text.as_bytes(), "x", &ReadOptions::default());
    let names: Vec<String> = read_all(&two).unwrap().into_iter().map(|read| read.unwrap().name).collect();
    assert_eq!(names, ["First", "Second"]);
    assert!(read(two.as_bytes()).unwrap_err().contains("2 workouts"));
    assert!(read_all(&file(&one("x").repeat(1001))).unwrap_err().problem.contains("more than 1000"));
    let nested = |depth: usize| {
        let open = "<Step xsi:type='Repeat_t'><Repetitions>2</Repetitions>".repeat(depth);
        let step =
            "<Child xsi:type='Step_t'><Duration xsi:type='Time_t'><Seconds>60</Seconds></Duration></Child>";
        read(file(&format!("<Workout>{open}{step}{}</Workout>", "</Step>".repeat(depth))).as_bytes())
    };
    assert_eq!(ForeignTotals::of(&nested(7).unwrap().items).steps, 128);
    assert!(nested(8).unwrap_err().contains("nested more than 7 deep"));
    let activity = "<TrainingCenterDatabase><Activities><Activity Sport='Running'/></Activities></TrainingCenterDatabase>";
    assert!(read(activity.as_bytes()).unwrap_err().contains("without workouts"));
}

/// Returns a FIT file with a `file_id` of a type: 4 is an activity.
fn fit_of_type(kind: u8) -> Vec<u8> {
    let body = [0x40, 0, 0, 0, 0, 1, 0, 1, 0, 0, kind];
    let mut file = vec![14, 0x20, 0, 0];
    file.extend((body.len() as u32).to_le_bytes());
    file.extend(b".FIT\0\0");
    file.extend(body);
    file.extend([0, 0]);
    file
}

#[test]
fn an_activity_in_a_folder_is_skipped_with_the_way_in() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("watch");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a-run.fit"), fit_of_type(4)).unwrap();
    fs::write(folder.join("README.txt"), "Runs.").unwrap();
    fs::write(folder.join("steps.txt"), "- 10m 60% Pace").unwrap();
    let (from, to) = (folder.to_str().unwrap(), home.path().join("out"));
    let imported = run(home.path(), &["import", from, "--to", to.to_str().unwrap(), "--json"]);
    assert_eq!(imported.status.code(), Some(0), "{}", out(&imported));
    let said = String::from_utf8_lossy(&imported.stderr).into_owned();
    assert!(said.contains("a-run.fit is an activity") && said.contains("pacebell log import"), "{said}");
    let json: serde_json::Value = serde_json::from_slice(&imported.stdout).unwrap();
    let skipped: Vec<_> =
        json["skipped"].as_array().unwrap().iter().map(|file| file["reason"].as_str()).collect();
    assert_eq!(skipped, [Some("no-workout"), Some("activity")]);
    let named = folder.join("a-run.fit");
    let refused = run(home.path(), &["import", named.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(out(&refused).contains("pacebell log import"), "{}", out(&refused));
}

#[test]
fn a_workout_that_takes_the_name_of_a_built_in_one_says_so() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("short-intervals.zwo");
    fs::copy(folder().join("zwo/run-threshold.zwo"), &file).unwrap();
    let file = file.to_str().unwrap();
    let imported = run(home.path(), &["import", file, "--dry-run"]);
    assert!(out(&imported).contains("not the built-in one"), "{}", out(&imported));
    let elsewhere = home.path().join("out");
    let imported = run(home.path(), &["import", file, "--to", elsewhere.to_str().unwrap()]);
    assert!(!out(&imported).contains("built-in"), "{}", out(&imported));
}

#[test]
fn check_and_fmt_know_files_of_other_programs() {
    let home = tempfile::tempdir().unwrap();
    let (empty, good) = (home.path().join("empty.zwo"), folder().join("zwo/intervals.zwo"));
    fs::write(&empty, "").unwrap();
    let checked = run(home.path(), &["check", empty.to_str().unwrap()]);
    assert_eq!(checked.status.code(), Some(2));
    let said = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert!(said.contains("it is empty") && !said.contains("TOML"), "{said}");
    let formatted = run(home.path(), &["fmt", good.to_str().unwrap()]);
    assert_eq!(formatted.status.code(), Some(2));
    let said = String::from_utf8_lossy(&formatted.stderr).into_owned();
    assert!(said.contains("workout of another program") && said.contains("pacebell import"), "{said}");
}

/// A plan as calendar-hack has them.
const PLAN: &str = "\
id: own
name: 'Own: 10K'
description: \"Two weeks
  of running.\"
units: mi
source: https://example.org/plan
type: 10K
schedule:
- workouts: # week 1
  - title: Rest or cross-training
  - title: '{1.5:2.4} easy'
    distance: 1.5
  - title: Rest
  - title: \"Lactate threshold\\n{10:16}\\n2 \\u00d7 10 min\"
    distance: 10.0
  - title: 30 Min Walk
  - title: Recovery
    distance: 5
  - title: Whatever you like
- workouts: # week 2
  - title: Rest
  - title: Rest
  - title: Rest
  - title: Rest
  - title: Rest
  - title: Rest
  - title: '10K Race ({6.2:10})'
    distance: 6.21371
";

#[test]
fn a_plan_of_calendar_hack_becomes_a_plan() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("own_10k.yaml");
    fs::write(&file, PLAN).unwrap();
    let file = file.to_str().unwrap();
    let imported = run(home.path(), &["import", file]);
    let said = out(&imported);
    assert_eq!(imported.status.code(), Some(0), "{said}");
    assert!(said.contains("Own: 10K, 2 weeks, 7 sessions") && said.contains("1 plan imported"), "{said}");
    for day in ["week 1, thu", "week 1, sun", "week 2, sun: the text of the race"] {
        assert!(said.contains(day), "{day}: {said}");
    }
    let text = fs::read_to_string(home.path().join("pacebell/plans/own-10k.toml")).unwrap();
    for line in [
        "race   = \"10K\"",
        "tue = \"1.5mi easy\"",
        "do = \"10mi 'Lactate threshold'\"",
        "sat = \"5mi recovery\"",
        "sun = \"open 'Whatever you like'\"",
        "sun = { do = \"race\", about = \"10K Race (6.2mi)\" }",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(!text.contains("wed ="), "{text}");
    let checked = run(home.path(), &["plan", "check", "own-10k"]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let ran = run(home.path(), &["show", file]);
    assert!(
        String::from_utf8_lossy(&ran.stderr).contains("training plan"),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    let json = home.path().join("metric.json");
    let metric = "{\"name\": \"M\", \"units\": \"km\", \"schedule\": [{\"workouts\": [{\"title\": \"Easy\\n{5:8}\", \"distance\": 5}]}]}";
    fs::write(&json, metric).unwrap();
    let imported = run(home.path(), &["import", json.to_str().unwrap(), "--json"]);
    let report: serde_json::Value = serde_json::from_slice(&imported.stdout).unwrap();
    assert_eq!(
        [&report["files"][0]["weeks"], &report["files"][0]["format"]],
        [&serde_json::json!(1), &serde_json::json!("calendar-hack")]
    );
    let text = fs::read_to_string(home.path().join("pacebell/plans/metric.toml")).unwrap();
    assert!(text.contains("8km easy"), "{text}");
}
