//! The desktop over D-Bus.
//!
//! Notifications: <https://specifications.freedesktop.org/notification-spec/latest/protocol.html>. Do Not Disturb is up to
//! the desktop, which shows a notification later or not at all; KDE's property `Inhibited` and bit 8 of GNOME's
//! `InhibitedActions` tell of it, so a reminder can wait. Idle time comes from Mutter, else from the login manager.

use super::{ANSWER_TIME, DesktopPresence, Notification, NotificationAnswer};
use crate::clock::{monotonic, since_1970};
use crate::keep_awake::answers_like_a_bus;
use crate::units::Millis;
use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::thread;
use std::time::Duration;
use zbus::export::futures_core::Stream;
use zbus::message::Message;
use zbus::wire::DynamicType;
use zbus::{Address, Connection, MatchRule, MessageStream, OwnedVariant, Variant, connection};

/// The longest wait for an answer of a service.
const TIMEOUT: Duration = Duration::from_secs(2);
/// The bit of GNOME's `InhibitedActions` for a session that must not become idle: a presentation, a film.
const INHIBITS_IDLE: u32 = 8;
/// The urgency of a notification that Do Not Disturb holds back.
const NORMAL: u8 = 1;

/// An object of a service on a bus.
#[derive(Clone, Copy)]
struct BusObject {
    name: &'static str,
    path: &'static str,
    interface: &'static str,
}

const NOTIFICATIONS: BusObject = BusObject {
    name: "org.freedesktop.Notifications",
    path: "/org/freedesktop/Notifications",
    interface: "org.freedesktop.Notifications",
};
const GNOME_SESSION: BusObject = BusObject {
    name: "org.gnome.SessionManager",
    path: "/org/gnome/SessionManager",
    interface: "org.gnome.SessionManager",
};
const IDLE_MONITOR: BusObject = BusObject {
    name: "org.gnome.Mutter.IdleMonitor",
    path: "/org/gnome/Mutter/IdleMonitor/Core",
    interface: "org.gnome.Mutter.IdleMonitor",
};
const LOGIN_SESSION: BusObject = BusObject {
    name: "org.freedesktop.login1",
    path: "/org/freedesktop/login1/session/auto",
    interface: "org.freedesktop.login1.Session",
};
const BUS: BusObject = BusObject {
    name: "org.freedesktop.DBus",
    path: "/org/freedesktop/DBus",
    interface: "org.freedesktop.DBus",
};

/// Connections to the two buses, as far as they are there.
#[derive(Debug)]
pub struct DeskBus {
    session: Option<Connection>,
    system: Option<Connection>,
}

impl DeskBus {
    /// Connects to the buses. `None` if there is none.
    pub fn connect() -> Option<DeskBus> {
        zbus::block_on(async {
            let session = session_bus().await;
            let system = match answers_like_a_bus(Address::system()) {
                true => connection::Builder::system().method_timeout(TIMEOUT).build().await.ok(),
                false => None,
            };
            (session.is_some() || system.is_some()).then_some(DeskBus { session, system })
        })
    }

    /// Asks what the desktop knows.
    pub fn presence(&self) -> DesktopPresence {
        zbus::block_on(async {
            let mut presence = DesktopPresence::default();
            if let Some(bus) = &self.session {
                if is_running(bus, NOTIFICATIONS).await {
                    presence.shows_notifications = true;
                    // Only KDE has the property.
                    presence.do_not_disturb =
                        property(bus, NOTIFICATIONS, "Inhibited").await.unwrap_or(false);
                } else {
                    // Many services start with the first notification.
                    let names = call(bus, BUS, "ListActivatableNames", &()).await;
                    let names = names.and_then(|names| names.body().deserialize::<Vec<String>>());
                    presence.shows_notifications =
                        names.is_ok_and(|names| names.iter().any(|name| name == NOTIFICATIONS.name));
                }
                if is_running(bus, GNOME_SESSION).await {
                    let actions: Option<u32> = property(bus, GNOME_SESSION, "InhibitedActions").await;
                    presence.do_not_disturb |= actions.is_some_and(|actions| actions & INHIBITS_IDLE != 0);
                }
                if is_running(bus, IDLE_MONITOR).await {
                    let idle = call(bus, IDLE_MONITOR, "GetIdletime", &()).await;
                    let idle = idle.and_then(|answer| answer.body().deserialize::<u64>());
                    presence.idle = idle.ok().map(Millis::new);
                }
            }
            if presence.idle.is_none() {
                presence.idle = self.login_idle().await;
            }
            presence
        })
    }

    /// Asks the login manager, which knows about idleness only where a desktop tells it.
    async fn login_idle(&self) -> Option<Millis> {
        let bus = self.system.as_ref()?;
        if !is_running(bus, LOGIN_SESSION).await {
            return None;
        }
        let is_idle: bool = property(bus, LOGIN_SESSION, "IdleHint").await?;
        let since_microseconds: u64 = property(bus, LOGIN_SESSION, "IdleSinceHint").await?;
        let idle = u64::try_from(since_1970()).ok()?.checked_sub(since_microseconds / 1000)?;
        is_idle.then_some(Millis::new(idle))
    }
}

async fn session_bus() -> Option<Connection> {
    if !answers_like_a_bus(Address::session()) {
        return None;
    }
    connection::Builder::session().method_timeout(TIMEOUT).build().await.ok()
}

/// Shows a notification, calls `shown`, and waits for its answer. `None` if nothing shows notifications.
pub fn deliver(notification: &Notification, shown: impl FnOnce()) -> Option<NotificationAnswer> {
    zbus::block_on(async {
        let bus = session_bus().await?;
        // Subscribed first, so that no answer is missed.
        let rule = MatchRule::builder().msg_type(zbus::message::Type::Signal);
        let rule = rule.interface(NOTIFICATIONS.interface).build().ok()?;
        let mut answers = pin!(MessageStream::for_match_rule(rule, &bus, None).await.ok()?);
        let hints: HashMap<&str, Variant<'_>> = HashMap::from([("urgency", Variant::U8(NORMAL))]);
        let Notification { title, body } = notification;
        let escaped = without_markup(body);
        let body = if escaped != *body && reads_markup(&bus).await { &escaped } else { body };
        let buttons = ["done", "Done", "later", "Later"];
        let icon = "";
        let request = ("pacebell", 0_u32, icon, title.as_str(), body.as_str(), &buttons[..], hints, -1_i32);
        let answer = call(&bus, NOTIFICATIONS, "Notify", &request).await.ok()?;
        let id: u32 = answer.body().deserialize().ok()?;
        shown();
        let waiting = poll_fn(|cx| {
            loop {
                let message = match answers.as_mut().poll_next(cx) {
                    Poll::Ready(Some(Ok(message))) => message,
                    Poll::Ready(_) => return Poll::Ready(NotificationAnswer::Nothing),
                    Poll::Pending => return Poll::Pending,
                };
                if let Some(answer) = read_answer(&message, id) {
                    return Poll::Ready(answer);
                }
            }
        });
        let answer = within(ANSWER_TIME, waiting).await.unwrap_or(NotificationAnswer::Nothing);
        // The notification stays in the desktop's list, but its buttons do nothing any more.
        let _ = bus.close().await;
        Some(answer)
    })
}

/// True if the service reads markup in the body of a notification.
async fn reads_markup(bus: &Connection) -> bool {
    let answer = call(bus, NOTIFICATIONS, "GetCapabilities", &()).await;
    let names = answer.and_then(|answer| answer.body().deserialize::<Vec<String>>());
    names.is_ok_and(|names| names.iter().any(|name| name == "body-markup"))
}

/// Writes a text so that a service that reads markup shows it as it is: the name of an action may have a `&` or a `<`.
fn without_markup(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Reads a signal of the notification with this id.
fn read_answer(message: &Message, id: u32) -> Option<NotificationAnswer> {
    let header = message.header();
    let body = message.body();
    match header.member()?.as_str() {
        "ActionInvoked" => {
            let (of, button) = body.deserialize::<(u32, &str)>().ok()?;
            (of == id).then_some(match button {
                "done" => NotificationAnswer::Done,
                "later" => NotificationAnswer::Later,
                _ => NotificationAnswer::Nothing,
            })
        }
        // Services close a notification after its button, too.
        "NotificationClosed" => {
            let (of, _) = body.deserialize::<(u32, u32)>().ok()?;
            (of == id).then_some(NotificationAnswer::Nothing)
        }
        _ => None,
    }
}

/// Waits for a future for at most this long.
async fn within<T>(limit: Duration, future: impl Future<Output = T>) -> Option<T> {
    let deadline = monotonic() + limit;
    let mut future = pin!(future);
    let mut has_alarm = false;
    poll_fn(|cx| {
        if let Poll::Ready(output) = future.as_mut().poll(cx) {
            return Poll::Ready(Some(output));
        }
        let left = deadline.saturating_duration_since(monotonic());
        if left.is_zero() {
            return Poll::Ready(None);
        }
        if !std::mem::replace(&mut has_alarm, true) {
            let waker = cx.waker().clone();
            // Without a thread, the notification is waited for as long as it is shown.
            let _ = thread::Builder::new().name("alarm".to_string()).spawn(move || {
                thread::sleep(left);
                waker.wake();
            });
        }
        Poll::Pending
    })
    .await
}

/// True if a service runs. None is started for a question.
async fn is_running(bus: &Connection, object: BusObject) -> bool {
    let answer = call(bus, BUS, "NameHasOwner", &object.name).await;
    answer.and_then(|answer| answer.body().deserialize()).unwrap_or(false)
}

/// Reads a property. `None` if the object does not have it.
async fn property<T: TryFrom<OwnedVariant>>(bus: &Connection, object: BusObject, name: &str) -> Option<T> {
    let properties = BusObject { interface: "org.freedesktop.DBus.Properties", ..object };
    let answer = call(bus, properties, "Get", &(object.interface, name)).await.ok()?;
    let value: OwnedVariant = answer.body().deserialize().ok()?;
    T::try_from(value).ok()
}

async fn call<B>(bus: &Connection, object: BusObject, method: &str, body: &B) -> zbus::Result<Message>
where
    B: serde::Serialize + DynamicType,
{
    bus.call_method(Some(object.name), object.path, Some(object.interface), method, body).await
}
