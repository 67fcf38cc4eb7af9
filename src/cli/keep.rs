//! Keeping a session: its journal while it runs, and what becomes of it at its end.

use super::Failure;
use super::live::Shown;
use super::stage::Stage;
use crate::athlete::Athlete;
use crate::belt::Belt;
use crate::clock;
use crate::history::unfinished::Unfinished;
use crate::history::{self, Beginning, Conclusion, Journal, Settings, Store, Trouble};
use crate::runtime::Ending;
use crate::session::Summary;
use crate::units::Millis;
use crate::workout::sequence::Sequence;
use serde_json::json;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How long a program that is told to end waits for its last words to be written.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Where the log is: as told, else in its usual place.
///
/// # Errors
/// Where there is no place for it.
pub fn store(log: Option<&Path>) -> Result<Store, Trouble> {
    let path = log.map(Path::to_path_buf).or_else(history::default_path);
    path.map(Store::at).ok_or_else(|| {
        Trouble::new(
            "there is no home directory to keep the log in",
            "set XDG_DATA_HOME to a folder of yours, or name a file with `--log FILE`",
        )
    })
}

/// What a session depends on besides its steps, as it is today.
pub fn settings(athlete: Option<&Athlete>) -> Settings {
    Settings { belt: Belt::default(), athlete: athlete.map(|a| json!({ "vdot": a.vdot() })) }
}

/// Sees to it that a session is kept.
pub struct Keeper {
    journal: Result<Journal, Trouble>,
    sequence: Arc<Sequence>,
    speed: f64,
}

impl Keeper {
    /// For a session that begins now.
    pub fn begin(
        beginning: Beginning,
        log: Option<&Path>,
        mut tell: impl FnMut(history::Notice) + Send + 'static,
    ) -> Self {
        let (sequence, speed) = (Arc::clone(&beginning.sequence), beginning.speed);
        let journal = match store(log) {
            Ok(store) => Ok(Journal::begin(store, beginning, tell)),
            Err(trouble) => {
                tell(history::Notice::Waiting(trouble.clone()));
                Err(trouble)
            }
        };
        Keeper { journal, sequence, speed }
    }

    /// For a session that is taken up again.
    pub fn take_up(
        unfinished: Unfinished,
        log: Option<&Path>,
        tell: impl FnMut(history::Notice) + Send + 'static,
    ) -> Self {
        let sequence = Arc::new(unfinished.session.sequence().clone());
        let speed = unfinished.speed;
        let journal = store(log).map(|store| Journal::take_up(store, unfinished.take_up(), tell));
        Keeper { journal, sequence, speed }
    }

    /// Where what happens is to be written, if anywhere.
    pub fn journal(&self) -> Option<Journal> {
        self.journal.as_ref().ok().cloned()
    }

    /// Asks what is to become of a session that is over, and sees that it is written. The signal that ended the
    /// program, if one did.
    pub fn conclude(self, ending: &Ending, shown: Shown, stage: &mut Stage) -> Result<Option<i32>, Failure> {
        let _ = (shown, stage, self.speed);
        let Ok(journal) = self.journal else { return Ok(ending.signal) };
        if ending.signal.is_none() {
            let summary = Summary::of(&ending.session);
            let logged = Conclusion::Logged(Arc::clone(&self.sequence), Box::new(summary));
            journal.conclude(logged, clock::since_1970());
        }
        if let Err(trouble) = journal.close(LAST_WORDS) {
            let _ = writeln!(io::stderr(), "error: not saved: {}", trouble.problem);
        }
        farewell(&self.sequence, &ending.session)?;
        Ok(ending.signal)
    }
}

/// One line that stays in the terminal after the screen is gone.
fn farewell(sequence: &Sequence, session: &crate::session::Session) -> Result<(), Failure> {
    let summary = Summary::of(session);
    let run = Millis::from_secs(summary.active.whole_secs());
    let (done, of) = (summary.steps_done, summary.steps_planned);
    Ok(writeln!(io::stdout(), "{}: {run} run, {done} of {of} steps done", sequence.name)?)
}
