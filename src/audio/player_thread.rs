//! The thread of a player. It finds an output that works, and looks again whenever that output is lost.
//!
//! The thread never gives up while the player is open. It looks at most once a second.

use super::Backend;
#[cfg(target_os = "linux")]
use super::backend::{aplay, pulse};
use super::errors::SoundError;
use super::player_channel::PlayerChannel;
use super::renderer::Renderer;
use crate::clock::monotonic;
#[cfg(target_os = "linux")]
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
#[cfg(target_os = "linux")]
use std::time::Instant;

/// The stack size in bytes. The handshake with a sound server needs the most.
const STACK: usize = 256 * 1024;
/// The pause after the first failed attempt. Each further pause is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// The longest pause between two attempts.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// The shortest time between two starts of `aplay`.
#[cfg(target_os = "linux")]
const APLAY_PAUSE: Duration = Duration::from_millis(1500);
/// A stream that lasted this long counts as a success.
const SUCCESS: Duration = Duration::from_secs(2);

/// The outputs that a player tries.
pub struct OutputCandidates {
    /// The sockets on which sound servers may listen, best first.
    #[cfg(target_os = "linux")]
    pub sockets: Vec<PathBuf>,
    /// The way sound is played.
    pub backend: Backend,
}

#[cfg(not(target_os = "linux"))]
impl OutputCandidates {
    /// Returns the outputs of this system.
    pub fn find(backend: Backend) -> OutputCandidates {
        OutputCandidates { backend }
    }

    /// Plays on the system's output until it fails or the player closes.
    fn play(&self, renderer: &mut Renderer, _: &mut PastAttempts) -> Result<(), SoundError> {
        match self.backend {
            Backend::Pulse => Err(SoundError::NoServer),
            Backend::Alsa => Err(SoundError::AplayMissing),
            #[cfg(any(target_os = "macos", windows))]
            Backend::Auto | Backend::Bell | Backend::Off => super::backend::cpal::play(renderer),
            #[cfg(not(any(target_os = "macos", windows)))]
            Backend::Auto | Backend::Bell | Backend::Off => Err(SoundError::NoServer),
        }
    }
}

#[cfg(target_os = "linux")]
impl OutputCandidates {
    /// Returns the outputs of the current user.
    pub fn find(backend: Backend) -> OutputCandidates {
        let sockets =
            if matches!(backend, Backend::Auto | Backend::Pulse) { pulse::sockets() } else { Vec::new() };
        // A user who names a server wants no other output.
        let named = backend == Backend::Auto && pulse::is_named();
        OutputCandidates { sockets, backend: if named { Backend::Pulse } else { backend } }
    }

    /// Plays on the first output that works, until it fails or the player closes.
    fn play(&self, renderer: &mut Renderer, past: &mut PastAttempts) -> Result<(), SoundError> {
        if self.backend == Backend::Alsa {
            return past.play_on_aplay(renderer);
        }
        match pulse::connect(&self.sockets) {
            Ok(connection) => {
                past.had_server = true;
                pulse::play(connection, renderer)
            }
            // A server that was there will come back, and must not find its sound card taken.
            Err(SoundError::NoServer) if self.backend == Backend::Auto && !past.had_server => {
                past.play_on_aplay(renderer).map_err(|error| SoundError::NoServerNorFallback(Box::new(error)))
            }
            Err(error) => Err(error),
        }
    }
}

/// The outcome of earlier attempts.
#[derive(Default)]
struct PastAttempts {
    /// True once there was a sound server.
    #[cfg(target_os = "linux")]
    had_server: bool,
    /// The latest start of `aplay`.
    #[cfg(target_os = "linux")]
    aplay_started: Option<Instant>,
}

#[cfg(target_os = "linux")]
impl PastAttempts {
    /// Plays on `aplay`, unless it was started a moment ago: it may do nothing but end.
    fn play_on_aplay(&mut self, renderer: &mut Renderer) -> Result<(), SoundError> {
        let now = monotonic();
        if self.aplay_started.is_some_and(|last| now < last + APLAY_PAUSE) {
            return Err(SoundError::OutputStalled);
        }
        self.aplay_started = Some(now);
        aplay::play(renderer)
    }
}

/// Starts the thread. If the system denies it, reports that on the thread of the caller.
pub fn spawn(candidates: OutputCandidates, renderer: Renderer) {
    // Shared, because a failed spawn drops what the thread would have owned.
    let shared = Arc::new(Mutex::new(Some(renderer)));
    let for_thread = Arc::clone(&shared);
    let thread = std::thread::Builder::new().name("audio".to_string()).stack_size(STACK);
    let spawned = thread.spawn(move || {
        if let Some(mut renderer) = take(&for_thread) {
            run(&candidates, &mut renderer);
            renderer.channel.set_silent(true);
        }
    });
    if let Err(error) = spawned
        && let Some(mut renderer) = take(&shared)
    {
        renderer.report_silent(SoundError::System(error.to_string()));
    }
}

fn take(shared: &Mutex<Option<Renderer>>) -> Option<Renderer> {
    shared.lock().ok()?.take()
}

fn run(candidates: &OutputCandidates, renderer: &mut Renderer) {
    match candidates.backend {
        Backend::Off => return renderer.report_off(),
        Backend::Bell => return renderer.report_silent(SoundError::BellChosen),
        Backend::Auto | Backend::Pulse | Backend::Alsa => {}
    }
    let mut pause = FIRST_PAUSE;
    let mut past = PastAttempts::default();
    while !renderer.channel.is_closed() {
        let started = monotonic();
        let Err(error) = candidates.play(renderer, &mut past) else { return };
        let succeeded = started + SUCCESS < monotonic();
        if succeeded {
            pause = FIRST_PAUSE;
        }
        // When an output is removed there is usually another one, and then there is nothing to report.
        if error == SoundError::StreamRemoved && succeeded {
            continue;
        }
        renderer.report_silent(error);
        rest(&renderer.channel, pause);
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Waits for `pause`, or until the player closes.
fn rest(channel: &PlayerChannel, pause: Duration) {
    let end = monotonic() + pause;
    loop {
        let left = end.saturating_duration_since(monotonic());
        if left.is_zero() || channel.is_closed() {
            return;
        }
        channel.wait(left);
    }
}
