//! What the runtime asks of whatever shows a session, the screen or lines of text; and what both show and ask
//! before and after one.

use crate::audio::volume::Volume;
use crate::coach::{Effect, View};
use crate::display;
use crate::keymap;
use crate::keymap::{Action, KeyContext};
use crate::runner::figures::ChangeRow;
use crate::session::{Command, Pauses, RepsDone, Session, Summary};
use crate::text::clean;
use crate::units::{Millis, Moment, clock};
use crate::workout::sequence::Sequence;
use chrono::{NaiveTime, TimeDelta};
use crossterm::event::Event as Input;
use std::sync::Arc;
use std::{fmt, io};

/// A front is given what to show and returns what the runner wants. It knows neither sound nor disk nor time.
pub trait Frontend {
    /// Something happened, sounded or was said.
    fn effect(&mut self, effect: &Effect, view: &View<'_>, status: &Status, at: Moment) -> io::Result<()>;

    /// Shows how things stand. Called after every effect, every input, and at the moment asked for by
    /// [`Frontend::next_picture`].
    fn show(&mut self, view: &View<'_>, status: &Status, at: Moment) -> io::Result<()>;

    /// How much later than `at` its picture changes by itself, if nothing happens before.
    fn next_picture(&self, view: &View<'_>, at: Moment) -> Option<Millis>;

    /// What the runner wants with a key press, a click, or a new size of the window.
    fn input(&mut self, input: &Input, view: &View<'_>) -> Option<Request>;

    /// True where nobody can press a key: after an absence nobody can be asked, and it goes on from where it was.
    fn is_unattended(&self) -> bool {
        false
    }

    /// True where a session begins with the command for it, unless the belt is known to need time.
    fn starts_at_once(&self) -> bool {
        false
    }

    /// True once it has nothing more to show, and the program may end.
    fn is_done(&self, view: &View<'_>) -> bool;

    /// Gives the terminal back as it was, to be suspended or at the end.
    fn leave(&mut self) -> io::Result<()>;

    /// Takes the terminal again, after a suspension: everything is to be drawn anew.
    fn enter(&mut self) -> io::Result<()>;
}

/// What the runner wants.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Request {
    /// Tell the session.
    Command(Command),
    /// Suspend the program, as Ctrl-Z does.
    Suspend,
    /// Leave at once, as Ctrl-C does.
    Interrupt,
    /// Make the sound louder or softer.
    Loudness(Loudness),
}

/// What becomes of the volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loudness {
    /// A step louder.
    Louder,
    /// A step softer.
    Softer,
    /// Muted, or not any more.
    Mute,
}

impl Loudness {
    /// What a key of the running screen asks for.
    pub fn of(action: Action) -> Option<Loudness> {
        match action {
            Action::Louder => Some(Loudness::Louder),
            Action::Softer => Some(Loudness::Softer),
            Action::Mute => Some(Loudness::Mute),
            _ => None,
        }
    }

    /// The volume after it.
    pub fn applied(self, volume: Volume) -> Volume {
        match self {
            Loudness::Louder => volume.louder(),
            Loudness::Softer => volume.softer(),
            Loudness::Mute => volume.mute_toggled(),
        }
    }
}

/// What the shell has to say beside the session.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// Whether signals are heard.
    pub sound: SoundStatus,
    /// How loud they are, where they are.
    pub volume: Volume,
    /// Whether the session is being kept.
    pub log: LogStatus,
    /// How fast the session's clock runs, where it does not run in real time.
    pub speed: Option<Rehearsal>,
    /// The time of day; nothing where nobody knows.
    pub time: Option<NaiveTime>,
    /// Why the machine may fall asleep in the middle of it, where whoever could keep it awake would not.
    pub may_sleep: Option<String>,
}

impl Status {
    /// Where sound goes; and that the machine may fall asleep, which the runner can still do something about. Where
    /// it stays awake, and where nobody is there who would put it to sleep, there is nothing to say.
    pub fn machine(&self) -> String {
        let mute = || keymap::label(KeyContext::Running, Action::Mute);
        let sound = match (self.volume.muted, &self.sound) {
            (true, SoundStatus::Silent(why)) => {
                format!("muted: {} unmutes · no sound: flash ({why})", mute())
            }
            (true, sound) => format!("muted: {} unmutes · {sound}", mute()),
            (false, sound) => sound.to_string(),
        };
        match &self.may_sleep {
            Some(why) => format!("this machine may fall asleep: {} · {sound}", clean(why)),
            None => sound,
        }
    }

    /// Whether the terminal's bell is to ring in the place of sound. Who mutes it wants none of it; the flash stays.
    pub fn wants_a_bell(&self) -> bool {
        self.sound.is_silent() && !self.volume.muted
    }

    /// The time of day once so much more of the session's time has passed.
    pub fn time_in(&self, left: Millis) -> Option<NaiveTime> {
        let real = left.as_secs_f64() / self.speed.map_or(1.0, |rehearsal| rehearsal.0);
        let time = self.time?;
        Some(time.overflowing_add_signed(TimeDelta::milliseconds((real * 1000.0) as i64)).0)
    }
}

/// How many of a session's seconds pass in a real one, where it is rehearsed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rehearsal(pub f64);

/// As it is written beside the session: `20×`.
impl fmt::Display for Rehearsal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}×", self.0)
    }
}

/// What becomes of what happens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LogStatus {
    /// It is in the log within a second.
    #[default]
    Written,
    /// It is kept in memory, and written as soon as that is possible.
    Waiting {
        /// Why: `the disk is full`.
        problem: String,
        /// What to do: `free some space`.
        help: String,
    },
}

impl LogStatus {
    /// True where nothing waits.
    pub fn is_written(&self) -> bool {
        matches!(self, LogStatus::Written)
    }
}

/// In plain words, for a line or the foot of a screen.
impl fmt::Display for LogStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LogStatus::Written => f.write_str("log: written"),
            LogStatus::Waiting { problem, help } => write!(f, "not saved yet: {problem} – {help}"),
        }
    }
}

/// Where sound goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SoundStatus {
    /// Nowhere yet: the way is being opened.
    Opening,
    /// To this server.
    Heard(String),
    /// Nowhere, and this is why: the terminal's bell and the whole screen stand in.
    Silent(String),
    /// Nowhere, as the runner wants it: nothing stands in.
    Off,
}

impl SoundStatus {
    /// True where something must stand in for it.
    pub fn is_silent(&self) -> bool {
        matches!(self, SoundStatus::Silent(_))
    }
}

/// In plain words, for a line or the foot of a screen.
impl fmt::Display for SoundStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SoundStatus::Opening => f.write_str("sound: opening"),
            SoundStatus::Heard(server) => write!(f, "sound: {server}"),
            SoundStatus::Silent(why) => write!(f, "no sound: bell and flash ({why})"),
            SoundStatus::Off => f.write_str("sound: off"),
        }
    }
}

/// A time trial's result as it is offered for the profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrialOffer {
    /// The race and its time: `5K in 22:30`.
    pub result: String,
    /// What becomes of the VDOT, where it changes.
    pub vdot: Option<String>,
    /// The paces that it changes.
    pub changes: Vec<ChangeRow>,
}

/// A session that was cut off and is not in the log yet, as it is offered again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnfinishedOffer {
    /// The workout's name.
    pub name: String,
    /// What was run of it.
    pub elapsed: Millis,
    /// What was planned; nothing where an end was left open.
    pub planned: Option<Millis>,
    /// Where it stood: `step 6 of 17: hard, rep 3 of 8`.
    pub place: String,
    /// How long ago it was last seen.
    pub gap: Millis,
    /// The local time of its beginning, in words: `Tuesday 21 July, 18:02`.
    pub started: String,
    /// How many more there are.
    pub others: usize,
}

impl UnfinishedOffer {
    /// A session as it stood at the latest moment that it was told of; how long ago that was, and when it began.
    pub fn of(session: &Session, gap: Millis, started: String) -> Self {
        let sequence = session.sequence();
        let totals = sequence.totals();
        let place = match session.current() {
            Some(step) => {
                let number = sequence.index(step.id).map_or(0, |i| i + 1);
                let mut place = vec![format!("step {number} of {}: {}", sequence.steps.len(), step.title())];
                place.extend(display::reps(sequence, step));
                place.join(", ")
            }
            None => "after the last step".to_string(),
        };
        UnfinishedOffer {
            name: clean(&sequence.name),
            elapsed: session.position(session.latest()).elapsed,
            planned: (!totals.open).then_some(totals.time),
            place: clean(&place),
            gap,
            started,
            others: 0,
        }
    }

    /// The same, with so many more behind it.
    pub fn and_others(self, others: usize) -> Self {
        UnfinishedOffer { others, ..self }
    }

    /// How much was run, and of how much: `12:10 of 25:00`.
    pub fn done(&self) -> String {
        done(self.elapsed, self.planned)
    }

    /// That there are more, where there are.
    pub fn more(&self) -> Option<String> {
        match self.others {
            0 => None,
            n => Some(format!("{n} more unfinished")),
        }
    }
}

/// What is to become of a session that was cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resume {
    /// It goes on from where it was.
    GoOn,
    /// It is over, and what was done is logged.
    Log,
    /// It is thrown away.
    Discard,
    /// It stays as it is, and is offered again.
    Later,
}

/// A session that has just been stopped, or is done.
#[derive(Clone, Debug, PartialEq)]
pub struct FinishedSession {
    /// The workout's name.
    pub name: String,
    /// What it came to.
    pub summary: Summary,
    /// What was planned.
    pub sequence: Arc<Sequence>,
    /// How often it stood still.
    pub pauses: Pauses,
    /// How many times as fast it was rehearsed, in words: `20×`. Nothing where it was run.
    pub rehearsed: Option<String>,
    /// Whether it could be written.
    pub log: LogStatus,
}

impl FinishedSession {
    /// A session as it stands at its end; rehearsed at a speed that is not 1.
    pub fn of(session: &Session, speed: f64, log: LogStatus) -> Self {
        FinishedSession {
            name: session.sequence().name.clone(),
            summary: Summary::of(session),
            sequence: Arc::new(session.sequence().clone()),
            pauses: session.pauses(),
            rehearsed: (speed != 1.0).then(|| format!("{speed}×")),
            log,
        }
    }

    /// Whether it went through its last step.
    pub fn word(&self) -> &'static str {
        if self.summary.finished { "finished" } else { "stopped" }
    }

    /// What becomes of it unless the runner says otherwise.
    pub fn usual(&self) -> SessionFate {
        if self.rehearsed.is_some() { SessionFate::Discard } else { SessionFate::Log }
    }

    /// What was done of what was planned, the most important first: `6 of 8 reps`, `7:32 of 25:00`,
    /// `1:25 more after the workout`, `2 pauses, 1:20`, `3 of 17 steps`.
    pub fn facts(&self) -> Vec<String> {
        let summary = &self.summary;
        let reps = RepsDone::of(&self.sequence, &summary.laps);
        let after: Millis = summary.laps.iter().filter(|l| l.step.is_none()).map(|l| l.length()).sum();
        let mut facts: Vec<String> =
            reps.iter().map(|reps| format!("{} of {} reps", reps.done, reps.planned)).collect();
        if summary.planned.is_some() {
            facts.push(done(summary.active.saturating_sub(after), summary.planned));
        }
        if after.whole_secs() > 0 {
            facts.push(format!("{} more after the workout", clock(after.whole_secs())));
        }
        if self.pauses.count > 0 {
            let word = if self.pauses.count == 1 { "pause" } else { "pauses" };
            let time = clock(self.pauses.time.whole_secs());
            facts.push(format!("{} {word}, {time}", self.pauses.count));
        }
        let steps = if summary.steps_planned == 1 { "step" } else { "steps" };
        facts.push(format!("{} of {} {steps}", summary.steps_done, summary.steps_planned));
        facts
    }
}

/// What becomes of a session that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionFate {
    /// It is logged.
    Log,
    /// It stays unfinished, and is offered again.
    Later,
    /// It is thrown away.
    Discard,
}

fn done(run: Millis, planned: Option<Millis>) -> String {
    let run = clock(run.whole_secs());
    match planned {
        Some(planned) => format!("{run} of {}", clock(planned.as_secs_f64().round() as u64)),
        None => format!("{run} run"),
    }
}
