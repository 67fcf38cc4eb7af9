//! The only event loop: keys, deadlines, signals and notices from the sound in; the coach's effects out.
//!
//! It waits for whichever comes first and never ticks for the sake of ticking. Where a session stands follows
//! from the clock; a late wake-up makes a picture late, never wrong.

mod keyboard;
mod notice;
mod process_signal;
mod signals;

pub use keyboard::{TypedInput, listen_to_keys};
pub use notice::RuntimeNotice;
pub use process_signal::ProcessSignal;
pub use signals::{lend_terminal, listen_to_signals, signal_after_failure, suspend};

use crate::audio::volume::{Volume, VolumeMix};
use crate::audio::{self, Player};
use crate::clock::{Clock, local_time, monotonic, since_1970};
use crate::coach::{Announcement, COUNT_IN, Coach, Effect};
use crate::cues::SignalCue;
use crate::frontend::{Frontend, LogStatus, Rehearsal, Request, SoundStatus, Status};
use crate::history::Journal;
use crate::keep_awake;
use crate::keep_awake::{KeepAwake, KeepAwakePolicy};
use crate::session::{Anchor, Command, Phase, Session};
use crate::units::{Millis, Moment};
use crate::voice::{self, VoiceThread};
use crossterm::event::Event as Input;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// How often, at least, a running session shows that it is alive.
const HEARTBEAT: Duration = Duration::from_millis(500);
/// A gap in the runtime's own time longer than this is an absence: a closed lid, a stopped process.
const ABSENCE: Duration = Duration::from_secs(2);
/// How often the journal is told where a running session is: with the heartbeat it lags by less than 5 s.
const KEEP_POSITION: Millis = Millis::from_secs(4);
/// And not more often than this.
const KEEP_AT_MOST: Duration = Duration::from_millis(400);

/// How a run came to its end.
#[derive(Debug)]
pub struct RunOutcome {
    /// The session as it stands.
    pub session: Session,
    /// The signal that ended the program, if one did.
    pub signal: Option<ProcessSignal>,
    /// Why nothing could be shown any more, where no signal says it.
    pub failure: Option<io::Error>,
    /// Whether the session is being kept.
    pub log: LogStatus,
    /// What may still be sounding; it falls silent when this is dropped.
    pub player: Player,
}

/// A session that is about to run, and the clock that it goes by.
pub struct SessionStart {
    /// The session.
    pub coach: Coach,
    /// Its clock; of one that is taken up, showing the time since it was begun.
    pub clock: Clock,
    /// The last moment at which a session that is taken up was alive; nothing for a new one.
    pub taken_up: Option<Moment>,
    /// Where what happens is kept; nothing where it cannot be.
    pub journal: Option<Journal>,
    /// Says what the coach has to say; nothing where nobody listens.
    pub voice: Option<VoiceThread>,
}

/// Everything a session runs with.
pub struct Runtime<'a> {
    coach: Coach,
    clock: Clock,
    taken_up: Option<Moment>,
    journal: Option<Journal>,
    voice: Option<VoiceThread>,
    front: &'a mut dyn Frontend,
    player: Player,
    awake: KeepAwake,
    keep_awake_policy: KeepAwakePolicy,
    status: Status,
    notices: &'a Receiver<RuntimeNotice>,
    /// The last moment of which the journal has the position.
    kept: Moment,
    /// The last moment at which the loop is known to have been alive.
    live: Moment,
    /// The signals that the player was last told to expect.
    announced: Vec<audio::SoundCue>,
    /// The speech, and the revision that it belongs to.
    speech: voice::SpeechNotice,
    /// What it sounds like.
    mix: VolumeMix,
    remember: Box<dyn FnMut(Volume) + 'a>,
    signal: Option<ProcessSignal>,
}

impl<'a> Runtime<'a> {
    /// A runtime about to start a session, or to go on with it. The player sounds, and the machine is kept awake.
    pub fn new(
        course: SessionStart,
        front: &'a mut dyn Frontend,
        (player, awake): (Player, KeepAwake),
        notices: &'a Receiver<RuntimeNotice>,
    ) -> Self {
        let SessionStart { coach, clock, taken_up, journal, voice } = course;
        let speed = (clock.speed() != 1.0).then(|| Rehearsal(clock.speed()));
        let (sound, volume) = (SoundStatus::Opening, Volume::default());
        let status = Status { sound, volume, log: LogStatus::Written, speed, time: None, may_sleep: None };
        Runtime {
            coach,
            clock,
            taken_up,
            journal,
            voice,
            front,
            player,
            awake,
            keep_awake_policy: KeepAwakePolicy::default(),
            status,
            notices,
            kept: Moment::default(),
            live: Moment::default(),
            announced: Vec::new(),
            speech: voice::SpeechNotice::default(),
            mix: VolumeMix::default(),
            remember: Box::new(|_| {}),
            signal: None,
        }
    }

    /// The same with sound like this. Whoever remembers the volume for another time is told of it when it changes, and
    /// must not wait for a disk.
    pub fn sounding(mut self, mix: VolumeMix, remember: impl FnMut(Volume) + 'a) -> Self {
        self.remember = Box::new(remember);
        self.set_mix(mix);
        self
    }

    fn set_mix(&mut self, mix: VolumeMix) {
        self.mix = mix;
        self.status.volume = mix.volume;
        self.player.set_mix(mix);
    }

    /// Runs the session until it is stopped. The terminal is given back whatever happens.
    pub fn run(mut self) -> RunOutcome {
        let outcome = self.front.enter().and_then(|()| self.session());
        if outcome.is_err() {
            self.stop_unseen();
        }
        // A terminal that is gone need not be given back.
        let left = self.front.leave();
        let failure = outcome.and(left).err().filter(|_| self.signal.is_none());
        RunOutcome {
            session: self.coach.session().clone(),
            signal: self.signal,
            failure,
            log: self.status.log,
            player: self.player,
        }
    }

    /// Stops a session that nobody can be shown any more.
    fn stop_unseen(&mut self) {
        self.signal = self.signal.or_else(|| signal_after_failure(self.notices));
        let effects = self.coach.handle(Command::Stop, self.live);
        self.keep(&effects);
    }

    fn session(&mut self) -> io::Result<()> {
        self.live = self.clock.now();
        self.begin()?;
        loop {
            // The terminal may not be ours to draw on any more.
            if self.signal.is_some() {
                return Ok(());
            }
            let now = self.live;
            self.status.time = Some(local_time().time());
            let view = self.coach.view(now);
            self.front.show(&view, &self.status, now)?;
            if self.front.is_done(&view) {
                return Ok(());
            }
            let picture = self.front.next_picture(&view, now).map(|later| now + later);
            self.wait(picture)?;
        }
    }

    /// Starts a new session, or goes on with one from where it was; the time between shows as an absence.
    fn begin(&mut self) -> io::Result<()> {
        match (self.taken_up, self.coach.session().phase()) {
            (None, _) | (_, Phase::Ready) => self.command(Command::Start),
            (Some(since), phase) => {
                let first =
                    if phase == Phase::Stopped { Command::Reopen } else { Command::Absence { since } };
                self.command(first)?;
                self.command(Command::Resume)
            }
        }
    }

    /// Waits until something is to be shown, and does what comes until then.
    fn wait(&mut self, picture: Option<Moment>) -> io::Result<()> {
        loop {
            let deadline = picture.into_iter().chain(self.coach.next_deadline()).min();
            let running = self.is_running();
            self.player.set_session_running(running);
            let deadline = deadline.into_iter().chain(self.stay_awake()).min();
            let limit = match (deadline.map(|d| self.clock.until(d)), running) {
                (Some(limit), true) => limit.min(HEARTBEAT),
                (None, true) => HEARTBEAT,
                (Some(limit), false) => limit,
                (None, false) => Duration::from_secs(3600),
            };
            let notice = match self.notices.recv_timeout(limit) {
                Ok(notice) => Some(notice),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => {
                    std::thread::sleep(limit);
                    None
                }
            };
            let mut changed = self.wake()?;
            if let Some(notice) = notice {
                self.notice(notice)?;
                changed = true;
            }
            if changed || picture.is_some_and(|p| p <= self.live) {
                return Ok(());
            }
        }
    }

    /// Whether time passes in the session. A clock that is being counted in is as alive as one that runs.
    fn is_running(&self) -> bool {
        matches!(self.coach.session().phase(), Phase::Running | Phase::CountIn { .. })
    }

    /// Keeps the machine awake as long as that is meant to be; when that ends by itself.
    fn stay_awake(&mut self) -> Option<Moment> {
        let keeps = self.keep_awake_policy.update(self.is_running(), self.live);
        self.awake.set(keeps);
        self.keep_awake_policy.release_at(self.live)
    }

    /// Takes note of the time: an absence if too much of it has passed, else what was due.
    fn wake(&mut self) -> io::Result<bool> {
        let (before, now) = (self.live, self.clock.now());
        self.live = now;
        if self.clock.real_time(now.since(before)) > ABSENCE {
            self.was_absent(before)?;
            return Ok(true);
        }
        let effects = self.coach.tick(now);
        let changed = !effects.is_empty();
        self.carry_out(effects)?;
        self.keep_position();
        Ok(changed)
    }

    /// Has the journal know from time to time where a running session is.
    fn keep_position(&mut self) {
        let since = self.live.since(self.kept);
        // In a rehearsal those seconds are short: there it is told as often as it wakes.
        let due = since >= KEEP_POSITION && self.clock.real_time(since) >= KEEP_AT_MOST;
        if let (Some(journal), true, Phase::Running) = (&self.journal, due, self.coach.session().phase()) {
            self.kept = self.live;
            let elapsed = self.coach.session().position(self.live).elapsed;
            journal.progress(self.live, elapsed, since_1970());
        }
    }

    fn command(&mut self, command: Command) -> io::Result<()> {
        let effects = self.coach.handle(self.counted_in(command), self.live);
        if let (Some(voice), Command::EaseOff | Command::Answer { .. }) = (&self.voice, command) {
            for effect in &effects {
                if let Effect::Said(words) = effect {
                    voice.answer(&words.text);
                }
            }
        }
        self.carry_out(effects)
    }

    /// A start that waits until the runner is on the belt. After a pause only where there is a number to press.
    fn counted_in(&self, command: Command) -> Command {
        let phase = self.coach.session().phase();
        let stands = matches!(phase, Phase::Ready | Phase::Paused | Phase::Absent { .. });
        let length = match command {
            Command::Resume => self.coach.count_in(),
            Command::Start if self.front.starts_at_once() && !self.coach.knows_lag() => None,
            Command::Start => Some(self.coach.count_in().unwrap_or(COUNT_IN)),
            _ => None,
        };
        length.filter(|_| stands && !self.front.is_unattended()).map_or(command, Command::CountIn)
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        // All of it, before a front that cannot write any more is in the way of the rest.
        self.keep(&effects);
        for effect in effects {
            if let Effect::Announce(announcement) = &effect {
                self.announce(announcement);
            }
            let view = self.coach.view(self.live);
            self.front.effect(&effect, &view, &self.status, self.live)?;
        }
        Ok(())
    }

    /// Has the journal write what happened.
    fn keep(&self, effects: &[Effect]) {
        let Some(journal) = &self.journal else { return };
        for effect in effects {
            if let Effect::Happened(event) = effect {
                journal.event(*event, since_1970());
            }
        }
    }

    /// Announces the same cues on the clock that sound goes by.
    fn announce(&mut self, announcement: &Announcement) {
        let mut cues = std::mem::take(&mut self.announced);
        let now = monotonic();
        // The player goes on with what sounds if it is announced again as it was.
        let sounds = |c: &audio::SoundCue| c.at <= now && now < c.at + c.content.duration();
        cues.retain(|c| !announcement.cuts && sounds(c));
        self.speech.revision = announcement.revision;
        self.speech.cues.retain(|c| !announcement.cuts && sounds(c));
        if let Some(anchor) = announcement.anchor {
            let start = self.clock.instant(anchor.moment);
            let ahead = |at: Millis| self.clock.real_time(at.saturating_sub(anchor.elapsed));
            let instant = |c: &SignalCue| match c.lead {
                Millis::ZERO => start + ahead(c.at),
                lead => self.clock.instant(anchor.moment_of(c.at).before(lead)),
            };
            cues.extend(
                announcement
                    .cues
                    .iter()
                    .map(|c| audio::SoundCue { at: instant(c), content: c.signal.into() }),
            );
        }
        self.announced = cues;
        self.have_played();
        if let Some(voice) = &self.voice {
            let timeline = |anchor: Anchor| voice::VoiceTimeline {
                start: self.clock.instant(anchor.moment),
                elapsed: anchor.elapsed,
                speed: self.clock.speed(),
            };
            voice.announce(voice::VoiceScript {
                revision: announcement.revision,
                timeline: announcement.anchor.map(timeline),
                cuts: announcement.cuts,
                cues: Arc::clone(&announcement.cues),
                sayings: Arc::clone(&announcement.sayings),
            });
        }
    }

    /// Tells the player all that it is to expect.
    fn have_played(&self) {
        self.player.announce(self.announced.iter().chain(&self.speech.cues).cloned().collect());
    }

    /// Speech is ready. That of an older plan means nothing any more.
    fn speak(&mut self, speech: voice::SpeechNotice) {
        if speech.revision == self.speech.revision && speech != self.speech {
            self.speech = speech;
            self.have_played();
        }
    }

    fn notice(&mut self, notice: RuntimeNotice) -> io::Result<()> {
        match notice {
            RuntimeNotice::Input(typed) => typed.inputs.iter().try_for_each(|input| self.input(input)),
            RuntimeNotice::InputClosed => self.end_by(ProcessSignal::HANGUP),
            RuntimeNotice::Signal(ProcessSignal::SUSPEND) => self.suspend(),
            RuntimeNotice::Signal(ProcessSignal::CONTINUE) => self.front.enter(),
            RuntimeNotice::Signal(signal) => self.end_by(signal),
            RuntimeNotice::Sound(sound) => {
                self.sound(sound);
                Ok(())
            }
            RuntimeNotice::Voice(speech) => {
                self.speak(speech);
                Ok(())
            }
            RuntimeNotice::Log(news) => {
                self.status.log = news.into();
                Ok(())
            }
            RuntimeNotice::Awake(news) => {
                self.status.may_sleep = match news {
                    keep_awake::KeepAwakeNotice::Kept => None,
                    keep_awake::KeepAwakeNotice::MaySleep(why) => Some(why.to_string()),
                };
                Ok(())
            }
        }
    }

    fn input(&mut self, input: &Input) -> io::Result<()> {
        let view = self.coach.view(self.live);
        match self.front.input(input, &view) {
            Some(Request::Command(command)) => self.command(command),
            Some(Request::Suspend) => self.suspend(),
            Some(Request::Interrupt) => self.end_by(ProcessSignal::INTERRUPT),
            Some(Request::Loudness(loudness)) => {
                let volume = loudness.applied(self.mix.volume);
                self.set_mix(self.mix.with_volume(volume));
                (self.remember)(volume);
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn end_by(&mut self, signal: ProcessSignal) -> io::Result<()> {
        self.signal = Some(signal);
        self.command(Command::Stop)
    }

    /// Gives the terminal back, stops, and takes it again when continued. However short it was, the session
    /// waits for a word on how to go on; sound that is queued would go on without it.
    fn suspend(&mut self) -> io::Result<()> {
        let since = self.clock.now();
        self.player.silence();
        self.awake.release_and_wait();
        self.front.leave()?;
        let ended = signals::suspend(self.notices);
        self.live = self.clock.now();
        if let Some(signal) = ended {
            return self.end_by(signal);
        }
        self.front.enter()?;
        self.was_absent(since)
    }

    /// Nothing was alive from `since` until now: the session waits for a word, unless nobody can give one.
    fn was_absent(&mut self, since: Moment) -> io::Result<()> {
        self.command(Command::Absence { since })?;
        let waits = matches!(self.coach.session().phase(), Phase::Absent { .. });
        if waits && self.front.is_unattended() { self.command(Command::Resume) } else { Ok(()) }
    }

    fn sound(&mut self, notice: audio::PlayerNotice) {
        self.status.sound = match notice {
            audio::PlayerNotice::Ready(system) => SoundStatus::Heard(system.to_string()),
            audio::PlayerNotice::Unavailable(why) | audio::PlayerNotice::Lost(why) => {
                SoundStatus::Silent(why.to_string())
            }
            audio::PlayerNotice::Off => SoundStatus::Off,
        };
    }
}
