//! A PulseAudio client in one thread, for PulseAudio and for PipeWire in its place.
//!
//! It uses the wire types of the `pulseaudio` crate over the Unix socket and nothing of the system. `link` is the
//! connection, `parameters` what is asked of the server, `stream` what is played over it, `sockets` where servers
//! are.

mod connection;
mod server_address;
mod sink_grid;
mod stream;
mod stream_parameters;

use crate::audio::errors::SoundError;
use crate::audio::renderer::Renderer;
use connection::PulseConnection;
pub use server_address::{is_named, sockets};
use std::path::PathBuf;
use stream::PulseStream;

/// A connection to the first server that will have this user.
pub fn connect(sockets: &[PathBuf]) -> Result<PulseConnection, SoundError> {
    let mut first = None;
    for socket in sockets {
        match PulseConnection::open(socket) {
            Ok(link) => return Ok(link),
            // A server that refuses says more than a socket where nobody is.
            Err(SoundError::Gone) => {}
            Err(trouble) => first = first.or(Some(trouble)),
        }
    }
    Err(first.unwrap_or(SoundError::NoServer))
}

/// Plays until the player closes or the stream is lost.
pub fn play(link: PulseConnection, desk: &mut Renderer) -> Result<(), SoundError> {
    PulseStream::open(link, desk)?.play()
}
