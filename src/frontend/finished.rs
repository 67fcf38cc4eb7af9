//! A session that is over, as both fronts show it.

use super::status::LogStatus;
use crate::session::{Pauses, RepsDone, Session, Summary};
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
        }
    }

    /// `finished` if its last step was reached and ended, else `stopped`.
    pub fn outcome(&self) -> &'static str {
        if self.summary.finished { "finished" } else { "stopped" }
    }

    /// The fate that Enter chooses: a rehearsal is discarded, and any other session logged.
    pub fn default_fate(&self) -> SessionFate {
        if self.rehearsal.is_real_time() { SessionFate::Log } else { SessionFate::Discard }
    }

    /// The session compared with its plan, the most important fact first: `6 of 8 reps`, `7:32 of 25:00`,
    /// `1:25 more after the workout`, `2 pauses, 1:20`, `3 of 17 steps`.
    pub fn facts(&self) -> Vec<String> {
        let summary = &self.summary;
        let reps = RepsDone::of(&self.sequence, &summary.laps);
        let after: Millis = summary.laps.iter().filter(|l| l.step.is_none()).map(|l| l.length()).sum();
        let mut facts: Vec<String> =
            reps.iter().map(|reps| format!("{} of {} reps", reps.done, reps.planned)).collect();
        if summary.planned.is_some() {
            facts.push(run_of_planned(summary.active.saturating_sub(after), summary.planned));
        }
        if after.whole_secs() > 0 {
            facts.push(format!("{} more after the workout", clock(after.whole_secs())));
        }
        if self.pauses.count > 0 {
            let word = if self.pauses.count == 1 { "pause" } else { "pauses" };
            let time = clock(self.pauses.time.whole_secs());
            facts.push(format!("{} {word}, {time}", self.pauses.count));
        }
        let steps = if summary.steps_planned == 1 { "step" } else { "steps" };
        facts.push(format!("{} of {} {steps}", summary.steps_done, summary.steps_planned));
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
