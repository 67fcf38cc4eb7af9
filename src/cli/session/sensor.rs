//! The sensor of a session: the chosen strap, a virtual one, or none.

use super::page_host::PageHost;
use super::sensor_choice::SensorChoice;
use crate::clock::Clock;
use crate::radio::{self, Wish};
use crate::runner::profile::Profile;
use crate::runtime::{RuntimeNotice, SensorSource};
use crate::sensors::VirtualStrap;

/// Opens the sensor of a session. `None` if it has none: no strap is chosen, the session is a rehearsal faster than real
/// time, for which a real heart is too slow, or this system has no Bluetooth.
pub fn open(host: &PageHost<'_>, profile: &Profile, clock: &Clock) -> Option<SensorSource> {
    match &host.sensor {
        SensorChoice::Off => None,
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
