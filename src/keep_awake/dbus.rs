//! D-Bus: asks the login manager and every service of the desktop to keep the machine awake.
//!
//! The service that puts a machine to sleep differs from desktop to desktop. GNOME uses its own session manager, KDE and
//! Xfce use the power management, a bare window manager leaves it to the login manager, and the screen has a service of
//! its own. Each of them forgets a request when the connection closes, so the machine is released even if this program
//! dies.

use super::{AwakeService, KeepAwakeError};
use crate::clock::monotonic;
use std::io::{self, Read, Write};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixStream};
use std::time::Duration;
use zbus::address::transport::{Transport, UnixSocket};
use zbus::message::Message;
use zbus::wire::DynamicType;
use zbus::{Address, Connection, DBusError, OwnedFd, connection};

/// The longest wait for an answer.
const TIMEOUT: Duration = Duration::from_secs(5);
/// The time that a bus has for its greeting.
const GREETING: Duration = Duration::from_secs(1);
/// The longest greeting, in bytes.
const LONGEST_GREETING: usize = 256;
/// The name of this program in a request.
const WHO: &str = "pacebell";
/// The reason in a request.
const WHY: &str = "A workout is running";
/// The flags of a request to the session manager of GNOME: 4 inhibits suspending, 8 inhibits marking the session as idle
/// (gnome-session, `GsmInhibitorFlag`).
const SUSPEND_AND_IDLE: u32 = 4 | 8;

/// The granted requests. Dropping it releases the machine.
#[derive(Debug)]
pub struct ActiveInhibitor {
    /// The login manager keeps the machine awake while this file is open.
    login: Option<OwnedFd>,
    /// The desktop keeps the machine awake while this connection is open.
    desktop: Option<Connection>,
}

impl ActiveInhibitor {
    /// Returns the services that granted the request.
    pub fn services(&self) -> Vec<AwakeService> {
        let login = self.login.is_some().then_some(AwakeService::LoginManager);
        let desktop = self.desktop.is_some().then_some(AwakeService::Desktop);
        login.into_iter().chain(desktop).collect()
    }
}

impl Drop for ActiveInhibitor {
    fn drop(&mut self) {
        if let Some(bus) = self.desktop.take() {
            // Fails if the connection is closed already.
            let _ = zbus::block_on(bus.close());
        }
    }
}

/// A service on the bus.
#[derive(Clone, Copy)]
struct BusService {
    name: &'static str,
    path: &'static str,
    interface: &'static str,
}

const LOGIN: BusService = BusService {
    name: "org.freedesktop.login1",
    path: "/org/freedesktop/login1",
    interface: "org.freedesktop.login1.Manager",
};
const GNOME: BusService = BusService {
    name: "org.gnome.SessionManager",
    path: "/org/gnome/SessionManager",
    interface: "org.gnome.SessionManager",
};
const POWER: BusService = BusService {
    name: "org.freedesktop.PowerManagement",
    path: "/org/freedesktop/PowerManagement/Inhibit",
    interface: "org.freedesktop.PowerManagement.Inhibit",
};
const SCREEN: BusService = BusService {
    name: "org.freedesktop.ScreenSaver",
    path: "/org/freedesktop/ScreenSaver",
    interface: "org.freedesktop.ScreenSaver",
};
const BUS: BusService = BusService {
    name: "org.freedesktop.DBus",
    path: "/org/freedesktop/DBus",
    interface: "org.freedesktop.DBus",
};

/// Asks every service. Returns `None` if there is none: such a machine (a container, a bare server) does not fall asleep by
/// itself, and there is nothing to report.
///
/// # Errors
/// If there are services and all of them refuse.
pub fn inhibit() -> Result<Option<ActiveInhibitor>, KeepAwakeError> {
    zbus::block_on(async {
        let mut refusal = None;
        let login = inhibit_login(&mut refusal).await;
        let desktop = inhibit_desktop(&mut refusal).await;
        match (&login, &desktop, refusal) {
            (None, None, Some(words)) => Err(KeepAwakeError::Refused(words)),
            (None, None, None) => Ok(None),
            _ => Ok(Some(ActiveInhibitor { login, desktop })),
        }
    })
}

/// True if the bus at this address answers like one. Something else on the socket could keep zbus reading forever, since
/// zbus limits neither the time nor the bytes of a greeting.
pub(crate) fn answers_like_a_bus(address: zbus::Result<Address>) -> bool {
    let Ok(address) = address else { return false };
    let Transport::Unix(socket) = address.transport() else { return true };
    let stream = match socket.path() {
        UnixSocket::File(path) => UnixStream::connect(path),
        UnixSocket::Abstract(name) => SocketAddr::from_abstract_name(name.as_encoded_bytes())
            .and_then(|name| UnixStream::connect_addr(&name)),
        _ => return false,
    };
    stream.is_ok_and(|stream| greet(stream).is_ok())
}

/// Exchanges the greeting of D-Bus: <https://dbus.freedesktop.org/doc/dbus-specification.html#auth-protocol>.
fn greet(mut bus: UnixStream) -> io::Result<()> {
    let user: String =
        rustix::process::geteuid().as_raw().to_string().bytes().map(|digit| format!("{digit:02x}")).collect();
    bus.set_write_timeout(Some(GREETING))?;
    write!(bus, "\0AUTH EXTERNAL {user}\r\n")?;
    let deadline = monotonic() + GREETING;
    let mut answer = Vec::new();
    while !answer.ends_with(b"\n") {
        let left = deadline.saturating_duration_since(monotonic());
        if left.is_zero() || answer.len() > LONGEST_GREETING {
            return Err(io::ErrorKind::TimedOut.into());
        }
        bus.set_read_timeout(Some(left))?;
        let mut bytes = [0; LONGEST_GREETING];
        match bus.read(&mut bytes)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => answer.extend_from_slice(bytes.get(..count).unwrap_or_default()),
        }
    }
    if !answer.starts_with(b"OK ") {
        return Err(io::ErrorKind::InvalidData.into());
    }
    bus.write_all(b"BEGIN\r\n")
}

/// Asks the login manager, which grants a request by handing out a file.
async fn inhibit_login(refusal: &mut Option<String>) -> Option<OwnedFd> {
    let bus = answers_like_a_bus(Address::system())
        .then(connection::Builder::system)?
        .method_timeout(TIMEOUT)
        .build()
        .await
        .ok()?;
    // A user logged in remotely may inhibit idleness, but not sleep.
    for what in ["idle:sleep", "idle"] {
        let answer = ask(&bus, LOGIN, &(what, WHO, WHY, "block")).await?;
        match answer.and_then(|answer| answer.body().deserialize()) {
            Ok(file) => return Some(file),
            Err(error) => *refusal = Some(words(&error)),
        }
    }
    None
}

/// Asks all services of the desktop. Returns the connection if any of them agrees.
async fn inhibit_desktop(refusal: &mut Option<String>) -> Option<Connection> {
    let bus = answers_like_a_bus(Address::session())
        .then(connection::Builder::session)?
        .method_timeout(TIMEOUT)
        .build()
        .await
        .ok()?;
    let mut granted = false;
    for answer in [
        ask(&bus, GNOME, &(WHO, 0_u32, WHY, SUSPEND_AND_IDLE)).await,
        ask(&bus, POWER, &(WHO, WHY)).await,
        ask(&bus, SCREEN, &(WHO, WHY)).await,
    ] {
        match answer {
            Some(Ok(_)) => granted = true,
            Some(Err(error)) => *refusal = Some(words(&error)),
            None => {}
        }
    }
    granted.then_some(bus)
}

/// Calls a service's `Inhibit` method. Returns `None` if the service is not running; it is not started for this, because it
/// puts no machine to sleep while it does not run.
async fn ask<B>(bus: &Connection, service: BusService, body: &B) -> Option<zbus::Result<Message>>
where
    B: serde::Serialize + DynamicType,
{
    let answer = call(bus, BUS, "NameHasOwner", &service.name).await;
    let is_running = answer.and_then(|answer| answer.body().deserialize::<bool>());
    match is_running {
        Ok(true) => Some(call(bus, service, "Inhibit", body).await),
        _ => None,
    }
}

async fn call<B>(bus: &Connection, service: BusService, method: &str, body: &B) -> zbus::Result<Message>
where
    B: serde::Serialize + DynamicType,
{
    bus.call_method(Some(service.name), service.path, Some(service.interface), method, body).await
}

/// Returns the words of an error without its name, such as `Permission denied`.
fn words(error: &zbus::Error) -> String {
    let description = match error {
        zbus::Error::MethodError(_, description, _) => description.as_deref(),
        zbus::Error::FDO(error) => error.description(),
        _ => None,
    };
    description.map_or_else(|| error.to_string(), str::to_string)
}
