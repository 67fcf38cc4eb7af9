//! A PulseAudio client in one thread, for PulseAudio and for PipeWire in its place.
//!
//! It uses the wire types of the `pulseaudio` crate over the Unix socket and nothing of the system. `link` is the
//! connection, `parameters` what is asked of the server, `stream` what is played over it, `sockets` where servers
//! are, `trouble` what goes wrong.

mod link;
mod parameters;
mod sockets;
mod stream;
mod trouble;

use super::Notice;
use super::mailbox::Mailbox;
use link::Link;
pub use sockets::sockets;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use stream::Stream;
use trouble::Trouble;

/// Deep enough for the handshake, which is the deepest it goes.
const STACK: usize = 256 * 1024;

/// Starts the thread.
pub fn spawn(sockets: Vec<PathBuf>, mailbox: Arc<Mailbox>, notify: impl Fn(Notice) + Send + 'static) {
    let notify = Arc::new(std::sync::Mutex::new(notify));
    let tell = notify.clone();
    let there = mailbox.clone();
    let thread = std::thread::Builder::new().name("audio".to_string()).stack_size(STACK).spawn(move || {
        run(&sockets, &there, |notice| say(&tell, notice));
        there.end();
    });
    if let Err(error) = thread {
        mailbox.end();
        say(&notify, Notice::Unavailable(Trouble::System(error).to_string()));
    }
}

fn say(notify: &std::sync::Mutex<impl Fn(Notice)>, notice: Notice) {
    if let Ok(notify) = notify.lock() {
        notify(notice);
    }
}

/// Opens a stream and plays until the player closes or the server goes away.
fn run(sockets: &[PathBuf], mailbox: &Mailbox, tell: impl Fn(Notice)) {
    let (mut stream, name) = match open(sockets, mailbox) {
        Ok(opened) => opened,
        Err(trouble) => return tell(Notice::Unavailable(trouble.to_string())),
    };
    tell(Notice::Ready(name));
    if let Err(trouble) = stream.play() {
        tell(Notice::Lost(trouble.to_string()));
    }
}

/// A stream on the first server that will have one, and the server's name.
fn open<'a>(sockets: &[PathBuf], mailbox: &'a Mailbox) -> Result<(Stream<'a>, String), Trouble> {
    let mut first = None;
    for socket in sockets {
        match open_one(socket, mailbox) {
            Ok(opened) => return Ok(opened),
            // A server that refuses says more than a socket where nobody is.
            Err(Trouble::Gone) => {}
            Err(trouble) => first = first.or(Some(trouble)),
        }
    }
    Err(first.unwrap_or(Trouble::NoServer))
}

fn open_one<'a>(socket: &Path, mailbox: &'a Mailbox) -> Result<(Stream<'a>, String), Trouble> {
    let link = Link::open(socket)?;
    Stream::open(link, mailbox)
}
