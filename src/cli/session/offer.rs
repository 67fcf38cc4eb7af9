//! At the next start after a kill, a crash or a flat battery: the session that was cut off is offered.

use super::display::Display;
use super::page_host::PageHost;
use super::prompts;
use super::prompts::PromptOutcome;
use super::record;
use super::record::{RecordingFrontend, SessionRecorder};
use crate::cli::failure::Failure;
use crate::clock;
use crate::display::ago;
use crate::frontend;
use crate::frontend::{Resume, SessionFate};
use crate::history::unfinished::{self, UnfinishedSession};
use crate::history::{LogError, describe, timeouts};
use crate::runtime::ProcessSignal;
use crate::text::clean;
use std::io::{self, Write};
use std::path::Path;

/// What the program is to do next.
pub enum OfferOutcome {
    /// What it was started for.
    AsMeant,
    /// Go on with this session.
    TakeUp(Box<UnfinishedSession>),
    /// End, for a signal came.
    Signal(ProcessSignal),
}

/// Offers what was cut off, one session after the other, until the runner goes on with one or has enough. Where nobody
/// can answer, it is said.
pub fn offer(shown: Display, log: Option<&Path>, stage: &mut PageHost) -> Result<OfferOutcome, Failure> {
    loop {
        // What is in the way of the log is said where the session is journalled.
        let Ok(found) = find(log) else { return Ok(OfferOutcome::AsMeant) };
        for why in &found.unreadable {
            let _ = writeln!(io::stderr(), "warning: {}", clean(&why.to_string()));
        }
        let Some(latest) = found.latest else { return Ok(OfferOutcome::AsMeant) };
        let offered = offered(&latest, found.more);
        if shown == Display::Unattended {
            let (name, done, gap) = (clean(&offered.name), offered.progress(), ago(offered.gap));
            let _ = writeln!(
                io::stderr(),
                "note: {name} was cut off {gap} ({done}): `pacebell resume` goes on with it"
            );
            return Ok(OfferOutcome::AsMeant);
        }
        let kept = match prompts::offer(offered, shown, stage)? {
            PromptOutcome::Signal(signal) => return Ok(OfferOutcome::Signal(signal)),
            PromptOutcome::Answered(Resume::GoOn) => return Ok(OfferOutcome::TakeUp(Box::new(latest))),
            PromptOutcome::Answered(Resume::Later) => return Ok(OfferOutcome::AsMeant),
            PromptOutcome::Answered(Resume::Log) => SessionFate::Log,
            PromptOutcome::Answered(Resume::Discard) => SessionFate::Discard,
        };
        let session = latest.session.clone();
        let keeper = SessionRecorder::take_up(latest, log, |_| {}).patiently();
        match keeper.carry_out(kept, &session, RecordingFrontend { shown, stage }) {
            Ok(None) => {}
            Ok(Some(signal)) => return Ok(OfferOutcome::Signal(signal)),
            // It can wait; today's workout cannot.
            Err(Failure::System(why)) => {
                let _ = writeln!(io::stderr(), "warning: {why}");
                return Ok(OfferOutcome::AsMeant);
            }
            Err(failure) => return Err(failure),
        }
    }
}

fn find(log: Option<&Path>) -> Result<unfinished::UnfinishedSearch, LogError> {
    unfinished::find(&record::store(log)?.with_lock_timeout(timeouts::LOCKED_AT_START))
}

/// As it is shown.
fn offered(unfinished: &UnfinishedSession, others: usize) -> frontend::UnfinishedOffer {
    let now = clock::local_time();
    let away = unfinished.away(now.timestamp_millis());
    let started = describe::start(unfinished.started, *now.offset());
    let mut offered = frontend::UnfinishedOffer::of(&unfinished.session, away, started).with_others(others);
    if unfinished.speed != 1.0 {
        offered.name.push_str(&format!(" (rehearsal {}×)", unfinished.speed));
    }
    offered
}
