//! The rules of the day: at most one reminder at a time, never after its time, and never twice.

use super::config::{ActionSchedule, DayAction, DayConfig};
use super::state::{ActionMark, DayState, DeskPresence, WallMoment};
use crate::units::Millis;
use chrono::{DateTime, Days, FixedOffset, NaiveDateTime, TimeDelta};

/// The time after which a reminder comes again if the runner chose *later*.
pub const LATER: Millis = Millis::from_secs(600);
/// The least time between two reminders.
const APART: Millis = Millis::from_secs(600);
/// Sitting restarts after this much idle time.
const IDLE: Millis = Millis::from_secs(300);
/// Sitting restarts after this much time without a tick: the lid was closed, or the machine asleep.
const GAP: Millis = Millis::from_secs(600);
/// A time of day is due for this long.
const WINDOW: Millis = Millis::from_secs(1800);
/// The longest quiet time. A later end comes from a clock that was wrong.
const LONGEST_QUIET: Millis = Millis::from_secs(24 * 3600);

/// The reason why a reminder is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldReason {
    /// A session is running.
    Session,
    /// Do Not Disturb, or a presentation.
    DoNotDisturb,
    /// A quiet time of the file.
    QuietTime,
    /// The quiet time that the runner asked for.
    QuietUntil(i64),
}

/// The outcome of a tick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayTurn {
    /// The state to keep.
    pub state: DayState,
    /// The action to remind the runner of, as its place in the file.
    pub remind: Option<usize>,
    /// The reason why nothing comes now, even if something is due.
    pub held: Option<HoldReason>,
    /// False outside the hours of the day.
    pub within_hours: bool,
}

/// Decides at `now` which action the runner is reminded of, if any. The rules:
///
/// - Nothing comes outside the hours and days of the file.
/// - Sitting counts from the last win, the end of a session, 5 idle minutes, or a gap of 10 minutes between two ticks. A
///   sitting action is due after its time, and again after as much more.
/// - A time of day is due for 30 minutes, and then gone. It comes once on each date, by the clock on the wall. A win up to 30
///   minutes before counts for it.
/// - A running session, Do Not Disturb and quiet times hold reminders back. Afterwards one comes, and the others that were
///   due are let go.
/// - Two reminders are 10 minutes apart. If several are due, the one that has been due longest comes first.
/// - *Later* brings one back after 10 minutes.
pub fn due(
    config: &DayConfig,
    now: DateTime<FixedOffset>,
    state: &DayState,
    presence: &DeskPresence,
) -> DayTurn {
    let moment = WallMoment::of(now);
    let within_hours = config.is_within_hours(moment.local());
    let mut next = without_future(state, moment.at_ms);
    restart_sitting(&mut next, presence, moment.at_ms, within_hours);
    next.last_tick_ms = Some(moment.at_ms);
    let held = hold(config, &next, presence, moment);
    if !within_hours {
        next.holds_back = false;
        return DayTurn { state: next, remind: None, held, within_hours };
    }
    let ticker = DueFinder { moment, config };
    let sitting_since = next.sitting_since_ms;
    let mut waiting = Vec::new();
    for (place, action) in config.actions.iter().enumerate() {
        let mut mark = next.mark(&action.key());
        if ticker.is_later_over(action, &mark, sitting_since) {
            mark.later_ms = None;
            next.marks.insert(action.key(), mark);
        }
        waiting.extend(ticker.due_since(action, &mark, sitting_since).map(|since| (since, place)));
    }
    if held.is_some() {
        next.holds_back |= !waiting.is_empty();
        return DayTurn { state: next, remind: None, held, within_hours };
    }
    let Some((_, first)) = waiting.iter().copied().min() else {
        next.holds_back = false;
        return DayTurn { state: next, remind: None, held, within_hours };
    };
    let is_too_soon = next.last_reminder_ms().is_some_and(|last| moment.at_ms - last < length(APART));
    if is_too_soon {
        return DayTurn { state: next, remind: None, held, within_hours };
    }
    let lets_others_go = std::mem::take(&mut next.holds_back);
    for (_, place) in waiting.into_iter().filter(|(_, place)| lets_others_go || *place == first) {
        let Some(action) = config.actions.get(place) else { continue };
        let mark = next.marks.entry(action.key()).or_default();
        mark.reminded = Some(moment);
        mark.later_ms = None;
    }
    DayTurn { state: next, remind: Some(first), held, within_hours }
}

/// Returns a length as it is added to moments.
pub(super) fn length(time: Millis) -> i64 {
    i64::try_from(time.get()).unwrap_or(i64::MAX)
}

/// Drops moments that are still to come. They were written while the clock was wrong, and would silence the day for years.
fn without_future(state: &DayState, now_ms: i64) -> DayState {
    let mut state = state.clone();
    let has_been = |at: &i64| *at <= now_ms;
    state.sitting_since_ms = state.sitting_since_ms.filter(has_been);
    state.last_tick_ms = state.last_tick_ms.filter(has_been);
    state.quiet_until_ms = state
        .quiet_until_ms
        .filter(|until| (now_ms..=now_ms.saturating_add(length(LONGEST_QUIET))).contains(until));
    for mark in state.marks.values_mut() {
        mark.reminded = mark.reminded.filter(|reminded| has_been(&reminded.at_ms));
        mark.won = mark.won.filter(|won| has_been(&won.at_ms));
        mark.later_ms = mark.later_ms.filter(|later| *later <= now_ms.saturating_add(length(LATER)));
    }
    state
}

fn restart_sitting(state: &mut DayState, presence: &DeskPresence, now_ms: i64, within_hours: bool) {
    let has_gap = state.last_tick_ms.is_none_or(|last| now_ms - last >= length(GAP));
    if has_gap {
        state.holds_back = false;
    }
    let is_away = presence.idle.is_some_and(|idle| idle >= IDLE);
    state.sitting_since_ms = if is_away || presence.in_session || !within_hours {
        None
    } else if has_gap {
        Some(now_ms)
    } else {
        // The runner came back with the last key that was pressed.
        let began = state.sitting_since_ms.unwrap_or(now_ms - length(presence.idle.unwrap_or_default()));
        let ended = presence.session_ended_ms.filter(|ended| *ended <= now_ms);
        [Some(began), state.last_win_ms(), ended].into_iter().flatten().max()
    };
}

fn hold(
    config: &DayConfig,
    state: &DayState,
    presence: &DeskPresence,
    moment: WallMoment,
) -> Option<HoldReason> {
    if presence.in_session {
        return Some(HoldReason::Session);
    }
    if let Some(until) = state.quiet_until_ms.filter(|until| *until > moment.at_ms) {
        return Some(HoldReason::QuietUntil(until));
    }
    if config.is_quiet(moment.local().time()) {
        return Some(HoldReason::QuietTime);
    }
    presence.do_not_disturb.then_some(HoldReason::DoNotDisturb)
}

/// Finds out what is due at one moment.
pub(super) struct DueFinder<'a> {
    pub(super) moment: WallMoment,
    pub(super) config: &'a DayConfig,
}

impl DueFinder<'_> {
    /// Returns the moment since which an action is due.
    pub(super) fn due_since(
        &self,
        action: &DayAction,
        mark: &ActionMark,
        sitting_since: Option<i64>,
    ) -> Option<i64> {
        if let Some(later) = mark.later_ms {
            return (later <= self.moment.at_ms).then_some(later);
        }
        match &action.when {
            ActionSchedule::Sitting(every) => {
                let due = sitting_due(length(*every), mark, sitting_since?);
                (due <= self.moment.at_ms).then_some(due)
            }
            ActionSchedule::Times(_) => {
                let now = self.moment.local();
                let is_due =
                    |at: &NaiveDateTime| (0..length(WINDOW)).contains(&(now - *at).num_milliseconds());
                let at =
                    self.occurrences(action).into_iter().find(|at| is_due(at) && !was_given(mark, *at))?;
                Some(self.moment.at_ms - (now - at).num_milliseconds())
            }
        }
    }

    /// Returns the times of an action yesterday and today that are within the hours of a day, the earliest first.
    pub(super) fn occurrences(&self, action: &DayAction) -> Vec<NaiveDateTime> {
        let ActionSchedule::Times(times) = &action.when else { return Vec::new() };
        let today = self.moment.local().date();
        let dates = today.checked_sub_days(Days::new(1)).into_iter().chain([today]);
        let all = dates.flat_map(|date| times.iter().map(move |time| date.and_time(time.on_the_clock())));
        all.filter(|at| self.config.is_within_hours(*at)).collect()
    }

    /// True if the runner's *later* no longer counts: the action was done, the sitting has ended, or its time has passed.
    fn is_later_over(&self, action: &DayAction, mark: &ActionMark, sitting_since: Option<i64>) -> bool {
        let Some(later) = mark.later_ms else { return false };
        let chosen = later.saturating_sub(length(LATER));
        let is_done = mark.won.is_some_and(|won| won.at_ms >= chosen);
        let has_risen = matches!(action.when, ActionSchedule::Sitting(_))
            && sitting_since.is_none_or(|since| since > chosen);
        is_done || has_risen || self.moment.at_ms >= later.saturating_add(length(WINDOW))
    }
}

/// Returns the moment at which a sitting action is due.
pub(super) fn sitting_due(every_ms: i64, mark: &ActionMark, sitting_since: i64) -> i64 {
    let last = mark.reminded.map_or(sitting_since, |reminded| reminded.at_ms.max(sitting_since));
    last.saturating_add(every_ms)
}

/// True if an action came at a time of day, or was done shortly before.
pub(super) fn was_given(mark: &ActionMark, at: NaiveDateTime) -> bool {
    let early = TimeDelta::milliseconds(length(WINDOW));
    let is_done = mark.won.is_some_and(|won| won.local() >= at.checked_sub_signed(early).unwrap_or(at));
    is_done || mark.reminded.is_some_and(|reminded| reminded.local() >= at)
}
