//! Offers before and after a session: to resume one that was cut off, and to save a time trial's result.

use super::finished::run_of_planned;
use crate::display;
use crate::runner::figures::ChangeRow;
use crate::session::Session;
use crate::text::clean;
use crate::units::Millis;

/// A time trial's result, offered for the profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrialOffer {
    /// The race and its time: `5K in 22:30`.
    pub result: String,
    /// The old and the new VDOT, if the result changes it: `VDOT 41.2 → 43.4`.
    pub vdot: Option<String>,
    /// The paces that change.
    pub changes: Vec<ChangeRow>,
}

/// A session that was cut off and is not in the log yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnfinishedOffer {
    /// The workout's name.
    pub name: String,
    /// The active time so far.
    pub elapsed: Millis,
    /// The planned time; `None` if the workout has an open step.
    pub planned: Option<Millis>,
    /// The place where the session was cut off: `step 6 of 17: hard, rep 3 of 8`.
    pub place: String,
    /// The time since the session was cut off.
    pub gap: Millis,
    /// The local time at which it started: `Tuesday 21 July, 18:02`.
    pub started: String,
    /// The day on which it started: `21 Jul`. May be empty.
    pub day: String,
    /// The number of other unfinished sessions.
    pub others: usize,
}

impl UnfinishedOffer {
    /// A session that was cut off `gap` ago.
    pub fn of(session: &Session, gap: Millis, started: String) -> Self {
        let sequence = session.sequence();
        let totals = sequence.totals();
        let position = session.position(session.latest());
        let place = match session.current() {
            Some(step) => {
                let number = sequence.index(step.id).map_or(0, |index| sequence.step_number(index));
                let mut place =
                    vec![format!("step {number} of {}: {}", sequence.written_steps(), step.title())];
                place.extend(display::time_left(step, position.remaining()));
                place.extend(display::reps(sequence, step));
                place.join(", ")
            }
            None => "after the last step".to_string(),
        };
        UnfinishedOffer {
            name: clean(&sequence.name),
            elapsed: position.elapsed,
            planned: (!totals.open).then_some(totals.time),
            place: clean(&place),
            gap,
            started,
            day: String::new(),
            others: 0,
        }
    }

    /// Sets the number of other unfinished sessions.
    pub fn with_others(self, others: usize) -> Self {
        UnfinishedOffer { others, ..self }
    }

    /// Sets the day on which the session started.
    pub fn on_day(self, day: String) -> Self {
        UnfinishedOffer { day, ..self }
    }

    /// The session in one line: `21 Jul, Short intervals, 12:10 of 25:00 is unfinished`.
    pub fn line(&self) -> String {
        self.line_of(&[&self.day, &self.name, &self.progress()])
    }

    /// The line without the name of the workout, for a narrow window: `Monday, 12:10 of 25:00 is unfinished`.
    pub fn line_without_name(&self) -> String {
        self.line_of(&[&self.day, &self.progress()])
    }

    fn line_of(&self, parts: &[&str]) -> String {
        let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        let others = match self.others {
            0 => String::new(),
            n => format!(" ({n} more)"),
        };
        format!("{} is unfinished{others}", parts.join(", "))
    }

    /// The time run, and the time planned: `12:10 of 25:00`.
    pub fn progress(&self) -> String {
        run_of_planned(self.elapsed, self.planned)
    }

    /// `2 more unfinished`, if there are others.
    pub fn others_text(&self) -> Option<String> {
        match self.others {
            0 => None,
            n => Some(format!("{n} more unfinished")),
        }
    }
}

/// The runner's decision about a session that was cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resume {
    /// Resume from where it was cut off.
    Now,
    /// End it, and log what was run.
    Log,
    /// Discard it.
    Discard,
    /// Leave it as it is, and offer it again later.
    Later,
}
