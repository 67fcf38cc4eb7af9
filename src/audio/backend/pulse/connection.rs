//! A connection to a sound server. Messages go in and out with as few system calls and allocations as possible.

use super::server_address::cookie;
use super::stream_parameters;
use crate::audio::errors::SoundError;
use crate::clock::monotonic;
use pulseaudio::protocol::{
    self as wire, AuthParams, AuthReply, Command, CommandReply, DESCRIPTOR_SIZE, Descriptor, DescriptorFlags,
    ProtocolError, SetClientNameReply, TagStructReader,
};
use std::io::{Cursor, ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

/// The time that the server has for all answers until the stream is ready, from the first byte on.
const HANDSHAKE: Duration = Duration::from_millis(1800);
/// The longest wait for the server to take what is sent.
const TIMEOUT: Duration = Duration::from_secs(3);
/// The most messages in a row that are skipped because they cannot be read.
const MOST_UNREADABLE: u32 = 1000;
/// Bytes read at once.
const READ_SIZE: usize = 8192;
/// The longest message that a player can receive, in bytes.
const MAX_MESSAGE: usize = 1 << 20;

/// An open connection.
#[derive(Debug)]
pub struct PulseConnection {
    socket: UnixStream,
    version: u16,
    received: Vec<u8>,
    /// The number of bytes at the start of `received` that are dealt with.
    taken: usize,
    sending: Vec<u8>,
    sequence: u32,
    /// The end of the time for the answers to [`call`](Self::call).
    answers_by: Instant,
    /// The messages in a row that could not be read.
    unreadable: u32,
}

/// A message from the server.
#[derive(Debug)]
pub struct PulseMessage {
    /// The sequence number of the command that it answers, if it is an answer.
    pub sequence: u32,
    /// The command; `Reply` in an answer.
    pub command: Command,
    /// The content of an answer.
    body: Vec<u8>,
}

impl PulseConnection {
    /// Connects to the server at `path` and introduces this program.
    pub fn open(path: &Path) -> Result<PulseConnection, SoundError> {
        PulseConnection::over(UnixStream::connect(path)?)
    }

    /// Introduces this program to the server at the other end of `socket`.
    pub fn over(socket: UnixStream) -> Result<PulseConnection, SoundError> {
        socket.set_write_timeout(Some(TIMEOUT))?;
        let mut connection = PulseConnection {
            socket,
            version: wire::MAX_VERSION,
            received: Vec::with_capacity(READ_SIZE),
            taken: 0,
            sending: Vec::with_capacity(READ_SIZE),
            sequence: 0,
            answers_by: monotonic() + HANDSHAKE,
            unreadable: 0,
        };
        let auth: AuthReply = connection.call(&Command::Auth(AuthParams {
            version: wire::MAX_VERSION,
            supports_shm: false,
            supports_memfd: false,
            cookie: cookie(),
        }))?;
        if auth.version < wire::MIN_VERSION {
            return Err(SoundError::UnknownProtocol);
        }
        connection.version = auth.version.min(wire::MAX_VERSION);
        let _: SetClientNameReply =
            connection.call(&Command::SetClientName(stream_parameters::client_properties()))?;
        Ok(connection)
    }

    /// Gives the server a new span of time for the answers to [`call`](Self::call).
    pub fn restart_handshake(&mut self) {
        self.answers_by = monotonic() + HANDSHAKE;
    }

    /// Returns the socket, for polling.
    pub fn socket(&self) -> &UnixStream {
        &self.socket
    }

    /// Queues a command and returns the sequence number that its answer will have.
    pub fn queue_command(&mut self, command: &Command) -> Result<u32, SoundError> {
        self.sequence = self.sequence.wrapping_add(1) & 0x7fff_ffff;
        wire::write_command_message(&mut self.sending, self.sequence, command, self.version)?;
        Ok(self.sequence)
    }

    /// Queues a block of `length` bytes of samples, which `fill` appends. The block begins `back` bytes before the end of
    /// the samples sent so far.
    pub fn queue_block(
        &mut self,
        channel: u32,
        back: i64,
        length: usize,
        fill: impl FnOnce(&mut Vec<u8>),
    ) -> Result<(), SoundError> {
        let descriptor = Descriptor {
            length: length as u32,
            channel,
            // Without flags the offset is relative. Any other kind upsets the accounting of some servers.
            offset: (-back).cast_unsigned(),
            flags: DescriptorFlags::empty(),
        };
        wire::write_descriptor(&mut self.sending, &descriptor)?;
        let end = self.sending.len() + length;
        fill(&mut self.sending);
        self.sending.resize(end, 0);
        Ok(())
    }

    /// Sends everything queued, in one write.
    pub fn send(&mut self) -> Result<(), SoundError> {
        if !self.sending.is_empty() {
            self.socket.write_all(&self.sending)?;
            self.sending.clear();
        }
        Ok(())
    }

    /// Reads once, and blocks if there is nothing to read.
    pub fn receive(&mut self) -> Result<(), SoundError> {
        self.received.drain(..self.taken);
        self.taken = 0;
        let mut bytes = [0; READ_SIZE];
        match self.socket.read(&mut bytes) {
            Ok(0) => Err(SoundError::ServerGone),
            Ok(count) => {
                self.received.extend_from_slice(bytes.get(..count).unwrap_or_default());
                Ok(())
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Returns the next complete message of those received. Skips messages that it cannot read.
    pub fn next_message(&mut self) -> Result<Option<PulseMessage>, SoundError> {
        loop {
            let rest = self.received.get(self.taken..).unwrap_or_default();
            let Some((mut head, behind)) = rest.split_at_checked(DESCRIPTOR_SIZE) else {
                return Ok(None);
            };
            let descriptor = wire::read_descriptor(&mut head)?;
            let length = descriptor.length as usize;
            if length > MAX_MESSAGE {
                return Err(SoundError::UnknownProtocol);
            }
            let Some(payload) = behind.get(..length) else {
                return Ok(None);
            };
            self.taken += DESCRIPTOR_SIZE + length;
            // Samples. No server sends them to a player.
            if descriptor.channel != u32::MAX {
                return Err(SoundError::UnknownProtocol);
            }
            let mut cursor = Cursor::new(payload);
            let Ok((sequence, command)) = Command::read_tag_prefixed(&mut cursor, self.version) else {
                self.unreadable += 1;
                if self.unreadable > MOST_UNREADABLE {
                    return Err(SoundError::UnknownProtocol);
                }
                continue;
            };
            self.unreadable = 0;
            let body = match command {
                Command::Reply => payload.get(cursor.position() as usize..).unwrap_or_default().to_vec(),
                _ => Vec::new(),
            };
            return Ok(Some(PulseMessage { sequence, command, body }));
        }
    }

    /// Decodes the content of an answer.
    pub fn decode<R: CommandReply>(&self, message: &PulseMessage) -> Result<R, ProtocolError> {
        let mut body = message.body.as_slice();
        TagStructReader::new(&mut body, self.version).read()
    }

    /// Sends a command and waits for its answer. Everything else that arrives meanwhile is skipped, so this is only for
    /// the time before the stream plays.
    pub fn call<R: CommandReply>(&mut self, command: &Command) -> Result<R, SoundError> {
        let sequence = self.queue_command(command)?;
        self.send()?;
        loop {
            while let Some(message) = self.next_message()? {
                match message.command {
                    Command::Reply if message.sequence == sequence => return Ok(self.decode(&message)?),
                    Command::Error(error) if message.sequence == sequence => return Err(error.into()),
                    _ => {}
                }
            }
            let left = self.answers_by.saturating_duration_since(monotonic());
            if left.is_zero() {
                return Err(SoundError::ServerHung);
            }
            self.socket.set_read_timeout(Some(left))?;
            self.receive()?;
        }
    }
}
