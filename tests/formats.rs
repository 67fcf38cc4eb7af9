//! The formats for other programs: the JSON of a workout, and the schema of workout files.

use pacebell::diagnostic::Diagnostic;
use pacebell::formats::{json, schema};
use pacebell::library;
use pacebell::workout::{Options, SourceText, compile_file, compile_notation};
use serde_json::{Value, json};

fn shown(notation: &str) -> Value {
    let compiled = compile_notation(&SourceText::new("test", notation), None, &Options::default()).unwrap();
    serde_json::from_str(&json::text(&compiled.sequence)).unwrap()
}

#[test]
fn json_has_every_property_of_a_step() {
    let workout = shown(
        "2×400m 5:00/km ^2% | half: tall / 60-90s walk, open Z3 | every 20s: breathe, Up: 1min 8 -> 12 km/h",
    );
    assert_eq!(workout["format"], 2);
    assert_eq!(workout["total_ms"], 120_000 * 2 + 90_000 + 60_000);
    assert_eq!(workout["min_total_ms"], 120_000 * 2 + 60_000 + 60_000);
    assert_eq!(workout["open"], true);
    let steps = workout["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 5);
    let first = &steps[0];
    assert_eq!(first["kind"], "interval");
    assert_eq!(first["role"], "work");
    assert_eq!(first["end"], "distance");
    assert_eq!(first["duration_ms"], 120_000);
    assert_eq!(first["distance_m"], 400.0);
    assert_eq!(first["incline"], 2.0);
    assert_eq!(first["reps"], json!([{ "id": 0, "n": 1, "of": 2 }]));
    assert_eq!(first["cues"], json!([{ "at_ms": 60_000, "every_ms": null, "text": "tall" }]));
    assert_eq!(first["source"], json!({ "line": 1, "column": 3, "length": 16 }));
    assert!((first["speed_mps"][0].as_f64().unwrap() - 10.0 / 3.0).abs() < 1e-9);
    assert_eq!((&steps[1]["min_ms"], &steps[1]["duration_ms"]), (&json!(60_000), &json!(90_000)));
    assert_eq!((&steps[3]["end"], &steps[3]["duration_ms"]), (&json!("open"), &Value::Null));
    assert_eq!(steps[3]["cues"], json!([{ "at_ms": null, "every_ms": 20_000, "text": "breathe" }]));
    let ramp = &steps[4];
    assert_eq!((&ramp["label"], &ramp["offset_ms"]), (&json!("Up"), &Value::Null));
    assert!((ramp["ramp_to_mps"].as_f64().unwrap() - 12.0 / 3.6).abs() < 1e-9);
}

#[test]
fn json_has_an_endless_repeat_once() {
    let workout = shown("5min easy, 2×(open×(60s hard, 45s easy), 3min walk)");
    let steps = workout["steps"].as_array().unwrap();
    let listed: Vec<(&str, bool)> =
        steps.iter().map(|s| (s["target"].as_str().unwrap(), s["endless"].as_bool().unwrap())).collect();
    let set = [("hard", true), ("easy", true), ("walk", false)];
    assert_eq!(listed, [&[("easy", false)], &set[..], &set[..]].concat());
    assert_eq!(steps[1]["reps"][1]["of"], Value::Null);
    // Nobody knows when what follows it begins.
    assert_eq!((&steps[1]["offset_ms"], &steps[3]["offset_ms"]), (&json!(300_000), &Value::Null));
}

#[test]
fn json_of_a_session_has_the_rounds_that_were_run() {
    let source = SourceText::new("test", "open×(60s hard, 45s easy)");
    let sequence = compile_notation(&source, None, &Options::default()).unwrap().sequence;
    let run = [sequence.steps[0].id, sequence.steps[1].id, sequence.steps[2].id];
    let text = json::text_of_session(&sequence, |step| run.contains(&step));
    let workout: Value = serde_json::from_str(&text).unwrap();
    let ids: Vec<u64> =
        workout["steps"].as_array().unwrap().iter().map(|s| s["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, run.map(|id| u64::from(id.0)));
}

#[test]
fn json_omits_no_field() {
    let workout = shown("60s hard");
    let names: Vec<&str> = workout["steps"][0].as_object().unwrap().keys().map(String::as_str).collect();
    for name in [
        "id",
        "kind",
        "role",
        "label",
        "end",
        "duration_ms",
        "min_ms",
        "distance_m",
        "offset_ms",
        "target",
        "zone",
        "speed_mps",
        "ramp_to_mps",
        "incline",
        "incline_to",
        "hr",
        "rpe",
        "breathe",
        "endless",
        "reps",
        "cues",
        "source",
    ] {
        assert!(names.contains(&name), "{name} is missing in {names:?}");
    }
}

#[test]
fn list_as_json_has_every_workout_with_its_group() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("pacebell/workouts");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("mine.toml"), "name = \"T\\u001b[31m\"\nsteps = \"2km 5:00/km\"\n").unwrap();
    std::fs::write(folder.join("broken.toml"), "steps = \"9s eazy\"\n").unwrap();
    let list = |words: &[&str]| -> Value {
        let arguments = [&["list", "--json"], words].concat();
        let output = crate::fixture::pacebell_at(home.path()).args(arguments).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(!text.contains('\u{1b}'), "{text}");
        serde_json::from_str(&text).unwrap()
    };
    let all = list(&[]);
    assert_eq!(all["version"], 1);
    let workouts = all["workouts"].as_array().unwrap();
    assert!(workouts.len() > 40);
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert!(workouts.iter().all(|workout| keys(workout) == keys(&workouts[0])), "no field is left out");
    let named = |name: &str| workouts.iter().find(|workout| workout["name"] == name).unwrap();
    let intervals = named("short-intervals");
    for (field, value) in [
        ("title", Value::from("Short intervals")),
        ("group", Value::from("intervals")),
        ("mine", Value::from(false)),
        ("total_ms", Value::from(900_000)),
        ("reading", Value::from("8 × 60 s hard, 60 s easy between, 15:00")),
        ("activity", Value::from("run")),
        ("error", Value::Null),
    ] {
        assert_eq!(intervals[field], value, "{field}");
    }
    assert_eq!(
        (&named("mine")["mine"], &named("mine")["total_m"]),
        (&Value::from(true), &Value::from(2000.0))
    );
    let broken = named("broken");
    assert!(broken["title"].is_null() && broken["error"].as_str().unwrap().contains("has mistakes"));
    assert_eq!(list(&["yasso"])["workouts"].as_array().unwrap().len(), 1);
    assert_eq!(list(&["zebra"])["workouts"].as_array().unwrap().len(), 0);
}

fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(schema::TEXT).unwrap();
    assert!(jsonschema::meta::is_valid(&schema), "the schema is one");
    jsonschema::validator_for(&schema).unwrap()
}

/// Converts a workout file to JSON for the validator.
fn value(text: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap()
}

#[test]
fn the_schema_accepts_every_workout_in_the_library() {
    let validator = validator();
    for entry in library::built_in() {
        let problems: Vec<String> =
            validator.iter_errors(&value(entry.text)).map(|e| e.to_string()).collect();
        assert!(problems.is_empty(), "{}: {problems:?}", entry.name);
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of mistakes")]
fn the_schema_and_the_parser_reject_the_same_mistakes() {
    let validator = validator();
    let with = |steps: &str| format!("name = \"x\"\nsteps = [{steps}]\n");
    let mistakes = [
        "steps = [\"60s easy\"]\n".to_string(),
        "name = \"x\"\n".to_string(),
        "name = 5\nsteps = \"60s easy\"\n".to_string(),
        "name = \"x\"\nstep = \"60s easy\"\nsteps = \"60s easy\"\n".to_string(),
        "name = \"x\"\nsteps = 60\n".to_string(),
        "name = \"x\"\nsteps = []\n".to_string(),
        "name = \"x\"\nincline = 50\nsteps = \"60s easy\"\n".to_string(),
        "name = \"x\"\nshow_pace = \"no\"\nsteps = \"60s easy\"\n".to_string(),
        "name = \"x\"\nsteps = \"60s easy\"\n[before]\nstop = []\n".to_string(),
        "name = \"x\"\nsteps = \"60s easy\"\n[parameters.n]\nchoices = [\"a\"]\n".to_string(),
        "name = \"x\"\nsteps = \"60s easy\"\n[parameters.n]\ndefault = \"a, b\"\n".to_string(),
        with("5"),
        with("{ time = 60 }"),
        with("{ target = \"easy\" }"),
        with("{ time = \"60s\", distance = \"400m\" }"),
        with("{ time = \"60s\", targt = \"easy\" }"),
        with("{ open = false }"),
        with("{ repeat = 3 }"),
        with("{ repeat = 0, steps = [\"60s\"] }"),
        with("{ ladder = true, steps = [\"60s\"] }"),
        with("{ alternate = [\"60s\"], for = \"10min\" }"),
        with("{ time = \"60s\", kind = \"fun\" }"),
        with("{ time = \"60s\", cues = [{ at = \"half\" }] }"),
        with("{ time = \"60s\", between = \"60s\" }"),
        with("{ repeat = 3, steps = [\"60s\"], target = \"hard\" }"),
        with("{ repeat = 3, ladder = true, steps = [\"60s\"], between = \"60s\" }"),
        with("{ repeat = 10001, steps = [\"60s\"] }"),
        with("{ time = \"60s\", cues = [{ at = \"foo\", say = \"x\" }] }"),
        with("{ time = \"60s\", cues = [{ at = \"10s\", every = \"20s\", say = \"x\" }] }"),
        with("{ share = \"50%\" }"),
        with("{ repeat = 3, steps = [\"60s\"], between = \"60s\", on = \"5min\" }"),
        with("{ reps = 12, distance = \"1km\" }"),
        with("{ repeat = \"few\", steps = [\"60s\"] }"),
    ];
    for text in &mistakes {
        assert!(!validator.is_valid(&value(text)), "the schema takes:\n{text}");
        let compiled = compile_file(&SourceText::new("x.toml", text.as_str()), None, &Options::default());
        assert!(compiled.is_err(), "the parser takes:\n{text}");
    }
    let fine = [
        with("{ time = \"60s\", target = \"hard\", incline = 1.0, label = \"Rep\" }"),
        with("{ repeat = 8, steps = [\"60s hard\"], between = { time = \"60s\" } }, \"5min easy\""),
        with("{ distance = \"400m\", in = \"90s\", cues = [{ at = \"-10s\", say = \"kick\" }] }"),
        with("{ alternate = [\"1min hard\", \"1min easy\"], for = \"15min\" }"),
        with("{ alternate = [\"1min hard\", \"1min easy\"] }"),
        with("{ repeat = \"open\", steps = [\"60s hard\"], between = \"60s easy\" }"),
        with("{ ladder = true, steps = [\"1min\", \"2min\"], between = \"1min easy\" }"),
        with("{ open = true, target = \"walk\", kind = \"recovery\" }"),
        with(
            "{ time = \"10km or 60min\", cues = [{ every = \"1km\", say = \"split\" }, { at = \"-400m\", say = \"kick\" }] }",
        ),
        with(
            "{ repeat = \"6-8\", steps = { reps = \"8-12\" }, between = [\"30s rest\", { time = \"30s\", kind = \"WU\" }] }",
        ),
        with("{ steps = \"5min easy, 5min hard\", kind = \"Warm-up\" }"),
    ];
    for text in &fine {
        let problems: Vec<String> = validator.iter_errors(&value(text)).map(|e| e.to_string()).collect();
        assert!(problems.is_empty(), "{text}: {problems:?}");
        let compiled = compile_file(&SourceText::new("x.toml", text.as_str()), None, &Options::default());
        assert!(compiled.is_ok(), "{text}: {:?}", compiled.err());
    }
}

/// A well-formed value for every key of a table of steps.
const SAMPLES: [(&str, &str); 18] = [
    ("time", "\"60s\""),
    ("distance", "\"400m\""),
    ("open", "true"),
    ("reps", "12"),
    ("share", "\"50%\""),
    ("in", "\"90s\""),
    ("target", "\"hard\""),
    ("incline", "1.0"),
    ("label", "\"Rep\""),
    ("kind", "\"interval\""),
    ("cues", "[{ at = \"start\", say = \"tall\" }]"),
    ("repeat", "\"2-3\""),
    ("ladder", "true"),
    ("steps", "[\"60s hard\", \"60s hard\"]"),
    ("between", "\"60s easy\""),
    ("on", "\"5min\""),
    ("alternate", "[\"60s hard\", \"60s easy\"]"),
    ("for", "\"10min\""),
];

/// Tables of every sort.
const TABLES: [&[&str]; 12] = [
    &["time", "target", "label", "kind", "cues"],
    &["distance", "in", "incline"],
    &["reps", "in"],
    &["open"],
    &["share", "target"],
    &["repeat", "steps", "between", "label"],
    &["repeat", "steps", "on", "cues"],
    &["ladder", "steps", "between"],
    &["steps", "kind"],
    &["alternate", "for"],
    &["target"],
    &[],
];

fn written(table: &[(&str, &str)]) -> String {
    let keys: Vec<String> = table.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    format!("{{ {} }}", keys.join(", "))
}

/// The table with one key more, with one key less, and with a value of another type.
fn variants(keys: &[&str]) -> Vec<String> {
    let sample = |key: &str| SAMPLES.into_iter().find(|(name, _)| *name == key).unwrap();
    let table: Vec<_> = keys.iter().map(|key| sample(key)).collect();
    let mut variants = vec![written(&table)];
    for added in SAMPLES.iter().filter(|(key, _)| !keys.contains(key)) {
        variants.push(written(&[table.as_slice(), &[*added]].concat()));
    }
    for i in 0..table.len() {
        let mut less = table.clone();
        less.remove(i);
        variants.push(written(&less));
        for other in ["5", "0", "-1", "1.5", "true", "false", "\"\"", "\" \"", "[]", "{}", "[1]", "\"fun\""] {
            let mut changed = table.clone();
            changed[i].1 = other;
            variants.push(written(&changed));
        }
    }
    variants
}

#[test]
fn schema_and_parser_agree_on_every_key() {
    let validator = validator();
    // To the schema any text may be notation.
    let is_notation = |table: &str| {
        ["target", "steps", "between"].iter().any(|key| table.contains(&format!("{key} = \"fun\"")))
    };
    let mut compared = 0;
    for table in TABLES.into_iter().flat_map(variants).filter(|table| !is_notation(table)) {
        for around in [
            "{}",
            "{ repeat = 2, steps = [{}] }",
            "{ repeat = 2, steps = \"60s hard\", between = {} }",
            "{ alternate = [{}, \"60s easy\"], for = \"5min\" }",
        ] {
            let text = format!("name = \"x\"\nsteps = [{}]\n", around.replacen("{}", &table, 1));
            let compiled = compile_file(&SourceText::new("x.toml", text.as_str()), None, &Options::default());
            // The schema knows no paces, so it cannot tell how long a leg takes.
            let unknown =
                |problems: &Vec<Diagnostic>| problems.iter().all(|p| p.code() == "unknown-leg-time");
            let fine = compiled.as_ref().err().is_none_or(unknown);
            let problems: Vec<String> = validator.iter_errors(&value(&text)).map(|e| e.to_string()).collect();
            assert_eq!(fine, problems.is_empty(), "{text}{problems:?}\n{:?}", compiled.err());
            compared += 1;
        }
    }
    assert!(compared > 1500, "{compared}");
}
