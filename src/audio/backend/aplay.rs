//! Sound without a sound server: `aplay` of the alsa-utils, fed through a pipe.
//!
//! `aplay` says nothing of its clock, so it is made to: the pipe holds one piece, as long as the device takes at a
//! time. `aplay` fetches a piece when the device has taken the one before it, and just then the device's buffer is
//! full to the brim, which tells what is heard at that instant. Waking up only ever comes late, so of many such
//! instants the earliest is the truth.
//!
//! Whatever happens to this program, the pipe closes, and `aplay` ends when it has played what it holds. Not
//! promised: what lies behind the buffer (a Bluetooth link, a television) is not seen from here, and a plan that
//! changes is heard as late as the buffer is long.

use crate::audio::clock_fit::{ClockFit, Measurement};
use crate::audio::errors::SoundError;
use crate::audio::renderer::Renderer;
use crate::audio::signal_synth::RATE;
use crate::clock::monotonic;
use crate::text;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::ioctl_fionbio;
use std::io::{ErrorKind, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStderr, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

/// What the device is asked to take at a time, and to hold: 30 and 150 ms.
const PIECE: i64 = 1440;
const BUFFER: i64 = 7200;
/// What the device may make of that.
const LARGEST: i64 = RATE as i64;
/// A device that takes nothing for so long is not playing.
const STILL: Duration = Duration::from_secs(3);
/// A device that has played so long is one.
const PROOF: Duration = Duration::from_millis(200);
/// Of the instants in so much time the earliest is believed; in the beginning, of a few.
const SIFT: Duration = Duration::from_secs(1);
const FIRST: u32 = 6;
/// What is kept of what `aplay` says.
const WORDS: usize = 16 * 1024;

/// Plays until the player closes or `aplay` ends.
pub fn play(desk: &mut Renderer) -> Result<(), SoundError> {
    let mut pipe = AplayPipe::open()?;
    desk.restart();
    let played = pipe.play(desk);
    let _ = pipe.child.kill();
    let _ = pipe.child.wait();
    played
}

struct AplayPipe {
    child: Child,
    stdin: ChildStdin,
    stderr: ChildStderr,
    said: String,
    /// What the device takes at a time, and what it holds, once `aplay` has said so.
    piece: i64,
    buffer: i64,
    anchor: ClockFit,
    sieve: StderrFilter,
    /// The next frame to write.
    written: i64,
    /// The frame at which the device's buffer is full for the first time.
    full: i64,
    begun: Instant,
    taken: Instant,
    bytes: Vec<u8>,
}

impl AplayPipe {
    fn open() -> Result<AplayPipe, SoundError> {
        let mut child = Command::new("aplay")
            .args(["-v", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", &RATE.to_string()])
            .args([format!("--period-size={PIECE}"), format!("--buffer-size={BUFFER}")])
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            // Keys that end or stop what runs in the terminal are this program's to act on.
            .process_group(0)
            .spawn()
            .map_err(|error| match error.kind() {
                ErrorKind::NotFound => SoundError::NoPlayer,
                _ => SoundError::System(error),
            })?;
        let (Some(stdin), Some(stderr)) = (child.stdin.take(), child.stderr.take()) else {
            let _ = child.kill();
            return Err(SoundError::Ended(String::new()));
        };
        let now = monotonic();
        Ok(AplayPipe {
            child,
            stdin,
            stderr,
            said: String::new(),
            piece: 0,
            buffer: 0,
            anchor: ClockFit::new(now),
            sieve: StderrFilter::default(),
            written: 0,
            full: 0,
            begun: now,
            taken: now,
            bytes: Vec::new(),
        })
    }

    fn play(&mut self, desk: &mut Renderer) -> Result<(), SoundError> {
        ioctl_fionbio(&self.stdin, true).map_err(|e| SoundError::System(e.into()))?;
        ioctl_fionbio(&self.stderr, true).map_err(|e| SoundError::System(e.into()))?;
        while !desk.mailbox.is_closed() {
            if let Some(announcement) = desk.mailbox.take() {
                desk.programme.announce(announcement, self.written);
            }
            if let Some(mix) = desk.mailbox.take_mix() {
                desk.set_mix(mix, self.written);
            }
            desk.mailbox.leave(desk.left(&self.anchor));
            let (room, words) = self.wait(desk)?;
            if words {
                self.listen(desk)?;
            }
            if room && self.piece > 0 {
                self.write(desk)?;
            }
        }
        Ok(())
    }

    /// Waits; true for room in the pipe, and for something said.
    fn wait(&self, desk: &Renderer) -> Result<(bool, bool), SoundError> {
        let left = (self.taken + STILL).saturating_duration_since(monotonic());
        let timeout = Timespec::try_from(left).ok();
        let bell = desk.mailbox.bell().map(|bell| PollFd::new(bell, PollFlags::IN));
        // Before the device is open the pipe has room, which is no news.
        let room = if self.piece > 0 { PollFlags::OUT } else { PollFlags::empty() };
        let mut ready = vec![PollFd::new(&self.stdin, room), PollFd::new(&self.stderr, PollFlags::IN)];
        ready.extend(bell);
        if poll(&mut ready, timeout.as_ref()).is_err() {
            // Interrupted by a signal, at worst.
            return Ok((false, false));
        }
        let is = |i: usize, flags| ready.get(i).is_some_and(|end| end.revents().intersects(flags));
        if is(2, PollFlags::IN) {
            desk.mailbox.hear();
        }
        let words = is(1, PollFlags::IN | PollFlags::HUP | PollFlags::ERR);
        let room = is(0, PollFlags::OUT | PollFlags::ERR);
        if !room && !words && monotonic() >= self.taken + STILL {
            return Err(SoundError::Asleep);
        }
        Ok((room, words))
    }

    /// Reads what `aplay` says: of the device at first, of gaps later, and its last words.
    fn listen(&mut self, desk: &mut Renderer) -> Result<(), SoundError> {
        let mut piece = [0; 4096];
        let count = match self.stderr.read(&mut piece) {
            Ok(count) => count,
            Err(error) if [ErrorKind::WouldBlock, ErrorKind::Interrupted].contains(&error.kind()) => {
                return Ok(());
            }
            Err(_) => 0,
        };
        if count == 0 {
            return Err(SoundError::Ended(last_words(&self.said)));
        }
        let news = String::from_utf8_lossy(piece.get(..count).unwrap_or_default()).into_owned();
        let gap = news.contains("underrun") || news.contains("uspended");
        if self.said.len() < WORDS {
            self.said.push_str(&news);
        } else {
            self.said = news;
        }
        if self.piece == 0 {
            self.open_device();
        } else if gap {
            // The device begins again when its buffer is full.
            self.anchor.clear();
            self.sieve = StderrFilter::default();
            self.full = self.written + self.buffer;
            desk.programme.take_back(monotonic());
        }
        Ok(())
    }

    /// Begins, once `aplay` has said what the device makes of the wishes.
    fn open_device(&mut self) {
        let number = |name: &str| {
            // What the device itself does comes last, behind the plugins on the way to it; but `aplay` goes by the
            // first.
            let line = self.said.lines().find(|l| l.trim_start().starts_with(name))?;
            line.split(':').nth(1)?.trim().parse::<i64>().ok().filter(|n| (1..=LARGEST).contains(n))
        };
        let (Some(piece), Some(buffer)) = (number("period_size"), number("buffer_size")) else {
            return;
        };
        // Where that cannot be had the pipe stays as it is, and sound is later than its picture by what it holds.
        let _ = rustix::pipe::fcntl_setpipe_size(&self.stdin, (piece * 2) as usize);
        (self.piece, self.buffer) = (piece, buffer);
        self.full = buffer;
        self.begun = monotonic();
        self.taken = self.begun;
    }

    /// Writes one piece; there is room for it.
    fn write(&mut self, desk: &mut Renderer) -> Result<(), SoundError> {
        if self.bytes.is_empty() {
            self.look_for_a_hole(desk)?;
            self.learn();
            desk.programme.advance(self.written, self.piece, &self.anchor);
            desk.tend_tone(self.written, self.piece);
            desk.render(self.written, self.piece, &mut self.bytes);
            self.written += self.piece;
            if let Some(heard) = self.anchor.frame_at(monotonic()) {
                desk.programme.forget(heard as i64);
            }
        }
        match self.stdin.write(&self.bytes) {
            Ok(count) => {
                self.bytes.drain(..count);
                self.taken = monotonic();
            }
            Err(error) if [ErrorKind::WouldBlock, ErrorKind::Interrupted].contains(&error.kind()) => {}
            // Its last words are read first.
            Err(_) => {
                self.listen(desk)?;
                return Err(SoundError::Ended(last_words(&self.said)));
            }
        }
        Ok(())
    }

    /// What is called a device may be a hole: the null device of ALSA takes all at once. Once it is known to be
    /// none, signals are heard.
    fn look_for_a_hole(&self, desk: &mut Renderer) -> Result<(), SoundError> {
        let lived = monotonic().saturating_duration_since(self.begun);
        let plausible = (1.0 + 1.01 * lived.as_secs_f64()) * f64::from(RATE);
        if (self.written - self.buffer) as f64 > plausible {
            return Err(SoundError::Ended("its device swallows sound without playing it".to_string()));
        }
        if lived >= PROOF {
            desk.ready("ALSA");
        }
        Ok(())
    }

    /// All that was written has just been fetched, the last piece of it because the device was full.
    fn learn(&mut self) {
        let now = monotonic();
        let inside = self.written - self.piece;
        if inside > self.full {
            let delay = Duration::from_secs_f64(self.buffer as f64 / f64::from(RATE));
            let m = Measurement { asked: now, answered: now, frame: inside as f64, delay };
            if let Some(best) = self.sieve.take(m) {
                self.anchor.feed(&best);
            }
        }
    }
}

/// The earliest of several instants.
#[derive(Default)]
struct StderrFilter {
    best: Option<(f64, Measurement)>,
    begun: Option<Instant>,
    taken: u32,
    passed: u32,
}

impl StderrFilter {
    /// Takes one; the best of a while, when that is over.
    fn take(&mut self, m: Measurement) -> Option<Measurement> {
        let begun = *self.begun.get_or_insert(m.asked);
        let since = m.asked.saturating_duration_since(begun).as_secs_f64();
        let late = since - m.frame / f64::from(RATE);
        if self.best.as_ref().is_none_or(|(least, _)| late < *least) {
            self.best = Some((late, m));
        }
        self.taken += 1;
        // The very first at once, so that something is heard.
        let enough = match self.passed {
            0 => self.taken >= 1,
            1 => self.taken >= FIRST,
            _ => since >= SIFT.as_secs_f64(),
        };
        let best = if enough { self.best.take() } else { None };
        if best.is_some() {
            self.begun = None;
            self.taken = 0;
            self.passed += 1;
        }
        best.map(|(_, m)| m)
    }
}

/// The end of what `aplay` said, without where in it that stands.
fn last_words(said: &str) -> String {
    let last = said.lines().rev().find(|l| !l.trim().is_empty()).unwrap_or_default();
    let words =
        last.strip_prefix("aplay: ").and_then(|rest| rest.splitn(3, ':').nth(2)).unwrap_or(last).trim();
    text::cut(&text::clean(words), 80)
}
