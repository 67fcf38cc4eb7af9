//! Records a session: its journal while it runs, and its outcome at the end.

use super::display::Display;
use super::page_host::PageHost;
use super::prompts;
use super::trial_result;
use crate::athlete::RaceResult;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::report::Report;
use crate::cli::spelled_output::SpelledOutput;
use crate::clock;
use crate::diagnostic::SourceText;
use crate::frontend::{FinishedSession, LogStatus, SessionFate};
use crate::history::unfinished::UnfinishedSession;
use crate::history::{
    Journal, JournalNotice, LogError, SessionOutcome, SessionSettings, SessionStartRow, timeouts,
};
use crate::library::NOTATION;
use crate::runner::profile::{Profile, Units};
use crate::session::answers::Answers;
use crate::session::{Session, Summary, time_trial};
use crate::text::clean;
use crate::units::{Millis, Rehearsal};
use crate::workout::sequence::{Activity, Sequence};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::json;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

/// Returns everything besides its steps that a session depends on, from today's profile.
pub fn settings(profile: &Profile) -> SessionSettings {
    let vdot = profile.athlete.vdot();
    SessionSettings { treadmill: profile.treadmill(), athlete: vdot.map(|vdot| json!({ "vdot": vdot })) }
}

/// Keeps a session in the log.
pub struct SessionRecorder {
    journal: Result<Journal, LogError>,
    sequence: Arc<Sequence>,
    rehearsal: Rehearsal,
    /// The day on which the session began.
    date: NaiveDate,
    /// The command that adds the session to the log by hand, without the time it took.
    add_command: String,
    /// True if the runner has to wait until the session is written.
    blocks: bool,
}

impl SessionRecorder {
    /// A recorder for a session that begins now. `notify` is called when the log cannot be written.
    pub fn begin(
        context: &Context,
        start: SessionStartRow,
        mut notify: impl FnMut(JournalNotice) + Send + 'static,
    ) -> Self {
        let (sequence, rehearsal) = (Arc::clone(&start.sequence), start.rehearsal);
        let add_command = add_command(context, &start.source, start.started);
        let date = start.started.date_naive();
        let journal = match context.log() {
            Ok(database) => Ok(Journal::begin(database, start, notify)),
            Err(error) => {
                notify(JournalNotice::Retrying(error.clone()));
                Err(error)
            }
        };
        SessionRecorder { journal, sequence, rehearsal, date, add_command, blocks: true }
    }

    /// A recorder for a session that is resumed. `notify` is called when the log cannot be written.
    pub fn resume(
        context: &Context,
        unfinished: UnfinishedSession,
        notify: impl FnMut(JournalNotice) + Send + 'static,
    ) -> Self {
        let sequence = Arc::new(unfinished.session.sequence().clone());
        let rehearsal = unfinished.rehearsal;
        let add_command = add_command(context, &unfinished.source, unfinished.started);
        let date = unfinished.started.date_naive();
        let journal =
            context.log().map(|database| Journal::resume(database, unfinished.into_resumed(), notify));
        SessionRecorder { journal, sequence, rehearsal, date, add_command, blocks: true }
    }

    /// Does not make the runner wait for a log that cannot be written.
    pub fn without_waiting(self) -> Self {
        SessionRecorder { blocks: false, ..self }
    }

    /// Returns the journal that the session is written to, if there is a log.
    pub fn journal(&self) -> Option<Journal> {
        self.journal.as_ref().ok().cloned()
    }

    /// Asks what to do with a session that is over, and does it. After a `failure`, or if one interrupts the question, a
    /// session whose steps are all done is logged. Any other stays unfinished, and the next start offers it.
    ///
    /// # Errors
    /// `failure`, an interruption, or a log that cannot be written.
    pub fn conclude(
        self,
        host: &mut PageHost<'_>,
        session: &Session,
        units: Units,
        failure: Option<Failure>,
    ) -> Result<(), Failure> {
        if let Some(failure) = failure {
            self.end_interrupted(host.display, session);
            return Err(failure);
        }
        if let Ok(journal) = &self.journal {
            // News that came while nobody looked may be out of date.
            host.log = journal.error().map_or(LogStatus::Written, LogStatus::from);
        }
        let finished = FinishedSession::of(session, self.rehearsal, host.log.clone()).in_units(units);
        match prompts::ending(host, finished) {
            Ok(fate) => self.carry_out(host, fate, session),
            Err(failure) => {
                self.end_interrupted(host.display, session);
                Err(failure)
            }
        }
    }

    /// Logs a session whose steps are all done, without a question, and waits until it is saved.
    ///
    /// # Errors
    /// If the log cannot be written.
    pub fn log_complete(self, session: &Session) -> Result<(), LogError> {
        let journal = self.journal.as_ref().map_err(LogError::clone)?;
        let summary = Box::new(Summary::of(session));
        let outcome = SessionOutcome::Logged(Arc::new(session.sequence().clone()), summary);
        journal.conclude(outcome, clock::since_1970());
        self.flush_and_close(timeouts::SAVE_AT_EXIT)
    }

    /// Ends a session whose fate the runner did not choose. One with steps left can be resumed later.
    fn end_interrupted(&self, display: Display, session: &Session) {
        let fate = FinishedSession::fate_if_interrupted(session, self.rehearsal);
        if let Ok(journal) = &self.journal {
            let now = clock::since_1970();
            match fate {
                SessionFate::Log => journal.conclude(self.outcome(fate, session, display), now),
                SessionFate::Discard => journal.conclude(SessionOutcome::Dropped, now),
                SessionFate::Later => {}
            }
        }
        // Errors are ignored, because the terminal may be gone.
        if let Err(error) = self.flush_and_close(timeouts::SAVE_AT_EXIT) {
            let _ = write!(io::stderr(), "error: {}", self.not_saved(error, fate, session));
        } else if display == Display::Screen && session.has_begun() {
            let _ = print_farewell(fate, &self.sequence.name, &Summary::of(session));
        }
    }

    /// Carries out the runner's choice for a session, asks how it was if it is logged, and waits until it is saved.
    ///
    /// # Errors
    /// If a signal ends the program, the terminal is gone, or the log cannot be written.
    pub fn carry_out(
        self,
        host: &mut PageHost<'_>,
        fate: SessionFate,
        session: &Session,
    ) -> Result<(), Failure> {
        if let Ok(journal) = &self.journal {
            journal.conclude(self.outcome(fate, session, host.display), clock::since_1970());
        }
        let asked = match fate {
            SessionFate::Log => self.ask_questions(host),
            SessionFate::Later | SessionFate::Discard => Ok(()),
        };
        let left = host.leave();
        let written = match (&asked, &left) {
            (Ok(()), Ok(())) => self.block_until_saved(host),
            // A program that is told to end, or has no terminal any more, must not wait.
            _ => self.flush_and_close(timeouts::SAVE_AT_EXIT),
        };
        if let Err(error) = written {
            let report = self.not_saved(error, fate, session);
            if asked.is_ok() {
                return Err(Failure::System(report));
            }
            let _ = write!(io::stderr(), "error: {report}");
        }
        asked?;
        left?;
        // The session is written by now, so nothing of it is lost if the offer fails.
        let offered =
            self.trial_result(fate, session).map_or(Ok(()), |result| trial_result::offer(host, result));
        if host.display == Display::Screen {
            let printed = print_farewell(fate, &self.sequence.name, &Summary::of(session));
            return offered.and(printed);
        }
        offered
    }

    fn ask_questions(&self, host: &mut PageHost<'_>) -> Result<(), Failure> {
        // A small break is over with one key, unless its workout asks something itself.
        if self.sequence.activity == Activity::Other && self.sequence.after_ask.is_empty() {
            return Ok(());
        }
        // Each answer is written when it is given, because the terminal may be closed at any time.
        let mut answered = |answers: &Answers| {
            if let Ok(journal) = &self.journal {
                journal.answers(answers.clone());
            }
        };
        prompts::questions(host, &self.sequence, Answers::default(), &mut answered)
    }

    /// Returns the result of a time trial that was run at real speed and is logged.
    fn trial_result(&self, fate: SessionFate, session: &Session) -> Option<RaceResult> {
        let counts = fate == SessionFate::Log && self.rehearsal.is_real_time();
        time_trial::result(session, self.date).filter(|_| counts)
    }

    fn outcome(&self, fate: SessionFate, session: &Session, display: Display) -> SessionOutcome {
        match fate {
            SessionFate::Log => {
                SessionOutcome::Logged(Arc::new(session.sequence().clone()), Box::new(Summary::of(session)))
            }
            SessionFate::Discard if display == Display::Unattended => SessionOutcome::Dropped,
            SessionFate::Discard => SessionOutcome::Discarded,
            SessionFate::Later => SessionOutcome::Later,
        }
    }

    /// Waits until everything is in the log. A runner who could fix a problem gets all the time that takes.
    fn block_until_saved(&self, host: &PageHost<'_>) -> Result<(), LogError> {
        let Err(error) = self.flush_and_close(timeouts::SAVE_AT_END) else { return Ok(()) };
        let Ok(journal) = &self.journal else { return Err(error) };
        if host.display == Display::Unattended || !self.blocks {
            return Err(error);
        }
        let status = LogStatus::from(error);
        let _ = writeln!(io::stderr(), "{status}\nTrying again until it is saved. Press Ctrl-C to give up.");
        while let Err(error) = journal.flush(Duration::from_secs(1)) {
            if host.is_told_to_end() {
                return Err(error);
            }
        }
        let _ = writeln!(io::stderr(), "Saved.");
        self.flush_and_close(timeouts::SAVE_AT_EXIT)
    }

    fn flush_and_close(&self, timeout: Duration) -> Result<(), LogError> {
        let journal = self.journal.as_ref().map_err(LogError::clone)?;
        journal.flush(timeout)?;
        journal.clone().close(timeouts::CLOSE)
    }

    /// Returns the report for a session that could not be saved as the runner chose.
    fn not_saved(&self, error: LogError, fate: SessionFate, session: &Session) -> Report {
        let LogError { problem, help } = error;
        let report = |what: &str| Report::new(format!("{what}: {problem}")).with_help(help);
        let is_in_database = self.journal.as_ref().is_ok_and(Journal::is_in_database);
        match (is_in_database, fate) {
            (true, SessionFate::Log) => report("the session is not logged")
                .with_note("everything is saved; pacebell will offer to log it when it next starts"),
            (true, _) => report("the last seconds of the session are not saved")
                .with_note("the rest is; pacebell will offer it when it next starts"),
            (false, SessionFate::Discard) => report("none of the session was saved"),
            (false, _) => {
                let run = Millis::from_secs(Summary::of(session).active.whole_secs());
                report("the session is not in the log")
                    .with_note(format!("to add it by hand, type: {} --took {run}", self.add_command))
            }
        }
    }
}

/// Returns the command that adds a session to the log, without the time it took.
fn add_command(
    context: &Context,
    SourceText { name, text }: &SourceText,
    started: DateTime<FixedOffset>,
) -> String {
    let workout = if name == NOTATION { text } else { name };
    let quoted = clean(workout).replace('\'', r"'\''");
    let log = context.log_option();
    format!("pacebell log add '{quoted}' --on '{}'{log}", started.format("%Y-%m-%d %H:%M"))
}

/// Prints the line that stays in the terminal after the screen is gone.
fn print_farewell(fate: SessionFate, name: &str, summary: &Summary) -> Result<(), Failure> {
    let run = Millis::from_secs(summary.active.whole_secs());
    let (done, planned) = (summary.steps_done, summary.steps_planned);
    let fate = match fate {
        SessionFate::Log => "logged",
        SessionFate::Later => "unfinished; resume it with `pacebell resume`",
        SessionFate::Discard => "discarded; bring it back with `pacebell log undo`",
    };
    Ok(writeln!(
        SpelledOutput::stdout(),
        "{}: {run} run, {done} of {planned} steps done; {fate}",
        clean(name)
    )?)
}
