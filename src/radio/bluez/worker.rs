//! The worker: does what is wished, one thing after another, and tries again for as long as the wish stands.

use super::BluezOptions;
use super::bus::{ADAPTER, Bus, BusSignal, CHARACTERISTIC, CallError, DEVICE, Properties, flag};
use super::devices;
use super::signal_picks::{DeviceLink, LinkSignal, appears, device_properties, on_link, resolution, seen};
use crate::clock::monotonic;
use crate::radio::{LinkLoss, News, RadioAbsence, Wish};
use crate::sensors::{DeviceAddress, SensorService, full_uuid};
use std::collections::{HashMap, HashSet};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;
use zbus::Variant;

/// The longest wait for the services of a device that is connected.
const SERVICES_TIMEOUT: Duration = Duration::from_secs(20);

/// Something that the worker waits for.
#[derive(Debug)]
pub(super) enum Happening {
    /// A new wish.
    Wished(Wish),
    /// A signal of the connection with this number.
    Signal(u64, BusSignal),
    /// The radio is dropped.
    End,
}

/// The reason for leaving what the worker is at.
#[derive(Debug)]
enum Interruption {
    /// There is a new wish.
    Wished(Wish),
    /// The radio is dropped.
    End,
    /// The link was lost or did not come about.
    Lost(LinkLoss),
    /// There is no radio.
    Absent(RadioAbsence),
}

impl From<CallError> for Interruption {
    fn from(error: CallError) -> Interruption {
        Interruption::Absent(error.into())
    }
}

/// Does what is wished.
pub(super) struct Worker<N> {
    options: BluezOptions,
    happenings: Receiver<Happening>,
    /// For the signals of a bus.
    own: Sender<Happening>,
    notify: N,
    bus: Option<Bus>,
    /// The number of the connection. Signals of earlier ones mean nothing any more.
    bus_number: u64,
    /// The path of the device that this program connected, which it has to give back.
    connected: Option<String>,
    /// True from the first value or link of an attempt on.
    has_linked: bool,
    /// The last absence or loss that was reported, so that each is reported once.
    reported: Option<News>,
}

impl<N: FnMut(News)> Worker<N> {
    pub(super) fn new(
        options: BluezOptions,
        own: Sender<Happening>,
        happenings: Receiver<Happening>,
        notify: N,
    ) -> Self {
        Worker {
            options,
            happenings,
            own,
            notify,
            bus: None,
            bus_number: 0,
            connected: None,
            has_linked: false,
            reported: None,
        }
    }

    /// Works until the radio is dropped.
    pub(super) fn work(mut self) {
        let mut wish = Wish::Release;
        while let Some(next) = self.fulfil(&wish) {
            self.give_back();
            wish = next;
        }
        self.give_back();
    }

    /// Works on a wish until the next one. `None` if the radio is dropped.
    fn fulfil(&mut self, wish: &Wish) -> Option<Wish> {
        let mut failures = 0;
        self.reported = None;
        loop {
            self.has_linked = false;
            let ended = match wish {
                Wish::Release => self.rest(),
                Wish::Look => self.look(),
                Wish::Take(address) => self.take(*address),
            };
            let Err(interruption) = ended;
            failures = if self.has_linked { 0 } else { failures };
            let wait = self.options.retries.get(failures).or(self.options.retries.last()).copied();
            match self.report(interruption) {
                Err(next) => return next,
                Ok(()) => failures += 1,
            }
            // A service or an adapter that appears ends the wait.
            match self.wait(wait.unwrap_or_default(), appears) {
                Ok(_) | Err(Interruption::Lost(_) | Interruption::Absent(_)) => {}
                Err(Interruption::Wished(next)) => return Some(next),
                Err(Interruption::End) => return None,
            }
        }
    }

    /// Reports a failure, unless it is the one that was reported last. Returns the next wish as an error.
    fn report(&mut self, interruption: Interruption) -> Result<(), Option<Wish>> {
        let news = match interruption {
            Interruption::Wished(next) => return Err(Some(next)),
            Interruption::End => return Err(None),
            Interruption::Lost(loss) => News::Lost(loss),
            Interruption::Absent(absence) => News::Absent(absence),
        };
        if self.has_linked || self.reported.as_ref() != Some(&news) {
            self.reported = Some(news.clone());
            (self.notify)(news);
        }
        Ok(())
    }

    fn rest(&mut self) -> Result<Never, Interruption> {
        loop {
            self.wait(Duration::from_secs(3600), |_| None::<()>)?;
        }
    }

    /// Reports every sensor that is near.
    fn look(&mut self) -> Result<Never, Interruption> {
        let adapter = self.powered_adapter()?;
        let mut known: HashMap<String, Properties> = HashMap::new();
        let mut reported = HashSet::new();
        for (path, mut interfaces) in self.bus()?.objects()? {
            known.extend(interfaces.remove(DEVICE).map(|properties| (path.to_string(), properties)));
        }
        self.start_scan(&adapter)?;
        loop {
            for properties in known.values() {
                if let Some(found) = devices::sensor(properties)
                    && reported.insert((found.device.clone(), found.services.clone()))
                {
                    (self.notify)(News::Found(found));
                }
            }
            let changed = self.wait(Duration::from_secs(3600), device_properties)?;
            if let Some((path, properties)) = changed {
                known.entry(path).or_default().extend(properties);
            }
        }
    }

    /// Links to a device, and passes on what it sends until the link is lost.
    fn take(&mut self, address: DeviceAddress) -> Result<Never, Interruption> {
        let device = self.reach(address)?;
        let link = self.subscribe(device)?;
        self.has_linked = true;
        (self.notify)(News::Linked);
        loop {
            match self.wait(Duration::from_secs(3600), |signal| on_link(signal, &link))? {
                Some(LinkSignal::Value(bytes, at)) => {
                    let characteristic = link.source.characteristic;
                    (self.notify)(News::Bytes { characteristic, bytes, at });
                }
                Some(LinkSignal::Gone) => return Err(Interruption::Lost(LinkLoss::Disconnected)),
                None => {}
            }
        }
    }

    /// Returns the path of a device once it is connected.
    fn reach(&mut self, address: DeviceAddress) -> Result<String, Interruption> {
        let objects = self.bus()?.objects()?;
        // A device that is connected does not advertise, so a scan would not find it.
        let known = devices::device(&objects, address);
        if let Some((path, properties)) = &known
            && devices::is_connected(properties)
        {
            return Ok(path.clone());
        }
        let mut adapter = self.powered_adapter()?;
        self.start_scan(&adapter)?;
        let known_path = known.as_ref().map(|(path, _)| path.as_str());
        let near = known.as_ref().filter(|(_, properties)| properties.contains_key("RSSI"));
        let mut near = near.map(|(path, _)| path.clone());
        let path = loop {
            match near {
                Some(path) => break path,
                None => {
                    near = self.wait(self.options.scan_check, |signal| seen(signal, address, known_path))?;
                    if near.is_none() {
                        // An adapter that was switched off or pulled out has ended the scan without a word.
                        adapter = self.powered_adapter()?;
                        self.start_scan(&adapter)?;
                    }
                }
            }
        };
        // Making a link while scanning fails with many adapters.
        let _ = self.bus()?.call(&adapter, ADAPTER, "StopDiscovery", &());
        match self.bus()?.call(&path, DEVICE, "Connect", &()) {
            Ok(_) => {
                self.connected = Some(path.clone());
                Ok(path)
            }
            Err(CallError::NoService) => Err(Interruption::Absent(RadioAbsence::NoService)),
            Err(CallError::Failed(words)) => Err(Interruption::Lost(LinkLoss::Refused(words))),
        }
    }

    /// Waits for the services of a device, and asks it to send its heart rate.
    fn subscribe(&mut self, device: String) -> Result<DeviceLink, Interruption> {
        let deadline = monotonic() + SERVICES_TIMEOUT;
        loop {
            let objects = self.bus()?.objects()?;
            let properties = objects
                .iter()
                .find(|(path, _)| path.as_str() == device)
                .and_then(|(_, interfaces)| interfaces.get(DEVICE));
            let resolved = properties.and_then(|p| flag(p, "ServicesResolved")).unwrap_or(false);
            if resolved {
                let Some(source) = devices::heart_rate(&objects, &device) else {
                    // BlueZ may hold an old or empty table of the device: a new link reads it again.
                    self.disconnect_own(&device)?;
                    return Err(Interruption::Lost(LinkLoss::NoHeartRate));
                };
                return match self.bus()?.call(&source.path, CHARACTERISTIC, "StartNotify", &()) {
                    Ok(_) => Ok(DeviceLink { device, source }),
                    Err(CallError::NoService) => Err(Interruption::Absent(RadioAbsence::NoService)),
                    Err(CallError::Failed(words)) => Err(Interruption::Lost(LinkLoss::Refused(words))),
                };
            }
            let left = deadline.saturating_duration_since(monotonic());
            match self.wait(left, |signal| resolution(signal, &device))? {
                Some(true) => {}
                Some(false) => return Err(Interruption::Lost(LinkLoss::Disconnected)),
                None => {
                    self.disconnect_own(&device)?;
                    return Err(Interruption::Lost(LinkLoss::NoServices));
                }
            }
        }
    }

    /// Ends a link that this program made. Another program's link stays.
    fn disconnect_own(&mut self, device: &str) -> Result<(), Interruption> {
        if self.connected.as_deref() == Some(device) {
            let _ = self.bus()?.call(device, DEVICE, "Disconnect", &());
        }
        Ok(())
    }

    /// Returns the connection to the bus, and makes one if there is none.
    fn bus(&mut self) -> Result<&Bus, Interruption> {
        if self.bus.is_none() {
            self.bus_number += 1;
            let (own, number) = (self.own.clone(), self.bus_number);
            let forward = move |signal| own.send(Happening::Signal(number, signal)).is_ok();
            let bus = Bus::open(self.options.bus.as_deref(), forward).map_err(Interruption::Absent)?;
            self.bus = Some(bus);
        }
        self.bus.as_ref().ok_or(Interruption::Absent(RadioAbsence::NoBus))
    }

    /// Returns the path of an adapter that is switched on.
    fn powered_adapter(&mut self) -> Result<String, Interruption> {
        match devices::adapter(&self.bus()?.objects()?) {
            Some(adapter) if adapter.is_powered => Ok(adapter.path),
            Some(_) => Err(Interruption::Absent(RadioAbsence::SwitchedOff)),
            None => Err(Interruption::Absent(RadioAbsence::NoAdapter)),
        }
    }

    /// Scans for sensors. A scan that goes on already is fine.
    fn start_scan(&mut self, adapter: &str) -> Result<(), Interruption> {
        let uuids: Vec<String> = SensorService::ALL.map(|service| full_uuid(service.number())).to_vec();
        let filter = HashMap::from([("UUIDs", Variant::from(uuids)), ("Transport", Variant::from("le"))]);
        let bus = self.bus()?;
        bus.call(adapter, ADAPTER, "SetDiscoveryFilter", &(filter,))?;
        match bus.call(adapter, ADAPTER, "StartDiscovery", &()) {
            Err(CallError::Failed(words)) if words.contains("already in progress") => Ok(()),
            other => Ok(other.map(drop)?),
        }
    }

    /// Ends the scan, and disconnects what this program connected: a strap has room for one or two links, and a watch may want
    /// one.
    fn give_back(&mut self) {
        let Some(bus) = &self.bus else { return };
        if let Some(device) = self.connected.take() {
            let _ = bus.call(&device, DEVICE, "Disconnect", &());
        }
        // BlueZ ends the scan and the notifications of a client with its connection.
        if let Some(bus) = self.bus.take() {
            self.bus_number += 1;
            bus.close();
        }
    }

    /// Waits for a signal that `pick` picks, for at most `limit`. Returns `None` when the time is over.
    fn wait<T>(
        &mut self,
        limit: Duration,
        mut pick: impl FnMut(&BusSignal) -> Option<T>,
    ) -> Result<Option<T>, Interruption> {
        let deadline = monotonic() + limit;
        loop {
            let left = deadline.saturating_duration_since(monotonic());
            match self.happenings.recv_timeout(left) {
                Ok(Happening::Wished(wish)) => return Err(Interruption::Wished(wish)),
                Ok(Happening::End) | Err(RecvTimeoutError::Disconnected) => return Err(Interruption::End),
                Ok(Happening::Signal(number, _)) if number != self.bus_number => {}
                Ok(Happening::Signal(_, BusSignal::Closed)) => {
                    (self.bus, self.connected) = (None, None);
                    return Err(Interruption::Absent(RadioAbsence::NoBus));
                }
                // No device says that it is disconnected then, so everything has to be found anew.
                Ok(Happening::Signal(_, BusSignal::ServiceEnded)) => {
                    self.connected = None;
                    return Err(match self.has_linked {
                        true => Interruption::Lost(LinkLoss::ServiceEnded),
                        false => Interruption::Absent(RadioAbsence::NoService),
                    });
                }
                Ok(Happening::Signal(_, signal)) => {
                    if let Some(picked) = pick(&signal) {
                        return Ok(Some(picked));
                    }
                }
                Err(RecvTimeoutError::Timeout) => return Ok(None),
            }
        }
    }
}

/// A type without values: work that only an interruption ends.
enum Never {}
