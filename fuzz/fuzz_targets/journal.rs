//! A session in a log: its plan and its events, as JSON.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pacebell::session::{Event, Record, Session};
use pacebell::workout::sequence::Sequence;
use pacebell_fuzz::check_session;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
struct StoredSession {
    version: u32,
    sequence: Sequence,
    events: Vec<Event>,
}

fuzz_target!(|data: &[u8]| {
    let Ok(stored) = serde_json::from_slice::<StoredSession>(data) else { return };
    // The log refuses a plan without steps.
    if stored.sequence.steps.is_empty() {
        return;
    }
    let record = Record { version: stored.version, events: stored.events };
    let Ok(mut session) = Session::replay(Arc::new(stored.sequence), &record) else { return };
    check_session(&mut session);
});
