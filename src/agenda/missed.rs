//! The one missed session that is offered in place of today's.

use super::{Agenda, AgendaDay, AgendaItem, AgendaWeek, ItemState, LoggedSession};
use crate::plan::{ItemId, SessionKind};
use chrono::NaiveDate;

/// The days before a race, and the day itself, on which nothing is offered.
const DAYS_BEFORE_RACE: i64 = 3;

/// A missed session that can be run today in place of today's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissedOffer {
    /// The missed item.
    pub item: ItemId,
    /// The date on which it was planned.
    pub planned: NaiveDate,
    /// The items of today that fall away. Empty on a day of rest.
    pub replaces: Vec<ItemId>,
}

/// The worth of a missed session. Others are let go in silence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum MissedRank {
    Steady,
    Hard,
    Long,
}

fn rank(item: &AgendaItem<'_>) -> Option<MissedRank> {
    let is_missed = item.state == ItemState::LetGo && !item.item.optional && !item.skipped;
    if !is_missed {
        return None;
    }
    match item.session.kind()? {
        SessionKind::Race => None,
        kind if kind.is_run() && item.is_long() => Some(MissedRank::Long),
        SessionKind::Hard => Some(MissedRank::Hard),
        SessionKind::Steady => Some(MissedRank::Steady),
        _ => None,
    }
}

/// Finds the missed session that is offered today: the highest in rank of this week whose day has come.
///
/// A missed session has one day: the first after it, in its week, that is easy or free, beside no hard or long day, and
/// not close to a race. Its offer holds on that day only.
pub(super) fn offer(agenda: &Agenda<'_>, sessions: &[LoggedSession]) -> Option<MissedOffer> {
    let week = agenda.week_of(agenda.today)?;
    let today = agenda.day(agenda.today)?;
    let has_run = sessions.iter().any(|session| session.is_run && session.on == agenda.today);
    if has_run || today.items.iter().any(|item| item.instead_of.is_some()) {
        return None;
    }
    let mut best: Option<(MissedRank, &AgendaItem<'_>, NaiveDate)> = None;
    for day in week.days.iter().filter(|day| day.date < agenda.today) {
        for item in &day.items {
            let Some(rank) = rank(item) else { continue };
            let is_better = best.is_none_or(|(known, ..)| rank >= known);
            if is_better && free_day(agenda, week, day.date) == Some(agenda.today) {
                best = Some((rank, item, day.date));
            }
        }
    }
    let (_, item, planned) = best?;
    let due = today.items.iter().filter(|item| item.state == ItemState::Due && is_run(item));
    Some(MissedOffer { item: item.item.id, planned, replaces: due.map(|item| item.item.id).collect() })
}

fn is_run(item: &AgendaItem<'_>) -> bool {
    item.session.kind().is_some_and(SessionKind::is_run)
}

/// Returns the first day of the week after a missed session that can take it.
fn free_day(agenda: &Agenda<'_>, week: &AgendaWeek<'_>, missed: NaiveDate) -> Option<NaiveDate> {
    let later = week.days.iter().filter(|day| day.date > missed);
    later.filter(|day| can_take(agenda, day)).map(|day| day.date).next()
}

fn can_take(agenda: &Agenda<'_>, day: &AgendaDay<'_>) -> bool {
    let is_easy = |item: &AgendaItem<'_>| {
        let is_gone = matches!(item.state, ItemState::Moved { .. });
        is_gone || !item.is_long() && item.session.kind().is_none_or(is_easy_kind)
    };
    let neighbours = [day.date.pred_opt(), day.date.succ_opt()];
    let is_free = |date: NaiveDate| !agenda.is_demanding(date);
    let is_near_race = agenda.calendar.race.as_ref().is_some_and(|race| {
        let days = (race.on - day.date).num_days();
        (0..=DAYS_BEFORE_RACE).contains(&days)
    });
    !is_near_race && day.items.iter().all(is_easy) && neighbours.into_iter().flatten().all(is_free)
}

const fn is_easy_kind(kind: SessionKind) -> bool {
    !matches!(kind, SessionKind::Race | SessionKind::Hard | SessionKind::Steady)
}
