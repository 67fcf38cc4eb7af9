//! Runs a session, from its first second to its place in the log.

use super::display::Display;
use super::page_host::PageHost;
use super::prompts;
use super::record::{self, SessionRecorder};
use super::sensor;
use crate::agenda::CheckinChoice;
use crate::audio::Player;
use crate::cli::checkin_words;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::load_workout::LoadedWorkout;
use crate::clock::{self, Clock};
use crate::coach::Coach;
use crate::cues::Verbosity;
use crate::frontend::Frontend;
use crate::history::{JournalNotice, SessionStartRow, unfinished::UnfinishedSession};
use crate::keep_awake::KeepAwake;
use crate::plain::{LineOutput, Plain};
use crate::runner::profile::{Profile, Units};
use crate::runtime::{RunOutcome, Runtime, RuntimeNotice, SessionStart};
use crate::settings::remembered_volume::{self, RememberedVolume};
use crate::settings::{self, ProfileFile};
use crate::tui::Tui;
use crate::units::Rehearsal;
use crate::voice::{self, VoiceThread, default_voice};
use crate::workout::sequence::Sequence;
use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

/// The longest wait at the end for the last signal to be heard.
const LAST_SOUND: Duration = Duration::from_secs(4);

/// The start of a session.
pub enum StartMode {
    /// At the first step, on a clock of this rate.
    New(Box<LoadedWorkout>, Rehearsal),
    /// At the place where it was left.
    Resumed(Box<UnfinishedSession>),
}

impl StartMode {
    /// The units of today's profile. A resumed session has those of its belt, because the profile may be gone.
    fn units(&self) -> Units {
        match self {
            StartMode::New(workout, _) => workout.profile.units,
            StartMode::Resumed(unfinished) => Units::of(unfinished.settings.treadmill.belt.unit),
        }
    }

    /// Today's profile, for the sensor and its zones. A resumed session runs without a profile that cannot be used.
    fn profile(&self) -> Profile {
        match self {
            StartMode::New(workout, _) => workout.profile.clone(),
            StartMode::Resumed(_) => match settings::profile(None) {
                ProfileFile::Read(_, parsed) => parsed.profile,
                _ => Profile::default(),
            },
        }
    }
}

/// Goes through the workout's checklist. Returns true to run; otherwise nothing has begun and nothing is logged.
///
/// # Errors
/// If a signal ends the program or the terminal is gone.
pub fn confirm_checklist(host: &mut PageHost<'_>, sequence: &Sequence) -> Result<bool, Failure> {
    let Some(checklist) = sequence.before.as_ref().filter(|b| !b.stop_if_any.is_empty()) else {
        return Ok(true);
    };
    let confirmed = prompts::checklist(host, &sequence.name, checklist)?;
    if !confirmed {
        host.leave()?;
    }
    Ok(confirmed)
}

/// Runs a session to its end and records it.
///
/// # Errors
/// If a signal ends the program, the terminal is gone, or the log cannot be written.
pub fn run_session(host: &mut PageHost<'_>, start: StartMode) -> Result<(), Failure> {
    let (context, display) = (host.context, host.display);
    let units = start.units();
    let start = lightened(context, start);
    let voice = verbosity(context.voice, display);
    let profile = start.profile();
    let (mut start, recorder) = prepare(host, start, voice);
    if let Some(source) = sensor::open(host, &profile, &start.clock) {
        start.coach = start.coach.with_heart_sensor(profile.athlete.heart);
        start.sensor = Some(source);
    }
    start.recorder = host.recorder.take();
    let mut frontend = frontend(context, display, units);
    if display != Display::Unattended {
        host.listen()?;
    }
    // A receiver that is gone means that the program is about to end.
    let sender = host.sender();
    let player = Player::open(context.player_settings(), move |notice| {
        let _ = sender.send(RuntimeNotice::Sound(notice));
    });
    let sender = host.sender();
    let awake = KeepAwake::open(move |notice| {
        let _ = sender.send(RuntimeNotice::Awake(notice));
    });
    let mix = context.settings.sound.mix(remembered_volume::remembered());
    let memory = RememberedVolume::open();
    let outcome = Runtime::new(start, player, awake, frontend.as_mut(), host.notices())
        .with_mix(mix, |volume| memory.save(volume))
        .run();
    drop(frontend);
    let RunOutcome { session, signal, failure, log, player } = outcome;
    host.log = log;
    let failure = signal.map(Failure::Interrupted).or(failure.map(Failure::from));
    recorder.conclude(host, &session, units, failure)?;
    player.drain(LAST_SOUND);
    Ok(())
}

/// Marks a session that begins on a day whose check-in says to take it easier, so that no rep can be added to it.
fn lightened(context: &Context, mut start: StartMode) -> StartMode {
    if let StartMode::New(workout, _) = &mut start {
        let today = clock::local_time().date_naive();
        // A log that cannot be read keeps nobody from running.
        let found = checkin_words::of_today(context, today).ok().flatten();
        if found.is_some_and(|(_, verdict)| verdict.choice != CheckinChoice::AsPlanned) {
            Arc::make_mut(&mut workout.sequence).is_lighter = true;
        }
    }
    start
}

fn frontend(context: &Context, display: Display, units: Units) -> Box<dyn Frontend> {
    let plain = |reads_keys| {
        Plain::new(LineOutput::stdout(), reads_keys, io::stdout().is_terminal())
            .paced(units.pace)
            .with_keymap(context.keymap)
    };
    match display {
        Display::Screen => Box::new(Tui::on_stdout(context.theme, units).flashing(context.flash)),
        Display::Lines => Box::new(plain(true)),
        Display::Unattended => Box::new(plain(false)),
    }
}

/// Returns a session that is ready to run, and its recorder.
fn prepare(host: &PageHost<'_>, start: StartMode, voice: Verbosity) -> (SessionStart, SessionRecorder) {
    let sender = host.sender();
    // A receiver that is gone means that the program is about to end, and the end reports the log again.
    let notify = move |notice: JournalNotice| {
        let _ = sender.send(RuntimeNotice::Log(notice));
    };
    match start {
        StartMode::New(workout, rehearsal) => {
            let settings = record::settings(&workout.profile);
            let coach =
                Coach::new(Arc::clone(&workout.sequence), settings.treadmill, rehearsal).speaking(voice);
            let voice = open_voice(&workout.sequence, voice, host.sender());
            let row = SessionStartRow {
                sequence: workout.sequence,
                settings,
                source: workout.source,
                started: clock::local_time(),
                rehearsal,
                item: workout.item,
            };
            let recorder = SessionRecorder::begin(host.context, row, notify);
            let journal = recorder.journal();
            (
                SessionStart {
                    coach,
                    clock: Clock::start(rehearsal),
                    last_seen: None,
                    journal,
                    voice,
                    sensor: None,
                    recorder: None,
                },
                recorder,
            )
        }
        StartMode::Resumed(unfinished) => {
            let rehearsal = unfinished.rehearsal;
            let last_seen = unfinished.last_seen;
            let away = unfinished.away(clock::since_1970());
            let now = last_seen + rehearsal.session_time(away);
            let treadmill = unfinished.settings.treadmill;
            let coach = Coach::of(unfinished.session.clone(), treadmill, rehearsal).speaking(voice);
            let voice = open_voice(coach.session().sequence(), voice, host.sender());
            let recorder = SessionRecorder::resume(host.context, *unfinished, notify);
            let journal = recorder.journal();
            let clock = Clock::start_at(now, rehearsal);
            let last_seen = Some(last_seen);
            let start =
                SessionStart { coach, clock, last_seen, journal, voice, sensor: None, recorder: None };
            (start, recorder)
        }
    }
}

/// Returns how much the voice says.
fn verbosity(chosen: Option<Verbosity>, display: Display) -> Verbosity {
    chosen.unwrap_or(match display {
        Display::Screen => default_voice::ON_SCREEN,
        Display::Lines | Display::Unattended => default_voice::AS_LINES,
    })
}

fn open_voice(sequence: &Sequence, voice: Verbosity, sender: Sender<RuntimeNotice>) -> Option<VoiceThread> {
    (voice != Verbosity::Off).then(|| {
        VoiceThread::open(sequence, voice::installed_programs(), move |speech| {
            let _ = sender.send(RuntimeNotice::Voice(speech));
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_voice_is_off_without_a_screen_unless_chosen() {
        assert_eq!(verbosity(None, Display::Screen), Verbosity::Brief);
        assert_eq!(verbosity(None, Display::Lines), Verbosity::Off);
        assert_eq!(verbosity(None, Display::Unattended), Verbosity::Off);
        assert_eq!(verbosity(Some(Verbosity::Full), Display::Unattended), Verbosity::Full);
        assert_eq!(verbosity(Some(Verbosity::Off), Display::Screen), Verbosity::Off);
    }
}
