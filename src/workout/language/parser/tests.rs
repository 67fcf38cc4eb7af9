use super::*;
use crate::diagnostic::SourceText;
use crate::workout::{Options, compile_file, compile_notation, sequence::Kind};

fn complaints(text: &str) -> Vec<Diagnostic> {
    let source = SourceText::new("x", text);
    compile_notation(&source, None, &Options::default()).expect_err("it has problems")
}

#[test]
fn every_problem_of_a_line_is_reported_once() {
    let found = complaints(
        "3×5min tempoo / 1min esy, 5K easy, 2×(5m hard, 60s easy / 30s), 10min easy | 11min: late",
    );
    let said: Vec<_> = found.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(
        said,
        [
            "unknown target `tempoo`",
            "unknown target `esy`",
            "`5K` is a race pace, not a distance",
            "5 minutes, 5 metres or 5 miles?",
            "a slash without a repeat before it",
            "this cue falls past its step's end",
        ]
    );
}

#[test]
fn nothing_follows_from_a_reported_problem() {
    for text in [
        "5min reely fast, 1min easy",
        "5min 5:00/kmm hard",
        "3×(5min go! / 1min) / 2min walk",
        "alternate 1min hrd / 1min easy for 5min",
        "5min easy | half: don't (stop) now",
        "5min “unclosed, 1min easy",
        "12 quickly",
    ] {
        assert_eq!(complaints(text).len(), 1, "{text}: {:#?}", complaints(text));
    }
}

#[test]
fn ten_thousand_brackets_are_one_problem() {
    assert_eq!(complaints(&"(".repeat(10_000)).len(), 1);
    assert_eq!(complaints(&")".repeat(10_000)).len(), 1);
    assert_eq!(complaints(&format!("{}60s{}", "2×(".repeat(10_000), ")".repeat(10_000))).len(), 1);
}

#[test]
fn a_file_of_nothing_but_brackets_is_refused() {
    for text in
        ["[", "{", "a=[", "\"\"\"", "[[a]]\n", "a.a.a=1\n", "steps=\"(\"\n", "|", "'", "½", "1×", "a:", "9"]
    {
        let source = SourceText::new("x", text.repeat(10_000));
        assert!(compile_file(&source, None, &Options::default()).is_err());
        assert!(compile_notation(&source, None, &Options::default()).is_err());
    }
}

#[test]
fn what_unrolls_without_bound_is_refused_before_it_is_unrolled() {
    for text in [
        "1000000×(1000000×1s)",
        "9999999999999999999999×(9999999999999999999999×1s / 1s)",
        "2×(9000×1s)",
        "alternate 0.001s / 0.001s for 24h",
        "24h easy, 1s easy",
        "3×(1h easy | every 0.001s: x)",
        "(1h easy) | every 0.01s: x",
        "24h easy | every 5s: x",
        "(20h easy) | every 5s: x",
        "10000×1s / 1s",
    ] {
        assert_eq!(complaints(text).len(), 1, "{text}");
    }
    for text in ["1s,".repeat(10_000) + "1s", format!("({}1s)", "1s,".repeat(10_000))] {
        let said: Vec<_> = complaints(&text).into_iter().map(|p| p.message).collect();
        assert_eq!(said, ["this is 10,001 steps"]);
    }
}

#[test]
fn a_workout_at_its_bounds_compiles() {
    let source = SourceText::new("x", "10000×1s easy");
    let compiled = compile_notation(&source, None, &Options::default()).unwrap();
    assert_eq!(compiled.sequence.steps.len(), 10_000);
    let source = SourceText::new("x", "24h easy");
    assert!(compile_notation(&source, None, &Options::default()).is_ok());
    let nested = format!("{}60s easy{}", "(".repeat(8), ")".repeat(8));
    assert!(compile_notation(&SourceText::new("x", nested), None, &Options::default()).is_ok());
}

#[test]
fn a_message_never_repeats_a_megabyte() {
    for text in ["9".repeat(500_000), "a".repeat(500_000), format!("5min {}", "a".repeat(500_000))] {
        for problem in complaints(&text) {
            assert!(problem.message.len() < 2000 && problem.help.unwrap_or_default().len() < 2000);
        }
    }
}

#[test]
fn whatever_a_sequence_holds_is_fit_to_be_shown() {
    let text = "Set\u{202e}: 2×(\"a\u{1b}\": 30s \"b\u{7}\" | half: c\u{200f}d)";
    let source = SourceText::new("x", text);
    let sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
    let shown = serde_json::to_string(&sequence).unwrap();
    assert!(!shown.contains("\\u00") && !shown.chars().any(crate::text::is_hidden), "{shown}");
    let step = &sequence.steps[0];
    assert_eq!(sequence.repeats[0].label.as_deref(), Some("Set\u{FFFD}"));
    assert_eq!((step.title(), step.target.words.as_str()), ("a\u{FFFD}", "b\u{FFFD}"));
    assert_eq!(step.cues[0].text, "c\u{FFFD}d");
}

#[test]
fn an_offset_that_leaves_no_pace_is_an_error_where_the_pace_is_known() {
    let result = crate::athlete::RaceResult::undated(crate::athlete::Race::TenK, Millis::from_secs(3000));
    let athlete = crate::athlete::Athlete::from_results(vec![result]).unwrap();
    let text = "5min easy, 5min 10K-6:00/km, 5min rest+10s/km, 5min 10K-5s/km";
    let source = SourceText::new("x", text);
    let found = compile_notation(&source, Some(&athlete), &Options::default()).unwrap_err();
    let underlined: Vec<_> = found.iter().map(|p| &text[p.span.clone()]).collect();
    assert_eq!(underlined, ["10K-6:00/km", "rest+10s/km"]);
    let source = SourceText::new("x", "5min 10K-6:00/km");
    assert!(compile_notation(&source, None, &Options::default()).is_ok());
}

#[test]
fn times_are_read_alone() {
    let read = |text| crate::workout::parse_time(text).map(Millis::get);
    for (text, time) in [
        ("60s", 60_000),
        ("5min", 300_000),
        ("1:30", 90_000),
        ("1h30", 5_400_000),
        (" 2min 30s ", 150_000),
        ("90″", 90_000),
    ] {
        assert_eq!(read(text), Some(time), "{text}");
    }
    for text in ["", "60", "5m", "400m", "5min easy", "-5min", "1:75", "0s", "25h", "5K", "60s,"] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn a_warm_up_and_a_cool_down_wrap_the_workout() {
    let options = Options {
        warmup: Some(Millis::from_secs(300)),
        cooldown: Some(Millis::from_secs(120)),
        ..Options::default()
    };
    let source = SourceText::new("x", "8×60s hard / 60s easy");
    let sequence = compile_notation(&source, None, &options).unwrap().sequence;
    let (first, last) = (&sequence.steps[0], sequence.steps.last().unwrap());
    assert_eq!((first.kind, first.end.planned()), (Kind::Warmup, options.warmup));
    assert_eq!((last.kind, last.end.planned()), (Kind::Cooldown, options.cooldown));
    assert_eq!((first.target.words.as_str(), last.target.words.as_str()), ("easy", "easy"));
    assert_eq!(sequence.totals().time, Millis::from_secs(900 + 420));
    assert_eq!(sequence.steps[1].offset, options.warmup);
    assert_eq!(sequence.name, "8×60s hard / 60s easy");
}

/// How many random texts are tried; the long run asks for more.
fn cases() -> u32 {
    std::env::var("PACEBELL_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(60)
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    /// The notation's alphabet, in pieces that often mean something together.
    #[expect(clippy::too_many_lines, reason = "a list of cases")]
    fn notation() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "8",
            "60s",
            "5min",
            "400m",
            "5km",
            "2mi",
            "1:30",
            "×",
            "x",
            " / ",
            "/",
            ", ",
            ",",
            "(",
            ")",
            "|",
            ": ",
            ":",
            "easy",
            "hard",
            "MP",
            "10K",
            "5K",
            "+",
            "-",
            "..",
            "–",
            "s/mi",
            "/km",
            "%",
            "Z3",
            "RPE",
            "bpm",
            "->",
            "→",
            "ramp ",
            "incline ",
            "^",
            "breathe ",
            "6/min",
            "\"",
            "'",
            "“",
            "”",
            "′",
            "″",
            "alternate ",
            " for ",
            "open ",
            "full",
            " recovery",
            "warmup ",
            "rest",
            "half",
            "every ",
            "start",
            "end",
            "in ",
            "@",
            "½",
            "{n}",
            "\n",
            " ",
            "\u{a0}",
            "\u{2212}",
            "Set A",
            "é",
            "HRmax",
            "M",
            "m",
            "0",
            "1",
            "1,5km",
        ]);
        prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat())
    }

    fn check(source: &SourceText, result: Result<crate::workout::Compiled, Vec<Diagnostic>>) {
        match result {
            Ok(compiled) => {
                let mut offset = Some(Millis::ZERO);
                for step in &compiled.sequence.steps {
                    assert_eq!(step.offset, offset);
                    offset = offset.zip(step.end.planned()).map(|(a, b)| a + b);
                    assert!(!step.target.words.is_empty());
                }
                assert!(!compiled.sequence.steps.is_empty());
            }
            Err(problems) => {
                assert!(!problems.is_empty());
                for problem in &problems {
                    assert!(
                        source.text.get(problem.span.clone()).is_some(),
                        "{problem:?} in {:?}",
                        source.text
                    );
                }
                let shown = crate::cli::render::render(
                    &problems,
                    source,
                    crate::cli::render::ErrorStyle { color: false, columns: 80 },
                );
                assert!(!shown.chars().any(|c| crate::text::is_hidden(c) && c != '\n'));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(super::cases() / 3))]

        #[test]
        fn notation_never_panics_and_offsets_are_exact(text in notation()) {
            let source = SourceText::new("x", text);
            check(&source, compile_notation(&source, None, &Options::default()));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}|[\\x00-\\x7f]{0,60}") {
            let source = SourceText::new("x", text);
            check(&source, compile_notation(&source, None, &Options::default()));
            check(&source, compile_file(&source, None, &Options::default()));
        }
    }

    proptest! {
        // A file's fixes are tried one by one, a third of a second for each text. The notation itself is tried above.
        #![proptest_config(ProptestConfig::with_cases(super::cases() / 4))]

        #[test]
        fn spans_lie_in_the_file_whatever_is_escaped(text in notation()) {
            let file = format!("name = \"T\"\nsteps = {}\n", toml::Value::String(text));
            let source = SourceText::new("x", file);
            check(&source, compile_file(&source, None, &Options::default()));
        }
    }

    proptest! {
        #[test]
        fn a_repeat_lasts_as_long_as_its_parts(n in 1_u64..40, work in 1_u64..4000, jog in 1_u64..4000) {
            // `8×400s` could be 400 m, so a space stands before the unit.
            let source = SourceText::new("x", format!("{n}×{work} s hard / {jog}s easy"));
            let total = n * work + (n - 1) * jog;
            let compiled = compile_notation(&source, None, &Options::default());
            if total <= 24 * 3600 {
                let sequence = compiled.unwrap().sequence;
                prop_assert_eq!(sequence.totals().time, Millis::from_secs(total));
                prop_assert_eq!(sequence.steps.len() as u64, 2 * n - 1);
            } else {
                prop_assert!(compiled.is_err());
            }
        }
    }
}
