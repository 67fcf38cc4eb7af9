//! Signals from the system, and output that nobody reads.

#![cfg(unix)]

use crate::fixture::pacebell_at;
use crate::terminal::Session;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

#[test]
fn every_signal_that_can_be_caught_restores_the_terminal() {
    // ABRT, ALRM, VTALRM, PROF, XCPU, IO, PWR, STKFLT and the first for real-time programs, by the numbers of Linux.
    for number in [6u32, 14, 26, 27, 24, 29, 30, 16, 34] {
        let mut session = Session::start(&["run", "5min hard"]);
        session.until("hard");
        session.signal(&format!("-{number}"));
        assert_eq!(session.end(), 128 + number);
        session.assert_restored();
    }
}

#[test]
fn a_write_limit_does_not_end_a_session() {
    let mut session = Session::start(&["run", "5min hard"]);
    session.until("hard");
    session.signal("-XFSZ");
    thread::sleep(Duration::from_millis(500));
    let then = session.text();
    session.wait("a clock that runs", || session.text() != then);
    session.signal("-TERM");
    assert_eq!(session.end(), 143);
    session.assert_restored();
}

/// Runs a session in a shell, with its output going where `to` says, and returns the number of sessions in the log.
fn logged_sessions(home: &Path, to: &str) -> usize {
    let script = format!("\"$0\" run --plain --audio off '1s hard, 1s easy' {to}");
    let status = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_pacebell")])
        .env("HOME", home)
        .envs(["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"].map(|name| (name, home)))
        .envs(
            ["DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"].map(|name| (name, "unix:path=/nowhere")),
        )
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(status.is_ok());
    thread::sleep(Duration::from_secs(3));
    let log = pacebell_at(home).args(["log", "--csv"]).output().unwrap();
    // The first line names the columns.
    String::from_utf8(log.stdout).unwrap().lines().count().saturating_sub(1)
}

#[test]
fn a_session_whose_lines_nobody_reads_goes_on_and_is_logged() {
    for to in ["| head -n 1 > /dev/null", "> /dev/full"] {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(logged_sessions(home.path(), to), 1, "{to}");
    }
}
