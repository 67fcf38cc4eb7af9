//! The event loop: keys, deadlines, signals and notices in, the coach's effects out.

mod sensing;

pub use sensing::SensorSource;

use super::notice::RuntimeNotice;
use super::process_signal::ProcessSignal;
use super::sensor_recorder::SensorRecorder;
use super::signals;
use super::sound_output::SoundOutput;
use crate::audio::volume::{Volume, VolumeMix};
use crate::audio::{Player, PlayerNotice};
use crate::clock::{Clock, local_time, since_1970};
use crate::coach::{COUNT_IN, Coach, Effect};
use crate::frontend::{Frontend, LogStatus, Request, SoundStatus, Status};
use crate::history::Journal;
use crate::keep_awake::{KeepAwake, KeepAwakeNotice, KeepAwakePolicy};
use crate::sensors::SampleMinutes;
use crate::session::{Command, Phase, Session};
use crate::units::{Millis, Moment};
use crate::voice::VoiceThread;
use crossterm::event::Event as Input;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// The longest that the loop of a running session sleeps. A longer gap means that the process was stopped.
const HEARTBEAT: Duration = Duration::from_millis(500);
/// A gap in real time longer than this is an absence: a closed lid, a stopped process.
const ABSENCE: Duration = Duration::from_secs(2);
/// The session time between two positions in the journal, which writes only some of them to the disk.
const POSITION_INTERVAL: Millis = Millis::from_secs(1);
/// The least real time between two positions in the journal.
const POSITION_INTERVAL_REAL: Duration = Duration::from_millis(400);
/// The longest sleep of the loop if nothing is due.
const IDLE: Duration = Duration::from_secs(3600);

/// The end of a run.
#[derive(Debug)]
pub struct RunOutcome {
    /// The session as it stands.
    pub session: Session,
    /// The signal that ended the program, if one did.
    pub signal: Option<ProcessSignal>,
    /// The error that ended the run, unless a signal explains it.
    pub failure: Option<io::Error>,
    /// The state of the session's log entry.
    pub log: LogStatus,
    /// The player, which may still be sounding. It falls silent when dropped.
    pub player: Player,
}

/// A session that is about to run.
pub struct SessionStart {
    /// The session.
    pub coach: Coach,
    /// The session's clock. For a resumed session it shows the time since the session began.
    pub clock: Clock,
    /// The last moment at which a resumed session was alive; `None` for a new one.
    pub last_seen: Option<Moment>,
    /// The journal; `None` if nothing can be written.
    pub journal: Option<Journal>,
    /// The voice; `None` if nobody listens.
    pub voice: Option<VoiceThread>,
    /// The source of the heart rate, if there is one.
    pub sensor: Option<SensorSource>,
    /// Records what the sensor sends.
    pub recorder: Option<SensorRecorder>,
}

/// Runs one session.
pub struct Runtime<'a> {
    coach: Coach,
    clock: Clock,
    last_seen: Option<Moment>,
    journal: Option<Journal>,
    front: &'a mut dyn Frontend,
    sound: SoundOutput,
    keep_awake: KeepAwake,
    keep_awake_policy: KeepAwakePolicy,
    status: Status,
    notices: &'a Receiver<RuntimeNotice>,
    /// The moment of the last position in the journal.
    position_written: Moment,
    /// The last moment at which the loop was awake.
    now: Moment,
    remember_volume: Box<dyn FnMut(Volume) + 'a>,
    signal: Option<ProcessSignal>,
    sensor: Option<SensorSource>,
    recorder: Option<SensorRecorder>,
    /// The samples of the present minute.
    samples: SampleMinutes,
}

impl<'a> Runtime<'a> {
    /// A runtime that is about to start or resume a session.
    pub fn new(
        start: SessionStart,
        player: Player,
        keep_awake: KeepAwake,
        front: &'a mut dyn Frontend,
        notices: &'a Receiver<RuntimeNotice>,
    ) -> Self {
        let SessionStart { coach, clock, last_seen, journal, voice, sensor, recorder } = start;
        let status = Status {
            sound: SoundStatus::Opening,
            volume: Volume::default(),
            log: LogStatus::Written,
            rehearsal: clock.rehearsal(),
            time: None,
            may_sleep: None,
        };
        Runtime {
            coach,
            clock,
            last_seen,
            journal,
            front,
            sound: SoundOutput::new(player, voice),
            keep_awake,
            keep_awake_policy: KeepAwakePolicy::default(),
            status,
            notices,
            position_written: Moment::default(),
            now: Moment::default(),
            remember_volume: Box::new(|_| {}),
            signal: None,
            sensor,
            recorder,
            samples: SampleMinutes::default(),
        }
    }

    /// Sets the mix. `remember_volume` is called when the runner changes the volume, and must not wait for a disk.
    pub fn with_mix(mut self, mix: VolumeMix, remember_volume: impl FnMut(Volume) + 'a) -> Self {
        self.remember_volume = Box::new(remember_volume);
        self.sound.set_mix(mix);
        self.status.volume = mix.volume;
        self
    }

    /// Runs the session until it is stopped. The terminal is restored in any case.
    pub fn run(mut self) -> RunOutcome {
        let outcome = self.front.enter().and_then(|()| self.run_session());
        if outcome.is_err() {
            self.stop_unseen();
        }
        self.save_last_samples();
        let left = self.front.leave();
        let recorded = self.recorder.take().map_or(Ok(()), SensorRecorder::finish);
        let failure = outcome.and(left).and(recorded).err().filter(|_| self.signal.is_none());
        RunOutcome {
            session: self.coach.session().clone(),
            signal: self.signal,
            failure,
            log: self.status.log,
            player: self.sound.into_player(),
        }
    }

    /// Stops a session that cannot be shown any more.
    fn stop_unseen(&mut self) {
        self.signal = self.signal.or_else(|| signals::signal_after_failure(self.notices));
        let effects = self.coach.handle(Command::Stop, self.now);
        self.write_events(&effects);
    }

    fn run_session(&mut self) -> io::Result<()> {
        self.now = self.clock.now();
        self.begin()?;
        loop {
            // After a signal, the terminal may not be ours to draw on.
            if self.signal.is_some() {
                return Ok(());
            }
            let now = self.now;
            self.status.time = Some(local_time().time());
            let view = self.coach.view(now);
            self.front.show(&view, &self.status, now)?;
            if self.front.is_done(&view) {
                return Ok(());
            }
            let redraw = self.front.next_redraw(&view, now).map(|wait| now + wait);
            self.wait(redraw)?;
        }
    }

    /// Starts a new session, or resumes one where it was left. The time between shows as an absence.
    fn begin(&mut self) -> io::Result<()> {
        match (self.last_seen, self.coach.session().phase()) {
            (None, _) | (_, Phase::Ready) => self.command(Command::Start),
            (Some(since), phase) => {
                let first =
                    if phase == Phase::Stopped { Command::Reopen } else { Command::Absence { since } };
                self.command(first)?;
                self.command(Command::Resume)
            }
        }
    }

    /// Handles everything that happens until the picture must be redrawn.
    fn wait(&mut self, redraw: Option<Moment>) -> io::Result<()> {
        loop {
            let is_running = self.is_running();
            self.sound.set_session_running(is_running);
            let deadlines = redraw.into_iter().chain(self.coach.next_deadline());
            let deadline = deadlines.chain(self.sensor_deadline()).chain(self.stay_awake()).min();
            let limit = deadline.map_or(IDLE, |deadline| self.clock.until(deadline));
            let limit = if is_running { limit.min(HEARTBEAT) } else { limit };
            let notice = match self.notices.recv_timeout(limit) {
                Ok(notice) => Some(notice),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => {
                    std::thread::sleep(limit);
                    None
                }
            };
            let mut has_changed = self.wake()?;
            if let Some(notice) = notice {
                self.handle_notice(notice)?;
                has_changed = true;
            }
            if has_changed || redraw.is_some_and(|moment| moment <= self.now) {
                return Ok(());
            }
        }
    }

    /// True if time passes in the session. A count-in counts: a gap in it is an absence too.
    fn is_running(&self) -> bool {
        matches!(self.coach.session().phase(), Phase::Running | Phase::CountIn { .. })
    }

    /// Keeps the machine awake as long as necessary. Returns when that ends by itself.
    fn stay_awake(&mut self) -> Option<Moment> {
        let keeps = self.keep_awake_policy.update(self.is_running(), self.now);
        self.keep_awake.set(keeps);
        self.keep_awake_policy.release_at(self.now)
    }

    /// Handles everything that was due, or an absence if too much time has passed. Returns true if anything changed.
    fn wake(&mut self) -> io::Result<bool> {
        let (before, now) = (self.now, self.clock.now());
        self.now = now;
        if self.clock.real_time(now.since(before)) > ABSENCE {
            self.handle_absence(before)?;
            return Ok(true);
        }
        let has_sensed = self.sense(before);
        self.end_on_heart_rate()?;
        let effects = self.coach.tick(now);
        let has_changed = has_sensed || !effects.is_empty();
        self.carry_out(effects)?;
        self.write_position();
        Ok(has_changed)
    }

    fn command(&mut self, command: Command) -> io::Result<()> {
        let effects = self.coach.handle(self.with_count_in(command), self.now);
        if let Command::EaseOff | Command::Answer { .. } = command {
            self.sound.speak_answer(&effects);
        }
        self.carry_out(effects)
    }

    /// Replaces a start by a count-in, for the runner to get on the belt. After a pause it needs a number to press.
    fn with_count_in(&self, command: Command) -> Command {
        let phase = self.coach.session().phase();
        let stands_still = matches!(phase, Phase::Ready | Phase::Paused | Phase::Absent { .. });
        let length = match command {
            Command::Resume => self.coach.count_in(),
            Command::Start if self.front.starts_at_once() && !self.coach.knows_lag() => None,
            Command::Start => Some(self.coach.count_in().unwrap_or(COUNT_IN)),
            _ => None,
        };
        let is_attended = !self.front.is_unattended();
        length.filter(|_| stands_still && is_attended).map_or(command, Command::CountIn)
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        // The journal comes first: a front that fails must not keep events from it.
        self.write_events(&effects);
        for effect in effects {
            if let Effect::Announce(announcement) = &effect {
                self.sound.announce(announcement, &self.clock);
            }
            let view = self.coach.view(self.now);
            self.front.handle_effect(&effect, &view, &self.status, self.now)?;
        }
        Ok(())
    }

    fn write_events(&self, effects: &[Effect]) {
        let Some(journal) = &self.journal else { return };
        for effect in effects {
            if let Effect::Happened(event) = effect {
                journal.event(*event, since_1970());
            }
        }
    }

    /// Writes the position of a running session to the journal if one is due.
    fn write_position(&mut self) {
        let since = self.now.since(self.position_written);
        // In a fast rehearsal the session-time interval is short in real time.
        let is_due = since >= POSITION_INTERVAL && self.clock.real_time(since) >= POSITION_INTERVAL_REAL;
        if let (Some(journal), true, Phase::Running) = (&self.journal, is_due, self.coach.session().phase()) {
            self.position_written = self.now;
            let elapsed = self.coach.session().position(self.now).elapsed;
            journal.progress(self.now, elapsed, since_1970());
        }
    }

    fn handle_notice(&mut self, notice: RuntimeNotice) -> io::Result<()> {
        match notice {
            RuntimeNotice::Input(typed) => {
                return typed.inputs.iter().try_for_each(|input| self.handle_input(input));
            }
            RuntimeNotice::InputClosed => return self.end_by(ProcessSignal::HANGUP),
            RuntimeNotice::Signal(ProcessSignal::SUSPEND) => return self.suspend(),
            RuntimeNotice::Signal(ProcessSignal::CONTINUE) => return self.front.enter(),
            RuntimeNotice::Signal(signal) => return self.end_by(signal),
            RuntimeNotice::Sound(notice) => self.status.sound = sound_status(notice),
            RuntimeNotice::Voice(speech) => self.sound.play_speech(speech),
            RuntimeNotice::Log(notice) => self.status.log = notice.into(),
            RuntimeNotice::Sensor(news) => {
                self.handle_sensor(news);
                return self.end_on_heart_rate();
            }
            RuntimeNotice::Awake(KeepAwakeNotice::Kept) => self.status.may_sleep = None,
            RuntimeNotice::Awake(KeepAwakeNotice::MaySleep(why)) => {
                self.status.may_sleep = Some(why.to_string())
            }
        }
        Ok(())
    }

    fn handle_input(&mut self, input: &Input) -> io::Result<()> {
        let view = self.coach.view(self.now);
        match self.front.handle_input(input, &view) {
            Some(Request::Command(command)) => self.command(command),
            Some(Request::Suspend) => self.suspend(),
            Some(Request::Interrupt) => self.end_by(ProcessSignal::INTERRUPT),
            Some(Request::ChangeVolume(change)) => {
                let volume = change.apply(self.sound.volume());
                self.sound.set_volume(volume);
                self.status.volume = volume;
                (self.remember_volume)(volume);
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn end_by(&mut self, signal: ProcessSignal) -> io::Result<()> {
        self.signal = Some(signal);
        self.command(Command::Stop)
    }

    /// Restores the terminal, stops the process, and takes the terminal again when continued. Queued sound is dropped,
    /// as it would play on. However short the stop was, it counts as an absence.
    fn suspend(&mut self) -> io::Result<()> {
        let since = self.clock.now();
        self.sound.silence();
        self.keep_awake.release_and_wait();
        self.front.leave()?;
        let signal = signals::suspend(self.notices);
        self.now = self.clock.now();
        if let Some(signal) = signal {
            return self.end_by(signal);
        }
        self.front.enter()?;
        self.handle_absence(since)
    }

    /// Handles an absence since `since`. The session waits for the runner's decision, unless nobody can press a key.
    fn handle_absence(&mut self, since: Moment) -> io::Result<()> {
        self.command(Command::Absence { since })?;
        let waits = matches!(self.coach.session().phase(), Phase::Absent { .. });
        if waits && self.front.is_unattended() { self.command(Command::Resume) } else { Ok(()) }
    }
}

fn sound_status(notice: PlayerNotice) -> SoundStatus {
    match notice {
        PlayerNotice::Ready(system) => SoundStatus::Heard(system.to_string()),
        PlayerNotice::Unavailable(error) | PlayerNotice::Lost(error) => {
            SoundStatus::Silent(error.to_string())
        }
        PlayerNotice::Off => SoundStatus::Off,
    }
}
