//! The choices that still hold after weeks were repeated.

use super::{DatedChoice, PlanChoice, TakenSession};
use crate::plan::{Calendar, ItemId, ItemSlot};
use chrono::{NaiveDate, TimeDelta};

/// Returns the choices that hold, the earliest first, without those that only moved weeks.
///
/// What is repeated begins anew, so choices about days that were over by then no longer hold. Choices about the days to
/// come stay with their sessions: their dates move with the weeks.
pub(super) fn standing(calendar: &Calendar, choices: &[DatedChoice]) -> Vec<PlanChoice> {
    let mut standing = Vec::new();
    let mut placed = Placement { calendar, moves: Vec::new() };
    for dated in choices {
        match &dated.choice {
            PlanChoice::Shift { weeks: ..=0, .. } => {}
            PlanChoice::Shift { item, weeks } => {
                let shift =
                    WeekMove { from_week: item.week, by: TimeDelta::try_weeks(*weeks).unwrap_or_default() };
                standing = (0..standing.len())
                    .filter_map(|number| placed.after_shift(&standing, number, &shift, dated.on))
                    .collect();
                placed.moves.push(shift);
            }
            choice => standing.push(choice.clone()),
        }
    }
    standing
}

/// The dates of the items at some time.
struct Placement<'a> {
    calendar: &'a Calendar,
    moves: Vec<WeekMove>,
}

/// A week and all later ones that moved.
struct WeekMove {
    from_week: usize,
    by: TimeDelta,
}

impl Placement<'_> {
    /// Returns a choice after weeks moved on a date. `None` if it is about a day that was over.
    fn after_shift(
        &self,
        choices: &[PlanChoice],
        number: usize,
        shift: &WeekMove,
        on: NaiveDate,
    ) -> Option<PlanChoice> {
        let choice = choices.get(number)?;
        if choice.item().week < shift.from_week {
            return Some(choice.clone());
        }
        let is_to_come = |item: ItemId| self.date_of(choices, item).is_some_and(|date| date >= on);
        Some(match choice {
            PlanChoice::Take { session: TakenSession::Missed(_), .. } => return None,
            // A later move may have replaced this one.
            PlanChoice::Move { item, to } if *to >= on && is_to_come(*item) => {
                PlanChoice::Move { item: *item, to: to.checked_add_signed(shift.by)? }
            }
            PlanChoice::Move { .. } => return None,
            choice if is_to_come(choice.item()) => choice.clone(),
            _ => return None,
        })
    }

    /// Returns the date of an item, or the last day of its week if it is for any day.
    fn date_of(&self, choices: &[PlanChoice], id: ItemId) -> Option<NaiveDate> {
        let mut earlier = choices;
        while let Some((last, before)) = earlier.split_last() {
            match last {
                PlanChoice::Move { item, to } if *item == id => return Some(*to),
                PlanChoice::Take { item, session: TakenSession::Missed(missed) } if *missed == id => {
                    return self.date_of(before, *item);
                }
                _ => earlier = before,
            }
        }
        let planned = match id.slot {
            ItemSlot::Day(_) => self.calendar.date_of(id),
            ItemSlot::Any => {
                let week = self.calendar.weeks.iter().find(|week| week.number == id.week);
                week.and_then(|week| week.days.last()).map(|day| day.date)
            }
        };
        let moved = self.moves.iter().filter(|shift| shift.from_week <= id.week);
        moved.map(|shift| shift.by).try_fold(planned?, NaiveDate::checked_add_signed)
    }
}
