//! `pacebell run`: runs a workout in real time, on the screen or as lines.

use crate::cli::args::RunArguments;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::session::display::Display;
use crate::cli::session::offer::{RunChoice, offer_before_run};
use crate::cli::session::page_host::PageHost;
use crate::cli::session::run::{StartMode, confirm_checklist, run_session};
use crate::cli::session::sensor;
use crate::library::{self, recent};
use crate::runtime::SensorRecorder;

/// Runs the command.
pub fn run(context: &Context, arguments: &RunArguments) -> Result<(), Failure> {
    let workout = load_workout::load(context, &arguments.workout)?;
    let mut host = PageHost::new(context, Display::choose(context, arguments.plain))?;
    host.sensor = sensor::read_file(arguments.sensors.sensor.clone())?;
    let recording = arguments.sensors.record_sensors.as_deref();
    host.recorder = recording.map(SensorRecorder::create).transpose()?;
    match offer_before_run(&mut host, &workout.sequence)? {
        RunChoice::Run => {}
        RunChoice::Resume(unfinished) => return run_session(&mut host, StartMode::Resumed(unfinished)),
        RunChoice::Quit => return Ok(()),
    }
    if !confirm_checklist(&mut host, &workout.sequence)? {
        return Ok(());
    }
    if let Some(name) = library::name_of(&arguments.workout.workout) {
        recent::note(&name);
    }
    run_session(&mut host, StartMode::New(Box::new(workout), arguments.speed))
}
