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
use crate::tui::screens::start::{StartAnswer, StartPage};
use crate::workout::sequence::Sequence;
use std::io::{self, Write};
use std::sync::Arc;

/// The latest unfinished session, and how it is offered.
pub struct FoundSession {
    /// The session. It is locked while this value lives.
    pub session: Box<UnfinishedSession>,
    /// Its offer.
    pub offer: UnfinishedOffer,
}

/// The sessions that were cut off, as they are at the start of a command.
#[derive(Default)]
pub struct CutOffSessions {
    /// The latest that can be resumed.
    pub latest: Option<FoundSession>,
    /// A line about each that was complete, and is now in the log.
    pub logged: Vec<String>,
}

/// Finds the sessions that were cut off. Logs those that were complete, and warns about those that cannot be read. A log
/// that cannot be read is reported when a session is journalled.
pub fn find_cut_off(context: &Context) -> CutOffSessions {
    let Ok(mut search) = find(context) else { return CutOffSessions::default() };
    for error in search.unreadable {
        let _ = write!(io::stderr(), "warning: {}", Report::from(error));
    }
    let logged = log_complete(context, std::mem::take(&mut search.complete));
    let latest = search.latest.map(|session| {
        let offer = describe_offer(&session, search.more);
        FoundSession { session: Box::new(session), offer }
    });
    CutOffSessions { latest, logged }
}

/// Returns the latest unfinished session, and prints a line about each that was complete and is now in the log.
pub fn find_latest(context: &Context) -> Option<FoundSession> {
    let CutOffSessions { latest, logged } = find_cut_off(context);
    print_notes(&logged);
    latest
}

/// Prints notes, which are not part of a command's output.
pub fn print_notes(notes: &[String]) {
    // Without standard error, nobody reads notes.
    notes.iter().for_each(|note| drop(writeln!(io::stderr(), "note: {note}")));
}

/// Logs sessions whose steps are all done, and returns a line about each.
pub fn log_complete(context: &Context, complete: Vec<UnfinishedSession>) -> Vec<String> {
    let log = |unfinished: UnfinishedSession| {
        let (id, session) = (unfinished.id(), unfinished.session.clone());
        let offer = describe_offer(&unfinished, 0);
        let name = format!("{}, {}", offer.day, clean(&offer.name));
        match SessionRecorder::resume(context, unfinished, |_| {}).log_complete(&session) {
            Ok(()) => format!(
                "{name}, was cut off after its last step and is now in the log; \
                 `pacebell log edit {}{}` adds how hard it was",
                id.0,
                context.log_option()
            ),
            Err(error) => {
                format!("{name}, was cut off after its last step and cannot be logged: {}", error.problem)
            }
        }
    };
    complete.into_iter().map(log).collect()
}

/// Offers one unfinished session after the other. Returns the one to resume, or `None` to do what the program was
/// started for. Without a keyboard a note about the latest is printed.
///
/// # Errors
/// If a signal ends the program or the terminal is gone.
pub fn offer_unfinished(host: &mut PageHost<'_>) -> Result<Option<Box<UnfinishedSession>>, Failure> {
    while let Some(found) = find_latest(host.context) {
        if host.display == Display::Unattended {
            let FoundSession { offer, .. } = found;
            let (name, done, gap) = (clean(&offer.name), offer.progress(), ago(offer.gap));
            let _ = writeln!(
                io::stderr(),
                "note: {name} was cut off {gap} ({done}); resume it with `pacebell resume{}`",
                host.context.log_option()
            );
            return Ok(None);
        }
        match ask(host, found)? {
            OfferOutcome::Resume(session) => return Ok(Some(session)),
            OfferOutcome::Later => return Ok(None),
            OfferOutcome::Concluded => {}
        }
    }
    Ok(None)
}

/// The outcome of an offer.
pub enum OfferOutcome {
    /// Resume this session.
    Resume(Box<UnfinishedSession>),
    /// The session stays unfinished.
    Later,
    /// The session was logged or discarded.
    Concluded,
}

/// Asks what to do with an unfinished session, and logs or discards it.
///
/// # Errors
/// If a signal ends the program or the terminal is gone.
pub fn ask(host: &mut PageHost<'_>, found: FoundSession) -> Result<OfferOutcome, Failure> {
    let FoundSession { session, offer } = found;
    let fate = match prompts::offer(host, offer)? {
        Resume::Now => return Ok(OfferOutcome::Resume(session)),
        Resume::Later => return Ok(OfferOutcome::Later),
        Resume::Log => SessionFate::Log,
        Resume::Discard => SessionFate::Discard,
    };
    Ok(if conclude(host, *session, fate)? { OfferOutcome::Concluded } else { OfferOutcome::Later })
}

/// Returns a line about the latest unfinished session, with the command that resumes it, or else about one that was
/// complete and is now in the log. `None` if there is neither, or if the log cannot be read.
pub fn unfinished_note(context: &Context) -> Option<String> {
    let mut search = find(context).ok()?;
    let logged = log_complete(context, std::mem::take(&mut search.complete));
    let Some(latest) = &search.latest else { return logged.into_iter().next() };
    let offer = describe_offer(latest, search.more);
    Some(format!("{}; resume it with `pacebell resume{}`", clean(&offer.line()), context.log_option()))
}

/// The choice before a run.
pub enum RunChoice {
    /// Run the workout.
    Run,
    /// Resume this session instead.
    Resume(Box<UnfinishedSession>),
    /// Run nothing.
    Quit,
}

/// Shows the workout with one line about the unfinished session, if there is one. Without a screen, asks about the
/// session as [`offer_unfinished`] does. The session stays unfinished until it is resumed, logged or discarded.
///
/// # Errors
/// If a signal ends the program or the terminal is gone.
pub fn offer_before_run(host: &mut PageHost<'_>, workout: &Arc<Sequence>) -> Result<RunChoice, Failure> {
    if host.display != Display::Screen {
        let resumed = offer_unfinished(host)?;
        return Ok(resumed.map_or(RunChoice::Run, RunChoice::Resume));
    }
    while let Some(FoundSession { session, offer }) = find_latest(host.context) {
        let mut page = StartPage::new(Arc::clone(workout), offer, host.context.theme);
        let fate = match host.show(&mut page)? {
            StartAnswer::Run => return Ok(RunChoice::Run),
            StartAnswer::Resume => return Ok(RunChoice::Resume(session)),
            StartAnswer::Quit => {
                host.leave()?;
                return Ok(RunChoice::Quit);
            }
            StartAnswer::Log => SessionFate::Log,
            StartAnswer::Discard => SessionFate::Discard,
        };
        if !conclude(host, *session, fate)? {
            return Ok(RunChoice::Run);
        }
    }
    Ok(RunChoice::Run)
}

/// Logs or discards a session. Returns false if it cannot be saved now.
fn conclude(
    host: &mut PageHost<'_>,
    unfinished: UnfinishedSession,
    fate: SessionFate,
) -> Result<bool, Failure> {
    let session = unfinished.session.clone();
    let recorder = SessionRecorder::resume(host.context, unfinished, |_| {}).without_waiting();
    match recorder.carry_out(host, fate, &session) {
        Ok(()) => Ok(true),
        // This session can wait; today's workout cannot.
        Err(Failure::System(report)) => {
            let _ = write!(io::stderr(), "warning: {report}");
            Ok(false)
        }
        Err(failure) => Err(failure),
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
    offer.day = unfinished.started.format("%-d %b").to_string();
    if !unfinished.rehearsal.is_real_time() {
        offer.name.push_str(&format!(" (rehearsal {})", unfinished.rehearsal));
    }
    offer
}
