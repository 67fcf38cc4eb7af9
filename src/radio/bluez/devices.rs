//! Devices among the objects of BlueZ.

use super::bus::{ADAPTER, BusObjects, CHARACTERISTIC, DEVICE, Properties, flag, i16, text, texts};
use crate::radio::FoundSensor;
use crate::sensors::{Characteristic, DeviceAddress, SensorDevice, SensorService, full_uuid};

/// An adapter of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Adapter {
    pub(super) path: String,
    pub(super) is_powered: bool,
}

/// Returns the adapter to use: the first one that is switched on, else the first one.
pub(super) fn adapter(objects: &BusObjects) -> Option<Adapter> {
    let mut adapters: Vec<Adapter> = objects
        .iter()
        .filter_map(|(path, interfaces)| {
            let properties = interfaces.get(ADAPTER)?;
            let is_powered = flag(properties, "Powered").unwrap_or(false);
            Some(Adapter { path: path.to_string(), is_powered })
        })
        .collect();
    adapters.sort_by(|a, b| b.is_powered.cmp(&a.is_powered).then_with(|| a.path.cmp(&b.path)));
    adapters.into_iter().next()
}

/// Returns the path and the properties of a device.
pub(super) fn device(objects: &BusObjects, address: DeviceAddress) -> Option<(String, &Properties)> {
    let devices = objects.iter().filter_map(|(path, interfaces)| {
        let properties = interfaces.get(DEVICE).filter(|p| has_address(p, address))?;
        Some((path.to_string(), properties))
    });
    // Each adapter remembers a device of its own: the one that is linked or near counts.
    devices.max_by_key(|(path, properties)| {
        let is_connected = flag(properties, "Connected") == Some(true);
        (is_connected, properties.contains_key("RSSI"), path.clone())
    })
}

/// True if the properties are those of the device at `address`.
pub(super) fn has_address(properties: &Properties, address: DeviceAddress) -> bool {
    text(properties, "Address").and_then(DeviceAddress::parse) == Some(address)
}

/// True if the device is connected.
pub(super) fn is_connected(properties: &Properties) -> bool {
    flag(properties, "Connected").unwrap_or(false)
}

/// Returns the sensor that these properties describe, if it is near. A device that BlueZ remembers and does not hear now has
/// no signal strength.
pub(super) fn sensor(properties: &Properties) -> Option<FoundSensor> {
    let address = DeviceAddress::parse(text(properties, "Address")?)?;
    let name = text(properties, "Name").unwrap_or_default();
    let offered = texts(properties, "UUIDs");
    let is_offered = |service: &SensorService| {
        let uuid = full_uuid(service.number());
        offered.iter().any(|offer| offer.eq_ignore_ascii_case(&uuid))
    };
    let services: Vec<SensorService> = SensorService::ALL.into_iter().filter(is_offered).collect();
    let signal = i16(properties, "RSSI");
    let is_connected = is_connected(properties);
    let is_near = is_connected || signal.is_some();
    (is_near && !services.is_empty()).then(|| FoundSensor {
        device: SensorDevice::new(address, name),
        services,
        signal,
        is_connected,
    })
}

/// A characteristic of a device, with its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoundCharacteristic {
    pub(super) path: String,
    pub(super) characteristic: Characteristic,
}

/// Returns the characteristic of a device that tells the heart rate best.
pub(super) fn heart_rate(objects: &BusObjects, device: &str) -> Option<FoundCharacteristic> {
    let inside = format!("{device}/");
    let path_of = |characteristic: Characteristic| {
        let uuid = full_uuid(characteristic.number());
        let mut paths = objects.iter().filter_map(|(path, interfaces)| {
            let found = text(interfaces.get(CHARACTERISTIC)?, "UUID")?;
            let is_here = path.as_str().starts_with(&inside) && found.eq_ignore_ascii_case(&uuid);
            is_here.then(|| path.to_string())
        });
        paths.next()
    };
    Characteristic::WITH_HEART_RATE.into_iter().find_map(|characteristic| {
        path_of(characteristic).map(|path| FoundCharacteristic { path, characteristic })
    })
}
