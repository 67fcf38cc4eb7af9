//! Random workouts go into every format and come back: the same steps in the same order, and a line of the report for
//! each thing that is not the same.

use crate::workout_exports::{FORMATS, back, exported, profile};
use pacebell::diagnostic::SourceText;
use pacebell::formats::exchange::export::WorkoutExport;
use pacebell::formats::exchange::export_losses::ExportOptions;
use pacebell::formats::exchange::report::ConversionNote;
use pacebell::formats::exchange::{export, from_sequence};
use pacebell::runner::profile::Profile;
use pacebell::units::Millis;
use pacebell::workout::sequence::{CueTime, End, Kind, PlannedStep, Sequence};
use pacebell::workout::{Options, compile_notation};
use proptest::collection::vec;
use proptest::prelude::*;

/// Returns a step in notation.
fn step() -> impl Strategy<Value = String> {
    let end = prop_oneof![
        6 => (20u32..900).prop_map(|s| format!("{s}s")),
        1 => (40u32..90).prop_map(|s| format!("{s}.5s")),
        2 => (2u32..30).prop_map(|n| format!("{n}00m")),
        1 => Just("1mi".to_string()),
        1 => Just("open".to_string()),
        1 => Just("30-40s".to_string()),
    ];
    let target = prop::sample::select(vec![
        "easy",
        "threshold",
        "walk",
        "5K",
        "90% threshold",
        "5:00/km",
        "5:03/km",
        "4:30-4:40/km",
        "12km/h",
        "8 -> 12 km/h",
        "easy -> threshold",
        "Z3",
        "Z2-4",
        "140-150bpm",
        "70-80%HRmax",
        "85%LTHR",
        "RPE 7",
        "'drills'",
    ]);
    let incline = prop::sample::select(vec!["", "", "", " incline 2%", " incline 1 -> 4%"]);
    (end, target, incline).prop_map(|(end, target, incline)| format!("{end} {target}{incline}"))
}

/// Returns a workout in notation.
fn notation() -> impl Strategy<Value = String> {
    let item = prop_oneof![
        3 => step(),
        1 => (20u32..90).prop_map(|s| format!("warmup {s}s easy")),
        1 => (20u32..90).prop_map(|s| format!("Hills: {s}s hard | 10s: 'tall & <quick>'")),
        1 => (2u32..6, step(), step()).prop_map(|(n, a, b)| format!("{n}×({a}, {b})")),
        1 => (2u32..6, 30u32..90).prop_map(|(n, s)| format!("{n}×400m 5K / {s}s jog")),
        1 => (2u32..4, step(), step(), step()).prop_map(|(n, a, b, c)| format!("{n}×(2×({a}, {b}), {c})")),
        1 => step().prop_map(|a| format!("2-4×({a}, 60s easy)")),
    ];
    vec(item, 1..6).prop_map(|items| items.join(", then "))
}

/// Compiles a workout. `None` for one that the language refuses, such as a ramp in an open step.
fn compiled(text: &str, profile: &Profile) -> Option<Sequence> {
    let source = SourceText::new("property", text);
    let compiled = compile_notation(&source, Some(&profile.athlete), &Options::default());
    compiled.ok().map(|compiled| compiled.sequence)
}

/// Returns a speed at the start and one at the end, or the ends of a range, in metres per second.
fn speeds(step: &PlannedStep) -> Option<(f64, f64)> {
    let start = step.target.start.speed?.mps();
    let to = step.target.ramp_to.as_ref().and_then(|to| to.speed).map(|speed| speed.mps());
    let range = step.target.speed_range.map(|(slow, fast)| (slow.mps(), fast.mps()));
    Some(range.unwrap_or((start, to.unwrap_or(start))))
}

fn has_same_length(a: &PlannedStep, b: &PlannedStep) -> bool {
    match (a.end, b.end) {
        (End::Time { upper: a, .. }, End::Time { upper: b, .. }) => a == b,
        (End::Distance { upper: a, .. }, End::Distance { upper: b, .. }) => {
            (a.metres() - b.metres()).abs() < 0.02
        }
        (End::Open, End::Open) => true,
        _ => false,
    }
}

fn has_same_target(a: &PlannedStep, b: &PlannedStep) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 0.004 * a;
    if let (Some(a), Some(b)) = (speeds(a), speeds(b)) {
        return near(a.0, b.0) && near(a.1, b.1);
    }
    let beats = |step: &PlannedStep| step.target.heart_rate.as_ref().map(|heart| heart.bpm);
    if beats(a).is_some() || beats(b).is_some() {
        return beats(a) == beats(b) && a.target.start.zone == b.target.start.zone;
    }
    a.target.words == b.target.words
}

fn cues(step: &PlannedStep) -> Vec<(u64, &str)> {
    let at = |when: CueTime| match when {
        CueTime::At(at) => at.get(),
        _ => u64::MAX,
    };
    step.cues.iter().map(|cue| (at(cue.when), cue.text.as_str())).collect()
}

/// Returns what differs between a step and the one that came back, with words of which one is in a line about it.
fn differences(a: &PlannedStep, b: &PlannedStep) -> Vec<(&'static str, &'static [&'static str])> {
    let inclines =
        |step: &PlannedStep| (step.incline.percent(), step.incline_to.unwrap_or(step.incline).percent());
    let near = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs() < 0.06 && (a.1 - b.1).abs() < 0.06;
    let all: [(&'static str, bool, &'static [&'static str]); 6] = [
        ("length", has_same_length(a, b), &["rounded", "distance became", "waits for you"]),
        (
            "target",
            has_same_target(a, b),
            &["ramp became", "widened", "the target", "a target", "average", "the pace was rounded"],
        ),
        ("incline", near(inclines(a), inclines(b)), &["incline"]),
        ("texts", cues(a) == cues(b), &["text", "notes", "label"]),
        ("label", a.label == b.label, &["label", "text", "name", "notes"]),
        ("kind", a.kind == Kind::Run || a.kind == b.kind, &["the kind of some steps"]),
    ];
    all.into_iter().filter(|(_, is_same, _)| !is_same).map(|(what, _, words)| (what, words)).collect()
}

fn check(text: &str, sequence: &Sequence, format: WorkoutExport, profile: &Profile) {
    let file = exported(sequence, format, profile);
    let report: Vec<String> = file.report.iter().map(ConversionNote::sentence).collect();
    let again = back(&file, profile);
    assert_eq!(again.steps.len(), sequence.steps.len(), "{text} as {format:?}");
    for (nth, (before, after)) in sequence.steps.iter().zip(&again.steps).enumerate() {
        for (what, words) in differences(before, after) {
            let is_told = report.iter().any(|line| words.iter().any(|word| line.contains(word)));
            assert!(
                is_told,
                "{text} as {format:?}, step {nth}: the {what} of {before:?}\nbecame {after:?}\n{report:#?}"
            );
        }
    }
    let may_end = sequence.steps.iter().any(|step| step.reps.iter().any(|rep| rep.may_end));
    assert!(!may_end || report.iter().any(|line| line.contains("range of repeats")), "{text}: {report:#?}");
    let is_range = |step: &PlannedStep| matches!(step.end, End::Time { lower: Some(_), .. });
    let has_range = sequence.steps.iter().any(is_range);
    assert!(!has_range || report.iter().any(|line| line.contains("range of lengths")), "{text}: {report:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn each_difference_has_a_line(text in notation(), knows_paces in any::<bool>()) {
        let profile = if knows_paces { profile() } else { Profile::default() };
        let sequence = compiled(&text, &profile);
        prop_assume!(sequence.is_some());
        let sequence = sequence.unwrap();
        for format in FORMATS {
            check(&text, &sequence, format, &profile);
        }
        let options = ExportOptions { open: Millis::from_secs(60), threshold: None, created: None };
        if export::file(&from_sequence::workout(&sequence), WorkoutExport::Tcx, &options).is_ok() {
            check(&text, &sequence, WorkoutExport::Tcx, &profile);
        }
    }
}
