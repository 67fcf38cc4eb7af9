//! Keeping a session: its journal while it runs, and what becomes of it at its end.

use super::Failure;
use super::asked::{self, Asked};
use super::live::Shown;
use super::stage::Stage;
use super::trial_result;
use crate::clock;
use crate::front::{Ended, Kept, Log};
use crate::history::unfinished::Unfinished;
use crate::history::{self, Beginning, Conclusion, Journal, Settings, Store, Trouble};
use crate::library::NOTATION;
use crate::profile::Profile;
use crate::runtime::Ending;
use crate::session::answers::Answers;
use crate::session::{Session, Summary, trial};
use crate::text::clean;
use crate::treadmill::Treadmill;
use crate::units::Millis;
use crate::workout::sequence::Sequence;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::json;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How long the end waits for a slow disk before it says so.
const PATIENCE: Duration = Duration::from_secs(5);
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
pub fn settings(profile: &Profile) -> Settings {
    let vdot = profile.athlete.vdot();
    Settings { treadmill: treadmill(profile), athlete: vdot.map(|vdot| json!({ "vdot": vdot })) }
}

/// The treadmill of a profile, with the runner's ceiling.
pub fn treadmill(profile: &Profile) -> Treadmill {
    Treadmill { belt: profile.belt(), ceiling: profile.athlete.ceiling }
}

/// Sees to it that a session is kept.
pub struct Keeper {
    journal: Result<Journal, Trouble>,
    sequence: Arc<Sequence>,
    speed: f64,
    /// The day on which it began.
    on: NaiveDate,
    /// What would add it to the log by hand.
    again: String,
}

/// Who tells how a session went, and how.
pub struct Witness<'a> {
    /// How it was shown.
    pub shown: Shown,
    /// The terminal.
    pub stage: &'a mut Stage,
}

impl Keeper {
    /// For a session that begins now.
    pub fn begin(
        beginning: Beginning,
        log: Option<&Path>,
        mut tell: impl FnMut(history::Notice) + Send + 'static,
    ) -> Self {
        let (sequence, speed) = (Arc::clone(&beginning.sequence), beginning.speed);
        let again = by_hand(&beginning.source, beginning.started);
        let on = beginning.started.date_naive();
        let journal = match store(log) {
            Ok(store) => Ok(Journal::begin(store, beginning, tell)),
            Err(trouble) => {
                tell(history::Notice::Waiting(trouble.clone()));
                Err(trouble)
            }
        };
        Keeper { journal, sequence, speed, on, again }
    }

    /// For a session that is taken up again.
    pub fn take_up(
        unfinished: Unfinished,
        log: Option<&Path>,
        tell: impl FnMut(history::Notice) + Send + 'static,
    ) -> Self {
        let sequence = Arc::new(unfinished.session.sequence().clone());
        let speed = unfinished.speed;
        let again = by_hand(&unfinished.source, unfinished.started);
        let on = unfinished.started.date_naive();
        let journal = store(log).map(|store| Journal::take_up(store, unfinished.take_up(), tell));
        Keeper { journal, sequence, speed, on, again }
    }

    /// Where what happens is to be written, if anywhere.
    pub fn journal(&self) -> Option<Journal> {
        self.journal.as_ref().ok().cloned()
    }

    /// Asks what is to become of a session that is over, and sees to it. The signal that ended the program, if one
    /// did; then the session is unfinished, and the next start offers it.
    pub fn conclude(self, ending: &Ending, witness: Witness<'_>) -> Result<Option<i32>, Failure> {
        let Witness { shown, stage } = witness;
        if let Some(signal) = ending.signal {
            return self.cut_off(signal, &ending.session, shown);
        }
        let ended = Ended {
            name: self.sequence.name.clone(),
            summary: Summary::of(&ending.session),
            rehearsed: (self.speed != 1.0).then(|| format!("{}×", self.speed)),
            log: Log::Written,
        };
        let kept = match asked::ending(ended, shown, stage)? {
            Asked::Answered(kept) => kept,
            Asked::Signal(signal) => {
                stage.leave()?;
                return self.cut_off(signal, &ending.session, shown);
            }
        };
        self.carry_out(kept, &ending.session, Witness { shown, stage })
    }

    /// The program is told to end: what has happened is written, and the next start offers to go on.
    fn cut_off(self, signal: i32, session: &Session, shown: Shown) -> Result<Option<i32>, Failure> {
        self.part(LAST_WORDS).map_err(|trouble| self.lost(&trouble, session))?;
        if shown == Shown::Screen {
            farewell(Kept::Later, &self.sequence.name, &Summary::of(session))?;
        }
        Ok(Some(signal))
    }

    /// Does with a session what was asked for, asks how it was where it is logged, and sees that it is written.
    pub fn carry_out(
        self,
        kept: Kept,
        session: &Session,
        Witness { shown, stage }: Witness<'_>,
    ) -> Result<Option<i32>, Failure> {
        let now = clock::since_1970();
        let mut signal = None;
        if let Ok(journal) = &self.journal {
            journal.conclude(self.conclusion(kept, session), now);
        }
        if kept == Kept::Log {
            let (answers, ended_by) = asked::questions(&self.sequence, Answers::default(), (shown, stage))?;
            signal = ended_by;
            if let (Ok(journal), true) = (&self.journal, answers != Answers::default()) {
                journal.answers(answers);
            }
        }
        let real = kept == Kept::Log && signal.is_none() && self.speed == 1.0;
        let result = trial::result(&self.sequence, &Summary::of(session), self.on).filter(|_| real);
        // Whatever comes of it: the session itself is written first.
        let offered = result.map(|result| trial_result::offer(result, (shown, stage)));
        stage.leave()?;
        self.see_it_written(session, shown, stage)?;
        if shown == Shown::Screen {
            farewell(kept, &self.sequence.name, &Summary::of(session))?;
        }
        Ok(offered.transpose()?.flatten().or(signal))
    }

    fn conclusion(&self, kept: Kept, session: &Session) -> Conclusion {
        match kept {
            Kept::Log => Conclusion::Logged(Arc::clone(&self.sequence), Box::new(Summary::of(session))),
            Kept::Discard => Conclusion::Discarded,
            Kept::Later => Conclusion::Later,
        }
    }

    /// Waits until everything is in the log; where somebody is there to mend what is in the way, for as long as they
    /// like.
    fn see_it_written(&self, session: &Session, shown: Shown, stage: &Stage) -> Result<(), Failure> {
        let Err(trouble) = self.part(PATIENCE) else { return Ok(()) };
        let Ok(journal) = self.journal.as_ref().map_err(|_| ()) else {
            return Err(self.lost(&trouble, session));
        };
        if shown == Shown::Unattended {
            return Err(self.lost(&trouble, session));
        }
        let _ = writeln!(
            io::stderr(),
            "{}\nIt is tried until it is saved; Ctrl-C gives up.",
            Log::from(trouble.clone())
        );
        while let Err(trouble) = journal.settle(Duration::from_secs(1)) {
            if stage.is_told_to_end() {
                return Err(self.lost(&trouble, session));
            }
        }
        let _ = writeln!(io::stderr(), "Saved.");
        self.part(LAST_WORDS).map_err(|trouble| self.lost(&trouble, session))
    }

    /// Waits until everything is written, and closes the log.
    fn part(&self, patience: Duration) -> Result<(), Trouble> {
        let journal = self.journal.as_ref().map_err(Trouble::clone)?;
        journal.settle(patience)?;
        journal.clone().close(LAST_WORDS)
    }

    /// What is said where a session could not be kept.
    fn lost(&self, trouble: &Trouble, session: &Session) -> Failure {
        let run = Millis::from_secs(Summary::of(session).active.whole_secs());
        let again = format!("{} --took {run}", self.again);
        Failure::System(format!(
            "this session is not in the log: {}\n  = help: {}; then this adds it by hand: {again}",
            trouble.problem, trouble.help
        ))
    }
}

/// The command that adds a session to the log, but for how long it took.
fn by_hand((name, text): &(String, String), started: DateTime<FixedOffset>) -> String {
    let what = if name == NOTATION { text } else { name };
    let quoted = clean(what).replace('\'', r"'\''");
    format!("pacebell log add '{quoted}' --on '{}'", started.format("%Y-%m-%d %H:%M"))
}

/// One line that stays in the terminal after the screen is gone.
fn farewell(kept: Kept, name: &str, summary: &Summary) -> Result<(), Failure> {
    let run = Millis::from_secs(summary.active.whole_secs());
    let (done, of) = (summary.steps_done, summary.steps_planned);
    let became = match kept {
        Kept::Log => "in the log",
        Kept::Later => "left for later: `pacebell resume` goes on with it",
        Kept::Discard => "discarded: `pacebell log undo` brings it back",
    };
    Ok(writeln!(io::stdout(), "{}: {run} run, {done} of {of} steps done; {became}", clean(name))?)
}
