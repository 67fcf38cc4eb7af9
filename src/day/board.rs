//! The day as its page shows it.

use super::config::{ActionSchedule, DayAction, DayConfig};
use super::state::{DayState, WallMoment};
use super::turn::{DayTurn, DueFinder, HoldReason, sitting_due, was_given};
use super::wins::{WinCount, WinMoment};
use crate::units::Millis;
use chrono::{DateTime, FixedOffset, NaiveDateTime, NaiveTime};

/// The next time of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextTime {
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// The time on the wall.
    pub local: NaiveDateTime,
}

/// An action on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardRow {
    /// The name.
    pub name: String,
    /// The schedule in words.
    pub when: String,
    /// The text of the workout.
    pub workout: Option<String>,
    /// The times of today's wins.
    pub won: Vec<NaiveTime>,
    /// The time of today's last reminder that was not followed by a win.
    pub missed: Option<NaiveTime>,
    /// The next time today. A time that has passed is due now.
    pub next: Option<NextTime>,
}

/// The day at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct DayBoard {
    /// The local time.
    pub now: DateTime<FixedOffset>,
    /// The beginning of the hours, as written.
    pub from: String,
    /// The end of the hours, as written.
    pub until: String,
    /// False outside the hours of the day.
    pub within_hours: bool,
    /// The reason why reminders are held back.
    pub held: Option<HoldReason>,
    /// The time spent sitting. `None` while the runner is away or running.
    pub sitting: Option<Millis>,
    /// The actions, in the order of the file.
    pub rows: Vec<BoardRow>,
    /// The wins of the last days.
    pub wins: WinCount,
}

impl DayBoard {
    /// Returns the day after a tick at `now`. `wins` are those of the last two weeks.
    pub fn new(
        config: &DayConfig,
        now: DateTime<FixedOffset>,
        turn: &DayTurn,
        wins: &[WinMoment],
    ) -> DayBoard {
        let moment = WallMoment::of(now);
        let state = &turn.state;
        let sitting_since = state.sitting_since_ms;
        let finder = DueFinder { moment, config };
        let rows = config.actions.iter().map(|action| {
            let mark = state.mark(&action.key());
            let today = moment.local().date();
            let is_own = |win: &&WinMoment| win.action.to_lowercase() == action.key();
            let won: Vec<NaiveDateTime> = wins.iter().filter(is_own).map(|win| win.at.local()).collect();
            let reminded = mark.reminded.map(WallMoment::local).filter(|at| at.date() == today);
            let missed = reminded.filter(|at| won.iter().all(|won| won < at)).map(|at| at.time());
            BoardRow {
                name: action.name.clone(),
                when: action.when.words(),
                workout: action.workout.as_ref().map(|workout| workout.text.clone()),
                won: won.iter().filter(|at| at.date() == today).map(NaiveDateTime::time).collect(),
                missed,
                next: finder.next(action, state, sitting_since),
            }
        });
        DayBoard {
            now,
            from: config.hours.from.to_string(),
            until: config.hours.to.to_string(),
            within_hours: turn.within_hours,
            held: turn.held,
            sitting: sitting_since
                .and_then(|since| u64::try_from(moment.at_ms - since).ok())
                .map(Millis::new),
            rows: rows.collect(),
            wins: WinCount::of(wins, moment.local().date()),
        }
    }

    /// Returns the action that comes next, as its place in the file.
    pub fn next(&self) -> Option<usize> {
        let times = self.rows.iter().enumerate().filter_map(|(place, row)| Some((row.next?.at_ms, place)));
        times.min().map(|(_, place)| place)
    }
}

impl DueFinder<'_> {
    /// Returns the next time of an action today. A time in the past is due now.
    fn next(&self, action: &DayAction, state: &DayState, sitting_since: Option<i64>) -> Option<NextTime> {
        let mark = state.mark(&action.key());
        let now = self.moment.local();
        let at_ms = match (mark.later_ms, &action.when) {
            (Some(later), _) => later,
            (None, ActionSchedule::Sitting(every)) => {
                let every = i64::try_from(every.get()).unwrap_or(i64::MAX);
                sitting_due(every, &mark, sitting_since?)
            }
            (None, ActionSchedule::Times(_)) => match self.due_since(action, &mark, sitting_since) {
                Some(since) => since,
                None => {
                    let to_come = |at: &NaiveDateTime| *at > now && !was_given(&mark, *at);
                    let at = self.occurrences(action).into_iter().find(to_come)?;
                    self.moment.at_ms + (at - now).num_milliseconds()
                }
            },
        };
        let local = WallMoment { at_ms, ..self.moment }.local();
        (local <= now || self.config.is_within_hours(local) && local.date() == now.date())
            .then_some(NextTime { at_ms, local })
    }
}
