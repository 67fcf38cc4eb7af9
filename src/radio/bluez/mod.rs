//! BlueZ, the Bluetooth service of Linux, over D-Bus.
//!
//! Interfaces: <https://github.com/bluez/bluez/tree/master/doc>, `org.bluez.Adapter`, `org.bluez.Device` and
//! `org.bluez.GattCharacteristic`. Tried with BlueZ 5.66 in a virtual machine. Its behaviour decides the order of work here:
//!
//! - A device that is connected does not advertise, so a scan does not find it. Objects that are connected come first.
//! - If the service dies, no device says that it is disconnected. Only the owner of the name on the bus changes.
//! - Equal values are notified each time, so each is a sign of life.
//! - The scan ends before the link is made.

mod bus;
mod devices;
mod signal_picks;
mod worker;

use super::{News, Radio, RadioAbsence, Wish};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;
use worker::{Happening, Worker};

/// The waits before the first, second, third and every other attempt to link again.
const RETRIES: [Duration; 4] =
    [Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(5), Duration::from_secs(10)];
/// The wait for a sensor before the scan is started again.
const SCAN_CHECK: Duration = Duration::from_secs(30);
/// The longest wait for a device to be given back.
const RELEASE_TIMEOUT: Duration = Duration::from_millis(500);

/// How to reach BlueZ.
#[derive(Clone, Debug)]
pub struct BluezOptions {
    /// The address of the bus; `None` for the system bus.
    pub bus: Option<String>,
    /// The waits before the first, second, third and every other attempt to link again.
    pub retries: [Duration; 4],
    /// The time after which a scan that has found nothing is started again, in case the adapter has ended it.
    pub scan_check: Duration,
}

impl Default for BluezOptions {
    fn default() -> Self {
        BluezOptions { bus: None, retries: RETRIES, scan_check: SCAN_CHECK }
    }
}

/// Looks if there is an adapter that is switched on.
///
/// # Errors
/// If there is none.
pub(super) fn check() -> Result<(), RadioAbsence> {
    let bus = bus::Bus::open(None, |_| true)?;
    let adapter = devices::adapter(&bus.objects()?);
    bus.close();
    match adapter {
        Some(adapter) if adapter.is_powered => Ok(()),
        Some(_) => Err(RadioAbsence::SwitchedOff),
        None => Err(RadioAbsence::NoAdapter),
    }
}

/// The radio behind BlueZ. Dropping it gives the device back.
#[derive(Debug)]
pub struct BluezRadio {
    wishes: Sender<Happening>,
    /// Disconnected when the worker has ended.
    ended: Receiver<()>,
}

impl BluezRadio {
    /// Starts the threads of the radio. `notify` is called on one of them.
    ///
    /// # Errors
    /// If the system has no thread left.
    pub fn open(options: BluezOptions, notify: impl FnMut(News) + Send + 'static) -> std::io::Result<Self> {
        let (wishes, happenings) = mpsc::channel();
        let (ending, ended) = mpsc::channel();
        let own = wishes.clone();
        std::thread::Builder::new().name("bluetooth".to_string()).spawn(move || {
            let _ending: Sender<()> = ending;
            Worker::new(options, own, happenings, notify).work();
        })?;
        Ok(BluezRadio { wishes, ended })
    }
}

impl Radio for BluezRadio {
    fn ask(&self, wish: Wish) {
        // Fails if the worker has ended, and then there is nobody to ask.
        let _ = self.wishes.send(Happening::Wished(wish));
    }
}

impl Drop for BluezRadio {
    fn drop(&mut self) {
        let _ = self.wishes.send(Happening::End);
        let _ = self.ended.recv_timeout(RELEASE_TIMEOUT);
    }
}
