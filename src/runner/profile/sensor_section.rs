//! `[sensors]`: the devices that measure the runner.

use super::ProfileReader;
use super::value::{ValueForm, entries, read_value};
use crate::sensors::{DeviceAddress, SensorDevice};
use crate::spanned_toml::{SpannedTable, SpannedValue, misspelt, wrong_value};
use toml::de::DeValue;

/// The keys of `[sensors]`.
pub const KEYS: [&str; 1] = ["heart"];
/// The keys of a sensor.
const DEVICE_KEYS: [&str; 2] = ["address", "name"];
/// A sensor as it is written.
const EXAMPLE: &str = "heart = { address = \"F0:F1:F2:F3:F4:F5\", name = \"HRM-Dual\" }";

impl ProfileReader {
    /// Reads the strap.
    pub(crate) fn sensors(&mut self, table: &SpannedTable<'_>) -> Option<SensorDevice> {
        let mut heart = None;
        for (key, value) in entries(table) {
            match key.get_ref().as_ref() {
                "heart" => heart = self.sensor(value),
                _ => self.problems.push(misspelt(table, key, &KEYS)),
            }
        }
        heart
    }

    fn sensor(&mut self, value: &SpannedValue<'_>) -> Option<SensorDevice> {
        let help = format!("write it like `{EXAMPLE}`; `pacebell sensors choose` does that for you");
        let DeValue::Table(table) = value.get_ref() else {
            self.problems.push(wrong_value("heart", value, &help));
            return None;
        };
        let (mut address, mut name, mut has_address) = (None, None, false);
        for (key, value) in entries(table) {
            match key.get_ref().as_ref() {
                "address" => {
                    let form = ValueForm {
                        what: "the address of a Bluetooth device",
                        example: "address = \"F0:F1:F2:F3:F4:F5\"",
                    };
                    has_address = true;
                    address =
                        self.accept(read_value("address", value, &form, DeviceAddress::parse, |_| None));
                }
                "name" => {
                    let form = ValueForm { what: "a name", example: "name = \"HRM-Dual\"" };
                    let text = |text: &str| Some(text.to_string());
                    name = self.accept(read_value("name", value, &form, text, |_| None));
                }
                _ => self.problems.push(misspelt(table, key, &DEVICE_KEYS)),
            }
        }
        if !has_address {
            self.error(value.span(), "`heart` has no address", "no `address` in here", help);
        }
        Some(SensorDevice::new(address?, name.as_deref().unwrap_or_default()))
    }
}
