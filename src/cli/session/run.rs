//! A session from its first second to its place in the log.

use super::display::Display;
use super::page_host::PageHost;
use super::prompts;
use super::prompts::PromptOutcome;
use super::record;
use super::record::{RecordingFrontend, SessionRecorder};
use crate::audio::Player;
use crate::cli::context::{self, theme};
use crate::cli::failure::Failure;
use crate::cli::load_workout::LoadedWorkout;
use crate::clock::{self, Clock};
use crate::coach::Coach;
use crate::cues::Verbosity;
use crate::frontend::Frontend;
use crate::history::SessionStartRow;
use crate::history::unfinished::UnfinishedSession;
use crate::keep_awake::KeepAwake;
use crate::plain::Plain;
use crate::runner::profile::Units;
use crate::runtime::{RunOutcome, Runtime, RuntimeNotice, SessionStart};
use crate::settings::remembered_volume;
use crate::tui::Tui;
use crate::units::Millis;
use crate::voice::{self, VoiceThread, default_voice};
use crate::workout::sequence::Sequence;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// How long the end waits for the last signal to be heard.
const LAST_SOUND: std::time::Duration = std::time::Duration::from_secs(4);

/// Where a session begins.
pub enum StartMode {
    /// With its first step, on a clock that gains so many seconds in each real one.
    Anew(Box<LoadedWorkout>, f64),
    /// Where it was left.
    TakenUp(Box<UnfinishedSession>),
}

impl StartMode {
    /// The units of today's profile. Of a session that is taken up those of its belt: the profile may be gone.
    fn units(&self) -> Units {
        match self {
            StartMode::Anew(chosen, _) => chosen.profile.units,
            StartMode::TakenUp(unfinished) => Units::of(unfinished.settings.treadmill.belt.unit),
        }
    }
}

/// Goes through a workout's checklist. The status of the program where it is not to be run: then nothing has begun, and
/// there is nothing to log.
pub fn speaks_against(
    sequence: &Sequence,
    shown: Display,
    stage: &mut PageHost,
) -> Result<Option<ExitCode>, Failure> {
    let Some(before) = sequence.before.as_ref().filter(|b| !b.stop_if_any.is_empty()) else {
        return Ok(None);
    };
    let code = match prompts::checklist((&sequence.name, before), shown, stage)? {
        PromptOutcome::Answered(true) => return Ok(None),
        PromptOutcome::Answered(false) => ExitCode::SUCCESS,
        PromptOutcome::Signal(signal) => signal.into(),
    };
    stage.leave()?;
    Ok(Some(code))
}

/// Lives through a session, and keeps it.
pub fn live(
    start: StartMode,
    shown: Display,
    log: Option<&Path>,
    stage: &mut PageHost,
) -> Result<ExitCode, Failure> {
    let units = start.units();
    let voice = voice(stage.voice.or(context::voice()), shown);
    let (course, keeper) = course(start, log, (stage, voice));
    let mut front: Box<dyn Frontend> = match shown {
        Display::Screen => Box::new(Tui::on(io::stdout(), theme(), units).flashing(context::flashes())),
        Display::Lines => {
            Box::new(Plain::new(io::stdout(), true, io::stdout().is_terminal()).paced(units.pace))
        }
        Display::Unattended => {
            Box::new(Plain::new(io::stdout(), false, io::stdout().is_terminal()).paced(units.pace))
        }
    };
    if shown != Display::Unattended {
        stage.listen();
    }
    let sender = stage.sender();
    let player = Player::open(context::sound(), move |news| {
        // The runtime is gone at the very end only.
        let _ = sender.send(RuntimeNotice::Sound(news));
    });
    let sender = stage.sender();
    let awake = KeepAwake::open(move |news| {
        let _ = sender.send(RuntimeNotice::Awake(news));
    });
    let (mix, memory) = (
        context::sound_settings().mix(remembered_volume::remembered()),
        remembered_volume::RememberedVolume::open(),
    );
    let ending = Runtime::new(course, player, awake, front.as_mut(), stage.notices())
        .with_mix(mix, |volume| memory.keep(volume))
        .run();
    drop(front);
    stage.log = ending.log.clone();
    let RunOutcome { session, signal, failure, player, .. } = ending;
    let signal = keeper.conclude(&session, (signal, failure), RecordingFrontend { shown, stage })?;
    if signal.is_none() {
        player.drain(LAST_SOUND);
    }
    Ok(signal.map_or(ExitCode::SUCCESS, ExitCode::from))
}

/// A session about to run, and who keeps it.
fn course(
    start: StartMode,
    log: Option<&Path>,
    (stage, voice): (&PageHost, Verbosity),
) -> (SessionStart, SessionRecorder) {
    let sender = stage.sender();
    let tell = move |news| {
        // Where nobody listens any more the end says it.
        let _ = sender.send(RuntimeNotice::Log(news));
    };
    match start {
        StartMode::Anew(chosen, speed) => {
            let settings = record::settings(&chosen.profile);
            let treadmill = settings.treadmill;
            let LoadedWorkout { sequence, source, .. } = *chosen;
            let beginning = SessionStartRow {
                sequence: Arc::clone(&sequence),
                settings,
                source,
                started: clock::local_time(),
                speed,
            };
            let coach = Coach::new(Arc::clone(&sequence), treadmill, speed).speaking(voice);
            let keeper = SessionRecorder::begin(beginning, log, tell);
            let journal = keeper.journal();
            let voice = speaks(&sequence, voice, stage);
            (SessionStart { coach, clock: Clock::start(speed), last_seen: None, journal, voice }, keeper)
        }
        StartMode::TakenUp(unfinished) => {
            let speed = unfinished.speed;
            let since = unfinished.last_seen;
            let away = unfinished.away(clock::since_1970());
            let now = since + Millis::from_secs_f64(away.as_secs_f64() * speed);
            let coach =
                Coach::of(unfinished.session.clone(), unfinished.settings.treadmill, speed).speaking(voice);
            let voice = speaks(coach.session().sequence(), voice, stage);
            let keeper = SessionRecorder::take_up(*unfinished, log, tell);
            let journal = keeper.journal();
            (
                SessionStart {
                    coach,
                    clock: Clock::start_at(now, speed),
                    last_seen: Some(since),
                    journal,
                    voice,
                },
                keeper,
            )
        }
    }
}

/// Returns how much is said: what was asked for, else the default.
fn voice(asked: Option<Verbosity>, shown: Display) -> Verbosity {
    asked.unwrap_or(match shown {
        Display::Screen => default_voice::ON_SCREEN,
        Display::Lines | Display::Unattended => default_voice::AS_LINES,
    })
}

/// The voice for a workout, where one is wanted.
fn speaks(sequence: &Sequence, voice: Verbosity, stage: &PageHost) -> Option<VoiceThread> {
    let sender = stage.sender();
    (voice != Verbosity::Off).then(|| {
        VoiceThread::open(sequence, voice::installed_programs(), move |speech| {
            // The runtime is gone at the very end only.
            let _ = sender.send(RuntimeNotice::Voice(speech));
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voice_speaks_on_the_screen_and_elsewhere_where_it_is_asked_for() {
        assert_eq!(voice(None, Display::Screen), Verbosity::Brief);
        assert_eq!(voice(None, Display::Lines), Verbosity::Off);
        assert_eq!(voice(None, Display::Unattended), Verbosity::Off);
        assert_eq!(voice(Some(Verbosity::Full), Display::Unattended), Verbosity::Full);
        assert_eq!(voice(Some(Verbosity::Off), Display::Screen), Verbosity::Off);
    }
}
