//! A stream of samples to a sound server, written ahead of what is heard and rewritten when plans change.
//!
//! Frames are numbered as the server numbers them. The stream is made without pre-buffering, so that the server's
//! read position goes on through an underrun: after a short gap, writing what is asked for catches up with it, and
//! nothing is late for good. After a long one (a stopped process) the stream is made anew.
//!
//! Plans that change are not flushed but written over: a block with a negative offset goes over what the server
//! already holds, and PulseAudio takes back from the device what it has handed on. A flush would keep what the
//! device holds (an eighth of a second) and leave the stream dry.

use super::connection::{PulseConnection, PulseMessage};
use super::sink_grid::{PIECE, SinkGrid, UpcomingFrames};
use super::{Renderer, SoundError, stream_parameters};
use crate::audio::clock_fit::{ClockFit, Measurement};
use crate::audio::player_channel::PlayerUpdate;
use crate::audio::signal_synth::RATE;
use crate::audio::volume::VolumeMix;
use crate::clock::monotonic;
use pulseaudio::protocol::{
    Command, CreatePlaybackStreamReply, GetSinkInfo, LatencyParams, PlaybackLatency, ServerInfo, SinkFlags,
    SinkInfo, stream::BufferAttr,
};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::time::{Duration, Instant, SystemTime};

/// Bytes in a frame.
const FRAME: i64 = 2;
/// So much asked for at once, two seconds, and a new stream is cheaper than catching up.
const HOPELESS: i64 = 2 * RATE as i64;
/// Where an end was too near to mend what is on its way, it is tried again so much later.
const RETRY: Duration = Duration::from_millis(30);
/// How far ahead of what is heard a server can still change what it plays: 10 ms.
const REACH: i64 = 480;
/// After so many questions for the latency the device is known well.
const SETTLED: u32 = 24;
/// A server that leaves a question for the latency unanswered so long will not answer any more.
const HUNG: Duration = Duration::from_secs(3);
/// A device that takes nothing for so long is not playing.
const STILL: Duration = Duration::from_millis(1500);
/// So long after a question is due it is asked whether or not the answer can be used, to hear whether there is one.
const OVERDUE: Duration = Duration::from_secs(1);

/// A playback stream.
pub struct PulseStream<'a> {
    link: PulseConnection,
    desk: &'a mut Renderer,
    pipewire: bool,
    channel: u32,
    target: i64,
    request: i64,
    /// Whether the server can take back what it has handed to the device.
    rewinds: bool,
    /// Where blocks end, for a sink without a device.
    grid: Option<SinkGrid>,
    anchor: ClockFit,
    /// Whether what was written ahead was meant for another device.
    stale: bool,
    /// Where the server last stood, and since when.
    stands: (i64, Instant),
    asleep: bool,
    /// The next frame to write.
    written: i64,
    /// How many frames the server has asked for.
    wanted: i64,
    /// How many frames the device holds.
    held: i64,
    /// Whether it has just asked.
    fresh: bool,
    question: Option<LatencyQuery>,
    /// How often the latency was asked for since the device was last a new one.
    questions: u32,
    next_question: Instant,
    asked_sink: Option<u32>,
}

/// A question for the latency that is not answered yet.
#[derive(Debug)]
struct LatencyQuery {
    sequence: u32,
    at: Instant,
    /// Frames written since, which the answer does not count.
    since: i64,
    /// Whether the answer tells of the instant at which it was asked.
    current: bool,
}

impl<'a> PulseStream<'a> {
    /// Opens a stream on the server's default output.
    pub fn open(mut link: PulseConnection, desk: &'a mut Renderer) -> Result<Self, SoundError> {
        let server: ServerInfo = link.call(&Command::GetServerInfo)?;
        let name = server.server_name.unwrap_or_default();
        let pipewire = name.to_string_lossy().contains("PipeWire");
        let now = monotonic();
        let mut stream = PulseStream {
            link,
            desk,
            pipewire,
            channel: 0,
            target: 0,
            request: 0,
            rewinds: false,
            grid: None,
            anchor: ClockFit::new(now),
            stale: false,
            stands: (0, now),
            asleep: false,
            written: 0,
            wanted: 0,
            held: 0,
            fresh: false,
            question: None,
            questions: 0,
            next_question: now,
            asked_sink: None,
        };
        stream.create()?;
        Ok(stream)
    }

    fn name(&self) -> &'static str {
        if self.pipewire { "PipeWire" } else { "PulseAudio" }
    }

    /// Makes the server's end of it. Nothing is written yet, and when a frame will be heard is unknown.
    fn create(&mut self) -> Result<(), SoundError> {
        let made: CreatePlaybackStreamReply =
            self.link.call(&Command::CreatePlaybackStream(stream_parameters::stream(FRAME as u32)))?;
        self.desk.restart();
        self.channel = made.channel;
        self.resize(&made.buffer_attr);
        self.written = 0;
        self.wanted = i64::from(made.requested_bytes) / FRAME;
        self.question = None;
        self.stands = (0, monotonic());
        self.asleep = false;
        self.ask_sink(made.sink_index)?;
        self.start_over();
        self.desk.ready(self.name());
        Ok(())
    }

    /// Makes a new stream in place of this one: quicker than catching up, and nothing old is in it.
    fn renew(&mut self) -> Result<(), SoundError> {
        self.link.command(&Command::DeletePlaybackStream(self.channel))?;
        self.create()
    }

    /// Asks whether the output with this index can take back samples.
    fn ask_sink(&mut self, index: u32) -> Result<(), SoundError> {
        self.rewinds = false;
        self.grid = None;
        // PipeWire answers as PulseAudio does, but its graph takes nothing back.
        if !self.pipewire {
            let index = Some(index);
            let question = Command::GetSinkInfo(GetSinkInfo { index, name: None });
            self.asked_sink = Some(self.link.command(&question)?);
        }
        Ok(())
    }

    /// Plays until the player closes.
    pub fn play(&mut self) -> Result<(), SoundError> {
        while !self.desk.mailbox.is_closed() {
            if let Some(announcement) = self.desk.mailbox.take() {
                self.announce(announcement)?;
            }
            if let Some(mix) = self.desk.mailbox.take_mix() {
                self.set_mix(mix)?;
            }
            self.write()?;
            self.ask()?;
            self.link.send()?;
            self.desk.mailbox.leave(self.desk.left(&self.anchor));
            if self.wait()? {
                self.link.receive()?;
                while let Some(message) = self.link.next()? {
                    self.handle(&message)?;
                }
            }
        }
        Ok(())
    }

    /// Waits for the server or the player; true when it is the server.
    fn wait(&self) -> Result<bool, SoundError> {
        let now = monotonic();
        // Once the line is settled there is no hurry: the question goes with the next samples.
        let hurry = self.questions < SETTLED && !self.pipewire;
        let until = match &self.question {
            Some(question) => question.at + HUNG,
            None if hurry => self.next_question,
            None => self.next_question + OVERDUE,
        };
        let timeout = Timespec::try_from(until.saturating_duration_since(now)).ok();
        let socket = self.link.socket();
        let bell = self.desk.mailbox.bell().unwrap_or(socket);
        let mut ready = [socket, bell].map(|end| PollFd::new(end, PollFlags::IN));
        if poll(&mut ready, timeout.as_ref()).is_err() {
            // Interrupted by a signal, at worst: look at everything and wait again.
            return Ok(false);
        }
        let [socket, bell] = ready.map(|end| !end.revents().is_empty());
        if bell {
            self.desk.mailbox.hear();
        }
        // What was said while this program was stopped still lies in the socket.
        if !socket && self.question.as_ref().is_some_and(|q| monotonic() >= q.at + HUNG) {
            return Err(SoundError::Hung);
        }
        Ok(socket)
    }

    /// How long from one question for the latency to the next.
    fn pace(&self) -> Duration {
        Duration::from_millis(match self.questions {
            0..8 => 20,
            8..SETTLED => 250,
            _ => 1000,
        })
    }

    /// Takes new plans, and writes them over those the server already has.
    fn announce(&mut self, announcement: PlayerUpdate) -> Result<(), SoundError> {
        let from = self.changeable();
        let before = self.desk.programme.sounds_in(from, self.written - from);
        self.desk.programme.announce(announcement, from);
        self.rewrite(from, before)
    }

    /// Takes a new mix, and writes what sounds in it over what the server already has.
    fn set_mix(&mut self, mix: VolumeMix) -> Result<(), SoundError> {
        let from = self.changeable();
        let before = self.desk.programme.sounds_in(from, self.written - from);
        self.desk.set_mix(mix, from);
        self.rewrite(from, before)
    }

    /// Writes again what lies between frame `from` and the last one written, if that is not silence for silence.
    fn rewrite(&mut self, from: i64, before: bool) -> Result<(), SoundError> {
        let length = self.written - from;
        if length <= 0 {
            return Ok(());
        }
        if self.desk.programme.advance(from, length, &self.anchor) || before {
            self.block(from, length)?;
        }
        Ok(())
    }

    /// The first frame that can still be changed.
    fn changeable(&self) -> i64 {
        let Some(heard) = self.anchor.frame_at(monotonic()) else {
            return self.written;
        };
        let beyond = if self.rewinds { REACH } else { REACH.max(self.held + self.request) };
        let first = heard.ceil() as i64 + beyond;
        let grain = self.grain();
        // Blocks end where those before them did.
        (self.written - (self.written - first).max(0) / grain * grain).min(self.written)
    }

    /// Writes what the server wants.
    fn write(&mut self) -> Result<(), SoundError> {
        if self.wanted > HOPELESS {
            self.renew()?;
        }
        let mut length = self.wanted;
        if let Some(heard) = self.anchor.frame_at(monotonic()) {
            if self.pipewire {
                // After blocks written over it may ask for more than it needs.
                let full = heard as i64 + self.held + self.target + self.request;
                length = length.min(full - self.written);
            }
            self.desk.programme.forget(heard as i64);
        }
        // What was written beyond what was asked for counts.
        self.wanted = self.wanted.min(0);
        if length > 0 {
            let odd = length % self.grain();
            self.wanted = odd;
            length -= odd;
        }
        if length > 0 {
            self.desk.programme.advance(self.written, length, &self.anchor);
            self.desk.tend_tone(self.written, length);
            self.block(self.written, length)?;
        }
        Ok(())
    }

    /// Sends the `length` frames from `from` on.
    fn block(&mut self, from: i64, length: i64) -> Result<(), SoundError> {
        let back = (self.written - from) * FRAME;
        if let Some(question) = &mut self.question {
            question.since += from + length - self.written;
        }
        self.written = from + length;
        if let Some(grid) = &mut self.grid {
            grid.wrote(from, self.written);
        }
        let desk = &mut self.desk;
        self.link
            .block(self.channel, back, (length * FRAME) as usize, |bytes| desk.render(from, length, bytes))
    }

    /// Blocks are whole multiples of this many frames.
    fn grain(&self) -> i64 {
        if self.grid.is_some() { PIECE } else { 1 }
    }

    /// Writes again what a sink without a device would take in odd pieces, where it has taken all up to frame `read`.
    fn mend(&mut self, read: i64) -> Result<(), SoundError> {
        let Some(grid) = &mut self.grid else { return Ok(()) };
        let (from, end) = match grid.mend(read) {
            Ok(Some(block)) => block,
            Ok(None) => return Ok(()),
            Err(UpcomingFrames) => {
                self.next_question = self.next_question.min(monotonic() + RETRY);
                return Ok(());
            }
        };
        self.desk.programme.advance(from, end - from, &self.anchor);
        self.wanted -= end - self.written;
        self.block(from, end - from)
    }

    /// Asks for the latency when it is time to.
    fn ask(&mut self) -> Result<(), SoundError> {
        let now = monotonic();
        // PipeWire answers with what was true when it last asked for samples, so it is asked just then.
        let current = std::mem::take(&mut self.fresh) || !self.pipewire;
        let due = if current { self.next_question } else { self.next_question + OVERDUE };
        if self.question.is_none() && now >= due {
            // A server only gives the time back.
            let latency = LatencyParams { channel: self.channel, now: SystemTime::UNIX_EPOCH };
            let sequence = self.link.command(&Command::GetPlaybackLatency(latency))?;
            self.question = Some(LatencyQuery { sequence, at: now, since: 0, current });
            self.questions = self.questions.saturating_add(1);
            self.next_question = now + self.pace();
        }
        Ok(())
    }

    fn handle(&mut self, message: &PulseMessage) -> Result<(), SoundError> {
        let answered = |asked: &Option<u32>| *asked == Some(message.sequence);
        match &message.command {
            Command::Request(request) if request.channel == self.channel => {
                self.wanted += i64::from(request.length) / FRAME;
                self.fresh = true;
            }
            Command::Reply if answered(&self.asked_sink) => {
                let sink = self.link.read::<SinkInfo>(message).ok();
                self.rewinds = sink.as_ref().is_some_and(|s| s.flags.contains(SinkFlags::DYNAMIC_LATENCY));
                let device = sink.as_ref().is_none_or(|s| s.flags.contains(SinkFlags::HARDWARE));
                self.grid = (!device).then(SinkGrid::default);
                self.desk.mailbox.learn(|device| {
                    device.muted = sink.as_ref().is_some_and(|s| s.muted);
                    let name = sink.map(|s| s.description.unwrap_or(s.name));
                    device.name = name.map(|name| name.to_string_lossy().into_owned());
                });
            }
            Command::Reply => {
                if let Some(question) = self.question.take_if(|q| q.sequence == message.sequence) {
                    let latency = self.link.read(message)?;
                    return self.learn(&question, &latency);
                }
            }
            Command::Error(_) if self.question.as_ref().is_some_and(|q| q.sequence == message.sequence) => {
                return Err(SoundError::Strange);
            }
            Command::Underflow(underflow) if underflow.channel == self.channel => self.start_over(),
            Command::PlaybackStreamMoved(moved) => {
                self.resize(&moved.buffer_attr);
                self.ask_sink(moved.device_index)?;
                self.start_over();
            }
            // What lay in it meanwhile belongs to another time.
            Command::PlaybackStreamSuspended(state) if !state.suspended => self.renew()?,
            Command::PlaybackBufferAttrChanged(changed) => self.resize(&changed.buffer_attr),
            Command::PlaybackStreamKilled(channel) if *channel == self.channel => {
                return Err(SoundError::Killed);
            }
            _ => {}
        }
        Ok(())
    }

    /// The server's buffer is another size from now on.
    fn resize(&mut self, buffer: &BufferAttr) {
        self.target = i64::from(buffer.target_length) / FRAME;
        self.request = i64::from(buffer.minimum_request_length) / FRAME;
    }

    /// Frames are no longer heard when they were: the device is another one, or stood still, or the server ran
    /// out of samples, which ends with its taking back the silence that it played instead. Asks a little later,
    /// when that is settled.
    fn start_over(&mut self) {
        self.desk.programme.take_back(monotonic());
        self.stale = true;
        self.anchor.clear();
        self.held = 0;
        self.questions = 0;
        self.next_question = monotonic() + self.pace();
    }

    /// Takes in where the server is.
    fn learn(&mut self, question: &LatencyQuery, latency: &PlaybackLatency) -> Result<(), SoundError> {
        if self.stands.0 != latency.read_offset || self.stands.1 > question.at {
            self.stands = (latency.read_offset, question.at);
            if self.asleep {
                return self.renew();
            }
        } else if !self.asleep && self.stands.1 + STILL < question.at {
            self.asleep = true;
            self.desk.silent(&SoundError::Asleep);
        }
        let read = latency.read_offset / FRAME;
        let end = latency.write_offset / FRAME + question.since;
        let filled = end - read;
        self.written = end;
        let missing = self.target - filled;
        if missing > self.wanted + 2 * self.request {
            self.wanted = missing;
        }
        let delay = Duration::from_micros(latency.sink_usec);
        // A device that takes much at a time holds now much, now little: keep to the most of late.
        let queued = Duration::from_secs_f64(filled.max(0) as f64 / f64::from(RATE));
        self.desk.mailbox.learn(|device| device.latency = Some(delay + queued));
        let held = (delay.as_secs_f64() * f64::from(RATE)) as i64;
        self.held = held.max(self.held - self.held / 16);
        let unanchored = self.anchor.support() == 0;
        if latency.playing && question.current {
            self.anchor.feed(&Measurement {
                asked: question.at,
                answered: monotonic(),
                frame: latency.read_offset as f64 / FRAME as f64,
                delay,
            });
        }
        self.mend(read)?;
        if unanchored && self.anchor.support() > 0 {
            // What was written so far was silence for want of knowing when it would be heard.
            let from = self.changeable();
            let before = std::mem::take(&mut self.stale);
            self.rewrite(from, before)?;
        }
        Ok(())
    }
}
