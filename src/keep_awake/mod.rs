//! Keeps the machine from falling asleep while a session runs.
//!
//! [`KeepAwakePolicy`] is the rule, pure: awake while time runs, and for ten minutes of a pause; whoever is away for longer
//! has left the treadmill, and the machine may do as it was set up to. [`KeepAwake`] asks for it, on a thread of its
//! own: on Linux the login manager and the desktop over D-Bus, on macOS `caffeinate`. What was asked for ends with
//! the process, however that ends. Not promised: that the machine stays awake. Elsewhere, and where neither answers,
//! nothing is asked.

#[cfg(target_os = "linux")]
mod dbus;
#[cfg(any(test, target_os = "macos"))]
#[cfg_attr(not(target_os = "macos"), expect(dead_code, reason = "its program is there on macOS only"))]
mod helper_program;

use crate::units::{Millis, Moment};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

/// How long a pause keeps the machine awake.
pub const PAUSE: Millis = Millis::from_secs(600);
/// How long a process that is about to be stopped waits for it.
const LETTING_GO: Duration = Duration::from_millis(200);

/// Whether the machine is to be kept awake, told often enough how the session goes.
///
/// It goes by the session's clock: in a rehearsal those ten minutes are as short as all others.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeepAwakePolicy {
    /// Since when time stands still, while it does.
    still: Option<Moment>,
}

impl KeepAwakePolicy {
    /// Whether the machine is to be kept awake at `now`, where time runs or stands still.
    pub fn keeps(&mut self, runs: bool, now: Moment) -> bool {
        if runs {
            self.still = None;
            return true;
        }
        now < *self.still.get_or_insert(now) + PAUSE
    }

    /// When that changes by itself, if it does after `now`.
    pub fn ends(&self, now: Moment) -> Option<Moment> {
        self.still.map(|since| since + PAUSE).filter(|end| *end > now)
    }
}

/// What came of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeepAwakeNotice {
    /// The machine stays awake, or nobody is there who would put it to sleep.
    Kept,
    /// Somebody is there, and would not: why.
    MaySleep(String),
}

/// Asks once, lets go at once, and says who would see to it; nobody where nobody is there to be asked.
///
/// # Errors
/// Why, where all who are there refuse.
pub fn ask_once() -> Result<Vec<&'static str>, String> {
    #[cfg(target_os = "linux")]
    return dbus::hold().map(|held| held.map_or(Vec::new(), |held| held.by()));
    #[cfg(target_os = "macos")]
    return helper_program::hold().map(|held| held.map_or(Vec::new(), |_| vec!["caffeinate"]));
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    Ok(Vec::new())
}

/// Asks for the machine to be kept awake, and lets it go. Dropping it lets go.
#[derive(Debug)]
pub struct KeepAwake {
    wanted: bool,
    /// Nothing where nobody is asked.
    wishes: Option<Sender<WakeRequest>>,
}

/// What is wished, and who is told that it is done.
type WakeRequest = (bool, Sender<()>);

impl KeepAwake {
    /// Whoever there is on this machine to be asked. News come on another thread, and only where there are any.
    pub fn open(tell: impl FnMut(KeepAwakeNotice) + Send + 'static) -> KeepAwake {
        #[cfg(target_os = "linux")]
        return KeepAwake::asking(dbus::hold, tell);
        #[cfg(target_os = "macos")]
        return KeepAwake::asking(helper_program::hold, tell);
        #[cfg(not(any(target_os = "linux", target_os = "macos")))]
        {
            let _ = tell;
            KeepAwake::asking_nobody()
        }
    }

    /// Nobody is asked.
    pub fn asking_nobody() -> KeepAwake {
        KeepAwake { wanted: false, wishes: None }
    }

    /// What `hold` returns keeps the machine awake as long as it lives; nothing where nobody is there to be asked.
    fn asking<T>(
        hold: impl FnMut() -> Result<Option<T>, String> + Send + 'static,
        mut tell: impl FnMut(KeepAwakeNotice) + Send + 'static,
    ) -> KeepAwake {
        let (wishes, wished) = mpsc::channel();
        let asks = thread::Builder::new().name("awake".to_string());
        // Asking may take its time, and the first picture does not wait for it.
        let asks = asks.spawn(move || {
            // Without a word nothing is amiss.
            let mut last = KeepAwakeNotice::Kept;
            attend(&wished, hold, |news| {
                if news != last {
                    last = news.clone();
                    tell(news);
                }
            });
        });
        KeepAwake { wanted: false, wishes: asks.is_ok().then_some(wishes) }
    }

    /// Keeps the machine awake from now on, or lets it go. Saying so again costs nothing.
    pub fn keep(&mut self, on: bool) {
        self.wish(on);
    }

    /// Lets it go, and waits a moment until that is done: this process is about to be stopped.
    pub fn let_go(&mut self) {
        if let Some(done) = self.wish(false) {
            let _ = done.recv_timeout(LETTING_GO);
        }
    }

    /// Word comes, or the other end is dropped, once it is done.
    fn wish(&mut self, on: bool) -> Option<Receiver<()>> {
        let changes = std::mem::replace(&mut self.wanted, on) != on;
        let wishes = self.wishes.as_ref().filter(|_| changes)?;
        let (told, done) = mpsc::channel();
        // Where the thread is gone nobody is left to be asked.
        wishes.send((on, told)).ok().map(|()| done)
    }
}

/// Does what is wished until nobody wishes any more.
fn attend<T>(
    wishes: &Receiver<WakeRequest>,
    mut hold: impl FnMut() -> Result<Option<T>, String>,
    mut tell: impl FnMut(KeepAwakeNotice),
) {
    let mut held = None;
    while let Ok(wish) = wishes.recv() {
        // Of several that came meanwhile the last counts. Dropping the other end says that it is done.
        let (wish, _done) = wishes.try_iter().last().unwrap_or(wish);
        if !wish {
            held = None;
        } else if held.is_none() {
            match hold() {
                Ok(got) => {
                    held = got;
                    tell(KeepAwakeNotice::Kept);
                }
                Err(why) => tell(KeepAwakeNotice::MaySleep(why)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Moment {
        Moment::default() + Millis::from_secs(seconds)
    }

    #[test]
    fn a_pause_keeps_it_awake_for_ten_minutes_and_going_on_takes_it_again() {
        let mut vigil = KeepAwakePolicy::default();
        assert!(vigil.keeps(true, at(0)) && vigil.keeps(true, at(5000)));
        assert_eq!(vigil.ends(at(5000)), None, "a session may last");
        assert!(vigil.keeps(false, at(5010)));
        assert_eq!(vigil.ends(at(5010)), Some(at(5610)));
        assert!(vigil.keeps(false, at(5609)));
        assert!(!vigil.keeps(false, at(5610)));
        assert_eq!(vigil.ends(at(5610)), None, "nothing is left to wait for");
        assert!(vigil.keeps(true, at(9000)));
        assert!(
            vigil.keeps(false, at(9100)) && vigil.keeps(false, at(9699)),
            "each pause has its own ten minutes"
        );
        assert!(!vigil.keeps(false, at(9700)));
    }

    /// Notes when it is let go of.
    struct InhibitorHold(Sender<String>);

    impl Drop for InhibitorHold {
        fn drop(&mut self) {
            self.0.send("let go".to_string()).unwrap();
        }
    }

    #[test]
    fn it_is_asked_once_let_go_and_asked_again() {
        let (notes, noted) = mpsc::channel::<String>();
        let (asking, telling) = (notes.clone(), notes);
        let mut asked = 0;
        let hold = move || {
            asked += 1;
            asking.send("asked".to_string()).unwrap();
            if asked == 2 { Err("denied".to_string()) } else { Ok(Some(InhibitorHold(asking.clone()))) }
        };
        let mut awake = KeepAwake::asking(hold, move |news| telling.send(format!("{news:?}")).unwrap());
        let next = || noted.recv_timeout(Duration::from_secs(15)).unwrap();
        awake.keep(true);
        awake.keep(true);
        assert_eq!(next(), "asked");
        awake.let_go();
        assert_eq!(next(), "let go");
        awake.keep(true);
        assert_eq!([next(), next()], ["asked", "MaySleep(\"denied\")"]);
        awake.keep(false);
        awake.let_go();
        awake.keep(true);
        assert_eq!([next(), next()], ["asked", "Kept"]);
        drop(awake);
        assert_eq!(next(), "let go");
        assert!(noted.recv_timeout(Duration::from_secs(15)).is_err(), "the thread has ended");
    }
}
