//! Terminals that stop reading: a closed lid at the other end of an SSH connection, a scrolled-back window, Ctrl-S.
//!
//! Only the picture may wait for such a terminal. The clock, the keys and the log go on.

use crate::terminal::Session;
use std::thread;
use std::time::{Duration, Instant};

/// Changes of the whole screen, which fill the terminal's buffers soon.
const WORKOUT: &str = "400×(0.5s hard, 0.5s easy)";
/// A large window.
const LARGE: (u16, u16) = (200, 60);
/// The time that fills the buffers, with time to spare.
const STALL: Duration = Duration::from_secs(10);
/// Additional seconds for a busy machine.
const GRACE: f64 = 0.7;

/// A session in a large window, a moment after its count-in.
fn running() -> Session {
    let session = Session::start_at_size(&["run", WORKOUT], &[], LARGE);
    session.wait("a few steps", || shown_step(&session) >= Some(3));
    session
}

/// Returns the session time of every event in the log, in seconds.
fn event_times(session: &Session) -> Vec<f64> {
    session.query_log("SELECT at_ms / 1000.0 FROM event ORDER BY number")
}

/// Returns the number of the step on the screen.
fn shown_step(session: &Session) -> Option<u32> {
    let text = session.text();
    text.split("step ").nth(1)?.split(' ').next()?.parse().ok()
}

#[test]
fn a_terminal_that_stops_reading_stops_nothing_else() {
    let session = running();
    let before = event_times(&session).last().copied().unwrap();
    let begun = Instant::now();
    session.stall(true);
    thread::sleep(STALL);
    let events = event_times(&session);
    let expected = before + begun.elapsed().as_secs_f64();
    let last = events.last().copied().unwrap();
    assert!((last - expected).abs() < 1.0 + GRACE, "the last event is of {last}, and it is {expected}");
    let gaps = events.windows(2).map(|pair| pair[1] - pair[0]).skip_while(|gap| *gap > 1.0);
    assert!(gaps.fold(0.0, f64::max) < 0.5 + GRACE, "{events:?}");

    let read_on = Instant::now();
    session.stall(false);
    let steps: Vec<u32> = session.query_log("SELECT count(*) FROM event");
    session.wait("the screen of now", || shown_step(&session).is_some_and(|step| step + 3 >= steps[0]));
    let late = read_on.elapsed().as_secs_f64();
    assert!(late < 0.1 + GRACE, "the screen was right after {late} s");
    assert!(!session.text().contains("atch up"), "asked about an absence:\n{}", session.text());
}

#[test]
fn a_terminal_that_does_not_read_is_restored_at_the_end() {
    let mut session = running();
    session.stall(true);
    thread::sleep(STALL);
    let signalled = Instant::now();
    session.signal("-TERM");
    assert_eq!(session.end(), 143);
    assert!(signalled.elapsed() < Duration::from_millis(2500), "{:?}", signalled.elapsed());
    session.stall(false);
    session.assert_restored();
    let events: Vec<String> = session.query_log("SELECT what FROM event ORDER BY number");
    assert_eq!(events.last().map(String::as_str), Some("\"stopped\""), "{events:?}");
}

#[test]
fn keys_work_while_the_terminal_does_not_read() {
    let mut session = running();
    session.stall(true);
    thread::sleep(STALL);
    session.press(" ");
    session.wait("a pause in the log", || {
        let events: Vec<String> = session.query_log("SELECT what FROM event ORDER BY number");
        events.last().is_some_and(|event| event.contains("paused"))
    });
    session.stall(false);
    session.until("Space resume");
}

#[test]
fn a_program_whose_terminal_does_not_read_can_be_suspended() {
    let mut session = running();
    session.stall(true);
    thread::sleep(STALL);
    session.signal("-TSTP");
    session.until_stopped();
    session.stall(false);
    session.assert_restored();
    session.signal("-CONT");
    session.until("atch up");
    session.signal("-TERM");
    assert_eq!(session.end(), 143);
    session.assert_restored();
}
