//! Printing and reading again gives the same items, for every form of the notation.

use super::document::Item;
use super::notation::Notation;
use super::parser;
use super::print;
use super::references::References;
use crate::workout::format_file;
use proptest::prelude::*;
use proptest::sample::select;

/// The items of a text, without their places, or nothing if the text has problems.
fn items(text: &str) -> Option<Vec<Item>> {
    let parsed = parser::parse(&Notation::verbatim(text, 0), &References::default(), 0);
    (parsed.problems.is_empty() && !parsed.incomplete).then(|| print::without_places(&parsed.items))
}

fn length() -> BoxedStrategy<String> {
    prop_oneof![
        6 => (1..900u32).prop_map(|s| format!("{s}s")),
        3 => (1..9u32).prop_map(|n| format!("{n}00m")),
        1 => (1..9u32, 0..99u32).prop_map(|(km, m)| format!("{km}.{m:02}km")),
        1 => (1..9u32).prop_map(|n| format!("{n}mi")),
        1 => (10..60u32, 1..60u32).prop_map(|(n, m)| format!("{n}-{}min", n + m)),
        1 => (1..9u32, 60..90u32).prop_map(|(n, s)| format!("{n}00m in {}s", n * s / 4 + 9)),
        1 => Just("open".to_string()),
        1 => (1..60u32, 2..20u32).prop_map(|(min, km)| format!("{min}min or {km}00m")),
        1 => (1..60u32, 2..20u32).prop_map(|(min, km)| format!("{km}00m or {min}min")),
    ]
    .boxed()
}

fn reps() -> BoxedStrategy<String> {
    let count = prop_oneof![
        (1..99u32).prop_map(|n| n.to_string()),
        (1..9u32, 1..9u32).prop_map(|(a, b)| format!("{a}-{}", a + b))
    ];
    (count, select(vec!["", " in 36s"]), select(vec!["", " 'squats'", " RPE 7 'calf raises'"]))
        .prop_map(|(count, within, words)| format!("{count} reps{within}{words}"))
        .boxed()
}

const NAMES: [&str; 16] = [
    "walk",
    "very easy",
    "easy",
    "jog",
    "steady",
    "MP",
    "HMP",
    "10 mile",
    "15K",
    "threshold",
    "10K",
    "5K",
    "3K",
    "mile",
    "1500",
    "800",
];

fn pace() -> BoxedStrategy<String> {
    let name = || select(NAMES.to_vec());
    prop_oneof![
        3 => name().prop_map(str::to_string),
        2 => (name(), name()).prop_map(|(a, b)| format!("{a}-{b}")),
        1 => (name(), 1..90u32).prop_map(|(name, s)| format!("{name}+{s}s/km")),
        1 => (name(), 1..9u32, 1..9u32).prop_map(|(name, a, b)| format!("{name}-{a}..{}s/mi", a + b)),
        1 => (name(), 40..140u32).prop_map(|(name, p)| format!("{p}% {name}")),
        1 => (name(), 40..90u32, 1..20u32).prop_map(|(name, p, q)| format!("{p}-{}% {name}", p + q)),
        1 => (name(), name()).prop_map(|(a, b)| format!("{a} -> {b}")),
        1 => (180..600u32).prop_map(|s| format!("{}:{:02}/km", s / 60, s % 60)),
        1 => (6..12u32).prop_map(|v| format!("{v} -> {} km/h", v + 3)),
    ]
    .boxed()
}

fn targets() -> BoxedStrategy<String> {
    let heart = prop_oneof![
        4 => Just(String::new()),
        1 => (1..5u32).prop_map(|z| format!(" Z{z}-{}", z + 1)),
        1 => Just(" 140-150bpm".to_string()),
    ];
    let pace = prop_oneof![1 => Just(String::new()), 4 => pace().prop_map(|pace| format!(" {pace}"))];
    let incline = select(vec!["", "", "", " incline 2%", " ^0 -> 4%"]);
    (pace, heart, incline).prop_map(|(pace, heart, incline)| format!("{pace}{heart}{incline}")).boxed()
}

fn cues() -> BoxedStrategy<String> {
    let cue = select(vec![
        "half: tall",
        "every 1km: split",
        "8km: last two",
        "-400m: kick",
        "every 2min: 'a, b'",
        "start: go",
        "-1mi: home",
        "90s: breathe / relax",
    ]);
    prop_oneof![4 => Just(String::new()), 1 => cue.prop_map(|cue| format!(" | {cue}"))].boxed()
}

fn step() -> BoxedStrategy<String> {
    let run = (select(vec!["", "", "", "warmup ", "recovery ", "rest "]), length(), targets(), cues())
        .prop_map(|(kind, length, targets, cues)| format!("{kind}{length}{targets}{cues}"));
    prop_oneof![6 => run, 1 => reps()].boxed()
}

fn recovery() -> BoxedStrategy<String> {
    prop_oneof![
        2 => Just(String::new()),
        4 => step().prop_map(|step| format!(" / {step}")),
        1 => (10..150u32, select(vec!["jog", "walk", "rest"])).prop_map(|(p, how)| format!(" / {p}% {how}")),
        1 => (10..90u32, 1..90u32).prop_map(|(p, q)| format!(" / {p}-{}%", p + q)),
        1 => (30..600u32).prop_map(|s| format!(" on {s}s")),
        1 => Just(" / full recovery".to_string()),
        1 => (step(), step()).prop_map(|(a, b)| format!(" / ({a}, {b})")),
    ]
    .boxed()
}

fn item() -> BoxedStrategy<String> {
    let count = || {
        prop_oneof![
            (1..12u32).prop_map(|n| n.to_string()),
            (2..9u32, 1..4u32).prop_map(|(a, b)| format!("{a}-{}", a + b))
        ]
    };
    let group =
        || proptest::collection::vec(step(), 2..4).prop_map(|steps| format!("({})", steps.join(", ")));
    let leg = || (1..9u32, pace()).prop_map(|(n, pace)| format!("{n}00m {pace}"));
    prop_oneof![
        4 => step(),
        3 => (count(), step(), recovery()).prop_map(|(n, step, recovery)| format!("{n}×{step}{recovery}")),
        2 => (count(), group(), recovery()).prop_map(|(n, group, recovery)| format!("{n}×{group}{recovery}")),
        1 => (group(), step()).prop_map(|(group, step)| format!("{group} / {step}")),
        1 => (group(), 10..99u32).prop_map(|(group, p)| format!("{group} / {p}% jog")),
        1 => (leg(), leg(), length()).prop_map(|(a, b, end)| format!("alternate {a} / {b} for {end}")),
        1 => (2..4u32, count(), step(), recovery()).prop_map(|(n, m, step, r)| format!("Set: {n}×({m}×{step}{r}) / 3min walk")),
    ]
    .boxed()
}

/// How many random texts are tried; the long run asks for more.
fn cases() -> u32 {
    std::env::var("PACEBELL_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(150)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(),
        failure_persistence: None,
        max_global_rejects: 10_000_000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_printed_is_read_as_the_same(
        pieces in proptest::collection::vec((item(), select(vec![", ", ", then "])), 1..4)
    ) {
        let text: String = pieces
            .iter()
            .enumerate()
            .map(|(i, (item, mark))| format!("{}{item}", if i == 0 { "" } else { mark }))
            .collect();
        let read = items(&text);
        prop_assume!(read.is_some());
        let read = read.unwrap_or_default();
        let printed = print::line(&read);
        let again = items(&printed);
        prop_assert_eq!(again.as_ref(), Some(&read), "{} was printed as {}", text, printed);
        prop_assert_eq!(print::line(&again.unwrap_or_default()), printed);
    }

    #[test]
    fn formatting_twice_changes_nothing(first in item(), second in item()) {
        let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
        let file = format!("name = \"T\"\nsteps = [\"{}\", \"{}\"]\n", quoted(&first), quoted(&second));
        let formatted = format_file(&file);
        prop_assume!(formatted.is_ok());
        let formatted = formatted.unwrap_or_default();
        prop_assert_eq!(format_file(&formatted), Ok(formatted.clone()), "{}", file);
    }
}
