use crate::workout::sequence::{Sequence, SourceSpan};
use crate::workout::{Options, SourceText, compile_file};

/// The sequence of a file with these `steps`, without the places where they were written.
fn sequence(steps: &str) -> Sequence {
    let text = format!("name = \"T\"\n{steps}\n");
    let source = SourceText::new("t", text.as_str());
    let compiled = compile_file(&source, None, &Options::default());
    let mut sequence = compiled.unwrap_or_else(|problems| panic!("{text}\n{problems:#?}")).sequence;
    for step in &mut sequence.steps {
        step.source = SourceSpan::default();
    }
    sequence.assumptions.clear();
    sequence
}

#[expect(clippy::too_many_lines, reason = "a list of cases")]
#[test]
fn a_table_means_what_the_notation_means() {
    for (notation, table) in [
        ("60s hard", r#"{ time = "60s", target = "hard" }"#),
        ("75-90min easy", r#"{ time = "75-90min", target = "easy" }"#),
        (
            "3mi MP+30s/mi | -60s: Shoulders down",
            r#"{ distance = "3mi", target = "MP+30s/mi", cues = [{ at = "-60s", say = "Shoulders down" }] }"#,
        ),
        ("400m in 90s", r#"{ distance = "400m", in = "90s" }"#),
        ("5-6km in 30-36min", r#"{ distance = "5-6km", in = "30-36min" }"#),
        ("open walk", r#"{ open = true, target = "walk" }"#),
        ("10min easy ^2%", r#"{ time = "10min", target = "easy", incline = 2 }"#),
        ("10min easy incline 0 -> 4%", r#"{ time = "10min", target = "easy", incline = "0 -> 4%" }"#),
        ("10min 6 -> 10 km/h Z2", r#"{ time = "10min", target = "6 -> 10 km/h Z2" }"#),
        ("warmup 10min", r#"{ time = "10min", kind = "warmup" }"#),
        ("Warm-up: 10min", r#"{ time = "10min", label = "Warm-up" }"#),
        ("\\\"a, b\\\": 10min", r#"{ time = "10min", label = "a, b" }"#),
        (
            "5min easy | every 1min: breathe | start: go",
            r#"{ time = "5min", target = "easy", cues = [{ every = "1min", say = "breathe" }, { at = "start", say = "go" }] }"#,
        ),
        (
            "8×60s hard / 60s easy",
            r#"{ repeat = 8, steps = [{ time = "60s", target = "hard" }], between = { time = "60s", target = "easy" } }"#,
        ),
        ("8×60s / 60s", r#"{ repeat = 8, steps = "60s", between = "60s" }"#),
        ("8×(60s hard, 60s easy)", r#"{ repeat = 8, steps = ["60s hard", "60s easy"] }"#),
        (
            "Set: 2×(4×30s fast / 30s jog) / 3min walk",
            r#"{ repeat = 2, label = "Set", steps = ["4×30s fast / 30s jog"], between = { time = "3min", target = "walk" } }"#,
        ),
        ("3×60s fast / full recovery", r#"{ repeat = 3, steps = ["60s fast"], between = "full recovery" }"#),
        (
            "3×60s fast / 60s full recovery",
            r#"{ repeat = 3, steps = ["60s fast"], between = { time = "60s", target = "full recovery" } }"#,
        ),
        (
            "3×60s fast / (30s rest, 30s walk)",
            r#"{ repeat = 3, steps = ["60s fast"], between = ["30s rest", { time = "30s", target = "walk" }] }"#,
        ),
        (
            "3×(60s hard, 60s easy) | half: go",
            r#"{ repeat = 3, steps = ["60s hard", "60s easy"], cues = [{ at = "half", say = "go" }] }"#,
        ),
        (
            "(1min, 2min, 1min) / 1min easy",
            r#"{ ladder = true, steps = ["1min", { time = "2min" }, "1min"], between = "1min easy" }"#,
        ),
        (
            "alternate 1min hard / 1min easy for 15min",
            r#"{ alternate = ["1min hard", { time = "1min", target = "easy" }], for = "15min" }"#,
        ),
        ("6-8×3min 5K / 45s jog", r#"{ repeat = "6-8", steps = "3min 5K", between = "45s jog" }"#),
        ("8×400m 15km/h on 2:30", r#"{ repeat = 8, steps = "400m 15km/h", on = "2:30" }"#),
        (
            "4×800m 15km/h / 50-90% jog",
            r#"{ repeat = 4, steps = "800m 15km/h", between = { share = "50-90%", target = "jog" } }"#,
        ),
        ("4×800m 15km/h / 100% walk", r#"{ repeat = 4, steps = "800m 15km/h", between = "100% walk" }"#),
        (
            "(400m 15km/h, 800m 15km/h) / 50% jog",
            r#"{ ladder = true, steps = "400m 15km/h, 800m 15km/h", between = { share = "50%", target = "jog" } }"#,
        ),
        (
            "3×12 reps 'squats' / 60s rest",
            r#"{ repeat = 3, steps = { reps = 12, target = "'squats'" }, between = "60s rest" }"#,
        ),
        ("8-12 reps in 36s", r#"{ reps = "8-12", in = "36s" }"#),
        ("10min or 2km", r#"{ time = "10min or 2km" }"#),
        ("10min or 2km 5:00/km", r#"{ distance = "2km or 10min", target = "5:00/km" }"#),
        (
            "alternate 1km 4:00/km / 1km 5:00/km for 5km",
            r#"{ alternate = ["1km 4:00/km", { distance = "1km", target = "5:00/km" }], for = "5km" }"#,
        ),
        (
            "10km 5:00/km | every 1km: split | 8km: last two | -400m: kick",
            r#"{ distance = "10km", target = "5:00/km", cues = [{ every = "1km", say = "split" }, { at = "8km", say = "last two" }, { at = "-400m", say = "kick" }] }"#,
        ),
        (
            "Finish: (5min steady, 5min hard) | half: go",
            r#"{ steps = ["5min steady", "5min hard"], label = "Finish", cues = [{ at = "half", say = "go" }] }"#,
        ),
        (
            "2×(5min, 3×(1min, 2min) / 1min)",
            r#"{ repeat = 2, steps = [{ time = "5min" }, { repeat = 3, steps = "1min, 2min", between = "1min" }] }"#,
        ),
    ] {
        let (a, b) = (sequence(&format!("steps = \"{notation}\"")), sequence(&format!("steps = [{table}]")));
        assert_eq!(a, b, "{notation}");
        assert_eq!(a, sequence(&format!("steps = {table}")), "{notation}");
    }
}

#[test]
fn keys_take_phrases() {
    for (notation, table) in [
        ("20min threshold", r#"{ time = "20min", target = "LT" }"#),
        ("20min MP", r#"{ time = "20min", target = "GMP" }"#),
        ("20min HMP", r#"{ time = "20min", target = "HM pace" }"#),
        ("20min easy", r#"{ time = "20min", target = "E" }"#),
        ("5min 10K-5K", r#"{ time = "5min", target = "CV" }"#),
        ("400m fast", r#"{ distance = "400m", target = "R" }"#),
        ("1km 4:10/km", r#"{ distance = "1km", target = "@ 4:10" }"#),
        ("20min easy 140-150bpm", r#"{ time = "20min", target = "easy HR 140-150" }"#),
        ("warmup 10min", r#"{ time = "10min", kind = "WU" }"#),
        ("cooldown 10min", r#"{ time = "10min", kind = "c/d" }"#),
        ("cooldown 10min", r#"{ time = "10min", kind = "Cool-down" }"#),
        ("5km easy", r#"{ distance = "5K", target = "easy" }"#),
        ("20min easy", r#"{ time = "20m", target = "easy" }"#),
        ("1km in 4min", r#"{ distance = "1km", in = "4m" }"#),
        ("4×400m 15km/h on 2min", r#"{ repeat = 4, steps = "400m 15km/h", on = "2m" }"#),
        ("3×400m 15km/h / 200m jog", r#"{ repeat = 3, steps = "400m 15km/h", between = "jog 200m" }"#),
    ] {
        let (a, b) = (sequence(&format!("steps = \"{notation}\"")), sequence(&format!("steps = [{table}]")));
        assert_eq!(a, b, "{notation}");
    }
}

#[test]
fn phrases_in_keys_with_two_readings_are_errors() {
    for (table, said) in [
        (r#"{ time = "20min", target = "goal pace" }"#, "which race's pace?"),
        (r#"{ time = "20min", target = "tempoo" }"#, "unknown target `tempoo`"),
        (r#"{ distance = "5m" }"#, "5 minutes, 5 metres or 5 miles?"),
        (r#"{ share = "50%" }"#, "a share of what?"),
        (
            r#"{ repeat = 4, steps = "400m", on = "2:30", between = "60s" }"#,
            "`on` beside `between`: a repeat has one recovery",
        ),
        (r#"{ time = "20min", in = "10min or 2km" }"#, "`in` does not go with `time`"),
        (r#"{ distance = "2km", in = "10min or 2km" }"#, "this is a distance"),
        (r#"{ repeat = "8-6", steps = "400m" }"#, "`8-6` is no count"),
        (r#"{ reps = 1001 }"#, "this is no count of reps"),
    ] {
        let source = SourceText::new("t", format!("name = \"T\"\nsteps = [{table}]\n"));
        let problems = compile_file(&source, None, &Options::default()).unwrap_err();
        assert_eq!(problems[0].message, said, "{table}");
    }
}

#[test]
fn headers_make_tables_too() {
    let long = "[[steps]]\nrepeat = 8\nbetween = { time = \"60s\", target = \"easy\" }\n\
                [[steps.steps]]\ntime = \"60s\"\ntarget = \"hard\"\n[[steps.steps.cues]]\nat = \"half\"\nsay = \"go\"\n\
                [[steps]]\ntime = \"5min\"\n";
    assert_eq!(sequence(long), sequence("steps = \"8×60s hard | half: go / 60s easy, 5min\""));
}

#[test]
fn parts_are_groups_and_parameters_are_text() {
    let names = "[parameters]\nn = { default = 2 }\nhow = { default = 'hard' }\nwhat = { default = 'go now' }\n\
                 [parts]\nset = \"4×30s fast / 30s jog\"\nall = \"5min easy, {set}\"\n";
    let long = format!(
        "steps = [\"{{all}}, Set {{n}}: 3×{{set}} | half: {{what}} / {{n}}min walk, ({{set}}, {{set}}) / {{set}}, {{n}}×{{n}}min {{how}}\"]\n{names}"
    );
    let short = "steps = [\"(5min easy, (4×30s fast / 30s jog)), \
                 Set 2: 3×(4×30s fast / 30s jog) | half: go now / 2min walk, \
                 ((4×30s fast / 30s jog), (4×30s fast / 30s jog)) / (4×30s fast / 30s jog), 2×2min hard\"]";
    assert_eq!(sequence(&long), sequence(short));
}

#[test]
fn parts_that_double_are_refused_at_once() {
    let mut text = "name = \"T\"\nsteps = \"{p59}\"\n[parts]\np0 = \"1s, 1s\"\n".to_string();
    for n in 1..60 {
        text += &format!("p{n} = \"{{p{}}}, {{p{}}}\"\n", n - 1, n - 1);
    }
    let problems = compile_file(&SourceText::new("t", text), None, &Options::default()).unwrap_err();
    assert!(problems.iter().all(|p| p.message == "brackets and parts nest deeper than 8"), "{problems:#?}");
    let mut wide = "name = \"T\"\nsteps = \"{p6}\"\n[parts]\np0 = \"1s\"\n".to_string();
    for n in 1..7 {
        wide += &format!("p{n} = \"{}1s\"\n", format!("{{p{}}}, ", n - 1).repeat(100));
    }
    let problems = compile_file(&SourceText::new("t", wide), None, &Options::default()).unwrap_err();
    let said = |p: &crate::diagnostic::Diagnostic| p.message == "the parts stand for too many steps";
    assert!(!problems.is_empty() && problems.iter().all(said), "{problems:#?}");
    let chain: String = (0..30_000).map(|n| format!("p{n} = \"{{p{}}}\"\n", n + 1)).collect();
    let round = format!("name = \"T\"\nsteps = \"1s\"\n[parts]\n{chain}p30000 = \"{{p0}}\"\n");
    assert_eq!(compile_file(&SourceText::new("t", round), None, &Options::default()).unwrap_err().len(), 1);
}

#[test]
fn thousands_of_names_are_refused_in_good_time() {
    let names: String = (0..10_000).map(|n| format!("p{n}=\"1s\"\n")).collect();
    for item in
        ["\"{q}\",", "\"{p1}\",", "{time=1},", "{a=1},", "{repeat=9,steps=\"{p1}\"},", "\"{q}{q}{q}\","]
    {
        let steps = item.repeat(100_000 / item.len());
        let text = format!("name = \"T\"\nsteps = [{steps}]\n[parts]\n{names}");
        assert!(compile_file(&SourceText::new("t", text), None, &Options::default()).is_err(), "{item}");
    }
}

#[test]
fn values_come_from_outside() {
    let text = "name = \"T\"\nsteps = \"5min {how}\"\n[parameters.how]\ndefault = \"easy\"\nchoices = [\"easy\", \"hard\"]\n";
    let source = SourceText::new("t", text);
    let with = |name: &str, value: &str| {
        let parameters = vec![(name.to_string(), value.to_string())];
        let options = Options { parameters, ..Options::default() };
        compile_file(&source, None, &options).map(|c| c.sequence.steps[0].target.words.clone())
    };
    assert_eq!(with("how", "hard").as_deref(), Ok("hard"));
    let help = |name, value| with(name, value).unwrap_err()[0].help.clone().unwrap();
    assert_eq!(help("hwo", "hard"), "did you mean `how`?");
    assert_eq!(help("how", "fast"), "choose one of `easy`, `hard`");
    assert!(help("how", "easy, 5min hard").contains("holds no"));
}

#[test]
fn what_is_certain_is_mended_and_the_rest_is_left_alone() {
    let text = "name = \"T\"\nsteps = [\n  \"3×5′ tempoo / 1,5km esy,\", # é\n  { time = \"60s\", targt = \"hard\" },\n  \"5m\",\n]\r\n";
    let problems = compile_file(&SourceText::new("t", text), None, &Options::default()).unwrap_err();
    let mended = crate::diagnostic::apply_fixes(text, &problems);
    let right = "name = \"T\"\nsteps = [\n  \"3×5′ tempo / 1.5km esy\", # é\n  { time = \"60s\", target = \"hard\" },\n  \"5m\",\n]\r\n";
    assert_eq!(mended, right);
    let problems = compile_file(&SourceText::new("t", mended), None, &Options::default()).unwrap_err();
    let said: Vec<_> = problems.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(said, ["unknown target `esy`", "5 minutes, 5 metres or 5 miles?"]);
}

#[test]
fn a_fix_never_reaches_into_a_value() {
    let text = "name = \"T\"\nsteps = \"5min {how}\"\n[parameters.how]\ndefault = \"tempoo\"\n";
    let problems = compile_file(&SourceText::new("t", text), None, &Options::default()).unwrap_err();
    assert_eq!(&text[problems[0].span.clone()], "{how}");
    assert!(problems[0].label.contains("`{how}` is `tempoo`"));
    assert_eq!(crate::diagnostic::apply_fixes(text, &problems), text);
}

proptest::proptest! {
    #[test]
    fn no_file_makes_it_panic(pieces in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..24)) {
        let text = format!("name = \"T\"\nsteps = [{}]\n[parameters]\nn = {{ default = 2 }}\n[parts]\np = \"{{n}}min\"\n", pieces.concat());
        for text in [text, pieces.concat()] {
            let source = SourceText::new("t", text.as_str());
            let compiled = compile_file(&source, None, &Options::default());
            for problem in compiled.err().unwrap_or_default() {
                // Whatever is underlined lies on whole characters of the file.
                proptest::prop_assert!(text.get(problem.span.clone()).is_some());
            }
            let _ = crate::workout::format_file(&text).map(|formatted| {
                assert_eq!(crate::workout::format_file(&formatted).as_deref(), Ok(formatted.as_str()));
            });
        }
    }
}

/// What workout files are made of.
const PIECES: &[&str] = &[
    "{ ",
    " }",
    "[",
    "]",
    ", ",
    "time = \"60s\"",
    "distance = \"{n}km\"",
    "open = true",
    "in = \"90s\"",
    "target = \"{n} tempoo\"",
    "target = \"hard\"",
    "incline = \"0 -> {n}%\"",
    "label = \"{p}\"",
    "kind = \"rest\"",
    "cues = [{ at = \"half\", say = \"é {n}\" }]",
    "repeat = 2",
    "repeat = \"{n}\"",
    "ladder = true",
    "steps = [\"{p}, 2×{p} / {p}\"]",
    "steps = ",
    "between = \"full recovery\"",
    "between = ",
    "alternate = [\"1min\", \"{n}min\"]",
    "for = \"15min\"",
    "\"8×60s hard / 60s easy\"",
    "\"{p} | half: 'x'\"",
    "\"{\"",
    "'5min \\u'",
    "\"\\u00D7 {n}\"",
    "\"\"\"\n5min,\n6min\"\"\"",
    "60",
    "1,5km",
    "# \n",
    "\n[[steps]]\n",
    "\n",
    "½",
    "\u{202e}",
];
