//! The corpus of plans: `tests/plans/x.toml` compiles as `x.json` says, or fails with `x.err`.
//!
//! `tests/plans/README.md` describes both formats.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "test helpers fail as tests do")]

use super::language::complaints;
use chrono::NaiveDate;
use pacebell::athlete::Athlete;
use pacebell::diagnostic::SourceText;
use pacebell::formats::schema::PLAN_SCHEMA;
use pacebell::library::{self, BUILT_IN_PLANS};
use pacebell::plan::{
    Calendar, CalendarWeek, PlanAnchor, PlanDocument, WorkoutLookup, check_plan, compile_plan, read_plan,
};
use pacebell::plan::{PlanItem, PlannedSession, plan_remarks};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The workouts that come with the program.
pub struct BuiltIn;

impl WorkoutLookup for BuiltIn {
    fn workout(&self, name: &str) -> Option<SourceText> {
        let built_in = library::built_in().into_iter().find(|workout| workout.name == name);
        built_in.map(|workout| workout.source())
    }

    fn names(&self) -> Vec<String> {
        library::built_in().into_iter().map(|workout| workout.name.to_string()).collect()
    }
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub fn plan(name: &str) -> PlanDocument {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans").join(format!("{name}.toml"));
    read_plan(&SourceText::new(format!("{name}.toml"), fs::read_to_string(path).unwrap()))
}

pub fn calendar(name: &str, anchor: PlanAnchor, athlete: Option<&Athlete>) -> Calendar {
    match compile_plan(&plan(name), anchor, athlete, &BuiltIn) {
        Ok(calendar) => calendar,
        Err(problems) => panic!("{name}: {problems:#?}"),
    }
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans")
}

fn option_text(option: &PlannedSession) -> String {
    match option {
        PlannedSession::Rest => "rest".to_string(),
        other => other.title(),
    }
}

/// Writes the items of a day: alternatives with `or`, optional items in brackets, several items with `+`.
fn items_text(items: &[PlanItem]) -> String {
    let item = |item: &PlanItem| {
        let options: Vec<String> = item.options.iter().map(option_text).collect();
        let text = options.join(" or ");
        if item.optional { format!("({text})") } else { text }
    };
    match items {
        [] => "rest".to_string(),
        items => items.iter().map(item).collect::<Vec<_>>().join(" + "),
    }
}

/// Returns every property of a calendar that a case may name. `keys` are those of the case's own tables.
fn calendar_facts(calendar: &Calendar, case: &Value, key: &str) -> Value {
    let named = |key: &str| {
        let table = case.get(key).and_then(Value::as_object);
        table.into_iter().flatten().map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    let workout = |id: &str| calendar.item(id.parse().expect("an item")).and_then(PlanItem::workout);
    let each =
        |fact: &dyn Fn(&str) -> Value| named(key).iter().map(|name| (name.clone(), fact(name))).collect();
    match key {
        "weeks" => json!(calendar.weeks.len()),
        "joins_in" => json!(calendar.weeks.first().map(|week| week.number)),
        "days" => each(&|day| {
            json!(calendar.day(date(day)).map_or("none".to_string(), |day| items_text(&day.items)))
        }),
        "any" => each(&|week| {
            let week = calendar.weeks.iter().find(|known| known.number.to_string() == week);
            json!(week.map(|week| items_text(&week.any)))
        }),
        "texts" => each(&|id| json!(workout(id).map(|workout| workout.text.clone()))),
        "sources" => each(&|id| json!(workout(id).map(|workout| workout.source.text.clone()))),
        "steps" => each(&|id| json!(workout(id).map(|workout| workout.sequence.steps.len()))),
        "easy" => json!(easy_shares(calendar)),
        "fallen_away" => {
            json!(calendar.fallen_away.iter().map(|fallen| fallen.item.id.to_string()).collect::<Vec<_>>())
        }
        "remarks" => json!(plan_remarks(calendar, &[]).iter().map(ToString::to_string).collect::<Vec<_>>()),
        other => panic!("`{other}` is not a property of a calendar"),
    }
}

fn check_case(name: &str, case: &Value) {
    let text = |key: &str| case.get(key).and_then(Value::as_str).map(date);
    let anchor = match (text("start"), text("race")) {
        (Some(start), None) => PlanAnchor::start(start),
        (None, Some(race)) => PlanAnchor::race(race, text("from").expect("a race has `from`")),
        _ => panic!("{name}: either `start` or `race`"),
    };
    let athlete = case.get("vdot").and_then(Value::as_f64).map(Athlete::with_vdot);
    let calendar = calendar(name, anchor, athlete.as_ref());
    let settings = ["start", "race", "from", "vdot"];
    for (key, expected) in
        case.as_object().unwrap().iter().filter(|(key, _)| !settings.contains(&key.as_str()))
    {
        assert_eq!(&calendar_facts(&calendar, case, key), expected, "{name}: {key}");
    }
}

#[test]
fn plans_compile_as_the_corpus_says() {
    let mut cases = 0;
    for entry in fs::read_dir(corpus()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let is_case = path.extension().is_some_and(|extension| extension == "json");
        if is_case && path.with_extension("toml").exists() {
            check_case(&name, &serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap());
            cases += 1;
        }
    }
    assert!(cases >= 3);
}

fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(PLAN_SCHEMA).unwrap();
    assert!(jsonschema::meta::is_valid(&schema), "the schema is one");
    jsonschema::validator_for(&schema).unwrap()
}

/// Converts a plan to JSON for the validator.
fn value(text: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap()
}

#[test]
fn the_schema_accepts_every_plan_that_compiles() {
    let validator = validator();
    let mut texts: Vec<(String, String)> =
        BUILT_IN_PLANS.iter().map(|plan| (plan.name.to_string(), plan.text.to_string())).collect();
    let names = ["micro-run", "half-12", "days"];
    texts.extend(names.map(|name| (name.to_string(), plan(name).text.text)));
    for (name, text) in texts {
        let problems: Vec<String> = validator.iter_errors(&value(&text)).map(|e| e.to_string()).collect();
        assert!(problems.is_empty(), "{name}: {problems:?}");
    }
}

#[test]
fn the_schema_and_the_reader_reject_the_same_mistakes() {
    let validator = validator();
    for (text, with_week) in [
        ("[[week]]\nsun = \"30min easy\"\n", false),
        ("name = \"x\"\n", false),
        ("name = 5\n", true),
        ("name = \"x\"\nweeks = 4\n", true),
        ("name = \"x\"\nstarts = \"noon\"\n", true),
        ("name = \"x\"\nworkouts = { tempo = 20 }\n", true),
        ("name = \"x\"\nworkouts = { 2nd = \"20min easy\" }\n", true),
        ("name = \"x\"\nprogress = { long = \"10km\" }\n", true),
        ("name = \"x\"\nprogress = { long = { grow = \"1km\" } }\n", true),
        ("name = \"x\"\nprogress = { long = { from = \"10km\", down = 2 } }\n", true),
        ("name = \"x\"\nprogress = { long = { from = \"10km\", evry = 2 } }\n", true),
        ("name = \"x\"\nusual = { monday = \"rest\" }\n", true),
        ("name = \"x\"\nusual = { mon = 30 }\n", true),
        ("name = \"x\"\nusual = { mon = \"\" }\n", true),
        ("name = \"x\"\nusual = { mon = { about = \"easy\" } }\n", true),
        ("name = \"x\"\n[[week]]\ntimes = 0\n", false),
        ("name = \"x\"\n[[week]]\ndown = \"yes\"\n", false),
    ] {
        let text = if with_week { format!("{text}[[week]]\n") } else { text.to_string() };
        assert!(!validator.is_valid(&value(&text)), "the schema takes:\n{text}");
        let document = read_plan(&SourceText::new("x.toml", text.as_str()));
        assert!(!check_plan(&document, None, &BuiltIn).is_empty(), "the reader takes:\n{text}");
    }
}

#[test]
fn the_examples_of_the_reference_compile() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/plans.md")).unwrap();
    let blocks = page.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let mut plans = 0;
    for text in blocks {
        let document = read_plan(&SourceText::new("docs/plans.md", text));
        assert_eq!(check_plan(&document, None, &BuiltIn), [], "{text}");
        plans += 1;
    }
    let days = page.split("## Days").nth(1).and_then(|rest| rest.split("## Weeks").next()).unwrap();
    let lines =
        days.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`').map(|(line, _)| line));
    for line in lines {
        let text = format!(
            "name = \"x\"\nrace = \"10K\"\n[workouts]\nhills = {{ steps = \"{{reps}}×60s hard / 60s easy\", parameters = {{ reps = {{ default = 6 }} }} }}\n[[week]]\nsat = {}\nsun = \"race\"\n",
            if line == "\"race\"" { "\"rest\"" } else { line }
        );
        let document = read_plan(&SourceText::new("docs/plans.md", text.as_str()));
        assert_eq!(check_plan(&document, None, &BuiltIn), [], "{line}");
        plans += 1;
    }
    assert_eq!(plans, 15);
}

#[test]
fn no_plan_makes_it_panic_or_take_long() {
    let many = "20min easy and ".repeat(2000);
    for text in [
        "[[week]]\n".repeat(5000),
        format!("name = \"x\"\n[[week]]\nmon = \"{many}rest\"\n"),
        "name = \"x\"\n[progress]\na = { from = \"999999km\", grow = \"100%\" }\n[usual]\nmon = \"{a} easy\"\n[[week]]\ntimes = 60\n".to_string(),
        "name = \"x\"\nweek = [1, \"a\", [], {}]\nusual = []\nprogress = 5\nworkouts = \"\"".to_string(),
        "name = \"x\"\n[[week]]\nmon = \"'or\"\ntue = \"(and\"\nwed = \"{\"\nthu = \"} or }\"\nfri = \"optional\"\n".to_string(),
    ] {
        let document = read_plan(&SourceText::new("x.toml", text));
        let problems = check_plan(&document, None, &BuiltIn);
        assert!(!problems.is_empty() && problems.len() <= 300, "{}", problems.len());
    }
}

#[test]
fn mistakes_are_reported_as_the_corpus_says() {
    for entry in fs::read_dir(corpus()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.extension().is_none_or(|extension| extension != "toml")
            || path.with_extension("json").exists()
        {
            continue;
        }
        let document = plan(&name);
        let problems = check_plan(&document, None, &BuiltIn);
        let reported = complaints(&document.text, &problems);
        let expected = path.with_extension("err");
        if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
            fs::write(&expected, &reported).unwrap();
        }
        assert_eq!(reported, fs::read_to_string(expected).unwrap(), "{name}");
    }
}

/// Returns the running time and the part of it in zones 1 and 2 of each week, in per cent.
fn easy_shares(calendar: &Calendar) -> Vec<f64> {
    let share = |week: &CalendarWeek| {
        let runs = week.items().filter_map(|item| item.workout()).map(|workout| &workout.figures);
        let (easy, all) = runs.fold((0, 0), |(easy, all), figures| {
            (easy + figures.zones[1].get() + figures.zones[2].get(), all + figures.running.get())
        });
        (easy as f64 / all as f64 * 1000.0).round() / 10.0
    };
    calendar.weeks.iter().map(share).collect()
}

#[test]
fn the_micro_run_plan_has_the_articles_weeks() {
    let calendar = calendar("micro-run", PlanAnchor::start(date("2026-12-07")), None);
    assert_eq!(calendar.days().count(), 28);
    let long: Vec<String> = calendar
        .weeks
        .iter()
        .flat_map(|week| &week.days)
        .flat_map(|day| &day.items)
        .filter(|item| item.is_long)
        .map(|item| item.usual().title())
        .collect();
    assert_eq!(long, ["75-90min easy", "Medium-long progressive", "79-99min easy", "63-79min easy"]);
}

#[test]
fn a_race_plan_ends_on_its_race() {
    for (race, days) in [("2027-04-18", 84), ("2027-04-17", 83), ("2027-04-14", 80)] {
        let calendar = calendar(
            "half-12",
            PlanAnchor::race(date(race), date("2026-12-01")),
            Some(&Athlete::with_vdot(40.0)),
        );
        assert_eq!(calendar.days().count(), days, "{race}");
        assert_eq!(calendar.first_day(), Some(date("2027-01-25")));
        assert_eq!(calendar.last_day(), Some(date(race)));
        let last = calendar.days().last().unwrap();
        assert_eq!(last.items[0].usual().title(), "Race: half");
        assert!(easy_shares(&calendar).iter().all(|share| (83.0..=96.0).contains(&share.round())));
    }
}
