//! What the worker picks out of the signals of the bus.

use super::bus::{ADAPTER, BusSignal, CHARACTERISTIC, DEVICE, Properties, bytes, flag};
use super::devices::{self, FoundCharacteristic};
use crate::sensors::DeviceAddress;
use std::time::Instant;

/// Picks the signals after which another attempt is worth it.
pub(super) fn appears(signal: &BusSignal) -> Option<()> {
    let is_worth_it = match signal {
        BusSignal::ServiceStarted => true,
        BusSignal::Added { interfaces, .. } => interfaces.contains_key(ADAPTER),
        BusSignal::Changed { interface, properties, .. } => {
            interface == ADAPTER && flag(properties, "Powered") == Some(true)
        }
        _ => false,
    };
    is_worth_it.then_some(())
}

/// Picks the properties of devices.
pub(super) fn device_properties(signal: &BusSignal) -> Option<(String, Properties)> {
    let (path, properties) = match signal {
        BusSignal::Added { path, interfaces } => (path, interfaces.get(DEVICE)?),
        BusSignal::Changed { path, interface, properties, .. } if interface == DEVICE => (path, properties),
        _ => return None,
    };
    let copy = properties.iter().filter_map(|(name, value)| Some((name.clone(), value.try_clone().ok()?)));
    Some((path.clone(), copy.collect()))
}

/// Picks the signal that a device is near, and returns its path. `known` is its path if BlueZ remembers it.
pub(super) fn seen(signal: &BusSignal, address: DeviceAddress, known: Option<&str>) -> Option<String> {
    match signal {
        BusSignal::Added { path, interfaces } => {
            let properties = interfaces.get(DEVICE)?;
            devices::has_address(properties, address).then(|| path.clone())
        }
        BusSignal::Changed { path, interface, properties, .. } => {
            let is_near = properties.contains_key("RSSI") || flag(properties, "Connected") == Some(true);
            (interface == DEVICE && known == Some(path) && is_near).then(|| path.clone())
        }
        _ => None,
    }
}

/// Picks the signal that the services of a device are known, or that it is disconnected.
pub(super) fn resolution(signal: &BusSignal, device: &str) -> Option<bool> {
    match signal {
        BusSignal::Changed { path, interface, properties, .. } if interface == DEVICE && path == device => {
            match (flag(properties, "ServicesResolved"), flag(properties, "Connected")) {
                (_, Some(false)) => Some(false),
                (Some(true), _) => Some(true),
                _ => None,
            }
        }
        BusSignal::Removed { path, interfaces } if path == device => {
            interfaces.iter().any(|interface| interface == DEVICE).then_some(false)
        }
        _ => None,
    }
}

/// Something that happens on a link.
pub(super) enum LinkSignal {
    /// A value, and the instant at which it came.
    Value(Vec<u8>, Instant),
    /// The device is gone.
    Gone,
}

/// A link to a device.
#[derive(Debug)]
pub(super) struct DeviceLink {
    pub(super) device: String,
    pub(super) source: FoundCharacteristic,
}

/// Picks a value of the characteristic, or the loss of its device.
pub(super) fn on_link(signal: &BusSignal, link: &DeviceLink) -> Option<LinkSignal> {
    match signal {
        BusSignal::Changed { path, interface, properties, at } => {
            if *path == link.source.path && interface == CHARACTERISTIC {
                return bytes(properties, "Value").map(|bytes| LinkSignal::Value(bytes, *at));
            }
            let is_gone =
                *path == link.device && interface == DEVICE && flag(properties, "Connected") == Some(false);
            is_gone.then_some(LinkSignal::Gone)
        }
        // A device may lose another interface, such as that of its battery, and stay linked.
        BusSignal::Removed { path, interfaces } => {
            let has_lost = |interface: &str| interfaces.iter().any(|lost| lost == interface);
            let is_gone = *path == link.device && has_lost(DEVICE)
                || *path == link.source.path && has_lost(CHARACTERISTIC);
            is_gone.then_some(LinkSignal::Gone)
        }
        _ => None,
    }
}
