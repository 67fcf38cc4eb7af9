//! `pacebell sounds`: plays each signal and names it.

use crate::audio::{Player, PlayerNotice, SoundCue, SoundError};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::spelled_output::SpelledOutput;
use crate::clock::monotonic;
use crate::cues::Signal::{self, *};
use crate::keymap::{Action, KeyContext, Keymap};
use crate::runtime::{self, ProcessSignal, RuntimeNotice};
use crate::settings::remembered_volume;
use crate::text::clean;
use crossterm::event::Event as Input;
use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// A signal to learn, or a few that belong together.
struct Lesson {
    /// The signals, each with the milliseconds from the lesson's start.
    signals: &'static [(u64, Signal)],
    /// The milliseconds until the next lesson.
    length: u64,
    name: &'static str,
    meaning: &'static str,
}

const fn lesson(
    signals: &'static [(u64, Signal)],
    length: u64,
    name: &'static str,
    meaning: &'static str,
) -> Lesson {
    Lesson { signals, length, name, meaning }
}

/// All lessons. They take twenty seconds.
const LESSONS: [Lesson; 10] = [
    lesson(&[(0, Faster)], 1700, "faster", "three notes, rising: much faster from now on"),
    lesson(&[(0, SlightlyFaster)], 1700, "faster", "two notes, rising: a little faster"),
    lesson(&[(0, Easier)], 1700, "easier", "three notes, falling: much easier from now on"),
    lesson(&[(0, SlightlyEasier)], 1700, "easier", "two notes, falling: a little easier"),
    lesson(&[(0, Same)], 1700, "same", "two equal notes: a new step, as hard as the one before"),
    lesson(&[(0, Tick)], 1600, "tick", "one soft note: halfway, a number to set, or words to read"),
    lesson(&[(0, Count)], 1600, "count", "a pip 3, 2 and 1 seconds before a change"),
    lesson(
        &[(0, Count), (1000, Count), (2000, Count), (3000, Faster)],
        4400,
        "count, then faster",
        "the change comes as the last sound begins",
    ),
    lesson(
        &[(0, Inhale), (1400, Exhale)],
        2400,
        "in, then out",
        "a soft note that rises, and two that fall: breathe in, breathe out",
    ),
    lesson(&[(0, Finish)], 1500, "finish", "three long notes: the last step is over"),
];

/// How long to wait for the sound system.
const OPENING: Duration = Duration::from_secs(3);
/// The pause before the first signal.
const FIRST: Duration = Duration::from_millis(600);
/// How long before a signal its name is printed.
const LEAD: Duration = Duration::from_millis(150);

/// Runs the command.
pub fn sounds(context: &Context) -> Result<(), Failure> {
    let (sender, notices) = channel();
    runtime::listen_to_signals(sender.clone())?;
    let mix = context.settings.sound.mix(remembered_volume::remembered());
    let keyboard = RawKeyboard::take()?;
    if keyboard.is_taken {
        runtime::listen_to_keys(sender.clone())?;
    }
    let player = Player::open(context.player_settings(), move |notice| {
        // A receiver that is gone means that the lessons are over.
        let _ = sender.send(RuntimeNotice::Sound(notice));
    });
    player.set_mix(mix);
    let mut lessons =
        SoundLessons { notices, keymap: context.keymap, newline: keyboard.newline(), silence: None };
    let end = lessons.run(&player, &mix.volume.to_string());
    drop(keyboard);
    match end? {
        LessonEnd::Interrupted(signal) => Err(Failure::Interrupted(signal)),
        LessonEnd::Closed => Ok(()),
        LessonEnd::Complete => {
            player.drain(Duration::from_secs(2));
            Ok(())
        }
    }
}

/// Why the lessons ended.
enum LessonEnd {
    /// All signals were played.
    Complete,
    /// A key closed them.
    Closed,
    /// A signal from the system, or Ctrl-C.
    Interrupted(ProcessSignal),
}

struct SoundLessons {
    keymap: &'static Keymap,
    notices: Receiver<RuntimeNotice>,
    newline: &'static str,
    /// Why nothing is heard, if that is known.
    silence: Option<String>,
}

/// What came of opening the sound system.
enum SoundOpening {
    /// Sound is played through this system.
    Open(String),
    Silent,
    Ended(LessonEnd),
}

impl SoundLessons {
    fn run(&mut self, player: &Player, volume: &str) -> io::Result<LessonEnd> {
        let system = match self.wait_for_sound() {
            SoundOpening::Open(system) => system,
            SoundOpening::Ended(end) => return Ok(end),
            SoundOpening::Silent => {
                let reason = self.silence.take().unwrap_or_else(|| SoundError::ServerHung.to_string());
                self.print(&format!("No sound: {}", clean(&reason)))?;
                self.print("These are the signals:")?;
                LESSONS.iter().try_for_each(|lesson| self.print(&line(lesson)))?;
                return Ok(LessonEnd::Complete);
            }
        };
        self.print(&format!("Playing through {}, {volume}. Press Ctrl-C to stop.", clean(&system)))?;
        let mut at = monotonic() + FIRST;
        let mut cues = Vec::new();
        let mut starts = Vec::new();
        for lesson in &LESSONS {
            starts.push((at, lesson));
            cues.extend(lesson.signals.iter().map(|(after, signal)| SoundCue {
                at: at + Duration::from_millis(*after),
                content: (*signal).into(),
            }));
            at += Duration::from_millis(lesson.length);
        }
        player.announce(cues);
        for (start, lesson) in starts {
            if let Some(end) = self.wait_until(start - LEAD) {
                return Ok(end);
            }
            if let Some(reason) = self.silence.take() {
                self.print(&format!("Sound was lost: {}", clean(&reason)))?;
            }
            self.print(&line(lesson))?;
        }
        Ok(self.wait_until(at).unwrap_or(LessonEnd::Complete))
    }

    fn wait_for_sound(&mut self) -> SoundOpening {
        let deadline = monotonic() + OPENING;
        loop {
            match self.notices.recv_timeout(deadline.saturating_duration_since(monotonic())) {
                Ok(RuntimeNotice::Sound(PlayerNotice::Ready(system))) => {
                    return SoundOpening::Open(system.to_string());
                }
                Ok(RuntimeNotice::Sound(notice)) => {
                    self.silence = reason_for_silence(notice);
                    return SoundOpening::Silent;
                }
                Ok(notice) => {
                    if let Some(end) = end_asked_by(&notice, self.keymap) {
                        return SoundOpening::Ended(end);
                    }
                }
                Err(_) => return SoundOpening::Silent,
            }
        }
    }

    /// Waits until `instant`. Returns early if a key or a signal ends the lessons.
    fn wait_until(&mut self, instant: Instant) -> Option<LessonEnd> {
        loop {
            match self.notices.recv_timeout(instant.saturating_duration_since(monotonic())) {
                Ok(RuntimeNotice::Sound(notice)) => self.silence = reason_for_silence(notice),
                Ok(notice) => {
                    if let Some(end) = end_asked_by(&notice, self.keymap) {
                        return Some(end);
                    }
                }
                // The player and the signals hold a sender each, so the channel never closes.
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    fn print(&self, line: &str) -> io::Result<()> {
        let mut out = SpelledOutput::stdout();
        write!(out, "{line}{}", self.newline)?;
        out.flush()
    }
}

fn line(lesson: &Lesson) -> String {
    format!("  {:<20}{}", lesson.name, lesson.meaning)
}

fn reason_for_silence(notice: PlayerNotice) -> Option<String> {
    match notice {
        PlayerNotice::Unavailable(error) | PlayerNotice::Lost(error) => Some(error.to_string()),
        PlayerNotice::Ready(_) => None,
        PlayerNotice::Off => Some("sound is turned off".to_string()),
    }
}

fn end_asked_by(notice: &RuntimeNotice, keymap: &Keymap) -> Option<LessonEnd> {
    match notice {
        RuntimeNotice::Signal(signal) if signal.ends_program() => Some(LessonEnd::Interrupted(*signal)),
        RuntimeNotice::Input(typed) => typed.inputs.iter().find_map(|input| {
            let Input::Key(key) = input else { return None };
            match keymap.action(KeyContext::Reading, key) {
                Some(Action::Close) => Some(LessonEnd::Closed),
                Some(Action::Interrupt) => Some(LessonEnd::Interrupted(ProcessSignal::INTERRUPT)),
                _ => None,
            }
        }),
        _ => None,
    }
}

/// A keyboard whose keys arrive one by one, until it is dropped.
struct RawKeyboard {
    /// False without a terminal.
    is_taken: bool,
}

impl RawKeyboard {
    fn take() -> io::Result<Self> {
        let is_taken = io::stdin().is_terminal() && io::stdout().is_terminal();
        if is_taken {
            crossterm::terminal::enable_raw_mode()?;
        }
        Ok(RawKeyboard { is_taken })
    }

    fn newline(&self) -> &'static str {
        if self.is_taken { "\r\n" } else { "\n" }
    }
}

impl Drop for RawKeyboard {
    fn drop(&mut self) {
        if self.is_taken {
            // A terminal that is gone need not be given back.
            let _ = crossterm::terminal::disable_raw_mode();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_signal_is_taught_within_twenty_seconds() {
        for signal in Signal::ALL {
            assert!(
                LESSONS.iter().any(|lesson| lesson.signals.iter().any(|(_, s)| *s == signal)),
                "{signal:?}"
            );
        }
        assert!(LESSONS.iter().map(|lesson| lesson.length).sum::<u64>() <= 20_000);
    }

    #[test]
    fn signals_do_not_overlap() {
        for lesson in &LESSONS {
            let (at, last) = lesson.signals.last().unwrap();
            assert!(at + last.length().get() < lesson.length, "{}", lesson.name);
        }
    }
}
