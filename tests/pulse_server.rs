//! A sound server for tests: enough of PulseAudio, in this process, to hear what a player plays.
//!
//! Its device goes by the monotonic clock. The server takes samples ahead of time, and keeps what a listener would have
//! heard, frame by frame. Its accounting (what is missing, what was asked for, who pays for a seek) follows PulseAudio's
//! memory block queue.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use pacebell::clock::monotonic;
use pulseaudio::protocol::{self as wire, Command, SinkFlags};
use std::io::{BufReader, Cursor, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::sleep;
use std::time::{Duration, Instant};

const VERSION: u16 = wire::MAX_VERSION;

/// The kind of server that it imitates.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    /// Takes back samples from its device, up to the frame being heard.
    PulseAudio,
    /// Takes back no samples that its device has.
    PipeWire,
}

/// A server for one player at a time.
pub struct PulseServer {
    dir: tempfile::TempDir,
    state: Arc<Mutex<ServerState>>,
}

struct ServerState {
    kind: Kind,
    /// The instant at which frame 0 is heard. Missing until there is a stream.
    start: Option<Instant>,
    /// The samples that the device plays, from its frame 0 on. The positions below are frames of the device too.
    stream: Vec<i16>,
    /// The start of the player's stream, which counts its own frames from there.
    origin: i64,
    write: i64,
    read: i64,
    missing: i64,
    asked: i64,
    least: i64,
    target: i64,
    /// Frames before this one cannot be changed any more.
    fixed: usize,
    socket: Option<UnixStream>,
    /// The number of players that have connected.
    players: usize,
    left: bool,
    stalled: Option<Instant>,
    /// The number of the player that gets no more answers.
    ignored: usize,
    /// The most frames that the device holds.
    held: i64,
    /// The samples that wait in the server while its device is suspended.
    waiting: Option<Vec<i16>>,
}

impl ServerState {
    /// The frames that the device takes at a time.
    const PERIOD: i64 = 480;

    fn heard(&self) -> i64 {
        self.start
            .map_or(0, |start| (monotonic().saturating_duration_since(start).as_secs_f64() * 48_000.0) as i64)
    }

    /// Lets the device play up to now.
    fn settle(&mut self) {
        let heard = self.heard();
        let read = (heard / Self::PERIOD * Self::PERIOD + self.held).max(self.read);
        if self.start.is_some() && self.waiting.is_none() {
            self.missing += read - self.read;
            self.read = read;
            self.fixed = match self.kind {
                Kind::PulseAudio => heard as usize,
                Kind::PipeWire => read as usize,
            };
            let length = self.stream.len().max(self.fixed);
            self.stream.resize(length, 0);
        }
    }

    /// Takes samples that begin `seek` frames after the last ones.
    fn take(&mut self, seek: i64, samples: &[i16]) {
        self.settle();
        self.write += seek;
        let end = (self.write as usize + samples.len()).max(self.stream.len());
        self.stream.resize(end, 0);
        for (i, sample) in samples.iter().enumerate() {
            let frame = self.write as usize + i;
            if frame >= self.fixed {
                self.stream[frame] = *sample;
            }
        }
        let length = samples.len() as i64;
        self.write += length;
        self.asked -= match self.kind {
            Kind::PulseAudio => seek + length,
            Kind::PipeWire => length.min(self.asked),
        };
    }

    /// Drops all samples that are not heard yet.
    fn drop_stream(&mut self) {
        self.settle();
        let fixed = self.fixed;
        self.stream.truncate(fixed);
        self.write = self.read;
    }

    fn request(&mut self) -> Option<u32> {
        if self.kind == Kind::PipeWire {
            self.missing = self.target - self.asked - (self.write - self.read);
        }
        (self.missing >= self.least).then(|| {
            self.asked += self.missing;
            std::mem::take(&mut self.missing) as u32 * 2
        })
    }

    fn send(&mut self, message: impl FnOnce(&mut Vec<u8>)) {
        let mut bytes = Vec::new();
        message(&mut bytes);
        if let Some(socket) = &mut self.socket {
            // Fails if the player is gone.
            let _ = socket.write_all(&bytes);
        }
    }
}

impl PulseServer {
    /// Starts a server.
    pub fn start(kind: Kind) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let state = Arc::new(Mutex::new(ServerState {
            kind,
            start: None,
            stream: Vec::new(),
            origin: 0,
            write: 0,
            read: 0,
            missing: 0,
            asked: 0,
            least: 0,
            target: 0,
            fixed: 0,
            socket: None,
            players: 0,
            left: false,
            stalled: None,
            ignored: 0,
            held: 2400,
            waiting: None,
        }));
        let server = PulseServer { dir, state };
        server.listen();
        server
    }

    fn listen(&self) {
        let listener = UnixListener::bind(self.socket()).unwrap();
        let (state, path) = (self.state.clone(), self.socket());
        std::thread::spawn(move || {
            while let Ok((socket, _)) = listener.accept() {
                if !path.exists() {
                    return;
                }
                let mut served = state.lock().unwrap();
                served.socket = Some(socket.try_clone().unwrap());
                served.players += 1;
                served.left = false;
                let player = served.players;
                drop(served);
                let (requesting, state) = (state.clone(), state.clone());
                std::thread::spawn(move || request_samples(&requesting, player));
                std::thread::spawn(move || {
                    serve(&state, socket, player);
                    let mut state = state.lock().unwrap();
                    if state.players == player {
                        state.drop_stream();
                        state.left = true;
                    }
                });
            }
        });
    }

    pub fn socket(&self) -> PathBuf {
        self.dir.path().join("native")
    }

    fn state(&self) -> MutexGuard<'_, ServerState> {
        self.state.lock().unwrap()
    }

    /// Returns the samples heard up to now.
    pub fn heard(&self) -> Vec<i16> {
        let mut state = self.state();
        state.settle();
        let end = state.heard() as usize;
        if state.stream.len() < end {
            state.stream.resize(end, 0);
        }
        state.stream[..end].to_vec()
    }

    /// Returns the frame heard at `instant`. It is negative before the first.
    pub fn frame(&self, instant: Instant) -> i64 {
        let start = self.state().start.unwrap();
        let after = instant.saturating_duration_since(start).as_secs_f64();
        let before = start.saturating_duration_since(instant).as_secs_f64();
        ((after - before) * 48_000.0).round() as i64
    }

    /// Returns true once the player has disconnected.
    pub fn left(&self) -> bool {
        self.state().left
    }

    /// Neither listens nor asks for samples for `length`, while the device plays on. The player finds the same situation as
    /// if it had been stopped itself.
    pub fn stall(&self, length: Duration) {
        self.state().stalled = Some(monotonic() + length);
    }

    /// Takes the stream away from the player.
    pub fn kill_stream(&self) {
        self.state().send(|w| {
            wire::write_command_message(w, u32::MAX, &Command::PlaybackStreamKilled(0), VERSION).unwrap()
        });
    }

    /// Moves the stream to a device that holds `more` frames more. All later frames are delayed by as many.
    pub fn move_stream(&self, more: i64) {
        let mut state = self.state();
        state.settle();
        let heard = state.heard() as usize;
        let later: Vec<i16> = vec![0; more as usize];
        state.stream.splice(heard..heard, later);
        state.held += more;
        state.origin += more;
        state.write += more;
        state.read += more;
        let moved = Command::PlaybackStreamMoved(wire::PlaybackStreamMovedParams {
            stream_index: 0,
            device_index: 1,
            device_name: c"other".to_owned(),
            device_suspended: false,
            buffer_attr: wire::stream::BufferAttr {
                target_length: state.target as u32 * 2,
                minimum_request_length: state.least as u32 * 2,
                ..Default::default()
            },
            configured_sink_latency: 0,
        });
        state.send(|w| wire::write_command_message(w, u32::MAX, &moved, VERSION).unwrap());
    }

    /// Suspends or resumes the device. Samples wait in the server meanwhile.
    pub fn suspend(&self, suspended: bool) {
        let mut state = self.state();
        state.settle();
        if suspended {
            let read = state.read as usize;
            let length = state.stream.len();
            let waiting = state.stream.split_off(read.min(length));
            state.waiting = Some(waiting);
        } else if let Some(waiting) = state.waiting.take() {
            let before = state.read;
            state.settle();
            let read = state.read as usize;
            state.stream.resize(read, 0);
            state.stream.extend(waiting);
            state.origin += read as i64 - before;
            state.write += read as i64 - before;
            state.missing = 0;
        }
        let change =
            Command::PlaybackStreamSuspended(wire::StreamSuspendedParams { stream_index: 0, suspended });
        state.send(|w| wire::write_command_message(w, u32::MAX, &change, VERSION).unwrap());
    }

    /// Keeps the connection to this player open, but never answers again.
    pub fn ignore_player(&self) {
        let mut state = self.state();
        state.ignored = state.players;
        state.drop_stream();
    }

    /// Returns the number of players that have connected.
    pub fn players(&self) -> usize {
        self.state().players
    }

    /// Listens again, after [`PulseServer::die`].
    pub fn revive(&self) {
        self.listen();
    }

    /// Ends like a server that crashes.
    pub fn die(&self) {
        let _ = std::fs::remove_file(self.socket());
        if let Some(socket) = self.state().socket.take() {
            let _ = socket.shutdown(Shutdown::Both);
        }
    }
}

impl Drop for PulseServer {
    fn drop(&mut self) {
        self.die();
    }
}

/// Asks for samples as the device takes them.
fn request_samples(state: &Mutex<ServerState>, player: usize) {
    loop {
        sleep(Duration::from_millis(5));
        let mut state = state.lock().unwrap();
        if state.socket.is_none() || state.players != player || state.ignored == player {
            return;
        }
        if state.stalled.is_some_and(|until| monotonic() < until)
            || state.start.is_none()
            || state.waiting.is_some()
        {
            continue;
        }
        state.settle();
        if let Some(length) = state.request() {
            let request = Command::Request(wire::Request { channel: 0, length });
            state.send(|w| wire::write_command_message(w, u32::MAX, &request, VERSION).unwrap());
        }
    }
}

fn serve(state: &Mutex<ServerState>, socket: UnixStream, player: usize) {
    let mut reader = BufReader::new(socket);
    while let Ok(descriptor) = wire::read_descriptor(&mut reader) {
        let mut payload = vec![0; descriptor.length as usize];
        if reader.read_exact(&mut payload).is_err() {
            return;
        }
        while state.lock().unwrap().stalled.is_some_and(|until| monotonic() < until) {
            sleep(Duration::from_millis(1));
        }
        let mut state = state.lock().unwrap();
        if state.ignored == player {
            continue;
        }
        if descriptor.channel == u32::MAX {
            let mut cursor = Cursor::new(&payload[..]);
            let (sequence, command) = Command::read_tag_prefixed(&mut cursor, VERSION).unwrap();
            answer(&mut state, sequence, command);
        } else {
            let samples: Vec<i16> =
                payload.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect();
            state.take(descriptor.offset as i64 / 2, &samples);
        }
    }
}

fn answer(state: &mut ServerState, sequence: u32, command: Command) {
    fn reply<R: wire::CommandReply>(state: &mut ServerState, sequence: u32, reply: &R) {
        state.send(|w| wire::write_reply_message(w, sequence, reply, VERSION).unwrap());
    }
    match command {
        Command::Auth(_) => {
            let auth = wire::AuthReply { version: VERSION, ..Default::default() };
            reply(state, sequence, &auth);
        }
        Command::SetClientName(_) => reply(state, sequence, &wire::SetClientNameReply { client_id: 1 }),
        Command::GetServerInfo => {
            let name = match state.kind {
                Kind::PulseAudio => c"pulseaudio",
                Kind::PipeWire => c"PulseAudio (on PipeWire 1.0.0)",
            };
            let info = wire::ServerInfo {
                server_name: Some(name.to_owned()),
                sample_spec: spec(),
                channel_map: wire::ChannelMap::mono(),
                ..Default::default()
            };
            reply(state, sequence, &info);
        }
        Command::GetSinkInfo(_) => {
            let mut sink = wire::SinkInfo::new_dummy(0);
            sink.flags = SinkFlags::DYNAMIC_LATENCY | SinkFlags::LATENCY;
            reply(state, sequence, &sink);
        }
        Command::DeletePlaybackStream(_) => {
            state.drop_stream();
            state.send(|w| wire::write_ack_message(w, sequence).unwrap());
        }
        Command::CreatePlaybackStream(wanted) => create(state, sequence, &wanted),
        Command::GetPlaybackLatency(latency) => {
            state.settle();
            let ahead = state.read as f64 - monotonic_frame(state);
            let latency = wire::PlaybackLatency {
                sink_usec: (ahead.max(0.0) / 0.048).round() as u64,
                source_usec: 0,
                playing: true,
                local_time: latency.now,
                remote_time: latency.now,
                write_offset: (state.write - state.origin) * 2,
                read_offset: (state.read - state.origin) * 2,
                underrun_for: 0,
                playing_for: 1,
            };
            reply(state, sequence, &latency);
        }
        _ => state.send(|w| wire::write_ack_message(w, sequence).unwrap()),
    }
}

fn monotonic_frame(state: &ServerState) -> f64 {
    state.start.map_or(0.0, |start| (monotonic() - start).as_secs_f64() * 48_000.0)
}

fn spec() -> wire::SampleSpec {
    wire::SampleSpec { format: wire::SampleFormat::S16Le, channels: 1, sample_rate: 48_000 }
}

fn create(state: &mut ServerState, sequence: u32, wanted: &wire::PlaybackStreamParams) {
    assert_eq!(wanted.sample_spec, spec());
    assert_eq!(wanted.buffer_attr.pre_buffering, 0, "this server does its accounting without any");
    state.start.get_or_insert_with(monotonic);
    state.settle();
    state.origin = state.read;
    state.write = state.read;
    state.missing = 0;
    state.least = i64::from(wanted.buffer_attr.minimum_request_length) / 2;
    state.target = i64::from(wanted.buffer_attr.target_length) / 2;
    state.asked = state.target;
    let created = wire::CreatePlaybackStreamReply {
        sample_spec: spec(),
        channel_map: wire::ChannelMap::mono(),
        buffer_attr: wanted.buffer_attr,
        requested_bytes: wanted.buffer_attr.target_length,
        ..Default::default()
    };
    state.send(|w| wire::write_reply_message(w, sequence, &created, VERSION).unwrap());
}
