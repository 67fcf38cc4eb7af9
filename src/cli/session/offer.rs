//! Offers the session that a kill, a crash or a flat battery cut off, at the next start.

use super::display::Display;
use super::page_host::PageHost;
use super::prompts;
use super::record::SessionRecorder;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::report::Report;
use crate::clock;
use crate::display::ago;
use crate::frontend::{Resume, SessionFate, UnfinishedOffer};
use crate::history::unfinished::{self, UnfinishedSession};
use crate::history::{LogError, describe, timeouts};
use crate::text::clean;
use std::io::{self, Write};

/// Offers one unfinished session after the other. Returns the one to resume, or `None` to do what the program was
/// started for. Without a keyboard a note about the latest is printed.
///
/// # Errors
/// If a signal ends the program or the terminal is gone.
pub fn offer_unfinished(host: &mut PageHost<'_>) -> Result<Option<Box<UnfinishedSession>>, Failure> {
    loop {
        // A log that cannot be read is reported when the session is journalled.
        let Ok(search) = find(host.context) else { return Ok(None) };
        for error in search.unreadable {
            let _ = write!(io::stderr(), "warning: {}", Report::from(error));
        }
        let Some(latest) = search.latest else { return Ok(None) };
        let offer = describe_offer(&latest, search.more);
        if host.display == Display::Unattended {
            let (name, done, gap) = (clean(&offer.name), offer.progress(), ago(offer.gap));
            let _ = writeln!(
                io::stderr(),
                "note: {name} was cut off {gap} ({done}); resume it with `pacebell resume`"
            );
            return Ok(None);
        }
        let fate = match prompts::offer(host, offer)? {
            Resume::Now => return Ok(Some(Box::new(latest))),
            Resume::Later => return Ok(None),
            Resume::Log => SessionFate::Log,
            Resume::Discard => SessionFate::Discard,
        };
        let session = latest.session.clone();
        let recorder = SessionRecorder::resume(host.context, latest, |_| {}).without_waiting();
        match recorder.carry_out(host, fate, &session) {
            Ok(()) => {}
            // This session can wait; today's workout cannot.
            Err(Failure::System(report)) => {
                let _ = write!(io::stderr(), "warning: {report}");
                return Ok(None);
            }
            Err(failure) => return Err(failure),
        }
    }
}

fn find(context: &Context) -> Result<unfinished::UnfinishedSearch, LogError> {
    unfinished::find(&context.log()?.with_lock_timeout(timeouts::LOCKED_AT_START))
}

fn describe_offer(unfinished: &UnfinishedSession, others: usize) -> UnfinishedOffer {
    let now = clock::local_time();
    let away = unfinished.away(now.timestamp_millis());
    let started = describe::start(unfinished.started, *now.offset());
    let mut offer = UnfinishedOffer::of(&unfinished.session, away, started).with_others(others);
    if !unfinished.rehearsal.is_real_time() {
        offer.name.push_str(&format!(" (rehearsal {})", unfinished.rehearsal));
    }
    offer
}
