//! `pacebell sensors`: finds heart rate straps, chooses one, and shows what it sends.

use crate::athlete::HeartRates;
use crate::cli::args::sensors::{SensorsArguments, SensorsCommand};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::load_workout;
use crate::cli::profile_file::{self, edit};
use crate::cli::report::Report;
use crate::cli::spelled_output::SpelledOutput;
use crate::clock::monotonic;
use crate::radio::{self, FoundSensor, News, Radio, RadioAbsence, Wish};
use crate::runtime::{self, RuntimeNotice};
use crate::sensors::{
    BeltRecords, Characteristic, HeartBeat, SensorDevice, SensorService, SkinContact, credible,
};
use crate::text::quoted;
use crate::units::Millis;
use std::io::Write;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// The table and the key of the strap in the profile.
const KEY: [&str; 2] = ["sensors", "heart"];
/// The longest wait if there is no end.
const ENDLESS: Duration = Duration::from_secs(365 * 86_400);
/// The time in which other straps with the same beginning of a name may show.
const OTHERS: Duration = Duration::from_secs(4);
/// What to do if a strap is not found.
const NOT_FOUND: &str =
    "wear the strap and moisten it; one that is linked to a watch or a phone may not show";

/// Runs the command.
pub fn sensors(context: &Context, arguments: &SensorsArguments) -> Result<(), Failure> {
    match &arguments.command {
        None => list(context, arguments.within),
        Some(SensorsCommand::Choose { name, within }) => choose(name, *within),
        Some(SensorsCommand::Forget) => forget(context),
        Some(SensorsCommand::Watch { length }) => watch(context, *length),
    }
}

/// A radio, with its news and the signals of the system.
struct Listener {
    notices: Receiver<RuntimeNotice>,
    deadline: Instant,
    /// Dropping it gives the device back.
    _radio: Box<dyn Radio>,
}

impl Listener {
    fn open(wish: Wish, length: Option<Millis>) -> Result<Listener, Failure> {
        let (sender, notices): (Sender<RuntimeNotice>, _) = channel();
        runtime::listen_to_signals(sender.clone())?;
        let opened = radio::open(move |news| drop(sender.send(RuntimeNotice::Sensor(news))));
        let radio = opened.map_err(absent)?;
        radio.ask(wish);
        let length = length.map_or(ENDLESS, Millis::to_duration).min(ENDLESS);
        Ok(Listener { notices, deadline: monotonic() + length, _radio: radio })
    }

    /// Ends at the latest this long from now.
    fn end_within(&mut self, length: Duration) {
        self.deadline = self.deadline.min(monotonic() + length);
    }

    /// Returns the next news. `None` once the time is over.
    fn next(&self) -> Result<Option<News>, Failure> {
        loop {
            let left = self.deadline.saturating_duration_since(monotonic());
            match self.notices.recv_timeout(left) {
                Ok(RuntimeNotice::Sensor(news)) => return Ok(Some(news)),
                Ok(RuntimeNotice::Signal(signal)) if signal.ends_program() => {
                    return Err(Failure::Interrupted(signal));
                }
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Ok(None),
            }
        }
    }
}

fn absent(absence: RadioAbsence) -> Failure {
    let report = Report::new(absence.to_string());
    Failure::System(match absence.help() {
        Some(help) => report.with_help(help),
        None => report,
    })
}

/// Prints each sensor as it is found.
fn list(context: &Context, within: Millis) -> Result<(), Failure> {
    let chosen = load_workout::profile(context)?.heart_sensor;
    let listener = Listener::open(Wish::Look, Some(within))?;
    let mut has_found = false;
    while let Some(news) = listener.next()? {
        match news {
            News::Found(found) => {
                has_found = true;
                let is_chosen = chosen.as_ref().is_some_and(|chosen| chosen.address == found.device.address);
                print(&found_line(&found, is_chosen))?;
            }
            News::Absent(absence) => return Err(absent(absence)),
            News::Linked | News::Bytes { .. } | News::Lost(_) => {}
        }
    }
    match has_found {
        true => Ok(()),
        false => Err(Failure::System(
            Report::new(format!("no sensor was found in {} s", within.whole_secs())).with_help(NOT_FOUND),
        )),
    }
}

/// A sensor in a line: `HRM-Dual:123  F0:F1:F2:F3:F4:F5  heart rate  -50 dBm`.
fn found_line(found: &FoundSensor, is_chosen: bool) -> String {
    let services: Vec<&str> = found.services.iter().map(|service| service.words()).collect();
    let signal = found.signal.map(|signal| format!("{signal} dBm"));
    let connected = found.is_connected.then(|| "connected".to_string());
    let chosen = is_chosen.then(|| "chosen".to_string());
    let notes: Vec<String> = [signal, connected, chosen].into_iter().flatten().collect();
    let name = format!("{:<24}  {}", found.device.name, found.device.address);
    format!("{name}  {:<10}  {}", services.join(", "), notes.join(", ")).trim_end().to_string()
}

fn print(line: &str) -> Result<(), Failure> {
    let mut out = SpelledOutput::stdout();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

/// Writes the strap to the profile. A whole name or address is taken at once. The beginning of one is taken if no other strap
/// nearby has it.
fn choose(name: &str, within: Millis) -> Result<(), Failure> {
    if name.trim().is_empty() {
        let report = Report::new("the name is empty").with_help("`pacebell sensors` lists straps");
        return Err(Failure::Input(report));
    }
    let mut listener = Listener::open(Wish::Look, Some(within))?;
    let mut all: Vec<FoundSensor> = Vec::new();
    while let Some(news) = listener.next()? {
        match news {
            News::Found(found) => {
                let is_match = has_heart_rate(&found) && is_named(&found.device, name);
                if is_match && is_whole_name(&found.device, name) {
                    drop(listener);
                    return write(&found.device);
                }
                if is_match {
                    listener.end_within(OTHERS);
                }
                all.push(found);
            }
            News::Absent(absence) => return Err(absent(absence)),
            _ => {}
        }
    }
    drop(listener);
    let device = chosen_of(&all, name, within)?;
    write(device)
}

/// Returns the only strap that a name stands for.
fn chosen_of<'a>(all: &'a [FoundSensor], name: &str, within: Millis) -> Result<&'a SensorDevice, Failure> {
    let named: Vec<&FoundSensor> = all.iter().filter(|found| is_named(&found.device, name)).collect();
    let straps: Vec<&FoundSensor> = named.iter().copied().filter(|found| has_heart_rate(found)).collect();
    let list = |sensors: &[&FoundSensor]| -> String {
        let line =
            |found: &&FoundSensor| format!("{} ({})", quoted(&found.device.name), found.device.address);
        sensors.iter().map(line).collect::<Vec<_>>().join(", ")
    };
    match (straps.as_slice(), named.as_slice()) {
        ([only], _) => Ok(&only.device),
        ([first, ..], _) => {
            let problem = format!("{} straps are called {}: {}", straps.len(), quoted(name), list(&straps));
            let help = format!("write the whole address: `pacebell sensors choose {}`", first.device.address);
            Err(Failure::Input(Report::new(problem).with_help(help)))
        }
        ([], [other, ..]) => {
            let problem = format!("{} sends no heart rate", quoted(&other.device.name));
            Err(Failure::Input(Report::new(problem).with_help("`pacebell sensors` lists straps")))
        }
        ([], []) => {
            let problem = format!("no sensor called {} was found in {} s", quoted(name), within.whole_secs());
            let others: Vec<&FoundSensor> = all.iter().filter(|found| has_heart_rate(found)).collect();
            let help = match others.as_slice() {
                [] => NOT_FOUND.to_string(),
                others => format!("these were found: {}", list(others)),
            };
            Err(Failure::System(Report::new(problem).with_help(help)))
        }
    }
}

fn has_heart_rate(found: &FoundSensor) -> bool {
    let has = |service| found.services.contains(&service);
    has(SensorService::HeartRate) || has(SensorService::FitnessMachine)
}

/// True if the name or the address of a device begins with `name`.
fn is_named(device: &SensorDevice, name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let begins = |text: String| text.to_lowercase().starts_with(&name);
    begins(device.name.clone()) || begins(device.address.to_string())
}

/// True if `name` is the whole name or address of a device.
fn is_whole_name(device: &SensorDevice, name: &str) -> bool {
    let name = name.trim();
    device.name.eq_ignore_ascii_case(name) || device.address.to_string().eq_ignore_ascii_case(name)
}

fn write(device: &SensorDevice) -> Result<(), Failure> {
    let (address, name) = (edit::text(&device.address.to_string()), edit::text(&device.name));
    let value = format!("{{ address = {address}, name = {name} }}");
    let path = KEY.map(str::to_string);
    let change = profile_file::change(|text| edit::set(text, &path, &value))?;
    let file = profile_file::display_path(&change.path);
    print(&format!("your heart rate comes from {} from now on; saved in {file}", device.name))
}

fn forget(context: &Context) -> Result<(), Failure> {
    let Some(strap) = load_workout::profile(context)?.heart_sensor else {
        return print("no strap is chosen");
    };
    let path = KEY.map(str::to_string);
    profile_file::change(|text| edit::unset(text, &path))?;
    print(&format!("forgot {}", strap.name))
}

/// Prints what the chosen strap sends.
fn watch(context: &Context, length: Option<Millis>) -> Result<(), Failure> {
    let profile = load_workout::profile(context)?;
    let Some(strap) = profile.heart_sensor else {
        let report = Report::new("no strap is chosen");
        return Err(Failure::Input(
            report
                .with_help("`pacebell sensors` lists straps, and `pacebell sensors choose NAME` chooses one"),
        ));
    };
    print(&format!("looking for {}; press Ctrl-C to stop", strap.name))?;
    let listener = Listener::open(Wish::Take(strap.address), length)?;
    let mut values = WatchedValues { rates: profile.athlete.heart, records: BeltRecords::default() };
    let mut was_linked = false;
    while let Some(news) = listener.next()? {
        match news {
            News::Linked => {
                was_linked = true;
                print(&format!("linked to {}", strap.name))?;
            }
            News::Lost(loss) => print(&format!("{}: {loss}; trying again", strap.name))?,
            News::Absent(absence) if was_linked => print(&format!("{absence}; trying again"))?,
            News::Absent(absence) => return Err(absent(absence)),
            News::Bytes { characteristic, bytes, .. } => {
                if let Some(line) = values.line(characteristic, &bytes) {
                    print(&line)?;
                }
            }
            News::Found(_) => {}
        }
    }
    Ok(())
}

/// Reads values for the eye.
struct WatchedValues {
    rates: HeartRates,
    records: BeltRecords,
}

impl WatchedValues {
    fn line(&mut self, characteristic: Characteristic, bytes: &[u8]) -> Option<String> {
        let (bpm, contact) = match characteristic {
            Characteristic::HeartRate => {
                let beat = HeartBeat::parse(bytes)?;
                (beat.bpm, beat.contact)
            }
            Characteristic::Treadmill => {
                (u16::from(self.records.take(bytes)?.heart_rate?), SkinContact::Unknown)
            }
        };
        if contact == SkinContact::Missing {
            return Some("no contact with the skin".to_string());
        }
        let Some(rate) = credible(u32::from(bpm)) else { return Some("no heart rate".to_string()) };
        Some(match self.rates.zone_of(rate) {
            Some(zone) => format!("{bpm} bpm  {zone}"),
            None => format!("{bpm} bpm"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sensors::DeviceAddress;
    use crate::units::HeartRate;

    fn found(name: &str, services: Vec<SensorService>) -> FoundSensor {
        let device = SensorDevice::new(DeviceAddress::new([0xF0, 0xF1, 0xF2, 0xF3, 0xF4, 0xF5]), name);
        FoundSensor { device, services, signal: Some(-50), is_connected: false }
    }

    #[test]
    fn a_line_names_the_sensor_and_what_it_sends() {
        let strap = found("HRM-Dual:123", vec![SensorService::HeartRate]);
        assert_eq!(
            found_line(&strap, true),
            "HRM-Dual:123              F0:F1:F2:F3:F4:F5  heart rate  -50 dBm, chosen"
        );
    }

    #[test]
    fn a_strap_is_named_by_the_beginning_of_its_name_or_address() {
        let device = found("HRM-Dual:123", Vec::new()).device;
        for name in ["HRM-Dual:123", "hrm", "f0:f1", "F0:F1:F2:F3:F4:F5"] {
            assert!(is_named(&device, name), "{name}");
        }
        assert!(!is_named(&device, "Polar"));
    }

    #[test]
    fn the_beginning_of_a_name_stands_for_one_strap() {
        let strap = |name: &str, last: u8, services| {
            let device = SensorDevice::new(DeviceAddress::new([0xF0, 0xF1, 0xF2, 0xF3, 0xF4, last]), name);
            FoundSensor { device, services, signal: None, is_connected: false }
        };
        let heart = || vec![SensorService::HeartRate];
        let all = [
            strap("Polar Pod", 1, vec![SensorService::RunningSpeed]),
            strap("Polar H10 A", 2, heart()),
            strap("Polar H9", 3, heart()),
        ];
        let chosen =
            |name: &str| chosen_of(&all, name, Millis::from_secs(5)).map(|device| device.name.clone());
        assert_eq!(chosen("polar h9").ok().as_deref(), Some("Polar H9"));
        assert_eq!(chosen("F0:F1:F2:F3:F4:02").ok().as_deref(), Some("Polar H10 A"));
        for (name, says) in [
            ("polar h", "2 straps are called"),
            ("polar pod", "sends no heart rate"),
            ("garmin", "no sensor called"),
        ] {
            let refused = format!("{:?}", chosen(name).unwrap_err());
            assert!(refused.contains(says), "{name}: {refused}");
        }
    }

    #[test]
    fn values_are_told_with_their_zone() {
        let rates = HeartRates { max: Some(HeartRate::from_bpm(185)), ..HeartRates::default() };
        let mut values = WatchedValues { rates, records: BeltRecords::default() };
        let mut line = |bytes: &[u8]| values.line(Characteristic::HeartRate, bytes).unwrap();
        // 80 % of 185 is 148, where zone 4 begins.
        assert_eq!(line(&[0, 150]), "150 bpm  Z4");
        assert_eq!(line(&[0, 0]), "no heart rate");
        assert_eq!(line(&[0, 12]), "no heart rate");
        assert_eq!(line(&[0b100, 90]), "no contact with the skin");
    }
}
