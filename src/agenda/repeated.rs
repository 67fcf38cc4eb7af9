//! The weeks that were repeated, as they were the first time.

use super::states::{self, AgendaItem, AgendaWeek, ItemState};
use super::{AgendaInput, PlanChoice};
use crate::plan::Calendar;

/// Returns the weeks of a plan before they were repeated, in which something was run: with the days before the repeat, as
/// they were then.
pub(super) fn repeated<'a>(calendar: &'a Calendar, input: AgendaInput<'_>) -> Vec<AgendaWeek<'a>> {
    let mut before = Vec::new();
    for (number, dated) in input.choices.iter().enumerate() {
        let PlanChoice::Shift { item, weeks: 1.. } = dated.choice else { continue };
        let Some(today) = dated.on.pred_opt() else { continue };
        let choices = input.choices.get(..number).unwrap_or_default();
        let then = states::tie(calendar, AgendaInput { choices, today, ..input });
        for mut week in then.weeks.into_iter().filter(|week| week.week.number >= item.week) {
            week.days.retain(|day| day.date <= today);
            let is_open = |state: ItemState| matches!(state, ItemState::Due | ItemState::Ahead);
            week.any.retain(|item| !is_open(item.state));
            for item in week.days.iter_mut().flat_map(|day| &mut day.items).filter(|i| is_open(i.state)) {
                item.state = ItemState::LetGo;
            }
            if week.items().any(AgendaItem::was_run) {
                before.push(week);
            }
        }
    }
    before
}
