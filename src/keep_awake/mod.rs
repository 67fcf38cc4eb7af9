//! Keeps the machine from falling asleep while a session runs.
//!
//! [`KeepAwakePolicy`] decides when; it is pure. [`KeepAwake`] asks for it on its own thread: on Linux the login manager and
//! the desktop over D-Bus, on macOS the program `caffeinate`. Every request ends with this process, however it ends.
//! Elsewhere, and if nothing answers, nothing is asked, and the machine may fall asleep.
//!
//! The crate `keepawake` would replace `dbus`, but on Linux it asks the screen saver and the login manager one by one and
//! gives up at the first that is missing or refuses (rustdesk/rustdesk#15741). It knows neither the session manager of
//! GNOME nor the power management of KDE and Xfce. It has a backend for Windows, which this module lacks.

#[cfg(target_os = "linux")]
mod dbus;
#[cfg(any(test, target_os = "macos"))]
#[cfg_attr(not(target_os = "macos"), expect(dead_code, reason = "the program exists on macOS only"))]
mod helper_program;
mod policy;

#[cfg(target_os = "linux")]
pub(crate) use dbus::answers_like_a_bus;
pub use policy::KeepAwakePolicy;

use crate::text::clean;
use std::fmt;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

/// The longest wait for a release when this process is about to be suspended.
const RELEASE_TIMEOUT: Duration = Duration::from_millis(200);

/// A service that keeps the machine awake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AwakeService {
    /// The login manager (systemd-logind or elogind).
    LoginManager,
    /// The session manager, power management or screen saver of the desktop.
    Desktop,
    /// The program `caffeinate` of macOS.
    Caffeinate,
}

impl fmt::Display for AwakeService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            AwakeService::LoginManager => "the login manager",
            AwakeService::Desktop => "the desktop",
            AwakeService::Caffeinate => "caffeinate",
        })
    }
}

/// The reason why the machine is not kept awake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeepAwakeError {
    /// Every service refused. Holds the words of the last one.
    Refused(String),
    /// The program that keeps the machine awake does not run.
    HelperFailed {
        /// The name of the program.
        program: String,
        /// The words of the operating system.
        words: String,
    },
}

impl fmt::Display for KeepAwakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeepAwakeError::Refused(words) => f.write_str(&clean(words)),
            KeepAwakeError::HelperFailed { program, words } => {
                write!(f, "{} does not run: {}", clean(program), clean(words))
            }
        }
    }
}

/// The outcome of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeepAwakeNotice {
    /// The machine stays awake, or there is no service that could put it to sleep.
    Kept,
    /// The machine may fall asleep, for this reason.
    MaySleep(KeepAwakeError),
}

/// Asks every service once, releases the machine at once and returns the services that agreed. The list is empty if there
/// is none to ask.
///
/// # Errors
/// If every service refuses.
pub fn ask_once() -> Result<Vec<AwakeService>, KeepAwakeError> {
    #[cfg(target_os = "linux")]
    return dbus::inhibit().map(|held| held.map_or(Vec::new(), |held| held.services()));
    #[cfg(target_os = "macos")]
    return helper_program::start().map(|_| vec![AwakeService::Caffeinate]);
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    Ok(Vec::new())
}

/// Keeps the machine awake on request. Dropping it releases the machine.
#[derive(Debug)]
pub struct KeepAwake {
    wanted: bool,
    /// Missing if there is nothing to ask.
    requests: Option<Sender<WakeRequest>>,
}

/// A request to the thread.
struct WakeRequest {
    #[cfg_attr(windows, expect(dead_code, reason = "no service is asked on Windows"))]
    keep_awake: bool,
    /// Dropped when the request is done, which the other end notices.
    _done: Sender<()>,
}

impl KeepAwake {
    /// Returns a handle to the services of this machine. `notify` is called on another thread, and only when the outcome
    /// changes. At first the machine is taken to be kept.
    pub fn open(notify: impl FnMut(KeepAwakeNotice) + Send + 'static) -> KeepAwake {
        #[cfg(target_os = "linux")]
        return KeepAwake::with_service(dbus::inhibit, notify);
        #[cfg(target_os = "macos")]
        return KeepAwake::with_service(|| helper_program::start().map(Some), notify);
        #[cfg(not(any(target_os = "linux", target_os = "macos")))]
        {
            let _ = notify;
            KeepAwake::disabled()
        }
    }

    /// Returns a handle that does nothing.
    pub fn disabled() -> KeepAwake {
        KeepAwake { wanted: false, requests: None }
    }

    /// Returns a handle to one service. The machine is kept awake for as long as the value returned by `inhibit` lives;
    /// `None` means that there is nothing to ask.
    #[cfg(any(test, target_os = "linux", target_os = "macos"))]
    fn with_service<T>(
        inhibit: impl FnMut() -> Result<Option<T>, KeepAwakeError> + Send + 'static,
        mut notify: impl FnMut(KeepAwakeNotice) + Send + 'static,
    ) -> KeepAwake {
        let (requests, received) = mpsc::channel();
        // Services may be slow, and the first screen must not wait for them.
        let thread = std::thread::Builder::new().name("keep-awake".to_string());
        let spawned = thread.spawn(move || {
            let mut last = KeepAwakeNotice::Kept;
            serve(&received, inhibit, |notice| {
                if notice != last {
                    last = notice.clone();
                    notify(notice);
                }
            });
        });
        KeepAwake { wanted: false, requests: spawned.is_ok().then_some(requests) }
    }

    /// Keeps the machine awake from now on, or releases it. A repeated call costs nothing.
    pub fn set(&mut self, keep_awake: bool) {
        self.request(keep_awake);
    }

    /// Releases the machine and waits a moment until that is done, because this process is about to be suspended.
    pub fn release_and_wait(&mut self) {
        if let Some(done) = self.request(false) {
            let _ = done.recv_timeout(RELEASE_TIMEOUT);
        }
    }

    /// Sends a request, if it changes anything. The receiver is disconnected once the request is done.
    fn request(&mut self, keep_awake: bool) -> Option<Receiver<()>> {
        let changes = std::mem::replace(&mut self.wanted, keep_awake) != keep_awake;
        let requests = self.requests.as_ref().filter(|_| changes)?;
        let (_done, done) = mpsc::channel();
        // Fails if the thread has ended, and then there is nothing to wait for.
        requests.send(WakeRequest { keep_awake, _done }).ok().map(|()| done)
    }
}

/// Serves requests until there can be no more.
#[cfg(any(test, target_os = "linux", target_os = "macos"))]
fn serve<T>(
    requests: &Receiver<WakeRequest>,
    mut inhibit: impl FnMut() -> Result<Option<T>, KeepAwakeError>,
    mut notify: impl FnMut(KeepAwakeNotice),
) {
    let mut held = None;
    while let Ok(request) = requests.recv() {
        // Only the latest request counts.
        let request = requests.try_iter().last().unwrap_or(request);
        if !request.keep_awake {
            held = None;
        } else if held.is_none() {
            match inhibit() {
                Ok(inhibitor) => {
                    held = inhibitor;
                    notify(KeepAwakeNotice::Kept);
                }
                Err(error) => notify(KeepAwakeNotice::MaySleep(error)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Notes when it is dropped.
    struct FakeInhibitor(Sender<String>);

    impl Drop for FakeInhibitor {
        fn drop(&mut self) {
            self.0.send("released".to_string()).unwrap();
        }
    }

    #[test]
    fn the_service_is_asked_once_released_and_asked_again() {
        let (notes, noted) = mpsc::channel::<String>();
        let (asked, notified) = (notes.clone(), notes);
        let mut count = 0;
        let inhibit = move || {
            count += 1;
            asked.send("asked".to_string()).unwrap();
            if count == 2 {
                Err(KeepAwakeError::Refused("denied".to_string()))
            } else {
                Ok(Some(FakeInhibitor(asked.clone())))
            }
        };
        let notify = move |notice| notified.send(format!("{notice:?}")).unwrap();
        let mut keep_awake = KeepAwake::with_service(inhibit, notify);
        let next = || noted.recv_timeout(Duration::from_secs(15)).unwrap();
        keep_awake.set(true);
        keep_awake.set(true);
        assert_eq!(next(), "asked");
        keep_awake.release_and_wait();
        assert_eq!(next(), "released");
        keep_awake.set(true);
        assert_eq!([next(), next()], ["asked", "MaySleep(Refused(\"denied\"))"]);
        keep_awake.set(false);
        keep_awake.release_and_wait();
        keep_awake.set(true);
        assert_eq!([next(), next()], ["asked", "Kept"]);
        drop(keep_awake);
        assert_eq!(next(), "released");
        assert!(noted.recv_timeout(Duration::from_secs(15)).is_err(), "the thread has ended");
    }
}
