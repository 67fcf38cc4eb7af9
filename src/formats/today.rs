//! Today's part of a plan as JSON, version 1: the output of `pacebell today --json`.
//!
//! ```text
//! version          1. It rises if a field changes its meaning. Within a version, fields are only added.
//! date
//! plan             null if no plan is on: then everything below is empty or null
//! week, weeks      the number of the week, or null before and after the plan; the number of weeks in the plan
//! items            today's items in order: as in `pacebell plan show --json`, and
//!   state          ahead, due, run, part, moved or let-go
//!   title          of the session that is to be run
//! any              the items for any day of the week
//! offer            null, or a missed item that can be run today instead: item, planned, replaces
//! days_away        null, or the days without a run, from seven on
//! ```

use super::plan::ItemJson;
use crate::agenda::{Agenda, AgendaItem};
use chrono::NaiveDate;
use serde::Serialize;

/// The number of this version.
pub const VERSION: u32 = 1;

/// Returns today as indented JSON that ends with a newline.
pub fn text(today: NaiveDate, agenda: Option<&Agenda<'_>>) -> String {
    let week = agenda.and_then(|agenda| agenda.week_of(today));
    let json = TodayJson {
        version: VERSION,
        date: today.to_string(),
        plan: agenda.map(|agenda| agenda.calendar.name.as_str()),
        week: week.map(|week| week.week.number),
        weeks: agenda.map(|agenda| agenda.calendar.weeks_in_plan),
        items: agenda.map_or(&[][..], |agenda| agenda.today_items()).iter().map(StateJson::of).collect(),
        any: week.map_or(&[][..], |week| &week.any).iter().map(StateJson::of).collect(),
        offer: agenda.and_then(|agenda| agenda.offer.as_ref()).map(|offer| OfferJson {
            item: offer.item.to_string(),
            planned: offer.planned.to_string(),
            replaces: offer.replaces.iter().map(ToString::to_string).collect(),
        }),
        days_away: agenda.and_then(|agenda| Some(agenda.question.as_ref()?.days)),
    };
    // Plain data without maps always serialises.
    serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct TodayJson<'a> {
    version: u32,
    date: String,
    plan: Option<&'a str>,
    week: Option<usize>,
    weeks: Option<usize>,
    items: Vec<StateJson<'a>>,
    any: Vec<StateJson<'a>>,
    offer: Option<OfferJson>,
    days_away: Option<i64>,
}

#[derive(Serialize)]
struct StateJson<'a> {
    state: &'static str,
    title: String,
    #[serde(flatten)]
    item: ItemJson<'a>,
}

#[derive(Serialize)]
struct OfferJson {
    item: String,
    planned: String,
    replaces: Vec<String>,
}

impl<'a> StateJson<'a> {
    fn of(item: &AgendaItem<'a>) -> Self {
        StateJson { state: item.state.word(), title: item.session.title(), item: ItemJson::of(item.item) }
    }
}
