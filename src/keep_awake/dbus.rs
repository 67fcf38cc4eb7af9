//! D-Bus: the login manager and whatever the desktop has, all that are there.
//!
//! Which of them puts a machine to sleep differs from desktop to desktop: GNOME asks its own session manager, KDE and
//! Xfce ask the power management, a bare window manager leaves it to the login manager; the screen has one for
//! itself. Each forgets what was asked of it when the connection closes, so that letting go, and dying, is closing it.

use std::time::Duration;
use zbus::OwnedFd;
use zbus::wire::DynamicType;
use zbus::{Connection, connection, message::Message};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(5);
const WHO: &str = "pacebell";
const WHY: &str = "A workout is running";
/// What the session manager of GNOME is asked not to do: 4 is to suspend, 8 to take the session for idle.
/// (gnome-session, `GsmInhibitorFlag`)
const SUSPEND_AND_IDLE: u32 = 4 | 8;

/// What keeps the machine awake. Once it is dropped nobody does any more.
#[derive(Debug)]
pub struct ActiveInhibitor {
    /// Open, and no more than that.
    login: Option<OwnedFd>,
    desktop: Option<Connection>,
}

impl ActiveInhibitor {
    /// Who has granted it.
    pub fn by(&self) -> Vec<&'static str> {
        let login = self.login.is_some().then_some("the login manager");
        login.into_iter().chain(self.desktop.is_some().then_some("the desktop")).collect()
    }
}

impl Drop for ActiveInhibitor {
    fn drop(&mut self) {
        if let Some(bus) = self.desktop.take() {
            // One that is closed already is what is wanted.
            let _ = zbus::block_on(bus.close());
        }
    }
}

/// Somebody who may be asked: name, path, interface.
#[derive(Clone, Copy)]
struct WakeService(&'static str, &'static str, &'static str);

const LOGIN: WakeService =
    WakeService("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager");
const GNOME: WakeService =
    WakeService("org.gnome.SessionManager", "/org/gnome/SessionManager", "org.gnome.SessionManager");
const POWER: WakeService = WakeService(
    "org.freedesktop.PowerManagement",
    "/org/freedesktop/PowerManagement/Inhibit",
    "org.freedesktop.PowerManagement.Inhibit",
);
const SCREEN: WakeService =
    WakeService("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver");
const BUS: WakeService = WakeService("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus");

/// Asks everybody who is there. Nothing where nobody is: such a machine (a container, a bare server) does not fall
/// asleep by itself, and there is nothing to tell.
///
/// # Errors
/// Why, where somebody is there and all of them refuse.
pub fn hold() -> Result<Option<ActiveInhibitor>, String> {
    zbus::block_on(async {
        let mut refused = None;
        let login = login(&mut refused).await;
        let desktop = desktop(&mut refused).await;
        match (&login, &desktop, refused) {
            (None, None, Some(why)) => Err(why),
            (None, None, None) => Ok(None),
            _ => Ok(Some(ActiveInhibitor { login, desktop })),
        }
    })
}

/// The login manager gives a file: as long as it is open the machine stays awake.
async fn login(refused: &mut Option<String>) -> Option<OwnedFd> {
    let bus = connection::Builder::system().method_timeout(PATIENCE).build().await.ok()?;
    // Who is logged in from elsewhere may keep the machine from being idle, but not from being put to sleep.
    for what in ["idle:sleep", "idle"] {
        let answer = ask(&bus, LOGIN, &(what, WHO, WHY, "block")).await?;
        match answer.and_then(|answer| answer.body().deserialize()) {
            Ok(file) => return Some(file),
            Err(why) => *refused = Some(words(&why)),
        }
    }
    None
}

/// The desktop's services, as many as grant it.
async fn desktop(refused: &mut Option<String>) -> Option<Connection> {
    let bus = connection::Builder::session().method_timeout(PATIENCE).build().await.ok()?;
    let mut granted = false;
    for answer in [
        ask(&bus, GNOME, &(WHO, 0_u32, WHY, SUSPEND_AND_IDLE)).await,
        ask(&bus, POWER, &(WHO, WHY)).await,
        ask(&bus, SCREEN, &(WHO, WHY)).await,
    ] {
        match answer {
            Some(Ok(_)) => granted = true,
            Some(Err(why)) => *refused = Some(words(&why)),
            None => {}
        }
    }
    granted.then_some(bus)
}

/// Asks one of them; nothing where it is not there. It is not started for our sake: who does not run puts nothing to
/// sleep.
async fn ask<B>(bus: &Connection, keeper: WakeService, question: &B) -> Option<zbus::Result<Message>>
where
    B: serde::Serialize + DynamicType,
{
    let there = call(bus, BUS, "NameHasOwner", &keeper.0).await;
    let there = there.and_then(|answer| answer.body().deserialize::<bool>());
    match there {
        Ok(true) => Some(call(bus, keeper, "Inhibit", question).await),
        _ => None,
    }
}

async fn call<B>(
    bus: &Connection,
    WakeService(name, path, interface): WakeService,
    method: &str,
    body: &B,
) -> zbus::Result<Message>
where
    B: serde::Serialize + DynamicType,
{
    bus.call_method(Some(name), path, Some(interface), method, body).await
}

/// Why not, in words alone where there are any: `Permission denied`.
fn words(why: &zbus::Error) -> String {
    let text = why.to_string();
    match text.split_once(": ") {
        Some((name, words)) if name.contains('.') && !name.contains(' ') => words.to_string(),
        _ => text,
    }
}
