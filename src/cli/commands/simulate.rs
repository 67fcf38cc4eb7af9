//! `pacebell simulate`: goes through a whole session on a clock of its own, without waiting.

use crate::audio::SoundContent;
use crate::audio::recording::{Recording, RecordingFormat};
use crate::audio::volume::VolumeMix;
use crate::belt::Treadmill;
use crate::cli::args::SimulateArguments;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::load_workout::{self, LoadedWorkout};
use crate::cli::report::Report;
use crate::cli::shell_word::shell_word;
use crate::cli::spelled_output::SpelledOutput;
use crate::coach::{Coach, Effect};
use crate::cues::{SignalCue, Verbosity};
use crate::plain::Lines;
use crate::session::{Command, SessionPlace};
use crate::text::clean;
use crate::units::{Millis, Moment, Rehearsal};
use crate::workout::sequence::{PlannedStep, Sequence};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

/// How long a recording continues after the finish, so that its signal is heard.
pub const TAIL: Millis = Millis::from_secs(2);

/// Runs the command.
pub fn simulate(context: &Context, arguments: &SimulateArguments) -> Result<(), Failure> {
    let LoadedWorkout { sequence, profile, .. } = load_workout::load(context, &arguments.workout)?;
    if let Some(file) = &arguments.wav {
        check_ending(file, &arguments.workout.workout)?;
    }
    let mut signals: Vec<SignalCue> = Vec::new();
    let treadmill = profile.treadmill();
    let mut lines = Lines::on(treadmill).paced(profile.units.pace);
    let mut text = String::new();
    let settings = SimulationSettings { treadmill, open: arguments.open, voice: Verbosity::Off };
    let end = simulate_session(&sequence, &settings, |effect| {
        if let Effect::Sounded(cue) = &effect {
            signals.push(cue.clone());
        }
        if !arguments.cues
            && let Some(line) = lines.line(&effect, &sequence)
        {
            text.push_str(&line);
            text.push('\n');
        }
    });
    // Written before anything is printed, because a reader of standard output may go away early.
    if let Some(file) = &arguments.wav {
        write_wav(file, &sequence.name, &signals, end)?;
    }
    let mut out = BufWriter::new(SpelledOutput::stdout());
    out.write_all(text.as_bytes())?;
    if arguments.cues {
        for cue in &signals {
            let step = sequence.index(cue.step).map_or(0, |i| i + 1);
            for onset in cue.signal.onsets() {
                writeln!(out, "{} {} {step}", (cue.at + onset).seconds(), cue.signal.word())?;
            }
        }
    }
    Ok(out.flush()?)
}

/// Refuses a file whose ending names another format than WAV.
fn check_ending(file: &Path, workout: &str) -> Result<(), Failure> {
    if file.extension().is_none() || RecordingFormat::of_file(file) == Some(RecordingFormat::Wav) {
        return Ok(());
    }
    let name = clean(&file.display().to_string());
    let wav = clean(&file.with_extension("wav").display().to_string());
    let other = match RecordingFormat::of_file(file) {
        Some(_) => {
            format!(", or `pacebell export {} -o {}` for this format", shell_word(workout), shell_word(&name))
        }
        None => String::new(),
    };
    let report = Report::new(format!("`--wav` writes WAV, and {name} does not end in .wav"));
    Err(Failure::Input(report.with_help(format!("write `--wav {}`{other}", shell_word(&wav)))))
}

fn write_wav(file: &Path, title: &str, signals: &[SignalCue], end: Millis) -> Result<(), Failure> {
    let sounds = signals.iter().map(|cue| (cue.at, SoundContent::Signal(cue.signal)));
    let mix = VolumeMix::default();
    let recording = Recording { title: title.to_string(), sounds, length: end + TAIL, mix };
    recording.write(file, RecordingFormat::Wav, |_| Ok(())).map_err(|error| {
        let problem = format!("{} cannot be written: {error}", clean(&file.display().to_string()));
        Failure::System(Report::new(problem).with_help("choose a file in a folder that you may write to"))
    })
}

/// What a simulated session depends on besides its steps.
#[derive(Clone, Copy, Debug)]
pub struct SimulationSettings {
    /// The treadmill it is run on.
    pub treadmill: Treadmill,
    /// How long each step lasts that waits for the runner.
    pub open: Millis,
    /// How much the voice says.
    pub voice: Verbosity,
}

/// Goes through a session and passes on its effects. Returns the active time at the finish.
pub fn simulate_session(
    sequence: &Arc<Sequence>,
    settings: &SimulationSettings,
    mut effect: impl FnMut(Effect),
) -> Millis {
    let coach = Coach::new(Arc::clone(sequence), settings.treadmill, Rehearsal::REAL_TIME);
    let mut coach = coach.speaking(settings.voice);
    let mut now = Moment::default();
    coach.handle(Command::Start, now).into_iter().for_each(&mut effect);
    let mut endless_since = None;
    while coach.session().position(now).place != SessionPlace::After {
        let step = coach.session().current();
        endless_since = endless_since.or(Some(now)).filter(|_| step.is_some_and(PlannedStep::is_endless));
        let key = open_step_start(&coach, now).map(|start| start + settings.open);
        // An endless repeat lasts as long as an open step, and at least one round.
        let leave = endless_since
            .filter(|_| step.is_some_and(PlannedStep::is_later_round))
            .map(|since: Moment| (since + settings.open).max(now));
        let deadline = coach.next_deadline();
        match (key, deadline) {
            _ if leave.is_some_and(|leave| key.or(deadline).is_none_or(|next| next >= leave)) => {
                now = leave.unwrap_or(now);
                coach.handle(Command::EndRepeat, now).into_iter().for_each(&mut effect);
            }
            (Some(key), _) if deadline.is_none_or(|deadline| deadline >= key) => {
                now = key;
                coach.handle(Command::EndStep, now).into_iter().for_each(&mut effect);
            }
            (_, Some(deadline)) => {
                now = deadline;
                coach.tick(now).into_iter().for_each(&mut effect);
            }
            // A session that is not over always has a deadline or an open step.
            (_, None) => break,
        }
    }
    coach.session().position(now).elapsed
}

/// Returns when the current step began, if only the runner's key can end it.
fn open_step_start(coach: &Coach, now: Moment) -> Option<Moment> {
    let position = coach.session().position(now);
    (position.place != SessionPlace::After && position.length.is_none()).then(|| now.before(position.into))
}
