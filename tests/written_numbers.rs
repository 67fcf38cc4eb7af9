//! No number that a runner wrote is lost: what a phrase counts, measures and paces is in the workout, or its assumptions
//! say what became of it.

use pacebell::athlete::Athlete;
use pacebell::diagnostic::SourceText;
use pacebell::runner::profile::Profile;
use pacebell::workout::sequence::{End, PlannedStep, Sequence};
use pacebell::workout::{Options, compile_notation};

/// Numbers that look random and are the same in every run.
struct WeightedDice(u64);

impl WeightedDice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.roll(list.len())]
    }
}

/// A length as it is written, in milliseconds or metres.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Size {
    Time(f64),
    Metres(f64),
}

use Size::{Metres, Time};

const REPS: [(&str, Size); 14] = [
    ("30s", Time(30.0)),
    ("45 sec", Time(45.0)),
    ("1 min", Time(60.0)),
    ("90s", Time(90.0)),
    ("2 min", Time(120.0)),
    ("3'", Time(180.0)),
    ("5 mins", Time(300.0)),
    ("200m", Metres(200.0)),
    ("400m", Metres(400.0)),
    ("600", Metres(600.0)),
    ("800", Metres(800.0)),
    ("1k", Metres(1000.0)),
    ("1200m", Metres(1200.0)),
    ("1 mile", Metres(1609.344)),
];
/// Targets, and what the steps have to say.
const TARGETS: [(&str, &str); 10] = [
    ("", ""),
    (" @ 5K", "5K"),
    (" at 10k pace", "10K"),
    (" hard", "hard"),
    (" at threshold", "threshold"),
    (" @ MP", "MP"),
    (" @ 4:10/km", "4:10/km"),
    (" @ 7:15/mi", "7:15/mi"),
    (" at 15 km/h", "15 km/h"),
    (" sub-threshold", "97% threshold"),
];
const RECOVERIES: [(&str, Size); 9] = [
    ("90s jog", Time(90.0)),
    ("60s rest", Time(60.0)),
    ("2 min easy", Time(120.0)),
    ("1 min walk", Time(60.0)),
    ("75s recovery", Time(75.0)),
    ("3 min jog", Time(180.0)),
    ("200m jog", Metres(200.0)),
    ("400 jog", Metres(400.0)),
    ("100m walk", Metres(100.0)),
];
/// What stands before a recovery, and after it.
const JOINTS: [(&str, &str); 7] =
    [(" w/ ", ""), (" with ", ""), (" off ", ""), (", ", ""), (" (", ")"), (" / ", ""), ("; ", "")];
const STEPS: [(&str, Size); 8] = [
    ("10 min easy", Time(600.0)),
    ("20 min tempo", Time(1200.0)),
    ("2 km easy", Metres(2000.0)),
    ("3 miles at MP", Metres(4828.032)),
    ("15' steady", Time(900.0)),
    ("WU 12 min", Time(720.0)),
    ("5k @ HMP", Metres(5000.0)),
    ("7 min CD", Time(420.0)),
];

/// A phrase, and what a workout made of it has to hold.
#[derive(Default)]
struct NumberedPhrase {
    text: String,
    /// Lengths, how many steps have each at least, and the words of their target.
    wanted: Vec<(Size, usize, String)>,
    /// Recoveries, and how many steps have each at least.
    recoveries: Vec<(Size, usize)>,
}

fn same(step: &PlannedStep, size: Size) -> bool {
    match (step.end, size) {
        (End::Time { upper, .. }, Time(seconds)) => (upper.as_secs_f64() - seconds).abs() < 1e-6,
        (End::Distance { upper, .. }, Metres(metres)) => (upper.metres() - metres).abs() < 1e-3,
        _ => false,
    }
}

/// A set of reps with or without a recovery.
fn set(dice: &mut WeightedDice) -> NumberedPhrase {
    let count = 2 + dice.roll(9);
    let (rep, size) = *dice.pick(&REPS);
    let (target, words) = *dice.pick(&TARGETS);
    let mut text = format!("{count} x {rep}{target}");
    let mut recoveries = Vec::new();
    if dice.roll(4) > 0 {
        let (recovery, length) = *dice.pick(&RECOVERIES);
        let (before, after) = *dice.pick(&JOINTS);
        text += &format!("{before}{recovery}{after}");
        recoveries.push((length, count - 1));
    }
    NumberedPhrase { text, wanted: vec![(size, count, words.to_string())], recoveries }
}

/// Several lengths with one recovery, in brackets or without.
fn list(dice: &mut WeightedDice) -> NumberedPhrase {
    let lists: [&[(&str, f64)]; 4] = [
        &[("800m", 800.0), ("600m", 600.0), ("400m", 400.0)],
        &[("3k", 3000.0), ("2k", 2000.0), ("1k", 1000.0)],
        &[("1200", 1200.0), ("800", 800.0), ("400", 400.0)],
        &[("2km", 2000.0), ("1km", 1000.0), ("500m", 500.0)],
    ];
    let lengths = *dice.pick(&lists);
    let names: Vec<&str> = lengths.iter().map(|(name, _)| *name).collect();
    let (target, words) = *dice.pick(&TARGETS[..6]);
    let (recovery, length) = *dice.pick(&RECOVERIES);
    let count = 2 + dice.roll(3);
    let joined = names.join(", ");
    let is_repeated = dice.roll(2) == 0;
    let text = match (is_repeated, dice.roll(3)) {
        (true, 0) => format!("{count} x ({joined}){target} w/ {recovery}"),
        (true, 1) => format!("{count} x ({joined}) {recovery}"),
        (true, _) => format!("{count} x ({joined}){target}, {recovery}"),
        (false, 0) => format!("{joined}{target} with {recovery}"),
        (false, 1) => format!("{joined}{target}, {recovery}"),
        (false, _) => format!("{joined}{target}, {recovery} between"),
    };
    let words = if text.contains(target) { words } else { "" };
    let times = if is_repeated { count } else { 1 };
    let wanted = lengths.iter().map(|(_, metres)| (Metres(*metres), times, words.to_string())).collect();
    NumberedPhrase { text, wanted, recoveries: vec![(length, times)] }
}

fn phrase(dice: &mut WeightedDice) -> NumberedPhrase {
    let mut whole = NumberedPhrase::default();
    for i in 0..1 + dice.roll(3) {
        let part = match dice.roll(5) {
            0 => {
                let (text, size) = *dice.pick(&STEPS);
                NumberedPhrase {
                    text: text.to_string(),
                    wanted: vec![(size, 1, String::new())],
                    recoveries: Vec::new(),
                }
            }
            1 => list(dice),
            _ => set(dice),
        };
        let joint = if i == 0 { "" } else { *dice.pick(&[", ", " + ", "; ", ", then "]) };
        whole.text += joint;
        whole.text += &part.text;
        whole.wanted.extend(part.wanted);
        whole.recoveries.extend(part.recoveries);
    }
    whole
}

/// Returns what a workout lost of its phrase.
fn lost(phrase: &NumberedPhrase, sequence: &Sequence) -> Vec<String> {
    let mut lost = Vec::new();
    let steps = |size: Size| sequence.steps.iter().filter(move |step| same(step, size));
    for (size, count, words) in &phrase.wanted {
        // Two sets of one length need the steps of both.
        let all: usize = phrase.wanted.iter().filter(|(other, ..)| other == size).map(|(_, n, _)| n).sum();
        if steps(*size).count() < all {
            lost.push(format!("{all} steps of {size:?}"));
        }
        let paced = steps(*size).filter(|step| step.target.words.contains(words.as_str())).count();
        if paced < *count {
            lost.push(format!("{count} steps of {size:?} at {words}"));
        }
    }
    for (size, count) in &phrase.recoveries {
        if steps(*size).count() < *count {
            lost.push(format!("{count} recoveries of {size:?}"));
        }
    }
    lost
}

fn athlete() -> Athlete {
    let profile = SourceText::new("profile", "[athlete]\n\"5K\" = \"22:30\"\n");
    Profile::parse(&profile, None).expect("the profile is well formed").profile.athlete
}

#[test]
fn no_written_number_of_an_accepted_phrase_is_lost() {
    let athlete = athlete();
    let mut dice = WeightedDice(20);
    let (mut accepted, mut wrong) = (0, Vec::new());
    let rounds = 150;
    for _ in 0..rounds {
        let phrase = phrase(&mut dice);
        let source = SourceText::new("phrase", phrase.text.clone());
        let Ok(compiled) = compile_notation(&source, Some(&athlete), &Options::default()) else { continue };
        accepted += 1;
        let lost = lost(&phrase, &compiled.sequence);
        if !lost.is_empty() {
            wrong.push(format!("{}: {}", phrase.text, lost.join(", ")));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {accepted} phrases:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(60)].join("\n")
    );
    assert!(accepted > rounds / 2, "only {accepted} of {rounds} are read");
}

#[test]
fn a_recovery_beside_several_sets_is_shared_or_spoken_of() {
    let athlete = athlete();
    let mut dice = WeightedDice(7);
    let mut wrong = Vec::new();
    for _ in 0..100 {
        let ((first, size), second) = (*dice.pick(&REPS), dice.pick(&REPS).0);
        let target = dice.pick(&TARGETS).0;
        let (recovery, length) = *dice.pick(&RECOVERIES);
        let (before, after) = *dice.pick(&JOINTS);
        let text = format!("4 x {first}{target}, 3 x {second}{before}{recovery}{after}");
        let source = SourceText::new("phrase", text.clone());
        let Ok(compiled) = compile_notation(&source, Some(&athlete), &Options::default()) else { continue };
        let sequence = &compiled.sequence;
        // Four reps in a row need a word about them.
        let is_bare = sequence.steps.iter().take(4).all(|step| same(step, size)) && length != size;
        let is_spoken_of = sequence.assumptions.iter().any(|note| note.contains("recovery between its reps"));
        if is_bare && !is_spoken_of {
            wrong.push(format!("{text}: {:?}", sequence.assumptions));
        }
    }
    assert!(wrong.is_empty(), "{} phrases:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}
