//! Another rate of breath, for the step that guides it and those to come.

use super::settle::settle;
use super::{BendPoint, BendRefusal, BentSequence, free_id};
use crate::units::Millis;
use crate::workout::breath::BreathRhythm;
use crate::workout::sequence::{Breathing, End, PlannedStep, Sequence};

/// Up to this time into a step, its rate changes from its start on.
const JUST_BEGUN: Millis = Millis::from_secs(1);
/// The tenths in a breath a minute.
const TENTHS: f64 = 10.0;

/// Guides the breath `tenths` tenths of a breath a minute. The current step begins anew with a whole breath, for the time that
/// was left of it.
pub fn breath_rate(sequence: &Sequence, at: &BendPoint, tenths: u32) -> Result<BentSequence, BendRefusal> {
    let current = sequence.steps.get(at.index).ok_or(BendRefusal::NoEffect)?;
    let left = at.left(at.index, current);
    let paced = at_rate(current, tenths, left).ok_or(BendRefusal::NoEffect)?;
    let mut steps = sequence.steps.clone();
    for step in steps.iter_mut().skip(at.index + 1) {
        if let Some(paced) = at_rate(step, tenths, step.end.planned()) {
            *step = paced;
        }
    }
    if !at.has_begun || at.into < JUST_BEGUN {
        steps.splice(at.index..=at.index, [paced]);
        return Ok(BentSequence::new(settle(Sequence { steps, ..sequence.clone() }, false)));
    }
    let end = left.map_or(End::Open, |left| End::Time { upper: left, lower: None });
    let rest = PlannedStep { id: free_id(sequence), end, written: None, ..paced };
    let goes_to = Some(rest.id);
    let past = PlannedStep {
        end: End::Time { upper: at.into, lower: None },
        written: None,
        until: None,
        ..current.clone()
    };
    steps.splice(at.index..=at.index, [past, rest]);
    let sequence = settle(Sequence { steps, ..sequence.clone() }, false);
    Ok(BentSequence { goes_to, sets_length: true, ..BentSequence::new(sequence) })
}

/// Returns a step that guides the breath at another rate for this long. `None` for one that guides no breath or has the rate
/// already, and if there is no time for a breath or the rate is not guided.
fn at_rate(step: &PlannedStep, tenths: u32, length: Option<Millis>) -> Option<PlannedStep> {
    let before = step.target.breathing?;
    let breathing = Breathing { per_minute: f64::from(tenths) / TENTHS, ..before };
    BreathRhythm::of(&before, step.end.planned())?;
    let rhythm = BreathRhythm::of(&breathing, length)?;
    let breath = rhythm.inhale_length() + rhythm.exhale_length();
    if breathing == before || length.is_some_and(|length| length < breath) {
        return None;
    }
    let mut paced = step.clone();
    paced.target.breathing = Some(breathing);
    paced.target.words = words(&paced.target.words, &before, &breathing);
    Some(paced)
}

/// Replaces the rate in the words of a target.
fn words(text: &str, before: &Breathing, now: &Breathing) -> String {
    let rate = |breathing: &Breathing| format!("{}/min", crate::units::trimmed(breathing.per_minute, 1));
    text.replace(&rate(before), &rate(now))
}
