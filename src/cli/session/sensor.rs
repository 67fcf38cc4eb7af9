//! The sensor of a session: the chosen strap, a virtual one, or none.

use super::page_host::PageHost;
use super::sensor_choice::SensorChoice;
use crate::cli::failure::Failure;
use crate::cli::report::Report;
use crate::clock::Clock;
use crate::radio::{self, Wish};
use crate::runner::profile::Profile;
use crate::runtime::{RuntimeNotice, SensorSource};
use crate::sensors::{RecordedSensor, VirtualStrap, parse_recording};
use std::fs::File;
use std::io::Read;
use std::sync::Arc;

/// The longest recording that is read, in bytes: more than two days of a strap.
const LONGEST_RECORDING: u64 = 16 * 1024 * 1024;

/// Reads the file of a choice, if it is one.
///
/// # Errors
/// If the file cannot be read, or is no recording.
pub fn read_file(choice: SensorChoice) -> Result<SensorChoice, Failure> {
    let SensorChoice::File(path) = choice else { return Ok(choice) };
    let name = path.display();
    let refuse = |problem: String, help: &str| Failure::Input(Report::new(problem).with_help(help));
    let is_file = std::fs::metadata(&path).is_ok_and(|data| data.is_file());
    if path.exists() && !is_file {
        return Err(refuse(format!("`{name}` is not a regular file"), RECORDS));
    }
    let mut bytes = Vec::new();
    let file = File::open(&path).map_err(|e| refuse(format!("cannot read `{name}`: {e}"), RECORDS))?;
    file.take(LONGEST_RECORDING + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| refuse(format!("cannot read `{name}`: {e}"), RECORDS))?;
    if bytes.len() as u64 > LONGEST_RECORDING {
        return Err(refuse(format!("`{name}` is longer than 16 MiB"), RECORDS));
    }
    let text = String::from_utf8(bytes).map_err(|_| refuse(format!("`{name}` is not text"), RECORDS))?;
    let records = parse_recording(&text)
        .map_err(|e| refuse(format!("line {} of `{name}`: {}", e.line, e.words), RECORDS))?;
    Ok(SensorChoice::Recorded(records.into()))
}

/// The help for a file that is no recording.
const RECORDS: &str = "`pacebell run --record-sensors FILE` records a sensor";

/// Opens the sensor of a session. `None` if it has none: no strap is chosen, the session is a rehearsal faster than real
/// time, for which a real heart is too slow, or this system has no Bluetooth.
pub fn open(host: &PageHost<'_>, profile: &Profile, clock: &Clock) -> Option<SensorSource> {
    match &host.sensor {
        // A file is read before the session.
        SensorChoice::Off | SensorChoice::File(_) => None,
        SensorChoice::Recorded(records) => {
            Some(SensorSource::Recorded(RecordedSensor::new(Arc::clone(records))))
        }
        SensorChoice::Virtual(quirks) => {
            Some(SensorSource::Virtual(VirtualStrap::new(quirks.clone(), clock.now())))
        }
        SensorChoice::Chosen => {
            let strap = profile.heart_sensor.as_ref().filter(|_| clock.rehearsal().is_real_time())?;
            let sender = host.sender();
            // A receiver that is gone means that the program is about to end.
            let radio = radio::open(move |news| drop(sender.send(RuntimeNotice::Sensor(news)))).ok()?;
            radio.ask(Wish::Take(strap.address));
            Some(SensorSource::Radio(radio))
        }
    }
}
