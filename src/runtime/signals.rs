//! The thread that listens for signals, and what the program does about them: stop, continue, end.

use super::notice::RuntimeNotice;
use super::process_signal::ProcessSignal;
use std::sync::mpsc::Receiver;
use std::time::Duration;

#[cfg(not(unix))]
pub use other::*;
#[cfg(unix)]
pub use unix::*;

/// The longest wait for the signal that explains why a terminal failed.
const SIGNAL_GRACE: Duration = Duration::from_millis(200);

/// Returns the signal that explains why a terminal failed. Usually it was closed, and the signal that says so arrives
/// a little later.
pub fn signal_after_failure(notices: &Receiver<RuntimeNotice>) -> Option<ProcessSignal> {
    while let Ok(notice) = notices.recv_timeout(SIGNAL_GRACE) {
        match notice {
            RuntimeNotice::InputClosed => return Some(ProcessSignal::HANGUP),
            RuntimeNotice::Signal(signal) if signal.ends_program() => return Some(signal),
            _ => {}
        }
    }
    None
}

/// Systems without signals: Ctrl-C is a key there.
#[cfg(not(unix))]
mod other {
    use super::{ProcessSignal, RuntimeNotice};
    use std::io;
    use std::process::{Command, ExitStatus};
    use std::sync::mpsc::{Receiver, Sender};

    /// Does nothing: there are no signals to listen for.
    ///
    /// # Errors
    /// Never.
    pub fn listen_to_signals(_: Sender<RuntimeNotice>) -> io::Result<()> {
        Ok(())
    }

    /// Does nothing: no signal tells of a limit here.
    pub fn ignore_write_limit() {}

    /// Does nothing: programs are not suspended here.
    pub fn suspend(_: &Receiver<RuntimeNotice>) -> Option<ProcessSignal> {
        None
    }

    /// Runs a program that has the terminal until it ends.
    ///
    /// # Errors
    /// If the program cannot be started.
    pub fn lend_terminal(program: &mut Command) -> io::Result<ExitStatus> {
        program.status()
    }
}

#[cfg(unix)]
mod unix {
    use super::{ProcessSignal, RuntimeNotice};
    use crate::runtime::threads::start_thread;
    use crate::tui::term::terminal;
    use rustix::process::{Pid, Signal, kill_process};
    use signal_hook::consts::{
        SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGTSTP,
        SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU, SIGXFSZ,
    };
    use std::io;
    use std::process::{Command, ExitStatus};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicI32, AtomicUsize, Ordering};
    use std::sync::mpsc::{Receiver, Sender};
    use std::time::Duration;

    /// True while another program has the terminal: keys typed there are for that program.
    static TERMINAL_LENT: AtomicBool = AtomicBool::new(false);
    /// The number of signals ignored because they were meant for that program.
    static IGNORED: AtomicUsize = AtomicUsize::new(0);
    /// The longest wait for a signal that was meant for the other program.
    const LATE_SIGNAL: Duration = Duration::from_secs(1);

    /// The signals that are caught on every system. With [`more_signals`], they include all that would end the program
    /// without restoring the terminal, except those of a fault in the program itself.
    const CAUGHT: [i32; 15] = [
        SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGTSTP,
        SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU,
    ];

    /// Returns the signals that only Linux has, or that end a program only there: `STKFLT`, `IO`, `PWR`, and those for
    /// real-time programs.
    fn more_signals() -> Vec<i32> {
        if cfg!(target_os = "linux") { [16, 29, 30].into_iter().chain(34..=64).collect() } else { Vec::new() }
    }

    /// The process that has the terminal; 0 if there is none.
    static LENT_TO: AtomicI32 = AtomicI32::new(0);
    /// The time that a program which has the terminal gets to save and end.
    const LENT_GRACE: Duration = Duration::from_millis(1500);

    /// The time between two checks if the terminal is ours again.
    const FOREGROUND_CHECK: Duration = Duration::from_millis(100);
    /// The time that the loop has to end the program after a signal that asks for it.
    const GRACE: Duration = Duration::from_secs(3);

    /// Starts a thread that sends every signal that ends, stops or continues the program.
    ///
    /// # Errors
    /// If the system refuses to have the signals caught, or no thread can be started.
    pub fn listen_to_signals(notices: Sender<RuntimeNotice>) -> io::Result<()> {
        let mut signals = signal_hook::iterator::Signals::new(CAUGHT.into_iter().chain(more_signals()))?;
        start_thread("signals", move || {
            for signal in &mut signals {
                if TERMINAL_LENT.load(Ordering::Relaxed) && is_for_other_program(signal) {
                    IGNORED.fetch_add(1, Ordering::Relaxed);
                    continue;
                }
                let signal = ProcessSignal::new(signal);
                let lost = notices.send(RuntimeNotice::Signal(signal)).is_err();
                if lost || signal.ends_program() {
                    end_borrower();
                    exit_after_grace(signal);
                }
            }
        })
    }

    /// Makes a write beyond a limit (`ulimit -f`) an error like that of a full disk. Without this, the signal for it ends
    /// the program at once.
    pub fn ignore_write_limit() {
        // Caught, and not ignored, so that programs started from here still get the signal. If the system refuses,
        // nothing changes.
        let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
    }

    /// Ends the program after [`GRACE`], even if the loop hangs because its terminal no longer reads.
    fn exit_after_grace(signal: ProcessSignal) {
        // Without a thread, the loop must end the program by itself.
        let _ = std::thread::Builder::new().spawn(move || {
            std::thread::sleep(GRACE);
            terminal::restore_now();
            std::process::exit(signal.exit_status());
        });
    }

    /// True for a signal that is meant for the program that has the terminal. The shell sends it to both, as they are
    /// one job. When that job is stopped, this process stops too.
    fn is_for_other_program(signal: i32) -> bool {
        if signal == SIGTSTP {
            stop_this_process();
        }
        [SIGINT, SIGQUIT, SIGTSTP, SIGCONT].contains(&signal)
    }

    /// Runs a program that has the terminal until it ends. A signal that ends this process ends that program first.
    ///
    /// # Errors
    /// If the program cannot be started.
    pub fn lend_terminal(program: &mut Command) -> io::Result<ExitStatus> {
        TERMINAL_LENT.store(true, Ordering::Relaxed);
        let ended = program.spawn().and_then(|mut child| {
            LENT_TO.store(i32::try_from(child.id()).unwrap_or_default(), Ordering::Relaxed);
            let ended = child.wait();
            LENT_TO.store(0, Ordering::Relaxed);
            ended
        });
        ignore_late_signals();
        TERMINAL_LENT.store(false, Ordering::Relaxed);
        ended
    }

    /// Ends the program that has the terminal, if there is one: politely first, so that an editor can save.
    fn end_borrower() {
        let borrower = LENT_TO.load(Ordering::Relaxed);
        let Some(process) = Pid::from_raw(borrower) else { return };
        // Fails if the program has just ended.
        let _ = kill_process(process, Signal::TERM);
        let _ = std::thread::Builder::new().spawn(move || {
            std::thread::sleep(LENT_GRACE);
            if LENT_TO.load(Ordering::Relaxed) == borrower {
                let _ = kill_process(process, Signal::KILL);
            }
        });
    }

    /// Waits until signals meant for the other program have been ignored. The Ctrl-C that ended it was sent to this
    /// process too and may not have been handled yet. Signals are handled in the order of their numbers, so once a
    /// higher one has been ignored, so has that one.
    fn ignore_late_signals() {
        const CHECK: Duration = Duration::from_millis(2);
        let before = IGNORED.load(Ordering::Relaxed);
        if signal_hook::low_level::raise(SIGCONT).is_err() {
            return;
        }
        let mut waited = Duration::ZERO;
        while IGNORED.load(Ordering::Relaxed) == before && waited < LATE_SIGNAL {
            std::thread::sleep(CHECK);
            waited += CHECK;
        }
    }

    /// Stops this process, as the shell expects after Ctrl-Z, until it is continued in the foreground. A process that
    /// is continued in the background must not touch the terminal. Returns a signal that arrived in the meantime and
    /// asks the program to end.
    pub fn suspend(notices: &Receiver<RuntimeNotice>) -> Option<ProcessSignal> {
        stop_this_process();
        loop {
            while let Ok(notice) = notices.recv_timeout(FOREGROUND_CHECK) {
                match notice {
                    RuntimeNotice::Signal(signal) if signal.ends_program() => return Some(signal),
                    RuntimeNotice::InputClosed => return Some(ProcessSignal::HANGUP),
                    RuntimeNotice::Signal(_)
                    | RuntimeNotice::Input(_)
                    | RuntimeNotice::Sound(_)
                    | RuntimeNotice::Voice(_)
                    | RuntimeNotice::Log(_)
                    | RuntimeNotice::Awake(_)
                    | RuntimeNotice::Sensor(_) => {}
                }
            }
            if is_in_foreground() {
                return None;
            }
        }
    }

    /// True if the terminal is ours to draw on, or if there is none.
    fn is_in_foreground() -> bool {
        rustix::termios::tcgetpgrp(rustix::stdio::stdin())
            .map_or(true, |foreground| foreground == rustix::process::getpgrp())
    }

    fn stop_this_process() {
        // If the system refuses, the session simply continues.
        let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
    }
}
