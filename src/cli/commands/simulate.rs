//! `pacebell simulate`: a whole session on a clock of its own, without waiting.

use crate::audio::SoundContent;
use crate::audio::volume::VolumeMix;
use crate::audio::wav::Recording;
use crate::belt::Treadmill;
use crate::cli::args::SimulateArguments;
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::coach::{Coach, Effect};
use crate::cues::{SignalCue, Verbosity};
use crate::plain::Lines;
use crate::session::{Command, SessionPlace};
use crate::text::clean;
use crate::units::{Millis, Moment};
use crate::workout::sequence::Sequence;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

/// So long a recording goes on after the finish, for its signal to be heard.
pub const TAIL: Millis = Millis::from_secs(2);

/// Runs the command.
pub fn simulate(arguments: &SimulateArguments) -> Result<(), Failure> {
    let load_workout::LoadedWorkout { sequence, profile, .. } = load_workout::choose(&arguments.workout)?;
    let mut sounded: Vec<SignalCue> = Vec::new();
    let treadmill = profile.treadmill();
    let mut lines = Lines::on(treadmill).paced(profile.units.pace);
    let mut text = String::new();
    let end = session(&sequence, (treadmill, arguments.open, Verbosity::Off), |effect| {
        if let Effect::Sounded(cue) = &effect {
            sounded.push(cue.clone());
        }
        if !arguments.cues
            && let Some(line) = lines.line(&effect, &sequence)
        {
            text.push_str(&line);
            text.push('\n');
        }
    });
    // Before anything is printed: a reader that goes away early is no reason not to write it.
    if let Some(file) = &arguments.wav {
        let sounds = sounded.iter().map(|c| (c.at, SoundContent::Signal(c.signal)));
        let recording = Recording { sounds, length: end + TAIL, mix: VolumeMix::default() };
        recording.write(file, |_| Ok(())).map_err(|e| {
            Failure::System(format!("{} cannot be written: {e}", clean(&file.display().to_string())))
        })?;
    }
    let mut out = BufWriter::new(io::stdout().lock());
    out.write_all(text.as_bytes())?;
    if arguments.cues {
        for cue in &sounded {
            let step = sequence.index(cue.step).map_or(0, |i| i + 1);
            for onset in cue.signal.onsets() {
                writeln!(out, "{} {} {step}", (cue.at + onset).seconds(), cue.signal.word())?;
            }
        }
    }
    Ok(out.flush()?)
}

/// Lives through a session in which every step that waits for the runner is ended after `open`. Returns the
/// active time at the finish.
pub fn session(
    sequence: &Arc<Sequence>,
    (treadmill, open, voice): (Treadmill, Millis, Verbosity),
    mut effect: impl FnMut(Effect),
) -> Millis {
    let mut coach = Coach::new(Arc::clone(sequence), treadmill, 1.0).speaking(voice);
    let mut now = Moment::default();
    coach.handle(Command::Start, now).into_iter().for_each(&mut effect);
    while coach.session().position(now).place != SessionPlace::After {
        let key = waits(&coach, now).map(|began| began + open);
        let deadline = coach.next_deadline();
        match (key, deadline) {
            (Some(key), _) if deadline.is_none_or(|d| d >= key) => {
                now = key;
                coach.handle(Command::EndStep, now).into_iter().for_each(&mut effect);
            }
            (_, Some(deadline)) => {
                now = deadline;
                coach.tick(now).into_iter().for_each(&mut effect);
            }
            // Nothing is to come: there is no such place before the end.
            (_, None) => break,
        }
    }
    coach.session().position(now).elapsed
}

/// When the step began, where only the runner's key can end it.
fn waits(coach: &Coach, now: Moment) -> Option<Moment> {
    let position = coach.session().position(now);
    (position.place != SessionPlace::After && position.length.is_none()).then(|| now.before(position.into))
}
