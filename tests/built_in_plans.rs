//! The plans that come with the program. `plans/built-in.json` holds their figures, which `long/add-up-the-plans` added up
//! in its own way for a runner of 50:00 over 10 km.

use crate::plans::{BuiltIn, date};
use chrono::Datelike;
use pacebell::athlete::{Athlete, Race, RaceResult};
use pacebell::formats::ics::{self, ItemDecision, PlanEvents};
use pacebell::library::{BUILT_IN_PLANS, BuiltInPlan};
use pacebell::plan::{
    Calendar, PlanAnchor, PlanItem, RemarkKind, SessionKind, TrainingFigures, compile_plan, plan_remarks,
    read_plan,
};
use pacebell::runner::profile::Profile;
use pacebell::units::Millis;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanSums {
    weeks: Vec<WeekSum>,
    #[serde(rename = "notes")]
    _notes: Vec<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct WeekSum {
    running_s: u64,
    easy_s: u64,
    hard_s: u64,
    longest_s: u64,
    strength: usize,
}

fn sums() -> BTreeMap<String, PlanSums> {
    serde_json::from_str(include_str!("plans/built-in.json")).unwrap()
}

fn athlete() -> Athlete {
    Athlete::from_results(vec![RaceResult::undated(Race::TenK, Millis::from_secs(3000))]).unwrap()
}

fn calendar(plan: &BuiltInPlan, athlete: Option<&Athlete>) -> Calendar {
    let document = read_plan(&plan.source());
    assert!(document.problems().is_empty(), "{}: {:?}", plan.name, document.problems());
    let anchor = match &document.race {
        Some(_) => PlanAnchor::race(date("2027-04-18"), date("2026-11-30")),
        None => PlanAnchor::start(date("2026-12-07")),
    };
    compile_plan(&document, anchor, athlete, &BuiltIn)
        .unwrap_or_else(|problems| panic!("{}: {problems:?}", plan.name))
}

fn figures(item: &PlanItem) -> Option<&TrainingFigures> {
    item.workout().map(|workout| &workout.figures)
}

#[test]
fn every_plan_adds_up_as_another_program_found() {
    let sums = sums();
    let built_in: BTreeSet<&str> = BUILT_IN_PLANS.iter().map(|plan| plan.name).collect();
    assert_eq!(sums.keys().map(String::as_str).collect::<BTreeSet<_>>(), built_in);
    for plan in BUILT_IN_PLANS {
        let calendar = calendar(&plan, Some(&athlete()));
        let expected = &sums[plan.name].weeks;
        assert_eq!(calendar.weeks.len(), expected.len(), "{}", plan.name);
        for (week, expected) in calendar.weeks.iter().zip(expected) {
            let runs = || week.items().filter_map(figures).filter(|run| run.running > Millis::ZERO);
            let whole = |time: Millis| (time.as_secs_f64()).round() as u64;
            let sum = |of: fn(&TrainingFigures) -> Millis| runs().map(|run| whole(of(run))).sum();
            let strength = week.any.iter().filter(|item| item.kind() == Some(SessionKind::Strength)).count();
            let found = WeekSum {
                running_s: sum(|run| run.running),
                easy_s: sum(|run| run.zones[1] + run.zones[2]),
                hard_s: sum(|run| run.hard),
                longest_s: runs().map(|run| whole(run.running)).max().unwrap_or(0),
                strength,
            };
            assert_eq!(found, *expected, "{}, week {}", plan.name, week.number);
        }
    }
}

#[test]
fn every_plan_states_its_purpose_and_source_and_compiles_without_a_profile() {
    for plan in BUILT_IN_PLANS {
        let document = read_plan(&plan.source());
        let about = document.about.clone().unwrap_or_default();
        assert!(
            (40..=180).contains(&about.chars().count()) && about.ends_with('.'),
            "{}: {about}",
            plan.name
        );
        let source = document.origin.clone().unwrap_or_default();
        let is_ours = source.contains("pacebell") || source.contains("ours") || source.contains("Micro-Run");
        assert!(is_ours, "{}: {source}", plan.name);
        assert!(!document.tags.is_empty(), "{}", plan.name);
        let calendar = calendar(&plan, None);
        assert!(calendar.fallen_away.is_empty(), "{}", plan.name);
    }
}

#[test]
fn no_plan_has_two_hard_days_running() {
    for plan in BUILT_IN_PLANS {
        let calendar = calendar(&plan, Some(&athlete()));
        let days: Vec<_> = calendar.days().collect();
        let is_hard = |items: &[PlanItem]| items.iter().any(|i| i.kind().is_some_and(SessionKind::is_hard));
        for pair in days.windows(2) {
            let both = is_hard(&pair[0].items) && is_hard(&pair[1].items);
            assert!(!both, "{}: {} and the day after", plan.name, pair[0].date);
        }
    }
}

/// The article, word for word: its four weeks as titles of workouts.
#[test]
fn micro_run_has_the_days_of_the_article() {
    let calendar = calendar(&BUILT_IN_PLANS[0], None);
    let title = |item: &PlanItem| item.usual().title();
    let weeks: Vec<Vec<String>> =
        calendar.weeks.iter().map(|w| w.days.iter().flat_map(|d| &d.items).map(title).collect()).collect();
    assert_eq!(
        weeks[0],
        [
            "Recovery jog",
            "Strides",
            "Short intervals",
            "Easy 15",
            "Tempo micro",
            "Easy + mobility",
            "75-90min easy"
        ]
    );
    assert_eq!(
        weeks[1],
        [
            "Recovery jog",
            "Fartlek",
            "Easy 15",
            "Tempo micro",
            "Strides",
            "Medium-long progressive",
            "Easy 15"
        ]
    );
    assert_eq!(
        weeks[2],
        ["Recovery jog", "VO2 6×60", "Easy 15", "Tempo micro", "Strides", "Easy + mobility", "79-99min easy"]
    );
    assert_eq!(weeks[3].iter().filter(|title| *title == "Easy 15").count(), 3);
    assert!(weeks[3].contains(&"Strides 4×20".to_string()) && weeks[3][6] == "63-79min easy");
    assert_eq!(calendar.first_day().map(|day| day.weekday()), Some(chrono::Weekday::Mon));
}

#[test]
fn a_calendar_file_has_an_event_for_every_session() {
    for plan in BUILT_IN_PLANS {
        let calendar = calendar(&plan, Some(&athlete()));
        let changed = "2026-11-29T12:00:00Z".parse().unwrap();
        let style = Profile::default().line_style();
        let events =
            PlanEvents::of(&calendar, "key".to_string(), changed, &style, |_| ItemDecision::default());
        let items: Vec<&PlanItem> = calendar
            .weeks
            .iter()
            .flat_map(|week| week.items())
            .filter(|item| item.kind().is_some())
            .collect();
        assert_eq!(events.events.len(), items.len(), "{}", plan.name);
        let read: icalendar::Calendar = ics::text(&events).parse().unwrap();
        let ids: BTreeSet<String> = read
            .components
            .iter()
            .filter_map(|part| icalendar::Component::get_uid(part.as_event()?).map(str::to_string))
            .collect();
        assert_eq!(ids.len(), items.len(), "{}: every id is unique", plan.name);
        assert!(ids.contains(&format!("key-{}@pacebell", items[0].id)));
    }
}

/// Everything that a plan's check remarks is there on purpose, and the other program found the same.
#[test]
fn every_remark_about_a_plan_is_known() {
    for plan in BUILT_IN_PLANS {
        let remarks = plan_remarks(&calendar(&plan, Some(&athlete())), &[]);
        let kinds: Vec<RemarkKind> = remarks.iter().map(|remark| remark.kind).collect();
        let expected: &[RemarkKind] = match plan.name {
            // The article's second week is 64.8 % easy.
            "micro-run" => &[RemarkKind::HardWeek],
            // The race itself.
            "half-12" | "marathon-16" => &[RemarkKind::LongJump],
            _ => &[],
        };
        assert_eq!(kinds, expected, "{}", plan.name);
        assert!(remarks.iter().all(|remark| remark.places.len() == 1), "{}: {remarks:?}", plan.name);
    }
}
