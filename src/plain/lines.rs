//! One line for each thing that happens.

use crate::belt::BeltNote;
use crate::belt::Treadmill;
use crate::coach::{Effect, View};
use crate::cues::{BeltChange, CueReason, PressReason, Signal, direction};
use crate::display;
use crate::runner::profile::Units;
use crate::session::{Event, EventKind, SessionPlace};
use crate::units::{Millis, PaceUnit};
use crate::workout::on_belt;
use crate::workout::sequence::{PlannedStep, Sequence, StepId};

/// Turns effects into lines. It remembers the step before, to say whether the next is faster or easier.
#[derive(Debug, Default)]
pub struct Lines {
    last: Option<StepId>,
    pub(super) treadmill: Treadmill,
    /// Recoveries in which the belt keeps its speed.
    rails: Vec<StepId>,
    /// What paces are in.
    unit: Option<PaceUnit>,
}

impl Lines {
    /// Lines of a session on this treadmill.
    pub fn on(treadmill: Treadmill) -> Self {
        Lines { treadmill, ..Lines::default() }
    }

    /// The same with paces in this unit, whatever the belt's is.
    pub fn paced(self, unit: PaceUnit) -> Self {
        Lines { unit: Some(unit), ..self }
    }

    /// The treadmill, and what paces are in.
    pub(super) fn units(&self) -> (&Treadmill, PaceUnit) {
        (&self.treadmill, self.unit.unwrap_or(Units::of(self.treadmill.belt.unit).pace))
    }

    /// Finds out where the belt will be too slow to be slowed down.
    fn look_ahead(&mut self, sequence: &Sequence) {
        let warnings = on_belt::warnings(sequence, &self.treadmill);
        let on_rails = warnings.into_iter().filter(|w| matches!(w.note, BeltNote::OnRails { .. }));
        self.rails = on_rails.flat_map(|w| w.steps).collect();
    }

    /// A number to press: `belt: 14.0 km/h`, and when it is to be there where that is later.
    fn pressed(&self, change: &BeltChange) -> String {
        let belt = &self.treadmill.belt;
        let number = format!("belt: {} {}", belt.text(change.setting.number), belt.unit.name());
        match change.why {
            PressReason::Ahead => format!("{number}, there at {}", change.arrives.seconds()),
            PressReason::First | PressReason::Change | PressReason::Ramp => number,
        }
    }

    /// The line for an effect; none for what has no line (announcements, the pips before a change).
    pub fn line(&mut self, effect: &Effect, sequence: &Sequence) -> Option<String> {
        let (at, words) = match effect {
            Effect::Announce(_) => return None,
            Effect::Happened(event) => (event.elapsed, self.event(event, sequence)),
            Effect::Said(words) => (words.at, format!("text: {}", words.text)),
            Effect::Sounded(cue) if cue.why == CueReason::Halfway => (cue.at, "halfway".to_string()),
            Effect::Sounded(_) => return None,
            // Run by feel: no number for the belt.
            Effect::Changed(_) if !sequence.show_pace => return None,
            // A step's own line has its number.
            Effect::Changed(change) if matches!(change.why, PressReason::First | PressReason::Change) => {
                return None;
            }
            Effect::Changed(change) => (change.at, self.pressed(change)),
            Effect::Tilted(change) => (change.at, format!("belt: incline {}", change.incline)),
        };
        Some(format!("{:>9}  {words}", at.seconds()))
    }

    fn event(&mut self, event: &Event, sequence: &Sequence) -> String {
        match event.what {
            EventKind::Started => {
                self.look_ahead(sequence);
                format!("start: {}, {}", sequence.name, display::total_and_steps(sequence))
            }
            EventKind::StepBegan { step } => {
                let before = self.last.replace(step).and_then(|id| sequence.step(id));
                let index = sequence.index(step);
                let line = index.map_or_else(String::new, |i| began(sequence, i, before, self.units()));
                if self.rails.contains(&step) {
                    line + ", on the rails: the belt keeps its speed"
                } else {
                    line
                }
            }
            EventKind::Paused => "paused".to_string(),
            EventKind::Resumed => "resumed".to_string(),
            EventKind::Skipped { step } => format!("skipped step {}", number(sequence, step)),
            EventKind::WentBack => "went back".to_string(),
            EventKind::Extended { step, by } => format!("step {} is longer by {by}", number(sequence, step)),
            EventKind::StepEnded { step } => format!("ended step {}", number(sequence, step)),
            EventKind::WasAbsent { since } => {
                format!("paused: nothing was alive here for {}", event.at.since(since))
            }
            EventKind::CaughtUp => "caught up: the absence counts as run".to_string(),
            EventKind::Finished => "finish: the workout is done".to_string(),
            EventKind::Stopped => "stop".to_string(),
            EventKind::Reopened => "taken up again".to_string(),
            EventKind::CountingIn { until } => format!("in {}: the clock starts", until.since(event.at)),
            EventKind::Adjusted { to, .. } => {
                let belt = &self.treadmill.belt;
                format!("belt: {} {}, by hand", belt.text(belt.setting(to).number), belt.unit.name())
            }
            EventKind::Corrected { distance, .. } => format!("the console shows {distance}"),
            EventKind::WentTo { step } => format!("went to step {}", number(sequence, step)),
            EventKind::Undone => "undone".to_string(),
            EventKind::EasedOff => "asked to ease off".to_string(),
            EventKind::Answered { yes } => format!("answered: {}", if yes { "yes" } else { "no" }),
        }
    }
}

fn number(sequence: &Sequence, step: StepId) -> usize {
    sequence.index(step).map_or(0, |i| i + 1)
}

fn began(
    sequence: &Sequence,
    index: usize,
    before: Option<&PlannedStep>,
    units: (&Treadmill, PaceUnit),
) -> String {
    let Some(step) = sequence.steps.get(index) else {
        return String::new();
    };
    let of = sequence.steps.len();
    let change = before.map(|b| match direction(b, step) {
        Signal::Faster => "faster: ",
        Signal::Easier => "easier: ",
        _ => "same: ",
    });
    let mut line = format!(
        "step {} of {of}: {}{}",
        index + 1,
        change.unwrap_or(""),
        display::intensity(sequence, step, units)
    );
    line.push_str(&format!(", {}", display::length_in_full(step)));
    for rep in display::reps(sequence, step) {
        line.push_str(&format!(", {rep}"));
    }
    line
}

/// Where a session stands that does not begin with this effect.
pub(super) fn taken_up(effect: &Effect, view: &View<'_>, units: (&Treadmill, PaceUnit)) -> Option<String> {
    let begins = |e: &Event| match e.what {
        EventKind::Started => true,
        EventKind::CountingIn { .. } => e.elapsed == Millis::ZERO,
        _ => false,
    };
    if matches!(effect, Effect::Happened(event) if begins(event)) {
        return None;
    }
    let sequence = view.sequence;
    let place = match view.position.place {
        SessionPlace::Step(index) => began(sequence, index, None, units),
        SessionPlace::After => "after the last step".to_string(),
    };
    Some(format!("{:>9}  going on: {}, {place}", view.position.elapsed.seconds(), sequence.name))
}
