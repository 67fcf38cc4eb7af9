//! `pacebell export` to workout files of other programs: what they can hold comes back the same, and the rest is said.

use crate::fixture::pacebell_at;
use fitparser::profile::MesgNum;
use pacebell::athlete::NamedPace;
use pacebell::diagnostic::SourceText;
use pacebell::formats::exchange::export::{self, ExportedWorkout, WorkoutExport};
use pacebell::formats::exchange::export_losses::ExportOptions;
use pacebell::formats::exchange::report::ConversionNote;
use pacebell::formats::exchange::{self, ReadOptions, from_sequence, toml_writer};
use pacebell::library;
use pacebell::runner::profile::Profile;
use pacebell::units::Millis;
use pacebell::workout::sequence::{End, PlannedStep, Sequence};
use pacebell::workout::{Options, compile_file, compile_notation};
use std::collections::BTreeSet;
use std::fs;

/// The formats that hold workouts of any number of steps.
pub const FORMATS: [WorkoutExport; 5] = [
    WorkoutExport::Fit,
    WorkoutExport::Zwo,
    WorkoutExport::Qz,
    WorkoutExport::Garmin,
    WorkoutExport::Intervals,
];

/// Returns the profile of a runner with a race result.
pub fn profile() -> Profile {
    let text = SourceText::new("profile", "[athlete]\n\"5K\" = \"22:30\"\n");
    Profile::parse(&text, None).expect("the profile is well formed").profile
}

/// Returns every built-in workout that is a run, and some with everything else in them.
fn workouts(profile: &Profile) -> Vec<Sequence> {
    let athlete = Some(&profile.athlete);
    let options = Options::default();
    let built_in = library::built_in().into_iter().map(|workout| {
        compile_file(&workout.source(), athlete, &options).expect("built-in workouts compile").sequence
    });
    let others = [
        "2×(3×400m 5K / 90s jog) / 3min walk, cooldown open easy",
        "3×(60s hard, 30s easy)",
        "10min 8 -> 12 km/h incline 2%, 5min 4:30-4:40/km, 60s Z2, 60s 140-150bpm, 60s RPE 6, 90.5s easy",
        "Hill: 60s hard | 10s: 'a & <b>', 400m in 90s",
        "4min easy | every 60s: 'tall \"and\" quick'",
    ];
    let others = others.map(|text| {
        compile_notation(&SourceText::new("notation", text), athlete, &options).expect(text).sequence
    });
    let all: Vec<Sequence> = built_in.chain(others).filter(|sequence| sequence.activity.is_run()).collect();
    assert!(all.len() > 45, "{} workouts", all.len());
    all
}

/// Writes a workout.
pub fn exported(sequence: &Sequence, format: WorkoutExport, profile: &Profile) -> ExportedWorkout {
    let threshold = profile.athlete.speed(NamedPace::Threshold);
    let options = ExportOptions { open: Millis::from_secs(60), threshold, created: None };
    export::file(&from_sequence::workout(sequence), format, &options).unwrap()
}

/// Reads a file back and compiles it.
pub fn back(file: &ExportedWorkout, profile: &Profile) -> Sequence {
    let read = exchange::read(&file.bytes, "untitled", &ReadOptions::default()).unwrap();
    let text = toml_writer::file(&read, "a test");
    let source = SourceText::new("back.toml", text.as_str());
    let compiled = compile_file(&source, Some(&profile.athlete), &Options::default());
    compiled.unwrap_or_else(|problems| panic!("{text}\n{problems:?}")).sequence
}

/// Returns the ends of the steps, of an endless repeat those of one round.
fn ends(sequence: &Sequence) -> Vec<String> {
    let steps = sequence.steps.iter().filter(|step| !step.is_later_round());
    steps
        .map(|step| match step.end {
            End::Time { upper, .. } => format!("{} ms", upper.get()),
            End::Distance { upper, .. } => format!("{:.1} m", upper.metres()),
            End::Open => "open".to_string(),
        })
        .collect()
}

/// Returns the lengths of the steps in a file of Zwift: metres if all steps have a distance, and else seconds. A distance
/// takes the time at its speed, or at 6:00/km without one, and an open step a minute.
fn zwo_ends(sequence: &Sequence) -> Vec<f64> {
    let steps: Vec<_> = sequence.steps.iter().filter(|step| !step.is_later_round()).collect();
    let is_distance = steps.iter().all(|step| matches!(step.end, End::Distance { .. }));
    let seconds = |step: &PlannedStep, metres: f64| {
        let start = step.target.start.speed.map(|speed| speed.mps());
        let ramp = step.target.ramp_to.as_ref().and_then(|to| to.speed).map(|speed| speed.mps());
        let range = step.target.speed_range.map(|(slow, fast)| (slow.mps() + fast.mps()) / 2.0);
        let mean = match (start, ramp, range) {
            (Some(from), Some(to), _) => Some((from + to) / 2.0),
            (Some(_), None, Some(range)) => Some(range),
            (start, ..) => start,
        };
        mean.map_or((metres * 0.36).round(), |speed| metres / speed)
    };
    let length = |step: &&PlannedStep| match step.end {
        End::Time { upper, .. } => upper.as_secs_f64(),
        End::Distance { upper, .. } if is_distance => upper.metres(),
        End::Distance { upper, .. } => seconds(step, upper.metres()),
        End::Open => 60.0,
    };
    steps.iter().map(length).collect()
}

#[test]
fn steps_and_their_lengths_come_back_in_order() {
    let profile = profile();
    for sequence in workouts(&profile) {
        for format in [WorkoutExport::Fit, WorkoutExport::Garmin] {
            let again = back(&exported(&sequence, format, &profile), &profile);
            assert_eq!(ends(&again), ends(&sequence), "{} as {format:?}", sequence.name);
            let name: String = sequence.name.chars().take(120).collect();
            assert_eq!(again.name, name);
        }
        let seconds = |ends: Vec<String>| -> Vec<String> {
            ends.iter()
                .map(|end| {
                    end.strip_suffix(" ms")
                        .map_or(end.clone(), |ms| format!("{} s", (ms.parse::<u64>().unwrap() + 500) / 1000))
                })
                .collect()
        };
        for format in [WorkoutExport::Qz, WorkoutExport::Intervals] {
            let again = back(&exported(&sequence, format, &profile), &profile);
            assert_eq!(seconds(ends(&again)), seconds(ends(&sequence)), "{} as {format:?}", sequence.name);
        }
        let again = back(&exported(&sequence, WorkoutExport::Zwo, &profile), &profile);
        let (written, wanted) = (zwo_ends(&again), zwo_ends(&sequence));
        assert_eq!(written.len(), wanted.len(), "{} as ZWO", sequence.name);
        for (nth, (written, wanted)) in written.iter().zip(&wanted).enumerate() {
            // A time is written to the millisecond, and a distance to the millimetre.
            assert!(
                (written - wanted).abs() < 0.002,
                "{} as ZWO, step {nth}: {written}, {wanted}",
                sequence.name
            );
        }
    }
}

#[test]
fn whatever_is_lost_is_said() {
    let profile = profile();
    let source = SourceText::new(
        "notation",
        "10min 8 -> 12 km/h incline 2%, 60s RPE 6, 60s 5:00/km, open walk | 10s: 'now'",
    );
    let sequence = compile_notation(&source, Some(&profile.athlete), &Options::default()).unwrap().sequence;
    let said = |format| {
        exported(&sequence, format, &profile)
            .report
            .iter()
            .map(ConversionNote::sentence)
            .collect::<Vec<_>>()
            .join("\n")
    };
    let fit = said(WorkoutExport::Fit);
    for loss in [
        "a ramp became the range",
        "the incline is in the notes",
        "the target is in the notes",
        "widened by 2 %",
        "texts with their times",
    ] {
        assert!(fit.contains(loss), "{loss}: {fit}");
    }
    let zwo = said(WorkoutExport::Zwo);
    assert!(zwo.contains("a step that waits for you") && zwo.contains("usual share"), "{zwo}");
    assert!(said(WorkoutExport::Qz).contains("the target has no speed"));
}

#[test]
fn paces_come_back_within_what_is_said() {
    let profile = profile();
    let source = SourceText::new("notation", "10min 5:00/km, 5min 4:30-4:40/km");
    let sequence = compile_notation(&source, Some(&profile.athlete), &Options::default()).unwrap().sequence;
    let again = back(&exported(&sequence, WorkoutExport::Fit, &profile), &profile);
    let ranges: Vec<(f64, f64)> = again
        .steps
        .iter()
        .map(|step| step.target.speed_range.map(|(slow, fast)| (slow.mps(), fast.mps())).unwrap())
        .collect();
    let near = |a: f64, b: f64| (a - b).abs() < 0.002;
    // 2 % around 1000 m in 300 s, and 1000 m in 280 to 270 s.
    assert!(near(ranges[0].0, 3.267) && near(ranges[0].1, 3.4), "{ranges:?}");
    assert!(near(ranges[1].0, 3.571) && near(ranges[1].1, 3.704), "{ranges:?}");
    let qz = back(&exported(&sequence, WorkoutExport::Qz, &profile), &profile);
    assert!(near(qz.steps[0].target.start.speed.unwrap().mps(), 1000.0 / 300.0));
    let zwo = back(&exported(&sequence, WorkoutExport::Zwo, &profile), &profile);
    assert!(near(zwo.steps[0].target.start.speed.unwrap().mps(), 1000.0 / 300.0));
}

#[test]
fn paces_in_a_file_of_zwift_are_exact_without_a_profile() {
    let nobody = Profile::default();
    let notation = |text: &str| {
        let source = SourceText::new("notation", text);
        compile_notation(&source, Some(&nobody.athlete), &Options::default()).unwrap().sequence
    };
    let half = exported(&notation("21.1km 5:15/km"), WorkoutExport::Zwo, &nobody);
    let text = String::from_utf8(half.bytes.clone()).unwrap();
    assert!(text.contains("<thresholdSecPerKm>315</thresholdSecPerKm>"), "{text}");
    assert!(text.contains("<SteadyState Duration=\"21100\" Power=\"1\"/>"), "{text}");
    assert_eq!(back(&half, &nobody).steps[0].target.words, "5:15/km");
    let mixed =
        exported(&notation("10min 140-150bpm, 1km 5:30/km, 1km 5:15/km"), WorkoutExport::Zwo, &nobody);
    let words: Vec<String> =
        back(&mixed, &nobody).steps.iter().map(|step| step.target.words.clone()).collect();
    assert_eq!(words[1..], ["5:30/km", "5:15/km"]);
    let lines: Vec<String> = mixed.report.iter().map(ConversionNote::sentence).collect();
    let heart: Vec<&String> = lines.iter().filter(|line| line.contains("140–150")).collect();
    assert!(matches!(heart[..], [line] if line.contains("became easy")), "{lines:#?}");
    assert!(!lines.iter().any(|line| line.contains("usual share")), "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains("the fastest pace of the workout")), "{lines:#?}");
}

#[test]
fn other_readers_read_the_files() {
    let profile = profile();
    let mut serials = BTreeSet::new();
    let all = workouts(&profile);
    for sequence in &all {
        let fit = exported(sequence, WorkoutExport::Fit, &profile);
        let messages =
            fitparser::from_bytes(&fit.bytes).unwrap_or_else(|error| panic!("{}: {error}", sequence.name));
        let named = |kind: MesgNum| messages.iter().filter(|message| message.kind() == kind).count();
        assert_eq!([named(MesgNum::FileId), named(MesgNum::Workout)], [1, 1], "{}", sequence.name);
        assert!(named(MesgNum::WorkoutStep) > 0, "{}", sequence.name);
        let id = messages.iter().find(|message| message.kind() == MesgNum::FileId).unwrap();
        let serial = id.fields().iter().find(|field| field.name() == "serial_number").unwrap();
        assert!(
            serials.insert(serial.value().to_string()),
            "{}: two workouts with one number",
            sequence.name
        );
        for format in [WorkoutExport::Zwo, WorkoutExport::Qz] {
            let bytes = exported(sequence, format, &profile).bytes;
            let text = String::from_utf8(bytes).unwrap();
            let mut reader = quick_xml::Reader::from_str(&text);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("{}: {error}\n{text}", sequence.name),
                }
            }
        }
        let json = exported(sequence, WorkoutExport::Garmin, &profile).bytes;
        serde_json::from_slice::<serde_json::Value>(&json).unwrap();
    }
    assert_eq!(serials.len(), all.len());
}

#[test]
fn a_heart_rate_that_ends_a_step_is_in_a_fit_workout_and_told_lost_elsewhere() {
    let profile = profile();
    let source = SourceText::new("notation", "30s-3min until HR < 120 walk, 1-4min until HR > 160 hard");
    let sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
    let fit = exported(&sequence, WorkoutExport::Fit, &profile);
    let messages = fitparser::from_bytes(&fit.bytes).unwrap();
    let ends: Vec<(String, String)> = messages
        .iter()
        .filter(|message| message.kind() == MesgNum::WorkoutStep)
        .map(|step| {
            let field = |number: u8| step.fields().iter().find(|field| field.number() == number).unwrap();
            // The type of the duration, and its value.
            (field(1).value().to_string(), field(2).value().to_string())
        })
        .collect();
    // Above 100 the profile of FIT counts beats a minute.
    let expected = [("hr_less_than", "220"), ("hr_greater_than", "260")];
    assert_eq!(ends, expected.map(|(kind, value)| (kind.to_string(), value.to_string())));
    let tells =
        |file: &ExportedWorkout, words: &str| file.report.iter().any(|line| line.text.contains(words));
    assert!(tells(&fit, "the shortest and the longest time"), "{:?}", fit.report);
    for format in [WorkoutExport::Zwo, WorkoutExport::Qz, WorkoutExport::Garmin, WorkoutExport::Tcx] {
        let file = exported(&sequence, format, &profile);
        assert!(tells(&file, "ends on the heart rate became its longest time"), "{:?}", file.report);
    }
}

#[test]
fn the_ending_decides_and_no_file_is_replaced_unasked() {
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        pacebell_at(home.path()).current_dir(home.path()).args(arguments).output().unwrap()
    };
    for file in ["a.fit", "a.zwo", "a.xml", "a.json", "a.txt", "a.toml"] {
        let output = run(&["export", "short-intervals", "-o", file]);
        assert!(output.status.success(), "{file}: {}", String::from_utf8_lossy(&output.stderr));
        let again = run(&["export", "short-intervals", "-o", file]);
        assert_eq!(again.status.code(), Some(1), "{file}");
        assert!(String::from_utf8_lossy(&again.stderr).contains("--force"));
        assert!(run(&["export", "short-intervals", "-o", file, "--force"]).status.success());
        let shown = run(&["show", file]);
        assert!(
            String::from_utf8_lossy(&shown.stdout).contains("15:00"),
            "{file}: {}",
            String::from_utf8_lossy(&shown.stderr)
        );
    }
    assert!(run(&["export", "short-intervals", "--to", "zwo", "-o", "b"]).status.success());
    assert!(fs::read_to_string(home.path().join("b")).unwrap().contains("<workout_file>"));
    let odd = run(&["export", "short-intervals", "-o", "a.gpx"]);
    assert_eq!(odd.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&odd.stderr).contains(".fit"));
}

#[test]
fn long_names_and_many_steps_fit() {
    let profile = profile();
    let steps: Vec<String> = (0..400).map(|n| format!("\"{}s easy\"", 30 + n % 7)).collect();
    let text = format!("name = \"{}\"\nsteps = [{}]", "n".repeat(200), steps.join(","));
    let source = SourceText::new("long.toml", text);
    let sequence = compile_file(&source, Some(&profile.athlete), &Options::default()).unwrap().sequence;
    for format in FORMATS {
        assert_eq!(back(&exported(&sequence, format, &profile), &profile).steps.len(), 400, "{format:?}");
    }
}

#[test]
fn a_fit_file_tells_which_texts_were_cut() {
    let profile = profile();
    let long = "ä".repeat(128);
    let text = format!(
        "name = \"{long}\"\nabout = \"{long}\"\nsteps = [{{ time = \"60s\", target = \"easy\", cues = [{{ at = \"0s\", say = \"{long}\" }}] }}]"
    );
    let source = SourceText::new("long.toml", text);
    let sequence = compile_file(&source, Some(&profile.athlete), &Options::default()).unwrap().sequence;
    let file = exported(&sequence, WorkoutExport::Fit, &profile);
    let said: Vec<&str> = file.report.iter().map(|note| note.text.as_str()).collect();
    for what in ["the description", "the note of the step"] {
        assert!(said.contains(&format!("{what} has more than 254 bytes, and was cut").as_str()), "{said:?}");
    }
}

/// Returns the text of a workout in notation for intervals.icu.
fn intervals(text: &str, profile: &Profile) -> String {
    let source = SourceText::new("notation", text);
    let sequence =
        compile_notation(&source, Some(&profile.athlete), &Options::default()).expect(text).sequence;
    String::from_utf8(exported(&sequence, WorkoutExport::Intervals, profile).bytes).unwrap()
}

#[test]
fn text_for_intervals_icu_has_its_units_and_repeats() {
    let nobody = Profile::default();
    let text = intervals(
        "warmup 10min 60% threshold -> 80% threshold, 5×400m 4:00/km / 90s Z2, 3min threshold, cooldown 5min 6:00/km",
        &nobody,
    );
    // The syntax of the workout builder's guide: `m` is minutes, `mtr` metres, and a repeat stands between empty lines.
    let wanted = "Warmup\n- 10m ramp 60-80% Pace\n\n4x\n- 400mtr 4:00/km Pace\n- 1m30s Z2 HR\n\n\
                  - 400mtr 4:00/km Pace\n- 3m 100% Pace\n\nCooldown\n- 5m 6:00/km Pace\n";
    assert_eq!(text, wanted);
    let nested = intervals("2×(3×400m 4:00/km / 90s 6:00/km) / 3min 7:00/km", &nobody);
    assert_eq!(nested.matches("2x\n").count(), 2, "{nested}");
    let texts = intervals("10min 5:00/km | 60s: '30 steps at 95%' | 2min: 'go 400m on'", &nobody);
    assert_eq!(texts, "- 60^ 30 steps at 95 percent 120^go 400 m on<!> 10m 5:00/km Pace\n");
    // Walking is 5 km/h unless the profile says otherwise.
    assert_eq!(intervals("open walk", &nobody), "- 1m 12:00/km Pace press lap\n");
    assert_eq!(intervals("60s 140-150bpm", &nobody), "- 140–150 bpm 1m freeride\n");
}

/// Returns the texts of the elements with a name, in order.
fn elements<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(&open).skip(1).filter_map(|rest| rest.split(&close).next()).collect()
}

#[test]
fn a_tcx_workout_keeps_to_the_limits_of_its_schema() {
    let profile = profile();
    let mut written = 0;
    for sequence in workouts(&profile) {
        let threshold = profile.athlete.speed(NamedPace::Threshold);
        let options = ExportOptions { open: Millis::from_secs(60), threshold, created: None };
        let file = export::file(&from_sequence::workout(&sequence), WorkoutExport::Tcx, &options);
        let file = match file {
            Ok(file) => file,
            Err(refusal) => {
                assert!(refusal.problem.contains("at most 20 steps"), "{}", refusal.problem);
                assert!(refusal.help.contains(".fit"), "{}", refusal.help);
                continue;
            }
        };
        written += 1;
        let text = String::from_utf8(file.bytes).unwrap();
        let names = elements(&text, "Name");
        let shown = |name: &str| {
            name.replace("&gt;", ">").replace("&lt;", "<").replace("&quot;", "\"").replace("&amp;", "&")
        };
        assert!(names.iter().all(|name| (1..=15).contains(&shown(name).chars().count())), "{names:?}");
        let ids: Vec<u32> = elements(&text, "StepId").iter().map(|id| id.parse().unwrap()).collect();
        assert!(ids.iter().copied().eq(1..=ids.len() as u32) && ids.len() <= 20, "{ids:?}");
        let whole = |name: &str| {
            elements(&text, name).iter().all(|number| number.parse::<u16>().is_ok_and(|n| n > 0))
        };
        assert!(whole("Seconds") && whole("Meters"), "{text}");
        let repeats = elements(&text, "Repetitions");
        assert!(repeats.iter().all(|n| (2..=99).contains(&n.parse::<u32>().unwrap())), "{repeats:?}");
        let intensities = elements(&text, "Intensity");
        assert!(intensities.iter().all(|word| ["Active", "Resting"].contains(word)), "{intensities:?}");
        if sequence.name.chars().count() > 15 {
            let start: String = sequence.name.chars().take(10).collect();
            assert!(shown(elements(&text, "Notes")[0]).starts_with(&start), "{text}");
            assert!(
                file.report.iter().any(|line| line.text.contains("the name was cut")),
                "{}",
                sequence.name
            );
        }
    }
    assert!(written > 30, "{written} workouts");
}

#[test]
fn a_tcx_workout_splits_a_long_repeat_and_refuses_what_has_no_room() {
    let tcx = |text: &str| {
        let source = SourceText::new("notation", text);
        let sequence = compile_notation(&source, None, &Options::default()).expect(text).sequence;
        let options = ExportOptions { open: Millis::from_secs(60), threshold: None, created: None };
        export::file(&from_sequence::workout(&sequence), WorkoutExport::Tcx, &options)
    };
    let text = String::from_utf8(tcx("150×(20s fast, 10s easy)").unwrap().bytes).unwrap();
    assert_eq!(elements(&text, "Repetitions"), ["99", "51"]);
    let half = tcx("90.5s 5:00/km").unwrap();
    assert!(half.report.iter().any(|line| line.text.contains("rounded to the second")));
    let steps: Vec<String> = (1..=21).map(|n| format!("{}s easy", n + 60)).collect();
    assert!(tcx(&steps.join(", ")).unwrap_err().problem.contains("this one has 21"));
    assert!(tcx("100km easy").unwrap_err().problem.contains("65535"));
}

#[test]
fn a_plan_goes_into_a_folder_as_a_whole() {
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        pacebell_at(home.path()).current_dir(home.path()).args(arguments).output().unwrap()
    };
    let plan = "name = \"Two weeks\"\n[usual]\ntue = \"8×60s hard / 60s easy\"\nsun = \"40min easy or rest\"\n[[week]]\n[[week]]\nthu = \"10km 10K\"\n";
    fs::write(home.path().join("two.toml"), plan).unwrap();
    let wrong = run(&["export", "two.toml", "-o", "out/"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("add --to fit"));
    let output = run(&["export", "two.toml", "--to", "fit", "-o", "out/"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.starts_with("out/: 5 files of Two weeks"), "{said}");
    assert!(said.contains("sessions to choose instead of the usual one (2 sessions)"), "{said}");
    let mut names: Vec<String> = fs::read_dir(home.path().join("out"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let days: Vec<&str> = names.iter().map(|name| &name[..9]).collect();
    assert_eq!(days, ["w01-sun-1", "w01-tue-1", "w02-sun-1", "w02-thu-1", "w02-tue-1"]);
    for name in &names {
        fitparser::from_bytes(&fs::read(home.path().join("out").join(name)).unwrap()).expect(name);
    }
    let again = run(&["export", "two.toml", "--to", "fit", "-o", "out"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("--force"));
    // A workout that does not fit stops the whole plan before anything is written.
    let steps: Vec<String> = (1..=21).map(|n| format!("{}s easy", n + 60)).collect();
    fs::write(home.path().join("long.toml"), format!("{plan}sat = \"{}\"\n", steps.join(", "))).unwrap();
    let refused = run(&["export", "long.toml", "--to", "tcx", "-o", "tcx/"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("w02-sat-1"));
    assert!(!home.path().join("tcx").exists());
}
