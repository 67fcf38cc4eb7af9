//! Bluetooth radios: finding sensors, holding the link to one, and handing on its bytes.
//!
//! A radio carries bytes and instants only. What the bytes mean is said in [`crate::sensors`]. On Linux the radio is BlueZ,
//! over D-Bus; other systems have none yet, which is reported as [`RadioAbsence::Unsupported`].

#[cfg(target_os = "linux")]
mod bluez;

#[cfg(target_os = "linux")]
pub use bluez::{BluezOptions, BluezRadio};

use crate::sensors::{Characteristic, DeviceAddress, SensorDevice, SensorService};
use std::fmt;
use std::time::Instant;

/// Something that a radio is asked for. A new wish replaces the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Look for sensors, and report each once.
    Look,
    /// Link to this device, read its heart rate, and link again for as long as the wish stands.
    Take(DeviceAddress),
    /// Give the device back, and rest.
    Release,
}

/// News from a radio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// A device was found.
    Found(FoundSensor),
    /// The link to the device is there, and it will send values.
    Linked,
    /// A value.
    Bytes {
        /// The characteristic that sent it.
        characteristic: Characteristic,
        /// The value.
        bytes: Vec<u8>,
        /// The instant at which it came.
        at: Instant,
    },
    /// The link is lost. The radio tries again.
    Lost(LinkLoss),
    /// There is no radio to ask at present. It tries again.
    Absent(RadioAbsence),
}

/// A device that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundSensor {
    /// The device.
    pub device: SensorDevice,
    /// Its services, of those that this program knows.
    pub services: Vec<SensorService>,
    /// The strength of its signal in dBm, if it is known.
    pub signal: Option<i16>,
    /// True if a link to this machine exists.
    pub is_connected: bool,
}

/// The reason for a link that was lost, or that did not come about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkLoss {
    /// The device ended the link, or is out of reach.
    Disconnected,
    /// The device does not accept a link: the reason in the words of the system.
    Refused(String),
    /// The device was linked and does not have the characteristic.
    NoHeartRate,
    /// The device was linked and did not say in time what it has.
    NoServices,
    /// The Bluetooth service ended.
    ServiceEnded,
}

impl fmt::Display for LinkLoss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkLoss::Disconnected => f.write_str("the link to it was lost"),
            LinkLoss::Refused(words) => write!(f, "it refuses: {words}"),
            LinkLoss::NoHeartRate => f.write_str("it does not send a heart rate"),
            LinkLoss::NoServices => f.write_str("it did not say what it sends"),
            LinkLoss::ServiceEnded => f.write_str("the Bluetooth service ended"),
        }
    }
}

/// The reason why there is no radio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RadioAbsence {
    /// There is no system bus.
    NoBus,
    /// The service of BlueZ does not run.
    NoService,
    /// This machine has no Bluetooth adapter.
    NoAdapter,
    /// The adapter is switched off.
    SwitchedOff,
    /// The service refuses: the reason in its words.
    Refused(String),
    /// No way to Bluetooth is built for this system.
    Unsupported,
}

impl RadioAbsence {
    /// Says what to do about it, if anything can be done.
    pub const fn help(&self) -> Option<&'static str> {
        match self {
            RadioAbsence::NoBus => Some("start the D-Bus system bus"),
            RadioAbsence::NoService => Some(
                "plug in a Bluetooth adapter, or install BlueZ and start its service: \
                     systemctl enable --now bluetooth",
            ),
            RadioAbsence::NoAdapter => Some("plug in a Bluetooth adapter for Low Energy (4.0 or newer)"),
            RadioAbsence::SwitchedOff => Some("switch it on: bluetoothctl power on"),
            RadioAbsence::Refused(_) | RadioAbsence::Unsupported => None,
        }
    }
}

impl fmt::Display for RadioAbsence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RadioAbsence::NoBus => f.write_str("there is no D-Bus system bus"),
            RadioAbsence::NoService => f.write_str("the Bluetooth service (BlueZ) is not running"),
            RadioAbsence::NoAdapter => f.write_str("this machine has no Bluetooth adapter"),
            RadioAbsence::SwitchedOff => f.write_str("the Bluetooth adapter is switched off"),
            RadioAbsence::Refused(words) => write!(f, "Bluetooth refuses: {words}"),
            RadioAbsence::Unsupported => f.write_str("so far, sensors work only on Linux"),
        }
    }
}

/// A radio. It works on threads of its own, and sends its news to the function that it was opened with.
pub trait Radio {
    /// Asks for something. Returns at once.
    fn ask(&self, wish: Wish);
}

/// Looks if this machine has a radio that is switched on. Changes nothing.
///
/// # Errors
/// If it has none.
pub fn check() -> Result<(), RadioAbsence> {
    #[cfg(target_os = "linux")]
    return bluez::check();
    #[cfg(not(target_os = "linux"))]
    Err(RadioAbsence::Unsupported)
}

/// Opens the radio of this machine. `notify` is called on another thread.
///
/// # Errors
/// If there is no way to Bluetooth on this system, or it has no thread left.
pub fn open(notify: impl FnMut(News) + Send + 'static) -> Result<Box<dyn Radio>, RadioAbsence> {
    #[cfg(target_os = "linux")]
    return match BluezRadio::open(BluezOptions::default(), notify) {
        Ok(radio) => Ok(Box::new(radio)),
        Err(error) => Err(RadioAbsence::Refused(error.to_string())),
    };
    #[cfg(not(target_os = "linux"))]
    {
        drop(notify);
        Err(RadioAbsence::Unsupported)
    }
}
