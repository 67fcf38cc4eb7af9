//! The ends of steps.

use super::resolve::Resolver;
use crate::diagnostic::Diagnostic;
use crate::units::{Distance, Millis};
use crate::workout::language::document::{EndLine, StepLine};
use crate::workout::language::messages::step::StepProblem;
use crate::workout::sequence::{End, Target};

impl Resolver<'_> {
    /// Returns the end of a step. `rep` is the time of the rep before it.
    pub(super) fn end(&mut self, line: &StepLine, target: &Target, rep: Option<Millis>) -> End {
        match line.end {
            EndLine::Share { upper, lower } => {
                let share =
                    |percent: f64| rep.map(|rep| Millis::from_secs_f64(rep.as_secs_f64() * percent / 100.0));
                match share(upper) {
                    Some(time) => End::Time { upper: time, lower: lower.and_then(share) },
                    None => {
                        self.note(
                            "A share of a rep whose time is not known lasts until you press Enter."
                                .to_string(),
                        );
                        End::Open
                    }
                }
            }
            EndLine::SendOff(every) => match rep {
                Some(rep) if rep < every => End::Time { upper: every.saturating_sub(rep), lower: None },
                Some(rep) => {
                    let problem = StepProblem::SendOffTooShort { rep, every };
                    self.problems.push(Diagnostic::new(line.span.clone(), problem));
                    End::Open
                }
                None => {
                    self.note(format!(
                        "The length of a rep is unknown: start the next one {every} after the last one began, and press Enter."
                    ));
                    End::Open
                }
            },
            end => plain_end(end, target),
        }
    }
}

/// Returns the end of a step that does not depend on the rep before it.
fn plain_end(line: EndLine, target: &Target) -> End {
    match line {
        EndLine::Time { upper, lower } => End::Time { upper, lower },
        EndLine::Open | EndLine::Share { .. } | EndLine::SendOff(_) => End::Open,
        EndLine::Reps { within: Some(time), .. } => End::Time { upper: time, lower: None },
        EndLine::Reps { within: None, .. } => End::Open,
        EndLine::First { time, distance, .. } => {
            let speed = target.mean_speed().or(target.suggested).filter(|speed| speed.mps() > 0.0);
            match speed.map(|speed| distance.time_at(speed)) {
                Some(covered) if covered < time => {
                    End::Distance { upper: distance, lower: None, time: Some(covered), lower_time: None }
                }
                _ => End::Time { upper: time, lower: None },
            }
        }
        EndLine::Distance { upper, lower, within, .. } => {
            let speed = target.mean_speed().or(target.suggested).filter(|speed| speed.mps() > 0.0);
            let time_of = |distance: Distance| speed.map(|speed| distance.time_at(speed));
            let least = |lower: Distance, time: Millis| {
                Millis::from_secs_f64(time.as_secs_f64() * lower.metres() / upper.metres())
            };
            match within {
                Some((time, fastest)) => End::Distance {
                    upper,
                    lower,
                    time: Some(time),
                    lower_time: match (lower, fastest) {
                        (None, None) => None,
                        (lower, fastest) => Some(least(lower.unwrap_or(upper), fastest.unwrap_or(time))),
                    },
                },
                None => {
                    End::Distance { upper, lower, time: time_of(upper), lower_time: lower.and_then(time_of) }
                }
            }
        }
    }
}
