//! A session from its first second to its place in the log.

use super::Failure;
use super::keep::{self, Keeper, Witness};
use super::stage::Stage;
use super::what::Chosen;
use crate::audio::{Player, Settings};
use crate::clock::{self, Clock};
use crate::coach::Coach;
use crate::front::Front;
use crate::history::Beginning;
use crate::history::unfinished::Unfinished;
use crate::plain::Plain;
use crate::runtime::{self, Course, Ending, Notice, Runtime};
use crate::tui::{Theme, Tui, Units};
use crate::units::Millis;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// How long the end waits for the last signal to be heard.
const LAST_SOUND: std::time::Duration = std::time::Duration::from_secs(4);

/// Where a session begins.
pub enum Start {
    /// With its first step, on a clock that gains so many seconds in each real one.
    Anew(Box<Chosen>, f64),
    /// Where it was left.
    TakenUp(Box<Unfinished>),
}

impl Start {
    /// The units of today's profile. Of a session that is taken up those of its belt: the profile may be gone.
    fn units(&self) -> Units {
        match self {
            Start::Anew(chosen, _) => chosen.profile.units,
            Start::TakenUp(unfinished) => Units::of(unfinished.settings.treadmill.belt.unit),
        }
    }
}

/// How it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// On the whole screen.
    Screen,
    /// As lines; keys are read.
    Lines,
    /// As lines, for nobody who could press a key.
    Unattended,
}

impl Shown {
    /// Lines where they are asked for, and wherever the output is no terminal.
    pub fn with(plain: bool) -> Self {
        match (plain || !io::stdout().is_terminal(), io::stdin().is_terminal()) {
            (false, _) => Shown::Screen,
            (true, true) => Shown::Lines,
            (true, false) => Shown::Unattended,
        }
    }
}

/// Lives through a session, and keeps it.
pub fn live(start: Start, shown: Shown, log: Option<&Path>, stage: &mut Stage) -> Result<ExitCode, Failure> {
    let units = start.units();
    let (course, keeper) = course(start, log, stage);
    let mut front: Box<dyn Front> = match shown {
        Shown::Screen => Box::new(Tui::on(io::stdout(), theme(), units)),
        Shown::Lines => {
            Box::new(Plain::new(io::stdout(), true, io::stdout().is_terminal()).paced(units.pace))
        }
        Shown::Unattended => {
            Box::new(Plain::new(io::stdout(), false, io::stdout().is_terminal()).paced(units.pace))
        }
    };
    if shown != Shown::Unattended {
        stage.listen();
    }
    let sender = stage.sender();
    let player = Player::open(Settings::default(), move |news| {
        // The runtime is gone at the very end only.
        let _ = sender.send(Notice::Sound(news));
    });
    let ending = Runtime::new(course, front.as_mut(), player, stage.notices()).run();
    drop(front);
    stage.log = ending.log.clone();
    let Ending { session, signal, failure, player, .. } = ending;
    let signal = keeper.conclude(&session, (signal, failure), Witness { shown, stage })?;
    if signal.is_none() {
        player.drain(LAST_SOUND);
    }
    Ok(signal.map_or(ExitCode::SUCCESS, runtime::exit_code))
}

/// A session about to run, and who keeps it.
fn course(start: Start, log: Option<&Path>, stage: &Stage) -> (Course, Keeper) {
    let sender = stage.sender();
    let tell = move |news| {
        // Where nobody listens any more the end says it.
        let _ = sender.send(Notice::Log(news));
    };
    match start {
        Start::Anew(chosen, speed) => {
            let settings = keep::settings(&chosen.profile);
            let treadmill = settings.treadmill;
            let Chosen { sequence, source, .. } = *chosen;
            let beginning = Beginning {
                sequence: Arc::clone(&sequence),
                settings,
                source: (source.name, source.text),
                started: clock::local_time(),
                speed,
            };
            let coach = Coach::new(Arc::clone(&sequence), treadmill, speed);
            let keeper = Keeper::begin(beginning, log, tell);
            let journal = keeper.journal();
            (Course { coach, clock: Clock::start(speed), taken_up: None, journal }, keeper)
        }
        Start::TakenUp(unfinished) => {
            let speed = unfinished.speed;
            let since = unfinished.last;
            let away = unfinished.away(clock::since_1970());
            let now = since + Millis::from_secs_f64(away.as_secs_f64() * speed);
            let coach = Coach::of(unfinished.session.clone(), unfinished.settings.treadmill, speed);
            let keeper = Keeper::take_up(*unfinished, log, tell);
            let journal = keeper.journal();
            (Course { coach, clock: Clock::start_at(now, speed), taken_up: Some(since), journal }, keeper)
        }
    }
}

/// In colour, unless `NO_COLOR` asks for none (no-color.org: set and not empty).
pub fn theme() -> Theme {
    Theme::new(std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()))
}
