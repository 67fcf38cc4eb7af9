//! A session as lines of text: for screen readers, pipes and logs.
//!
//! Each line begins with the second of active time at which it holds, three decimals, as `simulate` prints it.

use crate::coach::{Effect, View};
use crate::cues::{Signal, Why, direction};
use crate::front::{Front, Request, Status};
use crate::keys::{self, Action, Context};
use crate::session::{Command, Event, Happened, Phase, Place};
use crate::units::{Distance, Millis, Moment, PaceUnit};
use crate::workout::sequence::{End, PlannedStep, Sequence, StepId};
use crossterm::event::Event as Input;
use std::io::{self, Write};

/// Turns effects into lines. It remembers the step before, to say whether the next is faster or easier.
#[derive(Debug, Default)]
pub struct Lines {
    last: Option<StepId>,
}

impl Lines {
    /// The line for an effect; none for what has no line (announcements, the pips before a change).
    pub fn line(&mut self, effect: &Effect, sequence: &Sequence) -> Option<String> {
        let (at, words) = match effect {
            Effect::Announce(_) => return None,
            Effect::Happened(event) => (event.elapsed, self.event(event, sequence)),
            Effect::Said(words) => (words.at, format!("text: {}", words.text)),
            Effect::Sounded(cue) => match cue.why {
                Why::Halfway => (cue.at, "halfway".to_string()),
                Why::Ramp(speed) => (cue.at, format!("belt: {speed}")),
                Why::Count(_) | Why::Change | Why::Finish | Why::Text => return None,
            },
        };
        Some(format!("{:>9}  {words}", at.seconds()))
    }

    fn event(&mut self, event: &Event, sequence: &Sequence) -> String {
        match event.what {
            Happened::Started => format!("start: {}, {}", sequence.name, total(sequence)),
            Happened::StepBegan { step } => {
                let before = self.last.replace(step).and_then(|id| sequence.step(id));
                sequence.index(step).map_or_else(String::new, |i| began(sequence, i, before))
            }
            Happened::Paused => "paused".to_string(),
            Happened::Resumed => "resumed".to_string(),
            Happened::Skipped { step } => format!("skipped step {}", number(sequence, step)),
            Happened::WentBack => "went back".to_string(),
            Happened::Extended { step, by } => format!("step {} is longer by {by}", number(sequence, step)),
            Happened::StepEnded { step } => format!("ended step {}", number(sequence, step)),
            Happened::WasAbsent { since } => {
                format!("paused: nothing was alive here for {}", event.at.since(since))
            }
            Happened::CaughtUp => "caught up: the absence counts as run".to_string(),
            Happened::Finished => "finish: the workout is done".to_string(),
            Happened::Stopped => "stop".to_string(),
        }
    }
}

fn number(sequence: &Sequence, step: StepId) -> usize {
    sequence.index(step).map_or(0, |i| i + 1)
}

/// What a workout adds up to: `15:00, 15 steps`, `10 mi (1:12:30), 5 steps`, `4:00 and open steps, 23 steps`.
pub fn total(sequence: &Sequence) -> String {
    let totals = sequence.totals();
    let whole = |time: Millis| Millis::from_secs(time.as_secs_f64().round() as u64);
    let mut parts = Vec::new();
    if totals.time > Millis::ZERO {
        parts.push(match totals.least < totals.time {
            true => format!("{}–{}", whole(totals.least), whole(totals.time)),
            false => whole(totals.time).to_string(),
        });
    }
    let written: Distance =
        sequence.steps.iter().filter_map(written_distance).fold(Distance::default(), |a, b| a + b);
    if written > Distance::default() {
        let known = sequence.steps.iter().all(|s| written_distance(s).is_some());
        parts.insert(0, if known { written.to_string() } else { format!("{written} of it by distance") });
    }
    if sequence.steps.iter().any(|s| s.end == End::Open) {
        parts.push("open steps".to_string());
    }
    let steps = sequence.steps.len();
    format!("{}, {steps} step{}", parts.join(" + "), if steps == 1 { "" } else { "s" })
}

fn written_distance(step: &PlannedStep) -> Option<Distance> {
    match step.end {
        End::Distance { upper, .. } => Some(upper),
        End::Time { .. } | End::Open => None,
    }
}

fn began(sequence: &Sequence, index: usize, before: Option<&PlannedStep>) -> String {
    let Some(step) = sequence.steps.get(index) else {
        return String::new();
    };
    let of = sequence.steps.len();
    let change = before.map(|b| match direction(b.target.end(), &step.target.start) {
        Signal::Faster => "faster: ",
        Signal::Easier => "easier: ",
        _ => "same: ",
    });
    let mut words =
        format!("step {} of {of}: {}{}", index + 1, change.unwrap_or(""), intensity(sequence, step));
    words.push_str(&format!(", {}", length(step)));
    for rep in &step.reps {
        let set = sequence.repeat(rep.id).and_then(|r| r.label.as_deref()).unwrap_or("rep");
        words.push_str(&format!(", {set} {} of {}", rep.n, rep.of));
    }
    words
}

/// What to do in a step: `Rep: hard (11.2 km/h, 5:21/km), incline 2%`.
pub fn intensity(sequence: &Sequence, step: &PlannedStep) -> String {
    let mut words = match &step.label {
        Some(label) => format!("{label}: {}", step.target.words),
        None => step.target.words.clone(),
    };
    if let Some(speed) = step.target.start.speed.filter(|s| sequence.show_pace && s.mps() > 0.0) {
        let shown = format!("{speed}, {}", speed.pace_text(PaceUnit::Km));
        words.push_str(&format!(" ({shown})"));
    }
    match (step.incline, step.incline_to) {
        (from, Some(to)) => words.push_str(&format!(", incline {from} to {to}")),
        (at, None) if at.percent() != 0.0 => words.push_str(&format!(", incline {at}")),
        _ => {}
    }
    words
}

/// How long a step lasts: `1:00`, `1:15:00–1:30:00`, `3 mi (24:00)`, `400 m, then Enter`, `until Enter`.
pub fn length(step: &PlannedStep) -> String {
    match step.end {
        End::Time { upper, lower: Some(lower) } => format!("{lower}–{upper}"),
        End::Time { upper, lower: None } => upper.to_string(),
        End::Distance { upper, lower, time, .. } => {
            let distance = match lower {
                Some(lower) => format!("{lower}–{upper}"),
                None => upper.to_string(),
            };
            match time {
                Some(time) => {
                    format!("{distance} ({})", Millis::from_secs(time.as_secs_f64().round() as u64))
                }
                None => format!("{distance} on the console, then Enter"),
            }
        }
        End::Open => "until Enter".to_string(),
    }
}

/// The front that prints. It takes keys where standard input is a terminal.
pub struct Plain<W: Write> {
    out: W,
    lines: Lines,
    /// What ends a line: a terminal in raw mode wants a carriage return too.
    newline: &'static str,
    raw: bool,
}

impl<W: Write> Plain<W> {
    /// A front that prints to `out`; with `keys`, the terminal is put into raw mode to hear single keys.
    pub fn new(out: W, keys: bool) -> Self {
        Plain { out, lines: Lines::default(), newline: if keys { "\r\n" } else { "\n" }, raw: keys }
    }

    fn print(&mut self, line: &str) -> io::Result<()> {
        write!(self.out, "{line}{}", self.newline)?;
        self.out.flush()
    }
}

impl<W: Write> Front for Plain<W> {
    fn effect(&mut self, effect: &Effect, view: &View<'_>, _: &Status, _: Moment) -> io::Result<()> {
        let Some(line) = self.lines.line(effect, view.sequence) else {
            return Ok(());
        };
        self.print(&line)?;
        if let Effect::Happened(Event { what: Happened::WasAbsent { .. }, .. }) = effect {
            self.print("           g goes on from there, c counts the absence as run, s stops")?;
        }
        Ok(())
    }

    fn show(&mut self, _: &View<'_>, _: &Status, _: Moment) -> io::Result<()> {
        Ok(())
    }

    fn next_picture(&self, _: &View<'_>, _: Moment) -> Option<Millis> {
        None
    }

    fn input(&mut self, input: &Input, view: &View<'_>) -> Option<Request> {
        let Input::Key(key) = input else { return None };
        let absent = matches!(view.phase, Phase::Absent { .. });
        let context = if absent { Context::Absence } else { Context::Running };
        let command = match keys::action(context, key)? {
            Action::Suspend => return Some(Request::Suspend),
            Action::Interrupt => return Some(Request::Interrupt),
            Action::Pause if view.phase == Phase::Paused => Command::Resume,
            Action::Pause => Command::Pause,
            Action::GoOn => Command::Resume,
            Action::Skip => Command::Skip,
            Action::Back => Command::Back,
            Action::Extend => Command::Extend(keys::EXTENSION),
            Action::EndStep => Command::EndStep,
            Action::CatchUp => Command::CatchUp,
            Action::Quit | Action::Stop => Command::Stop,
            _ => return None,
        };
        Some(Request::Command(command))
    }

    /// With the workout, not with a cool-down after it: nobody at the other end of a pipe could end that.
    fn is_done(&self, view: &View<'_>) -> bool {
        view.phase == Phase::Stopped || view.position.place == Place::After
    }

    fn leave(&mut self) -> io::Result<()> {
        self.out.flush()?;
        if self.raw { crossterm::terminal::disable_raw_mode() } else { Ok(()) }
    }

    fn enter(&mut self) -> io::Result<()> {
        if self.raw { crossterm::terminal::enable_raw_mode() } else { Ok(()) }
    }
}
