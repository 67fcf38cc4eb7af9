//! A plan on its dates as JSON, version 1: the output of `pacebell plan show --json`.
//!
//! ```text
//! version          1. It rises if a field changes its meaning. Within a version, fields are only added.
//! name, about, author, source, tags   as in the file
//! race             null, or its name, distance_m and date
//! weeks_in_plan    the number of weeks, including those that fall away
//! weeks            in order
//!   number, name, about, down         as in the file; number counts from 1
//!   running_ms, easy_ms, hard_ms      the time in zones 1 to 5, in zones 1 and 2, and in steps of 30 seconds or more in zones 4
//!                                     and 5, of the usual sessions
//!   easy_percent                      easy_ms of running_ms, or null without running
//!   longest_ms                        the time of the longest run
//!   days           in order
//!     date, about, items
//!   any            the items for any day of the week
//! fallen_away      the items without a date, each with the date that it would have had, or null
//! remarks          what a coach would say: the code, `warning`, a sentence with all places, the reason, and the places, each
//!                  with its week, its days, and figures or null
//! ```
//!
//! An item has an id (`w3-sun-1`), `optional`, `long`, and its `options`, the usual one first. An option has `rest`,
//! `race` or `workout` as its `type`, a title, a kind, and for a workout its text, `library` (its name in the library, or
//! null), total_ms, min_total_ms, total_m, open and estimated.

use crate::plan::{
    Calendar, CalendarDay, CalendarWeek, PlanItem, PlanRemark, PlannedSession, PlannedWorkout, RemarkPlace,
    RunLength, TrainingFigures, plan_remarks,
};
use crate::units::{Distance, Millis};
use serde::Serialize;

/// The number of this version.
pub const VERSION: u32 = 1;

/// Returns a calendar as indented JSON that ends with a newline.
/// `logged` are the runs of the log, which remarks compare the plan with.
pub fn text(calendar: &Calendar, logged: &[RunLength]) -> String {
    let remarks = plan_remarks(calendar, logged);
    let json =
        CalendarJson { remarks: remarks.iter().map(RemarkJson::of).collect(), ..CalendarJson::of(calendar) };
    // Plain data without maps always serialises.
    serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct CalendarJson<'a> {
    version: u32,
    name: &'a str,
    about: Option<&'a str>,
    author: Option<&'a str>,
    source: Option<&'a str>,
    tags: &'a [String],
    race: Option<RaceJson<'a>>,
    weeks_in_plan: usize,
    weeks: Vec<WeekJson<'a>>,
    fallen_away: Vec<FallenJson<'a>>,
    remarks: Vec<RemarkJson>,
}

#[derive(Serialize)]
struct RemarkJson {
    code: &'static str,
    warning: bool,
    text: String,
    reason: &'static str,
    places: Vec<PlaceJson>,
}

#[derive(Serialize)]
struct PlaceJson {
    week: usize,
    days: Vec<&'static str>,
    figures: Option<String>,
}

#[derive(Serialize)]
struct RaceJson<'a> {
    name: &'a str,
    distance_m: f64,
    date: String,
}

#[derive(Serialize)]
struct WeekJson<'a> {
    number: usize,
    name: Option<&'a str>,
    about: Option<&'a str>,
    down: bool,
    running_ms: Millis,
    easy_ms: Millis,
    hard_ms: Millis,
    easy_percent: Option<f64>,
    longest_ms: Millis,
    days: Vec<DayJson<'a>>,
    any: Vec<ItemJson<'a>>,
}

#[derive(Serialize)]
struct DayJson<'a> {
    date: String,
    about: Option<&'a str>,
    items: Vec<ItemJson<'a>>,
}

#[derive(Serialize)]
struct FallenJson<'a> {
    date: Option<String>,
    #[serde(flatten)]
    item: ItemJson<'a>,
}

/// A session of a plan.
#[derive(Serialize)]
pub struct ItemJson<'a> {
    id: String,
    optional: bool,
    long: bool,
    options: Vec<OptionJson<'a>>,
}

#[derive(Serialize)]
struct OptionJson<'a> {
    r#type: &'static str,
    title: String,
    kind: Option<&'static str>,
    #[serde(flatten)]
    workout: Option<PlannedJson<'a>>,
}

#[derive(Serialize)]
struct PlannedJson<'a> {
    text: &'a str,
    library: Option<&'a str>,
    total_ms: Millis,
    min_total_ms: Millis,
    total_m: Option<f64>,
    open: bool,
    estimated: bool,
}

impl<'a> CalendarJson<'a> {
    fn of(calendar: &'a Calendar) -> Self {
        let race = calendar.race.as_ref().map(|race| RaceJson {
            name: &race.goal.name,
            distance_m: race.goal.distance.metres(),
            date: race.on.to_string(),
        });
        let fallen = |date: Option<chrono::NaiveDate>, item| FallenJson {
            date: date.map(|date| date.to_string()),
            item: ItemJson::of(item),
        };
        CalendarJson {
            version: VERSION,
            name: &calendar.name,
            about: calendar.about.as_deref(),
            author: calendar.author.as_deref(),
            source: calendar.source.as_deref(),
            tags: &calendar.tags,
            race,
            weeks_in_plan: calendar.weeks_in_plan,
            weeks: calendar.weeks.iter().map(WeekJson::of).collect(),
            fallen_away: calendar.fallen_away.iter().map(|f| fallen(f.date, &f.item)).collect(),
            remarks: Vec::new(),
        }
    }
}

impl RemarkJson {
    fn of(remark: &PlanRemark) -> Self {
        let place = |place: &RemarkPlace| PlaceJson {
            week: place.week,
            days: place.days.iter().map(|day| day.key()).collect(),
            figures: place.figures.clone(),
        };
        RemarkJson {
            code: remark.kind.code(),
            warning: remark.kind.is_warning(),
            text: remark.to_string(),
            reason: remark.kind.reason(),
            places: remark.places.iter().map(place).collect(),
        }
    }
}

impl<'a> WeekJson<'a> {
    fn of(week: &'a CalendarWeek) -> Self {
        let runs =
            || week.items().filter_map(PlanItem::workout).filter(|workout| workout.figures.kind.is_run());
        let sum =
            |of: fn(&TrainingFigures) -> Millis| runs().map(|workout| of(&workout.figures)).sum::<Millis>();
        let (running_ms, easy_ms) = (sum(|f| f.running), sum(|f| f.zones[1] + f.zones[2]));
        let percent = 100.0 * easy_ms.as_secs_f64() / running_ms.as_secs_f64();
        WeekJson {
            running_ms,
            easy_ms,
            hard_ms: sum(|f| f.hard),
            easy_percent: (running_ms > Millis::ZERO).then(|| (percent * 10.0).round() / 10.0),
            longest_ms: runs().map(|workout| workout.figures.time).max().unwrap_or_default(),
            number: week.number,
            name: week.name.as_deref(),
            about: week.about.as_deref(),
            down: week.down,
            days: week.days.iter().map(DayJson::of).collect(),
            any: week.any.iter().map(ItemJson::of).collect(),
        }
    }
}

impl<'a> DayJson<'a> {
    fn of(day: &'a CalendarDay) -> Self {
        DayJson {
            date: day.date.to_string(),
            about: day.about.as_deref(),
            items: day.items.iter().map(ItemJson::of).collect(),
        }
    }
}

impl<'a> ItemJson<'a> {
    /// The session as JSON.
    pub fn of(item: &'a PlanItem) -> Self {
        ItemJson {
            id: item.id.to_string(),
            optional: item.optional,
            long: item.is_long,
            options: item.options.iter().map(OptionJson::of).collect(),
        }
    }
}

impl<'a> OptionJson<'a> {
    fn of(option: &'a PlannedSession) -> Self {
        let (r#type, workout) = match option {
            PlannedSession::Rest => ("rest", None),
            PlannedSession::Race(_) => ("race", None),
            PlannedSession::Workout(workout) => ("workout", Some(PlannedJson::of(workout))),
        };
        OptionJson { r#type, title: option.title(), kind: option.kind().map(|kind| kind.word()), workout }
    }
}

impl<'a> PlannedJson<'a> {
    fn of(workout: &'a PlannedWorkout) -> Self {
        let figures = &workout.figures;
        PlannedJson {
            text: &workout.text,
            library: workout.library_name.as_deref(),
            total_ms: figures.time,
            min_total_ms: figures.least,
            total_m: figures.distance.map(Distance::metres),
            open: figures.open,
            estimated: figures.estimated,
        }
    }
}
