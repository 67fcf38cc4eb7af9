//! The state of each item: what was run, what is due, what was moved and what was let go.

use super::shifts::Shifts;
use super::shortened::shortened_sequence;
use super::standing;
use super::{AgendaInput, LoggedSession, PlanChoice, TakenSession};
use crate::plan::{Calendar, CalendarWeek, ItemId, PlanItem, PlannedSession, TrainingFigures};
use crate::workout::sequence::Sequence;
use chrono::{NaiveDate, TimeDelta};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A week with its items.
#[derive(Clone, Debug)]
pub struct AgendaWeek<'a> {
    /// The week of the calendar. Its own dates are those before any shift.
    pub week: &'a CalendarWeek,
    /// The days, with the dates after all shifts.
    pub days: Vec<AgendaDay<'a>>,
    /// The items for any day of the week.
    pub any: Vec<AgendaItem<'a>>,
}

impl<'a> AgendaWeek<'a> {
    /// Returns the number of days at the beginning of the week that are not in it, because the plan began later in it.
    pub fn missing_before(&self) -> usize {
        let Some((first, shift)) = self.days.first().zip(self.shift()) else { return 0 };
        let begins = self.week.first_day.checked_add_signed(shift).unwrap_or(first.date);
        usize::try_from((first.date - begins).num_days()).unwrap_or(0).min(7)
    }

    /// Returns the time by which the week moved. `None` for a week without days.
    pub fn shift(&self) -> Option<TimeDelta> {
        Some(self.days.last()?.date - self.week.days.last()?.date)
    }

    /// Returns the items of all days, and then those of any day. A moved item is there twice.
    pub fn items(&self) -> impl Iterator<Item = &AgendaItem<'a>> {
        self.days.iter().flat_map(|day| &day.items).chain(&self.any)
    }
}

/// A day with its items.
#[derive(Clone, Debug)]
pub struct AgendaDay<'a> {
    /// The date.
    pub date: NaiveDate,
    /// The note about the day.
    pub about: Option<&'a str>,
    /// The items, first those that are planned for the day, then those that were moved to it.
    pub items: Vec<AgendaItem<'a>>,
}

impl AgendaDay<'_> {
    /// True if nothing is left to run on the day, and nothing was run.
    pub fn is_rest(&self) -> bool {
        self.items.iter().all(|item| matches!(item.session, PlannedSession::Rest))
    }
}

/// An item on a date.
#[derive(Clone, Debug)]
pub struct AgendaItem<'a> {
    /// The item of the calendar.
    pub item: &'a PlanItem,
    /// The session that is to be run: the usual one, or the one that was taken.
    pub session: &'a PlannedSession,
    /// The length that the runner chose to run at most: `90min`.
    pub up_to: Option<String>,
    /// The state.
    pub state: ItemState,
    /// True if the runner left the item out, or took another one for it.
    pub skipped: bool,
    /// The item that this one replaces on this day.
    pub instead_of: Option<ItemId>,
    /// The sessions of the log that were run for the item, as indices of the input.
    pub sessions: Vec<usize>,
}

impl AgendaItem<'_> {
    /// True for a hard or a long session that was run or is still to be run on this day.
    pub fn is_demanding(&self) -> bool {
        let counts = !matches!(self.state, ItemState::Moved { .. } | ItemState::LetGo);
        counts && (self.is_hard() || self.is_long())
    }

    /// True for a long run, unless an alternative was taken.
    pub fn is_long(&self) -> bool {
        self.item.is_long && std::ptr::eq(self.session, self.item.usual())
    }

    /// True for rest that was taken in place of the usual session.
    pub fn is_rest_taken(&self) -> bool {
        matches!(self.session, PlannedSession::Rest) && !std::ptr::eq(self.session, self.item.usual())
    }

    /// True for a hard session or a race.
    pub fn is_hard(&self) -> bool {
        self.session.kind().is_some_and(|kind| kind.is_hard())
    }

    /// Returns the steps that are to be run, no longer than the runner chose. `None` for rest and for a race.
    pub fn sequence(&self) -> Option<Arc<Sequence>> {
        let workout = self.session.workout()?;
        let shorter = self.up_to.as_deref().and_then(|most| shortened_sequence(workout, most));
        Some(shorter.map_or_else(|| workout.sequence.clone(), Arc::new))
    }

    /// Returns the figures of [`sequence`](Self::sequence).
    pub fn figures(&self) -> Option<TrainingFigures> {
        let workout = self.session.workout()?;
        let shorter = self.up_to.as_deref().and_then(|most| shortened_sequence(workout, most));
        Some(shorter.map_or_else(|| workout.figures.clone(), |shorter| TrainingFigures::of(&shorter)))
    }

    /// True if the item was run, in part or to its end.
    pub fn was_run(&self) -> bool {
        matches!(self.state, ItemState::Run | ItemState::Part)
    }
}

/// The state of an item on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemState {
    /// It is planned for a later day.
    Ahead,
    /// It is planned for today, or for any day of this week.
    Due,
    /// It was run to its end.
    Run,
    /// It was run in part.
    Part,
    /// It moved to another date.
    Moved {
        /// The date.
        to: NaiveDate,
    },
    /// It was left out, or its day is over and it was not run.
    LetGo,
}

impl ItemState {
    /// Returns the word for programs.
    pub const fn word(self) -> &'static str {
        match self {
            ItemState::Ahead => "ahead",
            ItemState::Due => "due",
            ItemState::Run => "run",
            ItemState::Part => "part",
            ItemState::Moved { .. } => "moved",
            ItemState::LetGo => "let-go",
        }
    }
}

/// The weeks of an agenda, and the sessions up to today that no item has.
pub(super) struct TiedWeeks<'a> {
    pub(super) weeks: Vec<AgendaWeek<'a>>,
    pub(super) untied: Vec<usize>,
}

/// A place of the agenda that sessions are tied to.
struct Tie<'i> {
    input: AgendaInput<'i>,
    tied: BTreeSet<usize>,
}

/// Ties the sessions to the items and gives each item its state.
pub(super) fn tie<'a>(calendar: &'a Calendar, input: AgendaInput<'_>) -> TiedWeeks<'a> {
    let mut tie = Tie { input, tied: BTreeSet::new() };
    let shifts = Shifts::new(input.choices);
    let mut weeks: Vec<AgendaWeek<'a>> =
        calendar.weeks.iter().map(|week| planned_week(week, shifts.days(week.number))).collect();
    for week in &mut weeks {
        // A week that is repeated from its middle on begins there, as a plan does.
        if let Some(since) = shifts.since(week.week.number) {
            week.days.retain(|day| day.date >= since);
        }
    }
    for choice in standing::standing(calendar, input.choices) {
        apply(calendar, &mut weeks, &choice);
    }
    // Sessions that were run from an item come first, so that no other item of the same name takes them.
    for by_item in [true, false] {
        for week in &mut weeks {
            let since = shifts.since(week.week.number);
            let dates = week.days.first().map(|day| day.date).zip(week.days.last().map(|day| day.date));
            for day in &mut week.days {
                let date = day.date;
                for item in &mut day.items {
                    tie.item(item, since, (!by_item).then_some((date, date)));
                }
            }
            for item in &mut week.any {
                tie.item(item, since, if by_item { None } else { dates });
            }
        }
    }
    for week in &mut weeks {
        let last = week.days.last().map(|day| day.date);
        for day in &mut week.days {
            let date = day.date;
            day.items.iter_mut().for_each(|item| tie.settle(item, date, date));
        }
        let first = week.days.first().map(|day| day.date);
        if let Some((first, last)) = first.zip(last) {
            week.any.iter_mut().for_each(|item| tie.settle(item, first, last));
        }
    }
    let is_untied = |(index, session): (usize, &LoggedSession)| {
        (session.on <= input.today && session.item.is_none() && !tie.tied.contains(&index)).then_some(index)
    };
    let untied = input.sessions.iter().enumerate().filter_map(is_untied).collect();
    TiedWeeks { weeks, untied }
}

fn planned_week(week: &CalendarWeek, shift: TimeDelta) -> AgendaWeek<'_> {
    let days = week.days.iter().map(|day| AgendaDay {
        date: day.date.checked_add_signed(shift).unwrap_or(day.date),
        about: day.about.as_deref(),
        items: day.items.iter().map(planned).collect(),
    });
    AgendaWeek { week, days: days.collect(), any: week.any.iter().map(planned).collect() }
}

fn planned(item: &PlanItem) -> AgendaItem<'_> {
    AgendaItem {
        item,
        session: item.usual(),
        up_to: None,
        state: ItemState::Ahead,
        skipped: false,
        instead_of: None,
        sessions: Vec::new(),
    }
}

/// Applies a choice to the items that it is about. A choice about an item that is not there changes nothing.
fn apply<'a>(calendar: &'a Calendar, weeks: &mut [AgendaWeek<'a>], choice: &PlanChoice) {
    match choice {
        PlanChoice::Shift { .. } => {}
        PlanChoice::Skip { item } => {
            for found in find(weeks, *item) {
                found.skipped = true;
            }
        }
        PlanChoice::Move { item, to } => {
            move_item(calendar, weeks, *item, Place { to: *to, instead_of: None })
        }
        PlanChoice::Take { item, session: TakenSession::Option(number) } => {
            for found in find(weeks, *item) {
                let option = number.checked_sub(1).and_then(|index| found.item.options.get(index));
                found.session = option.unwrap_or(found.session);
            }
        }
        // The session is tied to the item with the others.
        PlanChoice::Take { session: TakenSession::Logged(_), .. } => {}
        PlanChoice::Take { item, session: TakenSession::UpTo(length) } => {
            for found in find(weeks, *item) {
                found.up_to = Some(length.clone());
            }
        }
        PlanChoice::Take { item, session: TakenSession::Missed(missed) } => {
            let holds = |day: &&AgendaDay<'_>| day.items.iter().any(|found| found.item.id == *item);
            let date = weeks.iter().flat_map(|week| &week.days).find(holds).map(|day| day.date);
            if let Some(to) = date {
                for found in find(weeks, *item) {
                    found.skipped = true;
                }
                move_item(calendar, weeks, *missed, Place { to, instead_of: Some(*item) });
            }
        }
    }
}

/// The place that an item moves to.
#[derive(Clone, Copy)]
struct Place {
    to: NaiveDate,
    instead_of: Option<ItemId>,
}

/// Finds an item on each of its days, except where it moved away.
fn find<'w, 'a>(weeks: &'w mut [AgendaWeek<'a>], id: ItemId) -> impl Iterator<Item = &'w mut AgendaItem<'a>> {
    let items = weeks.iter_mut().flat_map(|week| {
        let days = week.days.iter_mut().flat_map(|day| &mut day.items);
        days.chain(&mut week.any)
    });
    items.filter(move |found| found.item.id == id && !matches!(found.state, ItemState::Moved { .. }))
}

fn move_item<'a>(calendar: &'a Calendar, weeks: &mut [AgendaWeek<'a>], id: ItemId, place: Place) {
    let Some(item) = calendar.item(id) else { return };
    let Some(moved) = find(weeks, id).next().cloned() else { return };
    let has_day = weeks.iter().flat_map(|week| &week.days).any(|day| day.date == place.to);
    if !has_day {
        return;
    }
    for found in find(weeks, id) {
        found.state = ItemState::Moved { to: place.to };
    }
    for day in weeks.iter_mut().flat_map(|week| &mut week.days).filter(|day| day.date == place.to) {
        // An item that comes back to a day that it left is there once.
        day.items.retain(|found| found.item.id != id);
        let instead_of = place.instead_of;
        day.items.push(AgendaItem { item, instead_of, skipped: false, ..moved.clone() });
    }
}

impl Tie<'_> {
    /// Ties sessions to an item: those that were run from it, or one with its workout between two dates.
    fn item(
        &mut self,
        item: &mut AgendaItem<'_>,
        since: Option<NaiveDate>,
        dates: Option<(NaiveDate, NaiveDate)>,
    ) {
        if matches!(item.state, ItemState::Moved { .. }) {
            return;
        }
        let sessions = self.input.sessions;
        for (index, session) in sessions.iter().enumerate() {
            let counts = since.is_none_or(|since| session.on >= since) && session.on <= self.input.today;
            let fits = match dates {
                None => self.item_of(session) == Some(item.item.id),
                Some((first, last)) => {
                    self.item_of(session).is_none()
                        && item.sessions.is_empty()
                        && (first..=last).contains(&session.on)
                        && is_workout_of(item.item, &session.workout)
                }
            };
            if counts && fits && self.tied.insert(index) {
                item.sessions.push(index);
            }
        }
    }

    /// Returns the item that a session was run from, or that the runner has tied it to.
    fn item_of(&self, session: &LoggedSession) -> Option<ItemId> {
        let tied = self.input.choices.iter().rev().find_map(|dated| match dated.choice {
            PlanChoice::Take { item, session: TakenSession::Logged(start) } => {
                (start == session.started_at_ms).then_some(item)
            }
            _ => None,
        });
        tied.or(session.item)
    }

    /// Gives an item its state. It may be run from `first` to `last`.
    fn settle(&self, item: &mut AgendaItem<'_>, first: NaiveDate, last: NaiveDate) {
        if matches!(item.state, ItemState::Moved { .. }) {
            return;
        }
        let mut run = item.sessions.iter().filter_map(|index| self.input.sessions.get(*index)).peekable();
        item.state = if run.peek().is_some() {
            if run.any(|session| session.finished) { ItemState::Run } else { ItemState::Part }
        } else if item.skipped || last < self.input.today {
            ItemState::LetGo
        } else if first <= self.input.today {
            ItemState::Due
        } else {
            ItemState::Ahead
        };
    }
}

/// True if one of the item's alternatives is the workout with this name.
fn is_workout_of(item: &PlanItem, name: &str) -> bool {
    item.options.iter().filter_map(PlannedSession::workout).any(|workout| workout.title == name)
}
