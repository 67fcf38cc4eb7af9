//! Devices: their addresses, their services, and the characteristics that are read.

use crate::text::clean;
use std::fmt;

/// The longest name of a device that is kept, in characters. Names are advertised in at most 29 bytes.
const LONGEST_NAME: usize = 60;

/// The address of a Bluetooth device, such as `F0:F1:F2:F3:F4:F5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceAddress([u8; 6]);

impl DeviceAddress {
    /// Creates an address from its bytes in the order in which they are written.
    pub const fn new(bytes: [u8; 6]) -> Self {
        DeviceAddress(bytes)
    }

    /// Reads six pairs of hexadecimal digits with colons between them.
    pub fn parse(text: &str) -> Option<DeviceAddress> {
        let mut bytes = [0; 6];
        let mut pairs = text.split(':');
        for byte in &mut bytes {
            let pair = pairs.next().filter(|pair| pair.len() == 2)?;
            let is_hexadecimal = pair.bytes().all(|b| b.is_ascii_hexdigit());
            *byte = is_hexadecimal.then(|| u8::from_str_radix(pair, 16).ok()).flatten()?;
        }
        pairs.next().is_none().then_some(DeviceAddress(bytes))
    }
}

/// Prints as `F0:F1:F2:F3:F4:F5`.
impl fmt::Display for DeviceAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs = self.0.map(|byte| format!("{byte:02X}"));
        f.write_str(&pairs.join(":"))
    }
}

/// A device with its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SensorDevice {
    /// The address.
    pub address: DeviceAddress,
    /// The name that the device tells, without control characters; its address if it tells none.
    pub name: String,
}

impl SensorDevice {
    /// Creates a device. `name` may be anything that a device sends.
    pub fn new(address: DeviceAddress, name: &str) -> Self {
        let short: String = name.chars().take(LONGEST_NAME).collect();
        let name = clean(short.trim()).trim().to_string();
        SensorDevice { address, name: if name.is_empty() { address.to_string() } else { name } }
    }
}

/// A service that a device offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SensorService {
    /// Heart Rate, 0x180D.
    HeartRate,
    /// Running Speed and Cadence, 0x1814.
    RunningSpeed,
    /// Fitness Machine, 0x1826.
    FitnessMachine,
}

impl SensorService {
    /// All services.
    pub const ALL: [SensorService; 3] =
        [SensorService::HeartRate, SensorService::RunningSpeed, SensorService::FitnessMachine];

    /// Returns the number that the Bluetooth SIG assigned.
    pub const fn number(self) -> u16 {
        match self {
            SensorService::HeartRate => 0x180D,
            SensorService::RunningSpeed => 0x1814,
            SensorService::FitnessMachine => 0x1826,
        }
    }

    /// Returns the words for a list of devices.
    pub const fn words(self) -> &'static str {
        match self {
            SensorService::HeartRate => "heart rate",
            SensorService::RunningSpeed => "foot pod",
            SensorService::FitnessMachine => "fitness machine",
        }
    }
}

/// A characteristic that notifies its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Characteristic {
    /// Heart Rate Measurement, 0x2A37.
    HeartRate,
    /// Treadmill Data, 0x2ACD.
    Treadmill,
}

impl Characteristic {
    /// All characteristics that tell a heart rate, the best one first.
    pub const WITH_HEART_RATE: [Characteristic; 2] = [Characteristic::HeartRate, Characteristic::Treadmill];

    /// Returns the number that the Bluetooth SIG assigned.
    pub const fn number(self) -> u16 {
        match self {
            Characteristic::HeartRate => 0x2A37,
            Characteristic::Treadmill => 0x2ACD,
        }
    }
}

/// Returns the full UUID of an assigned number (Bluetooth Core, volume 3 part B, section 2.5.1).
pub fn full_uuid(number: u16) -> String {
    format!("0000{number:04x}-0000-1000-8000-00805f9b34fb")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_read_back() {
        let address = DeviceAddress::parse("f0:F1:02:00:aa:05").unwrap();
        assert_eq!(address.to_string(), "F0:F1:02:00:AA:05");
        for wrong in ["", "F0:F1:F2:F3:F4", "F0:F1:F2:F3:F4:F5:F6", "F0:F1:F2:F3:F4:+5", "F0-F1-F2-F3-F4-F5"]
        {
            assert_eq!(DeviceAddress::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_name_has_no_control_characters_and_is_never_empty() {
        let address = DeviceAddress::new([1, 2, 3, 4, 5, 6]);
        assert!(!SensorDevice::new(address, "HRM\x1b[2J\n").name.contains(['\x1b', '\n']));
        assert_eq!(SensorDevice::new(address, "  ").name, "01:02:03:04:05:06");
        assert_eq!(SensorDevice::new(address, &"x".repeat(500)).name.len(), LONGEST_NAME);
    }
}
