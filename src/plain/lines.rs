//! One line for each event of a session.

use crate::belt::{BeltNote, Treadmill};
use crate::coach::{Effect, View};
use crate::cues::{BeltChange, CueReason, PressReason, Signal, direction};
use crate::display;
use crate::runner::profile::Units;
use crate::session::{Event, EventKind, SessionPlace};
use crate::units::{Incline, Millis, PaceUnit};
use crate::workout::sequence::{PlannedStep, Sequence, StepId};
use crate::workout::{self, LineStyle, on_belt};

/// The most columns for the workout in one line. Terminals wrap, and files have no width.
const LINE_COLUMNS: usize = 120;

/// Turns effects into lines. It remembers the previous step, to tell if the next one is faster or easier.
#[derive(Debug, Default)]
pub struct Lines {
    previous: Option<StepId>,
    treadmill: Treadmill,
    /// Recoveries during which the belt keeps its speed.
    on_rails: Vec<StepId>,
    /// The unit of paces; the belt's if `None`.
    pace_unit: Option<PaceUnit>,
    /// The key that ends an open step, if it is not the usual one.
    end_key: Option<&'static str>,
}

impl Lines {
    /// Lines for a session on this treadmill.
    pub fn on(treadmill: Treadmill) -> Self {
        Lines { treadmill, ..Lines::default() }
    }

    /// Prints paces in this unit instead of the belt's.
    pub fn paced(self, unit: PaceUnit) -> Self {
        Lines { pace_unit: Some(unit), ..self }
    }

    /// Names another key that ends an open step.
    pub fn set_end_key(&mut self, key: &'static str) {
        self.end_key = Some(key);
    }

    fn end_key(&self) -> &'static str {
        self.end_key.unwrap_or(LineStyle::USUAL_END_KEY)
    }

    /// Changes the treadmill.
    pub(super) fn set_treadmill(&mut self, treadmill: Treadmill) {
        self.treadmill = treadmill;
    }

    fn pace_unit(&self) -> PaceUnit {
        self.pace_unit.unwrap_or(Units::of(self.treadmill.belt.unit).pace)
    }

    fn line_style(&self) -> LineStyle {
        LineStyle {
            pace: self.pace_unit(),
            speed: self.treadmill.belt.unit,
            flat: Incline::FLAT,
            end_key: self.end_key(),
        }
    }

    /// Finds the recoveries that are too short to slow the belt.
    fn find_rails(&mut self, sequence: &Sequence) {
        let warnings = on_belt::warnings(sequence, &self.treadmill);
        let on_rails = warnings.into_iter().filter(|w| matches!(w.note, BeltNote::OnRails { .. }));
        self.on_rails = on_rails.flat_map(|w| w.steps).collect();
    }

    /// A number to press: `belt: 14.0 km/h`. One that is pressed ahead comes with the time at which the belt reaches it.
    fn press(&self, change: &BeltChange) -> String {
        let belt = &self.treadmill.belt;
        let number = format!("belt: {} {}", belt.text(change.setting.number), belt.unit.name());
        match change.why {
            PressReason::Ahead => format!("{number}, there at {}", change.arrives.seconds()),
            PressReason::First | PressReason::Change | PressReason::Ramp => number,
        }
    }

    /// Returns the line for an effect. Announcements and the pips before a change have none.
    pub fn line(&mut self, effect: &Effect, sequence: &Sequence) -> Option<String> {
        let (at, words) = match effect {
            Effect::Announce(_) => return None,
            Effect::Happened(event) => (event.elapsed, self.event(event, sequence)),
            Effect::Said(words) => (words.at, format!("text: {}", words.text)),
            Effect::Sounded(cue) if cue.why == CueReason::Halfway => (cue.at, "halfway".to_string()),
            Effect::Sounded(cue) if cue.why == CueReason::Breath => {
                (cue.at, format!("breathe {}", cue.signal.word()))
            }
            Effect::Sounded(_) => return None,
            // A workout run by feel has no numbers for the belt.
            Effect::Changed(_) if !sequence.show_pace => return None,
            // The line of the step has the number.
            Effect::Changed(change) if matches!(change.why, PressReason::First | PressReason::Change) => {
                return None;
            }
            Effect::Changed(change) => (change.at, self.press(change)),
            Effect::Tilted(change) => (change.at, format!("belt: incline {}", change.incline)),
        };
        Some(format!("{:>9}  {words}", at.seconds()))
    }

    fn event(&mut self, event: &Event, sequence: &Sequence) -> String {
        match event.what {
            EventKind::Started => {
                self.find_rails(sequence);
                let line = workout::line(sequence, &self.line_style()).fit(LINE_COLUMNS);
                format!("start: {}, {}: {line}", sequence.name, display::step_count(sequence))
            }
            EventKind::StepBegan { step } => {
                let previous = self.previous.replace(step).and_then(|id| sequence.step(id));
                let index = sequence.index(step);
                let line = index.map_or_else(String::new, |i| self.step(sequence, i, previous, None));
                if self.on_rails.contains(&step) {
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
            EventKind::Reached { step, bpm } => {
                format!("heart rate {bpm}: step {} is about to end", number(sequence, step))
            }
            EventKind::RepeatEnded { .. } => "ended the repeat".to_string(),
            EventKind::WasAbsent { since } => {
                format!("paused: the program was stopped for {}", event.at.since(since))
            }
            EventKind::CaughtUp => "caught up: the absence counts as run".to_string(),
            EventKind::Finished => "finish: the workout is done".to_string(),
            EventKind::Stopped => "stop".to_string(),
            EventKind::Reopened => "reopened".to_string(),
            EventKind::CountingIn { until } => format!("the clock starts in {}", until.since(event.at)),
            EventKind::Adjusted { to, .. } => {
                let belt = &self.treadmill.belt;
                format!("belt: {} {}, by hand", belt.text(belt.setting(to).number), belt.unit.name())
            }
            EventKind::Corrected { distance, .. } => format!("the console shows {distance}"),
            EventKind::WentTo { step } => format!("went to step {}", number(sequence, step)),
            EventKind::Undone => "undone".to_string(),
            EventKind::Bent { bend } => {
                let time = sequence.totals().time.to_nearest_second();
                format!("{}: {} in all", bend.mark(), time)
            }
            EventKind::EasedOff => "asked to ease off".to_string(),
            EventKind::Answered { yes } => format!("answered: {}", if yes { "yes" } else { "no" }),
        }
    }

    /// A step with its length, or with what is `left` of it: `step 3 of 17: faster: hard, 14.0 km/h, 1:00, rep 1 of 8`.
    fn step(
        &self,
        sequence: &Sequence,
        index: usize,
        previous: Option<&PlannedStep>,
        left: Option<Millis>,
    ) -> String {
        let Some(step) = sequence.steps.get(index) else {
            return String::new();
        };
        let of = sequence.written_steps();
        let change = previous.map(|previous| match direction(previous, step) {
            Signal::Faster if !sequence.activity.is_run() => "harder: ",
            Signal::Faster => "faster: ",
            Signal::Easier => "easier: ",
            _ => "same: ",
        });
        let mut line = format!(
            "step {} of {of}: {}{}",
            sequence.step_number(index),
            change.unwrap_or(""),
            display::intensity(sequence, step, &self.treadmill, self.pace_unit())
        );
        let length =
            display::time_left(step, left).unwrap_or_else(|| display::length_in_full(step, self.end_key()));
        line.push_str(&format!(", {length}"));
        for rep in display::reps(sequence, step) {
            line.push_str(&format!(", {rep}"));
        }
        line
    }

    /// The line for a session that resumes with this effect; `None` if it starts with it.
    pub(super) fn resumed(&self, effect: &Effect, view: &View<'_>) -> Option<String> {
        let starts = |e: &Event| match e.what {
            EventKind::Started => true,
            EventKind::CountingIn { .. } => e.elapsed == Millis::ZERO,
            _ => false,
        };
        if matches!(effect, Effect::Happened(event) if starts(event)) {
            return None;
        }
        let sequence = view.sequence;
        let place = match view.position.place {
            SessionPlace::Step(index) => self.step(sequence, index, None, view.position.remaining()),
            SessionPlace::After => "after the last step".to_string(),
        };
        Some(format!("{:>9}  resumed: {}, {place}", view.position.elapsed.seconds(), sequence.name))
    }
}

fn number(sequence: &Sequence, step: StepId) -> usize {
    sequence.index(step).map_or(0, |index| sequence.step_number(index))
}
