//! Sound without a sound server: `aplay` of the alsa-utils, fed through a pipe.
//!
//! `aplay` reports no clock, so the pipe serves as one. It holds a single period, the samples that the device takes at a
//! time. `aplay` fetches a period when the device has taken the one before. At that instant the device's buffer is full
//! to the brim, which tells which frame is heard. A wake-up can only be late, so the earliest of many such instants is
//! the right one.
//!
//! Whatever happens to this program, the pipe closes, and `aplay` ends when it has played what it holds.
//!
//! There are two limits. Anything behind the buffer (a Bluetooth link, a television) is unknown here, and a change of the
//! cues is heard only after the buffer has played.

use crate::audio::SoundSystem;
use crate::audio::clock_fit::{ClockFit, Measurement};
use crate::audio::errors::SoundError;
use crate::audio::renderer::Renderer;
use crate::audio::signal_synth::SAMPLE_RATE;
use crate::clock::monotonic;
use crate::programs::{self, Helper};
use crate::text;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::ioctl_fionbio;
use std::io::{ErrorKind, Read, Write};
use std::process::{ChildStderr, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

/// The frames that the device is asked to take at a time: 30 ms.
const PERIOD: i64 = 1440;
/// The frames that the device is asked to hold: 150 ms.
const BUFFER: i64 = 7200;
/// The most frames that the device may choose instead of either: 1 s.
const MAX_SIZE: i64 = SAMPLE_RATE as i64;
/// A device that takes nothing for this long is not playing.
const STALL: Duration = Duration::from_secs(3);
/// A device that has played for this long is a real one.
const PROOF: Duration = Duration::from_millis(200);
/// The time over which the earliest of all instants is taken.
const FILTER_TIME: Duration = Duration::from_secs(1);
/// The number of instants of which the second measurement takes the earliest. The first takes a single one.
const FILTER_COUNT: u32 = 6;
/// The bytes of the output of `aplay` that are kept.
const MAX_OUTPUT: usize = 16 * 1024;

/// Plays until the player closes or `aplay` ends.
pub fn play(renderer: &mut Renderer) -> Result<(), SoundError> {
    let mut pipe = AplayPipe::open()?;
    renderer.restart();
    pipe.play(renderer)
}

struct AplayPipe {
    /// Ends `aplay` when it is dropped.
    _helper: Helper,
    stdin: ChildStdin,
    stderr: ChildStderr,
    /// The text that `aplay` has printed.
    output: String,
    flood: FloodWatch,
    /// The frames that the device takes at a time. Zero until `aplay` has reported them.
    period: i64,
    /// The frames that the device holds.
    buffer: i64,
    clock: ClockFit,
    filter: EarliestFilter,
    /// The next frame to write.
    written: i64,
    /// The frame with which the device's buffer is full for the first time.
    full: i64,
    started: Instant,
    /// The latest instant at which `aplay` took samples.
    last_taken: Instant,
    /// The rest of a period that did not fit into the pipe.
    unsent: Vec<u8>,
}

/// The ends of the pipe on which there is something to do.
#[derive(Clone, Copy, Default)]
struct PipeReadiness {
    has_room: bool,
    has_output: bool,
}

impl AplayPipe {
    fn open() -> Result<AplayPipe, SoundError> {
        let mut command = Command::new(programs::find("aplay").ok_or(SoundError::AplayMissing)?);
        command
            .args(["-v", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", &SAMPLE_RATE.to_string()])
            .args([format!("--period-size={PERIOD}"), format!("--buffer-size={BUFFER}")])
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut helper = Helper::spawn(&mut command).map_err(|error| match error.kind() {
            ErrorKind::NotFound => SoundError::AplayMissing,
            _ => SoundError::System(error.to_string()),
        })?;
        let (Some(stdin), Some(stderr)) = (helper.child.stdin.take(), helper.child.stderr.take()) else {
            return Err(SoundError::AplayEnded(String::new()));
        };
        let now = monotonic();
        Ok(AplayPipe {
            _helper: helper,
            stdin,
            stderr,
            output: String::new(),
            flood: FloodWatch { since: now, bytes: 0 },
            period: 0,
            buffer: 0,
            clock: ClockFit::new(now),
            filter: EarliestFilter::default(),
            written: 0,
            full: 0,
            started: now,
            last_taken: now,
            unsent: Vec::new(),
        })
    }

    fn play(&mut self, renderer: &mut Renderer) -> Result<(), SoundError> {
        let system_error = |error: rustix::io::Errno| SoundError::System(error.to_string());
        ioctl_fionbio(&self.stdin, true).map_err(system_error)?;
        ioctl_fionbio(&self.stderr, true).map_err(system_error)?;
        while !renderer.channel.is_closed() {
            if let Some(update) = renderer.channel.take_update() {
                renderer.schedule.announce(update, self.written);
            }
            if let Some(mix) = renderer.channel.take_mix() {
                renderer.set_mix(mix, self.written);
            }
            renderer.channel.set_remaining(renderer.remaining(&self.clock));
            let ready = self.wait(renderer)?;
            if ready.has_output {
                self.read_output(renderer)?;
            }
            if ready.has_room && self.period > 0 {
                self.write(renderer)?;
            }
        }
        Ok(())
    }

    /// Waits until the pipe has room, `aplay` prints something or the player wants something.
    fn wait(&self, renderer: &Renderer) -> Result<PipeReadiness, SoundError> {
        let left = (self.last_taken + STALL).saturating_duration_since(monotonic());
        let timeout = Timespec::try_from(left).ok();
        let wake_end = renderer.channel.wake_end().map(|end| PollFd::new(end, PollFlags::IN));
        // As long as the device is not open, the pipe has room, and that means nothing.
        let room = if self.period > 0 { PollFlags::OUT } else { PollFlags::empty() };
        let mut ends = vec![PollFd::new(&self.stdin, room), PollFd::new(&self.stderr, PollFlags::IN)];
        ends.extend(wake_end);
        if poll(&mut ends, timeout.as_ref()).is_err() {
            // An interrupted poll does no harm.
            return Ok(PipeReadiness::default());
        }
        let is = |i: usize, flags| ends.get(i).is_some_and(|end| end.revents().intersects(flags));
        if is(2, PollFlags::IN) {
            renderer.channel.clear_wake();
        }
        // The other end of the pipe is closed. `aplay` itself may live on, and then it does not tell why.
        if is(0, PollFlags::ERR | PollFlags::HUP) && !is(1, PollFlags::IN) {
            return Err(SoundError::AplayEnded(last_words(&self.output)));
        }
        let has_output = is(1, PollFlags::IN | PollFlags::HUP | PollFlags::ERR);
        let has_room = is(0, PollFlags::OUT);
        if !has_room && !has_output && monotonic() >= self.last_taken + STALL {
            return Err(SoundError::OutputStalled);
        }
        Ok(PipeReadiness { has_room, has_output })
    }

    /// Reads what `aplay` prints: the properties of the device first, then gaps, and its last words.
    fn read_output(&mut self, renderer: &mut Renderer) -> Result<(), SoundError> {
        let mut bytes = [0; 4096];
        let count = match self.stderr.read(&mut bytes) {
            Ok(count) => count,
            Err(error) if [ErrorKind::WouldBlock, ErrorKind::Interrupted].contains(&error.kind()) => {
                return Ok(());
            }
            Err(_) => 0,
        };
        if count == 0 {
            return Err(SoundError::AplayEnded(last_words(&self.output)));
        }
        if self.flood.is_flood(count, monotonic()) {
            return Err(SoundError::AplayEnded("it prints without end".to_string()));
        }
        let news = String::from_utf8_lossy(bytes.get(..count).unwrap_or_default()).into_owned();
        let is_gap = news.contains("underrun") || news.contains("uspended");
        if self.output.len() < MAX_OUTPUT {
            self.output.push_str(&news);
        } else {
            self.output = news;
        }
        if self.period == 0 {
            self.open_device();
        } else if is_gap {
            // The device begins again when its buffer is full.
            self.clock.reset();
            self.filter = EarliestFilter::default();
            self.full = self.written + self.buffer;
            renderer.schedule.reschedule(monotonic());
        }
        Ok(())
    }

    /// Begins to write, once `aplay` has reported the sizes that the device uses.
    fn open_device(&mut self) {
        let number = |name: &str| {
            // The sizes of the hardware come last, after those of the plugins on the way to it. `aplay` itself uses the
            // first.
            let line = self.output.lines().find(|l| l.trim_start().starts_with(name))?;
            line.split(':').nth(1)?.trim().parse::<i64>().ok().filter(|n| (1..=MAX_SIZE).contains(n))
        };
        let (Some(period), Some(buffer)) = (number("period_size"), number("buffer_size")) else {
            return;
        };
        // If the system refuses, the pipe keeps its size, and sound lags behind the screen by what it holds.
        let _ = rustix::pipe::fcntl_setpipe_size(&self.stdin, (period * 2) as usize);
        (self.period, self.buffer) = (period, buffer);
        self.full = buffer;
        self.started = monotonic();
        self.last_taken = self.started;
    }

    /// Writes one period. The pipe has room for it.
    fn write(&mut self, renderer: &mut Renderer) -> Result<(), SoundError> {
        if self.unsent.is_empty() {
            self.check_that_it_plays(renderer)?;
            self.measure();
            renderer.schedule.advance(self.written, self.period, &self.clock);
            renderer.update_tone(self.written, self.period);
            renderer.render(self.written, self.period, &mut self.unsent);
            self.written += self.period;
            if let Some(heard) = self.clock.frame_at(monotonic()) {
                renderer.schedule.forget_before(heard as i64);
            }
        }
        match self.stdin.write(&self.unsent) {
            Ok(count) => {
                self.unsent.drain(..count);
                self.last_taken = monotonic();
            }
            Err(error) if [ErrorKind::WouldBlock, ErrorKind::Interrupted].contains(&error.kind()) => {}
            // The last words of `aplay` tell why.
            Err(_) => {
                self.read_output(renderer)?;
                return Err(SoundError::AplayEnded(last_words(&self.output)));
            }
        }
        Ok(())
    }

    /// Fails if the device takes samples faster than it can play them, as the null device of ALSA does. Reports sound once
    /// the device is known to be a real one.
    fn check_that_it_plays(&self, renderer: &mut Renderer) -> Result<(), SoundError> {
        let lived = monotonic().saturating_duration_since(self.started);
        let plausible = (1.0 + 1.01 * lived.as_secs_f64()) * f64::from(SAMPLE_RATE);
        if (self.written - self.buffer) as f64 > plausible {
            return Err(SoundError::OutputDiscardsSound);
        }
        if lived >= PROOF {
            renderer.report_ready(SoundSystem::Alsa);
        }
        Ok(())
    }

    /// Measures the device's clock: `aplay` has just fetched all that was written, and it took the last period because the
    /// device was full.
    fn measure(&mut self) {
        let now = monotonic();
        let inside = self.written - self.period;
        if inside > self.full {
            let delay = Duration::from_secs_f64(self.buffer as f64 / f64::from(SAMPLE_RATE));
            let measurement = Measurement { asked: now, answered: now, frame: inside as f64, delay };
            if let Some(earliest) = self.filter.add(measurement) {
                self.clock.add(&earliest);
            }
        }
    }
}

/// Watches how much `aplay` prints.
struct FloodWatch {
    /// The beginning of the second that is watched.
    since: Instant,
    /// The bytes printed in it.
    bytes: usize,
}

impl FloodWatch {
    /// Adds bytes. Returns true if that makes more than any `aplay` prints in a second.
    fn is_flood(&mut self, bytes: usize, now: Instant) -> bool {
        if now.saturating_duration_since(self.since) > Duration::from_secs(1) {
            (self.since, self.bytes) = (now, 0);
        }
        self.bytes += bytes;
        self.bytes > MAX_OUTPUT * 4
    }
}

/// Picks the earliest of several measurements, each of which may be late.
#[derive(Default)]
struct EarliestFilter {
    earliest: Option<LateMeasurement>,
    started: Option<Instant>,
    /// The number of measurements since the last one that was returned.
    added: u32,
    /// The number of measurements returned.
    returned: u32,
}

struct LateMeasurement {
    /// The lateness in seconds, relative to the other measurements.
    lateness: f64,
    measurement: Measurement,
}

impl EarliestFilter {
    /// Adds a measurement. Returns the earliest one whenever there are enough of them.
    fn add(&mut self, measurement: Measurement) -> Option<Measurement> {
        let started = *self.started.get_or_insert(measurement.asked);
        let since = measurement.asked.saturating_duration_since(started).as_secs_f64();
        let lateness = since - measurement.frame / f64::from(SAMPLE_RATE);
        if self.earliest.as_ref().is_none_or(|earliest| lateness < earliest.lateness) {
            self.earliest = Some(LateMeasurement { lateness, measurement });
        }
        self.added += 1;
        let enough = match self.returned {
            // The very first one is returned at once, because nothing can be heard without it.
            0 => true,
            1 => self.added >= FILTER_COUNT,
            _ => since >= FILTER_TIME.as_secs_f64(),
        };
        let earliest = if enough { self.earliest.take() } else { None };
        if earliest.is_some() {
            self.started = None;
            self.added = 0;
            self.returned += 1;
        }
        earliest.map(|earliest| earliest.measurement)
    }
}

/// Returns the last line that `aplay` printed, without the place in its source.
fn last_words(output: &str) -> String {
    let last = output.lines().rev().find(|l| !l.trim().is_empty()).unwrap_or_default();
    let words =
        last.strip_prefix("aplay: ").and_then(|rest| rest.splitn(3, ':').nth(2)).unwrap_or(last).trim();
    text::cut(&text::clean(words), 80)
}
