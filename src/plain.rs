//! A session as lines of text: for screen readers, pipes and logs.
//!
//! Each line begins with the second of active time at which it holds, three decimals, as `simulate` prints it.

mod lines;
pub mod questions;

pub use lines::Lines;

use crate::audio::volume::Volume;
use crate::coach::{Effect, View};
use crate::cues::Signal;
use crate::frontend::{Frontend, LogStatus, Loudness, Request, SoundStatus, Status};
use crate::keymap;
use crate::keymap::{Action, KeyContext};
use crate::session::{Command, EventKind, Phase, SessionPlace};
use crate::units::{Millis, Moment, PaceUnit};
use crate::workout::sequence::Sequence;
use crossterm::event::Event as Input;
use lines::taken_up;
use std::io::{self, Write};

/// Whether a key of the running screen does here what its words say.
fn is_heard(action: Action) -> bool {
    !matches!(action, Action::Console | Action::Steps | Action::Digits | Action::Lock)
}

/// What a key does here, where nothing is asked before it stops.
fn says(key: &keymap::KeyBinding) -> &'static str {
    match key.action {
        Action::Quit => "Stop at once, without a question",
        _ => key.description,
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
    sound: Option<SoundStatus>,
    /// The volume that it was last told of.
    volume: Option<Volume>,
    /// What was last said of the log.
    log: LogStatus,
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
            log: LogStatus::Written,
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

impl<W: Write> Frontend for Plain<W> {
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
            let keys: Vec<String> = keymap::of(KeyContext::Answering)
                .filter(|key| !key.keys.is_empty())
                .map(|key| format!("{}: {}", key.all_labels(), key.description))
                .collect();
            return self.print(&format!("           {}", keys.join(", ")));
        }
        let Effect::Happened(event) = effect else { return Ok(()) };
        if let (EventKind::CountingIn { .. }, Some(setting)) = (event.what, view.setting) {
            let belt = &view.treadmill.belt;
            let number = format!("belt: {} {}", belt.text(setting.number), belt.unit.name());
            let key = keymap::label(KeyContext::Running, Action::EndStep);
            return self.print(&format!("           {number}; {key} starts now"));
        }
        let hint = match event.what {
            EventKind::WasAbsent { .. } if self.raw => {
                "g or Enter goes on from there, c counts the absence as run, s stops"
            }
            EventKind::StepBegan { .. } if !self.raw && view.position.length.is_none() => {
                "nobody can press Enter here: this step lasts until the program is ended"
            }
            _ => return Ok(()),
        };
        self.print(&format!("           {hint}"))
    }

    fn show(&mut self, view: &View<'_>, status: &Status, _: Moment) -> io::Result<()> {
        if std::mem::take(&mut self.keys) {
            let held = |key: &&keymap::KeyBinding| is_heard(key.action) && !key.keys.is_empty();
            for key in keymap::of(KeyContext::Running).filter(held) {
                self.print(&format!("           {}: {}", key.all_labels(), says(key)))?;
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
                LogStatus::Written => "saved: the log is written again".to_string(),
                waiting => waiting.to_string(),
            };
            self.print(&format!("{elapsed:>9}  {says}"))?;
        }
        let before = self.volume.replace(status.volume);
        let new = before.map_or(status.volume.muted, |before| before != status.volume);
        if new {
            self.print(&format!("{elapsed:>9}  {}", status.volume))?;
        }
        if status.sound == SoundStatus::Opening || self.sound.as_ref() == Some(&status.sound) {
            return Ok(());
        }
        self.sound = Some(status.sound.clone());
        let says = match &status.sound {
            SoundStatus::Silent(why) if self.to_terminal => {
                format!("no sound: the terminal's bell instead ({why})")
            }
            SoundStatus::Silent(why) => format!("no sound: {why}"),
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
        let context = if absent { KeyContext::Absence } else { KeyContext::Running };
        let answer = (view.asks && !absent).then(|| keymap::action(KeyContext::Answering, key)).flatten();
        let action = answer.or_else(|| keymap::action(context, key))?;
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
            Action::Extend => Command::Extend(keymap::EXTENSION),
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
        view.phase == Phase::Stopped || view.position.place == SessionPlace::After
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
