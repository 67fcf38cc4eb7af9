//! The corpus of plans: `tests/plans/x.toml` compiles as `x.json` says, or fails with `x.err`.
//!
//! `tests/plans/README.md` describes both formats.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "test helpers fail as tests do")]

use super::language::complaints;
use chrono::NaiveDate;
use pacebell::athlete::Athlete;
use pacebell::diagnostic::SourceText;
use pacebell::library;
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
        if path.extension().is_some_and(|extension| extension == "json") {
            check_case(&name, &serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap());
            cases += 1;
        }
    }
    assert!(cases >= 3);
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
