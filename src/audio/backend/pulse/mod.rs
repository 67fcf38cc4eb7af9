//! A client for PulseAudio, and for PipeWire in its place. It runs in one thread.
//!
//! It uses the wire types of the `pulseaudio` crate over a Unix socket, and no system library.
//!
//! - `server_address`: the sockets on which a server may listen
//! - `connection`: messages to and from the server
//! - `stream_parameters`: the format and the buffer that the server is asked for
//! - `stream`: what is written, and when
//! - `server_buffer`, `sink_grid`: which frames to write next or again
//! - `latency_poll`, `stall_watch`: when frames are heard, and if they are

mod connection;
mod latency_poll;
mod protocol_errors;
mod server_address;
mod server_buffer;
mod sink_grid;
mod stall_watch;
mod stream;
mod stream_parameters;

use crate::audio::errors::SoundError;
use crate::audio::renderer::Renderer;
use connection::PulseConnection;
pub use server_address::{is_named, sockets};
use std::path::PathBuf;
use stream::PulseStream;

/// Connects to the first server that accepts this user.
pub fn connect(sockets: &[PathBuf]) -> Result<PulseConnection, SoundError> {
    let mut first = None;
    for socket in sockets {
        match PulseConnection::open(socket) {
            Ok(connection) => return Ok(connection),
            // Nothing listens there. The reason of a server that refuses is worth more.
            Err(SoundError::ServerGone) => {}
            Err(error) => first = first.or(Some(error)),
        }
    }
    Err(first.unwrap_or(SoundError::NoServer))
}

/// Plays to a server that says only `answers`, until it hangs up.
#[cfg(fuzzing)]
pub fn play_to_answers(answers: &[u8], renderer: &mut Renderer) -> Result<(), SoundError> {
    use std::io::Write;
    let (socket, mut server) = std::os::unix::net::UnixStream::pair()?;
    // The answers fit into the socket's buffer.
    server.write_all(answers)?;
    server.shutdown(std::net::Shutdown::Write)?;
    play(PulseConnection::over(socket)?, renderer)
}

/// Plays until the player closes or the stream is lost.
pub fn play(connection: PulseConnection, renderer: &mut Renderer) -> Result<(), SoundError> {
    PulseStream::open(connection, renderer)?.play()
}
