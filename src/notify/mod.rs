//! The desktop: notifications with buttons, and what it knows about the person in front of it.
//!
//! On Linux both go over D-Bus, on macOS notifications go by the program `osascript`. Elsewhere, and where nothing
//! answers, there is no desktop, and reminders come in the terminal only. The crate `notify-rust` would bring a second
//! way to D-Bus beside zbus, which is there already to keep the machine awake.

#[cfg(target_os = "linux")]
mod desk_bus;
#[cfg(any(test, target_os = "macos"))]
#[cfg_attr(not(target_os = "macos"), expect(dead_code, reason = "the program exists on macOS only"))]
mod osascript;

use crate::units::Millis;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// The time that a notification waits for an answer.
pub const ANSWER_TIME: Duration = Duration::from_secs(60);

/// A notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// The title, in a few words.
    pub title: String,
    /// The text below it.
    pub body: String,
}

/// The answer to a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotificationAnswer {
    /// The button *Done*.
    Done,
    /// The button *Later*.
    Later,
    /// It was closed, or nobody answered.
    Nothing,
}

/// What the desktop knows about the person in front of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DesktopPresence {
    /// True if a service shows notifications.
    pub shows_notifications: bool,
    /// The time since the last key or mouse movement, if the desktop tells it.
    pub idle: Option<Millis>,
    /// True under Do Not Disturb, or while a presentation keeps the screen on.
    pub do_not_disturb: bool,
}

/// A way to the desktop, kept open between two questions.
#[derive(Debug, Default)]
pub struct Desktop {
    #[cfg(target_os = "linux")]
    bus: Option<desk_bus::DeskBus>,
}

impl Desktop {
    /// Connects to the desktop. Without one, every question has an empty answer.
    pub fn connect() -> Desktop {
        #[cfg(target_os = "linux")]
        return Desktop { bus: desk_bus::DeskBus::connect() };
        #[cfg(not(target_os = "linux"))]
        Desktop::default()
    }

    /// Asks what the desktop knows.
    pub fn presence(&self) -> DesktopPresence {
        #[cfg(target_os = "linux")]
        return self.bus.as_ref().map(desk_bus::DeskBus::presence).unwrap_or_default();
        #[cfg(target_os = "macos")]
        return DesktopPresence { shows_notifications: true, ..DesktopPresence::default() };
        #[cfg(not(any(target_os = "linux", target_os = "macos")))]
        DesktopPresence::default()
    }
}

/// Shows a notification, and waits for its answer on a thread of its own. `None` if nothing shows notifications.
pub fn show(notification: Notification) -> Option<Receiver<NotificationAnswer>> {
    let (answers, answer) = mpsc::channel();
    let (shown, is_shown) = mpsc::channel();
    let thread = std::thread::Builder::new().name("notification".to_string());
    let spawned = thread.spawn(move || {
        // A receiver that is gone means that the program is about to end.
        let answered = deliver(&notification, || {
            let _ = shown.send(());
        });
        let _ = answers.send(answered);
    });
    // The sender is dropped if nothing was shown.
    let shown = spawned.is_ok() && is_shown.recv_timeout(SHOW_TIME).is_ok();
    shown.then_some(answer)
}

/// The longest wait until a notification is shown.
const SHOW_TIME: Duration = Duration::from_secs(10);

#[cfg(target_os = "linux")]
fn deliver(notification: &Notification, shown: impl FnOnce()) -> NotificationAnswer {
    desk_bus::deliver(notification, shown).unwrap_or(NotificationAnswer::Nothing)
}

#[cfg(target_os = "macos")]
fn deliver(notification: &Notification, shown: impl FnOnce()) -> NotificationAnswer {
    if osascript::deliver(notification) {
        shown();
    }
    NotificationAnswer::Nothing
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn deliver(_: &Notification, _: impl FnOnce()) -> NotificationAnswer {
    NotificationAnswer::Nothing
}
