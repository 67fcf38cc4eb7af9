//! Breathing: whole breaths to the millisecond, in what is simulated and in what is heard.

use crate::fixture::pacebell_at;
use pacebell::audio::signal_synth::samples;
use pacebell::cues::Signal;
use std::path::Path;

fn simulated(home: &Path, arguments: &[&str]) -> String {
    let output = pacebell_at(home).arg("simulate").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The times of the lines with these words.
fn times(lines: &str, words: &str) -> Vec<String> {
    let lines =
        lines.lines().filter(|line| line.trim_start().split_once("  ").is_some_and(|(_, w)| w == words));
    lines.map(|line| line.split_whitespace().next().unwrap().to_string()).collect()
}

#[test]
fn a_minute_at_six_five_and_four_breaths_has_whole_breaths() {
    let home = tempfile::tempdir().unwrap();
    for (rate, inhales, exhales) in [
        (
            "6",
            vec!["0.000", "10.000", "20.000", "30.000", "40.000", "50.000"],
            vec!["4.000", "14.000", "24.000", "34.000", "44.000", "54.000"],
        ),
        (
            "5",
            vec!["0.000", "12.000", "24.000", "36.000", "48.000"],
            vec!["4.800", "16.800", "28.800", "40.800", "52.800"],
        ),
        ("4", vec!["0.000", "15.000", "30.000", "45.000"], vec!["6.000", "21.000", "36.000", "51.000"]),
    ] {
        let lines = simulated(home.path(), &["breathing-60s", "-s", &format!("rate={rate}")]);
        assert_eq!(times(&lines, "breathe in"), inhales, "{lines}");
        assert_eq!(times(&lines, "breathe out"), exhales, "{lines}");
        assert!(lines.contains("   60.000  finish"), "{lines}");
    }
}

#[test]
fn a_breath_has_no_pips_and_no_signal_of_a_change_beside_it() {
    let home = tempfile::tempdir().unwrap();
    let cues = simulated(home.path(), &["--cues", "60s easy, 60s breathe 6/min 4:6, 60s easy"]);
    let of_step = |step: &str| -> Vec<&str> {
        let words = cues.lines().map(|line| line.split(' ').collect::<Vec<_>>());
        words.filter(|words| words[2] == step).map(|words| words[1]).collect()
    };
    // The count before the step belongs to it.
    assert_eq!(of_step("2")[..4], ["count", "count", "count", "in"]);
    assert!(of_step("2")[4..].iter().all(|word| ["in", "out"].contains(word)), "{cues}");
    let seconds = |line: &str| line.split(' ').next().unwrap().parse::<f64>().unwrap();
    let is_count = |line: &&str| line.contains("count") && (60.0..120.0).contains(&seconds(line));
    assert_eq!(cues.lines().find(is_count), None, "the breaths say when the step ends");
    assert!(
        cues.contains("60.000 in 2\n") && cues.contains("64.000 out 2\n") && cues.contains("114.000 out 2\n")
    );
}

#[test]
fn fast_breathing_is_a_target_without_a_guide() {
    let home = tempfile::tempdir().unwrap();
    let lines = simulated(home.path(), &["10min easy breathe 30/min 1:1"]);
    assert!(!lines.contains("breathe in"), "{lines}");
}

#[test]
fn a_nap_ends_softly() {
    let home = tempfile::tempdir().unwrap();
    let cues = simulated(home.path(), &["--cues", "nap-20"]);
    let words: Vec<&str> = cues.lines().map(|line| line.split(' ').nth(1).unwrap()).collect();
    // The clock starts; at the end there is neither a pip nor the three long notes.
    assert_eq!(words.iter().rev().take(2).collect::<Vec<_>>(), [&"out", &"out"], "{cues}");
    assert!(!words.contains(&"finish") && !words.contains(&"count"), "{cues}");
}

/// The level of each tenth of a second, as the square root of the mean square.
fn levels(samples: &[i16]) -> Vec<f64> {
    let power =
        |samples: &[i16]| samples.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / samples.len() as f64;
    samples.chunks(4800).map(|samples| power(samples).sqrt()).collect()
}

/// The pitch of a stretch, from how often it rises through zero.
fn hertz(samples: &[i16]) -> f64 {
    let rises = samples.windows(2).filter(|pair| pair[0] < 0 && pair[1] >= 0).count();
    rises as f64 * 48_000.0 / samples.len() as f64
}

#[test]
fn in_and_out_are_told_apart_with_closed_eyes() {
    let (inhale, exhale) = (samples(Signal::Inhale), samples(Signal::Exhale));
    // One sound that swells for about a second, and rises.
    let swell = levels(inhale);
    assert!(swell.len() >= 11, "{swell:?}");
    assert!(swell[..9].is_sorted() && swell[8] > 4.0 * swell[0], "it swells: {swell:?}");
    assert!(hertz(&inhale[38_400..48_000]) > 1.2 * hertz(&inhale[2_400..9_600]), "it rises");
    // Two notes with silence between them, the second one lower.
    let quiet = exhale.windows(480).position(|part| part.iter().all(|sample| *sample == 0)).unwrap();
    let (first, second) = exhale.split_at(quiet);
    let loud = |samples: &[i16]| samples.iter().map(|s| s.unsigned_abs()).max().unwrap();
    assert!(loud(first) > 5000 && loud(second) > 5000);
    let start = second.iter().position(|sample| sample.unsigned_abs() > 1000).unwrap();
    assert!(hertz(&second[start..start + 9600]) < 0.85 * hertz(&first[2400..8000]), "it falls");
}
