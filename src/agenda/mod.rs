//! The agenda: a calendar with the log and the runner's choices laid over it, as of one day.
//!
//! Nothing here changes the calendar, and nothing moves by itself. [`Agenda::new`] says what was run, what is due and what
//! was let go. At most one missed session is offered ([`Agenda::offer`]), one question is asked after a week without a
//! run ([`Agenda::question`]), and a run that is long for the last 30 days says so ([`Agenda::long_run`]). Whatever is
//! offered and not taken is gone without a word.
//!
//! Everything is pure: dates, sessions and choices are arguments.

mod away;
mod checkin;
mod choice;
mod easier;
mod long_run;
mod missed;
mod repeated;
mod shifts;
mod shortened;
mod standing;
mod states;

pub use away::{AwayQuestion, RepeatWeek, vdot_factor};
pub use checkin::{
    CHECKINS_COMPARED, CheckinAnswers, CheckinChoice, CheckinReason, CheckinVerdict, DailyCheckin, UsualValue,
};
pub use choice::{PlanChoice, TakenSession};
pub use easier::{EasierSession, easier_session};
pub use long_run::{LimitLength, LongRunLimit};
pub use missed::MissedOffer;
pub use shortened::{shortened, shortened_sequence};
pub use states::{AgendaDay, AgendaItem, AgendaWeek, ItemState};

use crate::plan::{Calendar, ItemId, RunLength};
use crate::units::{Distance, Millis};
use chrono::NaiveDate;

/// A session of the log, as far as a plan needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedSession {
    /// The local date on which it began.
    pub on: NaiveDate,
    /// The item that it was run from, if it was run from this plan.
    pub item: Option<ItemId>,
    /// The start in milliseconds since 1970.
    pub started_at_ms: i64,
    /// The name of the workout.
    pub workout: String,
    /// The active time.
    pub time: Millis,
    /// The distance, if it is known.
    pub distance: Option<Distance>,
    /// True if it was run to its end.
    pub finished: bool,
    /// True for a run, false for strength training and anything else.
    pub is_run: bool,
}

/// A choice with the local date on which it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct DatedChoice {
    /// The date.
    pub on: NaiveDate,
    /// The choice.
    pub choice: PlanChoice,
}

/// What a plan is laid over: the log, the choices in the order in which they were made, and the day.
#[derive(Clone, Copy, Debug)]
pub struct AgendaInput<'a> {
    /// The sessions, in any order. Those from before the plan count for the long run and for the days without a run.
    pub sessions: &'a [LoggedSession],
    /// The choices that hold, the earliest first.
    pub choices: &'a [DatedChoice],
    /// The local date.
    pub today: NaiveDate,
}

/// A calendar as of one day.
#[derive(Clone, Debug)]
pub struct Agenda<'a> {
    /// The calendar.
    pub calendar: &'a Calendar,
    /// The day.
    pub today: NaiveDate,
    /// Every week with its items and their states, in order.
    pub weeks: Vec<AgendaWeek<'a>>,
    /// The weeks that were repeated later, as they were the first time, in order. Their items are in `weeks` as well.
    pub repeated: Vec<AgendaWeek<'a>>,
    /// The sessions up to today that belong to no item, as indices of the input. The runner may tie them to one.
    pub untied: Vec<usize>,
    /// The one missed session that can replace today's.
    pub offer: Option<MissedOffer>,
    /// The question after a week without a run.
    pub question: Option<AwayQuestion>,
    /// The limit of today's run, if it is long for the last 30 days.
    pub long_run: Option<LongRunLimit>,
}

impl<'a> Agenda<'a> {
    /// Lays the log and the choices over a calendar.
    pub fn new(calendar: &'a Calendar, input: AgendaInput<'_>) -> Agenda<'a> {
        let states::TiedWeeks { weeks, untied } = states::tie(calendar, input);
        let mut agenda = Agenda {
            calendar,
            today: input.today,
            weeks,
            repeated: repeated::repeated(calendar, input),
            untied,
            offer: None,
            question: away::question(calendar, input),
            long_run: None,
        };
        agenda.offer = missed::offer(&agenda, input.sessions);
        agenda.long_run = long_run::limit(&agenda, input.sessions);
        agenda
    }

    /// Returns all weeks in the order of their dates: those that were repeated are there each time.
    pub fn weeks_by_date(&self) -> Vec<&AgendaWeek<'a>> {
        let mut weeks: Vec<&AgendaWeek<'a>> = self.repeated.iter().chain(&self.weeks).collect();
        weeks.sort_by_key(|week| week.days.first().map(|day| day.date));
        weeks
    }

    /// Returns the week of a date. `None` before the plan, after it, and between two weeks that were moved apart.
    pub fn week_of(&self, date: NaiveDate) -> Option<&AgendaWeek<'a>> {
        self.weeks.iter().find(|week| week.days.iter().any(|day| day.date == date))
    }

    /// Returns the items on a date.
    pub fn day(&self, date: NaiveDate) -> Option<&AgendaDay<'a>> {
        self.weeks.iter().flat_map(|week| &week.days).find(|day| day.date == date)
    }

    /// Returns the items of today, in the order in which they are run.
    pub fn today_items(&self) -> &[AgendaItem<'a>] {
        self.day(self.today).map_or(&[], |day| &day.items)
    }

    /// Returns the item that a bare `today` means: the first that is due, or else the first of the day.
    pub fn next_today(&self) -> Option<&AgendaItem<'a>> {
        let items = self.today_items();
        items.iter().find(|item| item.state == ItemState::Due).or_else(|| items.first())
    }

    /// Returns an item with its state.
    pub fn item(&self, id: ItemId) -> Option<&AgendaItem<'a>> {
        let mut all = self.weeks.iter().flat_map(AgendaWeek::items).filter(|item| item.item.id == id);
        let Some(first) = all.next() else {
            return self.repeated.iter().flat_map(AgendaWeek::items).find(|item| item.item.id == id);
        };
        // A moved item is on two days: the later one has its state.
        Some(all.find(|item| !matches!(item.state, ItemState::Moved { .. })).unwrap_or(first))
    }

    /// Returns the sessions of a date that belong to no item, as indices of the input.
    pub fn untied_on(&self, sessions: &[LoggedSession], date: NaiveDate) -> Vec<usize> {
        let is_on = |index: &usize| sessions.get(*index).is_some_and(|session| session.on == date);
        self.untied.iter().copied().filter(is_on).collect()
    }

    /// Returns the choice that the session of the log with this index was run for an item.
    pub fn tie(&self, sessions: &[LoggedSession], index: usize, item: ItemId) -> Option<PlanChoice> {
        let start = sessions.get(index)?.started_at_ms;
        Some(PlanChoice::Take { item, session: TakenSession::Logged(start) })
    }

    /// Returns the first and the last day of the plan, with its moved weeks.
    pub fn range(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days = || self.weeks.iter().flat_map(|week| &week.days).map(|day| day.date);
        Some((days().min()?, days().max()?))
    }

    /// True if a day has a hard or a long session, as planned or moved there.
    pub fn is_demanding(&self, date: NaiveDate) -> bool {
        self.day(date).is_some_and(|day| day.items.iter().any(AgendaItem::is_demanding))
    }
}

/// Returns the runs of the log as lengths, for [`plan_remarks`](crate::plan::plan_remarks).
pub fn run_lengths(sessions: &[LoggedSession]) -> Vec<RunLength> {
    let runs = sessions.iter().filter(|session| session.is_run);
    runs.map(|run| RunLength { on: run.on, time: Some(run.time), distance: run.distance }).collect()
}
