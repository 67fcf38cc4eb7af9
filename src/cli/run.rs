//! `pacebell run`: a session in real time, on the screen or as lines.

use super::{Failure, RunArguments, what};
use crate::audio::Player;
use crate::belt::Belt;
use crate::clock::Clock;
use crate::coach::Coach;
use crate::front::Front;
use crate::library::{self, recent};
use crate::plain::Plain;
use crate::runtime::{self, Ending, Notice, Runtime};
use crate::session::{Lap, Session};
use crate::tui::{Theme, Tui, Units};
use crate::units::Millis;
use crate::workout::sequence::Sequence;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

/// Runs the command.
pub fn run(arguments: &RunArguments) -> Result<ExitCode, Failure> {
    let sequence = what::compile(&arguments.workout)?;
    if let Some(name) = library::name_of(&arguments.workout.what) {
        recent::note(&name);
    }
    let (sender, notices) = listen()?;
    if arguments.plain || !io::stdout().is_terminal() {
        let keys = io::stdin().is_terminal();
        if keys {
            runtime::listen_to_keys(sender.clone());
        }
        let mut front = Plain::new(io::stdout(), keys, io::stdout().is_terminal());
        let ending = session(&sequence, arguments.speed, &mut front, (sender, notices))?;
        return Ok(status(&ending));
    }
    runtime::listen_to_keys(sender.clone());
    let mut front = Tui::on(io::stdout(), theme(), Units::default());
    let ending = session(&sequence, arguments.speed, &mut front, (sender, notices))?;
    farewell(&sequence, &ending.session)?;
    Ok(status(&ending))
}

/// Where everything that can wake a session arrives. Signals are caught from here on.
pub fn listen() -> Result<(Sender<Notice>, Receiver<Notice>), Failure> {
    let (sender, notices) = mpsc::channel();
    runtime::listen_to_signals(sender.clone())?;
    Ok((sender, notices))
}

/// Lives through a session of `sequence` in real time.
pub fn session(
    sequence: &Arc<Sequence>,
    speed: f64,
    front: &mut dyn Front,
    (sender, notices): (Sender<Notice>, Receiver<Notice>),
) -> Result<Ending, Failure> {
    let player = Player::open(move |news| {
        // The runtime is gone at the very end only.
        let _ = sender.send(Notice::Sound(news));
    });
    let clock = Clock::start(speed);
    let coach = Coach::new(Arc::clone(sequence), Belt::default(), speed);
    Ok(Runtime::new(coach, clock, front, player, notices).run()?)
}

/// In colour, unless `NO_COLOR` asks for none (no-color.org: set and not empty).
pub fn theme() -> Theme {
    Theme::new(std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()))
}

/// One line that stays in the terminal after the screen is gone.
pub fn farewell(sequence: &Sequence, session: &Session) -> Result<(), Failure> {
    let laps: &[Lap] = session.laps();
    let done = laps.iter().filter(|l| l.complete && l.step.is_some()).count();
    let run: Millis = laps.iter().map(|l| l.to.saturating_sub(l.from)).sum();
    let run = Millis::from_secs(run.whole_secs());
    Ok(writeln!(io::stdout(), "{}: {run} run, {done} of {} steps done", sequence.name, sequence.steps.len())?)
}

/// Success, unless a signal ended it.
pub fn status(ending: &Ending) -> ExitCode {
    ending.signal.map_or(ExitCode::SUCCESS, runtime::exit_code)
}
