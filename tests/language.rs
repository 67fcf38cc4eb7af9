//! The conformance corpus of the workout language: `x.toml` compiles to `x.json`, or fails with `x.err`.
//!
//! `tests/language/README.md` describes both formats; any implementation of the language could run the corpus.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "test helpers fail as tests do")]

use pacebell::athlete::Athlete;
use pacebell::diagnostic::{Diagnostic, LineIndex, SourceText};
use pacebell::runner::profile::Profile;
use pacebell::units::{Incline, PaceUnit, SpeedUnit};
use pacebell::workout::sequence::{CueTime, End, PlannedStep, Rep, Sequence};
use pacebell::workout::{Compiled, LineStyle, Options, compile_file, compile_notation, explain, format_file};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language")
}

pub fn place(source: &SourceText, problem: &Diagnostic) -> String {
    let place = LineIndex::new(&source.text).place(problem.span.start);
    let underlined = source.text.get(problem.span.clone()).expect("the span lies on characters");
    let underlined = underlined.lines().next().unwrap_or_default();
    format!("{}:{} `{underlined}` {}", place.line, place.column, problem.message)
}

pub fn complaints(source: &SourceText, problems: &[Diagnostic]) -> String {
    let mut text = String::new();
    for problem in problems {
        text += &place(source, problem);
        text += "\n";
        if let Some(help) = &problem.help {
            text += &format!("  help: {help}\n");
        }
    }
    text
}

fn athlete_of(expected: &Value) -> Option<Athlete> {
    let results = expected.get("athlete")?.as_object()?;
    let lines = results.iter().filter(|(key, _)| *key != "paces");
    let lines: Vec<_> = lines.map(|(key, value)| format!("\"{key}\" = {value}")).collect();
    let paces = results.get("paces").and_then(Value::as_object).into_iter().flatten();
    let paces: Vec<_> = paces.map(|(name, pace)| format!("\"{name}\" = {pace}")).collect();
    let text = format!("[athlete]\n{}\n[athlete.paces]\n{}\n", lines.join("\n"), paces.join("\n"));
    let parsed = Profile::parse(&SourceText::new("profile", text), None);
    Some(parsed.expect("the case's profile is well formed").profile.athlete)
}

/// Returns the parameters that a case sets.
fn options_of(expected: &Value) -> Options {
    let set = expected.get("set").and_then(Value::as_object);
    let pair = |(name, value): (&String, &Value)| (name.clone(), value.as_str().expect("text").to_string());
    Options { parameters: set.into_iter().flatten().map(pair).collect(), ..Options::default() }
}

fn kmh(speed: Option<pacebell::units::Speed>) -> Value {
    speed.map_or(Value::Null, |s| json!((s.kmh() * 1000.0).round() / 1000.0))
}

fn cue_text(when: CueTime, text: &str) -> Value {
    let when = match when {
        CueTime::At(t) => format!("{}", t.get()),
        CueTime::BeforeEnd(t) => format!("-{}", t.get()),
        CueTime::Half => "half".to_string(),
        CueTime::Every(t) => format!("every {}", t.get()),
    };
    json!(format!("{when}: {text}"))
}

/// Writes `2/8`, or `2/open` in an endless repeat, with a `!` if the runner may end the repeat.
fn rep_text(rep: &Rep) -> String {
    let of = rep.of.map_or("open".to_string(), |of| of.to_string());
    format!("{}/{of}{}", rep.n, if rep.may_end { "!" } else { "" })
}

/// Returns every property of a step that a case may name.
fn facts(sequence: &Sequence, step: &PlannedStep) -> Value {
    let metres = match step.end {
        End::Distance { upper, .. } => json!((upper.metres() * 1000.0).round() / 1000.0),
        _ => Value::Null,
    };
    let target = &step.target;
    json!({
        "kind": step.kind.word(),
        "role": format!("{:?}", step.role).to_lowercase(),
        "label": step.label,
        "ms": step.end.planned().map(|t| t.get()),
        "from_ms": step.end.may_end_from().map(|t| t.get()),
        "metres": metres,
        "offset": step.offset.map(|t| t.get()),
        "words": target.words,
        "zone": target.start.zone,
        "rank": target.start.rank,
        "kmh": kmh(target.start.speed),
        "suggested": kmh(target.suggested),
        "to_kmh": kmh(target.ramp_to.as_ref().and_then(|i| i.speed)),
        "base": target.start.relative.as_ref().map(|r| r.base.clone()),
        "shift": target.start.relative.as_ref().map(|r| serde_json::to_value(r.by).unwrap()),
        "bpm": target.heart_rate.as_ref().and_then(|h| h.bpm).map(|(a, b)| json!([a, b])),
        "until": step.until.as_ref().map(|limit| json!([limit.words, limit.side.mark().to_string(), limit.bpm])),
        "rpe": target.rpe.map(|(a, b)| json!([a, b])),
        "breathe": target.breathing.map(|b| json!([b.per_minute, b.inhale, b.exhale])),
        "incline": step.incline.percent(),
        "incline_to": step.incline_to.map(|i| i.percent()),
        "reps": step.reps.iter().map(rep_text).collect::<Vec<_>>(),
        "sets": step.reps.iter().map(|r| sequence.repeat(r.id).and_then(|r| r.label.clone())).collect::<Vec<_>>(),
        "cues": step.cues.iter().map(|c| cue_text(c.when, &c.text)).collect::<Vec<_>>(),
        "source": [step.source.line, step.source.column, step.source.length],
    })
}

fn same(expected: &Value, got: &Value) -> bool {
    match (expected.as_f64(), got.as_f64()) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        _ => match (expected.as_array(), got.as_array()) {
            (Some(a), Some(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
            _ => expected == got,
        },
    }
}

fn compare(what: &str, expected: &Map<String, Value>, got: &Value, wrong: &mut Vec<String>) {
    for (key, value) in expected.iter().filter(|(key, _)| *key != "at") {
        match got.get(key) {
            Some(found) if same(value, found) => {}
            found => wrong.push(format!("{what} {key}: expected {value}, got {found:?}")),
        }
    }
}

fn check_compiled(source: &SourceText, compiled: &Compiled, expected: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let sequence = &compiled.sequence;
    let totals = sequence.totals();
    let whole = json!({
        "name": sequence.name,
        "activity": sequence.activity.word(),
        "about": sequence.about,
        "author": sequence.author,
        "source": sequence.source,
        "tags": sequence.tags,
        "before": sequence.before,
        "ease": sequence.during_ease,
        "signs": sequence.during_signs,
        "ask": sequence.after_ask,
        "show_pace": sequence.show_pace,
        "total": totals.time.get(),
        "least": totals.least.get(),
        "open": totals.open,
        "metres": (totals.distance.metres() * 1000.0).round() / 1000.0,
        "count": sequence.steps.len(),
        "assumptions": sequence.assumptions,
        "warnings": compiled.warnings.iter().map(|w| place(source, w)).collect::<Vec<_>>(),
    });
    let mut outer = expected.as_object().expect("a case is an object").clone();
    outer.remove("athlete");
    outer.remove("set");
    let steps = outer.remove("steps");
    outer.entry("warnings").or_insert(json!([]));
    compare("workout", &outer, &whole, &mut wrong);
    for (i, step) in steps.iter().flat_map(|s| s.as_array().expect("a list")).enumerate() {
        let step = step.as_object().expect("a step is an object");
        let at = step.get("at").map_or(i, |at| at.as_u64().unwrap() as usize);
        match sequence.steps.get(at) {
            Some(got) => compare(&format!("step {at}"), step, &facts(sequence, got), &mut wrong),
            None => wrong.push(format!("step {at} is missing")),
        }
    }
    wrong
}

fn run(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let source = SourceText::new(name, text);
    if let Ok(expected) = fs::read_to_string(path.with_extension("err")) {
        let given = fs::read_to_string(path.with_extension("json")).unwrap_or("{}".to_string());
        let given: Value = serde_json::from_str(&given).expect("the .json is well formed");
        return match compile_file(&source, athlete_of(&given).as_ref(), &options_of(&given)) {
            Ok(_) => vec!["compiled, but should not".to_string()],
            Err(problems) => {
                let got = complaints(&source, &problems);
                if got == expected { vec![] } else { vec![format!("expected\n{expected}got\n{got}")] }
            }
        };
    }
    let expected = fs::read_to_string(path.with_extension("json")).expect("a .json or .err beside it");
    let expected: Value = serde_json::from_str(&expected).expect("the .json is well formed");
    match compile_file(&source, athlete_of(&expected).as_ref(), &options_of(&expected)) {
        Ok(compiled) => check_compiled(&source, &compiled, &expected),
        Err(problems) => vec![complaints(&source, &problems)],
    }
}

/// Collects every case below `folder`.
fn collect(folder: &Path, cases: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(&path, cases);
        } else if path.extension().is_some_and(|e| e == "toml") {
            cases.push(path);
        }
    }
}

#[test]
fn corpus_holds() {
    let mut cases: Vec<PathBuf> = Vec::new();
    collect(&corpus(), &mut cases);
    cases.sort();
    assert!(cases.len() >= 150, "the corpus has gone missing: {} cases", cases.len());
    let failed: Vec<String> = cases
        .iter()
        .map(|path| (path, run(path)))
        .filter(|(_, wrong)| !wrong.is_empty())
        .map(|(path, wrong)| format!("{}:\n{}", path.display(), wrong.join("\n")))
        .collect();
    assert!(failed.is_empty(), "{} of {} fail\n\n{}", failed.len(), cases.len(), failed.join("\n\n"));
}

/// Compiles a file, and returns its steps without their positions in the text.
fn steps_of(text: &str) -> Option<Vec<PlannedStep>> {
    let compiled = compile_file(&SourceText::new("x", text), None, &Options::default()).ok()?;
    let mut steps = compiled.sequence.steps;
    steps.iter_mut().for_each(|step| step.source = Default::default());
    Some(steps)
}

#[test]
fn formatting_keeps_the_steps_and_is_idempotent() {
    let mut files = Vec::new();
    collect(&corpus(), &mut files);
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("workouts"), &mut files);
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let steps = steps_of(&text);
        let Ok(formatted) = format_file(&text) else {
            assert_eq!(steps, None, "{} compiles, but is not formatted", path.display());
            continue;
        };
        assert_eq!(steps_of(&formatted), steps, "{}\n{formatted}", path.display());
        assert_eq!(format_file(&formatted).as_deref(), Ok(formatted.as_str()), "{}", path.display());
        let compiled = compile_file(&SourceText::new("x", formatted), None, &Options::default()).unwrap();
        let style = LineStyle {
            pace: PaceUnit::Km,
            speed: SpeedUnit::KmPerHour,
            flat: Incline::FLAT,
            end_key: "Enter",
        };
        assert!(!explain(&compiled.sequence, &style).is_empty());
    }
}

/// The phrases of the corpus, each with its notation.
fn phrases() -> String {
    ["phrases.tsv", "sessions.tsv"].map(|name| fs::read_to_string(corpus().join(name)).unwrap()).concat()
}

/// What runners write compiles to the same steps as the notation that it means, and `fmt` writes that notation.
#[test]
fn phrases_compile_to_the_same_steps_as_their_notation() {
    let mut wrong = Vec::new();
    let mut rows = 0;
    for line in phrases().lines().filter(|line| !line.starts_with('#')) {
        rows += 1;
        let (phrase, meant) = line.split_once('\t').unwrap();
        let phrase = phrase.replace("\\n", "\n");
        let steps = |text: &str| {
            let source = SourceText { name: "phrase".into(), text: text.into() };
            compile_notation(&source, None, &Options::default()).map(|compiled| {
                let plain = |step: &PlannedStep| {
                    (
                        step.kind,
                        step.role,
                        step.end,
                        step.target.words.clone(),
                        step.incline,
                        step.cues.clone(),
                    )
                };
                compiled.sequence.steps.iter().map(plain).collect::<Vec<_>>()
            })
        };
        match (steps(&phrase), steps(meant)) {
            (Err(_), _) if meant == "ERROR" => {}
            (Ok(_), _) if meant == "ERROR" => wrong.push(format!("{phrase:?} is read, and should not be")),
            (Ok(a), Ok(b)) if a == b => {}
            (Ok(_), Ok(_)) => wrong.push(format!("{phrase:?} does not mean {meant}")),
            (Err(problems), _) => wrong.push(format!("{phrase:?} is refused: {}", problems[0].message)),
            (_, Err(problems)) => wrong.push(format!("{meant:?} is refused: {}", problems[0].message)),
        }
    }
    assert!(wrong.is_empty(), "{} of {rows} phrases:\n{}", wrong.len(), wrong.join("\n"));
}

/// `fmt` writes the notation of every phrase, and changes nothing when it formats again.
#[test]
fn formatting_writes_phrases_as_notation_and_settles_at_once() {
    let mut wrong = Vec::new();
    let text = phrases();
    let rows = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    for (phrase, meant) in rows.filter(|(_, meant)| *meant != "ERROR") {
        let as_file = |text: &str| format!("name = \"x\"\nsteps = [{}]\n", json!(text));
        let (phrase, meant) = (as_file(&phrase.replace("\\n", "\n")), as_file(meant));
        let (formatted, expected) = (format_file(&phrase), format_file(&meant));
        if formatted.is_err() || formatted != expected {
            wrong.push(format!("{phrase}is formatted as {formatted:?}, not {expected:?}"));
        } else if let Ok(once) = formatted
            && format_file(&once).as_deref() != Ok(once.as_str())
        {
            wrong.push(format!("{once}is formatted twice"));
        }
    }
    assert!(wrong.is_empty(), "{} phrases:\n{}", wrong.len(), wrong.join("\n"));
}
