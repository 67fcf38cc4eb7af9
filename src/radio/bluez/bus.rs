//! The bus: calls to BlueZ, its objects, and its signals as they come.

use crate::clock::monotonic;
use crate::keep_awake::answers_like_a_bus;
use crate::radio::RadioAbsence;
use std::collections::HashMap;
use std::future::poll_fn;
use std::pin::Pin;
use std::time::{Duration, Instant};
use zbus::export::futures_core::Stream;
use zbus::message::{Message, Type};
use zbus::wire::DynamicType;
use zbus::{Address, Connection, DBusError, MessageStream, OwnedObjectPath, OwnedVariant, connection};

/// The name of BlueZ on the bus.
const BLUEZ: &str = "org.bluez";
/// The interfaces of its objects.
pub(super) const ADAPTER: &str = "org.bluez.Adapter1";
pub(super) const DEVICE: &str = "org.bluez.Device1";
pub(super) const CHARACTERISTIC: &str = "org.bluez.GattCharacteristic1";
const OBJECT_MANAGER: &str = "org.freedesktop.DBus.ObjectManager";
/// The bus itself.
const BUS: &str = "org.freedesktop.DBus";
const BUS_PATH: &str = "/org/freedesktop/DBus";
/// What the bus is asked to pass on: everything that BlueZ tells, and if it comes or goes.
const MATCH_RULES: [&str; 2] = [
    "type='signal',sender='org.bluez'",
    "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='org.bluez'",
];
/// The longest wait for an answer. BlueZ gives up on a link after 40 s at most.
const TIMEOUT: Duration = Duration::from_secs(45);

/// The properties of an interface.
pub(super) type Properties = HashMap<String, OwnedVariant>;
/// The interfaces of an object.
pub(super) type Interfaces = HashMap<String, Properties>;
/// All objects by their paths.
pub(super) type BusObjects = HashMap<OwnedObjectPath, Interfaces>;

/// A signal of the bus or of BlueZ.
#[derive(Debug)]
pub(super) enum BusSignal {
    /// Properties of an interface changed.
    Changed { path: String, interface: String, properties: Properties, at: Instant },
    /// An object got interfaces.
    Added { path: String, interfaces: Interfaces },
    /// An object lost interfaces.
    Removed { path: String, interfaces: Vec<String> },
    /// BlueZ ended. It does not say goodbye to any device.
    ServiceEnded,
    /// BlueZ started.
    ServiceStarted,
    /// The connection to the bus ended.
    Closed,
}

/// The reason for a call that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CallError {
    /// BlueZ does not run.
    NoService,
    /// Anything else, in the words of the other side.
    Failed(String),
}

impl From<zbus::Error> for CallError {
    fn from(error: zbus::Error) -> CallError {
        match error {
            zbus::Error::MethodError(_, Some(words), _) => CallError::Failed(words),
            zbus::Error::FDO(error) => match *error {
                zbus::fdo::Error::ServiceUnknown(_) | zbus::fdo::Error::NameHasNoOwner(_) => {
                    CallError::NoService
                }
                error => CallError::Failed(error.description().unwrap_or("no answer").to_string()),
            },
            error => CallError::Failed(error.to_string()),
        }
    }
}

impl From<CallError> for RadioAbsence {
    fn from(error: CallError) -> RadioAbsence {
        match error {
            CallError::NoService => RadioAbsence::NoService,
            CallError::Failed(words) => RadioAbsence::Refused(words),
        }
    }
}

/// A connection to the system bus.
#[derive(Debug)]
pub(super) struct Bus {
    connection: Connection,
}

impl Bus {
    /// Connects to the bus at `address`, or to the system bus. `on_signal` is called on a thread of its own until it returns
    /// false.
    ///
    /// # Errors
    /// If there is no bus, or it refuses.
    pub(super) fn open(
        address: Option<&str>,
        on_signal: impl FnMut(BusSignal) -> bool + Send + 'static,
    ) -> Result<Bus, RadioAbsence> {
        let wanted = || address.map_or_else(Address::system, Address::try_from);
        let builder = match wanted() {
            Ok(address) if answers_like_a_bus(wanted()) => connection::Builder::address(address),
            _ => return Err(RadioAbsence::NoBus),
        };
        let connection = zbus::block_on(builder.method_timeout(TIMEOUT).build());
        let bus = Bus { connection: connection.map_err(|_| RadioAbsence::NoBus)? };
        // The stream is there before the bus is asked for signals, so that none is missed.
        let stream = MessageStream::from(&bus.connection);
        let thread = std::thread::Builder::new().name("bluetooth-signals".to_string());
        thread
            .spawn(move || zbus::block_on(forward(stream, on_signal)))
            .map_err(|error| RadioAbsence::Refused(error.to_string()))?;
        for rule in MATCH_RULES {
            let asked = bus.connection.call_method(Some(BUS), BUS_PATH, Some(BUS), "AddMatch", &rule);
            zbus::block_on(asked).map_err(|error| RadioAbsence::from(CallError::from(error)))?;
        }
        Ok(bus)
    }

    /// Calls a method of BlueZ.
    pub(super) fn call<B>(
        &self,
        path: &str,
        interface: &str,
        method: &str,
        body: &B,
    ) -> Result<Message, CallError>
    where
        B: serde::Serialize + DynamicType,
    {
        let call = self.connection.call_method(Some(BLUEZ), path, Some(interface), method, body);
        Ok(zbus::block_on(call)?)
    }

    /// Returns all objects of BlueZ.
    pub(super) fn objects(&self) -> Result<BusObjects, CallError> {
        // A call would start the service, which takes half a minute to fail on a machine without an adapter.
        let asked = self.connection.call_method(Some(BUS), BUS_PATH, Some(BUS), "NameHasOwner", &BLUEZ);
        if zbus::block_on(asked)?.body().deserialize::<bool>().is_ok_and(|has_owner| !has_owner) {
            return Err(CallError::NoService);
        }
        let answer = self.call("/", OBJECT_MANAGER, "GetManagedObjects", &())?;
        Ok(answer.body().deserialize()?)
    }

    /// Closes the connection, which ends everything that this program asked BlueZ for.
    pub(super) fn close(self) {
        // Fails if the connection is closed already.
        let _ = zbus::block_on(self.connection.close());
    }
}

/// Passes signals on until the connection or the receiver ends.
async fn forward(mut stream: MessageStream, mut on_signal: impl FnMut(BusSignal) -> bool) {
    while let Some(message) = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await {
        let Ok(message) = message else { break };
        if let Some(signal) = read(&message)
            && !on_signal(signal)
        {
            return;
        }
    }
    on_signal(BusSignal::Closed);
}

/// Reads a signal. `None` for everything else, and for a signal of another shape.
fn read(message: &Message) -> Option<BusSignal> {
    if message.message_type() != Type::Signal {
        return None;
    }
    let header = message.header();
    let body = message.body();
    Some(match header.member()?.as_str() {
        "PropertiesChanged" => {
            let (interface, properties, _): (String, Properties, Vec<String>) = body.deserialize().ok()?;
            BusSignal::Changed { path: header.path()?.to_string(), interface, properties, at: monotonic() }
        }
        "InterfacesAdded" => {
            let (path, interfaces): (OwnedObjectPath, Interfaces) = body.deserialize().ok()?;
            BusSignal::Added { path: path.to_string(), interfaces }
        }
        "InterfacesRemoved" => {
            let (path, interfaces): (OwnedObjectPath, Vec<String>) = body.deserialize().ok()?;
            BusSignal::Removed { path: path.to_string(), interfaces }
        }
        "NameOwnerChanged" => {
            let (name, _, owner): (String, String, String) = body.deserialize().ok()?;
            match owner.is_empty() {
                _ if name != BLUEZ => return None,
                true => BusSignal::ServiceEnded,
                false => BusSignal::ServiceStarted,
            }
        }
        _ => return None,
    })
}

/// Returns a property that is true or false, and false if it is missing.
pub(super) fn flag(properties: &Properties, name: &str) -> Option<bool> {
    properties.get(name).and_then(|value| bool::try_from(value).ok())
}

/// Returns a property that is a text.
pub(super) fn text<'a>(properties: &'a Properties, name: &str) -> Option<&'a str> {
    properties.get(name).and_then(|value| <&str>::try_from(value).ok())
}

/// Returns a property that is a list of texts; empty if it is missing.
pub(super) fn texts(properties: &Properties, name: &str) -> Vec<String> {
    let value = properties.get(name).and_then(|value| value.try_clone().ok());
    value.and_then(|value| Vec::<String>::try_from(value).ok()).unwrap_or_default()
}

/// Returns a property that is a list of bytes.
pub(super) fn bytes(properties: &Properties, name: &str) -> Option<Vec<u8>> {
    let value = properties.get(name).and_then(|value| value.try_clone().ok());
    value.and_then(|value| Vec::<u8>::try_from(value).ok())
}

/// Returns a property that is a small number with a sign.
pub(super) fn i16(properties: &Properties, name: &str) -> Option<i16> {
    properties.get(name).and_then(|value| i16::try_from(value).ok())
}
