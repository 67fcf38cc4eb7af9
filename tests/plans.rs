//! Plans: the calendar of a file on its dates, and the errors of files with mistakes.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "test helpers fail as tests do")]

use chrono::NaiveDate;
use pacebell::athlete::Athlete;
use pacebell::diagnostic::SourceText;
use pacebell::library;
use pacebell::plan::{
    Calendar, CalendarWeek, PlanAnchor, PlanDocument, WorkoutLookup, compile_plan, read_plan,
};
use std::fs;
use std::path::Path;

/// The workouts that come with the program.
pub struct BuiltIn;

impl WorkoutLookup for BuiltIn {
    fn workout(&self, name: &str) -> Option<SourceText> {
        let built_in = library::built_in().into_iter().find(|workout| workout.name == name);
        built_in.map(|workout| workout.source()).or_else(|| strength(name))
    }

    fn names(&self) -> Vec<String> {
        library::built_in().into_iter().map(|workout| workout.name.to_string()).collect()
    }
}

/// A circuit of fifteen minutes.
fn strength(name: &str) -> Option<SourceText> {
    let text = "name = \"Strength\"\nactivity = \"strength\"\nsteps = [\"15min 'squats'\"]\n";
    name.starts_with("strength-").then(|| SourceText::new(format!("{name}.toml"), text))
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
    assert_eq!(easy_shares(&calendar), [84.8, 64.8, 86.6, 99.2]);
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
