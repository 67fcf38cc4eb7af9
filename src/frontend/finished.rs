//! A session that is over, as both fronts show it.

use super::status::LogStatus;
use crate::display;
use crate::runner::profile::Units;
use crate::session::{CoveredDistance, Pauses, RepsDone, Session, Summary};
use crate::units::{Millis, Rehearsal, clock};
use crate::workout::sequence::Sequence;
use std::sync::Arc;

/// A session that was stopped or finished.
#[derive(Clone, Debug, PartialEq)]
pub struct FinishedSession {
    /// The workout's name.
    pub name: String,
    /// The laps and totals as run.
    pub summary: Summary,
    /// The steps as planned.
    pub sequence: Arc<Sequence>,
    /// The pauses.
    pub pauses: Pauses,
    /// The rate of the session's clock.
    pub rehearsal: Rehearsal,
    /// The state of its log entry.
    pub log: LogStatus,
    /// The units of its distance and its pace.
    pub units: Units,
}

/// A fact about a session, for a list with names and for a single line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionFact {
    /// The name: `Reps`.
    pub name: &'static str,
    /// The value after the name: `6 of 8`.
    pub value: String,
    /// The fact in words that need no name: `6 of 8 reps`.
    pub words: String,
}

impl SessionFact {
    fn new(name: &'static str, value: String, words: impl FnOnce(&str) -> String) -> Self {
        SessionFact { name, words: words(&value), value }
    }
}

impl FinishedSession {
    /// A session as it stands, on a clock of this rate.
    pub fn of(session: &Session, rehearsal: Rehearsal, log: LogStatus) -> Self {
        FinishedSession {
            name: session.sequence().name.clone(),
            summary: Summary::of(session),
            sequence: Arc::new(session.sequence().clone()),
            pauses: session.pauses(),
            rehearsal,
            log,
            units: Units::default(),
        }
    }

    /// Shows distance and pace in these units.
    pub fn in_units(self, units: Units) -> Self {
        FinishedSession { units, ..self }
    }

    /// `finished` if its last step was reached and ended, else `stopped`.
    pub fn outcome(&self) -> &'static str {
        if self.summary.finished { "finished" } else { "stopped" }
    }

    /// True if there is something left to resume. A run whose steps are all done is over, and a rehearsal may be repeated.
    pub fn can_be_resumed(&self) -> bool {
        !self.summary.finished || !self.rehearsal.is_real_time()
    }

    /// The fate of a session that is interrupted before the runner has chosen one. One that was never begun is discarded.
    pub fn fate_if_interrupted(session: &Session, rehearsal: Rehearsal) -> SessionFate {
        match (session.has_begun(), session.current()) {
            (false, _) => SessionFate::Discard,
            (true, None) if rehearsal.is_real_time() => SessionFate::Log,
            (true, _) => SessionFate::Later,
        }
    }

    /// The fate that Enter chooses: a rehearsal is discarded, and any other session logged.
    pub fn default_fate(&self) -> SessionFate {
        if self.rehearsal.is_real_time() { SessionFate::Log } else { SessionFate::Discard }
    }

    /// The time run after the last step of the workout.
    pub fn time_after_workout(&self) -> Millis {
        self.summary.laps.iter().filter(|l| l.step.is_none()).map(|l| l.length()).sum()
    }

    /// The session compared with its plan, the most important fact first: the time run, the distance and the average
    /// pace if they are known, the reps, the steps, the pauses, and the time after the workout.
    pub fn facts(&self) -> Vec<SessionFact> {
        let summary = &self.summary;
        let same = |value: &str| value.to_string();
        let after = self.time_after_workout();
        // Only the time inside the plan compares with the plan.
        let time = run_of_planned(summary.active.saturating_sub(after), summary.planned);
        let mut facts = vec![SessionFact::new("Time", time, same)];
        if let Some(covered) = CoveredDistance::of(&self.sequence, &summary.laps) {
            let distance = display::covered(&covered, self.units.distance);
            facts.push(SessionFact::new("Distance", distance, same));
            let pace = display::average_pace(&covered, self.units.pace);
            facts.push(SessionFact::new("Average pace", pace, |pace| format!("{pace} on average")));
        }
        if let Some(reps) = RepsDone::of(&self.sequence, &summary.laps) {
            // An endless repeat has no number of reps to compare with.
            let done = match reps.is_open {
                true => reps.done.to_string(),
                false => format!("{} of {}", reps.done, reps.planned),
            };
            facts.push(SessionFact::new("Reps", done, |done| format!("{done} reps")));
        }
        let word = if summary.steps_planned == 1 { "step" } else { "steps" };
        let steps = format!("{} of {}", summary.steps_done, summary.steps_planned);
        facts.push(SessionFact::new("Steps", steps, |steps| format!("{steps} {word}")));
        if self.pauses.count > 0 {
            let word = if self.pauses.count == 1 { "pause" } else { "pauses" };
            let time = clock(self.pauses.time.whole_secs());
            facts.push(SessionFact::new("Paused", format!("{} {word}, {time}", self.pauses.count), same));
        }
        if after.whole_secs() > 0 {
            let more = format!("{} more", clock(after.whole_secs()));
            facts.push(SessionFact::new("Afterwards", more, |more| format!("{more} after the workout")));
        }
        facts
    }
}

/// The fate of a session that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionFate {
    /// Log it.
    Log,
    /// Leave it unfinished, and offer it again.
    Later,
    /// Discard it.
    Discard,
}

/// `7:32 of 25:00`, or `7:32 run` without a planned length.
pub(super) fn run_of_planned(run: Millis, planned: Option<Millis>) -> String {
    let run = clock(run.whole_secs());
    match planned {
        Some(planned) => format!("{run} of {}", clock(planned.as_secs_f64().round() as u64)),
        None => format!("{run} run"),
    }
}
