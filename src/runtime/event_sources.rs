//! What can wake the event loop, and the threads that listen for it.

use crate::audio;
use crate::frontend::LogStatus;
use crate::history;
use crate::keep_awake;
use crate::voice;
use crossterm::event::Event as Input;
use std::io;
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

/// So many keys at most are handed over at once.
const MOST: usize = 1024;

/// Something from outside.
#[derive(Debug)]
pub enum RuntimeNotice {
    /// Keys, a new size.
    Input(TypedKey),
    /// There is no more input to come: the terminal was closed.
    InputClosed,
    /// A signal from the system, by its number.
    Signal(i32),
    /// News of the sound.
    Sound(audio::PlayerNotice),
    /// Speech that is ready to be heard.
    Voice(voice::SpeechNotice),
    /// News of the log.
    Log(history::JournalNotice),
    /// Whether the machine stays awake.
    Awake(keep_awake::KeepAwakeNotice),
}

impl From<history::JournalNotice> for LogStatus {
    fn from(news: history::JournalNotice) -> LogStatus {
        match news {
            history::JournalNotice::Written => LogStatus::Written,
            history::JournalNotice::Waiting(trouble) => trouble.into(),
        }
    }
}

impl From<history::LogError> for LogStatus {
    fn from(trouble: history::LogError) -> LogStatus {
        LogStatus::Waiting { problem: trouble.problem, help: trouble.help }
    }
}

/// What was typed, and the keyboard with it: as long as somebody holds this, nobody reads from the terminal.
///
/// So a program that is started on the same terminal meanwhile gets every key from its first on, and nothing has
/// to be woken or asked to stop.
#[derive(Debug)]
pub struct TypedKey {
    /// In the order in which it was typed; never empty.
    pub inputs: Vec<Input>,
    /// Read again when this is dropped.
    _keyboard: Sender<()>,
}

/// Sends every key press and every new size of the window.
pub fn listen_to_keys(notices: Sender<RuntimeNotice>) {
    std::thread::spawn(move || {
        while let Ok(inputs) = read() {
            let (keyboard, given_back) = mpsc::channel();
            if notices.send(RuntimeNotice::Input(TypedKey { inputs, _keyboard: keyboard })).is_err() {
                return;
            }
            // Nothing is ever sent: this ends when the other end is dropped.
            let _ = given_back.recv();
        }
        // Where nobody listens any more, nobody needs to know.
        let _ = notices.send(RuntimeNotice::InputClosed);
    });
}

/// Waits for a key, and takes with it those that have come already.
fn read() -> io::Result<Vec<Input>> {
    let mut inputs = vec![crossterm::event::read()?];
    while inputs.len() < MOST && crossterm::event::poll(Duration::ZERO)? {
        inputs.push(crossterm::event::read()?);
    }
    Ok(inputs)
}

#[cfg(unix)]
pub use unix::*;

#[cfg(not(unix))]
pub use other::*;

/// Systems without signals: Ctrl-C is a key there.
#[cfg(not(unix))]
mod other {
    use super::{RuntimeNotice, Sender};
    use std::io;
    use std::sync::mpsc::Receiver;

    /// Ctrl-C.
    pub const INTERRUPT: i32 = 2;
    /// The terminal was closed.
    pub const HANGUP: i32 = 1;
    /// Never sent.
    pub const SUSPEND: i32 = -1;
    /// Never sent.
    pub const CONTINUE: i32 = -2;

    /// There is nothing to listen to.
    ///
    /// # Errors
    /// Never.
    pub fn listen_to_signals(_: Sender<RuntimeNotice>) -> io::Result<()> {
        Ok(())
    }

    /// Programs are not suspended here.
    pub fn suspend(_: &Receiver<RuntimeNotice>) -> Option<i32> {
        None
    }

    /// Does something while another program has the terminal.
    pub fn hand_over<T>(meanwhile: impl FnOnce() -> T) -> T {
        meanwhile()
    }
}

#[cfg(unix)]
mod unix {
    use super::{RuntimeNotice, Sender};
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2};
    use std::io;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::mpsc::Receiver;
    use std::time::Duration;

    /// Another program has the terminal: what is typed there is its own.
    static HANDED_OVER: AtomicBool = AtomicBool::new(false);
    /// How many signals have been passed over for that.
    static PASSED_OVER: AtomicUsize = AtomicUsize::new(0);
    /// How long at most a signal may be on its way that was meant for the other program.
    const ON_ITS_WAY: Duration = Duration::from_secs(1);

    /// Ctrl-C.
    pub const INTERRUPT: i32 = SIGINT;
    /// The terminal was closed.
    pub const HANGUP: i32 = SIGHUP;
    /// Ctrl-Z.
    pub const SUSPEND: i32 = SIGTSTP;
    /// Goes on after having been stopped.
    pub const CONTINUE: i32 = SIGCONT;

    /// All that are caught: those that would end the program without giving the terminal back are among them.
    const CAUGHT: [i32; 8] = [SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2];
    /// How often to see whether the terminal is ours again.
    const LOOK: Duration = Duration::from_millis(100);
    /// How long the loop has to end the program after a signal that asks for it.
    const GRACE: Duration = Duration::from_secs(3);

    /// Sends every signal that ends, stops or continues the program.
    ///
    /// # Errors
    /// Where the system refuses to let them be caught.
    pub fn listen_to_signals(notices: Sender<RuntimeNotice>) -> io::Result<()> {
        let mut signals = signal_hook::iterator::Signals::new(CAUGHT)?;
        std::thread::spawn(move || {
            for signal in &mut signals {
                if HANDED_OVER.load(Ordering::Relaxed) && typed_elsewhere(signal) {
                    PASSED_OVER.fetch_add(1, Ordering::Relaxed);
                    continue;
                }
                let lost = notices.send(RuntimeNotice::Signal(signal)).is_err();
                if lost || ![SIGCONT, SIGTSTP].contains(&signal) {
                    // A loop that waits for a terminal that no longer reads must not keep the program.
                    std::thread::spawn(move || {
                        std::thread::sleep(GRACE);
                        // Its keys at least can be given back: that writes nothing.
                        let _ = crossterm::terminal::disable_raw_mode();
                        std::process::exit(128 + signal);
                    });
                }
            }
        });
        Ok(())
    }

    /// While another program has the terminal: whether a signal is meant for that one. It goes to both, as they
    /// are one job to the shell; to be stopped they are stopped together, and each goes on by itself.
    fn typed_elsewhere(signal: i32) -> bool {
        if signal == SIGTSTP {
            stop_this_process();
        }
        [SIGINT, SIGQUIT, SIGTSTP, SIGCONT].contains(&signal)
    }

    /// Does something while another program has the terminal.
    pub fn hand_over<T>(meanwhile: impl FnOnce() -> T) -> T {
        HANDED_OVER.store(true, Ordering::Relaxed);
        let done = meanwhile();
        let_pass_what_is_on_its_way();
        HANDED_OVER.store(false, Ordering::Relaxed);
        done
    }

    /// The Ctrl-C that ended the other program was sent to this one too, and may not have been looked at yet. Signals
    /// are looked at in the order of their numbers, so once a later one has been passed over, so has that.
    fn let_pass_what_is_on_its_way() {
        const LOOK: Duration = Duration::from_millis(2);
        let before = PASSED_OVER.load(Ordering::Relaxed);
        if signal_hook::low_level::raise(SIGCONT).is_err() {
            return;
        }
        let mut waited = Duration::ZERO;
        while PASSED_OVER.load(Ordering::Relaxed) == before && waited < ON_ITS_WAY {
            std::thread::sleep(LOOK);
            waited += LOOK;
        }
    }

    /// Stops this process, as the shell expects of Ctrl-Z, until it is continued and the terminal is its own
    /// again: one that is continued in the background must not touch it. Returns the signal that says to end
    /// instead, if one came meanwhile.
    pub fn suspend(notices: &Receiver<RuntimeNotice>) -> Option<i32> {
        stop_this_process();
        loop {
            while let Ok(notice) = notices.recv_timeout(LOOK) {
                match notice {
                    RuntimeNotice::Signal(SIGCONT | SIGTSTP)
                    | RuntimeNotice::Input(_)
                    | RuntimeNotice::Sound(_)
                    | RuntimeNotice::Voice(_)
                    | RuntimeNotice::Log(_)
                    | RuntimeNotice::Awake(_) => {}
                    RuntimeNotice::Signal(signal) => return Some(signal),
                    RuntimeNotice::InputClosed => return Some(SIGHUP),
                }
            }
            if is_in_foreground() {
                return None;
            }
        }
    }

    /// Where there is no terminal there is nobody to share it with.
    fn is_in_foreground() -> bool {
        rustix::termios::tcgetpgrp(rustix::stdio::stdin())
            .map_or(true, |foreground| foreground == rustix::process::getpgrp())
    }

    fn stop_this_process() {
        // Where the system refuses, the session simply goes on.
        let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
    }
}
