//! Keeping a session: its journal while it runs, and what becomes of it at its end.

use super::display::Display;
use super::page_host::PageHost;
use super::prompts;
use super::prompts::PromptOutcome;
use super::trial_result;
use crate::athlete::RaceResult;
use crate::cli::failure::Failure;
use crate::clock;
use crate::diagnostic::SourceText;
use crate::frontend::{FinishedSession, LogStatus, SessionFate};
use crate::history::unfinished::UnfinishedSession;
use crate::history::{
    self, Database, Journal, LogError, SessionOutcome, SessionSettings, SessionStartRow, timeouts,
};
use crate::library::NOTATION;
use crate::runner::profile::Profile;
use crate::runtime::ProcessSignal;
use crate::session::answers::Answers;
use crate::session::{Session, Summary, time_trial};
use crate::text::clean;
use crate::units::Millis;
use crate::workout::sequence::Sequence;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::json;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Where the log is: as told, else in its usual place.
///
/// # Errors
/// Where there is no place for it.
pub fn store(log: Option<&Path>) -> Result<Database, LogError> {
    // Absolute: SQLite takes some names, such as `:memory:`, for something else than a file.
    let named = log.map(|path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()));
    named.or_else(history::default_path).map(Database::at).ok_or_else(|| {
        LogError::new(
            "there is no home directory to keep the log in",
            "set XDG_DATA_HOME to a folder of yours, or name a file with `--log FILE`",
        )
    })
}

/// What a session depends on besides its steps, as it is today.
pub fn settings(profile: &Profile) -> SessionSettings {
    let vdot = profile.athlete.vdot();
    SessionSettings { treadmill: profile.treadmill(), athlete: vdot.map(|vdot| json!({ "vdot": vdot })) }
}

/// Sees to it that a session is kept.
pub struct SessionRecorder {
    journal: Result<Journal, LogError>,
    sequence: Arc<Sequence>,
    speed: f64,
    /// The day on which it began.
    on: NaiveDate,
    /// What would add it to the log by hand.
    again: String,
    /// Whoever is there is kept until it is written.
    insists: bool,
}

/// Who tells how a session went, and how.
pub struct RecordingFrontend<'a> {
    /// How it was shown.
    pub shown: Display,
    /// The terminal.
    pub stage: &'a mut PageHost,
}

impl SessionRecorder {
    /// For a session that begins now.
    pub fn begin(
        beginning: SessionStartRow,
        log: Option<&Path>,
        mut tell: impl FnMut(history::JournalNotice) + Send + 'static,
    ) -> Self {
        let (sequence, speed) = (Arc::clone(&beginning.sequence), beginning.speed);
        let again = by_hand(&beginning.source, beginning.started);
        let on = beginning.started.date_naive();
        let journal = match store(log) {
            Ok(store) => Ok(Journal::begin(store, beginning, tell)),
            Err(trouble) => {
                tell(history::JournalNotice::Retrying(trouble.clone()));
                Err(trouble)
            }
        };
        SessionRecorder { journal, sequence, speed, on, again, insists: true }
    }

    /// For a session that is taken up again.
    pub fn take_up(
        unfinished: UnfinishedSession,
        log: Option<&Path>,
        tell: impl FnMut(history::JournalNotice) + Send + 'static,
    ) -> Self {
        let sequence = Arc::new(unfinished.session.sequence().clone());
        let speed = unfinished.speed;
        let again = by_hand(&unfinished.source, unfinished.started);
        let on = unfinished.started.date_naive();
        let journal = store(log).map(|store| Journal::resume(store, unfinished.into_resumed(), tell));
        SessionRecorder { journal, sequence, speed, on, again, insists: true }
    }

    /// The same for a session that can as well be seen to later.
    pub fn patiently(self) -> Self {
        SessionRecorder { insists: false, ..self }
    }

    /// Where what happens is to be written, if anywhere.
    pub fn journal(&self) -> Option<Journal> {
        self.journal.as_ref().ok().cloned()
    }

    /// Asks what is to become of a session that is over, and sees to it. The signal that ended the program, if one
    /// did; then the session is unfinished, and the next start offers it.
    pub fn conclude(
        self,
        session: &Session,
        (signal, failure): (Option<ProcessSignal>, Option<io::Error>),
        RecordingFrontend { shown, stage }: RecordingFrontend<'_>,
    ) -> Result<Option<ProcessSignal>, Failure> {
        if signal.is_some() || failure.is_some() {
            self.cut_off(session, shown);
            return failure.map_or(Ok(signal), |failure| Err(failure.into()));
        }
        if let Ok(journal) = &self.journal {
            // News that came while nobody looked is no news any more.
            stage.log = journal.error().map_or(LogStatus::Written, LogStatus::from);
        }
        let ended = FinishedSession::of(session, self.speed, stage.log.clone());
        match prompts::ending(ended, shown, stage) {
            Ok(PromptOutcome::Answered(kept)) => {
                self.carry_out(kept, session, RecordingFrontend { shown, stage })
            }
            Ok(PromptOutcome::Signal(signal)) => {
                // A terminal that was closed need not be given back.
                let _ = stage.leave();
                self.cut_off(session, shown);
                Ok(Some(signal))
            }
            Err(failure) => {
                self.cut_off(session, shown);
                Err(failure)
            }
        }
    }

    /// The program has to end: what has happened is written, and the next start offers to go on. To a terminal that
    /// is gone there is nothing to say.
    fn cut_off(&self, session: &Session, shown: Display) {
        if let Err(trouble) = self.part(timeouts::SAVE_AT_EXIT) {
            let _ = writeln!(io::stderr(), "error: {}", self.lost(&trouble, SessionFate::Later, session));
        } else if shown == Display::Screen {
            let _ = farewell(SessionFate::Later, &self.sequence.name, &Summary::of(session));
        }
    }

    /// Does with a session what was asked for, asks how it was where it is logged, and sees that it is written.
    pub fn carry_out(
        self,
        kept: SessionFate,
        session: &Session,
        RecordingFrontend { shown, stage }: RecordingFrontend<'_>,
    ) -> Result<Option<ProcessSignal>, Failure> {
        if let Ok(journal) = &self.journal {
            journal.conclude(self.conclusion(kept, session, shown), clock::since_1970());
        }
        let asked = match kept {
            SessionFate::Log => {
                // Each as it is given: nobody knows how long the terminal lasts.
                let mut given = |answers: &Answers| {
                    if let Ok(journal) = &self.journal {
                        journal.answers(answers.clone());
                    }
                };
                let questions = (&*self.sequence, Answers::default());
                prompts::questions(questions, &mut given, (shown, &mut *stage))
            }
            SessionFate::Later | SessionFate::Discard => Ok(None),
        };
        let left = stage.leave();
        // Whoever is told to end, or has no terminal any more, is not to be kept waiting.
        let written = match (&asked, &left) {
            (Ok(None), Ok(())) => self.see_it_written(shown, stage),
            _ => self.part(timeouts::SAVE_AT_EXIT),
        };
        let signal = asked?;
        if let Err(trouble) = written {
            let lost = self.lost(&trouble, kept, session);
            if signal.is_none() {
                return Err(Failure::System(lost));
            }
            let _ = writeln!(io::stderr(), "error: {lost}");
            return Ok(signal);
        }
        if signal.is_none() {
            left?;
        }
        let result = self.trial(kept, session).filter(|_| signal.is_none());
        // The session itself is written: whatever comes of it, nothing of that is lost.
        let offered = result.map_or(Ok(signal), |result| trial_result::offer(result, (shown, &mut *stage)));
        if shown == Display::Screen {
            let said = farewell(kept, &self.sequence.name, &Summary::of(session));
            let signal = offered?;
            return if signal.is_some() { Ok(signal) } else { said.map(|()| None) };
        }
        offered
    }

    /// What a time trial came to that was run in earnest, and is logged.
    fn trial(&self, kept: SessionFate, session: &Session) -> Option<RaceResult> {
        let real = kept == SessionFate::Log && self.speed == 1.0;
        time_trial::result(session, self.on).filter(|_| real)
    }

    fn conclusion(&self, kept: SessionFate, session: &Session, shown: Display) -> SessionOutcome {
        match kept {
            SessionFate::Log => {
                SessionOutcome::Logged(Arc::clone(&self.sequence), Box::new(Summary::of(session)))
            }
            SessionFate::Discard if shown == Display::Unattended => SessionOutcome::Dropped,
            SessionFate::Discard => SessionOutcome::Discarded,
            SessionFate::Later => SessionOutcome::Later,
        }
    }

    /// Waits until everything is in the log; where somebody is there to mend what is in the way, for as long as they
    /// like.
    fn see_it_written(&self, shown: Display, stage: &PageHost) -> Result<(), LogError> {
        let Err(trouble) = self.part(timeouts::SAVE_AT_END) else { return Ok(()) };
        let Ok(journal) = &self.journal else { return Err(trouble) };
        if shown == Display::Unattended || !self.insists {
            return Err(trouble);
        }
        let _ = writeln!(
            io::stderr(),
            "{}\nIt is tried until it is saved; Ctrl-C gives up.",
            LogStatus::from(trouble)
        );
        while let Err(trouble) = journal.flush(Duration::from_secs(1)) {
            if stage.is_told_to_end() {
                return Err(trouble);
            }
        }
        let _ = writeln!(io::stderr(), "Saved.");
        self.part(timeouts::SAVE_AT_EXIT)
    }

    /// Waits until everything is written, and closes the log.
    fn part(&self, patience: Duration) -> Result<(), LogError> {
        let journal = self.journal.as_ref().map_err(LogError::clone)?;
        journal.flush(patience)?;
        journal.clone().close(timeouts::CLOSE)
    }

    /// What is said where a session could not be kept as was asked for.
    fn lost(&self, trouble: &LogError, kept: SessionFate, session: &Session) -> String {
        let LogError { problem, help } = trouble;
        let known = self.journal.as_ref().is_ok_and(Journal::is_in_database);
        match (known, kept) {
            (true, SessionFate::Log) => {
                format!(
                    "not logged: {problem}\n  = help: {help}; the session is there, and the next start offers it"
                )
            }
            (true, _) => format!(
                "the last of it is not saved: {problem}\n  = help: {help}; the next start offers the session"
            ),
            (false, SessionFate::Discard) => format!("nothing was saved: {problem}\n  = help: {help}"),
            (false, _) => {
                let run = Millis::from_secs(Summary::of(session).active.whole_secs());
                let again = format!("{} --took {run}", self.again);
                format!(
                    "this session is not in the log: {problem}\n  = help: {help}; then this adds it by hand: {again}"
                )
            }
        }
    }
}

/// The command that adds a session to the log, but for how long it took.
fn by_hand(SourceText { name, text }: &SourceText, started: DateTime<FixedOffset>) -> String {
    let what = if name == NOTATION { text } else { name };
    let quoted = clean(what).replace('\'', r"'\''");
    format!("pacebell log add '{quoted}' --on '{}'", started.format("%Y-%m-%d %H:%M"))
}

/// One line that stays in the terminal after the screen is gone.
fn farewell(kept: SessionFate, name: &str, summary: &Summary) -> Result<(), Failure> {
    let run = Millis::from_secs(summary.active.whole_secs());
    let (done, of) = (summary.steps_done, summary.steps_planned);
    let became = match kept {
        SessionFate::Log => "in the log",
        SessionFate::Later => "left for later: `pacebell resume` goes on with it",
        SessionFate::Discard => "discarded: `pacebell log undo` brings it back",
    };
    Ok(writeln!(io::stdout(), "{}: {run} run, {done} of {of} steps done; {became}", clean(name))?)
}
