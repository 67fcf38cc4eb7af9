//! A session as lines of text: for screen readers, pipes and logs.
//!
//! Each line begins with the second of active time at which it holds, three decimals, as `simulate` prints it.

pub mod questions;

use crate::audio::mix::Volume;
use crate::belt::Note;
use crate::coach::{Effect, View};
use crate::cues::{BeltChange, Press, Signal, Why, direction};
use crate::front::{Front, Log, Loudness, Request, Sound, Status};
use crate::keys::{self, Action, Context};
use crate::profile::Units;
use crate::session::{Command, Event, Happened, Phase, Place};
use crate::treadmill::{self, Treadmill};
use crate::units::{Millis, Moment, PaceUnit};
use crate::words;
use crate::workout::sequence::{PlannedStep, Sequence, StepId};
use crossterm::event::Event as Input;
use std::io::{self, Write};

/// Turns effects into lines. It remembers the step before, to say whether the next is faster or easier.
#[derive(Debug, Default)]
pub struct Lines {
    last: Option<StepId>,
    treadmill: Treadmill,
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
    fn units(&self) -> (&Treadmill, PaceUnit) {
        (&self.treadmill, self.unit.unwrap_or(Units::of(self.treadmill.belt.unit).pace))
    }

    /// Finds out where the belt will be too slow to be slowed down.
    fn look_ahead(&mut self, sequence: &Sequence) {
        let warnings = treadmill::warnings(sequence, &self.treadmill.belt, self.treadmill.ceiling);
        let on_rails = warnings.into_iter().filter(|w| matches!(w.note, Note::OnRails { .. }));
        self.rails = on_rails.flat_map(|w| w.steps).collect();
    }

    /// A number to press: `belt: 14.0 km/h`, and when it is to be there where that is later.
    fn pressed(&self, change: &BeltChange) -> String {
        let belt = &self.treadmill.belt;
        let number = format!("belt: {} {}", belt.text(change.setting.number), belt.unit.name());
        match change.why {
            Press::Ahead => format!("{number}, there at {}", change.arrives.seconds()),
            Press::First | Press::Change | Press::Ramp => number,
        }
    }

    /// The line for an effect; none for what has no line (announcements, the pips before a change).
    pub fn line(&mut self, effect: &Effect, sequence: &Sequence) -> Option<String> {
        let (at, words) = match effect {
            Effect::Announce(_) => return None,
            Effect::Happened(event) => (event.elapsed, self.event(event, sequence)),
            Effect::Said(words) => (words.at, format!("text: {}", words.text)),
            Effect::Sounded(cue) if cue.why == Why::Halfway => (cue.at, "halfway".to_string()),
            Effect::Sounded(_) => return None,
            // Run by feel: no number for the belt.
            Effect::Changed(_) if !sequence.show_pace => return None,
            // A step's own line has its number.
            Effect::Changed(change) if matches!(change.why, Press::First | Press::Change) => return None,
            Effect::Changed(change) => (change.at, self.pressed(change)),
            Effect::Tilted(change) => (change.at, format!("belt: incline {}", change.incline)),
        };
        Some(format!("{:>9}  {words}", at.seconds()))
    }

    fn event(&mut self, event: &Event, sequence: &Sequence) -> String {
        match event.what {
            Happened::Started => {
                self.look_ahead(sequence);
                format!("start: {}, {}", sequence.name, words::total_and_steps(sequence))
            }
            Happened::StepBegan { step } => {
                let before = self.last.replace(step).and_then(|id| sequence.step(id));
                let index = sequence.index(step);
                let line = index.map_or_else(String::new, |i| began(sequence, i, before, self.units()));
                if self.rails.contains(&step) {
                    line + ", on the rails: the belt keeps its speed"
                } else {
                    line
                }
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
            Happened::Reopened => "taken up again".to_string(),
            Happened::CountingIn { until } => format!("in {}: the clock starts", until.since(event.at)),
            Happened::Adjusted { to, .. } => {
                let belt = &self.treadmill.belt;
                format!("belt: {} {}, by hand", belt.text(belt.setting(to).number), belt.unit.name())
            }
            Happened::Corrected { distance, .. } => format!("the console shows {distance}"),
            Happened::WentTo { step } => format!("went to step {}", number(sequence, step)),
            Happened::Undone => "undone".to_string(),
            Happened::EasedOff => "asked to ease off".to_string(),
            Happened::Answered { yes } => format!("answered: {}", if yes { "yes" } else { "no" }),
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
        words::intensity(sequence, step, units)
    );
    line.push_str(&format!(", {}", words::length_in_full(step)));
    for rep in words::reps(sequence, step) {
        line.push_str(&format!(", {rep}"));
    }
    line
}

/// Where a session stands that does not begin with this effect.
fn taken_up(effect: &Effect, view: &View<'_>, units: (&Treadmill, PaceUnit)) -> Option<String> {
    let begins = |e: &Event| match e.what {
        Happened::Started => true,
        Happened::CountingIn { .. } => e.elapsed == Millis::ZERO,
        _ => false,
    };
    if matches!(effect, Effect::Happened(event) if begins(event)) {
        return None;
    }
    let sequence = view.sequence;
    let place = match view.position.place {
        Place::Step(index) => began(sequence, index, None, units),
        Place::After => "after the last step".to_string(),
    };
    Some(format!("{:>9}  going on: {}, {place}", view.position.elapsed.seconds(), sequence.name))
}

/// Whether a key of the running screen does here what its words say.
fn is_heard(action: Action) -> bool {
    !matches!(action, Action::Console | Action::Steps | Action::Digits | Action::Lock)
}

/// What a key does here, where nothing is asked before it stops.
fn says(key: &keys::Binding) -> &'static str {
    match key.action {
        Action::Quit => "Stop at once, without a question",
        _ => key.says,
    }
}

/// The front that prints. It takes keys where standard input is a terminal; there, too, the bell stands in for
/// signals that are not heard.
pub struct Plain<W: Write> {
    out: W,
    lines: Lines,
    /// What ends a line: a terminal in raw mode wants a carriage return too.
    newline: &'static str,
    raw: bool,
    to_terminal: bool,
    /// The keys are to be printed.
    keys: bool,
    /// What was last said of the sound.
    sound: Option<Sound>,
    /// The volume that it was last told of.
    volume: Option<Volume>,
    /// What was last said of the log.
    log: Log,
    /// Something has been printed.
    begun: bool,
    /// It is to be said that the ceiling holds.
    held: bool,
    /// What a key is answered, which does nothing to the session.
    replies: Vec<String>,
}

impl<W: Write> Plain<W> {
    /// A front that prints to `out`, which may be a terminal; with `keys`, the terminal is put into raw mode to
    /// hear single keys.
    pub fn new(out: W, keys: bool, to_terminal: bool) -> Self {
        Plain {
            out,
            lines: Lines::default(),
            newline: if keys && to_terminal { "\r\n" } else { "\n" },
            raw: keys,
            to_terminal,
            keys: false,
            sound: None,
            volume: None,
            log: Log::Written,
            begun: false,
            held: false,
            replies: Vec::new(),
        }
    }

    /// The same with paces in this unit, whatever the belt's is.
    pub fn paced(mut self, unit: PaceUnit) -> Self {
        self.lines = self.lines.paced(unit);
        self
    }

    fn print(&mut self, line: &str) -> io::Result<()> {
        write!(self.out, "{line}{}", self.newline)?;
        self.out.flush()
    }
}

/// The signs that it is time to ease off, one in a line.
fn signs(sequence: &Sequence) -> Vec<String> {
    let signs = &sequence.during_signs;
    let heading = match signs.is_empty() {
        true => "this workout names no signs to look for",
        false => "any one of these: slow down, walk or stop",
    };
    std::iter::once(heading.to_string()).chain(signs.iter().map(|sign| format!("- {sign}"))).collect()
}

impl<W: Write> Front for Plain<W> {
    fn effect(&mut self, effect: &Effect, view: &View<'_>, status: &Status, _: Moment) -> io::Result<()> {
        if let Effect::Sounded(cue) = effect
            && self.to_terminal
            && status.wants_a_bell()
            && cue.signal != Signal::Tick
        {
            self.out.write_all(b"\x07")?;
        }
        self.lines.treadmill = *view.treadmill;
        let Some(line) = self.lines.line(effect, view.sequence) else {
            return Ok(());
        };
        if !std::mem::replace(&mut self.begun, true)
            && let Some(taken_up) = taken_up(effect, view, self.lines.units())
        {
            self.print(&taken_up)?;
        }
        self.print(&line)?;
        if matches!(effect, Effect::Said(_)) && view.asks && self.raw {
            let keys: Vec<String> = keys::of(Context::Answering)
                .filter(|key| !key.names.is_empty())
                .map(|key| format!("{}: {}", key.names, key.says))
                .collect();
            return self.print(&format!("           {}", keys.join(", ")));
        }
        let Effect::Happened(event) = effect else { return Ok(()) };
        if let (Happened::CountingIn { .. }, Some(setting)) = (event.what, view.setting) {
            let belt = &view.treadmill.belt;
            let number = format!("belt: {} {}", belt.text(setting.number), belt.unit.name());
            let key = keys::name(Context::Running, Action::EndStep);
            return self.print(&format!("           {number}; {key} starts now"));
        }
        let hint = match event.what {
            Happened::WasAbsent { .. } if self.raw => {
                "g or Enter goes on from there, c counts the absence as run, s stops"
            }
            Happened::StepBegan { .. } if !self.raw && view.position.length.is_none() => {
                "nobody can press Enter here: this step lasts until the program is ended"
            }
            _ => return Ok(()),
        };
        self.print(&format!("           {hint}"))
    }

    fn show(&mut self, view: &View<'_>, status: &Status, _: Moment) -> io::Result<()> {
        if std::mem::take(&mut self.keys) {
            let held = |key: &&keys::Binding| is_heard(key.action) && !key.names.is_empty();
            for key in keys::of(Context::Running).filter(held) {
                self.print(&format!("           {}: {}", key.names, says(key)))?;
            }
        }
        for line in std::mem::take(&mut self.replies) {
            self.print(&format!("           {line}"))?;
        }
        let elapsed = view.position.elapsed.seconds();
        if std::mem::take(&mut self.held) {
            self.print(&format!("{elapsed:>9}  held at your ceiling; only the screen goes past it"))?;
        }
        if self.log != status.log {
            self.log = status.log.clone();
            let says = match &self.log {
                Log::Written => "saved: the log is written again".to_string(),
                waiting => waiting.to_string(),
            };
            self.print(&format!("{elapsed:>9}  {says}"))?;
        }
        let before = self.volume.replace(status.volume);
        let new = before.map_or(status.volume.muted, |before| before != status.volume);
        if new {
            self.print(&format!("{elapsed:>9}  {}", status.volume))?;
        }
        if status.sound == Sound::Opening || self.sound.as_ref() == Some(&status.sound) {
            return Ok(());
        }
        self.sound = Some(status.sound.clone());
        let says = match &status.sound {
            Sound::Silent(why) if self.to_terminal => {
                format!("no sound: the terminal's bell instead ({why})")
            }
            Sound::Silent(why) => format!("no sound: {why}"),
            heard => heard.to_string(),
        };
        self.print(&format!("{elapsed:>9}  {says}"))
    }

    fn next_picture(&self, _: &View<'_>, _: Moment) -> Option<Millis> {
        None
    }

    fn input(&mut self, input: &Input, view: &View<'_>) -> Option<Request> {
        let Input::Key(key) = input else { return None };
        let absent = matches!(view.phase, Phase::Absent { .. });
        let context = if absent { Context::Absence } else { Context::Running };
        let answer = (view.asks && !absent).then(|| keys::action(Context::Answering, key)).flatten();
        let action = answer.or_else(|| keys::action(context, key))?;
        if let Some(loudness) = Loudness::of(action) {
            return Some(Request::Loudness(loudness));
        }
        let command = match action {
            Action::Suspend => return Some(Request::Suspend),
            Action::Interrupt => return Some(Request::Interrupt),
            Action::Help => {
                self.keys = true;
                return None;
            }
            Action::Pause | Action::EndStep if view.phase == Phase::Paused => Command::Resume,
            Action::EndStep if view.count_in.is_some() => Command::Resume,
            Action::Pause | Action::EndStep if view.phase == Phase::Ready => Command::Start,
            Action::Pause => Command::Pause,
            Action::GoOn | Action::Choose => Command::Resume,
            Action::Undo if !view.can_undo => {
                self.replies.push("nothing to undo".to_string());
                return None;
            }
            Action::Undo => Command::Undo,
            Action::Ease if view.sequence.during_ease.is_empty() => {
                self.replies.push("this workout names no way to ease off".to_string());
                return None;
            }
            Action::Ease => Command::EaseOff,
            Action::Yes => Command::Answer { yes: true },
            Action::No => Command::Answer { yes: false },
            Action::Signs => {
                self.replies = signs(view.sequence);
                return None;
            }
            Action::Skip => Command::Skip,
            Action::Back => Command::Back,
            Action::Extend => Command::Extend(keys::EXTENSION),
            Action::EndStep => Command::EndStep,
            Action::CatchUp => Command::CatchUp,
            Action::Quit | Action::Stop => Command::Stop,
            Action::Faster => {
                let (setting, note) = view.adjusted(1)?;
                // Past the ceiling only on the screen, which can ask again.
                self.held = note.is_some();
                (!self.held).then_some(Command::Adjust(setting.speed))?
            }
            Action::Slower => Command::Adjust(view.adjusted(-1)?.0.speed),
            _ => return None,
        };
        Some(Request::Command(command))
    }

    fn is_unattended(&self) -> bool {
        !self.raw
    }

    /// Whoever reads lines has no number to look at before it counts; and what is recorded of it begins with second 0.
    fn starts_at_once(&self) -> bool {
        true
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
        if self.raw {
            // Also where a shell has put the terminal back since.
            crossterm::terminal::disable_raw_mode()?;
            crossterm::terminal::enable_raw_mode()?;
        }
        Ok(())
    }
}
