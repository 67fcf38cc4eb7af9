//! A stream of samples to a sound server, written ahead of what is heard and rewritten when the cues change.
//!
//! Frames are numbered as the server numbers them. The stream has no pre-buffering, which keeps the server's read position
//! moving through an underrun. After a short gap, writing what is asked for catches up with it, and nothing stays late.
//! After a long one (a stopped process) the stream is made anew.
//!
//! When the cues change, samples are not flushed but overwritten. A block with a negative offset replaces what the server
//! holds, and PulseAudio takes back from the device what it has handed on. A flush would keep what the device holds (an
//! eighth of a second) and run the stream dry.

use super::connection::{PulseConnection, PulseMessage};
use super::latency_poll::{LatencyPoll, LatencyQuery};
use super::server_buffer::ServerBuffer;
use super::sink_grid::EndTooNear;
use super::stall_watch::{StallChange, StallWatch};
use super::stream_parameters::{self, FRAME_BYTES};
use crate::audio::SoundSystem;
use crate::audio::clock_fit::{ClockFit, Measurement};
use crate::audio::errors::SoundError;
use crate::audio::player_channel::PlayerUpdate;
use crate::audio::renderer::Renderer;
use crate::audio::signal_synth::SAMPLE_RATE;
use crate::audio::volume::VolumeMix;
use crate::clock::monotonic;
use pulseaudio::protocol::{
    Command, CreatePlaybackStreamReply, GetSinkInfo, LatencyParams, PlaybackLatency, ServerInfo, SinkFlags,
    SinkInfo,
};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::time::{Duration, SystemTime};

/// Bytes in a frame.
const FRAME: i64 = FRAME_BYTES as i64;
/// The delay before the next attempt to realign blocks.
const REALIGN_RETRY: Duration = Duration::from_millis(30);

/// The delay before the next measurement if the latest one does not fit the others.
const DOUBT_RETRY: Duration = Duration::from_millis(50);

/// A playback stream.
pub struct PulseStream<'a> {
    connection: PulseConnection,
    renderer: &'a mut Renderer,
    system: SoundSystem,
    channel: u32,
    buffer: ServerBuffer,
    clock: ClockFit,
    latency: LatencyPoll,
    stall: StallWatch,
    /// The sequence number of the query for the sink.
    sink_query: Option<u32>,
    /// True if frames were written for another device, and must be written again once this one is known.
    stale: bool,
}

impl<'a> PulseStream<'a> {
    /// Opens a stream on the server's default output.
    pub fn open(mut connection: PulseConnection, renderer: &'a mut Renderer) -> Result<Self, SoundError> {
        let server: ServerInfo = connection.call(&Command::GetServerInfo)?;
        let name = server.server_name.unwrap_or_default();
        let pipewire = name.to_string_lossy().contains("PipeWire");
        let now = monotonic();
        let mut stream = PulseStream {
            connection,
            renderer,
            system: if pipewire { SoundSystem::PipeWire } else { SoundSystem::PulseAudio },
            channel: 0,
            buffer: ServerBuffer::new(pipewire),
            clock: ClockFit::new(now),
            latency: LatencyPoll::new(pipewire, now),
            stall: StallWatch::new(now),
            sink_query: None,
            stale: false,
        };
        stream.create()?;
        Ok(stream)
    }

    /// Creates the stream on the server. No frame is written yet, and nobody knows when one will be heard.
    fn create(&mut self) -> Result<(), SoundError> {
        let parameters = stream_parameters::playback_stream();
        let created: CreatePlaybackStreamReply =
            self.connection.call(&Command::CreatePlaybackStream(parameters))?;
        self.renderer.restart();
        self.channel = created.channel;
        self.buffer.restart(&created.buffer_attr, created.requested_bytes);
        self.latency.drop_pending();
        self.stall = StallWatch::new(monotonic());
        self.query_sink(created.sink_index)?;
        self.expect_new_device();
        self.renderer.report_ready(self.system);
        Ok(())
    }

    /// Replaces the stream by a new one. That is quicker than catching up, and nothing outdated is in it.
    fn recreate(&mut self) -> Result<(), SoundError> {
        self.connection.queue_command(&Command::DeletePlaybackStream(self.channel))?;
        self.connection.restart_handshake();
        self.create()
    }

    /// Asks for the properties of the sink with this index.
    fn query_sink(&mut self, index: u32) -> Result<(), SoundError> {
        self.buffer.forget_sink();
        // PipeWire gives the same answer as PulseAudio, but its graph takes nothing back.
        if self.system != SoundSystem::PipeWire {
            let query = Command::GetSinkInfo(GetSinkInfo { index: Some(index), name: None });
            self.sink_query = Some(self.connection.queue_command(&query)?);
        }
        Ok(())
    }

    /// Plays until the player closes.
    pub fn play(&mut self) -> Result<(), SoundError> {
        while !self.renderer.channel.is_closed() {
            if let Some(update) = self.renderer.channel.take_update() {
                self.announce(update)?;
            }
            if let Some(mix) = self.renderer.channel.take_mix() {
                self.set_mix(mix)?;
            }
            self.write()?;
            self.query_latency()?;
            self.connection.send()?;
            self.renderer.channel.set_remaining(self.renderer.remaining(&self.clock));
            if self.wait_for_server()? {
                self.connection.receive()?;
                while let Some(message) = self.connection.next_message()? {
                    self.handle(&message)?;
                }
            }
        }
        Ok(())
    }

    /// Waits for the server or the player. Returns true if the server has sent something.
    fn wait_for_server(&self) -> Result<bool, SoundError> {
        let left = self.latency.deadline().saturating_duration_since(monotonic());
        let timeout = Timespec::try_from(left).ok();
        let socket = self.connection.socket();
        let wake_end = self.renderer.channel.wake_end().unwrap_or(socket);
        let mut ready = [socket, wake_end].map(|end| PollFd::new(end, PollFlags::IN));
        if poll(&mut ready, timeout.as_ref()).is_err() {
            // An interrupted poll does no harm: everything is looked at again.
            return Ok(false);
        }
        let [from_server, from_player] = ready.map(|end| !end.revents().is_empty());
        if from_player {
            self.renderer.channel.clear_wake();
        }
        // After this process was stopped, the answer still lies in the socket.
        if !from_server && self.latency.is_hung(monotonic()) {
            return Err(SoundError::ServerHung);
        }
        Ok(from_server)
    }

    /// Takes new cues, and overwrites what the server has of the old ones.
    fn announce(&mut self, update: PlayerUpdate) -> Result<(), SoundError> {
        let from = self.first_changeable();
        let sounded = self.renderer.schedule.sounds_in(from, self.buffer.written() - from);
        self.renderer.schedule.announce(update, from);
        self.rewrite(from, sounded)
    }

    /// Takes a new mix, and overwrites what the server has of the old one.
    fn set_mix(&mut self, mix: VolumeMix) -> Result<(), SoundError> {
        let from = self.first_changeable();
        let sounded = self.renderer.schedule.sounds_in(from, self.buffer.written() - from);
        self.renderer.set_mix(mix, from);
        self.rewrite(from, sounded)
    }

    /// Writes the frames from `from` on again, unless silence would replace silence.
    fn rewrite(&mut self, from: i64, sounded: bool) -> Result<(), SoundError> {
        let length = self.buffer.written() - from;
        if length <= 0 {
            return Ok(());
        }
        if self.renderer.schedule.advance(from, length, &self.clock) || sounded {
            self.write_block(from, length)?;
        }
        Ok(())
    }

    fn first_changeable(&self) -> i64 {
        self.buffer.first_changeable(self.clock.frame_at(monotonic()))
    }

    /// Writes what the server asks for.
    fn write(&mut self) -> Result<(), SoundError> {
        if self.buffer.is_hopeless() {
            self.recreate()?;
        }
        let heard = self.clock.frame_at(monotonic());
        let length = self.buffer.take_wanted(heard);
        if let Some(heard) = heard {
            self.renderer.schedule.forget_before(heard as i64);
        }
        if length > 0 {
            let from = self.buffer.written();
            self.renderer.schedule.advance(from, length, &self.clock);
            self.renderer.update_tone(from, length);
            self.write_block(from, length)?;
        }
        Ok(())
    }

    /// Queues `length` frames from `from` on.
    fn write_block(&mut self, from: i64, length: i64) -> Result<(), SoundError> {
        let before = self.buffer.written();
        self.latency.wrote(from + length - before);
        self.buffer.wrote(from, length);
        let (back, bytes) = ((before - from) * FRAME, (length * FRAME) as usize);
        let renderer = &mut self.renderer;
        self.connection.queue_block(self.channel, back, bytes, |out| renderer.render(from, length, out))
    }

    /// Writes frames again that a sink without a device, which has taken all up to frame `read`, would take in odd chunks.
    fn realign(&mut self, read: i64) -> Result<(), SoundError> {
        match self.buffer.frames_to_realign(read) {
            Ok(Some(frames)) => {
                let length = frames.end - frames.start;
                self.renderer.schedule.advance(frames.start, length, &self.clock);
                self.write_block(frames.start, length)
            }
            Ok(None) => Ok(()),
            Err(EndTooNear) => {
                self.latency.ask_by(monotonic() + REALIGN_RETRY);
                Ok(())
            }
        }
    }

    /// Asks for the latency when it is time to.
    fn query_latency(&mut self) -> Result<(), SoundError> {
        let now = monotonic();
        if let Some(age) = self.latency.due(now) {
            // The server only returns this time.
            let query = LatencyParams { channel: self.channel, now: SystemTime::UNIX_EPOCH };
            let sequence = self.connection.queue_command(&Command::GetPlaybackLatency(query))?;
            self.latency.asked(sequence, age, now);
        }
        Ok(())
    }

    fn handle(&mut self, message: &PulseMessage) -> Result<(), SoundError> {
        match &message.command {
            Command::Request(request) if request.channel == self.channel => {
                self.buffer.add_request(request.length);
                self.latency.server_requested();
            }
            Command::Reply if self.sink_query == Some(message.sequence) => {
                self.learn_sink(self.connection.decode(message).ok());
            }
            Command::Reply => {
                if let Some(query) = self.latency.take_answered(message.sequence) {
                    let latency = self.connection.decode(message)?;
                    return self.learn_latency(&query, &latency);
                }
            }
            Command::Error(_) if self.latency.is_pending(message.sequence) => {
                return Err(SoundError::UnknownProtocol);
            }
            Command::Underflow(underflow) if underflow.channel == self.channel => self.expect_new_device(),
            Command::PlaybackStreamMoved(moved) => {
                self.buffer.resize(&moved.buffer_attr);
                self.query_sink(moved.device_index)?;
                self.expect_new_device();
            }
            // The samples in the stream belong to the time before the suspension.
            Command::PlaybackStreamSuspended(state) if !state.suspended => self.recreate()?,
            Command::PlaybackBufferAttrChanged(changed) => self.buffer.resize(&changed.buffer_attr),
            Command::PlaybackStreamKilled(channel) if *channel == self.channel => {
                return Err(SoundError::StreamRemoved);
            }
            _ => {}
        }
        Ok(())
    }

    /// Forgets when frames are heard: the device has changed or stood still, or the server ran out of samples, after which
    /// it takes back the silence that it played instead. Asks for the latency a moment later, when that has settled.
    fn expect_new_device(&mut self) {
        let now = monotonic();
        self.renderer.schedule.reschedule(now);
        self.stale = true;
        self.clock.reset();
        self.buffer.forget_device();
        self.latency.restart(now);
    }

    /// Takes in the properties of the sink. A server may not answer with any.
    fn learn_sink(&mut self, sink: Option<SinkInfo>) {
        let has = |flag| sink.as_ref().map(|s| s.flags.contains(flag));
        let can_rewind = has(SinkFlags::DYNAMIC_LATENCY).unwrap_or(false);
        let has_device = has(SinkFlags::HARDWARE).unwrap_or(true);
        self.buffer.set_sink(can_rewind, has_device);
        self.renderer.channel.update_device(|device| {
            device.muted = sink.as_ref().is_some_and(|s| s.muted);
            let name = sink.map(|s| s.description.unwrap_or(s.name));
            device.name = name.map(|name| name.to_string_lossy().into_owned());
        });
    }

    /// Takes in where the server and its device are.
    fn learn_latency(&mut self, query: &LatencyQuery, latency: &PlaybackLatency) -> Result<(), SoundError> {
        match self.stall.observe(latency.read_offset, query.asked) {
            StallChange::Resumed => return self.recreate(),
            StallChange::Stalled => self.renderer.report_silent(SoundError::OutputStalled),
            StallChange::Unchanged => {}
        }
        let read = latency.read_offset / FRAME;
        let end = latency.write_offset / FRAME + query.written_since;
        let delay = Duration::from_micros(latency.sink_usec);
        let filled = self.buffer.update(read, end, delay);
        let queued = Duration::from_secs_f64(filled.max(0) as f64 / f64::from(SAMPLE_RATE));
        self.renderer.channel.update_device(|device| device.latency = Some(delay + queued));
        let was_known = self.clock.is_known();
        if latency.playing && query.is_current {
            self.clock.add(&Measurement {
                asked: query.asked,
                answered: monotonic(),
                frame: latency.read_offset as f64 / FRAME as f64,
                delay,
            });
        }
        if self.clock.is_in_doubt() {
            // A busy PipeWire loses whole cycles, 5 ms or more. Until that is certain, signals are late by as much.
            self.latency.ask_by(monotonic() + DOUBT_RETRY);
        }
        self.realign(read)?;
        if !was_known && self.clock.is_known() {
            // Until now silence was written, because nobody knew when it would be heard.
            let from = self.first_changeable();
            let stale = std::mem::take(&mut self.stale);
            self.rewrite(from, stale)?;
        }
        Ok(())
    }
}
