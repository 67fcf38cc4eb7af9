//! The connection to a sound server: messages in and out, with as few system calls and allocations as may be.

use super::SoundError;
use super::server_address::cookie;
use super::stream_parameters;
use pulseaudio::protocol::{
    self as wire, AuthParams, AuthReply, Command, CommandReply, DESCRIPTOR_SIZE, Descriptor, DescriptorFlags,
    ProtocolError, SetClientNameReply, TagStructReader,
};
use std::io::{Cursor, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// A server that says nothing for so long while one connects, or takes nothing, is as good as none.
const PATIENCE: Duration = Duration::from_secs(3);
/// What is read at once.
const READ: usize = 8192;
/// No message to a player is longer.
const LONGEST: usize = 1 << 20;

/// An open connection.
#[derive(Debug)]
pub struct PulseConnection {
    socket: UnixStream,
    version: u16,
    received: Vec<u8>,
    /// How much of `received` has been taken.
    taken: usize,
    sending: Vec<u8>,
    sequence: u32,
}

/// A message from the server.
#[derive(Debug)]
pub struct PulseMessage {
    /// Of the command that it answers, if it is an answer.
    pub sequence: u32,
    /// Its command; `Reply` for an answer.
    pub command: Command,
    /// What an answer holds.
    body: Vec<u8>,
}

impl PulseConnection {
    /// Connects and introduces this program.
    pub fn open(path: &Path) -> Result<PulseConnection, SoundError> {
        let socket = UnixStream::connect(path)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        socket.set_write_timeout(Some(PATIENCE))?;
        let mut link = PulseConnection {
            socket,
            version: wire::MAX_VERSION,
            received: Vec::with_capacity(READ),
            taken: 0,
            sending: Vec::with_capacity(READ),
            sequence: 0,
        };
        let auth: AuthReply = link.call(&Command::Auth(AuthParams {
            version: wire::MAX_VERSION,
            supports_shm: false,
            supports_memfd: false,
            cookie: cookie(),
        }))?;
        if auth.version < wire::MIN_VERSION {
            return Err(SoundError::Strange);
        }
        link.version = auth.version.min(wire::MAX_VERSION);
        let _: SetClientNameReply = link.call(&Command::SetClientName(stream_parameters::client()))?;
        Ok(link)
    }

    /// The socket, to wait on.
    pub fn socket(&self) -> &UnixStream {
        &self.socket
    }

    /// Puts a command behind what is to be sent; its answer will have this sequence number.
    pub fn command(&mut self, command: &Command) -> Result<u32, SoundError> {
        self.sequence = self.sequence.wrapping_add(1) & 0x7fff_ffff;
        wire::write_command_message(&mut self.sending, self.sequence, command, self.version)?;
        Ok(self.sequence)
    }

    /// Puts `length` bytes of samples, which `fill` appends, behind what is to be sent. They belong `back` bytes
    /// before the end of those sent before.
    pub fn block(
        &mut self,
        channel: u32,
        back: i64,
        length: usize,
        fill: impl FnOnce(&mut Vec<u8>),
    ) -> Result<(), SoundError> {
        let descriptor = Descriptor {
            length: length as u32,
            channel,
            // No flags: the offset is relative, the only kind that leaves a server's accounts in order.
            offset: (-back).cast_unsigned(),
            flags: DescriptorFlags::empty(),
        };
        wire::write_descriptor(&mut self.sending, &descriptor)?;
        let end = self.sending.len() + length;
        fill(&mut self.sending);
        self.sending.resize(end, 0);
        Ok(())
    }

    /// Sends all that is to be sent, in one go.
    pub fn send(&mut self) -> Result<(), SoundError> {
        if !self.sending.is_empty() {
            self.socket.write_all(&self.sending)?;
            self.sending.clear();
        }
        Ok(())
    }

    /// Reads once; blocks if there is nothing.
    pub fn receive(&mut self) -> Result<(), SoundError> {
        self.received.drain(..self.taken);
        self.taken = 0;
        let mut piece = [0; READ];
        match self.socket.read(&mut piece) {
            Ok(0) => Err(SoundError::Gone),
            Ok(count) => {
                self.received.extend_from_slice(piece.get(..count).unwrap_or_default());
                Ok(())
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The next whole message of those read; messages that cannot be understood are passed over.
    pub fn next(&mut self) -> Result<Option<PulseMessage>, SoundError> {
        loop {
            let rest = self.received.get(self.taken..).unwrap_or_default();
            let Some((mut head, behind)) = rest.split_at_checked(DESCRIPTOR_SIZE) else {
                return Ok(None);
            };
            let descriptor = wire::read_descriptor(&mut head)?;
            let length = descriptor.length as usize;
            if length > LONGEST {
                return Err(SoundError::Strange);
            }
            let Some(payload) = behind.get(..length) else {
                return Ok(None);
            };
            self.taken += DESCRIPTOR_SIZE + length;
            if descriptor.channel != u32::MAX {
                continue;
            }
            let mut cursor = Cursor::new(payload);
            let Ok((sequence, command)) = Command::read_tag_prefixed(&mut cursor, self.version) else {
                continue;
            };
            let body = match command {
                Command::Reply => payload.get(cursor.position() as usize..).unwrap_or_default().to_vec(),
                _ => Vec::new(),
            };
            return Ok(Some(PulseMessage { sequence, command, body }));
        }
    }

    /// What an answer says.
    pub fn read<R: CommandReply>(&self, message: &PulseMessage) -> Result<R, ProtocolError> {
        let mut body = message.body.as_slice();
        TagStructReader::new(&mut body, self.version).read()
    }

    /// Sends a command and waits for its answer. Only for the time before the stream is open: what else arrives
    /// meanwhile is passed over.
    pub fn call<R: CommandReply>(&mut self, command: &Command) -> Result<R, SoundError> {
        let sequence = self.command(command)?;
        self.send()?;
        loop {
            while let Some(message) = self.next()? {
                match message.command {
                    Command::Reply if message.sequence == sequence => return Ok(self.read(&message)?),
                    Command::Error(error) if message.sequence == sequence => {
                        return Err(SoundError::Refused(error));
                    }
                    _ => {}
                }
            }
            self.receive()?;
        }
    }
}
