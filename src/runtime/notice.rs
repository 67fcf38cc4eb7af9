//! What can wake the event loop, and the threads that listen for it.

use crate::audio;
use crossterm::event::Event as Input;
use std::sync::mpsc::Sender;

/// Something from outside.
#[derive(Debug)]
pub enum Notice {
    /// A key, a click, a new size.
    Input(Input),
    /// There is no more input to come: the terminal was closed.
    InputClosed,
    /// A signal from the system, by its number.
    Signal(i32),
    /// News of the sound.
    Sound(audio::Notice),
}

/// Sends every key press and every new size of the window.
pub fn listen_to_keys(notices: Sender<Notice>) {
    std::thread::spawn(move || {
        loop {
            let notice = match crossterm::event::read() {
                Ok(input) => Notice::Input(input),
                Err(_) => Notice::InputClosed,
            };
            let last = matches!(notice, Notice::InputClosed);
            if notices.send(notice).is_err() || last {
                return;
            }
        }
    });
}

#[cfg(unix)]
pub use unix::*;

#[cfg(not(unix))]
pub use other::*;

/// Systems without signals: Ctrl-C is a key there.
#[cfg(not(unix))]
mod other {
    use super::{Notice, Sender};
    use std::io;

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
    pub fn listen_to_signals(_: Sender<Notice>) -> io::Result<()> {
        Ok(())
    }

    /// Programs are not suspended here.
    pub fn stop_this_process() {}
}

#[cfg(unix)]
mod unix {
    use super::{Notice, Sender};
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    use std::io;
    use std::time::Duration;

    /// Ctrl-C.
    pub const INTERRUPT: i32 = SIGINT;
    /// The terminal was closed.
    pub const HANGUP: i32 = SIGHUP;
    /// Ctrl-Z.
    pub const SUSPEND: i32 = SIGTSTP;
    /// Goes on after having been stopped.
    pub const CONTINUE: i32 = SIGCONT;

    /// How long the loop has to end the program after a signal that asks for it.
    const GRACE: Duration = Duration::from_secs(3);

    /// Sends every signal that ends, stops or continues the program.
    ///
    /// # Errors
    /// Where the system refuses to let them be caught.
    pub fn listen_to_signals(notices: Sender<Notice>) -> io::Result<()> {
        let mut signals =
            signal_hook::iterator::Signals::new([SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP])?;
        std::thread::spawn(move || {
            for signal in &mut signals {
                let lost = notices.send(Notice::Signal(signal)).is_err();
                if lost || ![SIGCONT, SIGTSTP].contains(&signal) {
                    // A loop that waits for a terminal that no longer reads must not keep the program.
                    std::thread::spawn(move || {
                        std::thread::sleep(GRACE);
                        std::process::exit(128 + signal);
                    });
                }
            }
        });
        Ok(())
    }

    /// Stops this process until it is continued, as the shell expects of Ctrl-Z.
    pub fn stop_this_process() {
        // Where the system refuses, the session simply goes on.
        let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
    }
}
