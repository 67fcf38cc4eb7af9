//! `pacebell sounds`: teaches the signals, each named as it is heard.

use crate::audio::{self, Player, SoundCue, SoundError};
use crate::cli::context;
use crate::cli::failure::Failure;
use crate::clock::monotonic;
use crate::cues::Signal::{self, *};
use crate::keymap;
use crate::keymap::{Action, KeyContext};
use crate::runtime::{self, ProcessSignal, RuntimeNotice};
use crate::settings::remembered_volume;
use crate::text::clean;
use crossterm::event::Event as Input;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// What is taught, and the milliseconds from one to the next.
struct Lesson {
    signals: &'static [(u64, Signal)],
    lasts: u64,
    name: &'static str,
    says: &'static str,
}

const fn lesson(
    signals: &'static [(u64, Signal)],
    lasts: u64,
    name: &'static str,
    says: &'static str,
) -> Lesson {
    Lesson { signals, lasts, name, says }
}

/// Twenty seconds of them.
const LESSONS: [Lesson; 9] = [
    lesson(&[(0, Faster)], 1900, "faster", "three notes, rising: much faster from now on"),
    lesson(&[(0, SlightlyFaster)], 1900, "faster", "two notes, rising: a little faster"),
    lesson(&[(0, Easier)], 1900, "easier", "three notes, falling: much easier from now on"),
    lesson(&[(0, SlightlyEasier)], 1900, "easier", "two notes, falling: a little easier"),
    lesson(&[(0, Same)], 1900, "same", "two equal notes: a new step, as hard as the last"),
    lesson(&[(0, Tick)], 1600, "tick", "one soft note: half-way, a number to press, words to read"),
    lesson(&[(0, Count)], 1600, "count", "a pip, 3, 2 and 1 seconds before a change"),
    lesson(
        &[(0, Count), (1000, Count), (2000, Count), (3000, Faster)],
        4400,
        "count, then faster",
        "the change is where the last sound begins",
    ),
    lesson(&[(0, Finish)], 1500, "finish", "three long notes: the last step is over"),
];

/// How long the way for sound may take to open.
const OPENING: Duration = Duration::from_secs(3);
/// From its being open to the first signal.
const FIRST: Duration = Duration::from_millis(600);
/// The words of a signal stand before it is heard: so much.
const AHEAD: Duration = Duration::from_millis(150);

/// Runs the command.
pub fn sounds() -> Result<ExitCode, Failure> {
    let (sender, notices) = channel();
    runtime::listen_to_signals(sender.clone())?;
    let mix = context::sound_settings().mix(remembered_volume::remembered());
    let keyboard = Keyboard::take()?;
    if keyboard.is_taken() {
        runtime::listen_to_keys(sender.clone());
    }
    let player = Player::open(context::sound(), move |news| {
        // Nobody listens at the very end only.
        let _ = sender.send(RuntimeNotice::Sound(news));
    });
    player.set_mix(mix);
    let mut class = SoundLessons { notices, newline: keyboard.newline(), silent: None };
    let ended = class.begin(&player, &mix.volume.to_string())?;
    drop(keyboard);
    Ok(match ended {
        Some(LessonEnd::By(signal)) => signal.into(),
        Some(LessonEnd::ByKey) => ExitCode::SUCCESS,
        None => {
            player.drain(Duration::from_secs(2));
            ExitCode::SUCCESS
        }
    })
}

/// Why it is over before its end.
enum LessonEnd {
    ByKey,
    By(ProcessSignal),
}

struct SoundLessons {
    notices: Receiver<RuntimeNotice>,
    newline: &'static str,
    /// Why nothing is heard, where that is known; nothing while it is.
    silent: Option<String>,
}

impl SoundLessons {
    fn begin(&mut self, player: &Player, volume: &str) -> io::Result<Option<LessonEnd>> {
        let heard = match self.opened()? {
            Ok(server) => server,
            Err(ended) => return Ok(Some(ended)),
        };
        let Some(server) = heard else {
            let why = self.silent.take().unwrap_or_else(|| SoundError::ServerHung.to_string());
            self.print(&format!("No sound here: {}", clean(&why)))?;
            self.print("What it would be:")?;
            LESSONS.iter().try_for_each(|lesson| self.print(&line(lesson)))?;
            return Ok(None);
        };
        self.print(&format!("Through {}, {volume}. Ctrl-C ends it.", clean(&server)))?;
        let mut at = monotonic() + FIRST;
        let mut cues = Vec::new();
        let mut starts = Vec::new();
        for lesson in &LESSONS {
            starts.push((at, lesson));
            cues.extend(lesson.signals.iter().map(|(after, signal)| SoundCue {
                at: at + Duration::from_millis(*after),
                content: (*signal).into(),
            }));
            at += Duration::from_millis(lesson.lasts);
        }
        player.announce(cues);
        for (start, lesson) in starts {
            if let Some(ended) = self.wait_until(start - AHEAD) {
                return Ok(Some(ended));
            }
            if let Some(why) = self.silent.take() {
                self.print(&format!("The sound is gone: {}", clean(&why)))?;
            }
            self.print(&line(lesson))?;
        }
        Ok(self.wait_until(at))
    }

    /// Waits for word of the sound: what it goes to, or nothing where it goes nowhere.
    fn opened(&mut self) -> io::Result<Result<Option<String>, LessonEnd>> {
        let deadline = monotonic() + OPENING;
        loop {
            match self.notices.recv_timeout(deadline.saturating_duration_since(monotonic())) {
                Ok(RuntimeNotice::Sound(audio::PlayerNotice::Ready(server))) => {
                    return Ok(Ok(Some(server.to_string())));
                }
                Ok(RuntimeNotice::Sound(news)) => {
                    self.silent = why(news);
                    return Ok(Ok(None));
                }
                Ok(notice) => {
                    if let Some(ended) = ends(&notice) {
                        return Ok(Err(ended));
                    }
                }
                Err(_) => return Ok(Ok(None)),
            }
        }
    }

    /// Waits, unless it is to end before.
    fn wait_until(&mut self, instant: Instant) -> Option<LessonEnd> {
        loop {
            match self.notices.recv_timeout(instant.saturating_duration_since(monotonic())) {
                Ok(RuntimeNotice::Sound(news)) => self.silent = why(news),
                Ok(notice) => {
                    if let Some(ended) = ends(&notice) {
                        return Some(ended);
                    }
                }
                Err(RecvTimeoutError::Timeout) => return None,
                // The player and the signals hold a sender each.
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    fn print(&self, line: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        write!(out, "{line}{}", self.newline)?;
        out.flush()
    }
}

fn line(lesson: &Lesson) -> String {
    format!("  {:<20}{}", lesson.name, lesson.says)
}

/// Why nothing is heard, where nothing is.
fn why(news: audio::PlayerNotice) -> Option<String> {
    match news {
        audio::PlayerNotice::Unavailable(why) | audio::PlayerNotice::Lost(why) => Some(why.to_string()),
        audio::PlayerNotice::Ready(_) => None,
        audio::PlayerNotice::Off => Some("sound is turned off".to_string()),
    }
}

fn ends(notice: &RuntimeNotice) -> Option<LessonEnd> {
    match notice {
        RuntimeNotice::Signal(signal) if signal.ends_program() => Some(LessonEnd::By(*signal)),
        RuntimeNotice::Input(typed) => typed.inputs.iter().find_map(|input| {
            let Input::Key(key) = input else { return None };
            match keymap::action(KeyContext::Reading, key) {
                Some(Action::Close) => Some(LessonEnd::ByKey),
                Some(Action::Interrupt) => Some(LessonEnd::By(ProcessSignal::INTERRUPT)),
                _ => None,
            }
        }),
        _ => None,
    }
}

/// Single keys, where somebody has some; given back when it is dropped.
struct Keyboard(bool);

impl Keyboard {
    fn take() -> io::Result<Keyboard> {
        let there = io::stdin().is_terminal() && io::stdout().is_terminal();
        if there {
            crossterm::terminal::enable_raw_mode()?;
        }
        Ok(Keyboard(there))
    }

    fn is_taken(&self) -> bool {
        self.0
    }

    fn newline(&self) -> &'static str {
        if self.0 { "\r\n" } else { "\n" }
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        if self.0 {
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
        assert!(LESSONS.iter().map(|lesson| lesson.lasts).sum::<u64>() <= 20_000);
    }

    #[test]
    fn each_is_heard_apart_from_the_next() {
        for lesson in &LESSONS {
            let (at, last) = lesson.signals.last().unwrap();
            assert!(at + last.length().get() < lesson.lasts, "{}", lesson.name);
        }
    }
}
